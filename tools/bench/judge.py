"""What a report is worth, by the same rules as `magscan score`."""
import collections

KINDS = ("right", "amount", "none", "doubtful", "wrong")
SURE = 0.8  # the confidence from which on a figure is given as sure
SAME = {"glycinate": "bisglycinate", "threonate": "l-threonate"}
NO_FORM = {"unspecified", "other"}


def forms_of(report):
    found = {form for entry in report.get("magnesium") or [] for form in entry.get("forms") or []}
    return {SAME.get(form, form) for form in found} - {"unspecified"}


def verdict(truth, report):
    """right: amount and form; amount: the amount, not the form; none: no amount given; doubtful and wrong: a wrong
    amount below and from a confidence of 0.8. `report` is None where the picture could not be read."""
    elemental = (report or {}).get("elemental_magnesium") or {}
    value = (elemental.get("per_serving_mg") or {}).get("value")
    if value is None or elemental.get("status") not in ("stated", "derived"):
        return "none"
    want = truth["elemental_mg_per_serving"]
    if abs(value - want) > max(1.0, 0.01 * want):
        return "wrong" if (elemental.get("confidence") or 0) >= SURE else "doubtful"
    wanted = {SAME.get(form, form) for form in truth["forms"]} - NO_FORM
    found = report.get("outcome") in ("complete", "partial")
    return "right" if found and forms_of(report) == wanted else "amount"


def tally(verdicts):
    counts = collections.Counter(verdicts)
    return {kind: counts[kind] for kind in KINDS}

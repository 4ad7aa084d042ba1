"""How often figures of a score are right: the samples, the fit and the check. See tools/bench/calibrate."""
import collections
import dataclasses
import hashlib
import json
import os

import process

MEDIA = ("photo", "text")
PROVED = 0.8  # the score from which a second witness confirms the figure
UNPROVED_MOST = 0.79  # what nothing confirms is never given as sure
BINS = (0, 0.65, PROVED, 0.9, 1.001)  # of the score: doubted, lone, weakly proved, proved
FIRM = ("stated", "derived")


@dataclasses.dataclass
class Figure:
    medium: str
    label: str
    score: float
    right: bool
    fitted: bool  # of the half that makes the map
    weight: float = 1.0  # the readings of one label count as one


def json_lines(path):
    try:
        with open(path, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise process.Stop(f"{path} can't be read: {error}") from error


def is_fitted(label):
    """Whether the label is of the half that makes the map; its name alone decides."""
    return hashlib.sha256(label.encode()).digest()[-1] % 2 == 0


def firm_figure(truth, report):
    """The figure that the report gives as the label's own, or None. As `magscan score` takes it."""
    elemental = report.get("elemental_magnesium") or {}
    value = (elemental.get("per_serving_mg") or {}).get("value")
    if value is None and truth.get("units_per_serving") is None:
        value = (elemental.get("per_unit_mg") or {}).get("value")
    return value if elemental.get("status") in FIRM else None


def is_right(truth, value):
    wanted = [truth.get("elemental_mg_per_serving"), *(truth.get("accept") or [])]
    return any(mg is not None and abs(value - mg) <= max(1.0, 0.01 * abs(mg)) for mg in wanted)


def figures(pairs):
    """The firm figures of (medium, truth file, report file)."""
    found = []
    for medium, truth_file, report_file in pairs:
        reports = {os.path.basename(report["source"]["name"]): report for report in json_lines(report_file)}
        for truth in json_lines(truth_file):
            label = os.path.basename(truth.get("file") or truth.get("id"))
            value = firm_figure(truth, reports[label]) if label in reports else None
            if value is not None:
                score = reports[label]["elemental_magnesium"]["confidence"]
                found.append(Figure(medium, label, score, is_right(truth, value), is_fitted(label)))
    readings = collections.Counter((figure.medium, figure.label) for figure in found)
    for figure in found:
        figure.weight = 1 / readings[figure.medium, figure.label]
    return found


def in_bins(items, value_of):
    """(low, high, items) of each bin that has any."""
    binned = [(low, high, [item for item in items if low <= value_of(item) < high])
              for low, high in zip(BINS, BINS[1:])]
    return [row for row in binned if row[2]]


def mean(items, value_of):
    return sum(item.weight * value_of(item) for item in items) / sum(item.weight for item in items)


def rising(shares):
    """The nearest rising sequence to (share, weight): neighbours that fall are pooled."""
    pools = []
    for share, weight in shares:
        pools.append([share, weight, 1])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            b, a = pools.pop(), pools.pop()
            pools.append([(a[0] * a[1] + b[0] * b[1]) / (a[1] + b[1]), a[1] + b[1], a[2] + b[2]])
    return [share for share, _, count in pools for _ in range(count)]


def fit(figures_, capped=True):
    """The knots: a bin's mean score and its share of right figures, drawn towards a half as by half a right and half a
    wrong figure more (Jeffreys), made to rise."""
    bins = in_bins(figures_, lambda f: f.score)
    shares = []
    for _, _, items in bins:
        n = sum(f.weight for f in items)
        shares.append(((sum(f.weight * f.right for f in items) + 0.5) / (n + 1), n + 1))
    knots = []
    for (_, high, items), share in zip(bins, rising(shares)):
        unproved = capped and high <= PROVED
        knots.append({"score": round(mean(items, lambda f: f.score), 3),
                      "probability": round(min(share, UNPROVED_MOST) if unproved else share, 3)})
    return knots


def probability(score, knots, capped=True):
    """As calc/calibration.cpp computes it."""
    below = {"score": 0.0, "probability": 0.0}
    value = knots[-1]["probability"]
    for knot in knots:
        if knot["score"] > score:
            share = (score - below["score"]) / (knot["score"] - below["score"])
            value = below["probability"] + (knot["probability"] - below["probability"]) * share
            break
        below = knot
    return min(value, UNPROVED_MOST) if capped and score < PROVED else value


def brier(items, value_of):
    return mean(items, lambda f: (value_of(f) - f.right) ** 2)


def calibration_error(items, value_of):
    """Expected calibration error over the bins of the score: how far the given probability is off, on average."""
    whole = sum(f.weight for f in items)
    return sum(sum(f.weight for f in rows) / whole * abs(mean(rows, value_of) - mean(rows, lambda f: f.right))
               for _, _, rows in in_bins(items, lambda f: f.score))


def table(figures_, maps):
    """Markdown: the half that the map was not made on."""
    lines = ["| read from | score | labels | figures | right | score, mean | probability, mean | share right |",
             "|---|---|---|---|---|---|---|---|"]
    errors = ["| read from | Brier, score | Brier, probability | ECE, score | ECE, probability "
              "| ECE, without the cap |",
              "|---|---|---|---|---|---|"]
    for medium in MEDIA:
        checked = [f for f in figures_ if f.medium == medium and not f.fitted]
        free = fit([f for f in figures_ if f.medium == medium and f.fitted], capped=False)
        for low, high, items in in_bins(checked, lambda f: f.score):
            given = mean(items, lambda f: probability(f.score, maps[medium]))
            lines.append(f"| {medium} | {low:g} to {min(high, 1):g} | {len({f.label for f in items})} | {len(items)} "
                         f"| {sum(f.right for f in items)} | {mean(items, lambda f: f.score):.2f} | {given:.2f} "
                         f"| {mean(items, lambda f: f.right):.2f} |")
        if checked:
            ways = {"score": lambda f: f.score, "map": lambda f: probability(f.score, maps[medium]),
                    "free": lambda f: probability(f.score, free, capped=False)}
            errors.append(f"| {medium} | {brier(checked, ways['score']):.3f} | {brier(checked, ways['map']):.3f} | "
                          + " | ".join(f"{calibration_error(checked, way):.3f}" for way in ways.values()) + " |")
    return "\n".join(lines + [""] + errors)

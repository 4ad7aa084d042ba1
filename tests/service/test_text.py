"""Texts, doses and compounds over HTTP."""
import json
import subprocess
import unittest

import harness
from harness import ServiceTest, without_timings

LABEL = "Supplement Facts\nServing Size 2 Capsules\nMagnesium (as Magnesium Bisglycinate) 200 mg 48%\n"


def box(x, y, width, height=40):
    return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]]


def cli(*arguments, text=""):
    done = subprocess.run([harness.MAGSCAN, *arguments], input=text, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Parse(ServiceTest):
    def test_a_text_gives_the_report_of_the_command_line(self):
        here = self.server.post_json("/v1/parse", {"text": LABEL, "name": "stdin"})
        self.assertEqual(here.status, 200, here.body)
        there = cli("parse", "--json", text=LABEL)
        self.assertTrue(here.body.decode().startswith(there.split('"timings_ms"')[0]))
        self.assertEqual(without_timings(here.body), without_timings(there))

    def test_lines_with_places_are_read_as_a_table(self):
        """The two columns stand in lines of their own: only their places tell which figure is magnesium's."""
        lines = [("Supplement Facts", box(40, 0, 400)), ("Serving Size 2 Capsules", box(40, 60, 500)),
                 ("Magnesium (as Magnesium Citrate)", box(40, 120, 560)), ("Zinc (as Zinc Oxide)", box(40, 180, 360)),
                 ("200 mg", box(700, 120, 120)), ("11 mg", box(700, 180, 100)),
                 ("48%", box(880, 120, 70)), ("100%", box(880, 180, 80))]
        sent = {"width": 1000, "height": 300,
                "lines": [{"text": text, "polygon": polygon, "confidence": 0.95} for text, polygon in lines]}
        report = self.server.post_json("/v1/parse", sent).json
        self.assertEqual(report["elemental_magnesium"]["per_serving_mg"]["value"], 200, report)
        self.assertEqual(report["source"]["kind"], "text")
        amount = next(e for row in report["magnesium"] for e in row["evidence"] if "200" in e["text"])
        self.assertIsNotNone(amount["polygon"])
        # As a page on the command line.
        there = cli("parse", "--jsonl", text=json.dumps({"id": "text", "page": sent}) + "\n")
        self.assertEqual(without_timings(report), without_timings(there))

    def test_lines_without_places_are_a_text(self):
        sent = {"lines": [{"text": line} for line in LABEL.splitlines()]}
        report = self.server.post_json("/v1/parse", sent).json
        self.assertEqual(report["elemental_magnesium"]["per_serving_mg"]["value"], 200)

    def test_what_is_wrong_is_named(self):
        for sent, code, status, part in [
                ({}, "field_invalid", 422, "text"), ({"text": 5}, "field_invalid", 422, "text"),
                ({"text": "a", "lines": []}, "field_invalid", 422, "either"),
                ({"lines": 5}, "field_invalid", 422, "lines"),
                ({"lines": [{"text": 1}]}, "field_invalid", 422, "lines[0]"),
                ({"lines": [{"polygon": [[1]], "text": "a"}]}, "field_invalid", 422, "polygon"),
                ({"text": "a", "txet": "b"}, "field_invalid", 422, "txet"),
                ({"text": "a", "name": ""}, "field_invalid", 422, "name"),
                ({"text": "a", "name": "n" * 256}, "field_invalid", 422, "name"),
                ({"text": "a" * 20001}, "text_too_long", 422, "20000"),
                ({"text": "\n" * 501}, "text_too_long", 422, "500"),
                ({"lines": [{"text": "a"}] * 501}, "text_too_long", 422, "500"),
                ({"lines": [{"text": "a" * 300}] * 100}, "text_too_long", 422, "20000"),
                ([], "malformed_json", 400, "object"), ("text", "malformed_json", 400, "object")]:
            answer = self.server.post_json("/v1/parse", sent)
            self.assertEqual((answer.status, answer.code), (status, code), str(sent)[:80])
            self.assertIn(part, answer.json["detail"], str(sent)[:80])

    def test_json_that_is_none_or_hostile_is_refused_quickly(self):
        for body in (b"{", b"\xff\xfe", b'{"text": "\xff"}', b"{}{}", b"[" * 200_000, b'{"a":' * 40_000,
                     b'{"lines":' + b"[" * 200_000):
            answer = self.server.request("POST", "/v1/parse", body, {"Content-Type": "application/json"})
            self.assertEqual((answer.status, answer.code), (400, "malformed_json"), body[:20])


class Calc(ServiceTest):
    def test_a_dose_is_answered_as_on_the_command_line(self):
        asked = {"form": "magnesium citrate", "amount": "500 mg", "basis": "compound", "servings_per_day": 2}
        here = self.server.post_json("/v1/calc", asked)
        self.assertEqual(here.status, 200, here.body)
        self.assertEqual(here.body.decode(), cli("calc", "--form", "magnesium citrate", "--amount", "500 mg",
                                                 "--basis", "compound", "--servings-per-day", "2", "--json"))

    def test_a_wrong_question_is_named(self):
        for asked in ({}, {"form": "citrate"}, {"form": "citrate", "amount": 5}, {"form": "kryptonite", "amount": "5 mg"},
                      {"form": "citrate", "amount": "five"}, {"form": "citrate", "amount": "5 mg", "basis": "hope"},
                      {"form": "citrate", "amount": "5 mg", "servings_per_day": "2"},
                      {"form": "citrate", "amount": "5 mg", "servings_per_day": -1},
                      {"form": "citrate", "amount": "5 mg", "ammount": 1}):
            answer = self.server.post_json("/v1/calc", asked)
            self.assertEqual((answer.status, answer.code), (422, "field_invalid"), asked)


class Compounds(ServiceTest):
    def test_all_and_one(self):
        answer = self.server.get("/v1/compounds")
        rows = answer.json["compounds"]
        self.assertGreater(len(rows), 50)
        self.assertIn("max-age", answer.headers["Cache-Control"])
        oxide = self.server.get("/v1/compounds/oxide").json
        self.assertAlmostEqual(oxide["magnesium_fraction"], 0.603, places=3)
        self.assertEqual(oxide, next(row for row in rows if row["id"] == "oxide"))
        self.assertEqual([self.server.get(f"/v1/compounds/{row['id']}").json for row in rows], rows)

    def test_an_unknown_one(self):
        for path in ("/v1/compounds/kryptonite", "/v1/compounds/%2e%2e", "/v1/compounds/oxide%00"):
            self.assertIn(self.server.get(path).status, (400, 404), path)
        self.assertEqual(self.server.get("/v1/compounds/kryptonite").code, "compound_unknown")
        self.assertEqual(self.server.get("/v1/compounds/").code, "not_found")
        self.assertEqual(self.server.get("/v1/compounds/oxide/x").code, "not_found")


if __name__ == "__main__":
    harness.main()

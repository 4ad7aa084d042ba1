"""tools/bench from the outside and its helpers, without npm and without a network.

usage: test_bench.py MAGSCAN
"""
import importlib.util
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BENCH = ROOT / "tools" / "bench"
sys.dont_write_bytecode = True
sys.path.insert(0, str(BENCH))
import judge  # noqa: E402
import pages  # noqa: E402
import reliability  # noqa: E402
import sweep_page  # noqa: E402

MAGSCAN = os.path.abspath(sys.argv.pop()) if len(sys.argv) > 1 else str(ROOT / "build" / "magscan")
PHOTO = "screen_taurate_uk.png"


def run(tool, *arguments, path=os.environ["PATH"]):
    return subprocess.run([sys.executable, str(BENCH / tool), *map(str, arguments)], capture_output=True, text=True,
                          env={**os.environ, "PATH": path})


def report(value, confidence=0.9, status="stated", forms=("citrate",)):
    return {"outcome": "complete", "magnesium": [{"forms": list(forms)}],
            "elemental_magnesium": {"status": status, "confidence": confidence, "per_serving_mg": {"value": value}}}


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="magscan-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)


class Compare(Scratch):
    def photos(self):
        """A folder with one photo and its truth."""
        folder = self.folder / "photos"
        folder.mkdir()
        samples = ROOT / "samples" / "photos" / "magnesium"
        shutil.copy(samples / PHOTO, folder)
        lines = (samples / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        (folder / "truth.jsonl").write_text(next(line for line in lines if PHOTO in line), encoding="utf-8")
        return folder

    def test_kept_readings_go_through_the_parser_beside_magscan(self):
        folder, keep = self.photos(), self.folder / "keep"
        (keep / "ppocr").mkdir(parents=True)
        page = {"lines": [{"text": "Magnesium 120 mg"}]}
        (keep / "ppocr" / "photos.json").write_text(json.dumps(
            {"photos": 1, "start": 1.5, "cpu": 4.25, "peak": 2048, "rows": [{"id": PHOTO, "page": page}]}))
        done = run("compare", "--magscan", MAGSCAN, "--engines", "magscan,ppocr,tesseract", "--keep", keep, folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "| photos (1) | magscan | PP-OCRv4 | Tesseract on the whole photo |")
        self.assertIn("| 100 % | 0 % |", lines[2])  # the kept page names no form
        self.assertIn("| 4.25 s |", done.stdout)
        self.assertTrue((keep / "tesseract" / "photos.json").is_file())

    def test_a_missing_npm_is_one_line_that_says_what_to_do(self):
        done = run("compare", "--magscan", MAGSCAN, "--engines", "ppocr", self.photos(), path="/nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"^compare: node is missing.*--engines magscan,tesseract\n$")

    def test_a_folder_without_truth_and_an_unknown_engine_are_one_line(self):
        for arguments in ([self.folder], ["--engines", "abacus", self.folder]):
            done = run("compare", "--magscan", MAGSCAN, *arguments)
            self.assertEqual((done.returncode, done.stderr.count("\n")), (2, 1), done.stderr)

    def test_words_share_the_box_of_their_line_by_their_characters(self):
        words = pages.words_along("ab cdef", [[0, 0], [70, 0], [70, 10], [0, 10]], 0.5)
        self.assertEqual([word["polygon"][0][0] for word in words], [0, 30])
        self.assertEqual([word["polygon"][1][0] for word in words], [20, 70])

    def test_boxes_of_the_padded_photo_come_back_to_the_photo(self):
        # 100 x 64 pixels are padded to 128 x 64: 14 columns on each side.
        self.assertEqual(pages.unpadded([[14, 0], [114, 64]], 100, 64), [[0, 0], [100, 64]])

    def test_tesseract_rows_become_lines_of_words(self):
        head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
        tsv = head + "1\t1\t0\t0\t0\t0\t0\t0\t200\t100\t-1\t\n4\t1\t1\t1\t1\t0\t5\t6\t90\t12\t-1\t\n" \
            "5\t1\t1\t1\t1\t1\t5\t6\t40\t12\t96.5\t\"120\n5\t1\t1\t1\t1\t2\t60\t6\t35\t12\t80\tmg\n"
        page = pages.from_tesseract(tsv)
        self.assertEqual((page["width"], page["height"]), (200, 100))
        self.assertEqual([word["text"] for word in page["lines"][0]["words"]], ['"120', "mg"])

    def test_exif_orientation_is_found_in_both_byte_orders(self):
        for order, mark in (("<", b"II"), (">", b"MM")):
            tiff = mark + struct.pack(order + "HIHHHIHHI", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0)
            file = self.folder / "photo.jpg"
            file.write_bytes(b"\xff\xd8\xff\xe1\x00\x22Exif\0\0" + tiff)
            self.assertEqual(pages.exif_orientation(file), 6)
        file.write_bytes(b"\xff\xd8\xff\xd9")
        self.assertEqual(pages.exif_orientation(file), 1)


class Calibrate(Scratch):
    def labels(self):
        """Forty made-up labels of known truth and their reports: of score 0.97 all are right, of 0.5 half."""
        truth, reports = self.folder / "truth.jsonl", self.folder / "reports.jsonl"
        rows = [(f"label-{i}", 0.5 if i % 2 else 0.97, 200 if i % 4 != 1 else 20) for i in range(40)]
        truth.write_text("".join(json.dumps({"id": label, "elemental_mg_per_serving": 200}) + "\n"
                                 for label, _, _ in rows), encoding="utf-8")
        reports.write_text("".join(json.dumps({"source": {"name": label}, **report(value, score)}) + "\n"
                                   for label, score, value in rows), encoding="utf-8")
        return truth, reports

    def test_the_same_labels_always_make_the_same_map(self):
        labels, made = self.labels(), []
        for name in ("a.json", "b.json"):
            done = run("calibrate", "--photo", *labels, "--text", *labels, "--write", "--out", self.folder / name,
                       "--version", "2026-11")
            self.assertEqual(done.returncode, 0, done.stderr)
            made.append((self.folder / name).read_text(encoding="utf-8"))
        self.assertEqual(made[0], made[1])
        low, high = [row for row in json.loads(made[0])["knots"] if row["medium"] == "photo"]
        self.assertEqual((low["score"], high["score"]), (0.5, 0.97))
        self.assertTrue(0.3 < low["probability"] < 0.7 and 0.9 < high["probability"] < 1, made[0])
        self.assertIn("| photo | 0.9 to 1 |", done.stdout)
        self.assertIn("| Brier, score |", done.stdout)

    def test_without_write_only_the_table_is_printed(self):
        labels, out = self.labels(), self.folder / "map.json"
        done = run("calibrate", "--photo", *labels, "--text", *labels, "--out", out)
        self.assertEqual((done.returncode, out.exists()), (0, False), done.stderr)

    def test_a_missing_report_file_and_reports_of_other_labels_are_one_line(self):
        truth, reports = self.labels()
        other = self.folder / "other.jsonl"
        other.write_text(json.dumps({"source": {"name": "x"}, **report(1)}) + "\n", encoding="utf-8")
        for wrong in (self.folder / "nowhere.jsonl", other):
            done = run("calibrate", "--photo", truth, wrong, "--text", truth, reports)
            self.assertEqual((done.returncode, done.stderr.count("\n")), (2, 1), done.stderr)

    def test_the_half_is_told_by_the_name_and_readings_of_one_label_count_as_one(self):
        truth, reports = self.labels()
        figures = reliability.figures([("photo", truth, reports), ("photo", truth, reports)])
        self.assertEqual((len(figures), sum(figure.weight for figure in figures)), (80, 40))
        self.assertTrue(all(figure.fitted == reliability.is_fitted(figure.label) for figure in figures))
        self.assertTrue(10 < sum(figure.fitted for figure in figures) / 2 < 30)

    def test_shares_that_fall_are_pooled(self):
        for shares, wanted in (([(0.2, 1), (0.9, 1)], [0.2, 0.9]), ([(0.9, 1), (0.5, 3)], [0.6, 0.6]),
                               ([(0.1, 1), (0.8, 1), (0.6, 1), (0.9, 1)], [0.1, 0.7, 0.7, 0.9])):
            for got, want in zip(reliability.rising(shares), wanted):
                self.assertAlmostEqual(got, want)

    def test_what_nothing_confirms_is_never_sure_however_often_it_was_right(self):
        figures = [reliability.Figure("photo", str(i), 0.78, True, True) for i in range(500)]
        self.assertEqual(reliability.fit(figures)[0]["probability"], reliability.UNPROVED_MOST)
        self.assertGreater(reliability.fit(figures, capped=False)[0]["probability"], 0.99)

    def test_magscan_reports_the_probability_that_the_map_gives_to_its_score(self):
        map_ = json.loads((ROOT / "calc" / "data" / "calibration.json").read_text(encoding="utf-8"))
        knots = [knot for knot in map_["knots"] if knot["medium"] == "text"]
        text = "".join(json.dumps({"id": f"{i}", "text": "Supplement Facts\nMagnesium (as oxide) " + row}) + "\n"
                       for i, row in enumerate(("200 mg 48%", "200 mg", "200 mg 90%", "260 mg 48%")))
        given, scores = ([json.loads(line) for line in subprocess.run(
            [MAGSCAN, "parse", "--jsonl", *more], input=text, capture_output=True, text=True).stdout.splitlines()]
            for more in ([], ["--scores"]))
        self.assertEqual(len(given), 4)
        for probability, score in zip(given, scores):
            for part in (lambda r: r["elemental_magnesium"], lambda r: r["magnesium"][0]):
                want = reliability.probability(part(score)["confidence"], knots)
                self.assertAlmostEqual(part(probability)["confidence"], want, delta=0.003)
        self.assertNotEqual(given, scores)


class Sweep(Scratch):
    def test_the_judge_tells_five_outcomes_apart(self):
        truth = {"forms": ["citrate"], "elemental_mg_per_serving": 200}
        for wanted, given in (("right", report(200)), ("right", report(201)), ("amount", report(200, forms=["oxide"])),
                              ("none", report(None)), ("none", report(150, status="estimated")), ("none", None),
                              ("doubtful", report(20, confidence=0.5)), ("wrong", report(20))):
            self.assertEqual(judge.verdict(truth, given), wanted)

    def test_captions_say_what_the_counts_say(self):
        def step(value, **counts):
            return {"value": value, **{kind: 0 for kind in judge.KINDS}, **counts}

        factor = {"title": "Blur", "unit": " px", "axis": "", "steps": [
            step(0.7, right=4), step(1, right=4), step(2, right=3, none=1), step(3, right=1, none=2, doubtful=1)]}
        self.assertEqual(sweep_page.caption(factor),
                         "All 4 labels are read right up to 1 px. More than half are not at 3 px. Of the 4 not read "
                         "right: 3 without an amount, 1 with a wrong amount marked as unsure, none with a wrong amount "
                         "given as sure.")
        factor["steps"][3] = step(0.5, right=1, none=2, wrong=1)
        self.assertIn(" down to 1 px. More than half are not at 0.5 px. ", sweep_page.caption(factor))
        self.assertIn(", 1 with a wrong amount given as sure.", sweep_page.caption(factor))
        factor["steps"] = [step(1, right=4), step(2, right=3, none=1)]
        self.assertTrue(sweep_page.caption(factor).startswith("Labels are lost from 2 px on. Of the 1 not read right"))
        factor["steps"] = [step(1, right=4)]
        self.assertEqual(sweep_page.caption(factor), "All pictures are read right at every step.")

    def test_the_page_of_the_documentation_shows_its_counts_and_loads_nothing(self):
        done = run("sweep", "--from", ROOT / "docs" / "sweeps.json", "--out", self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        drawn = (self.folder / "sweeps.html").read_text(encoding="utf-8")
        self.assertEqual(drawn, (ROOT / "docs" / "sweeps.html").read_text(encoding="utf-8"))
        self.assertLess(len(drawn.encode()), 100_000)
        self.assertEqual(drawn.count("<svg"), len(json.loads((ROOT / "docs" / "sweeps.json").read_text())["factors"]))
        for outside in ("http:", "https:", "src=", "url(", "@import"):
            self.assertNotIn(outside, drawn)

    @unittest.skipUnless(importlib.util.find_spec("cv2") and shutil.which("chromium"), "needs OpenCV and Chromium")
    def test_a_label_is_drawn_scanned_and_counted(self):
        done = run("sweep", "--magscan", MAGSCAN, "--factor", "capital", "--label", "malate", "--ends", "--out",
                   self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        result = json.loads((self.folder / "sweeps.json").read_text(encoding="utf-8"))
        first, last = result["factors"]["capital"]["steps"]
        self.assertEqual((first["value"], first["right"], last["value"], last["wrong"]), (20, 1, 5, 0))


if __name__ == "__main__":
    unittest.main()

"""The Python layer on a sample, from eight threads at once.

MAGSCAN_LIBRARY names the library, MAGSCAN_MODELS the folder of the text detector.
"""
import json
import os
import pathlib
import threading
import time
import unittest

import magscan

SAMPLES = pathlib.Path(os.environ.get("MAGSCAN_SAMPLES",
                                      pathlib.Path(__file__).resolve().parent.parent / "photos" / "magnesium"))
PHOTO = (SAMPLES / "screen_taurate_uk.png").read_bytes()
LABEL = "Supplement Facts\nMagnesium (as Magnesium Citrate) 200 mg 48%"


def amount(report):
    return report["elemental_magnesium"]["per_serving_mg"]["value"]


class Binding(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scanner = magscan.Scanner()

    def fails(self, kind, call, *arguments, **options):
        with self.assertRaises(magscan.Error) as raised:
            call(*arguments, **options)
        self.assertEqual(raised.exception.kind, kind, raised.exception)
        return raised.exception

    def test_eight_threads_get_the_same_report(self):
        reports = [None] * 8

        def scan(index):
            reports[index] = self.scanner.scan(PHOTO, name="screen.png")
            reports[index].pop("timings_ms")

        threads = [threading.Thread(target=scan, args=(index,)) for index in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((amount(reports[0]), reports[0]["source"]["name"]), (120, "screen.png"))
        self.assertTrue(all(report == reports[0] for report in reports))
        self.assertTrue(self.scanner.has_detector)

    def test_progress_cancel_and_deadline(self):
        told = []
        self.scanner.scan(PHOTO, on_progress=lambda stage, share, photo: told.append((stage, share)))
        self.assertEqual([stage for stage, _ in told], list(magscan.STAGES))
        self.assertEqual(sorted(told, key=lambda item: item[1]), told)
        self.fails("cancelled", self.scanner.scan, PHOTO, is_cancelled=lambda: True)
        begin = time.monotonic()
        self.fails("deadline", self.scanner.scan, PHOTO, deadline=0.001)
        self.assertLess(time.monotonic() - begin, 5)

    def test_errors_have_kinds(self):
        self.fails("not_a_picture", self.scanner.scan, b"no photo")
        self.fails("usage", self.scanner.scan, PHOTO, person="cat")
        self.fails("set_up", magscan.Scanner, models="/nonexistent")
        wrong = self.fails("not_a_picture", self.scanner.scan_product, [(PHOTO, "a"), (b"no photo", "b")])
        self.assertEqual(wrong.photo, 1)
        self.fails("usage", self.scanner.scan_pixels, b"too few", 100, 100, "rgb8")

    def test_pixels(self):
        report = self.scanner.scan_pixels(bytes(100 * 80 * 4), 100, 80, "rgba8")
        image = report["source"]["images"][0]
        self.assertEqual((report["outcome"], image["format"], image["width"]), ("unreadable", "bmp", 100))

    def test_text_pages_and_doses(self):
        self.assertEqual(amount(magscan.parse(LABEL, name="a")), 200)
        page = {"lines": [{"text": line} for line in LABEL.split("\n")]}
        self.assertEqual(amount(magscan.parse_page(page)), 200)
        self.fails("usage", magscan.parse_page, {"lines": 7})
        self.assertIn("oxide", json.dumps(magscan.calc("oxide", "400mg", basis="compound")))
        self.fails("usage", magscan.calc, "sand", "1g")


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""The command line, the C functions and the service give the same report of the same photo, but for its timings.

Run as: test_same_answer.py MAGSCAN LIBMAGSCAN. (That C and C++ agree is tested in test_c_api.cpp.)
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PHOTOS = ROOT / "samples" / "photos"
MODELS = str(ROOT / "models")
sys.dont_write_bytecode = True
MAGSCAN = os.path.abspath(sys.argv.pop(1))
os.environ["MAGSCAN_LIBRARY"] = sys.argv.pop(1)
sys.path[:0] = [str(ROOT / "samples" / "python"), str(ROOT / "tests" / "service")]

import harness  # noqa: E402
import magscan  # noqa: E402

SAMPLES = [PHOTOS / name for name in
           ("magnesium/screen_taurate_uk.png", "magnesium/front_citrate_ambiguous.jpg",
            "magnesium/bottle_malate_sideways.jpg", "no_magnesium/bottle_zinc_stearate.jpg", "faults/receipt.jpg")]
LABEL = "Supplement Facts\nMagnesium (as Magnesium Citrate) 200 mg 48%\n\xb5g \u0414\u0430 \ufffd"


def untimed(line):
    """The line to the byte, but for the figures of its last key."""
    bare, times = re.subn(r'"timings_ms":\{[^}]*\}\}\s*$', "", line)
    assert times == 1, line[-200:]
    return bare


def command(*arguments, **options):
    done = subprocess.run([MAGSCAN, *map(str, arguments)], capture_output=True, text=True, check=False, **options)
    assert done.returncode in (0, 4), done.stderr
    return done.stdout


class SameAnswer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scanner = magscan.Scanner(models=MODELS)

    def test_photos(self):
        for photo, line in zip(SAMPLES, command("scan", "--json", *SAMPLES).splitlines(), strict=True):
            with self.subTest(photo.name):
                mine = self.scanner.scan_json(photo.read_bytes(), name=photo.name)
                self.assertEqual(untimed(mine), untimed(line))

    def test_options(self):
        photo = SAMPLES[0]
        line = command("scan", "--json", "--profile", "pregnant,age=31", "--jurisdiction", "uk", photo)
        mine = self.scanner.scan_json(photo.read_bytes(), name=photo.name, person="pregnant,age=31", jurisdiction="uk")
        self.assertEqual(untimed(mine), untimed(line))

    def test_products(self):
        pair = SAMPLES[:2]
        line = command("scan", "--json", "--same-product", *pair)
        mine = self.scanner.scan_product([(photo.read_bytes(), photo.name) for photo in pair])
        self.assertEqual(harness.without_timings(mine), harness.without_timings(line))

    def test_texts_and_pages(self):
        line = command("parse", "--json", input=LABEL)
        self.assertEqual(harness.without_timings(magscan.parse(LABEL, name="stdin")), harness.without_timings(line))
        page = json.loads(command("scan", "--page", "--json", SAMPLES[1]))
        for key, value in (("page", page), ("pages", [page, page])):
            line = command("parse", "--jsonl", input=json.dumps({"id": "a", key: value}))
            self.assertEqual(harness.without_timings(magscan.parse_page(value, name="a")),
                             harness.without_timings(line))

    def test_doses(self):
        line = command("calc", "--form", "citrate", "--amount", "500mg", "--servings-per-day", "2", "--json")
        self.assertEqual(magscan.calc("citrate", "500mg", servings_per_day=2), json.loads(line))

    def test_service(self):
        harness.MAGSCAN = MAGSCAN
        server = harness.Server("--models", MODELS)
        try:
            for photo in SAMPLES[:2]:
                body, headers = harness.form([("image", photo.name, photo.read_bytes())])
                answer = server.request("POST", "/v1/scan", body, headers).body.decode()
                mine = self.scanner.scan_json(photo.read_bytes(), name=photo.name)
                self.assertEqual(untimed(mine), untimed(answer))
        finally:
            server.stop()


if __name__ == "__main__":
    unittest.main(verbosity=2)

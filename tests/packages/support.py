"""What the tests of installed files have in common."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PHOTO = ROOT / "samples" / "photos" / "magnesium" / "screen_taurate_uk.png"  # the quickest to read
MODEL = "share/magscan/models/ch_PP-OCRv4_det.net"
sys.dont_write_bytecode = True

BUILD = pathlib.Path(sys.argv.pop() if len(sys.argv) > 1 else ROOT / "build").resolve()


def run(*command, **options):
    """What it prints; an error with all of it where it fails."""
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} gave {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout


def scan(program):
    """The report of the sample; nothing but what lies beside the program tells it where the models are."""
    environment = {name: value for name, value in os.environ.items() if name != "MAGSCAN_MODELS"}
    return json.loads(run(program, "scan", "--json", PHOTO, env=environment))


def cached(name):
    """A value of the build's settings."""
    for line in (BUILD / "CMakeCache.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith(name + ":"):
            return line.split("=", 1)[1]
    raise AssertionError(f"{name} is not in {BUILD}/CMakeCache.txt")


def version():
    return cached("CMAKE_PROJECT_VERSION")


class Scratch(unittest.TestCase):
    """Tests with a folder of their own."""

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory(prefix="magscan-test-")
        cls.folder = pathlib.Path(cls.holder.name)

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def assert_reads(self, program):
        """The program finds the detector beside it, and reads the sample."""
        report = scan(program)
        self.assertEqual(report["elemental_magnesium"]["per_serving_mg"]["value"], 120)
        self.assertNotIn("detector_missing", [warning["code"] for warning in report["warnings"]])
        self.assertEqual(report["engine"]["magscan"], version())

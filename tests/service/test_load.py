"""tools/bench/load: some seconds at twice what the service can do."""
import subprocess
import sys
import unittest

import harness
from harness import OTHER_PHOTO, PHOTO, ROOT

LOAD = ROOT / "tools" / "bench" / "load"


class Load(unittest.TestCase):
    def test_every_answer_is_right_or_an_orderly_refusal(self):
        done = subprocess.run([sys.executable, str(LOAD), "--magscan", harness.MAGSCAN, "--seconds", "6", "--times", "4",
                               "--workers", "2", "--queue", "1", str(PHOTO), str(OTHER_PHOTO)],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("WRONG", done.stdout)
        self.assertRegex(done.stdout, r"[1-9]\d* right .* [1-9]\d* refused")

    def test_a_missing_photo_is_one_line(self):
        done = subprocess.run([sys.executable, str(LOAD), "--magscan", harness.MAGSCAN, "/nowhere.jpg"],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("no such file", done.stderr)


if __name__ == "__main__":
    harness.main()

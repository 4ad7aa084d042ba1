"""What docs/privacy.md promises, by the system calls of the program: nothing written but what was asked for, no network.

usage: test_privacy.py MAGSCAN
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

MAGSCAN = os.path.abspath(sys.argv.pop())
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PHOTO = ROOT / "samples" / "photos" / "magnesium" / "screen_taurate_uk.png"
HEIC = ROOT / "samples" / "photos" / "magnesium" / "pouch_citrate_es.heic"  # a decoder with threads of its own

WATCHED = "%network,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod," \
          "mknodat,truncate,memfd_create,execve"
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class Privacy(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="magscan-test-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def traces(self, *arguments, text=None):
        """The calls that leave something behind or reach out, but for those to /dev/null."""
        trace = self.folder / "trace"
        done = subprocess.run(["strace", "-f", "--seccomp-bpf", "-o", trace, "-e", f"trace={WATCHED}", MAGSCAN,
                               *map(str, arguments)], capture_output=True, text=True, input=text, cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
        self.assertTrue(any("O_RDONLY" in line for line in lines), "strace saw no file opened")
        out = []
        for line in lines:
            call = re.match(r"\d+ +(\w+)\(", line)
            if not call or '"/dev/null"' in line:
                continue
            if call[1] in ("open", "openat", "openat2") and not WRITES.search(line):
                continue
            if call[1] == "execve" and not out and f'"{MAGSCAN}"' in line:
                continue  # the program itself
            out.append(line)
        trace.unlink()
        return out

    def test_reading_leaves_nothing_and_asks_nobody(self):
        self.assertEqual(self.traces("scan", "--json", PHOTO, HEIC), [])
        self.assertEqual(self.traces("parse", "--json", text="Magnesium (as citrate) 200 mg 48%"), [])
        self.assertEqual(self.traces("calc", "--form", "citrate", "--amount", "500mg"), [])
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_only_what_was_asked_for_is_written(self):
        calls = self.traces("scan", "--annotate", "seen.png", PHOTO)
        self.assertTrue(calls)
        for call in calls:
            self.assertIn('"seen.png', call)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["seen.png"])
        self.assertNotIn(b"eXIf", (self.folder / "seen.png").read_bytes())

    def test_a_report_names_no_folder(self):
        done = subprocess.run([MAGSCAN, "scan", "--json", "--profile", "pregnant,age=31", PHOTO], capture_output=True,
                              text=True)
        self.assertNotIn(str(PHOTO.parent), done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)

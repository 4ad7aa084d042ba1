"""The binary interface is the recorded one: a program that was built against this SONAME goes on working.

abi/libmagscan.so.N.abi holds what the public headers promise. After a change that only adds to it, write it anew:

    tests/install/test_abi.py BUILD_FOLDER --record

A change that breaks it (abidiff says so, and this test fails) needs a new SONAME: raise the major version in project(),
the number in scan/api/magscan.map, and record again.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import support
from support import HERE, run

# abidiff's exit code is a set of bits.
ERROR, USAGE, CHANGE, INCOMPATIBLE = 1, 2, 4, 8


def recorded():
    return HERE / "abi" / f"libmagscan.so.{support.soname_version()}.abi"


def headers(folder):
    """All public headers, those that are written by CMake too, in one folder."""
    shutil.copytree(support.ROOT / "scan" / "include" / "magscan", folder / "magscan",
                    ignore=shutil.ignore_patterns("*.in"))
    shutil.copy(support.BUILD / "include" / "magscan" / "version.h", folder / "magscan")
    return folder


def record(out):
    with tempfile.TemporaryDirectory() as folder:
        run("abidw", "--headers-dir", headers(pathlib.Path(folder)), "--drop-private-types", "--drop-undefined-syms",
            "--suppressions", HERE / "abi" / "public.supp", "--exported-interfaces-only", "--no-elf-needed",
            "--no-show-locs", "--no-corpus-path", "--no-comp-dir-path", "--type-id-style", "hash", "--out-file", out,
            support.library())


@unittest.skipUnless(shutil.which("abidw"), "abidw is not installed (apt-get install abigail-tools)")
class Interface(unittest.TestCase):
    def diff(self, old, new):
        done = subprocess.run(["abidiff", "--no-show-locs", "--drop-private-types", str(old), str(new)],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode & (ERROR | USAGE), 0, done.stdout + done.stderr)
        return done.returncode, done.stdout

    def test_nothing_is_broken(self):
        self.assertTrue(recorded().exists(), f"{recorded()} is missing: a new SONAME has to be recorded")
        with tempfile.TemporaryDirectory() as folder:
            now = pathlib.Path(folder) / "now.abi"
            record(now)
            code, text = self.diff(recorded(), now)
        self.assertFalse(code & INCOMPATIBLE, text)
        self.assertEqual(code, 0, "the interface has grown: record it (see the head of this file)\n" + text)

    def test_a_break_is_seen(self):
        """A function less, a member moved, a struct grown: all are found in a copy of the record."""
        text = recorded().read_text()
        broken = {
            "a function less": text.replace("magscan_parse_text", "magscan_parse_test"),
            "a member moved": re.sub(r"(layout-offset-in-bits=')\d+(?='>\s*<var-decl name='deadline_ms')", r"\g<1>960",
                                     text),
            "a struct grown": re.sub(r"(<class-decl name='magscan_scan_options' size-in-bits=')\d+", r"\g<1>576", text),
        }
        with tempfile.TemporaryDirectory() as folder:
            for what, changed in broken.items():
                with self.subTest(what):
                    self.assertNotEqual(changed, text)
                    other = pathlib.Path(folder) / "other.abi"
                    other.write_text(changed)
                    self.assertNotEqual(self.diff(recorded(), other)[0], 0)

    def test_it_is_small(self):
        self.assertLess(os.path.getsize(recorded()), 500_000)


if __name__ == "__main__":
    if "--record" in sys.argv:
        support.BUILD = pathlib.Path(sys.argv[1]).resolve()
        record(recorded())
        print(recorded(), os.path.getsize(recorded()), "bytes")
    else:
        support.main()

"""What the tests of the installed library share. Each is run as: test_x.py BUILD_FOLDER"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "tests" / "install"
SAMPLES = ROOT / "samples" / "photos" / "magnesium"
PHOTO = SAMPLES / "screen_taurate_uk.png"  # the quickest to read
CMAKE = os.environ.get("MAGSCAN_CMAKE", "cmake")
BUILD = ROOT / "build"


def main():
    """Runs the tests of the calling file."""
    global BUILD
    if len(sys.argv) > 1 and os.path.isdir(sys.argv[1]):
        BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main(module="__main__", verbosity=2)


def library():
    return next(BUILD.glob("libmagscan.so.*.*.*"))


def soname_version():
    """The number of the SONAME, which is that of the recorded interface."""
    text = run("readelf", "-d", library())
    return re.search(r"SONAME.*\[libmagscan\.so\.(\d+)\]", text).group(1)


def environment(**more):
    """That of a user who has no settings of magscan's."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAGSCAN_")}
    return {**clean, **{name: str(value) for name, value in more.items()}}


def run(*command, **options):
    options.setdefault("env", environment())
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def untimed(line):
    """A report's line to the byte, but for the figures of its last key."""
    bare, times = re.subn(r'"timings_ms":\{[^}]*\}\}\s*$', "", line)
    assert times == 1, line[-200:]
    return bare


def temporary_folder():
    return tempfile.TemporaryDirectory(prefix="magscan-install-")

"""What the tests of magscan batch share. Each test file is called with the path of the built magscan."""
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PHOTOS = SOURCE / "samples" / "photos"
BOTTLE = PHOTOS / "magnesium" / "bottle_bisglycinate.jpg"
FRONT = PHOTOS / "magnesium" / "front_bisglycinate.jpg"
SIGN = PHOTOS / "faults" / "street_sign.jpg"
EXECUTABLE = None


def main():
    global EXECUTABLE
    EXECUTABLE = os.path.abspath(sys.argv.pop(1))
    unittest.main(module="__main__", verbosity=2)


def tiny_png(path, seed, side=33):
    """A picture of one colour: there is nothing to read on it, which takes a few milliseconds."""
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    colour = bytes([seed % 256, seed // 256 % 256, seed // 65536 % 256])
    rows = (b"\0" + colour * side) * side

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pathlib.Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) +
                                   chunk(b"IEND", b""))


def start(*arguments, **options):
    words = [EXECUTABLE, *[str(argument) for argument in arguments]]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
    return subprocess.Popen(words, **options)


class Ended:
    def __init__(self, process, text=None):
        self.out, self.err = process.communicate(text)
        self.code = process.returncode


def run(*arguments, text="", **options):
    return Ended(start(*arguments, stdin=subprocess.PIPE, **options), text)


def measured(*arguments):
    """Exit code, CPU seconds, wall seconds and the most memory held, in kilobytes, of a run and its workers."""
    began = time.monotonic()
    process = start(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss


def lines(path):
    path = pathlib.Path(path)
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines()]


def without_timings(report):
    return {key: value for key, value in report.items() if key != "timings_ms"}


def as_set(folder):
    """All that a batch said, whatever its order and how long it took."""
    both = lines(pathlib.Path(folder, "reports.jsonl")) + lines(pathlib.Path(folder, "failures.jsonl"))
    return sorted(json.dumps(without_timings(line), sort_keys=True) for line in both)


def ids(folder, file="reports.jsonl"):
    return sorted(line["source"]["name"] for line in lines(pathlib.Path(folder, file)))


def wait_for(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.005)


def children(pid):
    """The processes that a process has started."""
    out = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue  # it has ended meanwhile
        if parent == pid:
            out.append(int(entry.name))
    return out


class Batch(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="magscan-batch-")
        self.addCleanup(self.scratch.cleanup)
        self.root = pathlib.Path(self.scratch.name)
        self.photos = self.root / "photos"
        self.out = self.root / "out"
        self.photos.mkdir()

    def tiny(self, count, first=0):
        for number in range(first, first + count):
            tiny_png(self.photos / f"{number:05}.png", number)

    def batch(self, *arguments, code=None, **options):
        ended = run("batch", *arguments, "--out", self.out, **options)
        if code is not None:
            self.assertEqual(ended.code, code, ended.err)
        return ended

"""What the tests of the fleet share."""
import json
import os
import pathlib
import signal
import struct
import sys
import tempfile
import time
import unittest
import zlib

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "batch"))

import broker
import support
from support import as_set, children, ids, lines, run, start, tiny_png, wait_for

TABLE = (HERE / "table.png").read_bytes()


def table_png(path, number):
    """The same small table with other bytes each time."""
    text = b"number\0" + str(number).encode()
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    head = 8 + 25  # the signature and IHDR
    pathlib.Path(path).write_bytes(TABLE[:head] + chunk + TABLE[head:])


def photos(folder, count, first=0):
    """One in four is a table to be read, one in fifty is none at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        path = folder / f"{number:05}.png"
        if number % 50 == 7:
            path.write_bytes(b"no photo %d" % number)
        elif number % 4 == 0:
            table_png(path, number)
        else:
            tiny_png(path, number)


class Fleet(unittest.TestCase):
    """One broker, or several, for all tests of a class."""
    NODES, EXTRA = 1, ()

    @classmethod
    def tls(cls, folder):
        return None

    @classmethod
    def setUpClass(cls):
        if not broker.is_installed():
            raise AssertionError("RabbitMQ is missing: run ./setup")
        cls.scratch = tempfile.TemporaryDirectory(prefix="magscan-fleet-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.folder = pathlib.Path(cls.scratch.name)
        cls.cluster = broker.Cluster(cls.folder / "brokers", cls.NODES, cls.EXTRA, cls.tls(cls.folder))
        cls.addClassCleanup(cls.cluster.end)
        began = time.monotonic()
        cls.cluster.start()
        print(f"\n{cls.NODES} brokers after {time.monotonic() - began:.0f} s", flush=True)

    def setUp(self):
        self.root = self.folder / self.id().rsplit(".", 1)[1]
        self.photos, self.out = self.root / "photos", self.root / "out"
        self.photos.mkdir(parents=True)
        self.job = self.id().rsplit(".", 1)[1][5:64]
        self.processes = []
        self.addCleanup(self.end_all)

    def end_all(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.communicate()

    def amqp(self, patience=600):
        """Options of each command. Brokers start slowly on a busy machine, and answer heartbeats late."""
        return [word for url in self.cluster.urls for word in ("--amqp", url)] + ["--heartbeat", "5", "--patience", patience]

    def begin(self, *arguments, **options):
        process = start(*arguments, **options)
        self.processes.append(process)
        return process

    def worker(self, *arguments, **options):
        return self.begin("work", *self.amqp(), "--jobs", "1", *arguments, **options)

    def enqueue(self, *arguments, job=None, code=0):
        ended = run("enqueue", *arguments, "--job", job or self.job, *self.amqp())
        self.assertEqual(ended.code, code, ended.err)
        return ended

    def work(self, *arguments, code=0):
        """Until nothing waits."""
        ended = run("work", *self.amqp(), "--jobs", "1", "--until-empty", *arguments)
        self.assertEqual(ended.code, code, ended.err)
        return ended

    def collect(self, *arguments, job=None, out=None, code=None):
        ended = run("collect", "--job", job or self.job, "--out", out or self.out, *self.amqp(), *arguments)
        if code is not None:
            self.assertEqual(ended.code, code, ended.err)
        return ended

    def status(self, job=None):
        ended = run("status", "--job", job or self.job, "--json", *self.amqp())
        self.assertEqual(ended.code, 0, ended.err)
        return json.loads(ended.out)

    def batch(self, *inputs, name="batch"):
        """What one machine says of the same."""
        folder = self.root / name
        run("batch", *inputs, "--out", folder)
        return as_set(folder)

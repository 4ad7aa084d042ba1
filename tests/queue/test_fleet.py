"""A fleet of three workers on three brokers, while everything dies: no photo lost, none twice.

MAGSCAN_FLEET_PHOTOS says how many photos; 500 take some minutes on a slow machine.
"""
import os
import random
import signal
import threading
import time

import fleet
import support
from fleet import Fleet, as_set, photos, wait_for

PHOTOS = int(os.environ.get("MAGSCAN_FLEET_PHOTOS", "120"))
KILL_EVERY = 3.0


class Killer(threading.Thread):
    """Kills a worker every few seconds and starts another in its place."""

    def __init__(self, test):
        super().__init__(daemon=True)
        self.test, self.kills, self.over, self.chance = test, 0, threading.Event(), random.Random(7)
        self.workers = [test.worker() for _ in range(3)]

    def run(self):
        while not self.over.wait(KILL_EVERY):
            at = self.chance.randrange(len(self.workers))
            self.workers[at].send_signal(signal.SIGKILL)
            self.workers[at].communicate()
            self.workers[at] = self.test.worker()
            self.kills += 1


class Death(Fleet):
    NODES = 3

    def collected(self):
        return sum(path.read_bytes().count(b"\n") for path in self.out.glob("[rf]*.jsonl"))

    def begin_collecting(self):
        self.collector = self.begin("collect", "--job", self.job, "--out", self.out, *self.amqp())

    def wait_for_collected(self, count):
        def is_there():
            if self.collected() >= count:
                return True
            if self.collector.poll() is not None:  # it had all that was enqueued by then
                self.begin_collecting()
            return False

        wait_for(is_there, 300)

    def test_nothing_is_lost_and_nothing_comes_twice(self):
        began = time.monotonic()

        def tell(what):
            print(f"{time.monotonic() - began:5.0f} s: {what}, {self.collected()} of {PHOTOS} collected", flush=True)

        half = PHOTOS // 2
        first, second, third = self.cluster.nodes
        photos(self.photos / "a", half)
        photos(self.photos / "b", PHOTOS - half, half)
        self.enqueue(self.photos / "a")
        killer = Killer(self)
        killer.start()
        self.begin_collecting()

        self.wait_for_collected(half // 4)
        tell("the first broker dies")  # all are connected to it, and it leads the queues
        first.kill()
        self.wait_for_collected(half // 2)
        tell("the collector dies")
        self.collector.kill()
        self.collector.communicate()
        first.start()
        self.begin_collecting()
        self.wait_for_collected(half * 3 // 4)
        first.wait()
        tell("the first broker is back, the second falls silent")
        second.signal(signal.SIGSTOP)
        self.enqueue(self.photos / "b")
        tell("the rest is enqueued")
        self.wait_for_collected(half + (PHOTOS - half) // 2)
        second.signal(signal.SIGCONT)
        tell("the second broker is back")
        self.wait_for_collected(PHOTOS)
        _, errors = self.collector.communicate(timeout=60)
        killer.over.set()
        killer.join()
        tell(f"{killer.kills} workers were killed")

        self.assertEqual(self.collector.returncode, 1, errors)  # some photos are none
        expected = self.batch(self.photos / "a", self.photos / "b")
        self.assertEqual(len(expected), PHOTOS)
        got = as_set(self.out)
        self.assertEqual(len(got), PHOTOS)
        self.assertEqual(got, expected)
        self.assertGreaterEqual(killer.kills, 3)
        status = self.status()
        self.assertEqual((status["total"], status["done"], status["waiting"]), (PHOTOS, PHOTOS, 0))


if __name__ == "__main__":
    support.main()

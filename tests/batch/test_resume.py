"""What is left after a batch died or was stopped, and how it goes on."""
import os
import random
import shutil
import signal
import subprocess
import time

import support
from support import FRONT, Batch, as_set, ids, lines, run, start, tiny_png, wait_for


class Resume(Batch):
    def begin(self, *arguments, at_least=1):
        """A batch that is under way, with so many lines written."""
        process = start("batch", self.photos, "--out", self.out, *arguments)
        wait_for(lambda: process.poll() is not None or self.written() >= at_least)
        return process

    def written(self):
        return sum(path.read_bytes().count(b"\n") for path in self.out.glob("[rf]*.jsonl"))

    def end(self, process, number):
        process.send_signal(number)
        process.communicate()

    def test_kills_at_random_moments_lose_and_repeat_nothing(self):
        count = 12000
        self.tiny(count)
        for number in range(0, count, 50):
            (self.photos / f"{number:05}.png").write_text("no photo")
        began = time.monotonic()
        run("batch", self.photos, "--out", self.root / "undisturbed", "--jobs", "2")
        took = time.monotonic() - began  # on this machine
        chance = random.Random(5)
        kills = 0
        for _ in range(10):
            before = self.written() if self.out.exists() else 0
            process = start("batch", self.photos, "--out", self.out, "--resume", "--jobs", "2")
            wait_for(lambda: process.poll() is not None or (self.out.exists() and self.written() > before))
            time.sleep(chance.random() * took / 30)
            kills += process.poll() is None
            self.end(process, signal.SIGKILL)
            self.assertGreaterEqual(self.written(), before)
        self.assertEqual(kills, 10)
        names = ids(self.out) + ids(self.out, "failures.jsonl")
        self.assertEqual(len(names), len(set(names)))
        # No INPUT: what was to be done stands in the folder.
        self.batch("--resume", code=4)
        self.assertEqual(len(as_set(self.out)), count)
        self.assertEqual(as_set(self.out), as_set(self.root / "undisturbed"))
        self.assertEqual([path.name for path in self.out.glob("*.part")], [])

    def test_what_is_done_is_not_done_again(self):
        self.tiny(20)
        (self.photos / "00007.png").write_text("no photo")
        self.batch(self.photos, code=4)
        before = (self.out / "reports.jsonl").read_bytes(), (self.out / "failures.jsonl").read_bytes()
        self.batch("--resume", code=4)
        self.assertEqual(((self.out / "reports.jsonl").read_bytes(), (self.out / "failures.jsonl").read_bytes()), before)
        tiny_png(self.photos / "00020.png", 20)
        self.batch(self.photos, "--resume", code=4)  # INPUT named again: new photos are found
        self.assertTrue((self.out / "reports.jsonl").read_bytes().startswith(before[0]))
        self.assertIn("00020.png", ids(self.out))

    def test_torn_and_damaged_lines_are_done_again(self):
        self.tiny(8)
        self.batch(self.photos, code=4)
        whole = as_set(self.out)
        path = self.out / "reports.jsonl"
        content = path.read_bytes()
        for cut in (1, 40, len(content.splitlines()[-1])):
            path.write_bytes(content[:-cut])
            self.batch("--resume", code=4)
            self.assertEqual(as_set(self.out), whole)
        rows = content.splitlines(keepends=True)
        path.write_bytes(b"".join([rows[0], b"\0\0\0\0\n", *rows[1:4], rows[2], b"{\"source\":\n", *rows[5:]]))
        self.batch("--resume", code=4)
        self.assertEqual(as_set(self.out), whole)

    def test_changed_photos_are_done_again(self):
        self.tiny(5)
        self.batch(self.photos, code=4)
        before = as_set(self.out)
        tiny_png(self.photos / "00002.png", 99)
        stamp = os.stat(self.photos / "00001.png")
        os.utime(self.photos / "00002.png", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        (self.photos / "00003.png").write_text("no photo any more")
        os.remove(self.photos / "00004.png")
        self.batch("--resume", code=4)
        self.assertEqual(ids(self.out), ["00000.png", "00001.png", "00002.png", "00004.png"])  # what is gone keeps its report
        self.assertEqual(ids(self.out, "failures.jsonl"), ["00003.png"])
        self.assertEqual(len(set(before) & set(as_set(self.out))), 3)
        tiny_png(self.photos / "00003.png", 3)  # and the other way round
        tiny_png(self.photos / "00002.png", 2)
        self.batch("--resume", code=4)
        self.assertEqual(as_set(self.out), before)
        self.assertEqual(lines(self.out / "failures.jsonl"), [])

    def test_failures_are_tried_again_when_asked_or_when_the_photo_appears(self):
        self.tiny(2)
        (self.photos / "00001.png").unlink()
        (self.photos / "00001.png").symlink_to(self.root / "later.png")
        (self.photos / "00002.png").write_text("no photo")
        self.batch(self.photos, code=4)
        self.assertEqual(ids(self.out, "failures.jsonl"), ["00001.png", "00002.png"])
        tiny_png(self.root / "later.png", 1)
        self.batch("--resume", code=4)
        self.assertEqual(ids(self.out, "failures.jsonl"), ["00002.png"])
        self.batch("--resume", "--retry", code=4)
        self.assertEqual(ids(self.out, "failures.jsonl"), ["00002.png"])

    def test_ctrl_c_finishes_what_is_in_hand(self):
        for number, name in [(signal.SIGINT, "a"), (signal.SIGTERM, "b")]:
            self.tiny(3000)
            process = self.begin("--jobs", "2")
            process.send_signal(number)
            _, errors = process.communicate()
            self.assertEqual(process.returncode, 128 + number, errors)
            self.assertIn(f"magscan batch --resume --out {self.out}", errors)
            done = self.written()
            self.assertLess(done, 3000)
            self.assertEqual(len(as_set(self.out)), done)  # each line is whole
            shutil.rmtree(self.out)

    def test_a_second_ctrl_c_stops_at_once(self):
        for number in range(6):
            shutil.copy(FRONT, self.photos / f"{number}.jpg")
        process = start("batch", self.photos, "--out", self.out, "--jobs", "1")
        wait_for(lambda: (self.out / "reports.jsonl").exists())
        process.send_signal(signal.SIGINT)
        wait_for(lambda: process.stderr.readline() != "")
        process.send_signal(signal.SIGINT)
        process.communicate()
        self.assertEqual(process.returncode, 130)
        self.assertLess(self.written(), 6)

    def test_one_run_at_a_time(self):
        self.tiny(3000)
        process = self.begin()
        other = run("batch", "--resume", "--out", self.out)
        self.assertEqual(other.code, 2)
        self.assertIn("another run works in it", other.err)
        self.end(process, signal.SIGKILL)

    def test_another_input_is_not_taken_for_the_same_batch(self):
        self.tiny(2)
        self.batch(self.photos, "--shard", "1/1", code=4)
        tiny_png(self.root / "else" / "x.png", 1)
        self.assertIn("another INPUT", self.batch(self.root / "else", "--resume", code=2).err)
        self.assertIn("another --shard", self.batch("--resume", "--shard", "1/2", code=2).err)
        (self.root / "new").mkdir()
        self.assertIn("no INPUT", run("batch", "--resume", "--out", self.root / "new").err)

    def test_full_disk(self):
        disk = self.root / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("a small disk can't be mounted here: " + mounted.stderr.decode().strip())
        self.addCleanup(subprocess.run, ["umount", "-l", disk], check=True)
        self.tiny(400)
        self.out = disk / "out"
        ended = self.batch(self.photos, "--jobs", "2", code=74)
        self.assertIn("No space left on device", ended.err)
        self.assertIn("--resume --out", ended.err)
        done = as_set(self.out)  # each line is whole
        self.assertTrue(0 < len(done) < 400)
        self.batch("--resume", code=74)
        subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
        self.batch("--resume", code=4)
        self.assertEqual(len(as_set(self.out)), 400)
        self.assertLessEqual(set(done), set(as_set(self.out)))
        run("batch", self.photos, "--out", self.root / "undisturbed")
        self.assertEqual(as_set(self.out), as_set(self.root / "undisturbed"))


if __name__ == "__main__":
    support.main()

"""Readers in processes of their own: what crashes or hangs one costs that photo alone."""
import os
import shutil
import signal
import time

import support
from support import FRONT, Batch, as_set, children, ids, lines, run, start, tiny_png, wait_for


def busy_child(process):
    """The worker of a batch with one job, once it is reading a photo."""
    wait_for(lambda: process.poll() is not None or children(process.pid))
    [child] = children(process.pid)
    return child


class Isolate(Batch):
    def test_the_same_answers_as_in_one_process(self):
        shutil.copy(FRONT, self.photos / "a.jpg")
        self.tiny(10)
        (self.photos / "z.jpg").write_text("no photo")
        manifest = self.photos / "m.csv"
        manifest.write_text('file,note\na.jpg,"ä ""x"""\nz.jpg,\n00001.png,=1\n')
        self.batch(manifest, self.photos, "--isolate", "--jobs", "2", code=1)
        run("batch", manifest, self.photos, "--out", self.root / "plain")
        self.assertEqual(as_set(self.out), as_set(self.root / "plain"))

    def test_a_reader_that_is_killed_costs_its_photo_alone(self):
        shutil.copy(FRONT, self.photos / "9.jpg")  # begun when the tiny ones are done
        self.tiny(5)
        process = start("batch", self.photos, "--out", self.out, "--isolate", "--jobs", "1")
        child = busy_child(process)
        wait_for(lambda: len(ids(self.out)) >= 5)
        time.sleep(0.05)
        os.kill(child, signal.SIGSEGV)
        _, errors = process.communicate()
        [failure] = lines(self.out / "failures.jsonl")
        self.assertEqual(failure["source"]["name"], "9.jpg")
        self.assertEqual(failure["error"]["code"], "crashed")
        self.assertIn("SIGSEGV", failure["error"]["message"])
        self.assertRegex(failure["source"]["images"][0]["sha256"], "^[0-9a-f]{64}$")
        self.assertEqual(len(ids(self.out)), 5)
        self.assertEqual(process.returncode, 70)  # nothing legible on the others
        self.assertIn("1 of 6 failed", errors)
        self.assertEqual(run("batch", "--resume", "--out", self.out).code, 70)  # it stays set aside
        self.batch("--resume", "--retry", code=0)
        self.assertEqual(lines(self.out / "failures.jsonl"), [])

    def test_a_reader_that_hangs_is_given_up(self):
        shutil.copy(FRONT, self.photos / "9.jpg")  # begun when the tiny ones are done
        self.tiny(5)
        tiny_png(self.photos / "z.png", 77)
        process = start("batch", self.photos, "--out", self.out, "--isolate", "--jobs", "1", "--deadline", "8")
        child = busy_child(process)
        wait_for(lambda: len(ids(self.out)) >= 5)
        time.sleep(0.05)
        os.kill(child, signal.SIGSTOP)
        process.communicate()
        [failure] = lines(self.out / "failures.jsonl")
        self.assertEqual(failure["source"]["name"], "9.jpg")
        self.assertEqual(failure["error"]["code"], "deadline")
        self.assertIn("8 s", failure["error"]["message"])
        self.assertIn("z.png", ids(self.out))  # a new reader went on
        self.assertFalse(os.path.exists(f"/proc/{child}"))

    def test_no_reader_outlives_its_batch(self):
        shutil.copy(FRONT, self.photos / "0.jpg")
        self.tiny(2000)
        process = start("batch", self.photos, "--out", self.out, "--isolate", "--jobs", "2")
        wait_for(lambda: ids(self.out))
        readers = children(process.pid)
        self.assertEqual(len(readers), 2)
        process.kill()
        process.communicate()
        wait_for(lambda: not any(os.path.exists(f"/proc/{reader}") for reader in readers), seconds=20)

    def test_ctrl_c_of_the_terminal_spares_the_readers(self):
        self.tiny(3000)
        process = start("batch", self.photos, "--out", self.out, "--isolate", "--jobs", "2", start_new_session=True)
        wait_for(lambda: ids(self.out))
        os.killpg(process.pid, signal.SIGINT)
        process.communicate()
        self.assertEqual(process.returncode, 130)
        self.assertEqual(lines(self.out / "failures.jsonl"), [])

    def test_a_broken_set_up_is_told_once(self):
        self.tiny(3)
        for isolate in ([], ["--isolate"]):
            ended = self.batch(self.photos, "--overwrite", "--tessdata", self.root, *isolate, code=5)
            self.assertIn("./setup", ended.err)
            self.assertEqual(as_set(self.out), [])


if __name__ == "__main__":
    support.main()

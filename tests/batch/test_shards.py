"""Shares of a batch, and how they are joined."""
import csv

import support
from support import Batch, as_set, ids, lines, run, tiny_png


def fnv1a(text):
    """As docs/batch.md says, so that others can tell which share an id belongs to."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


class Shards(Batch):
    def share(self, number, of, *arguments):
        out = self.root / f"part{number}"
        run("batch", self.photos, "--out", out, "--shard", f"{number}/{of}", *arguments)
        return out

    def merge(self, *arguments, code):
        ended = run("merge", *arguments, "--out", self.out)
        self.assertEqual(ended.code, code, ended.err)
        return ended

    def test_shares_are_exact_and_join_to_the_whole(self):
        self.tiny(60)
        (self.photos / "00009.png").write_text("no photo")
        whole = self.root / "whole"
        run("batch", self.photos, "--out", whole)
        parts = [self.share(number, 4) for number in (1, 2, 3, 4)]
        for number, part in enumerate(parts):
            names = ids(part) + ids(part, "failures.jsonl")
            self.assertTrue(names)
            self.assertEqual({fnv1a(name) % 4 for name in names}, {number})
        self.assertEqual(sorted(sum(map(as_set, parts), [])), as_set(whole))
        self.merge(*parts, "--html", code=4)
        self.assertEqual(as_set(self.out), as_set(whole))
        self.assertFalse((self.out / "missing.jsonl").exists())
        with open(self.out / "summary.csv", newline="") as joined, open(whole / "summary.csv", newline="") as once:
            self.assertEqual(sorted(csv.reader(joined)), sorted(csv.reader(once)))
        self.assertTrue((self.out / "report.html").exists())
        self.assertEqual(run("batch", "--resume", "--out", self.out).code, 4)
        self.assertEqual(as_set(self.out), as_set(whole))

    def test_a_share_that_is_missing_is_told(self):
        self.tiny(30)
        parts = [self.share(number, 3) for number in (1, 2, 3)]
        lost = len(as_set(parts[1]))
        ended = self.merge(parts[0], parts[2], code=1)
        self.assertIn(f"no output of these shards: 2, with {lost} items", ended.err)

    def test_items_without_a_result_are_told_and_can_be_read(self):
        self.tiny(20)
        part = self.share(1, 1)
        content = (part / "reports.jsonl").read_text().splitlines(keepends=True)
        (part / "reports.jsonl").write_text("".join(content[:-2]) + content[-1][:30])
        lost = [name for name in (f"{number:05}.png" for number in range(20)) if name not in "".join(content[:-2])]
        ended = self.merge(part, code=1)
        self.assertIn("2 items have no result", ended.err)
        for name in lost:
            self.assertIn(name, ended.err)
        self.assertEqual(sorted(item["id"] for item in lines(self.out / "missing.jsonl")), lost)
        self.assertEqual((part / "reports.jsonl").read_text()[-30:], content[-1][:30])  # only read, never repaired
        self.assertEqual(run("batch", "--resume", "--out", self.out).code, 4)
        self.assertEqual(len(ids(self.out)), 20)

    def test_a_report_counts_more_than_a_failure(self):
        self.tiny(3)
        good = self.share(1, 1)
        (self.photos / "00001.png").write_text("no photo")
        run("batch", self.photos, "--out", self.root / "bad")
        self.merge(good, self.root / "bad", code=4)
        self.assertEqual(as_set(self.out), as_set(good))

    def test_shares_of_none(self):
        self.tiny(1)
        codes = [run("batch", self.photos, "--out", self.root / f"p{number}", "--shard", f"{number}/5").code
                 for number in range(1, 6)]
        self.assertEqual(sorted(codes), [0, 0, 0, 0, 4])
        self.merge(*[self.root / f"p{number}" for number in range(1, 6)], code=4)
        self.assertEqual(ids(self.out), ["00000.png"])

    def test_wrong_use(self):
        self.tiny(2)
        part = self.share(1, 1)
        self.assertIn("no batch.json", self.merge(self.photos, code=3).err)
        self.assertIn("into itself", run("merge", part, "--out", part).err)
        self.merge(part, code=4)
        self.assertIn("not empty", self.merge(part, code=2).err)
        self.merge(part, "--overwrite", code=4)
        (part / "batch.json").write_text("{")
        self.assertIn("is no plan", self.merge(part, "--overwrite", code=3).err)


if __name__ == "__main__":
    support.main()

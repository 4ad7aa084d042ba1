"""What a batch costs beside the reading itself. The figures are printed; on a busy machine they are rough."""
import os
import shutil

import support
from support import PHOTOS, Batch, lines, measured

LABELS = ["magnesium/front_bisglycinate.jpg", "magnesium/front_citrate_ambiguous.jpg", "faults/front_alone.jpg",
          "magnesium/screen_taurate_uk.png"]


class Cost(Batch):
    def test_memory_does_not_grow_with_the_number_of_photos(self):
        peaks = {}
        # One at a time: with several, how often two need a reader at once decides when the second one is set up.
        for count in (100, 10_000):
            self.tiny(count)
            _, _, seconds, peaks[count] = measured("batch", self.photos, "--out", self.root / str(count), "--jobs", "1")
            self.assertEqual(len(lines(self.root / str(count) / "reports.jsonl")), count)
            print(f"\n{count} tiny photos: peak {peaks[count] / 1024:.1f} MB, {seconds:.0f} s", flush=True)
        self.assertLess(peaks[10_000], peaks[100] + 2 * 1024)

    def test_little_beside_the_reading(self):
        for name in LABELS:
            shutil.copy(PHOTOS / name, self.photos)
        code, reading, _, _ = measured("batch", self.photos, "--out", self.out, "--jobs", "1")
        self.assertEqual(code, 0)
        # All that a run does but reading: listing, hashing, comparing, writing the summary.
        code, beside, _, _ = measured("batch", self.photos, "--out", self.out, "--resume")
        self.assertEqual(code, 0)
        print(f"\nbeside the reading: {beside:.2f} of {reading:.2f} CPU seconds, {100 * beside / reading:.1f} %", flush=True)
        self.assertLess(beside, 0.05 * reading)
        per_photo = sum(line["timings_ms"]["total"] for line in lines(self.out / "reports.jsonl")) / len(LABELS)
        print(f"{per_photo:.0f} ms a photo", flush=True)

    def test_two_at_a_time(self):
        for name in LABELS:
            for copy in range(2):
                shutil.copy(PHOTOS / name, self.photos / f"{copy}-{os.path.basename(name)}")
        times = {}
        for jobs in (1, 2):
            code, cpu, times[jobs], peak = measured("batch", self.photos, "--out", self.root / f"out{jobs}", "--jobs", jobs)
            self.assertEqual(code, 0)
            print(f"\n--jobs {jobs}: {times[jobs]:.1f} s, {cpu:.1f} CPU seconds, {peak / 1024:.0f} MB", flush=True)
        self.assertEqual(support.as_set(self.root / "out1"), support.as_set(self.root / "out2"))
        # Cores that others are busy on, or that share one's units, give less than twice as much.
        if os.cpu_count() > 1 and os.getloadavg()[0] < os.cpu_count():
            self.assertLess(times[2], times[1])


if __name__ == "__main__":
    support.main()

"""Photos over HTTP: the same answers as on the command line."""
import json
import pathlib
import subprocess
import tempfile
import unittest

import harness
from harness import OTHER_PHOTO, PHOTO, PHOTOS, ServiceTest, form, without_timings

CUT = PHOTOS / "faults" / "cut_off.jpg"


def cli(*arguments):
    done = subprocess.run([harness.MAGSCAN, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in (0, 4), done.stderr
    return done.stdout


class Scan(ServiceTest):
    def test_a_photo_gives_the_report_of_the_command_line_to_the_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            for photo in (PHOTO, OTHER_PHOTO, CUT):
                named = pathlib.Path(folder) / "photo"
                named.write_bytes(photo.read_bytes())
                here = self.server.scan(photo)
                self.assertEqual((here.status, here.headers["Content-Type"]), (200, "application/json"))
                there = cli("scan", "--json", named)
                self.assertEqual(json.dumps(without_timings(here.body)), json.dumps(without_timings(there)))
                head = there.split('"timings_ms"')[0]
                self.assertTrue(here.body.decode().startswith(head), "not the same bytes")
                self.assertTrue(here.body.endswith(b"\n"))

    def test_name_is_the_report_s_name(self):
        report = self.server.scan(path="/v1/scan?name=shop%2042").json
        self.assertEqual((report["source"]["name"], report["source"]["images"][0]["name"]), ("shop 42", "shop 42"))

    def test_one_part_is_a_photo_and_its_file_s_name_is_shown_without_its_folder(self):
        for filename in ("a.png", "/home/me/a.png", "C:\\photos\\a.png"):
            body, headers = form([("image", filename, PHOTO.read_bytes())])
            report = self.server.request("POST", "/v1/scan", body, headers).json
            self.assertEqual(report["source"]["name"], "a.png")
            self.assertEqual(report["source"]["kind"], "photo")

    def test_several_parts_are_one_product_as_on_the_command_line(self):
        body, headers = form([("image", PHOTO.name, PHOTO.read_bytes()), ("image", CUT.name, CUT.read_bytes())])
        here = self.server.request("POST", "/v1/scan", body, headers)
        self.assertEqual(here.status, 200, here.body)
        there = cli("scan", "--json", "--same-product", PHOTO, CUT)
        self.assertEqual(without_timings(here.body), without_timings(there))
        body, headers = form([("image", None, PHOTO.read_bytes()), ("image", None, CUT.read_bytes()),
                              ("name", None, b"both")])
        named = self.server.request("POST", "/v1/scan", body, headers).json
        self.assertEqual(named["source"]["name"], "both")
        self.assertEqual([image["name"] for image in named["source"]["images"]], ["photo-1", "photo-2"])

    def test_annotate_draws_what_the_command_line_draws(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "out.png"
            cli("scan", "--annotate", out, PHOTO)
            here = self.server.scan(PHOTO, "/v1/annotate")
            self.assertEqual((here.status, here.headers["Content-Type"]), (200, "image/png"))
            self.assertEqual(here.body, out.read_bytes())

    def test_a_large_photo_is_drawn_at_most_2400_pixels_long(self):
        drawn = self.server.scan(harness.SLOW_PHOTO, "/v1/annotate")
        self.assertEqual(drawn.status, 200)
        self.assertEqual(drawn.body[:8], b"\x89PNG\r\n\x1a\n")
        width, height = (int.from_bytes(drawn.body[at:at + 4], "big") for at in (16, 20))
        self.assertLessEqual(width, 2400)
        self.assertGreater(max(width, height), 1200)

    def test_other_formats_are_told_by_their_content(self):
        heic = PHOTOS / "magnesium" / "pouch_citrate_es.heic"
        self.assertEqual(self.server.scan(heic).json["source"]["images"][0]["format"], "heic")


class Cache(ServiceTest):
    options = ("--cache-seconds", "3600")

    def test_an_identical_picture_is_answered_from_memory_and_options_are_kept_apart(self):
        first = self.server.scan()
        self.assertEqual(first.headers["Magscan-Cache"], "miss")
        again = self.server.scan()
        self.assertEqual(again.headers["Magscan-Cache"], "hit")
        self.assertEqual(first.body, again.body)
        named = self.server.scan(path="/v1/scan?name=other")
        self.assertEqual((named.headers["Magscan-Cache"], named.json["source"]["name"]), ("miss", "other"))
        self.assertEqual(self.server.scan().body, first.body)
        changed = self.server.scan(PHOTO.read_bytes() + b"\0")
        self.assertEqual(changed.headers["Magscan-Cache"], "miss")
        drawn = self.server.scan(path="/v1/annotate")
        self.assertEqual((drawn.headers["Magscan-Cache"], drawn.body[:4]), ("hit", b"\x89PNG"))
        self.assertGreaterEqual(self.server.metric('magscan_cache_total{result="hit"}'), 3)


class ShortCache(ServiceTest):
    options = ("--cache-seconds", "0")

    def test_a_report_is_not_kept_for_longer_than_said(self):
        self.assertEqual([self.server.scan().headers["Magscan-Cache"] for _ in range(2)], ["miss", "miss"])


class NoCache(ServiceTest):
    options = ("--cache", "0")

    def test_nothing_is_kept_where_there_is_no_room(self):
        self.assertEqual([self.server.scan().headers["Magscan-Cache"] for _ in range(2)], ["miss", "miss"])
        self.assertEqual(self.server.metric("magscan_cache_bytes"), 0)


class KeysApart(ServiceTest):
    keys = ""

    def test_one_key_s_answers_are_not_told_to_another(self):
        import hashlib
        self.server.keys.write_text("".join(
            f"{name} {hashlib.sha256(name.encode()).hexdigest()}\n" for name in ("ann", "bob")), encoding="ascii")
        import signal
        self.server.signal(signal.SIGHUP)
        self.server.wait_for_log("keys_reloaded", keys=2)
        seen = [self.server.scan(headers={"Authorization": f"Bearer {name}"}).headers["Magscan-Cache"]
                for name in ("ann", "ann", "bob")]
        self.assertEqual(seen, ["miss", "hit", "miss"])


if __name__ == "__main__":
    harness.main()

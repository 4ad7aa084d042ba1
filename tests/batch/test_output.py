"""What a batch makes of its INPUT, and what it writes."""
import csv
import html.parser
import json
import os
import shutil

import support
from support import BOTTLE, FRONT, SIGN, Batch, ids, lines, run, tiny_png, without_timings


class Output(Batch):
    def test_reports_are_those_of_scan(self):
        (self.photos / "shelf 1").mkdir()
        shutil.copy(BOTTLE, self.photos / "shelf 1" / "bottle.jpg")
        shutil.copy(SIGN, self.photos / "sign.jpg")
        (self.photos / "notes.txt").write_text("no photo")
        (self.photos / ".hidden.jpg").write_text("no photo")
        ended = self.batch(self.photos, "--jobs", "2", code=0)
        self.assertEqual((ended.out, ended.err), ("", ""))
        self.assertEqual(ids(self.out), ["shelf 1/bottle.jpg", "sign.jpg"])
        self.assertEqual(lines(self.out / "failures.jsonl"), [])
        scanned = run("scan", "--json", self.photos / "shelf 1" / "bottle.jpg", self.photos / "sign.jpg").out.splitlines()
        scanned = {report["source"]["name"]: report for report in map(json.loads, scanned)}
        for report in lines(self.out / "reports.jsonl"):
            same = scanned[os.path.basename(report["source"]["name"])]
            same["source"]["name"] = report["source"]["name"]
            self.assertEqual(without_timings(report), without_timings(same))
        self.assertNotIn(str(self.root), (self.out / "reports.jsonl").read_text())
        self.assertNotIn(str(self.root), (self.out / "summary.csv").read_text())

    def test_for_whom_and_where(self):
        shutil.copy(BOTTLE, self.photos / "bottle.jpg")
        person = ["--profile", "age=12,sex=f", "--jurisdiction", "uk"]
        self.batch(self.photos, *person, "--isolate", code=0)
        [report] = lines(self.out / "reports.jsonl")
        scanned = json.loads(run("scan", "--json", *person, self.photos / "bottle.jpg").out)
        self.assertEqual(without_timings(report), without_timings(scanned))
        plain = json.loads(run("scan", "--json", self.photos / "bottle.jpg").out)
        self.assertNotEqual(report["limits"], plain["limits"])
        tiny_png(self.photos / "new.png", 1)
        self.assertIn("another --profile", self.batch("--resume", "--profile", "pregnant", code=2).err)
        shutil.copy(BOTTLE, self.photos / "same.jpg")
        self.batch(self.photos, "--resume", code=0)  # the first run's options go on
        limits = [line["limits"] for line in lines(self.out / "reports.jsonl") if line["source"]["name"] != "new.png"]
        self.assertEqual(limits, [report["limits"]] * 2)
        self.assertIn("--profile", self.batch(self.photos, "--profile", "nobody", code=2).err)

    def test_one_bad_photo_does_not_stop_the_others(self):
        shutil.copy(FRONT, self.photos / "b.jpg")
        (self.photos / "a.jpg").write_text("no photo")
        (self.photos / "c.jpg").symlink_to("/nowhere/c.jpg")
        os.mkfifo(self.photos / "d.jpg")
        (self.photos / "e.jpg").write_bytes(BOTTLE.read_bytes()[:5000])
        ended = self.batch(self.photos, code=1)
        self.assertIn("4 of 5 failed", ended.err)
        self.assertEqual(ids(self.out), ["b.jpg"])
        failures = {line["source"]["name"]: line for line in lines(self.out / "failures.jsonl")}
        self.assertEqual({name: line["error"]["code"] for name, line in failures.items()},
                         {"a.jpg": "picture", "c.jpg": "file", "d.jpg": "file", "e.jpg": "picture"})
        self.assertEqual({line["error"]["exit_code"] for line in failures.values()}, {3})
        self.assertIsNone(failures["c.jpg"]["source"]["images"][0]["sha256"])
        self.assertRegex(failures["a.jpg"]["source"]["images"][0]["sha256"], "^[0-9a-f]{64}$")

    def test_exit_code_where_none_succeeds(self):
        tiny_png(self.photos / "a.png", 1)
        self.batch(self.photos, code=4)
        (self.photos / "a.png").write_text("no photo")
        self.batch(self.photos, "--overwrite", code=3)
        self.assertEqual(ids(self.out), [])
        self.assertEqual(ids(self.out, "failures.jsonl"), ["a.png"])

    def test_a_name_that_is_no_utf_8(self):
        self.tiny(1)
        with open(os.fsencode(self.photos) + b"/b\xfcrste.png", "wb") as file:
            file.write((self.photos / "00000.png").read_bytes())
        self.batch(self.photos, code=4)
        self.assertEqual(ids(self.out), ["00000.png"])
        [failure] = lines(self.out / "failures.jsonl")
        self.assertEqual(failure["source"]["name"], "b%FCrste.png")
        self.assertIn("UTF-8", failure["error"]["message"])

    def test_photos_and_lists(self):
        self.tiny(4)
        here = os.path.relpath(self.photos)
        self.batch(f"{here}/00000.png", self.photos / "00001.png", code=4)
        # Parents and folders that are elsewhere are no part of an id.
        self.assertEqual(ids(self.out), ["00001.png", f"{here}/00000.png".replace("../", "")])
        listed = self.root / "list.txt"
        listed.write_text(f"{self.photos}/00002.png\r\n\n{self.photos}/missing.png\n{self.photos}/00002.png\n")
        self.batch(f"@{listed}", "--overwrite", code=4)
        self.assertEqual(ids(self.out), ["00002.png"])
        self.assertEqual(ids(self.out, "failures.jsonl"), ["missing.png"])
        self.batch("-", "--overwrite", text=f"{self.photos}/00003.png\0{self.photos}/00001.png\0", code=4)
        self.assertEqual(ids(self.out), ["00001.png", "00003.png"])

    def test_manifest_with_products_and_further_columns(self):
        for name, source in [("f.jpg", FRONT), ("b.jpg", BOTTLE), ("s.jpg", SIGN)]:
            shutil.copy(source, self.photos / name)
        manifest = self.photos / "shop.csv"
        manifest.write_text("\ufeffFile;product;id;shop;price\n"
                            "f.jpg;P-7;;\"North; \"\"best\"\"\";\n"
                            "s.jpg;;sign 9;South;=1+1\n"
                            "b.jpg;P-7;;ignored;12,50\n"
                            ";;x;;\n"
                            "two;few\n")
        self.batch(manifest, "--html", code=1)
        reports = {line["source"]["name"]: line for line in lines(self.out / "reports.jsonl")}
        self.assertEqual(sorted(reports), ["P-7", "sign 9"])
        product = reports["P-7"]
        self.assertEqual(product["source"]["kind"], "photos")
        self.assertEqual([image["name"] for image in product["source"]["images"]], ["f.jpg", "b.jpg"])
        self.assertEqual(product["source"]["columns"], {"shop": "North; \"best\"", "price": "12,50"})
        self.assertEqual(product["elemental_magnesium"]["per_serving_mg"]["value"], 200)
        joined = json.loads(run("scan", "--json", "--same-product", self.photos / "f.jpg", self.photos / "b.jpg").out)
        joined["source"].update(name="P-7", columns=product["source"]["columns"])
        self.assertEqual(without_timings(product), without_timings(joined))
        failures = {line["source"]["name"]: line["error"]["message"] for line in lines(self.out / "failures.jsonl")}
        self.assertEqual(sorted(failures), ["shop.csv:5", "shop.csv:6"])
        self.assertIn("names no file", failures["shop.csv:5"])
        self.assertIn("2 cells", failures["shop.csv:6"])
        with open(self.out / "summary.csv", newline="") as file:
            table = {row["id"]: row for row in csv.DictReader(file)}
        self.assertEqual(table["P-7"]["file"], "f.jpg; b.jpg")
        self.assertEqual(table["P-7"]["per_serving_mg"], "200")
        self.assertEqual(table["P-7"]["per_unit_mg"], "100")
        self.assertEqual(table["P-7"]["forms"], "bisglycinate")
        self.assertIn("elemental", table["P-7"]["basis"].split("; "))
        self.assertGreater(float(table["P-7"]["confidence"]), 0.8)
        self.assertEqual(table["sign 9"]["outcome"], "no_magnesium")
        self.assertEqual(table["sign 9"]["price"], "'=1+1")
        self.assertEqual(table["shop.csv:5"]["outcome"], "failed")
        page = (self.out / "report.html").read_text()
        self.assertEqual(page.count("data:image/webp;base64,"), 3)  # two photos, one crop: the sign has no magnesium

    def test_manifest_of_objects(self):
        self.tiny(3)
        manifest = self.photos / "shop.jsonl"
        rows = [{"file": "00000.png", "id": 7, "shelf": {"row": 2}}, {"file": "00001.png", "price": 3.5}, ["no object"],
                {"file": "00002.png", "deep": [[[[[[[[[[0]]]]]]]]]]}, {"file": 5, "id": {}}]
        manifest.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n{\"file\": \"cut")
        self.batch(manifest, code=4)
        reports = {line["source"]["name"]: line["source"].get("columns") for line in lines(self.out / "reports.jsonl")}
        self.assertEqual(reports, {"7": {"shelf": {"row": 2}}, "00001.png": {"price": 3.5}})
        self.assertEqual(ids(self.out, "failures.jsonl"), [f"shop.jsonl:{row}" for row in (3, 4, 5, 7)])

    def test_too_many_photos_of_a_product(self):
        self.tiny(7)
        manifest = self.photos / "m.csv"
        manifest.write_text("file,product\n" + "".join(f"{number:05}.png,P\n" for number in range(7)))
        self.batch(manifest, code=2)
        [failure] = lines(self.out / "failures.jsonl")
        self.assertEqual(failure["error"]["code"], "usage")
        self.assertIn("7 photos", failure["error"]["message"])

    def test_no_cell_is_a_formula(self):
        wicked = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "plain", "a=1", "a,\"b\"\nc"]
        rows = []
        for number, text in enumerate(wicked):
            tiny_png(self.photos / f"{number}.png", number)
            rows.append(json.dumps({"file": f"{number}.png", "id": text, "error": text}))
        (self.photos / "m.jsonl").write_text("\n".join(rows))
        self.batch(self.photos / "m.jsonl", code=4)
        with open(self.out / "summary.csv", newline="") as file:
            content = list(csv.reader(file))
        for row in content[1:]:
            for cell in row:
                self.assertFalse(cell[:1] in ("=", "+", "-", "@", "\t", "\r"), cell)
        self.assertIn("manifest_error", content[0])
        self.assertEqual(sorted(row[0].removeprefix("'") for row in content[1:]), sorted(wicked))

    def test_page_escapes_all_text(self):
        evil = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>"
        tiny_png(self.photos / "a.png", 1)
        (self.photos / "b.png").write_text("no photo")
        (self.photos / "m.jsonl").write_text("\n".join(
            json.dumps({"file": file, "id": file + evil, "note": evil}) for file in ("a.png", "b.png")))
        self.batch(self.photos / "m.jsonl", "--html", code=4)
        text = (self.out / "report.html").read_text()
        self.assertNotIn("alert(1)</script>", text)
        data = []

        class Scripts(html.parser.HTMLParser):
            inside, tags = False, []

            def handle_starttag(self, tag, attributes):
                self.tags.append(tag)
                self.inside = dict(attributes).get("id") == "data"

            def handle_endtag(self, tag):
                self.inside = False

            def handle_data(self, content):
                if self.inside:
                    data.append(content)

        reader = Scripts()
        reader.feed(text)
        self.assertNotIn("img", reader.tags)
        self.assertEqual(reader.tags.count("script"), 2)
        rows = json.loads("".join(data))["rows"]
        self.assertEqual(sorted(row["id"] for row in rows), ["a.png" + evil, "b.png" + evil])
        self.assertEqual(rows[0]["columns"], {"note": evil})
        self.assertNotRegex(text.replace("http://www.w3.org/2000/svg", ""), "https?://")

    def test_progress_for_programs(self):
        self.tiny(3)
        (self.photos / "00001.png").write_text("no photo")
        ended = self.batch(self.photos, "--progress", "json", code=4)
        events = [json.loads(line) for line in ended.out.splitlines()]
        last = [event for event in events if event["event"] == "progress"][-1]
        self.assertEqual((last["done"], last["failed"], last["total"]), (3, 1, 3))
        self.assertEqual(last["seconds_left"], 0)

    def test_help(self):
        for command in ("batch", "merge"):
            ended = run(command, "--help")
            self.assertEqual((ended.code, ended.err), (0, ""))
            self.assertIn("Examples:", ended.out)
            self.assertIn("reports.jsonl" if command == "batch" else "missing.jsonl", ended.out)

    def test_wrong_use(self):
        self.tiny(1)
        self.out.mkdir()
        (self.out / "mine.txt").write_text("kept")
        for arguments in [[self.photos], [], [self.photos, "--resume", "--overwrite"], [self.photos, "--retry"],
                          [self.photos, "--deadline", "5"], [self.photos, "--shard", "0/3"], [self.photos, "--shard", "4/3"],
                          [self.photos, "--shard", "x"], [self.photos, "--jobs", "-1"], [self.photos, "--progress", "loud"]]:
            ended = self.batch(*arguments, code=2)
            self.assertEqual(len(ended.err.splitlines()), 1, ended.err)
        self.assertIn("--resume", self.batch(self.photos).err)
        self.assertIn("--overwrite", self.batch(self.photos).err)
        self.assertEqual(os.listdir(self.out), ["mine.txt"])
        self.batch(self.photos, "--overwrite", code=4)
        self.assertEqual((self.out / "mine.txt").read_text(), "kept")

    def test_input_that_is_nothing(self):
        for name, content in [("empty.csv", ""), ("other.csv", "a,b\n1,2\n"), ("twice.csv", "file,file\n"),
                              ("quote.csv", "file\n\"a\n")]:
            (self.photos / name).write_text(content)
            ended = self.batch(self.photos / name, code=3)
            self.assertIn(name, ended.err)
        self.assertIn("no photos", self.batch(self.photos, code=3).err)
        self.assertIn("no such file", self.batch(self.root / "nowhere", code=3).err)
        self.assertIn("no such file", self.batch("@" + str(self.root / "nowhere.txt"), code=3).err)

    def test_two_photos_with_one_id_are_refused(self):
        tiny_png(self.root / "a" / "x.png", 1)
        tiny_png(self.root / "b" / "x.png", 2)
        ended = self.batch(self.root / "a", self.root / "b", code=2)
        self.assertIn("\"x.png\"", ended.err)
        self.batch(self.root / "a", self.root / "a" / "x.png", code=4)  # one and the same
        self.assertEqual(ids(self.out), ["x.png"])


if __name__ == "__main__":
    support.main()

"""Jobs of a fleet over one broker: what goes in, what comes out, and what can go wrong on the way."""
import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import threading
import time

import broker
import fleet
import pictures
import support
from fleet import Fleet, as_set, children, ids, lines, photos, run, table_png, tiny_png, wait_for


KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]


def certificates(folder):
    """An authority, and certificates by it for the broker and for a client."""
    folder.mkdir(parents=True)

    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", *KEY, "-nodes", "-days", "2", "-subj", "/CN=authority", "-keyout", "ca.key",
            "-out", "ca.pem")
    for name, extension in (("broker", "subjectAltName=DNS:localhost"), ("client", "extendedKeyUsage=clientAuth")):
        (folder / f"{name}.ext").write_text(extension + "\n")
        openssl("req", *KEY, "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out",
                f"{name}.csr")
        openssl("x509", "-req", "-days", "2", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-extfile", f"{name}.ext", "-out", f"{name}.pem")


class Jobs(Fleet):
    @classmethod
    def tls(cls, folder):
        cls.certificates = folder / "certificates"
        certificates(cls.certificates)
        return {"cacertfile": cls.certificates / "ca.pem", "certfile": cls.certificates / "broker.pem",
                "keyfile": cls.certificates / "broker.key"}

    def serve(self):
        server = pictures.Server()
        self.addCleanup(server.end)
        return server

    def failures(self):
        return {line["source"]["name"]: line["error"] for line in lines(self.out / "failures.jsonl")}

    def test_twice_is_once(self):
        photos(self.photos, 20)
        expected = self.batch(self.photos)
        self.enqueue(self.photos)
        self.enqueue(self.photos)
        self.assertEqual(self.status()["total"], 40)  # only who has the list knows better
        self.work()
        self.collect(code=1)
        self.assertEqual(as_set(self.out), expected)
        before = [(self.out / name).read_bytes() for name in ("reports.jsonl", "failures.jsonl", "summary.csv")]
        self.work()
        self.collect(code=1)
        self.enqueue(self.photos)
        self.work()
        self.collect(code=1)
        after = [(self.out / name).read_bytes() for name in ("reports.jsonl", "failures.jsonl", "summary.csv")]
        self.assertEqual(before, after)
        status = self.status()
        self.assertEqual({key: status[key] for key in ("total", "waiting", "running", "done", "failed", "collected")},
                         {"total": 20, "waiting": 0, "running": 0, "done": 20, "failed": 1, "collected": 20})
        self.assertIn("another folder", self.collect(out=self.root / "other", code=2).err)
        # What the folder holds is a batch's.
        self.assertEqual(run("merge", self.out, "--out", self.root / "merged", "--html").code, 1)
        self.assertEqual(as_set(self.root / "merged"), expected)
        self.assertEqual(run("batch", "--resume", "--out", self.out).code, 1)
        self.assertEqual(as_set(self.out), expected)
        with open(self.out / "summary.csv", newline="") as summary:
            self.assertEqual(len(list(csv.DictReader(summary))), 20)

    def test_manifest_products_people_and_pictures_sent_along(self):
        table_png(self.photos / "front.png", 1)
        table_png(self.photos / "back.png", 2)
        tiny_png(self.photos / "z.png", 3)
        (self.photos / "large.png").write_bytes(b"\0" * 8_000_001)
        manifest = self.photos / "m.csv"
        manifest.write_text("file,product,shop\nfront.png,P-7,North\nback.png,P-7,North\nz.png,,=South\nnone.png,,\n"
                            "large.png,,\n")
        person = ["--profile", "age=12,sex=f", "--jurisdiction", "uk"]
        self.enqueue(manifest, "--inline", *person)
        self.assertIn("another --profile", self.enqueue(manifest, code=2).err)
        expected = self.root / "expected"
        run("batch", manifest, "--out", expected, *person)
        hidden = self.root / "elsewhere"
        self.photos.rename(hidden)  # the workers are on another machine
        self.work()
        hidden.rename(self.photos)
        self.collect(code=1)
        self.assertEqual(sorted(ids(self.out)), ["P-7", "z.png"])
        got = [support.without_timings(line) for line in lines(self.out / "reports.jsonl")]
        same = [support.without_timings(line) for line in lines(expected / "reports.jsonl")]
        key = lambda line: line["source"]["name"]
        self.assertEqual(sorted(got, key=key), sorted(same, key=key))
        failures = self.failures()
        self.assertIn("no such file", failures["none.png"]["message"])
        self.assertIn("8 MB", failures["large.png"]["message"])
        with open(self.out / "summary.csv", newline="") as summary:
            self.assertEqual({row["shop"] for row in csv.DictReader(summary)}, {"North", "'=South", ""})

    def test_pictures_by_url(self):
        server, other = self.serve(), self.serve()
        table_png(self.photos / "a.png", 5)
        server.files = {"/p/a.png": (self.photos / "a.png").read_bytes(), "/moved": pictures.redirect("/p/a.png"),
                        "/elsewhere": pictures.redirect(other.url("/a.png")),
                        "/file": pictures.redirect("file:///etc/passwd"), "/busy": pictures.status(503),
                        "/endless": pictures.endless, "/round": pictures.redirect("/round")}
        other.files = {"/a.png": (self.photos / "a.png").read_bytes()}
        listing = self.root / "list.txt"
        listing.write_text("\n".join(server.url(path) for path in ("/p/a.png?signature=secret", "/moved", "/elsewhere", "/file",
                                                                   "/busy", "/endless", "/round", "/none.png")) +
                           f"\n{other.url('/b.png')}\nhttp://user:word@{server.host}/a.png\n")
        self.enqueue(f"@{listing}")
        self.work("--allow-host", server.host)
        self.collect(code=1)
        self.assertEqual(ids(self.out), [f"{server.host}/moved", f"{server.host}/p/a.png"])
        reports = {line["source"]["name"]: line for line in lines(self.out / "reports.jsonl")}
        scanned = json.loads(run("scan", "--json", self.photos / "a.png").out)
        fetched = reports[f"{server.host}/p/a.png"]
        self.assertEqual(fetched["source"]["images"], scanned["source"]["images"])
        self.assertEqual(fetched["elemental_magnesium"], scanned["elemental_magnesium"])
        failures = {name.removeprefix(server.host): error for name, error in self.failures().items()}
        self.assertIn("leads to another host", failures["/elsewhere"]["message"])
        self.assertIn("leads to another host", failures["/file"]["message"])
        self.assertIn("503", failures["/busy"]["message"])
        self.assertIn("larger than 40 MB", failures["/endless"]["message"])
        self.assertIn("redirected too often", failures["/round"]["message"])
        self.assertIn("404", failures["/none.png"]["message"])
        self.assertIn("--allow-host", failures[f"{other.host}/b.png"]["message"])
        self.assertIn("names a user", failures["/a.png"]["message"])
        self.assertEqual(other.asked, [])
        self.assertEqual(server.asked.count("/busy"), 3)
        said = (self.out / "reports.jsonl").read_text() + (self.out / "failures.jsonl").read_text()
        self.assertNotIn("secret", said)
        self.assertNotIn("word@", said)

    def poison(self, act, *arguments):
        """A job with a picture at which `act` is called with a worker, each time that it is taken; the failure."""
        server = self.serve()
        table_png(self.photos / "poison.png", 9)
        server.files = {"/poison.png": (self.photos / "poison.png").read_bytes()}
        photos(self.photos / "others", 6)
        self.enqueue(self.photos / "others", server.url("/poison.png"))
        words = ["--allow-host", server.host, *arguments]
        workers = [self.worker(*words)]
        server.before["/poison.png"] = lambda: act(workers[-1])

        def supervise():  # as systemd would
            while not over.is_set():
                if workers[-1].poll() is not None:
                    workers.append(self.worker(*words))
                time.sleep(0.05)

        over = threading.Event()
        supervisor = threading.Thread(target=supervise, daemon=True)
        supervisor.start()
        self.collect()
        over.set()
        supervisor.join()
        workers[-1].terminate()
        errors = "".join(worker.communicate()[1] for worker in workers)
        self.assertEqual(workers[-1].returncode, 0, errors)  # an orderly end
        self.assertEqual(len(as_set(self.out)), 7)  # the rest went on
        self.assertEqual(len(server.asked), 6, errors)
        [failure] = [line for line in lines(self.out / "failures.jsonl") if "poison" in line["source"]["name"]]
        return failure

    def test_a_picture_that_crashes_the_reader(self):
        def crash(worker):
            [reader] = children(worker.pid)
            os.kill(reader, signal.SIGSTOP)  # it takes the picture, and does not finish it
            threading.Timer(1, lambda: os.kill(reader, signal.SIGSEGV) or os.kill(reader, signal.SIGCONT)).start()

        failure = self.poison(crash)
        self.assertEqual(failure["error"]["code"], "crashed")
        self.assertIn("SIGSEGV", failure["error"]["message"])
        self.assertRegex(failure["source"]["images"][0]["sha256"], "^[0-9a-f]{64}$")

    def test_a_picture_that_hangs_the_reader(self):
        def hang(worker):
            for reader in children(worker.pid):
                os.kill(reader, signal.SIGSTOP)

        failure = self.poison(hang, "--deadline", "2")
        self.assertEqual(failure["error"]["code"], "deadline")

    def test_a_picture_that_takes_the_worker_with_it(self):
        failure = self.poison(lambda worker: worker.kill())
        self.assertEqual(failure["error"]["code"], "crashed")
        self.assertIn("6 workers took it", failure["error"]["message"])

    def test_the_broker_dies_and_comes_back(self):
        photos(self.photos, 60)
        self.enqueue(self.photos)
        time.sleep(5)  # RabbitMQ has queues on the disk a little after it says that they are made
        process = self.worker()
        collector = self.begin("collect", "--job", self.job, "--out", self.out, *self.amqp())
        wait_for(lambda: as_set(self.out))
        [node] = self.cluster.nodes
        node.kill()
        ended = run("status", "--job", self.job, *self.amqp(patience=1))
        self.assertEqual(ended.code, 69, ended.err)
        self.assertIn("can't be reached", ended.err)
        self.assertIn(f"127.0.0.1:{node.port}", ended.err)
        node.start()
        node.wait()
        collector.communicate(timeout=300)
        self.assertEqual(as_set(self.out), self.batch(self.photos))
        process.terminate()
        _, errors = process.communicate()
        self.assertEqual(process.returncode, 0)
        self.assertIn("connected again", errors)

    def told(self, process, words):
        """Waits until a command says so on its standard error."""
        said = ""
        too_late = threading.Timer(200, process.kill)
        too_late.start()
        self.addCleanup(too_late.cancel)
        for line in process.stderr:
            said += line
            if words in line:
                return too_late.cancel()
        self.fail(f"never said {words!r}, but:\n{said}")

    def test_a_broker_that_is_full_says_so(self):
        photos(self.photos, 12)
        [node] = self.cluster.nodes
        memory = lambda most: node.control("set_vm_memory_high_watermark", "absolute", most)
        self.addCleanup(memory, "512MB")
        memory("1MB")
        process = self.begin("enqueue", self.photos, "--job", self.job, *self.amqp())
        self.told(process, "takes no messages for the time being: low on memory. Waiting")
        stopped = self.begin("enqueue", self.photos, "--job", f"{self.job}-stopped", *self.amqp())
        self.told(stopped, "takes no messages")
        stopped.send_signal(signal.SIGINT)
        stopped.communicate(timeout=20)
        self.assertEqual(stopped.returncode, 128 + signal.SIGINT)
        memory("512MB")
        self.told(process, "takes messages again")
        process.communicate()
        self.assertEqual(process.returncode, 0)
        self.work()
        self.collect(code=1)
        self.assertEqual(as_set(self.out), self.batch(self.photos))

    def test_confirms_that_do_not_come(self):
        photos(self.photos, 12)
        self.enqueue(self.photos)
        [node] = self.cluster.nodes
        stuck = f'list_to_atom("%2F_magscan.{self.job}.reports")'  # the process of a queue; heartbeats go on without it
        node.control("eval", f"sys:suspend({stuck}).")
        process = self.worker()
        self.told(process, "does not confirm what it is sent. Connecting again")
        node.control("eval", f"sys:resume({stuck}).")
        self.collect(code=1)
        self.assertEqual(as_set(self.out), self.batch(self.photos))
        process.terminate()
        process.communicate()
        self.assertEqual(process.returncode, 0)

    def test_sigterm_finishes_what_is_in_hand(self):
        names = {f"{number:02}.jpg" for number in range(12)}  # more than are read before status has its answer
        for name in names:
            shutil.copy(support.FRONT, self.photos / name)
        self.enqueue(self.photos)
        process = self.worker()
        wait_for(lambda: self.status()["running"] == 1)
        process.terminate()
        process.communicate()
        self.assertEqual(process.returncode, 0)
        self.collect("--now", code=1)
        done = len(as_set(self.out))
        self.assertGreaterEqual(done, 1)
        self.assertLess(done, len(names))
        status = self.status()
        self.assertEqual((status["total"], status["waiting"], status["running"]), (len(names), len(names) - done, 0))
        self.assertEqual(sorted(item["id"] for item in lines(self.out / "missing.jsonl")),
                         sorted(names - set(ids(self.out))))
        self.work()
        self.collect("--forget", code=0)
        self.assertFalse((self.out / "missing.jsonl").exists())
        self.assertIn("knows no job", run("status", "--job", self.job, *self.amqp()).err)
        self.collect(code=0)  # the folder has all of it

    def test_changed_and_mended_photos_take_the_place_of_their_old_lines(self):
        table_png(self.photos / "a.png", 1)
        (self.photos / "b.png").write_text("no photo")
        self.enqueue(self.photos)
        self.work()
        self.collect(code=1)
        table_png(self.photos / "a.png", 2)
        table_png(self.photos / "b.png", 3)
        self.enqueue(self.photos)
        self.work()
        self.collect("--now", code=0)
        self.assertEqual(as_set(self.out), self.batch(self.photos))

    def test_tls(self):
        [node] = self.cluster.nodes
        folder = self.certificates
        url = f"amqps://guest:guest@localhost:{node.tls_port}/"
        client = ["--cert", folder / "client.pem", "--key", folder / "client.key"]
        photos(self.photos, 3)

        def enqueue(*arguments):
            return run("enqueue", self.photos, "--job", self.job, "--patience", "1", *arguments)

        ended = enqueue("--amqp", url, "--ca", folder / "ca.pem", *client)
        self.assertEqual(ended.code, 0, ended.err)
        self.work()
        self.collect(code=0)
        ended = enqueue("--amqp", url, *client)
        self.assertEqual(ended.code, 69)
        self.assertIn("not trusted", ended.err)
        ended = enqueue("--amqp", url.replace("localhost", "127.0.0.1"), "--ca", folder / "ca.pem", *client)
        self.assertEqual(ended.code, 69)
        self.assertIn("another name", ended.err)
        self.assertEqual(enqueue("--amqp", url, "--ca", folder / "ca.pem").code, 69)  # the broker wants to know who it is
        ended = enqueue("--amqp", url, "--ca", folder / "none.pem", *client)
        self.assertEqual(ended.code, 69)
        self.assertIn("--ca", ended.err)

    def test_wrong_use_is_told(self):
        tiny_png(self.photos / "a.png", 1)
        [node] = self.cluster.nodes
        wrong = f"amqp://guest:secret-word@127.0.0.1:{node.port}/"
        for command in (["enqueue", self.photos, "--job", "x"], ["work"], ["status", "--job", "x"],
                        ["collect", "--job", "x", "--out", self.out]):
            ended = run(*command, "--amqp", wrong)
            self.assertEqual(ended.code, 69)
            self.assertIn("refuses the user guest", ended.err)
            self.assertNotIn("secret-word", ended.err)
        ended = run("status", "--job", "x", "--amqp", node.url + "nowhere")
        self.assertEqual(ended.code, 69)
        self.assertIn("nowhere", ended.err)
        ended = run("status", "--job", "x", "--amqp", "http://localhost/")
        self.assertEqual(ended.code, 2)
        self.assertIn("amqp://USER:PASSWORD@HOST:PORT/VHOST", ended.err)
        began = time.monotonic()
        ended = run("work", "--amqp", f"amqp://127.0.0.1:{broker.free_port()}/", "--patience", "2")
        self.assertEqual(ended.code, 69)
        self.assertIn("can't be reached", ended.err)
        self.assertIn("Is the broker running?", ended.err)
        self.assertGreater(time.monotonic() - began, 2)
        self.assertIn("knows no job", self.collect(job="none", code=2).err)
        self.assertIn("no name of a job", run("status", "--job", "a/b", *self.amqp()).err)
        self.assertEqual(self.enqueue(self.root / "missing", code=3).out, "")
        self.assertIn("something else", self.collect(out=self.photos, code=2).err)
        self.assertIn("./setup", self.work("--tessdata", self.root, code=5).err)

    def test_the_queues_are_replicated_and_bounded(self):
        tiny_png(self.photos / "a.png", 1)
        self.enqueue(self.photos)
        [node] = self.cluster.nodes
        rows = [row.split("\t") for row in node.control("list_queues", "name", "type", "durable", "arguments").splitlines()]
        queues = {row[0]: row[1:] for row in rows}
        for name in ("magscan.items", "magscan.dead", *(f"magscan.{self.job}.{kind}"
                                                        for kind in ("plan", "reports", "failures", "ledger"))):
            self.assertEqual(queues[name][:2], ["quorum", "true"], name)
        self.assertIn('{"x-delivery-limit",5}', queues["magscan.items"][2])
        self.assertIn('{"x-dead-letter-routing-key","magscan.dead"}', queues["magscan.items"][2])
        self.work()
        self.collect(code=4)


if __name__ == "__main__":
    support.main()

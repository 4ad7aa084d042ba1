"""Keys, rates, browsers, and what is logged."""
import os
import pathlib
import re
import signal
import stat
import subprocess
import tempfile
import time
import unittest

import harness
from harness import PHOTO, Server, ServiceTest


def add_key(file, name):
    return subprocess.run([harness.MAGSCAN, "serve", "--keys", str(file), "--add-key", name], capture_output=True,
                          text=True)


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


class AddKey(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="magscan-test-")
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "keys"

    def test_a_key_is_printed_once_and_its_file_holds_the_hash_alone(self):
        made = add_key(self.file, "android")
        self.assertEqual(made.returncode, 0, made.stderr)
        key = made.stdout.strip()
        self.assertRegex(key, r"^mgs_[A-Za-z0-9_-]{43}$")  # 256 bits
        self.assertRegex(self.file.read_text(), r"^android [0-9a-f]{64}\n$")
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        self.assertNotEqual(add_key(self.file, "ios").stdout, made.stdout)
        self.assertEqual(len(self.file.read_text().splitlines()), 2)

    def test_a_file_without_a_last_line_break_keeps_its_lines(self):
        self.file.write_text("# ours")
        self.assertEqual(add_key(self.file, "a").returncode, 0)
        self.assertRegex(self.file.read_text(), r"^# ours\na [0-9a-f]{64}\n$")

    def test_wrong_names_and_files_are_refused_and_change_nothing(self):
        self.assertEqual(add_key(self.file, "a").returncode, 0)
        before = self.file.read_text()
        for name in ("a", "", "two words", "x" * 65, "läufer"):
            refused = add_key(self.file, name)
            self.assertNotEqual(refused.returncode, 0, name)
        self.assertEqual(self.file.read_text(), before)
        self.file.write_text("a zzz\n")
        refused = add_key(self.file, "b")
        self.assertEqual((refused.returncode, refused.stdout), (2, ""))
        self.assertIn("line 1", refused.stderr)


class Start(unittest.TestCase):
    def start(self, *arguments):
        return subprocess.run([harness.MAGSCAN, "serve", *arguments], capture_output=True, text=True, timeout=60)

    def test_it_listens_elsewhere_only_with_keys_or_when_told_so(self):
        for address in ("0.0.0.0:0", "[::]:0"):
            refused = self.start("--listen", address)
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn("--open", refused.stderr)
        server = Server("--open", listen="0.0.0.0:0")
        self.assertEqual(server.get("/healthz").status, 200)
        self.assertEqual(server.stop(), 0)
        server = Server(keys="", listen="0.0.0.0:0")
        self.assertEqual(server.scan().code, "key_missing")
        self.assertEqual(server.stop(), 0)

    def test_what_is_wrong_is_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            bad = pathlib.Path(folder) / "keys"
            bad.write_text("ok " + "0" * 64 + "\nok " + "1" * 64 + "\n")
            for arguments, part in [(["--listen", "here"], "--listen"), (["--listen", "127.0.0.1:x"], "--listen"),
                                    (["--listen", "192.0.2.1:80", "--open"], "can't listen"),
                                    (["--keys", "/nowhere"], "no such file"), (["--keys", str(bad)], "line 2"),
                                    (["--add-key", "a"], "--keys"), (["--workers", "0"], "--workers")]:
                done = self.start(*arguments)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(part, done.stderr)
        server = Server()
        taken = self.start("--listen", f"127.0.0.1:{server.port}")
        self.assertEqual(taken.returncode, 2)
        self.assertIn("can't listen", taken.stderr)
        server.stop()


class Keys(unittest.TestCase):
    def test_keys_rates_and_reloading(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "keys"
            fast, slow = (add_key(file, name).stdout.strip() for name in ("fast", "slow"))
            file.write_text(re.sub(r"(?m)^(slow .*)$", r"\1 0.5", file.read_text()))
            server = Server("--keys", file)
            self.addCleanup(server.stop)
            compounds = "/v1/compounds"
            self.assertEqual(server.get(compounds).code, "key_missing")
            self.assertTrue(server.get(compounds).headers["WWW-Authenticate"].startswith("Bearer"))
            for wrong in ("", "x", fast[:-1], fast + "x", fast.swapcase(), "mgs_" + "A" * 43):
                answer = server.request("GET", compounds, headers=bearer(wrong))
                self.assertEqual(answer.status, 401, wrong)
            self.assertEqual(server.request("GET", compounds, headers={"Authorization": f"Basic {fast}"}).status, 401)
            for path in ("/healthz", "/readyz", "/openapi.json"):
                self.assertEqual(server.get(path).status, 200)
            self.assertEqual(server.get("/metrics").status, 401)
            for scheme in ("Bearer", "bearer"):
                self.assertEqual(
                    server.request("GET", compounds, headers={"Authorization": f"{scheme} {fast}"}).status, 200)

            ask = lambda key: server.post_json("/v1/parse", {"text": "Magnesium 200 mg"}, bearer(key))
            self.assertEqual(ask(slow).status, 200)
            refused = ask(slow)
            self.assertEqual((refused.status, refused.code), (429, "rate_limited"))
            self.assertTrue(100 <= int(refused.headers["Retry-After"]) <= 120, refused.headers["Retry-After"])
            self.assertEqual([ask(fast).status for _ in range(5)], [200] * 5)  # a rate of its own
            server.wait_for_log("request", key="slow", code="rate_limited")

            third = add_key(file, "third").stdout.strip()
            self.assertEqual(ask(third).status, 401)
            file.write_text("".join(line for line in file.read_text().splitlines(True) if "fast" not in line))
            server.signal(signal.SIGHUP)
            server.wait_for_log("keys_reloaded", keys=2)
            self.assertEqual((ask(third).status, ask(fast).status), (200, 401))
            file.write_text("broken\n")
            server.signal(signal.SIGHUP)
            server.wait_for_log("keys_not_reloaded")
            self.assertEqual(ask(third).status, 200)
            log = "".join(map(str, server.log))
            for key in (fast, slow, third):
                self.assertNotIn(key[4:], log)

    def test_a_bucket_fills_again(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "keys"
            key = add_key(file, "a").stdout.strip()
            server = Server("--keys", file, "--rate", "60")  # one a second, fifteen at once
            self.addCleanup(server.stop)
            ask = lambda: server.post_json("/v1/calc", {"form": "citrate", "amount": "1 g"}, bearer(key)).status
            start = time.monotonic()
            first = [ask() for _ in range(40)]
            passed = time.monotonic() - start
            self.assertEqual(first[:15], [200] * 15)
            self.assertLessEqual(first.count(200), 16 + passed)
            self.assertIn(429, first)
            time.sleep(1.1)
            self.assertEqual(ask(), 200)


class Headers(ServiceTest):
    options = ("--cors-origin", "https://app.example")

    def test_every_answer_has_its_id_and_is_safe_in_a_browser(self):
        for answer in (self.server.get("/healthz"), self.server.get("/nowhere"), self.server.scan(),
                       self.server.scan(b"no picture")):
            self.assertRegex(answer.headers["X-Request-Id"], r"^[0-9a-f]{32}$")
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertIn("Date", answer.headers)

    def test_the_page_may_use_what_comes_from_the_service_and_nothing_else(self):
        for path, kind in (("/", "text/html"), ("/app.js", "text/javascript"), ("/style.css", "text/css"),
                           ("/icon.svg", "image/svg+xml"), ("/rules.json", "application/json"),
                           ("/sources.json", "application/json")):
            answer = self.server.get(path)
            self.assertEqual(answer.status, 200, path)
            self.assertTrue(answer.headers["Content-Type"].startswith(kind), path)
            self.assertIn("script-src 'self'; style-src 'self';", answer.headers["Content-Security-Policy"])
            self.assertNotIn("unsafe", answer.headers["Content-Security-Policy"])
        self.assertEqual(self.server.get("/app.ts").code, "not_found")

    def test_a_client_s_id_is_kept_where_it_is_fit(self):
        self.assertEqual(self.server.get("/nowhere", X_Request_Id="app-1.2_3").json["request_id"], "app-1.2_3")
        for unfit in ("a b", "x" * 65, "{}", ""):
            self.assertRegex(self.server.get("/healthz", X_Request_Id=unfit).headers["X-Request-Id"], r"^[0-9a-f]{32}$")
        self.server.wait_for_log("request", request_id="app-1.2_3", status=404)

    def test_only_named_origins_may_read_answers(self):
        ours = self.server.get("/v1/compounds", Origin="https://app.example")
        self.assertEqual(ours.headers["Access-Control-Allow-Origin"], "https://app.example")
        self.assertEqual(ours.headers["Vary"], "Origin")
        for other in ("https://evil.example", "https://app.example.evil", "null"):
            self.assertNotIn("Access-Control-Allow-Origin", self.server.get("/v1/compounds", Origin=other).headers)
        ask = {"Access-Control-Request-Method": "POST", "Origin": "https://app.example"}
        allowed = self.server.request("OPTIONS", "/v1/scan", headers=ask)
        self.assertEqual((allowed.status, allowed.headers["Access-Control-Allow-Methods"]), (204, "POST"))
        self.assertIn("Authorization", allowed.headers["Access-Control-Allow-Headers"])
        self.assertEqual(self.server.request("OPTIONS", "/v1/scan", headers={**ask, "Origin": "null"}).status, 405)

    def test_head_answers_as_get_without_a_body(self):
        get, head = self.server.get("/healthz"), self.server.request("HEAD", "/healthz")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.headers["Content-Length"], str(len(get.body)))

    def test_the_log_tells_of_requests_and_nothing_of_what_was_sent(self):
        secret = "Zz9secretZz9"
        self.server.post_json("/v1/parse", {"text": f"Magnesium {secret} 200 mg", "name": secret})
        self.server.scan(PHOTO.read_bytes() + secret.encode(), f"/v1/scan?name={secret}", {"X-Request-Id": "told"})
        line = self.server.wait_for_log("request", request_id="told")
        self.assertEqual((line["method"], line["path"], line["status"], line["outcome"]),
                         ("POST", "/v1/scan", 200, "complete"))
        self.assertEqual(line["bytes_in"], PHOTO.stat().st_size + len(secret))
        self.assertGreater(line["stages_ms"]["read"], 0)
        self.assertNotIn(secret, str(self.server.log))
        self.assertEqual(os.listdir(self.server.folder.name), [])  # nothing was written

    def test_no_origin_may_read_answers_by_default(self):
        server = Server()
        self.addCleanup(server.stop)
        self.assertNotIn("Access-Control-Allow-Origin", server.get("/v1/compounds", Origin="https://a.example").headers)
        self.assertEqual(server.request("OPTIONS", "/v1/scan", headers={
            "Origin": "https://a.example", "Access-Control-Request-Method": "POST"}).status, 405)


if __name__ == "__main__":
    harness.main()

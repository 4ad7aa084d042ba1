"""docs/service/nginx.conf in a real nginx before the real service, and docs/service/magscan.service as systemd reads it."""
import http.client
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

import harness
from harness import PHOTO, ROOT, ServiceTest, free_port, in_threads, without_timings

CONFIGURATION = ROOT / "docs" / "service" / "nginx.conf"
UNIT = ROOT / "docs" / "service" / "magscan.service"


def replaced(text, old, new):
    """The example may change, but what the test puts in has to find its place."""
    assert text.count(old) >= 1, f"{old} is not in {CONFIGURATION}"
    return text.replace(old, new)


class Nginx:
    """nginx with the example, its ports and certificates replaced by the test's own."""

    def __init__(self, service_port):
        self.holder = tempfile.TemporaryDirectory(prefix="magscan-test-")
        self.folder = pathlib.Path(self.holder.name)
        self.port = free_port()
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
                        "/CN=magscan.example", "-keyout", key, "-out", certificate], check=True, capture_output=True)
        text = CONFIGURATION.read_text(encoding="utf-8")
        text = replaced(text, "listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl")
        text = replaced(text, "127.0.0.1:8080", f"127.0.0.1:{service_port}")
        text = replaced(text, "/etc/ssl/magscan.example.pem", str(certificate))
        text = replaced(text, "/etc/ssl/magscan.example.key", str(key))
        temporary = "".join(f"{name}_temp_path {self.folder}/{name};\n"
                            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.configuration = self.folder / "nginx.conf"
        self.configuration.write_text(f"daemon off; master_process off; pid {self.folder}/pid;\n"
                                      f"error_log {self.folder}/error.log warn;\nevents {{}}\nhttp {{\n{temporary}"
                                      f"access_log {self.folder}/access.log;\n{text}\n}}\n", encoding="utf-8")
        self.check = self.run("-t")
        self.process = subprocess.Popen(self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(500):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.02)

    def command(self, *options):
        return ["nginx", "-p", str(self.folder), "-c", str(self.configuration), *options]

    def run(self, *options):
        return subprocess.run(self.command(*options), capture_output=True, text=True)

    def request(self, method, path, body=None, headers=None):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # it is the test's own
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=harness.ANSWER_SECONDS,
                                                 context=context)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return harness.Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.holder.cleanup()


@unittest.skipUnless(shutil.which("nginx") and shutil.which("openssl"), "nginx or openssl is not installed")
class Proxy(ServiceTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nginx = Nginx(cls.server.port)

    @classmethod
    def tearDownClass(cls):
        cls.nginx.stop()
        super().tearDownClass()

    def post_text(self):
        return self.nginx.request("POST", "/v1/parse", '{"text": "Magnesium 200 mg"}',
                                  {"Content-Type": "application/json"})

    def test_nginx_takes_the_example(self):
        self.assertEqual(self.nginx.check.returncode, 0, self.nginx.check.stderr)
        self.assertNotIn("[warn]", self.nginx.check.stderr)

    def test_a_photo_gives_the_same_report(self):
        answer = self.nginx.request("POST", "/v1/scan", PHOTO.read_bytes(), {"Content-Type": "image/png"})
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(without_timings(answer.json), without_timings(self.server.scan(PHOTO).json))
        # The id that nginx gave the request is the one in the service's log.
        request_id = answer.headers["X-Request-Id"]
        self.server.wait_for_log("request", request_id=request_id)
        self.assertRegex(request_id, r"^[0-9a-f]{32}$")

    def test_the_page_and_the_description_pass(self):
        page = self.nginx.request("GET", "/")
        self.assertEqual((page.status, page.body), (200, self.server.get("/").body))
        parts = re.findall(r'(?:src|href)="(/?[\w.]+\.(?:js|css|svg))"', page.body.decode())
        self.assertGreater(len(parts), 3)
        for path in parts:
            self.assertEqual(self.nginx.request("GET", "/" + path.lstrip("/")).status, 200, path)
        self.assertEqual(self.nginx.request("GET", "/openapi.json").status, 200)
        self.assertEqual(self.nginx.request("GET", "/healthz").status, 200)

    def test_nothing_of_the_metrics_passes(self):
        self.assertEqual(self.server.get("/metrics").status, 200)
        for path in ("/metrics", "/readyz", "/metrics/", "//metrics", "/%6detrics", "/v1/../metrics"):
            answer = self.nginx.request("GET", path)
            self.assertEqual(answer.status, 404, path)
            self.assertNotIn(b"magscan_requests_total", answer.body)

    def test_too_large_and_too_many(self):
        self.assertEqual(self.nginx.request("POST", "/v1/scan", bytes(16 * 2**20),
                                            {"Content-Type": "image/png"}).status, 413)
        time.sleep(6)  # what the tests before used up is given back: 2 a second
        statuses = [answer.status for answer in in_threads(30, lambda _: self.post_text())]
        self.assertEqual(set(statuses), {200, 429})
        self.assertGreaterEqual(statuses.count(200), 10)
        time.sleep(1)
        self.assertEqual(self.post_text().status, 200)

    def test_uploads_touch_no_disk(self):
        answer = self.nginx.request("POST", "/v1/scan", PHOTO.read_bytes(), {"Content-Type": "image/png"})
        self.assertEqual(answer.status, 200)
        log = (self.nginx.folder / "error.log").read_text(encoding="utf-8")
        self.assertNotIn("buffered to a temporary file", log)


@unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not installed")
class Unit(unittest.TestCase):
    def test_systemd_takes_the_unit(self):
        with tempfile.TemporaryDirectory(prefix="magscan-test-") as folder:
            text = UNIT.read_text(encoding="utf-8")
            self.assertIn("\nExecStart=magscan serve ", text)  # wherever it is installed
            unit = pathlib.Path(folder) / "magscan.service"
            # Not installed here: this build, and no manual.
            text = text.replace("ExecStart=magscan ", f"ExecStart={harness.MAGSCAN} ")
            unit.write_text(text.replace("man:magscan-serve(1) ", ""), encoding="utf-8")
            done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True,
                                  env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"})
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))
            rated = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
                                   capture_output=True, text=True)
            self.assertEqual(rated.returncode, 0, rated.stdout[-300:] + rated.stderr)  # exposure of 2.0 of 10 at most


if __name__ == "__main__":
    harness.main()

"""Starts the real service on a free port and talks to it. Standard library only.

Each test file is run as: test_x.py MAGSCAN
"""
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from ports import free_port

PHOTOS = ROOT / "samples" / "photos"
PHOTO = PHOTOS / "magnesium" / "screen_taurate_uk.png"        # the quickest to read
OTHER_PHOTO = PHOTOS / "magnesium" / "front_bisglycinate.jpg"
SLOW_PHOTO = PHOTOS / "magnesium" / "bottle_blend_12mp.jpg"   # more than a second of work
START_SECONDS = 60
ANSWER_SECONDS = 120  # on a busy machine

sys.dont_write_bytecode = True
MAGSCAN = str(ROOT / "build" / "magscan")


def main():
    """Runs the tests of the calling file; its first argument is the executable."""
    global MAGSCAN
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-") and os.path.exists(sys.argv[1]):
        MAGSCAN = os.path.abspath(sys.argv.pop(1))
    unittest.main(module="__main__", verbosity=2)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The stable code of an error; None for an answer."""
        return self.json["code"] if self.headers.get("Content-Type") == "application/problem+json" else None


class Server:
    def __init__(self, *options, keys=None, listen="127.0.0.1:0"):
        """`keys`: the text of the file of API keys."""
        self.folder = tempfile.TemporaryDirectory(prefix="magscan-test-")
        if keys is not None:
            self.keys = pathlib.Path(self.folder.name) / "keys"
            self.keys.write_text(keys, encoding="ascii")
            options = ("--keys", self.keys, *options)
        self.log = []
        # The folder is its working directory: a file that it wrote would show there.
        self.process = subprocess.Popen([MAGSCAN, "serve", "--listen", listen, *map(str, options)],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True, cwd=self.folder.name)
        self.reader = threading.Thread(target=self._read_log, daemon=True)
        self.reader.start()
        self.port = self.wait_for_log("listening")["port"]

    def _read_log(self):
        for line in self.process.stderr:
            try:
                self.log.append(json.loads(line))
            except ValueError:
                self.log.append({"event": "not JSON", "line": line})

    def wait_for_log(self, event, seconds=START_SECONDS, **fields):
        """The first line of this event that has these fields."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in list(self.log):
                if line.get("event") == event and all(line.get(name) == value for name, value in fields.items()):
                    return line
            if self.process.poll() is not None and not self.reader.is_alive():
                break
            time.sleep(0.01)
        raise AssertionError(f"no log line {event} {fields}; the log: {self.log[-5:]}")

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)

    def request(self, method, path, body=None, headers=None, connection=None):
        own = connection or self.connection()
        own.request(method, path, body, headers or {})
        answer = own.getresponse()
        out = Answer(answer.status, answer.headers, answer.read())
        if connection is None:
            own.close()
        return out

    def get(self, path, **headers):
        return self.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post_json(self, path, value, headers=None):
        return self.request("POST", path, json.dumps(value), {"Content-Type": "application/json", **(headers or {})})

    def scan(self, photo=PHOTO, path="/v1/scan", headers=None):
        return self.request("POST", path, photo if isinstance(photo, bytes) else pathlib.Path(photo).read_bytes(),
                            {"Content-Type": "image/jpeg", **(headers or {})})

    def raw(self, seconds=ANSWER_SECONDS):
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def say(self, text, seconds=ANSWER_SECONDS):
        """Sends these bytes and gives all that comes back until the connection closes."""
        with self.raw(seconds) as connection:
            connection.sendall(text if isinstance(text, bytes) else text.encode())
            return read_all(connection)

    def metric(self, name):
        """The value of the first line of /metrics that begins so; 0 where there is none."""
        for line in self.get("/metrics").body.decode().splitlines():
            if line.startswith(name):
                return float(line.rsplit(" ", 1)[1])
        return 0.0

    def resident(self):
        """Bytes of memory that the process holds."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS:"))

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self, seconds=ANSWER_SECONDS):
        return self.process.wait(seconds)

    def stop(self):
        """Ends it in order; the exit code."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.reader.join()
        self.process.stdout.close()
        self.process.stderr.close()
        self.folder.cleanup()
        return code


def read_all(connection):
    out = b""
    try:
        while chunk := connection.recv(65536):
            out += chunk
    except ConnectionResetError:
        pass
    return out


def form(parts, boundary="magscan-test"):
    """multipart/form-data: parts are (name, filename or None, bytes). Gives body and headers."""
    out = b""
    for name, filename, data in parts:
        file = f'; filename="{filename}"' if filename else ""
        out += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + data + b"\r\n"
    return out + f"--{boundary}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def without_timings(report):
    report = dict(report if isinstance(report, dict) else json.loads(report))
    report.pop("timings_ms")
    return report


def in_threads(count, work):
    """work(0) .. work(count - 1) at the same time; their results, or what they raised."""
    results = [None] * count

    def run(index):
        try:
            results[index] = work(index)
        except Exception as error:  # the test looks at it
            results[index] = error

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class ServiceTest(unittest.TestCase):
    """Tests that share one service; `options` and `keys` say how it is started."""
    options = ()
    keys = None

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options, keys=cls.keys)

    @classmethod
    def tearDownClass(cls):
        code = cls.server.stop()
        assert code == 0, f"the service ended with {code}: {cls.server.log[-5:]}"
        bad = [line for line in cls.server.log if line["event"] in ("not JSON", "session_failed", "task_failed")]
        assert not bad, bad

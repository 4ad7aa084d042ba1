"""Clients that are slow, broken, greedy or gone: the service goes on, tells them where it can, and stays small."""
import random
import resource
import struct
import threading
import time
import unittest

import harness
from harness import PHOTO, SLOW_PHOTO, Server, ServiceTest, form, in_threads, read_all

POST = "POST /v1/scan HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
CHUNKED = POST + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"


def status_of(said):
    return int(said.split(b" ", 2)[1]) if said.startswith(b"HTTP/1.1 ") else None


def chunks(data, size):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in
                    (data[at:at + size] for at in range(0, len(data), size))) + b"0\r\n\r\n"


class Broken(ServiceTest):
    def tearDown(self):
        self.assertEqual(self.server.get("/healthz").status, 200)

    def test_what_is_not_http_is_refused(self):
        for said in ("\r\n\r\n\r\nhello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                     "GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                     "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /healthz?a=1&a=2 HTTP/1.1\r\nHost: a\r\n\r\n",
                     "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET /healthz HTTP/1.1\r\n\r\n",
                     "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                     "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                     POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                     POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", POST + "Transfer-Encoding: chunked\r\n\r\n"
                     "ffffffffffffffffff\r\n", "GET /healthz HTTP/1.1\r\nHost: a\r\nX Y: b\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00"):  # the last is TLS
            self.assertEqual(status_of(self.server.say(said)), 400, said[:60])

    def test_http_1_0_is_answered_and_closed(self):
        said = self.server.say("GET /healthz HTTP/1.0\r\n\r\n")
        self.assertIn(b" 200 ", said)

    def test_garbage_on_every_route_is_an_orderly_error(self):
        random.seed(7)
        document = self.server.get("/openapi.json").json
        for path in document["paths"]:
            for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"):
                for content_type in ("image/jpeg", "application/json", "multipart/form-data; boundary=b", "text/x"):
                    body = random.randbytes(200)
                    answer = self.server.request(method, path, body, {"Content-Type": content_type})
                    self.assertIn(answer.status, (400, 404, 405, 413, 415, 422), f"{method} {path}")
                    self.assertTrue(answer.code)

    def test_pipelined_requests_are_answered_in_their_order(self):
        with self.server.raw() as connection:
            body = PHOTO.read_bytes()
            scan = (POST + f"X-Request-Id: scan\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body
            ids = [f"a{i}" for i in range(20)]
            gets = b"".join(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Request-Id: %s\r\n\r\n" % i.encode() for i in ids)
            connection.sendall(gets + scan + gets[:-2] + b"Connection: close\r\n\r\n")
            said = read_all(connection)
        seen = [line.split(b": ")[1].decode() for line in said.split(b"\r\n") if line.startswith(b"X-Request-Id")]
        self.assertEqual(seen, ids + ["scan"] + ids)

    def test_chunked_bodies_are_bodies(self):
        for size in (1000, 65536, 10_000_000):
            said = self.server.say(CHUNKED.encode() + chunks(PHOTO.read_bytes(), size))
            self.assertEqual(status_of(said), 200)
        said = self.server.say(CHUNKED.encode() + chunks(bytes(16_000_000), 1_000_000))
        self.assertEqual(status_of(said), 413)
        self.assertEqual(status_of(self.server.say(CHUNKED + "0\r\n\r\n")), 400)  # an empty one

    def test_a_client_that_waits_to_be_told_is_told(self):
        body = PHOTO.read_bytes()
        with self.server.raw() as connection:
            connection.sendall((POST + f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n"
                                "Connection: close\r\n\r\n").encode())
            self.assertEqual(connection.recv(4096), b"HTTP/1.1 100 Continue\r\n\r\n")
            connection.sendall(body)
            self.assertEqual(status_of(read_all(connection)), 200)
        self.assertEqual(status_of(self.server.say(POST + "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n")),
                         413)  # and not told to send

    def test_a_body_over_the_limit_is_refused_while_it_is_being_sent(self):
        for body in (bytes(15_000_001), bytes(100_000_000)):
            answer = self.server.request("POST", "/v1/scan", body, {"Content-Type": "image/png"})
            self.assertEqual((answer.status, answer.code), (413, "body_too_large"))
        at_limit = self.server.request("POST", "/v1/scan", bytes(15_000_000), {"Content-Type": "image/png"})
        self.assertEqual(at_limit.code, "picture_unsupported")

    def test_a_client_that_goes_mid_upload_or_before_its_answer_leaves_nothing_behind(self):
        body = SLOW_PHOTO.read_bytes()
        head = (POST + f"Content-Length: {len(body)}\r\n\r\n").encode()
        for sent in (head[:20], head, head + body[:1000], head + body[:-1], head + body):
            with self.server.raw() as connection:
                connection.sendall(sent)
        end = time.monotonic() + 30
        while time.monotonic() < end and self.server.metric("magscan_in_flight") > 1:  # the one that asks
            time.sleep(0.05)
        self.assertEqual(self.server.metric("magscan_in_flight"), 1)
        self.server.wait_for_log("request", status=499)
        end = time.monotonic() + 60
        while time.monotonic() < end and self.server.metric("magscan_workers_busy") > 0:
            time.sleep(0.05)
        self.assertEqual(self.server.metric("magscan_body_memory_bytes"), 0)

    def test_multipart_that_is_none_is_refused(self):
        image = PHOTO.read_bytes()
        good, headers = form([("image", "a.png", image)])
        for body in (good[:-4], good[:-20], good[2:], b"x" + good, good + b"x", good.replace(b"form-data", b"formdata"),
                     good.replace(b'name="image"', b"nom"), good.replace(b"\r\n\r\n", b"\r\n", 1), b"--magscan-test",
                     b"--magscan-test\r\n", b"--magscan-test\r\n" * 1000, b"", b"--magscan-test--" * 2,
                     form([("image", None, b"")] * 17)[0],
                     good.replace(b"Content-Disp", b"X: " + b"y" * 4000 + b"\r\nContent-Disp")):
            answer = self.server.request("POST", "/v1/scan", body, headers)
            self.assertEqual(answer.status, 400, body[:60])
        for content_type in ("multipart/form-data", "multipart/form-data; boundary=", 'multipart/form-data; boundary="',
                             "multipart/form-data; boundary=" + "b" * 71, "multipart/form-data; boundary=a\"b"):
            answer = self.server.request("POST", "/v1/scan", good, {"Content-Type": content_type})
            self.assertEqual((answer.status, answer.code), (400, "malformed_multipart"), content_type)

    def test_picture_bombs_are_refused_by_their_headers(self):
        png = PHOTO.read_bytes()
        bomb = png[:16] + struct.pack(">II", 30000, 30000) + png[24:]
        before = self.server.resident()
        start = time.monotonic()
        for path in ("/v1/scan", "/v1/annotate"):
            answer = self.server.scan(bomb, path)
            self.assertEqual((answer.status, answer.code), (413, "picture_too_large"))
        body, headers = form([("image", None, png), ("image", None, bomb)])
        answer = self.server.request("POST", "/v1/scan", body, headers)
        self.assertEqual(answer.code, "picture_too_large")
        self.assertIn("icture 2", answer.json["detail"])
        self.assertLess(time.monotonic() - start, 10)
        self.assertLess(self.server.resident() - before, 100_000_000)

    def test_damaged_pictures_are_errors_whatever_is_damaged(self):
        random.seed(3)
        for photo in (PHOTO, harness.OTHER_PHOTO):
            whole = photo.read_bytes()
            for _ in range(5):
                damaged = bytearray(whole[:random.randrange(8, len(whole))])
                for _ in range(20):
                    damaged[random.randrange(4, len(damaged))] = random.randrange(256)
                self.assertIn(self.server.scan(bytes(damaged)).status, (200, 413, 415, 422))


class Slow(ServiceTest):
    options = ("--header-time", "0.6", "--body-time", "8", "--idle-time", "1", "--least-rate", "100000")

    def closes_after(self, send):
        """What a client is told that sends bytes by and by, and after how many seconds."""
        start = time.monotonic()
        with self.server.raw(30) as connection:
            stop = threading.Event()

            def drip():
                try:
                    for part in send:
                        if stop.wait(0.1):
                            return
                        connection.sendall(part)
                except OSError:
                    pass

            thread = threading.Thread(target=drip)
            thread.start()
            said = read_all(connection)
            stop.set()
            thread.join()
        return said, time.monotonic() - start

    def test_a_header_byte_by_byte_is_cut_off(self):
        said, seconds = self.closes_after(bytes([byte]) for byte in GET + b"x" * 1000)
        self.assertEqual(status_of(said), 408)
        self.assertLess(seconds, 9)  # and the time for it to see the answer

    def test_a_body_byte_by_byte_is_cut_off(self):
        head = (POST + "Content-Length: 10000000\r\n\r\n").encode()
        said, seconds = self.closes_after([head] + [b"x" * 1000] * 300)
        self.assertEqual(status_of(said), 408)
        self.assertLess(seconds, 13)

    def test_a_body_that_stops_is_cut_off_and_a_fast_one_is_not(self):
        head = (POST + "Content-Length: 10000000\r\n\r\n").encode()
        said, _ = self.closes_after([head, b"x" * 100_000])
        self.assertEqual(status_of(said), 408)
        self.assertEqual(self.server.scan().status, 200)

    def test_silent_connections_are_closed(self):
        said, seconds = self.closes_after([])
        self.assertEqual(said, b"")
        self.assertLess(seconds, 4)
        with self.server.raw(30) as connection:
            connection.sendall(GET)
            start = time.monotonic()
            said = read_all(connection)  # kept alive, then closed
            self.assertEqual(status_of(said), 200)
            self.assertGreater(time.monotonic() - start, 0.8)


class Many(ServiceTest):
    options = ("--header-time", "60", "--connections", "1200")

    def test_a_thousand_idle_connections_cost_little_and_others_are_answered(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
        before = self.server.resident()
        idle = [self.server.raw() for _ in range(1000)]
        half = b"POST /v1/scan HTTP/1.1\r\nHost: a\r\n"
        for connection in idle[:500]:
            connection.sendall(half)
        self.assertEqual(self.server.scan().status, 200)
        self.assertEqual([self.server.get("/healthz").status for _ in range(50)], [200] * 50)
        self.assertGreaterEqual(self.server.metric("magscan_connections"), 1000)
        self.assertLess(self.server.resident() - before, 400_000_000)  # a scan's memory, too
        more = [self.server.raw() for _ in range(220)]
        refused = self.server.get("/healthz")
        self.assertEqual(refused.code, "connections_full")
        for connection in idle + more:
            connection.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        end = time.monotonic() + 30
        while time.monotonic() < end and self.server.get("/healthz").status != 200:
            time.sleep(0.05)
        self.assertEqual(self.server.get("/healthz").status, 200)


class Memory(ServiceTest):
    options = ("--memory", "40", "--workers", "1", "--queue", "100", "--cache", "0", "--least-rate", "1")

    def test_bodies_take_no_more_memory_than_allowed(self):
        held = [self.server.raw() for _ in range(12)]
        head = (POST + "Content-Length: 15000000\r\n\r\n").encode()
        refused = 0
        for connection in held:
            try:
                connection.sendall(head + bytes(9_000_000))
            except OSError:
                refused += 1
        end = time.monotonic() + 30
        while time.monotonic() < end and self.server.metric('magscan_problems_total{code="memory_full"}') < 8:
            time.sleep(0.05)
        self.assertGreaterEqual(self.server.metric('magscan_problems_total{code="memory_full"}'), 8)
        self.assertLessEqual(self.server.metric("magscan_body_memory_bytes"), 40_000_000)
        self.server.wait_for_log("request", code="memory_full", status=503)
        for connection in held:
            connection.close()
        end = time.monotonic() + 30
        while time.monotonic() < end and self.server.metric("magscan_body_memory_bytes") > 0:
            time.sleep(0.05)
        self.assertEqual(self.server.scan().status, 200)


class Busy(ServiceTest):
    options = ("--workers", "1", "--queue", "1", "--cache", "0")

    def test_a_full_queue_is_told_at_once_and_health_and_texts_are_answered(self):
        photo = SLOW_PHOTO.read_bytes()
        started = time.monotonic()
        seconds = [None] * 8

        def ask(index):
            start = time.monotonic()
            answer = self.server.scan(photo)
            seconds[index] = time.monotonic() - start
            return answer

        waiting = threading.Thread(target=lambda: results.extend(in_threads(8, ask)))
        results = []
        waiting.start()
        time.sleep(0.5)
        self.assertEqual(self.server.get("/readyz").status, 200)
        self.assertEqual(self.server.post_json("/v1/parse", {"text": "Magnesium 200 mg"}).status, 200)
        waiting.join()
        self.assertLess(started, time.monotonic())
        statuses = [answer.status for answer in results]
        self.assertEqual(set(statuses), {200, 503}, results)
        self.assertGreaterEqual(statuses.count(200), 2)
        refused = next(answer for answer in results if answer.status == 503)
        self.assertEqual((refused.code, refused.headers["Retry-After"]), ("queue_full", "2"))
        fastest_refusal = min(seconds[i] for i in range(8) if statuses[i] == 503)
        slowest_answer = max(seconds[i] for i in range(8) if statuses[i] == 200)
        self.assertLess(fastest_refusal, slowest_answer / 2)


class Late(ServiceTest):
    options = ("--workers", "1", "--deadline", "0.5", "--cache", "0")

    def test_the_deadline_stops_the_reading_between_lines(self):
        start = time.monotonic()
        answer = self.server.scan(SLOW_PHOTO)
        self.assertEqual((answer.status, answer.code), (504, "deadline_exceeded"), answer.body[:200])
        self.assertIn("Retry-After", answer.headers)
        while self.server.metric("magscan_workers_busy") > 0:
            self.assertLess(time.monotonic() - start, 30)
            time.sleep(0.02)


if __name__ == "__main__":
    harness.main()

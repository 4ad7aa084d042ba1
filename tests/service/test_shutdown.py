"""Ends in order and out of order."""
import signal
import socket
import threading
import time
import unittest

import harness
from harness import PHOTO, SLOW_PHOTO, Server, in_threads


class Shutdown(unittest.TestCase):
    def test_sigterm_under_load_answers_every_request_that_was_accepted(self):
        server = Server("--workers", "2", "--queue", "100", "--deadline", "120")
        photo = SLOW_PHOTO.read_bytes()
        answers = []
        asked = threading.Thread(target=lambda: answers.extend(in_threads(6, lambda _: server.scan(photo))))
        idle = server.connection()
        idle.request("GET", "/healthz")
        idle.getresponse().read()
        late = server.raw()  # accepted, and its request comes after the signal
        asked.start()
        while server.metric("magscan_in_flight") < 7:  # with the one that asks
            time.sleep(0.01)
        server.signal(signal.SIGTERM)
        server.wait_for_log("draining")
        late.sendall(b"GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")
        said = harness.read_all(late)
        self.assertIn(b"503", said.split(b"\r\n")[0])
        self.assertIn(b"shutting_down", said)
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.1", server.port), timeout=5)
        asked.join()
        self.assertEqual([getattr(answer, "status", answer) for answer in answers], [200] * 6)
        self.assertEqual({answer.headers["Connection"] for answer in answers}, {"close"})
        idle.close()
        late.close()
        self.assertEqual(server.wait(), 0)
        self.assertEqual(server.stop(), 0)
        self.assertEqual(server.log[-1]["event"], "stopped")

    def test_an_idle_service_ends_at_once(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = Server()
            connection = server.connection()
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            start = time.monotonic()
            server.signal(number)
            self.assertEqual(server.wait(), 0)
            self.assertLess(time.monotonic() - start, 10)
            connection.close()
            server.stop()

    def test_the_time_to_drain_is_bounded(self):
        server = Server("--drain-time", "0.3", "--header-time", "60")
        with server.raw() as slow:
            slow.sendall(b"POST /v1/scan HTTP/1.1\r\n")
            server.signal(signal.SIGTERM)
            self.assertEqual(server.wait(30), 0)
        server.wait_for_log("drain_timed_out")
        server.stop()

    def test_work_under_way_is_dropped_when_the_time_to_drain_is_over(self):
        server = Server("--drain-time", "0.2", "--workers", "1")
        threads = [threading.Thread(target=lambda: self.dropped(server)) for _ in range(3)]
        for thread in threads:
            thread.start()
        while server.metric("magscan_in_flight") < 4:
            time.sleep(0.01)
        server.signal(signal.SIGTERM)
        self.assertEqual(server.wait(60), 0)
        for thread in threads:
            thread.join()
        server.stop()

    def dropped(self, server):
        try:
            server.scan(SLOW_PHOTO)
        except (OSError, harness.http.client.HTTPException):
            pass

    def test_after_kill_it_starts_again_on_the_same_port(self):
        port = harness.free_port()
        server = Server(listen=f"127.0.0.1:{port}")
        held = server.raw()
        held.sendall(b"POST /v1/scan HTTP/1.1\r\n")
        server.process.kill()
        server.wait()
        server.stop()
        again = Server(listen=f"127.0.0.1:{port}")
        self.assertEqual(again.port, port)
        self.assertEqual(again.scan(PHOTO).status, 200)
        self.assertEqual(again.stop(), 0)
        held.close()


if __name__ == "__main__":
    harness.main()

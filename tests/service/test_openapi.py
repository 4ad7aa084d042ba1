"""The description of the interface against the running service: every path, method, status and error in it is made to
happen, every answer fits it, and nothing is answered that it does not list."""
import concurrent.futures
import hashlib
import json
import threading
import time
import unittest

import harness
import schema
from harness import PHOTO, Server, form

KEYS = "".join(f"{name} {hashlib.sha256(name.encode()).hexdigest()} {rate}\n"
               for name, rate in (("fast", 100000), ("slow", 0.01)))
FAST = {"Authorization": "Bearer fast"}
SLOW = {"Authorization": "Bearer slow"}
JSON = {"Content-Type": "application/json"}
LONG_TEXT = {"text": ("Magnesium citrate 200 mg 48%\n" * 690)[:20000][:499 * 29]}  # much more work than one label
GOOD = {
    "/v1/scan": ("POST", PHOTO.read_bytes(), {"Content-Type": "image/png"}),
    "/v1/annotate": ("POST", PHOTO.read_bytes(), {"Content-Type": "image/png"}),
    "/v1/parse": ("POST", json.dumps({"text": "Magnesium 200 mg 48%"}), JSON),
    "/v1/calc": ("POST", json.dumps({"form": "citrate", "amount": "500 mg"}), JSON),
}
UNPROCESSABLE = {
    "/v1/scan": form([]), "/v1/annotate": form([("image", "a.png", PHOTO.read_bytes()[:5000])]),
    "/v1/parse": ("{}", JSON), "/v1/calc": ("{}", JSON),
}
NEVER = {"internal_error"}  # cannot be made to happen from outside


def concrete(path):
    return path.replace("{id}", "oxide")


class Openapi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--header-time", "1", keys=KEYS)
        cls.full = Server("--connections", "1", keys=KEYS)
        cls.late = Server("--deadline", "0.005", keys=KEYS)
        cls.document = cls.server.get("/openapi.json").json
        cls.seen = {}   # path -> statuses
        cls.codes = {}  # code -> status

    @classmethod
    def tearDownClass(cls):
        for server in (cls.server, cls.full, cls.late):
            server.stop()

    def check(self, path, method, answer):
        """That the document lists this answer and describes its headers and body."""
        operation = self.document["paths"][path]["get" if method == "HEAD" else method.lower()]
        where = f"{method} {path} {answer.status}"
        self.assertIn(str(answer.status), operation["responses"], f"{where}: {answer.body[:200]}")
        response = operation["responses"][str(answer.status)]
        if "$ref" in response:
            response = schema.resolve(self.document, response["$ref"])
        content_type = answer.headers["Content-Type"].split(";")[0]
        self.assertIn(content_type, response["content"], where)
        for name in response["headers"]:
            self.assertIn(name, answer.headers, where)
        if content_type.endswith("json"):
            described = response["content"][content_type]["schema"]
            self.assertEqual(schema.wrongs(self.document, described, answer.json), [], where)
        if answer.code:
            self.assertEqual(answer.json["status"], answer.status)
            self.assertIn(answer.code, response["description"] + response["content"][content_type]["example"]["code"])
            self.codes[answer.code] = answer.status
        self.seen.setdefault(path, set()).add(answer.status)

    def ask(self, path, method, body=None, headers=None, server=None):
        answer = (server or self.server).request(method, concrete(path), body, headers if headers is not None else FAST)
        self.check(path, method, answer)
        return answer

    def said(self, server, text):
        """An answer to bytes that no HTTP library would send."""
        head, _, body = server.say(text).partition(b"\r\n\r\n")
        status, *fields = head.decode().split("\r\n")
        headers = dict(field.split(": ", 1) for field in fields)
        return harness.Answer(int(status.split()[1]), headers, body)

    def make_common(self, path, method):
        """What every path answers to what is wrong with any request."""
        line = f"{method} {concrete(path)} HTTP/1.1\r\n"
        self.check(path, method, self.said(self.server, line + "\r\n"))                                      # 400
        self.check(path, method, self.said(self.server, line + "Host: a\r\nX: " + "x" * 17000 + "\r\n\r\n"))  # 431
        self.check(path, method, self.said(self.server, line + "Host: a\r\n"))                               # 408
        large = f"Host: a\r\nAuthorization: Bearer fast\r\nContent-Length: 100000000\r\n\r\n"
        self.check(path, method, self.said(self.server, line + large))                                       # 413
        refused = self.server.request("DELETE", concrete(path), headers=FAST)                                # 405
        self.assertEqual(refused.headers["Allow"], "POST" if method == "POST" else "GET, HEAD")
        self.check(path, method, refused)
        if self.document["paths"][path][method.lower()].get("security") != []:
            good = GOOD.get(path, (method, None, {}))
            self.ask(path, method, good[1], {**good[2]})                                                     # 401

    def test_every_path_answers_as_described_and_in_every_way(self):
        operations = [(path, method.upper()) for path, item in self.document["paths"].items() for method in item]
        for path, method in operations:
            good = GOOD.get(path, (method, None, {}))
            self.assertEqual(method, good[0])
            self.assertEqual(self.ask(path, method, good[1], {**FAST, **good[2]}).status, 200)
        common = [threading.Thread(target=self.make_common, args=operation) for operation in operations]
        for thread in common:
            thread.start()
        for thread in common:
            thread.join()
        for path, (method, body, headers) in GOOD.items():
            self.ask(path, method, "a", {**FAST, "Content-Type": "text/plain"})                              # 415
            wrong, of_type = UNPROCESSABLE[path]
            self.assertEqual(self.ask(path, method, wrong, {**FAST, **of_type}).status, 422)
            answers = [self.ask(path, method, body, {**SLOW, **headers}).status for _ in range(2)]
            self.assertEqual(answers[1], 429)
        self.make_codes()
        self.make_full(operations)
        self.make_late()
        for path, item in self.document["paths"].items():
            for operation in item.values():
                listed = {int(status) for status in operation["responses"]} - {500}
                self.assertEqual(self.seen[path], listed, path)
        described = set(self.document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
        # The picture's own faults, 503 of full memory and of shutting down are made in test_hostile.py and
        # test_shutdown.py.
        elsewhere = {"memory_full", "shutting_down", "queue_full"}
        self.assertEqual(set(self.codes) | NEVER | elsewhere, described | elsewhere)

    def make_codes(self):
        """The codes that the common ways do not bring about."""
        scan = "/v1/scan"
        png = PHOTO.read_bytes()
        picture = {**FAST, "Content-Type": "image/png"}
        for code, body, headers in [
                ("body_missing", b"", picture), ("media_type_unsupported", png, {**FAST, "Content-Type": "text/html"}),
                ("picture_unsupported", b"GIF89a" + bytes(100), picture), ("picture_damaged", png[:9000], picture),
                ("picture_unsupported", b"%PDF-1.4", picture),
                ("picture_too_large", png[:16] + bytes.fromhex("0000753000007530") + png[24:], picture),
                ("malformed_multipart", b"--x--", {**FAST, "Content-Type": "multipart/form-data"}),
                ("image_count", *with_key(form([("image", None, png)] * 7))),
                ("field_invalid", *with_key(form([("image", None, png), ("imgae", None, b"")])))]:
            answer = self.ask(scan, "POST", body, headers)
            self.assertEqual(answer.code, code, answer.body)
        self.assertEqual(self.ask(scan, "POST", small_png(20, 20), picture).code, "picture_too_small")
        self.assertEqual(self.ask(scan, "POST", animated_png(), picture).code, "picture_animated")
        self.assertEqual(self.ask("/v1/parse", "POST", "{", {**FAST, **JSON}).code, "malformed_json")
        self.assertEqual(self.ask("/v1/parse", "POST", json.dumps({"text": "a" * 20001}), {**FAST, **JSON}).code,
                         "text_too_long")
        self.assertEqual(self.ask("/v1/calc", "POST", json.dumps({"form": "x"}), {**FAST, **JSON}).code,
                         "field_invalid")
        self.assertEqual(self.ask("/v1/scan", "POST", png, {"Authorization": "Bearer no", "Content-Type": "image/png"})
                         .code, "key_unknown")
        unknown = self.server.request("GET", "/v1/compounds/nothing", headers=FAST)
        self.check("/v1/compounds/{id}", "GET", unknown)
        nowhere = self.server.request("GET", "/nowhere", headers=FAST)
        self.assertEqual((nowhere.status, nowhere.code), (404, "not_found"))
        self.codes["not_found"] = 404

    def make_full(self, operations):
        with self.full.raw() as held:
            held.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertIn(b"200 OK", held.recv(4096))
            for path, method in operations:
                answer = self.full.request(method, concrete(path), headers=FAST)
                self.assertEqual(answer.code, "connections_full")
                self.check(path, method, answer)

    def make_late(self):
        for path in ("/v1/scan", "/v1/annotate"):
            method, body, headers = GOOD[path]
            self.assertEqual(self.ask(path, method, body, {**FAST, **headers}, self.late).status, 504)
        # A dose takes no time: it is late behind a long text, which is still worked on after its own 504.
        method, body, headers = GOOD["/v1/calc"]
        for _ in range(100):
            with concurrent.futures.ThreadPoolExecutor() as beside:
                text = beside.submit(self.ask, "/v1/parse", "POST", json.dumps(LONG_TEXT), {**FAST, **JSON}, self.late)
                time.sleep(0.002)
                dose = self.ask("/v1/calc", method, body, {**FAST, **headers}, self.late)
            if (text.result().status, dose.status) == (504, 504):
                return
        self.fail("a dose behind a long text was always in time")


def with_key(body_and_headers):
    body, headers = body_and_headers
    return body, {**FAST, **headers}


def chunk(kind, data):
    import struct
    import zlib
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def small_png(width, height, *before_data):
    import struct
    import zlib
    rows = b"".join(b"\0" + b"\xff" * 3 * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            b"".join(before_data) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def animated_png():
    import struct
    return small_png(64, 64, chunk(b"acTL", struct.pack(">II", 2, 0)),
                     chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 64, 64, 0, 0, 1, 10, 0, 0)))


class Document(unittest.TestCase):
    def test_examples_fit_their_schemas(self):
        server = Server()
        self.addCleanup(server.stop)
        document = server.get("/openapi.json").json
        self.assertEqual(document["openapi"], "3.1.0")
        checked = 0

        def visit(node):
            nonlocal checked
            if isinstance(node, list):
                for part in node:
                    visit(part)
            if not isinstance(node, dict):
                return
            if "schema" in node:
                examples = [node["example"]] if "example" in node else []
                for example in node.get("examples", {}).values():
                    examples.append((schema.resolve(document, example["$ref"]) if "$ref" in example else example)["value"])
                for example in examples:
                    self.assertEqual(schema.wrongs(document, node["schema"], example), [], example)
                    checked += 1
            for part in node.values():
                visit(part)

        visit({"paths": document["paths"], "responses": document["components"]["responses"]})
        self.assertGreater(checked, 15)
        for reference in set(json.dumps(document).split('"$ref": "')[1:]):
            schema.resolve(document, reference.split('"')[0])
        requests = document["paths"]["/v1/parse"]["post"]["requestBody"]["content"]["application/json"]["examples"]
        for example in requests.values():  # and are answered
            report = server.post_json("/v1/parse", example["value"]).json
            self.assertEqual(report["elemental_magnesium"]["per_serving_mg"]["value"], 200)


if __name__ == "__main__":
    harness.main()

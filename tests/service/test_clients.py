"""The examples in samples/clients against the running service."""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import unittest

import harness
from harness import OTHER_PHOTO, PHOTO, ROOT, ServiceTest

CLIENTS = ROOT / "samples" / "clients"
COMMANDS = {"scan.sh": ["sh"], "scan.py": [sys.executable, "-B"], "scan.mjs": ["node"]}


class Clients(ServiceTest):
    keys = f"app {hashlib.sha256(b'app').hexdigest()} 600\n"

    def run_client(self, name, *photos, key="app"):
        command = COMMANDS[name]
        tool = {"scan.sh": "curl", "scan.mjs": "node"}.get(name)
        if tool and not shutil.which(tool):
            self.skipTest(f"{tool} is not installed")
        return subprocess.run([*command, str(CLIENTS / name), *map(str, photos)], capture_output=True, text=True,
                              env={**os.environ, "MAGSCAN_URL": f"http://127.0.0.1:{self.server.port}",
                                   "MAGSCAN_KEY": key, "no_proxy": "127.0.0.1"})

    def test_curl(self):
        done = self.run_client("scan.sh", PHOTO)
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads(done.stdout)
        self.assertEqual((report["elemental_magnesium"]["per_serving_mg"]["value"], report["source"]["name"]),
                         (120, PHOTO.name))
        both = json.loads(self.run_client("scan.sh", PHOTO, OTHER_PHOTO).stdout)
        self.assertEqual(both["source"]["kind"], "photos")
        refused = self.run_client("scan.sh", PHOTO, key="wrong")
        self.assertNotEqual(refused.returncode, 0)
        self.assertEqual(json.loads(refused.stdout)["code"], "key_unknown")

    def test_python_and_node(self):
        for name in ("scan.py", "scan.mjs"):
            with self.subTest(name):
                done = self.run_client(name, PHOTO)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertRegex(done.stdout, r"^120 mg per serving, stated, confidence 0\.\d\d\n")
                refused = self.run_client(name, PHOTO, key="wrong")
                self.assertEqual(refused.returncode, 1)
                self.assertRegex(refused.stderr, r"^key_unknown: .*\(request [0-9a-f]{32}\)\n$")


if __name__ == "__main__":
    harness.main()

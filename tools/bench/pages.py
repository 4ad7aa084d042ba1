"""What other engines read, as pages that `magscan parse --jsonl` takes (ocr/page.h), and upright photos for them."""
import csv
import io
import math
import struct

BASE = 32  # the photo that @gutenye/ocr-node reads is padded to multiples of this


def between(a, b, share):
    return [round(a[0] + (b[0] - a[0]) * share, 1), round(a[1] + (b[1] - a[1]) * share, 1)]


def words_along(text, box, confidence):
    """A line's words, each with the part of the line's box that its characters take."""
    top_left, top_right, bottom_right, bottom_left = box
    words, at = [], 0
    for word in text.split():
        first = text.index(word, at)
        at = first + len(word)
        a, b = first / len(text), at / len(text)
        polygon = [between(top_left, top_right, a), between(top_left, top_right, b),
                   between(bottom_left, bottom_right, b), between(bottom_left, bottom_right, a)]
        words.append({"text": word, "confidence": confidence, "polygon": polygon})
    return words


def unpadded(box, width, height):
    """A box of the padded photo in pixels of the photo itself."""
    padded_width, padded_height = (max(BASE, math.ceil(side / BASE) * BASE) for side in (width, height))
    scale = min(padded_width / width, padded_height / height)
    left, top = (padded_width - width * scale) / 2, (padded_height - height * scale) / 2
    return [[(x - left) / scale, (y - top) / scale] for x, y in box]


def from_ppocr(answer):
    """A line of ppocr.mjs as a page; one without lines where the photo could not be read."""
    page = {"width": answer.get("width", 0), "height": answer.get("height", 0), "lines": [], "recognizer": "PP-OCRv4"}
    for line in answer.get("lines", []):
        if not line["text"].strip():
            continue
        box = unpadded(line["box"], page["width"], page["height"])
        words = words_along(line["text"], box, min(1.0, max(0.0, line["mean"])))
        page["lines"].append({"words": words, "polygon": box, "height": math.dist(box[0], box[3])})
    return page


def from_tesseract(tsv):
    """Tesseract's tsv output as a page."""
    page = {"width": 0, "height": 0, "lines": [], "recognizer": "Tesseract"}
    line = None
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        x, y, w, h = (int(row[key]) for key in ("left", "top", "width", "height"))
        polygon = [[x, y], [x + w, y], [x + w, y + h], [x, y + h]]
        if row["level"] == "1":
            page["width"], page["height"] = w, h
        elif row["level"] == "4":
            line = {"words": [], "polygon": polygon, "height": h}
            page["lines"].append(line)
        elif row["level"] == "5" and (row["text"] or "").strip():
            confidence = min(1.0, max(0.0, float(row["conf"]) / 100))
            for word in words_along(row["text"], polygon, confidence):
                line["words"].append(word)
    page["lines"] = [line for line in page["lines"] if line["words"]]
    return page


def exif_orientation(path):
    """A JPEG's EXIF orientation, 1 to 8; 1 where it has none."""
    with open(path, "rb") as file:
        head = file.read(1 << 16)
    at = head.find(b"Exif\0\0") + 6
    if head[:2] != b"\xff\xd8" or at < 6 or head[at:at + 2] not in (b"II", b"MM"):
        return 1
    order = "<" if head[at:at + 2] == b"II" else ">"
    try:
        entry = at + struct.unpack_from(order + "I", head, at + 4)[0]
        for i in range(struct.unpack_from(order + "H", head, entry)[0]):
            tag, _, _, value = struct.unpack_from(order + "HHIH", head, entry + 2 + 12 * i)
            if tag == 0x0112:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass  # cut off: as if there were none
    return 1


def upright(path, scratch):
    """The photo itself, or a copy in the folder `scratch` where only its EXIF says how to turn it: neither
    Tesseract nor PP-OCR's package looks there."""
    if exif_orientation(path) == 1:
        return path
    import cv2  # python3-opencv; only photos like these need it
    copy = scratch / (path.name + ".png")
    cv2.imwrite(str(copy), cv2.imread(str(path)), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return copy

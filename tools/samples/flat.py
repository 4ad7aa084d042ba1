"""Label sources to flat pictures: an HTML file, drawn by headless Chromium."""
import html
import pathlib
import re
import subprocess
import tempfile

import cv2

CHROMIUM = "/usr/bin/chromium"
# Nothing that would phone home or leave a profile behind.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# Some Chromium versions give the page less height than the window: ask for more, and crop.
SPARE_HEIGHT = 200


def render(source, width, height, scale):
    """The page `source` as a BGR picture of width x height CSS pixels, `scale` picture pixels to each."""
    with tempfile.TemporaryDirectory(prefix="magscan-samples-") as scratch:
        shot = pathlib.Path(scratch) / "label.png"
        command = [CHROMIUM, *FLAGS, f"--user-data-dir={scratch}/profile", f"--force-device-scale-factor={scale}",
                   f"--window-size={width},{height + SPARE_HEIGHT}", f"--screenshot={shot}",
                   pathlib.Path(source).resolve().as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        picture = cv2.imread(str(shot)) if shot.exists() else None
        if picture is None:
            raise RuntimeError(f"{source}: Chromium drew nothing\n{done.stderr[-800:]}")
    return picture[:round(height * scale), :round(width * scale)]


def words(source):
    """What the label prints, tags and style dropped, white space single."""
    text = pathlib.Path(source).read_text(encoding="utf-8")
    text = re.sub(r"<(style|title)\b.*?</\1>", " ", text, flags=re.S)
    text = re.sub(r"</?(i|b|em|sup|sub|span)\b[^>]*>", "", text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())

"""Draws the pictures of the sweeps: each label once by Chromium, then bent, lit and photographed."""
import json
import pathlib
import sys

import numpy as np

import factors

SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "samples"
sys.path.insert(0, str(SAMPLES))
import camera  # noqa: E402
import flat  # noqa: E402

GEOMETRY = ("scene", "camera", "size", "oversample", "light")  # what the sensor's faults leave as it is


def geometry(photo):
    return json.dumps([photo[part] for part in GEOMETRY])


def panel(label):
    """The label's panel, flat, about two pixels to a CSS pixel."""
    known = factors.LABELS[label]
    width, height = known["size"]
    picture = flat.render(SAMPLES / "labels" / f"{label}.html", width, height, 2)
    middle, half = picture.shape[1] // 2, known["panel"]
    return picture[:, middle - half:middle + half]


def washed_out(picture, photo, rng):
    """A soft-edged white spot over a share of the panel, near its middle."""
    if not photo["glare"]:
        return picture
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y = x / w - 0.5 - rng.uniform(-0.1, 0.1), y / h - 0.5 - rng.uniform(-0.1, 0.1)
    framed = 1 / 1.18 ** 2  # the panel's share of the picture
    radius = np.sqrt(photo["glare"] * framed / np.pi)
    return picture + 1.5 * np.exp(-((x * x + y * y) / radius ** 2) ** 3)[..., None]


def draw(label, settings, out):
    """Draws a label in each of the settings; those that share their geometry cost one tracing."""
    face, traced = panel(label), {}
    for setting in sorted(settings, key=lambda setting: geometry(factors.photo(label, setting))):
        photo = factors.photo(label, setting)
        key = geometry(photo)
        if key not in traced:
            traced = {key: camera.photograph(photo, {"front": face}, np.random.default_rng(photo["seed"]))}
        rng = np.random.default_rng(photo["seed"])
        picture = washed_out(traced[key], photo, rng)
        camera.save(camera.expose(picture, photo["sensor"], rng), out / factors.file_name(label, setting),
                    photo["save"])

"""What the sweeps vary: the labels, the base setting, and each factor with its steps."""
import copy
import math
import zlib

import numpy as np

# Labels of tools/samples/labels: width and height as drawn, and how much of the width, about the middle, is the panel.
LABELS = {
    "bisglycinate": {"size": (1500, 760), "panel": 600, "forms": ["bisglycinate"], "mg": 200, "units": 2},
    "leaders": {"size": (800, 940), "panel": 740, "forms": ["oxide"], "mg": 400, "units": 3},
    "threonate": {"size": (1450, 700), "panel": 610, "forms": ["l-threonate"], "mg": 144, "units": 3},
    "malate": {"size": (1450, 730), "panel": 610, "forms": ["malate"], "mg": 113, "units": 1},
}
CAPITAL = 15.8  # height of a capital of the panel's rows on these labels, CSS pixels (22 px Liberation Sans)

# Each factor alone departs from these. Angles in degrees, blur and capital in photo pixels, noise in 1/255.
BASE = {"curvature": 0, "tilt": 0, "roll": 0, "capital": 20, "blur": 0.5, "glare": 0, "noise": 2, "light": 100,
        "quality": 85}
ELEVATION = 10  # degrees that the camera looks down: lines on a cylinder bend
DISTANCE = 3.0  # label heights from the eye to the label

FACTORS = {
    "curvature": {"title": "Curvature", "unit": "°", "steps": [0, 20, 30, 40, 50, 60, 70, 80],
                  "axis": "degrees that the panel goes round to each side"},
    "tilt": {"title": "Tilt", "unit": "°", "steps": [0, 10, 20, 30, 40, 50, 60, 70],
             "axis": "degrees that the camera stands to the side"},
    "roll": {"title": "Roll", "unit": "°", "steps": [0, 5, 10, 20, 30, 45, 60, 90],
             "axis": "degrees that the camera is turned"},
    "capital": {"title": "Print size", "unit": " px", "steps": [20, 15, 12, 10, 8, 7, 6, 5],
                "axis": "height of a capital letter, pixels"},
    "blur": {"title": "Blur", "unit": " px", "steps": [0.5, 1, 1.5, 2, 2.5, 3, 4, 5],
             "axis": "standard deviation, pixels; capitals have 20"},
    "glare": {"title": "Glare", "unit": " %", "steps": [0, 5, 10, 20, 30, 40, 50, 60],
              "axis": "percent of the panel under a reflection"},
    "noise": {"title": "Noise", "unit": "", "steps": [2, 10, 20, 30, 40, 60, 80, 100],
              "axis": "standard deviation, grey levels of 255"},
    "light": {"title": "Light", "unit": " %", "steps": [100, 50, 30, 20, 10, 6, 4, 2],
              "axis": "percent of full exposure; the noise stays"},
    "quality": {"title": "JPEG quality", "unit": "", "steps": [85, 60, 40, 30, 20, 10, 5, 2],
                "axis": "quality as libjpeg counts it"},
}


def truth(label, file):
    """The line of truth.jsonl for a picture of the label."""
    known = LABELS[label]
    return {"file": file, "forms": known["forms"], "elemental_mg_per_serving": known["mg"],
            "units_per_serving": known["units"]}


def settings(factor, step):
    return {**BASE, factor: step}


def file_name(label, setting):
    """The same setting has the same name: the base is drawn and read once for all factors."""
    changed = [f"{key}{value:g}" for key, value in setting.items() if value != BASE[key]]
    return "_".join([label, *changed]) + ".jpg"


def photo(label, setting):
    """The scene for camera.photograph, its sensor and file, and the seed of what is random in it."""
    known = LABELS[label]
    seed = zlib.crc32(label.encode())
    jitter = np.random.default_rng(seed)  # each label is held a little differently, at every step alike
    width, height = known["panel"], known["size"][1]
    scale = setting["capital"] / CAPITAL
    roll = math.radians(setting["roll"])
    size = [round(1.18 * scale * side) for side in (
        width * abs(math.cos(roll)) + height * abs(math.sin(roll)),
        width * abs(math.sin(roll)) + height * abs(math.cos(roll)))]
    scene = {"shape": "box", "depth": 0.1, "body": "#e8e6e0", "cap": "#f2f2ee", "gloss": 0.05, "tint": "#a89c8c",
             "table": "behind"}
    look = [0, 0.5, 0.05]
    if setting["curvature"]:
        radius = width / height / 2 / math.radians(setting["curvature"])
        scene.update(shape="bottle", radius=radius, table="under")
        look = [0, 0.6, radius]
    camera = {"azimuth": setting["tilt"] + jitter.uniform(-2, 2), "elevation": ELEVATION + jitter.uniform(-2, 2),
              "roll": setting["roll"] + jitter.uniform(-1, 1), "look": look, "distance": DISTANCE,
              "span": max(size) / (height * scale)}
    light = setting["light"] / 100
    return copy.deepcopy({
        "scene": scene, "camera": camera, "size": size, "oversample": 1.0, "light": {"shine": 0.3},
        "sensor": {"noise": setting["noise"], "blur": setting["blur"], "cast": [light] * 3, "gradient": [0.05, -0.03]},
        "glare": setting["glare"] / 100, "save": {"quality": setting["quality"]}, "seed": seed})

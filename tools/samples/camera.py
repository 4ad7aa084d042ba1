"""From a scene to a photo: background, light, lens, sensor and file."""
import pathlib
import struct
import subprocess
import tempfile

import cv2
import numpy as np

import surfaces

BAND = 160  # rows traced at a time, so that a 12-megapixel photo stays small in memory


def noise(rng, size, cell):
    """Smooth noise, 0 mean, about 1 wide; `cell` = (height, width) of its grain in pixels."""
    h, w = size
    coarse = rng.standard_normal((max(2, h // cell[0]), max(2, w // cell[1]))).astype(np.float32)
    return cv2.resize(coarse, (w, h), interpolation=cv2.INTER_CUBIC)


def material(kind, tint, rng):
    """A square picture of the table top, 0..1."""
    n = 1024
    base = surfaces.bgr(tint)
    y, x = np.mgrid[0:n, 0:n].astype(np.float32)
    if kind == "wood":
        wave = np.sin(y / 19 + 2.2 * noise(rng, (n, n), (60, 400)) + 5 * noise(rng, (n, n), (300, 900)))
        shade = 1 + 0.09 * wave + 0.05 * noise(rng, (n, n), (3, 160))
        shade *= np.where((y % 256) < 4, 0.6, 1)
    elif kind == "cloth":
        shade = 1 + 0.07 * np.sign(np.sin(x / 2.5) * np.sin(y / 2.5)) + 0.05 * noise(rng, (n, n), (4, 4))
    elif kind == "stone":
        shade = 1 + 0.12 * noise(rng, (n, n), (90, 90)) + 0.10 * noise(rng, (n, n), (6, 6))
    else:
        shade = 1 + 0.03 * noise(rng, (n, n), (200, 200))
    return np.clip(base * shade[..., None], 0, 1)


def backdrop(size, tint, rng):
    """What stands far behind, out of focus: a wall and the shapes before it."""
    h, w = size
    y = np.linspace(1.1, 0.8, h, dtype=np.float32)[:, None, None]
    wall = np.broadcast_to(surfaces.bgr(tint) * y, (h, w, 3)).copy()
    for _ in range(9):
        colour = surfaces.bgr(tint) * rng.uniform(0.55, 1.25) * rng.uniform(0.85, 1.15, 3)
        colour = tuple(float(c) for c in np.clip(colour, 0, 1))
        x, y0 = int(rng.integers(0, w)), int(rng.integers(0, h))
        side = int(w * rng.uniform(0.04, 0.12))
        if rng.random() < 0.5:
            cv2.circle(wall, (x, y0), side, colour, -1)
        else:
            cv2.rectangle(wall, (x - side, y0 - side), (x + side, y0 + 3 * side), colour, -1)
    return cv2.GaussianBlur(wall, (0, 0), w / 45)


def view(size, setting):
    """The eye and a function that gives the unit rays of rows first..last of a picture of `size` = (w, h)."""
    w, h = size
    az, el, roll = (np.radians(setting.get(k, 0.0)) for k in ("azimuth", "elevation", "roll"))
    look = np.array(setting.get("look", [0, 0.6, 0]), np.float32)
    away = setting.get("distance", 4.0)
    back = np.array([np.sin(az) * np.cos(el), np.sin(el), np.cos(az) * np.cos(el)], np.float32)
    right = np.array([np.cos(az), 0, -np.sin(az)], np.float32)
    up = np.cross(back, right)
    right, up = np.cos(roll) * right + np.sin(roll) * up, np.cos(roll) * up - np.sin(roll) * right
    per_pixel = setting["span"] / max(w, h) / away  # span: what the longer side of the photo shows, in label heights

    def rays(first, last):
        y, x = np.mgrid[first:last, 0:w].astype(np.float32)
        d = (x - w / 2 + 0.5)[..., None] * right * per_pixel - (y - h / 2 + 0.5)[..., None] * up * per_pixel - back
        return d / np.linalg.norm(d, axis=-1, keepdims=True)

    return look + away * back, rays


def shadow_distance(a, b, scene, faces, flat):
    """How far points of the table are from what stands or lies on it."""
    if scene["shape"] == "bottle":
        return np.maximum(np.hypot(a, b) - 0.97 * scene["radius"], 0)
    half_a = faces["front"].shape[1] / faces["front"].shape[0] / 2
    half_b = 0.5 if flat else scene.get("depth", 0.1) / 2
    return np.hypot(np.maximum(np.abs(a) - half_a, 0), np.maximum(np.abs(b) - half_b, 0))


def background(eye, rays, scene, faces, table, wall, rows):
    """Table (lying under, or standing behind) with the thing's soft shadow, and the wall beyond."""
    flat = scene.get("table", "under") == "behind"
    axis = 2 if flat else 1
    level = -scene.get("depth", 0.0) / 2 if flat else 0.0
    t = (level - eye[axis]) / np.where(rays[..., axis] > -1e-6, -1e-6, rays[..., axis])
    point = eye + t[..., None] * rays
    a, b = point[..., 0], point[..., 1 if flat else 2]
    n = table.shape[0]
    # Three labels a tile, each tile the mirror of its neighbour, so that no seam shows.
    u, v = (n - np.abs(c * (n / 3.0) % (2 * n) - n) for c in (a + 30, b + 30))
    colour = cv2.remap(table, u.astype(np.float32), v.astype(np.float32), cv2.INTER_LINEAR,
                       borderMode=cv2.BORDER_REPLICATE)
    beyond = np.zeros(a.shape, bool) if flat else (rays[..., axis] > -1e-6) | (b < -3.0)
    away = shadow_distance(a - 0.04, b - 0.5 if flat else b + 0.02, scene, faces, flat)
    colour *= (1 - 0.6 * np.exp(-away / 0.1))[..., None]
    return np.where(beyond[..., None], wall[rows[0]:rows[1]], colour)


def lit(hit, rays, light):
    """The surface's colour under a lamp from `from`, with the reflection of a tall bright window."""
    lamp = np.array(light.get("from", [-0.4, 0.6, 0.8]), np.float32)
    lamp /= np.linalg.norm(lamp)
    ambient = light.get("ambient", 0.55)
    diffuse = np.maximum(0, (hit.normal * lamp).sum(-1))
    colour = hit.colour * (ambient + (1.12 - ambient) * diffuse)[..., None]
    facing = (hit.normal * -rays).sum(-1, keepdims=True)
    mirror = 2 * facing * hit.normal + rays
    turn = np.degrees(np.arctan2(mirror[..., 0], mirror[..., 2])) - light.get("window", 70)
    window = np.exp(-(turn / light.get("window_width", 14)) ** 4) * np.exp(-(mirror[..., 1] / 0.5) ** 4)
    shine = hit.gloss * light.get("shine", 1.0) * (window + 0.5 * np.maximum(0, 1 - facing[..., 0]) ** 4)
    return colour + shine[..., None]


def photograph(photo, faces, rng):
    """The picture that the sensor sees, 0..1 BGR, of the photo's size before any turning."""
    scene, size = photo["scene"], photo["size"]
    over = photo.get("oversample", 1.5)
    w, h = (round(over * s) for s in size)
    eye, rays_of = view((w, h), photo["camera"])
    per_label = max(w, h) / photo["camera"]["span"]
    faces = {name: fit(face, per_label) for name, face in faces.items()}
    table = material(scene.get("material", "plain"), scene.get("tint", "#b0a090"), rng)
    wall = backdrop((h, w), scene.get("wall", "#8a8f98"), rng)
    behind, thing, alpha = (np.zeros((h, w, 3), np.float32) for _ in range(3))
    for first in range(0, h, BAND):
        last = min(h, first + BAND)
        rays = rays_of(first, last)
        hit = surfaces.SHAPES[scene["shape"]](eye, rays, scene, faces)
        behind[first:last] = background(eye, rays, scene, faces, table, wall, (first, last))
        alpha[first:last] = hit.mask()[..., None]
        thing[first:last] = lit(hit, rays, photo.get("light", {})) * alpha[first:last]
    behind = cv2.GaussianBlur(behind, (0, 0), photo["camera"].get("depth_blur", 2.5) * max(w, h) / 2000)
    thing, alpha, behind = (cv2.resize(p, tuple(size), interpolation=cv2.INTER_AREA) for p in (thing, alpha, behind))
    return thing + behind * (1 - alpha)


def fit(face, per_label):
    """The label at about the resolution at which the photo shows it, so that it does not alias."""
    scale = 1.15 * per_label / face.shape[0]
    return face if scale >= 1 else cv2.resize(face, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def expose(picture, sensor, rng):
    """Uneven light, lens and sensor faults; 8-bit out."""
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y = 2 * x / w - 1, 2 * y / h - 1
    gx, gy = sensor.get("gradient", [0.1, -0.05])
    shade = (1 + gx * x + gy * y) * (1 - sensor.get("vignette", 0.12) * (x * x + y * y) / 2)
    picture = picture * shade[..., None] * np.array(sensor.get("cast", [1, 1, 1]), np.float32)
    if sensor.get("blur"):
        picture = cv2.GaussianBlur(picture, (0, 0), sensor["blur"])
    if sensor.get("shake"):
        n = int(sensor["shake"])
        picture = cv2.filter2D(picture, -1, np.eye(n, dtype=np.float32) / n)
    grain = sensor.get("noise", 2.0) / 255
    picture = picture + grain * rng.standard_normal(picture.shape[:2]).astype(np.float32)[..., None]
    return np.clip(picture * 255 + 0.5, 0, 255).astype(np.uint8)


TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
# EXIF orientation: how the stored pixels have to be turned clockwise to stand upright.
EXIF_TURN = {1: 0, 3: 180, 6: 90, 8: 270}


def exif(orientation):
    """An APP1 segment that holds the orientation and nothing else."""
    tiff = struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return struct.pack(">HH", 0xFFE1, len(body) + 2) + body


def save(picture, path, file):
    """Writes the photo; `turn` turns the scene for good, `exif` stores it turned and says how to turn it back."""
    if file.get("turn"):
        picture = cv2.rotate(picture, TURNS[file["turn"]])
    orientation = file.get("exif", 1)
    if EXIF_TURN[orientation]:
        picture = cv2.rotate(picture, TURNS[360 - EXIF_TURN[orientation]])
    kind, quality = pathlib.Path(path).suffix, file.get("quality", 80)
    if kind == ".heic":
        with tempfile.TemporaryDirectory(prefix="magscan-samples-") as scratch:
            cv2.imwrite(f"{scratch}/photo.png", picture)
            subprocess.run(["heif-enc", "-q", str(quality), "-o", str(path), f"{scratch}/photo.png"], check=True,
                           capture_output=True)
        return
    options = {".jpg": [cv2.IMWRITE_JPEG_QUALITY, quality], ".webp": [cv2.IMWRITE_WEBP_QUALITY, quality],
               ".png": [cv2.IMWRITE_PNG_COMPRESSION, 9]}[kind]
    _, data = cv2.imencode(kind, picture, options)
    data = data.tobytes()
    if kind == ".jpg" and "exif" in file:
        data = data[:2] + exif(orientation) + data[2:]
    pathlib.Path(path).write_bytes(data)

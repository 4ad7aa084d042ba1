"""The things that carry labels, as ray casting sees them.

Units: the label is 1 high. x to the right, y up, z towards the viewer. A scene function takes the eye (3), unit rays
(h, w, 3) and the scene's settings, and gives a Hit: where the rays meet the thing, how the surface lies there and its
own colour (BGR, 0..1).
"""
import cv2
import numpy as np


class Hit:
    """The nearest surface met so far, pixel by pixel."""

    def __init__(self, shape):
        self.t = np.full(shape, np.inf, np.float32)
        self.normal = np.zeros((*shape, 3), np.float32)
        self.colour = np.zeros((*shape, 3), np.float32)
        self.gloss = np.zeros(shape, np.float32)

    def put(self, t, valid, normal, colour, gloss):
        nearer = valid & (t > 1e-3) & (t < self.t)
        self.t[nearer] = t[nearer]
        self.normal[nearer] = np.broadcast_to(normal, self.normal.shape)[nearer]
        self.colour[nearer] = np.broadcast_to(colour, self.colour.shape)[nearer]
        self.gloss[nearer] = gloss

    def mask(self):
        return np.isfinite(self.t)


def bgr(hexa):
    return np.array([int(hexa[i:i + 2], 16) for i in (5, 3, 1)], np.float32) / 255


def sample(texture, u, v):
    """The texture at u, v in 0..1, v downwards."""
    h, w = texture.shape[:2]
    picture = cv2.remap(texture, (u * w - 0.5).astype(np.float32), (v * h - 0.5).astype(np.float32), cv2.INTER_CUBIC,
                        borderMode=cv2.BORDER_REPLICATE)
    return picture.astype(np.float32) / 255


def first_root(a, b, c):
    """The smaller root of a t^2 + 2 b t + c, and where there is one."""
    inside = b * b - a * c
    real = inside >= 0
    return (-b - np.sqrt(np.where(real, inside, 0))) / np.where(np.abs(a) < 1e-9, 1e-9, a), real


def cylinder(eye, rays, radius):
    """Where rays meet the upright cylinder about the y axis: t, valid, point, normal."""
    ox, oz, dx, dz = eye[0], eye[2], rays[..., 0], rays[..., 2]
    t, real = first_root(dx * dx + dz * dz, ox * dx + oz * dz, ox * ox + oz * oz - radius * radius)
    point = eye + t[..., None] * rays
    normal = point * np.array([1, 0, 1], np.float32) / radius
    return t, real, point, normal


def ellipsoid(eye, rays, centre_y, radius, height):
    """A body of revolution about the y axis, `radius` wide and `height` high from its centre."""
    size = np.array([radius, height, radius], np.float32)
    o = (eye - np.array([0, centre_y, 0], np.float32)) / size
    d = rays / size
    t, real = first_root((d * d).sum(-1), (d * o).sum(-1), (o * o).sum() - 1)
    point = eye + t[..., None] * rays
    normal = (point - np.array([0, centre_y, 0], np.float32)) / (size * size)
    return t, real, point, normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)


def bottle(eye, rays, scene, faces):
    """A bottle or a tub: rounded foot, body with the label round it, shoulder, ribbed cap."""
    radius, shoulder = scene["radius"], scene.get("shoulder", 0.26)
    cap_radius, cap_height = radius * scene.get("cap_radius", 0.66), scene.get("cap_height", 0.3)
    body, cap, gloss = bgr(scene["body"]), bgr(scene["cap"]), scene.get("gloss", 0.3)
    foot, margin = 0.05, 0.05
    low, top = foot, foot + 1 + 2 * margin
    hit = Hit(rays.shape[:2])

    t, real, point, normal = cylinder(eye, rays, radius)
    y = point[..., 1]
    label = faces["front"]
    wide = label.shape[1] / label.shape[0]
    u = np.arctan2(point[..., 0], point[..., 2]) * radius / wide + 0.5
    v = 1 - (y - low - margin)
    on_body = real & (y >= low) & (y <= top)
    on_label = on_body & (u >= 0) & (u <= 1) & (v >= 0) & (v <= 1)
    hit.put(t, on_body & ~on_label, normal, body, gloss * 1.5)
    hit.put(t, on_label, normal, sample(label, u, v), gloss)

    for centre, height, above in ((top, shoulder, True), (low, foot, False)):
        t, real, point, normal = ellipsoid(eye, rays, centre, radius, height)
        side = point[..., 1] >= centre if above else point[..., 1] <= centre
        hit.put(t, real & side, normal, body, gloss * 1.5)

    neck = top + shoulder * np.sqrt(max(0.0, 1 - min(1.0, cap_radius / radius) ** 2)) + 0.01
    t, real, point, normal = cylinder(eye, rays, cap_radius)
    turn = np.arctan2(point[..., 0], point[..., 2])
    ribs = 0.88 + 0.12 * np.cos(turn * scene.get("ribs", 90))
    in_cap = real & (point[..., 1] >= neck) & (point[..., 1] <= neck + cap_height)
    hit.put(t, in_cap, normal, cap * ribs[..., None], gloss * 0.5)
    lid = (neck + cap_height - eye[1]) / np.where(np.abs(rays[..., 1]) < 1e-6, 1e-6, rays[..., 1])
    point = eye + lid[..., None] * rays
    hit.put(lid, np.hypot(point[..., 0], point[..., 2]) <= cap_radius, np.array([0, 1, 0], np.float32), cap, gloss * 0.3)
    return hit


def box(eye, rays, scene, faces):
    """A carton: front face with the label, sides of one colour or with a label of their own."""
    front = faces["front"]
    half = np.array([front.shape[1] / front.shape[0] / 2, 0.5, scene.get("depth", 0.4) / 2], np.float32)
    middle = np.array([0, 0.5, 0], np.float32)
    hit = Hit(rays.shape[:2])
    plain, gloss = bgr(scene["body"]), scene.get("gloss", 0.15)
    for axis in range(3):
        for sign in (1, -1):
            step = np.where(np.abs(rays[..., axis]) < 1e-6, 1e-6, rays[..., axis])
            t = (middle[axis] + sign * half[axis] - eye[axis]) / step
            at = eye + t[..., None] * rays - middle
            others = [i for i in range(3) if i != axis]
            valid = (np.abs(at[..., others[0]]) <= half[others[0]]) & (np.abs(at[..., others[1]]) <= half[others[1]])
            valid &= step * sign < 0
            normal = np.zeros(3, np.float32)
            normal[axis] = sign
            colour = plain
            if (axis, sign) == (2, 1):
                colour = sample(front, at[..., 0] / (2 * half[0]) + 0.5, 0.5 - at[..., 1])
            elif axis == 0 and "side" in faces:
                colour = sample(faces["side"], 0.5 - sign * at[..., 2] / (2 * half[2]), 0.5 - at[..., 1])
            hit.put(t, valid, normal, colour, gloss)
    return hit


def pouch(eye, rays, scene, faces):
    """A bag or a sheet: a face whose middle swells by `bulge`, creased by `creases`."""
    front = faces["front"]
    wide = front.shape[1] / front.shape[0]
    bulge, creases = scene.get("bulge", 0.1), scene.get("creases", 0.0)

    def depth(x, y):
        u, v = np.clip(x / wide + 0.5, 0, 1), np.clip(y, 0, 1)
        swell = bulge * (1 - (2 * u - 1) ** 4) * np.sqrt(np.maximum(0, np.sin(np.pi * v)))
        folds = np.sin(9 * u + 5 * v + 1) * np.sin(13 * v - 4 * u) + 0.5 * np.sin(31 * u - 17 * v)
        return swell + creases * folds

    t = (0 - eye[2]) / rays[..., 2]
    for _ in range(6):
        point = eye + t[..., None] * rays
        t = (depth(point[..., 0], point[..., 1]) - eye[2]) / rays[..., 2]
    point = eye + t[..., None] * rays
    x, y = point[..., 0], point[..., 1]
    e = 2e-3
    slope_x = (depth(x + e, y) - depth(x - e, y)) / (2 * e)
    slope_y = (depth(x, y + e) - depth(x, y - e)) / (2 * e)
    normal = np.stack([-slope_x, -slope_y, np.ones_like(x)], -1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    hit = Hit(rays.shape[:2])
    valid = (np.abs(x) <= wide / 2) & (y >= 0) & (y <= 1)
    hit.put(t, valid, normal, sample(front, x / wide + 0.5, 1 - y), scene.get("gloss", 0.2))
    return hit


SHAPES = {"bottle": bottle, "box": box, "pouch": pouch}

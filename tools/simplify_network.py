"""From an ONNX graph of the text detector to the few kinds of layers that ocr/network_file.h describes.

Nothing is trained, rounded or left out: what a layer multiplies and adds by constants goes into the weights of the
layer before or after it, computed in double precision.
"""
import json
import struct

import numpy as np
from onnx import helper, numpy_helper

MAGIC = b"MSNET001"
ALIGNMENT = 64  # of the weights in the file


def attributes(node):
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


def doubling_kernel(w):
    """The kernel of 4 x 4 that does to a tensor what w (3 x 3) does to the same tensor at twice the size."""
    def widen(k, axis):
        a, b, c = (np.take(k, i, axis) for i in range(3))
        return np.stack([c, b + c, a + b, a], axis)
    return widen(widen(w, 2), 3)


class Simplifier:
    """Walks the nodes in order and keeps, for each name in the graph, the tensor that holds its value.

    A value may be `pending`: the tensor still has to be multiplied and shifted by two numbers, which the next
    convolution without padding takes into its weights.
    """

    def __init__(self, graph):
        self.constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
        self.nodes = []
        for node in graph.node:
            if node.op_type == "Constant":
                self.constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
            else:
                self.nodes.append(node)
        self.users = {}
        for node in self.nodes:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self.layers = []
        self.channels = []
        self.tensor = {}   # name -> index of its tensor
        self.pending = {}  # name -> (scale, shift)
        self.maker = {}    # name -> the layer with weights that made it, as long as nothing else changed it
        self.larger = {}   # name of an enlarged value -> (name of the small one, factor)
        self.joined = {}   # name of a concatenation -> names
        self.done = set()
        self.new_tensor(graph.input[0].name, 3)
        self.output_name = graph.output[0].name

    def run(self):
        for node in self.nodes:
            if id(node) not in self.done:
                getattr(self, "on_" + node.op_type)(node)
        return self

    # Tensors and names

    def new_tensor(self, name, channels, layer=None):
        self.channels.append(channels)
        self.tensor[name] = len(self.channels) - 1
        if layer is not None:
            self.maker[name] = layer
        return self.tensor[name]

    def rename(self, old, new, changed=False):
        """`new` is what the tensor of `old` holds from now on."""
        self.tensor[new] = self.tensor[old]
        for table in (self.pending, self.maker):
            if old in table:
                table[new] = table[old]
        if changed:
            self.maker.pop(new, None)
            self.pending.pop(new, None)

    def settled(self, name):
        """The tensor of a name, with what was pending done."""
        scale, shift = self.pending.pop(name, (1.0, 0.0))
        if (scale, shift) != (1.0, 0.0):
            self.layers.append({"op": "affine", "input": self.tensor[name], "scale": scale, "shift": shift})
        return self.tensor[name]

    def only_user(self, name):
        users = self.users.get(name, [])
        return users[0] if len(users) == 1 else None

    def split(self, node):
        values = [name for name in node.input if name not in self.constants]
        constants = [self.constants[name].astype(np.float64) for name in node.input if name in self.constants]
        return values, constants

    # Layers with weights

    def add_kernel(self, op, name, source, w, b, stride, pad):
        layer = {"op": op, "input": source, "kernel": w.shape[2], "stride": stride, "pad": pad, "w": w, "b": b}
        self.layers.append(layer)
        layer["output"] = self.new_tensor(name, w.shape[0], layer)
        return layer

    def on_Conv(self, node):
        a = attributes(node)
        x = node.input[0]
        w = self.constants[node.input[1]].astype(np.float64)
        b = self.constants[node.input[2]].astype(np.float64) if len(node.input) > 2 else np.zeros(w.shape[0])
        pad, stride = a["pads"][0], a["strides"][0]
        if set(a["pads"]) != {pad} or set(a["strides"]) != {stride} or set(a.get("dilations", [1])) != {1}:
            raise ValueError("a convolution that is not the same on all sides: " + node.name)
        if x in self.joined:
            return self.conv_of_joined(node, w, b, pad)
        if x in self.pending and pad == 0:
            scale, shift = self.pending[x]
            w, b, source = w * scale, b + shift * w.sum(axis=(1, 2, 3)), self.tensor[x]
        else:
            source = self.settled(x)
        if a["group"] not in (1, w.shape[0]):
            raise ValueError("a convolution in groups: " + node.name)
        self.add_kernel("depthwise" if a["group"] > 1 else "conv", node.output[0], source, w, b, stride, pad)

    def conv_of_joined(self, node, w, b, pad):
        """Of values at full size and of enlarged ones, side by side. What was enlarged is convolved at half size."""
        if w.shape[2] != 3 or pad != 1:
            raise ValueError("a convolution of joined values that is not 3 x 3: " + node.name)
        full, half, at = [], [], 0
        for name in self.joined[node.input[0]]:
            small, factor = self.larger.get(name, (name, 1))
            source = self.settled(small)
            part = w[:, at:at + self.channels[source]]
            at += self.channels[source]
            (full if factor == 1 else half).append((source, factor, part))
        (source, _, part), = full
        together = sum(p.shape[1] for _, _, p in half)
        joined, at = self.new_tensor(node.output[0] + ".half", together), 0
        for small, factor, p in half:
            self.layers.append({"op": "upsample", "input": small, "output": joined, "factor": factor // 2,
                                "channel": at})
            at += p.shape[1]
        kernel = doubling_kernel(np.concatenate([p for _, _, p in half], axis=1))
        by = self.add_kernel("deconv", node.output[0] + ".by", joined, kernel, np.zeros(w.shape[0]), 2, 1)
        layer = self.add_kernel("conv", node.output[0], source, part, b, 1, 1)
        layer["later"] = {"op": "add_upsampled", "input": layer["output"], "by": by["output"], "factor": 1}
        layer["with"] = by

    def on_ConvTranspose(self, node):
        a = attributes(node)
        w = self.constants[node.input[1]].astype(np.float64).transpose(1, 0, 2, 3)
        if list(a["strides"]) != [2, 2] or w.shape[2:] != (2, 2) or a.get("group", 1) != 1 or any(a["pads"]):
            raise ValueError("a transposed convolution that is not 2 x 2: " + node.name)
        self.add_kernel("deconv", node.output[0], self.settled(node.input[0]), w, np.zeros(w.shape[0]), 2, 0)

    def fold(self, layer, scale, shift):
        if "min" in layer:
            raise ValueError("a value is cut off before it is scaled")
        layer["w"] = layer["w"] * np.reshape(scale, (-1, 1, 1, 1))
        layer["b"] = layer["b"] * scale + shift
        if "with" in layer:
            layer["with"]["w"] = layer["with"]["w"] * np.reshape(scale, (-1, 1, 1, 1))

    def on_BatchNormalization(self, node):
        gamma, beta, mean, variance = (self.constants[name].astype(np.float64) for name in node.input[1:])
        scale = gamma / np.sqrt(variance + attributes(node)["epsilon"])
        self.fold(self.maker[node.input[0]], scale, beta - mean * scale)
        self.rename(node.input[0], node.output[0])

    def scale_and_shift(self, node, scale, shift):
        (x,), _ = self.split(node)
        if x in self.maker and self.only_user(x) is not None:
            self.fold(self.maker[x], scale, shift)
            return self.rename(x, node.output[0])
        before = self.pending.pop(x, (1.0, 0.0))
        self.rename(x, node.output[0], changed=True)
        self.pending[node.output[0]] = (before[0] * float(scale[0]), before[1] * float(scale[0]) + float(shift[0]))

    # Activations

    def on_Relu(self, node):
        self.maker[node.input[0]]["min"] = 0.0
        self.rename(node.input[0], node.output[0])

    def on_HardSigmoid(self, node):
        a, layer = attributes(node), self.maker[node.input[0]]
        self.fold(layer, np.array([a["alpha"]]), np.array([a["beta"]]))
        layer["min"], layer["max"] = 0.0, 1.0
        self.rename(node.input[0], node.output[0])

    def on_Sigmoid(self, node):
        self.layers.append({"op": "sigmoid", "input": self.settled(node.input[0])})
        self.rename(node.input[0], node.output[0], changed=True)

    def hardswish(self, node, clip):
        """x * clip(x + 3, 0, 6) / 6, written out as four nodes."""
        (x,), (three,) = self.split(node)
        _, bounds = self.split(clip)
        multiply = self.only_user(clip.output[0])
        divide = self.only_user(multiply.output[0])
        _, (six,) = self.split(divide)
        numbers = [float(np.ravel(n)[0]) for n in (three, *bounds, six)]
        if numbers != [3, 0, 6, 6] or x not in multiply.input or divide.op_type != "Div":
            raise ValueError("not the four nodes of a hard swish: " + node.name)
        self.done.update(id(n) for n in (clip, multiply, divide))
        self.layers.append({"op": "hardswish", "input": self.settled(x)})
        self.rename(x, divide.output[0], changed=True)

    # Sums and products

    def on_Mul(self, node):
        values, constants = self.split(node)
        if constants:
            return self.scale_and_shift(node, constants[0].ravel(), np.zeros(1))
        x, gate = values
        out = node.output[0]
        after = self.only_user(out)
        if after is not None and after.op_type == "Add" and x in after.input:  # x + x * gate
            layer = self.maker[gate]
            layer["b"] = layer["b"] + 1
            layer["min"] += 1
            layer["max"] += 1
            self.done.add(id(after))
            out = after.output[0]
        self.layers.append({"op": "scale", "input": self.settled(x), "by": self.tensor[gate]})
        self.rename(x, out, changed=True)

    def on_Add(self, node):
        values, constants = self.split(node)
        if constants:
            user = self.only_user(node.output[0])
            if user is not None and user.op_type == "Clip":
                return self.hardswish(node, user)
            return self.scale_and_shift(node, np.ones(1), constants[0].ravel())
        x, larger = values
        small, factor = self.larger[larger]
        self.layers.append({"op": "add_upsampled", "input": self.settled(x), "by": self.settled(small),
                            "factor": factor})
        self.rename(x, node.output[0], changed=True)

    def on_GlobalAveragePool(self, node):
        x = node.input[0]
        mean = self.new_tensor(node.output[0], self.channels[self.tensor[x]])
        self.layers.append({"op": "mean", "input": self.tensor[x], "output": mean})
        if x in self.pending:
            self.pending[node.output[0]] = self.pending[x]

    def on_Resize(self, node):
        scales, = (c for c in self.split(node)[1] if c.size == 4)
        if attributes(node)["mode"] != b"nearest" or scales[2] != scales[3]:
            raise ValueError("an enlargement that is not by whole pixels: " + node.name)
        self.larger[node.output[0]] = (node.input[0], int(scales[2]))

    def on_Concat(self, node):
        self.joined[node.output[0]] = list(node.input)


def add_later(layers):
    """What a layer's output has to have added to it, once its weights are settled; a lower bound moves there."""
    out = []
    for layer in layers:
        later = layer.pop("later", None)
        layer.pop("with", None)
        out.append(layer)
        if later is not None:
            if "min" in layer:
                later["min"] = layer.pop("min")
            out.append(later)
    return out


def network_bytes(graph):
    simplifier = Simplifier(graph).run()
    layers = add_later(simplifier.layers)
    blobs, at = [], 0
    for layer in layers:
        if "w" not in layer:
            continue
        w, b = layer.pop("w"), layer.pop("b")
        w = w.transpose(1, 2, 3, 0) if layer["op"] == "depthwise" else w.transpose(0, 2, 3, 1)
        for name, values in (("weights", w), ("bias", b)):
            numbers = np.ascontiguousarray(values, dtype="<f4").ravel()
            layer[name] = at
            at += numbers.size
            blobs.append(numbers.tobytes())
    header = json.dumps({"channels": simplifier.channels, "output": simplifier.tensor[simplifier.output_name],
                         "layers": layers}).encode()
    header += b" " * (-(len(MAGIC) + 8 + len(header)) % ALIGNMENT)
    return MAGIC + struct.pack("<Q", len(header)) + header + b"".join(blobs)

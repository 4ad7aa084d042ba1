"""As much of JSON Schema as the interface uses. An unknown keyword is an error: it would else check nothing."""
IGNORED = {"title", "description", "example", "examples", "format", "$comment", "definitions"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value, name):
    if name in ("number", "integer"):
        return isinstance(value, (int, float)) and not isinstance(value, bool) and (
            name == "number" or float(value).is_integer())
    return isinstance(value, TYPES[name])


def resolve(document, reference):
    node = document
    for step in reference.lstrip("#/").split("/"):
        node = node[step]
    return node


def wrongs(document, schema, value, where="$"):
    """All that is wrong with `value`, as sentences."""
    out = []
    for word, wanted in schema.items():
        out += check(document, schema, word, wanted, value, where)
    return out


def check(document, schema, word, wanted, value, where):
    if word == "$ref":
        return wrongs(document, resolve(document, wanted), value, where)
    if word == "type":
        names = wanted if isinstance(wanted, list) else [wanted]
        return [] if any(is_type(value, name) for name in names) else [f"{where} is not {wanted}"]
    if word == "enum":
        return [] if value in wanted else [f"{where} is not one of {wanted}"]
    if word == "const":
        return [] if value == wanted else [f"{where} is not {wanted}"]
    if word in ("oneOf", "anyOf"):
        fitting = sum(not wrongs(document, option, value, where) for option in wanted)
        return [] if fitting == 1 or (fitting and word == "anyOf") else [f"{where} fits {fitting} of {word}"]
    if word in IGNORED:
        return []
    if isinstance(value, dict):
        if word == "required":
            return [f"{where} has no {name}" for name in wanted if name not in value]
        if word == "properties":
            return [wrong for name, part in wanted.items() if name in value
                    for wrong in wrongs(document, part, value[name], f"{where}.{name}")]
        if word == "additionalProperties":
            more = {name: part for name, part in value.items() if name not in schema.get("properties", {})}
            if isinstance(wanted, dict):
                return [wrong for name, part in more.items()
                        for wrong in wrongs(document, wanted, part, f"{where}.{name}")]
            return [] if wanted else [f"{where} has {name}" for name in more]
    if word == "items" and isinstance(value, list):
        return [wrong for i, part in enumerate(value) for wrong in wrongs(document, wanted, part, f"{where}[{i}]")]
    limits = {"minItems": (list, lambda n: len(value) >= n), "maxItems": (list, lambda n: len(value) <= n),
              "minLength": (str, lambda n: len(value) >= n), "maxLength": (str, lambda n: len(value) <= n),
              "minimum": ((int, float), lambda n: value >= n), "maximum": ((int, float), lambda n: value <= n),
              "exclusiveMinimum": ((int, float), lambda n: value > n)}
    if word in limits:
        kind, fits = limits[word]
        return [] if not isinstance(value, kind) or fits(wanted) else [f"{where} breaks {word} {wanted}"]
    if word == "pattern":
        import re
        return [] if not isinstance(value, str) or re.search(wanted, value) else [f"{where} does not match {wanted}"]
    if word in ("required", "properties", "additionalProperties", "items"):
        return []  # of another type
    raise ValueError(f"{where}: the keyword {word} is not known to this checker")

"""magscan for Python: photo in, elemental magnesium out. A thin layer over libmagscan's C functions (ctypes).

    import magscan

    scanner = magscan.Scanner()
    with open("bottle.jpg", "rb") as photo:
        report = scanner.scan(photo.read(), name="bottle.jpg")
    print(report["elemental_magnesium"]["per_serving_mg"])

Reports are dicts as docs/report.schema.json describes them. Make one Scanner and keep it: it may be used from any number
of threads at once, which run at the same time, for Python's lock is let go while libmagscan works. After os.fork() make
a new one in the child.

The library is $MAGSCAN_LIBRARY, or libmagscan.so.0 where the system looks for libraries.
"""
import ctypes
import json
import os

KINDS = {1: "usage", 2: "not_a_picture", 3: "set_up", 4: "cancelled", 5: "deadline", 6: "internal"}
STAGES = ("decode", "detect", "read", "understand")
FORMATS = {"gray8": 0, "rgb8": 1, "bgr8": 2, "rgba8": 3, "bgra8": 4}
DEPTHS = {"gray8": 1, "rgb8": 3, "bgr8": 3, "rgba8": 4, "bgra8": 4}  # bytes a pixel

_PROGRESS = ctypes.CFUNCTYPE(None, ctypes.c_int32, ctypes.c_double, ctypes.c_size_t, ctypes.c_void_p)
_CANCEL = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p)


class _ScannerOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("models", ctypes.c_char_p), ("tessdata", ctypes.c_char_p),
                ("threads", ctypes.c_int32), ("max_scans", ctypes.c_int32)]


class _ScanOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("name", ctypes.c_char_p), ("person", ctypes.c_char_p),
                ("jurisdiction", ctypes.c_char_p), ("deadline_ms", ctypes.c_int64), ("on_progress", _PROGRESS),
                ("is_cancelled", _CANCEL), ("user_data", ctypes.c_void_p)]


class _Pixels(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("width", ctypes.c_int32), ("height", ctypes.c_int32),
                ("stride", ctypes.c_size_t), ("format", ctypes.c_int32)]


class _Photo(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_char_p), ("size", ctypes.c_size_t), ("pixels", ctypes.POINTER(_Pixels)),
                ("name", ctypes.c_char_p)]


class _DoseQuestion(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("form", ctypes.c_char_p), ("amount", ctypes.c_char_p),
                ("basis", ctypes.c_char_p), ("units_per_serving", ctypes.c_double),
                ("servings_per_day", ctypes.c_double)]


def _load():
    library = ctypes.CDLL(os.environ.get("MAGSCAN_LIBRARY", "libmagscan.so.0"))
    pointer, size, result = ctypes.c_void_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_void_p)
    options = ctypes.POINTER(_ScanOptions)
    functions = {
        "version": (ctypes.c_char_p, []),
        "result_text": (ctypes.c_char_p, [pointer]),
        "result_photo": (size, [pointer]),
        "result_free": (None, [pointer]),
        "scanner_default_options": (None, [ctypes.POINTER(_ScannerOptions), size]),
        "scanner_create": (ctypes.c_int32, [ctypes.POINTER(_ScannerOptions), result, result]),
        "scanner_has_detector": (ctypes.c_int32, [pointer]),
        "scanner_free": (None, [pointer]),
        "scan_default_options": (None, [options, size]),
        "scan": (ctypes.c_int32, [pointer, ctypes.c_char_p, size, options, result]),
        "scan_pixels": (ctypes.c_int32, [pointer, ctypes.POINTER(_Pixels), options, result]),
        "scan_product": (ctypes.c_int32, [pointer, ctypes.POINTER(_Photo), size, options, result]),
        "parse_text": (ctypes.c_int32, [ctypes.c_char_p, size, options, result]),
        "parse_page": (ctypes.c_int32, [ctypes.c_char_p, size, options, result]),
        "dose_default_question": (None, [ctypes.POINTER(_DoseQuestion), size]),
        "calc": (ctypes.c_int32, [ctypes.POINTER(_DoseQuestion), result]),
    }
    for name, (answer, arguments) in functions.items():
        function = getattr(library, "magscan_" + name)
        function.restype, function.argtypes = answer, arguments
    return library


_lib = _load()


class Error(Exception):
    """`kind` is one of KINDS' words; `photo` says which of several photos it is about, counted from 0."""

    def __init__(self, kind, message, photo):
        super().__init__(message)
        self.kind, self.photo = kind, photo


def version():
    return _lib.magscan_version().decode()


def _text(value):
    return None if value is None else value.encode()


def _answer(call, *arguments):
    """Calls a function whose last argument is the result; the JSON as text."""
    result = ctypes.c_void_p()
    status = call(*arguments, ctypes.byref(result))
    try:
        text = _lib.magscan_result_text(result).decode()
        if status:
            raise Error(KINDS.get(status, "internal"), text, _lib.magscan_result_photo(result))
        return text
    finally:
        _lib.magscan_result_free(result)


def _options(name="", person=None, jurisdiction=None, deadline=None, on_progress=None, is_cancelled=None):
    options = _ScanOptions()
    _lib.magscan_scan_default_options(options, ctypes.sizeof(options))
    options.name, options.person, options.jurisdiction = _text(name), _text(person), _text(jurisdiction)
    if deadline is not None:
        options.deadline_ms = max(1, round(1000 * deadline))
    if on_progress:
        options.on_progress = _PROGRESS(lambda stage, share, photo, _: on_progress(STAGES[stage], share, photo))
    if is_cancelled:
        options.is_cancelled = _CANCEL(lambda _: 1 if is_cancelled() else 0)
    return options


class Scanner:
    """The models, shared by all threads.

    models: folder of the text detector; tessdata: of the recogniser's data; threads: that work on one photo, 0 for one
    a core; max_scans: photos read at once, 0 for one a core; further calls wait.
    """

    def __init__(self, models=None, tessdata=None, threads=1, max_scans=0):
        self._scanner = ctypes.c_void_p()
        options = _ScannerOptions()
        _lib.magscan_scanner_default_options(options, ctypes.sizeof(options))
        options.models, options.tessdata = _text(models), _text(tessdata)
        options.threads, options.max_scans = threads, max_scans
        _answer(_lib.magscan_scanner_create, options, ctypes.byref(self._scanner))

    def __del__(self):
        if _lib and getattr(self, "_scanner", None):
            _lib.magscan_scanner_free(self._scanner)

    @property
    def has_detector(self):
        return bool(_lib.magscan_scanner_has_detector(self._scanner))

    def scan(self, photo, **options):
        """The report of one photo: the bytes of a JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP.

        Options of this and the calls below, all optional: name (a file's name or an id), person ("pregnant", "age=12"
        ...), jurisdiction ("us", "eu" ...), and for photos deadline (seconds from now), on_progress(stage, share,
        photo), is_cancelled(). Raises Error.
        """
        return json.loads(self.scan_json(photo, **options))

    def scan_json(self, photo, **options):
        """The same as the line of JSON that `magscan scan --json` prints."""
        return _answer(_lib.magscan_scan, self._scanner, photo, len(photo), _options(**options))

    def scan_pixels(self, data, width, height, pixel_format, stride=0, **options):
        """Of upright pixels in bytes; pixel_format is one of FORMATS."""
        row = width * DEPTHS[pixel_format]
        if len(data) < (height - 1) * (stride or row) + row:
            raise Error("usage", "there are fewer bytes than pixels", 0)
        pixels = _Pixels(data, width, height, stride, FORMATS[pixel_format])
        return json.loads(_answer(_lib.magscan_scan_pixels, self._scanner, pixels, _options(**options)))

    def scan_product(self, photos, **options):
        """One report from two to six photos of one product: [(bytes, name), ...]."""
        all_photos = (_Photo * len(photos))(*[_Photo(data, len(data), None, _text(name)) for data, name in photos])
        return json.loads(
            _answer(_lib.magscan_scan_product, self._scanner, all_photos, len(photos), _options(**options)))


def parse(text, **options):
    """The report of a label's text, lines as printed. Needs no models."""
    data = text.encode()
    return json.loads(_answer(_lib.magscan_parse_text, data, len(data), _options(**options)))


def parse_page(page, **options):
    """Of a page that was read elsewhere (a dict as `magscan scan --page --json` prints it), or of a product's pages."""
    data = json.dumps(page).encode()
    return json.loads(_answer(_lib.magscan_parse_page, data, len(data), _options(**options)))


def calc(form, amount, basis="unknown", units_per_serving=0, servings_per_day=0):
    """How much magnesium an amount of a form is: a dict as docs/calc.schema.json describes it."""
    question = _DoseQuestion()
    _lib.magscan_dose_default_question(question, ctypes.sizeof(question))
    question.form, question.amount, question.basis = _text(form), _text(amount), _text(basis)
    question.units_per_serving, question.servings_per_day = units_per_serving, servings_per_day
    return json.loads(_answer(_lib.magscan_calc, question))

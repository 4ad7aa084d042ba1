/* magscan for C and every language that can call it: photo in, elemental magnesium out, as JSON.
 *
 *     #include <magscan/magscan.h>
 *
 *     magscan_scanner* scanner = NULL;
 *     magscan_result* result = NULL;
 *     if (magscan_scanner_create(NULL, &scanner, &result) == MAGSCAN_OK) {
 *         magscan_scan(scanner, bytes, size, NULL, &result);
 *         puts(magscan_result_text(result));    (the report, or what is wrong)
 *         magscan_result_free(result);
 *         magscan_scanner_free(scanner);
 *     } else {
 *         fputs(magscan_result_text(result), stderr);
 *         magscan_result_free(result);
 *     }
 *
 * Ownership: what a function puts into `*scanner` or `*result` is the caller's, to be freed once with
 * magscan_scanner_free or magscan_result_free; these take NULL, too. Strings that functions return belong to the result
 * (or to the library) and live as long as it does. Everything that is passed in stays the caller's and need only live
 * until the call returns; it is neither changed nor kept.
 *
 * Threads: make one scanner and keep it. Every function may be called at any time from any number of threads, on the
 * same scanner too; only free a scanner or a result when nobody uses it any more. Results never change.
 *
 * A call always ends with a status: it never throws, prints, or ends the process, and callbacks need not be set. What
 * of the host's state it changes is told in scanner.h. Strings are UTF-8 and end in a zero byte; NULL means "not told".
 *
 * Versions: structs that may grow begin with their size. Let magscan_..._default_options(&options, sizeof options) fill
 * them in, then set what is to differ. A library of the same SONAME takes the structs of every version before it.
 */
#ifndef MAGSCAN_MAGSCAN_H
#define MAGSCAN_MAGSCAN_H

/* NOLINTBEGIN(modernize-*,readability-identifier-naming): this is C. */
#include <stddef.h>
#include <stdint.h>

#include "magscan/export.h"
#include "magscan/version.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct magscan_scanner magscan_scanner; /* the shared models */
typedef struct magscan_result magscan_result;   /* the outcome of one call: a status and a text */

/* Always an int32_t in calls, whatever the compiler makes of enums. */
typedef int32_t magscan_status;
enum {
    MAGSCAN_OK = 0,
    MAGSCAN_USAGE = 1,         /* asked for what can't be done */
    MAGSCAN_NOT_A_PICTURE = 2, /* can't be read as a picture, or more than is allowed */
    MAGSCAN_SET_UP = 3,        /* the recogniser's data or the text detector is missing or damaged */
    MAGSCAN_CANCELLED = 4,     /* is_cancelled ended it */
    MAGSCAN_DEADLINE = 5,      /* deadline_ms passed before it was done */
    MAGSCAN_INTERNAL = 6       /* out of memory, or an error of magscan itself */
};

/* MAGSCAN_VERSION_STRING of the library that runs. */
MAGSCAN_API const char* magscan_version(void);

/* --- Results ------------------------------------------------------------------------------------------------------ */

/* Every call below that has a `result` puts one there, whether it succeeds or fails, unless `result` is NULL. It is
 * NULL only where there was no memory for it, and after a magscan_scanner_create that succeeded. */
MAGSCAN_API magscan_status magscan_result_status(const magscan_result* result); /* MAGSCAN_INTERNAL for NULL */

/* With MAGSCAN_OK one line of JSON; else one line that says what is wrong and what to do. Never NULL. */
MAGSCAN_API const char* magscan_result_text(const magscan_result* result);
MAGSCAN_API size_t magscan_result_size(const magscan_result* result); /* of the text, without its zero byte */

/* Which of several photos or pages an error is about, counted from 0. */
MAGSCAN_API size_t magscan_result_photo(const magscan_result* result);

MAGSCAN_API void magscan_result_free(magscan_result* result);

/* --- Scanner ------------------------------------------------------------------------------------------------------ */

typedef struct magscan_scanner_options {
    size_t size;          /* of this struct; set by magscan_scanner_default_options */
    const char* models;   /* NULL: $MAGSCAN_MODELS, else share/magscan/models beside the library's folder */
    const char* tessdata; /* NULL: where Tesseract looks by itself */
    int32_t threads;      /* that work on one photo, 1 to 64; 0: one a core. Default 1 */
    int32_t max_scans;    /* photos read at once, further calls wait; 0: one a core. Default 0 */
} magscan_scanner_options;

/* `size` is sizeof(magscan_scanner_options) as the caller was compiled. */
MAGSCAN_API void magscan_scanner_default_options(magscan_scanner_options* options, size_t size);

/* Loads the models, some 0.2 s. `options` may be NULL. */
MAGSCAN_API magscan_status magscan_scanner_create(const magscan_scanner_options* options, magscan_scanner** scanner,
                                                  magscan_result** result);

/* 1 where the neural text detector finds the lines, 0 where Tesseract has to. */
MAGSCAN_API int32_t magscan_scanner_has_detector(const magscan_scanner* scanner);

/* No call on it may be under way. */
MAGSCAN_API void magscan_scanner_free(magscan_scanner* scanner);

/* --- Photos ------------------------------------------------------------------------------------------------------- */

/* Stages as they begin: */
enum { MAGSCAN_STAGE_DECODE = 0, MAGSCAN_STAGE_DETECT = 1, MAGSCAN_STAGE_READ = 2, MAGSCAN_STAGE_UNDERSTAND = 3 };

/* `share`, 0..1, of the whole call is done by experience. Called on the thread that made the call. */
typedef void (*magscan_progress)(int32_t stage, double share, size_t photo, void* user_data);

/* Any value but 0 ends the call with MAGSCAN_CANCELLED. Asked before each look for text and each line of print;
 * with threads above 1 from several threads at once. */
typedef int32_t (*magscan_cancel)(void* user_data);

typedef struct magscan_scan_options {
    size_t size;              /* of this struct; set by magscan_scan_default_options */
    const char* name;         /* the report's source.name: a file's name or an id, never a path */
    const char* person;       /* "adult" (default), "pregnant", "lactating", "age=12", "age=6m", "sex=f", with commas */
    const char* jurisdiction; /* whose limits come first: "us", "eu", "uk", "ca", "au", "de", "no", "jp" */
    int64_t deadline_ms;      /* from the call on, from 1; 0: none. Default 0 */
    magscan_progress on_progress;
    magscan_cancel is_cancelled;
    void* user_data; /* for both callbacks */
} magscan_scan_options;

MAGSCAN_API void magscan_scan_default_options(magscan_scan_options* options, size_t size);

/* One photo of one product: JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP, up to 40 MB and 80 megapixels. `options` may be
 * NULL. The text is the report, as docs/report.schema.json describes it. */
MAGSCAN_API magscan_status magscan_scan(const magscan_scanner* scanner, const void* bytes, size_t size,
                                        const magscan_scan_options* options, magscan_result** result);

/* The order of a pixel's bytes in memory. */
enum { MAGSCAN_GRAY8 = 0, MAGSCAN_RGB8 = 1, MAGSCAN_BGR8 = 2, MAGSCAN_RGBA8 = 3, MAGSCAN_BGRA8 = 4 };

/* Upright pixels; picture.h tells what the report calls them. This struct does not grow. */
typedef struct magscan_pixels {
    const void* data; /* of the top left pixel */
    int32_t width;
    int32_t height;
    size_t stride;  /* bytes from a row to the next; 0: no gap between rows */
    int32_t format; /* MAGSCAN_GRAY8 ... */
} magscan_pixels;

MAGSCAN_API magscan_status magscan_scan_pixels(const magscan_scanner* scanner, const magscan_pixels* pixels,
                                               const magscan_scan_options* options, magscan_result** result);

/* One of several photos of a product: bytes of a file, or pixels where `pixels` is not NULL. This struct does not
 * grow. */
typedef struct magscan_photo {
    const void* bytes;
    size_t size;
    const magscan_pixels* pixels;
    const char* name;
} magscan_photo;

/* One report from two to six photos of one product. */
MAGSCAN_API magscan_status magscan_scan_product(const magscan_scanner* scanner, const magscan_photo* photos,
                                                size_t count, const magscan_scan_options* options,
                                                magscan_result** result);

/* --- Text and doses: milliseconds, no scanner needed -------------------------------------------------------------- */

/* A label's text, lines as printed, at most 1 MB. Of the options name, person and jurisdiction count. */
MAGSCAN_API magscan_status magscan_parse_text(const char* text, size_t size, const magscan_scan_options* options,
                                              magscan_result** result);

/* JSON of a page as `magscan scan --page --json` prints it (magscan/page.h), or a list of the one to six pages of one
 * product. */
MAGSCAN_API magscan_status magscan_parse_page(const char* json, size_t size, const magscan_scan_options* options,
                                              magscan_result** result);

typedef struct magscan_dose_question {
    size_t size;              /* of this struct; set by magscan_dose_default_question */
    const char* form;         /* as a label names it, in any of its languages */
    const char* amount;       /* "500mg", "0,5 g", "20 mmol"; of one serving */
    const char* basis;        /* whose weight it is: "compound", "elemental"; "unknown" is the default */
    double units_per_serving; /* 0: not told */
    double servings_per_day;  /* 0: not told */
} magscan_dose_question;

MAGSCAN_API void magscan_dose_default_question(magscan_dose_question* question, size_t size);

/* The text is the answer, as docs/calc.schema.json describes it. */
MAGSCAN_API magscan_status magscan_calc(const magscan_dose_question* question, magscan_result** result);

#ifdef __cplusplus
}
#endif
/* NOLINTEND(modernize-*,readability-identifier-naming) */

#endif

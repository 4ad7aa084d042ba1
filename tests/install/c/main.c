/* consumer PHOTO...: reads each photo from eight threads at once and prints its report, if all eight are the same. */
#include <magscan/magscan.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8 };

struct call {
    const magscan_scanner* scanner;
    const void* bytes;
    size_t size;
    const char* name;
    magscan_result* result;
};

static void* scan(void* of) {
    struct call* call = of;
    magscan_scan_options options;
    magscan_scan_default_options(&options, sizeof options);
    options.name = call->name;
    magscan_scan(call->scanner, call->bytes, call->size, &options, &call->result);
    return NULL;
}

/* Up to the timings, the last key. */
static int same(const char* a, const char* b) {
    const char* end = strstr(a, "\"timings_ms\"");
    return end != NULL && strncmp(a, b, (size_t)(end - a)) == 0;
}

static int report(const magscan_scanner* scanner, const char* path) {
    struct call calls[THREADS];
    pthread_t threads[THREADS];
    const char* slash = strrchr(path, '/');
    size_t size;
    char* bytes = malloc(40000000);
    int i, right = 1;
    FILE* file = fopen(path, "rb");
    if (file == NULL || bytes == NULL) return 0;
    size = fread(bytes, 1, 40000000, file);
    fclose(file);
    for (i = 0; i < THREADS; ++i) {
        calls[i].scanner = scanner;
        calls[i].bytes = bytes;
        calls[i].size = size;
        calls[i].name = slash == NULL ? path : slash + 1;
        calls[i].result = NULL;
        pthread_create(&threads[i], NULL, scan, &calls[i]);
    }
    for (i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    for (i = 0; i < THREADS; ++i) {
        right = right && same(magscan_result_text(calls[0].result), magscan_result_text(calls[i].result));
    }
    if (right) puts(magscan_result_text(calls[0].result));
    for (i = 0; i < THREADS; ++i) magscan_result_free(calls[i].result);
    free(bytes);
    return right;
}

int main(int count, char** values) {
    magscan_scanner* scanner = NULL;
    magscan_result* result = NULL;
    int i, right = 1;
    if (magscan_scanner_create(NULL, &scanner, &result) != MAGSCAN_OK) {
        fprintf(stderr, "%s\n", magscan_result_text(result));
        magscan_result_free(result);
        return 1;
    }
    for (i = 1; i < count; ++i) right = report(scanner, values[i]) && right;
    magscan_scanner_free(scanner);
    return right ? 0 : 1;
}

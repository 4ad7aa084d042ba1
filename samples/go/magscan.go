// Package magscan reads photos of magnesium supplements through libmagscan (cgo).
//
//	scanner, err := magscan.New(magscan.Options{})
//	if err != nil { ... }
//	defer scanner.Close()
//	report, err := scanner.Scan(ctx, photo, "bottle.jpg")    // JSON, as docs/report.schema.json describes it
//
// Make one Scanner and keep it; any number of goroutines may use it at once. Each scan holds a thread of the operating
// system while it runs.
package magscan

// #cgo pkg-config: magscan
// #include <stdlib.h>
// #include <magscan/magscan.h>
//
// static int32_t is_set(void* flag) { return __atomic_load_n((int32_t*)flag, __ATOMIC_RELAXED); }
// static void set(int32_t* flag) { __atomic_store_n(flag, 1, __ATOMIC_RELAXED); }
// static void cancel_by(magscan_scan_options* options, int32_t* flag) {
//     options->is_cancelled = is_set;
//     options->user_data = flag;
// }
import "C"

import (
	"context"
	"errors"
	"runtime"
	"time"
	"unsafe"
)

// Options: empty strings and zeros are libmagscan's defaults, but that Threads is 1.
type Options struct {
	Models   string // folder of the text detector
	Tessdata string // folder of the recogniser's data
	Threads  int    // that work on one photo
	MaxScans int    // photos read at once; further calls wait. 0: one a core
}

// Error tells what is wrong; Status is one of magscan.h's.
type Error struct {
	Status  int
	Message string
}

func (e *Error) Error() string { return e.Message }

// Scanner holds the models.
type Scanner struct{ handle *C.magscan_scanner }

// New loads the models, some 0.2 s.
func New(options Options) (*Scanner, error) {
	var all C.magscan_scanner_options
	C.magscan_scanner_default_options(&all, C.size_t(unsafe.Sizeof(all)))
	for _, folder := range []struct {
		name string
		to   **C.char
	}{{options.Models, &all.models}, {options.Tessdata, &all.tessdata}} {
		if folder.name != "" {
			*folder.to = C.CString(folder.name)
			defer C.free(unsafe.Pointer(*folder.to))
		}
	}
	if options.Threads != 0 {
		all.threads = C.int32_t(options.Threads)
	}
	all.max_scans = C.int32_t(options.MaxScans)
	var scanner Scanner
	var result *C.magscan_result
	status := C.magscan_scanner_create(&all, &scanner.handle, &result)
	if _, err := answer(status, result); err != nil {
		return nil, err
	}
	return &scanner, nil
}

// Close frees the models. No call may be under way.
func (s *Scanner) Close() {
	C.magscan_scanner_free(s.handle)
	s.handle = nil
}

// Scan gives the report of one photo as JSON. The context's deadline and end are followed.
func (s *Scanner) Scan(ctx context.Context, photo []byte, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// The options hold pointers, so they and what they point to live in C's memory.
	options := (*C.magscan_scan_options)(C.malloc(C.size_t(unsafe.Sizeof(C.magscan_scan_options{}))))
	flag := (*C.int32_t)(C.calloc(1, 4))
	defer C.free(unsafe.Pointer(options))
	defer C.free(unsafe.Pointer(flag))
	C.magscan_scan_default_options(options, C.size_t(unsafe.Sizeof(*options)))
	options.name = C.CString(name)
	defer C.free(unsafe.Pointer(options.name))
	if deadline, ok := ctx.Deadline(); ok {
		options.deadline_ms = C.int64_t(max(1, time.Until(deadline).Milliseconds()))
	}
	C.cancel_by(options, flag)
	done := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-ctx.Done():
			C.set(flag)
		case <-done:
		}
	}()
	var result *C.magscan_result
	var bytes unsafe.Pointer
	if len(photo) > 0 {
		bytes = unsafe.Pointer(&photo[0])
	}
	status := C.magscan_scan(s.handle, bytes, C.size_t(len(photo)), options, &result)
	runtime.KeepAlive(photo)
	close(done)
	<-watched
	report, err := answer(status, result)
	var failed *Error
	if errors.As(err, &failed) && failed.Status == C.MAGSCAN_CANCELLED {
		return nil, ctx.Err()
	}
	if failed != nil && failed.Status == C.MAGSCAN_DEADLINE {
		return nil, context.DeadlineExceeded
	}
	return report, err
}

// Parse gives the report of a label's text, lines as printed, as JSON. It needs no Scanner.
func Parse(text string) ([]byte, error) {
	c := C.CString(text)
	defer C.free(unsafe.Pointer(c))
	var result *C.magscan_result
	status := C.magscan_parse_text(c, C.size_t(len(text)), nil, &result)
	return answer(status, result)
}

// answer takes a result over.
func answer(status C.magscan_status, result *C.magscan_result) ([]byte, error) {
	defer C.magscan_result_free(result)
	if status != C.MAGSCAN_OK {
		return nil, &Error{int(status), C.GoString(C.magscan_result_text(result))}
	}
	return C.GoBytes(unsafe.Pointer(C.magscan_result_text(result)), C.int(C.magscan_result_size(result))), nil
}

func max(a, b int64) int64 {
	if a > b {
		return a
	}
	return b
}

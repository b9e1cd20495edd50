package pjrt

/*
#include "shim.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"unsafe"
)

// The kinds of failure a caller can tell apart with errors.Is.
var (
	ErrDeleted       = errors.New("the array has been deleted")
	ErrDonated       = errors.New("the array was donated to an earlier call, which used its memory for its results")
	ErrNoPlugin      = errors.New("no PJRT plugin found")
	ErrCorrupt       = errors.New("the PJRT plugin is damaged")
	ErrNotPlugin     = errors.New("not a PJRT plugin")
	ErrTooOld        = errors.New("the PJRT plugin is too old")
	ErrWrongPlatform = errors.New("the PJRT plugin is for another platform")
	ErrUntrusted     = errors.New("others can put code into the cache folder")
	ErrUnreadable    = errors.New("the PJRT plugin cannot be read")
	ErrPlatformName  = errors.New("unknown platform")
	ErrMemory        = errors.New("not enough memory")
	ErrDevice        = errors.New("arrays on different devices")
	ErrTooMany       = errors.New("too many programs that call Go functions")
)

// Codes of Error, as PJRT numbers them (absl's status codes).
const (
	CodeInvalidArgument   = 3
	CodeDeadlineExceeded  = 4
	CodeNotFound          = 5
	CodeAlreadyExists     = 6
	CodeResourceExhausted = 8
	CodeUnimplemented     = 12
	CodeInternal          = 13
	CodeUnavailable       = 14
	CodeUnauthenticated   = 16
)

// Error is a failure that the plugin reported, with its code and its own text.
type Error struct {
	Op   string // what was being done: "compile", "execute"
	Code int
	Text string
}

// Error is "pjrt: compile: <the plugin's text>".
func (e *Error) Error() string { return "pjrt: " + e.Op + ": " + e.Text }

// Is makes a plugin's RESOURCE_EXHAUSTED match ErrMemory.
func (e *Error) Is(target error) bool { return target == ErrMemory && e.Code == CodeResourceExhausted }

// take turns the plugin's error object into a Go error and frees it; nil stays nil.
func take(api C.gx_ref, op string, e unsafe.Pointer) error {
	if e == nil {
		return nil
	}
	var code C.int
	var s C.gx_str
	C.gx_error(api, e, &code, &s)
	err := &Error{Op: op, Code: int(code), Text: goText(s)}
	C.gx_error_free(api, e)
	return err
}

func goText(s C.gx_str) string {
	if s.p == nil {
		return ""
	}
	return C.GoStringN(s.p, C.int(s.n))
}

// kinded is an error with its own text that matches kind under errors.Is.
type kinded struct {
	kind error
	text string
}

func (e *kinded) Error() string { return e.text }
func (e *kinded) Unwrap() error { return e.kind }

// fail makes an error of the given kind: "<text>".
func fail(kind error, format string, a ...any) error {
	return &kinded{kind, "pjrt: " + fmt.Sprintf(format, a...)}
}

package kernels

/*
#include <stdlib.h>
#include "call.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/internal/hostfunc"
	"github.com/gojax/gojax/ir"
)

// GoCall is the name of the custom call that runs a Go function. Operand 0, an int64 scalar, is its number
// (internal/hostfunc); the others, and the results, are the function's. The attribute "rows" says how they are mapped
// (see ir.Rows), and "token" that the last operand is passed on as the last result.
const GoCall = "gojax_call_go"

// RegisterGoCall makes GoCall known to the platform; to do so again costs next to nothing. Go functions are called on
// cpu only.
func RegisterGoCall(platform string) error {
	if platform != "cpu" {
		return fmt.Errorf("kernels: Go functions cannot be called from programs on %s", platform)
	}
	if pjrt.HasKernelOn(GoCall, platform) {
		return nil
	}
	C.gojax_executing = (*[0]byte)(pjrt.Executing())
	return pjrt.RegisterFFI(GoCall, unsafe.Pointer(C.gojax_call_go), platform)
}

// dtypes are XLA's codes of element types.
var dtypes = map[C.int]ir.DType{1: ir.Bool, 2: ir.Int8, 3: ir.Int16, 4: ir.Int32, 5: ir.Int64, 6: ir.Uint8,
	7: ir.Uint16,
	8: ir.Uint32, 9: ir.Uint64, 10: ir.Float16, 11: ir.Float32, 12: ir.Float64, 15: ir.Complex64, 16: ir.BFloat16,
	18: ir.Complex128}

func arrays(l *C.gk_list) ([]ir.HostArray, error) {
	out := make([]ir.HostArray, int(l.n))
	for i, b := range unsafe.Slice(l.v, int(l.n)) {
		d, ok := dtypes[b._type]
		if !ok {
			return nil,
				fmt.Errorf("array %d has an element type (XLA's number %d) that Go functions cannot take", i, b._type)
		}
		a := ir.Aval{DType: d}
		for _, n := range unsafe.Slice(b.dims, int(b.rank)) {
			a.Shape = append(a.Shape, int(n))
		}
		out[i].Aval = a
		if n := a.Bytes(); n > 0 {
			out[i].Data = unsafe.Slice((*byte)(b.data), n)
		}
	}
	return out, nil
}

// gojaxCallGo runs the function that frame asks for and returns nil, or why it failed, in C's memory.
//
//export gojaxCallGo
func gojaxCallGo(frame *C.gk_frame) *C.char {
	done := make(chan *C.char)
	start(frame, func(message *C.char) { done <- message })
	return <-done
}

// gojaxStartGo starts the function that frame asks for. frame is gone when it returns; the arrays stay.
//
//export gojaxStartGo
func gojaxStartGo(frame *C.gk_frame) {
	api, future := frame.api, frame.future
	start(frame, func(message *C.char) { C.gojax_called(api, future, message) })
}

// start runs the function that frame asks for on a goroutine of its own, where whatever it does (panic, end the
// goroutine, use gojax) harms neither the thread, which may be XLA's, nor a trace that its goroutine has open. ended is
// told how it ended.
func start(frame *C.gk_frame, ended func(message *C.char)) {
	f, err := function(frame)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				err = panicked(r)
			}
			if err == nil {
				ended(nil)
			} else {
				ended(C.CString(strings.ReplaceAll(clip(err.Error()), "\x00", "")))
			}
		}()
		if err == nil {
			err = errors.New("the Go function ended its goroutine (runtime.Goexit) instead of returning")
			err = f()
		}
	}()
}

// clip leaves out the middle of a long text: functions that call each other through programs give one that grows with
// every program, and says at its end what happened first.
func clip(s string) string {
	const head, tail = 1 << 10, 1 << 10
	if len(s) <= head+tail {
		return s
	}
	return s[:head] + " ... " + s[len(s)-tail:]
}

// function is the call that frame asks for.
func function(frame *C.gk_frame) (func() error, error) {
	in, err := arrays(&frame.args)
	if err != nil {
		return nil, err
	}
	out, err := arrays(&frame.rets)
	if err != nil {
		return nil, err
	}
	if len(in) == 0 || in[0].DType != ir.Int64 || len(in[0].Data) != 8 {
		return nil, fmt.Errorf("%s: operand 0 is not the number of a function", GoCall)
	}
	id := *(*int64)(unsafe.Pointer(&in[0].Data[0]))
	f := hostfunc.Of(id)
	if f == nil {
		return nil, fmt.Errorf("%s: no function has the number %d", GoCall, id)
	}
	in = in[1:]
	if attribute(&frame.attrs, "token") != "" { // it comes last, and only passes through
		if len(in) == 0 || len(out) == 0 {
			return nil, fmt.Errorf("%s: the token is missing", GoCall)
		}
		copy(out[len(out)-1].Data, in[len(in)-1].Data)
		in, out = in[:len(in)-1], out[:len(out)-1]
	}
	rows, err := ir.ParseRows(attribute(&frame.attrs, "rows"))
	if err != nil {
		return nil, err
	}
	return func() error { return rows.Each(in, out, f) }, nil
}

func attribute(a *C.gk_attrs, name string) string {
	n := int(a.n)
	for i, s := range unsafe.Slice(a.names, n) {
		if C.GoStringN(s.p, C.int(s.n)) == name && unsafe.Slice(a.types, n)[i] == C.GK_ATTR_STRING {
			v := (*C.gk_span)(unsafe.Slice(a.v, n)[i])
			return C.GoStringN(v.p, C.int(v.n))
		}
	}
	return ""
}

// panicked is the error of a Go function that panicked with r, for a deferred function: with the line, unless r is an
// error that begins with it.
func panicked(r any) error {
	err, ok := r.(error)
	if !ok {
		err = fmt.Errorf("%v", r)
	}
	at := ""
	if line := ir.Sure(3).String(); !strings.HasPrefix(fmt.Sprint(r), line+": ") {
		at = " at " + line
	}
	return fmt.Errorf("the Go function panicked: %w%s", err, at)
}

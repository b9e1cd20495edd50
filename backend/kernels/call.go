package kernels

/*
#cgo LDFLAGS: -lm
#include <stdlib.h>
#include "call.h"
#include "parallel.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/internal/hostfunc"
	"github.com/gojax/gojax/ir"
)

func init() {
	take, give := pjrt.PoolFunctions()
	C.gk_memalign, C.gk_give = (*[0]byte)(take), (*[0]byte)(give)
}

// GoCall is the name of the custom call that runs a Go function. Operand 0, an int64 scalar, is its number
// (internal/hostfunc); the others, and the results, are the function's. The attribute "rows" says how they are mapped
// (see ir.Rows), "token" that the last operand is passed on as the last result, and "mesh" that what goes wrong is kept
// for FailureOf: a device whose program ends leaves the others waiting for it.
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

// dtypes are by XLA's numbers of element types.
var dtypes = [...]ir.DType{1: ir.Bool, 2: ir.Int8, 3: ir.Int16, 4: ir.Int32, 5: ir.Int64, 6: ir.Uint8, 7: ir.Uint16,
	8: ir.Uint32, 9: ir.Uint64, 10: ir.Float16, 11: ir.Float32, 12: ir.Float64, 15: ir.Complex64, 16: ir.BFloat16,
	18: ir.Complex128}

// goCall is one call: a function and its arrays.
type goCall struct {
	f       hostfunc.Entry
	kernel  string // the name of a kernel, "" for other functions
	mesh    bool
	rows    ir.Rows
	in, out []ir.HostArray
	// Memory for them: the arrays with the number and the token, and the lengths of all their axes.
	args, rets []ir.HostArray
	dims       []int
}

// append is a with the arrays of l.
func (c *goCall) append(a []ir.HostArray, l *C.gk_list) ([]ir.HostArray, error) {
	for i, b := range unsafe.Slice(l.v, int(l.n)) {
		if uint(b._type) >= uint(len(dtypes)) || dtypes[b._type] == ir.Invalid {
			return nil, fmt.Errorf("array %d has an element type (XLA's number %d) that Go functions cannot take", i,
				b._type)
		}
		first := len(c.dims)
		for _, n := range unsafe.Slice(b.dims, int(b.rank)) {
			c.dims = append(c.dims, int(n))
		}
		h := ir.HostArray{Aval: ir.Aval{DType: dtypes[b._type], Shape: c.dims[first:len(c.dims):len(c.dims)]}}
		if n := h.Bytes(); n > 0 {
			h.Data = unsafe.Slice((*byte)(b.data), n)
		}
		a = append(a, h)
	}
	return a, nil
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
	c := new(goCall)
	err := c.read(frame)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				err = hostfunc.Panicked(r)
			}
			if c.mesh && err != nil {
				kept := err
				failure.CompareAndSwap(nil, &kept)
				for _, a := range c.out {
					clear(a.Data)
				}
				err = nil
			}
			ended(message(err))
		}()
		if err == nil {
			err = errGoexit
			err = c.rows.Each(c.in, c.out, c.f.Func)
		}
	}()
}

// failure is what went wrong in a program over a mesh, of which one at a time calls Go functions.
var failure atomic.Pointer[error]

// FailureOf is the error of run, which runs a program over a mesh to its end, or of a Go function that it calls. One
// such program runs at a time.
func FailureOf(run func() error) error {
	oneMesh.Lock()
	defer oneMesh.Unlock()
	failure.Store(nil)
	err := run()
	if f := failure.Load(); f != nil {
		return fmt.Errorf("%s", clip((*f).Error()))
	}
	return err
}

var oneMesh sync.Mutex

var errGoexit = errors.New("the Go function ended its goroutine (runtime.Goexit) instead of returning")

// message is the text of an error in C's memory, nil for none.
func message(err error) *C.char {
	if err == nil {
		return nil
	}
	return C.CString(strings.ReplaceAll(clip(err.Error()), "\x00", ""))
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

// read makes c what frame asks for.
func (c *goCall) read(frame *C.gk_frame) (err error) {
	c.mesh = attribute(&frame.attrs, "mesh") != ""
	c.kernel = attribute(&frame.attrs, "kernel")
	c.dims = c.dims[:0]
	if c.args, err = c.append(c.args[:0], &frame.args); err != nil {
		return err
	}
	if c.rets, err = c.append(c.rets[:0], &frame.rets); err != nil {
		return err
	}
	c.in, c.out = c.args, c.rets
	if len(c.in) == 0 || c.in[0].DType != ir.Int64 || len(c.in[0].Data) != 8 {
		return fmt.Errorf("%s: operand 0 is not the number of a function", GoCall)
	}
	id := *(*int64)(unsafe.Pointer(&c.in[0].Data[0]))
	if c.f = hostfunc.Of(id); c.f.Func == nil {
		return fmt.Errorf("%s: no function has the number %d", GoCall, id)
	}
	c.in = c.in[1:]
	if attribute(&frame.attrs, "token") != "" { // it comes last, and only passes through
		if len(c.in) == 0 || len(c.out) == 0 {
			return fmt.Errorf("%s: the token is missing", GoCall)
		}
		copy(c.out[len(c.out)-1].Data, c.in[len(c.in)-1].Data)
		c.in, c.out = c.in[:len(c.in)-1], c.out[:len(c.out)-1]
	}
	c.rows, err = ir.ParseRows(attribute(&frame.attrs, "rows"))
	return err
}

// attribute is the value of a text among the attributes, "" if there is none.
func attribute(a *C.gk_attrs, name string) string {
	n := int(a.n)
	types := unsafe.Slice(a.types, n)
	for i, s := range unsafe.Slice(a.names, n) {
		if unsafe.String((*byte)(unsafe.Pointer(s.p)), int(s.n)) == name && types[i] == C.GK_ATTR_STRING {
			v := (*C.gk_span)(unsafe.Slice(a.v, n)[i])
			return C.GoStringN(v.p, C.int(v.n))
		}
	}
	return ""
}

// Package hostfunc numbers the Go functions that compiled programs call: a program is passed the number, and the
// handler of its custom call finds the function by it.
package hostfunc

import (
	"fmt"
	"strings"
	"sync"

	"github.com/gojax/gojax/ir"
)

// Func is a Go function as a compiled program calls it: it reads in and fills out.
type Func func(in, out []ir.HostArray) error

// Entry is what a number stands for.
type Entry struct {
	Func
	// Batch, where there is one, does all rows of a mapped axis at once.
	Batch BatchFunc
}

// BatchFunc is a Func over an axis, which comes first in the operands that the level marks, and in all results.
type BatchFunc func(l ir.Level, in, out []ir.HostArray) error

// Recovered calls f and makes an error of a panic.
func (f Func) Recovered(in, out []ir.HostArray) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = Panicked(r)
		}
	}()
	return f(in, out)
}

// Panicked is the error of a Go function that panicked with r, for a deferred function: with the line, unless r is an
// error that begins with it.
func Panicked(r any) error {
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

var registered = struct {
	sync.RWMutex
	last int64
	m    map[int64]Entry
}{m: map[int64]Entry{}}

// Register gives e a number, which it has until Drop.
func Register(e Entry) (id int64) {
	registered.Lock()
	defer registered.Unlock()
	registered.last++
	registered.m[registered.last] = e
	return registered.last
}

// Drop forgets the function of number id.
func Drop(id int64) {
	registered.Lock()
	defer registered.Unlock()
	delete(registered.m, id)
}

// Of is what the number id stands for, without a Func if that is nothing (any more).
func Of(id int64) Entry {
	registered.RLock()
	defer registered.RUnlock()
	return registered.m[id]
}

// Package hostfunc numbers the Go functions that compiled programs call: a program is passed the number, and the
// handler of its custom call finds the function by it.
package hostfunc

import (
	"sync"

	"github.com/gojax/gojax/ir"
)

// Func is a Go function as a compiled program calls it: it reads in and fills out.
type Func func(in, out []ir.HostArray) error

var registered = struct {
	sync.RWMutex
	last int64
	m    map[int64]Func
}{m: map[int64]Func{}}

// Register gives f a number, which it has until Drop.
func Register(f Func) (id int64) {
	registered.Lock()
	defer registered.Unlock()
	registered.last++
	registered.m[registered.last] = f
	return registered.last
}

// Drop forgets the function of number id.
func Drop(id int64) {
	registered.Lock()
	defer registered.Unlock()
	delete(registered.m, id)
}

// Of is the function of number id, nil if there is none (any more).
func Of(id int64) Func {
	registered.RLock()
	defer registered.RUnlock()
	return registered.m[id]
}

package jit

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"sync"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
)

// notices is where the library says what a user should know.
var notices io.Writer = os.Stderr

// logCompiles is GOJAX_LOG_COMPILES: every compilation is written to stderr as a line, with its reason and time.
var logCompiles = sync.OnceValue(func() bool { return pjrt.Flag("GOJAX_LOG_COMPILES", false) })

// noteStatic says once that a static number makes one program after the other: when its fourth value is compiled.
func (f *Func) noteStatic(en *Entry) {
	last := f.last.Load()
	if last == nil || last.x64 != en.x64 || len(last.defs) != len(en.defs) {
		return
	}
	changes := last.changes(en.defs)
	if len(changes) != 1 || !isNumber(changes[0].Static) || !slices.EqualFunc(en.in, last.in, ir.Aval.Equal) {
		return
	}
	c := changes[0]
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.statics == nil {
		f.statics = map[string]int{}
	}
	if f.statics[c.Path]++; f.statics[c.Path] == 3 && en.src != 0 {
		fmt.Fprintf(notices, "gojax: %v: %s is compiled for the 4th time, since %s (%v) had 4 values, and each makes "+
			"a program of its own: pass an array, jnp.AsArray of the number, and one program does for all "+
			"(said once)\n", en.src, f.Name, c.Path, c.Static)
	}
}

// isNumber reports whether t is a type of numbers; those that have a name of their own may be anything but quantities.
func isNumber(t reflect.Type) bool {
	if t == nil {
		return false
	}
	switch t.Kind() {
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return true
	}
	return t.PkgPath() == "" && (reflect.Zero(t).CanInt() || reflect.Zero(t).CanUint())
}

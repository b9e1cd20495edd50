package ir

import (
	"reflect"
	"runtime"
	"testing"
)

// small is inlined into its callers: the return addresses that frames finds lie in them.
func small() Src { return Here(0) }

//go:noinline
func large(f func() Src) Src { return f() }

func deep(n int) Src {
	if n == 0 {
		return Here(0)
	}
	return deep(n - 1)
}

func lineOf() int {
	_, _, line, _ := runtime.Caller(1)
	return line
}

// TestHereAgrees compares the fast way to a place with the runtime's: through inlined functions, reflection, a
// goroutine, a deferred call and a stack deeper than is looked at.
func TestHereAgrees(t *testing.T) {
	var got [12]Src
	var want [12]int
	for range 3 { // the first time a place is new, then it is found again
		i := 0
		at := func(s Src, line int) {
			got[i], want[i] = s, line
			i++
		}
		at(Here(0), lineOf())
		a, b := Here(0), Here(0)
		at(a, lineOf()-1)
		at(b, lineOf()-2)
		at(large(func() Src { return Here(0) }), lineOf())
		at(large(func() Src {
			return Here(0)
		}), lineOf()-1)
		at(reflect.ValueOf(func() Src { return Here(0) }).Call(nil)[0].Interface().(Src), lineOf())
		mk := reflect.MakeFunc(reflect.TypeFor[func() Src](),
			func([]reflect.Value) []reflect.Value { return []reflect.Value{reflect.ValueOf(Here(0))} })
		at(mk.Interface().(func() Src)(), lineOf()-1)
		c := make(chan Src)
		go func() { c <- Here(0) }()
		at(<-c, lineOf()-1)
		func() {
			defer func() { at(Here(0), lineOf()) }()
		}()
	}
	for i, s := range got {
		if want[i] == 0 {
			continue
		}
		if _, line := s.Position(); line != want[i] {
			t.Errorf("case %d: line %d, want %d", i, line, want[i])
		}
	}
	if s, r := small(), small(); s == r {
		t.Error("two calls of an inlined function on one line are one place")
	}
	if s, r := deep(40), deep(40); s != r || s == 0 {
		t.Error("a place deep in the stack is not found again")
	}
}

// Two places that differ only beyond the frames that Here looks at must not be taken for each other: what a Src holds
// must be on the stack of every place that it was given to.
func TestHereBeyondTheChain(t *testing.T) {
	var down func(n, skip int) (Src, []uintptr)
	down = func(n, skip int) (Src, []uintptr) {
		if n > 0 {
			return down(n-1, skip)
		}
		pc := make([]uintptr, 2*maxPCs)
		return Here(skip), pc[:runtime.Callers(skip+1, pc)]
	}
	for n := range maxPCs + 8 {
		for skip := range 5 {
			for _, place := range []func() (Src, []uintptr){
				func() (Src, []uintptr) { return down(n, skip) },
				func() (Src, []uintptr) {
					return down(n, skip)
				},
			} {
				s, stack := place()
				for i, pc := range srcs.list[s-1].pc[1:] { // the first is the line within down
					if pc != 0 && pc != stack[i+1] {
						t.Fatalf("depth %d, skip %d: frame %d of the place is not on the stack", n, skip, i+1)
					}
				}
			}
		}
	}
}

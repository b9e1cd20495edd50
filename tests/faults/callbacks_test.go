package faults

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
)

type arr = jnp.Array

// nested is a jitted function that calls itself n levels deep, through Go functions; each level adds 1.
func nested() func(x arr, n int) arr {
	var f func(x arr, n int) arr
	f = gojax.Jit(func(x arr, n int) arr {
		if n == 0 {
			return x
		}
		return gojax.PureCallback(func(x arr) arr { return f(x, n-1) }, x, x).Add(1)
	})
	return f
}

// A device of XLA's takes 32 programs at a time, and a program that waits for another holds its place.
func TestNestedCallbacks(t *testing.T) {
	threads := limits{memory: 64 << 30} // each program has a thread, of which the stack counts as written to
	t.Run("deep", func(t *testing.T) {
		child(t, threads, func(t *testing.T) {
			f := nested()
			for _, n := range []int{31, 32, 33, 64, 300} {
				if y := f(jnp.Ones(3), n).Sum().Item(); y != float64(3*n+3) {
					t.Errorf("%d levels give %v", n, y)
				}
			}
		})
	})
	t.Run("too deep", func(t *testing.T) {
		child(t, threads, func(t *testing.T) {
			f := nested()
			err := gojax.Try(func() { f(jnp.Ones(3), 4000) })
			if e := (*gojax.Error)(nil); !errors.As(err, &e) ||
				!strings.Contains(err.Error(), "started by Go functions") || len(err.Error()) > 4000 {
				t.Error(err)
			}
			if y := f(jnp.Ones(), 40).Item(); y != 41 {
				t.Errorf("afterwards it gives %v", y)
			}
		})
	})
	t.Run("without end", func(t *testing.T) {
		child(t, threads, func(t *testing.T) {
			var f func(x arr) arr
			f = gojax.Jit(func(x arr) arr { return gojax.PureCallback(func(x arr) arr { return f(x) }, x, x) })
			if err := gojax.Try(func() { f(jnp.Ones(3)) }); err == nil {
				t.Error("a function without end has ended")
			}
		})
	})
	t.Run("beside each other", func(t *testing.T) { // some on threads of XLA's pool, which the others need
		child(t, threads, func(t *testing.T) {
			var f func(x arr, n int) arr
			f = gojax.Jit(func(x arr, n int) arr {
				s := jnp.Sort(x.Add(1))
				for i := 0; n > 0 && i < 6; i++ {
					s = s.Add(gojax.PureCallback(func(x arr) arr { return f(x, n-1) }, x, jnp.Sort(x.Add(i))))
				}
				return s
			})
			if y := f(jnp.Ones(20000), 3).Index(7).Item(); y != 2333 { // 259 x + 2074
				t.Error(y)
			}
		})
	})
	t.Run("on many goroutines", func(t *testing.T) {
		child(t, threads, func(t *testing.T) {
			f := nested()
			var wg sync.WaitGroup
			for i := range 100 {
				wg.Go(func() {
					if y := f(jnp.Full(nil, float32(i)), 5).Item(); y != float64(i+5) {
						t.Errorf("goroutine %d got %v", i, y)
					}
				})
			}
			wg.Wait()
		})
	})
}

// The Go functions of many programs wait for each other; more programs than there may be wait for their turn.
func TestCallbacksInFlight(t *testing.T) {
	for _, n := range []int{32, 33, 200} {
		t.Run(fmt.Sprint(n, " that wait for each other"), func(t *testing.T) {
			child(t, limits{memory: 64 << 30}, func(t *testing.T) {
				var all, wg sync.WaitGroup
				all.Add(n)
				f := gojax.Jit(func(x arr) arr {
					debug.Callback(func(x arr) { all.Done(); all.Wait() }, x)
					return x.Add(1)
				})
				for range n {
					wg.Go(func() { f(jnp.Ones(3)) })
				}
				wg.Wait()
			})
		})
	}
	t.Run("a crowd", func(t *testing.T) {
		child(t, limits{memory: 64 << 30}, func(t *testing.T) {
			var wg sync.WaitGroup
			var calls atomic.Int64
			f := gojax.Jit(gojax.Vmap(func(x arr) arr {
				return gojax.PureCallback(func(x arr) arr { calls.Add(1); runtime.Gosched(); return x.Mul(2) }, x, x)
			}))
			for i := range 3000 {
				wg.Go(func() {
					if y := f(jnp.Full([]int{2}, float32(i))); y.Index(1).Item() != float64(2*i) {
						t.Errorf("goroutine %d got %v", i, y)
					}
				})
			}
			wg.Wait()
			if calls.Load() != 6000 {
				t.Errorf("%d calls", calls.Load())
			}
		})
	})
}

// What a Go function does to the goroutine that it is called on is the caller's error, and nobody else's.
func TestCallbackEnds(t *testing.T) {
	child(t, limits{}, func(t *testing.T) {
		var nobody *textError
		for _, c := range []struct {
			name string
			f    func(x arr)
			want string
		}{
			{"panic", func(arr) { panic("bang") }, "panicked: bang at callbacks_test.go:"},
			{"an error without text", func(arr) { panic(nobody) }, "panicked"},
			{"of Go's", func(x arr) { _ = x.Shape()[x.NDim()] }, "out of range"},
			{"Goexit", func(arr) { runtime.Goexit() }, "Goexit"},
			{"Wait", func(arr) { debug.Wait() }, "cannot wait"},
			{"zero bytes", func(arr) { panic("a\x00b") }, "ab"},
			{"long", func(arr) { panic(strings.Repeat("long", 1<<20)) }, " ... "},
		} {
			f := gojax.Jit(func(x arr) arr { debug.Callback(c.f, x); return x })
			err := gojax.Try(func() { f(jnp.Ones(2)) })
			if e := (*gojax.Error)(nil); !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

type textError struct{ s string }

func (e *textError) Error() string { return e.s }

// The executable of a program that calls Go functions does not keep what the program's rules hold.
func TestRulesGo(t *testing.T) {
	var kept atomic.Int32
	kept.Store(1)
	func() {
		captured := new([1000]int64)
		runtime.AddCleanup(captured, func(int) { kept.Store(0) }, 0)
		f := gojax.CustomVJP(
			func(x arr) arr { return gojax.PureCallback(func(x arr) arr { return x.Mul(2) }, x, x) },
			func(x arr) (arr, arr) { return x, x },
			func(x, ct arr) arr { return ct.Mul(len(captured)) })
		gojax.Jit(f)(jnp.Ones(2))
	}()
	if leak.Settle(func() int { return int(kept.Load()) }, 0) > 0 {
		t.Error("the rule is still there")
	}
}

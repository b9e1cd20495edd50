package badinput_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// A traced array has no elements: each use of it as a Go value is told what to do instead.
func TestTracedAsGoValue(t *testing.T) {
	x := jnp.Ones(3)
	check(t, []mistake{
		{"Item", func() { gojax.Jit(func(a arr) arr { return a.Mul(a.Sum().Item()) })(x) },
			saysAbove("Item(float32[])", "traced", "lax.Cond")},
		{"if", func() { gojax.Jit(func(a arr) arr { return branch(a.Sum().Gt(0).Item() != 0, a) })(x) },
			saysAbove("Item(bool[])", "traced", "jnp.Where or lax.Cond")},
		{"ItemOf", func() { gojax.Jit(func(a arr) arr { return a.Mul(jnp.ItemOf[float32](a.Sum())) })(x) },
			saysAbove("jnp.ItemOf(float32[])", "traced")},
		{"ToSlice", func() { gojax.Jit(func(a arr) arr { return a.Mul(jnp.ToSlice[float32](a)[0]) })(x) },
			saysAbove("jnp.ToSlice(float32[3])", "traced")},
		{"CopyTo", func() { gojax.Jit(func(a arr) arr { jnp.CopyTo(make([]float32, 3), a); return a })(x) },
			saysAbove("jnp.CopyTo(float32[3])", "traced")},
		{"Device", func() { gojax.Jit(func(a arr) arr { a.Device(); return a })(x) },
			saysAbove("Device(float32[3])", "traced")},
		{"loop bound", func() { gojax.Jit(func(a arr) arr { return times(int(a.Sum().Item()), a) })(x) },
			saysAbove("Item(float32[])", "traced")},
		{"shape", func() { gojax.Jit(func(a arr) arr { return jnp.Zeros(int(a.Sum().Item())) })(x) },
			saysAbove("Item(float32[])", "traced")},
		{"mask", func() { gojax.Jit(func(a arr) arr { return a.Index(a.Gt(0)) })(x) },
			saysAbove("Index(float32[3])", "traced", "jnp.Where")},
		{"Nonzero", func() { gojax.Jit(func(a arr) arr { return jnp.Nonzero(a)[0] })(x) },
			saysAbove("jnp.Nonzero(float32[3])", "traced")},
		{"repeats", func() { gojax.Jit(func(a arr) arr { return jnp.Repeat(a, a.AsType(jnp.Int32)) })(x) },
			saysAbove("jnp.Repeat(float32[3]", "traced")},
		{"slice bound", func() { gojax.Jit(func(a arr) arr { return a.Index(jnp.S(0, a.Sum())) })(x) },
			saysAbove("jnp.S", "jnp.DS")},
		{"under Vmap", func() { gojax.Vmap(func(a arr) arr { return a.Mul(a.Item()) })(x) },
			saysAbove("Item(float32[])", "traced", "Vmap")},
		{"in a branch", func() {
			gojax.Jit(func(a arr) arr { return either(func() arr { return a.Mul(a.Sum().Item()) }, a) })(x)
		}, saysAbove("Item(float32[])", "traced")},
		{"in a loop",
			func() { lax.ForiLoop(jnp.AsArray(0), jnp.AsArray(3), func(i, c arr) arr { return c.Mul(i.Item()) }, x) },
			saysAbove("Item(", "traced", "ForiLoop")},
		{"on a goroutine", func() {
			gojax.Jit(func(a arr) arr { return elsewhere(func() arr { return a.Mul(a.Sum().Item()) }) })(x)
		}, saysAbove("Item(float32[])", "traced")},
	})
}

func branch(b bool, x arr) arr {
	if b {
		return x
	}
	return x.Neg()
}

// either is f's result where x has a positive sum, else x: both are traced.
func either(f func() arr, x arr) arr {
	return lax.Cond(x.Sum().Gt(0), f, func() arr { return x })
}

func times(n int, x arr) arr {
	for range n {
		x = x.Add(x)
	}
	return x
}

// elsewhere runs f on another goroutine and passes its panic on.
func elsewhere(f func() arr) (x arr) {
	var err any
	var wg sync.WaitGroup
	wg.Go(func() {
		defer func() { err = recover() }()
		x = f()
	})
	wg.Wait()
	if err != nil {
		panic(err)
	}
	return x
}

// fmt shows a traced, a zero, a deleted and a mistaken array in every verb, and never panics.
func TestPrinting(t *testing.T) {
	const verbs = "%v %+v %#v %s"
	var traced string
	x := jnp.Ones(3)
	gojax.Jit(func(a arr) arr {
		traced = fmt.Sprintf(verbs, a, a, a, a) + fmt.Sprint(struct{ A arr }{a})
		return a
	})(x)
	if strings.Contains(traced, "PANIC") || strings.Count(traced, "float32[3]") < 4 {
		t.Errorf("a traced array prints as %s", traced)
	}
	d := jnp.Ones(3)
	d.Delete()
	for name, a := range map[string]arr{"zero": {}, "deleted": d, "empty": jnp.Ones(0, 3)} {
		if s := fmt.Sprintf(verbs, a, a, a, a); s == "" || strings.Contains(s, "PANIC") {
			t.Errorf("the %s array prints as %s", name, s)
		}
	}
}

// An array that outlives its trace is refused wherever it is used, and the message says where it was made.
func TestLeaks(t *testing.T) {
	x := jnp.Ones(3)
	var leak, mapped, looped arr
	gojax.Jit(func(a arr) arr { leak = a.Add(1); return a })(x)
	gojax.Vmap(func(a arr) arr { mapped = a.Add(1); return a })(x)
	lax.ForiLoop(jnp.AsArray(0), jnp.AsArray(3), func(i, c arr) arr { looped = c.Add(1); return looped }, x)
	made := "made at traced_test.go:"
	check(t, []mistake{
		{"Add", func() { leak.Add(x) }, says("jnp.Add(float32[3], float32[3])", "after its trace", made)},
		{"added", func() { x.Add(leak) }, says("jnp.Add(float32[3], float32[3])", "after its trace", made)},
		{"Sum", func() { leak.Sum() }, says("after its trace", made)},
		{"Std", func() { leak.Std() }, says("after its trace", made)},
		{"Item", func() { leak.Sum().Item() }, says("after its trace", made)},
		{"ToSlice", func() { jnp.ToSlice[float32](leak) }, says("jnp.ToSlice(float32[3])", "trace")},
		{"Jit's argument", func() { gojax.Jit(func(a arr) arr { return a })(leak) }, says("after its trace", made)},
		{"Jit's argument, known type", func() { square(leak) }, says("after its trace", made).by("gojax.Jit")},
		{"in a tree", func() { gojax.Jit(func(a []arr) arr { return a[0] })([]arr{leak}) },
			saysAbove("after its trace", made)},
		{"captured by Jit", func() { gojax.Jit(func(a arr) arr { return a.Add(leak) })(x) },
			saysAbove("after its trace", made)},
		{"returned from Jit", func() { gojax.Jit(func(a arr) arr { return leak })(x) }, says("after its trace", made)},
		{"Vmap's argument", func() { gojax.Vmap(func(a arr) arr { return a.Add(1) })(leak) },
			saysAbove("after its trace", made)},
		{"of Vmap", func() { mapped.Add(1) }, says("after its trace", made)},
		{"of Vmap, in Vmap", func() { gojax.Vmap(func(a arr) arr { return a.Add(mapped) })(x) },
			saysAbove("after its trace", made)},
		{"of a loop", func() { looped.Add(1) }, says("after its trace", made)},
		{"in a branch", func() { lax.Cond(x.Sum().Gt(0), func() arr { return leak }, func() arr { return x }) },
			saysAbove("after its trace", made)},
		{"Set", func() { x.At(0).Set(leak.Index(0)) }, says("after its trace", made)},
		{"index", func() { x.Index(leak.AsType(jnp.Int32)) }, says("after its trace", made)},
		{"on a goroutine", func() { elsewhere(func() arr { return leak.Add(1) }) }, says("after its trace", made)},
		{"BlockUntilReady", func() { leak.BlockUntilReady().Add(1) }, says("after its trace", made)},
		{"DevicePut", func() { gojax.DevicePut(leak, nil).Add(1) }, says("after its trace", made)},
	})
	if s := fmt.Sprint(leak, mapped); strings.Contains(s, "PANIC") {
		t.Errorf("a leaked array prints as %s", s)
	}
}

// What goes wrong in the user's own code passes through and leaves no trace open: a panic of another kind, an exit of
// the goroutine, a jitted function that calls itself on the same types.
func TestUsersOwnPanics(t *testing.T) {
	x := jnp.Ones(3)
	for name, f := range map[string]func(){
		"Jit":       func() { gojax.Jit(func(a arr) arr { panic("mine") })(x) },
		"Vmap":      func() { gojax.Vmap(func(a arr) arr { panic("mine") })(x) },
		"Cond":      func() { lax.Cond(x.Sum().Gt(0), func() arr { panic("mine") }, func() arr { return x }) },
		"WhileLoop": func() { lax.WhileLoop(func(a arr) arr { panic("mine") }, func(a arr) arr { return a }, x) },
		"Apply":     func() { x.At(0).Apply(func(a arr) arr { panic("mine") }) },
		"X64":       func() { gojax.WithX64(true, func() { panic("mine") })() },
		"nested":    func() { gojax.Jit(gojax.Vmap(gojax.Jit(func(a arr) arr { panic("mine") })))(x) },
	} {
		func() {
			defer func() {
				if r := recover(); r != "mine" {
					t.Errorf("%s: the user's panic became %v", name, r)
				}
			}()
			_ = gojax.Try(f)
		}()
		works(t)
		if gojax.X64Enabled() {
			t.Errorf("%s left 64-bit types on", name)
		}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		gojax.Jit(func(a arr) arr { runtime.Goexit(); return a })(x)
	}()
	<-done
	works(t)
}

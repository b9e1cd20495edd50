package badinput_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tests/leak"
)

type list struct {
	X    arr
	Next *list
}

type hidden struct {
	X arr
	n int
}

// Functions that cannot be transformed, and results that are no arrays.
func TestFunctions(t *testing.T) {
	x := jnp.Ones(3)
	id := func(a arr) arr { return a }
	var none func(arr) arr
	check(t, []mistake{
		{"Jit of a number", func() { gojax.Jit(3) }, says("Jit", "want a function", "int")},
		{"Jit of nil", func() { gojax.Jit(none) }, says("Jit", "want a function", "nil")},
		{"Jit of an any that is nil", func() { gojax.Jit[any](nil) }, says("Jit", "want a function", "nil")},
		{"Vmap of a number", func() { gojax.Vmap(3) }, says("Vmap", "int")},
		{"Vmap of nil", func() { gojax.Vmap(none) }, says("Vmap", "nil")},
		{"WithX64 of a number", func() { gojax.WithX64(true, 3) }, says("WithX64", "want a function", "int")},
		{"WithX64 of nil", func() { gojax.WithX64(true, none) }, says("WithX64", "nil")},
		{"WithX64 of a nil func()", func() { gojax.WithX64[func()](true, nil) }, says("WithX64", "nil")},
		{"Lower of a number", func() { gojax.Lower(3) }, says("Lower", "want a function")},
		{"MakeProgram of nil", func() { gojax.MakeProgram(none) }, says("MakeProgram", "want a function")},
		{"no result", func() { gojax.Jit(func(arr) {}) }, says("returns nothing")},
		{"result int", func() { gojax.Jit(func(arr) int { return 1 }) }, says("results[0] is int", "jnp.Array")},
		{"result error", func() { gojax.Jit(func(a arr) (arr, error) { return a, nil }) }, says("results[1] is error")},
		{"result struct without arrays", func() { gojax.Jit(func(arr) struct{ N int } { return struct{ N int }{} }) },
			saysAbove("results[0]", "not an array")},
		{"result any that is text", func() { gojax.Jit(func(a arr) any { return "text" })(x) },
			saysAbove("results[0]", "text")},
		{"result any that is nil", func() { gojax.Jit(func(a arr) any { return nil })(x) }, says("results[0]", "nil")},
		{"result channel", func() { gojax.Jit(func(a arr) chan int { return nil }) }, says("results[0]", "chan int")},
		{"result func", func() { gojax.Jit(func(a arr) func() { return nil }) }, says("results[0]", "func()")},
		{"result in an any", func() { gojax.Jit(func(a arr) any { return []any{a, make(chan int)} })(x) },
			saysAbove("[1]", "chan int")},
		{"Vmap's result channel", func() { gojax.Vmap(func(a arr) chan int { return nil }) }, says("Vmap", "chan int")},
		{"unexported field", func() { gojax.Jit(func(h hidden) arr { _ = h.n; return h.X }) },
			saysAbove("args[0]", "field n", "unexported")},
		{"unexported field, Vmap", func() { gojax.Vmap(func(h hidden) arr { _ = h.n; return h.X }) },
			saysAbove("args[0]", "field n", "unexported")},
		{"unexported field, inside", func() { gojax.Jit(func(h map[string][]*hidden) arr { return x }) },
			saysAbove("args[0]", "field n", "unexported")},
		{"func argument", func() { gojax.Jit(func(f func()) arr { return x }) }, says("args[0]", "func()")},
		{"map keyed by floats", func() { gojax.Jit(func(m map[float64]arr) arr { return m[1] }) },
			saysAbove("args[0]", "float64", "keys")},
		{"channel in an any", func() { gojax.Jit(func(a any) arr { return x })([]any{make(chan int)}) },
			saysAbove("args[0][0]", "chan int")},
		{"DonateArgs past the arguments", func() { gojax.Jit(id, gojax.DonateArgs(1)) },
			saysAbove("DonateArgs(1)", "1 arguments")},
		{"DonateArgs negative", func() { gojax.Jit(id, gojax.DonateArgs(-1)) }, says("DonateArgs(-1)")},
		{"BlockUntilReady of a channel", func() { gojax.BlockUntilReady(make(chan int)) }, says("chan int")},
		{"DevicePut of a func", func() { gojax.DevicePut(func() {}, nil) }, says("func()")},
		{"OnDevice nil is the default", func() { gojax.Jit(id, gojax.OnDevice(nil))(x).Add(jnp.Ones(2)) },
			saysAbove("float32[2]")},
		{"Apply of nil", func() { x.At(0).Apply(nil) }, says("jnp.Ref.Apply", "nil")},
		{"FromFunc of nil", func() { jnp.FromFunc[float32]([]int{2}, nil) }, says("jnp.FromFunc", "nil")},
		{"compiled called with another type", func() { compiled(x).Call(jnp.Ones(4)) },
			saysAbove("float32[4] was float32[3]")},
		{"Jit's option", func() { gojax.Jit(id, nil) }, says("Jit", "option 0 is nil")},
		{"Vmap's option", func() { gojax.Vmap(id, nil) }, says("Vmap", "option 0 is nil")},
		{"OnCompile of nil", func() { gojax.OnCompile(nil) }, says("OnCompile", "nil")},
		{"Cond of nil", func() { lax.Cond(x.Sum(), func() arr { return x }, nil) }, says("lax.Cond", "nil")},
		{"CondWith of nil", func() { lax.CondWith(x.Sum(), nil, id, x) }, says("lax.CondWith", "nil")},
		{"Switch of nil", func() { lax.Switch[arr](jnp.AsArray(0), nil) }, says("lax.Switch", "nil")},
		{"WhileLoop of nil", func() { lax.WhileLoop(nil, id, x) }, says("lax.WhileLoop", "nil")},
		{"ForiLoop of nil", func() { lax.ForiLoop(0, 3, nil, x) }, says("lax.ForiLoop", "nil")},
		{"a compilation that is forbidden",
			func() { forbidden(func() { gojax.Jit(func(a arr) arr { return a.Add(77) })(x) }) }, says("forbidden")},
	})
}

func compiled(x arr) *gojax.Compiled[func(arr) arr] {
	c, err := gojax.Lower(func(a arr) arr { return a })(x).Compile()
	if err != nil {
		panic(err)
	}
	return c
}

func forbidden(f func()) {
	defer gojax.ForbidCompiles()()
	f()
}

// Trees that contain themselves have no end.
func TestCyclicTrees(t *testing.T) {
	x := jnp.Ones(3)
	l := &list{X: x}
	l.Next = l
	s := []any{x, nil}
	s[1] = s
	m := map[string]any{"x": x}
	m["m"] = m
	wide := []any{nil, nil, nil}
	wide[0], wide[1], wide[2] = wide, wide, wide
	first := func(a any) arr { return x }
	check(t, []mistake{
		{"pointer", func() { gojax.Jit(func(l *list) arr { return l.X })(l) }, says("args[0]", "contains itself")},
		{"slice", func() { gojax.Jit(first)(s) }, says("args[0]", "contains itself")},
		{"map", func() { gojax.Jit(first)(m) }, says("args[0]", "contains itself")},
		{"three ways", func() { gojax.Jit(first)(wide) }, says("args[0]", "contains itself")},
		{"Vmap", func() { gojax.Vmap(first)(s) }, says("contains itself")},
		{"result", func() { gojax.Jit(func(a arr) any { return s })(x) }, says("contains itself")},
		{"DevicePut", func() { gojax.DevicePut(l, nil) }, says("contains itself")},
		{"BlockUntilReady", func() { gojax.BlockUntilReady(m) }, says("contains itself")},
	})
}

// Mapped axes of different sizes, and axes that are not there.
func TestMapping(t *testing.T) {
	x, m, s := jnp.Ones(3), jnp.Ones(3, 4), jnp.Ones()
	add := func(a, b arr) arr { return a.Add(b) }
	id := func(a arr) arr { return a }
	type pair struct{ A, B arr }
	tree := func(p pair) arr { return p.A.Add(p.B) }
	check(t, []mistake{
		{"sizes", func() { gojax.Vmap(add)(x, jnp.Ones(4)) },
			saysAbove("different sizes", "args[0], float32[3]", "args[1], float32[4]", "InAxes")},
		{"sizes, one axis for all", func() { gojax.Vmap(add, gojax.InAxes(1))(m, jnp.Ones(4, 3)) },
			saysAbove("different sizes", "axis 1 of size 4", "axis 1 of size 3")},
		{"sizes in a tree", func() { gojax.Vmap(tree)(pair{x, jnp.Ones(2)}) },
			saysAbove("different sizes", "args[0].A", "args[0].B")},
		{"sizes under Jit", func() { gojax.Jit(gojax.Vmap(add))(x, jnp.Ones(4)) }, says("different sizes")},
		{"sizes, nested", func() { gojax.Vmap(gojax.Vmap(add))(m, jnp.Ones(3, 5)) },
			saysAbove("different sizes", "float32[4]", "float32[5]")},
		{"AxisSize", func() { gojax.Vmap(id, gojax.AxisSize(2))(x) }, says("AxisSize is 2", "float32[3]")},
		{"axis", func() { gojax.Vmap(id, gojax.InAxes(2))(m) },
			saysAbove("gojax.Vmap(TestMapping.func2)(float32[3,4])", "axis 2", "args[0]")},
		{"negative axis", func() { gojax.Vmap(id, gojax.InAxes(-3))(m) },
			saysAbove("gojax.Vmap(TestMapping.func2)(float32[3,4])", "axis -3")},
		{"scalar", func() { gojax.Vmap(id)(s) },
			saysAbove("gojax.Vmap(TestMapping.func2)(float32[])", "args[0] is a scalar", "InAxes")},
		{"none mapped", func() { gojax.Vmap(id, gojax.InAxes(gojax.None))(x) },
			saysAbove("no argument is mapped", "AxisSize")},
		{"no arguments", func() { gojax.Vmap(func() arr { return x })() }, says("no argument is mapped", "AxisSize")},
		{"too few axes", func() { gojax.Vmap(func(a, b, c arr) arr { return a }, gojax.InAxes(0, 0)) },
			saysAbove("InAxes has 2 entries for 3 arguments")},
		{"too many axes", func() { gojax.Vmap(id, gojax.InAxes(0, 0)) }, says("InAxes has 2 entries for 1 arguments")},
		{"no axes", func() { gojax.InAxes() }, says("InAxes", "no axes")},
		{"axes of another tree", func() { gojax.Vmap(tree, gojax.InAxes([]any{0, 0, 0}))(pair{x, x}) },
			saysAbove("InAxes", "args[0]")},
		{"axes of a field that is not there",
			func() { gojax.Vmap(tree, gojax.InAxes(map[string]any{"A": 0, "C": 1}))(pair{x, x}) }, says("InAxes", "C")},
		{"out axis", func() { gojax.Vmap(id, gojax.OutAxes(2))(m) }, says("out axis 2", "results[0]")},
		{"out axes", func() { gojax.Vmap(id, gojax.OutAxes(0, 1)) }, says("OutAxes has 2 entries for 1 results")},
		{"unmapped result that is mapped", func() { gojax.Vmap(id, gojax.OutAxes(gojax.None))(m) },
			saysAbove("results[0]", "mapped")},
		{"Go values alone", func() { gojax.Vmap(func(n int) arr { return x })(3) }, says("no argument is mapped")},
	})
}

// Arrays that were deleted are refused by everything that needs their elements; what only needs their type still works.
func TestDeleted(t *testing.T) {
	d, x := jnp.Ones(3), jnp.Ones(3)
	captured := jnp.Full([]int{3}, 2)
	user := gojax.Jit(func(a arr) arr { return a.Add(captured) })
	user(x)
	captured.Delete()
	d.Delete()
	d.Delete() // twice is once
	if !d.IsDeleted() || d.Len() != 3 || d.DType() != jnp.Float32 || x.IsDeleted() {
		t.Error("the type of a deleted array, or IsDeleted, is wrong")
	}
	check(t, []mistake{
		{"Add", func() { d.Add(x) }, says("float32[3]", "deleted")},
		{"added", func() { x.Add(d) }, says("float32[3]", "deleted")},
		{"Std", func() { d.Std() }, says("float32[3]", "deleted")},
		{"Jit", func() { square(d) }, says("args[0]", "deleted").by("gojax.Jit")},
		{"Jit of two", func() { gojax.Jit(func(a, b arr) arr { return a.Add(b) })(x, d) }, says("args[1]", "deleted")},
		{"Jit of a tree", func() { gojax.Jit(func(a map[string]arr) arr { return a["w"] })(map[string]arr{"w": d}) },
			saysAbove(`args[0]["w"]`, "deleted")},
		{"captured", func() { user(x) }, says("deleted").by("gojax.Jit")},
		{"Vmap", func() { gojax.Vmap(func(a arr) arr { return a.Add(1) })(d) }, says("deleted")},
		{"ToSlice", func() { jnp.ToSlice[float32](d) }, says("float32[3]", "deleted")},
		{"Index", func() { d.Index(0) }, says("float32[3]", "deleted")},
		{"Set", func() { d.At(0).Set(1) }, says("float32[3]", "deleted")},
		{"Set to it", func() { jnp.Ones(3, 3).At(0).Set(d) }, says("float32[3]", "deleted")},
		{"BlockUntilReady", func() { d.BlockUntilReady() }, says("float32[3]", "deleted")},
		{"BlockUntilReady of a tree", func() { gojax.BlockUntilReady([]arr{x, d}) }, says("float32[3]", "deleted")},
		{"Copy", func() { d.Copy() }, says("float32[3]", "deleted")},
		{"MatMul", func() { jnp.Ones(2, 3).MatMul(d) }, says("float32[3]", "deleted")},
		{"Concatenate", func() { jnp.Concatenate([]arr{x, d}) }, says("float32[3]", "deleted")},
	})
}

// A donated array is gone after the call; what would donate it while it is used besides is refused, and then nothing is
// lost.
func TestDonated(t *testing.T) {
	step := gojax.Jit(func(a arr) arr { return a.Add(1) }, gojax.DonateArgs(0), gojax.Named("step"))
	two := gojax.Jit(func(a, b arr) arr { return a.Add(b) }, gojax.DonateArgs(0), gojax.Named("two"))
	both := gojax.Jit(func(a, b arr) (arr, arr) { return a.Add(1), b.Add(1) }, gojax.DonateArgs(0, 1),
		gojax.Named("both"))
	x, kept := jnp.Ones(3), jnp.Ones(3)
	y := step(x)
	own := jnp.Ones(3)
	self := gojax.Jit(func(a arr) arr { return a.Add(own) }, gojax.DonateArgs(0), gojax.Named("self"))
	check(t, []mistake{
		{"again", func() { step(x) }, says("gojax.Jit(step)(float32[3])", "args[0]", "donated")},
		{"Add", func() { x.Add(1) }, says("float32[3]", "donated")},
		{"ToSlice", func() { jnp.ToSlice[float32](x) }, says("float32[3]", "donated")},
		{"BlockUntilReady", func() { x.BlockUntilReady() }, says("float32[3]", "donated")},
		{"in an argument that is not", func() { two(kept.Copy(), x) }, says("gojax.Jit(two)(", "args[1]", "donated")},
		{"Vmap", func() { gojax.Vmap(func(a arr) arr { return a.Add(1) })(x) }, says("donated")},
		{"passed twice", func() { two(kept, kept) },
			saysAbove("gojax.Jit(two)(float32[3], float32[3])", "args[0]", "same array", "pass a copy").
				by("gojax.Jit")},
		{"donated twice", func() { both(kept, kept) }, says("gojax.Jit(both)(float32[3], float32[3])", "same array")},
		{"captured", func() { self(own) }, says("gojax.Jit(self)(float32[3])", "args[0]", "captures the same array")},
	})
	if !x.IsDeleted() || kept.IsDeleted() || own.IsDeleted() {
		t.Error("IsDeleted is wrong")
	}
	if s := y.Add(kept).Add(own).Sum().Item(); s != 12 {
		t.Errorf("after refused donations the sum is %v, want 12", s)
	}
	if s := x.String(); !strings.Contains(s, "donated") && !strings.Contains(s, "deleted") {
		t.Errorf("a donated array prints as %s", s)
	}
	// Where the call is part of another trace nothing is donated.
	if gojax.Jit(func(a arr) arr { return step(a).Add(a) })(kept).Sum().Item() != 9 || kept.IsDeleted() {
		t.Error("a call inside a trace donated")
	}
}

// Goroutines that delete, donate and use the same arrays at once get a result or the error, and nothing else.
func TestConcurrentMisuse(t *testing.T) {
	before := leak.Steady(gojax.LiveBuffers)
	give := gojax.Jit(func(a arr) arr { return a.Add(1) }, gojax.DonateArgs(0))
	for range 50 {
		x := jnp.Full([]int{1000}, 2)
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				err := gojax.Try(func() {
					switch i {
					case 0:
						x.Delete()
					case 1:
						if v := give(x).Index(999).Item(); v != 3 {
							t.Errorf("donated: %v", v)
						}
					default:
						if v := x.Mul(x).Index(500).Item(); v != 4 {
							t.Errorf("2*2 is %v", v)
						}
					}
				})
				if err != nil && !strings.Contains(err.Error(), "deleted") &&
					!strings.Contains(err.Error(), "donated") {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	works(t)
	if n := leak.Settle(gojax.LiveBuffers, before); n > before {
		t.Errorf("%d arrays were alive before, %d are now", before, n)
	}
}

// A goroutine that is started inside a trace and outlives it cannot record any more, and is told so.
func TestGoroutineOutlivesTrace(t *testing.T) {
	ended, done := make(chan struct{}), make(chan error)
	gojax.Jit(func(a arr) arr {
		go func() {
			<-ended
			done <- gojax.Try(func() { a.Add(1) })
		}()
		return a
	})(jnp.Ones(3))
	close(ended)
	if err := <-done; err == nil || !strings.Contains(err.Error(), "functions_test.go:") ||
		!strings.Contains(err.Error(), "after its trace") {
		t.Errorf("got %v", err)
	}
	works(t)
}

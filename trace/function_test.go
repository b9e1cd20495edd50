package trace

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

type pairs struct {
	A, B arr
	N    int
}

func double(p pairs, x []arr) (arr, pairs) { return x[0], pairs{A: p.B, B: p.A, N: p.N + len(x)} }

func variadic(n int, x ...arr) []arr { return x[:n] }

// A function is taken apart, called on other leaves, and its results are taken apart.
func TestFunction(t *testing.T) {
	f := FunctionOf("gojax.Jit", double)
	if f.Op != "gojax.Jit(double)" || f.Name != "double" {
		t.Errorf("it is called %q and %q", f.Op, f.Name)
	}
	args := []reflect.Value{reflect.ValueOf(pairs{A: leaf(1), N: 3}), reflect.ValueOf([]arr{leaf(2), leaf(4)})}
	in, x := f.Flatten(args...)
	if got := numbers(x); !slices.Equal(got, []int64{1, 2, 4}) {
		t.Fatalf("the leaves are %v", got)
	}
	if got := in.Paths(ArgName); !slices.Equal(got, []string{"args[0].A", "args[1][0]", "args[1][1]"}) {
		t.Errorf("the leaves are called %v", got)
	}
	leaves, key := f.AppendTrees(args, nil, nil)
	args[0] = reflect.ValueOf(pairs{A: leaf(1), N: 4})
	if _, other := f.AppendTrees(args, nil, nil); !slices.Equal(leaves, x) || string(key) == string(other) {
		t.Errorf("the leaves for a key are %v; the key of another static value is the same: %v", numbers(leaves),
			string(key) == string(other))
	}
	out, y := f.Apply(in, []*Value{leaf(7).v, leaf(8).v, leaf(9).v})
	if got := numbers(y); !slices.Equal(got, []int64{8, 7}) || out[1].String() != "trace.pairs{A: nil, B: *, N: 5}" {
		t.Errorf("the results are %v in %v", got, out)
	}
	if got := out.Paths(ResultName); !slices.Equal(got, []string{"results[0]", "results[1].B"}) {
		t.Errorf("the results are called %v", got)
	}
	back := out.Unflatten(y)
	if got := back[1].Interface().(pairs); number(got.B.v) != 7 || got.N != 5 {
		t.Errorf("rebuilt: %v", got)
	}
	f.Rename("twice")
	made := f.Make(func(args []reflect.Value) []reflect.Value { return out.Unflatten(y) }).Interface()
	if a, _ := made.(func(pairs, []arr) (arr, pairs))(pairs{}, nil); number(a.v) != 8 || f.Op != "gojax.Jit(twice)" {
		t.Errorf("the function made returns %d, the function is %q", number(a.v), f.Op)
	}
}

func TestFunctionPack(t *testing.T) {
	f := FunctionOf("gojax.Lower", variadic)
	in, x := f.Flatten(f.Pack([]any{1, leaf(5), leaf(6)})...)
	if _, y := f.Apply(in, x); !slices.Equal(numbers(y), []int64{5}) {
		t.Errorf("variadic arguments: %v", numbers(y))
	}
	if got := f.Pack([]any{1}); got[1].Len() != 0 {
		t.Errorf("no variadic arguments: %v", got)
	}
	g := FunctionOf("gojax.Lower", func(p *pairs, m map[string]arr, a any) arr { return p.A })
	if got := g.Pack([]any{nil, nil, nil}); !got[0].IsNil() || !got[1].IsNil() || !got[2].IsNil() {
		t.Errorf("nil arguments: %v", got)
	}
}

func TestFunctionRefuses(t *testing.T) {
	withRuntime(t)
	var none func(arr) arr
	f := FunctionOf("gojax.Lower", double)
	for _, c := range []struct {
		call func()
		want string
	}{
		{func() { FunctionOf("gojax.Vmap", 3) }, "gojax.Vmap: want a function, not int"},
		{func() { FunctionOf("gojax.Vmap", nil) }, "gojax.Vmap: want a function, not nil"},
		{func() { FunctionOf("gojax.Vmap", none) }, "gojax.Vmap: want a function, not a nil func(trace.arr) trace.arr"},
		{func() { FunctionOf("gojax.Vmap", func(arr, chan int) arr { return arr{} }) }, "args[1]: type chan int"},
		{func() { FunctionOf("gojax.Vmap", func(arr) (arr, func()) { return arr{}, nil }) }, "results[1]: type func()"},
		{func() { FunctionOf("gojax.Vmap", func(struct{ F []func() }) arr { return arr{} }) },
			"args[0].F[...]: type func()"},
		{func() { f.Pack([]any{pairs{}}) }, "gojax.Lower(double): 1 arguments for a function of 2"},
		{func() { f.Pack([]any{pairs{}, 3}) },
			"gojax.Lower(double): args[1] is int, and the function takes []trace.arr"},
		{func() { f.Pack([]any{nil, nil}) },
			"gojax.Lower(double): args[0] is <nil>, and the function takes trace.pairs"},
		{func() { FunctionOf("gojax.Lower", variadic).Pack([]any{1, 2}) },
			"args[1] is int, and the function takes trace.arr"},
		{func() {
			g := FunctionOf("gojax.Vmap", func(x, y arr) arr { return x })
			in, _ := g.Flatten(reflect.ValueOf(leaf(1)), reflect.ValueOf(arr{}))
			g.NeedSet(in, ArgName)
		}, "args[1] is an array that was never set"},
		{func() {
			g := FunctionOf("gojax.Vmap", func(x any) arr { return arr{} })
			var x any = []any{make(chan int)}
			g.Flatten(reflect.ValueOf(&x).Elem())
		}, "args[0][0]: type chan int"},
	} {
		err := Try(c.call)
		if err == nil || !strings.Contains(err.Error(), c.want) ||
			!strings.HasPrefix(err.Error(), "function_test.go:") {
			t.Errorf("got %v\nwant %q", err, c.want)
		}
	}
}

func TestWithX64Func(t *testing.T) {
	f := WithX64Func("gojax.WithX64", true, func(n int, more ...int) (bool, int) { return X64(), n + len(more) })
	if on, n := f(1, 2, 3); !on || n != 3 || X64() {
		t.Errorf("inside %v, %d; outside %v", on, n, X64())
	}
	WithX64Func("gojax.WithX64", true, func() { f = nil })()
	if f != nil {
		t.Error("a function without arguments was not called")
	}
}

package jnp_test

import (
	"math/rand/v2"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// TestUFunc compares the generic methods with the functions that exist for addition and multiplication, and with loops.
func TestUFunc(t *testing.T) {
	add := jnp.UFunc{F: jnp.Add[jnp.Array, jnp.Array], Identity: 0}
	sub := jnp.UFunc{F: jnp.Sub[jnp.Array, jnp.Array]}
	data := make([]int32, 24)
	for i := range data {
		data[i] = rand.Int32N(100)
	}
	x := jnp.FromSlice(data, 2, 3, 4)
	same := func(what string, got, want jnp.Array) {
		t.Helper()
		if g, w := got.String(), want.String(); g != w || got.DType() != want.DType() {
			t.Errorf("%s:\n%v %v, want\n%v %v", what, g, got.DType(), w, want.DType())
		}
	}
	for a := -3; a < 3; a++ {
		same("Reduce", add.Reduce(x, a), jnp.Sum(x, a))
		same("Accumulate", add.Accumulate(x, a), jnp.CumSum(x, a))
		keep := add
		keep.KeepDims = true
		same("KeepDims", keep.Reduce(x, a), jnp.Reduction{KeepDims: true}.Sum(x, a))
	}
	same("all axes", add.Reduce(x, 0, 1, 2), jnp.Sum(x))
	same("two axes", add.Reduce(x, 2, 0), jnp.Sum(x, 0, 2))
	mask := x.Gt(50)
	same("Where", jnp.UFunc{F: add.F, Identity: 0, Where: mask}.Reduce(x, 1), jnp.Reduction{Where: mask}.Sum(x, 1))
	same("Initial", jnp.UFunc{F: add.F, Initial: 7}.Reduce(x, 1), jnp.Reduction{Initial: 7}.Sum(x, 1))
	same("DType", jnp.UFunc{F: add.F, Identity: 0, DType: jnp.Float32}.Reduce(x, 1), jnp.Sum(x.AsType(jnp.Float32), 1))
	same("no identity", sub.Reduce(x), x.Index(0).Sub(x.Index(1)))
	same("empty", add.Reduce(jnp.Zeros(0, 3)), jnp.Zeros(3))
	same("empty Accumulate", add.Accumulate(jnp.Zeros(0, 3)), jnp.Zeros(0, 3))
	v := jnp.Arange(1, 9)
	same("ReduceAt", add.ReduceAt(v, jnp.AsArray([]int32{0, 2, 5})), jnp.AsArray([]int32{3, 12, 21}))
	same("ReduceAt back", add.ReduceAt(v, jnp.AsArray([]int32{5, 2, 2, 7})), jnp.AsArray([]int32{6, 3, 25, 8}))
	same("ReduceAt axis", add.ReduceAt(x, jnp.AsArray([]int32{0, 2}), -1), jnp.Stack([]jnp.Array{
		jnp.Sum(x.Index(jnp.Ellipsis, jnp.S(0, 2)), -1), jnp.Sum(x.Index(jnp.Ellipsis, jnp.S(2, 4)), -1)}, -1))
	same("Outer", add.Outer(v, x), v.Reshape(8, 1, 1, 1).Add(x))
	same("Call", add.Call(v, 0.5), v.Add(0.5))
	same("At repeated", add.At(v, 10, []int{1, 1, 3}), jnp.AsArray([]int32{1, 22, 3, 14, 5, 6, 7, 8}))
	same("At slice", add.At(v, 10, jnp.S(0, 2)), jnp.AsArray([]int32{11, 12, 3, 4, 5, 6, 7, 8}))
	same("At mixed", add.At(x, 1, []int{0, 0, 1}, jnp.S(1, nil), 2), x.At([]int{0, 0, 1}, jnp.S(1, nil), 2).Add(1))
	same("At order", sub.At(v, jnp.AsArray([]int32{1, 2, 3}), []int{0, 0, 0}), v.At(0).Set(-5))
	same("At none", add.At(v, 10, []int{}), v)
}

func TestUFuncErrors(t *testing.T) {
	sub := jnp.UFunc{F: jnp.Sub[jnp.Array, jnp.Array]}
	x := jnp.Arange(6).Reshape(2, 3)
	for name, f := range map[string]func(){
		"no function":       func() { jnp.UFunc{}.Reduce(x) },
		"empty":             func() { sub.Reduce(jnp.Zeros(0, 3)) },
		"scalar":            func() { sub.Accumulate(jnp.AsArray(1)) },
		"scalar reduce":     func() { sub.Reduce(jnp.AsArray(1)) },
		"axis":              func() { sub.Reduce(x, 2) },
		"where":             func() { jnp.UFunc{F: sub.F, Where: x.Gt(0)}.Reduce(x) },
		"where shape":       func() { jnp.UFunc{F: sub.F, Initial: 0, Where: jnp.Ones(4).Gt(0)}.Reduce(x) },
		"indices":           func() { sub.ReduceAt(x, jnp.Zeros(2)) },
		"indices of bool":   func() { sub.At(x, 1, x.Gt(1)) },
		"shapes of call":    func() { sub.Call(x, jnp.Zeros(4)) },
		"values of At":      func() { sub.At(x, jnp.Zeros(4), []int{0, 1}) },
		"a changed shape":   func() { jnp.UFunc{F: func(x, y jnp.Array) jnp.Array { return x.Sum() }}.Reduce(x) },
		"a zero array":      func() { sub.Reduce(jnp.Array{}) },
		"a zero array back": func() { jnp.UFunc{F: func(x, y jnp.Array) jnp.Array { return jnp.Array{} }}.Reduce(x) },
	} {
		if err := trace.Try(f); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestUFuncTransformed takes the methods through Jit, Vmap and Grad, with a function that closes over a traced value.
func TestUFuncTransformed(t *testing.T) {
	x := jnp.AsArray([][]float32{{1, 2, 3}, {4, 5, 6}})
	f := func(x, c jnp.Array) jnp.Array {
		u := jnp.UFunc{F: func(a, b jnp.Array) jnp.Array { return a.Mul(b).Add(c) }}
		return u.Reduce(x)
	}
	rows := func(x, c jnp.Array) jnp.Array { return gojax.Vmap(f, gojax.InAxes(0, nil))(x, c) }
	if got := rows(x, jnp.AsArray(float32(2))).String(); got != "[ 14. 134.]" { // ((1·2)+2)·3+2 and so on
		t.Errorf("Vmap: %s", got)
	}
	if got := gojax.Jit(rows)(x, jnp.AsArray(float32(2))).String(); got != "[ 14. 134.]" {
		t.Errorf("Jit: %s", got)
	}
	// d/dc of ((1·2)+c)·3+c
	if got := gojax.Grad2(func(c, x jnp.Array) jnp.Array { return f(x, c) })(jnp.AsArray(float32(2)),
		x.Index(0)); got.Item() != 4 {
		t.Errorf("Grad: %v", got)
	}
	scan := func(x jnp.Array) jnp.Array {
		return jnp.UFunc{F: jnp.Mul[jnp.Array, jnp.Array]}.Accumulate(x).Sum()
	}
	if got := gojax.Grad(scan)(x.Index(0)).String(); got != "[9. 4. 2.]" {
		t.Errorf("Grad of Accumulate: %s", got)
	}
}

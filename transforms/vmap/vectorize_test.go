package vmap_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
)

// ramp is 0, 1, 2, ... in an array of the given shape.
func ramp(shape ...int) jnp.Array {
	return jnp.Reshape(jnp.Arange(float32(ir.SizeOf(shape))), shape...)
}

func TestVectorize(t *testing.T) {
	matvec := gojax.Vectorize(func(a, x jnp.Array) jnp.Array { return jnp.Sum(a.Mul(x), 1) }, "(n,m),(m)->(n)")
	for _, c := range []struct{ a, x, want []int }{
		{[]int{3, 2}, []int{2}, []int{3}},
		{[]int{4, 3, 2}, []int{2}, []int{4, 3}},
		{[]int{3, 2}, []int{5, 2}, []int{5, 3}},
		{[]int{4, 1, 3, 2}, []int{5, 2}, []int{4, 5, 3}},
		{[]int{1, 1, 3, 2}, []int{1, 2}, []int{1, 1, 3}},
		{[]int{0, 3, 2}, []int{2}, []int{0, 3}},
		{[]int{2, 1, 3, 2}, []int{1, 4, 2}, []int{2, 4, 3}},
	} {
		a, x := ramp(c.a...), ramp(c.x...)
		got := matvec(a, x)
		if fmt.Sprint(got.Shape()) != fmt.Sprint(c.want) {
			t.Errorf("%v %v: got %v, want %v", c.a, c.x, got.Shape(), c.want)
			continue
		}
		want := jnp.Sum(jnp.Mul(a, jnp.ExpandDims(x, -2)), -1)
		if got.String() != jnp.Reshape(want, c.want...).String() || gojax.Jit(matvec)(a, x).String() != got.String() {
			t.Errorf("%v %v:\n%v\nwant\n%v", c.a, c.x, got, want)
		}
	}
	outer := gojax.Vectorize(func(a, b jnp.Array) (jnp.Array, jnp.Array) { return jnp.Outer(a, b), jnp.Sum(a) },
		" (n), (m) -> (n,m), () ")
	p, q := outer(ramp(2, 3), ramp(4))
	if fmt.Sprint(p.Shape(), q.Shape()) != "[2 3 4] [2]" {
		t.Error(p.Shape(), q.Shape())
	}
	scalar := gojax.Vectorize(func(n int, a, b jnp.Array) jnp.Array { return a.Mul(n).Add(b) }, "", 0)
	if got := scalar(10, ramp(3), jnp.Reshape(ramp(2), 2, 1)).String(); got != "[[ 0. 10. 20.]\n [ 1. 11. 21.]]" {
		t.Error(got)
	}
	for name, h := range map[string]func(){
		"core sizes": func() { matvec(ramp(3, 2), ramp(3)) },
		"too few":    func() { matvec(ramp(2), ramp(2)) },
		"loop sizes": func() { matvec(ramp(4, 3, 2), ramp(3, 2)) },
		"signature":  func() { gojax.Vectorize(func(a jnp.Array) jnp.Array { return a }, "(n->n") },
		"arguments":  func() { gojax.Vectorize(func(a jnp.Array) jnp.Array { return a }, "(n),(n)->(n)") },
		"result's rank": func() {
			gojax.Vectorize(func(a jnp.Array) jnp.Array { return jnp.Sum(a) }, "(n)->(n)")(ramp(3))
		},
		"result's size": func() {
			gojax.Vectorize(func(a jnp.Array) jnp.Array { return a.At(0, 2).Get() }, "(n)->(n)")(ramp(3))
		},
	} {
		if err := gojax.Try(h); err == nil || !strings.Contains(err.Error(), "vectorize_test.go") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

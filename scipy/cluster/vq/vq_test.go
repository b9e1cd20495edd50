package vq_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	. "github.com/gojax/gojax/scipy/cluster/vq"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/figures"
	"github.com/gojax/gojax/tests/grads"
)

func vector(x ...float32) jnp.Array { return jnp.FromSlice(x) }

func two(a, b jnp.Array) []jnp.Array { return []jnp.Array{a, b} }

func TestFigures(t *testing.T) {
	x, book := figures.Grid(40, 3), figures.Grid(4, 3)
	first, numbers := x.Index(jnp.All, 0), book.Index(jnp.All, 0)
	figures.Check(t, "testdata/jax.jsonl", 4e-6, map[string]figures.Case{
		"vq": func() []jnp.Array {
			return append(append(two(VQ(x, book)), two(VQ(first, numbers))...),
				two(VQ(jnp.Arange(6), jnp.FromSlice([]int32{1, 4})))...)
		},
		"whiten": func() []jnp.Array {
			flat := jnp.Concatenate([]jnp.Array{x, jnp.Full([]int{40, 1}, float32(2))}, 1)
			return two(Whiten(x), Whiten(flat))
		},
		"kmeans": func() []jnp.Array { return append(two(KMeans(x, book)), two(KMeans(first, numbers))...) },
		"kmeans2": func() []jnp.Array {
			return append(two(KMeans2(x, book)), two(Iterations{Most: 2}.KMeans2(x, book))...)
		},
	})
}

// A code that nothing is near to stays, and all of it may be jitted and mapped.
func TestKMeans(t *testing.T) {
	x := vector(0, 1, 10, 11)
	book, distortion := KMeans(x, vector(0, 5, 100))
	if fmt.Sprint(book, distortion) != "[  0.5  10.5 100. ] 0.5" {
		t.Errorf("the code book is %v, the distortion %v", book, distortion)
	}
	one, _ := Iterations{Most: 1}.KMeans(x, vector(0, 9))
	if fmt.Sprint(one) != "[ 0.5 10.5]" {
		t.Errorf("after one iteration it is %v", one)
	}
	both := gojax.Jit(gojax.Vmap(func(x jnp.Array) jnp.Array { book, _ := KMeans(x, vector(0, 5, 100)); return book }))(
		jnp.Stack([]jnp.Array{x, x.Mul(2)}))
	if fmt.Sprint(both) != "[[  0.5  10.5 100. ]\n [  1.   21.  100. ]]" {
		t.Errorf("mapped it is %v", both)
	}
	for seed := range 4 {
		book := Guess(random.Key(seed), x, 4)
		if fmt.Sprint(book.Sort()) != "[ 0.  1. 10. 11.]" {
			t.Errorf("a guess of all is %v", book)
		}
	}
	spread := Guess(random.Key(0), jnp.Stack([]jnp.Array{x, x}, 1), 2)
	if spread.Shape()[1] != 2 || jnp.PTP(spread).Item() < 8 {
		t.Errorf("a guess is %v", spread)
	}
}

func TestGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		x, book := figures.Grid(5, 3).AsType(jnp.Float64), figures.Grid(2, 3).AsType(jnp.Float64).Add(0.1)
		if err := grads.Check(func(a []jnp.Array) jnp.Array { _, d := VQ(a[0], a[1]); return d },
			[]jnp.Array{x, book}, 2); err != nil {
			t.Error(err)
		}
	})()
}

func TestErrors(t *testing.T) {
	x := figures.Grid(5, 3)
	for want, f := range map[string]func(){
		"vq.VQ(float32[5,3], float32[2]): takes observations": func() { VQ(x, vector(1, 2)) },
		"of one code at least":                                func() { VQ(x, jnp.Zeros(0, 3)) },
		"complex numbers are not taken":                       func() { VQ(x.AsType(jnp.Complex64), x) },
		"there are no observations":                           func() { Whiten(jnp.Zeros(0, 3)) },
		"vq.KMeans":                                           func() { KMeans(x, vector(1)) },
		"the number of iterations is":                         func() { Iterations{Most: -1}.KMeans(x, x) },
		"Threshold must be a scalar": func() {
			Iterations{Threshold: vector(1, 2)}.KMeans(x, x)
		},
		"and no Threshold": func() { Iterations{Threshold: 1}.KMeans2(x, x) },
		"4 codes are asked for, and there are only 3": func() { Guess(random.Key(0), jnp.Ones(3), 4) },
		"of 1 at least, not 0":                        func() { Guess(random.Key(0), x, 0) },
	} {
		fails.With(t, f, want)
	}
}

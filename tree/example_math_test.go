package tree_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tree"
)

type line struct{ Slope, Offset jnp.Array }

var (
	p = func() line { return line{jnp.AsArray(3.0), jnp.AsArray(-4.0)} }
	z = func() line { return line{jnp.AsArray(1 + 2i), jnp.AsArray(3.0)} }
)

func ExampleAdd() {
	fmt.Println(tree.Add(p(), p()), tree.Add(p(), p(), p()))
	// Output: {6.0 -8.0} {9.0 -12.0}
}

func ExampleSub() {
	fmt.Println(tree.Sub(p(), tree.OnesLike(p())))
	// Output: {2.0 -5.0}
}

func ExampleMul() {
	fmt.Println(tree.Mul(p(), p()))
	// Output: {9.0 16.0}
}

func ExampleDiv() {
	fmt.Println(tree.Div(p(), p()))
	// Output: {1.0 1.0}
}

func ExampleScale() {
	fmt.Println(tree.Scale(0.5, p()))
	// Output: {1.5 -2.0}
}

func ExampleAddScale() {
	gradient := line{jnp.AsArray(10.0), jnp.AsArray(1.0)}
	fmt.Println(tree.AddScale(p(), -0.1, gradient))
	// Output: {2.0 -4.1}
}

func ExampleClip() {
	fmt.Println(tree.Clip(p(), -1, 1), tree.Clip(p(), nil, 1))
	// Output: {1.0 -1.0} {1.0 -4.0}
}

func ExampleConj() {
	fmt.Println(tree.Conj(z()))
	// Output: {(1-2j) 3.0}
}

func ExampleReal() {
	fmt.Println(tree.Real(z()))
	// Output: {1.0 3.0}
}

func ExampleCast() {
	fmt.Println(tree.Cast(p(), jnp.Int32))
	// Output: {3 -4}
}

func ExampleCastLike() {
	fmt.Println(tree.CastLike(p(), line{jnp.AsArray(true), jnp.AsArray(0.0)}))
	// Output: {True -4.0}
}

func ExampleZerosLike() {
	fmt.Println(tree.ZerosLike(p()), tree.ZerosLike(p(), jnp.Int32))
	// Output: {0.0 0.0} {0 0}
}

func ExampleOnesLike() {
	fmt.Println(tree.OnesLike(p()))
	// Output: {1.0 1.0}
}

func ExampleFullLike() {
	fmt.Println(tree.FullLike(p(), 0.1))
	// Output: {0.1 0.1}
}

func ExampleSize() {
	fmt.Println(tree.Size([]jnp.Array{jnp.Zeros(2, 3), jnp.Zeros()}))
	// Output: 7
}

func ExampleSum() {
	fmt.Println(tree.Sum(p()))
	// Output: -1.0
}

func ExampleMax() {
	fmt.Println(tree.Max(p()))
	// Output: 3.0
}

func ExampleMin() {
	fmt.Println(tree.Min(p()))
	// Output: -4.0
}

func ExampleDot() {
	fmt.Println(tree.Dot(p(), p()), tree.Dot(z(), z()))
	// Output: 25.0 (6+4j)
}

func ExampleVDot() {
	fmt.Println(tree.VDot(z(), z()))
	// Output: (14+0j)
}

func ExampleNorm() {
	fmt.Println(tree.Norm(p()), tree.Norm(p(), 1), tree.Norm(p(), math.Inf(1)))
	// Output: 5.0 7.0 4.0
}

func ExampleSquaredNorm() {
	fmt.Println(tree.SquaredNorm(p()), tree.SquaredNorm(z()))
	// Output: 25.0 14.0
}

func ExampleAllClose() {
	fmt.Println(tree.AllClose(p(), tree.Scale(1.001, p())),
		tree.AllClose(p(), tree.Scale(1.001, p()), jnp.Tolerance{RTol: 0.01}))
	// Output: False True
}

func ExampleAll() {
	positive := tree.Map(func(x jnp.Array) jnp.Array { return x.Gt(0) }, p())
	fmt.Println(tree.All(positive))
	// Output: False
}

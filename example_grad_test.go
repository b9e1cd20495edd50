package gojax_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
)

func ExampleGrad() {
	f := func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Power(x, 3)) }
	fmt.Println(gojax.Grad(f)(jnp.FromSlice([]float32{1, 2, 3})))
	// Output: [ 3. 12. 27.]
}

// Outside Jit the values that a differentiated function computes can be read, and Go's control flow may depend on them.
func ExampleGrad_values() {
	f := func(x jnp.Array) jnp.Array {
		for x.Item() < 100 {
			x = x.Mul(x)
		}
		return x
	}
	fmt.Println(gojax.Grad(f)(jnp.AsArray(3.0))) // x⁸
	// Output: 17496.0
}

func ExampleValueAndGrad2() {
	type model struct{ W, B jnp.Array }
	loss := func(m model, x jnp.Array) jnp.Array { return jnp.Mean(jnp.Square(x.Mul(m.W).Add(m.B))) }
	y, g := gojax.ValueAndGrad2(loss)(model{jnp.AsArray(2.0), jnp.AsArray(1.0)}, jnp.FromSlice([]float32{1, 2}))
	fmt.Println(y, g.W, g.B)
	// Output: 17.0 13.0 8.0
}

func ExampleGrads2() {
	f := func(x, y jnp.Array) jnp.Array { return x.Mul(x).Mul(y) }
	dx, dy := gojax.Grads2(f)(jnp.AsArray(3.0), jnp.AsArray(5.0))
	fmt.Println(dx, dy)
	// Output: 30.0 9.0
}

func ExampleGrads3() {
	f := func(x, y, z jnp.Array) jnp.Array { return x.Mul(y).Mul(z) }
	fmt.Println(gojax.Grads3(f)(jnp.AsArray(2.0), jnp.AsArray(3.0), jnp.AsArray(4.0)))
	// Output: 12.0 8.0 6.0
}

func ExampleValueAndGrads2() {
	f := func(x, y jnp.Array) jnp.Array { return x.Mul(x).Mul(y) }
	fmt.Println(gojax.ValueAndGrads2(f)(jnp.AsArray(3.0), jnp.AsArray(5.0)))
	// Output: 45.0 30.0 9.0
}

func ExampleValueAndGrads3() {
	f := func(x, y, z jnp.Array) jnp.Array { return x.Mul(y).Mul(z) }
	fmt.Println(gojax.ValueAndGrads3(f)(jnp.AsArray(2.0), jnp.AsArray(3.0), jnp.AsArray(4.0)))
	// Output: 24.0 12.0 8.0 6.0
}

func ExampleValueAndGrad3() {
	loss := func(w, x, y jnp.Array) jnp.Array { return jnp.Square(w.Mul(x).Sub(y)) }
	fmt.Println(gojax.ValueAndGrad3(loss)(jnp.AsArray(2.0), jnp.AsArray(3.0), jnp.AsArray(4.0)))
	// Output: 4.0 12.0
}

func ExampleGradAux2() {
	loss := func(w, x jnp.Array) (jnp.Array, jnp.Array) {
		y := w.Mul(x)
		return jnp.Square(y), y
	}
	g, y := gojax.GradAux2(loss)(jnp.AsArray(2.0), jnp.AsArray(3.0))
	fmt.Println(g, y)
	// Output: 36.0 6.0
}

func ExampleGradAux3() {
	loss := func(w, x, y jnp.Array) (jnp.Array, jnp.Array) {
		d := w.Mul(x).Sub(y)
		return jnp.Square(d), d
	}
	g, d := gojax.GradAux3(loss)(jnp.AsArray(2.0), jnp.AsArray(3.0), jnp.AsArray(4.0))
	fmt.Println(g, d)
	// Output: 12.0 2.0
}

func ExampleValueAndGradAux3() {
	loss := func(w, x, y jnp.Array) (jnp.Array, string) { return jnp.Square(w.Mul(x).Sub(y)), "squared" }
	fmt.Println(gojax.ValueAndGradAux3(loss)(jnp.AsArray(2.0), jnp.AsArray(3.0), jnp.AsArray(4.0)))
	// Output: 4.0 squared 12.0
}

func ExampleJVP() {
	y, dy := gojax.JVP(jnp.Square, jnp.FromSlice([]float32{1, 2}), jnp.FromSlice([]float32{10, 1}))
	fmt.Println(y, dy)
	// Output: [1. 4.] [20.  4.]
}

func ExampleVJP() {
	y, pull := gojax.VJP(jnp.Square, jnp.FromSlice([]float32{1, 2}))
	fmt.Println(y, pull(jnp.FromSlice([]float32{1, 10})))
	// Output: [1. 4.] [ 2. 40.]
}

func ExampleLinearize() {
	y, push := gojax.Linearize(jnp.Square, jnp.FromSlice([]float32{1, 2}))
	fmt.Println(y, push(jnp.FromSlice([]float32{1, 0})), push(jnp.FromSlice([]float32{0, 1})))
	// Output: [1. 4.] [2. 0.] [0. 4.]
}

func ExampleJacRev() {
	f := func(x jnp.Array) jnp.Array { return jnp.Stack([]jnp.Array{jnp.Sum(x), jnp.Prod(x)}) }
	fmt.Println(gojax.JacRev(f)(jnp.FromSlice([]float32{2, 3, 4})))
	// Output:
	// [[ 1.  1.  1.]
	//  [12.  8.  6.]]
}

func ExampleHessian() {
	f := func(x jnp.Array) jnp.Array { return jnp.Prod(x) }
	fmt.Println(gojax.Hessian(f)(jnp.FromSlice([]float32{2, 3, 4})))
	// Output:
	// [[0. 4. 3.]
	//  [4. 0. 2.]
	//  [3. 2. 0.]]
}

// A derivative that stays finite where the automatic one is 0·∞.
func ExampleCustomJVP() {
	log1pexp := gojax.CustomJVP(
		func(x jnp.Array) jnp.Array { return jnp.Log1p(jnp.Exp(x)) },
		func(x, t jnp.Array) (jnp.Array, jnp.Array) {
			y := jnp.Log1p(jnp.Exp(x))
			return y, jnp.Sub(1, jnp.Div(1, jnp.Exp(x).Add(1))).Mul(t)
		})
	fmt.Println(gojax.Grad(log1pexp)(jnp.AsArray(100.0)))
	// Output: 1.0
}

// The identity, of which gradients come back no longer than a limit.
func ExampleCustomVJP() {
	clip := gojax.CustomVJP(
		func(x jnp.Array) jnp.Array { return x },
		func(x jnp.Array) (jnp.Array, struct{}) { return x, struct{}{} },
		func(_ struct{}, ct jnp.Array) jnp.Array { return jnp.Clip(ct, -1, 1) })
	f := func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Power(clip(x), 2)) }
	fmt.Println(gojax.Grad(f)(jnp.FromSlice([]float32{.25, 3})))
	// Output: [0.5 1. ]
}

// Many right-hand sides of one system, as the columns of one matrix.
func ExampleCustomVmap() {
	a := jnp.FromSlice([]float32{2, 0, 0, 4}, 2, 2)
	solve := gojax.CustomVmap(
		func(b jnp.Array) jnp.Array { return linalg.Solve(a, b) },
		func(n int, batched []bool, b jnp.Array) (jnp.Array, []bool) {
			fmt.Println(n, "together")
			return linalg.Solve(a, b.T()).T(), nil
		})
	fmt.Println(gojax.Vmap(solve)(jnp.FromSlice([]float32{1, 1, 2, 2, 3, 3}, 3, 2)))
	// Output:
	// 3 together
	// [[0.5  0.25]
	//  [1.   0.5 ]
	//  [1.5  0.75]]
}

// Each element's search ends by itself.
func ExampleSequentialVmap() {
	halvings := gojax.SequentialVmap(func(x jnp.Array) jnp.Array {
		return lax.WhileLoop(func(y jnp.Array) jnp.Array { return y.Gt(1) },
			func(y jnp.Array) jnp.Array { return y.Div(2) }, x)
	})
	fmt.Println(gojax.Vmap(halvings)(jnp.FromSlice([]float32{1, 5, 100})))
	// Output: [1.      0.625   0.78125]
}

func ExampleCheckpointName() {
	f := func(x jnp.Array) jnp.Array { return jnp.Sin(gojax.CheckpointName(jnp.Exp(x), "exponential")) }
	kept := gojax.Checkpoint(f, gojax.SaveOnlyTheseNames("exponential"))
	fmt.Println(gojax.Grad(kept)(jnp.Zeros()))
	// Output: 0.5403023
}

func ExampleCheckpoint() {
	block := gojax.Checkpoint(func(x jnp.Array) jnp.Array { return jnp.Sin(jnp.Sin(x)) })
	fmt.Println(gojax.Grad(block)(jnp.AsArray(1.0)))
	// Output: 0.36003947
}

func ExampleStopGradient() {
	f := func(x jnp.Array) jnp.Array { return gojax.StopGradient(x).Mul(x) }
	fmt.Println(gojax.Grad(f)(jnp.AsArray(3.0)))
	// Output: 3.0
}

func ExampleCheckGrads() {
	fmt.Println(gojax.CheckGrads(jnp.Tanh, jnp.FromSlice([]float32{-1, 0, 2}), 2))
	// Output: <nil>
}

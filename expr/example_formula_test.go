package expr_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/expr"
	"github.com/gojax/gojax/jnp"
)

// The density of the lattice Boltzmann method's equilibrium.
func ExampleMustCompile() {
	f := expr.MustCompile("rho*w*(1 + 3*p + 4.5*p**2 - 1.5*m*m)")
	rho, p := jnp.AsArray([]float32{1, 2}), jnp.AsArray([]float32{0.1, 0.2})
	fmt.Println(f.Names())
	fmt.Println(f.Eval(map[string]any{"rho": rho, "w": 0.5, "p": p, "m": 0.25}))
	// Output:
	// [rho w p m]
	// [0.62562495 1.6862501 ]
}

// Fields of a struct are variables, and the formula goes through Grad.
func ExampleFormula_Eval() {
	type params struct{ Slope, Offset jnp.Array }
	x, y := jnp.AsArray([]float32{0, 1, 2}), jnp.AsArray([]float32{1, 3, 5})
	line := expr.MustCompile("mean((p.slope*x + p.offset - y)**2)", "p", "x", "y")
	loss := func(p params) jnp.Array { return line.Call(p, x, y) }
	p := params{jnp.AsArray(1.0), jnp.AsArray(0.0)}
	fmt.Println(loss(p), gojax.Grad(loss)(p))
	fmt.Println(expr.MustCompile("slope*2").Eval(p))
	// Output:
	// 4.666667 {-5.3333335 -4.0}
	// 2.0
}

func ExampleFormula_Call() {
	norm := expr.MustCompile("sqrt(x*x + y*y)", "x", "y")
	fmt.Println(norm.Call(jnp.AsArray([]float32{3, 5}), []float64{4, 12}), norm)
	// Output: [ 5. 13.] sqrt(x*x + y*y)
}

func ExampleCompile() {
	f, err := expr.Compile("where(x > 0, log(x), -inf)", "x")
	fmt.Println(f.Call(jnp.AsArray([]float32{1, 0})), err)
	_, err = expr.Compile("2*lgo(x)")
	fmt.Println(err)
	// Output:
	// [  0. -inf] <nil>
	// column 3 of "2*lgo(x)": there is no function lgo; there is Log
}

func ExampleEval() {
	x := jnp.Arange(6.0).Reshape(2, 3)
	fmt.Println(expr.Eval("x[:, 1:] - x[:, :-1] + special.erf(0)", map[string]any{"x": x}))
	// Output:
	// [[1. 1.]
	//  [1. 1.]]
}

package nn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/figures"
)

// near reports whether arrays are of one type and equal within rounding of float32.
func near(x, y jnp.Array) bool {
	return x.DType() == y.DType() && fmt.Sprint(x.Shape()) == fmt.Sprint(y.Shape()) &&
		x.Sub(y).Abs().Max().Item() < 1e-4
}

// Parameters are trees: they go into Jit, and have gradients, those that are unset none.
func TestDense(t *testing.T) {
	p := DenseParams{Kernel: figures.Grid(3, 2)}
	x := figures.Grid(4, 3)
	loss := func(p DenseParams) jnp.Array { y := Dense(p, x); return y.Mul(y).Sum() }
	g := gojax.Jit(gojax.Grad(loss))(p)
	if want := x.T().MatMul(Dense(p, x)).Mul(2); !near(g.Kernel, want) || g.Bias.TraceValue() != nil {
		t.Errorf("the gradient is %v, want %v", g, want)
	}
	for d, want := range map[jnp.DType]jnp.DType{jnp.BFloat16: jnp.Float32, jnp.Int8: jnp.Float32,
		jnp.Complex64: jnp.Complex64} {
		if y := Dense(p, x.AsType(d)); y.DType() != want {
			t.Errorf("of %v it is %v", d, y.DType())
		}
	}
	if y := Dense(p, jnp.Zeros(0, 3)); fmt.Sprint(y.Shape()) != "[0 2]" {
		t.Errorf("of nothing it has shape %v", y.Shape())
	}
}

func TestDropout(t *testing.T) {
	key, x := random.Key(0), jnp.Ones(100, 100)
	y := Dropout(key, x, 0.25)
	if m := y.Mean().Item(); math.Abs(m-1) > 0.03 || y.Max().Item() != float64(float32(1)/0.75) {
		t.Errorf("the mean is %v, the largest %v", m, y.Max())
	}
	if !near(Dropout(key, x, 0), x) || Dropout(key, x, 1.0).Any().Item() != 0 {
		t.Error("rates of 0 and 1 are wrong")
	}
	rows := Dropouts{BroadcastAxes: []int{1}}.Dropout(key, x, jnp.AsArray(0.5))
	if jnp.PTP(rows, 1).Max().Item() != 0 || jnp.PTP(rows, 0).Min().Item() != 2 {
		t.Error("rows are not dropped together")
	}
	g := gojax.Grad(func(x jnp.Array) jnp.Array { return Dropout(key, x, 1.0).Sum() })(x)
	if g.Abs().Max().Item() != 0 {
		t.Errorf("the gradient of nothing is %v", g)
	}
}

func TestDenseErrors(t *testing.T) {
	x, p := figures.Grid(4, 3), DenseParams{figures.Grid(3, 2), figures.Grid(3)}
	table := EmbeddingParams{figures.Grid(5, 3)}
	for want, f := range map[string]func(){
		"nn.Dense(float32[4,3], float32[2,2]): the last axes": func() {
			Dense(DenseParams{Kernel: figures.Grid(2, 2)}, x)
		},
		"Bias must be of shape [2]": func() { Dense(p, x) },
		"never set":                 func() { Dense(DenseParams{}, x) },
		"only integers":             func() { Embedding(table, x) },
		"Table must be a matrix": func() {
			Embedding(EmbeddingParams{x.Index(0)}, jnp.Arange(2))
		},
		"the rate is a probability": func() { Dropout(random.Key(0), x, 1.5) },
	} {
		fails.With(t, f, want)
	}
}

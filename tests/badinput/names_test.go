package badinput_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/nn/initializers"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/scipy/stats"
)

// An error names the function that the user wrote, whichever one it passes its work to, at once and under transforms.
func TestNames(t *testing.T) {
	y, k := jnp.Ones(4), random.Key(0)
	for _, row := range []struct {
		name string
		f    func(x arr) arr
		want message
	}{
		{"alias", func(x arr) arr { return jnp.Divide(x, y) }, says("jnp.Divide", "jnp.Div: ", "[3] and [4]")},
		{"method", func(x arr) arr { return x.Gt(y) }, says("jnp.Array.Gt", "jnp.Greater: ", "[3] and [4]")},
		{"method that is a function", func(x arr) arr { return x.Add(y) }, says("jnp.Add(float32[3], float32[4]): sh")},
		{"options", func(x arr) arr { return jnp.Reduction{}.Sum(x, 1) }, says("jnp.Reduction.Sum(", "axis 1")},
		{"jnp", func(x arr) arr { return jnp.MatMul(x, y) }, says("jnp.MatMul(float32[3], float32[4]): ")},
		{"lax", func(x arr) arr { return lax.Add(x, y) }, says("lax.Add(float32[3], float32[4]): ")},
		{"trees", func(x arr) arr { return lax.Cond(x, nil, func() arr { return x }) }, says("lax.Cond: ", "nil")},
		{"linalg", func(x arr) arr { return linalg.Cholesky(x) }, says("linalg.Cholesky(float32[3]): ")},
		{"fft", func(x arr) arr { return fft.FFT(x, 2) }, says("fft.FFT(float32[3]): axis 2")},
		{"special", func(x arr) arr { return special.BetaInc(1, x, y) }, says("special.BetaInc", "[3] and [4]")},
		{"special by jnp", func(x arr) arr { return special.Softmax(x, 4) }, says("special.Softmax", "axis 4")},
		{"stats", func(x arr) arr { return stats.Norm{Loc: y}.PDF(x) }, says("stats.Norm.PDF", "broadcast")},
		{"nn", func(x arr) arr { return nn.Softmax(x, 3) }, says("nn.Softmax", "axis 3")},
		{"random", func(x arr) arr { return random.Bernoulli(k, x, 4) }, says("random.Bernoulli")},
	} {
		x := jnp.Ones(3)
		check(t, []mistake{
			{row.name, func() { row.f(x) }, row.want},
			{row.name + " under Jit", func() { gojax.Jit(row.f)(x) }, row.want},
			{row.name + " under Vmap", func() { gojax.Vmap(row.f)(jnp.Ones(2, 3)) }, row.want},
		})
	}
}

// The lines are the user's also where the compiler puts a closure of the library's into the user's function.
func TestLinesOfInlinedClosures(t *testing.T) {
	program := gojax.MakeProgram(func(x arr) arr { return nn.Relu(x) })(jnp.Ones(3)).String()
	if !strings.Contains(program, "names_test.go:") || strings.Contains(program, "activations.go") {
		t.Errorf("nn.Relu is written at\n%s", program)
	}
	err := gojax.Try(func() { initializers.Constant(jnp.Ones(4))(random.Key(0), 3) })
	if err == nil || !strings.HasPrefix(err.Error(), "names_test.go:") || !strings.Contains(err.Error(), "[3]") {
		t.Errorf("a constant that does not fit: %v", err)
	}
}

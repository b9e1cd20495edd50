package nn_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/trace"
)

// An error has the name of the function that was called, not of one that it is made of.
func TestErrors(t *testing.T) {
	x, b := jnp.Ones(2, 3), jnp.Ones(2).Gt(0)
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { nn.LogSigmoid(b) }, []string{"nn.LogSigmoid(bool[2])", "bools have no arithmetic"}},
		{func() { nn.Log1mExp(b) }, []string{"nn.Log1mExp(bool[2])", "bools have no arithmetic"}},
		{func() { nn.Softmax(b) }, []string{"nn.Softmax(bool[2])", "bools have no arithmetic"}},
		{func() { nn.LogSoftmax(b) }, []string{"nn.LogSoftmax(bool[2])", "bools have no arithmetic"}},
		{func() { nn.SparseSigmoid(x.Mul(1i)) }, []string{"nn.SparseSigmoid(complex64[2,3])", "complex"}},
		{func() { nn.Normalization{Fast: true}.Standardize(x.Mul(1i)) },
			[]string{"nn.Normalization.Standardize(complex64[2,3])", "complex"}},
		{func() { nn.Elu(x, 1, 2) }, []string{"nn.Elu", "takes one alpha, not 2"}},
		{func() { nn.LeakyRelu(x, "steep") }, []string{"nn.LeakyRelu", "a string is not an array"}},
		{func() { nn.Softmax(x, 2) }, []string{"nn.Softmax(float32[2,3])", "axis 2 is out of range"}},
		{func() { nn.LogSumExp(x, 0, 0) }, []string{"nn.LogSumExp(float32[2,3])", "axis 0 is named twice"}},
		{func() { nn.Relu(jnp.Array{}) }, []string{"nn.Relu: ", "never set"}},
		{func() { nn.Swish(jnp.Array{}) }, []string{"nn.Swish: ", "never set"}},
		{func() { nn.DotProductAttention(x, x, jnp.Array{}) }, []string{"nn.DotProductAttention: ", "never set"}},
	} {
		err := trace.Try(c.f)
		if err == nil {
			t.Errorf("no error; want %q", c.want)
			continue
		}
		for _, w := range append(c.want, "program_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%v\n\twant %q in it", err, w)
			}
		}
	}
}

// Factors of elements that are left out are not looked at.
func TestFactorsAreMasked(t *testing.T) {
	where := jnp.FromSlice([]bool{true, true, false})
	for _, b := range []float32{float32(math.NaN()), float32(math.Inf(1))} {
		o := nn.SumOfExp{Where: where, B: jnp.FromSlice([]float32{1, 1, b})}
		f := func(x jnp.Array) jnp.Array { return o.LogSumExp(x) }
		y, dx := gojax.ValueAndGrad(f)(jnp.FromSlice([]float32{1, 1, 700}))
		if math.Abs(y.Item()-1-math.Ln2) > 1e-6 || !slices.Equal(jnp.ToSlice[float32](dx), []float32{0.5, 0.5, 0}) {
			t.Errorf("with the factor %v: %v, gradient %v", b, y, dx)
		}
	}
}

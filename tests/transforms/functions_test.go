package transforms

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

type pair struct{ X, Y jnp.Array }

// uneven is an array of uneven float64 of both signs.
func uneven(start float64, shape ...int) jnp.Array {
	v := make([]float64, ir.SizeOf(shape))
	for i := range v {
		v[i] = math.Sin(start+1.7*float64(i)) + 0.1*math.Cos(11*float64(i))
	}
	return jnp.FromSlice(v, shape...)
}

func window(x jnp.Array, init float64, op func(a, b *trace.Value) *trace.Value, sizes, strides []int, pad ops.WindowPadding, o ...ops.WindowOptions) jnp.Array {
	return jnp.Wrap(ops.ReduceWindow(x.TraceValue(), ops.ScalarLit(ir.FloatLit(init, x.DType())), op, sizes, strides, pad, o...))
}

func either(a, b *trace.Value) *trace.Value { return ops.Sub(ops.Add(a, b), ops.Mul(a, b)) }

// Derivatives, forward and in reverse, of what is made of several rules: to the second order where that compiles quickly.
func TestGradients(t *testing.T) {
	conv := func(o ops.ConvOptions, strides []int, pad ops.WindowPadding) func(p pair) jnp.Array {
		return func(p pair) jnp.Array {
			return jnp.Sin(jnp.Wrap(ops.ConvGeneralDilated(p.X.TraceValue(), p.Y.TraceValue(), strides, pad, o)))
		}
	}
	neg := math.Inf(-1)
	gojax.WithX64(true, func() {
		square := uneven(0.5, 4, 5)
		for name, check := range map[string]func() error{
			"conv": func() error {
				return gojax.CheckGrads(conv(ops.ConvOptions{}, []int{2, 1}, ops.PadSame), pair{uneven(0, 1, 2, 5, 4), uneven(1, 3, 2, 2, 3)}, 2)
			},
			"conv dilated": func() error {
				return gojax.CheckGrads(conv(ops.ConvOptions{LhsDilation: []int{2}, RhsDilation: []int{2}}, nil, ops.PadWith([2]int{2, 1})), pair{uneven(0, 1, 2, 5), uneven(1, 3, 2, 2)}, 1)
			},
			"conv groups": func() error {
				return gojax.CheckGrads(conv(ops.ConvOptions{FeatureGroups: 2}, nil, ops.PadValid), pair{uneven(0, 1, 4, 4), uneven(1, 4, 2, 2)}, 1)
			},
			"conv batches": func() error {
				return gojax.CheckGrads(conv(ops.ConvOptions{BatchGroups: 2}, nil, ops.PadValid), pair{uneven(0, 4, 2, 4), uneven(1, 4, 2, 2)}, 1)
			},
			"max pool": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return jnp.Sin(window(x, neg, ops.Max, []int{2, 2}, []int{2, 1}, ops.PadSame))
				}, square, 2)
			},
			"min pool dilated": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return jnp.Sin(window(x, -neg, ops.Min, []int{2, 2}, nil, ops.PadValid, ops.WindowOptions{WindowDilation: []int{2, 3}}))
				}, square, 2)
			},
			"sum pool": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return jnp.Sin(window(x, 0, ops.Add, []int{2, 3}, []int{1, 2}, ops.PadSame))
				}, square, 2)
			},
			"product pool": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return window(x, 1, ops.Mul, []int{2, 2}, nil, ops.PadSameLower) }, square, 2)
			},
			"general pool": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return window(x, 0, either, []int{2, 2}, []int{2, 2}, ops.PadSame) }, square, 2)
			},
			"general reduce": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return jnp.Wrap(ops.Reduce([]*trace.Value{x.TraceValue()}, []*trace.Value{ops.ScalarLit(ir.FloatLit(0, ir.Float64))}, func(a, b []*trace.Value) []*trace.Value {
						return []*trace.Value{either(a[0], b[0])}
					}, []int{1})[0])
				}, square, 2)
			},
			"fft power": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return jnp.Square(jnp.Abs(fft.FFT(x))) }, uneven(0, 5), 2)
			},
			"rfft": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return fft.IRFFT(jnp.Sin(fft.RFFT(x))) }, uneven(0, 2, 6), 2)
			},
			"rfft odd": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return fft.Options{N: 5, Norm: fft.Ortho}.IRFFT(jnp.Square(fft.RFFT(x))) }, uneven(0, 5), 2)
			},
			"rfft2": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return fft.IRFFT2(jnp.Square(fft.RFFT2(x))) }, uneven(0, 3, 4), 2)
			},
			"top k": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { v, _ := ops.TopK(x.TraceValue(), 2); return jnp.Sin(jnp.Wrap(v)) }, square, 2)
			},
			"convolve": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array { return jnp.Convolution{Mode: jnp.ConvolveSame}.Convolve(jnp.Sin(p.X), p.Y) }, pair{uneven(0, 5), uneven(1, 3)}, 2)
			},
			"interp": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array { return jnp.Interp(p.X, jnp.Linspace(-2.0, 2.0, 6), jnp.Sin(p.Y)) }, pair{uneven(0, 5), uneven(1, 6)}, 1)
			},
			"polyval": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array { return jnp.PolyVal(p.X, p.Y) }, pair{uneven(0, 4), uneven(1, 3)}, 2)
			},
			"long polyval": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array { return jnp.PolyVal(p.X, p.Y) }, pair{uneven(0, 40), uneven(1, 3).Mul(0.4)}, 1)
			},
			"polydiv": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array { q, r := jnp.PolyDiv(p.X, p.Y); return jnp.Concatenate([]jnp.Array{q, r}) }, pair{uneven(0, 4), uneven(1, 2)}, 1)
			},
			"softmax": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return nn.Softmax(x).Mul(nn.LogSoftmax(x, 0)) }, square, 2)
			},
			"logsumexp": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array { return nn.SumOfExp{B: p.Y}.LogSumExp(p.X, 1) }, pair{square, uneven(0.2, 4, 5).Abs()}, 2)
			},
			"standardize": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return nn.Standardize(x) }, square, 2)
			},
			"activations": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return nn.Gelu(x).Add(nn.GeluExact(x)).Add(nn.Silu(x)).Add(nn.Mish(x)).Add(nn.Elu(x)).Add(nn.Celu(x)).Add(nn.Selu(x)).Add(nn.Softplus(x)).Add(nn.SquarePlus(x)).Add(nn.LogSigmoid(x))
				}, square, 2)
			},
			"attention": func() error {
				// Its softmax is float32 whatever the operands.
				return gojax.CheckGrads(func(p pair) jnp.Array { return nn.Attention{Causal: true}.DotProduct(p.X, p.Y, jnp.Sin(p.Y)) },
					pair{uneven(0, 3, 2, 2).AsType(jnp.Float32), uneven(1, 3, 2, 2).AsType(jnp.Float32)}, 1)
			},
			"special": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					y := x.Mul(x).Add(0.3)
					return special.I0e(x).Add(special.I1e(x)).Add(special.I0(x)).Add(special.Ndtr(x)).Add(special.LogNdtr(x.Mul(8))).Add(special.Entr(y)).Add(special.XLogY(x, y)).Add(special.Betaln(y, 2)).Add(special.Betainc(2, 3, nn.Sigmoid(x)))
				}, square, 1)
			},
			"ndtri": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return special.Ndtri(nn.Sigmoid(x.Mul(4))) }, square, 1)
			},
		} {
			t.Run(name, func(t *testing.T) {
				// The switch is the goroutine's, and a subtest has its own.
				gojax.WithX64(true, func() {
					if err := check(); err != nil {
						t.Error(err)
					}
				})()
			})
		}
	})()
}

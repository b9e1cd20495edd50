package transforms

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/tests/sample"
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

func either(a, b jnp.Array) jnp.Array { return lax.Sub(lax.Add(a, b), lax.Mul(a, b)) }

// Derivatives, forward and in reverse, of what is made of several rules: to the second order where that compiles
// quickly.
func TestGradients(t *testing.T) {
	conv := func(o lax.ConvOptions, strides []int, pad lax.WindowPadding) func(p pair) jnp.Array {
		return func(p pair) jnp.Array {
			return jnp.Sin(lax.ConvGeneralDilated(p.X, p.Y, strides, pad, o))
		}
	}
	neg := math.Inf(-1)
	second := 1 // of what has rules that others below, or the tests of ops, differentiate twice
	if sample.All() {
		second = 2
	}
	gojax.WithX64(true, func() {
		square := uneven(0.5, 4, 5)
		for name, check := range map[string]func() error{
			"conv": func() error {
				return gojax.CheckGrads(conv(lax.ConvOptions{}, []int{2, 1}, lax.PadSame()),
					pair{uneven(0, 1, 2, 5, 4), uneven(1, 3, 2, 2, 3)}, second)
			},
			"conv dilated": func() error {
				return gojax.CheckGrads(
					conv(lax.ConvOptions{LHSDilation: []int{2}, RHSDilation: []int{2}}, nil, lax.PadWith([2]int{2, 1})),
					pair{uneven(0, 1, 2, 5), uneven(1, 3, 2, 2)}, 1)
			},
			"conv groups": func() error {
				return gojax.CheckGrads(conv(lax.ConvOptions{FeatureGroups: 2}, nil, lax.PadValid()),
					pair{uneven(0, 1, 4, 4), uneven(1, 4, 2, 2)}, 1)
			},
			"conv batches": func() error {
				return gojax.CheckGrads(conv(lax.ConvOptions{BatchGroups: 2}, nil, lax.PadValid()),
					pair{uneven(0, 4, 2, 4), uneven(1, 4, 2, 2)}, 1)
			},
			"max pool": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return jnp.Sin(lax.ReduceWindow(x, neg, lax.Max, []int{2, 2}, []int{2, 1}, lax.PadSame()))
				}, square, 2)
			},
			"min pool dilated": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return jnp.Sin(
						lax.ReduceWindow(x, -neg, lax.Min, []int{2, 2}, nil, lax.PadValid(),
							lax.WindowOptions{WindowDilation: []int{2, 3}}))
				}, square, 2)
			},
			"sum pool": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return jnp.Sin(lax.ReduceWindow(x, 0, lax.Add, []int{2, 3}, []int{1, 2}, lax.PadSame()))
				}, square, second)
			},
			"product pool": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return lax.ReduceWindow(x, 1, lax.Mul, []int{2, 2}, nil, lax.PadSameLower())
				}, square, second)
			},
			"general pool": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return lax.ReduceWindow(x, 0, either, []int{2, 2}, []int{2, 2}, lax.PadSame())
				}, square, 2)
			},
			"general reduce": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return lax.Reduce(x, 0, either, 1) }, square,
					second)
			},
			"fft power": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return jnp.Square(jnp.Abs(fft.FFT(x))) },
					uneven(0, 5), 2)
			},
			"rfft": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return fft.IRFFT(jnp.Sin(fft.RFFT(x))) },
					uneven(0, 2, 6), 2)
			},
			"rfft odd": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return fft.Options{N: 5, Norm: fft.Ortho}.IRFFT(jnp.Square(fft.RFFT(x)))
				}, uneven(0, 5), 2)
			},
			"rfft2": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return fft.IRFFT2(jnp.Square(fft.RFFT2(x))) },
					uneven(0, 3, 4), second)
			},
			"top k": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { v, _ := lax.TopK(x, 2); return jnp.Sin(v) },
					square, 2)
			},
			"convolve": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array {
					return jnp.Convolution{Mode: jnp.ConvolveSame}.Convolve(jnp.Sin(p.X), p.Y)
				}, pair{uneven(0, 5), uneven(1, 3)}, second)
			},
			"interp": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array {
					return jnp.Interp(p.X, jnp.LinSpace(-2.0, 2.0, 6), jnp.Sin(p.Y))
				}, pair{uneven(0, 5), uneven(1, 6)}, 1)
			},
			"polyval": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array { return jnp.PolyVal(p.X, p.Y) },
					pair{uneven(0, 4), uneven(1, 3)}, 2)
			},
			"long polyval": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array { return jnp.PolyVal(p.X, p.Y) },
					pair{uneven(0, 40), uneven(1, 3).Mul(0.4)}, 1)
			},
			"polydiv": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array {
					q, r := jnp.PolyDiv(p.X, p.Y)
					return jnp.Concatenate([]jnp.Array{q, r})
				}, pair{uneven(0, 4), uneven(1, 2)}, 1)
			},
			"softmax": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return nn.Softmax(x).Mul(nn.LogSoftmax(x, 0)) },
					square, 2)
			},
			"logsumexp": func() error {
				return gojax.CheckGrads(func(p pair) jnp.Array { return nn.SumOfExp{B: p.Y}.LogSumExp(p.X, 1) },
					pair{square, uneven(0.2, 4, 5).Abs()}, second)
			},
			"standardize": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return nn.Standardize(x) }, square, second)
			},
			"activations": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					return nn.Gelu(x).Add(nn.GeluExact(x)).Add(nn.Silu(x)).Add(nn.Mish(x)).Add(nn.Elu(x)).
						Add(nn.Celu(x)).Add(nn.Selu(x)).Add(nn.Softplus(x)).Add(nn.SquarePlus(x)).Add(nn.LogSigmoid(x))
				}, square, second)
			},
			"attention": func() error {
				// Its softmax is float32 whatever the operands.
				return gojax.CheckGrads(func(p pair) jnp.Array {
					return nn.Attention{Causal: true}.DotProductAttention(p.X, p.Y, jnp.Sin(p.Y))
				},
					pair{uneven(0, 3, 2, 2).AsType(jnp.Float32), uneven(1, 3, 2, 2).AsType(jnp.Float32)}, 1)
			},
			"special": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array {
					y := x.Mul(x).Add(0.3)
					return special.I0e(x).Add(special.I1e(x)).Add(special.I0(x)).Add(special.Ndtr(x)).
						Add(special.LogNdtr(x.Mul(8))).Add(special.Entr(y)).Add(special.XLogY(x, y)).
						Add(special.BetaLn(y, 2)).Add(special.BetaInc(2, 3, nn.Sigmoid(x)))
				}, square, 1)
			},
			"ndtri": func() error {
				return gojax.CheckGrads(func(x jnp.Array) jnp.Array { return special.Ndtri(nn.Sigmoid(x.Mul(4))) },
					square, 1)
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

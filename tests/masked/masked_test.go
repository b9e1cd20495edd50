// Package masked tests that elements which a function leaves out, by Where or because they are NaN, take no part in its
// value nor in any derivative, whatever they hold.
package masked

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/stats"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

type array = jnp.Array

// row is a function that leaves elements out, and the same of what is left. The functions reduce their operand to one
// number.
type row struct {
	name   string
	masked func(x, where array) array
	plain  func(x array) array
}

// weights make a number of the elements of a result, such that each counts for itself.
func weighed(x array) array { return x.Mul(jnp.Arange(1, x.Size()+1).AsType(x.DType())).Sum() }

// kept is the weighed sum of the elements of y where the mask is true: the first two and the last but one.
func kept(y array) array {
	return weighed(jnp.Concatenate([]array{y.Index(jnp.S(0, 2)), y.Index(jnp.S(3, 4))}))
}

func reduction(name string, f func(r jnp.Reduction, x array) array, r jnp.Reduction) row {
	return row{name, func(x, where array) array {
		r := r
		r.Where = where
		return f(r, x)
	}, func(x array) array { return f(r, x) }}
}

func product(x, y array) array { return x.Mul(y) }

var byWhere = []row{
	reduction("Sum", func(r jnp.Reduction, x array) array { return r.Sum(x).Mul(r.Sum(x)) }, jnp.Reduction{}),
	reduction("Prod", func(r jnp.Reduction, x array) array { return r.Prod(x) }, jnp.Reduction{}),
	reduction("Max", func(r jnp.Reduction, x array) array { return r.Max(x) }, jnp.Reduction{Initial: -9}),
	reduction("Min", func(r jnp.Reduction, x array) array { return r.Min(x) }, jnp.Reduction{Initial: 9}),
	reduction("Mean", func(r jnp.Reduction, x array) array { return r.Mean(x) }, jnp.Reduction{}),
	reduction("Var", func(r jnp.Reduction, x array) array { return r.Var(x) }, jnp.Reduction{DDof: 1}),
	reduction("Var about 1", func(r jnp.Reduction, x array) array {
		r.Center = jnp.Ones(1).AsType(x.DType())
		return r.Var(x)
	}, jnp.Reduction{}),
	reduction("Std", func(r jnp.Reduction, x array) array { return r.Std(x) }, jnp.Reduction{}),
	reduction("NaNSum", func(r jnp.Reduction, x array) array { return r.NaNSum(x) }, jnp.Reduction{}),
	reduction("NaNProd", func(r jnp.Reduction, x array) array { return r.NaNProd(x) }, jnp.Reduction{}),
	reduction("NaNMax", func(r jnp.Reduction, x array) array { return r.NaNMax(x) }, jnp.Reduction{Initial: -9}),
	reduction("NaNMean", func(r jnp.Reduction, x array) array { return r.NaNMean(x) }, jnp.Reduction{}),
	reduction("NaNVar", func(r jnp.Reduction, x array) array { return r.NaNVar(x) }, jnp.Reduction{}),
	reduction("NaNStd", func(r jnp.Reduction, x array) array { return r.NaNStd(x) }, jnp.Reduction{DDof: 1}),
	{"UFunc.Reduce", func(x, where array) array {
		return jnp.UFunc{F: product, Identity: 1, Where: where}.Reduce(x)
	}, func(x array) array { return jnp.UFunc{F: product, Identity: 1}.Reduce(x) }},
	{"LogSumExp", func(x, where array) array { return nn.SumOfExp{Where: where}.LogSumExp(x) },
		func(x array) array { return nn.LogSumExp(x) }},
	{"LogSumExp with factors", func(x, where array) array {
		return nn.SumOfExp{Where: where, B: []float32{1, 2, 3, 4, 5}}.LogSumExp(x)
	}, func(x array) array { return nn.SumOfExp{B: []float32{1, 2, 4}}.LogSumExp(x) }},
	{"LogSumExp by factors", func(x, where array) array {
		return nn.SumOfExp{B: jnp.Where(where, 1, 0)}.LogSumExp(x)
	}, func(x array) array { return nn.LogSumExp(x) }},
	{"LogMeanExp", func(x, where array) array { return nn.SumOfExp{Where: where}.LogMeanExp(x) },
		func(x array) array { return nn.LogMeanExp(x) }},
	{"Softmax", func(x, where array) array { return kept(nn.Normalization{Where: where}.Softmax(x)) },
		func(x array) array { return weighed(nn.Softmax(x)) }},
	{"LogSoftmax", func(x, where array) array { return kept(nn.Normalization{Where: where}.LogSoftmax(x)) },
		func(x array) array { return weighed(nn.LogSoftmax(x)) }},
	{"Standardize", func(x, where array) array { return kept(nn.Normalization{Where: where}.Standardize(x)) },
		func(x array) array { return weighed(nn.Standardize(x)) }},
	{"Standardize fast",
		func(x, where array) array { return kept(nn.Normalization{Where: where, Fast: true}.Standardize(x)) },
		func(x array) array { return weighed(nn.Normalization{Fast: true}.Standardize(x)) }},
}

// unmasked is a function that leaves NaN out of itself.
func unmasked(name string, f, plain func(x array) array) row {
	return row{name, func(x, _ array) array { return f(x) }, plain}
}

// over is a function of all axes as one of an array alone.
func over(f func(x array, axes ...int) array) func(x array) array {
	return func(x array) array { return f(x) }
}

var byNaN = []row{
	unmasked("NaNSum", over(jnp.NaNSum), over(jnp.Sum)),
	unmasked("NaNProd", over(jnp.NaNProd), over(jnp.Prod)),
	unmasked("NaNMax", over(jnp.NaNMax), over(jnp.Max)),
	unmasked("NaNMin", over(jnp.NaNMin), over(jnp.Min)),
	unmasked("NaNMean", over(jnp.NaNMean), over(jnp.Mean)),
	unmasked("NaNVar", over(jnp.NaNVar), over(jnp.Var)),
	unmasked("NaNStd", over(jnp.NaNStd), over(jnp.Std)),
	unmasked("NaNMedian", over(jnp.NaNMedian), over(jnp.Median)),
	unmasked("NaNQuantile", func(x array) array { return jnp.NaNQuantile(x, 0.3) },
		func(x array) array { return jnp.Quantile(x, 0.3) }),
	unmasked("NaNCumSum", func(x array) array { return kept(jnp.NaNCumSum(x).Mul(jnp.NaNCumSum(x))) },
		func(x array) array { return weighed(jnp.CumSum(x).Mul(jnp.CumSum(x))) }),
	unmasked("NaNCumProd", func(x array) array { return kept(jnp.NaNCumProd(x)) },
		func(x array) array { return weighed(jnp.CumProd(x)) }),
	unmasked("SEM", func(x array) array { return stats.StandardErrors{NaNPolicy: stats.Omit}.SEM(x) },
		func(x array) array { return stats.SEM(x) }),
}

// first is the value and the gradient of f, and all its derivatives besides.
func first(f func(x array) array) func(x array) map[string]array {
	return func(x array) map[string]array {
		y, dx := gojax.ValueAndGrad(f)(x)
		return map[string]array{"value": y, "Grad": dx}
	}
}

func all(f func(x array) array) func(x array) map[string]array {
	return func(x array) map[string]array {
		y := first(f)(x)
		y["JacFwd"], y["Hessian"] = gojax.JacFwd(f)(x), gojax.Hessian(f)(x)
		y["JacRev of Grad"] = gojax.JacRev(gojax.Grad(f))(x)
		return y
	}
}

func TestMasked(t *testing.T) {
	inf := math.Inf(1)
	for _, d := range []jnp.DType{jnp.Float32, jnp.Float64} {
		huge := jnp.FInfo(d).Max
		check(t, byWhere, d, []float64{math.NaN(), inf, -inf, 200, huge, -huge})
		check(t, byNaN, d, []float64{math.NaN()})
	}
}

func check(t *testing.T, rows []row, d jnp.DType, holds []float64) {
	trace.WithX64(true, func() {
		where := jnp.AsArray([]bool{true, true, false, true, false})
		derivatives := all
		if d == jnp.Float32 { // they compile long
			derivatives = first
		}
		for _, r := range rows {
			left := jnp.AsArray([]float64{0.5, -1.25, 2}).AsType(d)
			want := gojax.Jit(derivatives(r.plain))(left)
			f := gojax.Jit(func(x, where array) map[string]map[string]array {
				of := func(x array) array { return r.masked(x, where) }
				twice := gojax.Vmap(first(of))(jnp.Stack([]array{x, x}))
				second := map[string]array{}
				for k, v := range twice {
					second[k] = v.Index(1)
				}
				return map[string]map[string]array{"": derivatives(of)(x), " under Vmap": second}
			})
			for _, h := range holds {
				x := jnp.AsArray([]float64{0.5, -1.25, h, 2, h}).AsType(d)
				for mode, got := range f(x, where) {
					for k, v := range got {
						what := fmt.Sprintf("%s of %v that holds %g: %s%s", r.name, d, h, k, mode)
						compare(t, what, elements(v), elements(spread(want[k])))
					}
				}
				if y := r.masked(x, where); !near(y.Item(), want["value"].Item(), 1e-6) {
					t.Errorf("%s of %v that holds %g, eagerly: %v, want %v", r.name, d, h, y, want["value"])
				}
			}
		}
	})
}

// spread is a derivative of three elements as one of five, with 0 where the mask is false.
func spread(x array) array {
	for axis := range x.NDim() {
		x = jnp.Insert(jnp.Insert(x, 2, 0, axis), 4, 0, axis)
	}
	return x
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*(1+math.Abs(b)) }

func elements(x array) []float64 { return jnp.ToSlice[float64](x.Ravel().AsType(jnp.Float64)) }

func compare(t *testing.T, what string, got, want []float64) {
	if !slices.EqualFunc(got, want, func(a, b float64) bool { return near(a, b, 2e-5) }) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

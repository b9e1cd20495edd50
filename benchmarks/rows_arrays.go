package main

import (
	"math"
	"slices"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
	"gonum.org/v1/gonum/dsp/fourier"
)

const million = 1_000_000

// expSin is the tutorial's function.
func expSin(x jnp.Array) jnp.Array { return jnp.Exp(x).Add(jnp.Mul(3, jnp.Sin(x))) }

func elementwiseRows() []row {
	x4, x25 := normal(4*million), normal(25*million)
	double64 := double(4 * million)
	return group("elementwise",
		work("exp+3sin 25e6", "exp3sin", one(expSin), x25).eager().quick().yard(copying(200*million)).loop(each(
			func(x float32) float32 { return float32(math.Exp(float64(x)) + 3*math.Sin(float64(x))) })),
		work("add 25e6", "add", one(func(x jnp.Array) jnp.Array { return x.Add(x) }), x25).eager().quick().
			yard(copying(200*million)).loop(each(func(x float32) float32 { return x + x })),
		work("add 1000", "add", one(func(x jnp.Array) jnp.Array { return x.Add(x) }), normal(1000)).eager().
			loop(each(func(x float32) float32 { return x + x })),
		work("tanh 4e6", "tanh", one(jnp.Tanh), x4).eager().quick().yard(copying(32*million)).loop(each(
			func(x float32) float32 { return float32(math.Tanh(float64(x))) })),
		work("log 4e6", "log", one(jnp.Log), positive(4*million)).eager().yard(copying(32*million)).loop(each(
			func(x float32) float32 { return float32(math.Log(float64(x))) })),
		work("pow 4e6", "pow", one(func(x jnp.Array) jnp.Array { return x.Pow(1.7) }), positive(4*million)).eager().
			quick().loop(each(func(x float32) float32 { return float32(math.Pow(float64(x), 1.7)) })),
		work("erf 4e6", "erf", one(special.Erf), x4).eager().loop(each(
			func(x float32) float32 { return float32(math.Erf(float64(x))) })),
		work("lgamma 4e6", "lgamma", one(special.GammaLn), positive(4*million)).eager().loop(each(
			func(x float32) float32 { y, _ := math.Lgamma(float64(x)); return float32(y) })),
		work("digamma 4e6", "digamma", one(special.Digamma), positive(4*million)).eager(),
		work("where 4e6", "where", one(func(x jnp.Array) jnp.Array { return jnp.Where(x.Gt(0), x, 0) }), x4).eager().
			yard(copying(32*million)).loop(each(func(x float32) float32 { return max(x, 0) })),
		work("f64 exp 4e6", "exp", one(jnp.Exp), double64).doubles().eager().yard(copying(64*million)),
	)
}

func reductionRows() []row {
	m2, m4 := normal(2000, 2000), normal(4000, 4000)
	reading := copying(64 * million)
	return group("reductions",
		work("sum all 4000^2", "sum", axis(jnp.Sum), m4).eager().yard(reading).loop(folded(0,
			func(s, x float32) float32 { return s + x })).within(1e-2),
		work("sum axis0 4000^2", "sum axis", axis(jnp.Sum, 0), m4).with(0).eager().yard(reading),
		work("sum axis1 4000^2", "sum axis", axis(jnp.Sum, 1), m4).with(1).eager().yard(reading),
		work("var axis0 4000^2", "var", axis(jnp.Var, 0), m4).eager(),
		work("max axis1 4000^2", "max", axis(jnp.Max, 1), m4).eager().yard(reading),
		work("argmax 4e6", "argmax", axis(jnp.ArgMax), normal(4*million)).
			ofNumPy(1.2).eager(),
		work("argmax axis1 2000^2", "argmax", axis(jnp.ArgMax, -1), m2).
			ofNumPy(1.2).eager(),
		work("cumsum 4e6", "cumsum", axis(jnp.CumSum), normal(4*million)).
			eager().quick().loop(running).within(1e-2),
		work("cumsum axis0 2000^2", "cumsum", axis(jnp.CumSum, 0), m2).eager(),
		work("softmax 2000^2", "softmax", axis(nn.Softmax, -1), m2).eager().quick(),
		work("logsumexp axis1 2000^2", "logsumexp", axis(special.LogSumExp, 1), m2).eager(),
		work("nan_to_num+nanmean 4000^2", "nanmean", axis(jnp.NaNMean, 0), m4).eager(),
		work("pairwise dist 2000x3", "pairwise", one(pairwise), normal(2000, 3)).quick(),
	)
}

// pairwise are the distances between all rows.
func pairwise(x jnp.Array) jnp.Array {
	d := x.Index(jnp.All, jnp.NewAxis).Sub(x.Index(jnp.NewAxis))
	return jnp.Sqrt(d.Pow(2).Sum(-1))
}

func sortingRows() []row {
	x4, i4, m2 := normal(4*million), integers(1000, 4*million), normal(2000, 2000)
	sorts := axis(jnp.Sort)
	return group("sorting",
		work("sort 4e6", "sort", sorts, x4).ofNumPy(0.5).eager().quick().loop(sorted),
		work("sort rows 2000^2", "sort", sorts, m2).ofNumPy(0.5).eager(),
		work("sort int 4e6", "sort", sorts, i4).ofNumPy(0.5).eager(),
		work("f64 sort 4e6", "sort", sorts, double(4*million)).doubles().eager(),
		work("argsort 4e6", "argsort", axis(jnp.ArgSort), x4).
			ofNumPy(0.5).eager().see(taken),
		work("median rows 2000^2", "median", axis(jnp.Median, -1), m2).
			ofNumPy(0.5).eager(),
		work("quantile 4e6", "quantile", one(func(x jnp.Array) jnp.Array { return jnp.Quantile(x, 0.3) }), x4).
			ofNumPy(1).eager().quick(),
		work("unique 1000 of 4e6", "unique", axis(jnp.Uniqueness{Size: 1000}.Unique), i4).ofNumPy(1).eager(),
		work("searchsorted 1e6 in 1e6", "searchsorted",
			two(func(a, v jnp.Array) jnp.Array { return jnp.SearchSorted(a, v) }),
			made(normal(million), ascending), normal(million)).eager(),
		work("histogram 4e6", "histogram", one(func(x jnp.Array) jnp.Array {
			counts, _ := jnp.Histograms{Bins: 50}.Histogram(x)
			return counts
		}), x4).eager().quick(),
		work("bincount 4e6", "bincount", one(jnp.Counting{Length: 1000}.BinCount), i4).eager().loop(counted),
		work("topk 100 of 4e6", "topk", many(func(x []jnp.Array) []jnp.Array { return pair(lax.TopK(x[0], 100)) }), x4).
			eager().see(first),
	)
}

func ascending(x jnp.Array) jnp.Array { return jnp.Sort(x) }

func movingRows() []row {
	x4, i4, m2, m4 := normal(4*million), integers(1000, 4*million), normal(2000, 2000), normal(4000, 4000)
	far := made(i4, func(x jnp.Array) jnp.Array { return x.Mul(4000) })
	segments := made(integers(100, 2000), ascending)
	return group("moving data",
		work("take 4e6", "take", two(func(x, i jnp.Array) jnp.Array { return x.Index(i) }), x4, far).eager(),
		work("scatter add 4e6", "scatter add", two(func(i, x jnp.Array) jnp.Array {
			return jnp.Zeros(1000).At(i).Add(x)
		}), i4, x4).within(1e-2),
		work("segment sum rows", "segment sum", two(func(x, s jnp.Array) jnp.Array {
			return jnp.SegmentSum(x, s, 100)
		}), m2, segments).with(100).eager().quick(),
		work("segment sum 1e6 into 1000", "segment sum", two(func(x, s jnp.Array) jnp.Array {
			return jnp.SegmentSum(x, s, 1000)
		}), normal(million), integers(1000, million)).with(1000).eager().within(1e-2),
		work("at set row 2000^2", "at set", one(func(x jnp.Array) jnp.Array { return x.At(5).Set(1.0) }), m2).eager().
			yard(copying(32*million)),
		work("roll 4e6", "roll", one(func(x jnp.Array) jnp.Array { return jnp.Roll(x, 7).Add(x) }), x4).eager().quick().
			yard(copying(32*million)),
		work("transpose copy 4000^2", "transpose", one(func(x jnp.Array) jnp.Array { return x.T().Add(0) }), m4).
			eager().quick().yard(copying(128*million)),
		work("concat 4e6", "concat", one(func(x jnp.Array) jnp.Array {
			return jnp.Concatenate([]jnp.Array{x, x})
		}), x4).eager().yard(copying(64*million)),
		work("kron 60x60", "kron", two(jnp.Kron), normal(60, 60), normal(60, 60)).eager(),
		work("convolve 1e5*64", "convolve", two(jnp.Convolve), normal(100_000), normal(64)).eager().quick(),
	)
}

func fftRows() []row {
	complexes := func(shape ...int) input { return of(jnp.Complex64, shape...) }
	return group("transforms and convolutions",
		work("fft 1e6", "fft", axis(fft.FFT), complexes(million)).eager().
			gonum(func(in []any) func() any {
				var x []complex128
				for _, v := range jnp.ToSlice[complex64](in[0].(jnp.Array)) {
					x = append(x, complex128(v))
				}
				plan, y := fourier.NewCmplxFFT(len(x)), make([]complex128, len(x))
				return func() any { return plan.Coefficients(y, x) }
			}),
		work("rfft 2^20", "rfft", axis(fft.RFFT), normal(1<<20)).eager(),
		work("fft2 1000^2", "fft2", axis(fft.FFT2), complexes(1000, 1000)).eager(),
		work("conv2d 32x3x64x64 * 16x3x3x3", "conv2d", two(convolved), normal(32, 3, 64, 64), normal(16, 3, 3, 3)).
			eager().quick(),
		work("conv2d 8x32x64x64 * 64x32x3x3", "conv2d", two(convolved), normal(8, 32, 64, 64),
			normal(64, 32, 3, 3)).eager(),
	)
}

func convolved(x, w jnp.Array) jnp.Array { return lax.ConvGeneralDilated(x, w, nil, lax.PadSame()) }

// Plain Go loops, on one processor.

func floats(x any) []float32 { return jnp.ToSlice[float32](x.(jnp.Array)) }

func each(f func(x float32) float32) rival {
	return func(in []any) func() any {
		x := floats(in[0])
		return func() any {
			y := make([]float32, len(x))
			for i, v := range x {
				y[i] = f(v)
			}
			return y
		}
	}
}

func folded(start float32, f func(s, x float32) float32) rival {
	return func(in []any) func() any {
		x := floats(in[0])
		return func() any {
			s := start
			for _, v := range x {
				s = f(s, v)
			}
			return []float32{s}
		}
	}
}

func running(in []any) func() any {
	x := floats(in[0])
	return func() any {
		y, s := make([]float32, len(x)), float32(0)
		for i, v := range x {
			s += v
			y[i] = s
		}
		return y
	}
}

func sorted(in []any) func() any {
	x := floats(in[0])
	return func() any {
		y := slices.Clone(x)
		slices.Sort(y)
		return y
	}
}

func counted(in []any) func() any {
	x := jnp.ToSlice[int32](in[0].(jnp.Array))
	return func() any {
		y := make([]int32, 1000)
		for _, v := range x {
			y[v]++
		}
		return y
	}
}

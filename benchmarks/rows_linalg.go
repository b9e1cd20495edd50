package main

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/mat"
)

// square are n by n normal numbers.
func square(d jnp.DType, n int) input { return of(d, n, n) }

func gramOf(x jnp.Array) jnp.Array { return x.T().MatMul(x) }

// gram is, of many rows of normal numbers, about twice the identity.
func gram(x jnp.Array) jnp.Array { return gramOf(x).Div(x.Shape()[0]).Add(eye(x)) }

func productRows() []row {
	f32, f64 := jnp.Float32, jnp.Float64
	product, xtx := two(jnp.MatMul), one(gramOf)
	of2 := func(x input) []input { return []input{x, x} }
	matmul := func(name string, x input) row { return work(name, "matmul", product, of2(x)...).eager() }
	return group("products",
		matmul("matmul f32 500", square(f32, 500)).yard(gemm(f32, 500)).gonum(sgemm).quick(),
		matmul("matmul f32 2000", square(f32, 2000)).yard(gemm(f32, 2000)).gonum(sgemm),
		matmul("matmul f32 5000", square(f32, 5000)).yard(gemm(f32, 5000)),
		matmul("f64 matmul 500", square(f64, 500)).yard(gemm(f64, 500)).gonum(dgemm).doubles(),
		matmul("f64 matmul 2000", square(f64, 2000)).yard(gemm(f64, 2000)).gonum(dgemm).doubles(),
		matmul("f64 matmul 5000", square(f64, 5000)).yard(gemm(f64, 5000)).doubles(),
		work("xtx f32 2000", "xtx", xtx, square(f32, 2000)).eager().ofNumPy(1.1).yard(gemm(f32, 2000)),
		work("f64 xtx 2000", "xtx", xtx, square(f64, 2000)).eager().quick().doubles().
			ofNumPy(1.1).yard(gemm(f64, 2000)),
		work("xtx/n + I f32 2000", "gram", one(gram), square(f32, 2000)),
		work("f64 xtx/n + I 2000", "gram", one(gram), square(f64, 2000)).doubles(),
		work("matvec 4000^2", "matmul", product, normal(4000, 4000), normal(4000)).eager().yard(copying(64*million)),
		work("matmul i32 500", "matmul", product, of2(integers(1000, 500, 500))...).most(1).eager().quick(),
		matmul("matmul c64 500", square(jnp.Complex64, 500)).most(1),
		work("batched 8x8 matmul 1e4", "matmul", product, of2(normal(10_000, 8, 8))...).most(1).eager(),
		work("einsum bij,bkj->bik 64x128x256", "einsum", two(func(a, b jnp.Array) jnp.Array {
			return jnp.Einsum("bij,bkj->bik", a, b)
		}), of2(normal(64, 128, 256))...).eager(),
	)
}

func linalgRows() []row {
	f32, f64 := jnp.Float32, jnp.Float64
	s500, a500 := definite(square(f32, 500)), normal(500, 500)
	cholesky, solve := one(linalg.Cholesky), two(linalg.Solve)
	small := regular(normal(86_000, 3, 3))
	return group("linear algebra",
		work("cholesky f32 500", "cholesky", cholesky, s500).eager().quick().gonum(matrices(choleskyOf)),
		work("cholesky f32 2000", "cholesky", cholesky, definite(square(f32, 2000))).eager().
			gonum(matrices(choleskyOf)),
		work("f64 cholesky 2000", "cholesky", cholesky, definite(square(f64, 2000))).eager().doubles().
			gonum(matrices(choleskyOf)),
		work("qr f32 500", "qr", many(func(x []jnp.Array) []jnp.Array { return pair(linalg.QR(x[0])) }), a500).eager().
			quick().see(factor).gonum(matrices(func(a ...*mat.Dense) []float64 {
			var qr mat.QR
			var r mat.Dense
			qr.Factorize(a[0])
			qr.RTo(&r)
			return r.RawMatrix().Data
		})),
		work("svd f32 300", "svd", many(func(x []jnp.Array) []jnp.Array { return triple(linalg.SVD(x[0])) }),
			normal(300, 300)).eager().see(second).gonum(matrices(func(a ...*mat.Dense) []float64 {
			var svd mat.SVD
			svd.Factorize(a[0], mat.SVDFull)
			return svd.Values(nil)
		})),
		work("solve f32 500", "solve", solve, s500, normal(500)).eager().quick().gonum(matrices(solveOf)),
		work("inv f32 500", "inv", one(linalg.Inv), s500).eager().gonum(matrices(func(a ...*mat.Dense) []float64 {
			var inv mat.Dense
			must(inv.Inverse(a[0]))
			return inv.RawMatrix().Data
		})),
		work("eigh f32 300", "eigh", many(func(x []jnp.Array) []jnp.Array { return pair(linalg.Eigh(x[0])) }),
			definite(square(f32, 300))).eager().see(first).gonum(matrices(func(a ...*mat.Dense) []float64 {
			var e mat.EigenSym
			e.Factorize(symmetric(a[0]), true)
			return e.Values(nil)
		})),
		work("det f32 500", "slogdet", many(func(x []jnp.Array) []jnp.Array { return pair(linalg.SLogDet(x[0])) }),
			s500).eager().see(second).gonum(matrices(func(a ...*mat.Dense) []float64 {
			log, _ := mat.LogDet(a[0])
			return []float64{log}
		})),
		work("batched 8x8 cholesky 1e4", "cholesky", cholesky, definite(normal(10_000, 8, 8))).most(1).eager().quick(),
		work("batched 3x3 solve 86e3", "solve", solve, small, normal(86_000, 3, 1)).most(1).eager().quick().
			within(1e-2),
		work("f64 batched 4x4 solve 1e5", "solve", solve, regular(double(100_000, 4, 4)), double(100_000, 4, 1)).
			most(1).doubles().eager(),
		work("triangular solve 500", "triangular", two(linalg.Triangular{Lower: true}.SolveTriangular),
			made(s500, func(x jnp.Array) jnp.Array { return jnp.Tril(x) }), normal(500, 100)).eager(),
	)
}

// Of gonum, which has float64 alone for all but products.

func matrices(f func(a ...*mat.Dense) []float64) rival {
	return func(in []any) func() any {
		a := make([]*mat.Dense, len(in))
		for i, x := range in {
			x := x.(jnp.Array)
			cols := 1
			if x.NDim() > 1 {
				cols = x.Shape()[1]
			}
			a[i] = mat.NewDense(x.Shape()[0], cols, numbers(x, 1))
		}
		return func() any { return f(a...) }
	}
}

func symmetric(a *mat.Dense) *mat.SymDense {
	return mat.NewSymDense(a.RawMatrix().Rows, a.RawMatrix().Data)
}

var dgemm = matrices(func(a ...*mat.Dense) []float64 {
	var c mat.Dense
	c.Mul(a[0], a[1])
	return c.RawMatrix().Data
})

func choleskyOf(a ...*mat.Dense) []float64 {
	var c mat.Cholesky
	var l mat.TriDense
	c.Factorize(symmetric(a[0]))
	c.LTo(&l)
	n, _ := l.Dims()
	lower := make([]float64, n*n) // gonum leaves the upper triangle as it is
	for i := range n {
		copy(lower[i*n:i*n+i+1], l.RawTriangular().Data[i*n:])
	}
	return lower
}

func solveOf(a ...*mat.Dense) []float64 {
	var x mat.Dense
	must(x.Solve(a[0], a[1]))
	return x.RawMatrix().Data
}

func sgemm(in []any) func() any {
	general := func(x any) blas32.General {
		n := x.(jnp.Array).Shape()[0]
		return blas32.General{Rows: n, Cols: n, Stride: n, Data: floats(x)}
	}
	a, b := general(in[0]), general(in[1])
	return func() any {
		c := blas32.General{Rows: a.Rows, Cols: b.Cols, Stride: b.Cols, Data: make([]float32, a.Rows*b.Cols)}
		blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, a, b, 0, c)
		return c.Data
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
)

// What operations cost, for ir.Program.Costs. Counts of decompositions are the leading terms that Golub and Van Loan
// give; those that iterate (eigh, svd, eig, schur) are for the usual number of rounds.

// elements is how many elements t has.
func elements(t ir.Aval) float64 { return float64(max(ir.SizeOf(t.Shape), 0)) }

// matrix is how many matrices t is, and their sizes.
func matrix(t ir.Aval) (batch, m, n float64) {
	r := len(t.Shape)
	if r < 2 {
		return 1, elements(t), 1
	}
	m, n = float64(t.Shape[r-2]), float64(t.Shape[r-1])
	return float64(ir.SizeOf(t.Shape[:r-2])), m, n
}

// cubes is f times n³ for each of the square matrices t.
func cubes(t ir.Aval, f float64) float64 {
	b, n, _ := matrix(t)
	return b * f * n * n * n
}

// sorting is the comparisons of sorting t along rows of n elements.
func sorting(t ir.Aval, n int) float64 { return elements(t) * math.Log2(max(float64(n), 2)) }

func (elementwise) Flops(_, out []ir.Aval) float64  { return elements(out[0]) }
func (selectOp) Flops(_, out []ir.Aval) float64     { return elements(out[0]) }
func (clamp) Flops(_, out []ir.Aval) float64        { return elements(out[0]) }
func (stopGradient) Flops(_, _ []ir.Aval) float64   { return 0 }
func (reduction) Flops(in, _ []ir.Aval) float64     { return elements(in[0]) }
func (argExtremum) Flops(in, _ []ir.Aval) float64   { return elements(in[0]) }
func (cumulative) Flops(in, _ []ir.Aval) float64    { return elements(in[0]) }
func (preduce) Flops(in, _ []ir.Aval) float64       { return elements(in[0]) }
func (psumScatter) Flops(in, _ []ir.Aval) float64   { return elements(in[0]) }
func (scatter) Flops(in, _ []ir.Aval) float64       { return elements(in[2]) }
func (topK) Flops(in, _ []ir.Aval) float64          { return sorting(in[0], in[0].Shape[len(in[0].Shape)-1]) }
func (approxTopK) Flops(in, _ []ir.Aval) float64    { return elements(in[0]) }
func (searchSorted) Flops(in, _ []ir.Aval) float64  { return sorting(in[1], ir.SizeOf(in[0].Shape)) }
func (partition) Flops(in, _ []ir.Aval) float64     { return elements(in[0]) }
func (binCount) Flops(in, _ []ir.Aval) float64      { return elements(in[0]) }
func (threefry2x32) Flops(_, out []ir.Aval) float64 { return 100 * elements(out[0]) } // 20 rounds of 5
func (rngBitGenerator) Flops(_, out []ir.Aval) float64 {
	return 50 * elements(out[len(out)-1])
}

func (s sortOp) Flops(in, _ []ir.Aval) float64 {
	if len(in[0].Shape) == 0 {
		return 0
	}
	return sorting(in[0], in[0].Shape[s.Axis])
}

func (o reduce) Flops(in, _ []ir.Aval) float64 {
	return elements(in[0]) * ir.Total(o.Body.Costs()).Flops
}

func (o reduceWindow) Flops(_, out []ir.Aval) float64 {
	return elements(out[0]) * float64(ir.SizeOf(o.Window.Sizes))
}

func (o reduceWindows) Flops(_, out []ir.Aval) float64 {
	return elements(out[0]) * float64(ir.SizeOf(o.Window.Sizes)) * ir.Total(o.Body.Costs()).Flops
}

func (o selectAndScatterAdd) Flops(in, _ []ir.Aval) float64 { return elements(in[0]) }

func (o dotGeneral) Flops(in, out []ir.Aval) float64 {
	k := 1.0
	for _, a := range o.Dims.LHSContract {
		k *= float64(in[0].Shape[a])
	}
	return 2 * k * elements(out[0])
}

// Each element of the result is a sum over the kernel of one output feature.
func (o conv) Flops(in, out []ir.Aval) float64 {
	features := float64(in[1].Shape[o.Dims.RHS[0]])
	return 2 * elements(out[0]) * elements(in[1]) / max(features, 1)
}

func (o fft) Flops(in, out []ir.Aval) float64 {
	n := float64(ir.SizeOf(o.Lengths))
	flops := 5 * max(elements(in[0]), elements(out[0])) * math.Log2(max(n, 2))
	if o.Type == FFTReal || o.Type == FFTRealInverse {
		flops /= 2
	}
	return flops
}

func (cholesky) Flops(in, _ []ir.Aval) float64    { return cubes(in[0], 1.0/3) }
func (hessenberg) Flops(in, _ []ir.Aval) float64  { return cubes(in[0], 10.0/3) }
func (tridiagonal) Flops(in, _ []ir.Aval) float64 { return cubes(in[0], 4.0/3) }
func (eig) Flops(in, _ []ir.Aval) float64         { return cubes(in[0], 25) }
func (schur) Flops(in, _ []ir.Aval) float64       { return cubes(in[0], 25) }

func (o eigh) Flops(in, _ []ir.Aval) float64 {
	if o.Vectors {
		return cubes(in[0], 9)
	}
	return cubes(in[0], 4.0/3)
}

func (lu) Flops(in, _ []ir.Aval) float64 {
	b, m, n := matrix(in[0])
	k := min(m, n)
	return b * k * k * (max(m, n) - k/3)
}

func (geqrf) Flops(in, _ []ir.Aval) float64              { return reflections(in[0]) }
func (householderProduct) Flops(in, _ []ir.Aval) float64 { return reflections(in[0]) }
func (qr) Flops(in, _ []ir.Aval) float64                 { return 2 * reflections(in[0]) }

// reflections is the work of a QR decomposition without Q.
func reflections(t ir.Aval) float64 {
	b, m, n := matrix(t)
	k := min(m, n)
	return b * 2 * k * k * (max(m, n) - k/3)
}

func (o svd) Flops(in, _ []ir.Aval) float64 {
	b, m, n := matrix(in[0])
	k, l := min(m, n), max(m, n)
	if o.Vectors {
		return b * (14*l*k*k + 8*k*k*k)
	}
	return b * (4*l*k*k - 4*k*k*k/3)
}

func (o triangularSolve) Flops(in, out []ir.Aval) float64 {
	_, n, _ := matrix(in[0])
	return n * elements(out[0])
}

func (tridiagonalSolve) Flops(_, out []ir.Aval) float64 { return 8 * elements(out[0]) }

func (ormqr) Flops(in, out []ir.Aval) float64 {
	_, _, k := matrix(in[0])
	return 4 * k * elements(out[0])
}

func (choleskyUpdate) Flops(in, _ []ir.Aval) float64 { return 6 * elements(in[0]) }

func (symmetricProduct) Flops(in, out []ir.Aval) float64 {
	_, _, k := matrix(in[0])
	return (2*k + 2) * elements(out[0])
}

// Loops and choices.
func (o scan) Rounds([]ir.Aval) int { return o.Length }
func (cond) Chooses()               {}

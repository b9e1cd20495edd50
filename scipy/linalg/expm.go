package linalg

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// Exponential holds the keyword arguments of Expm.
type Exponential struct {
	// UpperTriangular takes the matrix for an upper triangular one.
	UpperTriangular bool
	// MaxSquarings is how often the exponential of a smaller matrix is squared at most, 16 if 0. Where that does not
	// suffice the result is NaN.
	MaxSquarings int
}

// Expm is the exponential of square matrices, I + A + A²/2! + A³/3! + ..., SciPy's linalg.expm: [..., n, n] to the same
// shape. It is a Padé approximation at A/2ˢ, squared s times (N. J. Higham, The scaling and squaring method for the
// matrix exponential revisited, 2005). A matrix of a column sum over 3.5e5, or 2.5e5 in float32, gives NaN.
//
// Options: Exponential (UpperTriangular, MaxSquarings).
func Expm(a jnp.Array) jnp.Array { return Exponential{}.Expm(a) }

// Expm is linalg.Expm with options.
func (o Exponential) Expm(a jnp.Array) jnp.Array {
	const op = "linalg.Expm"
	matrices(op, a, true)
	return run(op, o, func(x []jnp.Array) []jnp.Array { return []jnp.Array{o.expm(x[0])} }, a)[0]
}

// pade are the coefficients of an approximation of the exponential, and the norm up to which it is exact.
type pade struct {
	norm float64
	b    []float64
}

var (
	pade7  = pade{3.925724783138660, []float64{17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1}}
	pade13 = pade{5.371920351148152, []float64{64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800,
		129060195264000, 10559470521600, 670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1}}
)

func (o Exponential) expm(a jnp.Array) jnp.Array {
	p := pade13
	if a.Real().DType() == jnp.Float32 {
		p = pade7
	}
	most := o.MaxSquarings
	if most == 0 {
		most = 16
	}
	n, _ := size(a)
	if n == 0 {
		return a
	}
	norm := linalg.Norms{Order: linalg.Ord(1)}.MatrixNorm(jnp.Wrap(ops.StopGradient(a.TraceValue())))
	squarings := jnp.ExpandDims(jnp.Maximum(0, jnp.Ceil(jnp.Log2(norm.Div(p.norm)))), -1, -2)
	small := a.Mul(jnp.Exp2(squarings.Mul(-1)).AsType(a.DType()))
	odd, even := p.halves(small)
	up, down := even.Add(odd), even.Sub(odd)
	r := jnp.Array{}
	if o.UpperTriangular {
		r = linalg.SolveTriangular(down, up)
	} else {
		r = linalg.Solve(down, up)
	}
	r = lax.ForiLoop(0, most, func(i, r jnp.Array) jnp.Array {
		more := jnp.Greater(squarings, i)
		return lax.Cond(jnp.Any(more), func() jnp.Array { return jnp.Where(more, product(r, r), r) },
			func() jnp.Array { return r })
	}, r)
	return jnp.Where(jnp.LessEqual(squarings, most), r, jnp.NaN)
}

// halves are the odd and the even part of the numerator, whose difference is the denominator.
func (p pade) halves(a jnp.Array) (odd, even jnp.Array) {
	n, _ := size(a)
	eye := jnp.Creation{DType: a.DType()}.Eye(n)
	powers := []jnp.Array{eye, product(a, a)} // of a², to the third
	for len(powers) < 4 {
		powers = append(powers, product(powers[len(powers)-1], powers[1]))
	}
	sum := func(b []float64) jnp.Array { // of b[0], b[2], ... times powers
		s := powers[0].Mul(b[0])
		for i := 2; i < len(b); i += 2 {
			s = s.Add(powers[i/2].Mul(b[i]))
		}
		return s
	}
	low, high := p.b[:8], p.b[8:]
	odd, even = sum(low[1:]), sum(low)
	if len(high) > 0 { // what is left begins with a to the eighth, a⁶ times a²
		beyond := func(b []float64) jnp.Array {
			s := powers[1].Mul(b[0])
			for i := 2; i < len(b); i += 2 {
				s = s.Add(powers[i/2+1].Mul(b[i]))
			}
			return product(powers[3], s)
		}
		odd, even = odd.Add(beyond(high[1:])), even.Add(beyond(high))
	}
	return product(a, odd), even
}

// ExpmFrechet is the exponential of A and its derivative in the direction E, SciPy's linalg.expm_frechet: square
// matrices of one shape, [..., n, n]. They are blocks of the exponential of a matrix twice as large.
func ExpmFrechet(a, e jnp.Array) (expm, frechet jnp.Array) {
	const op = "linalg.ExpmFrechet"
	n := alike(op, a, e)
	y := run(op, nil, func(x []jnp.Array) []jnp.Array {
		a, e := x[0], x[1]
		y := Exponential{}.expm(jnp.Concatenate([]jnp.Array{
			jnp.Concatenate([]jnp.Array{a, e}, -1), jnp.Concatenate([]jnp.Array{jnp.ZerosLike(a), a}, -1)}, -2))
		top := y.Index(jnp.Ellipsis, jnp.S(0, n), jnp.All)
		return []jnp.Array{top.Index(jnp.Ellipsis, jnp.S(0, n)), top.Index(jnp.Ellipsis, jnp.S(n, 2*n))}
	}, a, e)
	return y[0], y[1]
}

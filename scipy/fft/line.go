package fft

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/lax"
)

// A transform along the last axis is made of one discrete Fourier transform. A sine transform of type 2, 3 or 4 is a
// cosine transform between a change of signs and a reversal (types 2 and 3: J. Makhoul, A fast cosine transform in one
// and two dimensions, 1980).

// resized is x cut or padded with zeros to n elements of the last axis.
func resized(x jnp.Array, n int) jnp.Array {
	switch m := length(x); {
	case m > n:
		return part(x, 0, n)
	case m < n:
		widths := make([][2]int, x.NDim())
		widths[len(widths)-1][1] = n - m
		return jnp.Pad(x, widths...)
	}
	return x
}

// line is the transform of x, which is real and of the right length, along the last axis.
func (p plan) line(x jnp.Array) jnp.Array {
	n := length(x)
	period := 2 * n // what the transform and its inverse divide by
	if p.Type == 1 && p.Sine {
		period = 2 * (n + 1)
	} else if p.Type == 1 {
		period = 2 * (n - 1)
	}
	kind := p.Type
	if p.Inverse { // types 2 and 3 are each other's inverses, and the others their own
		kind = [...]int{1: 1, 2: 3, 3: 2, 4: 4}[kind]
	}
	y := p.unscaled(kind, x)
	switch {
	case p.Norm == Ortho:
		y = y.Mul(1 / math.Sqrt(float64(period)))
	case p.Inverse == (p.Norm == Backward):
		y = y.Mul(1 / float64(period))
	}
	return y
}

// unscaled is the transform of a type, orthogonal but for a factor if asked.
func (p plan) unscaled(kind int, x jnp.Array) jnp.Array {
	ortho := p.Norm == Ortho
	if !p.Sine {
		return cosine(kind, x, ortho)
	}
	switch kind {
	case 1:
		return sine1(x)
	case 2:
		return flip(cosine(2, x.Mul(signs(x)), ortho))
	}
	return cosine(kind, flip(x), ortho).Mul(signs(x))
}

// cosine is the cosine transform of a type.
func cosine(kind int, x jnp.Array, ortho bool) jnp.Array {
	atEnds := func(x jnp.Array, factor float64) jnp.Array { return x }
	if ortho {
		atEnds = func(x jnp.Array, factor float64) jnp.Array {
			at := index(x)
			end := at.Eq(0)
			if kind == 1 {
				end = jnp.LogicalOr(end, at.Eq(length(x)-1))
			}
			return jnp.Where(end, x.Mul(factor), x)
		}
	}
	switch kind {
	case 1:
		return atEnds(cosine1(atEnds(x, math.Sqrt2)), math.Sqrt2/2)
	case 2:
		return atEnds(cosine2(x), math.Sqrt2/2)
	case 3:
		return cosine3(atEnds(x, math.Sqrt2))
	}
	return cosine4(x)
}

// cosine1 transforms the even extension.
func cosine1(x jnp.Array) jnp.Array {
	return fft.RFFT(join(x, flip(part(x, 1, length(x)-1)))).Real()
}

// sine1 transforms the odd extension.
func sine1(x jnp.Array) jnp.Array {
	zero := jnp.ZerosLike(part(x, 0, 1))
	return part(fft.RFFT(join(zero, x, zero, flip(x).Neg())).Imag(), 1, length(x)+1).Neg()
}

// cosine2 transforms the elements at even places and then, backwards, those at odd ones. What comes of the first half
// of the frequencies, turned by a quarter of a turn at most, holds the second half as its imaginary parts.
func cosine2(x jnp.Array) jnp.Array {
	n := length(x)
	v := fft.RFFT(join(part(x, 0, n, 2), flip(part(x, 1, n, 2))))
	v = v.Mul(turned(v, -1/(2*float64(n)))).Mul(2)
	return join(v.Real(), flip(part(v.Imag(), 1, (n-1)/2+1)).Neg())
}

// cosine3 undoes cosine2, but for the factor 2n.
func cosine3(x jnp.Array) jnp.Array {
	n := length(x)
	half := n/2 + 1
	low, high := part(x, 0, half), part(flip(part(x, 1, n)), 0, half-1)
	v := lax.Complex(low, join(jnp.ZerosLike(part(x, 0, 1)), high).Neg())
	y := fft.Options{N: n, Norm: fft.Forward}.IRFFT(v.Mul(turned(v, 1/(2*float64(n)))))
	even, odd := part(y, 0, (n+1)/2), resized(flip(part(y, (n+1)/2, n)), (n+1)/2)
	mixed := jnp.Stack([]jnp.Array{even, odd}, -1)
	shape := append([]int{}, x.Shape()...)
	shape[len(shape)-1] = 2 * ((n + 1) / 2)
	return part(mixed.Reshape(shape...), 0, n)
}

// cosine4 is a Fourier transform of twice the length, of which half is used.
func cosine4(x jnp.Array) jnp.Array {
	n := length(x)
	v := fft.Options{N: 2 * n}.FFT(x.Mul(turned(x, -1/(2*float64(n)))))
	v = part(v, 0, n)
	return v.Mul(turned(v, -1/(2*float64(n)), 0.5)).Real().Mul(2)
}

// turned are exp(πi·turn·(k + shift)) for the places k along the last axis of x.
func turned(x jnp.Array, turn float64, shift ...float64) jnp.Array {
	k := index(x).AsType(x.Real().DType())
	for _, s := range shift {
		k = k.Add(s)
	}
	angle := k.Mul(math.Pi * turn)
	return lax.Complex(jnp.Cos(angle), jnp.Sin(angle))
}

// signs are 1, -1, 1, ... along the last axis of x.
func signs(x jnp.Array) jnp.Array {
	return index(x).Mod(2).Mul(-2).Add(1).AsType(x.DType())
}

func index(x jnp.Array) jnp.Array   { return lax.Iota(jnp.Int32, []int{length(x)}, 0) }
func length(x jnp.Array) int        { return x.Shape()[x.NDim()-1] }
func flip(x jnp.Array) jnp.Array    { return jnp.Flip(x, -1) }
func join(x ...jnp.Array) jnp.Array { return jnp.Concatenate(x, -1) }

// part are the elements from..to of the last axis, or every step-th of them.
func part(x jnp.Array, from, to int, step ...int) jnp.Array {
	return x.Index(jnp.Ellipsis, jnp.S(from, to, step...))
}

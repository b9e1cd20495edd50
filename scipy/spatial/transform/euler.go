package transform

import (
	"math"
	"strings"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Angles holds the keyword arguments of FromEuler, FromRotVec, AsEuler and AsRotVec.
type Angles struct {
	Degrees bool // angles are in degrees instead of radians
}

// in is x, angles in radians, in o's unit.
func (o Angles) in(x array) array {
	if o.Degrees {
		return jnp.Rad2Deg(x)
	}
	return x
}

// radians is x, angles in o's unit, in radians.
func (o Angles) radians(x array) array {
	if o.Degrees {
		return jnp.Deg2Rad(x)
	}
	return x
}

// sequence is the axes that up to three letters name: x, y and z stand for axes that stay as they are, X, Y and Z for
// those that the rotations before have turned.
func sequence(op, seq string, least int) (axes []int, turned bool) {
	axes = make([]int, len(seq))
	turned = seq == strings.ToUpper(seq)
	ok := len(seq) >= least && len(seq) <= 3 && (turned || seq == strings.ToLower(seq))
	for i, c := range strings.ToLower(seq) {
		axes[i] = int(c - 'x')
		ok = ok && c >= 'x' && c <= 'z' && (i == 0 || axes[i] != axes[i-1])
	}
	if !ok {
		number := "three"
		if least < 3 {
			number = "one to three"
		}
		trace.Fail(op, nil, "the axes %q must be %s letters of \"xyz\" or of \"XYZ\", none the same as that before it",
			seq, number)
	}
	return axes, turned
}

// FromEuler is the rotations of Euler angles (SciPy's Rotation.from_euler): seq names one to three axes, small letters
// for those that stay as they are (extrinsic rotations), capitals for those that turn too (intrinsic ones). angles is
// [..., n] for n letters, or a number for one.
//
// Options: Angles (Degrees).
func FromEuler[A jnp.Operand](seq string, angles A) Rotation { return Angles{}.FromEuler(seq, angles) }

// FromEuler is transform.FromEuler with options. angles is an Array, a number or a Go slice.
func (o Angles) FromEuler(seq string, angles any) Rotation {
	const op = "transform.FromEuler"
	axes, turned := sequence(op, seq, 1)
	params := struct {
		Angles
		Seq string
	}{o, seq}
	return Rotation{reals(op, params, func(in []array) array {
		a := jnp.AtLeast1D(in[0])
		if s := a.Shape(); s[len(s)-1] != len(axes) {
			trace.Fail(op, trace.Avals(arrays.Values(in)), "for the axes %q the last axis of the angles has length "+
				"%d, not %d; one angle for each of n rotations is an array of shape (n, 1)", seq, len(axes),
				s[len(s)-1])
		}
		half := o.radians(a).Div(2)
		sin, cos := jnp.Unstack(jnp.Sin(half), -1), jnp.Unstack(jnp.Cos(half), -1)
		var q array
		for i, axis := range axes {
			p := []array{jnp.ZerosLike(sin[i]), jnp.ZerosLike(sin[i]), jnp.ZerosLike(sin[i]), cos[i]}
			p[axis] = sin[i]
			switch next := jnp.Stack(p, -1); {
			case i == 0:
				q = next
			case turned:
				q = product(q, next)
			default:
				q = product(next, q)
			}
		}
		return q
	}, angles)}
}

// AsEuler is the Euler angles for three axes, [..., 3], named as FromEuler names them (SciPy's Rotation.as_euler). The
// first and the third are from -π to π, the second from 0 to π where these two are one axis, and otherwise from -π/2 to
// π/2. At the ends of the second's range the third is 0.
func (r Rotation) AsEuler(seq string) jnp.Array { return Angles{}.AsEuler(r, seq) }

// AsEuler is Rotation.AsEuler with options.
func (o Angles) AsEuler(r Rotation, seq string) jnp.Array {
	const op = "transform.Rotation.AsEuler"
	axes, turned := sequence(op, seq, 3)
	params := struct {
		Angles
		Seq string
	}{o, seq}
	return r.as(op, params, func(q array) array { return o.in(eulerOf(q, axes, turned)) })
}

// eulerOf is the angles by the method of Bernardes and Viollet, "Quaternion to Euler angles conversion: a direct,
// general and computationally efficient method" (2022), for axes that stay; for those that turn it is the same of the
// axes in the other order.
func eulerOf(q array, axes []int, turned bool) array {
	first, third, flip := 0, 2, -1.0
	i, j, k := axes[0], axes[1], axes[2]
	if turned {
		i, k = k, i
		first, third, flip = 2, 0, 1
	}
	symmetric := i == k
	if symmetric {
		k = 3 - i - j
	}
	sign := float64((i - j) * (j - k) * (k - i) / 2)
	p := jnp.Unstack(q, -1)
	a, b, c, d := p[3], p[i], p[j], p[k].Mul(sign)
	if !symmetric {
		a, b, c, d = a.Sub(p[j]), b.Add(d), c.Add(p[3]), d.Sub(b)
	}
	var angle [3]array
	angle[1] = jnp.Atan2(jnp.Hypot(c, d), jnp.Hypot(a, b)).Mul(2)
	const eps = 1e-7
	low, high := angle[1].Abs().Le(eps), angle[1].Sub(math.Pi).Abs().Le(eps)
	sum, difference := jnp.Atan2(b, a), jnp.Atan2(d, c)
	// At the ends the first and the third angle turn about one axis.
	one := jnp.Where(low, sum.Mul(2), difference.Mul(2*flip))
	ends := low.Or(high)
	of := map[int]array{0: one, 2: jnp.ZerosLike(one)}
	angle[first] = jnp.Where(ends, of[first], sum.Sub(difference))
	angle[third] = jnp.Where(ends, of[third], sum.Add(difference))
	if !symmetric {
		angle[third] = angle[third].Mul(sign)
		angle[1] = angle[1].Sub(math.Pi / 2)
	}
	all := jnp.Stack(angle[:], -1)
	return all.Add(math.Pi).Mod(2 * math.Pi).Sub(math.Pi)
}

// FromRotVec is the rotations of vectors [..., 3]: each turns about its vector, by the vector's length (SciPy's
// Rotation.from_rotvec).
//
// Options: Angles (Degrees).
func FromRotVec(vectors jnp.Array) Rotation { return Angles{}.FromRotVec(vectors) }

// FromRotVec is transform.FromRotVec with options.
func (o Angles) FromRotVec(vectors jnp.Array) Rotation {
	const op = "transform.FromRotVec"
	return Rotation{reals(op, o, func(in []array) array {
		ending(op, in[0], 3)
		return ofRotVec(o.radians(in[0]))
	}, vectors)}
}

// AsRotVec is the axes of the rotations, [..., 3], as long as the angles of 0 to π (SciPy's Rotation.as_rotvec).
func (r Rotation) AsRotVec() jnp.Array { return Angles{}.AsRotVec(r) }

// AsRotVec is Rotation.AsRotVec with options.
func (o Angles) AsRotVec(r Rotation) jnp.Array {
	return r.as("transform.Rotation.AsRotVec", o, func(q array) array { return o.in(rotVecOf(q)) })
}

// Slerp interpolates between rotations, along the shortest arc at an even speed (scipy.spatial.transform.Slerp): make
// it with NewSlerp. Its fields are arrays of one float type, so that it is a tree.
type Slerp struct {
	Times     jnp.Array // [n], increasing
	TimeDelta jnp.Array // [n-1], their differences
	Rotations Rotation  // the n-1 that arcs begin at
	RotVecs   jnp.Array // [n-1, 3]: the arcs
}

// NewSlerp interpolates between n rotations, two at least, at n times: a vector of real numbers, in increasing order
// (scipy.spatial.transform.Slerp; Slerp.init in JAX). The order is checked where the times are known.
func NewSlerp(times jnp.Array, rotations Rotation) Slerp {
	const op = "transform.NewSlerp"
	out := arrays.Several(op, nil, func(in []array) []array {
		t, q := in[0], in[1]
		types := trace.Avals(arrays.Values(in))
		ending(op, q, 4)
		switch s := q.Shape(); {
		case len(s) != 2 || s[0] < 2:
			trace.Fail(op, types, "takes a vector of rotations, of two at least")
		case t.NDim() != 1 || t.Size() != s[0]:
			trace.Fail(op, types, "the times must be a vector of %d, one for each rotation", s[0])
		}
		realTimes(op, t)
		t = t.AsType(q.DType())
		from, to := q.Index(jnp.S(nil, -1)), q.Index(jnp.S(1, nil))
		steps := jnp.Diff(t)
		return []array{t, steps, from, rotVecOf(normalized(product(conjugate(from), to))), jnp.All(steps.Gt(0))}
	}, times, rotations.Quat)
	if last := out[4]; !trace.AnyTraced(last.TraceValue()) && last.Item() == 0 {
		trace.Fail(op, []ir.Aval{times.TraceValue().Aval()}, "the times must be in increasing order, none twice")
	}
	return Slerp{out[0], out[1], Rotation{out[2]}, out[3]}
}

// realTimes refuses complex times.
func realTimes(op string, t array) {
	if t.DType().IsComplex() {
		trace.Fail(op, []ir.Aval{t.TraceValue().Aval()}, "times are real numbers; take jnp.Real of complex ones")
	}
}

// Evaluate is the rotations at times, a number or a vector (a call of the object in SciPy). Outside of the times that
// it was made of the first and the last arc go on.
func (s Slerp) Evaluate(times any) Rotation {
	const op = "transform.Slerp.Evaluate"
	return Rotation{arrays.Whole(op, nil, func(in []array) array {
		t, at, steps, from, arcs := in[0], in[1], in[2], in[3], in[4]
		if t.NDim() > 1 {
			trace.Fail(op, trace.Avals(arrays.Values(in[:1])), "the times are a number or a vector")
		}
		realTimes(op, t)
		t = t.AsType(at.DType())
		i := at.SearchSorted(t).Sub(1).Clip(0, steps.Size()-1)
		part := t.Sub(at.Index(i)).Div(steps.Index(i))
		return normalized(product(from.Index(i), ofRotVec(arcs.Index(i).Mul(jnp.ExpandDims(part, -1)))))
	}, times, s.Times, s.TimeDelta, s.Rotations.Quat, s.RotVecs)}
}

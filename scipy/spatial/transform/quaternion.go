package transform

import "github.com/gojax/gojax/jnp"

// What rotations are computed with: quaternions [..., 4], the real part last, of length 1.

// dot is the products of vectors along the last axis, which is kept.
func dot(x, y array) array { return jnp.Reduction{KeepDims: true}.Sum(x.Mul(y), -1) }

// normalized is q, of length 1.
func normalized(q array) array { return q.Div(jnp.Sqrt(dot(q, q))) }

// vectorAndReal is the first three elements and the last, whose axis is kept.
func vectorAndReal(q array) (v, w array) {
	return q.Index(jnp.Ellipsis, jnp.S(0, 3)), q.Index(jnp.Ellipsis, jnp.S(3, 4))
}

// product is the rotation by q and then by p.
func product(p, q array) array {
	a, b := jnp.Unstack(p, -1), jnp.Unstack(q, -1)
	mul := func(i, j int) array { return a[i].Mul(b[j]) }
	return jnp.Stack([]array{
		mul(3, 0).Add(mul(0, 3)).Add(mul(1, 2).Sub(mul(2, 1))),
		mul(3, 1).Add(mul(1, 3)).Add(mul(2, 0).Sub(mul(0, 2))),
		mul(3, 2).Add(mul(2, 3)).Add(mul(0, 1).Sub(mul(1, 0))),
		mul(3, 3).Sub(mul(0, 0)).Sub(mul(1, 1)).Sub(mul(2, 2)),
	}, -1)
}

// conjugate is the rotation back.
func conjugate(q array) array {
	v, w := vectorAndReal(q)
	return jnp.Concatenate([]array{v.Neg(), w}, -1)
}

// canonical is, of q and -q, which are the same rotation, the one whose last element that is not 0 is positive, looked
// for from the real part on and then from the first.
func canonical(q array) array {
	x := jnp.Unstack(q, -1)
	negative := x[2].Lt(0)
	for _, e := range []array{x[1], x[0], x[3]} {
		negative = e.Lt(0).Or(e.Eq(0).And(negative))
	}
	return jnp.Where(jnp.ExpandDims(negative, -1), q.Neg(), q)
}

// matrixOf is the rotation matrices of quaternions.
func matrixOf(q array) array {
	p := jnp.Unstack(q, -1)
	x, y, z, w := p[0], p[1], p[2], p[3]
	xx, yy, zz, ww := x.Mul(x), y.Mul(y), z.Mul(z), w.Mul(w)
	sum := func(a, b array) array { return a.Add(b).Mul(2) }
	difference := func(a, b array) array { return a.Sub(b).Mul(2) }
	xy, zw, xz, yw, yz, xw := x.Mul(y), z.Mul(w), x.Mul(z), y.Mul(w), y.Mul(z), x.Mul(w)
	m := jnp.Stack([]array{
		xx.Sub(yy).Sub(zz).Add(ww), difference(xy, zw), sum(xz, yw),
		sum(xy, zw), yy.Sub(xx).Sub(zz).Add(ww), difference(yz, xw),
		difference(xz, yw), sum(yz, xw), zz.Sub(xx).Sub(yy).Add(ww),
	}, -1)
	s := m.Shape()
	return m.Reshape(append(s[:len(s)-1], 3, 3)...)
}

// ofMatrix is the quaternions of rotation matrices. Four formulas give them; each divides by one of the elements, and
// that with the largest is taken.
func ofMatrix(m array) array {
	at := func(i, j int) array { return m.Index(jnp.Ellipsis, i, j) }
	trace := at(0, 0).Add(at(1, 1)).Add(at(2, 2))
	last := []array{at(2, 1).Sub(at(1, 2)), at(0, 2).Sub(at(2, 0)), at(1, 0).Sub(at(0, 1)), trace.Add(1)}
	q := jnp.Stack(last, -1)
	largest := jnp.ExpandDims(jnp.ArgMax(jnp.Stack([]array{at(0, 0), at(1, 1), at(2, 2), trace}, -1), -1), -1)
	for i := range 3 {
		j, k := (i+1)%3, (i+2)%3
		p := make([]array, 4)
		p[i] = trace.Neg().Add(1).Add(at(i, i).Mul(2))
		p[j], p[k] = at(j, i).Add(at(i, j)), at(k, i).Add(at(i, k))
		p[3] = last[i]
		q = jnp.Where(largest.Eq(i), jnp.Stack(p, -1), q)
	}
	return normalized(q)
}

// near is the square of an angle up to which series stand for functions of it, so that these have derivatives at 0;
// their next term is below the rounding of float64.
const near = 1e-6

// ofRotVec is the quaternions of axes as long as the angles.
func ofRotVec(v array) array {
	square := dot(v, v)
	small := square.Le(near)
	angle := jnp.Sqrt(jnp.Where(small, 1, square))
	scale := jnp.Where(small, series(square, 1./2, -1./48, 1./3840), jnp.Sin(angle.Div(2)).Div(angle))
	real := jnp.Where(small, series(square, 1, -1./8, 1./384), jnp.Cos(angle.Div(2)))
	return jnp.Concatenate([]array{v.Mul(scale), real}, -1)
}

// rotVecOf is the axes, as long as the angles of 0 to π, of quaternions.
func rotVecOf(q array) array {
	v, w := vectorAndReal(q)
	v, w = jnp.Where(w.Lt(0), v.Neg(), v), w.Abs()
	square := dot(v, v)
	small := square.Le(near)
	length := jnp.Sqrt(jnp.Where(small, 1, square))
	ratio := square.Div(jnp.Where(small, w.Mul(w), 1))
	scale := jnp.Where(small, series(ratio, 2, -2./3, 2./5).Div(jnp.Where(small, w, 1)),
		jnp.Atan2(length, w).Mul(2).Div(length))
	return v.Mul(scale)
}

// series is c0 + c1·x + c2·x².
func series(x array, c0, c1, c2 float64) array { return x.Mul(c2).Add(c1).Mul(x).Add(c0) }

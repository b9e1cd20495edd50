package vq

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

type array = jnp.Array

// VQ is, of each observation, the position of the nearest code in the code book and the distance to it
// (scipy.cluster.vq.vq). Observations are [m, n] and codes [k, n], or both vectors, of numbers; of equally near codes
// it is the first.
func VQ(observations, codeBook jnp.Array) (codes, distances jnp.Array) {
	const op = "vq.VQ"
	out := several(op, nil, func(in []array) []array {
		x, book := rows(op, in)
		codes, distances := nearest(x, book)
		return []array{codes, distances}
	}, observations, codeBook)
	return out[0], out[1]
}

// several is f of operands brought to their common float type, as one program.
func several(op string, params any, f func(in []array) []array, x ...any) []array {
	return arrays.Several(op, params, func(in []array) []array {
		kit.RefuseComplex(op, arrays.Values(in)...)
		return f(arrays.StrongInexact(op, in...))
	}, x...)
}

// rows is observations and a code book as matrices.
func rows(op string, in []array) (x, book array) {
	x, book = in[0], in[1]
	if x.NDim() == 1 && book.NDim() == 1 {
		x, book = x.Reshape(-1, 1), book.Reshape(-1, 1)
	}
	s, b := x.Shape(), book.Shape()
	if len(s) != 2 || len(b) != 2 || s[1] != b[1] || b[0] == 0 {
		trace.Fail(op, trace.Avals(arrays.Values(in)), "takes observations [m, n] and a code book [k, n] of one code "+
			"at least, or two vectors of numbers")
	}
	return x, book
}

// nearest is VQ of matrices.
func nearest(x, book array) (codes, distances array) {
	all := linalg.Norm(jnp.ExpandDims(x, 1).Sub(book), 2)
	codes = jnp.ArgMin(all, 1)
	return codes, jnp.Squeeze(jnp.TakeAlongAxis(all, jnp.ExpandDims(codes, 1), 1), 1)
}

// Whiten is observations [m, n], each column divided by its standard deviation, so that all count alike
// (scipy.cluster.vq.whiten). A column of equal elements stays as it is.
func Whiten(observations jnp.Array) jnp.Array {
	const op = "vq.Whiten"
	return several(op, nil, func(in []array) []array {
		if in[0].NDim() == 0 || in[0].Shape()[0] == 0 {
			trace.Fail(op, trace.Avals(arrays.Values(in)), "there are no observations")
		}
		deviation := jnp.Std(in[0], 0)
		return []array{in[0].Div(jnp.Where(deviation.Eq(0), 1, deviation))}
	}, observations)[0]
}

// Iterations holds the keyword arguments of KMeans and KMeans2; its zero value is the default.
type Iterations struct {
	// Threshold ends KMeans where an iteration changes the mean distance by no more; nil is 1e-5.
	Threshold any
	// Most is the number of iterations: of KMeans at most, 0 for as many as it takes; KMeans2 makes all of them, 10
	// where it is 0.
	Most int
}

// KMeans moves the codes of a guess, [k, n], to the means of the observations, [m, n], that they are nearest to, until
// the mean distance does not change any more (scipy.cluster.vq.kmeans, given a guess). distortion is the mean distance
// to the codes before the last move, as there. A code without observations stays where it is; SciPy leaves it out.
//
// Options: Iterations (Threshold, Most).
func KMeans(observations, guess jnp.Array) (codeBook, distortion jnp.Array) {
	return Iterations{}.KMeans(observations, guess)
}

// KMeans is vq.KMeans with options.
func (o Iterations) KMeans(observations, guess jnp.Array) (codeBook, distortion jnp.Array) {
	const op = "vq.KMeans"
	if o.Threshold == nil {
		o.Threshold = 1e-5
	}
	if o.Most < 0 {
		trace.Fail(op, nil, "the number of iterations is %d; it must not be negative", o.Most)
	}
	out := several(op, o.Most, func(in []array) []array {
		x, book := rows(op, in)
		threshold := in[2]
		if threshold.NDim() != 0 {
			trace.Fail(op, trace.Avals(arrays.Values(in[2:])), "the Threshold must be a scalar")
		}
		type state struct{ Book, Mean, Change, Count jnp.Array }
		inf := jnp.FullLike(jnp.Mean(x), math.Inf(1))
		s := lax.WhileLoop(func(s state) jnp.Array {
			on := s.Change.Gt(threshold)
			if o.Most > 0 {
				on = on.And(s.Count.Lt(o.Most))
			}
			return on
		}, func(s state) state {
			codes, distances := nearest(x, s.Book)
			mean := jnp.Mean(distances)
			return state{moved(x, codes, s.Book), mean, s.Mean.Sub(mean).Abs(), s.Count.Add(1)}
		}, state{book, inf, inf, jnp.Creation{DType: jnp.Int32}.Zeros()})
		return []array{s.Book.Reshape(in[1].Shape()...), s.Mean}
	}, observations, guess, o.Threshold)
	return out[0], out[1]
}

// moved is the code book with each code at the mean of the observations of that code.
func moved(x, codes, book array) array {
	k := book.Shape()[0]
	count := jnp.ExpandDims(jnp.SegmentSum(jnp.Creation{DType: x.DType()}.Ones(x.Shape()[0]), codes, k), 1)
	return jnp.Where(count.Eq(0), book, jnp.SegmentSum(x, codes, k).Div(jnp.Maximum(count, 1)))
}

// KMeans2 moves the codes of a guess a fixed number of times, and tells the code of each observation, as it was before
// the last move (scipy.cluster.vq.kmeans2 with minit="matrix"). A code without observations stays where it is.
//
// Options: Iterations (Most).
func KMeans2(observations, guess jnp.Array) (codeBook, codes jnp.Array) {
	return Iterations{}.KMeans2(observations, guess)
}

// KMeans2 is vq.KMeans2 with options.
func (o Iterations) KMeans2(observations, guess jnp.Array) (codeBook, codes jnp.Array) {
	const op = "vq.KMeans2"
	n := o.Most
	if n == 0 {
		n = 10
	}
	if n < 0 || o.Threshold != nil {
		trace.Fail(op, nil, "takes a number of iterations, and no Threshold")
	}
	out := several(op, n, func(in []array) []array {
		x, book := rows(op, in)
		type state struct{ Book, Codes jnp.Array }
		first, _ := nearest(x, book) // for its type
		s := lax.ForiLoop(0, n, func(_ jnp.Array, s state) state {
			codes, _ := nearest(x, s.Book)
			return state{moved(x, codes, s.Book), codes}
		}, state{book, jnp.ZerosLike(first)})
		return []array{s.Book.Reshape(in[1].Shape()...), s.Codes}
	}, observations, guess)
	return out[0], out[1]
}

// Guess draws a code book of k observations, [k, n], that lie apart: each after the first with a probability that is in
// proportion to its squared distance to the nearest before it (k-means++, the minit="++" of scipy.cluster.vq.kmeans2).
// There must be as many observations; of fewer that differ some codes are equal.
func Guess(key random.KeyArray, observations jnp.Array, k int) jnp.Array {
	const op = "vq.Guess"
	s := jnp.Shape(observations)
	if k < 1 || len(s) == 0 || len(s) > 2 || s[0] == 0 {
		trace.Fail(op, trace.Avals(kit.Values(op, []array{observations})), "takes one observation at least, the rows "+
			"of a matrix or the elements of a vector, and a number of codes of 1 at least, not %d", k)
	}
	if k > s[0] {
		trace.Fail(op, trace.Avals(kit.Values(op, []array{observations})), "%d codes are asked for, and there are "+
			"only %d observations, each of which can be one code; ask for fewer", k, s[0])
	}
	in := []*trace.Value{kit.Value(op, key), kit.Value(op, observations)}
	kit.RefuseComplex(op, in[1])
	return jnp.Wrap(kit.Whole(op, k, in, func(in []*trace.Value) *trace.Value {
		var key random.KeyArray
		key.SetTraceValue(in[0])
		given := arrays.StrongInexact(op, jnp.Wrap(in[1]))[0]
		x, keys := given.Reshape(s[0], -1), random.Split(key, k)
		type state struct{ Book, Square jnp.Array }
		add := func(i any, at array, s state) state {
			code := x.Index(at)
			return state{s.Book.At(i).Set(code), jnp.Minimum(s.Square, jnp.Square(x.Sub(code)).Sum(1))}
		}
		start := state{jnp.ZerosLike(x.Index(jnp.S(0, 1))).Repeat(k, 0), jnp.FullLike(x.Index(jnp.All, 0), jnp.Inf)}
		start = add(0, random.RandInt(keys.Index(0), 0, s[0]), start)
		last := lax.ForiLoop(1, k, func(i array, s state) state {
			return add(i, random.Categorical(keys.Index(i), jnp.Log(s.Square)), s)
		}, start)
		return last.Book.Reshape(append([]int{k}, given.Shape()[1:]...)...).TraceValue()
	}))
}

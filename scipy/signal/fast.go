package signal

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// fast is the convolution of x and y along axes by whole, which computes all of it.
func (o Convolution) fast(op string, whole func(x, y jnp.Array, axes []int) jnp.Array, x, y jnp.Array,
	axes []int) jnp.Array {
	in := trace.Avals(kit.Values(op, []jnp.Array{x, y}))
	if o.Method == Direct || o.Precision != (Convolution{}).Precision {
		trace.Fail(op, in, "Method and Precision are for Convolve and Correlate")
	}
	if axes == nil {
		axes = kit.UpTo(x.NDim())
	}
	axes = kit.Axes(op, axes, x.NDim(), in...)
	o.Mode.operands(op, x, y, axes)
	outer := [2][]int{}
	for i, a := range in {
		outer[i] = slices.Clone(a.Shape)
		for _, axis := range axes {
			outer[i][axis] = 1
		}
	}
	kit.BroadcastShapes(op, in, outer[0], outer[1])
	p := struct {
		Mode Mode
		Axes []int
	}{o.Mode, axes}
	return arrays.Whole(op, p, func(in []jnp.Array) jnp.Array {
		in = arrays.StrongInexact(op, in...)
		x, y := in[0], in[1]
		extents := kit.Map(axes, func(a int) extent { return o.Mode.extent(x.Shape()[a], y.Shape()[a]) })
		return cut(whole(x, y, axes), axes, extents)
	}, x, y)
}

// fastConvolution is the whole convolution along axes.
func fastConvolution(x, y jnp.Array, axes []int) jnp.Array {
	var along, whole, padded []int // without axes of a single element, along which the shapes broadcast
	for _, a := range axes {
		if m, n := x.Shape()[a], y.Shape()[a]; m > 1 && n > 1 {
			along, whole, padded = append(along, a), append(whole, m+n-1), append(padded, fastLength(m+n-1))
		}
	}
	if len(along) == 0 {
		return x.Mul(y)
	}
	d := x.DType()
	o := fft.Options{Shape: padded}
	var z jnp.Array
	if d.IsComplex() {
		z = o.IFFTN(o.FFTN(x, along...).Mul(o.FFTN(y, along...)), along...)
	} else {
		z = o.IRFFTN(o.RFFTN(wide(x), along...).Mul(o.RFFTN(wide(y), along...)), along...).AsType(d)
	}
	return cut(z, along, kit.Map(whole, func(n int) extent { return extent{0, n} }))
}

// wide is x, in float32 where it is narrower.
func wide(x jnp.Array) jnp.Array {
	if x.DType().Bits() == 16 {
		return x.AsType(jnp.Float32)
	}
	return x
}

// fastLength is the least number from n on that has no prime factor over 7, of which Fourier transforms are fast.
func fastLength(n int) int {
	for ; ; n++ {
		m := n
		for _, p := range []int{2, 3, 5, 7} {
			for m > 0 && m%p == 0 {
				m /= p
			}
		}
		if m <= 1 {
			return n
		}
	}
}

// blockConvolution is the whole convolution along axes. Where one operand is much longer than the other it is made
// into blocks, with an axis for their number before that of their elements.
func blockConvolution(x, y jnp.Array, axes []int) jnp.Array {
	axes = slices.Sorted(slices.Values(axes))
	var along, steps []int // steps[i] is the length of the blocks, 0 for none
	divided := 0
	lengths := kit.Map(axes, func(a int) int { return x.Shape()[a] + y.Shape()[a] - 1 })
	for _, a := range axes {
		at := a + divided
		m, n := x.Shape()[at], y.Shape()[at]
		step := blockStep(max(m, n), min(m, n))
		steps = append(steps, step)
		switch {
		case step == 0:
			along = append(along, at)
			continue
		case m >= n:
			x, y = blocks(x, at, step), jnp.ExpandDims(y, at)
		default:
			x, y = jnp.ExpandDims(x, at), blocks(y, at, step)
		}
		along = append(along, at+1)
		divided++
	}
	z := fastConvolution(x, y, along)
	for i := len(axes) - 1; i >= 0; i-- {
		if steps[i] > 0 {
			z = overlapAdd(z, along[i]-1, steps[i])
		}
	}
	return cut(z, axes, kit.Map(lengths, func(n int) extent { return extent{0, n} }))
}

// blockStep is the length of the blocks of m elements for which the convolution with n takes the fewest operations, 0
// for a single one.
func blockStep(m, n int) int {
	if n < 2 {
		return 0
	}
	cost := func(length int) float64 {
		count := (m + length - n) / (length - n + 1)
		return float64(count) * float64(length) * math.Log2(float64(length))
	}
	best, least := 0, cost(fastLength(m+n-1))
	for length := fastLength(2 * n); length-n+1 < m; length = fastLength(2 * length) {
		if c := cost(length); c < least {
			best, least = length-n+1, c
		}
	}
	return best
}

// blocks divides an axis into two: the blocks, and the step elements of each; zeros fill the last.
func blocks(x jnp.Array, axis, step int) jnp.Array {
	shape := slices.Clone(x.Shape())
	count := (shape[axis] + step - 1) / step
	widths := make([][2]int, len(shape))
	widths[axis][1] = count*step - shape[axis]
	return jnp.Pad(x, widths...).Reshape(slices.Concat(shape[:axis], []int{count, step}, shape[axis+1:])...)
}

// overlapAdd puts pieces, which lie along an axis with their elements along the next, at places a step apart on one
// axis, and adds where they overlap.
func overlapAdd(x jnp.Array, axis, step int) jnp.Array {
	count, length := x.Shape()[axis], x.Shape()[axis+1]
	x = blocks(x, axis+1, step)
	parts := x.Shape()[axis+1]
	var sum jnp.Array
	for i := range parts {
		part := jnp.Squeeze(lax.SliceInDim(x, i, i+1, 1, axis+1), axis+1)
		widths := make([][2]int, part.NDim())
		widths[axis] = [2]int{i, parts - 1 - i}
		if part = jnp.Pad(part, widths...); i == 0 {
			sum = part
		} else {
			sum = sum.Add(part)
		}
	}
	shape := slices.Clone(sum.Shape())
	sum = sum.Reshape(slices.Concat(shape[:axis], []int{shape[axis] * step}, shape[axis+2:])...)
	return cut(sum, []int{axis}, []extent{{0, (count-1)*step + length}})
}

// frames are the pieces of length elements of the last axis that begin a step apart, as many as fit: the transpose of
// overlapAdd.
func frames(x jnp.Array, length, step int) jnp.Array {
	last := x.NDim() - 1
	count, parts := (x.Shape()[last]-length)/step+1, (length+step-1)/step
	widths := make([][2]int, x.NDim())
	widths[last][1] = max((count+parts-1)*step-x.Shape()[last], 0)
	x = cut(jnp.Pad(x, widths...), []int{last}, []extent{{0, (count + parts - 1) * step}})
	x = blocks(x, last, step)
	pieces := make([]jnp.Array, parts)
	for i := range pieces {
		pieces[i] = lax.SliceInDim(x, i, i+count, 1, last)
	}
	return cut(jnp.Concatenate(pieces, -1), []int{last + 1}, []extent{{0, length}})
}

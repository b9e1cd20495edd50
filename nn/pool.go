package nn

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Pooling holds the keyword arguments of MaxPool, MinPool, SumPool and AvgPool; its zero value is the default. Each
// list has a number for each axis of the window; nil is 1 everywhere.
type Pooling struct {
	Strides        []int             // how far apart windows are; as in flax it is 1, not the window's size
	Padding        lax.WindowPadding // lax.PadValid() by default
	Dilation       []int             // the elements of a window lie this far apart
	ExcludePadding bool              // AvgPool counts only elements of the array (count_include_pad=False in flax)
}

// MaxPool is the largest element of each window (flax.linen.max_pool): x is [..., space..., features], with as many
// axes of space as there are numbers in window, its size; so is the result.
//
//	nn.Pooling{Strides: []int{2, 2}}.MaxPool(images, 2, 2)
//
// Options: Pooling (Strides, Padding, Dilation).
func MaxPool(x jnp.Array, window ...int) jnp.Array { return Pooling{}.MaxPool(x, window...) }

// MinPool is the smallest element of each window (flax.linen.pool of lax.min). See MaxPool.
//
// Options: Pooling (Strides, Padding, Dilation).
func MinPool(x jnp.Array, window ...int) jnp.Array { return Pooling{}.MinPool(x, window...) }

// SumPool is the sum of each window (jax.example_libraries.stax.SumPool). See MaxPool.
//
// Options: Pooling (Strides, Padding, Dilation).
func SumPool(x jnp.Array, window ...int) jnp.Array { return Pooling{}.SumPool(x, window...) }

// AvgPool is the mean of each window, where it hangs over the edge counting zeros there (flax.linen.avg_pool). See
// MaxPool.
//
// Options: Pooling (Strides, Padding, Dilation, ExcludePadding).
func AvgPool(x jnp.Array, window ...int) jnp.Array { return Pooling{}.AvgPool(x, window...) }

// MaxPool is nn.MaxPool with options.
func (o Pooling) MaxPool(x jnp.Array, window ...int) jnp.Array {
	const op = "nn.MaxPool"
	return o.pool(op, x, window, func(x jnp.Array, w windows) jnp.Array {
		kit.RefuseComplex(op, x.TraceValue())
		return w.reduce(x, lowest(x.DType()), lax.Max[jnp.Array, jnp.Array])
	})
}

// MinPool is nn.MinPool with options.
func (o Pooling) MinPool(x jnp.Array, window ...int) jnp.Array {
	const op = "nn.MinPool"
	return o.pool(op, x, window, func(x jnp.Array, w windows) jnp.Array {
		kit.RefuseComplex(op, x.TraceValue())
		return w.reduce(x, highest(x.DType()), lax.Min[jnp.Array, jnp.Array])
	})
}

// SumPool is nn.SumPool with options.
func (o Pooling) SumPool(x jnp.Array, window ...int) jnp.Array {
	return o.pool("nn.SumPool", x, window, func(x jnp.Array, w windows) jnp.Array { return w.sum(x) })
}

// AvgPool is nn.AvgPool with options.
func (o Pooling) AvgPool(x jnp.Array, window ...int) jnp.Array {
	return o.pool("nn.AvgPool", x, window, func(x jnp.Array, w windows) jnp.Array {
		d := jnp.Wrap(kit.AsInexact(x.TraceValue())).DType()
		x = wide(x)
		sum := w.sum(x)
		if !o.ExcludePadding {
			return narrowTo(d, sum.Div(float64(ir.SizeOf(window))))
		}
		one := x.Shape()
		one[0], one[len(one)-1] = 1, 1
		return narrowTo(d, sum.Div(w.sum(jnp.Creation{DType: x.DType()}.Ones(one...))))
	})
}

func lowest(d jnp.DType) any {
	switch {
	case d.IsInexact():
		return math.Inf(-1)
	case d == jnp.Bool:
		return false
	}
	return jnp.IInfo(d).Min
}

func highest(d jnp.DType) any {
	switch {
	case d.IsInexact():
		return math.Inf(1)
	case d == jnp.Bool:
		return true
	}
	return jnp.IInfo(d).Max
}

// windows are those of a pooling, with a number for each axis of the array.
type windows struct {
	size, strides, dilation []int
	padding                 lax.WindowPadding
}

func (w windows) reduce(x jnp.Array, init any, f func(a, b jnp.Array) jnp.Array) jnp.Array {
	return lax.ReduceWindow(x, jnp.Creation{DType: x.DType()}.Full(nil, init), f, w.size, w.strides, w.padding,
		lax.WindowOptions{WindowDilation: w.dilation})
}

func (w windows) sum(x jnp.Array) jnp.Array { return w.reduce(x, 0, lax.Add[jnp.Array, jnp.Array]) }

// pool is f of x with one axis of batches.
func (o Pooling) pool(op string, x jnp.Array, window []int, f func(x jnp.Array, w windows) jnp.Array) jnp.Array {
	params := struct {
		Pooling
		Window []int
	}{o, window}
	n := len(window)
	full := func(per []int) []int {
		if per == nil {
			per = slices.Repeat([]int{1}, n)
		}
		return append(append([]int{1}, per...), 1)
	}
	w := windows{size: full(window), strides: full(o.Strides), dilation: full(o.Dilation)}
	return several(op, params, func(in []jnp.Array) []jnp.Array {
		x := in[0]
		s := x.Shape()
		types := []ir.Aval{x.TraceValue().Aval()}
		switch {
		case n == 0 || len(s) < n+1:
			trace.Fail(op, types, "takes an array [..., space..., features] and the size of the window along each "+
				"axis of space")
		case len(w.strides) != n+2 || len(w.dilation) != n+2:
			trace.Fail(op, types, "Strides and Dilation must have a number for each of the %d axes of the window", n)
		case slices.Min(append(append(slices.Clone(window), w.strides...), w.dilation...)) < 1:
			trace.Fail(op, types, "the window %v, Strides and Dilation must be 1 at least", window)
		}
		batch, space := s[:len(s)-n-1], s[len(s)-n-1:len(s)-1]
		spans := make([]int, n) // of windows with what lies between their elements
		for i, k := range window {
			spans[i] = (k-1)*w.dilation[i+1] + 1
		}
		pairs := o.Padding.Pairs(space, spans, w.strides[1:n+1])
		w.padding = lax.PadWith(append(append([][2]int{{}}, pairs...), [2]int{})...)
		y := f(x.Reshape(append([]int{ir.SizeOf(batch)}, s[len(batch):]...)...), w)
		return []jnp.Array{y.Reshape(append(slices.Clone(batch), y.Shape()[1:]...)...)}
	}, needed(op, x))[0]
}

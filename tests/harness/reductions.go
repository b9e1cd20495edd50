package harness

import (
	"slices"

	"github.com/gojax/gojax/lax"
)

// over is a reduction over the parameter axes.
func over(f func(x *lax.Value, axes []int) *lax.Value) onArrays {
	return func(c *call) []*lax.Value {
		c.ignore("out_sharding")
		return one(f(c.v(0), c.ints("axes")))
	}
}

func along(f func(x *lax.Value, axis int, reverse bool) *lax.Value) onArrays {
	return func(c *call) []*lax.Value { return one(f(c.v(0), param[int](c, "axis"), param[bool](c, "reverse"))) }
}

func position(least bool) onArrays {
	return func(c *call) []*lax.Value {
		axes, d := c.ints("axes"), c.dtype("index_dtype")
		if len(axes) != 1 {
			c.fail("takes one axis, not %v", axes)
		}
		if least {
			return one(lax.ArgMin(c.v(0), axes[0], d))
		}
		return one(lax.ArgMax(c.v(0), axes[0], d))
	}
}

// window is how a window moves.
type window struct {
	sizes, strides []int
	padding        lax.WindowPadding
	options        lax.WindowOptions
}

func (c *call) window() window {
	w := window{sizes: c.ints("window_dimensions"), strides: c.ints("window_strides"), padding: lax.PadWith(c.pairs("padding")...)}
	if c.has("base_dilation") {
		w.options = lax.WindowOptions{BaseDilation: c.ints("base_dilation"), WindowDilation: c.ints("window_dilation")}
	}
	return w
}

// windows is a reduction of windows by an operation whose identity is that of a reduction of nothing by f.
func windows(op func(a, b *lax.Value) *lax.Value, identity func(x *lax.Value, axes []int) *lax.Value) onArrays {
	return func(c *call) []*lax.Value {
		w, x := c.window(), c.v(0)
		none := lax.Full([]int{0}, zeroOf(x))
		return one(lax.ReduceWindow(x, identity(none, []int{0}), op, w.sizes, w.strides, w.padding, w.options))
	}
}

// body is a program that combines two tuples of scalars, the constants of which come with another parameter.
func (c *call) body(consts []val) func(a, b []*lax.Value) []*lax.Value {
	j := c.jaxpr("jaxpr")
	return func(a, b []*lax.Value) []*lax.Value {
		return arraysOf(c.eval(j, consts, wrapped(slices.Concat(a, b))))
	}
}

var reductions = map[string]onArrays{
	"reduce_sum": over(lax.ReduceSum), "reduce_prod": over(lax.ReduceProd), "reduce_max": over(lax.ReduceMax), "reduce_min": over(lax.ReduceMin),
	"reduce_and": over(lax.ReduceAnd), "reduce_or": over(lax.ReduceOr), "reduce_xor": over(lax.ReduceXor),
	"cumsum": along(lax.CumSum), "cumprod": along(lax.CumProd), "cummax": along(lax.CumMax), "cummin": along(lax.CumMin), "cumlogsumexp": along(lax.CumLogSumExp),
	"argmax": position(false), "argmin": position(true),
	"reduce": func(c *call) []*lax.Value {
		c.ignore("computation", "out_sharding") // jaxpr is the same function, traced
		x, n := c.all(), len(c.x)/2
		return lax.Reduce(x[:n], x[n:], c.body(nil), c.ints("dimensions"))
	},

	"reduce_window_sum": windows(lax.Add, lax.ReduceSum), "reduce_window_max": windows(lax.Max, lax.ReduceMax), "reduce_window_min": windows(lax.Min, lax.ReduceMin),
	"reduce_window": func(c *call) []*lax.Value {
		var consts []val
		if c.has("consts") {
			consts = c.values("consts")
		}
		x, n, w := c.all(), len(c.x)/2, c.window()
		return lax.ReduceWindows(x[:n], x[n:], c.body(consts), w.sizes, w.strides, w.padding, w.options)
	},
	"select_and_gather_add": func(c *call) []*lax.Value {
		w := c.window()
		return one(lax.SelectAndGatherAdd(c.v(0), c.v(1), c.least("select_prim"), w.sizes, w.strides, w.padding, w.options))
	},
	"select_and_scatter_add": func(c *call) []*lax.Value {
		w := c.window()
		return one(lax.SelectAndScatterAdd(c.v(0), c.v(1), c.least("select_prim"), w.sizes, w.strides, w.padding))
	},
}

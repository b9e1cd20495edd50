package harness

import (
	"slices"

	"github.com/gojax/gojax/ops"
)

// over is a reduction over the parameter axes.
func over(f func(x *ops.Value, axes []int) *ops.Value) onArrays {
	return func(c *call) []*ops.Value {
		c.ignore("out_sharding")
		return one(f(c.v(0), c.ints("axes")))
	}
}

func along(f func(x *ops.Value, axis int, reverse bool) *ops.Value) onArrays {
	return func(c *call) []*ops.Value { return one(f(c.v(0), param[int](c, "axis"), param[bool](c, "reverse"))) }
}

func position(least bool) onArrays {
	return func(c *call) []*ops.Value {
		axes, d := c.ints("axes"), c.dtype("index_dtype")
		if len(axes) != 1 {
			c.fail("takes one axis, not %v", axes)
		}
		if least {
			return one(ops.ArgMin(c.v(0), axes[0], d))
		}
		return one(ops.ArgMax(c.v(0), axes[0], d))
	}
}

// window is how a window moves.
type window struct {
	sizes, strides []int
	padding        ops.WindowPadding
	options        ops.WindowOptions
}

func (c *call) window() window {
	w := window{sizes: c.ints("window_dimensions"), strides: c.ints("window_strides"), padding: ops.PadWith(c.pairs("padding")...)}
	if c.has("base_dilation") {
		w.options = ops.WindowOptions{BaseDilation: c.ints("base_dilation"), WindowDilation: c.ints("window_dilation")}
	}
	return w
}

// windows is a reduction of windows by an operation whose identity is that of a reduction of nothing by f.
func windows(op func(a, b *ops.Value) *ops.Value, identity func(x *ops.Value, axes []int) *ops.Value) onArrays {
	return func(c *call) []*ops.Value {
		w, x := c.window(), c.v(0)
		none := ops.Full([]int{0}, zeroOf(x))
		return one(ops.ReduceWindow(x, identity(none, []int{0}), op, w.sizes, w.strides, w.padding, w.options))
	}
}

// body is a program that combines two tuples of scalars, the constants of which come with another parameter.
func (c *call) body(consts []val) func(a, b []*ops.Value) []*ops.Value {
	j := c.jaxpr("jaxpr")
	return func(a, b []*ops.Value) []*ops.Value {
		return arraysOf(c.eval(j, consts, wrapped(slices.Concat(a, b))))
	}
}

var reductions = map[string]onArrays{
	"reduce_sum": over(ops.ReduceSum), "reduce_prod": over(ops.ReduceProd), "reduce_max": over(ops.ReduceMax), "reduce_min": over(ops.ReduceMin),
	"reduce_and": over(ops.ReduceAnd), "reduce_or": over(ops.ReduceOr), "reduce_xor": over(ops.ReduceXor),
	"cumsum": along(ops.CumSum), "cumprod": along(ops.CumProd), "cummax": along(ops.CumMax), "cummin": along(ops.CumMin), "cumlogsumexp": along(ops.CumLogSumExp),
	"argmax": position(false), "argmin": position(true),
	"reduce": func(c *call) []*ops.Value {
		c.ignore("computation", "out_sharding") // jaxpr is the same function, traced
		x, n := c.all(), len(c.x)/2
		return ops.Reduce(x[:n], x[n:], c.body(nil), c.ints("dimensions"))
	},

	"reduce_window_sum": windows(ops.Add, ops.ReduceSum), "reduce_window_max": windows(ops.Max, ops.ReduceMax), "reduce_window_min": windows(ops.Min, ops.ReduceMin),
	"reduce_window": func(c *call) []*ops.Value {
		var consts []val
		if c.has("consts") {
			consts = c.values("consts")
		}
		x, n, w := c.all(), len(c.x)/2, c.window()
		return ops.ReduceWindows(x[:n], x[n:], c.body(consts), w.sizes, w.strides, w.padding, w.options)
	},
	"select_and_gather_add": func(c *call) []*ops.Value {
		w := c.window()
		return one(ops.SelectAndGatherAdd(c.v(0), c.v(1), c.least("select_prim"), w.sizes, w.strides, w.padding, w.options))
	},
	"select_and_scatter_add": func(c *call) []*ops.Value {
		w := c.window()
		return one(ops.SelectAndScatterAdd(c.v(0), c.v(1), c.least("select_prim"), w.sizes, w.strides, w.padding))
	},
}

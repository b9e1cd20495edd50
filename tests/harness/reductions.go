package harness

import (
	"slices"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// over is a reduction over the parameter axes, of which there may be none; our functions take that for all.
func over(f func(x jnp.Array, axes ...int) jnp.Array) onArrays {
	return func(c *call) []jnp.Array {
		c.ignore("out_sharding")
		axes := c.ints("axes")
		if len(axes) == 0 {
			return one(c.array(0))
		}
		return one(f(c.array(0), axes...))
	}
}

func along(f func(x jnp.Array, axis int, o ...lax.CumulativeOptions) jnp.Array) onArrays {
	return func(c *call) []jnp.Array {
		return one(f(c.array(0), param[int](c, "axis"), lax.CumulativeOptions{Reverse: param[bool](c, "reverse")}))
	}
}

func position(least bool) onArrays {
	return func(c *call) []jnp.Array {
		axes, o := c.ints("axes"), lax.ArgOptions{DType: c.dtype("index_dtype")}
		if len(axes) != 1 {
			c.fail("takes one axis, not %v", axes)
		}
		if least {
			return one(lax.ArgMin(c.array(0), axes[0], o))
		}
		return one(lax.ArgMax(c.array(0), axes[0], o))
	}
}

// window is how a window moves.
type window struct {
	sizes, strides []int
	padding        lax.WindowPadding
	options        lax.WindowOptions
}

func (c *call) window() window {
	w := window{sizes: c.ints("window_dimensions"), strides: c.ints("window_strides"),
		padding: lax.PadWith(c.pairs("padding")...)}
	if c.has("base_dilation") {
		w.options = lax.WindowOptions{BaseDilation: c.ints("base_dilation"), WindowDilation: c.ints("window_dilation")}
	}
	return w
}

// windows is a reduction of windows by an operation whose identity is that of a reduction of nothing by f.
func windows(op func(a, b jnp.Array) jnp.Array, identity func(x jnp.Array, axes ...int) jnp.Array) onArrays {
	return func(c *call) []jnp.Array {
		w, x := c.window(), c.array(0)
		none := lax.FullLike(x, 0, lax.FullOptions{Shape: []int{0}})
		return one(lax.ReduceWindow(x, identity(none, 0), op, w.sizes, w.strides, w.padding, w.options))
	}
}

// body is a program that combines two tuples of scalars, the constants of which come with another parameter.
func (c *call) body(consts []val) func(a, b []jnp.Array) []jnp.Array {
	j := c.jaxpr("jaxpr")
	return func(a, b []jnp.Array) []jnp.Array {
		return arraysOf(c.eval(j, consts, leaves(slices.Concat(a, b))))
	}
}

var reductions = map[string]onArrays{
	"reduce_sum": over(lax.ReduceSum), "reduce_prod": over(lax.ReduceProd), "reduce_max": over(lax.ReduceMax),
	"reduce_min": over(lax.ReduceMin),
	"reduce_and": over(lax.ReduceAnd), "reduce_or": over(lax.ReduceOr), "reduce_xor": over(lax.ReduceXor),
	"cumsum": along(lax.CumSum), "cumprod": along(lax.CumProd), "cummax": along(lax.CumMax),
	"cummin": along(lax.CumMin), "cumlogsumexp": along(lax.CumLogSumExp),
	"argmax": position(false), "argmin": position(true),
	"reduce": func(c *call) []jnp.Array {
		c.ignore("computation", "out_sharding") // jaxpr is the same function, traced
		x, n := c.all(), len(c.x)/2
		return lax.ReduceTree(x[:n], x[n:], c.body(nil), c.ints("dimensions")...)
	},

	"reduce_window_sum": windows(lax.Add, lax.ReduceSum), "reduce_window_max": windows(lax.Max, lax.ReduceMax),
	"reduce_window_min": windows(lax.Min, lax.ReduceMin),
	"reduce_window": func(c *call) []jnp.Array {
		var consts []val
		if c.has("consts") {
			consts = c.values("consts")
		}
		x, n, w := c.all(), len(c.x)/2, c.window()
		return lax.ReduceWindowTree(x[:n], x[n:], c.body(consts), w.sizes, w.strides, w.padding, w.options)
	},
	"select_and_gather_add": func(c *call) []jnp.Array {
		w := c.window()
		least, o := c.least("select_prim"), ops.WindowOptions(w.options)
		f := func(t, x *ops.Value) *ops.Value {
			return ops.SelectAndGatherAdd(t, x, least, w.sizes, w.strides, w.padding, o)
		}
		return one(engine(f)(c.array(0), c.array(1)))
	},
	"select_and_scatter_add": func(c *call) []jnp.Array {
		w := c.window()
		least := c.least("select_prim")
		f := func(source, x *ops.Value) *ops.Value {
			return ops.SelectAndScatterAdd(source, x, least, w.sizes, w.strides, w.padding)
		}
		return one(engine(f)(c.array(0), c.array(1)))
	},
}

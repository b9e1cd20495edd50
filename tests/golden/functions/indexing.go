package functions

import (
	"slices"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// indexingTable is x[...], x.at[...], and lax's slices, gathers and scatters.
var indexingTable = Table{
	"index.get":   func(c *Call) any { return c.A(0).Index(c.index()...) },
	"at.get":      func(c *Call) any { return c.at().Get() },
	"at.set":      atUpdate(jnp.Ref.Set),
	"at.add":      atUpdate(jnp.Ref.Add),
	"at.subtract": atUpdate(jnp.Ref.Sub),
	"at.sub":      atUpdate(jnp.Ref.Sub),
	"at.multiply": atUpdate(jnp.Ref.Mul),
	"at.mul":      atUpdate(jnp.Ref.Mul),
	"at.divide":   atCut(jnp.Ref.Div),
	"at.div":      atCut(jnp.Ref.Div),
	"at.power":    atCut(jnp.Ref.Pow),
	"at.pow":      atCut(jnp.Ref.Pow),
	"at.min":      atUpdate(jnp.Ref.Min),
	"at.max":      atUpdate(jnp.Ref.Max),

	"lax.slice": func(c *Call) any {
		start, limit := c.Ints(c.arg(1, "start_indices")), c.Ints(c.arg(2, "limit_indices"))
		return lax.Slice(c.A(0), start, limit, c.Ints(c.arg(3, "strides")))
	},
	"lax.slice_in_dim": func(c *Call) any {
		x := c.A(0)
		axis, _ := c.arg(4, "axis").(int)
		stride, ok := c.arg(3, "stride").(int)
		if !ok {
			stride = 1
		}
		start, _ := c.arg(1, "start_index").(int)
		limit, ok := c.arg(2, "limit_index").(int)
		if r := x.NDim(); !ok && -r <= axis && axis < r { // else the axis is refused
			limit = x.Shape()[(axis+r)%r]
		}
		return lax.SliceInDim(x, start, limit, stride, axis)
	},
	"lax.index_in_dim": func(c *Call) any {
		axis, _ := c.arg(2, "axis").(int)
		return lax.IndexInDim(c.A(0), c.need(1, "index").(int), axis, c.indexOptions())
	},
	"lax.dynamic_slice": func(c *Call) any {
		return lax.DynamicSlice(c.A(0), c.starts(1), c.Ints(c.arg(2, "slice_sizes")))
	},
	"lax.dynamic_update_slice": func(c *Call) any { return lax.DynamicUpdateSlice(c.A(0), c.A(1), c.starts(2)) },
	"lax.dynamic_slice_in_dim": func(c *Call) any {
		axis, _ := c.arg(3, "axis").(int)
		return lax.DynamicSliceInDim(c.A(0), c.start(c.need(1, "start_index")), c.need(2, "slice_size").(int), axis)
	},
	"lax.dynamic_update_slice_in_dim": func(c *Call) any {
		axis, _ := c.arg(3, "axis").(int)
		return lax.DynamicUpdateSliceInDim(c.A(0), c.A(1), c.start(c.need(2, "start_index")), axis)
	},
	"lax.dynamic_index_in_dim": func(c *Call) any {
		axis, _ := c.arg(2, "axis").(int)
		return lax.DynamicIndexInDim(c.A(0), c.start(c.need(1, "index")), axis, c.indexOptions())
	},
	"lax.dynamic_update_index_in_dim": func(c *Call) any {
		axis, _ := c.arg(3, "axis").(int)
		return lax.DynamicUpdateIndexInDim(c.A(0), c.A(1), c.start(c.need(2, "index")), axis)
	},
	"lax.index_take": func(c *Call) any {
		return lax.IndexTake(c.A(0), arrays(c.need(1, "idxs")), c.Ints(c.arg(2, "axes")))
	},
	"lax.gather":      func(c *Call) any { return c.gather() },
	"lax.scatter":     laxScatter(lax.Scatter),
	"lax.scatter_add": laxScatter(lax.ScatterAdd),
	"lax.scatter_sub": laxScatter(lax.ScatterSub),
	"lax.scatter_mul": laxScatter(lax.ScatterMul),
	"lax.scatter_min": laxScatter(lax.ScatterMin),
	"lax.scatter_max": laxScatter(lax.ScatterMax),

	"jax.ops.segment_sum":  segment(jnp.Segmenting.SegmentSum),
	"jax.ops.segment_prod": segment(jnp.Segmenting.SegmentProd),
	"jax.ops.segment_min":  segment(jnp.Segmenting.SegmentMin),
	"jax.ops.segment_max":  segment(jnp.Segmenting.SegmentMax),
}

// index is the index as Array.Index takes it.
func (c *Call) index() []any {
	out := make([]any, len(c.Index))
	for i, x := range c.Index {
		if m, ok := x.(Mask); ok {
			x = m.Array
		}
		out[i] = x
	}
	return out
}

var atModes = map[string]jnp.Mode{"promise_in_bounds": jnp.ModePromiseInBounds, "clip": jnp.ModeClip,
	"drop": jnp.ModeDrop, "fill": jnp.ModeFill, "wrap": jnp.ModeWrap}

// atMode is the keyword mode.
func (c *Call) atMode() (jnp.Mode, bool) {
	x := c.kw("mode")
	if x == nil {
		return 0, false
	}
	m, ok := atModes[x.(string)]
	if !ok {
		trace.Fail(c.Fn, nil, "%q is not a mode of an index", x)
	}
	return m, true
}

// at is x.at[...] with its keywords.
func (c *Call) at() jnp.Ref {
	r := c.A(0).At(c.index()...)
	m, ok := c.atMode()
	if v := c.kw("fill_value"); v != nil {
		if !ok { // JAX reads it in mode "fill" only, which ours chooses
			m, ok = jnp.ModePromiseInBounds, true
		}
		r = r.FillValue(v)
	}
	if ok {
		r = r.Mode(m)
	}
	if c.flag("unique_indices", false) {
		r = r.UniqueIndices()
	}
	if c.flag("indices_are_sorted", false) {
		r = r.IndicesAreSorted()
	}
	if !c.flag("wrap_negative_indices", true) {
		r = r.NoWrap()
	}
	return r
}

// atUpdate is an update. JAX computes one by floats in an array of integers as floats, and cuts the result; here both
// conversions are to be written.
func atUpdate(f func(r jnp.Ref, v any) jnp.Array) Func {
	return func(c *Call) any {
		x, v := c.A(0), asArray(c.Args[1])
		if !x.DType().IsInteger() || !v.DType().IsInexact() {
			return f(c.at(), c.Args[1])
		}
		c.Args = slices.Clone(c.Args)
		c.Args[0] = x.AsType(jnp.ResultType(x, v))
		return f(c.at(), v).AsType(x.DType())
	}
}

// atCut is an update before which JAX cuts floats in an array of integers.
func atCut(f func(r jnp.Ref, v any) jnp.Array) Func {
	return func(c *Call) any {
		if v, d := asArray(c.Args[1]), c.A(0).DType(); d.IsInteger() && v.DType().IsInexact() {
			return f(c.at(), v.AsType(d))
		}
		return f(c.at(), c.Args[1])
	}
}

// indexOptions is argument 3, whether an indexed axis stays.
func (c *Call) indexOptions() lax.IndexOptions {
	return lax.IndexOptions{DropAxis: !c.bool(3, "keepdims", true)}
}

// starts is argument i, the positions at which a dynamic slice begins: a list or a vector.
func (c *Call) starts(i int) []any {
	var out []any
	switch x := c.need(i, "start_indices").(type) {
	case jnp.Array:
		for j := range x.Len() {
			out = append(out, c.start(x.Index(j)))
		}
	case []any:
		for _, e := range x {
			out = append(out, c.start(e))
		}
	}
	return out
}

// start is one such position, where the keyword allow_negative_indices decides what negative ones mean.
func (c *Call) start(x any) jnp.Array {
	a := asArray(x)
	if !c.flag("allow_negative_indices", true) && a.DType().IsSigned() {
		a = lax.Max(a, 0)
	}
	return a
}

// indexMode is the mode among the dimension numbers of lax.gather and the scatters, or the keyword.
func (c *Call) indexMode() lax.IndexMode {
	x := c.Params["mode"]
	if x == nil {
		x = c.kw("mode")
	}
	switch x {
	case nil, "fill", "drop":
		return lax.Fill
	case "clip":
		return lax.Clip
	case "promise_in_bounds":
		return lax.PromiseInBounds
	}
	trace.Fail(c.Fn, nil, "%v is not a mode of gather and scatter", x)
	return 0
}

// option is a flag among the dimension numbers or a keyword.
func (c *Call) option(name string) bool {
	b, _ := c.Params[name].(bool)
	return c.flag(name, b)
}

func (c *Call) gather() any {
	axes := func(name string) []int { return c.Ints(c.Params[name]) }
	sizes := axes("slice_sizes")
	if sizes == nil {
		sizes = c.Ints(c.kw("slice_sizes"))
	}
	o := lax.GatherOptions{Mode: c.indexMode(), UniqueIndices: c.option("unique_indices"),
		IndicesAreSorted: c.option("indices_are_sorted")}
	if o.FillValue = c.Params["fill_value"]; o.FillValue == nil {
		o.FillValue = c.kw("fill_value")
	}
	return lax.Gather(c.A(0), c.A(1), lax.GatherDims{
		OffsetDims: axes("offset_dims"), CollapsedSliceDims: axes("collapsed_slice_dims"),
		StartIndexMap:            axes("start_index_map"),
		OperandBatchingDims:      axes("operand_batching_dims"),
		StartIndicesBatchingDims: axes("start_indices_batching_dims"),
	}, sizes, o)
}

func laxScatter(f func(x, indices, updates jnp.Array, d lax.ScatterDims, o ...lax.ScatterOptions) jnp.Array) Func {
	return func(c *Call) any {
		axes := func(name string) []int { return c.Ints(c.Params[name]) }
		return f(c.A(0), c.A(1), c.A(2), lax.ScatterDims{
			UpdateWindowDims: axes("update_window_dims"), InsertedWindowDims: axes("inserted_window_dims"),
			ScatterDimsToOperandDims:   axes("scatter_dims_to_operand_dims"),
			OperandBatchingDims:        axes("operand_batching_dims"),
			ScatterIndicesBatchingDims: axes("scatter_indices_batching_dims"),
		}, lax.ScatterOptions{Mode: c.indexMode(), UniqueIndices: c.option("unique_indices"),
			IndicesAreSorted: c.option("indices_are_sorted")})
	}
}

func segment(f func(o jnp.Segmenting, data jnp.Array, segments any, n ...int) jnp.Array) Func {
	return func(c *Call) any {
		var n []int
		if x := c.arg(2, "num_segments"); x != nil {
			n = c.Ints(x)
		}
		o := jnp.Segmenting{IndicesAreSorted: c.bool(3, "indices_are_sorted", false),
			UniqueIndices: c.bool(4, "unique_indices", false)}
		o.BucketSize, _ = c.arg(5, "bucket_size").(int)
		o.Mode, _ = c.atMode()
		return f(o, c.A(0), c.A(1), n...)
	}
}

// segmentsConcrete are those that read their number from an argument, where it is not given.
var segmentsConcrete = map[string]string{
	"jax.ops.segment_sum":  "without num_segments it is the largest segment and one",
	"jax.ops.segment_prod": "without num_segments it is the largest segment and one",
	"jax.ops.segment_min":  "without num_segments it is the largest segment and one",
	"jax.ops.segment_max":  "without num_segments it is the largest segment and one",
}

var indexingConcrete = map[string]string{}

var indexingUnmapped = map[string]string{}

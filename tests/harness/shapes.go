package harness

import (
	"slices"

	"github.com/gojax/gojax/ops"
)

var shapes = map[string]onArrays{
	"broadcast_in_dim": func(c *call) []*ops.Value {
		c.ignore("sharding")
		return one(ops.BroadcastInDim(c.v(0), c.ints("shape"), c.ints("broadcast_dimensions")))
	},
	"reshape": func(c *call) []*ops.Value {
		c.ignore("sharding")
		x := c.v(0)
		if c.has("dimensions") {
			if perm := c.ints("dimensions"); perm != nil { // the order in which the axes are read
				x = ops.Transpose(x, perm)
			}
		}
		return one(ops.Reshape(x, c.ints("new_sizes")))
	},
	"squeeze":     func(c *call) []*ops.Value { return one(ops.Squeeze(c.v(0), c.ints("dimensions"))) },
	"transpose":   func(c *call) []*ops.Value { return one(ops.Transpose(c.v(0), c.ints("permutation"))) },
	"rev":         func(c *call) []*ops.Value { return one(ops.Rev(c.v(0), c.ints("dimensions"))) },
	"concatenate": func(c *call) []*ops.Value { return one(ops.Concatenate(c.all(), param[int](c, "dimension"))) },
	"split":       func(c *call) []*ops.Value { return ops.Split(c.v(0), c.ints("sizes"), param[int](c, "axis")) },
	"stack":       func(c *call) []*ops.Value { return one(ops.Stack(c.all(), param[int](c, "axis"))) },
	"unstack":     func(c *call) []*ops.Value { return ops.Unstack(c.v(0), param[int](c, "axis")) },
	"tile":        func(c *call) []*ops.Value { return one(ops.Tile(c.v(0), c.ints("reps"))) },
	"slice": func(c *call) []*ops.Value {
		return one(ops.Slice(c.v(0), c.ints("start_indices"), c.ints("limit_indices"), c.ints("strides")))
	},
	"pad": func(c *call) []*ops.Value {
		var low, high, interior []int
		for _, p := range param[[][3]int](c, "padding_config") {
			low, high, interior = append(low, p[0]), append(high, p[1]), append(interior, p[2])
		}
		return one(ops.Pad(c.v(0), c.v(1), low, high, interior))
	},
	"iota": func(c *call) []*ops.Value {
		c.ignore("sharding")
		return one(ops.Iota(c.dtype("dtype"), c.ints("shape"), param[int](c, "dimension")))
	},
	"dynamic_slice": func(c *call) []*ops.Value {
		return one(ops.DynamicSlice(c.v(0), starts(c.from(1)), c.ints("slice_sizes")))
	},
	"dynamic_update_slice": func(c *call) []*ops.Value { return one(ops.DynamicUpdateSlice(c.v(0), c.v(1), starts(c.from(2)))) },
	"sort": func(c *call) []*ops.Value {
		return ops.Sort(c.all(), param[int](c, "dimension"), param[bool](c, "is_stable"), param[int](c, "num_keys"))
	},
	"top_k": func(c *call) []*ops.Value {
		x, axis := c.v(0), c.axis("axis")
		v, i := ops.TopK(moveAxis(x, axis, x.Rank()-1), param[int](c, "k"))
		return []*ops.Value{moveAxis(v, x.Rank()-1, axis), moveAxis(i, x.Rank()-1, axis)}
	},
	"approx_top_k": func(c *call) []*ops.Value {
		o := ops.ApproxOptions{Recall: param[float64](c, "recall_target"), Loose: !param[bool](c, "aggregate_to_topk")}
		if n := param[int](c, "reduction_input_size_override"); n >= 0 {
			o.InputSize = n
		}
		f := ops.ApproxMinK
		if param[bool](c, "is_max_k") {
			f = ops.ApproxMaxK
		}
		v, i := f(c.v(0), param[int](c, "k"), c.axis("reduction_dimension"), o)
		return []*ops.Value{v, i}
	},
}

// starts limits the starts of slices to 0, as the primitives do; JAX's functions, and ours, count negative ones from the end first.
func starts(x []*ops.Value) []*ops.Value {
	for i, v := range x {
		if v.DType().IsSigned() {
			x[i] = ops.Max(v, ops.ScalarLit(zeroOf(v)))
		}
	}
	return x
}

// axis is a parameter that is an axis of the first operand, which may be negative.
func (c *call) axis(name string) int {
	n := param[int](c, name)
	if n < 0 {
		n += c.v(0).Rank()
	}
	return n
}

func moveAxis(x *ops.Value, from, to int) *ops.Value {
	perm := make([]int, 0, x.Rank())
	for i := range x.Rank() {
		if i != from {
			perm = append(perm, i)
		}
	}
	return ops.Transpose(x, slices.Insert(perm, to, from))
}

package harness

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

var shapes = map[string]onArrays{
	"broadcast_in_dim": func(c *call) []jnp.Array {
		c.ignore("sharding")
		return one(lax.BroadcastInDim(c.array(0), c.ints("shape"), c.ints("broadcast_dimensions")))
	},
	"reshape": func(c *call) []jnp.Array {
		c.ignore("sharding")
		x := c.array(0)
		if c.has("dimensions") {
			if perm := c.ints("dimensions"); perm != nil { // the order in which the axes are read
				x = lax.Transpose(x, perm...)
			}
		}
		return one(lax.Reshape(x, c.ints("new_sizes")...))
	},
	"squeeze":     func(c *call) []jnp.Array { return one(lax.Squeeze(c.array(0), c.ints("dimensions")...)) },
	"transpose":   func(c *call) []jnp.Array { return one(lax.Transpose(c.array(0), c.ints("permutation")...)) },
	"rev":         func(c *call) []jnp.Array { return one(lax.Rev(c.array(0), c.ints("dimensions")...)) },
	"concatenate": func(c *call) []jnp.Array { return one(lax.Concatenate(c.all(), param[int](c, "dimension"))) },
	"split":       func(c *call) []jnp.Array { return lax.Split(c.array(0), c.ints("sizes"), param[int](c, "axis")) },
	"stack":       func(c *call) []jnp.Array { return one(lax.Stack(c.all(), param[int](c, "axis"))) },
	"unstack":     func(c *call) []jnp.Array { return lax.Unstack(c.array(0), param[int](c, "axis")) },
	"tile":        func(c *call) []jnp.Array { return one(lax.Tile(c.array(0), c.ints("reps")...)) },
	"slice": func(c *call) []jnp.Array {
		return one(lax.Slice(c.array(0), c.ints("start_indices"), c.ints("limit_indices"), c.ints("strides")))
	},
	"pad": func(c *call) []jnp.Array {
		return one(lax.Pad(c.array(0), c.array(1), param[[][3]int](c, "padding_config")))
	},
	"iota": func(c *call) []jnp.Array {
		c.ignore("sharding")
		return one(lax.Iota(c.dtype("dtype"), c.ints("shape"), param[int](c, "dimension")))
	},
	"dynamic_slice": func(c *call) []jnp.Array {
		return one(lax.DynamicSlice(c.array(0), starts(c.from(1)), c.ints("slice_sizes")))
	},
	"dynamic_update_slice": func(c *call) []jnp.Array {
		return one(lax.DynamicUpdateSlice(c.array(0), c.array(1), starts(c.from(2))))
	},
	"sort": func(c *call) []jnp.Array {
		o := lax.SortOptions{Unstable: !param[bool](c, "is_stable"), NumKeys: param[int](c, "num_keys")}
		return lax.Sort(c.all(), param[int](c, "dimension"), o)
	},
	"top_k": func(c *call) []jnp.Array {
		v, i := lax.TopK(c.array(0), param[int](c, "k"), param[int](c, "axis"))
		return []jnp.Array{v, i}
	},
	"approx_top_k": func(c *call) []jnp.Array {
		o := lax.ApproxOptions{Recall: param[float64](c, "recall_target"), Loose: !param[bool](c, "aggregate_to_topk")}
		if n := param[int](c, "reduction_input_size_override"); n >= 0 {
			o.InputSize = n
		}
		f := lax.ApproxMinK
		if param[bool](c, "is_max_k") {
			f = lax.ApproxMaxK
		}
		v, i := f(c.array(0), param[int](c, "k"), param[int](c, "reduction_dimension"), o)
		return []jnp.Array{v, i}
	},
}

// starts limits the starts of slices to 0, as the primitives do; JAX's functions, and ours, count negative ones from
// the end first.
func starts(x []jnp.Array) []any {
	out := make([]any, len(x))
	for i, a := range x {
		if out[i] = a; a.DType().IsSigned() {
			out[i] = lax.Max(a, 0)
		}
	}
	return out
}

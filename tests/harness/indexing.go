package harness

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

var indexModes = map[string]ops.IndexMode{"CLIP": ops.Clip, "FILL_OR_DROP": ops.Fill, "PROMISE_IN_BOUNDS": ops.PromiseInBounds}

type scatterFunc = func(x, indices, updates *ops.Value, d ops.ScatterDims, o ops.ScatterOptions) *ops.Value

var indexing = map[string]onArrays{
	"gather": func(c *call) []*ops.Value {
		d := fields[struct {
			Offset      []int `json:"offset_dims"`
			Collapsed   []int `json:"collapsed_slice_dims"`
			Start       []int `json:"start_index_map"`
			OperandB    []int `json:"operand_batching_dims"`
			StartIndexB []int `json:"start_indices_batching_dims"`
		}](c, "dimension_numbers")
		dims := ops.GatherDims{OffsetDims: d.Offset, CollapsedSliceDims: d.Collapsed, StartIndexMap: d.Start, OperandBatchingDims: d.OperandB, StartIndicesBatchingDims: d.StartIndexB}
		return one(ops.Gather(c.v(0), c.v(1), dims, c.ints("slice_sizes"), ops.GatherOptions{
			Mode: choice(c, "mode", indexModes), FillValue: c.literal("fill_value", c.v(0).DType()),
			IndicesAreSorted: param[bool](c, "indices_are_sorted"), UniqueIndices: param[bool](c, "unique_indices")}))
	},
	"scatter":     scatterBy(ops.Scatter, ""),
	"scatter-add": scatterBy(ops.ScatterAdd, "add"),
	"scatter-sub": scatterBy(ops.ScatterSub, "sub"),
	"scatter-mul": scatterBy(ops.ScatterMul, "mul"),
	"scatter-min": scatterBy(ops.ScatterMin, "min"),
	"scatter-max": scatterBy(ops.ScatterMax, "max"),
}

// scatterBy is the scatter that combines by f, whose program update_jaxpr holds nothing but the primitive body. A plain scatter
// that has one applies it to what is there (lax.scatter_apply).
func scatterBy(f scatterFunc, body string) onArrays {
	return func(c *call) []*ops.Value {
		d := fields[struct {
			Window   []int `json:"update_window_dims"`
			Inserted []int `json:"inserted_window_dims"`
			Scatter  []int `json:"scatter_dims_to_operand_dims"`
			OperandB []int `json:"operand_batching_dims"`
			IndicesB []int `json:"scatter_indices_batching_dims"`
		}](c, "dimension_numbers")
		dims := ops.ScatterDims{UpdateWindowDims: d.Window, InsertedWindowDims: d.Inserted, ScatterDimsToOperandDims: d.Scatter, OperandBatchingDims: d.OperandB, ScatterIndicesBatchingDims: d.IndicesB}
		o := ops.ScatterOptions{Mode: choice(c, "mode", indexModes), IndicesAreSorted: param[bool](c, "indices_are_sorted"), UniqueIndices: param[bool](c, "unique_indices")}
		consts := c.values("update_consts")
		update := param[nested](c, "update_jaxpr").Jaxpr
		switch {
		case update == nil:
		case body == "":
			apply := func(x *ops.Value) *ops.Value {
				zero := jnp.Wrap(ops.Zeros(x.Aval()))
				return c.eval(update, consts, []val{jnp.Wrap(x), zero})[0].TraceValue()
			}
			return one(ops.ScatterApply(c.v(0), c.v(1), apply, c.v(2).Shape(), dims, o))
		case len(update.Eqns) != 1 || update.Eqns[0].Prim != body:
			c.fail("update_jaxpr is not one %s", body)
		}
		return one(f(c.v(0), c.v(1), c.v(2), dims, o))
	}
}

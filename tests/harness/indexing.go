package harness

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

var indexModes = map[string]lax.IndexMode{"CLIP": lax.Clip, "FILL_OR_DROP": lax.Fill,
	"PROMISE_IN_BOUNDS": lax.PromiseInBounds}

type scatterFunc = func(x, indices, updates jnp.Array, d lax.ScatterDims, o ...lax.ScatterOptions) jnp.Array

var indexing = map[string]onArrays{
	"gather": func(c *call) []jnp.Array {
		d := fields[struct {
			Offset      []int `json:"offset_dims"`
			Collapsed   []int `json:"collapsed_slice_dims"`
			Start       []int `json:"start_index_map"`
			OperandB    []int `json:"operand_batching_dims"`
			StartIndexB []int `json:"start_indices_batching_dims"`
		}](c, "dimension_numbers")
		dims := lax.GatherDims{OffsetDims: d.Offset, CollapsedSliceDims: d.Collapsed, StartIndexMap: d.Start,
			OperandBatchingDims: d.OperandB, StartIndicesBatchingDims: d.StartIndexB}
		return one(lax.Gather(c.array(0), c.array(1), dims, c.ints("slice_sizes"), lax.GatherOptions{
			Mode: choice(c, "mode", indexModes), FillValue: c.number("fill_value", c.array(0).DType()),
			IndicesAreSorted: param[bool](c, "indices_are_sorted"), UniqueIndices: param[bool](c, "unique_indices")}))
	},
	"scatter":     scatterBy(lax.Scatter, ""),
	"scatter-add": scatterBy(lax.ScatterAdd, "add"),
	"scatter-sub": scatterBy(lax.ScatterSub, "sub"),
	"scatter-mul": scatterBy(lax.ScatterMul, "mul"),
	"scatter-min": scatterBy(lax.ScatterMin, "min"),
	"scatter-max": scatterBy(lax.ScatterMax, "max"),
}

// scatterBy is the scatter that combines by f, whose program update_jaxpr holds nothing but the primitive body. A plain
// scatter that has one applies it to what is there (lax.scatter_apply).
func scatterBy(f scatterFunc, body string) onArrays {
	return func(c *call) []jnp.Array {
		d := fields[struct {
			Window   []int `json:"update_window_dims"`
			Inserted []int `json:"inserted_window_dims"`
			Scatter  []int `json:"scatter_dims_to_operand_dims"`
			OperandB []int `json:"operand_batching_dims"`
			IndicesB []int `json:"scatter_indices_batching_dims"`
		}](c, "dimension_numbers")
		dims := lax.ScatterDims{UpdateWindowDims: d.Window, InsertedWindowDims: d.Inserted,
			ScatterDimsToOperandDims: d.Scatter, OperandBatchingDims: d.OperandB,
			ScatterIndicesBatchingDims: d.IndicesB}
		o := lax.ScatterOptions{Mode: choice(c, "mode", indexModes),
			IndicesAreSorted: param[bool](c, "indices_are_sorted"), UniqueIndices: param[bool](c, "unique_indices")}
		consts := c.values("update_consts")
		update := param[nested](c, "update_jaxpr").Jaxpr
		switch {
		case update == nil:
		case body == "":
			apply := func(x jnp.Array) jnp.Array {
				return c.eval(update, consts, []val{x, jnp.ZerosLike(x)})[0].(jnp.Array)
			}
			return one(lax.ScatterApply(c.array(0), c.array(1), apply, c.array(2).Shape(), dims, o))
		case len(update.Eqns) != 1 || update.Eqns[0].Prim != body:
			c.fail("update_jaxpr is not one %s", body)
		}
		return one(f(c.array(0), c.array(1), c.array(2), dims, o))
	}
}

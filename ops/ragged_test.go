package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// cycle is the numbers 0 to n-1, again and again, less off, as float32.
func cycle(n, off int, shape ...int) *ops.Value {
	v := make([]float32, ir.SizeOf(shape))
	for i := range v {
		v[i] = float32(i%n - off)
	}
	return jnp.FromSlice(v, shape...).TraceValue()
}

// The figures are JAX's, of lax.ragged_dot_general.
func TestRaggedDotGeneral(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		name  string
		x, y  []int
		sizes any
		d     ops.RaggedDims
		shape []int
		want  []float64
	}{
		{"kept", []int{5, 3}, []int{2, 3, 2}, []int32{2, 2},
			ops.RaggedDims{Dot: ops.DotDims{LHSContract: []int{1}, RHSContract: []int{1}}, RHSGroups: []int{0}},
			[]int{5, 2}, []float64{4, 3, 4, -3, -2, -4, -1, -1, 0, 0}},
		{"kept, in a batch", []int{2, 4, 3}, []int{2, 2, 3, 2}, [][]int32{{1, 3}, {2, 1}},
			ops.RaggedDims{
				Dot: ops.DotDims{LHSContract: []int{2}, RHSContract: []int{2}, LHSBatch: []int{0},
					RHSBatch: []int{1}},
				LHSRagged: 1, RHSGroups: []int{0}},
			[]int{2, 4, 2}, []float64{4, 3, 0, -2, -4, 9, -1, -1, 7, 9, 1, -2, -3, 3, 0, 0}},
		{"contracted", []int{3, 4}, []int{4, 2}, []int32{1, 2},
			ops.RaggedDims{Dot: ops.DotDims{LHSContract: []int{1}, RHSContract: []int{0}}, LHSRagged: 1},
			[]int{2, 3, 2}, []float64{6, 3, -2, -1, 4, 2, -2, 0, 6, -4, 0, -1}},
		{"contracted, in a batch", []int{2, 3, 4}, []int{2, 4, 2}, [][]int32{{1, 2}, {3, 1}},
			ops.RaggedDims{
				Dot: ops.DotDims{LHSContract: []int{2}, RHSContract: []int{1}, LHSBatch: []int{0},
					RHSBatch: []int{0}},
				LHSRagged: 2},
			[]int{2, 2, 3, 2},
			[]float64{6, 3, -2, -1, 4, 2, -4, -2, -1, -1, 9, 7, -2, 0, 6, -4, 0, -1, -4, 4, 4, -4, -2, 2}},
		{"batch", []int{3, 2, 4}, []int{3, 4, 2}, []int32{2, 1},
			ops.RaggedDims{
				Dot: ops.DotDims{LHSContract: []int{2}, RHSContract: []int{1}, LHSBatch: []int{0}, RHSBatch: []int{0}}},
			[]int{3, 2, 2}, []float64{4, 3, 7, -5, 2, -5, -8, 2, -1, 1, -2, -5}},
	} {
		in := []arr{get(cycle(7, 3, c.x...)), get(cycle(5, 2, c.y...)), get(value(c.sizes))}
		b.values(f3(func(x, y, sizes *ops.Value) *ops.Value {
			return ops.RaggedDotGeneral(x, y, sizes, c.d, ops.DotOptions{})
		}), in, func(got []arr) {
			if s := got[0].closeTo(nums(ir.Float32, c.shape, c.want...), 0); s != "" {
				t.Errorf("%s: %s", c.name, s)
			}
		})
	}
	b.run()
}

func ExampleRaggedDot() {
	rows := value([][]float32{{1}, {1}, {1}})
	matrices := value([][][]float32{{{10}}, {{20}}})
	sizes := value([]int{2, 1}) // rows of each matrix
	show(ops.Reshape(ops.RaggedDot(rows, matrices, sizes, ops.DotOptions{}), []int{3}))
	// Output: [10. 10. 20.]
}

func ExampleRaggedDotGeneral() {
	// The ragged axis is summed over: one product for each group.
	x, y := value([][]float32{{1, 2, 3}}), value([][]float32{{1}, {1}, {1}})
	dims := ops.RaggedDims{Dot: ops.DotDims{LHSContract: []int{1}, RHSContract: []int{0}}, LHSRagged: 1}
	show(ops.Reshape(ops.RaggedDotGeneral(x, y, value([]int{2, 1}), dims, ops.DotOptions{}), []int{2}))
	// Output: [3. 3.]
}

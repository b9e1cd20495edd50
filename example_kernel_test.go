package gojax_test

import (
	"errors"
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// needlemanWunsch is a kernel for what XLA has no fast loop for: the score of the best global alignment of two
// sequences (Needleman and Wunsch, 1970). Each entry of a table needs its neighbours above, to the left and diagonally.
// The third operand are the scores of a match, of a mismatch, and of a gap.
var needlemanWunsch = gojax.NewKernel("needleman_wunsch",
	func(in []gojax.Aval) ([]gojax.Aval, error) {
		if len(in) != 3 || in[0].Rank() != 1 || in[1].Rank() != 1 || in[2].Size() != 3 {
			return nil, errors.New("want two sequences, and three scores")
		}
		return []gojax.Aval{{DType: jnp.Float32}}, nil
	},
	func(in, out []gojax.HostArray) error {
		a, b := gojax.Elements[uint8](in[0]), gojax.Elements[uint8](in[1])
		scores, score := gojax.Elements[float32](in[2]), gojax.Elements[float32](out[0])
		match, mismatch, gap := scores[0], scores[1], scores[2]
		row := make([]float32, len(b)+1) // of the table; one row is enough for the score
		for j := range row {
			row[j] = float32(j) * gap
		}
		for i, x := range a {
			diagonal := row[0]
			row[0] = float32(i+1) * gap
			for j, y := range b {
				paired := diagonal + mismatch
				if x == y {
					paired = diagonal + match
				}
				diagonal = row[j+1]
				row[j+1] = max(paired, diagonal+gap, row[j]+gap)
			}
		}
		score[0] = row[len(b)]
		return nil
	})

// align is the score of the best alignment of a and b.
func align(a, b, scores jnp.Array) jnp.Array { return needlemanWunsch.Call(a, b, scores)[0] }

// Of one pair; of every pair, in parallel; and within a program that does the rest.
func ExampleKernel() {
	letters := func(s string) jnp.Array { return jnp.FromSlice([]byte(s)) }
	scores := jnp.FromSlice([]float32{1, -1, -1})
	fmt.Println(align(letters("GATTACA"), letters("GCATGCG"), scores))

	genes := jnp.Stack([]jnp.Array{letters("GATTACA"), letters("GCATGCG"), letters("GATTAGA")})
	all := gojax.Vmap(gojax.Vmap(align, gojax.InAxes(nil, 0, nil)), gojax.InAxes(0, nil, nil))
	fmt.Println(all(genes, genes, scores))

	nearest := gojax.Jit(func(query, genes jnp.Array) jnp.Array {
		return gojax.Vmap(align, gojax.InAxes(nil, 0, nil))(query, genes, scores).ArgMax()
	})
	fmt.Println(nearest(letters("GATTTAGA"), genes))
	// Output:
	// 0.0
	// [[7. 0. 5.]
	//  [0. 7. 0.]
	//  [5. 0. 7.]]
	// 2
}

// The derivative of a kernel is another function, here of kernels' and operations alike.
func ExampleKernel_derivative() {
	types := func(in []gojax.Aval) ([]gojax.Aval, error) { return in[:1], nil }
	cumulativeProduct := gojax.NewKernel("cumulative_product", types, func(in, out []gojax.HostArray) error {
		product := float32(1)
		y := gojax.Elements[float32](out[0])
		for i, x := range gojax.Elements[float32](in[0]) {
			product *= x
			y[i] = product
		}
		return nil
	})
	f := func(x jnp.Array) jnp.Array { return cumulativeProduct.Call(x)[0] }
	withRule := gojax.CustomJVP(f, func(x, dx jnp.Array) (jnp.Array, jnp.Array) {
		y := f(x)
		return y, y.Mul(jnp.CumSum(dx.Div(x)))
	})
	last := func(x jnp.Array) jnp.Array { return withRule(x).Index(-1) }
	fmt.Println(gojax.Grad(last)(jnp.FromSlice([]float32{2, 3, 5})))
	// Output: [15. 10.  6.]
}

// One function for all rows of a Vmap: the table of the ranks is made once.
func ExampleKernelBatch() {
	ranks := func(table, x, y []float32) {
		for i, v := range x {
			for _, w := range table {
				if w < v {
					y[i]++
				}
			}
		}
	}
	k := gojax.NewKernel("ranks",
		func(in []gojax.Aval) ([]gojax.Aval, error) { return in[1:], nil },
		func(in, out []gojax.HostArray) error {
			ranks(gojax.Elements[float32](in[0]), gojax.Elements[float32](in[1]), gojax.Elements[float32](out[0]))
			return nil
		},
		gojax.KernelBatch(func(size int, mapped []bool, in, out []gojax.HostArray) error {
			if mapped[0] {
				return errors.New("one table is for all rows")
			}
			fmt.Println(size, "rows at once:", in[1].Shape)
			ranks(gojax.Elements[float32](in[0]), gojax.Elements[float32](in[1]), gojax.Elements[float32](out[0]))
			return nil
		}))
	table := jnp.FromSlice([]float32{10, 20, 30})
	f := func(x jnp.Array) jnp.Array { return k.Call(table, x)[0] }
	fmt.Println(gojax.Vmap(f)(jnp.FromSlice([]float32{5, 15, 25, 35}, 2, 2)))
	// Output:
	// 2 rows at once: [2 2]
	// [[0. 1.]
	//  [2. 3.]]
}

func ExampleElements() {
	flip := gojax.NewKernel("flip", func(in []gojax.Aval) ([]gojax.Aval, error) { return in, nil },
		func(in, out []gojax.HostArray) error {
			y := gojax.Elements[bool](out[0])
			for i, b := range gojax.Elements[bool](in[0]) {
				y[i] = !b
			}
			return nil
		})
	fmt.Println(flip.Call(jnp.FromSlice([]bool{true, false}))[0])
	// Output: [False  True]
}

// The Go function counts, in order, how often the loop has called it.
func ExampleIOCallback() {
	calls := 0
	count := func(x jnp.Array) jnp.Array {
		calls++
		return x.Add(calls)
	}
	f := gojax.Jit(func(x jnp.Array) jnp.Array {
		return lax.ForiLoop(0, 3, func(_, c jnp.Array) jnp.Array { return gojax.IOCallback(count, c, c) }, x)
	})
	fmt.Println(f(jnp.AsArray(float32(0))), calls)
	// Output: 6.0 3
}

package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleSort() {
	type table struct{ Key, Value jnp.Array }
	t := table{jnp.FromSlice([]int32{2, 1, 2}, 3), jnp.FromSlice([]float32{0.5, 7, 0.25}, 3)}
	t = lax.Sort(t, 0, lax.SortOptions{NumKeys: 2}) // by the keys, then by the values
	fmt.Println(t.Key, t.Value)
	// Output: [1 2 2] [7.   0.25 0.5 ]
}

func ExampleSortKeyVal() {
	k, v := lax.SortKeyVal(jnp.FromSlice([]int32{3, 1, 2}, 3), jnp.FromSlice([]int32{30, 10, 20}, 3), 0)
	fmt.Println(k, v)
	// Output: [1 2 3] [10 20 30]
}

func ExampleTopK() {
	v, i := lax.TopK(jnp.FromSlice([]float32{1, 9, 5}, 3), 2)
	fmt.Println(v, i)
	// Output: [9. 5.] [1 2]
}

func ExampleApproxMaxK() {
	values, places := lax.ApproxMaxK(jnp.FromSlice([]float32{3, 9, 4, 7}, 4), 2, 0)
	fmt.Println(values, places)
	// Output: [9. 7.] [1 3]
}

func ExampleApproxMinK() {
	values, places := lax.ApproxMinK(jnp.FromSlice([]float32{3, 9, 4, 7}, 4), 2, 0, lax.ApproxOptions{Recall: 0.9})
	fmt.Println(values, places)
	// Output: [3. 4.] [0 2]
}

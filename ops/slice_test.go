package ops_test

import "github.com/gojax/gojax/ops"

func ExampleSlice() {
	show(ops.Slice(value([]int{0, 1, 2, 3, 4}), []int{1}, []int{5}, []int{2}))
	// Output: [1 3]
}

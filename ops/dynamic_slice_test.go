package ops_test

import "github.com/gojax/gojax/ops"

func ExampleDynamicSlice() {
	x := value([]int{0, 1, 2, 3, 4})
	show(ops.DynamicSlice(x, []*ops.Value{value(1)}, []int{2}), ops.DynamicSlice(x, []*ops.Value{value(9)}, []int{2}))
	// Output:
	// [1 2]
	// [3 4]
}

func ExampleDynamicUpdateSlice() {
	show(ops.DynamicUpdateSlice(value([]int{0, 0, 0, 0}), value([]int{7, 8}), []*ops.Value{value(1)}))
	// Output: [0 7 8 0]
}

package ops_test

import "github.com/gojax/gojax/ops"

func ExamplePad() {
	show(ops.Pad(value([]int{1, 2}), value(0), []int{1}, []int{2}, []int{1})) // before, behind, between
	// Output: [0 1 0 2 0 0]
}

package ops_test

import "github.com/gojax/gojax/ops"

func ExampleClamp() {
	show(ops.Clamp(value(0), value([]int{-5, 1, 7}), value(3)))
	// Output: [0 1 3]
}

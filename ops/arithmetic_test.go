package ops_test

import "github.com/gojax/gojax/ops"

func ExampleAdd() {
	show(ops.Add(value([]float32{1, 2}), value([]float32{10, 20})))
	// Output: [11. 22.]
}

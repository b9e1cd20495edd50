package ops_test

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
)

func ExampleCollapse() {
	fmt.Println(ops.Collapse(ops.Iota(ir.Int32, []int{2, 3, 4}, 0), 1, 3).Shape())
	// Output: [2 12]
}

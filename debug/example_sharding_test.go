package debug_test

import (
	"fmt"
	"strings"

	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
)

// A picture needs no devices: gojax.NewMesh makes a mesh of those that are there.
func exampleSharding() ir.Sharding {
	mesh, err := ir.NewMesh("cpu", []int{2, 2}, []string{"data", "model"}, []int{0, 1, 2, 3})
	if err != nil {
		panic(err)
	}
	return ir.Sharding{Mesh: mesh, Spec: ir.Spec{{Axes: []string{"data"}}}} // gojax.P("data")
}

func ExampleVisualizeSharding() {
	debug.ShardingPicture{Scale: 0.4}.VisualizeSharding([]int{8, 16}, exampleSharding())
	// Output:
	// ┌──────────────────┐
	// │     CPU 0,1      │
	// ├──────────────────┤
	// │     CPU 2,3      │
	// └──────────────────┘
}

func ExampleVisualizeArraySharding() {
	debug.VisualizeArraySharding(jnp.Arange(8))
	// Output:
	// ┌───────┐
	// │ CPU 0 │
	// └───────┘
}

func ExampleShardingSVG() {
	svg := debug.ShardingSVG([]int{8, 16}, exampleSharding())
	fmt.Println(strings.Count(svg, "<rect"), strings.Contains(svg, "CPU 0,1")) // two blocks of two devices each
	// Output: 4 true
}

package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Device() {
	x := jnp.Ones(3)
	y := x.ToDevice(x.Device()).Copy()
	fmt.Println(len(y.Devices()), y.BlockUntilReady().IsReady())
	y.Delete()
	fmt.Println(y.IsDeleted(), x.IsDeleted())
	// Output:
	// 1 true
	// true false
}

func ExampleArray_Sharding() {
	mesh := gojax.NewMesh([]int{1, 1}, []string{"data", "model"}) // with more devices: []int{4, 2}
	x := gojax.DevicePut(jnp.Ones(8, 4), gojax.NamedSharding(mesh, gojax.P("data", "model")))
	fmt.Println(x.Sharding())
	_, over := jnp.Ones(3).Sharding()
	fmt.Println(over)
	// Output:
	// P("data", "model") over Mesh(data: 1, model: 1) true
	// false
}

func ExampleArray_Shards() {
	mesh := gojax.NewMesh([]int{1}, []string{"data"}) // with more devices: []int{4}
	x := gojax.DevicePut(jnp.Arange(6).Reshape(2, 3), gojax.NamedSharding(mesh, gojax.P("data")))
	for _, s := range x.Shards() {
		fmt.Println(s.Device.ID(), s.Index, s.Replica, s.Data.Shape())
	}
	// Output:
	// 0 [[0 2] [0 3]] 0 [2 3]
}

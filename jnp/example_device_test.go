package jnp_test

import (
	"fmt"

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

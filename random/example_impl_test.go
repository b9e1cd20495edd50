package random_test

import (
	"fmt"

	"github.com/gojax/gojax/random"
)

// Numbers that a program of JAX drew before 2025.
func ExampleImpl_Key() {
	k := random.ThreefryOriginal.Key(42)
	fmt.Println(random.Uniform(k, 2))
	fmt.Println(random.Split(k).Index(0).Impl())
	fmt.Println(random.RBG.WrapKeyData(random.RBG.Key(1).Data()))
	// Output:
	// [0.01501   0.6789628]
	// threefry2x32, original
	// KeyArray([0 1 0 1])
}

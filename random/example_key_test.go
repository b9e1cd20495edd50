package random_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleSplit() {
	keys := random.Split(random.Key(42), 2)
	fmt.Println(keys)
	for i := range keys.Len() {
		fmt.Println(random.Uniform(keys.Index(i), 2))
	}
	// Output:
	// KeyArray([[1832780943  270669613]
	//           [  64467757 2916123636]])
	// [0.5302608  0.31336212]
	// [0.72766423 0.78786755]
}

func ExamplePair() {
	key := random.Key(0)
	for range 2 {
		var sub random.KeyArray
		key, sub = random.Pair(key)
		fmt.Println(random.RandInt(sub, 0, 10, 4))
	}
	// Output:
	// [2 2 6 5]
	// [8 9 4 8]
}

func ExampleFoldIn() {
	key := random.Key(7)
	for step := range 2 {
		fmt.Println(random.Uniform(random.FoldIn(key, step), 2))
	}
	// Output:
	// [0.8673705  0.55631435]
	// [0.6751336 0.8261764]
}

func ExampleWrapKeyData() {
	keys := random.Split(random.Key(7), 4)
	same := random.WrapKeyData(keys.Data())
	fmt.Println(keys.Shape(), keys.NDim(), keys.Size(), keys.Len(), keys.Reshape(2, 2).Shape())
	fmt.Println(jnp.ArrayEqual(random.Clone(same.Index(1)).Data(), keys.Index(1).Data()))
	// Output:
	// [4] 1 4 4 [2 2]
	// True
}

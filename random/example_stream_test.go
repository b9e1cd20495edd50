package random_test

import (
	"fmt"

	"github.com/gojax/gojax/random"
)

// Each task has a key of its own: the numbers do not depend on who runs it, nor when.
func ExampleKeys() {
	for i, k := range random.Keys(random.Key(42), 2) {
		fmt.Println(i, random.Uniform(k, 2))
	}
	// Output:
	// 0 [0.5302608  0.31336212]
	// 1 [0.72766423 0.78786755]
}

func ExampleKeyArray_All() {
	for i, k := range random.Split(random.Key(42)).All() {
		fmt.Println(i, random.RandInt(k, 0, 10, 3))
	}
	// Output:
	// 0 [4 1 9]
	// 1 [5 2 4]
}

// A server draws for each request, from any goroutine.
func ExampleStream() {
	s := random.NewStream(random.Key(7))
	fmt.Println(random.Uniform(s.Next(), 2))
	fmt.Println(random.Uniform(s.Next(), 2))
	// Output:
	// [0.8673705  0.55631435]
	// [0.6751336 0.8261764]
}

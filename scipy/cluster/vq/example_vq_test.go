package vq_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/cluster/vq"
)

func ExampleVQ() {
	x := jnp.FromSlice([]float32{1.1, 2.1, 3.1, 5.9, 4.8, 6.2}, 2, 3)
	book := jnp.FromSlice([]float32{1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 6}, 4, 3)
	codes, distances := vq.VQ(x, book)
	fmt.Println(codes, distances.Round(4))
	// Output: [0 3] [0.1732 1.9209]
}

func ExampleWhiten() {
	x := jnp.FromSlice([]float32{1, 100, 3, 300}, 2, 2)
	fmt.Println(vq.Whiten(x))
	// Output:
	// [[1. 1.]
	//  [3. 3.]]
}

// Two heaps of numbers.
func ExampleKMeans() {
	x := jnp.FromSlice([]float32{1, 2, 3, 11, 12, 13})
	book, distortion := vq.KMeans(x, vq.Guess(random.Key(0), x, 2))
	fmt.Println(book.Sort(), distortion.Round(4))
	few, _ := vq.Iterations{Most: 1}.KMeans(x, jnp.FromSlice([]float32{0, 3}))
	fmt.Println(few)
	// Output:
	// [ 2. 12.] 0.6667
	// [1.  8.2]
}

func ExampleKMeans2() {
	x := jnp.FromSlice([]float32{1, 2, 3, 11, 12, 13})
	book, codes := vq.KMeans2(x, jnp.FromSlice([]float32{0, 3}))
	fmt.Println(book, codes)
	once, _ := vq.Iterations{Most: 1}.KMeans2(x, jnp.FromSlice([]float32{0, 3}))
	fmt.Println(once)
	// Output:
	// [ 2. 12.] [0 0 0 1 1 1]
	// [1.  8.2]
}

func ExampleGuess() {
	x := jnp.FromSlice([]float32{1, 2, 3, 1001, 1002, 1003}, 6, 1)
	fmt.Println(vq.Guess(random.Key(1), x, 2).Shape())
	// Output: [2 1]
}

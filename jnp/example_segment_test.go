package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleSegmentSum() {
	fmt.Println(jnp.SegmentSum(jnp.AsArray([]float32{1, 2, 3, 4}), []int{0, 0, 2, 1}))
	fmt.Println(jnp.SegmentSum(jnp.AsArray([]float32{1, 2, 3, 4}), []int{0, 0, 2, 1}, 5))
	// Output:
	// [3. 4. 3.]
	// [3. 4. 3. 0. 0.]
}

func ExampleSegmentProd() {
	fmt.Println(jnp.SegmentProd(jnp.AsArray([]int{2, 3, 4}), []int{0, 0, 2}, 3))
	// Output: [6 1 4]
}

func ExampleSegmentMin() {
	fmt.Println(jnp.SegmentMin(jnp.AsArray([][]int{{2, 9}, {3, 1}, {4, 4}}), []int{0, 0, 1}, 2))
	// Output:
	// [[2 1]
	//  [4 4]]
}

func ExampleSegmentMax() {
	fmt.Println(jnp.SegmentMax(jnp.AsArray([]float32{2, 3, 4}), []int{0, 0, 2}, 3))
	// Output: [  3. -inf   4.]
}

func ExampleSegmenting_SegmentSum() {
	o := jnp.Segmenting{BucketSize: 2, Mode: jnp.ModeClip}
	fmt.Println(o.SegmentSum(jnp.AsArray([]int{1, 2, 3}), []int{0, 7, -1}, 2))
	// Output: [4 2]
}

func ExampleSegmenting_SegmentProd() {
	fmt.Println(jnp.Segmenting{IndicesAreSorted: true}.SegmentProd(jnp.AsArray([]int{2, 3, 4}), []int{0, 0, 1}, 2))
	// Output: [6 4]
}

func ExampleSegmenting_SegmentMin() {
	fmt.Println(jnp.Segmenting{UniqueIndices: true}.SegmentMin(jnp.AsArray([]int{2, 3}), []int{1, 0}, 2))
	// Output: [3 2]
}

func ExampleSegmenting_SegmentMax() {
	fmt.Println(jnp.Segmenting{IndicesAreSorted: true}.SegmentMax(jnp.AsArray([]int{2, 3, 4}), []int{0, 0, 1}, 2))
	// Output: [3 4]
}

package transform_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/spatial/transform"
)

func ExampleFromEuler() {
	r := transform.Angles{Degrees: true}.FromEuler("zyx", jnp.FromSlice([]float32{90, 45, 0}))
	fmt.Println(r.AsMatrix().Round(4).Abs())
	fmt.Println(transform.FromEuler("x", 0.5).Magnitude())
	// Output:
	// [[0.     0.7071 0.7071]
	//  [1.     0.     0.    ]
	//  [0.     0.7071 0.7071]]
	// 0.5
}

func ExampleRotation_AsEuler() {
	r := transform.FromRotVec(jnp.FromSlice([]float32{0, 0.5, 0}))
	fmt.Println(r.AsEuler("xyz").Round(4))
	fmt.Println(transform.Angles{Degrees: true}.AsEuler(r, "xyz").Round(2))
	// Output:
	// [0.  0.5 0. ]
	// [ 0.   28.65  0.  ]
}

func ExampleFromRotVec() {
	r := transform.Angles{Degrees: true}.FromRotVec(jnp.FromSlice([]float32{0, 0, 90}))
	fmt.Println(r.AsRotVec().Round(4), transform.Angles{Degrees: true}.AsRotVec(r).Round(2))
	// Output: [0.     0.     1.5708] [ 0.  0. 90.]
}

func ExampleNewSlerp() {
	turns := transform.Angles{Degrees: true}.FromEuler("z", jnp.FromSlice([]float32{0, 90, 30}, 3, 1))
	s := transform.NewSlerp(jnp.Arange(3.0), turns)
	at := s.Evaluate([]float32{0, 0.5, 1, 1.5, 2})
	fmt.Println(transform.Angles{Degrees: true}.AsRotVec(at).Index(jnp.All, 2).Round(2))
	// Output: [ 0. 45. 90. 60. 30.]
}

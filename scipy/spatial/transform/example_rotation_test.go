package transform_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/spatial/transform"
)

// quarter is a quarter of a turn about the last axis.
var quarter = []float32{0, 0, math.Sqrt2 / 2, math.Sqrt2 / 2}

func ExampleFromQuat() {
	r := transform.FromQuat(jnp.FromSlice(quarter))
	fmt.Println(r.Apply(jnp.FromSlice([]float32{1, 0, 0})).Round(4))
	fmt.Println(transform.Quaternions{ScalarFirst: true}.FromQuat(jnp.FromSlice([]float32{0, 0, 0, 2})).AsQuat())
	// Output:
	// [0. 1. 0.]
	// [0. 0. 1. 0.]
}

func ExampleRotation_AsQuat() {
	r := transform.FromQuat(jnp.FromSlice(quarter).Neg())
	fmt.Println(r.AsQuat().Round(4))
	fmt.Println(transform.Quaternions{Canonical: true, ScalarFirst: true}.AsQuat(r).Round(4))
	// Output:
	// [-0.     -0.     -0.7071 -0.7071]
	// [0.7071 0.     0.     0.7071]
}

func ExampleFromMatrix() {
	r := transform.FromMatrix(jnp.FromSlice([]float32{0, -1, 0, 1, 0, 0, 0, 0, 1}, 3, 3))
	fmt.Println(r.AsQuat().Round(4))
	fmt.Println(r.AsMatrix().Round(4).Index(1))
	// Output:
	// [0.     0.     0.7071 0.7071]
	// [1. 0. 0.]
}

func ExampleFromMRP() {
	r := transform.FromMRP(jnp.FromSlice([]float32{0, 0, 1})) // the tangent of 180/4 degrees
	fmt.Println(r.AsQuat(), r.AsMRP())
	// Output: [0. 0. 1. 0.] [0. 0. 1.]
}

func ExampleIdentity() {
	fmt.Println(transform.Identity().AsQuat(), transform.Identity(5, 2).Shape())
	// Output: [0. 0. 0. 1.] [5 2]
}

func ExampleRandom() {
	r := transform.Random(random.Key(0), 1000)
	fmt.Println(r.Len(), r.Single(), r.Index(7).Single())
	// Output: 1000 false true
}

func ExampleConcatenate() {
	x := transform.FromQuat(jnp.FromSlice(quarter))
	fmt.Println(transform.Concatenate(x, transform.Identity(2), x.Inv()).Magnitude().Round(4))
	// Output: [1.5708 0.     0.     1.5708]
}

func ExampleRotation_Mul() {
	z := transform.FromEuler("z", math.Pi/2)
	x := transform.FromEuler("x", math.Pi/2)
	up := jnp.FromSlice([]float32{0, 0, 1})
	fmt.Println(z.Mul(x).Apply(up).Abs().Round(4), z.Apply(x.Apply(up)).Abs().Round(4))
	// Output: [1. 0. 0.] [1. 0. 0.]
}

func ExampleRotation_Pow() {
	r := transform.FromEuler("z", 0.5)
	fmt.Println(r.Pow(3).Magnitude().Round(4), r.Pow(jnp.FromSlice([]float32{0, 0.5, 1})).Magnitude().Round(4))
	// Output: 1.5 [0.   0.25 0.5 ]
}

func ExampleRotation_Mean() {
	r := transform.FromEuler("z", jnp.FromSlice([]float32{0.1, 0.2, 0.6}, 3, 1))
	fmt.Println(r.Mean().AsEuler("zyx").Abs().Round(3), r.Mean([]float32{1, 1, 0}).Magnitude().Round(3))
	// Output: [0.299 0.    0.   ] 0.15
}

// How the place of a point changes with the angle of a turn.
func ExampleRotation_Apply() {
	point := jnp.FromSlice([]float32{2, 0, 0})
	place := func(angle jnp.Array) jnp.Array { return transform.FromEuler("z", angle).Apply(point) }
	fmt.Println(gojax.JacFwd(place)(jnp.AsArray(0.0)))
	// Output: [0. 2. 0.]
}

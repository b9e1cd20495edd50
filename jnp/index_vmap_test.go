package jnp_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// Vmap over operands, positions and values, alone and together, is the loop.
func TestVmapIndex(t *testing.T) {
	x := jnp.Arange(24.0).Reshape(2, 3, 4)
	i := jnp.FromSlice([]int32{2, -1})
	rows := jnp.FromSlice([]int32{2, 0, 1, 1}, 2, 2)
	v := jnp.FromSlice([]float32{100, 200})
	type fn = func(x, i, v jnp.Array) jnp.Array
	for _, c := range []struct {
		name string
		pos  jnp.Array
		f    fn
	}{
		{"scalar", i, func(x, i, v jnp.Array) jnp.Array { return x.Index(i) }},
		{"scalar and slice", i, func(x, i, v jnp.Array) jnp.Array { return x.Index(jnp.S(nil, nil, -2), i) }},
		{"window", i, func(x, i, v jnp.Array) jnp.Array { return x.Index(jnp.DS(i, 1), 0) }},
		{"array", rows, func(x, i, v jnp.Array) jnp.Array { return x.Index(i) }},
		{"array and scalar", rows, func(x, i, v jnp.Array) jnp.Array { return x.Index(i, 1) }},
		{"fill", i, func(x, i, v jnp.Array) jnp.Array { return x.At(i.Mul(2)).FillValue(-1).Get() }},
		{"set", i, func(x, i, v jnp.Array) jnp.Array { return x.At(i, 1).Set(v) }},
		{"set apart", i, func(x, i, v jnp.Array) jnp.Array { return x.At(i, jnp.S(nil, nil, 2)).Set(v) }},
		{"add", rows, func(x, i, v jnp.Array) jnp.Array { return x.At(i).Add(v) }},
		{"drop", i, func(x, i, v jnp.Array) jnp.Array { return x.At(i.Mul(2)).Set(v) }},
		{"mask", i, func(x, i, v jnp.Array) jnp.Array { return x.At(x.Gt(5)).Mul(v) }},
		{"take", rows, func(x, i, v jnp.Array) jnp.Array { return jnp.Take(x, i, 1) }},
		{"along", rows, func(x, i, v jnp.Array) jnp.Array { return jnp.TakeAlongAxis(x, i.Reshape(1, 2), 1) }},
	} {
		for axes := 1; axes < 8; axes++ {
			in := []any{nil, nil, nil}
			pick := func(j int, a jnp.Array, b int) jnp.Array {
				if axes>>j&1 == 1 {
					in[j] = 0
					return a
				}
				return a.Index(0)
			}
			args := []jnp.Array{pick(0, x, 0), pick(1, c.pos, 0), pick(2, v, 0)}
			got := gojax.Jit(gojax.Vmap(c.f, gojax.InAxes(in...), gojax.AxisSize(2)))(args[0], args[1], args[2])
			for b := range 2 {
				at := func(j int) jnp.Array {
					if in[j] != nil {
						return args[j].Index(b)
					}
					return args[j]
				}
				want := c.f(at(0), at(1), at(2))
				g := got.Index(b)
				if !slices.Equal(g.Shape(), want.Shape()) || !slices.Equal(jnp.ToSlice[float32](g), jnp.ToSlice[float32](want)) {
					t.Errorf("%s, mapped %v, element %d: %v, want %v", c.name, in, b, g, want)
				}
			}
		}
	}
}

func ExampleArray_Index() {
	x := jnp.Arange(12).Reshape(3, 4)
	fmt.Println(x.Index(1))                        // x[1]
	fmt.Println(x.Index(-1, 0))                    // x[-1, 0]
	fmt.Println(x.Index(jnp.All, 2))               // x[:, 2]
	fmt.Println(x.Index(jnp.S(nil, nil, -2)))      // x[::-2]
	fmt.Println(x.Index([]int{2, 0}, jnp.S(1, 3))) // x[[2, 0], 1:3]
	fmt.Println(x.Index(x.Gt(8)))                  // x[x > 8]
	fmt.Println(x.Index(jnp.Ellipsis, jnp.NewAxis).Shape())
	// Output:
	// [4 5 6 7]
	// 8
	// [ 2  6 10]
	// [[ 8  9 10 11]
	//  [ 0  1  2  3]]
	// [[ 9 10]
	//  [ 1  2]]
	// [ 9 10 11]
	// [3 4 1]
}

// In Go there is no x[i] = v: At(...).Set(v) gives a new array, and x stays as it is.
func ExampleArray_At() {
	x := jnp.Zeros(2, 3)
	y := x.At(0, jnp.All).Set(5)
	y = y.At(1, []int{0, 0, 2}).Add(1)
	fmt.Println(y)
	fmt.Println(x)
	// Output:
	// [[5. 5. 5.]
	//  [2. 0. 1.]]
	// [[0. 0. 0.]
	//  [0. 0. 0.]]
}

func ExampleRef_Mode() {
	x := jnp.Arange(5.0)
	i := jnp.FromSlice([]int32{1, 7})
	fmt.Println(x.At(i).Get())
	fmt.Println(x.At(i).Mode(jnp.ModeFill).Get())
	fmt.Println(x.At(i).FillValue(-1).Get())
	fmt.Println(x.At(i).Mode(jnp.ModeClip).Set(9))
	// Output:
	// [1. 4.]
	// [ 1. nan]
	// [ 1. -1.]
	// [0. 9. 2. 3. 9.]
}

func ExampleDS() {
	x := jnp.Arange(10.0)
	window := gojax.Jit(func(i jnp.Array) jnp.Array { return x.Index(jnp.DS(i, 3)).Sum() })
	fmt.Println(window(jnp.Asarray(2)), window(jnp.Asarray(5)))
	// Output: 9.0 18.0
}

func ExampleTake() {
	x := jnp.Arange(6.0).Reshape(2, 3)
	fmt.Println(jnp.Take(x, []int{2, 0}, 1))
	fmt.Println(jnp.Take(x, []int{0, 9}, 1))
	// Output:
	// [[2. 0.]
	//  [5. 3.]]
	// [[ 0. nan]
	//  [ 3. nan]]
}

func ExampleTakeAlongAxis() {
	x := jnp.Asarray([][]float32{{3, 1, 2}, {9, 7, 8}})
	fmt.Println(jnp.TakeAlongAxis(x, jnp.ArgSort(x, 1), 1))
	// Output:
	// [[1. 2. 3.]
	//  [7. 8. 9.]]
}

func ExampleNonzero() {
	x := jnp.Asarray([]int{0, 3, 0, 5})
	fmt.Println(jnp.Nonzero(x)[0])
	fmt.Println(jnp.Sized{Size: 3, FillValue: -1}.Nonzero(x)[0])
	// Output:
	// [1 3]
	// [ 1  3 -1]
}

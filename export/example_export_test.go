package export_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
)

// A layer that JAX exported, as testdata/programs.py shows, and its structs here.
func Example() {
	type params struct{ W, B jnp.Array }
	type result struct{ Y, N jnp.Array }
	e, err := export.Load("testdata/layer.jax_export")
	if err != nil {
		panic(err)
	}
	layer := export.Func[func(params, jnp.Array, int32) result](e)
	r := layer(params{W: jnp.Ones(3, 4), B: jnp.Zeros(4)}, jnp.Ones(2, 3), 3)
	fmt.Println(r.Y.Shape(), r.N)
	// Output: [2 4] 4
}

func ExampleLoad() {
	e, err := export.Load("testdata/scaled.jax_export")
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	// Output:
	// <lambda> for cpu
	//   args[0]: float32[3]
	//   kwargs["scale"]: float32[]
	//   result[0]: float32[3]
	//   result[1][0]: float32[3]
}

func ExampleDeserialize() {
	b, err := os.ReadFile("testdata/unused.jax_export")
	if err != nil {
		panic(err)
	}
	e, err := export.Deserialize(b)
	if err != nil {
		panic(err)
	}
	fmt.Println(e.Call(jnp.Ones(3), jnp.Ones(2)))
	// Output: [2. 2.]
}

func ExampleExported_Call() {
	e, err := export.Load("testdata/scaled.jax_export")
	if err != nil {
		panic(err)
	}
	y := e.Call(jnp.Ones(3), map[string]any{"scale": 2}) // keyword arguments come last
	fmt.Println(y.([]any)[0])
	// Output: [2. 2. 2.]
}

func ExampleFunc() {
	e, err := export.Load("testdata/cholesky.jax_export")
	if err != nil {
		panic(err)
	}
	cholesky := export.Func[func(jnp.Array) jnp.Array](e)
	fmt.Println(cholesky(jnp.Eye(3).Mul(4)))
	// Output:
	// [[2. 0. 0.]
	//  [0. 2. 0.]
	//  [0. 0. 2.]]
}

func ExampleSave() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "affine.gojax")
	b := jnp.Full([]int{2}, 2)
	affine := func(w, x jnp.Array) jnp.Array { return w.MatMul(x).Add(b) }
	if err := export.Save(path, affine, jnp.Zeros(2, 3), jnp.Zeros(3)); err != nil {
		panic(err)
	}
	e, err := export.Load(path)
	if err != nil {
		panic(err)
	}
	fmt.Println(e.Call(jnp.Ones(2, 3), jnp.Ones(3)))
	// Output: [5. 5.]
}

func ExampleSaving() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "total.gojax")
	total := func(x jnp.Array) jnp.Array { return x.Sum() }
	o := export.Saving{Name: "total", VJPOrder: 1, Buckets: [][]any{{jnp.Zeros(8)}}, Platforms: []string{"cpu"}}
	if err := o.Save(path, total, jnp.Zeros(1)); err != nil {
		panic(err)
	}
	e, err := export.Load(path)
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	fmt.Println(e.Call(jnp.Ones(8)), e.HasVJP())
	// Output:
	// total for cpu
	//   args[0]: float32[1]
	//   result: float32[]
	// total for cpu
	//   args[0]: float32[8]
	//   result: float32[]
	// 8.0 true
}

func ExampleExported_CallFlat() {
	e, err := export.Load("testdata/scaled.jax_export")
	if err != nil {
		panic(err)
	}
	for _, y := range e.CallFlat(jnp.Ones(3), jnp.Full([]int{}, float32(2))) {
		fmt.Println(y)
	}
	// Output:
	// [2. 2. 2.]
	// [1. 1. 1.]
}

func ExampleExported_VJP() {
	e, err := export.Load("testdata/layer.jax_export")
	if err != nil {
		panic(err)
	}
	d := e.VJP() // takes b, w, x and n, and the cotangents of the results n, which has none, and y
	g := d.Call(jnp.Zeros(4), jnp.Zeros(3, 4), jnp.Ones(2, 3), 3, false, jnp.Ones(2, 4)).([]any)
	fmt.Println(e.HasVJP(), g[0])
	// Output: true [2. 2. 2. 2.]
}

func ExampleExported_Text() {
	e, err := export.Load("testdata/sorted.mlir")
	if err != nil {
		panic(err)
	}
	text, err := e.Text()
	fmt.Println(text[:17], err)
	// Output: module @jit__lamb <nil>
}

func ExampleExported_Variants() {
	e, err := export.Load("testdata/layer.jax_export")
	if err != nil {
		panic(err)
	}
	v := e.Variants()[0]
	fmt.Println(e.Name(), e.Platforms(), v.In, v.Out)
	for _, x := range v.Outputs {
		fmt.Println(x.Path, x.Type.DType(), x.Type.Shape())
	}
	// Output:
	// layer [cpu] ({b: *, w: *}, *, *) {n: *, y: *}
	// result["n"] int32 []
	// result["y"] float32 [2 4]
}

func ExampleExported_Compile() {
	e, err := export.Load("testdata/unused.jax_export")
	if err != nil {
		panic(err)
	}
	fmt.Println(e.Compile(nil)) // on the default device, before the first call
	// Output: <nil>
}

func ExampleExported_Sized() {
	e, err := export.Load("testdata/symbolic.jax_export") // of float32[b,3]
	if err != nil {
		panic(err)
	}
	e, err = e.Sized(map[string]int{"b": 8})
	if err != nil {
		panic(err)
	}
	fmt.Println(e.Compile(nil), e.Variants()[0].Inputs[0].Type)
	// Output: <nil> float32[8,3]
}

func ExampleType_Words() {
	e, err := export.Load("testdata/layer.jax_export")
	if err != nil {
		panic(err)
	}
	fmt.Println(e.Variants()[0].Inputs[0].Type.Words(), "words: it is no random key")
	// Output: 0 words: it is no random key
}

package gojax_test

import (
	"bytes"
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleJit() {
	f := gojax.Jit(func(x jnp.Array) jnp.Array { return jnp.Exp(x).Add(jnp.Mul(3, jnp.Sin(x))) })
	fmt.Println(f(jnp.FromSlice([]float32{0, 1, 2})))
	// Output: [ 1.        5.242695 10.116948]
}

// Arguments and results may be trees of arrays; plain Go values in them are static.
func ExampleJit_trees() {
	type Params struct {
		W, B jnp.Array
		Relu bool
	}
	step := gojax.Jit(func(p Params, x jnp.Array) (jnp.Array, Params) {
		y := x.Mul(p.W).Add(p.B)
		if p.Relu {
			y = jnp.Maximum(y, 0)
		}
		p.B = p.B.Add(1)
		return y, p
	})
	p := Params{W: jnp.FromSlice([]float32{1, -1}), B: jnp.Zeros(2), Relu: true}
	y, p := step(p, jnp.FromSlice([]float32{3, 4}))
	fmt.Println(y, p.B, p.Relu)
	// Output: [3. 0.] [1. 1.] true
}

func ExampleMakeProgram() {
	p := gojax.MakeProgram(func(x jnp.Array) jnp.Array { return jnp.Sin(x).Mul(x) })(jnp.Zeros(3))
	fmt.Println(p.Format(false))
	// Output:
	// { lambda ; a:float32[3]. let
	//     b:float32[3] = sin a
	//     c:float32[3] = mul b a
	//   in (c) }
}

func ExampleTry() {
	err := gojax.Try(func() { jnp.Zeros(3).Add(jnp.Zeros(4)) })
	e := err.(*gojax.Error)
	fmt.Println(e.Op, e.In[0], e.In[1], e.Src != 0)
	// Output: jnp.Add float32[3] float32[4] true
}

func ExampleMemoryStats() {
	x := jnp.Zeros(1 << 20).BlockUntilReady()
	used := gojax.MemoryStats()
	x.Delete()
	fmt.Println(used.Bytes-gojax.MemoryStats().Bytes, "bytes are free again")
	// Output: 4194304 bytes are free again
}

func ExampleTrim() {
	jnp.Zeros(1 << 24).BlockUntilReady().Delete() // 64 MB, whose pages are kept for the next array
	gojax.Trim()
	fmt.Println(gojax.MemoryStats().Pool.Kept, "bytes are kept")
	// Output: 0 bytes are kept
}

func ExampleOnCompile() {
	double := gojax.Jit(func(x jnp.Array) jnp.Array { return x.Add(x) }, gojax.Named("double"))
	stop := gojax.OnCompile(func(e gojax.CompileEvent) {
		if e.Name == "double" {
			fmt.Println(e.Reason)
		}
	})
	defer stop()
	double(jnp.FromSlice([]float32{1, 2, 3, 4}))
	double(jnp.FromSlice([]float32{1, 2, 3, 4}))
	double(jnp.FromSlice([]float32{1, 2, 3}))
	// Output:
	// first call
	// args[0]: float32[3] was float32[4]
}

func ExampleWithX64() {
	x := []float64{1.0 / 3}
	third := func() jnp.Array { return jnp.FromSlice(x) }
	fmt.Println(gojax.WithX64(true, third)().DType(), gojax.WithX64(false, third)().DType())
	// Output: float64 float32
}

func ExampleOverCores() {
	collatz := func(n jnp.Array) jnp.Array { // the steps from n to 1
		type state struct{ N, Steps jnp.Array }
		last := lax.WhileLoop(
			func(s state) jnp.Array { return s.N.Gt(1) },
			func(s state) state {
				odd := jnp.Mod(s.N, 2).Eq(1)
				return state{jnp.Where(odd, s.N.Mul(3).Add(1), jnp.FloorDivide(s.N, 2)), s.Steps.Add(1)}
			}, state{n, jnp.ZerosLike(n)})
		return last.Steps
	}
	steps := gojax.Jit(gojax.Vmap(collatz, gojax.OverCores()))
	fmt.Println(steps(jnp.Arange(1, 10)))
	// Output: [ 0  1  7  2  5  8 16  3 19]
}

func ExampleSPMDAxisName() {
	mesh := gojax.NewMesh([]int{1, 1}, []string{"data", "model"})
	hidden := func(x jnp.Array) jnp.Array {
		return lax.WithShardingConstraint(jnp.Tanh(x), gojax.NamedSharding(mesh, gojax.P("model")))
	}
	batch := gojax.Vmap(hidden, gojax.SPMDAxisName("data"))
	fmt.Println(gojax.MakeProgram(batch)(jnp.Zeros(2, 3)).Format(false))
	// Output:
	// { lambda ; a:float32[2,3]. let
	//     b:float32[2,3] = tanh a
	//     c:float32[2,3] = sharding_constraint[Sharding=P("data", "model") over Mesh(data: 1, model: 1)] b
	//   in (c) }
}

func ExampleCompiled_CostAnalysis() {
	f := func(x, y jnp.Array) jnp.Array { return jnp.Sum(x.MatMul(y)) }
	l := gojax.Lower(f)(jnp.Ones(10, 20), jnp.Ones(20, 30))
	fmt.Println(l.CostAnalysis()["flops"]) // as traced
	c, err := l.Compile()
	if err != nil {
		fmt.Println(err)
		return
	}
	cost, err := c.CostAnalysis()
	fmt.Println(cost["flops"], cost["flops dot_general"], err)
	// Output:
	// 12300
	// 12300 12000 <nil>
}

func ExampleMemoryProfile() {
	defer gojax.TrackMemory(gojax.TrackMemory(true))
	weights := jnp.Ones(1000, 1000)
	var b bytes.Buffer // a file, for go tool pprof -top
	err := gojax.MemoryProfile(&b)
	fmt.Println(b.Len() > 0, err, weights.Shape())
	// Output: true <nil> [1000 1000]
}

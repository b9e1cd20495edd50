package main

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/leak"
)

// timed is a row that is a Go benchmark too: setup returns the function that makes n calls.
type timed struct {
	name  string
	goal  float64 // µs
	jax   string
	setup func() func(n int)
}

func small() jnp.Array { return jnp.FromSlice([]float32{1, 2, 3, 4, 5, 6, 7, 8}) }

// layer and leaves20 are a struct of 20 arrays, as the parameters of a small network are.
type layer struct{ W, B, Mean, Scale jnp.Array }

type leaves20 struct {
	Layers [4]layer
	Head   layer
}

func (l layer) each(f func(jnp.Array) jnp.Array) layer {
	return layer{f(l.W), f(l.B), f(l.Mean), f(l.Scale)}
}

func (x leaves20) each(f func(jnp.Array) jnp.Array) leaves20 {
	y := leaves20{Head: x.Head.each(f)}
	for i, l := range x.Layers {
		y.Layers[i] = l.each(f)
	}
	return y
}

func newLeaves20() leaves20 {
	var x leaves20
	x.Head = layer{small(), small(), small(), small()}
	for i := range x.Layers {
		x.Layers[i] = layer{small(), small(), small(), small()}
	}
	return x
}

func sinx(x jnp.Array) jnp.Array { return jnp.Sin(x).Mul(x) }

// dispatchRows time single calls on arrays so small that the computation is nothing.
var dispatchRows = []timed{
	{"dispatch: the binding alone, one argument, deleted", 0, "", func() func(int) {
		x, exe := raw(small(), `module {
  func.func public @main(%x: tensor<8xf32>) -> tensor<8xf32> {
    %0 = stablehlo.sine %x : tensor<8xf32>
    %1 = stablehlo.multiply %0, %x : tensor<8xf32>
    return %1 : tensor<8xf32>
  }
}`)
		return func(n int) {
			in, out := []*pjrt.Buffer{x}, make([]*pjrt.Buffer, 1)
			for range n {
				if err := exe.Execute(in, out, nil); err != nil {
					panic(err)
				}
				out[0].Delete()
			}
		}
	}},
	{"dispatch: a jitted call, result deleted", 3, "jit call", func() func(int) {
		f, x := gojax.Jit(sinx), small()
		return func(n int) {
			for range n {
				f(x).Delete()
			}
		}
	}},
	{"dispatch: a jitted call, result left to the collector", 5, "jit call", func() func(int) {
		f, x := gojax.Jit(sinx), small()
		return func(n int) {
			for range n {
				f(x)
			}
		}
	}},
	{"dispatch: eager x.Add(y), result deleted", 5, "eager add", func() func(int) {
		x, y := small(), small()
		return func(n int) {
			for range n {
				x.Add(y).Delete()
			}
		}
	}},
	{"dispatch: eager x.Add(y), left to the collector", 5, "eager add", func() func(int) {
		x, y := small(), small()
		return func(n int) {
			for range n {
				_ = x.Add(y)
			}
		}
	}},
	{"dispatch: eager x.Add(2.5), left to the collector", 6, "eager add scalar", func() func(int) {
		x := small()
		return func(n int) {
			for range n {
				_ = x.Add(2.5)
			}
		}
	}},
	{"dispatch: eager x.Add(i), another scalar each time", 0, "", func() func(int) {
		x := small()
		i := 0.0
		return func(n int) {
			for range n {
				i++
				_ = x.Add(i)
			}
		}
	}},
	{"dispatch: eager x.Std(), one program", 0, "", func() func(int) {
		x := small()
		return func(n int) {
			for range n {
				_ = x.Std()
			}
		}
	}},
	{"dispatch: a key split and drawn from, a step of a loop", 8, "key loop", func() func(int) {
		key := random.Key(0)
		return func(n int) {
			for range n {
				var k random.KeyArray
				key, k = random.Pair(key)
				_ = random.Normal(k)
			}
		}
	}},
	{"dispatch: a user's kernel on 8 numbers, result deleted", 3, "", func() func(int) {
		x := small()
		return func(n int) {
			for range n {
				doubled(x).Delete()
			}
		}
	}},
	{"dispatch: a user's kernel on 8 numbers in a jitted function, result deleted", 3, "", func() func(int) {
		f, x := gojax.Jit(doubled), small()
		return func(n int) {
			for range n {
				f(x).Delete()
			}
		}
	}},
	{"dispatch: a jitted call with a 20-leaf struct in and out, result deleted", 25, "jit 20 leaves", func() func(int) {
		f, x := gojax.Jit(func(x leaves20) leaves20 { return x.each(sinx) }), newLeaves20()
		return func(n int) {
			for range n {
				f(x).each(func(y jnp.Array) jnp.Array { y.Delete(); return y })
			}
		}
	}},
	{"dispatch: a jitted call with a 20-leaf struct in and out, left to the collector", 25, "jit 20 leaves",
		func() func(int) {
			f, x := gojax.Jit(func(x leaves20) leaves20 { return x.each(sinx) }), newLeaves20()
			return func(n int) {
				for range n {
					f(x)
				}
			}
		}},
	{"transfer: 8 numbers to the device and back", 0, "", transfer(8)},
	{"transfer: 1e6 float32 to the device and back", 0, "transfer 1e6", transfer(million)},
	{"transfer: 25e6 float32 to the device and back", 0, "transfer 25e6", transfer(25 * million)},
}

func transfer(n int) func() func(int) {
	return func() func(int) {
		host := make([]float32, n)
		return func(n int) {
			for range n {
				x := jnp.FromSlice(host)
				jnp.ToSlice[float32](x)
				x.Delete()
			}
		}
	}
}

// doubling is a kernel that does next to nothing.
var doubling = gojax.NewKernel("double", func(in []gojax.Aval) ([]gojax.Aval, error) { return in, nil },
	func(in, out []gojax.HostArray) error {
		y := gojax.Elements[float32](out[0])
		for i, x := range gojax.Elements[float32](in[0]) {
			y[i] = 2 * x
		}
		return nil
	})

func doubled(x jnp.Array) jnp.Array { return doubling.Call(x)[0] }

// raw is x's buffer, and text compiled for its device: what the binding does without anything above it.
func raw(x jnp.Array, text string) (*pjrt.Buffer, *pjrt.Executable) {
	b := x.TraceValue().Buffer().(*pjrt.Buffer)
	exe, err := b.Device().Client().Compile([]byte(text), pjrt.CompileOptions{})
	if err != nil {
		panic(err)
	}
	return b, exe
}

// goroutines calls one jitted function from eight goroutines, 10 000 times each, and checks every result.
func goroutines() (float64, error) {
	f := gojax.Jit(func(x jnp.Array) jnp.Array { return x.Mul(2).Add(1).Sum() })
	inputs, want := make([]jnp.Array, 8), make([]float64, 8)
	for i := range inputs {
		inputs[i] = jnp.Arange(8).Add(i).AsType(jnp.Float32)
		want[i] = 2*float64(28+8*i) + 8
	}
	f(inputs[0]).BlockUntilReady()
	before := leak.Steady(gojax.LiveBuffers)
	var wg sync.WaitGroup
	wrong := make([]int, 8)
	for i := range inputs {
		wg.Go(func() {
			for range 10_000 {
				if f(inputs[i]).Item() != want[i] {
					wrong[i]++
				}
			}
		})
	}
	wg.Wait()
	total := 0
	for _, n := range wrong {
		total += n
	}
	if after := leak.Settle(gojax.LiveBuffers, before); after > before {
		return 0, fmt.Errorf("%d live buffers after, %d before", after, before)
	}
	runtime.KeepAlive(inputs)
	return float64(total), nil
}

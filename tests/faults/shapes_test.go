package faults

import (
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
)

// Shapes of which the lengths multiply beyond what can be counted, but for a 0 among them, end the process in XLA.
func TestSizesPastCounting(t *testing.T) {
	child(t, limits{}, func(t *testing.T) {
		const huge = 1 << 62
		none, one, wide := jnp.Zeros(0), jnp.Ones(1), jnp.Ones(1<<20)
		long := jnp.Zeros(0, 1<<40)
		key := random.Key(0)
		for name, f := range map[string]func(){
			"Reshape":           func() { none.Reshape(huge, 4, 0) },
			"Reshape, middle 0": func() { none.Reshape(huge, 0, 4) },
			"Reshape, -1":       func() { none.Reshape(huge, 4, 0, -1) },
			"bytes":             func() { none.Reshape(1<<61, 0, 1) },
			"lax.Reshape":       func() { lax.Reshape(none, huge, 4, 0) },
			"Zeros":             func() { jnp.Zeros(huge, 4, 0) },
			"Ones, MaxInt":      func() { jnp.Ones(math.MaxInt, math.MaxInt, 0) },
			"Full":              func() { jnp.Full([]int{0, huge, 4}, 1) },
			"Empty":             func() { jnp.Empty(huge, 4, 0) },
			"ZerosLike":         func() { jnp.Creation{Shape: []int{huge, 4, 0}}.ZerosLike(none) },
			"FromSlice":         func() { jnp.FromSlice([]float32{}, huge, 4, 0) },
			"FromFunc":          func() { jnp.FromFunc([]int{huge, 4, 0}, func([]int) float32 { return 0 }) },
			"FromFunction":      func() { jnp.FromFunction(func(i ...arr) arr { return i[0] }, huge, 4, 0) },
			"Eye":               func() { jnp.Eye(0, math.MaxInt) },
			"Eye, rows":         func() { jnp.Eye(math.MaxInt, 0) },
			"Tri":               func() { jnp.Tri(math.MaxInt, 0) },
			"Indices":           func() { jnp.Indices(huge, 4, 0) },
			"BroadcastTo":       func() { jnp.BroadcastTo(none, huge, 4, 0) },
			"BroadcastInDim":    func() { lax.BroadcastInDim(one, []int{huge, 4, 0}, []int{0}) },
			"lax.Broadcast":     func() { lax.Broadcast(none, huge, 4) },
			"Iota":              func() { lax.Iota(jnp.Float32, []int{huge, 4, 0}, 0) },
			"Tile":              func() { jnp.Tile(none, huge, 4, 1) },
			"Repeat":            func() { jnp.Repeat(long, 1<<40, 1) },
			"Pad":               func() { jnp.Pad(long, [2]int{0, 0}, [2]int{0, math.MaxInt - 1<<40}) },
			"Pad past an int":   func() { jnp.Pad(long, [2]int{0, 0}, [2]int{math.MaxInt, math.MaxInt}) },
			"lax.Pad":           func() { lax.Pad(long, 0, [][3]int{{0, 0, 0}, {0, 0, math.MaxInt}}) },
			"Concatenate":       func() { jnp.Concatenate(slices.Repeat([]arr{jnp.Zeros(0, 1<<59)}, 16), 1) },
			"broadcasting":      func() { long.Reshape(1<<40, 1, 0).Add(long.Reshape(1, 1<<40, 0)) },
			"Kron":              func() { jnp.Kron(long, long) },
			"MatMul":            func() { jnp.MatMul(jnp.Zeros(0, 1<<40, 1), jnp.Zeros(0, 1, 1<<40)) },
			"Einsum":            func() { jnp.Einsum("ij,ik->ijk", long, long) },
			"Meshgrid":          func() { jnp.Meshgrid(jnp.Zeros(0), wide, wide, wide, jnp.Ones(8)) },
			"Stack":             func() { jnp.Stack(slices.Repeat([]arr{jnp.Zeros(0, 1<<59)}, 16)) },
			"Resize":            func() { jnp.Resize(one, huge, 4, 0) },
			"Take":              func() { jnp.Take(jnp.Zeros(1, 0, 1<<59), jnp.AsArray(make([]int, 9)), 0) },
			"Index":             func() { long.Index(jnp.All, []int{1, 2}).Reshape(huge, 2, 0) },
			"OneHot":            func() { nn.OneHot(jnp.Zeros(0, 1<<40).AsType(jnp.Int32), 1<<40) },
			"Conv": func() {
				lax.ConvGeneralDilated(jnp.Zeros(0, 1, 1<<40), jnp.Zeros(1<<40, 1, 1), nil, lax.PadValid())
			},
			"Gather": func() {
				lax.Gather(jnp.Zeros(1<<40, 0), jnp.Zeros(1<<40, 0, 1).AsType(jnp.Int32),
					lax.GatherDims{OffsetDims: []int{2, 3}, StartIndexMap: []int{0}}, []int{1 << 40, 0})
			},
			"ReduceWindow": func() {
				lax.ReduceWindow(long, 0, func(a, b arr) arr { return a.Add(b) }, []int{1, 1}, nil,
					lax.PadWith([2]int{0, 0}, [2]int{0, math.MaxInt}))
			},
			"Normal":  func() { random.Normal(key, huge, 4, 0) },
			"Bits":    func() { random.Bits(key, huge, 4, 0) },
			"Split":   func() { random.Split(key, huge) },
			"Choice":  func() { random.Choice(key, 3, huge, 4, 0) },
			"Gamma":   func() { random.Gamma(key, 1.0, huge, 4, 0) },
			"RandInt": func() { random.RandInt(key, 0, 9, huge, 4, 0) },
			"Vmap": func() {
				gojax.Vmap(func(x arr) arr { return jnp.Zeros(1<<40, 0).Add(x) })(long.T())
			},
			"Vmap of BroadcastTo": func() {
				gojax.Vmap(func(x arr) arr { return jnp.BroadcastTo(x, 1<<40, 0) })(long.T())
			},
			"Vmap, axis size": func() {
				gojax.Vmap(func(x arr) arr { return jnp.Zeros(1<<40, 8) })(long.T())
			},
			"Jit": func() { gojax.Jit(func(x arr) arr { return x.Reshape(huge, 4, 0) })(none) },
			"Scan": func() {
				lax.Scan(func(c, x arr) (arr, arr) { return c, jnp.Zeros(0, 1<<40) }, none, jnp.Zeros(1<<40, 0))
			},
			"Jacobian": func() {
				gojax.JacRev(func(x arr) arr { return x })(long)
			},
		} {
			refuses(t, name, f)
		}
		if y := long.Add(1).T(); y.Len() != 1<<40 || y.Sum().Item() != 0 {
			t.Error("a long array without elements is of no use")
		}
	})
}

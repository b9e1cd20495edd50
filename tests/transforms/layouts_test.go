package transforms

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/sample"
)

// Chains of reshapes and transposes become one loop, for some of which XLA's tiles have no code: every chain must
// compile, and put each number where single steps put it. They split an axis, exchange its parts, join one of them
// with its neighbour and turn all.
func TestRandomLayouts(t *testing.T) {
	n := 6
	if sample.All() {
		n = 300
	}
	r := rand.New(rand.NewPCG(7, 11))
	for i := range n {
		lead := []int{2, 2 + r.IntN(7), 16 + r.IntN(100)}
		d, e, g := 3+r.IntN(6), 2+r.IntN(7), 1+r.IntN(12)
		turn := []int{3, 0, 4, 1, 2}
		dt := []jnp.DType{jnp.Float32, jnp.Int32, jnp.Float16, jnp.Int8}[r.IntN(4)]
		if i == 0 { // one that is known to have failed
			lead, d, e, g, dt = []int{2, 5, 115}, 5, 3, 9, jnp.Float32
		} else if r.IntN(2) == 0 {
			turn = r.Perm(5)
		}
		split, joined := append(slices.Clone(lead), d, e, g), append(slices.Clone(lead), e, d*g)
		steps := []func(jnp.Array) jnp.Array{
			func(x jnp.Array) jnp.Array { return x.Reshape(split...) },
			func(x jnp.Array) jnp.Array { return x.Transpose(0, 1, 2, 4, 3, 5) },
			func(x jnp.Array) jnp.Array { return x.Reshape(joined...) },
			func(x jnp.Array) jnp.Array { return x.Transpose(turn...) },
		}
		if r.IntN(2) == 0 {
			steps = slices.Insert(steps, r.IntN(5), func(x jnp.Array) jnp.Array { return x.Add(x) })
		}
		chain := func(x jnp.Array) jnp.Array {
			for _, step := range steps {
				x = step(x)
			}
			return x
		}
		shape := append(slices.Clone(lead), d*e*g)
		x := jnp.Mod(jnp.Arange(lead[0]*lead[1]*lead[2]*d*e*g), 61).AsType(dt).Reshape(shape...)
		name := fmt.Sprintf("%v of %v split into %v, joined to %v, turned %v", dt, shape, split, joined, turn)
		if err := gojax.Try(func() {
			if jnp.ArrayEqual(gojax.Jit(chain)(x), chain(x)).Item() == 0 {
				t.Errorf("%s: other numbers than step by step", name)
			}
		}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

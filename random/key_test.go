package random_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/sample"
)

// Under Jit and Vmap the numbers are those of the loop. What is under Jit is one program; by default, every second is
// mapped by itself too.
func TestVmapOverKeys(t *testing.T) {
	keys := random.Split(random.Key(5), 4)
	grid := random.Split(random.Key(6), 2, 3)
	table := []struct {
		name string
		f    func(random.KeyArray) jnp.Array
	}{
		{"bits", func(k random.KeyArray) jnp.Array { return random.Bits(k, 2, 3) }},
		{"uniform", func(k random.KeyArray) jnp.Array { return random.Uniform(k, 5) }},
		{"normal", func(k random.KeyArray) jnp.Array { return random.Normal(k) }},
		{"split", func(k random.KeyArray) jnp.Array { return random.Split(k, 3).Data() }},
		{"fold", func(k random.KeyArray) jnp.Array { return random.FoldIn(k, 7).Data() }},
		{"pair", func(k random.KeyArray) jnp.Array {
			a, b := random.Pair(k)
			return random.Bits(a, 2).Add(random.Bits(b, 2))
		}},
		{"permutation", func(k random.KeyArray) jnp.Array { return random.Permutation(k, 5) }},
		{"randint", func(k random.KeyArray) jnp.Array { return random.RandInt(k, 0, 100, 3) }},
	}
	mapped, nested, jitted := gojax.Jit(func(keys, grid random.KeyArray) (mapped, nested, jitted []jnp.Array) {
		for _, c := range table {
			mapped = append(mapped, gojax.Vmap(c.f)(keys))
			nested = append(nested, gojax.Vmap(gojax.Vmap(c.f))(grid))
			for i := range keys.Len() {
				jitted = append(jitted, c.f(keys.Index(i)))
			}
		}
		return mapped, nested, jitted
	})(keys, grid)
	for n, c := range table {
		for i := range keys.Len() {
			one := c.f(keys.Index(i))
			same(t, fmt.Sprint(c.name, " jit(vmap) at ", i), mapped[n].Index(i), one)
			if n%2 == 0 || sample.All() {
				same(t, fmt.Sprint(c.name, " vmap at ", i), gojax.Vmap(c.f)(keys).Index(i), one)
			}
			same(t, fmt.Sprint(c.name, " jit at ", i), jitted[n*keys.Len()+i], one)
		}
		for i := range 2 {
			for j := range 3 {
				same(t, fmt.Sprint(c.name, " vmap(vmap) at ", i, j), nested[n].Index(i, j), c.f(grid.Index(i, j)))
			}
		}
	}
}

// Parallel tasks with a key each give the same numbers at any number of workers and in any order.
func TestStreamsAtAnyWorkerCount(t *testing.T) {
	const tasks = 12
	task := gojax.Jit(func(k random.KeyArray) jnp.Array { return random.Normal(k, 100).Sum() })
	run := func(workers int, key func(i int) random.KeyArray) []float32 {
		out := make([]float32, tasks)
		next := make(chan int)
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for i := range next {
					out[i] = jnp.ItemOf[float32](task(key(i)))
				}
			})
		}
		for i := range tasks {
			next <- tasks - 1 - i
		}
		close(next)
		wg.Wait()
		return out
	}
	root := random.Key(1)
	split := random.Split(root, tasks)
	for name, key := range map[string]func(int) random.KeyArray{
		"split": func(i int) random.KeyArray { return split.Index(i) },
		"fold":  func(i int) random.KeyArray { return random.FoldIn(root, i) },
	} {
		one := run(1, key)
		for _, w := range []int{2, 5} {
			if got := run(w, key); !slices.Equal(got, one) {
				t.Errorf("%s: %d workers give %v, one gives %v", name, w, got, one)
			}
		}
		if slices.Sort(one); len(slices.Compact(one)) != tasks {
			t.Errorf("%s: streams repeat", name)
		}
	}
	// The first streams do not depend on how many are split off.
	if a, b := random.Split(root, 3), split.Index(jnp.S(0, 3)); a.String() != b.String() {
		t.Errorf("Split(k, 3) is %v, Split(k, %d)[:3] is %v", a, tasks, b)
	}
}

// Seeds may be arrays, mapped and traced ones too; JAX's figures for the 64 bits of a negative seed are in testdata.
func TestKeyOfArray(t *testing.T) {
	keys := gojax.Vmap(random.Key[jnp.Array])(jnp.FromSlice([]int32{0, 7, -1}))
	for i, s := range []int{0, 7, -1} {
		same(t, fmt.Sprint("seed ", s), keys.Index(i).Data(), random.Key(s).Data())
		same(t, fmt.Sprint("jit, seed ", s), gojax.Jit(func() random.KeyArray { return random.Key(s) })().Data(),
			random.Key(s).Data())
	}
	gojax.WithX64(true, func() {
		same(t, "64 bits", random.Key(jnp.FromSlice([]int64{-1}).Index(0)).Data(), random.Key(-1).Data())
	})()
}

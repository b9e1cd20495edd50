package random_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
)

func TestKeys(t *testing.T) {
	for _, k := range []random.KeyArray{random.Key(1), random.UnsafeRBG.Key(1)} {
		for _, n := range []int{0, 1, 5} {
			split := random.Split(k, n)
			for i, key := range random.Keys(k, n) {
				if want := split.Index(i); fmt.Sprint(key, key.Impl()) != fmt.Sprint(want, want.Impl()) {
					t.Errorf("key %d of %d: %v, want %v", i, n, key, want)
				}
			}
		}
	}
	sum := gojax.Jit(func(k random.KeyArray) (sum jnp.Array) {
		sum = jnp.Zeros(2)
		for i, k := range random.Split(k, 3).All() {
			sum = sum.Add(random.Uniform(k, 2).Mul(i))
		}
		return sum
	})(random.Key(0))
	keys := random.Keys(random.Key(0), 3)
	if want := random.Uniform(keys[1], 2).Add(random.Uniform(keys[2], 2).Mul(2)); fmt.Sprint(sum) != fmt.Sprint(want) {
		t.Errorf("under Jit %v, want %v", sum, want)
	}
	fails.With(t, func() { random.Key(0).All() }, "this is a single key")
}

// Goroutines get all keys of a stream, each once.
func TestStream(t *testing.T) {
	s := random.NewStream(random.Key(9))
	const workers, each = 8, 25
	var got [workers][each]string
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range each {
				got[w][i] = fmt.Sprint(s.Next())
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, keys := range got {
		for _, k := range keys {
			seen[k] = true
		}
	}
	for i := range workers * each {
		if k := fmt.Sprint(random.FoldIn(random.Key(9), i)); !seen[k] {
			t.Errorf("nobody got key %d", i)
		}
	}
	drawing := gojax.Jit(func(x jnp.Array) jnp.Array { return random.Normal(s.Next()).Add(x) })
	fails.With(t, func() { drawing(jnp.Ones()) }, "outside of traces", "same key in every run")
	fails.With(t, func() { random.NewStream(random.Split(random.Key(1))) }, "one key is needed")
	traced := gojax.Jit(func(k random.KeyArray) jnp.Array { random.NewStream(k); return jnp.Ones() })
	fails.With(t, func() { traced(random.Key(1)) }, "outside of traces")
}

func BenchmarkStream(b *testing.B) {
	s := random.NewStream(random.Key(0))
	for b.Loop() {
		jnp.ToSlice[float32](random.Uniform(s.Next()))
	}
}

func BenchmarkPair(b *testing.B) {
	k := random.Key(0)
	for b.Loop() {
		var sub random.KeyArray
		k, sub = random.Pair(k)
		jnp.ToSlice[float32](random.Uniform(sub))
	}
}

func BenchmarkKeys(b *testing.B) {
	for b.Loop() {
		random.Keys(random.Key(0), 1000)
	}
}

// Keys that are made of keys, for each row, compile, and give each row the numbers that it has alone: the ciphers of
// one fused into those of the next would be compiled for ever.
func TestMappedKeys(t *testing.T) {
	key := random.Key(3)
	rows := random.Split(key, 3)
	for name, f := range map[string]func(k random.KeyArray) jnp.Array{
		"Split":  func(k random.KeyArray) jnp.Array { return random.Normal(random.Split(k, 2).Index(1), 2) },
		"FoldIn": func(k random.KeyArray) jnp.Array { return random.Uniform(random.FoldIn(random.FoldIn(k, 1), 2), 2) },
	} {
		got := gojax.Jit(func(key random.KeyArray) jnp.Array { return gojax.Vmap(f)(random.Split(key, 3)) })(key)
		for i := range 3 {
			if want := f(rows.Index(i)); !jnp.ArrayEqual(got.Index(i), want).Bool() {
				t.Errorf("%s, row %d: %v, alone %v", name, i, got.Index(i), want)
			}
		}
	}
}

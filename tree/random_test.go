package tree_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tree"
)

func TestKeys(t *testing.T) {
	key, p := random.Key(3), numbers{W: vec(0, 0), B: []A{vec(0), vec(0)}}
	keys := tree.SplitKey(key, p)
	all := random.Split(key, 3)
	for i, k := range keys {
		if fmt.Sprint(k) != fmt.Sprint(all.Index(i)) {
			t.Errorf("key %d is %v", i, k)
		}
	}
	noise := func(k random.KeyArray, x A) A { return x.Add(random.Normal(k, x.Shape()...)) }
	y := gojax.Jit(func(key random.KeyArray, p numbers) numbers { return tree.MapWithKey(noise, key, p) })(key, p)
	if want := random.Normal(keys[2], 1); len(keys) != 3 || !near(host(y.B[1]), host(want), 1e-6) {
		t.Errorf("the noise is %v, want %v", y.B[1], want)
	}
	if n := len(tree.SplitKey(key, layer{})); n != 0 {
		t.Errorf("%d keys for no arrays", n)
	}
	fails.With(t, func() { tree.RandomLike(key, []A{vec(1), jnp.FromSlice([]int32{1})}) }, "at [1]: ", "float")
	fails.With(t, func() { tree.MapWithKey(noise, key, keyed{Key: key}) }, ".Key holds random keys")
}

package badinput_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/leak"
)

// Arrays larger than memory: as results, as intermediate values, and of more bytes than can be counted. Linux promises
// more memory than it has, so these must be refused before they are tried.
func TestTooLarge(t *testing.T) {
	const tera = 1 << 40
	one, k := jnp.Ones(1), random.Key(0)
	v := jnp.Ones(1 << 20)
	stats, err := gojax.DefaultDevice().MemoryStats()
	if err != nil || stats.BytesLimit <= 0 {
		t.Fatal(stats, err)
	}
	n := 2 * stats.BytesLimit / 4
	sorted := func(a arr) arr { return jnp.Sort(jnp.Arange(0.0, float64(n)).Mul(a)).Max() }
	check(t, []mistake{
		{"Zeros", func() { jnp.Zeros(tera) }, says("memory", "4.4 TB")},
		{"Zeros of three axes", func() { jnp.Zeros(1<<14, 1<<13, 1<<13) }, says("memory", "4.4 TB")},
		{"Zeros past int64", func() { jnp.Zeros(1<<31, 1<<31, 1<<31) },
			saysAbove("jnp.Zeros", "more bytes than memory can address")},
		{"Zeros, bytes past int64", func() { jnp.Zeros(1<<31, 1<<31) },
			saysAbove("jnp.Zeros", "more bytes than memory can address")},
		{"Ones past int64, twice round", func() { jnp.Ones(1<<32, 1<<32, 1<<32, 1<<32) },
			saysAbove("jnp.Ones", "more bytes than memory can address")},
		{"Full", func() { jnp.Full([]int{tera}, 3) }, says("memory", "4.4 TB")},
		{"FromFunc", func() { jnp.FromFunc([]int{tera}, func([]int) float32 { return 1 }) },
			saysAbove("jnp.FromFunc", "not enough memory", "4.4 TB", "float32[1099511627776]")},
		{"Arange", func() { jnp.Arange(0.0, tera) }, says("memory", "4.4 TB")},
		{"LinSpace", func() { jnp.LinSpace(0, 1, tera) }, says("memory", "TB")},
		{"Eye", func() { jnp.Eye(1 << 20) }, says("memory", "4.4 TB")},
		{"Eye past int64", func() { jnp.Eye(math.MaxInt) }, says("jnp.Eye", "more bytes than memory can address")},
		{"Indices", func() { jnp.Indices(1<<20, 1<<20) }, says("memory", "TB")},
		{"BroadcastTo", func() { jnp.BroadcastTo(one, tera) }, says("memory", "4.4 TB")},
		{"BroadcastTo past int64", func() { jnp.BroadcastTo(one, math.MaxInt) },
			saysAbove("jnp.BroadcastTo", "more bytes than memory can address")},
		{"Outer", func() { jnp.Outer(v, v) }, says("memory", "4.4 TB")},
		{"by broadcasting", func() { v.Reshape(-1, 1).Add(v) }, says("memory", "4.4 TB")},
		{"MatMul", func() { v.Reshape(-1, 1).MatMul(v.Reshape(1, -1)) }, says("memory", "4.4 TB")},
		{"Einsum", func() { jnp.Einsum("i,j->ij", v, v) }, says("memory", "4.4 TB")},
		{"Kron", func() { jnp.Kron(v, v) }, says("memory", "4.4 TB")},
		{"Tile", func() { jnp.Tile(v, 1<<20) }, says("memory", "4.4 TB")},
		{"Repeat", func() { jnp.Repeat(v, 1<<20) }, says("memory", "4.4 TB")},
		{"Pad", func() { jnp.Pad(one, [2]int{0, tera}) }, says("memory", "4.4 TB")},
		{"Meshgrid", func() { jnp.Meshgrid(v, v) }, says("memory", "TB")},
		{"Uniform", func() { random.Uniform(k, tera) }, says("memory", "TB")},
		{"Normal past int64", func() { random.Normal(k, math.MaxInt, 4) },
			saysAbove("random.Normal", "more bytes than memory can address")},
		{"keys", func() { random.Split(k, tera) }, says("memory", "TB")},
		{"Permutation", func() { random.Permutation(k, tera) }, says("memory", "TB")},
		{"under Jit", func() { gojax.Jit(func(a arr) arr { return jnp.BroadcastTo(a, tera) })(one) },
			saysAbove("float32[1]", "memory", "4.4 TB")},
		{"under Jit, a constant", func() { gojax.Jit(func(a arr) arr { return jnp.Zeros(tera) })(one) },
			saysAbove("memory", "4.4 TB")},
		{"under Jit, past int64", func() { gojax.Jit(func(a arr) arr { return jnp.BroadcastTo(a, 1<<62) })(one) },
			saysAbove("jnp.BroadcastTo", "more bytes than memory can address")},
		{"under Vmap", func() { gojax.Vmap(func(a arr) arr { return a.Add(v) })(v) }, says("memory", "4.4 TB")},
		{"an intermediate value",
			func() { gojax.Jit(func(a arr) arr { return jnp.Sort(jnp.BroadcastTo(a, tera).Mul(a)).Max() })(one) },
			saysAbove("memory", "TB")},
		{"an intermediate value, found when it is run", func() { gojax.Jit(sorted, gojax.Named("sorted"))(one) },
			saysAbove("gojax.Jit(sorted)(float32[1]", "memory", "GB", "available")},
		{"an intermediate product",
			func() { gojax.Jit(func(a arr) arr { return linalg.Cholesky(jnp.Outer(a, a)).Sum() })(v) },
			saysAbove("memory", "TB")},
		{"in a branch", func() {
			lax.Cond(one.Sum().Gt(0), func() arr { return jnp.Zeros(tera) }, func() arr { return jnp.Ones(tera) })
		}, saysAbove("memory", "4.4 TB")},
		{"Set", func() { jnp.Zeros(tera).At(0).Set(1) }, says("memory", "4.4 TB")},
	})
}

// Arrays of no elements may have any other lengths, and of more axes than anyone wants.
func TestOddShapes(t *testing.T) {
	before := leak.Steady(gojax.LiveBuffers)
	many := slices.Repeat([]int{1}, 200)
	for name, f := range map[string]func(){
		"long and empty": func() {
			x := jnp.Zeros(0, 1<<40)
			if y := x.Add(1).T(); y.Len() != 1<<40 || y.Size() != 0 || len(jnp.ToSlice[float32](y)) != 0 ||
				y.Sum().Item() != 0 {
				t.Errorf("shape %v", y.Shape())
			}
		},
		"longest and empty": func() {
			if x := jnp.Zeros(math.MaxInt, 0, math.MaxInt); x.Size() != 0 || x.NBytes() != 0 {
				t.Errorf("%d elements", x.Size())
			}
		},
		"200 axes": func() {
			x := jnp.Ones(many...)
			if y := x.Add(x).Mul(3); y.NDim() != 200 || y.Sum().Item() != 6 || y.Reshape().Item() != 6 ||
				y.T().Item() != 6 {
				t.Errorf("%d axes", y.NDim())
			}
		},
		"200 axes, jitted": func() {
			if y := gojax.Jit(func(a arr) arr { return a.Sum(0, 199).Add(1) })(jnp.Ones(many...)); y.NDim() != 198 ||
				y.Item() != 2 {
				t.Errorf("%d axes", y.NDim())
			}
		},
		"200 axes, printed": func() {
			if s := jnp.Ones(many...).String(); !strings.Contains(s, "1") {
				t.Error(s)
			}
		},
	} {
		// A clear refusal is as good as a result: what must not happen is a crash or a wrong one.
		if err := gojax.Try(f); err != nil {
			t.Logf("%s: %v", name, err)
			if !strings.Contains(err.Error(), "memory_test.go:") {
				t.Errorf("%s: no line in %v", name, err)
			}
		}
		works(t)
	}
	if n := leak.Settle(gojax.LiveBuffers, before); n > before {
		t.Errorf("%d arrays were alive before, %d are now", before, n)
	}
}

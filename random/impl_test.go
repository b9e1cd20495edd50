package random_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
)

var implNames = map[string]random.Impl{"original": random.ThreefryOriginal, "rbg": random.RBG,
	"unsafe_rbg": random.UnsafeRBG}

// draws are the draws of testdata/impl.jsonl from a key.
func draws(k random.KeyArray) map[string]func() jnp.Array {
	of := func(d jnp.DType) random.Dist { return random.Dist{DType: d} }
	all := map[string]func() jnp.Array{
		"key":         k.Data,
		"split":       func() jnp.Array { return random.Split(k).Data() },
		"split3":      func() jnp.Array { return random.Split(k, 3).Data() },
		"split22":     func() jnp.Array { return random.Split(k, 2, 2).Data() },
		"fold":        func() jnp.Array { return random.FoldIn(k, 7).Data() },
		"uniform":     func() jnp.Array { return random.Uniform(k, 3, 2) },
		"normal":      func() jnp.Array { return random.Normal(k, 4) },
		"randint":     func() jnp.Array { return random.RandInt(k, 0, 10, 5) },
		"permutation": func() jnp.Array { return random.Permutation(k, 7) },
		"gamma":       func() jnp.Array { return random.Gamma(k, jnp.FromSlice([]float32{0.5, 2.5, 7})) },
		"gamma1":      func() jnp.Array { return random.Gamma(k, 0.7) },
		"bernoulli":   func() jnp.Array { return random.Bernoulli(k, 0.4, 6) },
		"beta":        func() jnp.Array { return random.Beta(k, 2.0, 3.0, 2) },
		"choice":      func() jnp.Array { return random.Choosing{WithoutReplacement: true}.Choice(k, 9, 4) },
		"uniform16":   func() jnp.Array { return of(jnp.Float16).Uniform(k, 3) },
		"poisson":     func() jnp.Array { return random.Poisson(k, 4.0, 5) },
	}
	for name, d := range map[string]jnp.DType{"uint8": jnp.Uint8, "uint16": jnp.Uint16, "uint32": jnp.Uint32} {
		all["bits "+name] = func() jnp.Array { return of(d).Bits(k, 5) }
		all["bit "+name] = func() jnp.Array { return of(d).Bits(k) }
	}
	wide := map[string]func() jnp.Array{
		"uint64":  func() jnp.Array { return of(jnp.Uint64).Bits(k, 3) },
		"f64":     func() jnp.Array { return of(jnp.Float64).Uniform(k, 3) },
		"gamma64": func() jnp.Array { return of(jnp.Float64).Gamma(k, 2.5, 2) },
	}
	for name, f := range wide {
		all[name] = func() (y jnp.Array) { gojax.WithX64(true, func() { y = f() })(); return y }
	}
	return all
}

// The generators give JAX's bits, and numbers but for rounding.
func TestImpl(t *testing.T) {
	file, err := os.Open("testdata/impl.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var row map[string]any
		decoder := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		decoder.UseNumber()
		if err := decoder.Decode(&row); err != nil {
			t.Fatal(err)
		}
		name := row["impl"].(string)
		k := implNames[name].Key(42)
		if k.Impl() != implNames[name] {
			t.Errorf("%s: the key is of %v", name, k.Impl())
		}
		all := draws(k)
		for what, want := range row {
			if want, ok := want.([]any); ok {
				if err := sameNumbers(all[what](), want); err != nil {
					t.Errorf("%s: %s: %v", name, what, err)
				}
			}
		}
	}
}

func sameNumbers(x jnp.Array, want []any) error {
	var got []string
	switch {
	case x.DType().IsFloat():
		for i, g := range jnp.ToSlice[float64](x.AsType(jnp.Float64)) {
			w, _ := want[i].(json.Number).Float64()
			if math.Abs(g-w) > 3e-6*math.Max(1, math.Abs(w)) {
				return fmt.Errorf("%v, want %v", x, want)
			}
		}
		return nil
	case x.DType() == jnp.Uint64:
		got = texts(jnp.ToSlice[uint64](x))
	default:
		got = texts(jnp.ToSlice[uint32](x.AsType(jnp.Uint32)))
	}
	if w := texts(want); fmt.Sprint(got) != fmt.Sprint(w) {
		return fmt.Errorf("%v, want %v", got, w)
	}
	return nil
}

func texts[T any](v []T) (s []string) {
	for _, x := range v {
		s = append(s, fmt.Sprint(x))
	}
	return s
}

// Keys of all generators pass through transformations, files and reshapes, and stay what they are.
func TestImplTransformed(t *testing.T) {
	for name, impl := range implNames {
		k := impl.Key(3)
		sub := gojax.Jit(func(k random.KeyArray) random.KeyArray { return random.FoldIn(k, 5) })(k)
		if sub.Impl() != impl || fmt.Sprint(sub.Data()) != fmt.Sprint(random.FoldIn(k, 5).Data()) {
			t.Errorf("%s: under Jit %v of %v", name, sub, sub.Impl())
		}
		keys := random.Split(k, 6).Reshape(2, 3)
		if keys.Impl() != impl || fmt.Sprint(keys.Shape()) != "[2 3]" || keys.Index(1, 2).Impl() != impl {
			t.Errorf("%s: the keys are %v", name, keys)
		}
		text, err := json.Marshal(k)
		var read random.KeyArray
		if err != nil || json.Unmarshal(text, &read) != nil || read.Impl() != impl {
			t.Errorf("%s: read from %s as %v, %v", name, text, read, err)
		}
		if back := impl.WrapKeyData(k.Data()); back.Impl() != impl || back.Data().DType() != jnp.Uint32 {
			t.Errorf("%s: wrapped as %v", name, back.Impl())
		}
		if impl != random.ThreefryOriginal {
			continue
		}
		each := gojax.Vmap(func(k random.KeyArray) jnp.Array { return random.Uniform(k, 2) })(keys.Reshape(6))
		if want := random.Uniform(keys.Index(0, 1), 2); fmt.Sprint(each.Index(1)) != fmt.Sprint(want) {
			t.Errorf("%s: mapped %v, want %v", name, each.Index(1), want)
		}
	}
	fails.With(t, func() { random.Impl(9).Key(1) }, "there is no generator 9")
	fails.With(t, func() { random.RBG.WrapKeyData(random.Key(1).Data()) }, "length 4", "rbg")
	fails.With(t, func() { random.RBG.Key(1.5) }, "a seed is an integer")
}

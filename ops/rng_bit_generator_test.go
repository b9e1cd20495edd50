package ops_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

// uints makes an array of unsigned integers.
func uints(d ir.DType, v ...uint64) arr {
	a := arr{d: d, shape: []int{len(v)}}
	for _, x := range v {
		a.e = append(a.e, ir.UintLit(x, d))
	}
	return a
}

// What jax.lax.rng_bit_generator gives on a CPU (jax 0.10.2).
func TestRNGBitGenerator(t *testing.T) {
	b := newBench(t)
	key := uints(ir.Uint32, 1, 2, 3, 4)
	for _, c := range []struct {
		algorithm     ops.RandomAlgorithm
		d             ir.DType
		key           arr
		next, numbers string
	}{
		{ops.RNGDefault, ir.Uint8, key, "[1 2 4 4]", "[100 215 190]"},
		{ops.RNGDefault, ir.Uint32, key, "[1 2 4 4]", "[512747620 1298009047 1267190206]"},
		{ops.RNGThreeFry, ir.Uint8, key, "[1 2 5 4]", "[236 142 168]"},
		{ops.RNGThreeFry, ir.Uint16, key, "[1 2 5 4]", "[13292 6542 43176]"},
		{ops.RNGThreeFry, ir.Uint32, key, "[1 2 5 4]", "[1576285164 2249660814 740599976]"},
		{ops.RNGThreeFry, ir.Uint64, key, "[1 2 6 4]",
			"[9662219624799024108 10418227120389269672 6433701140276733507]"},
		{ops.RNGPhilox, ir.Uint16, key, "[1 2 4 4]", "[59492 3031 51646]"},
		{ops.RNGPhilox, ir.Uint64, key, "[1 2 5 4]", "[5574906407289874532 3272025663544478142 7043725020835825787]"},
		{ops.RNGThreeFry, ir.Uint32, uints(ir.Uint64, 1, 2), "[1 4]", ""},
	} {
		f := func(x []*trace.Value) []*trace.Value {
			n, b := ops.RNGBitGenerator(x[0], []int{3}, c.d, c.algorithm)
			return []*trace.Value{n, b}
		}
		b.values(f, []arr{c.key}, func(y []arr) {
			next, numbers := fmt.Sprint(y[0].e), fmt.Sprint(y[1].e)
			if next != c.next || c.numbers != "" && numbers != c.numbers {
				t.Errorf("%v %v: %s %s, want %s %s", c.algorithm, c.d, next, numbers, c.next, c.numbers)
			}
		})
	}
	b.run()
	// Mapped, all numbers are the first key's; the other keys stay.
	p := program(t, func(x []*trace.Value) []*trace.Value {
		n, b := ops.RNGBitGenerator(x[0], []int{2}, ir.Uint32, ops.RNGThreeFry)
		return []*trace.Value{n, b}
	}, []ir.Aval{key.aval()})
	keys := arr{d: ir.Uint32, shape: []int{2, 4}, e: uints(ir.Uint32, 0, 1, 2, 3, 4, 5, 6, 7).e}
	y := getAll(trace.TheRuntime().Run(mapProgram(t, p, 2, []int{0}), putAll([]arr{keys})))
	if got := fmt.Sprint(y[0].e, y[1].e); got != "[0 1 4 3 4 5 6 7] [2689575991 150810639 2205648888 1537324351]" {
		t.Errorf("mapped: %s", got)
	}
	if y := getAll(
		trace.TheRuntime().
			Run(mapProgram(t, p, 0, []int{0}), putAll([]arr{{d: ir.Uint32, shape: []int{0, 4}}}))); fmt.Sprint(
		y[0].shape, y[1].shape) != "[0 4] [0 2]" {
		t.Errorf("mapped over nothing: %v", y)
	}
	fails.With(t, func() { ops.RNGBitGenerator(vec(ir.Uint32, 1, 2).put(), nil, ir.Uint32, 0) }, "rng_bit_generator",
		"uint32[4]", "uint32[2]")
	fails.With(t, func() { ops.RNGBitGenerator(key.put(), nil, ir.Int32, 0) }, "unsigned", "int32")
	fails.With(t, func() { ops.RNGBitGenerator(key.put(), nil, ir.Uint32, 3) }, "RandomAlgorithm(3)")
}

func ExampleRNGBitGenerator() {
	key := jnp.FromSlice([]uint32{1, 2, 3, 4}, 4).TraceValue()
	next, bits := ops.RNGBitGenerator(key, []int{2}, jnp.Uint16, ops.RNGThreeFry)
	fmt.Println(jnp.Wrap(next), jnp.Wrap(bits))
	// Output: [1 2 4 4] [13292  6542]
}

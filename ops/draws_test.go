package ops_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
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
func TestRngBitGenerator(t *testing.T) {
	key := uints(ir.Uint32, 1, 2, 3, 4)
	for _, c := range []struct {
		algorithm     ops.RandomAlgorithm
		d             ir.DType
		key           arr
		next, numbers string
	}{
		{ops.RngDefault, ir.Uint8, key, "[1 2 4 4]", "[100 215 190]"},
		{ops.RngDefault, ir.Uint32, key, "[1 2 4 4]", "[512747620 1298009047 1267190206]"},
		{ops.RngThreeFry, ir.Uint8, key, "[1 2 5 4]", "[236 142 168]"},
		{ops.RngThreeFry, ir.Uint16, key, "[1 2 5 4]", "[13292 6542 43176]"},
		{ops.RngThreeFry, ir.Uint32, key, "[1 2 5 4]", "[1576285164 2249660814 740599976]"},
		{ops.RngThreeFry, ir.Uint64, key, "[1 2 6 4]", "[9662219624799024108 10418227120389269672 6433701140276733507]"},
		{ops.RngPhilox, ir.Uint16, key, "[1 2 4 4]", "[59492 3031 51646]"},
		{ops.RngPhilox, ir.Uint64, key, "[1 2 5 4]", "[5574906407289874532 3272025663544478142 7043725020835825787]"},
		{ops.RngThreeFry, ir.Uint32, uints(ir.Uint64, 1, 2), "[1 4]", ""},
	} {
		f := func(x []*trace.Value) []*trace.Value {
			n, b := ops.RngBitGenerator(x[0], []int{3}, c.d, c.algorithm)
			return []*trace.Value{n, b}
		}
		y := runBoth(t, f, []arr{c.key})
		if next, numbers := fmt.Sprint(y[0].e), fmt.Sprint(y[1].e); next != c.next || c.numbers != "" && numbers != c.numbers {
			t.Errorf("%v %v: %s %s, want %s %s", c.algorithm, c.d, next, numbers, c.next, c.numbers)
		}
	}
	// Mapped, all numbers are the first key's; the other keys stay.
	p := program(t, func(x []*trace.Value) []*trace.Value {
		n, b := ops.RngBitGenerator(x[0], []int{2}, ir.Uint32, ops.RngThreeFry)
		return []*trace.Value{n, b}
	}, []ir.Aval{key.aval()})
	keys := arr{d: ir.Uint32, shape: []int{2, 4}, e: uints(ir.Uint32, 0, 1, 2, 3, 4, 5, 6, 7).e}
	y := getAll(trace.TheRuntime().Run(mapProgram(t, p, 2, []int{0}), putAll([]arr{keys})))
	if got := fmt.Sprint(y[0].e, y[1].e); got != "[0 1 4 3 4 5 6 7] [2689575991 150810639 2205648888 1537324351]" {
		t.Errorf("mapped: %s", got)
	}
	if y := getAll(trace.TheRuntime().Run(mapProgram(t, p, 0, []int{0}), putAll([]arr{{d: ir.Uint32, shape: []int{0, 4}}}))); fmt.Sprint(y[0].shape, y[1].shape) != "[0 4] [0 2]" {
		t.Errorf("mapped over nothing: %v", y)
	}
	wantFail(t, func() { ops.RngBitGenerator(vec(ir.Uint32, 1, 2).put(), nil, ir.Uint32, 0) }, "rng_bit_generator", "uint32[4]", "uint32[2]")
	wantFail(t, func() { ops.RngBitGenerator(key.put(), nil, ir.Int32, 0) }, "unsigned", "int32")
	wantFail(t, func() { ops.RngBitGenerator(key.put(), nil, ir.Uint32, 3) }, "RandomAlgorithm(3)")
}

func TestRngUniform(t *testing.T) {
	draw := func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.RngUniform(x[0], x[1], []int{50, 40}), ops.RngUniform(x[0], x[1], []int{50, 40})}
	}
	for _, d := range []ir.DType{ir.Float32, ir.Float64, ir.Int32, ir.BFloat16} {
		in := []arr{nums(d, nil, 2), nums(d, nil, 66)}
		y := getAll(trace.TheRuntime().Run(program(t, draw, avals(in)), putAll(in)))
		differ, sum := 0, 0.0
		for i, a := range y[0].e {
			v := a.Float()
			if v < 2 || v > 66 || v == 66 && d.IsInteger() {
				t.Fatalf("%v: %v is not between 2 and 66", d, v)
			}
			sum += v
			if a.Lo != y[1].e[i].Lo {
				differ++
			}
		}
		if mean := sum / 2000; mean < 31 || mean > 37 {
			t.Errorf("%v: the mean of 2000 numbers from 2 to 66 is %v", d, mean)
		}
		if differ < 1000 {
			t.Errorf("%v: two draws have %d of 2000 numbers in common", d, 2000-differ)
		}
	}
	p := program(t, func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.RngUniform(x[0], x[1], []int{9})} },
		[]ir.Aval{ir.Scalar(ir.Float64), ir.Scalar(ir.Float64)})
	y := getAll(trace.TheRuntime().Run(mapProgram(t, p, 2, []int{0, trace.NotMapped}), putAll([]arr{vec(ir.Float64, 0, 10), nums(ir.Float64, nil, 11)})))[0]
	for i, l := range y.e {
		if lo := float64(i / 9 * 10); l.Float() < lo || l.Float() > 11 {
			t.Errorf("mapped: number %d is %v", i, l.Float())
		}
	}
	wantFail(t, func() { ops.RngUniform(vec(ir.Float32, 1).put(), vec(ir.Float32, 2).put(), nil) }, "rng_uniform", "scalars")
	wantFail(t, func() { ops.RngUniform(nums(ir.Float32, nil, 1).put(), nums(ir.Int32, nil, 2).put(), nil) }, "rng_uniform", "int32")
}

func TestMulHi(t *testing.T) {
	for _, d := range []ir.DType{ir.Int8, ir.Uint8, ir.Int16, ir.Uint16, ir.Int32, ir.Uint32, ir.Int64, ir.Uint64} {
		n := d.Bits()
		var v []*big.Int
		lo, hi := new(big.Int), new(big.Int).Lsh(big.NewInt(1), uint(n))
		if d.IsSigned() {
			hi.Rsh(hi, 1)
			lo.Neg(hi)
		}
		hi.Sub(hi, big.NewInt(1))
		v = append(v, lo, hi, new(big.Int).Div(hi, big.NewInt(3)), big.NewInt(77), big.NewInt(0), big.NewInt(1), new(big.Int).Sub(hi, big.NewInt(12)))
		if d.IsSigned() {
			v = append(v, big.NewInt(-1), big.NewInt(-100), new(big.Int).Div(lo, big.NewInt(7)))
		}
		lit := func(x *big.Int) ir.Lit {
			if d.IsSigned() {
				return ir.IntLit(x.Int64(), d)
			}
			return ir.UintLit(x.Uint64(), d)
		}
		x, y, want := arr{d: d}, arr{d: d}, arr{d: d}
		for _, a := range v {
			for _, b := range v {
				x.e, y.e = append(x.e, lit(a)), append(y.e, lit(b))
				p := new(big.Int).Mul(a, b)
				want.e = append(want.e, lit(p.Rsh(p, uint(n))))
			}
		}
		x.shape, y.shape, want.shape = []int{len(x.e)}, []int{len(x.e)}, []int{len(x.e)}
		f := func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.MulHi(x[0], x[1])} }
		if s := runBoth(t, f, []arr{x, y})[0].closeTo(want, 0); s != "" {
			t.Errorf("%v: %s", d, s)
		}
		if d == ir.Int64 {
			checkVmap(t, f, []arr{vec(d, 1, 2), vec(d, 3, 4)})
		}
	}
	wantFail(t, func() { ops.MulHi(vec(ir.Float32, 1).put(), vec(ir.Float32, 1).put()) }, "mulhi", "integer", "float32")
}

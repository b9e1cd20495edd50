package jnp_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// Functions whose formula has no derivative where the function has one: their slopes have closed forms.
func TestDerivativesAtSpecialPoints(t *testing.T) {
	inf := math.Inf(1)
	type f1 = func(x jnp.Array) jnp.Array
	for _, c := range []struct {
		name string
		f    f1
		x    float64
		want float64
	}{
		{"I0 at 0", jnp.I0, 0, 0},
		{"I0", jnp.I0, 1.5, 0.981666428},
		{"I0, below 0", jnp.I0, -1.5, -0.981666428},
		{"Frexp's mantissa", func(x jnp.Array) jnp.Array { m, _ := jnp.Frexp(x); return m }, 12, 1.0 / 16},
		{"Ldexp", func(x jnp.Array) jnp.Array { return jnp.Ldexp(x, 3) }, 5, 8},
		{"Sinc at 0", jnp.Sinc, 0, 0},
		{"Sinc twice at 0", gojax.Grad(jnp.Sinc), 0, -math.Pi * math.Pi / 3},
		{"LogAddExp of equals", func(x jnp.Array) jnp.Array { return jnp.LogAddExp(x, 2.0) }, 2, 0.5},
		{"LogAddExp of infinities", func(x jnp.Array) jnp.Array { return jnp.LogAddExp(x, inf) }, inf, 1},
		{"LogAddExp far below", func(x jnp.Array) jnp.Array { return jnp.LogAddExp(x, 0.0) }, -inf, 0},
		{"LogAddExp2", func(x jnp.Array) jnp.Array { return jnp.LogAddExp2(x, 1.0) }, 2, 2.0 / 3},
	} {
		for how, g := range map[string]f1{"eager": gojax.Grad(c.f), "jitted": gojax.Jit(gojax.Grad(c.f))} {
			got := g(jnp.Creation{DType: jnp.Float32}.Asarray(c.x)).Item()
			if !(math.Abs(got-c.want) <= 2e-6*max(1, math.Abs(c.want))) {
				t.Errorf("%s, %s: %v, want %v", c.name, how, got, c.want)
			}
		}
	}
}

// A truth about Go's numbers alone is weakly typed where JAX's is.
func TestWeakTruths(t *testing.T) {
	x, y := jnp.Asarray(2), jnp.Full([]int{2}, 2.5)
	strong := jnp.Ones(2)
	for name, c := range map[string]struct {
		got  jnp.Array
		want bool
	}{
		"Equal":                      {jnp.Equal(x, x), true},
		"Less of arrays":             {jnp.Less(y, y), true},
		"Less with a strong one":     {jnp.Less(y, strong), false},
		"Equal of weak truths":       {jnp.Equal(x.Eq(2), x.Eq(2)), false},
		"IsNaN":                      {jnp.IsNaN(y), true},
		"IsInf":                      {jnp.IsInf(y), false},
		"IsFinite":                   {jnp.IsFinite(y), true},
		"IsFinite of integers":       {jnp.IsFinite(x), false},
		"SignBit":                    {jnp.SignBit(x), false},
		"LogicalNot of a scalar":     {jnp.LogicalNot(x), true},
		"LogicalNot of an array":     {jnp.LogicalNot(y), false},
		"LogicalAnd of scalars":      {jnp.LogicalAnd(x, x), true},
		"LogicalAnd of arrays":       {jnp.LogicalAnd(y, y), false},
		"LogicalAnd of weak truths":  {jnp.LogicalAnd(x.Eq(2), x.Eq(2)), false},
		"IsClose":                    {jnp.IsClose(y, y), false},
		"Where takes no such weight": {jnp.Where(x.Eq(2), strong, strong), false},
	} {
		if c.got.Weak() != c.want {
			t.Errorf("%s: weakly typed: %v", name, c.got.Weak())
		}
		if c.got.Weak() && c.got.DType() == jnp.Bool && jnp.Add(c.got, true).Weak() {
			t.Errorf("%s: a weak truth makes a weak sum", name)
		}
	}
}

// What the functions that make arrays refuse is refused by name.
func TestCreationRefuses(t *testing.T) {
	for name, f := range map[string]func(){
		"bytes left over":           func() { jnp.FromBuffer(make([]byte, 9)) },
		"too many asked for":        func() { jnp.Reading{DType: jnp.Uint8, Count: 3}.FromBuffer(make([]byte, 2)) },
		"an offset outside":         func() { jnp.Reading{DType: jnp.Uint8, Offset: 3}.FromBuffer(make([]byte, 2)) },
		"a count of another type":   func() { jnp.Reading{Count: 2.0}.FromBuffer(nil) },
		"no number":                 func() { jnp.FromString("1 x") },
		"no dtype":                  func() { jnp.Reading{DType: 255}.FromString("1") },
		"a short iterator":          func() { jnp.FromIter(func(func(int) bool) {}, 1) },
		"no function":               func() { jnp.FromFunction(nil, 2) },
		"no mask":                   func() { jnp.MaskIndices(2, nil) },
		"a negative length":         func() { jnp.DiagIndices(-1) },
		"axes that differ":          func() { jnp.DiagIndicesFrom(jnp.Ones(2, 3)) },
		"no matrix":                 func() { jnp.TrilIndicesFrom(jnp.Ones(2)) },
		"bits of floats":            func() { jnp.PackBits(jnp.Ones(2)) },
		"bits of wide numbers":      func() { jnp.UnpackBits(jnp.Arange(2)) },
		"an axis too far":           func() { jnp.UnpackBits(jnp.FromSlice([]uint8{1}), 1) },
		"a complex angle":           func() { jnp.Unwrap(jnp.FromSlice([]complex64{1i})) },
		"a complex Bessel number":   func() { jnp.I0(jnp.FromSlice([]complex64{1i})) },
		"a complex shape parameter": func() { jnp.Kaiser(3, 1i) },
	} {
		err := gojax.Try(f)
		if e, ok := err.(*gojax.Error); !ok || e.Op == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Reading and functions of the index at their edges.
func TestFromEdges(t *testing.T) {
	for name, c := range map[string]struct{ got, want jnp.Array }{
		"bytes to bool":    {jnp.Reading{DType: jnp.Bool}.FromBuffer([]byte{0, 1, 7}), jnp.FromSlice([]bool{false, true, true})},
		"all":              {jnp.Reading{DType: jnp.Uint8, Count: -1}.FromBuffer([]byte{1, 2}), jnp.FromSlice([]uint8{1, 2})},
		"none":             {jnp.Reading{DType: jnp.Uint8}.FromBuffer(nil), jnp.FromSlice([]uint8{})},
		"separators":       {jnp.Reading{DType: jnp.Int8, Sep: " ; "}.FromString("1;2 ;  -3;"), jnp.FromSlice([]int8{1, 2, -3})},
		"empty text":       {jnp.Reading{DType: jnp.Int8, Sep: ","}.FromString(""), jnp.FromSlice([]int8{})},
		"a row each":       {jnp.FromFunction(func(i ...jnp.Array) jnp.Array { return jnp.Ones(2).Mul(i[0]) }, 2), jnp.FromSlice([]float32{0, 0, 1, 1}, 2, 2)},
		"the same each":    {jnp.FromFunction(func(...jnp.Array) jnp.Array { return jnp.Asarray(3) }, 2), jnp.FromSlice([]int32{3, 3})},
		"no elements":      {jnp.FromFunction(func(i ...jnp.Array) jnp.Array { return i[0] }, 0, 2), jnp.Zeros(0, 2)},
		"no axes":          {jnp.FromFunction(func(...jnp.Array) jnp.Array { return jnp.Ones() }), jnp.Ones()},
		"packed, unpacked": {jnp.Bits{Count: 11}.UnpackBits(jnp.PackBits(jnp.Ones(11).AsType(jnp.Int32))), jnp.Creation{DType: jnp.Uint8}.Ones(11)},
	} {
		if c.got.DType() != c.want.DType() || !jnp.ItemOf[bool](jnp.ArrayEqual(c.got, c.want)) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

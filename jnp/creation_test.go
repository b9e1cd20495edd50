package jnp_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

func TestCreation(t *testing.T) {
	v := FromSlice([]float32{1, 2, 3})
	m := Arange(6).Reshape(2, 3)
	deep := Arange(12).Reshape(2, 2, 3)
	idx := func(a, b Array) Array { return AsArray([]Array{a, b}) }
	for _, c := range []struct {
		name string
		f    func() Array
		typ  string
		want string
	}{
		{"Zeros", func() Array { return Zeros(2, 3) }, "float32[2,3]", "[[0. 0. 0.]\n [0. 0. 0.]]"},
		{"Zeros()", func() Array { return Zeros() }, "float32[]", "0.0"},
		{"Ones bool", func() Array { return Creation{DType: Bool}.Ones(2) }, "bool[2]", "[ True  True]"},
		{"Ones complex", func() Array { return Creation{DType: Complex64}.Ones(1) }, "complex64[1]", "[1.+0.j]"},
		{"Empty", func() Array { return Empty(1) }, "float32[1]", "[0.]"},
		{"Full", func() Array { return Full([]int{2}, 7) }, "~int32[2]", "[7 7]"},
		{"Full array", func() Array { return Full([]int{2, 3}, v) }, "float32[2,3]", "[[1. 2. 3.]\n [1. 2. 3.]]"},
		{"Full dtype", func() Array { return Creation{DType: Int8}.Full([]int{2}, 2.7) }, "int8[2]", "[2 2]"},
		{"FullLike", func() Array { return FullLike(m, 2.9) }, "int32[2,3]", "[[2 2 2]\n [2 2 2]]"},
		{"OnesLike", func() Array { return Creation{DType: Float16}.OnesLike(v) }, "float16[3]", "[1. 1. 1.]"},
		{"Arange", func() Array { return Arange(4) }, "int32[4]", "[0 1 2 3]"},
		{"Arange float", func() Array { return Arange(0, 1, 0.25) }, "float32[4]", "[0.   0.25 0.5  0.75]"},
		{"Arange down", func() Array { return Arange(5, 0, -2) }, "int32[3]", "[5 3 1]"},
		{"Arange none", func() Array { return Arange(3, 1) }, "int32[0]", "[]"},
		{"Arange start", func() Array { return Arange(0.5, 3) }, "float32[3]", "[0.5 1.5 2.5]"},
		{"Arange dtype", func() Array { return Creation{DType: BFloat16}.Arange(3) }, "bfloat16[3]", "[0 1 2]"},
		{"Arange sized", func() Array { return Arange(uint8(3)) }, "uint8[3]", "[0 1 2]"},
		{"LinSpace", func() Array { return LinSpace(0, 1, 5) }, "float32[5]", "[0.   0.25 0.5  0.75 1.  ]"},
		{"LinSpace open", func() Array { return Space{NoEndpoint: true}.LinSpace(0, 1, 4) }, "float32[4]",
			"[0.   0.25 0.5  0.75]"},
		{"LinSpace int", func() Array { return Space{DType: Int32}.LinSpace(0, 5, 4) }, "int32[4]", "[0 1 3 5]"},
		{"LinSpace one", func() Array { return LinSpace(3, 9, 1) }, "float32[1]", "[3.]"},
		{"LinSpace none", func() Array { return LinSpace(3, 9, 0) }, "float32[0]", "[]"},
		{"LinSpace arrays", func() Array { return Space{Axis: -1}.LinSpace(v, v.Mul(3), 3) }, "float32[3,3]",
			"[[1. 2. 3.]\n [2. 4. 6.]\n [3. 6. 9.]]"},
		{"LogSpace", func() Array { return Space{Base: 2}.LogSpace(0, 3, 4) }, "float32[4]", "[1. 2. 4. 8.]"},
		{"Eye", func() Array { return Eye(2, 3, 1) }, "float32[2,3]", "[[0. 1. 0.]\n [0. 0. 1.]]"},
		{"Identity", func() Array { return Creation{DType: Int32}.Identity(2) }, "int32[2,2]", "[[1 0]\n [0 1]]"},
		{"Tri", func() Array { return Tri(2, 3, 1) }, "float32[2,3]", "[[1. 1. 0.]\n [1. 1. 1.]]"},
		{"Tril", func() Array { return Tril(m) }, "int32[2,3]", "[[0 0 0]\n [3 4 0]]"},
		{"Triu", func() Array { return Triu(m, 1) }, "int32[2,3]", "[[0 1 2]\n [0 0 5]]"},
		{"Triu deep", func() Array { return Triu(deep) }, "int32[2,2,3]",
			"[[[ 0  1  2]\n  [ 0  4  5]]\n\n [[ 6  7  8]\n  [ 0 10 11]]]"},
		{"Diag of vector", func() Array { return Diag(v, -1).Sum(1) }, "float32[4]", "[0. 1. 2. 3.]"},
		{"Diag of matrix", func() Array { return Diag(m, 1) }, "int32[2]", "[1 5]"},
		{"Diag past the end", func() Array { return Diag(m, 9) }, "int32[0]", "[]"},
		{"Diagonal", func() Array { return Diagonal(deep, 0, 2, 0) }, "int32[2,2]", "[[ 0  7]\n [ 3 10]]"},
		{"Diagonal below", func() Array { return Diagonal(m, -1) }, "int32[1]", "[3]"},
		{"Indices", func() Array { return Indices(2, 2) }, "int32[2,2,2]", "[[[0 0]\n  [1 1]]\n\n [[0 1]\n  [0 1]]]"},
		{"TrilIndices", func() Array { return idx(TrilIndices(2)) }, "int32[2,3]", "[[0 1 1]\n [0 0 1]]"},
		{"TriuIndices", func() Array { return idx(TriuIndices(2, 3, 1)) }, "int32[2,3]", "[[0 0 1]\n [1 2 2]]"},
		{"Meshgrid", func() Array { return Meshgrid(v, Arange(2))[0] }, "float32[2,3]", "[[1. 2. 3.]\n [1. 2. 3.]]"},
		{"Meshgrid ij", func() Array { return Mesh{IJ: true, Sparse: true}.Meshgrid(v, Arange(2))[1] }, "int32[1,2]",
			"[[0 1]]"},
		{"FromFunc",
			func() Array { return FromFunc([]int{2, 2}, func(i []int) int32 { return int32(10*i[0] + i[1]) }) },
			"int32[2,2]", "[[ 0  1]\n [10 11]]"},
	} {
		x := c.f()
		if got := x.TraceValue().Aval().String(); got != c.typ {
			t.Errorf("%s is %s, want %s", c.name, got, c.typ)
		}
		if got := fmt.Sprint(x); got != c.want {
			t.Errorf("%s is\n%s\nwant\n%s", c.name, got, c.want)
		}
		// In a trace the same.
		y := traced(func(...Array) []Array { return []Array{c.f()} })[0]
		if a, b := x.TraceValue().Aval(), y.TraceValue().Aval(); !a.SameType(b) || fmt.Sprint(y) != c.want {
			t.Errorf("%s in a trace is %v\n%v", c.name, b, y)
		}
	}
}

// Arrays too large to be made on the host are made by programs; both ways give the same.
func TestLargeCreation(t *testing.T) {
	const onHost = 1 << 20 // bytes that are made on the host
	n := onHost/4 + 3
	for name, c := range map[string]struct {
		x    Array
		want func(i int) float64
	}{
		"Full":   {Full([]int{n}, 2.5), func(int) float64 { return 2.5 }},
		"Arange": {Arange(0.5, float64(n)+0.25), func(i int) float64 { return 0.5 + float64(i) }},
		"Eye":    {Eye(600, 500).Ravel(), func(i int) float64 { return zeroOne(i/500 == i%500) }},
		"Zeros":  {Zeros(n), func(int) float64 { return 0 }},
	} {
		for i, got := range ToSlice[float32](c.x) {
			if float64(got) != c.want(i) {
				t.Fatalf("%s: element %d is %v, want %v", name, i, got, c.want(i))
			}
		}
	}
}

// Eager creation must not compile a program a shape.
func TestSmallCreationOnHost(t *testing.T) {
	x := Full([]int{3}, 1)
	if b := x.TraceValue().Buffer(); b == nil {
		t.Fatal("a created array is not on the device")
	}
	if _, ok := AsArray(2.5).TraceValue().Lit(); ok {
		t.Error("AsArray of a scalar is not on the device")
	}
	trace.Trace("test", []ir.Aval{}, func([]*trace.Value) []*trace.Value {
		if _, ok := AsArray(2.5).TraceValue().Lit(); !ok {
			t.Error("AsArray of a scalar is not a constant in a trace")
		}
		return nil
	})
}

func TestCreationErrors(t *testing.T) {
	runErrors(t, []errorRow{
		{func() { AsArray(1 << 31) }, []string{"2147483648", "int32"}},
		{func() { AsArray([][]int{{1, 2}, {3}}) }, []string{"ragged"}},
		{func() { AsArray([]string{"a"}) }, []string{"string"}},
		{func() { Zeros(-1, 2) }, []string{"jnp.Zeros", "negative"}},
		{func() { Zeros(1<<40, 1<<40) }, []string{"jnp.Zeros", "memory"}},
		{func() { Full([]int{2}, Ones(3)) }, []string{"jnp.Full(float32[3])", "broadcast"}},
		{func() { Arange(0, 5, 0) }, []string{"step is 0"}},
		{func() { Arange(0, math.Inf(1)) }, []string{"jnp.Arange"}},
	})
}

func TestAsArray(t *testing.T) {
	SetNarrowing(NarrowSilent)
	defer SetNarrowing(NarrowOnce)
	one := Ones(2)
	for _, c := range []struct {
		in   any
		want string
		vals string
	}{
		{2, "~int32[]", "2"}, {2.5, "~float32[]", "2.5"}, {true, "bool[]", "True"}, {1i, "~complex64[]", "1j"},
		{float32(2), "float32[]", "2.0"}, {int8(3), "int8[]", "3"}, {uint(3), "~uint32[]", "3"},
		{[]int{1, 2}, "int32[2]", "[1 2]"}, {[]any{1, 2.5}, "float32[2]", "[1.  2.5]"},
		{[]any{true, 2}, "int32[2]", "[1 2]"},
		{[][]float64{{1, 2}, {3, 4}}, "float32[2,2]", "[[1. 2.]\n [3. 4.]]"},
		{[2][2]int8{{1, 2}, {3, 4}}, "int8[2,2]", "[[1 2]\n [3 4]]"},
		{[][]float32{}, "float32[0]", "[]"}, {[][]float32{{}, {}}, "float32[2,0]", "[]"}, {[]any{}, "float32[0]", "[]"},
		{[]Array{one, one.Mul(2)}, "float32[2,2]", "[[1. 1.]\n [2. 2.]]"},
		{[]any{AsArray(1), 2.5}, "~float32[2]", "[1.  2.5]"},
		{one, "float32[2]", "[1. 1.]"},
	} {
		x := AsArray(c.in)
		if got := x.TraceValue().Aval().String(); got != c.want {
			t.Errorf("AsArray(%v) is %s, want %s", c.in, got, c.want)
		}
		if got := fmt.Sprint(x); got != c.vals {
			t.Errorf("AsArray(%v) holds %s, want %s", c.in, got, c.vals)
		}
	}
	// The conversion is made from the Go values, with one rounding.
	if got := (Creation{DType: Float16}).AsArray([]float64{1 + 1.0/2048 + 1e-9}); ToSlice[float64](got)[0] != 1+
		1.0/1024 {
		t.Errorf("a float64 became %v in float16", got)
	}
	data := []float32{1, 2}
	x := FromSlice(data)
	data[0] = 9
	if got := ToSlice[float32](x); got[0] != 1 {
		t.Error("an array shares the caller's memory")
	}
	if got := FromSlice([]int32{1, 2, 3, 4, 5, 6}, -1, 3).Shape(); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("shape -1, 3 became %v", got)
	}
}

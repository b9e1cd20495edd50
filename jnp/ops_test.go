package jnp_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/vmap"
)

// opRow is one call: f of the named fixtures gives an array of type want with the elements data, in row-major order.
type opRow struct {
	name string
	in   []string
	f    func(a []Array) Array
	want string
	data []complex128
}

var nanC = complex(math.NaN(), 0)

func second(_, x, _, _ Array) Array { return x }
func third(_, _, x, _ Array) Array  { return x }
func fourth(_, _, _, x Array) Array { return x }

// fixture makes one of the arrays that the rows name.
func fixture(name string) Array {
	f := float32(math.NaN())
	switch name {
	case "x":
		return FromSlice([]float32{3, -1.5, 2, 0.5, -2, 4, 1, -0.25, 1.5, 0, -3, 2.5}, 3, 4)
	case "n":
		return FromSlice([]float32{3, f, 2, 0.5, f, f, f, f, 1.5, 0, -3, f}, 3, 4)
	case "y":
		return FromSlice([]float32{0.5, -2, 1.5, 3})
	case "q":
		return FromSlice([]float32{2, 2, 1, 5, 1, 1, 0.5})
	case "i":
		return FromSlice([]int32{1, -2, 3, 4, 0, 6, 7, 7, -9, 10, 11, -12}, 2, 3, 2)
	case "b":
		return FromSlice([]bool{true, false, true, false, false, false}, 2, 3)
	case "m":
		return FromSlice([]bool{true, false, true, true, false, true, true, false, true, true, false, true}, 3, 4)
	case "z":
		return FromSlice([]complex64{1 + 2i, -1i, 3, 0.5 - 0.5i, 2, -2 + 1i}, 2, 3)
	case "a":
		return Arange(24).Reshape(2, 3, 4).Mul(float32(0.25)).Sub(float32(2))
	case "c":
		return FromSlice([]float32{2, -1, 0.5, 1, 3, -2, 0.25, 1, 4}, 3, 3)
	case "w":
		return FromSlice([]float32{1, 2, 4})
	case "s":
		return FromSlice([]float32{2.5}).Reshape()
	case "k":
		return FromSlice([]int32{3, 1, 2})
	case "e":
		return Zeros(0, 3)
	}
	panic("no fixture " + name)
}

// elements reads x as complex numbers.
func elements(x Array) []complex128 {
	var out []complex128
	switch d := x.DType(); {
	case d.IsComplex():
		for _, v := range ToSlice[complex64](x) {
			out = append(out, complex128(v))
		}
	case d == Bool:
		for _, v := range ToSlice[bool](x) {
			if v {
				out = append(out, 1)
			} else {
				out = append(out, 0)
			}
		}
	case d.IsInteger():
		for _, v := range ToSlice[int](x) {
			out = append(out, complex(float64(v), 0))
		}
	default:
		for _, v := range ToSlice[float64](x) {
			out = append(out, complex(v, 0))
		}
	}
	return out
}

func near(got, want complex128) bool {
	part := func(g, w float64) bool {
		return g == w || math.IsNaN(g) && math.IsNaN(w) || math.Abs(g-w) <= 2e-6*(1+math.Abs(w))
	}
	return part(real(got), real(want)) && part(imag(got), imag(want))
}

// check compares an array with a type and elements.
func check(x Array, want string, data []complex128) error {
	if got := x.TraceValue().Aval().String(); got != want {
		return fmt.Errorf("type %s, want %s", got, want)
	}
	got := elements(x)
	for i := range data {
		if !near(got[i], data[i]) {
			return fmt.Errorf("%v\nwant %v", got, data)
		}
	}
	return nil
}

// record traces f. What f uses besides its operands is an input after them, and returned.
func record(in []Array, f func(a []Array) Array) (p *ir.Program, captured []*trace.Value) {
	t := make([]ir.Aval, len(in))
	for i, x := range in {
		t[i] = x.TraceValue().Aval()
	}
	return trace.Trace("Jit", t, func(v []*trace.Value) []*trace.Value {
		a := make([]Array, len(v))
		for i, v := range v {
			a[i] = Wrap(v)
		}
		return []*trace.Value{f(a).TraceValue()}
	})
}

func run(p *ir.Program, in []Array, captured []*trace.Value) Array {
	v := make([]*trace.Value, len(in))
	for i, x := range in {
		v[i] = x.TraceValue()
	}
	return Wrap(trace.TheRuntime().Run(p, append(v, captured...))[0])
}

// TestOps runs every row eagerly, traced, and mapped over a new axis of its operands.
func TestOps(t *testing.T) {
	for _, r := range opRows {
		t.Run(r.name, func(t *testing.T) {
			var in []Array
			for _, n := range r.in {
				in = append(in, fixture(n))
			}
			if err := check(r.f(in), r.want, r.data); err != nil {
				t.Fatalf("eager: %v", err)
			}
			p, captured := record(in, r.f)
			if err := p.Verify(); err != nil {
				t.Fatal(err)
			}
			if err := check(run(p, in, captured), r.want, r.data); err != nil {
				t.Fatalf("traced: %v", err)
			}
			// Mapped over the first axis of the first operand and the last of the others.
			batch, axes := make([]Array, len(in)), make([]int, len(in))
			each := [3][]Array{}
			for i, x := range in {
				vary := []Array{x, Flip(x), x}
				for k, v := range vary {
					each[k] = append(each[k], v)
				}
				if i > 0 {
					axes[i] = x.NDim()
				}
				batch[i] = Stack(vary, axes[i])
			}
			for range captured {
				axes = append(axes, trace.NotMapped)
			}
			q, out := vmap.Program(p, 3, axes, nil, "Vmap")
			if err := q.Verify(); err != nil {
				t.Fatal(err)
			}
			if out[0] == trace.NotMapped {
				return // a result that does not depend on the operands' elements
			}
			var loop []Array
			for _, a := range each {
				loop = append(loop, r.f(a))
			}
			want := Stack(loop, out[0])
			if err := check(run(q, batch, captured), want.TraceValue().Aval().String(), elements(want)); err != nil {
				t.Fatalf("mapped: %v", err)
			}
		})
	}
}

// TestOpErrors checks that what cannot be computed says where, of what, and why.
func TestOpErrors(t *testing.T) {
	x, y, i, e := fixture("x"), fixture("y"), fixture("i"), fixture("e")
	for _, r := range []struct {
		f    func()
		want []string
	}{
		{func() { Sum(x, 2) }, []string{"jnp.Sum(float32[3,4])", "axis 2 is out of range"}},
		{func() { Sum(x, 0, -2) }, []string{"jnp.Sum", "named twice"}},
		{func() { Max(e, 0) }, []string{"jnp.Max(float32[0,3])", "no elements along axes [0]"}},
		{func() { Reduction{Where: x.Gt(0)}.Min(x) }, []string{"jnp.Min", "Where needs Initial"}},
		{func() { Reduction{Where: x}.Sum(x) }, []string{"jnp.Sum", "bool array", "float32[3,4]"}},
		{func() { Reduction{DDof: 1}.Sum(x) }, []string{"jnp.Sum", "DDof", "does not apply"}},
		{func() { Reduction{Where: fixture("b")}.Sum(x) }, []string{"jnp.Sum", "cannot be broadcast"}},
		{func() { Reduction{Initial: y}.Sum(x) }, []string{"Initial must be a scalar"}},
		{func() { ArgMax(e, 0) }, []string{"jnp.ArgMax(float32[0,3])", "no elements"}},
		{func() { ArgMax(x, 0, 1) }, []string{"jnp.ArgMax", "one axis or none"}},
		{func() { Reduction{DType: Int32}.Std(x) }, []string{"jnp.Std", "floating-point type, not int32"}},
		{func() { Reduction{Weights: y}.Average(x) }, []string{"jnp.Average(float32[3,4], float32[4])", "need the axes"}},
		{func() { Median(fixture("z")) }, []string{"jnp.Median(complex64[2,3])", "no order"}},
		{func() { CumulativeSum(x) }, []string{"jnp.CumulativeSum", "needs the axis"}},
		{func() { x.Reshape(5, -1) }, []string{"jnp.Reshape(float32[3,4])", "12 elements are not a multiple of 5"}},
		{func() { x.Reshape(-1, -1) }, []string{"two lengths (-1)"}},
		{func() { x.Transpose(0) }, []string{"jnp.Transpose(float32[3,4])", "each of the 2 axes once"}},
		{func() { x.Reshape(-1, 1<<62, 8) }, []string{"jnp.Reshape", "more elements than can be counted"}},
		{func() { Tile(x, 1<<62, 8) }, []string{"jnp.Tile(float32[3,4])", "more elements"}},
		{func() { Repeat(x, 1<<62, 0) }, []string{"jnp.Repeat(float32[3,4])", "more elements"}},
		{func() { Squeeze(x, 1) }, []string{"jnp.Squeeze", "axis 1 has length 4"}},
		{func() { BroadcastTo(y, 3) }, []string{"jnp.BroadcastTo(float32[4])", "[3]"}},
		{func() { FlipLR(y) }, []string{"jnp.FlipLR(float32[4])", "two axes"}},
		{func() { Roll(x, []int{1, 2, 3}, 0, 1) }, []string{"jnp.Roll", "3 shifts do not go with 2 axes"}},
		{func() { Repeat(x, []int{1, 2}, 1) }, []string{"jnp.Repeat", "2 repeats do not go with 4 elements"}},
		{func() { Pad(x, [2]int{-1, 0}) }, []string{"jnp.Pad", "cut elements off"}},
		{func() { Padding{Mode: PadEdge}.Pad(e, [2]int{1, 1}) }, []string{"jnp.Pad(float32[0,3])", "axis 0 is empty"}},
		{func() { Padding{Odd: true}.Pad(x, [2]int{1, 1}) }, []string{"Odd", "does not apply"}},
		{func() { Concatenate([]Array{x, y}) }, []string{"jnp.Concatenate(float32[3,4], float32[4])", "array 1 has 1 axes"}},
		{func() { Concatenate([]Array{x, x.T()}) }, []string{"array 1 has length 3 along axis 1"}},
		{func() { Stack([]Array{x, y}) }, []string{"jnp.Stack", "must have one shape"}},
		{func() { Stack(nil) }, []string{"jnp.Stack", "at least one array"}},
		{func() { Split(x, 3, 1) }, []string{"jnp.Split(float32[3,4])", "3 equal parts", "jnp.ArraySplit"}},
		{func() { Sort(x, 2) }, []string{"jnp.Sort(float32[3,4])", "axis 2"}},
		{func() { SearchSorted(x, 1.0) }, []string{"jnp.SearchSorted", "one axis"}},
		{func() { MatMul(x, x) }, []string{"jnp.MatMul(float32[3,4], float32[3,4])", "length 4", "3"}},
		{func() { MatMul(Zeros(2, 3, 4), Zeros(3, 4, 2)) }, []string{"jnp.MatMul(float32[2,3,4], float32[3,4,2])", "[2] and [3], do not broadcast"}},
		{func() { fixture("z").ArgMax() }, []string{"jnp.ArgMax(complex64[2,3])", "no order"}},
		{func() { MatMul(x, Sum(x)) }, []string{"jnp.MatMul", "scalar", "jnp.Mul"}},
		{func() { Dot(x, x) }, []string{"jnp.Dot(float32[3,4], float32[3,4])", "equally long"}},
		{func() { TensorDot(x, x, 3) }, []string{"jnp.TensorDot", "no 3 axes"}},
		{func() { Einsum("ij,jk", x, x) }, []string{"jnp.Einsum", "axis j has length 3 in operand 1 and length 4"}},
		{func() { Einsum("ij->ik", x) }, []string{"the result has the axis k"}},
		{func() { Einsum("ijk", x) }, []string{`"ijk" names 3 axes and operand 0 has 2`}},
		{func() { Einsum("ij,jk", x) }, []string{"name 2 operands and there are 1"}},
		{func() { Einsum("i2,jk", x, x) }, []string{`"2" is not the name of an axis`}},
		{func() { Einsum("ij->ii", x) }, []string{"twice"}},
		{func() {
			trace.Trace("Jit", trace.Avals([]*trace.Value{y.TraceValue()}), func(v []*trace.Value) []*trace.Value { Unique(Wrap(v[0])); return v })
		},
			[]string{"jnp.Unique(float32[4])", "traced", "Size: n"}},
		{func() { Uniqueness{Size: 2}.Unique(e) }, []string{"jnp.Unique(float32[0,3])", "Size needs Fill"}},
		{func() { Gradient(y.Reshape(1, 4)) }, []string{"jnp.Gradient(float32[1,4])", "axis 0 has 1 elements"}},
		{func() { Integration{X: y, Dx: 1}.Trapezoid(y) }, []string{"both X and Dx"}},
		{func() { Cov(x, y.Reshape(2, 2)) }, []string{"jnp.Cov", "operand 1 has 2 observations and the first one 4"}},
		{func() { Trace(y) }, []string{"jnp.Trace(float32[4])", "two axes"}},
		{func() { Cross(x, x) }, []string{"jnp.Cross", "length 2 or 3"}},
		{func() { i.Sum(0, 1, 2, 3) }, []string{"jnp.Sum(int32[2,3,2])", "axis 3"}},
		{func() { Array{}.Sum() }, []string{"jnp.Sum", "never set"}},
	} {
		err := trace.Try(r.f)
		if err == nil {
			t.Errorf("no error; want %q", r.want)
			continue
		}
		if !strings.HasPrefix(err.Error(), "ops_test.go:") {
			t.Errorf("not at the user's line: %v", err)
		}
		for _, w := range r.want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%v\n\twant %q in it", err, w)
			}
		}
	}
}

// TestUniqueSizes finds out how many values there are.
func TestUniqueSizes(t *testing.T) {
	for _, r := range []struct {
		x    Array
		axis []int
		want string
	}{
		{fixture("q"), nil, "[0.5 1.  2.  5. ] [6 2 0 3] [2 2 1 3 1 1 0] [1 3 2 1]"},
		{fixture("b"), nil, "[False  True] [1 0] [[1 0 1]\n [0 0 0]] [4 2]"},
		{fixture("b"), []int{1}, "[[False  True]\n [False False]] [1 0] [1 0 1] [1 2]"},
		{Zeros(0), nil, "[] [] [] []"},
		{fixture("s"), nil, "[2.5] [0] 0 [1]"},
	} {
		v, i, inv, n := UniqueReturned(r.x, r.axis...)
		if got := fmt.Sprint(v, " ", i, " ", inv, " ", n); got != r.want {
			t.Errorf("%v along %v: %s\nwant %s", r.x, r.axis, got, r.want)
		}
	}
}

// TestOpTypes checks dtypes and weakness under both settings of 64-bit types.
func TestOpTypes(t *testing.T) {
	weak := func() Array { return Wrap(Full([]int{2, 2}, 1.5).TraceValue().WithWeak(true)) }
	half := func() Array { return Ones(2, 2).AsType(BFloat16) }
	for _, r := range []struct {
		name    string
		f       func() Array
		off, on string
	}{
		{"Sum of int8", func() Array { return fixture("i").AsType(Int8).Sum() }, "int32[]", "int64[]"},
		{"Sum of uint8", func() Array { return fixture("i").AsType(Uint8).Sum(0) }, "uint32[3,2]", "uint64[3,2]"},
		{"Sum of bools", func() Array { return fixture("b").Sum() }, "int32[]", "int64[]"},
		{"Sum as bool", func() Array { return Reduction{DType: Bool}.Sum(fixture("b")) }, "bool[]", "bool[]"},
		{"Sum of halves", func() Array { return half().Sum() }, "bfloat16[]", "bfloat16[]"},
		{"Sum of weak", func() Array { return weak().Sum() }, "float32[]", "float64[]"},
		{"Max of weak", func() Array { return weak().Max() }, "float32[]", "float64[]"},
		{"Sort of weak", func() Array { return weak().Sort() }, "~float32[2,2]", "~float64[2,2]"},
		{"Reshape of weak", func() Array { return weak().Reshape(4) }, "~float32[4]", "~float64[4]"},
		{"MatMul of weak", func() Array { return weak().MatMul(weak()) }, "~float32[2,2]", "~float64[2,2]"},
		{"MatMul of weak and half", func() Array { return weak().MatMul(half()) }, "bfloat16[2,2]", "bfloat16[2,2]"},
		{"MatMul preferred", func() Array { return Contraction{PreferredType: Float32}.MatMul(half(), half()) }, "float32[2,2]", "float32[2,2]"},
		{"Concatenate of weak", func() Array { return Concatenate([]Array{weak(), half()}) }, "bfloat16[4,2]", "bfloat16[4,2]"},
		{"Mean of int32", func() Array { return fixture("i").Mean() }, "float32[]", "float32[]"},
		{"Mean of default ints", func() Array { return Arange(3).Mean() }, "float32[]", "float64[]"},
		{"Mean as float64", func() Array { return Reduction{DType: Float64}.Mean(fixture("x")) }, "float32[]", "float64[]"},
		{"Std of complex", func() Array { return fixture("z").Std() }, "float32[]", "float32[]"},
		{"CumSum of int8", func() Array { return fixture("i").AsType(Int8).CumSum() }, "int8[12]", "int8[12]"},
		{"CumSum of bools", func() Array { return fixture("b").CumSum(0) }, "int32[2,3]", "int64[2,3]"},
		{"ArgMax", func() Array { return fixture("x").ArgMax(0) }, "int32[4]", "int64[4]"},
		{"ArgSort", func() Array { return fixture("x").ArgSort() }, "int32[3,4]", "int64[3,4]"},
		{"CountNonzero", func() Array { return CountNonzero(fixture("x")) }, "int32[]", "int64[]"},
		{"SearchSorted", func() Array { return SearchSorted(fixture("y"), 1.0) }, "int32[]", "int32[]"},
		{"Einsum", func() Array { return Einsum("ij,ij", fixture("x"), fixture("m")) }, "float32[]", "float32[]"},
		{"Trace of int8", func() Array { return Trace(fixture("i").AsType(Int8)) }, "int32[2]", "int64[2]"},
	} {
		for _, on := range []bool{false, true} {
			want := r.off
			if on {
				want = r.on
			}
			trace.WithX64(on, func() {
				if got := r.f().TraceValue().Aval().String(); got != want {
					t.Errorf("%s, x64 %v: %s, want %s", r.name, on, got, want)
				}
			})
		}
	}
}

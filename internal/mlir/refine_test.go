package mlir

import (
	"errors"
	"strings"
	"testing"
)

func TestRefine(t *testing.T) {
	all := modules(t)
	for name, b := range all {
		m, err := Read(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{4, 8} {
			r, err := m.Refine(sizedTypes(m, n))
			var said *AssertionError
			if err != nil {
				if !errors.As(err, &said) {
					t.Errorf("%s for %d: %v", name, n, err)
				}
				continue
			}
			if s := r.Text(); strings.Contains(s, "tensor<?") || strings.Contains(s, "dynamic_reshape") {
				t.Errorf("%s for %d: %s", name, n, s)
			}
		}
	}
	m, err := Read(all["constrained"])
	if err != nil {
		t.Fatal(err)
	}
	_, err = m.Refine(sizedTypes(m, 7))
	const want = "Input shapes do not match the symbolic shape constraint a >= 8. Expected 'a - 8' to be greater or " +
		"equal to 0, but found -1.  Using the following polymorphic shapes specifications: args[0].shape = (a,). " +
		"Obtained dimension variables: 'a' = 7 from specification 'a' for dimension args[0].shape[0] (= 7)"
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if _, err := m.Refine(nil); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}

// Functions that call themselves, and numbers that grow at every call, have an end.
func TestRefineEnds(t *testing.T) {
	i32 := TensorOf("i32")
	arg, sum, out := &Value{Type: i32}, &Value{Type: i32}, &Value{Type: i32}
	f := &Func{Name: "main", Type: Type{Kind: Function, In: []Type{i32}, Out: []Type{i32}}, Body: &Region{
		Args: []*Value{arg}, Ops: []*Op{
			{Name: "get_dimension_size", Attrs: Dict{{"dimension", Number{Bits: 0}}}, In: []*Value{arg},
				Out: []*Value{sum}},
			{Name: "call", Attrs: Dict{{"callee", "main"}}, In: []*Value{sum}, Out: []*Value{out}},
			{Name: "return", In: []*Value{out}}}}}
	if _, err := (&Module{Funcs: []*Func{f}}).Refine([]Type{i32}); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
	f.Body.Ops[0] = &Op{Name: "add", In: []*Value{arg, arg}, Out: []*Value{sum}}
	if _, err := (&Module{Funcs: []*Func{f}}).Refine([]Type{i32}); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}

func TestFold(t *testing.T) {
	i32, flag := TensorOf("i32"), TensorOf("i1")
	v := func(x ...int64) *val { return &val{t: i32, c: x} }
	direction := func(s string) Dict { return Dict{{"comparison_direction", Enum{"comparison_direction", s}}} }
	for _, c := range []struct {
		name  string
		attrs Dict
		in    []*val
		out   Type
		want  int64
	}{
		{"add", nil, []*val{v(1 << 30), v(1 << 30)}, i32, -1 << 31},
		{"subtract", nil, []*val{v(3), v(5)}, i32, -2},
		{"multiply", nil, []*val{v(3), v(5)}, i32, 15},
		{"divide", nil, []*val{v(-7), v(2)}, i32, -3},
		{"remainder", nil, []*val{v(-7), v(2)}, i32, -1},
		{"maximum", nil, []*val{v(3), v(5)}, i32, 5},
		{"minimum", nil, []*val{v(3), v(5)}, i32, 3},
		{"power", nil, []*val{v(3), v(4)}, i32, 81},
		{"negate", nil, []*val{v(3)}, i32, -3},
		{"abs", nil, []*val{v(-3)}, i32, 3},
		{"sign", nil, []*val{v(-3)}, i32, -1},
		{"not", nil, []*val{v(0)}, i32, -1},
		{"not", nil, []*val{v(1)}, flag, 0},
		{"xor", nil, []*val{v(6), v(3)}, i32, 5},
		{"clamp", nil, []*val{v(0), v(9), v(5)}, i32, 5},
		{"select", nil, []*val{v(1), v(9), v(5)}, i32, 9},
		{"convert", nil, []*val{v(2)}, flag, 1},
		{"convert", nil, []*val{v(-1)}, TensorOf("ui8"), 255},
		{"compare", direction("LT"), []*val{v(2), v(3)}, flag, 1},
		{"compare", direction("GE"), []*val{v(2), v(3)}, flag, 0},
		{"shift_left", nil, []*val{v(3), v(2)}, i32, 12},
	} {
		if got := fold(c.name, c.attrs, c.in, c.out); len(got) != 1 || got[0] != c.want {
			t.Errorf("%s is %v, want %d", c.name, got, c.want)
		}
	}
	for _, name := range []string{"divide", "remainder"} {
		if got := fold(name, nil, []*val{v(1), v(0)}, i32); got != nil {
			t.Errorf("%s by zero is %v", name, got)
		}
	}
}

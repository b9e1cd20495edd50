package mlir

import (
	"errors"
	"fmt"
	"slices"
)

var errUnknown = errors.New("its shape depends on elements of arrays, and not only on their shapes")

// ints are the elements of v, which must be known.
func (v *val) ints() ([]int, error) {
	if v.c == nil {
		return nil, errUnknown
	}
	out := make([]int, len(v.c))
	for i, x := range v.c {
		out[i] = int(x)
	}
	return out, nil
}

// known are the elements of several.
func known(v []*val) (out [][]int, err error) {
	for _, x := range v {
		k, err := x.ints()
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

// dynamics are operations that take numbers of shapes as their last operands, so many of them: what they are where
// these are known.
var dynamics = map[string]struct {
	numbers int
	name    string
	attrs   func(a Dict, n [][]int) Dict
}{
	"dynamic_reshape": {1, "reshape", func(a Dict, n [][]int) Dict { return append(a, shapeAttr(n[0])) }},
	"dynamic_iota":    {1, "iota", func(a Dict, n [][]int) Dict { return append(a, shapeAttr(n[0])) }},
	"dynamic_broadcast_in_dim": {1, "broadcast_in_dim", func(a Dict, n [][]int) Dict {
		return append(a.without("known_expanding_dimensions", "known_nonexpanding_dimensions"), shapeAttr(n[0]))
	}},
	"dynamic_pad": {3, "pad", func(a Dict, n [][]int) Dict {
		return append(a, NamedAttr{"edge_padding_low", lengths(n[0])}, NamedAttr{"edge_padding_high", lengths(n[1])},
			NamedAttr{"interior_padding", lengths(n[2])})
	}},
	"dynamic_gather": {1, "gather", func(a Dict, n [][]int) Dict {
		return append(a, NamedAttr{"slice_sizes", lengths(n[0])})
	}},
	"dynamic_conv": {1, "convolution", func(a Dict, n [][]int) Dict {
		return append(a.without("padding"), NamedAttr{"padding", lengths(n[0], len(n[0])/2, 2)})
	}},
}

// resultShape is an attribute that holds the shape of a result until it is inferred; it is not written.
const resultShape = "shape"

func shapeAttr(n []int) NamedAttr { return NamedAttr{resultShape, n} }

// static is o with numbers of shapes that are known in its attributes: another operation, unless it had none. The name
// is empty if it was written, with the given results.
func (w *writer) static(o *Op, in []*val) (name string, a Dict, rest []*val, err error) {
	a = slices.Clone(o.Attrs)
	if d, ok := dynamics[o.Name]; ok {
		k := len(in) - d.numbers
		if k < 0 {
			return "", nil, nil, ErrFormat
		}
		n, err := known(in[k:])
		if err != nil {
			return "", nil, nil, err
		}
		return d.name, d.attrs(a, n), in[:k], nil
	}
	switch o.Name {
	case "real_dynamic_slice":
		return w.slice(a, in)
	case "custom_call":
		return w.customCall(o, a, in)
	case "set_dimension_size":
		return "", nil, nil, errors.New("arrays whose lengths are data are not known here")
	}
	return o.Name, a, in, nil
}

// slice is real_dynamic_slice: a slice where its ends are known, and where the length alone is, a dynamic_slice.
func (w *writer) slice(a Dict, in []*val) (string, Dict, []*val, error) {
	if len(in) != 4 {
		return "", nil, nil, ErrFormat
	}
	if n, err := known(in[1:]); err == nil {
		return "slice", append(a, NamedAttr{"start_indices", lengths(n[0])}, NamedAttr{"limit_indices", lengths(n[1])},
			NamedAttr{"strides", lengths(n[2])}), in[:1], nil
	}
	start, limit, strides := in[1], in[2], in[3]
	if limit.of == nil || limit.of.name != "add" || len(limit.of.in) != 2 ||
		slices.ContainsFunc(strides.c, func(n int64) bool { return n != 1 }) || strides.c == nil {
		return "", nil, nil, errUnknown
	}
	size := limit.of.in[1]
	if limit.of.in[0] != start {
		if size = limit.of.in[0]; limit.of.in[1] != start {
			return "", nil, nil, errUnknown
		}
	}
	n, err := size.ints()
	if err != nil || len(n) != len(in[0].t.Shape) {
		return "", nil, nil, errUnknown
	}
	args := []*val{in[0]}
	for i := range n {
		one := w.emit("slice", Dict{{"start_indices", lengths([]int{i})}, {"limit_indices", lengths([]int{i + 1})},
			{"strides", lengths([]int{1})}}, []*val{start}, []Type{TensorOf(start.t.Elem, 1)}, nil)
		args = append(args, w.emit("reshape", nil, one, []Type{TensorOf(start.t.Elem)}, nil)...)
	}
	return "dynamic_slice", append(a, NamedAttr{"slice_sizes", lengths(n)}), args, nil
}

const shapeOperands = "indices_of_shape_operands"

// customCall is a custom call without the operands that are shapes of its results.
func (w *writer) customCall(o *Op, a Dict, in []*val) (string, Dict, []*val, error) {
	target := a.text("call_target_name")
	switch target {
	case "stablehlo.dynamic_reduce_window":
		return w.reduceWindow(o, in)
	case "stablehlo.dynamic_rng_bit_generator":
		if len(in) != 2 {
			return "", nil, nil, ErrFormat
		}
		shape, err := in[1].ints()
		return "rng_bit_generator", Dict{{"rng_algorithm", a.Get("rng_algorithm")}, shapeAttr(shape)}, in[:1], err
	case "stablehlo.dynamic_top_k":
		if len(in) != 2 {
			return "", nil, nil, ErrFormat
		}
		k, err := in[1].ints()
		if err != nil || len(k) != 1 || len(in[0].t.Shape) == 0 {
			return "", nil, nil, errUnknown
		}
		shape := slices.Clone(in[0].t.Shape)
		shape[len(shape)-1] = k[0]
		i64 := Type{Kind: Element, Elem: "i64"}
		out := []Type{TensorOf(in[0].t.Elem, shape...), TensorOf("i32", shape...)}
		return "", nil, w.emit("custom_call", Dict{{"call_target_name", "mhlo.topk"},
			{"mhlo.attributes", Dict{{"k", Number{i64, int64(k[0])}}, {"largest", true}}},
			{"mhlo.version", Number{i64, 1}}}, in[:1], out, nil), nil
	}
	at, ok := a.ints(shapeOperands)
	if !ok {
		return o.Name, a, in, nil
	}
	var rest []*val
	var shapes [][]int
	for _, i := range at {
		if i < 0 || i >= len(in) {
			return "", nil, nil, ErrFormat
		}
		n, err := in[i].ints()
		if err != nil {
			return "", nil, nil, err
		}
		shapes = append(shapes, n)
	}
	if len(shapes) != len(o.Out) {
		return "", nil, nil, ErrFormat
	}
	var layouts []Attr
	old := a.list("operand_layouts")
	for i, v := range in {
		if !slices.Contains(at, i) {
			rest = append(rest, v)
			if i < len(old) {
				layouts = append(layouts, old[i])
			}
		}
	}
	a = a.without(shapeOperands)
	for i := range a {
		if a[i].Name == "operand_layouts" {
			a[i].Value = layouts
		}
	}
	out := make([]Type, len(o.Out))
	for i, r := range o.Out {
		if out[i] = TensorOf(r.Type.Elem, shapes[i]...); !fits(r.Type, out[i]) {
			return "", nil, nil, fmt.Errorf("a result of %s is %v, and would be %v", target, r.Type, out[i])
		}
	}
	return "", nil, w.emit(o.Name, a, rest, out, nil), nil
}

// reduceWindow is the custom call that stands for reduce_window with lengths that are operands: inputs, first values,
// and five lists of numbers. The function that it names reduces.
func (w *writer) reduceWindow(o *Op, in []*val) (string, Dict, []*val, error) {
	k := len(in) - 5
	called := o.Attrs.list("called_computations")
	if k <= 0 || k%2 != 0 || len(called) != 1 {
		return "", nil, nil, ErrFormat
	}
	n, err := known(in[k:])
	if err != nil {
		return "", nil, nil, err
	}
	name, _ := called[0].(string)
	f := w.r.m.function(name)
	if f == nil {
		return "", nil, nil, ErrFormat
	}
	a := Dict{{"window_dimensions", lengths(n[0])}, {"window_strides", lengths(n[1])},
		{"base_dilations", lengths(n[2])}, {"window_dilations", lengths(n[3])},
		{"padding", lengths(n[4], len(n[4])/2, 2)}}
	out, err := inferred("reduce_window", a, o, in[:k])
	if err != nil {
		return "", nil, nil, err
	}
	regions, _, err := w.regions(&Op{Regions: []*Region{f.Body}}, nil)
	if err != nil {
		return "", nil, nil, err
	}
	return "", nil, w.emit("reduce_window", a, in[:k], out, regions), nil
}

// fits reports whether t may be what the module says of it, in which lengths may be missing.
func fits(said, t Type) bool {
	if said.Kind != t.Kind || said.Elem != t.Elem || len(said.Shape) != len(t.Shape) {
		return false
	}
	for i, n := range said.Shape {
		if n != Dynamic && n != t.Shape[i] || t.Shape[i] < 0 {
			return false
		}
	}
	return true
}

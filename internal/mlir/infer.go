package mlir

import (
	"fmt"
	"slices"
)

// inferred are the types of the results of an operation, whose attributes are known: as the module has them where it
// says all, and by its rule otherwise.
func inferred(name string, a Dict, o *Op, in []*val) ([]Type, error) {
	out := make([]Type, len(o.Out))
	all := true
	for i, v := range o.Out {
		out[i] = v.Type
		all = all && v.Type.Static()
	}
	shape, fixed := a.Get(resultShape).([]int)
	if all && !fixed {
		return out, nil
	}
	rule, ok := rules[name]
	switch {
	case fixed:
		rule = func(Dict, []Type) ([]int, bool) { return shape, true }
	case !ok:
		return nil, fmt.Errorf("an operation for which there is no rule of shapes (results %v)", typeList(out))
	}
	types := make([]Type, len(in))
	for i, v := range in {
		types[i] = v.t
	}
	for i := range out {
		if out[i].Static() { // of several, such as the state of random bits
			continue
		}
		from := types
		if perResult[name] { // result i is that of operand i
			if i >= len(types) {
				return nil, ErrFormat
			}
			from = types[i:]
		}
		s, ok := rule(a, from)
		t := TensorOf(out[i].Elem, s...)
		if !ok || !fits(out[i], t) {
			return nil, fmt.Errorf("%w: operands of %s cannot give %v", ErrFormat, typeList(types), out[i])
		}
		out[i] = t
	}
	return out, nil
}

// perResult are operations of several arrays, each of which gives a result.
var perResult = map[string]bool{"sort": true, "scatter": true, "optimization_barrier": true, "reduce": true,
	"reduce_window": true}

// rule tells the shape of a result.
type rule func(a Dict, in []Type) (shape []int, ok bool)

// like is the rule of operations whose result has the shape of operand i.
func like(i int) rule {
	return func(_ Dict, in []Type) ([]int, bool) {
		if i >= len(in) {
			return nil, false
		}
		return in[i].Shape, true
	}
}

// rules are those of operations whose results may have lengths that are not known.
var rules = map[string]rule{"clamp": like(1), "select": like(1), "triangular_solve": like(1), "transpose": transposed,
	"concatenate": concatenated, "slice": sliced, "pad": padded, "gather": gathered, "dynamic_slice": sizes,
	"dot_general": dotted, "reduce": reduced, "reduce_window": windowed, "convolution": convolved, "fft": transformed,
	"bitcast_convert": bitcast, "custom_call": elementwiseCall, "broadcast": broadcast}

func init() {
	for _, name := range []string{"abs", "add", "and", "atan2", "cbrt", "ceil", "compare", "complex", "convert",
		"cosine", "count_leading_zeros", "divide", "exponential", "exponential_minus_one", "floor", "imag", "is_finite",
		"log", "log_plus_one", "logistic", "maximum", "minimum", "multiply", "negate", "not", "or", "popcnt", "power",
		"real", "reduce_precision", "remainder", "round_nearest_afz", "round_nearest_even", "rsqrt", "shift_left",
		"shift_right_arithmetic", "shift_right_logical", "sign", "sine", "sqrt", "subtract", "tan", "tanh", "xor",
		"map", "reverse", "sort", "scatter", "dynamic_update_slice", "optimization_barrier", "cholesky",
		"select_and_scatter"} {
		rules[name] = like(0)
	}
}

// pick is the lengths of the given axes.
func pick(shape []int, axes ...int) ([]int, bool) {
	var out []int
	for _, d := range axes {
		if d < 0 || d >= len(shape) {
			return nil, false
		}
		out = append(out, shape[d])
	}
	return out, true
}

// rest is the lengths of the other axes.
func rest(shape []int, axes ...int) (out []int) {
	for d, n := range shape {
		if !slices.Contains(axes, d) {
			out = append(out, n)
		}
	}
	return out
}

func transposed(a Dict, in []Type) ([]int, bool) {
	p, ok := a.ints("permutation")
	if !ok || len(in) == 0 {
		return nil, false
	}
	return pick(in[0].Shape, p...)
}

func concatenated(a Dict, in []Type) ([]int, bool) {
	d, ok := a.number("dimension")
	if !ok || len(in) == 0 || d < 0 || d >= len(in[0].Shape) {
		return nil, false
	}
	s := slices.Clone(in[0].Shape)
	for _, t := range in[1:] {
		if d >= len(t.Shape) {
			return nil, false
		}
		s[d] += t.Shape[d]
	}
	return s, true
}

func sliced(a Dict, _ []Type) ([]int, bool) {
	from, ok1 := a.ints("start_indices")
	to, ok2 := a.ints("limit_indices")
	by, ok3 := a.ints("strides")
	if !ok1 || !ok2 || !ok3 || len(from) != len(to) || len(by) != len(to) {
		return nil, false
	}
	s := make([]int, len(to))
	for i := range s {
		if by[i] <= 0 {
			return nil, false
		}
		s[i] = max(to[i]-from[i]+by[i]-1, 0) / by[i]
	}
	return s, true
}

func padded(a Dict, in []Type) ([]int, bool) {
	low, _ := a.ints("edge_padding_low")
	high, _ := a.ints("edge_padding_high")
	inner, _ := a.ints("interior_padding")
	if len(in) == 0 || len(low) != len(in[0].Shape) || len(high) != len(low) || len(inner) != len(low) {
		return nil, false
	}
	s := slices.Clone(in[0].Shape)
	for i := range s {
		s[i] = low[i] + s[i] + max(s[i]-1, 0)*inner[i] + high[i]
	}
	return s, true
}

func sizes(a Dict, _ []Type) ([]int, bool) { return a.ints("slice_sizes") }

func broadcast(a Dict, in []Type) ([]int, bool) {
	s, ok := a.ints("broadcast_sizes")
	if !ok || len(in) == 0 {
		return nil, false
	}
	return append(s, in[0].Shape...), true
}

func gathered(a Dict, in []Type) ([]int, bool) {
	offset, _ := a.ints("offset_dims")
	collapsed, _ := a.ints("collapsed_slice_dims")
	batching, _ := a.ints("operand_batching_dims")
	size, ok := a.ints("slice_sizes")
	vector, ok2 := a.number("index_vector_dim")
	if !ok || !ok2 || len(in) < 2 {
		return nil, false
	}
	batch, window := rest(in[1].Shape, vector), rest(size, append(collapsed, batching...)...)
	out := make([]int, len(batch)+len(window))
	for i := range out {
		from := &batch
		if slices.Contains(offset, i) {
			from = &window
		}
		if len(*from) == 0 {
			return nil, false
		}
		out[i], *from = (*from)[0], (*from)[1:]
	}
	return out, true
}

func dotted(a Dict, in []Type) ([]int, bool) {
	lb, _ := a.ints("lhs_batching_dimensions")
	rb, _ := a.ints("rhs_batching_dimensions")
	lc, _ := a.ints("lhs_contracting_dimensions")
	rc, _ := a.ints("rhs_contracting_dimensions")
	if len(in) != 2 {
		return nil, false
	}
	s, ok := pick(in[0].Shape, lb...)
	s = append(s, rest(in[0].Shape, append(lb, lc...)...)...)
	return append(s, rest(in[1].Shape, append(rb, rc...)...)...), ok
}

func reduced(a Dict, in []Type) ([]int, bool) {
	d, ok := a.ints("dimensions")
	if !ok || len(in) == 0 {
		return nil, false
	}
	return rest(in[0].Shape, d...), true
}

// window is how many windows there are along an axis of n elements.
func window(n, base, size, dilation, stride, low, high int) (int, bool) {
	if stride <= 0 || base <= 0 || dilation <= 0 {
		return 0, false
	}
	if n > 0 {
		n = (n-1)*base + 1
	}
	if size > 0 {
		size = (size-1)*dilation + 1
	}
	if n += low + high; n < size {
		return 0, true
	}
	return (n-size)/stride + 1, true
}

// windows are those along several axes; lists that are not given have ones, and padding zeros.
func windows(shape, size, base, dilation, stride, padding []int) ([]int, bool) {
	at := func(list []int, i, none int) int {
		if i < len(list) {
			return list[i]
		}
		return none
	}
	out := make([]int, len(shape))
	for i, n := range shape {
		var ok bool
		if out[i], ok = window(n, at(base, i, 1), at(size, i, 1), at(dilation, i, 1), at(stride, i, 1),
			at(padding, 2*i, 0), at(padding, 2*i+1, 0)); !ok {
			return nil, false
		}
	}
	return out, true
}

func windowed(a Dict, in []Type) ([]int, bool) {
	size, ok := a.ints("window_dimensions")
	base, _ := a.ints("base_dilations")
	dilation, _ := a.ints("window_dilations")
	stride, _ := a.ints("window_strides")
	padding, _ := a.ints("padding")
	if !ok || len(in) == 0 || len(size) != len(in[0].Shape) {
		return nil, false
	}
	return windows(in[0].Shape, size, base, dilation, stride, padding)
}

func convolved(a Dict, in []Type) ([]int, bool) {
	if len(in) != 2 {
		return nil, false
	}
	n := func(name string) int { k, _ := a.number(name); return k }
	list := func(name string) []int { l, _ := a.ints(name); return l }
	from, ok := pick(in[0].Shape, append(list("input_spatial_dimensions"), n("input_batch_dimension"))...)
	size, ok2 := pick(in[1].Shape, append(list("kernel_spatial_dimensions"), n("kernel_output_feature_dimension"))...)
	if !ok || !ok2 || len(from) != len(size) {
		return nil, false
	}
	last := len(from) - 1
	spatial, ok := windows(from[:last], size[:last], list("lhs_dilation"), list("rhs_dilation"), list("window_strides"),
		list("padding"))
	to := append(list("output_spatial_dimensions"), n("output_batch_dimension"), n("output_feature_dimension"))
	values := append(spatial, from[last]/max(n("batch_group_count"), 1), size[last])
	out := make([]int, len(values))
	if !ok || len(to) != len(values) {
		return nil, false
	}
	for i, d := range to {
		if d < 0 || d >= len(out) {
			return nil, false
		}
		out[d] = values[i]
	}
	return out, true
}

func transformed(a Dict, in []Type) ([]int, bool) {
	length, ok := a.ints("fft_length")
	if !ok || len(in) == 0 || len(length) > len(in[0].Shape) || len(length) == 0 {
		return nil, false
	}
	s := slices.Clone(in[0].Shape)
	last := &s[len(s)-1]
	switch e, _ := a.Get("fft_type").(Enum); e.Value {
	case "RFFT":
		*last = *last/2 + 1
	case "IRFFT":
		*last = length[len(length)-1]
	}
	return s, true
}

func bitcast(a Dict, in []Type) ([]int, bool) {
	if len(in) == 0 {
		return nil, false
	}
	return in[0].Shape, true // between types of one width; fits refuses others
}

// elementwiseCall is the rule of custom calls for functions of elements: mhlo.erf and its like.
func elementwiseCall(a Dict, in []Type) ([]int, bool) {
	switch a.text("call_target_name") {
	case "mhlo.erf", "mhlo.tan", "mhlo.asin", "mhlo.acos", "mhlo.atan", "mhlo.sinh", "mhlo.cosh", "mhlo.asinh",
		"mhlo.acosh", "mhlo.atanh", "mhlo.erf_inv", "Sharding", "annotate_device_placement":
		return like(0)(a, in)
	}
	return nil, false
}

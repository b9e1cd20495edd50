package mlir

import (
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Text is m as text of StableHLO, in MLIR's generic form.
func (m *Module) Text() string {
	var w strings.Builder
	name := m.Name
	if name == "" {
		name = "jit"
	}
	fmt.Fprintf(&w, "module @%s attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {\n",
		symbol(name))
	for _, f := range m.Funcs {
		w.WriteString(f.text("", nil))
	}
	w.WriteString("}\n")
	return w.String()
}

// symbol is a name behind @.
func symbol(s string) string {
	for i, c := range s {
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (i == 0 || c != '.' && (c < '0' || c > '9')) {
			return quoted(s)
		}
	}
	return s
}

// quoted is a string as MLIR writes it.
func quoted(s string) string {
	var w strings.Builder
	w.WriteByte('"')
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			fmt.Fprintf(&w, "\\%02X", c)
		} else {
			w.WriteByte(c)
		}
	}
	w.WriteByte('"')
	return w.String()
}

// printer writes a function.
type printer struct {
	w    strings.Builder
	next int
	name func(string) string // what functions are called
}

// text writes f. rename, unless it is nil, says what functions are called; f is private then.
func (f *Func) text(as string, rename func(string) string) string {
	p := &printer{name: rename, next: len(f.Body.Args) + 1}
	if rename == nil {
		p.name = func(s string) string { return s }
	}
	public := "private"
	if !f.Private && rename == nil {
		public = "public"
	}
	if as == "" {
		as = f.Name
	}
	fmt.Fprintf(&p.w, "func.func %s @%s(", public, symbol(as))
	for i, a := range f.Body.Args {
		a.id = i + 1
		if i > 0 {
			p.w.WriteString(", ")
		}
		fmt.Fprintf(&p.w, "%%%d: %v", a.id, a.Type)
	}
	p.w.WriteString(") -> " + typeList(f.Type.Out) + " {\n")
	p.ops(f.Body, true)
	p.w.WriteString("}\n")
	return p.w.String()
}

func (p *printer) ops(r *Region, function bool) {
	for _, o := range r.Ops {
		switch {
		case o.Name == "return" && function:
			p.w.WriteString("func.return")
			if len(o.In) > 0 {
				p.w.WriteString(" " + p.uses(o.In) + " : " + strings.Trim(typeList(typesOf(o.In)), "()"))
			}
			p.w.WriteByte('\n')
		case o.Name == "call":
			p.defines(o)
			fmt.Fprintf(&p.w, "func.call @%s(%s) : %s -> %s\n", symbol(p.name(o.Attrs.text("callee"))), p.uses(o.In),
				typeList(typesOf(o.In)), typeList(typesOf(o.Out)))
		default:
			p.op(o)
		}
	}
}

func (p *printer) defines(o *Op) {
	for i, v := range o.Out {
		v.id = p.next
		p.next++
		if i > 0 {
			p.w.WriteString(", ")
		}
		fmt.Fprintf(&p.w, "%%%d", v.id)
	}
	if len(o.Out) > 0 {
		p.w.WriteString(" = ")
	}
}

func (p *printer) uses(in []*Value) string {
	s := make([]string, len(in))
	for i, v := range in {
		s[i] = "%" + strconv.Itoa(v.id)
	}
	return strings.Join(s, ", ")
}

func typesOf(v []*Value) []Type {
	t := make([]Type, len(v))
	for i := range v {
		t[i] = v[i].Type
	}
	return t
}

func (p *printer) op(o *Op) {
	p.defines(o)
	fmt.Fprintf(&p.w, "%q(%s)", "stablehlo."+o.Name, p.uses(o.In))
	if len(o.Regions) > 0 {
		p.w.WriteString(" (")
		for i, r := range o.Regions {
			if i > 0 {
				p.w.WriteString(", ")
			}
			p.w.WriteString("{\n")
			if len(r.Args) > 0 {
				p.w.WriteString("^bb0(")
				for k, a := range r.Args {
					a.id = p.next
					p.next++
					if k > 0 {
						p.w.WriteString(", ")
					}
					fmt.Fprintf(&p.w, "%%%d: %v", a.id, a.Type)
				}
				p.w.WriteString("):\n")
			}
			p.ops(r, false)
			p.w.WriteByte('}')
		}
		p.w.WriteByte(')')
	}
	if a := p.attrs(o); len(a) > 0 {
		p.w.WriteString(" {" + strings.Join(a, ", ") + "}")
	}
	fmt.Fprintf(&p.w, " : %s -> %s\n", typeList(typesOf(o.In)), typeList(typesOf(o.Out)))
}

// attrs are the attributes of o. VHLO writes several that StableHLO has as one, and all defaults.
func (p *printer) attrs(o *Op) (out []string) {
	put := func(name, value string) { out = append(out, key(name)+" = "+value) }
	d := o.Attrs
	for _, g := range groups[o.Name] {
		if text := g.text(d); text != "" {
			put(g.name, text)
		}
		d = d.without(strings.Fields(g.parts)...)
	}
	for _, a := range d {
		switch {
		case a.Name == resultShape:
		case a.Name == "callee" || a.Name == "decomposition":
			s, _ := a.Value.(string)
			put(a.Name, "@"+symbol(p.name(s)))
		case a.Name == "called_computations":
			if list, _ := a.Value.([]Attr); len(list) > 0 {
				names := make([]string, len(list))
				for i, x := range list {
					s, _ := x.(string)
					names[i] = "@" + symbol(p.name(s))
				}
				put(a.Name, "["+strings.Join(names, ", ")+"]")
			}
		case isDefault(o, a):
		case slices.Contains(denseArrays[o.Name], a.Name):
			put(a.Name, denseArray(a.Value))
		default:
			put(a.Name, attrText(a.Value))
		}
	}
	return out
}

// key is the name of an attribute.
func key(s string) string { return symbol(s) }

// isDefault reports whether an attribute says nothing, and StableHLO would not have it.
func isDefault(o *Op, a NamedAttr) bool {
	switch v := a.Value.(type) {
	case nil:
		return true
	case Enum:
		return v.Kind == "default" || v == Enum{"comparison_type", "NOTYPE"}
	case []Attr:
		return len(v) == 0 && o.Name == "custom_call" && !strings.HasSuffix(a.Name, "_layouts") ||
			len(v) == 0 && len(o.Attrs.list("operand_layouts"))+len(o.Attrs.list("result_layouts")) == 0
	case Dict: // mhlo.backend_config says something without any settings
		return len(v) == 0 && (a.Name == "backend_config" || a.Name == "composite_attributes")
	case string:
		return v == "" && (a.Name == "backend_config" || strings.HasSuffix(a.Name, "feed_config"))
	case Dense:
		return strings.HasPrefix(a.Name, "known_") && v.Type.size() == 0
	}
	return false
}

func (d Dict) list(name string) []Attr { l, _ := d.Get(name).([]Attr); return l }

// denseArrays are the attributes, of each operation, that StableHLO has as array<i64: ...>.
var denseArrays = map[string][]string{
	"fft": {"fft_length"}, "broadcast": {"broadcast_sizes"}, "dynamic_slice": {"slice_sizes"},
	"reverse": {"dimensions"}, "transpose": {"permutation"},
	"pad":                      {"edge_padding_low", "edge_padding_high", "interior_padding"},
	"slice":                    {"start_indices", "limit_indices", "strides"},
	"broadcast_in_dim":         {"broadcast_dimensions"},
	"dynamic_broadcast_in_dim": {"broadcast_dimensions", "known_expanding_dimensions", "known_nonexpanding_dimensions"},
	"select_and_scatter":       {"window_dimensions", "window_strides"},
	"reduce_window":            {"window_dimensions", "window_strides", "base_dilations", "window_dilations"},
	"map":                      {"dimensions"}, "reduce": {"dimensions"}, "gather": {"slice_sizes"},
	"convolution":  {"lhs_dilation", "rhs_dilation", "window_strides", "window_reversal"},
	"dynamic_conv": {"lhs_dilation", "rhs_dilation", "window_strides", "window_reversal"},
}

func denseArray(a Attr) string {
	t, _ := a.(Dense)
	v, _ := t.Ints()
	s := make([]string, len(v))
	for i := range v {
		if s[i] = strconv.FormatInt(v[i], 10); t.Type.Elem == "i1" {
			s[i] = strconv.FormatBool(v[i] != 0)
		}
	}
	if len(s) == 0 {
		return "array<" + t.Type.Elem + ">"
	}
	return "array<" + t.Type.Elem + ": " + strings.Join(s, ", ") + ">"
}

// group is an attribute of StableHLO's that VHLO writes as several.
type group struct {
	name, parts string
	text        func(d Dict) string
}

const (
	dotParts = "lhs_batching_dimensions rhs_batching_dimensions lhs_contracting_dimensions " +
		"rhs_contracting_dimensions"
	gatherParts = "offset_dims collapsed_slice_dims operand_batching_dims start_indices_batching_dims start_index_map"

	scatterParts = "update_window_dims inserted_window_dims input_batching_dims scatter_indices_batching_dims " +
		"scatter_dims_to_operand_dims"

	algorithmParts = "lhs_precision_type rhs_precision_type accumulation_type lhs_component_count " +
		"rhs_component_count num_primitive_operations allow_imprecise_accumulation"
	convParts = "input_batch_dimension input_feature_dimension input_spatial_dimensions " +
		"kernel_input_feature_dimension kernel_output_feature_dimension kernel_spatial_dimensions " +
		"output_batch_dimension output_feature_dimension output_spatial_dimensions"
)

var groups = map[string][]group{
	"dot_general": {{"dot_dimension_numbers", dotParts, record("dot", dotParts)},
		{"algorithm", algorithmParts, algorithmText}},
	"gather":         {{"dimension_numbers", gatherParts + " index_vector_dim", record("gather", gatherParts)}},
	"dynamic_gather": {{"dimension_numbers", gatherParts + " index_vector_dim", record("gather", gatherParts)}},
	"scatter": {{"scatter_dimension_numbers", scatterParts + " index_vector_dim",
		record("scatter", scatterParts)}},
	"convolution":  {{"dimension_numbers", convParts, convText}},
	"dynamic_conv": {{"dimension_numbers", convParts, convText}},
	"all_gather":   collective, "all_reduce": collective, "all_to_all": collective, "reduce_scatter": collective,
	"collective_permute": collective, "collective_broadcast": collective,
}

var collective = []group{{"channel_handle", "channel_id", func(d Dict) string {
	n, _ := d.number("channel_id")
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("#stablehlo.channel_handle<handle = %d, type = 0>", n)
}}, {"use_global_device_ids", "use_global_device_ids", func(d Dict) string {
	if v, _ := d.Get("use_global_device_ids").(bool); v {
		return "unit"
	}
	return ""
}}}

// record writes lists of numbers, those that are not empty, as #stablehlo.NAME<...>.
func record(name, parts string) func(d Dict) string {
	return func(d Dict) string {
		var s []string
		for _, part := range strings.Fields(parts) {
			if v, _ := d.ints(part); len(v) > 0 {
				s = append(s, part+" = "+intList(v))
			}
		}
		if n, ok := d.number("index_vector_dim"); ok {
			s = append(s, fmt.Sprintf("index_vector_dim = %d", n))
		}
		return "#stablehlo." + name + "<" + strings.Join(s, ", ") + ">"
	}
}

func intList(v []int) string {
	s := make([]string, len(v))
	for i := range v {
		s[i] = strconv.Itoa(v[i])
	}
	return "[" + strings.Join(s, ", ") + "]"
}

func algorithmText(d Dict) string {
	if t, ok := d.Get("lhs_component_count").(Type); ok && t.Kind == None || d.Get("lhs_component_count") == nil {
		return ""
	}
	var s []string
	for _, part := range strings.Fields(algorithmParts) {
		v := d.Get(part)
		if n, ok := v.(Number); ok {
			s = append(s, fmt.Sprintf("%s = %d", part, n.Bits))
		} else {
			s = append(s, part+" = "+attrText(v))
		}
	}
	return "#stablehlo.dot_algorithm<" + strings.Join(s, ", ") + ">"
}

func convText(d Dict) string {
	side := func(who string, first, second byte, a, b string) string {
		spatial, _ := d.ints(who + "_spatial_dimensions")
		s := make([]string, len(spatial)+2)
		put := func(i int, what string) {
			if i >= 0 && i < len(s) {
				s[i] = what
			}
		}
		for i, k := range spatial {
			put(k, strconv.Itoa(i))
		}
		k, _ := d.number(who + "_" + a + "_dimension")
		put(k, string(first))
		k, _ = d.number(who + "_" + b + "_dimension")
		put(k, string(second))
		return "[" + strings.Join(s, ", ") + "]"
	}
	return "#stablehlo.conv<" + side("input", 'b', 'f', "batch", "feature") + "x" +
		side("kernel", 'i', 'o', "input_feature", "output_feature") + "->" +
		side("output", 'b', 'f', "batch", "feature") + ">"
}

func attrText(a Attr) string {
	switch a := a.(type) {
	case bool:
		return strconv.FormatBool(a)
	case string:
		return quoted(a)
	case Number:
		return numberText(a)
	case Enum:
		switch a.Kind {
		case "":
			return a.Value
		case "api_version":
			return a.Value + " : i32"
		case "unit":
			return "unit"
		}
		return "#stablehlo<" + a.Kind + " " + a.Value + ">"
	case Type:
		return a.String()
	case Dense:
		return denseText(a)
	case []Attr:
		s := make([]string, len(a))
		for i := range a {
			s[i] = attrText(a[i])
		}
		return "[" + strings.Join(s, ", ") + "]"
	case Dict:
		s := make([]string, len(a))
		for i := range a {
			s[i] = key(a[i].Name) + " = " + attrText(a[i].Value)
		}
		return "{" + strings.Join(s, ", ") + "}"
	case Alias:
		return fmt.Sprintf("#stablehlo.output_operand_alias<output_tuple_indices = %s, operand_index = %d, "+
			"operand_tuple_indices = %s>", intList(a.Out), a.Operand, intList(a.In))
	}
	return "unit"
}

func numberText(n Number) string {
	if bits, signed := n.Type.integer(); bits > 0 {
		if !signed && bits > 0 && bits < 64 {
			return fmt.Sprintf("%d : %v", uint64(n.Bits)&(1<<bits-1), n.Type)
		}
		return fmt.Sprintf("%d : %v", n.Bits, n.Type)
	}
	switch n.Type.Elem {
	case "f64":
		if x := math.Float64frombits(uint64(n.Bits)); !math.IsNaN(x) && !math.IsInf(x, 0) {
			return floatText(n.Bits) + " : f64"
		}
	case "f32":
		if x := float64(math.Float32frombits(uint32(n.Bits))); !math.IsNaN(x) && !math.IsInf(x, 0) {
			return strconv.FormatFloat(x, 'e', -1, 32) + " : f32"
		}
	}
	return fmt.Sprintf("0x%0*X : %v", n.Type.bits()/4, uint64(n.Bits)&(1<<max(n.Type.bits(), 1)-1), n.Type)
}

// shownElements is how many numbers of a constant are written so that people can read them.
const shownElements = 16

func denseText(t Dense) string {
	ty := " : " + t.Type.String()
	if t.Type.size() == 0 {
		return "dense<>" + ty
	}
	if t.Type.Elem == "i1" && len(t.Data) == 1 {
		return fmt.Sprintf("dense<%v>%s", t.Data[0] != 0, ty)
	}
	v, ok := t.Ints()
	if t.Type.Elem == "i1" && !ok { // more than are looked at
		v = make([]int64, len(t.Data))
		for i, x := range t.Data {
			v[i] = int64(x)
		}
	} else if t.Type.Elem != "i1" && (!ok || len(v) > shownElements) {
		return `dense<"0x` + strings.ToUpper(hex.EncodeToString(t.Data)) + `">` + ty
	}
	s := make([]string, len(v))
	for i, x := range v {
		switch bits, signed := t.Type.integer(); {
		case t.Type.Elem == "i1":
			s[i] = strconv.FormatBool(x != 0)
		case bits == 64 && !signed:
			s[i] = strconv.FormatUint(uint64(x), 10)
		default:
			s[i] = strconv.FormatInt(x, 10)
		}
	}
	if len(t.Data) == max(t.Type.bits()/8, 1) {
		return "dense<" + s[0] + ">" + ty
	}
	return "dense<" + nested(s, t.Type.Shape) + ">" + ty
}

// nested are elements as MLIR writes those of an array of the given shape.
func nested(e []string, shape []int) string {
	if len(shape) == 0 {
		return e[0]
	}
	rows := make([]string, shape[0])
	n := len(e) / max(shape[0], 1)
	for i := range rows {
		rows[i] = nested(e[i*n:(i+1)*n], shape[1:])
	}
	return "[" + strings.Join(rows, ", ") + "]"
}

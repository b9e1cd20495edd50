package mlir

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The numbers of VHLO's attributes and types in bytecode (stablehlo/dialect/VhloBytecode.cpp), and of MLIR's own.
const (
	attrArray, attrBool, attrDict, attrFloat, attrInteger = 1, 2, 6, 8, 9

	attrAlias, attrString, attrTensor, attrType, attrAccuracy = 10, 14, 15, 17, 20

	typeBool, typeComplex, typeFunction, typeTensor, typeTensorEncoded, typeToken, typeTuple = 0, 1, 8, 20, 21, 22, 23

	typeNone, typeFuture = 33, 42

	builtinArray, builtinDict, builtinString, builtinUnit = 0, 1, 2, 7

	builtinCallSite, builtinFile, builtinFused, builtinFusedWith, builtinNamed, builtinRange = 10, 11, 12, 13, 14, 22
)

// enums are VHLO's enumerations by the numbers of their attributes, with the values in order.
var enums = map[uint64]Enum{
	3:  {"comparison_direction", "EQ NE GE GT LE LT"},
	4:  {"comparison_type", "NOTYPE FLOAT TOTALORDER SIGNED UNSIGNED"},
	5:  {"api_version", "0 1 2 3 4"},
	7:  {"fft_type", "FFT IFFT RFFT IRFFT"},
	11: {"precision", "DEFAULT HIGH HIGHEST"},
	12: {"rng_algorithm", "DEFAULT THREE_FRY PHILOX"},
	13: {"rng_distribution", "- UNIFORM NORMAL"},
	16: {"transpose", "TRANSPOSE_INVALID NO_TRANSPOSE TRANSPOSE ADJOINT"},
	19: {"result_accuracy_mode", "DEFAULT HIGHEST TOLERANCE"},
}

// elements are the types of elements by their numbers.
var elements = map[uint64]string{0: "i1", 2: "bf16", 3: "f16", 4: "f32", 5: "f64", 6: "f8E4M3FN", 7: "f8E5M2",
	9: "index", 10: "i4", 11: "i8", 12: "i16", 13: "i32", 14: "i64", 15: "ui4", 16: "ui8", 17: "ui16", 18: "ui32",
	19: "ui64", 27: "f8E4M3FNUZ", 28: "f8E5M2FNUZ", 29: "f8E4M3B11FNUZ", 31: "i2", 32: "ui2", 34: "tf32",
	35: "f8E4M3", 36: "f8E3M4", 37: "f4E2M1FN", 38: "f6E2M3FN", 39: "f6E3M2FN", 40: "f8E8M0FNU"}

// unknown notes what this package does not know.
func (f *file) unknown(format string, args ...any) {
	if f.err == nil && !f.bad {
		f.err = fmt.Errorf("the module has "+format+": a newer version of StableHLO wrote it", args...)
	}
	f.bad = true
}

const (
	unread uint8 = iota
	reading
	read
)

// enter begins reading an entry, once; one that holds itself is damaged.
func (f *file) enter(list []entry, i uint64) *entry {
	if i >= uint64(len(list)) || list[i].state == reading || f.depth > maxDepth {
		f.bad = true
		return nil
	}
	e := &list[i]
	if e.state == unread {
		e.state = reading
		f.depth++
	}
	return e
}

func (f *file) leave(e *entry, before int) {
	e.state, f.depth = read, f.depth-1
	e.cost = f.cost - before
}

// spend counts what is read, parts that are shared as often as they are used: text has them so often.
func (f *file) spend(n int) {
	if f.cost += n; f.cost > f.maxCost {
		f.bad = true
	}
}

func (f *file) typeAt(i uint64) Type {
	e := f.enter(f.ty, i)
	if e == nil || e.state == read {
		if e != nil {
			f.spend(e.cost)
			return e.ty
		}
		return Type{}
	}
	defer f.leave(e, f.cost)
	f.spend(1)
	switch {
	case e.custom && e.dialect == "vhlo":
		e.ty = f.vhloType(f.scan(e.data))
	case e.dialect == "builtin":
		e.ty = Type{Kind: None}
	default:
		f.unknown("a type of the dialect %q", e.dialect)
	}
	return e.ty
}

func (f *file) types(s *scanner) []Type {
	out := make([]Type, s.count())
	for i := range out {
		out[i] = f.typeAt(s.uint())
	}
	return out
}

func (f *file) vhloType(s *scanner) Type {
	code := s.uint()
	if e, ok := elements[code]; ok {
		return Type{Kind: Element, Elem: e}
	}
	switch code {
	case typeComplex:
		return Type{Kind: Element, Elem: "complex<" + f.typeAt(s.uint()).Elem + ">"}
	case typeFunction:
		in := f.types(s)
		return Type{Kind: Function, In: in, Out: f.types(s)}
	case typeTensor:
		t := Type{Shape: s.ints()}
		for i, n := range t.Shape {
			if n == math.MinInt64 {
				t.Shape[i] = Dynamic
			} else if n < 0 {
				f.bad = true
			}
		}
		t.Elem = f.typeAt(s.uint()).Elem
		return t
	case typeToken:
		return Type{Kind: Token}
	case typeTuple:
		return Type{Kind: Tuple, Out: f.types(s)}
	case typeNone:
		return Type{Kind: None}
	}
	f.unknown("a type of the number %d", code)
	return Type{}
}

func (f *file) attrAt(i uint64) Attr {
	e := f.enter(f.attr, i)
	if e == nil || e.state == read {
		if e != nil {
			f.spend(e.cost)
			return e.attr
		}
		return nil
	}
	defer f.leave(e, f.cost)
	f.spend(1)
	s := f.scan(e.data)
	switch {
	case e.custom && e.dialect == "vhlo":
		e.attr = f.vhloAttr(s)
	case e.custom && e.dialect == "builtin":
		e.attr = f.builtinAttr(s)
	}
	return e.attr
}

func (f *file) attrs(s *scanner) []Attr {
	out := make([]Attr, s.count())
	for i := range out {
		out[i] = f.attrAt(s.uint())
	}
	return out
}

// dict reads pairs of a name, which is an attribute too, and an attribute.
func (f *file) dict(s *scanner) Dict {
	out := make(Dict, s.count())
	for i := range out {
		name, ok := f.attrAt(s.uint()).(string)
		if !ok {
			f.bad = true
		}
		out[i] = NamedAttr{name, f.attrAt(s.uint())}
	}
	return out
}

// builtinAttr reads what operations have of MLIR's own attributes: names and lists.
func (f *file) builtinAttr(s *scanner) Attr {
	switch code := s.uint(); code {
	case builtinArray:
		return f.attrs(s)
	case builtinDict:
		return f.dict(s)
	case builtinString:
		return f.string(s.uint())
	case builtinUnit:
		return Enum{"unit", "unit"}
	}
	return nil
}

func (f *file) vhloAttr(s *scanner) Attr {
	code := s.uint()
	if e, ok := enums[code]; ok {
		values := strings.Fields(e.Value)
		n := s.uint()
		if n >= uint64(len(values)) {
			f.unknown("the value %d of %s", n, e.Kind)
			return nil
		}
		return Enum{e.Kind, values[n]}
	}
	switch code {
	case attrArray:
		return f.attrs(s)
	case attrBool:
		return s.uint() != 0
	case attrDict:
		return f.dict(s)
	case attrFloat, attrInteger:
		t := f.typeAt(s.uint())
		return Number{t, s.known(t)}
	case attrAlias:
		out := s.ints()
		operand := int(s.int())
		return Alias{out, operand, s.ints()}
	case attrString:
		return f.string(s.uint())
	case attrTensor:
		t := f.typeAt(s.uint())
		return f.dense(t, s.bytes(s.uint()))
	case attrType:
		return f.typeAt(s.uint())
	case attrAccuracy:
		d := Type{Kind: Element, Elem: "f64"}
		atol, rtol, ulps := s.known(d), s.known(d), s.int()
		mode, _ := f.attrAt(s.uint()).(Enum)
		if mode.Value == "DEFAULT" {
			return Enum{"default", ""}
		}
		return Enum{"", fmt.Sprintf("#stablehlo.result_accuracy<atol = %s, rtol = %s, ulps = %d, mode = "+
			"#stablehlo.result_accuracy_mode<%s>>", floatText(atol), floatText(rtol), ulps, mode.Value)}
	}
	f.unknown("an attribute of the number %d", code)
	return nil
}

func floatText(bits int64) string {
	return strconv.FormatFloat(math.Float64frombits(uint64(bits)), 'e', -1, 64)
}

// known is a number of t's width: a byte, or bits in as many bytes as they need.
func (s *scanner) known(t Type) int64 {
	if t.bits() <= 8 {
		return int64(int8(s.byte()))
	}
	return s.int()
}

// dense checks the data of an array; bools may come eight a byte.
func (f *file) dense(t Type, b []byte) Attr {
	n, width := t.size(), t.bits()/8
	if t.Kind != Tensor || n < 0 || width == 0 {
		f.unknown("a constant of type %v", t)
		return nil
	}
	if t.Elem == "i1" {
		switch {
		case len(b) == 1 && b[0] == 0xff:
			b = []byte{1}
		case len(b) == (n+7)/8 && len(b) != n:
			if n > 64*len(f.attr)+8*len(b) {
				f.bad = true
				return nil
			}
			packed := b
			b = make([]byte, n)
			for i := range b {
				b[i] = packed[i/8] >> (i % 8) & 1
			}
		default:
			b = bytes.Clone(b)
			for i := range b {
				b[i] = min(b[i]&1, 1)
			}
		}
	}
	f.spend(len(b) / 16)
	if len(b) != n*width && len(b) != width {
		f.bad = true
	}
	return Dense{t, b}
}

// module finds the functions in what was read.
func (f *file) module(top *Region) *Module {
	if f.bad || len(top.Ops) != 1 || top.Ops[0].Name != "builtin.module" || len(top.Ops[0].Regions) != 1 {
		f.bad = true
		return nil
	}
	m := &Module{Name: top.Ops[0].Attrs.text("sym_name"), file: f}
	for _, o := range top.Ops[0].Regions[0].Ops {
		if strings.HasPrefix(o.Name, "sdy.") { // meshes of devices, which programs of one device do not use
			continue
		}
		t, _ := o.Attrs.Get("function_type").(Type)
		g := &Func{Name: o.Attrs.text("sym_name"), Attrs: o.Attrs, Type: t,
			Private: o.Attrs.text("sym_visibility") == "private"}
		if shortName(o.Name) != "func" || len(o.Regions) != 1 || t.Kind != Function ||
			len(o.Regions[0].Args) != len(t.In) {
			f.unknown("%s beside its functions", o.Name)
			return nil
		}
		g.Body = o.Regions[0]
		if !g.Body.skip(map[*Value]*Value{}) {
			f.bad = true
			return nil
		}
		m.Funcs = append(m.Funcs, g)
		g.Body.each(func(o *Op) {
			if !strings.HasPrefix(o.Name, "vhlo.") {
				f.unknown("the operation %s", o.Name)
			}
			o.Name = shortName(o.Name)
		})
	}
	if f.bad {
		return nil
	}
	return m
}

// passes are operations that give what they are given: between dialects, and to say where arrays lie over devices.
var passes = map[string]bool{"builtin.unrealized_conversion_cast": true, "sdy.sharding_constraint": true}

// skip leaves such operations out. is says which values stand for which.
func (r *Region) skip(is map[*Value]*Value) bool {
	var kept []*Op
	for _, o := range r.Ops {
		for i, v := range o.In {
			if w := is[v]; w != nil {
				o.In[i] = w
			}
		}
		if passes[o.Name] {
			if len(o.In) != len(o.Out) {
				return false
			}
			for i, v := range o.Out {
				is[v] = o.In[i]
			}
			continue
		}
		kept = append(kept, o)
		for _, k := range o.Regions {
			if !k.skip(is) {
				return false
			}
		}
	}
	r.Ops = kept
	return true
}

// shortName is the name of an operation without its dialect and version: add for vhlo.add_v1.
func shortName(s string) string {
	s = strings.TrimPrefix(s, "vhlo.")
	if i := strings.LastIndex(s, "_v"); i > 0 {
		if _, err := strconv.Atoi(s[i+2:]); err == nil {
			return s[:i]
		}
	}
	return s
}

// Place is where an operation stands in the source that the module was made of, "" if that was not kept.
func (m *Module) Place(o *Op) string {
	if m.file == nil {
		return ""
	}
	return m.file.place(o.location, map[int]bool{})
}

// CallPlace is Place of the first custom call of a name.
func (m *Module) CallPlace(target string) (at string) {
	for _, f := range m.Funcs {
		f.Body.each(func(o *Op) {
			if at == "" && o.Name == "custom_call" && o.Attrs.text("call_target_name") == target {
				at = m.Place(o)
			}
		})
	}
	return at
}

// place finds a file and a line in the attribute of a location: those of the innermost call. seen are those that were
// looked at.
func (f *file) place(i int, seen map[int]bool) string {
	if i < 0 || i >= len(f.attr) || len(seen) > maxDepth || seen[i] {
		return ""
	}
	if e := &f.attr[i]; e.dialect != "builtin" || !e.custom {
		return ""
	}
	seen[i] = true
	bad := false
	s := &scanner{f.attr[i].data, &bad}
	switch s.uint() {
	case builtinFile:
		name, _ := f.attrAt(s.uint()).(string)
		return fmt.Sprintf("%s:%d", name, s.uint())
	case builtinRange:
		name, _ := f.attrAt(s.uint()).(string)
		s.uint()
		return fmt.Sprintf("%s:%d", name, s.uint())
	case builtinCallSite:
		if p := f.place(int(s.uint()), seen); p != "" {
			return p
		}
		return f.place(int(s.uint()), seen)
	case builtinNamed:
		s.uint()
		return f.place(int(s.uint()), seen)
	case builtinFused, builtinFusedWith:
		for range s.count() {
			if p := f.place(int(s.uint()), seen); p != "" {
				return p
			}
		}
	}
	return ""
}

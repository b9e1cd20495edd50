package mlir

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Refine is m for arguments of the types in, all of whose lengths are known: with a result whose types are known too.
// Where the lengths are not what the module was made for, it is an error with the message that the module has for this,
// an *AssertionError.
func (m *Module) Refine(in []Type) (*Module, error) {
	main := m.Main()
	if main == nil || len(main.Type.In) != len(in) {
		return nil, fmt.Errorf("%w: its function main does not take %d arguments", ErrFormat, len(in))
	}
	r := &refiner{m: m, out: &Module{Name: m.Name, file: m.file}, made: map[string]*refined{}, names: map[string]bool{},
		budget: maxRefined}
	args := make([]*val, len(in))
	for i, t := range in {
		args[i] = &val{t: t}
	}
	if _, err := r.function(main, args); err != nil {
		return nil, err
	}
	return r.out, nil
}

// AssertionError is what a module says of arguments that it was not made for.
type AssertionError struct{ Message string }

func (e *AssertionError) Error() string { return e.Message }

// maxRefined bounds the operations of a module of fixed shapes: functions are written once for each set of types and
// numbers that they are called with.
const maxRefined = 1 << 20

// val is what a value of the module is for the types at hand.
type val struct {
	t  Type
	c  []int64 // its elements, if they are known: numbers that shapes are computed of
	v  *Value  // where it is computed; nil for a constant that is not written yet
	of *made   // the operation that computes it
}

// made is an operation that was written, and its operands.
type made struct {
	name string
	in   []*val
}

// refined is a function for types and constants.
type refined struct {
	f   *Func
	out []*val // types, and constants
}

type refiner struct {
	m, out *Module
	made   map[string]*refined
	names  map[string]bool
	budget int
	depth  int
}

// writer writes the operations of a function or region.
type writer struct {
	r      *refiner
	region *Region
	consts map[string]*Value
	env    map[*Value]*val
}

func (r *refiner) function(f *Func, args []*val) (*refined, error) {
	k := f.Name
	for _, a := range args {
		k += fmt.Sprint("|", a.t, a.c)
	}
	if g := r.made[k]; g != nil {
		return g, nil
	}
	if r.depth++; r.depth > maxDepth {
		return nil, fmt.Errorf("%w: its functions call each other", ErrFormat)
	}
	defer func() { r.depth-- }()
	name := f.Name
	for i := 1; r.names[name]; i++ {
		name = f.Name + "_" + strconv.Itoa(i)
	}
	r.names[name] = true
	g := &Func{Name: name, Private: f.Private, Body: &Region{}}
	at := len(r.out.Funcs)
	r.out.Funcs = append(r.out.Funcs, g) // before those that it calls
	w := &writer{r: r, region: g.Body, consts: map[string]*Value{}, env: map[*Value]*val{}}
	if len(f.Body.Args) != len(args) {
		return nil, ErrFormat
	}
	for i, a := range args {
		v := &Value{Type: a.t}
		g.Body.Args = append(g.Body.Args, v)
		g.Type.In = append(g.Type.In, a.t)
		w.env[f.Body.Args[i]] = &val{t: a.t, c: a.c, v: v}
	}
	g.Type.Kind = Function
	out, err := w.ops(f.Body)
	if err != nil {
		return nil, err
	}
	for _, v := range out {
		g.Type.Out = append(g.Type.Out, v.t)
	}
	r.out.Funcs[at] = g
	r.made[k] = &refined{g, out}
	return r.made[k], nil
}

// ops writes the operations of a region, and returns what it returns.
func (w *writer) ops(from *Region) ([]*val, error) {
	for _, o := range from.Ops {
		if w.r.budget--; w.r.budget < 0 {
			return nil, errors.New("the program is too large once its shapes are known")
		}
		in := make([]*val, len(o.In))
		for i, v := range o.In {
			if in[i] = w.env[v]; in[i] == nil {
				return nil, ErrFormat
			}
		}
		if o.Name == "return" {
			w.emit("return", nil, in, nil, nil)
			return in, nil
		}
		out, err := w.op(o, in)
		if err == nil && len(out) != len(o.Out) {
			err = fmt.Errorf("it has %d results, and not %d", len(o.Out), len(out))
		}
		if err != nil {
			return nil, w.r.located(o, err)
		}
		for i, v := range out {
			if !v.t.Static() {
				return nil, w.r.located(o, fmt.Errorf("its result %v depends on more than shapes", v.t))
			}
			w.env[o.Out[i]] = v
		}
	}
	return nil, ErrFormat
}

// located says which operation, and where it was written, an error is about.
func (r *refiner) located(o *Op, err error) error {
	var said *AssertionError
	var named *opError
	if errors.As(err, &said) || errors.As(err, &named) || errors.Is(err, ErrFormat) {
		return err
	}
	at := r.m.Place(o)
	if at != "" {
		at = " (" + at + ")"
	}
	return &opError{fmt.Errorf("%s%s: %w", o.Name, at, err)}
}

// opError is an error that names the operation.
type opError struct{ error }

func (e *opError) Unwrap() error { return e.error }

// emit writes an operation; its results are new.
func (w *writer) emit(name string, a Dict, in []*val, out []Type, regions []*Region) []*val {
	o := &Op{Name: name, Attrs: a, Regions: regions}
	for _, v := range in {
		o.In = append(o.In, w.use(v))
	}
	results := make([]*val, len(out))
	for i, t := range out {
		v := &Value{Type: t}
		o.Out = append(o.Out, v)
		results[i] = &val{t: t, v: v, of: &made{name, in}}
	}
	w.region.Ops = append(w.region.Ops, o)
	return results
}

// use is v as an operand here. Constants are written where they are used: regions that reduce must stand by themselves.
func (w *writer) use(v *val) *Value {
	if v.v != nil {
		return v.v
	}
	a := denseOf(v.t, v.c)
	k := attrText(a)
	if w.consts[k] == nil {
		c := &Value{Type: v.t}
		w.region.Ops = append(w.region.Ops, &Op{Name: "constant", Attrs: Dict{{"value", a}}, Out: []*Value{c}})
		w.consts[k] = c
	}
	return w.consts[k]
}

// denseOf is an array of integers.
func denseOf(t Type, v []int64) Dense {
	width := max(t.bits()/8, 1)
	d := Dense{Type: t, Data: make([]byte, 0, len(v)*width)}
	for _, x := range v {
		for k := range width {
			d.Data = append(d.Data, byte(x>>(8*k)))
		}
	}
	return d
}

// lengths is an attribute that lists numbers.
func lengths(v []int, shape ...int) Dense {
	if shape == nil {
		shape = []int{len(v)}
	}
	x := make([]int64, len(v))
	for i := range v {
		x[i] = int64(v[i])
	}
	return denseOf(TensorOf("i64", shape...), x)
}

// op writes what o is for these operands.
func (w *writer) op(o *Op, in []*val) ([]*val, error) {
	switch o.Name {
	case "call", "composite":
		name := o.Attrs.text("callee") + o.Attrs.text("decomposition")
		f := w.r.m.function(name)
		if f == nil {
			return nil, fmt.Errorf("%w: it calls %q, which there is not", ErrFormat, name)
		}
		g, err := w.r.function(f, in)
		if err != nil {
			return nil, err
		}
		out := w.emit("call", Dict{{"callee", g.f.Name}}, in, g.f.Type.Out, nil)
		for i := range out {
			if c := g.out[i].c; c != nil {
				out[i] = &val{t: out[i].t, c: c}
			}
		}
		return out, nil
	case "custom_call":
		if o.Attrs.text("call_target_name") == "shape_assertion" {
			return nil, assert(o, in)
		}
	case "get_dimension_size":
		d, _ := o.Attrs.number("dimension")
		if d < 0 || len(in) != 1 || d >= len(in[0].t.Shape) {
			return nil, ErrFormat
		}
		return []*val{{t: TensorOf("i32"), c: []int64{int64(in[0].t.Shape[d])}}}, nil
	case "while", "case", "if":
		return w.control(o, in)
	}
	name, attrs, in, err := w.static(o, in)
	if err != nil {
		return nil, err
	}
	if name == "" { // it was written
		return in, nil
	}
	out, err := inferred(name, attrs, o, in)
	if err != nil {
		return nil, err
	}
	if len(out) == 1 {
		if c := fold(name, attrs, in, out[0]); c != nil {
			return []*val{{t: out[0], c: c}}, nil
		}
	}
	regions, _, err := w.regions(o, nil)
	if err != nil {
		return nil, err
	}
	return w.emit(name, attrs, in, out, regions), nil
}

// assert checks an assertion about shapes.
func assert(o *Op, in []*val) error {
	for _, v := range in {
		if len(v.c) != 1 {
			return errors.New("an assertion about shapes that depends on more than these")
		}
	}
	if len(in) == 0 || in[0].c[0] != 0 {
		return nil
	}
	s := o.Attrs.text("error_message")
	for i, v := range in[1:] {
		s = strings.ReplaceAll(s, "{"+strconv.Itoa(i)+"}", strconv.FormatInt(v.c[0], 10))
	}
	s, _, _ = strings.Cut(s, " Please see http")
	return &AssertionError{strings.TrimRight(s, "., ")}
}

// regions writes the regions of o; args are the types of their arguments, nil for those that they have.
func (w *writer) regions(o *Op, args []Type) (all []*Region, results [][]*val, err error) {
	if w.r.depth++; w.r.depth > maxDepth {
		return nil, nil, ErrFormat
	}
	defer func() { w.r.depth-- }()
	for _, from := range o.Regions {
		in := &writer{r: w.r, region: &Region{}, consts: map[string]*Value{}, env: w.env}
		if args != nil && len(args) != len(from.Args) {
			return nil, nil, ErrFormat
		}
		for i, a := range from.Args {
			t := a.Type
			if args != nil {
				t = args[i]
			}
			if !t.Static() {
				return nil, nil, errors.New("a region of arrays of unknown shapes")
			}
			v := &Value{Type: t}
			in.region.Args = append(in.region.Args, v)
			w.env[a] = &val{t: t, v: v}
		}
		out, err := in.ops(from)
		if err != nil {
			return nil, nil, err
		}
		all, results = append(all, in.region), append(results, out)
	}
	return all, results, nil
}

// control writes a loop or a branch.
func (w *writer) control(o *Op, in []*val) ([]*val, error) {
	var args []Type
	if o.Name == "while" {
		args = []Type{}
		for _, v := range in {
			args = append(args, v.t)
		}
	}
	regions, results, err := w.regions(o, args)
	if err != nil {
		return nil, err
	}
	if len(results) == 0 {
		return nil, ErrFormat
	}
	out := make([]Type, 0, len(o.Out))
	for _, v := range results[len(results)-1] {
		out = append(out, v.t)
	}
	for _, r := range results[min(len(results)-1, 1):] {
		if !slices.EqualFunc(r, out, func(v *val, t Type) bool { return v.t.Equal(t) }) {
			return nil, errors.New("its branches, or turns, differ in their types at these sizes")
		}
	}
	if args != nil && !slices.EqualFunc(args, out, Type.Equal) {
		return nil, errors.New("what it carries changes its type at these sizes")
	}
	return w.emit(o.Name, o.Attrs, in, out, regions), nil
}

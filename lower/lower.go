package lower

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Options say what the text is for.
type Options struct {
	Platform  string                 // "cpu" or "cuda"; operations may be written differently for each
	HasKernel func(name string) bool // whether a host kernel is registered; nil: none is
	Locations bool                   // write the user's file and line on every operation
	Donate    []bool                 // which inputs the program may take over, by input; nil: none
	Name      string                 // of the module, "jit" if empty; characters that MLIR does not take are replaced
	Mesh      *ir.Mesh               // whose devices run the program; nil: one device does
	Place     int                    // in a mesh of processes: which of them runs the program
	In, Out   []*ir.Spec             // how inputs and outputs are cut over Mesh; nil entries: as the compiler likes
}

// Module is a program as text.
type Module struct {
	Text []byte
	// Alias[i] is the output that takes over the memory of the donated input i, or -1; nil where nothing is donated. A
	// donated input that no output can take over is given to the program all the same, for its intermediate results.
	Alias []int
	// CustomCalls reports whether the program calls out: such a program may run Go code and must be executed in a way
	// that allows it.
	CustomCalls bool
	Plain       Plain // whether there is little to compile
}

// Text writes p. It panics with *trace.Error where p holds an operation that cannot be run.
func Text(p *ir.Program, o Options) *Module {
	if o.Mesh != nil && runsHere(o.Mesh) {
		o.In, o.Out = nil, nil
	}
	m := &module{o: o, p: p, names: map[string]bool{"main": true}}
	r := &Module{Alias: aliases(p, &o)}
	name := identifier(o.Name)
	if name == "" {
		name = "jit"
	}
	// About 120 bytes an equation, 70 more for its location.
	size := 256 + 128*len(p.Eqns) + 64*(len(p.In)+len(p.Out))
	if o.Locations {
		size += 64 * len(p.Eqns)
	}
	main := m.function(make([]byte, 0, size), "public @main", p, &o, r.Alias)
	t := append(main, "}\n"...)
	for _, f := range m.funcs {
		t = append(t, f...)
		t = append(t, "}\n"...)
	}
	h := make([]byte, 0, len(t)+len(name)+128)
	h = append(append(append(h, "module @"...), name...), " attributes {mhlo.num_partitions = "...)
	partitions := 1
	if o.Mesh != nil && !runsHere(o.Mesh) {
		partitions = o.Mesh.Size()
	}
	h = append(strconv.AppendInt(h, int64(partitions), 10), " : i32, mhlo.num_replicas = 1 : i32"...)
	if m.smallLoops > 0 {
		h = append(append(append(h, ", mhlo.frontend_attributes = {"...), ir.SmallLoopsAttribute...), ` = "`...)
		h = append(strconv.AppendInt(h, int64(m.smallLoops), 10), `"}`...)
	}
	h = append(h, "} {\n"...)
	h = append(append(m.appendMeshes(h), t...), "}\n"...)
	r.Text, r.CustomCalls = h, m.customCalls
	if len(m.funcs) == 0 && o.Mesh == nil {
		r.Plain = m.weight.plain()
	}
	return r
}

// aliases pairs each donated input with the first free output of its type, as JAX does. Over a mesh both must be known
// to be cut alike; what the compiler cuts as it likes it pairs itself.
func aliases(p *ir.Program, o *Options) []int {
	var a []int
	taken := map[int]bool{}
	for i, d := range o.Donate {
		if !d || i >= len(p.In) {
			continue
		}
		if a == nil {
			a = make([]int, len(p.In))
			for j := range a {
				a[j] = -1
			}
		}
		for j, v := range p.Out {
			if _, lit := v.(ir.Lit); !lit && !taken[j] && v.Aval().SameType(p.In[i].Ty) && o.cutAlike(i, j) {
				taken[j], a[i] = true, j
				break
			}
		}
	}
	return a
}

// cutAlike reports whether input i and output j, of one type, have blocks of one shape.
func (o *Options) cutAlike(i, j int) bool {
	if o.Mesh == nil || runsHere(o.Mesh) {
		return true
	}
	if i >= len(o.In) || j >= len(o.Out) || o.In[i] == nil || o.Out[j] == nil {
		return false
	}
	for k := range max(len(*o.In[i]), len(*o.Out[j])) {
		in, out := o.In[i].At(k), o.Out[j].At(k)
		if in.Open || out.Open || !slices.Equal(in.Axes, out.Axes) {
			return false
		}
	}
	return true
}

// module is a text being written.
type module struct {
	o           Options
	p           *ir.Program // all of it
	w           []byte      // the function or region that is being written
	n           int         // the next SSA number of the function
	lits        map[ir.Lit]int
	splats      map[string]int // other constants of this function or region, by their text
	slab        []trace.Operand
	funcs       [][]byte
	names       map[string]bool
	byProgram   map[called]string
	byKey       map[string]string
	locs        map[ir.Src]string
	meshes      []*ir.Mesh // that the text names
	manual      *manual    // the regions that are being written; nil: none
	channels    int
	customCalls bool
	smallLoops  int // bytes; 0: as the compiler has it
	loops       int // around what is being written
	weight      weight
	loc         ir.Src
	key         []byte
}

// called is a program that is called in a region: nil, the module's own.
type called struct {
	p      *ir.Program
	manual *manual
}

// operands makes room for n operands that the caller fills at once.
func (m *module) operands(n int) []trace.Operand {
	if n > len(m.slab) {
		m.slab = make([]trace.Operand, max(256, n))
	}
	r := m.slab[:n:n]
	m.slab = m.slab[n:]
	return r
}

// function writes p as a function, without the closing brace, into w, which keeps what it has. main is what is asked of
// the module's own function, nil for another.
func (m *module) function(w []byte, name string, p *ir.Program, main *Options, alias []int) []byte {
	oldW, oldN, oldLits, oldSplats, oldLoc := m.w, m.n, m.lits, m.splats, m.loc
	m.lits, m.splats, m.n, m.loc = nil, nil, 0, 0
	w = append(append(append(w, "func.func "...), name...), '(')
	in := m.operands(len(p.In))
	for i, v := range p.In {
		if i > 0 {
			w = append(w, ", "...)
		}
		in[i] = trace.Operand{ID: i, Aval: v.Ty}
		w = append(appendID(w, i), ": "...)
		w = appendType(w, v.Ty)
		if main != nil {
			w = m.appendInAttrs(w, i, alias)
		}
	}
	m.n = len(p.In)
	w = append(w, ") -> ("...)
	for i, v := range p.Out {
		if i > 0 {
			w = append(w, ", "...)
		}
		w = appendType(w, v.Aval())
		if main != nil && i < len(main.Out) && main.Out[i] != nil {
			w = append(append(w, " {sdy.sharding = #sdy.sharding"...), m.sharding(main.Mesh, *main.Out[i], v.Aval())...)
			w = append(w, '}')
		}
	}
	m.w = append(w, ") {\n"...)
	out := m.run(p, in)
	w = appendReturn(m.w, "return", out)
	w = append(w, '\n')
	m.w, m.n, m.lits, m.splats, m.loc = oldW, oldN, oldLits, oldSplats, oldLoc
	return w
}

// appendInAttrs says of input i of the module whether it is given away, and how it is cut.
func (m *module) appendInAttrs(w []byte, i int, alias []int) []byte {
	o, n := &m.o, len(w)
	if i < len(o.Donate) && o.Donate[i] {
		if alias[i] >= 0 {
			w = append(w, " {tf.aliasing_output = "...)
			w = append(strconv.AppendInt(w, int64(alias[i]), 10), " : i32"...)
		} else {
			w = append(w, " {jax.buffer_donor = true"...)
		}
	}
	if i < len(o.In) && o.In[i] != nil {
		sep := " {"
		if len(w) > n {
			sep = ", "
		}
		w = append(append(w, sep...), "sdy.sharding = #sdy.sharding"...)
		w = append(w, m.sharding(o.Mesh, *o.In[i], m.p.In[i].Ty)...)
	}
	if len(w) > n {
		w = append(w, '}')
	}
	return w
}

// run writes the equations of p here and returns its outputs.
func (m *module) run(p *ir.Program, x []trace.Operand) []trace.Operand {
	env := make(map[*ir.Var]trace.Operand, len(p.In)+len(p.Eqns))
	for i, v := range p.In {
		env[v] = x[i]
	}
	before := m.loc
	e := emitter{m: m, p: p, env: env}
	for i := range p.Eqns {
		q := &p.Eqns[i]
		if q.Src != 0 { // an operation without a line of its own reports the one around it
			m.loc = q.Src
		}
		in := m.operands(len(q.In))
		for j, v := range q.In {
			in[j] = m.value(env, v)
		}
		l, ok := q.Op.(trace.Lowerer)
		if !ok {
			panic(trace.NewError(q.Op.Name(), inTypes(q), q.Src,
				fmt.Errorf("this operation cannot be run: it stands for "+
					"the linear part of a derivative and can only be transposed")))
		}
		e.eqn, e.out = q, nil
		y := l.Lower(&e, in)
		if len(y) != len(q.Out) {
			panic(trace.NewError(q.Op.Name(), inTypes(q), q.Src, fmt.Errorf("its lowering returns %d results, not %d: "+
				"this is a fault of gojax", len(y), len(q.Out))))
		}
		for j, o := range y {
			if !o.Aval.SameType(q.Out[j].Ty) {
				panic(trace.NewError(q.Op.Name(), inTypes(q), q.Src,
					fmt.Errorf("its lowering returns %v for output %d, "+
						"which is %v: this is a fault of gojax", o.Aval, j, q.Out[j].Ty)))
			}
			env[q.Out[j]] = o
		}
	}
	m.loc = before
	out := m.operands(len(p.Out))
	for i, v := range p.Out {
		out[i] = m.value(env, v)
	}
	return out
}

func (m *module) value(env map[*ir.Var]trace.Operand, v ir.Value) trace.Operand {
	if l, ok := v.(ir.Lit); ok {
		return m.constant(l, nil)
	}
	o, ok := env[v.(*ir.Var)]
	if !ok {
		panic("lower: the program uses a variable before it is defined")
	}
	return o
}

func inTypes(e *ir.Eqn) []ir.Aval {
	t := make([]ir.Aval, len(e.In))
	for i, v := range e.In {
		t[i] = v.Aval()
	}
	return t
}

// call writes a call of p as a function.
func (m *module) call(p *ir.Program, name string, x []trace.Operand) []trace.Operand {
	// Operations may be written differently where functions run on each device.
	at := called{p, m.manual}
	fn, ok := m.byProgram[at]
	if !ok {
		key := p.Key()
		for r := m.manual; r != nil; r = r.before {
			key = fmt.Sprintf("%s manual %q", key, r.axes)
		}
		if fn, ok = m.byKey[key]; !ok {
			if m.byProgram == nil {
				m.byProgram, m.byKey = map[called]string{}, map[string]string{}
			}
			fn = m.unique(identifier(name))
			i := len(m.funcs) // before the functions that p itself calls
			m.funcs = append(m.funcs, nil)
			m.funcs[i] = m.function(nil, "private @"+fn, p, nil, nil)
			m.byKey[key] = fn
		}
		m.byProgram[at] = fn
	}
	out := m.operands(len(p.Out))
	w := m.w
	for i, v := range p.Out {
		out[i] = trace.Operand{ID: m.n, Aval: v.Aval()}
		m.n++
		if i > 0 {
			w = append(w, ", "...)
		}
		w = appendID(w, out[i].ID)
	}
	if len(out) > 0 {
		w = append(w, " = "...)
	}
	w = append(append(append(w, "func.call @"...), fn...), '(')
	m.w = m.appendTail(appendIDs(w, x), x, out)
	return out
}

// unique returns name or, where a function has it, the first of name_1, name_2, ... that is free.
func (m *module) unique(name string) string {
	if name == "" {
		name = "f"
	}
	n := name
	for i := 1; m.names[n]; i++ {
		n = name + "_" + strconv.Itoa(i)
	}
	m.names[n] = true
	return n
}

// identifier keeps what may stand in a symbol name of MLIR and puts _ for the rest.
func identifier(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case c >= '0' && c <= '9':
			if len(b) == 0 {
				b = append(b, '_')
			}
		default:
			c = '_'
		}
		b = append(b, c)
	}
	return string(b)
}

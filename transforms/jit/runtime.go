package jit

import (
	"encoding/binary"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/vmap"
)

func init() {
	trace.SetHooks(trace.Hooks{Runtime: engine{}, Vmap: vmap.Program})
	trace.SetX64(pjrt.Flag("GOJAX_ENABLE_X64", false))
	CheckWhole(pjrt.Flag("GOJAX_CHECK_WHOLE", false))
	pjrt.TrackMemory(pjrt.Flag("GOJAX_MEMORY_PROFILE", false))
	profileProcess(os.Getenv("GOJAX_PROFILE"))
	trace.DebugKeyReuse(pjrt.Flag("GOJAX_DEBUG_KEY_REUSE", false))
}

var checkWhole atomic.Bool

// CheckWhole sets whether every call of a whole library function that is found by its name and parameters traces it
// again and compares the programs, so that a parameter left out of the key is caught, and returns what was set before.
// For tests, also by GOJAX_CHECK_WHOLE=1.
func CheckWhole(on bool) (before bool) { return checkWhole.Swap(on) }

type engine struct{}

// keys are buffers to write keys in: one made on the stack would not stay there.
var keys = sync.Pool{New: func() any { b := make([]byte, 0, 512); return &b }}

// site is where a call goes: the device of its arrays, or a mesh, and that client's executables.
type site struct {
	d    *pjrt.Device // over a mesh the default device, which then says nothing
	s    *space
	over *over // nil: on d
}

func place(in []*trace.Value) (site, error) {
	d, err := deviceOf(in, nil)
	if err == nil {
		return site{d, spaceOf(d.Client()), nil}, nil
	}
	if err != errOver {
		return site{}, err
	}
	o, err := overOf(in)
	if err != nil {
		return site{}, err
	}
	return siteOf(o)
}

// siteOf is the site of a call over a mesh.
func siteOf(o *over) (site, error) {
	devs, err := devicesOf(o.mesh)
	if err != nil {
		return site{}, err
	}
	return site{devs[0], spaceOf(devs[0].Client()), o}, nil
}

// appendTypes finishes the key of a call: the x64 setting, the operands' types, how they lie over a mesh, and, since a
// program without operands runs where it was compiled for, the device then.
func (at site) appendTypes(key []byte, in []*trace.Value) []byte {
	if trace.X64() {
		key = append(key, 'x')
	}
	if trace.KeyReuse() {
		key = append(key, 'k')
	}
	key = append(key, '(')
	for _, v := range in {
		key = v.Aval().AppendKey(key)
	}
	return at.appendPlace(key, in)
}

func (at site) appendPlace(key []byte, in []*trace.Value) []byte {
	if len(in) == 0 {
		key = binary.AppendUvarint(key, uint64(at.d.ID()))
	}
	return at.over.appendKey(key)
}

// Bind runs one operation as a program of one equation.
func (e engine) Bind(op ir.Op, in []*trace.Value) []*trace.Value {
	done := noKeys
	if follower(op) {
		types := trace.Avals(in)
		out, err := ir.Infer(op, types)
		trace.Must(err, op.Name(), types)
		done = trace.FollowKeys(op.Name(), false, oneOp(op, types, out), in)
	}
	out := e.bind(op, in)
	done(out)
	if debugNaNs.Load() {
		if _, ok := op.(ir.Nested); ok {
			checkNaNs(op.Name(), oneOp(op, trace.Avals(in), trace.Avals(out)), in, out, ir.Sure(1))
		}
		checkNaNs(op.Name(), nil, in, out, ir.Sure(1))
	}
	return out
}

func (engine) bind(op ir.Op, in []*trace.Value) []*trace.Value {
	at, err := place(in)
	if err != nil {
		raise(err, op.Name(), in, nil)
	}
	kb := keys.Get().(*[]byte)
	key := at.appendTypes(ir.AppendOpKey(append((*kb)[:0], 'B'), op), in)
	l := at.s.find(key)
	if l == nil {
		l = at.compileOp(string(key), op, in)
	}
	*kb = key
	keys.Put(kb)
	out, err := l.e.runList(at.d, in, nil)
	if err != nil {
		raise(err, op.Name(), in, nil)
	}
	return out
}

func (at site) compileOp(key string, op ir.Op, in []*trace.Value) *slot {
	types := trace.Avals(in)
	src := ir.Here(2)
	out, err := ir.Infer(op, types)
	if err != nil {
		if e, ok := err.(*trace.Error); ok {
			panic(e)
		}
		panic(trace.NewError(op.Name(), types, src, err))
	}
	p := oneOp(op, types, out)
	return at.s.compile(key,
		spec{p: p, name: op.Name(), reason: firstOf(types), src: src, dev: at.d, over: at.over})
}

// follower reports whether keys are to be followed through op.
func follower(op ir.Op) bool {
	if !trace.KeyReuse() {
		return false
	}
	_, ok := op.(trace.KeyFollower)
	return ok
}

// noKeys is what is done with results where keys are not followed.
func noKeys([]*trace.Value) {}

// oneOp is the program of one equation.
func oneOp(op ir.Op, in, out []ir.Aval) *ir.Program {
	p := &ir.Program{}
	e := ir.Eqn{Op: op} // without a line: the program serves every call alike
	for _, t := range in {
		v := &ir.Var{Ty: t}
		p.In, e.In = append(p.In, v), append(e.In, v)
	}
	for _, t := range out {
		v := &ir.Var{Ty: t}
		p.Out, e.Out = append(p.Out, v), append(e.Out, v)
	}
	p.Eqns = []ir.Eqn{e}
	return p
}

func firstOf(types []ir.Aval) string {
	b := []byte("first call with (")
	for i, t := range types {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, t.String()...)
	}
	return string(append(b, ')'))
}

// Run runs a program that was traced afresh. Its float literals become inputs first, so that a number that changes from
// call to call does not make a new program.
func (e engine) Run(p *ir.Program, in []*trace.Value) []*trace.Value {
	return e.RunNamed("program", p, in)
}

// RunNamed is Run; name is for events and errors.
func (engine) RunNamed(name string, p *ir.Program, in []*trace.Value) []*trace.Value {
	at, err := place(in)
	if err != nil {
		raise(err, name, in, nil)
	}
	q, lits := ir.LiftFloats(p)
	if len(lits) > 0 {
		in = append(make([]*trace.Value, 0, len(in)+len(lits)), in...)
		for _, l := range lits {
			in = append(in, trace.FromLit(l))
		}
		at.over = at.over.with(len(lits))
	}
	done := noKeys
	if trace.KeyReuse() {
		done = trace.FollowKeys(name, false, q, in)
	}
	l := at.runSlot(q, in, name, name, "first call of this program")
	out, err := l.e.runList(at.d, in, nil)
	if err != nil {
		raise(err, name, in, nil)
	}
	done(out)
	if debugNaNs.Load() {
		checkNaNs(name, q, in, out, ir.Sure(1))
	}
	return out
}

// runSlot is the executable of p by its structural key. op and name are those of a spec.
func (at site) runSlot(p *ir.Program, in []*trace.Value, op, name, reason string) *slot {
	k := p.Key()
	key := make([]byte, 0, 512)
	key = at.appendPlace(append(append(key, 'R'), k...), in)
	if l := at.s.find(key); l != nil {
		return l
	}
	return at.s.compile(string(key),
		spec{p: optimise(p), op: op, name: name, reason: reason, src: ir.Here(3), dev: at.d, over: at.over})
}

func optimise(p *ir.Program) *ir.Program { return p.DCE().CSE() }

// Whole runs a library function made of many operations as one program, found again without tracing it.
func (engine) Whole(name string, params any, in []*trace.Value,
	build func(x []*trace.Value) []*trace.Value) []*trace.Value {
	at, err := place(in)
	if err != nil {
		raise(err, name, in, nil)
	}
	kb := keys.Get().(*[]byte)
	key := append((*kb)[:0], 'W', byte(len(name)))
	key = ir.AppendParamKey(append(key, name...), params)
	key = at.appendTypes(key, in)
	l := at.s.find(key)
	if l == nil || checkWhole.Load() {
		p, caps := trace.Trace(name, trace.Avals(in), build)
		p = optimise(p)
		if l != nil && l.p.Key() != p.Key() {
			panic(fmt.Sprintf(
				"jit: %s with parameters %+v is found by its key as another program; something it depends on is not "+
					"among its parameters. Found:\n%v\nnow:\n%v", name, params, l.p, p))
		}
		if l == nil {
			all := append(in[:len(in):len(in)], caps...)
			to := at
			to.over = at.over.with(len(caps))
			r := to.runSlot(p, all, "", name, firstOf(trace.Avals(in)))
			l = at.s.store(string(key), &slot{e: r.e, p: p, caps: newCaptures(caps)})
		}
	}
	*kb = key
	keys.Put(kb)
	done := noKeys
	if trace.KeyReuse() {
		done = trace.FollowKeys(name, false, l.p, in)
	}
	out, err := l.e.runList(at.d, in, l.caps)
	if err != nil {
		raise(err, name, in, nil)
	}
	done(out)
	if debugNaNs.Load() {
		if l.caps != nil {
			in = append(in[:len(in):len(in)], l.caps.v...)
		}
		checkNaNs(name, l.p, in, out, ir.Sure(1))
	}
	return out
}

func (engine) FromHost(data []byte, aval ir.Aval) *trace.Value {
	if n := aval.Bytes(); n >= 0 && n != len(data) {
		trace.Fail("", []ir.Aval{aval}, "an array of this type has %d bytes, not %d", n, len(data))
	}
	return FromHost(unsafe.Pointer(unsafe.SliceData(data)), aval, nil)
}

func (engine) CheckHost(bytes int64, what string) error { return pjrt.CheckHost(bytes, what) }

func (engine) ToHost(v *trace.Value, dst []byte) { ToHost(v, dst) }

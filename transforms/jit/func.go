package jit

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Func is one jitted function: what it was traced to, by the structure, static values and types of its arguments. The
// root package gives it the user's signature. Its methods may be called from several goroutines at once; the same key
// may then be traced more than once, and is compiled once.
type Func struct {
	Op     string // the function of the library that made it, for errors; "": gojax.Jit
	Name   string
	Device *pjrt.Device // where it runs; nil: where its arguments are
	Donate []int        // the arguments that are given away
	// A program that copies one of them is refused.
	InPlace bool
	// How arguments and results lie over a mesh, as tree prefixes of shardings: see gojax.InShardings. nil: not said.
	In, Out []any

	entries atomic.Pointer[map[string]*Entry] // replaced, never changed
	last    atomic.Pointer[Entry]             // the last one used, tried first

	mu      sync.Mutex
	seq     int
	statics map[string]int // how often a static number alone was new, by path
}

// maxEntries bounds what a function remembers; then the older half goes.
var maxEntries = 4096 // less in tests

// Entry is what a Func is for one key. A trace that captured a traced value has an Entry that is not kept.
type Entry struct {
	Out trace.Trees // of the results, as the caller of Make returned them from body; nil where each result is an array

	f      *Func
	in     []ir.Aval
	x64    bool
	defs   trace.Trees
	p      *ir.Program
	capv   []*trace.Value
	caps   *captures
	donate []bool // by input of p
	reason string // why it was not found
	src    ir.Src
	seq    int

	asked *over // by InShardings and OutShardings, for the leaves and what is captured; nil: nothing
	// something that is captured lies over a mesh
	capsOver bool
	lastOver atomic.Pointer[laid] // of a call over a mesh, tried first

	keys *ir.Program // p as it was written, where keys that are used twice are looked for

	first atomic.Pointer[located]
	more  sync.Map // *space or *pjrt.Device to *located
}

// located is an entry's executable in one place.
type located struct {
	s *space
	d *pjrt.Device // of a program without inputs: the one it was compiled for
	e *exe
}

// op is what errors call f: "gojax.Jit(step)".
func (f *Func) op() string { return cmp.Or(f.Op, "gojax.Jit") + "(" + f.Name + ")" }

// needSet fails for the first of x that is no array; name names them.
func (f *Func) needSet(x []*trace.Value, name func(i int) string) {
	for i, v := range x {
		if v == nil {
			trace.FailUnset(f.op(), name(i))
		}
	}
}

// Fast fills out with f's results for in and reports true if the call is like the last one: arrays of the same types
// and nothing else as arguments, no open trace. It is the whole path of a jitted call on the common signatures.
func (f *Func) Fast(in, out []*trace.Value) bool {
	en := f.last.Load()
	if en == nil || f.Device != nil || len(en.in) != len(in) {
		return false
	}
	for i, v := range in {
		if v == nil || !en.in[i].Equal(v.Aval()) {
			return false
		}
	}
	if trace.AnyTraced(in...) || trace.X64() != en.x64 || trace.KeyReuse() {
		return false
	}
	en.run(in, out)
	return true
}

// Find returns the entry for a call, nil if there is none. key is the structure's, as trace.AppendTree makes it; Find
// may write behind it.
func (f *Func) Find(leaves []*trace.Value, key []byte) *Entry {
	m := f.entries.Load()
	if m == nil {
		return nil
	}
	en := (*m)[string(f.fullKey(leaves, key))]
	if en != nil && f.last.Load() != en {
		f.last.Store(en)
	}
	return en
}

func (f *Func) fullKey(leaves []*trace.Value, key []byte) []byte {
	if trace.X64(leaves...) {
		key = append(key, 'x')
	}
	if trace.KeyReuse() {
		key = append(key, 'k')
	}
	key = append(trace.AppendAxes(key), '(')
	for _, v := range leaves {
		key = v.Aval().AppendKey(key)
	}
	return key
}

// Body is a function on leaves: it returns those of its results, and what Entry.Out shall be.
type Body = func(x []*trace.Value) ([]*trace.Value, trace.Trees)

// Make traces body for a call and keeps the entry, unless body captured a traced value. defs describe the arguments,
// nil where each leaf is one.
func (f *Func) Make(leaves []*trace.Value, key []byte, defs trace.Trees, body Body) *Entry {
	en := f.trace(leaves, defs, body)
	if trace.KeyReuse() {
		trace.CheckKeys(en.p)
		en.keys = en.p
	}
	en.p = optimise(en.p)
	en.asked = f.shardings(en, leaves)
	if trace.AnyTraced() {
		en.src = 0 // the line that compiles it will be another
	}
	for _, v := range en.capv {
		if v.Traced() {
			return en
		}
	}
	en.caps = newCaptures(en.capv)
	en.capsOver = slices.ContainsFunc(en.capv, func(v *trace.Value) bool { _, ok := ShardingOf(v); return ok })
	en.reason = f.whyMissed(en)
	f.noteStatic(en)
	return f.keep(string(f.fullKey(leaves, key)), en)
}

// Trace is Make without keeping or optimising: the program as it was written.
func (f *Func) Trace(leaves []*trace.Value, defs trace.Trees, body Body) *ir.Program {
	return f.trace(leaves, defs, body).p
}

func (f *Func) trace(leaves []*trace.Value, defs trace.Trees, body Body) *Entry {
	en := &Entry{f: f, in: trace.Avals(leaves), x64: trace.X64(leaves...), defs: defs, src: ir.Here(2)}
	en.p, en.capv = trace.Trace(f.op(), en.in, func(x []*trace.Value) []*trace.Value {
		y, out := body(x)
		en.Out = out
		return y
	})
	for _, a := range f.Donate {
		if en.donate == nil {
			en.donate = make([]bool, len(en.p.In))
		}
		from, to := a, a+1
		if defs != nil {
			from, to = 0, 0
			for i, d := range defs[:min(a+1, len(defs))] {
				from, to = to, to+d.NumLeaves()
				if i == a {
					break
				}
			}
		}
		for i := from; i < min(to, len(leaves)); i++ {
			en.donate[i] = true
		}
	}
	return en
}

func (f *Func) keep(key string, en *Entry) *Entry {
	f.mu.Lock()
	defer f.mu.Unlock()
	m := map[string]*Entry{}
	if old := f.entries.Load(); old != nil {
		if o := (*old)[key]; o != nil { // another goroutine was faster
			return o
		}
		m = maps.Clone(*old)
	}
	f.seq++
	en.seq = f.seq
	if len(m) >= maxEntries {
		maps.DeleteFunc(m, func(_ string, e *Entry) bool { return e.seq < f.seq-maxEntries/2 })
	}
	m[key] = en
	f.entries.Store(&m)
	f.last.Store(en)
	return en
}

// whyMissed compares en with the last call.
func (f *Func) whyMissed(en *Entry) string {
	last := f.last.Load()
	if last == nil {
		return "first call"
	}
	if why := last.Differs(en.defs, en.in, en.x64); why != "" {
		return why
	}
	return "the program was dropped from memory"
}

// Differs says in what a call with these arguments differs from those that en is for: "args[0]: float32[3] was
// float32[4]", "" if in nothing.
func (en *Entry) Differs(defs trace.Trees, in []ir.Aval, x64 bool) string {
	var why []string
	if en.x64 != x64 {
		why = append(why, fmt.Sprintf("x64: %v was %v", x64, en.x64))
	}
	changes := en.changes(defs)
	for _, c := range changes {
		why = append(why, c.String())
	}
	if len(en.defs) == len(defs) && len(changes) == 0 && len(en.in) == len(in) {
		for i, t := range in {
			if !t.Equal(en.in[i]) {
				why = append(why, fmt.Sprintf("%s: %v was %v", en.leafName(i), t, en.in[i]))
			}
		}
	}
	if len(why) > 6 {
		why = append(why[:6], fmt.Sprintf("and %d more", len(why)-6))
	}
	return strings.Join(why, "; ")
}

// changes are the differences of these structures of arguments from those that en is for.
func (en *Entry) changes(defs trace.Trees) (c []trace.Change) {
	for i := range min(len(defs), len(en.defs)) {
		c = append(c, defs[i].Changes(en.defs[i], trace.ArgName(i))...)
	}
	return c
}

// leafName is the path of leaf i: "args[0].W".
func (en *Entry) leafName(i int) string {
	if en.defs == nil {
		return trace.ArgName(i)
	}
	if paths := en.defs.Paths(trace.ArgName); i < len(paths) {
		return paths[i]
	}
	return "a captured array"
}

// Program is the traced program, after dead-code and common-subexpression elimination. Its inputs are the leaves of the
// arguments and then what the function captured.
func (en *Entry) Program() *ir.Program { return en.p }

// Executable is en compiled for the device of its arguments in leaves.
func (en *Entry) Executable(leaves []*trace.Value) (x *pjrt.Executable, err error) {
	for _, v := range append(leaves[:len(leaves):len(leaves)], en.capv...) {
		if v.Traced() {
			return nil, fmt.Errorf("%s cannot be compiled on its own: it uses a traced value (%v)", en.f.Name, v)
		}
	}
	err = trace.Try(func() {
		d := en.f.Device
		o, oerr := en.overMesh(leaves)
		if oerr != nil {
			raise(oerr, en.f.op(), leaves, en.leafName)
		}
		if o != nil {
			x = en.over(o).x
			return
		}
		if d == nil {
			var derr error
			if d, derr = deviceOf(leaves, nil); derr != nil {
				raise(derr, en.f.op(), leaves, en.leafName)
			}
		}
		e := en.on(d)
		if e.stages != nil {
			e = en.compile(site{d, spaceOf(d.Client()), nil}, "asked for as one program", true)
		}
		x = e.x
	})
	return x, err
}

// Call runs en on leaves, or, where a trace is open or a leaf is traced, records a call.
func (en *Entry) Call(leaves []*trace.Value) []*trace.Value {
	if trace.AnyTraced(leaves...) || en.caps == nil && len(en.capv) > 0 && trace.AnyTraced(en.capv...) {
		args := make([]*trace.Value, 0, len(leaves)+len(en.capv))
		return ops.Call(en.f.Name, en.p, append(append(args, leaves...), en.capv...))
	}
	out := make([]*trace.Value, len(en.p.Out))
	en.run(leaves, out)
	return out
}

// run executes en on concrete leaves.
func (en *Entry) run(in, out []*trace.Value) {
	if en.keys == nil {
		en.execute(in, out)
		return
	}
	done := trace.FollowKeys(en.f.op(), true, en.keys, slices.Concat(in, en.capv))
	en.execute(in, out)
	done(slices.Clone(out))
}

func (en *Entry) execute(in, out []*trace.Value) {
	if en.donate != nil && debugNaNs.Load() { // to run it again, its inputs are needed
		en = &Entry{f: en.f, in: en.in, defs: en.defs, p: en.p, capv: en.capv, caps: en.caps, asked: en.asked,
			capsOver: en.capsOver, reason: "NaNs are looked for", src: en.src}
	}
	d := en.f.Device
	var err error
	switch {
	case d != nil:
		in = en.f.move(in)
	case en.asked != nil || en.capsOver:
		err = errOver
	default:
		d, err = deviceOf(in, nil)
	}
	if err == nil {
		err = en.on(d).run(d, in, en.caps, out, nil)
	} else if err == errOver {
		if en.f.InPlace {
			trace.Fail(en.f.op(), en.in, "RequireInPlace does not look into programs over a mesh")
		}
		err = en.runOver(in, out)
	}
	if err != nil {
		raise(err, en.f.op(), in, en.leafName)
	}
	if debugNaNs.Load() {
		checkNaNs(en.f.op(), en.p, append(in[:len(in):len(in)], en.capv...), out, ir.Sure(2))
	}
}

// move puts all arrays where the function runs.
func (f *Func) move(in []*trace.Value) []*trace.Value {
	out := make([]*trace.Value, len(in))
	for i, v := range in {
		out[i] = v
		if v.Buffer() != nil && DeviceOf(v) != f.Device {
			out[i] = DevicePut(v, f.Device)
		}
	}
	return out
}

// on is en's executable for device d.
func (en *Entry) on(d *pjrt.Device) *exe {
	l := en.first.Load()
	if l != nil && l.s.client == d.Client() && (l.d == nil || l.d == d) {
		return l.e
	}
	s := spaceOf(d.Client())
	var at any = s
	if len(en.p.In) == 0 {
		at = d
	}
	if l, ok := en.more.Load(at); ok {
		return l.(*located).e
	}
	reason := en.reason
	if l != nil {
		reason = "first call on " + d.String()
	}
	l2 := &located{s: s, e: en.compile(site{d, s, nil}, reason, false)}
	if en.f.InPlace {
		en.checkInPlace(l2.e)
	}
	if len(en.p.In) == 0 {
		l2.d = d
	}
	if l == nil {
		en.first.CompareAndSwap(nil, l2)
	}
	en.more.Store(at, l2)
	return l2.e
}

// compile is en's executable, whole or as it is run best.
func (en *Entry) compile(at site, reason string, whole bool) *exe {
	k := en.p.Key()
	key := append(make([]byte, 0, len(k)+len(en.donate)+16), 'R')
	if en.donate != nil {
		key[0] = 'D'
		for _, g := range en.donate {
			if g {
				key = append(key, 1)
			} else {
				key = append(key, 0)
			}
		}
	}
	key = append(key, k...)
	if whole {
		key = append(key, 'w')
	}
	if len(en.p.In) == 0 {
		key = binary.AppendUvarint(key, uint64(at.d.ID()))
	}
	key = at.over.appendKey(key)
	if l := at.s.find(key); l != nil {
		return l.e
	}
	src := en.src
	if src == 0 {
		src = ir.Here(3)
	}
	return at.s.compile(string(key),
		spec{p: en.p, donate: en.donate, op: en.f.op(), name: en.f.Name, reason: reason, src: src, dev: at.d,
			whole: whole, over: at.over}).e
}

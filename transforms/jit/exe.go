package jit

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// exe is a compiled program with what a call needs to know about it.
type exe struct {
	name    string
	x       *pjrt.Executable
	out     []ir.Aval
	donate  []bool       // by input, nil for none
	hidden  int          // results that are not the user's: the token of a program that calls Go functions
	kernels bool         // it calls Go functions, but no others than kernels
	host    *pjrt.Device // where it runs if its platform cannot call kernels
	small   bool         // its results are so small that keeping them all alive for the sake of one is no waste
	// keepSrc: it is large or calls out, so it can fail after it was launched, and results remember their line.
	keepSrc bool
	toGo    bool    // its custom calls may run Go code
	stages  *stages // it is run in several steps: there is no x
	mesh    *meshed // it runs over a mesh; nil: on one device
}

// space is the executables of one client.
type space struct {
	client *pjrt.Client
	m      atomic.Pointer[map[string]*slot] // replaced, never changed: readers take no lock
	epoch  atomic.Uint32
	// How many programs were compiled, and whether there was no room for more of them at the last look.
	compiled atomic.Int64
	scarce   atomic.Bool

	mu      sync.Mutex
	flights map[string]*flight
}

// slot is an executable as found by a key, with the arrays that its program captured.
type slot struct {
	e    *exe
	p    *ir.Program // of Whole, to check hits against
	caps *captures
	used atomic.Uint32 // the epoch in which it was last found
}

// flight is a compilation under way.
type flight struct {
	done chan struct{}
	s    *slot
	err  error
}

// maxSlots bounds the executables known by structural key; beyond it those not used for longest go. Jitted functions
// keep their own. An executable takes 4 to 20 memory maps, of which Linux gives a process 65,530: XLA aborts where
// there are no more.
var maxSlots = 3072 // less in tests

var spaces struct {
	first atomic.Pointer[space] // nearly always the only one
	sync.Mutex
	m map[*pjrt.Client]*space
}

func spaceOf(c *pjrt.Client) *space {
	if s := spaces.first.Load(); s != nil && s.client == c {
		return s
	}
	spaces.Lock()
	defer spaces.Unlock()
	s := spaces.m[c]
	if s == nil {
		s = &space{client: c, flights: map[string]*flight{}}
		s.m.Store(&map[string]*slot{})
		if spaces.m == nil {
			spaces.m = map[*pjrt.Client]*space{}
			spaces.first.Store(s)
		}
		spaces.m[c] = s
	}
	return s
}

// find looks a key up. It is on the path of every eager operation.
func (s *space) find(key []byte) *slot {
	l := (*s.m.Load())[string(key)]
	if l != nil {
		if e := s.epoch.Load(); l.used.Load() != e {
			l.used.Store(e)
		}
	}
	return l
}

// store adds l under key, unless another goroutine was faster: then that one's slot is returned.
func (s *space) store(key string, l *slot) *slot {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := *s.m.Load()
	if o := old[key]; o != nil {
		return o
	}
	l.used.Store(s.epoch.Add(1))
	// Every miss is an epoch, so what was not found for maxSlots/2 misses is old when the cache is full.
	misses := maxSlots / 2
	if len(old) < maxSlots {
		misses = math.MaxInt
	}
	m := s.used(old, misses)
	m[key] = l
	s.m.Store(&m)
	return l
}

// used is what of old was found within so many misses.
func (s *space) used(old map[string]*slot, misses int) map[string]*slot {
	now := s.epoch.Load()
	m := make(map[string]*slot, len(old)+1)
	for k, v := range old {
		if int(now-v.used.Load()) < misses {
			m[k] = v
		}
	}
	return m
}

// spec is what to compile and what to say of it.
type spec struct {
	p      *ir.Program
	donate []bool
	op     string // for errors; "": what the user called at src
	name   string // for events, profiles and who reads the program
	reason string
	src    ir.Src
	dev    *pjrt.Device
	whole  bool  // one executable, also of what could be divided
	over   *over // how it lies over a mesh; nil: all arrays are on one device
}

// errorOp is what an error at the user's line src names.
func (o *spec) errorOp(src ir.Src) string { return cmp.Or(o.op, src.Call(), o.name) }

// compile returns the executable of key, which it makes if need be. However many goroutines ask, a key is compiled
// once; a failure is everyone's who waited, and is forgotten.
func (s *space) compile(key string, o spec) *slot {
	for {
		s.mu.Lock()
		if l := (*s.m.Load())[key]; l != nil {
			s.mu.Unlock()
			return l
		}
		f := s.flights[key]
		if f == nil {
			f = &flight{done: make(chan struct{})}
			s.flights[key] = f
			s.mu.Unlock()
			return s.lead(key, f, o)
		}
		s.mu.Unlock()
		<-f.done
		if f.err == nil {
			return f.s
		}
		var e *trace.Error
		if errors.As(f.err, &e) {
			panic(e)
		}
		// The leader was torn down by something that is not about the program (a hook's panic, Goexit): try again.
	}
}

var errTornDown = errors.New("the goroutine that compiled was ended")

// lead compiles on behalf of everyone who waits for f.
func (s *space) lead(key string, f *flight, o spec) *slot {
	f.err = errTornDown
	defer func() {
		s.mu.Lock()
		delete(s.flights, key)
		s.mu.Unlock()
		close(f.done)
	}()
	err := trace.Try(func() {
		checkAllowed(o.errorOp(o.src), o.reason, o.src)
		start := time.Now()
		e, how := s.build(o)
		f.s = s.store(key, &slot{e: e})
		report(CompileEvent{Name: o.name, Reason: o.reason, Src: o.src, Device: o.place(),
			Equations: o.p.NumEqns(),
			FromDisk:  how == pjrt.CacheHit, Duration: time.Since(start)})
	})
	f.err = err
	if err != nil {
		panic(err)
	}
	return f.s
}

func (s *space) build(o spec) (*exe, pjrt.Source) {
	if err := checkSizes(o.p, o.dev); err != nil {
		src := o.src
		var at *sizeError
		if errors.As(err, &at) && at.src != 0 {
			src = at.src
		}
		panic(trace.NewError(o.errorOp(src), o.p.InTypes(), src, err))
	}
	if err := s.room(); err != nil {
		panic(trace.NewError(o.errorOp(o.src), o.p.InTypes(), o.src, err))
	}
	e := &exe{name: o.name, out: o.p.OutTypes(), donate: o.donate}
	total := 0
	for _, t := range e.out {
		total += max(t.Bytes(), 0)
	}
	e.small, e.keepSrc = total <= 4096, total > 1<<16
	var how pjrt.Source
	mesh, err := o.mesh()
	if err != nil {
		panic(trace.NewError(o.errorOp(o.src), o.p.InTypes(), o.src, err))
	}
	if mesh != nil {
		return e, s.buildOver(e, o, mesh)
	}
	if e.stages, how = s.divide(o); e.stages != nil {
		return e, how
	}
	client, copts := s.client, pjrt.CompileOptions{Device: o.dev}
	e.kernels = o.p.CallsHost() == ir.KernelCalls
	if e.kernels && client.Platform() != kernelPlatform {
		e.host = hostFor(&o)
		client, copts = e.host.Client(), pjrt.CompileOptions{}
	}
	var p *ir.Program
	p, e.hidden = Sequenced(o.p, client.Platform())
	donate := o.donate
	if e.hidden > 0 || e.host != nil {
		donate = nil
	}
	if e.hidden > 0 {
		err := error(nil)
		if client, err = client.Inline(); err != nil {
			panic(trace.NewError(o.errorOp(o.src), o.p.InTypes(), o.src, err))
		}
		copts = pjrt.CompileOptions{}
	}
	var calls bool
	e.x, calls, how = s.compileText(o, client, p, donate, copts)
	e.toGo = calls && kernels.RoutinesInGo()
	e.keepSrc = e.keepSrc || e.hidden > 0
	return e, how
}

// hasKernel tells lower what programs for platform may call. LAPACK is loaded when it is first asked for.
func hasKernel(platform string) func(name string) bool {
	return func(name string) bool {
		if platform == "cpu" && strings.HasPrefix(name, "lapack_") {
			return kernels.HasRoutine(name)
		}
		return platform == "cpu" && kernels.HasBuiltin(name) || pjrt.HasKernelOn(name, platform)
	}
}

// captures are arrays that a program uses besides its arguments. They are copied once to each device that the program
// runs on.
type captures struct {
	v  []*trace.Value
	on sync.Map // *pjrt.Device to []*pjrt.Buffer, *meshed to [][]*pjrt.Buffer
}

func newCaptures(v []*trace.Value) *captures {
	if len(v) == 0 {
		return nil
	}
	return &captures{v: v}
}

func (c *captures) buffers(d *pjrt.Device) ([]*pjrt.Buffer, error) {
	if b, ok := c.on.Load(d); ok {
		return b.([]*pjrt.Buffer), nil
	}
	b := make([]*pjrt.Buffer, len(c.v))
	for i, v := range c.v {
		from, ok := v.Buffer().(*pjrt.Buffer)
		if !ok { // the handle of a Go function, a number
			var err error
			if b[i], err = scalarOn(v, d, false); err != nil {
				return nil, fmt.Errorf("captured value %d (%v) has no data: %w", i, v, err)
			}
			continue
		}
		b[i] = from
		if from.Device() != d {
			var err error
			if b[i], err = from.CopyTo(d); err != nil {
				return nil,
					fmt.Errorf("captured array %d (%v): copying it from %v to %v: %w", i, v.Aval(), from.Device(), d,
						err)
			}
		}
	}
	c.on.Store(d, b)
	return b, nil
}

// inline is how many arguments and results a call handles without allocating lists for them.
const inline = 24

// executing is told the name of every program before it is executed, where it is set.
var executing atomic.Pointer[func(name string)]

// run executes e on device d with in (concrete values and literals) and caps, and fills out, which has a place for each
// result. vals, if not nil, is memory for the results.
func (e *exe) run(d *pjrt.Device, in []*trace.Value, caps *captures, out []*trace.Value, vals []trace.Value) error {
	if k := trace.InKernel(); k != "" {
		return fmt.Errorf("kernel %s uses gojax, which a kernel must not: compute on its slices, or make it a "+
			"function for gojax.PureCallback", k)
	}
	if e.mesh != nil {
		return e.runOver(in, caps, out)
	}
	var ib, ob [inline]*pjrt.Buffer
	bi, bo := ib[:0], ob[:]
	if len(in) > inline {
		bi = make([]*pjrt.Buffer, 0, len(in))
	}
	for i, v := range in {
		b, ok := v.Buffer().(*pjrt.Buffer)
		if !ok {
			var err error
			if b, err = scalarOn(v, d, e.donate != nil && e.donate[i]); err != nil {
				return err
			}
		}
		bi = append(bi, b)
	}
	if caps != nil {
		b, err := caps.buffers(d)
		if err != nil {
			return err
		}
		bi = append(bi, b...)
	}
	if e.donate != nil {
		if err := checkDonation(bi, len(in), e.donate); err != nil {
			return err
		}
	}
	n := len(e.out) + e.hidden
	if n > inline {
		bo = make([]*pjrt.Buffer, n)
	}
	bo = bo[:n]
	if f := executing.Load(); f != nil {
		(*f)(e.name)
	}
	span := trace.BeginSpan()
	err := e.launch(d, bi, bo)
	if err == nil && span.Recorder() != nil {
		watch(span, e.name, d, bo)
		span.End(trace.SpanLaunch, e.name, 0, 0)
	}
	runtime.KeepAlive(in)
	runtime.KeepAlive(caps)
	if err != nil {
		return err
	}
	e.wrap(bo[:len(e.out)], out, vals)
	return nil
}

// launch executes e on buffers.
func (e *exe) launch(d *pjrt.Device, in, out []*pjrt.Buffer) error {
	switch {
	case e.hidden > 0:
		return e.runInline(d, in, out)
	case e.stages != nil:
		return e.runStages(d, in, out)
	case e.kernels:
		return e.runKernels(d, in, out)
	case e.toGo:
		return e.x.ExecuteCallbacks(in, out, e.donate)
	}
	return e.x.Execute(in, out, e.donate)
}

func (e *exe) wrap(b []*pjrt.Buffer, out []*trace.Value, vals []trace.Value) {
	var src ir.Src
	if e.keepSrc {
		src = ir.Here(3)
	}
	if vals == nil && e.small && len(b) > 1 {
		vals = make([]trace.Value, len(b))
	}
	if vals != nil {
		for i := range b {
			vals[i].SetConcrete(e.out[i], b[i], src)
			out[i] = &vals[i]
		}
		return
	}
	for i := range b {
		out[i] = trace.Concrete(e.out[i], b[i], src)
	}
}

// single is a Value in a list of one, in one allocation.
type single struct {
	v [1]trace.Value
	p [1]*trace.Value
}

// runList is run with the list made here.
func (e *exe) runList(d *pjrt.Device, in []*trace.Value, caps *captures) ([]*trace.Value, error) {
	if len(e.out) != 1 {
		out := make([]*trace.Value, len(e.out))
		return out, e.run(d, in, caps, out, nil)
	}
	s := &single{}
	if err := e.run(d, in, caps, s.p[:], s.v[:]); err != nil {
		return nil, err
	}
	return s.p[:], nil
}

// checkDonation refuses arrays that are given away and used besides. The first nargs of in are arguments, the others
// captured; nil is none.
func checkDonation(in []*pjrt.Buffer, nargs int, donate []bool) error {
	var seen map[*pjrt.Buffer]int // where there are too many to compare each with each
	if len(in) > 32 {
		seen = make(map[*pjrt.Buffer]int, len(in))
	}
	before := func(i int) int {
		if seen == nil {
			return slices.Index(in[:i], in[i])
		}
		if j, ok := seen[in[i]]; ok {
			return j
		}
		seen[in[i]] = i
		return -1
	}
	for i, b := range in {
		if b == nil {
			continue
		}
		j := before(i)
		if j < 0 || !donate[i] && !donate[j] {
			continue
		}
		return usedBesides(i, j, nargs, donate)
	}
	return nil
}

// usedBesides is the error of one array that is operand i and, before it, operand j, of which one is given away.
func usedBesides(i, j, nargs int, donate []bool) error {
	if i >= nargs {
		return operandError{j,
			errors.New(
				"it is donated, and the function captures the same array; pass it as an argument only, or do not " +
					"donate it")}
	}
	if !donate[i] {
		i, j = j, i
	}
	return operandError{i, sameDonated{j}}
}

// operandError is about one operand, which the caller can name.
type operandError struct {
	i   int
	err error
}

func (e operandError) Error() string { return e.named(operandName).Error() }
func (e operandError) Unwrap() error { return e.err }

// named is the error with the operand called as name calls it.
func (e operandError) named(name func(i int) string) error {
	if s, ok := e.err.(sameDonated); ok {
		return fmt.Errorf("%s: it is donated, and %s is the same array; pass a copy, or do not donate it", name(e.i),
			name(s.other))
	}
	return fmt.Errorf("%s: %w", name(e.i), e.err)
}

// operandName is what messages call an operand of which nothing more is known.
func operandName(i int) string { return fmt.Sprintf("operand %d", i) }

// sameDonated says that an operand is donated and passed once more, as the operand other.
type sameDonated struct{ other int }

func (e sameDonated) Error() string {
	return "it is donated, and passed as " + operandName(e.other) + " too"
}

// deviceOf is the device of the arrays among in, def if there are none. Arrays on different devices are an error, and
// one that lies over a mesh is errOver.
func deviceOf(in []*trace.Value, def *pjrt.Device) (*pjrt.Device, error) {
	var d *pjrt.Device
	for i, v := range in {
		b, ok := v.Buffer().(*pjrt.Buffer)
		if !ok {
			if _, ok := v.Buffer().(*Shards); ok {
				return nil, errOver
			}
			continue
		}
		if d == nil {
			d = b.Device()
		} else if b.Device() != d {
			return nil,
				operandError{i,
					fmt.Errorf("it is on %v, and an array before it is on %v; move one of them with gojax.DevicePut",
						b.Device(), d)}
		}
	}
	if d == nil {
		if def == nil {
			return tryDefaultDevice()
		}
		return def, nil
	}
	return d, nil
}

// raise panics with what went wrong in running op on in. name is what messages call an operand; nil where nothing is
// known of them but their numbers.
func raise(err error, op string, in []*trace.Value, name func(i int) string) {
	var t *trace.Error
	if errors.As(err, &t) {
		panic(t)
	}
	if name == nil {
		name = operandName
	}
	var o operandError
	switch {
	case errors.As(err, &o):
		err = o.named(name)
	case errors.Is(err, pjrt.ErrDeleted) || errors.Is(err, pjrt.ErrDonated):
		err = deadArray(err, in, name)
	}
	panic(trace.NewError(op, trace.Avals(in), ir.Sure(2), err))
}

// deadArray is err, which is about a deleted array, with what that one is called: one of in, or else one that the
// program captured.
func deadArray(err error, in []*trace.Value, name func(i int) string) error {
	what := "an array that the function uses from outside"
	for i, v := range in {
		if b := v.Buffer(); b != nil && b.Deleted() {
			what = name(i)
			break
		}
	}
	return fmt.Errorf("%s: %w", what, plain(err))
}

// plain is the kind of an error about a dead array, without the plugin's count of arguments.
func plain(err error) error {
	if errors.Is(err, pjrt.ErrDonated) {
		return pjrt.ErrDonated
	}
	return pjrt.ErrDeleted
}

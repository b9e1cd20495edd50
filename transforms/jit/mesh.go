package jit

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// A program runs over a mesh where one of its arrays lies over one, or one of its operations asks for one. XLA's
// partitioner then makes of it the program of one device, which all devices of the mesh run together.

// over is how the inputs and outputs of a call lie over a mesh. A nil entry of in is an array on one device, of out one
// for which nothing is asked.
type over struct {
	mesh    *ir.Mesh
	in, out []*ir.Spec
}

// appendKey appends o to the key of a program; nothing for one that runs on one device.
func (o *over) appendKey(key []byte) []byte {
	if o == nil {
		return key
	}
	return ir.AppendParamKey(append(key, 'M'), *o)
}

// with is o with so many more inputs, which are on one device.
func (o *over) with(n int) *over {
	if o == nil || n == 0 {
		return o
	}
	return &over{o.mesh, append(slices.Clip(o.in), make([]*ir.Spec, n)...), o.out}
}

// errOver says that an array lies over a mesh.
var errOver = errors.New("an array lies over the devices of a mesh, and this runs on one: put it there with " +
	"gojax.DevicePut")

// overOf is how the arrays among in lie over a mesh, one of them at least. All must be over the same devices.
func overOf(in []*trace.Value) (*over, error) {
	o := &over{in: make([]*ir.Spec, len(in))}
	for i, v := range in {
		s, ok := ShardingOf(v)
		if !ok {
			continue
		}
		if o.mesh == nil {
			o.mesh = s.Mesh
		} else if !o.mesh.SameDevices(s.Mesh) {
			return nil, operandError{i, fmt.Errorf("it lies over %v with the devices %v, and an array before it over "+
				"%v with the devices %v; put both over one mesh with gojax.DevicePut", s.Mesh, s.Mesh.Devices, o.mesh,
				o.mesh.Devices)}
		}
		spec, ok := specOver(o.mesh, s, v.Rank())
		if !ok { // another mesh of the same devices cuts them in a way that this one cannot name
			spec = nil
		}
		o.in[i] = spec
	}
	return o, nil
}

// specOver is the spec over m that cuts an array of so many dimensions as s does.
func specOver(m *ir.Mesh, s ir.Sharding, rank int) (*ir.Spec, bool) {
	if m.Equal(s.Mesh) {
		spec := s.Spec.Trim()
		return &spec, true
	}
	spec, ok := m.SpecOf(s.Tiling(rank))
	return &spec, ok
}

// meshed is what a call needs to know of a program over a mesh.
type meshed struct {
	mesh    *ir.Mesh
	devs    []*pjrt.Device // of this process
	in, out []ir.Sharding
	order   int    // of a mesh of processes: what a call has to keep
	spans   bool   // other processes have devices of the mesh as well
	key     string // then: the same in all
}

// layOut is how p, called with what lies as o says, runs over a mesh, but for its results, of which the second result
// says what is asked.
func layOut(p *ir.Program, mesh *ir.Mesh, devs []*pjrt.Device, o *over) (*meshed, *over) {
	m := &meshed{mesh: mesh, devs: devs, in: make([]ir.Sharding, len(p.In))}
	asked := &over{mesh: mesh, out: make([]*ir.Spec, len(p.Out))}
	for i, v := range p.In {
		var spec ir.Spec
		if o != nil && i < len(o.in) && o.in[i] != nil {
			spec = *o.in[i]
		} else {
			spec = wantedSpec(p, v, mesh)
		}
		m.in[i] = closed(ir.Sharding{Mesh: mesh, Spec: spec})
		asked.in = append(asked.in, &m.in[i].Spec)
	}
	if o != nil && o.out != nil {
		copy(asked.out, o.out)
	}
	return m, asked
}

// buildOver compiles o's program for a mesh.
func (s *space) buildOver(e *exe, o spec, mesh *ir.Mesh) (how pjrt.Source) {
	fail := func(err error) {
		if err != nil {
			panic(trace.NewError(o.errorOp(o.src), o.p.InTypes(), o.src, err))
		}
	}
	devs, err := devicesOf(mesh)
	fail(err)
	m, asked := layOut(o.p, mesh, devs, o.over)
	if mesh.OverProcesses() {
		return s.buildLocal(e, o, m, asked.out)
	}
	o.over = asked
	p, hidden := Sequenced(o.p, mesh.Platform)
	e.hidden, e.toGo = hidden, o.p.CallsHost() != ir.NoHostCalls
	all, err := allDevicesOf(mesh)
	fail(err)
	if m.spans = len(all) > len(devs); m.spans {
		m.key = m.keyOf(o.p, asked.out)
	}
	copts := pjrt.CompileOptions{Devices: all}
	for {
		fail(m.together("compiling ", o.name, 1, func() error {
			e.x, _, how = s.compileText(o, devs[0].Client(), p, o.donate, copts)
			return nil
		}))
		out, unknown, err := m.outputs(e, asked.out)
		fail(err)
		m.out = out
		if !slices.Contains(unknown, true) {
			break
		}
		// The partitioner has cut a result in a way that no sharding names, as into blocks of several sizes.
		for i, u := range unknown {
			if u {
				asked.out[i] = &ir.Spec{}
			}
		}
	}
	e.mesh = m
	return how
}

// wantedSpec is how an input of p, which is on one device, is best cut: as the first operation over the mesh that takes
// it does, else every device has all of it.
func wantedSpec(p *ir.Program, v *ir.Var, mesh *ir.Mesh) ir.Spec {
	for i := range p.Eqns {
		o, ok := p.Eqns[i].Op.(ir.Meshed)
		if !ok {
			continue
		}
		for k, x := range p.Eqns[i].In {
			if specs := o.InSpecs(); x == ir.Value(v) && o.OnMesh().Equal(mesh) && k < len(specs) {
				return specs[k]
			}
		}
	}
	return nil
}

// outputs are the shardings of e's results: those that are asked for, else what the partitioner has chosen, where that
// is one.
func (m *meshed) outputs(e *exe, asked []*ir.Spec) (out []ir.Sharding, unknown []bool, err error) {
	out, unknown = make([]ir.Sharding, len(e.out)), make([]bool, len(e.out))
	var tilings []ir.Tiling
	for i, t := range e.out {
		out[i].Mesh = m.mesh
		if asked[i] != nil && !hasOpen(*asked[i]) {
			out[i].Spec = *asked[i]
			continue
		}
		if tilings == nil {
			if tilings, err = e.x.OutputTilings(); err != nil {
				return nil, nil, err
			}
		}
		spec, ok := m.mesh.SpecOf(tilings[i])
		out[i].Spec = spec
		unknown[i] = !ok || out[i].Check(t.Shape) != nil
	}
	return out, unknown, nil
}

func hasOpen(s ir.Spec) bool { return slices.ContainsFunc(s, func(d ir.Dim) bool { return d.Open }) }

// overMesh is how a call of en with in lies over a mesh, nil if it runs on one device.
func (en *Entry) overMesh(in []*trace.Value) (*over, error) {
	all := append(in[:len(in):len(in)], en.capv...)
	o, err := overOf(all)
	switch {
	case err != nil:
		return nil, err
	case o.mesh == nil && en.asked == nil:
		mesh, err := en.p.Mesh()
		if mesh == nil {
			return nil, err
		}
		o.mesh = mesh
		return o, nil
	case o.mesh == nil:
		return en.asked, nil
	case en.asked == nil:
		return o, nil
	case !en.asked.mesh.SameDevices(o.mesh):
		return nil, fmt.Errorf("the function's shardings are over %v with the devices %v, and an argument lies over "+
			"%v with the devices %v", en.asked.mesh, en.asked.mesh.Devices, o.mesh, o.mesh.Devices)
	}
	r := &over{en.asked.mesh, slices.Clone(en.asked.in), en.asked.out}
	for i, v := range all {
		s, ok := ShardingOf(v)
		if !ok {
			continue
		}
		if want := r.in[i]; want != nil {
			if !(closed(ir.Sharding{Mesh: r.mesh, Spec: *want})).Equivalent(s, v.Rank()) {
				return nil, operandError{i, fmt.Errorf("it lies as %v, and gojax.InShardings says %v; put it there "+
					"with gojax.DevicePut, or leave its entry out (nil)", s, *want)}
			}
			continue
		}
		if spec, ok := specOver(r.mesh, s, v.Rank()); ok {
			r.in[i] = spec
		}
	}
	return r, nil
}

// over is en's executable for arrays that lie as o says.
func (en *Entry) over(o *over) *exe {
	at, err := siteOf(o)
	trace.Must(err, en.f.op(), en.in)
	key := string(o.appendKey(nil))
	if e, ok := en.more.Load(key); ok {
		return e.(*exe)
	}
	reason := cmp.Or(en.reason, "first call")
	en.more.Range(func(any, any) bool {
		reason = "first call with arrays that lie so over " + o.mesh.String()
		return false
	})
	e := en.compile(at, reason, false)
	en.more.Store(key, e)
	return e
}

// runOver runs en over a mesh.
func (en *Entry) runOver(in, out []*trace.Value) error {
	if l := en.lastOver.Load(); l != nil && l.fits(in) {
		return l.e.runOver(in, en.caps, out)
	}
	o, err := en.overMesh(in)
	if err != nil {
		return err
	}
	l := &laid{make([]ir.Sharding, len(in)), en.over(o)}
	for i, v := range in {
		l.in[i], _ = ShardingOf(v)
	}
	en.lastOver.Store(l)
	return l.e.runOver(in, en.caps, out)
}

// laid is an entry's executable for arguments that lie so; those on one device have no mesh.
type laid struct {
	in []ir.Sharding
	e  *exe
}

// fits reports whether l is for in. It may be false where equal meshes are not the same.
func (l *laid) fits(in []*trace.Value) bool {
	for i, v := range in {
		if s, _ := v.Buffer().(*Shards); s == nil {
			if l.in[i].Mesh != nil {
				return false
			}
		} else if !sameSharding(s.sharding, l.in[i]) {
			return false
		}
	}
	return true
}

// sameSharding reports whether a and b are over one mesh and cut alike, fast.
func sameSharding(a, b ir.Sharding) bool {
	return a.Mesh == b.Mesh && len(a.Spec) == len(b.Spec) &&
		(len(a.Spec) == 0 || &a.Spec[0] == &b.Spec[0] || a.Spec.Equal(b.Spec))
}

// runOver executes e, a program over a mesh, with in and caps, and fills out.
func (e *exe) runOver(in []*trace.Value, caps *captures, out []*trace.Value) (err error) {
	m := e.mesh
	n := len(in)
	if caps != nil {
		in = append(in[:n:n], caps.v...)
	}
	donate := e.donate
	if donate != nil {
		if err := checkDonation(firstBlocks(in), n, donate); err != nil {
			return err
		}
	}
	var few [inline][]*pjrt.Buffer
	args := few[:0]
	if n := len(in) + len(e.out); n > len(few) {
		args = make([][]*pjrt.Buffer, 0, n)
	}
	args, outs := args[:len(in)], args[len(in):len(in)+len(e.out)]
	made, err := m.fill(args, in[:n])
	defer func() {
		for _, b := range made {
			b.Delete()
		}
	}()
	if err == nil && caps != nil {
		err = caps.fill(args[n:], m, n)
	}
	if err != nil {
		return err
	}
	for i := range outs {
		outs[i] = make([]*pjrt.Buffer, len(m.devs))
	}
	if f := executing.Load(); f != nil {
		(*f)(e.name)
	}
	span := trace.BeginSpan()
	if err := e.launchOver(args, outs); err != nil {
		return err
	}
	if span.Recorder() != nil {
		for i, d := range m.devs {
			results := make([]*pjrt.Buffer, len(outs))
			for j := range outs {
				results[j] = outs[j][i]
			}
			watch(span, e.name, d, results)
		}
		span.End(trace.SpanLaunch, e.name, 0, 0)
	}
	for i, given := range donate {
		if given && in[i].Buffer() != nil {
			in[i].Buffer().Delete()
		}
	}
	runtime.KeepAlive(in)
	var src ir.Src
	if e.keepSrc {
		src = ir.Here(3)
	}
	for i := range outs {
		out[i] = trace.Concrete(e.out[i], &Shards{m.out[i], outs[i]}, src)
	}
	return nil
}

// fill makes args the blocks of in, and lists those that were made for it, also where it fails.
func (m *meshed) fill(args [][]*pjrt.Buffer, in []*trace.Value) (made []*pjrt.Buffer, err error) {
	for i, v := range in {
		var own bool
		if args[i], own, err = m.blocks(i, v); err != nil {
			return made, operandError{i, err}
		}
		if own {
			made = append(made, args[i]...)
		}
	}
	return made, nil
}

// launchOver executes e on blocks.
func (e *exe) launchOver(args, outs [][]*pjrt.Buffer) error {
	switch {
	case e.mesh.mesh.OverProcesses():
		return e.runLocal(args, outs)
	case inMesh.Load() && trace.InHostFunc():
		return errors.New("a Go function that a program over a mesh calls starts another over a mesh, for which the " +
			"devices are not free; compute with arrays on one device, or return what it is about")
	case e.toGo:
		return e.runCalling(args, outs)
	}
	return e.mesh.together("", e.name, 3, func() error { return e.x.ExecuteSharded(args, outs, e.donate) })
}

// inMesh says that a program over a mesh that calls Go functions is running.
var inMesh atomic.Bool

// runCalling runs e, which calls Go functions, and waits for its end: what fails is this call's error.
func (e *exe) runCalling(args, outs [][]*pjrt.Buffer) error {
	outs = slices.Clip(outs)
	for range e.hidden {
		outs = append(outs, make([]*pjrt.Buffer, len(e.mesh.devs)))
	}
	err := waited(func() error {
		return kernels.FailureOf(func() error {
			inMesh.Store(true)
			defer inMesh.Store(false)
			err := e.x.ExecuteSharded(args, outs, e.donate)
			for _, blocks := range outs {
				for _, b := range blocks {
					if b != nil {
						err = cmp.Or(err, b.Ready())
					}
				}
			}
			return err
		})
	})
	for i, blocks := range outs {
		for _, b := range blocks {
			if b != nil && (err != nil || i >= len(e.out)) {
				b.Delete()
			}
		}
	}
	return err
}

// blocks are those of v as input i of the program; own says that they were made for it.
func (m *meshed) blocks(i int, v *trace.Value) (blocks []*pjrt.Buffer, own bool, err error) {
	if s, ok := v.Buffer().(*Shards); ok &&
		(sameSharding(s.sharding, m.in[i]) || s.sharding.Equivalent(m.in[i], v.Rank())) {
		return s.blocks, false, nil
	}
	if s, ok := v.Buffer().(*Shards); ok && Spans(s.sharding.Mesh) && m.mesh.SameDevices(s.sharding.Mesh) {
		return PutSharding("", v, m.in[i]).Buffer().(*Shards).blocks, true, nil
	}
	blocks, err = spread(v, m.in[i], m.devs)
	return blocks, true, err
}

// fill makes args the captures as the inputs of m from the n-th on, made once for each program over a mesh.
func (c *captures) fill(args [][]*pjrt.Buffer, m *meshed, n int) error {
	if b, ok := c.on.Load(m); ok {
		copy(args, b.([][]*pjrt.Buffer))
		return nil
	}
	for i, v := range c.v {
		var err error
		if args[i], _, err = m.blocks(n+i, v); err != nil {
			return fmt.Errorf("captured array %d (%v): %w", i, v.Aval(), err)
		}
	}
	c.on.Store(m, slices.Clone(args[:len(c.v)]))
	return nil
}

// firstBlocks are what arrays are compared by: two that share a block share all of them. A number has nil.
func firstBlocks(in []*trace.Value) []*pjrt.Buffer {
	first := make([]*pjrt.Buffer, len(in))
	for i, v := range in {
		switch b := v.Buffer().(type) {
		case *pjrt.Buffer:
			first[i] = b
		case *Shards:
			first[i] = b.blocks[0]
		}
	}
	return first
}

// mesh is the mesh that o's program runs over, nil if it runs on one device.
func (o *spec) mesh() (*ir.Mesh, error) {
	m, err := o.p.Mesh()
	switch {
	case err != nil || o.over == nil:
		return m, err
	case m != nil && !m.SameDevices(o.over.mesh):
		return nil, fmt.Errorf("the function runs over %v with the devices %v, and an argument lies over %v with the "+
			"devices %v; put it over the function's mesh with gojax.DevicePut", m, m.Devices, o.over.mesh,
			o.over.mesh.Devices)
	}
	return o.over.mesh, nil
}

// place is what events and errors call where o's program runs.
func (o *spec) place() string {
	if o.over != nil {
		return o.over.mesh.String()
	}
	return o.dev.String()
}

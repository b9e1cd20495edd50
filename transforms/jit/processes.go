package jit

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Over a mesh of processes, each runs its own program on its own blocks, and the programs communicate. Over GPUs of
// several processes there is one program, of which each process runs the partitions of its own GPUs, and the plugins
// communicate. Both ways all must start the same ones in the same order, so one goroutine at a time does.

// Job is the processes that run this program together.
type Job struct {
	Rank, Size int
	// Check, if not nil, is called before every program that communicates, with a key that is the same in all processes
	// if the program is, and with its name and the line that starts it.
	Check func(key, name string, src ir.Src) error
}

var (
	job   atomic.Pointer[Job] // that of this process
	steps sync.Mutex          // held while the process communicates
)

func init() { job.Store(&Job{Size: 1}) }

// SetJob says which job this process is of. Until then it is alone.
func SetJob(j Job) { job.Store(&j) }

// TheJob is the job of this process.
func TheJob() Job { return *job.Load() }

var errInFunc = errors.New("a Go function that a program calls starts communication between processes; those " +
	"communicate in programs one after the other. Return what it is about, and communicate outside")

// Communicate calls f while nothing else of this process communicates. key and name are those of Job.Check, its line
// that of the user, as ir.Here(skip) finds it.
func Communicate(key, name string, skip int, f func() error) error {
	if trace.InHostFunc() {
		return errInFunc
	}
	steps.Lock()
	defer steps.Unlock()
	if check := TheJob().Check; check != nil {
		if err := check(key, name, ir.Here(skip+1)); err != nil {
			return err
		}
	}
	return f()
}

// PlacesOf are the places of a mesh whose data this process has: its own in a mesh of processes, those of its devices
// in one of GPUs of several processes, else all.
func PlacesOf(m *ir.Mesh) []int {
	if m.OverProcesses() {
		return []int{max(slices.Index(m.Devices, TheJob().Rank), 0)}
	}
	var devs []*pjrt.Device
	if TheJob().Size > 1 {
		devs, _ = allDevicesOf(m)
	}
	places := make([]int, 0, m.Size())
	for i := range m.Devices {
		if devs == nil || devs[i].IsAddressable() {
			places = append(places, i)
		}
	}
	return places
}

// Spans reports whether this process has a part of the places of m alone.
func Spans(m *ir.Mesh) bool { return m.OverProcesses() || len(PlacesOf(m)) < m.Size() }

// ownDevice is the device of this process in a mesh of processes. Its client runs programs on the thread that starts
// them, so that they come to MPI in the order in which they are started.
func ownDevice(m *ir.Mesh) (*pjrt.Device, error) {
	if r := TheJob().Rank; !slices.Contains(m.Devices, r) {
		return nil, fmt.Errorf("process %d is not one of %v, which has the processes %v", r, m, m.Devices)
	}
	c, err := pjrt.Open("cpu")
	if err == nil {
		c, err = c.Joint()
	}
	if err != nil {
		return nil, err
	}
	return c.Devices()[0], nil
}

// onOrdinary is the block b of an array over processes as an array on the CPU, with the same memory.
func onOrdinary(b *pjrt.Buffer) (*pjrt.Buffer, error) {
	c, err := pjrt.Open("cpu")
	if err != nil {
		return nil, err
	}
	d := c.Devices()[0]
	if e, err := tryDefaultDevice(); err == nil && e.Client() == c {
		d = e
	}
	whole := wholeOf(b.Dims())
	return c.Assemble(d, whole, []pjrt.Block{{Index: whole, Buffer: b}})
}

// How a program that this process runs waits for others.
const (
	alone    = iota // it does not communicate
	ordered         // it communicates
	calledUp        // it also calls Go functions
)

// local is o's program as this process runs it, with its effects and its communication in order. One that communicates
// has a result that is ready when all of it is done; hidden says how many were added for that.
func (m *meshed) local(p *ir.Program, asked []*ir.Spec) (q *ir.Program, order, hidden int) {
	asked = slices.Clone(asked)
	for i, s := range asked {
		if s != nil && hasOpen(*s) {
			asked[i] = nil
		}
	}
	q, m.out = ops.Localize(m.mesh, p, m.in, asked)
	q = optimise(q)
	if q.CallsHost() != ir.NoHostCalls {
		trace.Must(kernels.RegisterGoCall("cpu"), "", p.InTypes())
		order = calledUp
	} else if !q.Communicates() {
		return q, alone, 0
	} else {
		order = ordered
	}
	q = q.Sequence()
	if n := len(q.Out) - 1; n > 0 { // XLA knows one end of a program, that of each of its results
		q.Out = q.Out[:n]
		return q, order, 0
	}
	return q, order, 1
}

// buildLocal compiles o's program, whose inputs lie as m says, for this process.
func (s *space) buildLocal(e *exe, o spec, m *meshed, asked []*ir.Spec) (how pjrt.Source) {
	var q *ir.Program
	q, m.order, e.hidden = m.local(o.p, asked)
	m.key = m.keyOf(o.p, asked)
	o.over = &over{mesh: m.mesh}
	e.x, _, how = s.compileText(o, m.devs[0].Client(), q, o.donate, pjrt.CompileOptions{})
	e.mesh, e.keepSrc = m, true
	return how
}

// keyOf is the same in all processes if p and how it lies are.
func (m *meshed) keyOf(p *ir.Program, asked []*ir.Spec) string {
	return p.Key() + string(ir.AppendParamKey(nil, []any{m.in, asked}))
}

// together calls f, which compiles or runs e, at the same place of the order in all processes that have devices of m.
func (m *meshed) together(what, name string, skip int, f func() error) error {
	if !m.spans {
		return f()
	}
	return Communicate(what+m.key, what+name, skip+1, f)
}

// runLocal runs e on this process's blocks.
func (e *exe) runLocal(args, outs [][]*pjrt.Buffer) error {
	var few [inline]*pjrt.Buffer
	in := few[:0]
	if n := len(args) + len(outs) + e.hidden; n > inline {
		in = make([]*pjrt.Buffer, 0, n)
	}
	for _, a := range args {
		in = append(in, a[0])
	}
	in, out := in[:len(args):len(args)], in[len(args):len(args)+len(outs)+e.hidden]
	run := e.x.Execute
	if e.mesh.order == calledUp {
		run = e.x.ExecuteCallbacks
	}
	var err error
	if e.mesh.order == alone {
		err = run(in, out, e.donate)
	} else {
		err = Communicate(e.mesh.key, e.name, 5, func() error {
			return waited(func() error {
				if err := run(in, out, e.donate); err != nil {
					return err
				}
				return out[0].Ready()
			})
		})
	}
	if e.hidden > 0 && out[0] != nil {
		out[0].Delete()
	}
	for i := range outs {
		outs[i][0] = out[i]
	}
	return err
}

// IsPart reports whether v lies over the processes of a job and this one has only a part of it.
func IsPart(v *trace.Value) bool {
	s, ok := v.Buffer().(*Shards)
	return ok && Spans(s.sharding.Mesh) && !s.sharding.Replicated()
}

// needWhole refuses an array of which this process has a part.
func needWhole(v *trace.Value) {
	if !IsPart(v) {
		return
	}
	s := v.Buffer().(*Shards)
	trace.Fail("", []ir.Aval{v.Aval()}, "the array lies over the processes of a job as %v, and this one has the part "+
		"%v of it. Call distributed.Gather in all processes, which gives each the whole, or read the part, "+
		"x.Shards()[0].Data", s.sharding, s.sharding.Index(PlacesOf(s.sharding.Mesh)[0], v.Shape()))
}

package pjrt

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

// XLA computes loops, and much else, on one core. Work that falls into parts which know nothing of each other is run
// part by part on a client of its own, which runs every program on the thread that starts it and on no other. On an
// ordinary client all but the smallest programs wait for each other; and programs that each share out their operations
// over all cores are slower together than one after the other.
//
// The parts read their arguments where they lie, as far as those are in one piece and large, and each copies its
// results to their place in the arrays that are returned.

// cores is the client of another one for parts. free has a device for each core on which no part is running: no more
// parts run than there are cores, however many goroutines have some. A part waits for nothing but XLA, so that each of
// them ends.
type cores struct {
	second
	filled sync.Once
	free   chan *Device
}

// Cores is a second client of c's platform, made when it is first asked for: programs for ExecuteParts are compiled
// with it. They must not call Go functions that use gojax.
func (c *Client) Cores() (*Client, error) {
	n, err := c.cores.open(c, (Threads()+perDevice-1)/perDevice, true)
	if err != nil {
		return nil, err
	}
	c.cores.filled.Do(func() {
		c.cores.free = make(chan *Device, Threads())
		for i := range Threads() {
			c.cores.free <- n.devices[i%len(n.devices)]
		}
	})
	return n, nil
}

// Part is a part of the work: X computes it from, and to, the elements from From up to To of arrays along an axis.
type Part struct {
	X        *Executable
	From, To int
	Kernels  bool // X calls Go code
}

// Axes are the axes along which arguments and results are cut into parts, negative for one that is not: an argument
// goes to all parts as it is, a result comes from the first.
type Axes struct{ In, Out []int }

// ExecuteParts runs parts beside each other, which Cores has compiled, on arrays of the device d of c, and waits for
// their end. Results are arrays of d. If parts fail, the error is that of the first of them.
func (c *Client) ExecuteParts(d *Device, parts []Part, axes Axes, in, out []*Buffer) error {
	r := &partsRun{axes: axes, in: in, data: make([][]byte, len(in)), types: make([]*arrayType, len(out)),
		made: make([][]byte, len(out))}
	for i, b := range in {
		if b == nil || b.dev != d {
			return fail(ErrDevice, "argument %d is not on %v", i, d)
		}
		data, err := b.Hold() // so that deleting it meanwhile does no harm
		if err != nil {
			return fmt.Errorf("argument %d: %w", i, err)
		}
		defer b.Release()
		r.data[i] = data
	}
	err := r.makeRoom(c, d, parts, out)
	if err == nil {
		err = r.all(c.cores.free, parts)
	}
	if err != nil {
		for i, b := range out {
			if b != nil {
				b.Delete()
				out[i] = nil
			}
		}
	}
	runtime.KeepAlive(out)
	return err
}

// partsRun is one ExecuteParts.
type partsRun struct {
	axes  Axes
	in    []*Buffer
	data  [][]byte     // of in
	types []*arrayType // of the whole results
	made  [][]byte     // their elements
}

// makeRoom makes the whole results, whose elements the parts will write.
func (r *partsRun) makeRoom(c *Client, d *Device, parts []Part, out []*Buffer) (err error) {
	for j, t := range parts[0].X.outs {
		dims := append([]int(nil), t.dims...)
		if a := r.axes.Out[j]; a >= 0 {
			dims[a] = parts[len(parts)-1].To
		}
		if r.types[j], err = newType(t.dt, dims); err != nil {
			return err
		}
		if out[j], r.made[j], err = c.uninitialized(r.types[j], d); err != nil {
			return err
		}
	}
	return nil
}

// all runs the parts, each on one of the free devices. This goroutine takes parts too, so that those that take less
// time than it does to wake another one run here.
func (r *partsRun) all(free chan *Device, parts []Part) error {
	var next atomic.Int64
	var failed atomic.Bool
	var left sync.WaitGroup
	left.Add(len(parts))
	errs := make([]error, len(parts))
	work := func() {
		for i := int(next.Add(1)) - 1; i < len(parts); i = int(next.Add(1)) - 1 {
			if !failed.Load() {
				d := <-free
				errs[i] = r.part(parts[i], d, i == 0)
				free <- d
			}
			if errs[i] != nil {
				failed.Store(true)
			}
			left.Done()
		}
	}
	for range min(cap(free), len(parts)) - 1 {
		go work()
	}
	work()
	left.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// part runs one part on d.
func (r *partsRun) part(p Part, d *Device, first bool) error {
	bufs := make([]*Buffer, len(r.in)+len(p.X.outs))
	lent, made := bufs[:len(r.in)], bufs[len(r.in):]
	defer func() {
		for _, b := range bufs {
			if b != nil {
				b.Delete()
			}
		}
	}()
	for i, b := range r.in {
		data, dims := r.data[i], b.typ.dims
		if a := r.axes.In[i]; a >= 0 {
			data, dims = stripsOf(b.typ, a).cut(data, p.From, p.To), append([]int(nil), dims...)
			dims[a] = p.To - p.From
		}
		var err error
		if lent[i], err = d.client.lend(data, b.typ.dt, dims, d); err != nil {
			return err
		}
	}
	execute := p.X.Execute
	if p.Kernels {
		execute = p.X.ExecuteCallbacks
	}
	if err := execute(lent, made, nil); err != nil {
		return err
	}
	for j, b := range made {
		data, n, err := b.View()
		if err != nil {
			return err
		}
		piece := unsafe.Slice((*byte)(data), n)
		if a := r.axes.Out[j]; a >= 0 {
			stripsOf(r.types[j], a).join(r.made[j], piece, p.From, p.To)
		} else if first {
			copy(r.made[j], piece)
		}
	}
	return nil
}

// lend makes an array of d of elements that stay as they are and where they are. Few are copied: to share their memory
// costs more.
func (c *Client) lend(data []byte, t ir.DType, dims []int, d *Device) (*Buffer, error) {
	p := unsafe.Pointer(unsafe.SliceData(data))
	if len(data) <= lendBytes {
		return c.FromHost(p, t, dims, d)
	}
	return c.FromHostNoCopy(p, t, dims, d, data)
}

// strips are how an array lies in memory, seen from one of its axes: count strips of size elements along the axis, each
// of so many bytes.
type strips struct{ count, size, bytes int }

func stripsOf(t *arrayType, axis int) strips {
	s := strips{1, t.dims[axis], t.dt.Size()}
	for i, n := range t.dims {
		if i < axis {
			s.count *= n
		} else if i > axis {
			s.bytes *= n
		}
	}
	return s
}

// from is the data of an array, for a box that begins at an element along the axis.
func (s strips) from(data []byte, at int) region {
	return region{data, []int{s.count, s.size}, []int{0, at}}
}

// cut is the part of an array's data from an element along the axis to another: a copy, if that is in several pieces.
func (s strips) cut(data []byte, from, to int) []byte {
	n := (to - from) * s.bytes
	if s.count == 1 {
		return data[from*s.bytes:][:n:n]
	}
	part := AlignedBytes(s.count * n)
	of := strips{s.count, to - from, s.bytes}
	c := newBoxCopy(of.from(part, 0), s.from(data, from), []int{of.count, of.size}, s.bytes)
	c.part(0, c.bytes) // the other cores have parts of their own
	return part
}

// join puts a part to its place in data.
func (s strips) join(data, part []byte, from, to int) {
	of := strips{s.count, to - from, s.bytes}
	c := newBoxCopy(s.from(data, from), of.from(part, 0), []int{of.count, of.size}, s.bytes)
	c.part(0, c.bytes)
}

package pjrt

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"unsafe"
)

// Block is a part of an array, on some device: the elements whose indices along each axis are from Index[axis][0] up to
// Index[axis][1].
type Block struct {
	Index  [][2]int
	Buffer *Buffer
}

// Assemble makes an array of d that is the part index of an array of which there are blocks. They cover the part; any
// two of them are copies of each other, or have no element in common. On the CPU, where one of them has the part in
// one piece that is large and begins at a multiple of 64 bytes, the result uses its memory, which stays until the
// result is gone too, also if the block is deleted or donated meanwhile. Else it is a copy. It waits for the blocks.
func (c *Client) Assemble(d *Device, index [][2]int, blocks []Block) (*Buffer, error) {
	if d == nil || d.client != c {
		return nil, fail(ErrDevice, "device %v does not belong to the %s client", d, c.platform)
	}
	a, err := newAssembly(index, blocks, d)
	if err != nil {
		return nil, err
	}
	if a.typ.bytes == 0 {
		return c.fromHost(nil, a.typ, d, 0)
	}
	if b := a.parts[0].Buffer; len(a.parts) == 1 && c.cpu && b.dev.client.cpu {
		if v, err := a.view(b, d); v != nil || err != nil {
			return v, err
		}
	} else if len(a.parts) == 1 && slices.Equal(index, a.parts[0].Index) {
		return b.CopyTo(d)
	}
	if c.cpu {
		out, elements, err := c.uninitialized(a.typ, d)
		if err != nil {
			return nil, err
		}
		if err := a.read(elements); err != nil {
			out.Delete()
			return nil, err
		}
		out.state.Or(ready)
		return out, nil
	}
	if a.typ.bytes > math.MaxInt {
		return nil, fail(ErrMemory, "an array of %d bytes cannot go through the host", a.typ.bytes)
	}
	host := AlignedBytes(int(a.typ.bytes))
	if err := a.read(host); err != nil {
		return nil, err
	}
	return c.fromHost(unsafe.Pointer(unsafe.SliceData(host)), a.typ, d, 0)
}

// ReadBlocks copies the part index of an array to dst, row-major. Of the blocks it asks what Assemble does.
func ReadBlocks(dst []byte, index [][2]int, blocks []Block) error {
	a, err := newAssembly(index, blocks, nil)
	if err != nil {
		return err
	}
	if int64(len(dst)) != a.typ.bytes {
		return fmt.Errorf("pjrt: %d bytes of memory for an array of %d bytes", len(dst), a.typ.bytes)
	}
	return a.read(dst)
}

// assembly is a part of an array and the blocks that it is made of, of which none is needless.
type assembly struct {
	index [][2]int
	typ   *arrayType
	parts []Block
}

// newAssembly checks and chooses blocks, on d where there is a choice.
func newAssembly(index [][2]int, blocks []Block, d *Device) (*assembly, error) {
	if len(blocks) == 0 {
		return nil, fmt.Errorf("pjrt: an array of no blocks")
	}
	a := &assembly{index: index}
	for i, b := range blocks {
		if err := b.check(len(index)); err != nil {
			return nil, fmt.Errorf("pjrt: block %d: %w", i, err)
		}
		if t := blocks[0].Buffer.typ.dt; b.Buffer.typ.dt != t {
			return nil, fmt.Errorf("pjrt: block %d is of %v and the first is of %v", i, b.Buffer.typ.dt, t)
		}
	}
	var err error
	if a.typ, err = newType(blocks[0].Buffer.typ.dt, extents(index)); err != nil || a.typ.bytes == 0 {
		return a, err
	}
	left := count(index)
	for _, near := range []bool{true, false} {
		for _, b := range blocks {
			if (b.Buffer.dev == d) != near {
				continue
			}
			n := count(intersect(b.Index, index))
			if n == count(index) { // it has all
				a.parts = []Block{b}
				return a, nil
			}
			if n > 0 && !slices.ContainsFunc(a.parts, func(o Block) bool { return slices.Equal(o.Index, b.Index) }) {
				a.parts = append(a.parts, b)
				left -= n
			}
		}
	}
	if left != 0 {
		return nil, fmt.Errorf("pjrt: the blocks do not make up the part %v of an array", index)
	}
	return a, nil
}

func (b Block) check(rank int) error {
	if b.Buffer == nil {
		return fmt.Errorf("it is nil")
	}
	if len(b.Index) != rank {
		return fmt.Errorf("it has %d axes and the array has %d", len(b.Index), rank)
	}
	if dims := extents(b.Index); !slices.Equal(dims, b.Buffer.typ.dims) {
		return fmt.Errorf("it is said to be %v and has shape %v", b.Index, b.Buffer.typ.dims)
	}
	return nil
}

// extents are the dimensions of a part.
func extents(index [][2]int) []int {
	dims := make([]int, len(index))
	for k, r := range index {
		dims[k] = r[1] - r[0]
	}
	return dims
}

// count is the number of elements of a part.
func count(index [][2]int) int {
	n := 1
	for _, r := range index {
		n *= max(0, r[1]-r[0])
	}
	return n
}

func intersect(a, b [][2]int) [][2]int {
	out := make([][2]int, len(a))
	for k := range a {
		out[k] = [2]int{max(a[k][0], b[k][0]), min(a[k][1], b[k][1])}
	}
	return out
}

// lows are where a part begins, within another.
func lows(index, within [][2]int) []int {
	low := make([]int, len(index))
	for k, r := range index {
		low[k] = r[0] - within[k][0]
	}
	return low
}

// box is the copy of what b has of a to the elements of a. It does not look at b's if they are nil.
func (a *assembly) box(to []byte, b Block, from []byte) boxCopy {
	common := intersect(b.Index, a.index)
	return newBoxCopy(region{to, a.typ.dims, lows(common, a.index)},
		region{from, b.Buffer.typ.dims, lows(common, b.Index)}, extents(common), a.typ.dt.Size())
}

// read copies the elements to dst.
func (a *assembly) read(dst []byte) error {
	copies := make([]boxCopy, 0, len(a.parts))
	for _, b := range a.parts {
		var data []byte
		var err error
		if b.Buffer.dev.client.cpu {
			if data, err = b.Buffer.Hold(); err == nil { // so that deleting it meanwhile does no harm
				defer b.Buffer.Release()
			}
		} else if b.Buffer.typ.bytes > math.MaxInt {
			err = fail(ErrMemory, "an array of %d bytes cannot go through the host", b.Buffer.typ.bytes)
		} else {
			data = AlignedBytes(int(b.Buffer.typ.bytes))
			err = b.Buffer.ToHost(unsafe.Pointer(unsafe.SliceData(data)), len(data))
		}
		if err != nil {
			return fmt.Errorf("%w (the block on %v)", err, b.Buffer.dev)
		}
		copies = append(copies, a.box(dst, b, data))
	}
	copyAll(copies...)
	runtime.KeepAlive(a)
	return nil
}

// mostUsers is half of what a buffer can count.
const mostUsers = users / 2

// lender is what keeps the memory of a view: b has been acquired for it.
type lender struct{ b *Buffer }

func (l lender) done() {
	l.b.views.Add(-1)
	l.b.release()
}

// view is an array of d with the elements of a in b's memory or, if they are few, a copy of them; nil if b, the block
// that has them all, does not have them in one piece or at a place that XLA takes.
func (a *assembly) view(b *Buffer, d *Device) (*Buffer, error) {
	if err := b.acquire(); err != nil {
		return nil, fmt.Errorf("%w (the block on %v)", err, b.dev)
	}
	p, err := b.pointer()
	if err != nil {
		b.release()
		return nil, err
	}
	from := unsafe.Slice((*byte)(p), int(b.typ.bytes))
	box := a.box(from, a.parts[0], from)
	c, at := d.client, unsafe.Pointer(unsafe.SliceData(box.from))
	inPlace := uintptr(at)%hostAlign == 0 && b.state.Load()&users < mostUsers
	if box.run != box.bytes || box.bytes > lendBytes && !inPlace {
		b.release()
		return nil, nil
	}
	if box.bytes <= lendBytes {
		defer b.release()
		return c.fromHost(at, a.typ, d, 0)
	}
	// Whoever donates b marks it before looking for views.
	if b.views.Add(1); b.state.Load()&deadFlags != 0 {
		err := deadError(b.state.Load())
		lender{b}.done()
		return nil, fmt.Errorf("%w (the block on %v)", err, b.dev)
	}
	takeDone()
	return c.fromHost(at, a.typ, d, hold(at, lender{b}))
}

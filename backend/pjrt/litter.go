package pjrt

import "runtime"

// litterBytes bounds results that are collected together: none of them is freed (unless by Delete) while another is in
// use.
const litterBytes = 4096

// litter is what is left of small results that one execution made: one cleanup for all of them, since a cleanup costs
// about as much as all the rest of a result. p[i] is 0 once result i was freed by Delete or donated.
type litter struct {
	d    *Device
	outs []*arrayType
	p    []handle
}

// wrapLitter makes the Buffers of all results in one block.
func wrapLitter(handles []handle, d *Device, outs []*arrayType, out []*Buffer) {
	block := make([]Buffer, len(out))
	l := &litter{d: d, outs: outs, p: make([]handle, len(out))}
	// they go together, so they are less garbage than as many alone
	d.mem.paced.Add(int64(len(out) - max(1, len(out)/10)))
	for i, t := range outs {
		l.p[i] = handles[i]
		b := &block[i]
		b.p, b.dev, b.typ, b.litter, b.number = handles[i], d, t, l, int32(i)
		d.mem.born(t.bytes)
		note(handles[i], d, t.bytes)
		out[i] = b
	}
	// A reference to any Buffer keeps the whole block, so this runs when all are unreachable.
	runtime.AddCleanup(&block[0], (*litter).collect, l)
}

// collect is the cleanup of the block.
func (l *litter) collect() {
	for i, p := range l.p {
		if p != 0 {
			corpse{p, l.d, l.outs[i].bytes}.collect()
		}
	}
}

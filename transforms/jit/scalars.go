package jit

import (
	"fmt"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// scalarCache keeps the device copies of scalars that programs were given, so that x.Add(2.5) in a loop copies 2.5
// once. It is direct-mapped: a scalar that falls on another's place replaces it, whose buffer the collector then frees.
type scalarCache struct {
	slots [1024]atomic.Pointer[scalar]
	n     atomic.Int64 // slots in use
	bytes atomic.Int64
}

type scalar struct {
	l ir.Lit
	b *pjrt.Buffer
}

var scalarCaches sync.Map // *pjrt.Device to *scalarCache
var lastScalars atomic.Pointer[deviceScalars]

type deviceScalars struct {
	d *pjrt.Device
	c *scalarCache
}

func scalarsOf(d *pjrt.Device) *scalarCache {
	if l := lastScalars.Load(); l != nil && l.d == d {
		return l.c
	}
	c, ok := scalarCaches.Load(d)
	if !ok {
		c, _ = scalarCaches.LoadOrStore(d, new(scalarCache))
	}
	lastScalars.Store(&deviceScalars{d, c.(*scalarCache)})
	return c.(*scalarCache)
}

// scalarOn is a device copy of the literal v; one of its own if it will be given away.
func scalarOn(v *trace.Value, d *pjrt.Device, own bool) (*pjrt.Buffer, error) {
	l, ok := v.Lit()
	if !ok {
		if v.Traced() {
			return nil, fmt.Errorf("a traced value (%v) reached an execution", v.Aval())
		}
		return nil, fmt.Errorf("an array that was never set (the zero jnp.Array) is used")
	}
	l.Weak = false
	if own {
		return putScalar(l, d)
	}
	c := scalarsOf(d)
	h := (l.Lo ^ l.Hi<<1 ^ uint64(l.DType)<<56) * 0x9e3779b97f4a7c15
	p := &c.slots[h>>54]
	if s := p.Load(); s != nil && s.l == l {
		return s.b, nil
	}
	b, err := putScalar(l, d)
	if err != nil {
		return nil, err
	}
	old := p.Swap(&scalar{l, b})
	if old == nil {
		c.n.Add(1)
	} else {
		c.bytes.Add(-int64(old.l.DType.Size()))
	}
	c.bytes.Add(int64(l.DType.Size()))
	return b, nil
}

func putScalar(l ir.Lit, d *pjrt.Device) (*pjrt.Buffer, error) {
	x := [2]uint64{l.Lo, l.Hi} // little-endian, as every platform of the plugins is
	return d.Client().FromHost(unsafe.Pointer(&x), l.DType, nil, d)
}

// LiveBuffers counts the device arrays that the user's values hold, and what awaits the collector; the runtime's own
// copies of scalars are not counted.
func LiveBuffers() int {
	n := pjrt.LiveBuffers()
	scalarCaches.Range(func(_, c any) bool { n -= int(c.(*scalarCache).n.Load()); return true })
	return n
}

// LiveBytes is the memory of LiveBuffers.
func LiveBytes() int64 {
	n := pjrt.LiveBytes()
	scalarCaches.Range(func(_, c any) bool { n -= c.(*scalarCache).bytes.Load(); return true })
	return n
}

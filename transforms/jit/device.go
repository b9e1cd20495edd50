package jit

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Device is where arrays live and programs run.
type Device = pjrt.Device

var defaultDevice atomic.Pointer[pjrt.Device]

func tryDefaultDevice() (*pjrt.Device, error) {
	if d := defaultDevice.Load(); d != nil {
		return d, nil
	}
	c, err := pjrt.Default()
	if err != nil {
		return nil, err
	}
	d := c.Devices()[0]
	defaultDevice.CompareAndSwap(nil, d)
	return d, nil
}

// DefaultDevice is where new arrays are made and functions without array arguments run: the first device of the
// platform that GOJAX_PLATFORM names, unless SetDefaultDevice chose another. It panics with *trace.Error if no plugin
// can be opened.
func DefaultDevice() *pjrt.Device {
	d, err := tryDefaultDevice()
	trace.Must(err, "", nil)
	return d
}

// SetDefaultDevice sets the default device of the process; nil goes back to the first.
func SetDefaultDevice(d *pjrt.Device) { defaultDevice.Store(d) }

// Devices lists the devices of the default platform.
func Devices() ([]*pjrt.Device, error) {
	c, err := pjrt.Default()
	if err != nil {
		return nil, err
	}
	return c.Devices(), nil
}

// DeviceOf is the device of v: of a literal, which is on none yet, the default device; nil of a traced value, and of
// one that lies over a mesh.
func DeviceOf(v *trace.Value) *pjrt.Device {
	if b, ok := v.Buffer().(*pjrt.Buffer); ok {
		return b.Device()
	}
	if _, over := v.Buffer().(*Shards); over || v.Traced() {
		return nil
	}
	return DefaultDevice()
}

// DevicePut is v on device d (nil: the default device): v itself if it is there already, else a copy. A traced value is
// returned as it is, since a program runs on one device.
func DevicePut(v *trace.Value, d *pjrt.Device) *trace.Value {
	if v.Traced() {
		return v
	}
	if d == nil {
		d = DefaultDevice()
	}
	var c *pjrt.Buffer
	var err error
	switch b := v.Buffer().(type) {
	case *pjrt.Buffer:
		if b.Device() == d {
			return v
		}
		if c, err = b.CopyTo(d); err != nil {
			err = fmt.Errorf("from %v to %v: %w", b.Device(), d, err)
		}
	case *Shards:
		needWhole(v)
		if c, err = d.Client().Assemble(d, wholeOf(v.Shape()), partsOf(v, true)); err != nil {
			err = fmt.Errorf("from %v to %v: %w", b.sharding, d, err)
		}
	default:
		b, err := scalarOn(v, d, true)
		trace.Must(err, "", trace.Avals([]*trace.Value{v}))
		return trace.Concrete(v.Aval(), b, 0)
	}
	trace.Must(err, "", []ir.Aval{v.Aval()})
	y := trace.Concrete(v.Aval(), c, ir.Here(1))
	if trace.KeyReuse() {
		trace.RowOfKeys(y, v, 0, 1)
	}
	return y
}

// Placement is where arrays can be put: on a *Device, or over a mesh by an ir.Sharding or a tree of them.
type Placement interface{ DeviceIDs() []int }

// ShardingTree is a tree prefix of Specs over Mesh, and of Shardings, for the arrays of a tree.
type ShardingTree struct {
	Mesh   *ir.Mesh
	Prefix any
}

// DeviceIDs are the numbers of the devices of no sharding in particular: a tree may have several.
func (ShardingTree) DeviceIDs() []int { return nil }

// PutTree is the tree x with its arrays put to where; nil is the default device.
func PutTree[T any](op string, x T, where Placement) T {
	def, leaves := trace.Flatten(x)
	switch p := where.(type) {
	case nil, *pjrt.Device:
		d, _ := p.(*pjrt.Device)
		for i, v := range leaves {
			leaves[i] = DevicePut(v, d)
		}
	case ir.Sharding:
		put(op, leaves, slices.Repeat([]*ir.Sharding{&p}, len(leaves)), def)
	case ShardingTree:
		all, err := spreadShardings(def, p, "the tree")
		trace.Must(err, op, nil)
		put(op, leaves, all, def)
	default:
		trace.Fail(op, nil, "arrays cannot be put to a %T; give a *Device, a Sharding or NamedShardings", where)
	}
	return trace.Unflatten[T](def, leaves)
}

func put(op string, leaves []*trace.Value, where []*ir.Sharding, def *trace.Def) {
	ranks := def.ElementRanks()
	for i, v := range leaves {
		if where[i] == nil {
			continue
		}
		trace.Must(where[i].Check(v.Shape()[:v.Rank()-ranks[i]]), op, []ir.Aval{v.Aval()})
		leaves[i] = PutSharding(op, v, *where[i])
	}
}

// WaitTree is the tree x, once every array in it is computed: see Wait.
func WaitTree[T any](x T) T {
	_, leaves := trace.Flatten(x)
	for _, v := range leaves {
		Wait(v)
	}
	return x
}

// FromHost copies an array to device d (nil: the default device). data points to its elements, row-major; it may be nil
// where there are none.
func FromHost(data unsafe.Pointer, aval ir.Aval, d *pjrt.Device) *trace.Value {
	if d == nil {
		d = DefaultDevice()
	}
	span := trace.BeginSpan()
	b, err := d.Client().FromHost(data, aval.DType, aval.Shape, d)
	span.End(trace.SpanToDevice, d.String(), 0, int64(aval.Bytes()))
	trace.Must(err, "", []ir.Aval{aval})
	return trace.Concrete(aval, b, 0)
}

// ToHost waits for v and copies its bytes, row-major, to dst, which must have room for exactly those.
func ToHost(v *trace.Value, dst []byte) {
	needConcrete(v)
	if n := v.Aval().Bytes(); n != len(dst) {
		trace.Fail("", []ir.Aval{v.Aval()}, "the array has %d bytes, the destination %d", n, len(dst))
	}
	if l, ok := v.Lit(); ok {
		l.AppendBytes(dst[:0])
		return
	}
	var err error
	if s := trace.BeginSpan(); s.Recorder() != nil {
		defer s.End(trace.SpanToHost, v.Aval().String(), ir.Here(1), int64(len(dst)))
	}
	if b, ok := v.Buffer().(*pjrt.Buffer); ok {
		err = b.ToHost(unsafe.Pointer(unsafe.SliceData(dst)), len(dst))
	} else {
		needWhole(v)
		err = pjrt.ReadBlocks(dst, wholeOf(v.Shape()), partsOf(v, true))
	}
	if err != nil {
		failed(v, err)
	}
}

// Wait returns when v is computed. If its execution failed it panics with a *trace.Error at the line that launched it,
// where that is known, else at the caller's.
func Wait(v *trace.Value) {
	needConcrete(v)
	if b := v.Buffer(); b != nil {
		span := trace.BeginSpan()
		err := b.Ready()
		span.End(trace.SpanWait, v.Aval().String(), 0, 0)
		if err != nil {
			failed(v, err)
		}
	}
}

func needConcrete(v *trace.Value) {
	if v == nil || v.Aval().DType == ir.Invalid {
		trace.FailUnset("", "")
	}
	if v.Traced() {
		trace.Fail("", []ir.Aval{v.Aval()},
			"the array is traced: it has no value while its function is being traced. Return it from the function "+
				"and look at it outside; for decisions on values use lax.Cond or jnp.Where")
	}
}

func failed(v *trace.Value, err error) {
	src := v.Src()
	switch {
	case errors.Is(err, pjrt.ErrDeleted), errors.Is(err, pjrt.ErrDonated):
		src, err = 0, plain(err)
	case src != 0:
		err = fmt.Errorf("the computation launched here failed: %w", err)
	}
	if src == 0 {
		src = ir.Sure(0)
	}
	panic(trace.NewError("", []ir.Aval{v.Aval()}, src, err))
}

// Delete frees the memory of v at once; using v afterwards is an error. Literals and traced values have none.
func Delete(v *trace.Value) {
	if v != nil && v.Buffer() != nil {
		v.Buffer().Delete()
	}
}

package pjrt

import (
	"fmt"
	"runtime"
	"sync"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

// Programs that call Go functions run on a client of their own, which runs every program on the thread that starts it.
// On an ordinary client such a program would keep threads of XLA's pool while the Go function runs; a function that
// runs programs itself would wait for those, and they for a thread, for ever: on two cores, one such call is enough.

// inlined is the inline client of a client.
type inlined struct {
	once   sync.Once
	client *Client
	err    error
}

// Inline is a second client of c's devices, made when it is first asked for. It runs programs on the thread that starts
// them. Executables for ExecuteInline are compiled with it.
func (c *Client) Inline() (*Client, error) {
	c.inlined.once.Do(func() {
		n := &Client{api: c.api, platform: c.platform, cpu: c.cpu, info: c.info, overrides: c.overrides, inline: true}
		n.compiles.m = map[string]*flight{}
		c.inlined.client, c.inlined.err = n, n.create()
	})
	return c.inlined.client, c.inlined.err
}

// InlineDevice is the device d as c's inline client has it.
func (c *Client) InlineDevice(d *Device) (*Device, error) {
	n, err := c.Inline()
	if err != nil {
		return nil, err
	}
	for i, e := range c.devices {
		if e == d && i < len(n.devices) {
			return n.devices[i], nil
		}
	}
	return nil, fail(ErrDevice, "the inline client has no device for %v", d)
}

// lendBytes is the size up to which an array is copied from one client to the other; to share its memory costs more.
const lendBytes = 1 << 14

// ExecuteInline runs x, which an inline client has compiled, on arrays of the device d of the ordinary client, and
// waits for its end. Results are arrays of d.
func (x *Executable) ExecuteInline(d *Device, in, out []*Buffer) error {
	c := d.client
	to, err := c.InlineDevice(d)
	if err != nil {
		return err
	}
	lent := make([]*Buffer, 0, len(in))
	defer func() {
		for _, b := range lent {
			b.Delete()
		}
	}()
	for i, b := range in {
		if b == nil || b.dev != d {
			return fail(ErrDevice, "argument %d is not on %v", i, d)
		}
		if err := b.acquire(); err != nil { // so that deleting it meanwhile does no harm
			return fmt.Errorf("argument %d: %w", i, err)
		}
		defer b.release()
		p, _, err := b.View()
		if err != nil {
			return err
		}
		lend := to.client.FromHost
		if b.typ.bytes > lendBytes { // b is held till the end
			lend = func(p unsafe.Pointer, t ir.DType, dims []int, d *Device) (*Buffer, error) {
				return to.client.FromHostNoCopy(p, t, dims, d, nil)
			}
		}
		l, err := lend(p, b.typ.dt, b.typ.dims, to)
		if err != nil {
			return err
		}
		lent = append(lent, l)
	}
	made := make([]*Buffer, len(out))
	if err := x.ExecuteCallbacks(lent, made, nil); err != nil {
		return err
	}
	defer func() {
		for _, b := range made {
			b.Delete()
		}
	}()
	for _, b := range made { // all, before the inputs go
		if e := b.Ready(); e != nil && err == nil {
			err = e
		}
	}
	runtime.KeepAlive(in)
	if err != nil {
		return err
	}
	for i, b := range made {
		p, _, err := b.View()
		if err != nil {
			return err
		}
		if out[i], err = c.FromHost(p, b.typ.dt, b.typ.dims, d); err != nil {
			return err
		}
	}
	return nil
}

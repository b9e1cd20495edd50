package pjrt

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// Programs that call Go functions run on clients of their own, which run every program on the thread that starts it.
// On an ordinary client such a program would keep threads of XLA's pool while the Go function runs; a function that
// runs programs itself would wait for those, and they for a thread, for ever: on two cores, one such call is enough.
//
// XLA has 32 programs under way on a device at most, and the next one wait. Programs that call Go functions may wait
// for each other, so there is always another device for them, of another client where that is full.
const perDevice = 32

// lanes are the numbers of devices of the inline clients. Each is made when those before it are full: a device costs
// two threads.
var lanes = [...]int{1, 31, 96}

const (
	numPlaces = 128                             // devices of all lanes
	mostOuter = 1024                            // more of the programs that were not started by others' functions queue
	mostInner = numPlaces*perDevice - mostOuter // more of those that were are refused
)

// crowd counts the programs that are under way on inline clients.
type crowd struct {
	outer, inner chan struct{}
	patience     time.Duration // after so long without an end, the queue is taken to wait for itself
	ends         atomic.Int64

	mu   sync.Mutex
	used [numPlaces]int
}

var theCrowd = &crowd{outer: make(chan struct{}, mostOuter), inner: make(chan struct{}, mostInner),
	patience: time.Minute}

// enter gives a program a place, which leave gives back. nested says that a function that a program calls starts it:
// then it must not wait for others, which may wait for it.
func (w *crowd) enter(nested bool) (place int, err error) {
	if nested {
		select {
		case w.inner <- struct{}{}:
		default:
			return 0, fail(ErrTooMany, "%d programs are under way that were started by Go functions which programs "+
				"call; a function that calls itself in this way must end earlier", cap(w.inner))
		}
	} else if err := w.queue(); err != nil {
		return 0, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.used[place] == perDevice {
		place++
	}
	w.used[place]++
	return place, nil
}

// queue waits until few enough programs are under way.
func (w *crowd) queue() error {
	select {
	case w.outer <- struct{}{}:
		return nil
	default:
	}
	for {
		ends := w.ends.Load()
		select {
		case w.outer <- struct{}{}:
			return nil
		case <-time.After(w.patience):
			if w.ends.Load() == ends {
				return fail(ErrTooMany, "%d programs that call Go functions are under way, and none has ended for %v: "+
					"their functions may be waiting for each other; start fewer at a time", cap(w.outer), w.patience)
			}
		}
	}
}

func (w *crowd) leave(place int, nested bool) {
	w.mu.Lock()
	w.used[place]--
	w.mu.Unlock()
	w.ends.Add(1)
	if nested {
		<-w.inner
	} else {
		<-w.outer
	}
}

// second is a client of another one's platform that runs programs on the thread that starts them, once it is open.
type second struct {
	once   sync.Once
	client *Client
	err    error
}

// inlined are the inline clients of a client, by lane.
type inlined [len(lanes)]second

// Inline is a second client of c's platform, made when it is first asked for. It runs programs on the thread that
// starts them. Executables for ExecuteInline are compiled with it.
func (c *Client) Inline() (*Client, error) { return c.lane(0) }

// Joint is a client like Inline, for the programs that the processes of a job run together, one at a time: those are
// executed by ExecuteCallbacks, on arrays of its one device.
func (c *Client) Joint() (*Client, error) { return c.joint.open(c, 1, false) }

func (c *Client) lane(i int) (*Client, error) { return c.inlined[i].open(c, lanes[i], false) }

// open is the client, which is made with so many devices at the first call.
func (l *second) open(c *Client, devices int, alone bool) (*Client, error) {
	l.once.Do(func() {
		n := &Client{api: c.api, platform: c.platform, cpu: c.cpu, info: c.info, overrides: c.overrides,
			fragile: c.fragile, defaults: c.defaults, inline: devices, alone: alone}
		if c.nodes != nil { // the same GPUs, of this process alone
			n.nodes = &Nodes{Visible: c.nodes.Visible}
		}
		n.compiles.m = map[string]*flight{}
		l.client, l.err = n, n.create()
	})
	return l.client, l.err
}

// onLane is x, which was compiled with the first lane, for the lane i.
func (x *Executable) onLane(i int, to *Client) (*Executable, error) {
	if i == 0 {
		return x, nil
	}
	l := &x.lanes[i-1]
	l.once.Do(func() {
		if x.again == nil {
			l.err = fail(ErrTooMany, "%d programs are under way, and this one cannot be compiled again", perDevice)
			return
		}
		l.x, l.err = x.again(to)
	})
	return l.x, l.err
}

// onLanes is an executable as the lanes after the first have it.
type onLanes [len(lanes) - 1]struct {
	once sync.Once
	x    *Executable
	err  error
}

// ofPlace is the client and the device of a place, and x as that client has it.
func (x *Executable) ofPlace(c *Client, place int) (*Executable, *Device, error) {
	lane := 0
	for place >= lanes[lane] {
		place -= lanes[lane]
		lane++
	}
	to, err := c.lane(lane)
	if err != nil {
		return nil, nil, err
	}
	if x, err = x.onLane(lane, to); err != nil {
		return nil, nil, err
	}
	return x, to.devices[place], nil
}

// lendBytes is the size up to which an array is copied from one client to the other; to share its memory costs more.
const lendBytes = 1 << 14

// ExecuteInline runs x, which an inline client has compiled, on arrays of the device d of the ordinary client, and
// waits for its end. Results are arrays of d. nested says that a function which such a program calls is the caller:
// where too many programs are under way, that is an error (ErrTooMany), and any other waits.
func (x *Executable) ExecuteInline(d *Device, in, out []*Buffer, nested bool) error {
	c := d.client
	place, err := theCrowd.enter(nested)
	if err != nil {
		return err
	}
	defer theCrowd.leave(place, nested)
	x, to, err := x.ofPlace(c, place)
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
		p, n, err := b.View()
		if err != nil {
			return err
		}
		l, err := to.client.lend(unsafe.Slice((*byte)(p), n), b.typ.dt, b.typ.dims, to) // b is held till the end
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

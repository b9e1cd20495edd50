package pjrt

/*
#include <stdlib.h>
#include "shim.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"runtime/cgo"
	"slices"
	"strings"
	"time"
	"unsafe"
)

// GPUs of several processes are devices of one client in each of them: the plugins tell each other of their devices,
// and later how NCCL reaches them, by a store of keys and values that all processes see.

// Nodes is this process among those whose GPUs are one client's devices.
type Nodes struct {
	ID, Count int
	Visible   []int // which GPUs of those that the process sees are its own; nil for all
	Store     KeyValues
}

// KeyValues is the store of a job. Errors that are an *Error keep their code; the plugin knows CodeNotFound and
// CodeDeadlineExceeded. It is called by several threads at once.
type KeyValues interface {
	Get(key string, wait time.Duration) ([]byte, error) // waits until there is a value
	TryGet(key string) ([]byte, error)
	Put(key string, value []byte) error
}

// JoinNodes makes the CUDA client of a process that is one of several, and waits for those of the others. It must be
// the process's first CUDA client.
func JoinNodes(n Nodes) (*Client, error) {
	clients.Lock()
	defer clients.Unlock()
	if o := clients.m["cuda"]; o != nil && o.client != nil {
		return nil, fmt.Errorf("pjrt: the GPUs are in use already by this process alone: join the others before the " +
			"first array is made")
	}
	c, err := openPlatform("cuda", &n)
	if err != nil {
		return nil, err
	}
	clients.m["cuda"] = &opened{client: c}
	first.CompareAndSwap(nil, c)
	return c, nil
}

// Preferred is the platform that Default opens if all is well with it, found without opening any.
func Preferred() string {
	var names []string
	for name := range strings.SplitSeq(envPlatform(), ",") {
		if p, err := platformName(name); err == nil {
			names = append(names, p)
		}
	}
	if len(names) == 1 {
		return names[0]
	}
	if path, ok := plainPluginEnv(); ok && len(names) == 0 {
		return map[bool]string{true: "cuda", false: "cpu"}[isCUDAName(path)]
	}
	if hasGPU() && (len(names) == 0 || names[0] == "cuda") {
		if _, err := FindPlugin("cuda"); err == nil {
			return "cuda"
		}
	}
	return "cpu"
}

// maxVisible is more than a machine has.
const maxVisible = 256

// AllDevices are the devices of all processes of c's job, those of one process after the other.
func (c *Client) AllDevices() []*Device { return c.all }

// ProcessIndex is the number of the process that has d (process_index of a jax.Device).
func (d *Device) ProcessIndex() int { return d.process }

// IsAddressable reports whether d is of this process, which computes on such devices alone.
func (d *Device) IsAddressable() bool { return slices.Contains(d.client.devices, d) }

// own are those of devices that are of this process.
func own(devices []*Device) []*Device {
	return slices.DeleteFunc(slices.Clone(devices), func(d *Device) bool { return !d.IsAddressable() })
}

// nodeOptions writes the options of a client of one of several processes, or of one that has not all GPUs.
// list, in C's memory, is for their numbers.
func (c *Client) nodeOptions(opts []C.NamedValue, cs func(string) *C.char, list []C.int64_t) (n int) {
	if c.nodes == nil {
		return 0
	}
	if v := c.nodes.Visible; v != nil {
		for i, d := range v[:min(len(v), len(list))] {
			list[i] = C.int64_t(d)
		}
		C.gx_option_ints(&opts[n], cs("visible_devices"), &list[0], C.size_t(min(len(v), len(list))))
		n++
	}
	if c.nodes.Store != nil {
		C.gx_option_int(&opts[n], cs("node_id"), C.int64_t(c.nodes.ID))
		C.gx_option_int(&opts[n+1], cs("num_nodes"), C.int64_t(c.nodes.Count))
		n += 2
	}
	return n
}

// store is the number by which the plugin asks for keys and values, as long as the process lives.
func (c *Client) store() C.uintptr_t {
	if c.nodes == nil || c.nodes.Store == nil {
		return 0
	}
	return C.uintptr_t(cgo.NewHandle(c.nodes.Store))
}

// describeAll lists the devices of all processes.
func (c *Client) describeAll() error {
	var list *unsafe.Pointer
	var n C.size_t
	if err := take(c.api, "all devices", C.gx_devices(c.api, c.ptr, 1, &list, &n)); err != nil {
		return err
	}
	for _, p := range unsafe.Slice(list, int(n)) {
		d, err := c.newDevice(p)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(c.devices, func(o *Device) bool { return o.id == d.id }); i >= 0 {
			d = c.devices[i]
		}
		d.name = fmt.Sprintf("%s:%d", c.platform, d.id)
		c.all = append(c.all, d)
	}
	slices.SortStableFunc(c.all, func(a, b *Device) int { return a.process - b.process })
	return nil
}

//export gojaxKeyValue
func gojaxKeyValue(store C.uintptr_t, q *C.gx_kv) (code C.int) {
	defer func() { // nothing may unwind into the plugin's frames
		if r := recover(); r != nil {
			code, q.error = CodeInternal, C.CString(fmt.Sprint("the store panicked: ", r))
		}
	}()
	s, key := cgo.Handle(store).Value().(KeyValues), C.GoStringN(q.key, C.int(q.key_len))
	var value []byte
	var err error
	switch q.what {
	case C.GX_KV_GET:
		value, err = s.Get(key, time.Duration(q.timeout_ms)*time.Millisecond)
	case C.GX_KV_TRY_GET:
		value, err = s.TryGet(key)
	default:
		err = s.Put(key, C.GoBytes(unsafe.Pointer(q.value), C.int(q.value_len)))
	}
	if err == nil {
		q.answer, q.answer_len = (*C.char)(C.CBytes(value)), C.size_t(len(value))
		return 0
	}
	code = CodeUnavailable
	var e *Error
	if errors.As(err, &e) {
		code = C.int(e.Code)
	}
	q.error = C.CString(err.Error())
	return code
}

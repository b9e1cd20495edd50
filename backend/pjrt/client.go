package pjrt

/*
#cgo linux LDFLAGS: -ldl
#include <stdlib.h>
#include "shim.h"
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

// Client is an open plugin: its devices, and what is compiled for and kept on them. A process has one client a
// platform, which lives as long as the process.
type Client struct {
	api       C.gx_ref
	ptr       unsafe.Pointer
	platform  string
	cpu       bool
	devices   []*Device // of this process
	all       []*Device // of all processes
	nodes     *Nodes    // those; nil where the process is alone and sees all devices
	info      PluginInfo
	dead      deadList
	compiles  flights
	overrides [][2]string   // XLA options for every compilation
	fragile   [][2]string   // and for every one that does not fail with them
	defaults  func() []byte // the plugin's DebugOptions, see debugOptions
	envOnce   sync.Once
	env       string
	inline    int  // how many devices it has, where programs run on the thread that starts them
	alone     bool // and on no other thread
	inlined   inlined
	joint     second
	cores     cores
	gate      gate
}

// Device is one CPU or GPU.
type Device struct {
	client   *Client
	ptr      unsafe.Pointer
	id       int
	process  int
	hardware int
	kind     string
	name     string
	mem      deviceMemory
}

// Platform is "cpu" or "cuda".
func (c *Client) Platform() string { return c.platform }

// Devices are the devices this process can use, in the plugin's order. The slice is shared: do not change it.
func (c *Client) Devices() []*Device { return c.devices }

// Plugin describes the plugin behind c.
func (c *Client) Plugin() PluginInfo { return c.info }

// String is the platform's name and the number of devices.
func (c *Client) String() string { return fmt.Sprintf("%s (%d devices)", c.platform, len(c.devices)) }

// ID is the device's number in its platform.
func (d *Device) ID() int { return d.id }

// DeviceIDs is the device's number, as that of a placement of arrays on one device.
func (d *Device) DeviceIDs() []int {
	if d == nil {
		return nil
	}
	return []int{d.id}
}

// String is "cpu:0", "cuda:1".
func (d *Device) String() string { return d.name }

// Kind is the plugin's description of the device: "cpu", "NVIDIA H200".
func (d *Device) Kind() string { return d.kind }

// Client is the client the device belongs to.
func (d *Device) Client() *Client { return d.client }

// clients holds the opened clients and the failures, one entry a platform.
var clients = struct {
	sync.Mutex
	m map[string]*opened
}{m: map[string]*opened{}}

type opened struct {
	client *Client
	err    error
	sign   string // what the failure depended on; it is tried again when this changes
}

// Open returns the process's client for platform, "cpu" or "cuda", and makes it at the first call: it finds the plugin
// (installing the CPU's when there is none), loads it and creates the client. A failure is remembered until the
// environment changes or a plugin appears in the cache folder.
func Open(platform string) (*Client, error) {
	p, err := platformName(platform)
	if err != nil {
		return nil, err
	}
	clients.Lock()
	defer clients.Unlock()
	return openLocked(p)
}

func openLocked(platform string) (*Client, error) {
	o := clients.m[platform]
	if o != nil && o.client != nil {
		return o.client, nil
	}
	sign := searchSign(platform)
	if o != nil && o.sign == sign {
		return nil, o.err
	}
	c, err := openPlatform(platform, nil)
	if err != nil {
		sign = searchSign(platform) // an install that failed may have left something behind
	}
	clients.m[platform] = &opened{c, err, sign}
	return c, err
}

// first is the default client once there is one.
var first atomic.Pointer[Client]

// Default returns the client that GOJAX_PLATFORM names: a platform, or several separated by commas that are tried in
// order. Unset, it is cuda where a GPU and its plugin are found, and cpu otherwise. What succeeded first stays the
// default for the life of the process; a failure is looked into again when the environment has changed or a plugin
// has appeared.
func Default() (*Client, error) {
	if c := first.Load(); c != nil {
		return c, nil
	}
	clients.Lock()
	defer clients.Unlock()
	c, err := defaultLocked()
	if err != nil {
		return nil, err
	}
	first.CompareAndSwap(nil, c)
	return c, nil
}

func defaultLocked() (*Client, error) {
	env := envPlatform()
	if env == "" {
		return defaultPlatform()
	}
	var firstErr error
	for name := range strings.SplitSeq(env, ",") {
		p, err := platformName(name)
		if err != nil { // a typing error is not a platform that happens to be absent
			return nil, fmt.Errorf("%w (GOJAX_PLATFORM=%q)", err, env)
		}
		c, err := openLocked(p)
		if err == nil {
			return c, nil
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	return nil, firstErr
}

var cudaNotice sync.Once

func defaultPlatform() (*Client, error) {
	if path, ok := plainPluginEnv(); ok { // the one plugin named decides
		if isCUDAName(path) {
			return openLocked("cuda")
		}
		return openLocked("cpu")
	}
	if hasGPU() {
		if _, err := FindPlugin("cuda"); err == nil {
			c, err := openLocked("cuda")
			if err == nil {
				return c, nil
			}
			cudaNotice.Do(func() {
				fmt.Fprintf(os.Stderr,
					"gojax: a GPU is there but cannot be used, so the CPU is: %v (GOJAX_PLATFORM=cpu silences this)\n",
					err)
			})
		}
	}
	return openLocked("cpu")
}

func envPlatform() string { return strings.TrimSpace(os.Getenv("GOJAX_PLATFORM")) }

func platformName(s string) (string, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "cpu":
		return "cpu", nil
	case "cuda", "gpu":
		return "cuda", nil
	}
	return "", fail(ErrPlatformName, "%q is not a platform: want cpu or cuda", s)
}

// openPlatform finds and loads the plugin and makes the client, of one of several processes where nodes says so.
func openPlatform(platform string, nodes *Nodes) (*Client, error) {
	info, err := findOrInstall(platform)
	if err != nil {
		return nil, err
	}
	setProcessEnv()
	api, err := loadPlugin(&info, platform)
	if err != nil {
		return nil, err
	}
	c := &Client{api: api, platform: platform, cpu: platform == "cpu", info: info, nodes: nodes}
	c.compiles.m = map[string]*flight{}
	if platform == "cuda" && !strings.Contains(os.Getenv("XLA_FLAGS"), "xla_gpu_cuda_data_dir") {
		if dir := cudaDataDir(info.Path); dir != "" {
			c.overrides = append(c.overrides, [2]string{"xla_gpu_cuda_data_dir", dir})
		}
	}
	if c.cpu {
		// XLA's fast minimum and maximum drop a NaN in one of the operands; NumPy and JAX keep it.
		c.overrides = append(c.overrides, [2]string{"xla_cpu_enable_fast_min_max", "False"})
	}
	if err := c.create(); err != nil {
		return nil, err
	}
	if c.cpu && c.knows("xla_cpu_use_new_xtile_lowering") {
		// Loops of most arithmetic are made of tiles; the old lowering copies every tile of 16 numbers by itself.
		// Some chains of reshapes and transposes fail with the new one ("failed to legalize operation").
		c.fragile = append(c.fragile, [2]string{"xla_cpu_use_new_xtile_lowering", "True"})
	}
	c.defaults = sync.OnceValue(c.ownDebugOptions)
	return c, nil
}

// knows reports whether the plugin has an XLA option that is true or false. One that has not refuses to compile.
func (c *Client) knows(option string) bool {
	asks := &Client{api: c.api, ptr: c.ptr, platform: c.platform, cpu: c.cpu, devices: c.devices,
		overrides: [][2]string{{option, "?"}}}
	_, err := asks.Compile([]byte("func.func @main() { return }"), CompileOptions{})
	return err != nil && strings.Contains(err.Error(), option+", '?' is not a valid")
}

// create makes the PJRT client and lists its devices. A plugin refuses options it does not know, so a refusal is
// answered by trying again without them.
func (c *Client) create() error {
	poolSize.Lock()
	defer poolSize.Unlock()
	if c.alone {
		defer setenv("PJRT_NPROC", alone)()
	}
	var keep []unsafe.Pointer
	defer func() {
		for _, p := range keep {
			C.free(p)
		}
	}()
	cs := func(s string) *C.char {
		p := C.CString(s)
		keep = append(keep, unsafe.Pointer(p))
		return p
	}
	const maxOptions = 4
	opts := (*[maxOptions]C.NamedValue)(C.calloc(maxOptions, C.sizeof_NamedValue))
	keep = append(keep, unsafe.Pointer(opts))
	n := 0
	if c.cpu {
		devices := numCPUDevices()
		if c.inline > 0 {
			devices = c.inline
		}
		C.gx_option_int(&opts[n], cs("cpu_device_count"), C.int64_t(devices))
		n++
		if c.inline > 0 {
			C.gx_option_bool(&opts[n], cs("asynchronous"), 0)
			n++
		}
	} else {
		C.gx_option_bool(&opts[n], cs("preallocate"), 0)
		n++
	}
	visible := (*[maxVisible]C.int64_t)(C.calloc(maxVisible, C.sizeof_int64_t))
	keep = append(keep, unsafe.Pointer(visible))
	n += c.nodeOptions(opts[n:], cs, visible[:])
	err := take(c.api, "create the client", C.gx_client(c.api, &opts[0], C.size_t(n), c.store(), &c.ptr))
	if e, ok := err.(*Error); ok && e.Code == CodeInvalidArgument && c.nodes == nil {
		err = take(c.api, "create the client", C.gx_client(c.api, nil, 0, 0, &c.ptr))
	}
	if err != nil {
		return fmt.Errorf("%w\n(the plugin %s was asked for platform %s)", err, c.info.Path, c.platform)
	}
	if err := c.describe(); err != nil {
		C.gx_client_free(c.api, c.ptr)
		return err
	}
	return nil
}

func (c *Client) describe() error {
	var s C.gx_str
	if err := take(c.api, "platform name", C.gx_client_text(c.api, c.ptr, C.GX_PLATFORM_NAME, &s)); err != nil {
		return err
	}
	name := strings.ToLower(goText(s))
	if got, err := platformName(name); err != nil || got != c.platform {
		if name != "host" || !c.cpu {
			return fail(ErrWrongPlatform, "the plugin %s is for platform %q, and %s was asked for.\n%s", c.info.Path,
				name, c.platform, wayOut(c.platform))
		}
	}
	if err := take(c.api, "platform version", C.gx_client_text(c.api, c.ptr, C.GX_PLATFORM_VERSION, &s)); err != nil {
		return err
	}
	c.info.Version = goText(s)
	var list *unsafe.Pointer
	var n C.size_t
	if err := take(c.api, "devices", C.gx_devices(c.api, c.ptr, 0, &list, &n)); err != nil {
		return err
	}
	if n == 0 {
		return fmt.Errorf("pjrt: the plugin %s found no %s device", c.info.Path, c.platform)
	}
	for i, p := range unsafe.Slice(list, int(n)) {
		d, err := c.newDevice(p)
		if err != nil {
			return err
		}
		var hw C.int
		if err := take(c.api, "describe a device", C.gx_hardware(c.api, p, &hw)); err != nil {
			return err
		}
		d.hardware, d.name = int(hw), c.platform+":"+strconv.Itoa(i)
		d.mem.init()
		c.devices = append(c.devices, d)
	}
	c.all = c.devices
	if c.nodes != nil && c.nodes.Store != nil {
		c.all = nil
		return c.describeAll()
	}
	return nil
}

func (c *Client) newDevice(p unsafe.Pointer) (*Device, error) {
	var id, process C.int
	var s C.gx_str
	err := take(c.api, "describe a device", C.gx_device(c.api, p, &id, &process, &s))
	return &Device{client: c, ptr: p, id: int(id), process: int(process), kind: goText(s)}, err
}

// hasGPU reports whether the machine shows an NVIDIA GPU to this process, and the user does not hide it.
func hasGPU() bool {
	if runtime.GOOS != "linux" {
		return false
	}
	if v, ok := os.LookupEnv("CUDA_VISIBLE_DEVICES"); ok &&
		(strings.TrimSpace(v) == "" || strings.TrimSpace(v) == "-1") {
		return false // hidden on purpose
	}
	for _, p := range []string{"/dev/nvidiactl", "/dev/nvidia0", "/dev/dxg"} {
		if _, err := os.Stat(p); err == nil {
			return true
		}
	}
	return false
}

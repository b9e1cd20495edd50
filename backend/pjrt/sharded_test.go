package pjrt

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/clib"
)

// wide are clients of several CPU devices, beside the default one.
var wide = map[int]*Client{}

// wideClient is a client of n CPU devices.
func wideClient(t testing.TB, n int) *Client {
	t.Helper()
	c := client(t)
	if !c.cpu {
		t.Skip("for CPU devices")
	}
	if wide[n] == nil {
		t.Setenv("GOJAX_NUM_CPU_DEVICES", fmt.Sprint(n))
		w := &Client{api: c.api, platform: c.platform, cpu: true, info: c.info, overrides: c.overrides}
		w.compiles.m = map[string]*flight{}
		if err := w.create(); err != nil {
			t.Fatal(err)
		}
		wide[n] = w
	}
	return wide[n]
}

// mesh is a client of eight devices and those of the given numbers. At the end of the test no buffer may be left.
func mesh(t testing.TB, numbers ...int) (*Client, []*Device) {
	t.Helper()
	return meshOf(t, wideClient(t, 8), numbers...)
}

func meshOf(t testing.TB, c *Client, numbers ...int) (*Client, []*Device) {
	t.Helper()
	t.Cleanup(func() {
		c.dead.drain(c)
		takeDone()
		for _, d := range c.devices {
			if n := d.mem.live.Load(); n != 0 && !t.Failed() {
				t.Errorf("%d buffers of %v are left", n, d)
			}
		}
	})
	var devs []*Device
	for _, i := range numbers {
		devs = append(devs, c.devices[i])
	}
	return c, devs
}

func upTo(n int) (list []int) {
	for i := range n {
		list = append(list, i)
	}
	return list
}

// partitioned is a module for a mesh of n devices along the axis "i", which stands for I in the text.
func partitioned(n int, text string) string {
	return fmt.Sprintf("module @m%d attributes {mhlo.num_partitions = %d : i32, mhlo.num_replicas = 1 : i32} {\n"+
		"sdy.mesh @mesh = <[\"i\"=%d]>\n%s}", n, n, n, text)
}

// reduceProgram sums blocks of size float32 numbers over n devices.
func reduceProgram(n, size int) string {
	groups := strings.Trim(strings.ReplaceAll(fmt.Sprint(upTo(n)), " ", ","), "[]")
	return partitioned(n, strings.NewReplacer("GROUPS", groups, "N", fmt.Sprint(n), "LOCAL", fmt.Sprint(size), "ALL",
		fmt.Sprint(n*size)).Replace(`
func.func public @main(%x: tensor<ALLxf32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>}) ->
    (tensor<ALLxf32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>}) {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"i"}]>] out_shardings=[<@mesh, [{"i"}]>] manual_axes={"i"}
      (%arg: tensor<LOCALxf32>) {
    %s = "stablehlo.all_reduce"(%arg) ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %r = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %r : tensor<f32>
    }) {replica_groups = dense<[[GROUPS]]> : tensor<1xNxi64>, channel_handle = #stablehlo.channel_handle<handle = 1,
      type = 1>, use_global_device_ids} : (tensor<LOCALxf32>) -> tensor<LOCALxf32>
    sdy.return %s : tensor<LOCALxf32>
  } : (tensor<ALLxf32>) -> tensor<ALLxf32>
  return %y : tensor<ALLxf32>
}
`))
}

// doubleProgram adds the blocks to themselves, and may use their memory.
func doubleProgram(n, size int) string {
	return partitioned(n, strings.ReplaceAll(`
func.func public @main(%x: tensor<ALLxf32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>,
    tf.aliasing_output = 0 : i32}) -> (tensor<ALLxf32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>}) {
  %y = stablehlo.add %x, %x : tensor<ALLxf32>
  return %y : tensor<ALLxf32>
}
`, "ALL", fmt.Sprint(n*size)))
}

func compileFor(t testing.TB, c *Client, devs []*Device, text string) *Executable {
	t.Helper()
	x, err := c.Compile([]byte(text), CompileOptions{Devices: devs})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// blocksOn puts blocks of size numbers on the devices: k+1 everywhere on the k-th.
func blocksOn(t testing.TB, devs []*Device, size int) (blocks []*Buffer) {
	t.Helper()
	for k, d := range devs {
		data := make([]float32, size)
		for i := range data {
			data[i] = float32(k + 1)
		}
		b, err := d.client.FromHost(unsafe.Pointer(unsafe.SliceData(data)), ir.Float32, []int{size}, d)
		if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	return blocks
}

func deleteAll(lists ...[]*Buffer) {
	for _, l := range lists {
		for _, b := range l {
			b.Delete()
		}
	}
}

// firsts are the first elements of blocks.
func firsts(t testing.TB, blocks []*Buffer) string {
	t.Helper()
	var out []float32
	for _, b := range blocks {
		out = append(out, download[float32](t, b)[0])
	}
	return fmt.Sprint(out)
}

func TestExecuteSharded(t *testing.T) {
	for _, order := range [][]int{{0}, {5}, {0, 1}, {3, 1}, {2, 7, 0, 4}, upTo(8)} {
		c, devs := mesh(t, order...)
		n := len(devs)
		x := compileFor(t, c, devs, reduceProgram(n, 64))
		s, err := x.Serialize()
		if err != nil {
			t.Fatal(err)
		}
		loaded, err := c.Load(s, CompileOptions{Devices: devs})
		if err != nil {
			t.Fatal(err)
		}
		in := blocksOn(t, devs, 64)
		for _, x := range []*Executable{x, loaded} {
			out := [][]*Buffer{make([]*Buffer, n)}
			if err := x.ExecuteSharded([][]*Buffer{in}, out, nil); err != nil {
				t.Fatal(order, err)
			}
			sum := fmt.Sprint(n * (n + 1) / 2)
			if got := firsts(t, out[0]); got != "["+strings.TrimSpace(strings.Repeat(sum+" ", n))+"]" {
				t.Errorf("%v: %s", order, got)
			}
			for d, b := range out[0] {
				if b.Device() != devs[d] || fmt.Sprint(b.Dims()) != "[64]" {
					t.Errorf("%v: block %d has shape %v on %v", order, d, b.Dims(), b.Device())
				}
			}
			deleteAll(out[0])
		}
		deleteAll(in)
	}
}

func TestShardedErrors(t *testing.T) {
	c, devs := mesh(t, 0, 1)
	x := compileFor(t, c, devs, reduceProgram(2, 64))
	in := blocksOn(t, devs, 64)
	swapped := []*Buffer{in[1], in[0]}
	half := blocksOn(t, devs, 64)
	half[1].Delete()
	small := blocksOn(t, devs, 8)
	two := func() [][]*Buffer { return [][]*Buffer{make([]*Buffer, 2)} }
	for _, k := range []struct {
		name   string
		in     [][]*Buffer
		out    [][]*Buffer
		donate []bool
		kind   error
		text   string
	}{
		{"no argument", nil, two(), nil, nil, ""},
		{"too few blocks", [][]*Buffer{in[:1]}, two(), nil, nil, "argument 0 has 1 blocks for 2 devices"},
		{"no room", [][]*Buffer{in}, nil, nil, nil, "room for 0"},
		{"little room", [][]*Buffer{in}, [][]*Buffer{make([]*Buffer, 1)}, nil, nil, "room for 1 blocks"},
		{"nil", [][]*Buffer{{in[0], nil}}, two(), nil, nil, "argument 0 is nil (its block for cpu:1)"},
		{"marks", [][]*Buffer{in}, two(), []bool{true, true}, nil, "marks"},
		{"wrong device", [][]*Buffer{swapped}, two(), nil, ErrDevice, "argument 0 is on cpu:1 and"},
		{"deleted", [][]*Buffer{half}, two(), nil, ErrDeleted,
			"argument 0: pjrt: the array has been deleted (its block for cpu:1)"},
		{"wrong shape", [][]*Buffer{small}, two(), nil, nil, ""},
		{"donated twice", [][]*Buffer{in, in}, two(), []bool{true, false}, ErrDonated, "argument 1"},
	} {
		t.Run(k.name, func(t *testing.T) {
			wantErr(t, x.ExecuteSharded(k.in, k.out, k.donate), k.kind, k.text)
		})
	}
	wantErr(t, x.Execute(in[:1], make([]*Buffer, 1), nil), nil)
	one := compile(t, c, addProgram)
	wantErr(t, one.ExecuteSharded(nil, nil, nil), nil, "not compiled for")
	for _, k := range []struct {
		devs []*Device
		text string
	}{
		{[]*Device{}, "no device"}, {[]*Device{devs[0], devs[0]}, "two partitions"}, {[]*Device{nil}, "belong"},
		{client(t).Devices(), "belong"},
	} {
		_, err := c.Compile([]byte(addProgram), CompileOptions{Devices: k.devs})
		wantErr(t, err, ErrDevice, k.text)
	}
	// All of that has used nothing up, and no launch is lost.
	if n := len(c.gate.slots); n != maxLaunches {
		t.Errorf("%d slots are free", n)
	}
	out := two()
	if err := x.ExecuteSharded([][]*Buffer{in}, out, nil); err != nil {
		t.Fatal(err)
	}
	x.Delete()
	wantErr(t, x.ExecuteSharded([][]*Buffer{in}, two(), nil), ErrDeleted)
	deleteAll(in, half, small, out[0])
}

func TestShardedDonation(t *testing.T) {
	c, devs := mesh(t, 1, 0)
	x := compileFor(t, c, devs, doubleProgram(2, 1024))
	in, out := blocksOn(t, devs, 1024), [][]*Buffer{make([]*Buffer, 2)}
	if err := x.ExecuteSharded([][]*Buffer{in}, out, nil); err != nil {
		t.Fatal(err)
	}
	if got := firsts(t, in) + firsts(t, out[0]); got != "[1 2][2 4]" {
		t.Error(got)
	}
	deleteAll(out[0])
	var at [2]unsafe.Pointer
	for d, b := range in {
		at[d], _, _ = b.View()
	}
	if err := x.ExecuteSharded([][]*Buffer{in}, out, []bool{true}); err != nil {
		t.Fatal(err)
	}
	for d, b := range out[0] {
		if p, _, _ := b.View(); p != at[d] || !in[d].Donated() {
			t.Errorf("the memory of block %d was not used again", d)
		}
	}
	more := [][]*Buffer{make([]*Buffer, 2)}
	wantErr(t, x.ExecuteSharded([][]*Buffer{in}, more, nil), ErrDonated, "argument 0", "cpu:1")
	if got := firsts(t, out[0]); got != "[2 4]" {
		t.Error(got)
	}
	deleteAll(out[0])
}

// Launches that nobody waits for do not block each other, from any number of goroutines.
func TestGate(t *testing.T) {
	launches := 1000
	if testing.Short() {
		launches = 100
	}
	for _, n := range []int{2, 4, 8} {
		c, devs := mesh(t, upTo(n)...)
		x := compileFor(t, c, devs, reduceProgram(n, 64))
		in := blocksOn(t, devs, 64)
		var wg sync.WaitGroup
		for g := range 8 {
			wg.Go(func() {
				out := [][]*Buffer{make([]*Buffer, n)}
				for i := range launches / 8 {
					if err := x.ExecuteSharded([][]*Buffer{in}, out, nil); err != nil {
						t.Error(err)
						return
					}
					if i%100 == 50 && g == 0 {
						firsts(t, out[0])
					}
					deleteAll(out[0])
				}
			})
		}
		wg.Wait()
		if n := len(c.gate.slots); n != maxLaunches {
			t.Errorf("%d slots are free", n)
		}
		deleteAll(in)
	}
}

// A launch that fails later ends as well.
func TestFailedLaunches(t *testing.T) {
	c, devs := mesh(t, 0, 1)
	lib := clib.Library(t, handlerSource)
	if err := RegisterFFILibrary(lib, "negate", "gojax_test_negate2", c.platform); err != nil {
		t.Fatal(err)
	}
	x := compileFor(t, c, devs, partitioned(2, `
func.func public @main(%x: tensor<16xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>}) ->
    (tensor<16xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>}) {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"i"}]>] out_shardings=[<@mesh, [{"i"}]>] manual_axes={"i"}
      (%a: tensor<8xf32>) {
    %c = stablehlo.custom_call @gojax_test_negate2(%a) {api_version = 4 : i32} : (tensor<8xf32>) -> tensor<8xf32>
    sdy.return %c : tensor<8xf32>
  } : (tensor<16xf32>) -> tensor<16xf32>
  return %y : tensor<16xf32>
}
`))
	good := blocksOn(t, devs, 8)
	bad := blocksOn(t, devs, 8)
	bad[1].Delete()
	bad[1] = must(t)(c.FromHost(unsafe.Pointer(&[8]float32{-1}), ir.Float32, []int{8}, devs[1]))
	for range 3 * maxLaunches {
		out := [][]*Buffer{make([]*Buffer, 2)}
		err := x.ExecuteSharded([][]*Buffer{bad}, out, nil)
		if err == nil {
			err = out[0][1].Ready()
			deleteAll(out[0])
		}
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Text, "the first number is negative") {
			t.Fatal(err)
		}
		if err := x.ExecuteSharded([][]*Buffer{good}, out, nil); err != nil {
			t.Fatal(err)
		}
		if got := firsts(t, out[0]); got != "[-1 -2]" {
			t.Error(got)
		}
		deleteAll(out[0])
	}
	deleteAll(good, bad)
}

func must(t testing.TB) func(*Buffer, error) *Buffer {
	return func(b *Buffer, err error) *Buffer {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
}

func init() {
	// A launch of which one device comes late to the collective, and the environment that XLA and other processes see.
	children["late"] = func() error {
		c, err := Default()
		if err != nil {
			return err
		}
		stuckLimit = 200 * time.Millisecond
		devs := c.Devices()
		x, err := c.Compile([]byte(lateProgram), CompileOptions{Devices: devs})
		if err != nil {
			return err
		}
		in, out := make([]*Buffer, len(devs)), [][]*Buffer{make([]*Buffer, len(devs))}
		for k, d := range devs {
			if in[k], err = c.FromHost(unsafe.Pointer(&[1]int32{int32(k)}), ir.Int32, []int{1}, d); err != nil {
				return err
			}
		}
		if err := x.ExecuteSharded([][]*Buffer{in}, out, nil); err != nil {
			return err
		}
		cmd := exec.Command("sh", "-c", "echo child XLA_FLAGS=$XLA_FLAGS")
		cmd.Stdout = os.Stdout
		if err := cmd.Run(); err != nil {
			return err
		}
		return out[0][1].Ready()
	}
}

func init() {
	// A launch that fails on one device while the other waits for it: it is told of, and the process lives.
	children["half"] = func() error {
		c, err := Default()
		if err != nil {
			return err
		}
		stuckLimit = 200 * time.Millisecond
		err = RegisterFFILibrary(os.Getenv("GOJAX_TEST_LIBRARY"), "negate", "gojax_test_negate", c.platform)
		if err != nil {
			return err
		}
		devs := c.Devices()
		text := strings.NewReplacer(`%s = "stablehlo.all_reduce"(%arg)`, `
    %c = stablehlo.custom_call @gojax_test_negate(%arg) {api_version = 4 : i32} : (tensor<8xf32>) -> tensor<8xf32>
    %s = "stablehlo.all_reduce"(%c)`).Replace(reduceProgram(2, 8))
		x, err := c.Compile([]byte(text), CompileOptions{Devices: devs})
		if err != nil {
			return err
		}
		in, out := make([]*Buffer, 2), [][]*Buffer{make([]*Buffer, 2)}
		for k, d := range devs {
			if in[k], err = c.FromHost(unsafe.Pointer(&[8]float32{-float32(k)}), ir.Float32, []int{8}, d); err != nil {
				return err
			}
		}
		if err := x.ExecuteSharded([][]*Buffer{in}, out, nil); err != nil {
			return err
		}
		fmt.Println(out[0][1].Ready())
		time.Sleep(3 * stuckLimit)
		return nil
	}
}

// lateProgram has the second of two devices count before it sums.
var lateProgram = partitioned(2, `
func.func public @main(%x: tensor<2xi32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>}) ->
    (tensor<2xi32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>}) {
  %y = sdy.manual_computation(%x) in_shardings=[<@mesh, [{"i"}]>] out_shardings=[<@mesh, [{"i"}]>] manual_axes={"i"}
      (%arg: tensor<1xi32>) {
    %k = stablehlo.reshape %arg : (tensor<1xi32>) -> tensor<i32>
    %many = stablehlo.constant dense<1500000000> : tensor<i32>
    %one = stablehlo.constant dense<1> : tensor<i32>
    %zero = stablehlo.constant dense<0> : tensor<i32>
    %end = stablehlo.multiply %k, %many : tensor<i32>
    %l:2 = stablehlo.while(%i = %zero, %s = %k) : tensor<i32>, tensor<i32>
      cond {
        %c = stablehlo.compare LT, %i, %end : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %c : tensor<i1>
      } do {
        %n = stablehlo.add %i, %one : tensor<i32>
        %m = stablehlo.xor %s, %i : tensor<i32>
        stablehlo.return %n, %m : tensor<i32>, tensor<i32>
      }
    %b = stablehlo.reshape %l#1 : (tensor<i32>) -> tensor<1xi32>
    %sum = "stablehlo.all_reduce"(%b) ({
    ^bb0(%p: tensor<i32>, %q: tensor<i32>):
      %r = stablehlo.add %p, %q : tensor<i32>
      stablehlo.return %r : tensor<i32>
    }) {replica_groups = dense<[[0,1]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1,
      type = 1>, use_global_device_ids} : (tensor<1xi32>) -> tensor<1xi32>
    sdy.return %sum : tensor<1xi32>
  } : (tensor<2xi32>) -> tensor<2xi32>
  return %y : tensor<2xi32>
}
`)

// A device may come late to a collective; of a launch that takes long it is told, once.
func TestLateDevice(t *testing.T) {
	plugin := client(t).Plugin().Path
	vars := []string{"GOJAX_NUM_CPU_DEVICES=2", "GOJAX_PLATFORM=cpu", "GOJAX_PJRT_PLUGIN=" + plugin}
	out, ok := child(t, "late", append(vars, "XLA_FLAGS=")...)
	if !ok || strings.Count(out, "the program m2 has been running on 2 devices for 200ms") != 1 ||
		!strings.Contains(out, "child XLA_FLAGS=\n") {
		t.Errorf("%v: %s", ok, out)
	}
	vars = append(vars, "GOJAX_TEST_LIBRARY="+clib.Library(t, handlerSource))
	out, ok = child(t, "half", vars...)
	if !ok || strings.Count(out, "the program m2 has failed on one of 2 devices, and others wait for it in a "+
		"collective, for ever: pjrt: execute: ") != 1 || strings.Count(out, "the first number is negative") != 2 {
		t.Errorf("%v: %s", ok, out)
	}
}

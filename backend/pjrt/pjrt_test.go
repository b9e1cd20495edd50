package pjrt

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/leak"
)

// children are what a test runs in a process of its own, where the environment decides; each prints its result.
var children = map[string]func() error{}

func TestMain(m *testing.M) {
	if f := children[os.Getenv("GOJAX_TEST_CHILD")]; f != nil {
		if err := f(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	leak.Main(m, LiveBuffers)
}

// child runs one of children with an environment added, and returns what it printed; ok is its success.
func child(t *testing.T, name string, env ...string) (out string, ok bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), "GOJAX_TEST_CHILD="+name), env...)
	b, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("child %s: %v\n%s", name, err, b)
	}
	return string(b), err == nil
}

// client is the default client, and asserts at the end of the test that nothing is left alive.
func client(t testing.TB) *Client {
	t.Helper()
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if n := LiveBuffers(); n != 0 && !t.Failed() {
			t.Errorf("%d buffers of %d bytes are left", n, LiveBytes())
		}
	})
	return c
}

func upload[T any](t testing.TB, c *Client, dt ir.DType, data []T, dims ...int) *Buffer {
	t.Helper()
	b, err := c.FromHost(unsafe.Pointer(unsafe.SliceData(data)), dt, dims, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func download[T any](t testing.TB, b *Buffer) []T {
	t.Helper()
	var z T
	out := make([]T, b.Size()/int64(unsafe.Sizeof(z)))
	if err := b.ToHost(unsafe.Pointer(unsafe.SliceData(out)), int(b.Size())); err != nil {
		t.Fatal(err)
	}
	return out
}

func compile(t testing.TB, c *Client, text string) *Executable {
	t.Helper()
	x, err := c.Compile([]byte(text), CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func run1(t testing.TB, x *Executable, donate []bool, in ...*Buffer) *Buffer {
	t.Helper()
	out := make([]*Buffer, 1)
	if err := x.Execute(in, out, donate); err != nil {
		t.Fatal(err)
	}
	return out[0]
}

func wantErr(t *testing.T, err, kind error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %v", kind)
	}
	if kind != nil && !errors.Is(err, kind) {
		t.Errorf("got %v, want %v", err, kind)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("the error %q does not say %q", err, p)
		}
	}
}

// unary is a module that applies an operation to one array.
func unary(op, typ string) string {
	return fmt.Sprintf("module @m { func.func public @main(%%a: %s) -> (%s) {\n  %%c = stablehlo.%s %%a : %s\n  return %%c : %s } }", typ, typ, op, typ, typ)
}

const addProgram = `module @add { func.func public @main(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
  %c = stablehlo.add %a, %b : tensor<2x3xf32>
  return %c : tensor<2x3xf32> } }`

func TestExecute(t *testing.T) {
	c := client(t)
	x := compile(t, c, addProgram)
	a := upload(t, c, ir.Float32, []float32{1, 2, 3, 4, 5, 6}, 2, 3)
	b := run1(t, x, nil, a, a)
	if err := b.Ready(); err != nil || !b.IsReady() {
		t.Fatal(err)
	}
	if got := download[float32](t, b); fmt.Sprint(got) != "[2 4 6 8 10 12]" {
		t.Errorf("got %v", got)
	}
	if b.DType() != ir.Float32 || fmt.Sprint(b.Dims()) != "[2 3]" || b.Size() != 24 || b.Device() != c.Devices()[0] {
		t.Errorf("got %v%v of %d bytes on %v", b.DType(), b.Dims(), b.Size(), b.Device())
	}
	if n := LiveBuffers(); n != 2 {
		t.Errorf("%d buffers are alive, want 2", n)
	}
	if n := LiveBytes(); n != 48 {
		t.Errorf("%d bytes are alive, want 48", n)
	}
	v, n, err := b.View()
	if err != nil || n != 24 || unsafe.Slice((*float32)(v), 6)[5] != 12 {
		t.Errorf("view: %v %d %v", v, n, err)
	}
	b.Delete()
	a.Delete()
}

// Every element type goes there, through a program, and back with its bits.
func TestRoundTrip(t *testing.T) {
	c := client(t)
	for _, dt := range ir.AllDTypes() {
		for _, dims := range [][]int{{}, {3}, {2, 0, 4}, {2, 3, 4}} {
			n := dt.Size()
			for _, d := range dims {
				n *= d
			}
			data := make([]byte, n)
			for i := range data {
				data[i] = byte(i*37 + 1)
				if dt == ir.Bool {
					data[i] &= 1
				}
			}
			b := upload(t, c, dt, data, dims...)
			s := ""
			for _, d := range dims {
				s += fmt.Sprintf("%dx", d)
			}
			x := compile(t, c, unary("optimization_barrier", "tensor<"+s+dt.MLIR()+">"))
			r := run1(t, x, nil, b)
			if r.DType() != dt || fmt.Sprint(r.Dims()) != fmt.Sprint(dims) {
				t.Errorf("%v%v came back as %v%v", dt, dims, r.DType(), r.Dims())
			}
			if got := download[byte](t, r); string(got) != string(data) {
				t.Errorf("%v%v: got % x, want % x", dt, dims, got, data)
			}
			b.Delete()
			r.Delete()
		}
	}
}

// FromHost has copied when it returns.
func TestFromHostCopies(t *testing.T) {
	c := client(t)
	data := make([]float32, 1<<20)
	for i := range data {
		data[i] = float32(i)
	}
	b := upload(t, c, ir.Float32, data, len(data))
	clear(data)
	got := download[float32](t, b)
	for i, v := range got {
		if v != float32(i) {
			t.Fatalf("element %d is %v", i, v)
		}
	}
	b.Delete()
}

func TestFromHostErrors(t *testing.T) {
	c := client(t)
	var x [4]float32
	p := unsafe.Pointer(&x)
	for _, k := range []struct {
		name string
		data unsafe.Pointer
		dt   ir.DType
		dims []int
		kind error
		text string
	}{
		{"no type", p, ir.Invalid, []int{4}, nil, "element type"},
		{"a negative dimension", p, ir.Float32, []int{-1}, nil, "negative"},
		{"no data", nil, ir.Float32, []int{4}, nil, "no data"},
		{"more than 2^63 bytes", p, ir.Float32, []int{math.MaxInt32, math.MaxInt32, 16}, ErrMemory, "2^63"},
		{"more than the machine", p, ir.Float32, []int{1 << 44}, ErrMemory, "available"},
	} {
		t.Run(k.name, func(t *testing.T) {
			_, err := c.FromHost(k.data, k.dt, k.dims, nil)
			wantErr(t, err, k.kind, k.text)
		})
	}
	// An array without elements may have any extents.
	b, err := c.FromHost(nil, ir.Float32, []int{0, math.MaxInt32, math.MaxInt32}, nil)
	if err != nil || b.Size() != 0 {
		t.Fatal(err)
	}
	b.Delete()
	a := upload(t, c, ir.Float32, x[:], 4)
	wantErr(t, a.ToHost(p, 12), nil, "12 bytes")
	a.Delete()
}

func TestDelete(t *testing.T) {
	c := client(t)
	x := compile(t, c, addProgram)
	a := upload(t, c, ir.Float32, make([]float32, 6), 2, 3)
	a.Delete()
	a.Delete()
	if !a.Deleted() || a.Donated() {
		t.Error("not deleted")
	}
	wantErr(t, a.Ready(), ErrDeleted)
	wantErr(t, a.ToHost(unsafe.Pointer(new([6]float32)), 24), ErrDeleted)
	_, _, err := a.View()
	wantErr(t, err, ErrDeleted)
	_, err = a.CopyTo(c.Devices()[0])
	wantErr(t, err, ErrDeleted)
	if !a.IsReady() {
		t.Error("nothing to wait for")
	}
	wantErr(t, x.Execute([]*Buffer{a, a}, make([]*Buffer, 1), nil), ErrDeleted, "argument 0")
	x.Delete()
	wantErr(t, x.Execute([]*Buffer{a, a}, make([]*Buffer, 1), nil), ErrDeleted, "executable")
	_, err = x.Serialize()
	wantErr(t, err, ErrDeleted)
}

func TestExecuteErrors(t *testing.T) {
	c := client(t)
	x := compile(t, c, addProgram)
	a := upload(t, c, ir.Float32, make([]float32, 6), 2, 3)
	b := upload(t, c, ir.Float32, make([]float32, 60), 60)
	for _, k := range []struct {
		name   string
		in     []*Buffer
		out    int
		donate []bool
		text   string
	}{
		{"too few arguments", []*Buffer{a}, 1, nil, "expected 2"},
		{"too many arguments", []*Buffer{a, a, a}, 1, nil, "expected 2"},
		{"a wrong shape", []*Buffer{a, b}, 1, nil, ""},
		{"no room", []*Buffer{a, a}, 0, nil, "room for 0"},
		{"nil", []*Buffer{a, nil}, 1, nil, "argument 1 is nil"},
		{"too few marks", []*Buffer{a, a}, 1, []bool{true}, "marks"},
	} {
		t.Run(k.name, func(t *testing.T) {
			wantErr(t, x.Execute(k.in, make([]*Buffer, k.out), k.donate), nil, k.text)
		})
	}
	_, err := c.Compile([]byte("module { nonsense }"), CompileOptions{})
	var e *Error
	if !errors.As(err, &e) || e.Op != "compile" || e.Text == "" {
		t.Errorf("got %v", err)
	}
	_, err = c.Compile(nil, CompileOptions{})
	wantErr(t, err, nil, "empty")
	_, err = c.Load([]byte("nonsense"), CompileOptions{})
	wantErr(t, err, nil)
	_, err = c.Load(nil, CompileOptions{})
	wantErr(t, err, nil)
	for _, b := range []*Buffer{a, b} {
		if b.Deleted() {
			t.Error("an argument of a failed call is gone")
		}
		b.Delete()
	}
}

// A program with more arguments than the stack's lists have room for.
func TestManyArguments(t *testing.T) {
	c := client(t)
	n := inline*2 + 1
	x := compile(t, c, manyProgram(n))
	in, out := make([]*Buffer, n), make([]*Buffer, n)
	for i := range in {
		in[i] = upload(t, c, ir.Float32, []float32{float32(i), 0, 0, 0, 0, 0, 0, 0}, 8)
	}
	for _, run := range []func(in, out []*Buffer, donate []bool) error{x.Execute, x.ExecuteCallbacks} {
		if err := run(in, out, nil); err != nil {
			t.Fatal(err)
		}
		for i, o := range out {
			if got := download[float32](t, o); got[0] != -float32(i) {
				t.Errorf("result %d is %v", i, got)
			}
			o.Delete()
		}
	}
	for _, b := range in {
		b.Delete()
	}
}

const donateProgram = `module @inc { func.func public @main(%a: tensor<1024xf32> {tf.aliasing_output = 0 : i32}, %b: tensor<1024xf32>) -> (tensor<1024xf32>) {
  %c = stablehlo.add %a, %b : tensor<1024xf32>
  return %c : tensor<1024xf32> } }`

func TestDonation(t *testing.T) {
	c := client(t)
	x := compile(t, c, donateProgram)
	s, err := x.Serialize()
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := c.Load(s, CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	one := make([]float32, 1024)
	for i := range one {
		one[i] = 1
	}
	for _, x := range []*Executable{x, loaded} {
		a, b := upload(t, c, ir.Float32, one, 1024), upload(t, c, ir.Float32, one, 1024)
		// Without a mark nothing is used up, whatever the program allows.
		r := run1(t, x, nil, a, b)
		if got := download[float32](t, r); got[7] != 2 || download[float32](t, a)[7] != 1 {
			t.Errorf("got %v", got[7])
		}
		r.Delete()
		pa, _, _ := a.View()
		r = run1(t, x, []bool{true, false}, a, b)
		pr, _, _ := r.View()
		if got := download[float32](t, r); got[7] != 2 {
			t.Errorf("got %v", got[7])
		}
		if pa != pr {
			t.Error("the donated memory was not used for the result")
		}
		if !a.Donated() || !a.Deleted() || b.Deleted() {
			t.Error("the first argument should be donated and the second alive")
		}
		wantErr(t, a.Ready(), ErrDonated)
		wantErr(t, x.Execute([]*Buffer{a, b}, make([]*Buffer, 1), nil), ErrDonated, "argument 0")
		a.Delete()
		// The same array twice, once of them donated, in either order.
		wantErr(t, x.Execute([]*Buffer{r, r}, make([]*Buffer, 1), []bool{true, false}), ErrDonated)
		wantErr(t, x.Execute([]*Buffer{r, r}, make([]*Buffer, 1), []bool{false, true}), ErrDonated, "more than once")
		wantErr(t, x.Execute([]*Buffer{r, r}, make([]*Buffer, 1), []bool{true, true}), ErrDonated, "more than once")
		// A call that fails for another reason uses nothing up.
		wantErr(t, x.Execute([]*Buffer{r}, make([]*Buffer, 1), []bool{true}), nil)
		if got := download[float32](t, r); got[7] != 2 {
			t.Errorf("after failed calls: %v", got[7])
		}
		// A mark on an argument the program cannot use frees it all the same.
		q := run1(t, x, []bool{false, true}, r, b)
		if !b.Donated() || LiveBuffers() != 2 {
			t.Errorf("%d alive", LiveBuffers())
		}
		q.Delete()
		r.Delete()
	}
}

func TestZeroCopy(t *testing.T) {
	c := client(t)
	if !c.cpu {
		t.Skip("for the CPU")
	}
	x := compile(t, c, donateProgram)
	collected := make(chan bool, 1)
	var a, r *Buffer
	func() {
		mem := AlignedBytes(4096)
		if uintptr(unsafe.Pointer(&mem[0]))%64 != 0 || len(mem) != 4096 || cap(mem) != 4096 {
			t.Fatal("not aligned")
		}
		type owner struct{ mem []byte }
		keep := &owner{mem}
		runtime.AddCleanup(keep, func(int) { collected <- true }, 0)
		fs := unsafe.Slice((*float32)(unsafe.Pointer(&mem[0])), 1024)
		fs[3] = 5
		var err error
		a, err = c.FromHostNoCopy(unsafe.Pointer(&mem[0]), ir.Float32, []int{1024}, nil, keep)
		if err != nil {
			t.Fatal(err)
		}
		v, _, err := a.View()
		if err != nil || v != unsafe.Pointer(&mem[0]) || !a.Aliases() {
			t.Fatalf("not in place: %v", err)
		}
		if LiveBytes() != 0 {
			t.Error("the caller's memory is counted as the device's")
		}
	}()
	runtime.GC()
	runtime.GC()
	select {
	case <-collected:
		t.Fatal("the memory was let go while the array is alive")
	case <-time.After(10 * time.Millisecond):
	}
	// Donated, its memory is let go, but never written to.
	one := upload(t, c, ir.Float32, make([]float32, 1024), 1024)
	r = run1(t, x, []bool{true, false}, a, one)
	if got := download[float32](t, r); got[3] != 5 {
		t.Errorf("got %v", got[3])
	}
	for i := 0; heldHost() > 0 && i < 1000; i++ {
		time.Sleep(time.Millisecond)
	}
	runtime.GC()
	select {
	case <-collected:
	case <-time.After(5 * time.Second):
		t.Error("the memory is still held")
	}
	// Memory at an odd address is copied.
	mem := AlignedBytes(4096 + 4)
	b, err := c.FromHostNoCopy(unsafe.Pointer(&mem[4]), ir.Float32, []int{1024}, nil, mem)
	if err != nil || b.Aliases() || heldHost() != 0 {
		t.Errorf("%v %v %d", err, b.Aliases(), heldHost())
	}
	for _, x := range []*Buffer{b, r, one} {
		x.Delete()
	}
}

func TestInspection(t *testing.T) {
	c := client(t)
	x := compile(t, c, `module @m { func.func public @main(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>) -> (tensor<4x2xf32>, tensor<i32>) {
  %c = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<4x8xf32>, tensor<8x2xf32>) -> tensor<4x2xf32>
  %d = stablehlo.exponential %c : tensor<4x2xf32>
  %e = stablehlo.constant dense<7> : tensor<i32>
  return %d, %e : tensor<4x2xf32>, tensor<i32> } }`)
	if x.NumOutputs() != 2 {
		t.Errorf("%d results", x.NumOutputs())
	}
	text, err := x.Text()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"HloModule", "ENTRY", "f32[4,2]{1,0}", "exponential(", "dot(", "s32[]"} {
		if !strings.Contains(text, want) {
			t.Errorf("the compiled text does not have %q:\n%s", want, text)
		}
	}
	m, err := x.Memory()
	if err != nil || m.Argument != 4*(4*8+8*2) || m.Output < 36 {
		t.Errorf("memory %+v %v", m, err)
	}
	if m, err := compile(t, c, donateProgram).Memory(); err != nil || m.Alias != 4096 {
		t.Errorf("memory of the donating program %+v %v", m, err)
	}
	var e *Error
	if cost, err := x.CostAnalysis(); errors.As(err, &e) && e.Code == CodeUnimplemented {
		t.Logf("the plugin has no cost analysis: %v", err)
	} else if err != nil || cost["flops"] <= 0 {
		t.Errorf("cost %v %v", cost, err)
	}
	st, err := c.Devices()[0].MemoryStats()
	if err != nil || st.BytesLimit <= 0 || st.BytesInUse < 0 || st.PeakBytes < st.BytesInUse {
		t.Errorf("stats %+v %v", st, err)
	}
	p := c.Plugin()
	if p.Path == "" || p.Found == "" || p.Minor < minMinor || c.Devices()[0].Kind() == "" || c.Devices()[0].ID() != 0 {
		t.Errorf("%v", p)
	}
	if h, err := p.Hash(); err != nil || len(h) != 64 {
		t.Errorf("hash %q %v", h, err)
	}
}

// A damaged or cut protocol buffer is an error, and never a panic.
func TestPrintDamaged(t *testing.T) {
	c := client(t)
	code, _, err := compile(t, c, addProgram).optimized()
	if err != nil {
		t.Fatal(err)
	}
	for n := range code {
		m, err := message(code[:n]).one(1)
		if err == nil {
			_, _ = printModule(m)
		}
	}
	if _, err := printModule(message{0x1a, 0x7f, 1}); err == nil {
		t.Error("no error")
	}
}

// XLA options reach the compiler: an unknown one is refused, a known one is not.
func TestOverrides(t *testing.T) {
	c := client(t)
	with := func(kv [2]string) error {
		k := &Client{api: c.api, ptr: c.ptr, platform: c.platform, cpu: c.cpu, devices: c.devices, overrides: [][2]string{kv}}
		_, err := k.Compile([]byte(addProgram), CompileOptions{})
		return err
	}
	if err := with([2]string{"xla_gpu_cuda_data_dir", "/nowhere"}); err != nil {
		t.Error(err)
	}
	wantErr(t, with([2]string{"xla_no_such_option", "x"}), nil)
}

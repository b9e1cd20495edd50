package kernels

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/internal/hostfunc"
	"github.com/gojax/gojax/ir"
)

// A program in text calls Go functions, on an inline client, with arrays of every kind, rows and a token.
func TestGoCall(t *testing.T) {
	c, err := pjrt.Open("cpu")
	if err != nil {
		t.Fatal(err)
	}
	if err := RegisterGoCall("cuda"); err == nil {
		t.Error("Go functions on cuda")
	}
	for range 2 {
		if err := RegisterGoCall("cpu"); err != nil {
			t.Fatal(err)
		}
	}
	fs := map[int64]hostfunc.Func{
		1: func(in, out []ir.HostArray) error { // row sums of float32[2], and bytes as they are
			if !in[0].SameType(ir.Aval{Shape: []int{2}, DType: ir.Float32}) || !in[1].SameType(ir.Scalar(ir.Uint8)) ||
				len(out) != 1 {
				return errors.New("other arrays than were passed")
			}
			x := unsafe.Slice((*float32)(unsafe.Pointer(&in[0].Data[0])), 2)
			*(*float32)(unsafe.Pointer(&out[0].Data[0])) = x[0] + x[1] + float32(in[1].Data[0])
			return nil
		},
		2: func(_, _ []ir.HostArray) error { return errors.New("no \x00 today") },
		3: func(_, _ []ir.HostArray) error { panic("bang") },
		4: func(_, _ []ir.HostArray) error { runtime.Goexit(); return nil },
	}
	ids := map[int64]int64{5: -1} // of none
	for i, f := range fs {
		ids[i] = hostfunc.Register(hostfunc.Entry{Func: f})
		defer hostfunc.Drop(ids[i])
	}
	n, err := c.Inline()
	if err != nil {
		t.Fatal(err)
	}
	x, err := n.Compile(
		[]byte(`module @m { func.func public @main(%f: tensor<i64>, %a: tensor<3x2xf32>, %b: tensor<ui8>, %t: tensor<i32>) -> (tensor<3xf32>, tensor<i32>) {
  %y, %u = stablehlo.custom_call @gojax_call_go(%f, %a, %b, %t) {api_version = 4 : i32, has_side_effect = true, backend_config = {rows = "3:10", token = "last"}} : (tensor<i64>, tensor<3x2xf32>, tensor<ui8>, tensor<i32>) -> (tensor<3xf32>, tensor<i32>)
  return %y, %u : tensor<3xf32>, tensor<i32> } }`), pjrt.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	run := func(f int64) ([3]float32, int32, error) {
		id := ids[f]
		a, b, token := [6]float32{1, 2, 3, 4, 5, 6}, uint8(10), int32(7)
		d := c.Devices()[0]
		in := make([]*pjrt.Buffer, 4)
		for i, p := range []struct {
			p    unsafe.Pointer
			d    ir.DType
			dims []int
		}{{unsafe.Pointer(&id), ir.Int64, nil}, {unsafe.Pointer(&a), ir.Float32, []int{3, 2}},
			{unsafe.Pointer(&b), ir.Uint8, nil}, {unsafe.Pointer(&token), ir.Int32, nil}} {
			if in[i], err = c.FromHost(p.p, p.d, p.dims, d); err != nil {
				t.Fatal(err)
			}
			defer in[i].Delete()
		}
		out := make([]*pjrt.Buffer, 2)
		var y [3]float32
		var u int32
		if err := x.ExecuteInline(d, in, out, false); err != nil {
			return y, u, err
		}
		if err := errors.Join(out[0].ToHost(unsafe.Pointer(&y), 12), out[1].ToHost(unsafe.Pointer(&u), 4)); err != nil {
			t.Fatal(err)
		}
		return y, u, nil
	}
	if y, u, err := run(1); err != nil || y != [3]float32{13, 17, 21} || u != 7 {
		t.Errorf("got %v, %v, %v", y, u, err)
	}
	for id, want := range map[int64]string{2: "no  today", 3: "panicked: bang at call_test.go", 4: "Goexit",
		5: "no function has the number -1"} {
		if _, _, err := run(id); err == nil ||
			!strings.Contains(strings.ReplaceAll(err.Error(), "no today", "no  today"), want) {
			t.Errorf("%d: %v, want %s", id, err, want)
		}
	}
	if y, _, err := run(1); err != nil || y[0] != 13 {
		t.Errorf("broken afterwards: %v, %v", y, err)
	}
}

// callThenSum calls a Go function with the block of each of two devices, and sums what it gives.
const callThenSum = `module @m attributes {mhlo.num_partitions = 2 : i32, mhlo.num_replicas = 1 : i32} {
sdy.mesh @mesh = <["i"=2]>
func.func public @main(%f: tensor<i64> {sdy.sharding = #sdy.sharding<@mesh, []>},
    %x: tensor<16xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>}) ->
    (tensor<16xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"i"}]>}) {
  %y = sdy.manual_computation(%f, %x) in_shardings=[<@mesh, []>, <@mesh, [{"i"}]>]
      out_shardings=[<@mesh, [{"i"}]>] manual_axes={"i"} (%g: tensor<i64>, %a: tensor<8xf32>) {
    %c = stablehlo.custom_call @gojax_call_go(%g, %a) {api_version = 4 : i32, has_side_effect = true,
      backend_config = {}} : (tensor<i64>, tensor<8xf32>) -> tensor<8xf32>
    %s = "stablehlo.all_reduce"(%c) ({
    ^bb0(%p: tensor<f32>, %q: tensor<f32>):
      %r = stablehlo.add %p, %q : tensor<f32>
      stablehlo.return %r : tensor<f32>
    }) {replica_groups = dense<[[0,1]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1,
      type = 1>, use_global_device_ids} : (tensor<8xf32>) -> tensor<8xf32>
    sdy.return %s : tensor<8xf32>
  } : (tensor<i64>, tensor<16xf32>) -> tensor<16xf32>
  return %y : tensor<16xf32>
} }`

// Programs of several devices call Go functions too, which may run programs of one device, also where many are under
// way and have collectives.
func TestGoCallSharded(t *testing.T) {
	c, err := pjrt.Open("cpu")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Devices()) < 2 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestGoCallSharded$")
		cmd.Env = append(os.Environ(), "GOJAX_NUM_CPU_DEVICES=2", "GOJAX_PJRT_PLUGIN="+c.Plugin().Path)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	if err := RegisterGoCall("cpu"); err != nil {
		t.Fatal(err)
	}
	devs := c.Devices()[:2]
	neg, err := c.Compile([]byte(`module @n { func.func public @main(%a: tensor<8xf32>) -> (tensor<8xf32>) {
  %c = stablehlo.negate %a : tensor<8xf32>
  return %c : tensor<8xf32> } }`), pjrt.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	x, err := c.Compile([]byte(callThenSum), pjrt.CompileOptions{Devices: devs})
	if err != nil {
		t.Fatal(err)
	}
	put := func(p unsafe.Pointer, dt ir.DType, dims []int, d *pjrt.Device) *pjrt.Buffer {
		b, err := c.FromHost(p, dt, dims, d)
		if err != nil {
			t.Error(err)
		}
		return b
	}
	id := hostfunc.Register(hostfunc.Entry{Func: func(in, out []ir.HostArray) error {
		if in[0].Data[3]&0x80 != 0 { // negative
			return fmt.Errorf("not %v", in[0].DType)
		}
		b := put(unsafe.Pointer(&in[0].Data[0]), ir.Float32, []int{8}, devs[1])
		defer b.Delete()
		y := make([]*pjrt.Buffer, 1)
		if err := neg.Execute([]*pjrt.Buffer{b}, y, nil); err != nil {
			return err
		}
		defer y[0].Delete()
		return y[0].ToHost(unsafe.Pointer(&out[0].Data[0]), 32)
	}})
	defer hostfunc.Drop(id)
	args := func(first float32) [][]*pjrt.Buffer {
		in := [][]*pjrt.Buffer{make([]*pjrt.Buffer, 2), make([]*pjrt.Buffer, 2)}
		for k, d := range devs {
			in[0][k] = put(unsafe.Pointer(&id), ir.Int64, nil, d)
			in[1][k] = put(unsafe.Pointer(&[8]float32{first + float32(k)}), ir.Float32, []int{8}, d)
		}
		return in
	}
	clean := func(lists ...[]*pjrt.Buffer) {
		for _, l := range lists {
			for _, b := range l {
				b.Delete()
			}
		}
	}
	in, bad := args(1), args(-5)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 20 {
				out := [][]*pjrt.Buffer{make([]*pjrt.Buffer, 2)}
				if err := x.ExecuteSharded(in, out, nil); err != nil {
					t.Error(err)
					return
				}
				if i == 10+g {
					var y [8]float32
					if err := out[0][g%2].ToHost(unsafe.Pointer(&y), 32); err != nil || y[0] != -3 {
						t.Error(y, err)
					}
				}
				clean(out[0])
			}
		})
	}
	wg.Wait()
	out := [][]*pjrt.Buffer{make([]*pjrt.Buffer, 2)}
	err = x.ExecuteSharded(bad, out, nil)
	if err == nil {
		err = out[0][0].Ready()
		clean(out[0])
	}
	if err == nil || !strings.Contains(err.Error(), "not float32") {
		t.Error(err)
	}
	clean(in[0], in[1], bad[0], bad[1])
}

package kernels

import (
	"errors"
	"runtime"
	"strings"
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

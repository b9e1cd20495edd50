package pjrt

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

// scaled is a module that multiplies each of n columns of two numbers by one number.
func scaled(n int) string {
	return strings.ReplaceAll(`module @m { func.func public @main(%a: tensor<2xNxf32>, %k: tensor<f32>) -> (tensor<2xNxf32>,
      tensor<f32>) {
  %b = stablehlo.broadcast_in_dim %k, dims = [] : (tensor<f32>) -> tensor<2xNxf32>
  %c = stablehlo.multiply %a, %b : tensor<2xNxf32>
  return %c, %k : tensor<2xNxf32>, tensor<f32> } }`, "N", fmt.Sprint(n))
}

func TestExecuteParts(t *testing.T) {
	c := client(t)
	cores, err := c.Cores()
	if err != nil {
		t.Fatal(err)
	}
	two, one := compile(t, cores, scaled(2)), compile(t, cores, scaled(1))
	parts := []Part{{X: two, From: 0, To: 2}, {X: two, From: 2, To: 4, Kernels: true}, {X: one, From: 4, To: 5}}
	axes := Axes{In: []int{1, -1}, Out: []int{1, -1}}
	a := upload(t, c, ir.Float32, []float32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 2, 5)
	k := upload(t, c, ir.Float32, []float32{10})
	d, out := c.Devices()[0], make([]*Buffer, 2)
	if err := c.ExecuteParts(d, parts, axes, []*Buffer{a, k}, out); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(download[float32](t, out[0]), out[0].Dims(), download[float32](t, out[1])); got !=
		"[0 10 20 30 40 50 60 70 80 90] [2 5] [10]" {
		t.Error(got)
	}
	for _, b := range out {
		if b.Device() != d {
			t.Errorf("a result is on %v", b.Device())
		}
		b.Delete()
	}
	// The error is that of the first part which fails, and the others' results are gone.
	wrong := upload(t, c, ir.Float32, []float32{1, 2, 3, 4, 5, 6, 7, 8}, 2, 4)
	wantErr(t, c.ExecuteParts(d, parts[1:], Axes{In: []int{-1, -1}, Out: axes.Out}, []*Buffer{wrong, k}, out), nil)
	far := upload(t, cores, ir.Float32, []float32{10})
	wantErr(t, c.ExecuteParts(d, parts, axes, []*Buffer{a, far}, out), ErrDevice, "argument 1")
	k.Delete()
	wantErr(t, c.ExecuteParts(d, parts, axes, []*Buffer{a, k}, out), ErrDeleted, "argument 1")
	for _, b := range []*Buffer{a, wrong, far} {
		b.Delete()
	}
	if n := LiveBuffers(); n != 0 {
		t.Errorf("%d buffers are alive", n)
	}
	if n := len(c.cores.free); n != Threads() {
		t.Errorf("%d of %d cores are free", n, Threads())
	}
}

// Parts are cut out along any axis and joined again.
func TestStrips(t *testing.T) {
	for _, dims := range [][]int{{6}, {3, 4}, {2, 3, 4}, {0, 3}, {3, 0}, {200, 3, 100}} {
		typ, err := newType(ir.Int16, dims)
		if err != nil {
			t.Fatal(err)
		}
		data := make([]byte, typ.bytes)
		for i := range data {
			data[i] = byte(i * 7 >> 3)
		}
		for axis, n := range dims {
			s, whole := stripsOf(typ, axis), make([]byte, len(data))
			for from := 0; from < n; from += 2 {
				to := min(from+2, n)
				part := s.cut(data, from, to)
				if len(part)*n != len(data)*(to-from) {
					t.Errorf("%v along %d: %d bytes of %d", dims, axis, len(part), len(data))
				}
				if len(part) > 0 && axis == 0 && unsafe.SliceData(part) != &data[from*s.bytes] {
					t.Errorf("%v: rows are copied", dims)
				}
				s.join(whole, part, from, to)
			}
			if !slices.Equal(whole, data) {
				t.Errorf("%v along %d: %v, want %v", dims, axis, whole, data)
			}
		}
	}
}

// Programs of the client for parts use no other thread, and the process's environment is as it was.
func TestCoresAreAlone(t *testing.T) {
	c := client(t)
	cores, err := c.Cores()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(cores.environment(), "\nPJRT_NPROC="+alone+"\n") {
		t.Error("the key of compiled programs does not have the size of the thread pool")
	}
	again, err := c.Cores()
	if again != cores || err != nil {
		t.Error("another client", err)
	}
	if len(cores.Devices()) != (Threads()+perDevice-1)/perDevice {
		t.Errorf("%d devices for %d threads", len(cores.Devices()), Threads())
	}
}

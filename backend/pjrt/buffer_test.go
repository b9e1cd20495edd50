package pjrt

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

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
		{"more than 2^63 bytes", p, ir.Float32, []int{math.MaxInt32, math.MaxInt32, 16}, ErrMemory, "2^62"},
		{"more than the machine", p, ir.Float32, []int{1 << 44}, ErrMemory, "available"},
	} {
		t.Run(k.name, func(t *testing.T) {
			_, err := c.FromHost(k.data, k.dt, k.dims, nil)
			wantErr(t, err, k.kind, k.text)
		})
	}
	// An array without elements may have extents whose product can be counted.
	b, err := c.FromHost(nil, ir.Float32, []int{0, math.MaxInt32, 1 << 28}, nil)
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

// Buffers are deleted while other goroutines run with them: errors, and never a crash.
func TestConcurrentDelete(t *testing.T) {
	c := client(t)
	x := compile(t, c, unary("negate", "tensor<1024xf32>"))
	for range 50 {
		a := upload(t, c, ir.Float32, make([]float32, 1024), 1024)
		var wg sync.WaitGroup
		for g := range 8 {
			wg.Go(func() {
				for range 20 {
					out := make([]*Buffer, 1)
					if err := x.Execute([]*Buffer{a}, out, nil); err != nil {
						if !errors.Is(err, ErrDeleted) {
							t.Error(err)
						}
						return
					}
					out[0].Delete()
					if g == 0 {
						a.Delete()
					}
				}
			})
		}
		wg.Wait()
		a.Delete()
	}
}

// What the plugin copies comes row by row, whatever the number of axes: this is the way out of a GPU, and works on the
// CPU too.
func TestCopyOut(t *testing.T) {
	c := client(t)
	data := []float32{1, 2, 3, 4, 5, 6}
	for _, dims := range [][]int{{6}, {2, 3}, append(slices.Repeat([]int{1}, 18), 3, 2)} {
		b := upload(t, c, ir.Float32, data, dims...)
		got := make([]float32, len(data))
		if err := b.copyOut(unsafe.Pointer(&got[0]), 4*len(data)); err != nil || !slices.Equal(got, data) {
			t.Errorf("%v: %v, %v", dims, got, err)
		}
		b.Delete()
	}
}

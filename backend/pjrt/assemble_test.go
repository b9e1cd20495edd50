package pjrt

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

// whole is the index of all of an array.
func whole(dims []int) (index [][2]int) {
	for _, n := range dims {
		index = append(index, [2]int{0, n})
	}
	return index
}

// cutOut is what a part of data, an array of dims, is, element by element.
func cutOut(data []byte, dims []int, index [][2]int, size int) (out []byte) {
	at := make([]int, len(dims))
	for i := range len(data) / size {
		for k, n := len(dims)-1, i; k >= 0; k-- {
			at[k], n = n%dims[k], n/dims[k]
		}
		in := true
		for k, r := range index {
			in = in && at[k] >= r[0] && at[k] < r[1]
		}
		if in {
			out = append(out, data[i*size:][:size]...)
		}
	}
	return out
}

// grid are the blocks of data on the devices in turn, in so many pieces along each axis.
func grid(t testing.TB, devs []*Device, data []byte, dt ir.DType, dims, pieces []int) (blocks []Block) {
	t.Helper()
	index := [][][2]int{nil}
	for k, n := range pieces {
		var next [][][2]int
		for _, in := range index {
			for i := range n {
				next = append(next, append(slices.Clone(in), [2]int{dims[k] * i / n, dims[k] * (i + 1) / n}))
			}
		}
		index = next
	}
	for i, in := range index {
		d := devs[i%len(devs)]
		part := cutOut(data, dims, in, dt.Size())
		b := must(t)(d.client.FromHost(unsafe.Pointer(unsafe.SliceData(part)), dt, extents(in), d))
		blocks = append(blocks, Block{in, b})
	}
	return blocks
}

func deleteBlocks(blocks []Block) {
	for _, b := range blocks {
		b.Buffer.Delete()
	}
}

func TestAssemble(t *testing.T) {
	c, devs := mesh(t, 0, 1, 2, 3)
	r := rand.New(rand.NewPCG(1, 2))
	for _, k := range []struct{ dims, pieces []int }{
		{nil, nil}, {[]int{1}, []int{1}}, {[]int{12}, []int{4}}, {[]int{7}, []int{3}}, {[]int{0}, []int{1}},
		{[]int{4, 6}, []int{2, 2}}, {[]int{4, 6}, []int{1, 3}}, {[]int{4, 0}, []int{2, 1}},
		{[]int{1, 8, 1}, []int{1, 2, 1}},
		{[]int{4, 3, 6}, []int{2, 3, 2}}, {[]int{2, 2, 2, 2}, []int{2, 1, 2, 1}}, {[]int{64, 300}, []int{2, 1}},
		{[]int{3, 4096}, []int{3, 2}}, {slices.Repeat([]int{2}, 10), slices.Repeat([]int{2, 1}, 5)},
	} {
		for _, dt := range []ir.DType{ir.Float32, ir.Bool, ir.BFloat16, ir.Complex128} {
			n := dt.Size()
			for _, d := range k.dims {
				n *= d
			}
			data := make([]byte, n)
			for i := range data {
				if data[i] = byte(r.Uint32()); dt == ir.Bool {
					data[i] &= 1
				}
			}
			blocks := grid(t, devs, data, dt, k.dims, k.pieces)
			copies := grid(t, devs[1:2], data, dt, k.dims, k.pieces)
			for i := range 6 {
				index := whole(k.dims)
				for k := range index {
					if n := index[k][1]; i > 0 && n > 0 {
						index[k][0] = r.IntN(n)
						index[k][1] = index[k][0] + r.IntN(n-index[k][0]+1)
					}
				}
				want := cutOut(data, k.dims, index, dt.Size())
				got := make([]byte, len(want))
				if err := ReadBlocks(got, index, append(copies, blocks...)); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%v%v in %v, %v: %v", dt, k.dims, k.pieces, index, err)
				}
				b, err := c.Assemble(devs[i%4], index, append(copies, blocks...))
				if err != nil {
					t.Fatal(err)
				}
				if got := download[byte](t, b); !bytes.Equal(got, want) || b.Device() != devs[i%4] ||
					b.DType() != dt || !slices.Equal(b.Dims(), extents(index)) {
					t.Errorf("%v%v in %v, %v: %v%v on %v", dt, k.dims, k.pieces, index, b.DType(), b.Dims(), b.Device())
				}
				b.Delete()
			}
			deleteBlocks(blocks)
			deleteBlocks(copies)
		}
	}
}

// What is large, in one piece and aligned is not copied, and stays when the block goes, however that goes.
func TestViews(t *testing.T) {
	c, devs := mesh(t, 0, 1)
	const n = 8 << 10
	data := make([]float32, n)
	for i := range data {
		data[i] = float32(i)
	}
	src := func() *Buffer {
		return must(t)(c.FromHost(unsafe.Pointer(&data[0]), ir.Float32, []int{8, n / 8}, devs[0]))
	}
	for _, k := range []struct {
		name  string
		index [][2]int
		view  bool
	}{
		{"all", whole([]int{8, n / 8}), true}, {"rows", [][2]int{{2, 8}, {0, n / 8}}, true},
		{"columns", [][2]int{{0, 8}, {0, n/8 - 16}}, false}, {"few", [][2]int{{1, 3}, {0, n / 8}}, false},
	} {
		for _, d := range devs {
			a := src()
			v := must(t)(c.Assemble(d, k.index, []Block{{whole(a.Dims()), a}}))
			if v.Aliases() != k.view || v == a {
				t.Errorf("%s on %v: a view: %v", k.name, d, v.Aliases())
			}
			pa, _, _ := a.View()
			pv, _, _ := v.View()
			if want := uintptr(pa) + uintptr(k.index[0][0]*n/8*4); k.view && uintptr(pv) != want {
				t.Errorf("%s on %v: at %#x, want %#x", k.name, d, pv, want)
			}
			a.Delete()
			more := must(t)(c.Assemble(d, whole(v.Dims()), []Block{{whole(v.Dims()), v}})) // of a view
			v.Delete()
			if got := download[float32](t, more); got[0] != float32(k.index[0][0]*n/8) {
				t.Errorf("%s on %v: begins with %v", k.name, d, got[0])
			}
			more.Delete()
		}
	}
	// A small row at an odd place is copied, a large one too.
	odd := must(t)(c.FromHost(unsafe.Pointer(&data[0]), ir.Float32, []int{n}, devs[0]))
	v := must(t)(c.Assemble(devs[1], [][2]int{{1, n}}, []Block{{whole([]int{n}), odd}}))
	if got := download[float32](t, v); v.Aliases() || got[0] != 1 {
		t.Errorf("begins with %v, a view: %v", got[0], v.Aliases())
	}
	deleteAll([]*Buffer{odd, v})
	// Donated memory is not written to while there are views.
	x := compileFor(t, c, devs[:1], doubleProgram(1, n))
	a := must(t)(c.FromHost(unsafe.Pointer(&data[0]), ir.Float32, []int{n}, devs[0]))
	v = must(t)(c.Assemble(devs[1], whole(a.Dims()), []Block{{whole(a.Dims()), a}}))
	out := [][]*Buffer{{nil}}
	if err := x.ExecuteSharded([][]*Buffer{{a}}, out, []bool{true}); err != nil {
		t.Fatal(err)
	}
	if got, y := download[float32](t, v), download[float32](t, out[0][0]); got[3] != 3 || y[3] != 6 || !a.Donated() {
		t.Errorf("the view has %v and the result %v", got[3], y[3])
	}
	v.Delete()
	// And used again when they are gone.
	a = out[0][0]
	must(t)(c.Assemble(devs[1], whole(a.Dims()), []Block{{whole(a.Dims()), a}})).Delete()
	takeDone()
	at, _, _ := a.View()
	if err := x.ExecuteSharded([][]*Buffer{{a}}, out, []bool{true}); err != nil {
		t.Fatal(err)
	}
	if p, _, _ := out[0][0].View(); p != at {
		t.Error("donated memory is not used once its views are gone")
	}
	deleteAll(out[0])
	if heldHost() != 0 {
		t.Errorf("%d pieces of memory are held", heldHost())
	}
}

// Views that nobody refers to give back what they are of.
func TestDroppedViews(t *testing.T) {
	c, devs := mesh(t, 0, 1)
	const n = 8 << 10
	func() {
		a := must(t)(c.FromHost(unsafe.Pointer(unsafe.SliceData(make([]float32, n))), ir.Float32, []int{n}, devs[0]))
		for _, d := range devs {
			if v := must(t)(c.Assemble(d, whole(a.Dims()), []Block{{whole(a.Dims()), a}})); !v.Aliases() {
				t.Error("a copy")
			}
		}
	}()
	for range 3 {
		for _, d := range devs {
			relieveDevice(d)
		}
	}
}

// Blocks that are copied by several goroutines.
func TestLargeBlocks(t *testing.T) {
	c, devs := mesh(t, 0, 1, 2, 3)
	dims := []int{2048, 3000}
	data := make([]float32, dims[0]*dims[1])
	for i := range data {
		data[i] = float32(i)
	}
	all := must(t)(c.FromHost(unsafe.Pointer(&data[0]), ir.Float32, dims, devs[0]))
	var blocks []Block
	for i := range 4 { // columns
		in := [][2]int{{0, 2048}, {750 * i, 750 * (i + 1)}}
		blocks = append(blocks, Block{in, must(t)(c.Assemble(devs[i], in, []Block{{whole(dims), all}}))})
	}
	back := must(t)(c.Assemble(devs[2], whole(dims), blocks))
	if got := download[float32](t, back); !slices.Equal(got, data) {
		t.Error("cut and assembled, the array is another")
	}
	deleteBlocks(blocks)
	deleteAll([]*Buffer{all, back})
}

func TestAssembleErrors(t *testing.T) {
	c, devs := mesh(t, 0, 1)
	blocks := grid(t, devs, make([]byte, 32), ir.Float32, []int{8}, []int{2})
	dead := grid(t, devs, make([]byte, 32), ir.Float32, []int{8}, []int{1})
	dead[0].Buffer.Delete()
	other := grid(t, devs, make([]byte, 16), ir.Int32, []int{4}, []int{1})
	all := whole([]int{8})
	for _, k := range []struct {
		index  [][2]int
		blocks []Block
		kind   error
		text   string
	}{
		{all, nil, nil, "no blocks"}, {all, []Block{{all, nil}}, nil, "block 0: it is nil"},
		{whole([]int{8, 1}), blocks, nil, "1 axes and the array has 2"},
		{all, []Block{{all, blocks[0].Buffer}}, nil, "has shape [4]"},
		{all, blocks[:1], nil, "do not make up"}, {whole([]int{9}), blocks, nil, "do not make up"},
		{[][2]int{{3, 2}}, blocks, nil, "negative"}, {all, dead, ErrDeleted, "the block on cpu:0"},
		{all, append(slices.Clone(blocks), other...), nil, "block 2 is of int32"},
	} {
		_, err := c.Assemble(devs[0], k.index, k.blocks)
		wantErr(t, err, k.kind, k.text)
		err = ReadBlocks(make([]byte, 32), k.index, k.blocks)
		if err == nil || !strings.Contains(err.Error(), k.text) {
			t.Errorf("%v, want %q", err, k.text)
		}
	}
	wantErr(t, ReadBlocks(make([]byte, 31), all, blocks), nil, "31 bytes")
	_, err := c.Assemble(client(t).Devices()[0], all, blocks)
	wantErr(t, err, ErrDevice)
	// From one client to another.
	b := must(t)(client(t).Assemble(client(t).Devices()[0], all, blocks))
	b.Delete()
	deleteBlocks(blocks)
	deleteBlocks(other)
}

func BenchmarkView(b *testing.B) {
	c, devs := mesh(b, 0, 1)
	for _, n := range []int{1 << 10, 1 << 20} {
		a := must(b)(c.FromHost(unsafe.Pointer(unsafe.SliceData(make([]float32, n))), ir.Float32, []int{n}, devs[0]))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				must(b)(c.Assemble(devs[1], whole(a.Dims()), []Block{{whole(a.Dims()), a}})).Delete()
			}
		})
		a.Delete()
	}
}

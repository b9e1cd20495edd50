package kernels

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/sample"
)

// plain is a program of one custom call, whose arrays are row by row.
func plain(target, attributes string, in, out []ir.Aval) string {
	tensors := func(as []ir.Aval) string {
		var all []string
		for _, a := range as {
			s := "tensor<"
			for _, n := range a.Shape {
				s += fmt.Sprint(n, "x")
			}
			all = append(all, s+a.DType.MLIR()+">")
		}
		return strings.Join(all, ", ")
	}
	var args, names []string
	for i := range in {
		names = append(names, fmt.Sprintf("%%a%d", i))
		args = append(args, names[i]+": "+tensors(in[i:i+1]))
	}
	return fmt.Sprintf(`module @m { func.func public @main(%s) -> (%s) {
  %%r:%d = stablehlo.custom_call @%s(%s) {api_version = 4 : i32, backend_config = {%s}} : (%s) -> (%s)
  return %s : %s } }`, strings.Join(args, ", "), tensors(out), len(out), target, strings.Join(names, ", "), attributes,
		tensors(in), tensors(out), results(len(out)), tensors(out))
}

// run gives the bytes of the results of a program of one custom call.
func run(t *testing.T, target, attributes string, in []ir.HostArray, out []ir.Aval) ([][]byte, error) {
	t.Helper()
	c, err := pjrt.Open("cpu")
	if err == nil {
		err = registerBuiltin()
	}
	if err != nil {
		t.Fatal(err)
	}
	var types []ir.Aval
	for _, a := range in {
		types = append(types, a.Aval)
	}
	text := plain(target, attributes, types, out)
	x, err := c.Compile([]byte(text), pjrt.CompileOptions{})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	defer x.Delete()
	buffers := make([]*pjrt.Buffer, len(in))
	for i, a := range in {
		data := append(slices.Clone(a.Data), 0)
		b, err := c.FromHost(unsafe.Pointer(&data[0]), a.DType, a.Shape, c.Devices()[0])
		if err != nil {
			t.Fatal(err)
		}
		defer b.Delete()
		buffers[i] = b
	}
	y := make([]*pjrt.Buffer, len(out))
	if err := x.Execute(buffers, y, nil); err != nil {
		return nil, err
	}
	var failed error
	got := make([][]byte, len(out))
	for i, b := range y {
		got[i] = make([]byte, out[i].Bytes()+1)
		if err := b.ToHost(unsafe.Pointer(&got[i][0]), out[i].Bytes()); err != nil {
			failed = err
		}
		got[i] = got[i][:out[i].Bytes()]
		b.Delete()
	}
	return got, failed
}

var everyType = []ir.DType{ir.Bool, ir.Int8, ir.Int16, ir.Int32, ir.Int64, ir.Uint8, ir.Uint16, ir.Uint32, ir.Uint64,
	ir.Float16, ir.BFloat16, ir.Float32, ir.Float64, ir.Complex64, ir.Complex128}

// random is an array of random bits, of which some are those of a few elements and special floats.
func random(r *rand.Rand, d ir.DType, shape ...int) ir.HostArray {
	a := ir.HostArray{Aval: ir.Aval{Shape: shape, DType: d}}
	a.Data = make([]byte, a.Bytes())
	few := r.IntN(3)
	width := d.Bits() / 8
	for i := range a.Data {
		a.Data[i] = byte(r.Uint32())
		if few > 0 && i%width != width-1 || d == ir.Bool {
			a.Data[i] &= byte(few)
		}
	}
	if part := d.Real(); part.IsFloat() {
		w := part.Bits() / 8
		for i := 0; i < len(a.Data); i += w {
			if r.IntN(3) > 0 {
				continue
			}
			copy(a.Data[i:i+w], make([]byte, w)) // 0, -0, or above them infinities and NaN
			a.Data[i+w-1] = byte([]int{0, 0x80, 0x7f, 0xff}[r.IntN(4)])
			a.Data[i+w-2] = byte([]int{0, 0, 0x7c, 0x80, 0xf0, 0xff}[r.IntN(6)])
		}
	}
	return a
}

// compare is the order of elements, by what their type says.
func compare(d ir.DType, x, y []byte) int {
	if d.IsComplex() {
		w := len(x) / 2
		if c := compare(d.Real(), x[:w], y[:w]); c != 0 {
			return c
		}
		return compare(d.Real(), x[w:], y[w:])
	}
	lit := func(b []byte) ir.Lit {
		l := ir.Lit{DType: d}
		for i, v := range b {
			l.Lo |= uint64(v) << (8 * i)
		}
		return l
	}
	a, b := lit(x), lit(y)
	switch {
	case d.IsSigned():
		return cmp.Compare(a.Int(), b.Int())
	case !d.IsFloat():
		return cmp.Compare(a.Lo, b.Lo)
	}
	return cmp.Compare(rank(a), rank(b))
}

// rank is a number in the order of floats. It looks at bits: threads that have run XLA may take subnormal numbers for
// zeros.
func rank(l ir.Lit) int64 {
	sign := uint64(1) << (l.DType.Bits() - 1)
	size := int64(l.Lo &^ sign)
	switch {
	case size > int64(ir.FloatLit(math.Inf(1), l.DType).Lo):
		return math.MaxInt64
	case l.Lo&sign != 0:
		return -size
	}
	return size
}

// holdsNaN is whether x, of type d, is one: it is as great as all bits are.
func holdsNaN(d ir.DType, x []byte) bool {
	return d.IsFloat() && compare(d, x, bytes.Repeat([]byte{0xff}, len(x))) == 0
}

// element is the i-th element of a.
func element(a ir.HostArray, i int) []byte {
	w := a.DType.Bits() / 8
	return a.Data[i*w : (i+1)*w]
}

// order is the positions that sort the r-th row of n elements by several keys.
func order(keys []ir.HostArray, r, n int) []int {
	at := upTo(n)
	slices.SortStableFunc(at, func(i, j int) int {
		for _, k := range keys {
			if c := compare(k.DType, element(k, r*n+i), element(k, r*n+j)); c != 0 {
				return c
			}
		}
		return 0
	})
	return at
}

// sizes of a row: none, one, those that are inserted, those that go by digits, and those that threads share.
var sizes = []int{0, 1, 2, 3, 24, 25, 64, 65, 300, 5000, 70000}

func rowsOf(n int) int {
	if n > 5000 {
		return 1
	}
	return 3
}

func int32s(v []int) []byte {
	var b []byte
	for _, k := range v {
		b = append(b, byte(k), byte(k>>8), byte(k>>16), byte(k>>24))
	}
	return b
}

// checkSort sorts arrays by some of them, and compares the results from one on, and the positions.
func checkSort(t *testing.T, in []ir.HostArray, keys, from int, positions bool) {
	t.Helper()
	rows, n := in[0].Shape[0], in[0].Shape[1]
	var out []ir.Aval
	var want [][]byte
	for _, a := range in[from:] {
		out, want = append(out, a.Aval), append(want, nil)
	}
	if positions {
		out, want = append(out, ir.Aval{Shape: in[0].Shape, DType: ir.Int32}), append(want, nil)
	}
	for r := range rows {
		at := order(in[:keys], r, n)
		for k, a := range in[from:] {
			for _, i := range at {
				want[k] = append(want[k], element(a, r*n+i)...)
			}
		}
		if positions {
			want[len(want)-1] = append(want[len(want)-1], int32s(at)...)
		}
	}
	got, err := run(t, "gojax_sort", fmt.Sprintf("num_keys = %d : i64, from = %d : i64", keys, from), in, out)
	if err != nil {
		t.Fatal(err)
	}
	for k := range want {
		if !bytes.Equal(got[k], want[k]) {
			t.Errorf("%v by %d, from %d on: result %d is %s", in[0].Aval, keys, from, k, differ(got[k], want[k]))
		}
	}
}

// differ says where got is not what is wanted.
func differ(got, want []byte) string {
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			end := min(i+16, len(want))
			return fmt.Sprintf("other from byte %d of %d on: %v, want %v", i, len(want), got[i:min(end, len(got))],
				want[i:end])
		}
	}
	return "the same"
}

// chosen takes all types for short arrays, and for long ones, which are slow to check, one of each width.
func chosen(k *sample.Kinds, d ir.DType, n int) bool {
	return k.Add(fmt.Sprint(d.Bits(), " bits, ", n)) || n < 5000
}

func TestSortEveryType(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var kinds sample.Kinds
	for _, d := range everyType {
		for _, n := range sizes {
			if !chosen(&kinds, d, n) {
				continue
			}
			a, b := random(r, d, rowsOf(n), n), random(r, ir.Float32, rowsOf(n), n)
			checkSort(t, []ir.HostArray{a}, 1, 0, false)
			checkSort(t, []ir.HostArray{a}, 1, 1, true)
			checkSort(t, []ir.HostArray{a, b}, 1, 1, false)
			if n > 5000 && d.Bits() != 32 {
				continue
			}
			checkSort(t, []ir.HostArray{a, b, random(r, d, rowsOf(n), n)}, 2, 0, true)
		}
	}
}

// Many keys of few values go deep.
func TestSortManyKeys(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{100, 70000} {
		var keys []ir.HostArray
		for range 9 {
			k := random(r, ir.Int64, 1, n)
			for i := range k.Data {
				k.Data[i] &= 1 << (i % 2 * i % 8)
				if i%8 > 0 {
					k.Data[i] = 0
				}
			}
			keys = append(keys, k)
		}
		checkSort(t, keys, 9, 8, true)
	}
}

func TestSelectEveryType(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var kinds sample.Kinds
	for _, d := range everyType[:13] {
		for _, n := range sizes[1:] {
			if !chosen(&kinds, d, n) {
				continue
			}
			for _, m := range []int{0, 1, 7} {
				rows := rowsOf(n)
				a := random(r, d, rows, n)
				var at, from []int
				var want []byte
				for row := range rows {
					sorted := order([]ir.HostArray{a}, row, n)
					for range m {
						k := r.IntN(n)
						at, from = append(at, k), append(from, sorted[k])
						want = append(want, element(a, row*n+sorted[k])...)
					}
				}
				places := ir.HostArray{Aval: ir.Aval{Shape: []int{rows, m}, DType: ir.Int32}, Data: int32s(at)}
				got, err := run(t, "gojax_select", "", []ir.HostArray{a, places},
					[]ir.Aval{a.With(places.Shape), places.Aval})
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got[0], want) || !bytes.Equal(got[1], int32s(from)) {
					t.Errorf("%v at %v: %s, positions %s", a.Aval, at, differ(got[0], want),
						differ(got[1], int32s(from)))
				}
			}
		}
	}
}

func TestExtremeEveryType(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var kinds sample.Kinds
	for _, d := range everyType[:13] {
		for _, n := range append(sizes[1:len(sizes):len(sizes)], 300000) {
			if chosen(&kinds, d, n) {
				checkExtremes(t, random(r, d, rowsOf(n), n))
			}
		}
	}
}

// TestExtremeOrdinary: long rows without NaN take another way, unless a zero is what is looked for.
func TestExtremeOrdinary(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 7))
	for _, d := range everyType[9:13] {
		const rows, n = 3, 1000
		a := random(r, d, rows, n)
		w := d.Bits() / 8
		for i := 0; i < len(a.Data); i += w {
			x := a.Data[i : i+w]
			if sign := x[w-1] & 0x80; holdsNaN(d, x) || r.IntN(3) == 0 {
				copy(x, make([]byte, w))
				x[w-1] = sign
			}
			switch i / w / n { // the signs of a row are mixed, negative with zeros of both signs, or positive with them
			case 1:
				if isZero(x) {
					x[w-1] = byte(r.IntN(2)) << 7
				} else {
					x[w-1] |= 0x80
				}
			case 2:
				if !isZero(x) {
					x[w-1] &^= 0x80
				}
			}
		}
		checkExtremes(t, a)
	}
}

// isZero is whether a float is 0 or -0.
func isZero(x []byte) bool {
	for i, b := range x {
		if b != 0 && (i < len(x)-1 || b != 0x80) {
			return false
		}
	}
	return true
}

// checkExtremes compares the first greatest and the first least element of each row.
func checkExtremes(t *testing.T, a ir.HostArray) {
	t.Helper()
	d, rows, n := a.DType, a.Shape[0], a.Shape[1]
	for least := range 2 {
		var want []int
		for row := range rows {
			best := 0
			for i := range n {
				x, y := element(a, row*n+i), element(a, row*n+best)
				c := compare(d, x, y)
				if least == 1 && !holdsNaN(d, x) && !holdsNaN(d, y) {
					c = -c
				}
				if c > 0 {
					best = i
				}
			}
			want = append(want, best)
		}
		got, err := run(t, "gojax_extreme", fmt.Sprintf("least = %d : i64", least), []ir.HostArray{a},
			[]ir.Aval{{Shape: []int{rows}, DType: ir.Int32}})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got[0], int32s(want)) {
			t.Errorf("%v, least %d: %v, want %v", a.Aval, least, got[0], want)
		}
	}
}

func TestTopEveryType(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var kinds sample.Kinds
	for _, d := range everyType[:13] {
		for _, n := range sizes {
			if !kinds.Add(fmt.Sprint(d.Bits(), d.IsFloat(), n)) {
				continue
			}
			rows := rowsOf(n)
			a := random(r, d, rows, n)
			sorted := make([][]int, rows)
			for row := range rows {
				sorted[row] = order([]ir.HostArray{a}, row, n)
				slices.SortStableFunc(sorted[row], func(i, j int) int {
					c := compare(d, element(a, row*n+j), element(a, row*n+i))
					return cmp.Or(c, cmp.Compare(i, j))
				})
			}
			for _, k := range []int{0, 1, 3, n / 100, n / 3, n} {
				if k > n {
					continue
				}
				var at []int
				var want []byte
				for row := range rows {
					for _, i := range sorted[row][:k] {
						at, want = append(at, i), append(want, element(a, row*n+i)...)
					}
				}
				shape := []int{rows, k}
				got, err := run(t, "gojax_top", "", []ir.HostArray{a}, []ir.Aval{a.With(shape),
					{Shape: shape, DType: ir.Int32}})
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got[0], want) || !bytes.Equal(got[1], int32s(at)) {
					t.Errorf("%d of %v: %s, positions %s", k, a.Aval, differ(got[0], want), differ(got[1], int32s(at)))
				}
			}
		}
	}
}

func TestSearchEveryType(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	var kinds sample.Kinds
	for _, d := range everyType[:13] {
		for _, n := range []int{0, 1, 2, 15, 31, 32, 47, 63, 64, 300, 70000} {
			if !kinds.Add(fmt.Sprint(d.Bits(), d.IsFloat(), n)) {
				continue
			}
			rows, m := 3, 101
			if n == 300 {
				rows, m = 1, 70001
			}
			a, q := random(r, d, rows, n), random(r, d, rows, m, 1)
			sorted := ir.HostArray{Aval: a.Aval}
			for row := range rows {
				for _, i := range order([]ir.HostArray{a}, row, n) {
					sorted.Data = append(sorted.Data, element(a, row*n+i)...)
				}
			}
			for right := range 2 {
				var want []int
				for i := range rows * m {
					place, _ := slices.BinarySearchFunc(upTo(n), element(q, i), func(j int, x []byte) int {
						c := compare(d, element(sorted, i/m*n+j), x)
						if c == 0 {
							c = []int{1, -1}[right]
						}
						return c
					})
					want = append(want, place)
				}
				got, err := run(t, "gojax_search", fmt.Sprintf("right = %d : i64", right), []ir.HostArray{sorted, q},
					[]ir.Aval{{Shape: q.Shape, DType: ir.Int32}})
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got[0], int32s(want)) {
					t.Errorf("%v in %v, right %d: %s", q.Aval, a.Aval, right, differ(got[0], int32s(want)))
				}
			}
		}
	}
}

// upTo is the numbers below n.
func upTo(n int) []int {
	at := make([]int, n)
	for i := range at {
		at[i] = i
	}
	return at
}

// What cannot be is an error, and nothing is written beyond the arrays; a position out of range is the next within.
func TestImpossibleSorts(t *testing.T) {
	f := func(d ir.DType, shape ...int) ir.HostArray {
		a := ir.HostArray{Aval: ir.Aval{Shape: shape, DType: d}}
		a.Data = make([]byte, a.Bytes())
		return a
	}
	x, i := f(ir.Float32, 2, 3), f(ir.Int32, 2, 3)
	for _, k := range []struct {
		target, attributes string
		in, out            []ir.HostArray
		want               string
	}{
		{"gojax_sort", "num_keys = 2 : i64", []ir.HostArray{x}, []ir.HostArray{x}, "number of arrays or keys"},
		{"gojax_sort", "from = 2 : i64", []ir.HostArray{x}, []ir.HostArray{x}, "number of arrays or keys"},
		{"gojax_sort", "", []ir.HostArray{x}, []ir.HostArray{x, x, x}, "number of results"},
		{"gojax_sort", "", []ir.HostArray{x}, []ir.HostArray{f(ir.Float32, 3, 2)}, "differ in shape"},
		{"gojax_sort", "", []ir.HostArray{x}, []ir.HostArray{i}, "differ in type"},
		{"gojax_sort", "", []ir.HostArray{x}, []ir.HostArray{x, x}, "positions are no int32"},
		{"gojax_sort", "", []ir.HostArray{f(ir.Float32)}, []ir.HostArray{f(ir.Float32)}, "differ in shape"},
		{"gojax_select", "", []ir.HostArray{x}, []ir.HostArray{x, i}, "number of operands"},
		{"gojax_select", "", []ir.HostArray{x, x}, []ir.HostArray{x, i}, "wrong type"},
		{"gojax_select", "", []ir.HostArray{x, f(ir.Int32, 3, 2)}, []ir.HostArray{x, i}, "do not fit"},
		{"gojax_select", "", []ir.HostArray{x, f(ir.Int32, 2)}, []ir.HostArray{x, i}, "numbers of axes"},
		{"gojax_select", "", []ir.HostArray{f(ir.Complex64, 2, 3), i}, []ir.HostArray{f(ir.Complex64, 2, 3), i},
			"complex"},
		{"gojax_select", "", []ir.HostArray{f(ir.Float32, 2, 0), i}, []ir.HostArray{x, i}, "no elements"},
		{"gojax_top", "", []ir.HostArray{x}, []ir.HostArray{x}, "number of operands"},
		{"gojax_top", "", []ir.HostArray{x}, []ir.HostArray{i, i}, "wrong type"},
		{"gojax_top", "", []ir.HostArray{x}, []ir.HostArray{f(ir.Float32, 2, 4), f(ir.Int32, 2, 4)}, "not so many"},
		{"gojax_top", "", []ir.HostArray{x}, []ir.HostArray{f(ir.Float32, 2, 1), i}, "do not fit"},
		{"gojax_top", "", []ir.HostArray{x}, []ir.HostArray{f(ir.Float32, 2), f(ir.Int32, 2)}, "numbers of axes"},
		{"gojax_top", "", []ir.HostArray{f(ir.Complex64, 2, 3)}, []ir.HostArray{f(ir.Complex64, 2, 3), i}, "complex"},
		{"gojax_search", "", []ir.HostArray{x}, []ir.HostArray{i}, "number of operands"},
		{"gojax_search", "", []ir.HostArray{x, i}, []ir.HostArray{i}, "wrong type"},
		{"gojax_search", "", []ir.HostArray{x, x}, []ir.HostArray{x}, "wrong type"},
		{"gojax_search", "", []ir.HostArray{x, f(ir.Float32, 3, 3)}, []ir.HostArray{f(ir.Int32, 3, 3)}, "do not fit"},
		{"gojax_search", "", []ir.HostArray{x, f(ir.Float32)}, []ir.HostArray{f(ir.Int32)}, "numbers of axes"},
		{"gojax_search", "", []ir.HostArray{f(ir.Complex64, 3), f(ir.Complex64)}, []ir.HostArray{f(ir.Int32)}, "order"},
		{"gojax_extreme", "", []ir.HostArray{x, x}, []ir.HostArray{f(ir.Int32, 2)}, "number of operands"},
		{"gojax_extreme", "", []ir.HostArray{x}, []ir.HostArray{i}, "does not fit"},
		{"gojax_extreme", "", []ir.HostArray{f(ir.Float32)}, []ir.HostArray{f(ir.Int32)}, "no axis"},
	} {
		var out []ir.Aval
		for _, a := range k.out {
			out = append(out, a.Aval)
		}
		if _, err := run(t, k.target, k.attributes, k.in, out); err == nil || !strings.Contains(err.Error(), k.want) {
			t.Errorf("%s of %v: %v, want %q", k.target, k.in[0].Aval, err, k.want)
		}
	}
	at := ir.HostArray{Aval: i.Aval, Data: int32s([]int{-1, 3, 1 << 30, -1 << 31, 0, 2})}
	got, err := run(t, "gojax_select", "", []ir.HostArray{x, at}, []ir.Aval{x.Aval, i.Aval})
	if err != nil || !bytes.Equal(got[1], int32s([]int{0, 2, 2, 0, 0, 2})) {
		t.Error(got, err)
	}
}

// Many goroutines sort at once long rows, which threads share.
func TestSortsAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(g), 1))
			checkSort(t, []ir.HostArray{random(r, ir.Float32, 1, 100000)}, 1, 0, true)
		})
	}
	wg.Wait()
}

package kernels

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
)

// call is a program of one custom call.
func call(target, attributes string, in, out []string) string {
	var args, names []string
	for i, t := range in {
		args, names = append(args, fmt.Sprintf("%%a%d: tensor<%s>", i, t)), append(names, fmt.Sprintf("%%a%d", i))
	}
	tensors := func(ts []string) string { return "tensor<" + strings.Join(ts, ">, tensor<") + ">" }
	layouts := func(ts []string) string {
		var all []string
		for _, t := range ts {
			r := strings.Count(t, "x")
			minor := []string{"[]", "[0]", "[0, 1]", "[1, 2, 0]"}[r]
			if r == 0 {
				minor = ""
			}
			all = append(all, fmt.Sprintf("dense<%s> : tensor<%dxindex>", minor, r))
		}
		return "[" + strings.Join(all, ", ") + "]"
	}
	return fmt.Sprintf(`module @m { func.func public @main(%s) -> (%s) {
  %%r:%d = stablehlo.custom_call @%s(%s) {api_version = 4 : i32, backend_config = {%s}, operand_layouts = %s, result_layouts = %s} : (%s) -> (%s)
  return %s : %s } }`, strings.Join(args, ", "), tensors(out), len(out), target, strings.Join(names, ", "), attributes,
		layouts(in), layouts(out), tensors(in), tensors(out), results(len(out)), tensors(out))
}

func results(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("%%r#%d", i))
	}
	return strings.Join(all, ", ")
}

func lapackClient(t *testing.T) *pjrt.Client {
	t.Helper()
	if err := RegisterLAPACK(); err != nil {
		t.Skip(err)
	}
	c, err := pjrt.Open("cpu")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// execute runs a program of float32 or int32 arrays, all filled with 1, and gives the error.
func execute(t *testing.T, c *pjrt.Client, text string, in []string, out int) error {
	t.Helper()
	x, err := c.Compile([]byte(text), pjrt.CompileOptions{})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	defer x.Delete()
	var buffers []*pjrt.Buffer
	for _, ty := range in {
		parts := strings.Split(ty, "x")
		var shape []int
		n := 1
		for _, p := range parts[:len(parts)-1] {
			d := 0
			if _, err := fmt.Sscan(p, &d); err != nil {
				t.Fatal(err)
			}
			shape, n = append(shape, d), n*d
		}
		data := slices.Repeat([]float32{1}, max(n, 1))
		d := ir.Float32
		if parts[len(parts)-1] == "i32" {
			d = ir.Int32
		}
		b, err := c.FromHost(unsafe.Pointer(&data[0]), d, shape, c.Devices()[0])
		if err != nil {
			t.Fatal(err)
		}
		defer b.Delete()
		buffers = append(buffers, b)
	}
	y := make([]*pjrt.Buffer, out)
	err = x.Execute(buffers, y, nil)
	for _, b := range y {
		if b != nil {
			if e := b.Ready(); err == nil {
				err = e
			}
			b.Delete()
		}
	}
	return err
}

// What a program asks of LAPACK that cannot be is an error of that call, whatever the sizes say: nothing is written
// beyond the arrays.
func TestImpossibleCalls(t *testing.T) {
	c := lapackClient(t)
	for _, k := range []struct {
		target, attributes string
		in, out            []string
		want               string
	}{
		{"lapack_spotrf_ffi", "", []string{"3x4xf32"}, []string{"3x4xf32", "i32"}, "not square"},
		{"lapack_spotrf_ffi", "", []string{"3x3xf32"}, []string{"3x3xf32"}, "number of operands or results"},
		{"lapack_spotrf_ffi", "", []string{"3x3xi32"}, []string{"3x3xi32", "i32"}, "none of LAPACK's types"},
		{"lapack_spotrf_ffi", "", []string{"3xf32"}, []string{"3xf32", "i32"}, "too few axes"},
		{"lapack_spotrf_ffi", "", []string{"2x3x3xf32"}, []string{"2x3x3xf32", "i32"}, "different numbers"},
		{"lapack_spotrf_ffi", "", []string{"3x3xf32"}, []string{"2x2xf32", "i32"}, "differ in size"},
		{"lapack_sgetrf_ffi", "", []string{"3x2xf32"}, []string{"3x2xf32", "3xi32", "i32"}, "pivots"},
		{"lapack_sgeqrf_ffi", "", []string{"3x2xf32"}, []string{"3x2xf32", "1xf32"}, "factors"},
		{"lapack_sorgqr_ffi", "", []string{"2x3xf32", "2xf32"}, []string{"2x3xf32"}, "more columns"},
		{"lapack_sormqr_ffi", "", []string{"3x2xf32", "2xf32", "2x2xf32"}, []string{"2x2xf32"}, "do not fit"},
		{"lapack_sgesdd_ffi", "mode = 83 : ui8", []string{"3x2xf32"},
			[]string{"3x2xf32", "2xf32", "3x3xf32", "2x2xf32", "i32"}, "wrong sizes"},
		{"lapack_sgesdd_ffi", "mode = 65 : ui8", []string{"3x2xf32"},
			[]string{"3x2xf32", "3xf32", "3x3xf32", "2x2xf32", "i32"}, "number of singular values"},
		{"lapack_ssyevd_ffi", "", []string{"3x3xf32"}, []string{"3x3xf32", "2xf32", "i32"}, "number of eigenvalues"},
		{"lapack_sgees_ffi", "sort = 83 : ui8", []string{"2x2xf32"},
			[]string{"2x2xf32", "2x2xf32", "2xf32", "2xf32", "i32", "i32"}, "not sorted"},
		{"lapack_sgtsv_ffi", "", []string{"3xf32", "3xf32", "2xf32", "3x1xf32"},
			[]string{"3xf32", "3xf32", "2xf32", "3x1xf32", "i32"}, "differ in length"},
		{"lapack_strsm_ffi", "side = 76 : ui8", []string{"3x3xf32", "2x3xf32"}, []string{"2x3xf32"}, "do not fit"},
		{"gojax_lapack_permutation", "", []string{"2xi32"}, []string{"2xi32"}, "does not exist"}, // 1.0's bits
		{"gojax_lapack_permutation", "", []string{"2xf32"}, []string{"2xf32"}, "int32"},
	} {
		err := execute(t, c, call(k.target, k.attributes, k.in, k.out), k.in, len(k.out))
		if err == nil || !strings.Contains(err.Error(), k.want) {
			t.Errorf("%s %v -> %v: %v, want %q", k.target, k.in, k.out, err, k.want)
		}
	}
}

// Many goroutines have large batches decomposed at once, each of which is split among XLA's threads.
func TestBatchesAtOnce(t *testing.T) {
	c := lapackClient(t)
	const n, count = 5, 4000
	in, out := fmt.Sprintf("%dx%dx%dxf32", count, n, n), fmt.Sprintf("%dxi32", count)
	x, err := c.Compile([]byte(call("lapack_spotrf_ffi", "uplo = 76 : ui8", []string{in}, []string{in, out})),
		pjrt.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Delete()
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			data := make([]float32, count*n*n)
			for i := range count { // (g + 1 + i % 7)·(identity + ones)
				for j := range n * n {
					data[i*n*n+j] = float32(g + 1 + i%7)
					if j%(n+1) == 0 {
						data[i*n*n+j] *= 2
					}
				}
			}
			b, err := c.FromHost(unsafe.Pointer(&data[0]), ir.Float32, []int{count, n, n}, c.Devices()[0])
			if err != nil {
				t.Error(err)
				return
			}
			defer b.Delete()
			y := make([]*pjrt.Buffer, 2)
			if err := x.Execute([]*pjrt.Buffer{b}, y, nil); err != nil {
				t.Error(err)
				return
			}
			got := make([]float32, len(data))
			if err := y[0].ToHost(unsafe.Pointer(&got[0]), 4*len(got)); err != nil {
				t.Error(err)
			}
			for i := range count {
				want := math.Sqrt(2 * float64(g+1+i%7))
				if math.Abs(float64(got[i*n*n])-want) > 1e-5*want {
					t.Errorf("matrix %d of goroutine %d begins with %v, want %v", i, g, got[i*n*n], want)
					break
				}
			}
			y[0].Delete()
			y[1].Delete()
		})
	}
	wg.Wait()
}

package pjrt

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

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

// Of several goroutines that donate one array, exactly one gets through.
func TestConcurrentDonation(t *testing.T) {
	c := client(t)
	x := compile(t, c, donateProgram)
	b := upload(t, c, ir.Float32, make([]float32, 1024), 1024)
	for range 50 {
		a := upload(t, c, ir.Float32, make([]float32, 1024), 1024)
		var wg sync.WaitGroup
		wins := make(chan *Buffer, 8)
		for range 8 {
			wg.Go(func() {
				out := make([]*Buffer, 1)
				err := x.Execute([]*Buffer{a, b}, out, []bool{true, false})
				if err == nil {
					wins <- out[0]
				} else if !errors.Is(err, ErrDonated) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(wins) != 1 {
			t.Errorf("%d calls got the donated array", len(wins))
		}
		for range len(wins) {
			(<-wins).Delete()
		}
	}
	b.Delete()
}

// 8 goroutines run one program 10 000 times each and drop the results.
func TestConcurrentExecute(t *testing.T) {
	c := client(t)
	x := compile(t, c, unary("negate", "tensor<8xf32>"))
	n := 10000
	if testing.Short() {
		n = 1000
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			a := upload(t, c, ir.Float32, []float32{float32(g), 1, 2, 3, 4, 5, 6, 7}, 8)
			defer a.Delete()
			out := make([]*Buffer, 1)
			for i := range n {
				if err := x.Execute([]*Buffer{a}, out, nil); err != nil {
					t.Error(err)
					return
				}
				if i%1000 == 0 {
					if got := download[float32](t, out[0]); got[0] != -float32(g) || got[7] != -7 {
						t.Errorf("goroutine %d got %v", g, got)
					}
				}
			}
		})
	}
	wg.Wait()
	Collect()
}

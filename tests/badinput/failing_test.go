package badinput_test

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/clib"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/trace"
)

// handler is an FFI handler that copies its argument after a while, and fails where its first number is negative.
const handler = clib.Handlers + `
#include <string.h>
#include <unistd.h>
void* slowly(frame* f) {
  if (described(f)) return 0;
  usleep(20000);
  if (f->args.v[0]->data[0] < 0) {
    error_args e = {sizeof e, 0, "the first number is negative", 3};
    return f->a->error(&e);
  }
  int64_t n = 4;
  for (int64_t i = 0; i < f->args.v[0]->rank; i++) n *= f->args.v[0]->dims[i];
  memcpy(f->rets.v[0]->data, f->args.v[0]->data, n);
  return 0;
}
`

// slowly is the operation whose kernel is handler.
type slowly struct{}

func (slowly) Name() string { return "badinput_slowly" }

func (slowly) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) != 1 || in[0].DType != ir.Float32 {
		return nil, fmt.Errorf("takes one float32 array")
	}
	return in, nil
}

func (slowly) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Op("stablehlo.custom_call", x, `api_version = 4 : i32, call_target_name = "badinput_slowly"`, e.Out()...)
}

func apply(x arr) arr { return jnp.Wrap(trace.Bind(slowly{}, x.TraceValue())[0]) }

// applied is the line of apply, at which its eager executions are launched.
func applied() int {
	pc := reflect.ValueOf(apply).Pointer()
	_, line := runtime.FuncForPC(pc).FileLine(pc)
	return line
}

// An execution that fails is an error of whoever waits for its result, and the message has the line that launched it,
// however the result is waited for and whatever was made of it meanwhile.
func TestFailedExecution(t *testing.T) {
	d := gojax.DefaultDevice()
	if d.Client().Platform() != "cpu" {
		t.Skip("the kernel is for the CPU")
	}
	if !pjrt.HasKernel("badinput_slowly") {
		if err := pjrt.RegisterFFILibrary(clib.Library(t, handler), "slowly", "badinput_slowly", "cpu"); err != nil {
			t.Fatal(err)
		}
	}
	before := leak.Steady(gojax.LiveBuffers)
	f := gojax.Jit(func(x arr) arr { return apply(x.Add(1)).Mul(2) }, gojax.Named("slow"))
	good, bad := jnp.Ones(1<<18), jnp.Full([]int{1 << 18}, -5.0)
	for name, wait := range map[string]func(y arr){
		"BlockUntilReady": func(y arr) { y.BlockUntilReady() },
		"tree":            func(y arr) { gojax.BlockUntilReady([]arr{good, y}) },
		"ToSlice":         func(y arr) { jnp.ToSlice[float32](y) },
		"Sum, Item":       func(y arr) { y.Sum().Item() },
		"made of it":      func(y arr) { y.Add(1).Neg().BlockUntilReady() },
		"passed on":       func(y arr) { f(y).BlockUntilReady() },
	} {
		for what, run := range map[string]func(arr) arr{"jitted": f, "eager": apply} {
			if got := run(good).Index(7).Item(); got != map[string]float64{"jitted": 4, "eager": 1}[what] {
				t.Fatalf("%s: %v", what, got)
			}
			var line int
			err := gojax.Try(func() {
				y := launch(run, bad, &line)
				wait(y)
			})
			if what == "eager" {
				line = applied()
			}
			var e *gojax.Error
			if !errors.As(err, &e) || !strings.Contains(err.Error(), "the first number is negative") ||
				!strings.Contains(err.Error(), "float32[262144]") && name != "Sum, Item" {
				t.Errorf("%s, %s: got %v", what, name, err)
				continue
			}
			if file, l := e.Src.Position(); !strings.HasSuffix(file, "failing_test.go") ||
				(name == "BlockUntilReady" || name == "tree" || name == "ToSlice") && l != line {
				t.Errorf("%s, %s: %v\nit was launched at line %d", what, name, err, line)
			}
		}
	}
	works(t)
	good.Delete()
	bad.Delete()
	if n := leak.Settle(gojax.LiveBuffers, before); n > before {
		t.Errorf("%d arrays were alive before, %d are now", before, n)
	}
}

// launch calls f and notes the line of the call.
func launch(f func(arr) arr, x arr, line *int) arr {
	_, _, l, _ := runtime.Caller(0)
	*line = l + 2
	return f(x)
}

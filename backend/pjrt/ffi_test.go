package pjrt

import (
	"errors"
	"strings"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/clib"
)

// handlerSource is an FFI handler that negates float32 numbers and refuses a first one that is negative.
const handlerSource = clib.Handlers + `
void* negate(frame* f) {
  if (described(f)) return 0;
  buffer *in = f->args.v[0], *out = f->rets.v[0];
  if (in->data[0] < 0) {
    error_args e = {sizeof e, 0, "the first number is negative", 3};
    return f->a->error(&e);
  }
  int64_t n = 1;
  for (int64_t i = 0; i < in->rank; i++) n *= in->dims[i];
  for (int64_t i = 0; i < n; i++) out->data[i] = -in->data[i];
  return 0;
}
void* other(frame* f) { return negate(f); }
`

func TestFFI(t *testing.T) {
	c := client(t)
	lib := clib.Library(t, handlerSource)
	const name = "gojax_test_negate"
	if HasKernel(name) {
		t.Fatal("there already")
	}
	before := c.cacheKey(nil, CompileOptions{})
	for range 2 { // the same again is no error
		if err := RegisterFFILibrary(lib, "negate", name, c.Platform()); err != nil {
			t.Fatal(err)
		}
	}
	if !HasKernel(name) || !HasKernelOn(name, c.Platform()) || HasKernelOn(name, "tpu") {
		t.Error("not registered")
	}
	if c.cacheKey(nil, CompileOptions{}) == before {
		t.Error("the handler's version is not in the key of cached programs")
	}
	wantErr(t, RegisterFFILibrary(lib, "other", name, c.Platform()), nil, "another handler")
	wantErr(t, RegisterFFILibrary(lib, "none", name, c.Platform()), nil, "no function none")
	wantErr(t, RegisterFFI("", nil, c.Platform()), nil, "name")
	wantErr(t, RegisterFFI("x", unsafe.Pointer(t), "tpu"), ErrPlatformName)

	x := compile(t, c, `module @m { func.func public @main(%a: tensor<8xf32>) -> (tensor<8xf32>) {
  %c = stablehlo.custom_call @gojax_test_negate(%a) {api_version = 4 : i32} : (tensor<8xf32>) -> tensor<8xf32>
  return %c : tensor<8xf32> } }`)
	if err := negates(c, x); err != nil {
		t.Fatal(err)
	}
	if text, err := x.Text(); err != nil || !strings.Contains(text, `custom_call_target="gojax_test_negate"`) {
		t.Errorf("%v\n%s", err, text)
	}

	// An execution that fails: its error comes from the call or from waiting, and passes on to what was made from it.
	for _, run := range []func(in, out []*Buffer, donate []bool) error{x.Execute, x.ExecuteCallbacks} {
		bad := upload(t, c, ir.Float32, []float32{-1, 0, 0, 0, 0, 0, 0, 0}, 8)
		out, more := make([]*Buffer, 1), make([]*Buffer, 1)
		err := run([]*Buffer{bad}, out, nil)
		if err == nil {
			err = out[0].Ready()
			if err2 := out[0].ToHost(unsafe.Pointer(new([8]float32)), 32); err2 == nil {
				t.Error("the elements of a failed execution were copied")
			}
			if _, _, err2 := out[0].View(); err2 == nil {
				t.Error("the elements of a failed execution were shown")
			}
			if !out[0].IsReady() {
				t.Error("a failed execution is over")
			}
			if err2 := x.Execute(out, more, nil); err2 == nil {
				wantErr(t, more[0].Ready(), nil, "the first number is negative")
				more[0].Delete()
			}
			out[0].Delete()
		}
		var e *Error
		if !errors.As(err, &e) || e.Code != CodeInvalidArgument ||
			!strings.Contains(e.Text, "the first number is negative") {
			t.Errorf("got %v", err)
		}
		bad.Delete()
	}

	// A handler that is not there is an error of the compilation or the execution, and not a crash.
	y, err := c.Compile([]byte(`module @m { func.func public @main(%a: tensor<8xf32>) -> (tensor<8xf32>) {
  %c = stablehlo.custom_call @gojax_test_nobody(%a) {api_version = 4 : i32} : (tensor<8xf32>) -> tensor<8xf32>
  return %c : tensor<8xf32> } }`), CompileOptions{})
	if err == nil {
		err = negates(c, y)
	}
	wantErr(t, err, nil, "gojax_test_nobody")
}

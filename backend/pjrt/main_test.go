package pjrt

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/leak"
)

// children are what a test runs in a process of its own, where the environment decides; each prints its result.
var children = map[string]func() error{}

func TestMain(m *testing.M) {
	if f := children[os.Getenv("GOJAX_TEST_CHILD")]; f != nil {
		if err := f(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	leak.Main(m, LiveBuffers)
}

// child runs one of children with an environment added, and returns what it printed; ok is its success.
func child(t *testing.T, name string, env ...string) (out string, ok bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), "GOJAX_TEST_CHILD="+name), env...)
	b, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("child %s: %v\n%s", name, err, b)
	}
	return string(b), err == nil
}

// client is the default client, and asserts at the end of the test that nothing is left alive.
func client(t testing.TB) *Client {
	t.Helper()
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if n := LiveBuffers(); n != 0 && !t.Failed() {
			t.Errorf("%d buffers of %d bytes are left", n, LiveBytes())
		}
	})
	return c
}

func upload[T any](t testing.TB, c *Client, dt ir.DType, data []T, dims ...int) *Buffer {
	t.Helper()
	b, err := c.FromHost(unsafe.Pointer(unsafe.SliceData(data)), dt, dims, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func download[T any](t testing.TB, b *Buffer) []T {
	t.Helper()
	var z T
	out := make([]T, b.Size()/int64(unsafe.Sizeof(z)))
	if err := b.ToHost(unsafe.Pointer(unsafe.SliceData(out)), int(b.Size())); err != nil {
		t.Fatal(err)
	}
	return out
}

func compile(t testing.TB, c *Client, text string) *Executable {
	t.Helper()
	x, err := c.Compile([]byte(text), CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func run1(t testing.TB, x *Executable, donate []bool, in ...*Buffer) *Buffer {
	t.Helper()
	out := make([]*Buffer, 1)
	if err := x.Execute(in, out, donate); err != nil {
		t.Fatal(err)
	}
	return out[0]
}

func wantErr(t *testing.T, err, kind error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want %v", kind)
	}
	if kind != nil && !errors.Is(err, kind) {
		t.Errorf("got %v, want %v", err, kind)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("the error %q does not say %q", err, p)
		}
	}
}

// unary is a module that applies an operation to one array.
func unary(op, typ string) string {
	return fmt.Sprintf(
		"module @m { func.func public @main(%%a: %s) -> (%s) {\n  %%c = stablehlo.%s %%a : %s\n  return %%c : %s } }",
		typ, typ, op, typ, typ)
}

const addProgram = `module @add { func.func public @main(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
  %c = stablehlo.add %a, %b : tensor<2x3xf32>
  return %c : tensor<2x3xf32> } }`

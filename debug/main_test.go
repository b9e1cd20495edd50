package debug_test

import (
	"bytes"
	"testing"

	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

// printed is what f prints.
func printed(t *testing.T, f func()) string {
	t.Helper()
	var b bytes.Buffer
	before := debug.SetOutput(&b)
	defer debug.SetOutput(before)
	f()
	debug.Wait()
	debug.SetOutput(before)
	return b.String()
}

func vec(x ...float32) jnp.Array { return jnp.FromSlice(x, len(x)) }

func iota(n int) jnp.Array {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(i)
	}
	return vec(x...)
}

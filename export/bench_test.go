package export_test

import (
	"path/filepath"
	"testing"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

// BenchmarkLoad is the time from a file to the first result, where the compiled program is in the cache.
func BenchmarkLoad(b *testing.B) {
	path := filepath.Join(b.TempDir(), "mlp.gojax")
	w1, w2 := jnp.Ones(784, 256), jnp.Ones(256, 10)
	mlp := func(x jnp.Array) jnp.Array { return nn.Softmax(nn.Relu(x.MatMul(w1)).MatMul(w2)) }
	x := jnp.Ones(1, 784)
	if err := export.Save(path, mlp, x); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		e, err := export.Load(path)
		if err != nil {
			b.Fatal(err)
		}
		e.Call(x).(jnp.Array).BlockUntilReady()
	}
}

// BenchmarkCall is the time of a call, and what it allocates.
func BenchmarkCall(b *testing.B) {
	e := load(b, "layer.jax_export")
	p, x := layerInput()
	f := export.Func[func(layerParams, jnp.Array, int32) layerResult](e)
	f(p, x, 3)
	b.ReportAllocs()
	for b.Loop() {
		f(p, x, 3)
	}
}

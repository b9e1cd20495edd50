package ops_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestForiLoop(t *testing.T) {
	sum := func(lo, hi any) (*trace.Value, ir.Aval) {
		var index ir.Aval
		def, init := trace.Flatten(jnp.Wrap(litOf(ir.Float64, 0)))
		r := ops.Fori("lax.ForiLoop", def, lo, hi, init, func(c []*trace.Value) (*trace.Def, []*trace.Value) {
			index = c[0].Aval()
			return def, []*trace.Value{ops.Add(c[1], ops.Convert(c[0], ir.Float64))}
		})
		return r[0], index
	}
	v := func(d ir.DType, x float64) A { return jnp.Wrap(scalar(d, x).put()) }
	for _, c := range []struct {
		lo, hi any
		want   float64
		index  string
	}{
		{0, 5, 10, "~int64[]"}, {-3, 2, -5, "~int64[]"}, {5, 5, 0, "~int64[]"}, {7, -7, 0, "~int64[]"},
		{2, v(ir.Int32, 5), 9, "int32[]"}, {v(ir.Uint8, 250), 255, 1260, "uint8[]"},
		{v(ir.Int16, 1), v(ir.Int16, 4), 6, "int16[]"},
	} {
		got, index := sum(c.lo, c.hi)
		if s := get(got).closeTo(scalar(ir.Float64, c.want), 0); s != "" || index.String() != c.index {
			t.Errorf("from %v to %v: %s; the index is %v, want %s", c.lo, c.hi, s, index, c.index)
		}
	}
	trace.WithX64(false, func() {
		if _, index := sum(0, 3); index.String() != "~int32[]" {
			t.Errorf("without x64 the index is %v", index)
		}
		want := "does not fit int32"
		if err := trace.Try(func() { sum(0, 1<<40) }); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	})
}

package trace

import (
	"testing"

	"github.com/gojax/gojax/ir"
)

func TestValue(t *testing.T) {
	withRuntime(t)
	lit, held := FromLit(ir.FloatLit(2.5, ir.Float32).AsWeak()), concrete()
	strong := lit.WithWeak(false)
	if l, ok := strong.Lit(); !ok || l.Weak || strong.Aval().Weak || !lit.Aval().Weak || lit.WithWeak(true) != lit {
		t.Errorf("a literal without its weak type is %v of %v", l, strong.Aval())
	}
	if w := held.WithWeak(true); !w.Aval().Weak || w.Buffer() != held.Buffer() || held.Aval().Weak {
		t.Errorf("a weak array is %v", w)
	}
	if a := held.Alias(); a == held || a.Buffer() != held.Buffer() || a.String() != held.String() {
		t.Errorf("another handle on %v is %v", held, a)
	}
	for v, want := range map[*Value]string{nil: "no value", {}: "no value", held: "float32[]", lit: "literal 2.5"} {
		if got := v.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	Trace("f", f32s(1), func(x []*Value) []*Value {
		if x[0].String() != "traced float32[] (f)" || !x[0].Traced() || x[0].Builder() != Current() ||
			!AnyTraced(held) {
			t.Errorf("an input is %v", x[0])
		}
		return x
	})
	if AnyTraced(held, lit) {
		t.Error("a trace is open")
	}
}

package mlir

import (
	"slices"
	"testing"
)

// An attribute of a kind that its operation does not take is refused: over some XLA's reader aborts the process.
func TestKinds(t *testing.T) {
	all := modules(t)
	b := all["layer.jax_export"]
	if _, err := Read(b); err != nil {
		t.Fatal(err)
	}
	taken := 0
	for i := range b {
		for _, by := range []byte{2, 6, 250} {
			c := slices.Clone(b)
			c[i] += by
			m, err := Read(c)
			if err != nil {
				continue
			}
			taken++
			check := func(o *Op) {
				for _, a := range o.Attrs {
					if fits, ok := kindsOf[a.Name]; ok && !fits(a.Value) {
						t.Errorf("byte %d + %d: %s of %s is a %T", i, by, a.Name, o.Name, a.Value)
					}
				}
			}
			for _, f := range m.Funcs {
				check(&Op{Name: "func", Attrs: f.Attrs})
				f.Body.each(check)
			}
		}
	}
	if taken == 0 {
		t.Error("each byte makes it another format")
	}
}

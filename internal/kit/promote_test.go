package kit_test

import (
	"testing"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
)

// A least upper bound does not depend on the order of the types, nor on how often each is there.
func TestCommonType(t *testing.T) {
	var all []ir.Aval
	for d := ir.Bool; d <= ir.Complex128; d++ {
		all = append(all, ir.Aval{DType: d})
	}
	for _, d := range []ir.DType{ir.Int64, ir.Float64, ir.Complex128} {
		all = append(all, ir.Aval{DType: d, Weak: true})
	}
	common := func(ts ...ir.Aval) ir.Aval {
		d, weak := kit.CommonType(true, ts...)
		return ir.Aval{DType: d, Weak: weak}
	}
	for _, a := range all {
		if !common(a, a).Equal(a) {
			t.Errorf("%v with itself is %v", a, common(a, a))
		}
		for _, b := range all {
			if !common(a, b).Equal(common(b, a)) {
				t.Errorf("%v and %v: %v, the other way round %v", a, b, common(a, b), common(b, a))
			}
			for _, c := range all {
				// Weak types alone are joined as the strong ones that they are: no order of pairs is like all at once.
				if got, want := common(common(a, b), c),
					common(a, b, c); a.Weak == b.Weak && b.Weak == c.Weak && !got.Equal(want) {
					t.Errorf("%v, %v and %v: %v, at once %v", a, b, c, got, want)
				}
			}
		}
	}
}

func TestPromote(t *testing.T) {
	i, h := jnp.Arange(3).TraceValue(), jnp.Creation{DType: jnp.Float16}.Ones(2).TraceValue()
	for _, c := range []struct {
		got  []string
		want [2]string
	}{
		{types(kit.Promote("f.F", i, h)), [2]string{"float16[3]", "float16[2]"}},
		{types(kit.Promote("f.F", i, kit.Lift("f.F", 2.5))), [2]string{"~float32[3]", "~float32[]"}},
		{types(kit.Promote("f.F", h, kit.Lift("f.F", 2.5))), [2]string{"float16[2]", "float16[]"}},
		{types(kit.PromoteInexact("f.F", i, kit.Lift("f.F", 2))), [2]string{"float32[3]", "float32[]"}},
	} {
		if [2]string(c.got) != c.want {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}

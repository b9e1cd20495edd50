package lax_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestConvolutions(t *testing.T) {
	x, w := numbers(-1, 0.25, 2, 2, 6),
		numbers(1, -0.5, 4, 2, 3) // batch, feature, place; output feature, input feature, place
	layout := lax.ConvOptions{Dims: lax.ConvLayout("NWC", "WIO", "NWC")}
	y, v := numbers(-1, 0.25, 1, 4, 2), numbers(1, -0.5, 3, 2, 1)
	options := []lax.ConvOptions{
		{},
		{LHSDilation: []int{2}, RHSDilation: []int{2}},
		{PreferredType: jnp.Float32, Precision: lax.PrecisionHighest},
	}
	pad := lax.PadWith([2]int{1, 2})
	var forms []form
	for _, o := range options {
		forms = append(
			forms,
			of2("ConvGeneralDilated", func(x, w A) A { return lax.ConvGeneralDilated(x, w, []int{2}, pad, o) },
				func(x, w V) V { return ops.ConvGeneralDilated(x, w, []int{2}, pad, ops.ConvOptions(o)) }, x, w),
		)
	}
	checkForms(t, append(
		forms,
		of2("ConvGeneralDilated in a layout",
			func(x, w A) A { return lax.ConvGeneralDilated(x, w, nil, lax.PadValid(), layout) },
			func(x, w V) V { return ops.ConvGeneralDilated(x, w, nil, ops.PadValid, ops.ConvOptions(layout)) }, y, v),
		of2("ConvGeneralDilated of groups", func(x, w A) A {
			return lax.ConvGeneralDilated(x, w, nil, lax.PadWith([2]int{1, 0}), lax.ConvOptions{FeatureGroups: 2})
		}, func(x, w V) V {
			return ops.ConvGeneralDilated(x, w, nil, ops.PadWith([2]int{1, 0}), ops.ConvOptions{FeatureGroups: 2})
		}, x, numbers(0, 1, 2, 1, 3)),
		of2("ConvTranspose", func(x, w A) A { return lax.ConvTranspose(x, w, []int{2}, lax.PadSame()) },
			func(x, w V) V { return ops.ConvTranspose(x, w, []int{2}, ops.PadSame) }, y, v),
		of1("ConvGeneralDilatedPatches",
			func(x A) A { return lax.ConvGeneralDilatedPatches(x, []int{2}, nil, lax.PadSame()) },
			func(x V) V { return ops.ConvGeneralDilatedPatches(x, []int{2}, nil, ops.PadSame) }, x),
		of2("ConvGeneralDilatedLocal",
			func(x, w A) A { return lax.ConvGeneralDilatedLocal(x, w, []int{2}, nil, lax.PadValid()) },
			func(x, w V) V { return ops.ConvGeneralDilatedLocal(x, w, []int{2}, nil, ops.PadValid) }, x,
			numbers(0, 0.5, 3, 4, 5)),
	)...)
	checkMistakes(t,
		mistake{
			"lax.ConvGeneralDilated",
			func() { lax.ConvGeneralDilated(x, y, nil, lax.PadSame()) },
			[]string{"float32[2,2,6], float32[1,4,2]"},
		},
		mistake{
			"lax.ConvGeneralDilated",
			func() { lax.ConvGeneralDilated(x, w, nil, lax.PadSame(), options...) },
			[]string{"one lax.ConvOptions, not 3"},
		},
		mistake{"lax.ConvGeneralDilated", func() {
			lax.ConvGeneralDilated(x, x, nil, lax.PadSame(), lax.ConvOptions{TransposeKernel: true})
		}, []string{"TransposeKernel", "lax.ConvTranspose alone"}},
		mistake{"lax.ConvTranspose", func() { lax.ConvTranspose(x, A{}, nil, lax.PadSame()) }, []string{"never set"}},
		mistake{"lax.ConvGeneralDilatedPatches", func() {
			lax.ConvGeneralDilatedPatches(x, []int{2, 2}, nil, lax.PadSame())
		}, []string{"[2 2]"}},
		mistake{"lax.ConvGeneralDilatedLocal", func() {
			lax.ConvGeneralDilatedLocal(x, A{}, []int{2}, nil, lax.PadSame())
		}, []string{"never set"}},
	)
	for _, s := range []struct{ got, want []int }{
		{lax.ConvShape(x.Shape(), w.Shape(), []int{2}, lax.PadSame()), []int{2, 4, 3}},
		{lax.ConvShape(y.Shape(), v.Shape(), nil, lax.PadValid(), layout), []int{1, 2, 1}},
		{lax.ConvTransposeShape(y.Shape(), v.Shape(), []int{2}, lax.PadSame()), []int{1, 8, 1}},
	} {
		if !slices.Equal(s.got, s.want) {
			t.Errorf("the shape is %v, want %v", s.got, s.want)
		}
	}
}

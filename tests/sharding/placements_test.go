package sharding

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/lax"
)

var placements = flag.Int("placements", 5, "random placements of each convolution")

// convolved are convolutions of two arrays of these shapes, to be placed in random ways.
var convolved = []struct {
	name    string
	x, w    []int
	strides []int
	pad     lax.WindowPadding
	o       lax.ConvOptions
}{
	{"one axis", []int{8, 8, 16}, []int{8, 8, 8}, []int{1}, lax.PadSame(), lax.ConvOptions{}},
	{"two axes", []int{8, 8, 8, 4}, []int{4, 4, 4, 8}, []int{1, 1}, lax.PadSame(),
		lax.ConvOptions{Dims: lax.ConvLayout("NHWC", "HWIO", "NHWC")}},
	{"strides", []int{8, 8, 8, 4}, []int{4, 4, 4, 8}, []int{2, 2}, lax.PadValid(),
		lax.ConvOptions{Dims: lax.ConvLayout("NHWC", "HWIO", "NHWC")}},
	{"each feature by itself", []int{8, 8, 64}, []int{8, 1, 8}, []int{1}, lax.PadSame(),
		lax.ConvOptions{FeatureGroups: 8}},
	{"each feature by itself, in the last axis", []int{8, 8, 8, 8}, []int{4, 4, 1, 8}, []int{2, 2}, lax.PadSame(),
		lax.ConvOptions{FeatureGroups: 8, Dims: lax.ConvLayout("NHWC", "HWIO", "NHWC")}},
	{"groups of features", []int{8, 8, 16}, []int{8, 2, 4}, []int{1}, lax.PadSame(), lax.ConvOptions{FeatureGroups: 4}},
	{"groups of the batch", []int{8, 16, 4}, []int{4, 4, 8}, []int{1}, lax.PadSame(),
		lax.ConvOptions{BatchGroups: 4, Dims: lax.ConvLayout("NHC", "HIO", "CNH")}},
}

// TestPlacements convolves arrays that lie over a mesh in random ways, and compares with one device: XLA's partitioner
// is wrong about many, above all about derivatives.
func TestPlacements(t *testing.T) {
	m := scrambled(t)
	for _, c := range convolved {
		conv := func(x [2]jnp.Array) jnp.Array {
			return lax.ConvGeneralDilated(x[0], x[1], c.strides, c.pad, c.o)
		}
		loss := func(x [2]jnp.Array) jnp.Array { return conv(x).Pow(2).Sum() }
		for _, f := range []struct {
			name string
			n    int
			f    func(x [2]jnp.Array) [2]jnp.Array
		}{
			{"forward", *placements, func(x [2]jnp.Array) [2]jnp.Array { y := conv(x); return [2]jnp.Array{y, y} }},
			{"derivative", *placements, gojax.Grad(loss)},
		} {
			t.Run(c.name+" "+f.name, func(t *testing.T) {
				r := rand.New(rand.NewPCG(1, 2))
				x := [2]jnp.Array{wholeNumbers(r, c.x), wholeNumbers(r, c.w)}
				g := gojax.Jit(f.f)
				want := g(x)
				for range f.n {
					p := [2]ir.Spec{randomSpec(r, m, c.x), randomSpec(r, m, c.w)}
					got := g([2]jnp.Array{placedAs(m, p[0], x[0]), placedAs(m, p[1], x[1])})
					for i := range got {
						if !jnp.ArrayEqual(got[i], want[i]).Bool() {
							t.Errorf("%v: result %d is wrong", p, i)
						}
					}
				}
			})
		}
	}
}

// Derivatives of Fourier transforms, whose operands XLA gathers in an order of elements that its transform refuses.
func TestFourierPlacements(t *testing.T) {
	m := scrambled(t)
	r := rand.New(rand.NewPCG(5, 6))
	x := wholeNumbers(r, []int{8, 8, 8})
	for name, f := range map[string]func(x jnp.Array) jnp.Array{
		"FFT2":  func(x jnp.Array) jnp.Array { return jnp.Abs(fft.FFT2(x)).Square().Mul(jnp.Arange(8)).Sum() },
		"IFFT":  func(x jnp.Array) jnp.Array { return jnp.Abs(fft.IFFT(x)).Square().Mul(jnp.Arange(8)).Sum() },
		"RFFTN": func(x jnp.Array) jnp.Array { return jnp.Real(fft.RFFTN(x)).Mul(jnp.Arange(5)).Sum() },
	} {
		g := gojax.Jit(gojax.Grad(f))
		want := g(x)
		for range *placements {
			p := randomSpec(r, m, x.Shape())
			if got := g(placedAs(m, p, x)); !(jnp.Tolerance{RTol: 1e-4, ATol: 0.05}).AllClose(got, want).Bool() {
				t.Errorf("%s, %v: off by %v", name, p, jnp.Abs(got.Sub(want)).Max())
			}
		}
	}
}

// scrambled is a mesh of all devices in no order.
func scrambled(t *testing.T) *ir.Mesh {
	m, err := ir.NewMesh("cpu", []int{4, 2}, []string{"b", "a"}, []int{3, 6, 4, 0, 1, 7, 2, 5})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func placedAs(m *ir.Mesh, s ir.Spec, x jnp.Array) jnp.Array {
	return gojax.DevicePut(x, gojax.NamedSharding(m, s))
}

// wholeNumbers are small ones, whose sums are exact.
func wholeNumbers(r *rand.Rand, shape []int) jnp.Array {
	x := make([]float32, ir.SizeOf(shape))
	for i := range x {
		x[i] = float32(r.IntN(7) - 3)
	}
	return jnp.FromSlice(x, shape...)
}

// randomSpec cuts an array of that shape over some axes of m.
func randomSpec(r *rand.Rand, m *ir.Mesh, shape []int) ir.Spec {
	s := make(ir.Spec, len(shape))
	for _, a := range r.Perm(len(m.Names)) {
		d := r.IntN(len(shape))
		axes := append(s[d].Axes, m.Names[a])
		if r.IntN(4) > 0 && shape[d]%m.SizeOf(axes) == 0 {
			s[d].Axes = axes
		}
	}
	return s
}

// A batch that is cut stays where it is, in derivatives too; not with groups of several features, which XLA gathers.
// Functions that run on each device along one axis only are right as well.
func TestConvolutionsStayLocal(t *testing.T) {
	m := scrambled(t)
	r := rand.New(rand.NewPCG(3, 4))
	for _, c := range convolved[:5] {
		conv := func(x, w jnp.Array) jnp.Array { return lax.ConvGeneralDilated(x, w, c.strides, c.pad, c.o) }
		grad := gojax.Grad2(func(x, w jnp.Array) jnp.Array { return conv(x, w).Sum() })
		x, w := wholeNumbers(r, c.x), wholeNumbers(r, c.w)
		for name, f := range map[string]func(x, w jnp.Array) jnp.Array{"": conv, "derivative": grad} {
			compiled, err := gojax.Lower(f)(placedAs(m, gojax.P("b"), x), placedAs(m, gojax.P(), w)).Compile()
			if err != nil {
				t.Fatal(err)
			}
			text, err := compiled.Text()
			if err != nil || strings.Contains(text, "all-gather") || strings.Contains(text, "all-to-all") {
				t.Errorf("%s %s: blocks are gathered (%v):\n%s", c.name, name, err, text)
			}
		}
	}
	c := convolved[0]
	conv := func(x, w jnp.Array) jnp.Array { return lax.ConvGeneralDilated(x, w, c.strides, c.pad, c.o) }
	jitted := gojax.Jit(conv)
	f := gojax.Jit(func(x, w jnp.Array) [2]jnp.Array { // one function, in the region and outside
		inside := gojax.ShardMap(jitted, m, gojax.Specs{gojax.P("b"), gojax.P()}, gojax.P("b"), gojax.ManualAxes("b"))
		everywhere := gojax.ShardMap(jitted, m, gojax.Specs{gojax.P(), gojax.P()}, gojax.P())
		return [2]jnp.Array{inside(x, w), everywhere(x, w).Add(jitted(x, w))}
	})
	x, w := wholeNumbers(r, c.x), wholeNumbers(r, c.w)
	want := conv(x, w)
	got := f(placedAs(m, gojax.P("b", nil, "a"), x), placedAs(m, gojax.P("a"), w))
	if !jnp.ArrayEqual(got[0], want).Bool() || !jnp.ArrayEqual(got[1], want.Mul(2)).Bool() {
		t.Error("a convolution under ShardMap with one manual axis is wrong")
	}
}

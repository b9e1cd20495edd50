package image

import (
	"fmt"
	"math"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

type array = jnp.Array

// Resampling holds the keyword arguments of Resize and ScaleAndTranslate; its zero value is the default.
type Resampling struct {
	// NoAntialias leaves out the filter that widens the kernel where the image shrinks, without which fine patterns
	// turn into coarse ones.
	NoAntialias bool
	// Precision of float32 products; unset, lax.PrecisionHighest as in JAX.
	Precision lax.Precision
}

// Resize is x in another shape of as many axes, sampled anew along those whose length changes (jax.image.resize). It is
// of the dtype of x, integers and bools as the default float except by Nearest.
//
// Options: Resampling (NoAntialias, Precision).
func Resize(x jnp.Array, shape []int, method ResizeMethod) jnp.Array {
	return Resampling{}.Resize(x, shape, method)
}

// Resize is image.Resize with options.
func (o Resampling) Resize(x jnp.Array, shape []int, method ResizeMethod) jnp.Array {
	const op = "image.Resize"
	in, shape := checkShape(op, x, shape, method)
	var axes []int
	for i, n := range in[0].Shape {
		if n == 0 && shape[i] > 0 {
			trace.Fail(op, in, "axis %d has no elements to make %d of", i, shape[i])
		}
		if n != shape[i] {
			axes = append(axes, i)
		}
	}
	return arrays.Whole(op, o.params(shape, nil, method), func(in []array) array {
		x := in[0]
		if method == Nearest {
			return nearest(x, shape, axes)
		}
		x = jnp.Wrap(kit.AsInexact(x.TraceValue()))
		d := kit.DefaultFloat(x.TraceValue())
		return o.along(x, shape, axes, method, func(i int) (step, shift array) {
			s := 1.0
			if m, n := x.Shape()[axes[i]], shape[axes[i]]; n > 0 {
				s = 1 / (float64(n) / float64(m))
			}
			return constant(s, d), constant(0, d)
		})
	}, x)
}

// constant is a number of dtype d.
func constant(x float64, d jnp.DType) array { return jnp.Creation{DType: d}.Full(nil, x) }

// ScaleAndTranslate is x in another shape of as many axes, of which those in axes show it scaled and moved: what was at
// the coordinate c of axis axes[i] is at c·scale[i] + translation[i] (jax.image.scale_and_translate). scale and
// translation are vectors of real numbers, as Arrays or Go slices, one for each of axes, and have derivatives. Axes
// that are not named keep their length. Places that show nothing of x are 0. There is no such method as Nearest.
//
// Options: Resampling (NoAntialias, Precision).
func ScaleAndTranslate(x jnp.Array, shape, axes []int, scale, translation any, method ResizeMethod) jnp.Array {
	return Resampling{}.ScaleAndTranslate(x, shape, axes, scale, translation, method)
}

// ScaleAndTranslate is image.ScaleAndTranslate with options.
func (o Resampling) ScaleAndTranslate(x jnp.Array, shape, axes []int, scale, translation any,
	method ResizeMethod) jnp.Array {
	const op = "image.ScaleAndTranslate"
	in, shape := checkShape(op, x, shape, method)
	axes = kit.Axes(op, axes, len(shape), in...)
	for i, n := range in[0].Shape {
		if n != shape[i] && !slices.Contains(axes, i) {
			trace.Fail(op, in, "the length of axis %d changes from %d to %d, but it is not one of the axes %v that "+
				"are scaled", i, n, shape[i], axes)
		}
	}
	if method == Nearest {
		trace.Fail(op, in, "takes no Nearest, which is for Resize; take Linear")
	}
	return arrays.Whole(op, o.params(shape, axes, method), func(in []array) array {
		given := arrays.StrongInexact(op, in[1:]...)
		kit.RefuseComplex(op, arrays.Values(given)...)
		for _, v := range given {
			if v.NDim() != 1 || v.Size() != len(axes) {
				trace.Fail(op, trace.Avals(arrays.Values(in)), "scale and translation must be vectors of %d, a number "+
					"for each of the axes %v", len(axes), axes)
			}
		}
		x := jnp.Wrap(kit.AsInexact(in[0].TraceValue()))
		return o.along(x, shape, axes, method, func(i int) (step, shift array) {
			step = jnp.Reciprocal(given[0].Index(i))
			return step, given[1].Index(i).Mul(step)
		})
	}, x, scale, translation)
}

// checkShape is the type of x and a copy of shape, which must be one for it, in a call by method.
func checkShape(op string, x array, shape []int, method ResizeMethod) ([]ir.Aval, []int) {
	in := []ir.Aval{kit.Value(op, x).Aval()}
	shape = trace.CheckShape(op, shape, in[0].DType)
	if len(shape) != x.NDim() {
		trace.Fail(op, in, "the shape %s must have as many axes as the array; axes that stay have their length in it",
			ir.ShapeString(shape))
	}
	if method > Area {
		trace.Fail(op, in, "%v is no ResizeMethod; take Nearest, Linear, Cubic, Lanczos3 or another of the package",
			method)
	}
	return in, shape
}

// params is what a program depends on besides its operands.
func (o Resampling) params(shape, axes []int, method ResizeMethod) any {
	return struct {
		Resampling
		Shape, Axes []int
		Method      ResizeMethod
	}{o, shape, axes, method}
}

// nearest is x with the nearest elements along axes. Places are computed in float32, as by JAX.
func nearest(x array, shape, axes []int) array {
	for _, a := range axes {
		m, n := x.Shape()[a], shape[a]
		at := jnp.Creation{DType: jnp.Float32}.Arange(n).Add(0.5).Mul(float32(m)).Div(float32(n))
		index := slices.Repeat([]any{jnp.All}, a+1)
		index[a] = jnp.Floor(at).AsType(jnp.Int32)
		x = x.Index(index...)
	}
	return x
}

// along is x sampled anew along axes, one after the other, first along those that shrink the most. by says how far
// apart along axis axes[i] the places are that new elements show, and how far they are moved back.
func (o Resampling) along(x array, shape, axes []int, method ResizeMethod,
	by func(i int) (step, shift array)) array {
	product := jnp.Contraction{Precision: o.Precision}
	if o.Precision == lax.PrecisionDefault {
		product.Precision = lax.PrecisionHighest
	}
	order := kit.UpTo(len(axes))
	from := x.Shape()
	slices.SortStableFunc(order, func(i, j int) int {
		return shape[axes[i]]*from[axes[j]] - shape[axes[j]]*from[axes[i]]
	})
	for _, i := range order {
		a := axes[i]
		step, shift := by(i)
		w := method.weights(from[a], shape[a], step, shift, !o.NoAntialias).AsType(x.DType())
		x = jnp.MoveAxis(product.TensorDot(x, w, [2][]int{{a}, {0}}), -1, a)
	}
	return x
}

// ResizeMethod is how values between samples are found (jax.image.ResizeMethod).
type ResizeMethod uint8

const (
	Nearest      ResizeMethod = iota // the nearest sample; of Resize alone
	Linear                           // on straight lines between samples; what shrinks, by a triangle as wide
	Lanczos3                         // Lanczos's windowed sinc of radius 3
	Lanczos5                         // of radius 5
	Cubic                            // cubic polynomials of Keys (a = -0.5)
	CubicPyTorch                     // Cubic; with NoAntialias PyTorch's: a = -0.75, the samples at the edge repeated
	Area                             // the mean of what an element covers
)

// String is the name in JAX.
func (m ResizeMethod) String() string {
	names := []string{"nearest", "linear", "lanczos3", "lanczos5", "cubic", "cubic-pytorch", "area"}
	if int(m) < len(names) {
		return names[m]
	}
	return fmt.Sprintf("ResizeMethod(%d)", uint8(m))
}

// weights is the matrix [m, n] of the parts that m samples have in n new ones, of the dtype of step and shift.
func (m ResizeMethod) weights(from, to int, step, shift array, antialias bool) array {
	d := step.DType()
	places := func(first, n int) array { return jnp.Creation{DType: d}.Arange(n).Add(first) }
	sample := places(0, to).Add(0.5).Mul(step).Sub(shift).Sub(0.5) // where each new one is, by position
	kernel, beyond := m.kernel(), 0
	var w array
	switch {
	case m == Area:
		left, at := places(0, to).Mul(step).Sub(shift), places(0, from).Reshape(-1, 1)
		w = jnp.Maximum(0, jnp.Minimum(left.Add(step), at.Add(1)).Sub(jnp.Maximum(left, at)))
	default:
		if m == CubicPyTorch && !antialias {
			kernel, beyond = cubic(-0.75), 2
		}
		x := sample.Sub(places(-beyond, from+2*beyond).Reshape(-1, 1)).Abs()
		if antialias {
			x = x.Div(jnp.Maximum(step, 1))
		}
		w = kernel(x)
	}
	if beyond > 0 { // the parts of what is beyond the edges go to the edges
		low, high := w.Index(jnp.S(0, beyond)), w.Index(jnp.S(from+beyond, nil))
		w = w.Index(jnp.S(beyond, from+beyond))
		w = w.At(0).Add(low.Sum(0))
		w = w.At(-1).Add(high.Sum(0))
	}
	total := jnp.Reduction{KeepDims: true}.Sum(w, 0)
	const eps = 1000 * 0x1p-23
	w = jnp.Where(total.Abs().Gt(eps), w.Div(jnp.Where(total.Ne(0), total, 1)), 0)
	if beyond > 0 {
		return w
	}
	return jnp.Where(sample.Ge(-0.5).And(sample.Le(float64(from)-0.5)), w, 0)
}

// kernel is the weight of a sample by its distance, which is not negative.
func (m ResizeMethod) kernel() func(x array) array {
	switch m {
	case Linear:
		return func(x array) array { return jnp.Maximum(0, x.Neg().Add(1)) }
	case Lanczos3:
		return lanczos(3)
	case Lanczos5:
		return lanczos(5)
	}
	return cubic(-0.5)
}

// lanczos is sinc(x)·sinc(x/radius), 0 from the radius on.
func lanczos(radius float64) func(x array) array {
	return func(x array) array {
		y := jnp.Sin(x.Mul(math.Pi)).Mul(radius).Mul(jnp.Sin(x.Mul(math.Pi).Div(radius)))
		square := jnp.Where(x.Ne(0), jnp.Square(x).Mul(math.Pi*math.Pi), 1)
		return jnp.Where(x.Gt(radius), 0, jnp.Where(x.Gt(1e-3), y.Div(square), 1))
	}
}

// cubic is the cubic convolution of R. G. Keys, "Cubic convolution interpolation for digital image processing" (1981),
// with the slope a at a distance of 1.
func cubic(a float64) func(x array) array {
	return func(x array) array {
		near := x.Mul(a + 2).Sub(a + 3).Mul(x).Mul(x).Add(1)
		far := x.Mul(a).Sub(5 * a).Mul(x).Add(8 * a).Mul(x).Sub(4 * a)
		return jnp.Where(x.Ge(2), 0, jnp.Where(x.Ge(1), far, near))
	}
}

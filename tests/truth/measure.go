package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// mode is a way to compute a value or a derivative.
type mode string

const (
	eager   mode = "eager"
	jitted  mode = "jitted"
	reverse mode = "reverse" // first and second derivatives
	forward mode = "forward" // first derivatives
)

var modes = []mode{eager, jitted, reverse, forward}

// measurement is the largest error of a function by dtype, and of its first and second derivatives.
type measurement struct {
	*file
	values, d, dd map[string]float64
	misses        []string
}

// measure compares the points of a file with what the function gives in these modes.
func (f *file) measure(ways ...mode) measurement {
	m := measurement{file: f, values: map[string]float64{}, d: map[string]float64{}, dd: map[string]float64{}}
	fn := functionOf(f.Function)
	if fn == nil {
		m.misses = append(m.misses, f.Function+" is in none of the tables of functions")
		return m
	}
	for _, group := range f.groups() {
		for _, way := range ways {
			// Functions of 64-bit numbers need the switch; those of 32 bits must do without.
			gojax.WithX64(formatOf(group[0].DType).bits == 53, func() {
				if err := gojax.Try(func() { m.compare(fn, group, way) }); err != nil {
					m.misses = append(m.misses, fmt.Sprintf("%s, %s, %s: %v", f.Function, group[0].DType, way, err))
				}
			})()
		}
	}
	return m
}

// of is f with the points of dtypes of so many bits alone.
func (f *file) of(bits int) *file {
	g := *f
	g.points = slices.DeleteFunc(slices.Clone(f.points), func(p point) bool { return formatOf(p.DType).bits != bits })
	return &g
}

// groups are the points that one call computes: those of one dtype, one number of arguments and the same integers.
func (f *file) groups() [][]point {
	var keys []string
	by := map[string][]point{}
	for _, p := range f.points {
		k := fmt.Sprint(p.DType, len(p.Args), p.Static)
		if by[k] == nil {
			keys = append(keys, k)
		}
		by[k] = append(by[k], p)
	}
	var out [][]point
	for _, k := range keys {
		out = append(out, by[k])
	}
	return out
}

// compare computes a group in one way and takes down the errors.
func (m *measurement) compare(fn function, group []point, way mode) {
	args := make([]jnp.Array, len(group[0].Args))
	for i := range args {
		args[i] = column(group, i)
	}
	f := func(x []jnp.Array) jnp.Array { return fn(group[0].Static, x) }
	switch way {
	case eager:
		m.take(group, f(args), way, value, 0)
	case jitted:
		m.take(group, gojax.Jit(f)(args), way, value, 0)
	case reverse, forward:
		for i := range args {
			by := func(x jnp.Array) jnp.Array {
				all := slices.Clone(args)
				all[i] = x
				return f(all)
			}
			d := derivative(by, way)
			if slices.ContainsFunc(group, func(p point) bool { return i < len(p.D) && p.D[i] != nil }) {
				m.take(group, gojax.Jit(d)(args[i]), way, first, i)
			}
			if way == reverse &&
				slices.ContainsFunc(group, func(p point) bool { return i < len(p.DD) && p.DD[i] != nil }) {
				m.take(group, gojax.Jit(derivative(d, forward))(args[i]), way, second, i)
			}
		}
	}
}

// derivative is that of an elementwise function, element by element.
func derivative(f func(jnp.Array) jnp.Array, way mode) func(jnp.Array) jnp.Array {
	if way == reverse {
		return gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })
	}
	return func(x jnp.Array) jnp.Array {
		_, dy := gojax.JVP(f, x, jnp.OnesLike(x))
		return dy
	}
}

// column is the array of an argument of all points.
func column(group []point, i int) jnp.Array {
	f := formatOf(group[0].DType)
	parts := make([][]float64, 2)
	for _, p := range group {
		for k, s := range p.Args[i] {
			parts[k] = append(parts[k], f.parse(s))
		}
	}
	switch group[0].DType {
	case "float32":
		narrow := make([]float32, len(group))
		for j, v := range parts[0] {
			narrow[j] = float32(v)
		}
		return jnp.FromSlice(narrow)
	case "float64":
		return jnp.FromSlice(parts[0])
	}
	if len(parts[1]) == 0 { // a real argument among complex ones
		parts[1] = make([]float64, len(parts[0]))
	}
	z := make([]complex128, len(group))
	for j := range z {
		z[j] = complex(parts[0][j], parts[1][j])
	}
	if group[0].DType == "complex64" {
		narrow := make([]complex64, len(group))
		for j, v := range z {
			narrow[j] = complex64(v)
		}
		return jnp.FromSlice(narrow)
	}
	return jnp.FromSlice(z)
}

// what is compared.
type what int

const (
	value what = iota
	first
	second
)

// take takes down the errors of got, which is what of a group by argument i.
func (m *measurement) take(group []point, got jnp.Array, way mode, w what, i int) {
	dtype := group[0].DType
	if got.DType().String() != dtype && !strings.HasPrefix(dtype, "complex") {
		m.misses = append(m.misses, fmt.Sprintf("%s of %s is %s", m.Function, dtype, got.DType()))
		return
	}
	values := parts(got)
	for j, p := range group {
		want, limit, into, prime := p.Want, m.ULP.of(dtype, p.ULP, 4), m.values, ""
		switch w {
		case first:
			if i >= len(p.D) || p.D[i] == nil {
				continue
			}
			want, limit, into, prime = *p.D[i], m.DULP.of(dtype, p.DULP, 4), m.d, "'"
		case second:
			if i >= len(p.DD) || p.DD[i] == nil {
				continue
			}
			want, limit, into, prime = *p.DD[i], m.DDULP.of(dtype, p.DDULP, 4), m.dd, "''"
		}
		e := errorOf(dtype, values[j], want)
		into[dtype] = max(into[dtype], e)
		if e > limit {
			by := ""
			if prime != "" && len(p.Args) > 1 {
				by = fmt.Sprintf(" by argument %d", i)
			}
			m.misses = append(m.misses, fmt.Sprintf("%s%s%s%v%v (%s, %s) = %v, want %v: %.3g ulp, at most %v",
				m.Function, prime, by, static(p), p.Args, dtype, way, values[j], want, e, limit))
		}
	}
}

func static(p point) string {
	if len(p.Static) == 0 {
		return ""
	}
	return fmt.Sprint(p.Static)
}

// parts are the numbers of an array: one or two each.
func parts(x jnp.Array) [][]float64 {
	var out [][]float64
	switch x.DType() {
	case jnp.Complex64, jnp.Complex128:
		for _, z := range jnp.ToSlice[complex128](x.AsType(jnp.Complex128)) {
			out = append(out, []float64{real(z), imag(z)})
		}
	case jnp.Float32:
		for _, v := range jnp.ToSlice[float32](x) {
			out = append(out, []float64{float64(v)})
		}
	default:
		for _, v := range jnp.ToSlice[float64](x) {
			out = append(out, []float64{v})
		}
	}
	return out
}

// errorOf is the error of got in units in the last place. Of a complex number it is the distance, in units of the
// number's size; where a part is no finite number, each part counts.
func errorOf(dtype string, got []float64, want number) float64 {
	f := formatOf(dtype)
	if len(want) == 1 && len(got) == 1 {
		return f.errorOf(got[0], want[0])
	}
	if len(want) == 1 {
		want = number{want[0], "0"}
	}
	var off, size [2]float64
	for k, g := range got {
		w := f.parse(want[k])
		tiny := math.Ldexp(1, f.low)
		if math.IsNaN(w) || math.IsInf(w, 0) || math.Abs(w) < tiny && math.Abs(g) <= tiny {
			if e := f.errorOf(g, want[k]); e > 0 {
				return e
			}
			continue
		}
		if math.IsNaN(g) || math.IsInf(g, 0) {
			return math.Inf(1)
		}
		off[k], size[k] = g-w, w
	}
	d, s := math.Hypot(off[0], off[1]), math.Hypot(size[0], size[1])
	if d == 0 {
		return 0
	}
	_, e := math.Frexp(max(s, math.Ldexp(1, f.low)))
	return math.Ldexp(d, f.bits-e)
}

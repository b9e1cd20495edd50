package expr

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

type arr = jnp.Array

// chains are formulas of x, y (float32[3]), m (bool[3]) and i (int32[3]) beside the calls that they stand for.
var chains = []struct {
	text  string
	chain func(x, y, m, i arr) arr
}{
	{"x*y*(1 + 3*x + 4.5*x*x - 1.5*y*y)", func(x, y, _, _ arr) arr {
		return x.Mul(y).Mul(jnp.Add(1, jnp.Mul(3, x)).Add(jnp.Mul(4.5, x).Mul(x)).Sub(jnp.Mul(1.5, y).Mul(y)))
	}},
	{"exp(-(x - y)**2/2)", func(x, y, _, _ arr) arr { return jnp.Exp(x.Sub(y).Pow(2).Neg().Div(2)) }},
	{"-x**2*3", func(x, _, _, _ arr) arr { return x.Pow(2).Neg().Mul(3) }},
	{"2*x**2**y", func(x, y, _, _ arr) arr { return jnp.Mul(2, x.Pow(jnp.Power(2, y))) }},
	{"x**-1.5", func(x, _, _, _ arr) arr { return x.Pow(-1.5) }},
	{"(x + y) % 2 - x/y", func(x, y, _, _ arr) arr { return x.Add(y).Mod(2).Sub(x.Div(y)) }},
	{"1/3*x", func(x, _, _, _ arr) arr { return jnp.Mul(1.0/3, x) }},
	{"where(x < y && !m, logaddexp(x, 2), pi)", func(x, y, m, _ arr) arr {
		return jnp.Where(jnp.LogicalAnd(x.Lt(y), jnp.LogicalNot(m)), jnp.LogAddExp(x, 2), math.Pi)
	}},
	{"x <= y || x != 3", func(x, y, _, _ arr) arr { return jnp.LogicalOr(x.Le(y), x.Ne(3)) }},
	{"(i & 6 | 1 << i) ^ ~i", func(_, _, _, i arr) arr { return i.And(6).Or(jnp.LeftShift(1, i)).Xor(i.Not()) }},
	{"i &^ 2 >> 1", func(_, _, _, i arr) arr { return jnp.RightShift(i.And(^2), 1) }},
	{"x[1:] - x[:-1]", func(x, _, _, _ arr) arr { return x.Slice(1, nil).Sub(x.Slice(nil, -1)) }},
	{"x[None, ::2, ...][0]", func(x, _, _, _ arr) arr {
		return x.Index(jnp.NewAxis, jnp.S(nil, nil, 2), jnp.Ellipsis).Index(0)
	}},
	{"x[i]*x[[0, 2, 1]]", func(x, _, _, i arr) arr { return x.Index(i).Mul(x.Index([]int{0, 2, 1})) }},
	{"x[i[0] + 1]", func(x, _, _, i arr) arr { return x.Index(i.Index(0).Add(1)) }},
	{"(x - x.mean())/std(x, 0)", func(x, _, _, _ arr) arr { return x.Sub(x.Mean()).Div(x.Std(0)) }},
	{"special.erf(x) + jax.scipy.special.gammaln(y)", func(x, y, _, _ arr) arr {
		return special.Erf(x).Add(special.GammaLn(y))
	}},
	{"BetaInc(x, 2, 0.5) + relu(y)", func(x, y, _, _ arr) arr { return special.BetaInc(x, 2, 0.5).Add(nn.Relu(y)) }},
	{"stack([x, y], 1).T.real", func(x, y, _, _ arr) arr { return jnp.Real(jnp.Stack([]arr{x, y}, 1).T()) }},
	{"interp(x, [0, 1, 2], [0, 10, 5])", func(x, _, _, _ arr) arr {
		return jnp.Interp(x, jnp.AsArray([]int{0, 1, 2}), jnp.AsArray([]int{0, 10, 5}))
	}},
	{"x/norm(x) + np.linalg.norm(y, 0)*y.norm()", func(x, y, _, _ arr) arr {
		return x.Div(linalg.Norm(x)).Add(linalg.Norm(y, 0).Mul(linalg.Norm(y)))
	}},
	{`einsum("i,i->", x, y)`, func(x, y, _, _ arr) arr { return jnp.Einsum("i,i->", x, y) }},
	{"roll(x, 1) + roll(x, i[0])", func(x, _, _, i arr) arr { return jnp.Roll(x, 1).Add(jnp.Roll(x, i.Index(0))) }},
	{"x.astype(int32) + arange(3)", func(x, _, _, _ arr) arr { return x.AsType(jnp.Int32).Add(jnp.Arange(3)) }},
	{"clip(x, 0, inf).reshape(3, 1)", func(x, _, _, _ arr) arr { return x.Clip(0, math.Inf(1)).Reshape(3, 1) }},
	{"x + 2i", func(x, _, _, _ arr) arr { return x.Add(2i) }},
	{"\n\tx +\n\ty\n", func(x, y, _, _ arr) arr { return x.Add(y) }},
	{"var(x) + x.var(0)", func(x, _, _, _ arr) arr { return jnp.Var(x).Add(x.Var(0)) }},
	{"pad(x, [1, 2])", func(x, _, _, _ arr) arr { return jnp.Pad(x, [2]int{1, 2}) }},
}

func fixtures() (x, y, m, i arr) {
	return jnp.AsArray([]float32{0.5, 1.25, 2}), jnp.AsArray([]float32{2, 0.75, 3}),
		jnp.AsArray([]bool{true, false, false}), jnp.AsArray([]int32{1, 0, 1})
}

// A formula records what the calls record, at the line of Eval; and eagerly it has the same values.
func TestChains(t *testing.T) {
	x, y, m, i := fixtures()
	place := regexp.MustCompile(` *# (formula_test\.go:\d+|\?)|Rule=&\{\d+ `)
	for _, c := range chains {
		f, err := Compile(c.text)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		of := func(x, y, m, i arr) arr { return f.Eval(map[string]arr{"x": x, "y": y, "m": m, "i": i}) }
		got := gojax.MakeProgram(of)(x, y, m, i).String()
		want := gojax.MakeProgram(c.chain)(x, y, m, i).String()
		if place.ReplaceAllString(got, "") != place.ReplaceAllString(want, "") {
			t.Errorf("%q records\n%s\nwant\n%s", c.text, got, want)
		}
		if a, b := strings.Count(got, "# ?"), strings.Count(want, "# ?"); a > b {
			t.Errorf("%q: %d lines have no place, of the calls %d:\n%s", c.text, a, b, got)
		}
		if got, want := of(x, y, m, i), c.chain(x, y, m, i); got.DType() != want.DType() || got.Weak() != want.Weak() ||
			!slices.Equal(got.Shape(), want.Shape()) || !close(got, want) {
			t.Errorf("%q is %#v, want %#v", c.text, got, want)
		}
	}
}

func close(x, y arr) bool {
	return jnp.Tolerance{RTol: 1e-5, ATol: 1e-6, EqualNaN: true}.AllClose(x, y).Bool()
}

// Called eagerly a formula is one program, which is found again for other numbers.
func TestOneProgram(t *testing.T) {
	f := MustCompile("sum(a*x**n + sin(x)*lr, axis)")
	x, _, _, _ := fixtures()
	of := func(a, lr float64, n int) float64 { return f.Call(a, x, n, lr, 0).Float() }
	of(1, 2, 2)
	before := gojax.Compilations()
	allow := gojax.ForbidCompiles()
	defer allow()
	for k := range 5 {
		want := 0.0
		for _, v := range []float64{0.5, 1.25, 2} {
			want += float64(k)*v*v + math.Sin(v)*0.5
		}
		if got := of(float64(k), 0.5, 2); math.Abs(got-want) > 1e-5*(1+want) {
			t.Errorf("%d: %v, want %v", k, got, want)
		}
	}
	if n := gojax.Compilations(); n != before {
		t.Errorf("%d programs were compiled again", n-before)
	}
}

// Formulas go through transformations, and goroutines share them.
func TestTransformed(t *testing.T) {
	f := MustCompile("p.a*exp(-x/p.b)", "p", "x")
	type params struct{ A, B arr }
	p := params{jnp.AsArray(2.0), jnp.AsArray(4.0)}
	x, _, _, _ := fixtures()
	loss := func(p params) arr { return f.Call(p, x).Sum() }
	var g sync.WaitGroup
	for range 4 {
		g.Go(func() {
			d := gojax.Jit(gojax.Grad(loss))(p)
			if want := jnp.Exp(x.Neg().Div(4)).Sum(); !close(d.A, want) {
				t.Errorf("the derivative is %v, want %v", d.A, want)
			}
			rows := gojax.Vmap(func(x arr) arr { return f.Call(p, x) })(x)
			if !close(rows, f.Call(&p, x)) {
				t.Errorf("mapped it is %v", rows)
			}
			if e := Eval("2*x + 1", map[string]any{"x": x}); !close(e, x.Mul(2).Add(1)) {
				t.Errorf("2*x + 1 is %v", e)
			}
		})
	}
	g.Wait()
}

func TestFormula(t *testing.T) {
	f := MustCompile("a*x + sin(b) + a + pi")
	if got := f.Names(); !slices.Equal(got, []string{"a", "x", "b"}) || f.String() != "a*x + sin(b) + a + pi" {
		t.Errorf("%v has the variables %v", f, got)
	}
	if got := MustCompile("b - a", "a", "b").Call(1, 3); got.Item() != 2 || !got.Weak() {
		t.Errorf("b - a is %#v", got)
	}
	if got := MustCompile("6*7").Call(); got.Int() != 42 {
		t.Errorf("6*7 is %v", got)
	}
	fails.With(t, func() { MustCompile("a +") }, "formula_test.go:", "expr.MustCompile: column 4 of \"a +\"")
	fails.With(t, func() { Eval("a @ b", nil) }, "formula_test.go:", "expr.Eval: column 3", "matmul(x, y)")
	fails.With(t, func() { f.Call(1, 2) }, "formula_test.go:", "expr.Formula.Call", "[a x b], and 2 values")
	if err := trace.Try(func() { f.Call(1, jnp.Ones(2), 3); f.Call(jnp.Ones(3), jnp.Ones(2), 3) }); err == nil ||
		!strings.Contains(err.Error(), "column 2 of \"a*x") || !strings.Contains(err.Error(), "[3]") {
		t.Errorf("shapes: %v", err)
	}
}

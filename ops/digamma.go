package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type digamma struct{ unaryFloat }

func (digamma) Name() string { return "digamma" }

// Digamma is the derivative of Lgamma, for floats: infinite at 0, of the other sign than 0, and NaN at its other poles.
func Digamma(x *Value) *Value { return one(digamma{}, x) }

func (digamma) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle1(digammaOf))
}

func (digamma) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Polygamma(FullLike(x[0], 1), x[0])) })
}

// digammaFit approximates digamma(r+t)/t for |t| <= 0.4, where r is its positive zero, digammaZero.
var digammaFit = polynomial{
	f32: []float64{0.9676722481, -0.4427631708, 0.2584989445, -0.1639421473, 0.1078645515, -0.07222725098,
		0.04810777957, -0.03268493956, 0.02738231652, -0.01869587314},
	f64: []float64{0.967672245447621163, -0.442763168983592101, 0.258499760955660117, -0.163942705442412758,
		0.107824050689387762, -0.0721995612551721735, 0.0488042883135749638, -0.0331611265770833161,
		0.0225976421958481048, -0.0154247617750795371, 0.0105389312718123275, -0.00720462993347047359,
		0.00492482289197813673, -0.00336846171696904231, 0.00232200188422960862, -0.00158848242595367985,
		0.000992202760621994647, -0.000678806958833671741, 0.000742411549004986105, -0.000507928474003636021},
}

// digammaZero is the positive zero of digamma, as a sum of two floats of each dtype.
var digammaZero = map[ir.DType][2]float64{
	ir.Float32: {1.4616321325302124, 1.2438149938918909542e-8},
	ir.Float64: {1.4616321449683622, 9.5499954299656977152e-17},
}

// digammaRest approximates (log(x) - 1/(2x) - digamma(x))·x² in 1/x² for x >= stirlingFrom.
var digammaRest = polynomial{
	f32: []float64{0.08333333171, -0.008332096501, 0.00382704523},
	f64: []float64{0.0833333333333331972, -0.00833333333276881149, 0.00396825358374281312, -0.00416656771002939324,
		0.00756348741627715898, -0.0202941458011762184, 0.0561179355382047022},
}

// digammaOf is Digamma of float32 and float64. Left of 0 it reflects: digamma(x) = digamma(1-x) - pi/tan(pi·x), right
// of it small numbers are moved up, and those near the positive zero have an approximation of their own.
func digammaOf(x *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	left := Lt(x, k(0))
	y := Select(left, Sub(k(1), x), x)
	up := Lt(y, k(stirlingFrom))
	m := Select(up, y, k(1))
	// The sum of 1/(m+i), as a quotient.
	p, d := m, k(1)
	for i := 1.0; i < 6; i++ {
		next := Add(m, k(i))
		p, d = Mul(p, next), Add(Mul(d, next), p)
	}
	z := Select(up, Add(y, k(6)), y)
	r := shared(Div(k(1), z))
	w := Square(r)
	far := Sub(Sub(Log(z), Mul(r, k(0.5))), Mul(w, digammaRest.at(w)))
	far = Sub(far, Select(up, Div(d, p), k(0)))
	zero := digammaZero[x.DType()]
	t := Sub(y, k(zero[0]))
	near := Le(Abs(t), k(0.4))
	t = Select(near, t, k(0))
	// XLA would add up two constants that are subtracted one by one.
	v := Select(near, Sub(Mul(t, digammaFit.at(t)), k(zero[1]*digammaFit.f64[0])), far)
	f := Sub(x, Round(x, ToNearestEven))
	cot := Div(k(math.Pi), Tan(Mul(Select(left, f, k(0.25)), k(math.Pi))))
	v = Select(left, Sub(v, cot), v)
	nearZero, difference := digammaNearZero(x)
	v = Select(nearZero, difference, v)
	pole := And(Le(x, k(0)), Or(Eq(f, k(0)), isNaN(f)))
	v = Select(pole, k(math.NaN()), v)
	// A number so small is a pole to what is above.
	return Select(Lt(Abs(x), k(leastNormal(x.DType()))), Neg(quotient(k(1), x)), v)
}

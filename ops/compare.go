package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// compare gives bool. Dir is StableHLO's direction; Total orders floats totally: -NaN < -inf < ... < -0 < +0 < ... <
// inf < NaN. Exact tells subnormal numbers from 0 on CPUs too.
type compare struct {
	elementwise
	Dir          string
	Total, Exact bool
}

var compareNames = map[string]string{"EQ": "eq", "NE": "ne", "LT": "lt", "LE": "le", "GT": "gt", "GE": "ge"}

func (o compare) Name() string {
	n, ok := compareNames[o.Dir]
	switch {
	case !ok:
		return "compare"
	case o.Total:
		return n + "_to"
	}
	return n
}

// Eq is x == y as bool, for any one dtype; as in IEEE, NaN equals nothing (so for all but the total orders).
func Eq(x, y *Value) *Value { return one(compare{Dir: "EQ"}, x, y) }

// Ne is x != y as bool, for any one dtype.
func Ne(x, y *Value) *Value { return one(compare{Dir: "NE"}, x, y) }

// Lt is x < y as bool, for bool, integers and floats.
func Lt(x, y *Value) *Value { return one(compare{Dir: "LT"}, x, y) }

// Le is x <= y as bool, for bool, integers and floats.
func Le(x, y *Value) *Value { return one(compare{Dir: "LE"}, x, y) }

// Gt is x > y as bool, for bool, integers and floats.
func Gt(x, y *Value) *Value { return one(compare{Dir: "GT"}, x, y) }

// Ge is x >= y as bool, for bool, integers and floats.
func Ge(x, y *Value) *Value { return one(compare{Dir: "GE"}, x, y) }

// EqExact is Eq for users: of floats, subnormal numbers differ from each other and from 0. Eq and the others take them
// for 0 where the processor does, as its arithmetic does, so that what is not equal to 0 may be divided by.
func EqExact(x, y *Value) *Value { return one(compare{Dir: "EQ", Exact: true}, x, y) }

// NeExact is to Ne what EqExact is to Eq.
func NeExact(x, y *Value) *Value { return one(compare{Dir: "NE", Exact: true}, x, y) }

// LtExact is to Lt what EqExact is to Eq.
func LtExact(x, y *Value) *Value { return one(compare{Dir: "LT", Exact: true}, x, y) }

// LeExact is to Le what EqExact is to Eq.
func LeExact(x, y *Value) *Value { return one(compare{Dir: "LE", Exact: true}, x, y) }

// GtExact is to Gt what EqExact is to Eq.
func GtExact(x, y *Value) *Value { return one(compare{Dir: "GT", Exact: true}, x, y) }

// GeExact is to Ge what EqExact is to Eq.
func GeExact(x, y *Value) *Value { return one(compare{Dir: "GE", Exact: true}, x, y) }

// EqTo is Eq in the total order of floats, in which -0 and +0 differ and NaNs compare by their bits.
func EqTo(x, y *Value) *Value { return one(compare{Dir: "EQ", Total: true}, x, y) }

// LtTo is Lt in the total order of floats.
func LtTo(x, y *Value) *Value { return one(compare{Dir: "LT", Total: true}, x, y) }

// LeTo is Le in the total order of floats.
func LeTo(x, y *Value) *Value { return one(compare{Dir: "LE", Total: true}, x, y) }

func (o compare) Infer(in []ir.Aval) ([]ir.Aval, error) {
	allow := kOrdered
	if o.Dir == "EQ" || o.Dir == "NE" {
		allow = kAny
	}
	out, err := inferSame(in, 2, allow)
	if err != nil {
		return nil, err
	}
	return []ir.Aval{boolOf(out[0])}, nil
}

// compareAttrs is the attributes of stablehlo.compare for operands of dtype d.
func compareAttrs(dir string, total bool, d ir.DType) string {
	kind := "UNSIGNED"
	switch {
	case d.IsInexact() && total && !d.IsComplex():
		kind = "TOTALORDER"
	case d.IsInexact():
		kind = "FLOAT"
	case d.IsSigned():
		kind = "SIGNED"
	}
	return "comparison_direction = #stablehlo<comparison_direction " + dir + ">, compare_type = " +
		"#stablehlo<comparison_type " + kind + ">"
}

func (o compare) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if d := x[0].Aval.DType.Real(); o.Exact && flushes(e, d) {
		return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{o.exact(v[0], v[1])} })
	}
	return hlo(e, "stablehlo.compare", x, compareAttrs(o.Dir, o.Total, x[0].Aval.DType))
}

// exact is the comparison with the bits asked where the processor finds floats equal.
func (o compare) exact(x, y *Value) *Value {
	if x.DType().IsComplex() {
		h, join := o, And
		if o.Dir == "NE" {
			join = Or
		}
		return join(one(h, Real(x), Real(y)), one(h, Imag(x), Imag(y)))
	}
	kx, ky := signedKey(x), signedKey(y)
	same := Eq(x, y)
	switch o.Dir {
	case "EQ":
		return And(same, noBit(Xor(kx, ky)))
	case "NE":
		return Not(And(same, noBit(Xor(kx, ky))))
	}
	return Or(And(one(compare{Dir: o.Dir[:1] + "T"}, x, y), Not(same)), And(same, one(compare{Dir: o.Dir}, kx, ky)))
}

func (compare) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }

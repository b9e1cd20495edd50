package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// compare gives bool. Dir is StableHLO's direction; Total orders floats totally: -NaN < -inf < ... < -0 < +0 < ... <
// inf < NaN.
type compare struct {
	elementwise
	Dir   string
	Total bool
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
	return hlo(e, "stablehlo.compare", x, compareAttrs(o.Dir, o.Total, x[0].Aval.DType))
}

func (compare) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }

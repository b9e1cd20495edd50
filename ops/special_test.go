package ops_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/trace"
)

// testdata/special.jsonl.gz holds what JAX 0.10.2 makes, on a CPU, of zeros of both signs, infinities, NaN, tiny and huge numbers:
// one case a line, {"op", "x": [arrays], "want": array}; with "tangent": i, want is the derivative along operand i, and "power"
// is integer_pow's. Floats that JSON cannot write are the strings "nan", "inf" and "-inf".
const specialFile = "testdata/special.jsonl.gz"

type specialCase struct {
	Op      string
	X       []specialArray
	Want    specialArray
	Tangent *int
	Power   int
}

type specialArray struct {
	DType string
	Shape []int
	Data  []json.RawMessage
}

func (a specialArray) arr() (arr, error) {
	d, err := ir.ParseDType(a.DType)
	if err != nil {
		return arr{}, err
	}
	out := arr{d: d, shape: a.Shape}
	for _, raw := range a.Data {
		l, err := specialLit(raw, d)
		if err != nil {
			return arr{}, fmt.Errorf("%s: %w", raw, err)
		}
		out.e = append(out.e, l)
	}
	return out, nil
}

func specialLit(raw json.RawMessage, d ir.DType) (ir.Lit, error) {
	switch {
	case d.IsComplex():
		var parts []json.RawMessage
		if err := json.Unmarshal(raw, &parts); err != nil {
			return ir.Lit{}, err
		}
		re, err := specialFloat(parts[0])
		if err != nil {
			return ir.Lit{}, err
		}
		im, err := specialFloat(parts[1])
		return ir.ComplexLit(complex(re, im), d), err
	case d == ir.Bool:
		return ir.BoolLit(string(raw) == "true"), nil
	case d.IsInteger():
		n, err := strconv.ParseInt(string(raw), 10, 64)
		return ir.IntLit(n, d), err
	}
	v, err := specialFloat(raw)
	return ir.FloatLit(v, d), err
}

func specialFloat(raw json.RawMessage) (float64, error) {
	s := string(raw)
	if s[0] == '"' {
		s = s[1 : len(s)-1]
	}
	return strconv.ParseFloat(s, 64)
}

func unaryNamed(name string, power int) func(x *trace.Value) *trace.Value {
	if name == "integer_pow" {
		return func(x *trace.Value) *trace.Value { return ops.IntegerPow(x, power) }
	}
	for _, r := range unaryRows {
		if r.name == name {
			return r.f
		}
	}
	return nil
}

func binaryNamed(name string) func(x, y *trace.Value) *trace.Value {
	for _, r := range binaryRows {
		if r.name == name {
			return r.f
		}
	}
	return nil
}

// sameAs is closer than arr.closeTo: relative alone, so that small numbers count.
func (a arr) sameAs(want arr) (bad []int) {
	const tol = 8e-6
	same := func(x, y float64) bool {
		return x == y || x != x && y != y || !math.IsInf(y, 0) && math.Abs(x-y) <= tol*math.Abs(y)+1e-37
	}
	for i, x := range a.e {
		x, y := x.Complex(), want.e[i].Complex()
		if !same(real(x), real(y)) || !same(imag(x), imag(y)) {
			bad = append(bad, i)
		}
	}
	return bad
}

func TestSpecialValues(t *testing.T) {
	n := 0
	err := jsonl.File(specialFile, func(line []byte) error {
		n++
		var c specialCase
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		var x []arr
		for _, v := range c.X {
			a, err := v.arr()
			if err != nil {
				return err
			}
			x = append(x, a)
		}
		want, err := c.Want.arr()
		if err == nil {
			checkSpecial(t, c, x, want)
		}
		return err
	})
	if err != nil || n < 100 {
		t.Errorf("read %d cases: %v", n, err)
	}
}

func checkSpecial(t *testing.T, c specialCase, x []arr, want arr) {
	t.Helper()
	var f fn
	switch g, h := unaryNamed(c.Op, c.Power), binaryNamed(c.Op); {
	case len(x) == 1 && g != nil:
		f = f1(g)
	case len(x) == 2 && h != nil:
		f = f2(h)
	default:
		t.Errorf("%s of %d operands is in no table", c.Op, len(x))
		return
	}
	what := c.Op
	var got arr
	if c.Tangent == nil {
		got = get(f(putAll(x))[0])
	} else {
		what = fmt.Sprintf("the derivative of %s along operand %d", c.Op, *c.Tangent)
		tan := make([]*trace.Value, len(x))
		tan[*c.Tangent] = x[*c.Tangent].map1(want.d, func(complex128) complex128 { return 1 }).put()
		_, yt := jvpOf(t, program(t, f, avals(x)), putAll(x), tan)
		if yt[0] == nil {
			got = want.map1(want.d, func(complex128) complex128 { return 0 })
		} else {
			got = get(yt[0])
		}
	}
	if got.d != want.d || len(got.e) != len(want.e) {
		t.Errorf("%s of %v: got %v[%d], want %v[%d]", what, x[0].d, got.d, len(got.e), want.d, len(want.e))
		return
	}
	for k, i := range got.sameAs(want) {
		if k == 5 {
			break
		}
		in := x[0].e[i].String()
		if len(x) == 2 {
			in += ", " + x[1].e[i].String()
		}
		t.Errorf("%s of %v(%s): got %v, JAX has %v", what, x[0].d, in, got.e[i], want.e[i])
	}
}

package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// kinds is a set of dtype families.
type kinds uint8

const (
	kBool kinds = 1 << iota
	kSigned
	kUnsigned
	kFloat
	kComplex

	kInt     = kSigned | kUnsigned
	kReal    = kInt | kFloat
	kNum     = kReal | kComplex
	kInexact = kFloat | kComplex
	kLogic   = kInt | kBool
	kOrdered = kReal | kBool
	kAny     = kNum | kBool
)

func kindOf(d ir.DType) kinds {
	switch d.Kind() {
	case ir.KindBool:
		return kBool
	case ir.KindInt:
		return kSigned
	case ir.KindUint:
		return kUnsigned
	case ir.KindFloat:
		return kFloat
	case ir.KindComplex:
		return kComplex
	}
	return 0
}

// String lists the families for messages: "float or complex".
func (k kinds) String() string {
	var s []string
	add := func(set kinds, name string) {
		if k&set == set {
			s = append(s, name)
			k &^= set
		}
	}
	add(kBool, "bool")
	add(kInt, "integer")
	add(kSigned, "signed integer")
	add(kUnsigned, "unsigned integer")
	add(kFloat, "float")
	add(kComplex, "complex")
	if n := len(s); n > 1 {
		return strings.Join(s[:n-1], ", ") + " or " + s[n-1]
	}
	return strings.Join(s, "")
}

// wantKind refuses dtypes outside of allow.
func wantKind(a ir.Aval, allow kinds) error {
	if kindOf(a.DType)&allow == 0 {
		return fmt.Errorf("takes %v operands, not %v; convert first with lax.Convert, or use the jnp function, which promotes", allow, a.DType)
	}
	return nil
}

// sameTypes refuses operands of different shapes or dtypes: lax neither broadcasts nor promotes.
func sameTypes(in []ir.Aval) error {
	for _, a := range in[1:] {
		if !slices.Equal(a.Shape, in[0].Shape) {
			return fmt.Errorf("the operands' shapes %s and %s differ; lax takes equal shapes: broadcast first with lax.BroadcastInDim, or use the jnp function, which broadcasts",
				ir.ShapeString(in[0].Shape), ir.ShapeString(a.Shape))
		}
		if a.DType != in[0].DType {
			return fmt.Errorf("the operands' dtypes %v and %v differ; lax takes one dtype: convert first with lax.Convert, or use the jnp function, which promotes",
				in[0].DType, a.DType)
		}
	}
	return nil
}

// allWeak reports whether every operand is weakly typed, which makes the output so.
func allWeak(in []ir.Aval) bool {
	for _, a := range in {
		if !a.Weak {
			return false
		}
	}
	return true
}

// inferSame is the type of an elementwise operation of n operands whose output is of their one type.
func inferSame(in []ir.Aval, n int, allow kinds) ([]ir.Aval, error) {
	if err := wantOperands(in, n); err != nil {
		return nil, err
	}
	if err := wantKind(in[0], allow); err != nil {
		return nil, err
	}
	if n == 1 {
		return in[:1:1], nil
	}
	if err := sameTypes(in); err != nil {
		return nil, err
	}
	out := in[0]
	out.Weak = allWeak(in)
	return []ir.Aval{out}, nil
}

// The families of elementwise operations. elementwise carries the batching rule of all of them; the others add the number
// of operands and the dtypes.
type (
	elementwise struct{}

	unaryNum     struct{ elementwise }
	unaryFloat   struct{ elementwise }
	unaryInexact struct{ elementwise }
	unaryInt     struct{ elementwise }
	unaryLogic   struct{ elementwise }

	binaryAny     struct{ elementwise }
	binaryNum     struct{ elementwise }
	binaryReal    struct{ elementwise }
	binaryFloat   struct{ elementwise }
	binaryInexact struct{ elementwise }
	binaryInt     struct{ elementwise }
	binaryLogic   struct{ elementwise }
)

// Batch aligns the mapped axes and applies the same operation.
func (elementwise) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if len(x) == 1 {
		return c.Self(x...), d
	}
	y, dim := alignBatch(c, x, d)
	return c.Self(y...), []int{dim}
}

func (unaryNum) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 1, kNum) }
func (unaryFloat) Infer(in []ir.Aval) ([]ir.Aval, error)   { return inferSame(in, 1, kFloat) }
func (unaryInexact) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferSame(in, 1, kInexact) }
func (unaryInt) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 1, kInt) }
func (unaryLogic) Infer(in []ir.Aval) ([]ir.Aval, error)   { return inferSame(in, 1, kLogic) }

func (binaryAny) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 2, kAny) }
func (binaryNum) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 2, kNum) }
func (binaryReal) Infer(in []ir.Aval) ([]ir.Aval, error)    { return inferSame(in, 2, kReal) }
func (binaryFloat) Infer(in []ir.Aval) ([]ir.Aval, error)   { return inferSame(in, 2, kFloat) }
func (binaryInexact) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferSame(in, 2, kInexact) }
func (binaryInt) Infer(in []ir.Aval) ([]ir.Aval, error)     { return inferSame(in, 2, kInt) }
func (binaryLogic) Infer(in []ir.Aval) ([]ir.Aval, error)   { return inferSame(in, 2, kLogic) }

// writer writes expressions of several StableHLO operations.
type writer struct{ trace.Emitter }

// un writes an operation whose result has its operand's type.
func (w writer) un(name string, x trace.Operand) trace.Operand {
	return w.Op(name, []trace.Operand{x}, "", x.Aval)[0]
}

// bin writes an operation whose result has its operands' one type.
func (w writer) bin(name string, x, y trace.Operand) trace.Operand {
	return w.Op(name, []trace.Operand{x, y}, "", x.Aval)[0]
}

// to writes an operation of one operand whose result has another dtype.
func (w writer) to(name string, x trace.Operand, d ir.DType) trace.Operand {
	return w.Op(name, []trace.Operand{x}, "", x.Aval.As(d))[0]
}

// like is an array of x's shape and dtype filled with v.
func (w writer) like(x trace.Operand, v float64) trace.Operand {
	return w.Const(ir.FloatLit(v, x.Aval.DType), x.Aval.Shape)
}

// cmp compares, with JAX's choice of comparison type.
func (w writer) cmp(dir string, x, y trace.Operand) trace.Operand {
	return w.Op("stablehlo.compare", []trace.Operand{x, y}, compareAttrs(dir, false, x.Aval.DType), x.Aval.As(ir.Bool))[0]
}

// sel selects.
func (w writer) sel(p, x, y trace.Operand) trace.Operand {
	return w.Op("stablehlo.select", []trace.Operand{p, x, y}, "", x.Aval)[0]
}

// fill broadcasts a scalar operand to shape.
func (w writer) fill(x trace.Operand, shape []int) trace.Operand {
	if len(x.Aval.Shape) == len(shape) {
		return x
	}
	return w.Op("stablehlo.broadcast_in_dim", []trace.Operand{x}, "broadcast_dimensions = "+i64s(nil), x.Aval.With(shape))[0]
}

// wantParts is the error for parts that no complex dtype has.
func wantParts(a ir.Aval) error {
	return fmt.Errorf("takes float32 or float64 parts, not %v; convert first with lax.Convert", a.DType)
}

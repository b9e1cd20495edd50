package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
)

// What Infer checks. Bind puts the operation's name and the operands' types before the text of an error.

// wantOperands checks the number of operands.
func wantOperands(in []ir.Aval, n int) error {
	if len(in) != n {
		return fmt.Errorf("takes %d operands, not %d", n, len(in))
	}
	return nil
}

// firstError is the first of errs that is one.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// sameTypes refuses operands of different shapes or dtypes: lax neither broadcasts nor promotes.
func sameTypes(in []ir.Aval) error {
	for _, a := range in[1:] {
		if !slices.Equal(a.Shape, in[0].Shape) {
			return fmt.Errorf("the operands' shapes %s and %s differ; lax takes equal shapes: broadcast first with "+
				"lax.BroadcastInDim, or use the jnp function, which broadcasts",
				ir.ShapeString(in[0].Shape), ir.ShapeString(a.Shape))
		}
		if a.DType != in[0].DType {
			return fmt.Errorf("the operands' dtypes %v and %v differ; lax takes one dtype: convert first with "+
				"lax.ConvertElementType, or use the jnp function, which promotes",
				in[0].DType, a.DType)
		}
	}
	return nil
}

// oneDType refuses operands of different dtypes.
func oneDType(in []ir.Aval) error {
	for _, a := range in[1:] {
		if a.DType != in[0].DType {
			return fmt.Errorf("takes operands of one dtype, not %v and %v; convert one with lax.ConvertElementType",
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

// boolOf is bool of x's shape, weakly typed where x is: a truth about Go's numbers alone gives way as they do.
func boolOf(x ir.Aval) ir.Aval {
	out := x.As(ir.Bool)
	out.Weak = x.Weak
	return out
}

// checkShape refuses shapes that no array can have.
func checkShape(shape []int) error {
	for _, n := range shape {
		if n < 0 {
			return fmt.Errorf("shape %s has a negative size", ir.ShapeString(shape))
		}
	}
	if ir.SizeOf(shape) < 0 {
		return fmt.Errorf("an array of shape %s has more elements than can be counted", ir.ShapeString(shape))
	}
	return nil
}

package jit

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
)

func TestTooLarge(t *testing.T) {
	fails.With(t, func() { ops.Neg(ops.Zeros(ir.Aval{Shape: []int{1 << 24, 1 << 24}, DType: ir.Float32})) }, "memory",
		"size_test.go:")
}

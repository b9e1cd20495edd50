package gojax

import "github.com/gojax/gojax/transforms/deriv"

// CheckOption changes what CheckGrads does.
type CheckOption = deriv.CheckOption

// CheckTolerance sets how far numeric and analytic derivatives may differ: by abs + rel times the numeric one. Without
// it both are 1e-5 for float64 and complex128, 2e-3 for float32 and complex64, 1e-2 for 16 bits, and tenfold at each
// further order.
func CheckTolerance(abs, rel float64) CheckOption { return deriv.CheckTolerance(abs, rel) }

// CheckStep sets the step of the central differences; without it, 1e-4 for float64 and 1/1024 for others.
func CheckStep(eps float64) CheckOption { return deriv.CheckStep(eps) }

// CheckForwardOnly leaves out reverse mode.
func CheckForwardOnly() CheckOption { return deriv.CheckForwardOnly() }

// CheckReverseOnly leaves out forward mode, which a function with CustomVJP does not have.
func CheckReverseOnly() CheckOption { return deriv.CheckReverseOnly() }

// CheckSeed chooses the random directions.
func CheckSeed(seed uint64) CheckOption { return deriv.CheckSeed(seed) }

// CheckGrads compares the derivatives of f at p with central differences in random directions: JVP, and VJP by the
// inner products of tangents and cotangents, and, for order 2 and more, the derivatives of those
// (jax.test_util.check_grads). The error says which derivative is off and by how much; a panic of f or of a rule is an
// error too. float64 (see WithX64) makes the comparison sharp.
func CheckGrads[P, R any](f func(P) R, p P, order int, opts ...CheckOption) error {
	return deriv.Check(f, p, order, opts)
}

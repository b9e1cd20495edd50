// Package special holds the special functions of scipy.special, as jax.scipy.special has them. Operands are Arrays or Go scalars; they
// are brought to their common floating-point type (integers to the default float) and broadcast against each other. Complex numbers
// are refused where not said otherwise.
package special

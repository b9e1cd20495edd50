// Package export runs programs that JAX exported, and saves programs of gojax.
package export

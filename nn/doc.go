// Package nn holds activation functions and what else neural networks are written with, as jax.nn does. Functions take arrays of
// any number dtype; those whose formula needs fractions turn integers into the default float type first.
package nn

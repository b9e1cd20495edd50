// Package peers holds the programs that measure other libraries for the benchmarks' table.
package peers

import _ "embed"

// JAXRows is a Python program that prints JAX's figures for the table's rows as one JSON object.
//
//go:embed jax_rows.py
var JAXRows string

// Work is a Python program that does pieces of ordinary work as it is asked to, in JAX and in NumPy.
//
//go:embed work.py
var Work string

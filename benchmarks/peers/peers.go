// Package peers holds the programs that measure other libraries for the benchmarks' table.
package peers

import _ "embed"

// JAXRows is a Python program that prints JAX's figures for the table's rows as one JSON object.
//
//go:embed jax_rows.py
var JAXRows string

// Package peers holds the programs that do the benchmarks' work in other libraries.
package peers

import "embed"

// Python are the files of a program that does it in NumPy, JAX and PyTorch: serve.py is the one to run.
//
//go:embed *.py
var Python embed.FS

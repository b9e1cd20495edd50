package main

import (
	"fmt"
	"math"
	"strings"
)

// marker is the line of docs/ACCURACY.md behind which the tables stand.
const marker = "<!-- What follows is written by go run ./tests/truth -w -->"

// report is the tables of docs/ACCURACY.md, one for each package.
func report(all []measurement) string {
	var b strings.Builder
	pkg := ""
	for _, m := range all {
		p, name, _ := strings.Cut(m.Function, ".")
		if p != pkg {
			pkg = p
			fmt.Fprintf(&b, "## %s\n\n| function | points | float32 | SciPy | JAX | float64 | SciPy | JAX "+
				"| first derivative | second |\n|---|---|---|---|---|---|---|---|---|---|\n", p)
		}
		f32, f64 := "float32", "float64"
		if _, complex := m.values["complex128"]; complex {
			f32, f64 = "complex64", "complex128"
		}
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s |\n", name, len(m.points),
			ulp(m.values, f32), ulp(m.SciPy, f32), ulp(m.JAX, f32),
			ulp(m.values, f64), ulp(m.SciPy, f64), ulp(m.JAX, f64), both(m.d, f32, f64), both(m.dd, f32, f64))
	}
	return b.String()
}

// ulp is an error as the tables have it.
func ulp(by map[string]float64, dtype string) string {
	v, ok := by[dtype]
	switch {
	case !ok:
		return "–"
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "wrong"
	case v >= 1e4:
		return fmt.Sprintf("%.0e", v)
	case v >= 10:
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.1f", v)
}

// both is the errors of two dtypes.
func both(by map[string]float64, f32, f64 string) string {
	if len(by) == 0 {
		return "–"
	}
	return ulp(by, f32) + ", " + ulp(by, f64)
}

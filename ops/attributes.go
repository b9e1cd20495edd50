package ops

import (
	"slices"
	"strconv"
	"strings"
)

// Text of attributes, as MLIR's generic form has it.

// i64s is "array<i64: 0, 1>".
func i64s(x []int) string {
	if len(x) == 0 {
		return "array<i64>"
	}
	return "array<i64: " + commas(x) + ">"
}

// i64 is "3 : i64".
func i64(x int) string { return strconv.Itoa(x) + " : i64" }

// commas is "0, 1".
func commas(x []int) string {
	var b []byte
	for i, v := range x {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = strconv.AppendInt(b, int64(v), 10)
	}
	return string(b)
}

// attrs joins the non-empty attributes: `attrs("dimension = 0 : i64", "is_stable = true")`.
func attrs(a ...string) string {
	return strings.Join(slices.DeleteFunc(a, func(s string) bool { return s == "" }), ", ")
}

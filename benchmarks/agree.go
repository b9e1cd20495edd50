package main

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
)

// view picks what is compared of a row's results, each a list of numbers. same is whether random numbers must be
// gojax's.
type view func(in []any, out [][]float64, same bool) [][]float64

// first and second are one result, where there are several: others leave out the rest.
func first(_ []any, out [][]float64, _ bool) [][]float64  { return out[:1] }
func second(_ []any, out [][]float64, _ bool) [][]float64 { return out[min(1, len(out)-1):][:1] }

// factor is the second result without signs, which are free.
func factor(in []any, out [][]float64, same bool) [][]float64 {
	r := second(in, out, same)[0]
	for i, x := range r {
		r[i] = math.Abs(x)
	}
	return [][]float64{r}
}

// taken is the input at the positions that are the result: equal elements may be in any order.
func taken(in []any, out [][]float64, _ bool) [][]float64 {
	x := numbers(in[0].(jnp.Array), 1)
	y := make([]float64, len(out[0]))
	for i, at := range out[0] {
		y[i] = x[int(at)%len(x)]
	}
	return [][]float64{y}
}

// moments are the mean and the standard deviation of the first result.
func moments(_ []any, out [][]float64, _ bool) [][]float64 {
	var sum, squares float64
	for _, x := range out[0] {
		sum += x
		squares += x * x
	}
	n := float64(len(out[0]))
	return [][]float64{{sum / n, math.Sqrt(squares/n - sum/n*sum/n)}}
}

// bits are random numbers themselves, where they must be gojax's, and moments of others.
func bits(in []any, out [][]float64, same bool) [][]float64 {
	if same {
		return out
	}
	return moments(in, out, same)
}

// most is how many elements of a result are compared: of larger ones, elements far apart.
const most = 1 << 22

// agree compares results with others, element by element: they may be err of their size apart, or of the size that
// elements have on average.
func agree(got, want [][]float64, err float64) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d results, and %d by gojax", len(got), len(want))
	}
	for i := range got {
		if len(got[i]) != len(want[i]) {
			return fmt.Errorf("result %d has %d elements, and %d by gojax", i, len(got[i]), len(want[i]))
		}
		var squares float64
		for _, x := range want[i] {
			squares += x * x
		}
		size := math.Sqrt(squares / float64(max(1, len(want[i]))))
		for j, x := range want[i] {
			if d := math.Abs(got[i][j] - x); !(d <= err*(math.Abs(x)+size)) {
				return fmt.Errorf("element %d of result %d is %v, and %v by gojax", j, i, got[i][j], x)
			}
		}
	}
	return nil
}

// numbers are every step-th element of an array, real ones and imaginary ones in turn.
func numbers(x jnp.Array, step int) []float64 {
	switch x.DType() {
	case jnp.Float64:
		return widened(jnp.ToSlice[float64](x), step)
	case jnp.Int32:
		return widened(jnp.ToSlice[int32](x), step)
	case jnp.Int64:
		return widened(jnp.ToSlice[int64](x), step)
	case jnp.Complex64, jnp.Complex128:
		return pairs(jnp.ToSlice[complex128](x), step)
	}
	return widened(jnp.ToSlice[float32](x), step)
}

func widened[T float32 | float64 | int32 | int64](x []T, step int) []float64 {
	y := make([]float64, 0, len(x)/step+1)
	for i := 0; i < len(x); i += step {
		y = append(y, float64(x[i]))
	}
	return y
}

func pairs(x []complex128, step int) (y []float64) {
	for i := 0; i < len(x); i += step {
		y = append(y, real(x[i]), imag(x[i]))
	}
	return y
}

// sample is how far apart the compared elements of n are.
func sample(n int) int { return max(1, (n+most-1)/most) }

// rivalNumbers are those of a rival's result.
func rivalNumbers(y any) [][]float64 {
	switch y := y.(type) {
	case []float64:
		return [][]float64{widened(y, sample(len(y)))}
	case []float32:
		return [][]float64{widened(y, sample(len(y)))}
	case []int32:
		return [][]float64{widened(y, sample(len(y)))}
	case []complex128:
		return [][]float64{pairs(y, sample(len(y)))}
	}
	panic(fmt.Sprintf("a result of type %T", y))
}

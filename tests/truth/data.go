package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"math/big"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gojax/gojax/tests/jsonl"
)

// file is the truth about a function: make/common.py says what its fields are.
type file struct {
	Function string
	Source   string
	ULP      limits
	DULP     limits
	DDULP    limits
	SciPy    worst
	JAX      worst
	points   []point
}

// point is a value of a function, or of its derivatives, at some arguments.
type point struct {
	DType            string
	Static           []int
	Args             []number
	Want             number
	D, DD            []*number
	ULP, DULP, DDULP float64
	Why              string
}

// number is a real number, with one part, or a complex one, with two.
type number []string

func (n *number) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*n = number{one}
		return nil
	}
	var two [2]string
	if err := json.Unmarshal(b, &two); err != nil {
		return fmt.Errorf("%s is neither a number nor a pair of them", b)
	}
	*n = two[:]
	return nil
}

func (n number) String() string {
	if len(n) == 2 {
		return "(" + n[0] + "," + n[1] + ")"
	}
	return n[0]
}

// limits are the errors that are allowed, by dtype; "" is for all others.
type limits map[string]float64

func (l *limits) UnmarshalJSON(b []byte) error {
	var all float64
	if json.Unmarshal(b, &all) == nil {
		*l = limits{"": all}
		return nil
	}
	var by map[string]float64
	err := json.Unmarshal(b, &by)
	*l = by
	return err
}

// of is the limit of a dtype, or otherwise if the file says none. own is the point's, if it has one.
func (l limits) of(dtype string, own, otherwise float64) float64 {
	if own > 0 {
		return own
	}
	if v, ok := l[dtype]; ok {
		return v
	}
	if v, ok := l[""]; ok {
		return v
	}
	return otherwise
}

// worst is the largest error of another library by dtype, NaN where it has no digit right.
type worst map[string]float64

func (w *worst) UnmarshalJSON(b []byte) error {
	var by map[string]any
	if err := json.Unmarshal(b, &by); err != nil {
		return err
	}
	*w = worst{}
	for dtype, v := range by {
		f, ok := v.(float64)
		if !ok {
			f = math.NaN()
		}
		(*w)[dtype] = f
	}
	return nil
}

// load reads the files of a folder, each in the folder of its package.
func load(dir string) ([]*file, error) {
	var files []*file
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		var f *file
		if err := jsonl.File(path, func(line []byte) error {
			if f == nil {
				f = &file{}
				return json.Unmarshal(line, f)
			}
			var p point
			if err := json.Unmarshal(line, &p); err != nil {
				return err
			}
			if len(p.Args) == 0 || len(p.Want) == 0 {
				return fmt.Errorf("a point without arguments or value")
			}
			f.points = append(f.points, p)
			return nil
		}); err != nil {
			return err
		}
		name := filepath.Base(filepath.Dir(path)) + "." + strings.TrimSuffix(filepath.Base(path), ".jsonl")
		if f == nil || f.Function != name {
			return fmt.Errorf("%s is not about %s", path, name)
		}
		files = append(files, f)
		return nil
	})
	return files, err
}

// format is what a real dtype can hold.
type format struct {
	bits      int // of the significand
	low, high int // the exponents of the smallest normal number and of the largest one
}

// formatOf is that of a dtype, or of the parts of a complex one.
func formatOf(dtype string) format {
	if dtype == "float64" || dtype == "complex128" {
		return format{53, -1022, 1023}
	}
	return format{24, -126, 127}
}

// parse is an argument as it is in the format.
func (f format) parse(s string) float64 {
	size := 64
	if f.bits == 24 {
		size = 32
	}
	v, err := strconv.ParseFloat(s, size)
	if err != nil && !math.IsInf(v, 0) {
		panic(err)
	}
	return v
}

// precision of the arithmetic on errors, in bits.
const precision = 200

// errorOf is the error of got in units in the last place of want. It is infinite where got is NaN, infinite or zero and
// want is not, or the reverse. What is below the smallest normal number counts as zero or as that: compiled programs
// flush subnormal numbers.
func (f format) errorOf(got float64, want string) float64 {
	if want == "nan" {
		return whether(math.IsNaN(got))
	}
	if want == "inf" || want == "-inf" {
		return whether(math.IsInf(got, 1) == (want == "inf") && math.IsInf(got, 0))
	}
	w, _, err := big.ParseFloat(want, 10, precision, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	size := new(big.Float).Abs(w)
	// What rounds to infinity is at least half a unit above the largest number.
	most := new(big.Float).SetMantExp(big.NewFloat(1), f.high+1).SetPrec(precision)
	most.Sub(most, new(big.Float).SetMantExp(big.NewFloat(1), f.high-f.bits))
	tiny := new(big.Float).SetMantExp(big.NewFloat(1), f.low)
	switch {
	case math.IsNaN(got):
		return math.Inf(1)
	case size.Cmp(most) >= 0:
		return whether(math.IsInf(got, w.Sign()))
	case math.IsInf(got, 0):
		return math.Inf(1)
	case size.Cmp(tiny) < 0:
		if want == "-0" {
			return whether(got == 0 && math.Signbit(got))
		}
		return whether(math.Abs(got) <= math.Ldexp(1, f.low))
	case got == 0:
		return math.Inf(1)
	}
	off := new(big.Float).SetPrec(precision).SetFloat64(got)
	off.Sub(off, w)
	off.SetMantExp(off, -(size.MantExp(nil) - f.bits))
	e, _ := off.Float64()
	return math.Abs(e)
}

func whether(ok bool) float64 {
	if ok {
		return 0
	}
	return math.Inf(1)
}

package ir

import (
	"fmt"
	"strconv"
	"strings"
)

// Rows says how a call of a Go function is mapped: the function is called once for each row of each of the levels, the
// first outermost.
type Rows []Level

// Level is one mapped axis: the leading axis of the marked operands, and of all results, has Size rows.
type Level struct {
	Size int
	In   []bool
}

// String is the text that ParseRows reads: "3:101;2:011", the sizes and masks.
func (r Rows) String() string {
	var b []byte
	for i, l := range r {
		if i > 0 {
			b = append(b, ';')
		}
		b = append(strconv.AppendInt(b, int64(l.Size), 10), ':')
		for _, m := range l.In {
			if m {
				b = append(b, '1')
			} else {
				b = append(b, '0')
			}
		}
	}
	return string(b)
}

// ParseRows reads what String wrote.
func ParseRows(s string) (Rows, error) {
	if s == "" {
		return nil, nil
	}
	var r Rows
	for part := range strings.SplitSeq(s, ";") {
		size, mask, ok := strings.Cut(part, ":")
		n, err := strconv.Atoi(size)
		if !ok || err != nil || n < 0 {
			return nil, fmt.Errorf("%q says nothing about rows", s)
		}
		l := Level{Size: n}
		for _, c := range mask {
			l.In = append(l.In, c == '1')
		}
		r = append(r, l)
	}
	return r, nil
}

// Len is the number of calls.
func (r Rows) Len() int {
	n := 1
	for _, l := range r {
		n *= l.Size
	}
	return n
}

// Each calls f for every row.
func (r Rows) Each(in, out []HostArray, f func(in, out []HostArray) error) error {
	if len(r) == 0 {
		return f(in, out)
	}
	x, y := make([]HostArray, len(in)), make([]HostArray, len(out))
	for k := range r.Len() {
		r.Row(k, in, out, x, y)
		if err := f(x, y); err != nil {
			return err
		}
	}
	return nil
}

// Row sets x and y to what call k is given of in and out. Rows are contiguous, since mapped axes come first.
func (r Rows) Row(k int, in, out, x, y []HostArray) {
	n := r.Len()
	for j, a := range in {
		x[j] = r.row(a, k, n, func(l Level) bool { return l.In[j] })
	}
	for j, a := range out {
		y[j] = r.row(a, k, n, func(Level) bool { return true })
	}
}

// row is what call k of n is given of a, of which some levels are axes.
func (r Rows) row(a HostArray, k, n int, mapped func(Level) bool) HostArray {
	at, rows, axes := 0, 1, 0
	for _, l := range r {
		n /= l.Size
		if mapped(l) {
			at, rows, axes = at*l.Size+k/n%l.Size, rows*l.Size, axes+1
		}
	}
	size := len(a.Data) / rows
	return HostArray{Aval: a.With(a.Shape[axes:]), Data: a.Data[at*size : (at+1)*size]}
}

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

// Each calls f for every row. Rows are contiguous, since mapped axes come first.
func (r Rows) Each(in, out []HostArray, f func(in, out []HostArray) error) error {
	if len(r) == 0 {
		return f(in, out)
	}
	l := r[0]
	if len(l.In) != len(in) {
		return fmt.Errorf("rows of %d operands, of which there are %d", len(l.In), len(in))
	}
	x, y := make([]HostArray, len(in)), make([]HostArray, len(out))
	for i := range l.Size {
		for j, a := range in {
			if x[j] = a; l.In[j] {
				x[j] = row(a, i)
			}
		}
		for j, a := range out {
			y[j] = row(a, i)
		}
		if err := r[1:].Each(x, y, f); err != nil {
			return err
		}
	}
	return nil
}

func row(a HostArray, i int) HostArray {
	n := len(a.Data) / a.Shape[0]
	return HostArray{Aval: a.With(a.Shape[1:]), Data: a.Data[i*n : (i+1)*n]}
}

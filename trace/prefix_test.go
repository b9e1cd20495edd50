package trace

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// spread shows what a prefix says to each leaf: "0 - 1".
func spread(p []*int) string {
	s := make([]string, len(p))
	for i, v := range p {
		if s[i] = "-"; v != nil {
			s[i] = fmt.Sprint(*v)
		}
	}
	return strings.Join(s, " ")
}

func TestPrefix(t *testing.T) {
	type M = map[string]any
	type L = []any
	one := 1
	tree := struct {
		P    *pairs
		List []arr
		Map  map[int]arr
		Any  any
		N    int
		None []arr
	}{&pairs{A: leaf(1), B: leaf(2)}, []arr{leaf(3), leaf(4)}, map[int]arr{5: leaf(5), -1: leaf(6)}, [1]arr{leaf(7)}, 3,
		nil}
	d, _ := Flatten(tree) // P.A P.B List[0] List[1] Map[-1] Map[5] Any[0]
	var loop any
	loop = &loop
	for _, c := range []struct {
		spec any
		want string // or how the error begins
	}{
		{0, "0 0 0 0 0 0 0"},
		{int8(-1), "-1 -1 -1 -1 -1 -1 -1"},
		{nil, "- - - - - - -"},
		{None, "- - - - - - -"},
		{&one, "1 1 1 1 1 1 1"},
		{(*int)(nil), "- - - - - - -"},
		{M{"P": 0, "List": 1, "Map": 2, "Any": 3}, "0 0 1 1 2 2 3"},
		{M{"P": M{"A": 0, "B": nil}, "List": L{1, None}, "Map": map[int]int{5: 2, -1: 3}, "Any": L{4}},
			"0 - 1 - 3 2 4"},
		{struct{ P, List, Map, Any any }{struct{ B, A any }{1, 2}, [2]int{3, 4}, nil, &one}, "2 1 3 4 - - 1"},
		{map[string]int{"P": 0, "List": 1, "Map": 2, "Any": 3, "N": 4, "None": 5}, "0 0 1 1 2 2 3"},
		{M{"P": 0, "List": 1, "Map": 2}, "nothing is said about x.Any"},
		{M{"P": 0, "List": 1, "Map": 2, "Any": 3, "Zz": 1, "Aa": 1}, "x (struct { "},
		{M{"P": 0, "List": L{1}, "Map": 2, "Any": 3}, "x.List has 2 elements but is given 1"},
		{M{"P": 0, "List": "a", "Map": 2, "Any": 3}, "x.List is a slice ([]trace.arr) but is given as a string"},
		{M{"P": 0, "List": 0, "Map": M{"5": 1}, "Any": 3},
			"x.Map is a map (map[int]trace.arr) but is given as a map[string]interface {}"},
		{M{"P": 0, "List": 0, "Map": map[int]int{5: 1}, "Any": 3}, "nothing is said about x.Map[-1]"},
		{M{"P": 0, "List": 0, "Map": map[int]int{5: 1, -1: 2, 9: 3}, "Any": 3}, "x.Map has no key 9"},
		{M{"P": 0, "List": L{0, 1.5}, "Map": 0, "Any": 3},
			"x.List[1] is an array (trace.arr) but is given as a float64"},
		{uint(1), "x is a struct"},
		{loop, "x is a struct"},
	} {
		got, err := d.Prefix(c.spec, "x")
		if s := spread(got); err == nil && s != c.want || err != nil && !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v: got %s, %v; want %q", c.spec, s, err, c.want)
		}
	}
	if _, err := d.Prefix(M{"P": 0, "List": 1, "Map": 2, "Any": 3, "Zz": 1, "Aa": 1},
		"x"); !strings.HasSuffix(err.Error(), "has no field Aa") {
		t.Errorf("of two wrong fields: %v", err)
	}
}

// builder makes values of bytes, whatever they are.
type builder struct{ b []byte }

func (b *builder) next() byte {
	if len(b.b) == 0 {
		return 0
	}
	c := b.b[0]
	b.b = b.b[1:]
	return c
}

// value is a tree, or a prefix where leaves are not arrays.
func (b *builder) value(depth int, prefix bool) any {
	c := b.next()
	if depth > 6 {
		c %= 4
	}
	switch c % 12 {
	case 0:
		return nil
	case 1, 2:
		if prefix {
			return int(int8(b.next()))
		}
		return leaf(int(c))
	case 3:
		return []any{None, "text", 2.5, arr{}, uint8(c), (*int)(nil), true, math.NaN()}[b.next()%8]
	case 4, 5:
		list := make([]any, b.next()%4)
		for i := range list {
			list[i] = b.value(depth+1, prefix)
		}
		return list
	case 6, 7:
		m := map[string]any{}
		for range b.next() % 4 {
			m[string('A'+b.next()%3)] = b.value(depth+1, prefix)
		}
		return m
	case 8:
		m := map[int8]any{}
		for range b.next() % 4 {
			m[int8(b.next()%3)] = b.value(depth+1, prefix)
		}
		return m
	case 9:
		return struct{ A, B any }{b.value(depth+1, prefix), b.value(depth+1, prefix)}
	case 10:
		v := b.value(depth+1, prefix)
		return &v
	}
	if prefix {
		return [2]int{1, 2}
	}
	return [2]arr{leaf(1), leaf(2)}
}

// A prefix of any form is refused, or says something to each leaf.
func FuzzPrefix(f *testing.F) {
	for _, seed := range []string{
		"\x04\x02\x01\x01\x01\x05", "\x09\x01\x04\x01\x01\x06\x02\x00\x01\x01\x01\x01\x02",
		"\x08\x02\x01\x01\x02\x01\x08\x02\x01\x01\x00\x02\x01\x03",
		"\x0a\x0b\x0a\x0b", "\x06\x03\x00\x01\x01\x01\x02\x01\x09\x01\x01\x01\x02", "\x03\x03\x01\x01", "",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b := &builder{data}
		d, leaves := Flatten(b.value(0, false))
		got, err := d.Prefix(b.value(0, true), "x")
		if err == nil && len(got) != len(leaves) {
			t.Errorf("%d entries for %d leaves of %v", len(got), len(leaves), d)
		}
	})
}

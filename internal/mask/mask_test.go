package mask

import (
	"slices"
	"testing"
)

// bits makes a mask of text: "101".
func bits(s string) []bool {
	return Of([]byte(s), func(c byte) bool { return c == '1' })
}

func TestMasks(t *testing.T) {
	x, y := 1, 2
	rows := []struct {
		name string
		got  []bool
		want string
	}{
		{"Of", Of([]int{3, 0, 4}, func(n int) bool { return n > 0 }), "101"},
		{"Of nothing", Of(nil, func(int) bool { return true }), ""},
		{"NonNil", NonNil([]*int{&x, nil, &y}), "101"},
		{"Full", Full(3), "111"},
		{"Full of nothing", Full(0), ""},
		{"Not", Not(bits("1010")), "0101"},
		{"Or", Or(bits("1010"), bits("0010")), "1010"},
		{"Or of nothing", Or(nil, nil), ""},
		{"And", And(bits("1011"), bits("0011")), "0011"},
	}
	for _, r := range rows {
		if !slices.Equal(r.got, bits(r.want)) {
			t.Errorf("%s: got %v, want %s", r.name, r.got, r.want)
		}
	}
}

func TestCounts(t *testing.T) {
	rows := []struct {
		mask     string
		n        int
		any, all bool
	}{
		{"", 0, false, true},
		{"0", 0, false, false},
		{"1", 1, true, true},
		{"0110", 2, true, false},
	}
	for _, r := range rows {
		m := bits(r.mask)
		if n, some, all := Count(m), Any(m), All(m); n != r.n || some != r.any || all != r.all {
			t.Errorf("%q: Count %d, Any %v, All %v", r.mask, n, some, all)
		}
	}
}

func TestLists(t *testing.T) {
	abc := []string{"a", "b", "c"}
	if got := Pick(abc, bits("101")); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("Pick: %q", got)
	}
	if got := Place([]string{"a", "c"}, bits("101")); !slices.Equal(got, []string{"a", "", "c"}) {
		t.Errorf("Place: %q", got)
	}
	if got := Place(abc, bits("10")); !slices.Equal(got, []string{"a", ""}) {
		t.Errorf("Place of more than there are places: %q", got)
	}
	if got := Merge([]string{"a", "c"}, []string{"b"}, bits("101")); !slices.Equal(got, abc) {
		t.Errorf("Merge: %q", got)
	}
	x, y := 1, 2
	if got := Compact([]*int{nil, &x, nil, &y}); !slices.Equal(got, []*int{&x, &y}) {
		t.Errorf("Compact: %v", got)
	}
	for _, m := range []string{"000", "010", "111"} { // the two are inverse
		if got := Merge(Pick(abc, bits(m)), Pick(abc, Not(bits(m))), bits(m)); !slices.Equal(got, abc) {
			t.Errorf("%s: picked and merged again: %q", m, got)
		}
	}
}

func TestNothingIsChanged(t *testing.T) {
	a, b := bits("10"), bits("01")
	Or(a, b)
	And(a, b)
	Not(a)
	Fixpoint(a, func(m []bool) []bool { return Or(m, b) })
	if !slices.Equal(a, bits("10")) || !slices.Equal(b, bits("01")) {
		t.Errorf("arguments have changed: %v, %v", a, b)
	}
}

func TestFixpoint(t *testing.T) {
	var seen [][]bool
	// Each element marks the one after it.
	got := Fixpoint(bits("0100"), func(m []bool) []bool {
		seen = append(seen, m)
		return Or(m, append([]bool{false}, m[:len(m)-1]...))
	})
	if !slices.Equal(got, bits("0111")) || len(seen) != 3 || !slices.Equal(seen[2], got) {
		t.Errorf("got %v after %v", got, seen)
	}
	if got := Fixpoint(nil, func(m []bool) []bool { return m }); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

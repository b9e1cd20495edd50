package jnp_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Text selects what Index does, by the same program.
func TestIndexText(t *testing.T) {
	x := Arange(60.0).Reshape(3, 4, 5)
	at := AsArray(1)
	mask := AsArray([]bool{true, false, true})
	for _, c := range []struct {
		text   string
		values []any
		want   []any
	}{
		{"0, 1:-1, ::2", nil, []any{0, S(1, -1), S(nil, nil, 2)}},
		{"0, 1:-1, ::2, None, ...", nil, []any{0, S(1, -1), S(nil, nil, 2), NewAxis, Ellipsis}},
		{"..., newaxis, -1", nil, []any{Ellipsis, NewAxis, -1}},
		{" Ellipsis , np.newaxis,", nil, []any{Ellipsis, NewAxis}},
		{":", nil, []any{All}},
		{"::-1, :2:", nil, []any{S(nil, nil, -1), S(nil, 2)}},
		{"None:2, 1:None:None", nil, []any{S(nil, 2), S(1, nil)}},
		{"[0, 2], :, [[1], [3]]", nil, []any{[]int{0, 2}, All, [][]int{{1}, {3}}}},
		{"[True, False, True]", nil, []any{[]bool{true, false, true}}},
		{"True, -(1)", nil, []any{true, -1}},
		{"i, 1:n-1, i", []any{2, 4}, []any{2, S(1, 3), 2}},
		{"i + 1, 2*k:+k*3", []any{at, int8(1)}, []any{at.Add(1), S(2, 3)}},
		{"mask, 0x1", []any{mask}, []any{mask, 1}},
		{"rows[0:1]"[:4], []any{[]int{1, 1}}, []any{[]int{1, 1}}},
	} {
		got, want := x.Ix(c.text, c.values...), x.Index(c.want...)
		if !ArrayEqual(got, want).Bool() {
			t.Errorf("%q: %v, want %v", c.text, got, want)
		}
		set := x.AtIx(c.text, c.values...).Set(-1)
		if !ArrayEqual(set, x.At(c.want...).Set(-1)).Bool() {
			t.Errorf("%q set: %v", c.text, set)
		}
	}
	by := func(index func(x, i Array) Array) string { return gojax.Lower(index)(x, at).Text() }
	plain := func(text string) string { // without the places
		var lines []string
		for line := range strings.Lines(text) {
			line, _, _ = strings.Cut(line, " loc(")
			if !strings.HasPrefix(line, "module") {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
		return strings.Join(lines, "\n")
	}
	got := by(func(x, i Array) Array { return x.Ix("i, 1:3, None", i) })
	if want := by(func(x, i Array) Array { return x.Index(i, S(1, 3), NewAxis) }); plain(got) != plain(want) {
		t.Errorf("the program is\n%s\nwant\n%s", got, want)
	}
}

func TestIndexTextErrors(t *testing.T) {
	x := Ones(3, 4)
	for text, want := range map[string][]string{
		"0, 1:-b:":                   {"names", "0 values are given"},
		"0, 0, 0":                    {"jnp.Ix(float32[3,4])", "too many indices"},
		"0, 1.5":                     {`column 4 of "0, 1.5"`, "1.5 is no index"},
		"0,, 1":                      {"column 3", "missing"},
		"":                           {"column 1", "missing"},
		"1:2:3:4":                    {"column 6", "two colons"},
		"0, 1 2":                     {"column 6"},
		"1:0:0":                      {"column 5", "the step of a slice cannot be 0"},
		"[0, 1":                      {"column 1", "not closed"},
		"0]":                         {"column 2", "closes nothing"},
		"f(1)":                       {"column 1", `x.Ix("i", i)`},
		"1/2":                        {"column 2", "+ - * alone, not /"},
		"..., ...":                   {"one Ellipsis"},
		"0, -None":                   {"column 5", "None stands by itself"},
		"[1:2]":                      {"column 3", "a slice stands in an index alone"},
		"0, 'a'":                     {"column 4", "double quotes"},
		"1.5:":                       {"column 1", "1.5 is no index"},
		"99999999999999999999":       {"column 1", "does not fit an int: no axis"},
		"0, 4000000000 * 4000000000": {"column 15", "16000000000000000000 does not fit"},
		"010":                        {"column 1", "octal"},
		"ä, 1.5":                     {"column 4"},
	} {
		err := trace.Try(func() { x.Ix(text) })
		if err == nil {
			t.Errorf("%q: no error", text)
			continue
		}
		for _, w := range append(want, "index_text_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q: %q does not contain %q", text, err, w)
			}
		}
	}
	runErrors(t, []errorRow{
		{func() { x.Ix("i") }, []string{"has 1 names, and 0 values"}},
		{func() { x.Ix("i:", AsArray(1)) }, []string{"column 1", "Go ints", "jnp.DS"}},
		{func() { x.Ix("i+1", []int{1}) }, []string{"column 2", "not []int"}},
		{func() { x.Ix("i", 1.5) }, []string{"float64 is not an index"}},
		{func() { x.AtIx("0, 0, 0").Set(1) }, []string{"jnp.Ref.Set", "too many"}},
		{func() { x.AtIx("0,, 0") }, []string{"jnp.Array.AtIx", "column 3"}},
	})
}

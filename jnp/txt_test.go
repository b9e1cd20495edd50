package jnp_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
)

// textOptions are the fields of LoadTxt and SaveTxt, in JSON.
type textOptions struct {
	Delimiter, Comments, DType               string
	SkipRows, MaxRows, NDMin                 int
	Columns                                  []int
	Format, Newline, Header, Footer, Written string
}

// Text gives the arrays that NumPy's loadtxt gives, and is refused where that refuses it.
func TestLoadTxt(t *testing.T) {
	type line struct {
		Text    *string
		Options textOptions
		Array   heldArray
		Error   string
	}
	eachOf(t, func(l line) bool { return l.Text != nil }, func(l line) {
		o := l.Options
		d, _ := ir.ParseDType(o.DType)
		x, err := jnp.LoadTxt{Delimiter: o.Delimiter, Comments: o.Comments, SkipRows: o.SkipRows, MaxRows: o.MaxRows,
			Columns: o.Columns, DType: d, NDMin: o.NDMin}.Read(strings.NewReader(*l.Text))
		switch {
		case l.Error != "":
			if err == nil || !strings.Contains(err.Error(), "line ") {
				t.Errorf("%q %+v: %v, %v", *l.Text, o, x, err)
			}
		case err != nil:
			t.Errorf("%q %+v: %v", *l.Text, o, err)
		default:
			l.Array.is(t, *l.Text, x)
		}
	})
}

// What NumPy does not do, or not so.
func TestLoadTxtMore(t *testing.T) {
	for name, c := range map[string]struct {
		t          jnp.LoadTxt
		text, want string
	}{
		"quotes":            {jnp.LoadTxt{Delimiter: ","}, "\"1\", \"2\"\n \"3\" ,4\n", "[[1. 2.]\n [3. 4.]]"},
		"quotes, spaces":    {jnp.LoadTxt{Columns: []int{1}}, "\"a # b\" 2\n\"\" 3\n", "[2. 3.]"},
		"an inch":           {jnp.LoadTxt{Delimiter: ",", Columns: []int{1}}, "5\" pipe,2\n6\",3\n", "[2. 3.]"},
		"a byte order mark": {jnp.LoadTxt{}, "\ufeff1 2\n", "[1. 2.]"},
		"no comments":       {jnp.LoadTxt{Comments: "\n", Columns: []int{0}}, "1 #f00\n2 #0f0", "[1. 2.]"},
		"empty fields": {jnp.LoadTxt{Delimiter: ",", FillValue: -1}, "1,,3\n, ,\n",
			"[[ 1. -1.  3.]\n [-1. -1. -1.]]"},
		"empty integers":     {jnp.LoadTxt{Delimiter: ",", FillValue: 7, DType: jnp.Int8}, "1,\n", "[1 7]"},
		"a long delimiter":   {jnp.LoadTxt{Delimiter: "::"}, "1::2:: 3", "[1. 2. 3.]"},
		"no number":          {jnp.LoadTxt{}, "nan NaN", "[nan nan]"},
		"narrowed":           {jnp.LoadTxt{DType: jnp.Int64}, "1 -2", "[ 1 -2]"},
		"no fields, skipped": {jnp.LoadTxt{Delimiter: ",", SkipRows: 3}, "a\n\"x\n", "[]"},
	} {
		x, err := c.t.Read(strings.NewReader(c.text))
		if err != nil || x.String() != c.want {
			t.Errorf("%s: %v, %v", name, x, err)
		}
	}
	for name, c := range map[string]struct {
		t          jnp.LoadTxt
		text, want string
	}{
		"a head": {jnp.LoadTxt{Delimiter: ","}, "a,b\n1,2",
			"line 1: \"a\" in column 0 (counted from 0) cannot be read as float32; lines before"},
		"an empty one": {jnp.LoadTxt{Delimiter: ","}, "1,2\n\n,3",
			"line 3: \"\" in column 0 (counted from 0) cannot be read as float32; LoadTxt{FillValue: x}"},
		"commas":    {jnp.LoadTxt{}, "1,2\n", "(counted from 0) cannot be read as float32; LoadTxt{Delimiter: "},
		"uneven":    {jnp.LoadTxt{}, "1 2\n3", "line 2: it has 1 fields, and the rows before have 2"},
		"open":      {jnp.LoadTxt{}, "1 \"2\n3", "does not end"},
		"column":    {jnp.LoadTxt{Columns: []int{-3}}, "1 2", "no column -3 among 2"},
		"too large": {jnp.LoadTxt{DType: jnp.Int64}, "3000000000", "does not fit int32"},
		"too wide": {jnp.LoadTxt{DType: jnp.Int8}, "1 300", "line 1: \"300\" in column 1 (counted from 0) cannot " +
			"be read as int8, which has no numbers that large"},
		"a fraction":    {jnp.LoadTxt{DType: jnp.Int8}, "1 1.5", "cannot be read as int8; LoadTxt{DType: jnp.Float32}"},
		"no sign":       {jnp.LoadTxt{DType: jnp.Uint8}, "-1", "as uint8, which has no negative numbers"},
		"negative":      {jnp.LoadTxt{SkipRows: -1}, "", "SkipRows is -1"},
		"a filling":     {jnp.LoadTxt{FillValue: "x"}, "", "FillValue is a string"},
		"no such dtype": {jnp.LoadTxt{DType: 99}, "", "99"},
	} {
		if x, err := c.t.Read(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v, want %q", name, x, err, c.want)
		}
	}
	if _, err := (jnp.LoadTxt{}).Read(nil); err == nil {
		t.Error("nil is read")
	}
	if _, err := (jnp.LoadTxt{}).Read(failing{}); !errors.Is(err, errFailing) {
		t.Errorf("a reader that fails: %v", err)
	}
	if _, err := (jnp.LoadTxt{SkipRows: 1}).Read(failing{}); !errors.Is(err, errFailing) {
		t.Errorf("a reader that fails: %v", err)
	}
}

var posInf, negInf = float32(inf), float32(-inf)

var errFailing = errors.New("it fails")

type failing struct{}

func (failing) Read([]byte) (int, error)  { return 0, errFailing }
func (failing) Write([]byte) (int, error) { return 0, errFailing }

// Arrays are written as NumPy's savetxt writes them.
func TestSaveTxt(t *testing.T) {
	type line struct {
		Written *string
		Options textOptions
		Array   heldArray
	}
	eachOf(t, func(l line) bool { return l.Written != nil }, func(l line) {
		d, err := ir.ParseDType(l.Array.DType)
		if err != nil {
			t.Fatal(err)
		}
		x := jnp.Reading{DType: d}.FromBuffer(l.Array.Data).Reshape(l.Array.Shape...)
		o := l.Options
		var b bytes.Buffer
		if err := (jnp.SaveTxt{Delimiter: o.Delimiter, Comments: o.Comments, Format: o.Format, Newline: o.Newline,
			Header: o.Header, Footer: o.Footer}).Write(&b, x); err != nil || b.String() != *l.Written {
			t.Errorf("%+v of %v:\n%q, %v, want\n%q", o, x, b.String(), err, *l.Written)
		}
	})
}

func TestSaveTxtMore(t *testing.T) {
	x := jnp.FromSlice([]int32{1, -20}).Reshape(1, 2)
	for name, c := range map[string]struct {
		t    jnp.SaveTxt
		x    jnp.Array
		want string
	}{
		"integers":   {jnp.SaveTxt{}, x, "1 -20\n"},
		"percent":    {jnp.SaveTxt{Format: "%d%%", Delimiter: "%"}, x, "1%%-20%\n"},
		"shortest":   {jnp.SaveTxt{Format: "%v"}, jnp.FromSlice([]float32{0.1}), "0.1\n"},
		"text":       {jnp.SaveTxt{Format: "%6s"}, jnp.FromSlice([]float32{0.5}), "   0.5\n"},
		"hex":        {jnp.SaveTxt{Format: "%x"}, jnp.FromSlice([]uint8{255}), "ff\n"},
		"bools":      {jnp.SaveTxt{}, jnp.FromSlice([]bool{true, false}), "1\n0\n"},
		"infinities": {jnp.SaveTxt{Format: "%+6.1f"}, jnp.FromSlice([]float32{posInf, negInf}), "  +inf\n  -inf\n"},
	} {
		var b bytes.Buffer
		if err := c.t.Write(&b, c.x); err != nil || b.String() != c.want {
			t.Errorf("%s: %q, %v", name, b.String(), err)
		}
	}
	for name, c := range map[string]struct {
		t    jnp.SaveTxt
		x    jnp.Array
		want string
	}{
		"scalar":      {jnp.SaveTxt{}, jnp.Ones(), "one axis or two"},
		"three verbs": {jnp.SaveTxt{Format: "%d %d %d"}, x, "3 verbs"},
		"no verb":     {jnp.SaveTxt{Format: "x"}, x, "0 verbs"},
		"other verbs": {jnp.SaveTxt{Format: "%p"}, x, "%p"},
	} {
		var b bytes.Buffer
		if err := c.t.Write(&b, c.x); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q, %v", name, b.String(), err)
		}
	}
	if err := (jnp.SaveTxt{}).Write(failing{}, x); !errors.Is(err, errFailing) {
		t.Errorf("a writer that fails: %v", err)
	}
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := (jnp.SaveTxt{Format: "%.1f"}).SaveFile(path, x); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(path); string(text) != "1.0,-20.0\n" {
		t.Errorf("%q, %v", text, err)
	}
	y, err := jnp.LoadTxt{NDMin: 2, DType: jnp.Float16}.LoadFile(path)
	if err != nil || y.String() != "[[  1. -20.]]" {
		t.Errorf("%v, %v", y, err)
	}
}

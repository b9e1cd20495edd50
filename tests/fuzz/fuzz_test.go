// Package fuzz_test gives what parses its input (subscripts, signatures, index expressions, files) input of every form:
// it is taken, or refused with an error of gojax's. Functions are traced and nothing is compiled, so that many are
// tried. As ordinary tests the targets run on their seeds; go test -fuzz=FuzzEinsum ./tests/fuzz looks for more.
package fuzz_test

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/expr"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
)

func TestMain(m *testing.M) { leak.Main(m, gojax.LiveBuffers) }

// tried fails t where f panics with another thing than gojax's error, and reports whether f returned.
func tried(t *testing.T, f func()) bool {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("panics with %T: %v", r, r)
		}
	}()
	err := gojax.Try(f)
	var e *gojax.Error
	if err != nil && (!errors.As(err, &e) || e.Op == "") {
		t.Errorf("not an error that says where it comes from: %v", err)
	}
	return err == nil
}

// operands are arrays of several shapes.
func operands(f *testing.F) []jnp.Array {
	x := []jnp.Array{jnp.Zeros(), jnp.Zeros(3), jnp.Zeros(3, 4), jnp.Zeros(4, 3), jnp.Zeros(2, 3, 4), jnp.Zeros(1, 3),
		jnp.Zeros(0, 3)}
	f.Cleanup(func() {
		for _, a := range x {
			a.Delete()
		}
	})
	return x
}

func FuzzEinsum(f *testing.F) {
	all := operands(f)
	for _, seed := range []struct{ subscripts, which string }{
		{"ij,jk->ik", "\x02\x03"}, {"ij,jk", "\x02\x03"}, {"i,i->", "\x01\x01"}, {"ii->i", "\x02"},
		{"...i,i->...", "\x04\x01"}, {"->", ""}, {"", "\x00"},
		{" i j , j k -> k i ", "\x02\x03"}, {"i->ii", "\x01"}, {"...->...", "\x04"}, {"i...j->j...i", "\x04"},
		{"ij,jk,ki->", "\x02\x03\x02"}, {"é,é->", "\x01\x01"},
		{"i,", "\x01"}, {"..i", "\x02"}, {"i.j", "\x02"}, {"i->j", "\x01"}, {"i->i->i", "\x01"}, {"i-i", "\x01"},
		{"....", "\x01"}, {"a\x00b", "\x02"}, {",", "\x00\x00"},
	} {
		f.Add(seed.subscripts, seed.which)
	}
	f.Fuzz(func(t *testing.T, subscripts, which string) {
		var x []jnp.Array
		for i := range min(len(which), 4) {
			x = append(x, all[int(which[i])%len(all)])
		}
		einsum := func(x []jnp.Array) jnp.Array { return jnp.Einsum(subscripts, x...) }
		if tried(t, func() { gojax.MakeProgram(einsum)(x) }) && len(x) == 0 {
			t.Errorf("%q is taken for no arrays", subscripts)
		}
		tried(t, func() { jnp.EinsumPath(subscripts, x...) })
	})
}

func FuzzVectorize(f *testing.F) {
	all := operands(f)
	for _, seed := range []string{"(n,m),(m)->(n)", "(),()->()", " ( n , m ) , ( m ) -> ( ) ", "(n),(n)->()",
		"(n,m),(m)->(n),(n)", "", "->", "(n", "(n),(n)->", "(n,),(m)->(n)",
		"(2,m),(m)->(m)", "(é),(m)->()", "((n)),(m)->()", "(n)(m)->()", "(n,n),(n)->(n)", "(n),(m)->(m)->(n)",
		"(-1),(m)->()"} {
		f.Add(seed, byte(2), byte(1))
	}
	f.Fuzz(func(t *testing.T, signature string, i, j byte) {
		x, y := all[int(i)%len(all)], all[int(j)%len(all)]
		add := func(a, b jnp.Array) jnp.Array { return jnp.Sum(a).Add(b) }
		tried(t, func() { gojax.MakeProgram(gojax.Vectorize(add, signature))(x, y) })
	})
}

// index is one part of an index expression, of the first bytes of b, and the bytes that are left.
func index(b []byte) (part any, rest []byte) {
	kind, n, m, k := b[0], int(int8(b[1])), int(int8(b[2])), int(int8(b[3]))
	switch kind % 16 {
	case 0:
		part = n
	case 1:
		part = jnp.S(n, m, k)
	case 2:
		part = jnp.S(n, m)
	case 3:
		part = jnp.S(n, nil)
	case 4:
		part = jnp.S(nil, m, k)
	case 5:
		part = jnp.All
	case 6:
		part = jnp.NewAxis
	case 7:
		part = jnp.Ellipsis
	case 8:
		part = []int{n, m, k}
	case 9:
		part = jnp.FromSlice([]int32{int32(n), int32(m)}).Reshape(2, 1)
	case 10:
		part = jnp.FromSlice([]bool{n > 0, m > 0, k > 0})
	case 11:
		part = n > 0
	case 12:
		part = jnp.DS(n, m)
	case 13:
		part = []any{1.5, "text", nil, float32(n), jnp.Array{}, []string{"a"}, uint8(n), math.MaxInt}[m&7]
	case 14:
		part = [][]bool{{n > 0, m > 0, k > 0, true}, {true, false, n > 1, m > 1}, {k > 1, true, false, false}}
	default:
		part = int64(n)
	}
	return part, b[4:]
}

func FuzzIndex(f *testing.F) {
	all := operands(f)
	for _, seed := range []string{
		"\x00\x01\x00\x00", "\x01\x00\x02\x01\x00\xff\x00\x00", "\x05\x00\x00\x00\x06\x00\x00\x00\x07\x00\x00\x00",
		"\x08\x00\x01\x02\x05\x00\x00\x00\x08\x00\x01\x02",
		"\x09\x00\x01\x00", "\x0a\x01\x00\x01", "\x0b\x01\x00\x00", "\x0c\x00\x02\x00", "\x0d\x00\x00\x00",
		"\x0d\x00\x04\x00", "\x0d\x00\x06\x00", "\x0e\x00\x01\x02",
		"\x01\x05\x80\xff", "\x01\x7f\x80\xfe", "\x04\x00\x02\x00", "\x02\xfe\x7f\x00", "\x0f\x80\x00\x00",
		"\x07\x00\x00\x00\x07\x00\x00\x00", "\x0d\x00\x07\x00",
	} {
		for i := range all {
			f.Add(byte(i), []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		x := all[int(which)%len(all)]
		var parts []any
		made := tried(t, func() {
			for len(data) >= 4 && len(parts) < 5 {
				var p any
				p, data = index(data)
				parts = append(parts, p)
			}
		})
		if !made {
			return
		}
		tried(t, func() { gojax.MakeProgram(func(x jnp.Array) jnp.Array { return x.Index(parts...) })(x) })
		tried(t, func() {
			p := gojax.MakeProgram(func(x jnp.Array) jnp.Array { return x.At(parts...).Set(1) })(x)
			if out := p.OutTypes()[0]; !slices.Equal(out.Shape, x.Shape()) {
				t.Errorf("Set makes %v of %v", out, x.Shape())
			}
		})
	})
}

func FuzzNPY(f *testing.F) {
	for _, x := range []jnp.Array{jnp.Zeros(), jnp.Arange(3), jnp.Zeros(2, 3), jnp.Zeros(0, 2),
		jnp.FromSlice([]complex64{1, 2i}), jnp.FromSlice([]bool{true, false})} {
		var b bytes.Buffer
		if err := jnp.Save(&b, x); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		f.Add(bytes.Replace(b.Bytes(), []byte("False"), []byte("True "), 1))
		f.Add(bytes.Replace(b.Bytes(), []byte("'<"), []byte("'>"), 1))
		f.Add(b.Bytes()[:b.Len()-1])
		x.Delete()
	}
	head := func(s string) []byte {
		return append([]byte("\x93NUMPY\x01\x00"), append([]byte{byte(len(s)), byte(len(s) >> 8)}, s...)...)
	}
	f.Add([]byte("\x93NUMPY"))
	f.Add(head("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }"))
	f.Add(head("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4294967296), }"))
	f.Add(head("{'descr': '|O', 'fortran_order': False, 'shape': (), }"))
	f.Add(head("{'descr': '<f4', 'fortran_order': False, 'shape': (1 2,,), }aaaaaaaa"))
	f.Add(append([]byte("\x93NUMPY\x02\x00\xff\xff\xff\xff"), strings.Repeat("a", 99)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		tried(t, func() {
			x, err := jnp.Load(bytes.NewReader(data))
			if err != nil {
				return
			}
			defer x.Delete()
			var b bytes.Buffer
			if err := jnp.Save(&b, x); err != nil {
				t.Error(err)
			}
			y, err := jnp.Load(&b)
			if err != nil || !slices.Equal(y.Shape(), x.Shape()) || y.DType() != x.DType() {
				t.Errorf("%v %v was loaded, and %v %v when it had been saved again: %v", x.DType(), x.Shape(),
					y.DType(), y.Shape(), err)
			}
			y.Delete()
		})
	})
}

func FuzzFormula(f *testing.F) {
	for _, text := range []string{"a + b*c**-d", "exp(-x**2/2)", "x[0, 1:-1, ..., None][::2]",
		"where(x < y && !m, x, [1, 2])", "x.sum(0).T", "p.q*np.pi", "~i ^ 1 << 3", `einsum("i,i->", x, x)`, "x = 2",
		"0 < x < 1", "a // b", "'a'", "[", "x[", "f(", "{}", "x[[[", "a**", "**a", "a***b", "ρ", "a\nb", "010", "1e999",
		"x[:::]", "func(){}()", "x.(T)", "\x00", "\xff", "var(x)", "x[0]y", "range[1]"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := expr.Compile(text)
		var syntax *expr.SyntaxError
		switch {
		case err == nil && e.String() != text:
			t.Errorf("%q became %q", text, e)
		case err != nil && (!errors.As(err, &syntax) || syntax.Offset < 0 || syntax.Offset > len(text)):
			t.Errorf("%q: %v", text, err)
		}
	})
}

func FuzzIndexText(f *testing.F) {
	x := jnp.Zeros(2, 3, 4)
	f.Cleanup(x.Delete)
	for _, text := range []string{"0, 1:-1, ::2", "None, ..., -1", "[0, 1], :", "[[True, False]]", "1 - 2*3:", "", ",",
		"::::", "0 1", "(1)", "99999999999:", "[]", "[0,", "...,...", "True", "-0x1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tried(t, func() { gojax.MakeProgram(func(x jnp.Array) jnp.Array { return x.Ix(text) })(x) })
	})
}

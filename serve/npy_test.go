package serve_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/serve"
	"github.com/gojax/gojax/trace"
)

// Arrays of every dtype go there and back as .npy.
func TestNPY(t *testing.T) {
	for _, d := range []jnp.DType{jnp.Bool, jnp.Int8, jnp.Uint16, jnp.Int64, jnp.Float16, jnp.BFloat16, jnp.Float32,
		jnp.Float64, jnp.Complex64, jnp.Complex128} {
		trace.WithX64(true, func() {
			x := jnp.AsType(jnp.Arange(6.).Reshape(2, 3), d)
			s := served(t, saved(t, func(x jnp.Array) jnp.Array { return x.T().T() }, []any{x}), serve.Options{})
			w := post(s, npyKind, npy(t, x))
			y, err := jnp.Load(w.Body)
			if err != nil || y.DType() != d || jnp.ArrayEqual(x, y).Item() != 1 {
				t.Errorf("%v: %d %v %v", d, w.Code, y, err)
			}
		})
	}
}

// header is the beginning of a .npy file, of version 1.
func header(text string) string {
	return "\x93NUMPY\x01\x00" + string([]byte{byte(len(text)), byte(len(text) >> 8)}) + text
}

func TestNPYForms(t *testing.T) {
	s := served(t, saved(t, func(x jnp.Array) jnp.Array { return x }, []any{jnp.AsType(jnp.Zeros(2, 3), jnp.Int16)}),
		serve.Options{})
	for _, c := range []struct{ name, body, want string }{
		{"rows", header("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }") +
			"\x00\x00\x01\x00\x02\x00\x03\x00\x04\x00\x05\x00", "[[0,1,2],[3,4,5]]"},
		{"columns", header("{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }") +
			"\x00\x00\x03\x00\x01\x00\x04\x00\x02\x00\x05\x00", "[[0,1,2],[3,4,5]]"},
		{"big-endian", header("{'descr': '>i2', 'fortran_order': False, 'shape': (2, 3), }") +
			"\x00\x00\x00\x01\x00\x02\x00\x03\x00\x04\x00\x05", "[[0,1,2],[3,4,5]]"},
		{"cut off", header("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }") + "\x00\x00", "2 follow"},
		{"too long", header("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }") + strings.Repeat("x", 14),
			"claims 12 bytes of elements, and 14 follow"},
		{"huge", header("{'descr': '<i2', 'fortran_order': False, 'shape': (999999999999, 3), }"), "claims"},
		{"overflow", header("{'descr': '<i2', 'fortran_order': False, 'shape': (4294967296, 4294967296, 4), }"), ""},
		{"negative", header("{'descr': '<i2', 'fortran_order': False, 'shape': (-2, 3), }"), "describes no array"},
		{"objects", header("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }"), "describes no array"},
		{"long header", "\x93NUMPY\x02\x00\xff\xff\xff\x7f", "the header claims 2147483647 bytes"},
		{"another dtype", header("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }") +
			strings.Repeat("\x00", 24), "args[0] is int32[2,3], and the program takes int16[2,3] there"},
		{"empty", "", "not a file of NumPy's"},
	} {
		w := post(s, npyKind, []byte(c.body), jsonKind)
		if strings.HasPrefix(c.want, "[[") {
			if w.Body.String() != `{"result":`+c.want+"}\n" {
				t.Errorf("%s: %d %s", c.name, w.Code, w.Body)
			}
		} else if text := message(t, w); w.Code != 400 && w.Code != 422 || !strings.Contains(text, c.want) {
			t.Errorf("%s: %d %s, want %s", c.name, w.Code, text, c.want)
		}
	}
}

// archive is a .npz file of parts.
func archive(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, err := z.Create(parts[i])
		if err == nil {
			_, err = f.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNPZ(t *testing.T) {
	s := served(t, saved(t, func(p params, x jnp.Array) []jnp.Array { return []jnp.Array{p.W, p.B[0].Add(x)} },
		[]any{params{jnp.Ones(2), []jnp.Array{jnp.Ones(2)}}, jnp.Ones()}), serve.Options{})
	names := []string{`args[0]["B"][0]`, `args[0]["W"]`, `args[1]`}
	for _, numbered := range []bool{false, true} {
		arrays := map[string]jnp.Array{}
		results := []string{"result[0]", "result[1]"}
		for i, x := range []jnp.Array{jnp.Full([]int{2}, float32(5)), jnp.Zeros(2), jnp.Ones()} {
			name := names[i]
			if numbered {
				name, results[i%2] = fmt.Sprintf("arr_%d", i), fmt.Sprintf("arr_%d", i%2)
			}
			arrays[name] = x
		}
		w := post(s, npzKind, npz(t, arrays))
		b := w.Body.Bytes()
		y, err := jnp.LoadZ(bytes.NewReader(b), int64(len(b)))
		if err != nil || fmt.Sprint(y[results[0]], y[results[1]]) != "[0. 0.] [6. 6.]" {
			t.Errorf("%d %v %v", w.Code, y, err)
		}
	}
	if w := post(s, npyKind, npy(t, jnp.Ones(2))); w.Code != 400 || !strings.Contains(message(t, w), "takes 3 arrays") {
		t.Error(w.Code, w.Body)
	}
	two := string(npy(t, jnp.Ones(2)))
	for _, c := range []struct {
		name string
		body []byte
		want string
	}{
		{"no archive", []byte("PK\x03\x04"), "zip"},
		{"missing", archive(t, "arr_0.npy", two), "it has no array arr_1"},
		{"more", archive(t, "arr_0.npy", two, "arr_1.npy", two, "arr_2.npy", string(npy(t, jnp.Ones())), "y.npy", two),
			"it has 4 arrays, and the program takes 3"},
		{"twice", archive(t, "arr_0.npy", two, "arr_0.npy", two), "twice"},
		{"bomb", archive(t, "arr_0.npy", header("{'descr': '<f4', 'fortran_order': False, 'shape': (2500000,), }")+
			strings.Repeat("\x00", 1e7), "arr_1.npy", two, "arr_2.npy", two), "more than the 8 bytes"},
		{"no array", archive(t, "arr_0.npy", "x"), `args[0]["B"][0]: not a file of NumPy's`},
		{"shape", archive(t, "arr_0.npy", two, "arr_1.npy", two, "arr_2.npy", two), "args[1] is float32[2]"},
	} {
		if w := post(s, npzKind, c.body); w.Code != 400 && w.Code != 422 || !strings.Contains(message(t, w), c.want) {
			t.Errorf("%s: %d %s, want %s", c.name, w.Code, w.Body, c.want)
		}
	}
}

// refused fails where a body gets neither a result nor a refusal.
func refused(t *testing.T, s *serve.Server, kind string, body []byte) {
	w := post(s, kind, body)
	if w.Code != 200 && (w.Code < 400 || w.Code >= 500) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w.Code != 200 && message(t, w) == "" {
		t.Errorf("%d without a word", w.Code)
	}
}

func FuzzNPY(f *testing.F) {
	f.Add(npy(f, jnp.Zeros(1, 3)))
	f.Add([]byte(header("{'descr': '>f4', 'fortran_order': True, 'shape': (1, 3), }") + strings.Repeat("\x00", 12)))
	s := served(f, plus(f), serve.Options{BatchWait: -1})
	f.Fuzz(func(t *testing.T, body []byte) { refused(t, s, npyKind, body) })
}

func FuzzNPZ(f *testing.F) {
	f.Add(npz(f, map[string]jnp.Array{"arr_0": jnp.Zeros(1, 3)}))
	f.Add(archive(f, "args[0].npy", string(npy(f, jnp.Zeros(2, 3)))))
	s := served(f, plus(f), serve.Options{BatchWait: -1})
	f.Fuzz(func(t *testing.T, body []byte) { refused(t, s, npzKind, body) })
}

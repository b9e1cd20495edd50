package mlir

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/tests/jsonl"
)

// modules are those of package export's test data: JAX wrote them.
func modules(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	add := func(name string, b []byte) {
		for {
			i := bytes.Index(b, []byte(Magic))
			if i < 0 {
				return
			}
			length := int(b[i-4]) | int(b[i-3])<<8 | int(b[i-2])<<16 // of the vector that holds it
			if length > len(b)-i {
				t.Fatal(name)
			}
			all[name], b = b[i:i+length], b[i+length:]
			name += "'"
		}
	}
	dir := filepath.Join("..", "..", "export", "testdata")
	paths, err := filepath.Glob(filepath.Join(dir, "*.jax_export"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		add(filepath.Base(p), b)
	}
	err = jsonl.File(filepath.Join(dir, "shapes.jsonl.gz"), func(line []byte) error {
		var c struct{ Name, Program string }
		err := json.Unmarshal(line, &c)
		b, err2 := base64.StdEncoding.DecodeString(c.Program)
		add(c.Name, b)
		if err == nil {
			err = err2
		}
		return err
	})
	if err != nil || len(all) < 60 {
		t.Fatal(len(all), err)
	}
	return all
}

// sizedTypes are the types of main's arguments with n for all lengths that are not known.
func sizedTypes(m *Module, n int) (in []Type) {
	for _, t := range m.Main().Type.In {
		t.Shape = slices.Clone(t.Shape)
		for i := range t.Shape {
			if t.Shape[i] == Dynamic {
				t.Shape[i] = n
			}
		}
		in = append(in, t)
	}
	return in
}

func TestRead(t *testing.T) {
	for name, b := range modules(t) {
		m, err := Read(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s := m.Text(); !strings.Contains(s, "func.func public @main(") {
			t.Errorf("%s: %s", name, s)
		}
		calls := 0
		m.Main().Body.each(func(o *Op) {
			if o.Name == "custom_call" && o.Attrs.text("call_target_name") == "lapack_spotrf_ffi" {
				calls++
				if at := m.Place(o); at != "" && !strings.Contains(at, ".py:") {
					t.Errorf("%s: %q", name, at)
				}
			}
		})
	}
}

// try reads and refines what may be a module; it must come back.
func try(b []byte) error {
	m, err := Read(b)
	if err != nil {
		return err
	}
	_ = m.Text()
	if m.Main() == nil {
		return ErrFormat
	}
	m.Main().Body.each(func(o *Op) { _ = m.Place(o) })
	r, err := m.Refine(sizedTypes(m, 4))
	if err == nil {
		_ = r.Text()
	}
	return nil
}

// A module that is cut off, or of which bytes are others, is an error or another module, and never a panic.
func TestDamaged(t *testing.T) {
	all := modules(t)
	for _, name := range []string{"symbolic.jax_export", "while"} {
		b := all[name]
		for n := 0; n < len(b); n += 5 {
			if try(b[:n]) == nil && n < len(b)/2 {
				t.Errorf("%s: %d bytes of %d are read", name, n, len(b))
			}
		}
		for i := 0; i < len(b); i += 2 {
			for _, x := range []byte{2, 0x84, 0xff} {
				c := slices.Clone(b)
				c[i] ^= x
				_ = try(c)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, b := range modules(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { _ = try(b) })
}

// An attribute that holds another twice, which holds another twice, is not written out as often as that makes.
func TestSharedAttributes(t *testing.T) {
	f := &file{maxCost: 1 << 20, attr: make([]entry, 60)}
	for i := range f.attr {
		next := byte(2*(i+1) | 1)
		f.attr[i] = entry{dialect: "vhlo", custom: true, data: []byte{attrArray<<1 | 1, 5, next, next}}
	}
	f.attr[len(f.attr)-1].data = []byte{attrArray<<1 | 1, 1}
	if f.attrAt(0); !f.bad {
		t.Error("2^60 attributes are read")
	}
}

package checkpoint_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/checkpoint"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// The arrays and keys listed are those of the tree, under its paths.
func TestList(t *testing.T) {
	defer trace.SetX64(trace.X64())
	trace.SetX64(true)
	path := filepath.Join(t.TempDir(), "e")
	e := newEverything()
	if err := checkpoint.Save(path, &e); err != nil {
		t.Fatal(err)
	}
	entries, err := checkpoint.List(path)
	if err != nil {
		t.Fatal(err)
	}
	leaves := map[string]string{}
	plain := map[string]string{}
	for _, e := range entries {
		if e.Kind == "array" || e.Kind == "key" {
			leaves[e.Path] = e.String()
		} else {
			plain[e.Path] = e.Kind + " " + e.Value
		}
	}
	def, values := trace.Flatten(e)
	for i, at := range def.PathsFrom("") {
		v := values[i].Aval()
		want := at + " " + strings.TrimPrefix(v.String(), "~")
		if strings.Contains(leaves[at], " key<") {
			want = leaves[at]
		}
		if leaves[at] != want {
			t.Errorf("%q is listed as %q, want %q", at, leaves[at], want)
		}
	}
	if len(leaves) != len(values) {
		t.Errorf("%d arrays and keys are listed, want %d", len(leaves), len(values))
	}
	if at := slices.IndexFunc(entries, func(e checkpoint.Entry) bool { return e.Path == ".Keys[0]" }); at < 0 ||
		entries[at].String() != ".Keys[0] key<threefry2x32>[2,2]" || entries[at].DType.Valid() {
		t.Errorf("keys are listed as %q", leaves[".Keys[0]"])
	}
	for at, want := range map[string]string{".Bool": "bool true", ".Uint": "uint8 255", ".Mode": "uint8 2",
		".Any[5][\"a\"][0]": "float64 2.5", ".Any[3]": `string "text"`, ".ByMode[2]": `string "two"`} {
		if plain[at] != want {
			t.Errorf("%s is listed as %q, want %q", at, plain[at], want)
		}
	}
	if err := checkpoint.Save(path, jnp.Ones(2)); err != nil {
		t.Fatal(err)
	}
	if entries, err = checkpoint.List(path); err != nil || len(entries) != 1 || entries[0].String() != "float64[2]" {
		t.Errorf("one array is listed as %v, %v", entries, err)
	}
}

func TestListErrors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.safetensors")
	if _, err := checkpoint.List(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of no file: %v", err)
	}
	if err := jnp.SaveFile(path, jnp.Ones(2)); err != nil {
		t.Fatal(err)
	}
	if _, err := checkpoint.List(path); err == nil || !strings.Contains(err.Error(), "jnp.LoadArrays") {
		t.Errorf("of another's file: %v", err)
	}
	if err := checkpoint.Save(path, newParams()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[slices.Index(b, 'W')]++
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := checkpoint.List(path); !errors.Is(err, checkpoint.ErrDamaged) {
		t.Errorf("of a damaged file: %v", err)
	}
}

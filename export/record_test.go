package export

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// files are the programs of testdata in jax.export's format.
func exportedFiles(t testing.TB) (all [][]byte) {
	paths, err := filepath.Glob("testdata/*.jax_export")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	return all
}

// A file that is cut off, or of which a byte is another, is an error or another program, and never a panic.
func TestDamagedRecords(t *testing.T) {
	for _, b := range exportedFiles(t) {
		if _, err := parseRecord(b); err != nil {
			t.Error(err)
		}
		for n := 0; n < len(b)-8; n += 3 { // the last bytes may be padding
			if _, err := parseRecord(b[:n]); err == nil && n < len(b)/2 {
				t.Errorf("%d bytes of %d are read", n, len(b))
			}
		}
		for i := range b {
			for _, x := range []byte{0, 1, 0x7f, 0x80, 0xff} {
				c := slices.Clone(b)
				c[i] ^= x
				_, _ = parseRecord(c)
			}
		}
	}
}

// What is written is read again, and written the same.
func TestMarshal(t *testing.T) {
	for _, b := range exportedFiles(t) {
		r, err := parseRecord(b)
		if err != nil {
			t.Fatal(err)
		}
		if r.kept == nil {
			r.kept = []int{}
		}
		again := r.marshal()
		s, err := parseRecord(again)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(s.marshal(), again) || s.inTree.String() != r.inTree.String() || !bytes.Equal(s.code, r.code) ||
			len(s.in) != len(r.in) || !slices.Equal(s.platforms, r.platforms) {
			t.Errorf("%s: %v became %v", r.name, r.inTree, s.inTree)
		}
	}
}

// A small file may claim a tree in which parts are shared, so that it has more nodes than memory holds.
func TestSharedTrees(t *testing.T) {
	w := &builder{}
	at := w.table(fieldValue{treeKind, int(Leaf), 1})
	for range 60 {
		at = w.table(fieldValue{treeKind, int(Tuple), 1}, fieldValue{treeChildren, w.offsets([]int{at, at}), 0})
	}
	b := w.finish(w.table(fieldValue{fInTree, at, 0}))
	if _, err := parseRecord(b); err == nil {
		t.Errorf("%d bytes that claim 2^60 leaves are read", len(b))
	}
}

func FuzzDeserialize(f *testing.F) {
	for _, b := range exportedFiles(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := parseRecord(b); err == nil {
			if v, err := newVariant(r, nil); err == nil {
				_ = v.runnable()
				_ = r.marshal()
			}
		}
		_, _ = readFile(bytes.NewReader(b), int64(len(b)))
	})
}

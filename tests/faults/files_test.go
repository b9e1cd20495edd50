package faults

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
)

// npy is a file of NumPy's with any header, and data after it.
func npy(descr, shape string, data []byte) []byte {
	head := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n", descr, shape)
	b := binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(head)))
	return append(append(b, head...), data...)
}

// endless gives zeros for ever.
type endlessReader struct{}

func (endlessReader) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// Headers that claim what is not there, or what nobody can hold, are refused before memory is taken.
func TestLyingFiles(t *testing.T) {
	child(t, limits{memory: 1 << 30}, func(t *testing.T) {
		for _, c := range []struct{ descr, shape, want string }{
			{"<f4", "1099511627776,", "memory"}, {"<f4", "4611686018427387904, 4, 0", "more bytes"},
			{"<f8", "1152921504606846976, 16", "more bytes"}, {"<f8", "99999999999999999999", "shape"},
			{"|b1", "1000000000000", "memory"}, {"<f4", strings.Repeat("1,", 20000), "axes"},
			{"<f4", "5, 1000000", "and 12 follow"}, {"<f4", "-1", "describes no array"}, {"<U4", "3", "<U4"},
			{"<c16", "67108864", "memory"}, {"<f4", "50000000", "and 12 follow"},
		} {
			if _, err := jnp.Load(bytes.NewReader(npy(c.descr, c.shape, make([]byte, 12)))); err == nil ||
				!strings.Contains(err.Error(), strings.TrimPrefix(c.want, "<")) {
				t.Errorf("%s of %.40s: %v", c.descr, c.shape, err)
			}
		}
		long := bytes.NewReader(npy("<f8", "1099511627776", nil))
		for name, r := range map[string]io.Reader{
			"zeros for ever":             endlessReader{},
			"a header, zeros for ever":   io.MultiReader(long, endlessReader{}),
			"a header of 4 GB":           strings.NewReader("\x93NUMPY\x02\x00\xff\xff\xff\xff"),
			"nil":                        nil,
			"a header without its array": strings.NewReader("\x93NUMPY\x01\x00\x10\x00{'shape': (3,), "),
		} {
			if _, err := jnp.Load(r); err == nil {
				t.Errorf("%s is an array", name)
			}
		}
		x, err := jnp.Load(io.MultiReader(bytes.NewReader(npy("<f4", "6000000", nil)), endlessReader{}))
		if err != nil || x.Size() != 6000000 {
			t.Errorf("an array with something behind it: %v", err)
		}
	})
}

// Files that are longer than memory, which a file system may say at no cost, are refused before memory is taken.
func TestLongFiles(t *testing.T) {
	child(t, limits{memory: 1 << 30}, func(t *testing.T) {
		const size = 1 << 40
		tensors := fmt.Sprintf(`{"x":{"dtype":"F32","shape":[%d],"data_offsets":[0,%d]}}`, size/4, size)
		dir := t.TempDir()
		for name, head := range map[string][]byte{
			"x.npy":         npy("<f4", fmt.Sprint(size/4), nil),
			"x.safetensors": append(binary.LittleEndian.AppendUint64(nil, uint64(len(tensors))), tensors...),
			"x.csv":         nil,
			"x.txt":         []byte("1 2\n3"),
		} {
			path := filepath.Join(dir, name)
			err := errors.Join(os.WriteFile(path, head, 0o600), os.Truncate(path, int64(len(head))+size))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := jnp.LoadFile(path); err == nil || !strings.Contains(err.Error(), "memory") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// A byte of a bool is 0 or 1, whatever the file has.
func TestBoolBytes(t *testing.T) {
	data := []byte{0, 1, 2, 128, 255}
	x, err := jnp.Load(bytes.NewReader(npy("|b1", "5", data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := jnp.Save(&b, x); err != nil || !bytes.HasSuffix(b.Bytes(), []byte{0, 1, 1, 1, 1}) {
		t.Errorf("saved again it ends with %v, %v", b.Bytes()[b.Len()-5:], err)
	}
	if got := jnp.ToSlice[bool](x); !slices.Equal(got, []bool{false, true, true, true, true}) ||
		x.Sum().Item() != 4 || !got[2] == got[4] {
		t.Errorf("got %v, of which %v are true", got, x.Sum())
	}
}

// An archive of a few megabytes that holds terabytes is refused before it is unpacked.
func TestZipBomb(t *testing.T) {
	child(t, limits{memory: 1 << 30}, func(t *testing.T) {
		var packed bytes.Buffer
		z := zip.NewWriter(&packed)
		f, err := z.Create("x.npy")
		const n = 1 << 28
		_, err2 := f.Write(npy("<f8", fmt.Sprint(n), nil))
		_, err3 := io.CopyN(f, endlessReader{}, 8*n)
		if err := errors.Join(err, err2, err3, z.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := jnp.LoadZ(bytes.NewReader(packed.Bytes()), int64(packed.Len())); err == nil ||
			!strings.Contains(err.Error(), "memory") {
			t.Errorf("%d bytes that become %d: %v", packed.Len(), 8*n, err)
		}
		// The directory of the archive lies: it says that the part is small.
		size := binary.LittleEndian.AppendUint32(nil, uint32(8*n+len(npy("<f8", fmt.Sprint(n), nil))))
		b := bytes.ReplaceAll(packed.Bytes(), size, []byte{200, 0, 0, 0})
		if _, err := jnp.LoadZ(bytes.NewReader(b), int64(len(b))); err == nil {
			t.Error("an archive with a false directory is read")
		}
		if _, err := jnp.LoadZ(nil, 10); err == nil {
			t.Error("nil is an archive")
		}
	})
}

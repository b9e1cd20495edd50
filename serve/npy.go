package serve

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/ir"
)

// readNPY reads the one array of a program that takes one.
func (m *model) readNPY(body []byte) ([]*array, error) {
	if len(m.paths) != 1 {
		return nil, fmt.Errorf("the program takes %d arrays: send them as %s or %s", len(m.paths), npzKind, jsonKind)
	}
	a, err := parseNPY(body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.paths[0], err)
	}
	return []*array{a}, nil
}

// parseNPY reads a .npy file, whose elements it may change and keep.
func parseNPY(b []byte) (*array, error) {
	h, err := files.ReadNPYHeader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	t := ir.Aval{DType: h.DType, Shape: h.Shape}
	if err := t.Check(); err != nil {
		return nil, err
	}
	b = b[h.Length:]
	if n := t.Bytes(); n != len(b) {
		return nil, fmt.Errorf("the header claims %d bytes of elements, and %d follow", n, len(b))
	}
	size := t.DType.Size()
	if part := t.DType.Real().Size(); h.Swapped {
		for i := 0; i < len(b); i += part {
			slices.Reverse(b[i : i+part])
		}
	}
	if t.DType == ir.Bool { // in Go, a bool of another value is true and false at once
		for i, v := range b {
			b[i] = min(v, 1)
		}
	}
	if h.Columns && len(t.Shape) > 1 {
		b = byRows(b, t.Shape, size)
	}
	return &array{t.DType, t.Shape, b}, nil
}

// byRows are elements of so many bytes, whose first axis varies fastest, row by row.
func byRows(b []byte, shape []int, size int) []byte {
	out := make([]byte, 0, len(b))
	step := make([]int, len(shape)) // in b, along each axis
	n := size
	for k := range shape {
		step[k], n = n, n*shape[k]
	}
	var walk func(k, at int)
	walk = func(k, at int) {
		if k == len(shape) {
			out = append(out, b[at:at+size]...)
			return
		}
		for range shape[k] {
			walk(k+1, at)
			at += step[k]
		}
	}
	if len(b) > 0 {
		walk(0, 0)
	}
	return out
}

// appendNPY appends a as a .npy file.
func appendNPY(b []byte, a *array) []byte {
	b = slices.Grow(b, 192+len(a.data))
	return append(files.AppendNPYHeader(b, ir.Aval{DType: a.dtype, Shape: a.shape}), a.data...)
}

// numberedName is what numpy.savez calls array i.
func numberedName(i int) string { return fmt.Sprintf("arr_%d", i) }

const maxHeader = 1 << 12 // of a .npy file in an archive; NumPy's have 118 bytes

// readNPZ reads the arrays of an archive. No part is unpacked further than the program's arrays go.
func (m *model) readNPZ(body []byte) (in []*array, numbered bool, err error) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, false, err
	}
	parts := map[string]*zip.File{}
	for _, f := range z.File {
		name := strings.TrimSuffix(f.Name, ".npy")
		if parts[name] != nil {
			return nil, false, fmt.Errorf("the archive has %.100q twice", f.Name)
		}
		parts[name] = f
	}
	_, numbered = parts[numberedName(0)]
	for i, path := range m.paths {
		name := path
		if numbered {
			name = numberedName(i)
		}
		f := parts[name]
		if f == nil {
			return nil, false, fmt.Errorf("it has no array %s, but %.200q", name, slices.Sorted(maps.Keys(parts)))
		}
		a, err := parsePart(f, m.largest(i))
		if err != nil {
			return nil, false, fmt.Errorf("%s: %w", path, err)
		}
		in = append(in, a)
	}
	if len(parts) != len(in) {
		return nil, false, fmt.Errorf("it has %d arrays, and the program takes %d", len(parts), len(in))
	}
	return in, numbered, nil
}

// parsePart reads a file of an archive, whose array has at most so many bytes.
func parsePart(f *zip.File, largest int) (*array, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	most := int64(largest) + maxHeader
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(b)) > most:
		return nil, fmt.Errorf("it has more than the %d bytes that the program takes there", largest)
	}
	return parseNPY(b)
}

// writeNPZ is an archive of the results.
func (m *model) writeNPZ(out []*array, numbered bool) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, a := range out {
		name := m.results[i]
		if numbered {
			name = numberedName(i)
		}
		f, err := z.CreateHeader(&zip.FileHeader{Name: name + ".npy", Method: zip.Store})
		if err == nil {
			_, err = f.Write(appendNPY(nil, a))
		}
		if err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

package jnp

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// NumPy's files of arrays: internal/files/npy.go says what .npy is; .npz is a zip archive of such files.

// Save writes x in NumPy's .npy format (NumPy save), which numpy.load and Load read. It waits for x. A traced x is an
// error.
func Save(w io.Writer, x Array) error {
	return trace.Try(func() { writeNPY("jnp.Save", w, x) })
}

func writeNPY(op string, w io.Writer, x Array) {
	v := x.val(op)
	a := v.Aval()
	data := hostBytes(op, v)
	_, err := w.Write(files.AppendNPYHeader(nil, a))
	trace.Must(err, op, []ir.Aval{a})
	_, err = w.Write(data)
	trace.Must(err, op, []ir.Aval{a})
}

// Load reads an array in NumPy's .npy format (NumPy load), as numpy.save and Save write it, of any byte order and in
// rows or columns. While 64-bit types are off, data of 64 bits are narrowed as FromSlice does it. Types that have no
// dtype here (text, objects, records) are an error. LoadFile reads files by name.
func Load(r io.Reader) (x Array, err error) {
	const op = "jnp.Load"
	if r == nil {
		return Array{}, errors.New(op + ": the reader is nil")
	}
	size, known := left(r)
	sure := int64(0)
	if known {
		sure = size
	}
	if x, err = readNPY(op, r, size, sure); err != nil {
		var e *trace.Error
		if errors.As(err, &e) {
			return x, e
		}
		return x, fmt.Errorf("%s: %w", op, err)
	}
	return x, nil
}

// left is how many bytes r has, where that can be known; else a number that is larger than any.
func left(r io.Reader) (n int64, known bool) {
	switch r := r.(type) {
	case *bytes.Reader:
		return int64(r.Len()), true
	case *bytes.Buffer:
		return int64(r.Len()), true
	case *strings.Reader:
		return int64(r.Len()), true
	case *os.File:
		st, err := r.Stat()
		if err != nil || !st.Mode().IsRegular() {
			break
		}
		if at, err := r.Seek(0, io.SeekCurrent); err == nil {
			return st.Size() - at, true
		}
	}
	return math.MaxInt64, false
}

// readNPY reads an array of at most size bytes, of which sure are there.
func readNPY(op string, r io.Reader, size, sure int64) (x Array, err error) {
	h, err := files.ReadNPYHeader(r)
	if err != nil {
		return Array{}, err
	}
	err = trace.Try(func() {
		shape := trace.CheckHost(op, h.Shape, h.DType)
		t := ir.Aval{Shape: shape, DType: h.DType}
		n := t.Bytes()
		if follow := size - h.Length; int64(n) > follow {
			trace.Fail(op, []ir.Aval{t}, "the header claims %d bytes of elements, and %d follow", n, follow)
		}
		b, err := readAligned(r, n, sure)
		if err != nil {
			trace.Fail(op, []ir.Aval{t}, "the elements end after %d of %d bytes: %w", len(b), n, err)
		}
		if h.Swapped {
			width := h.DType.Real().Size()
			for i := 0; i < n; i += width {
				slices.Reverse(b[i : i+width])
			}
		}
		if h.Columns {
			slices.Reverse(shape)
		}
		x = fromFile(op, b, h.DType, shape)
		if h.Columns {
			x = x.T()
		}
	})
	return x, err
}

// fromFile is the array of elements that a file has; b is aligned, and no longer the caller's.
func fromFile(op string, b []byte, d ir.DType, shape []int) Array {
	if d == ir.Bool { // in Go, a bool of another value is true and false at once
		for i, v := range b {
			b[i] = min(v, 1)
		}
	}
	return Wrap(kit.FromHost(op, b, d, shape))
}

// readAligned reads n bytes, or what there is of them, into memory that is aligned for every element type. It takes
// memory at once for those that are sure to be there, and as data come for the others: a false header must not.
func readAligned(r io.Reader, n int, sure int64) ([]byte, error) {
	b := kit.AlignedBytes(min(n, max(int(sure), 1<<16)))
	for have := 0; ; {
		k, err := io.ReadFull(r, b[have:])
		if have += k; err != nil {
			return b[:have], err
		}
		if have == n {
			return b, nil
		}
		more := kit.AlignedBytes(min(n, 2*len(b)))
		copy(more, b)
		b = more
	}
}

// SaveZ writes arrays by name as a zip archive of .npy files, NumPy's .npz (NumPy savez), which numpy.load and LoadZ
// read. It waits for them. A traced array is an error. SaveArrays writes files by name.
func SaveZ(w io.Writer, arrays map[string]Array) error {
	const op = "jnp.SaveZ"
	if err := writeNPZ(op, w, arrays); err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}

func writeNPZ(op string, w io.Writer, arrays map[string]Array) error {
	z := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(arrays)) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name + npyFile, Method: zip.Store})
		if err == nil {
			err = trace.Try(func() { writeNPY(op, f, arrays[name]) })
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, plain(op, err))
		}
	}
	return z.Close()
}

// LoadZ reads the arrays of NumPy's .npz format (NumPy load), compressed or not, of size bytes: those of numpy.savez
// and SaveZ. LoadArrays reads files by name.
func LoadZ(r io.ReaderAt, size int64) (map[string]Array, error) {
	const op = "jnp.LoadZ"
	if r == nil {
		return nil, errors.New(op + ": the reader is nil")
	}
	arrays, err := readNPZ(op, r, size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	return arrays, nil
}

func readNPZ(op string, r io.ReaderAt, size int64) (map[string]Array, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	if err := checkZip(z, size); err != nil {
		return nil, err
	}
	arrays := map[string]Array{}
	for _, f := range z.File {
		name := strings.TrimSuffix(f.Name, npyFile)
		if _, twice := arrays[name]; twice {
			return nil, fmt.Errorf("the archive has %q twice", f.Name)
		}
		part, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		x, err := readNPY(op, part, int64(f.UncompressedSize64), int64(f.CompressedSize64))
		if err := cmp.Or(err, part.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, plain(op, err))
		}
		arrays[name] = x
	}
	return arrays, nil
}

// checkZip refuses an archive whose parts share bytes, or claim to become more than bytes can, or than there is memory
// for.
func checkZip(z *zip.Reader, size int64) error {
	const (
		packing = 1032    // a byte of deflate's becomes at most so many
		small   = 1 << 26 // what is not worth asking how much memory there is
	)
	type span struct{ begin, end int64 }
	var spans []span
	total := uint64(0) // as the archive says; its parts are read no further than that
	for _, f := range z.File {
		at, err := f.DataOffset()
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if at > size || f.CompressedSize64 > uint64(size-at) || f.UncompressedSize64 > packing*(f.CompressedSize64+1) {
			return fmt.Errorf("%s: it claims %d bytes, unpacked %d, in an archive of %d", f.Name, f.CompressedSize64,
				f.UncompressedSize64, size)
		}
		total += f.UncompressedSize64
		spans = append(spans, span{at, at + int64(f.CompressedSize64)})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.begin, b.begin) })
	for i := 1; i < len(spans); i++ {
		if spans[i].begin < spans[i-1].end {
			return errors.New("parts of the archive overlap")
		}
	}
	if total > small {
		return trace.TheRuntime().CheckHost(int64(min(total, 1<<62)), "the archive, unpacked,")
	}
	return nil
}

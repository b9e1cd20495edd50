package jnp

import (
	"archive/zip"
	"bytes"
	endian "encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// NumPy's files of arrays: .npy is a magic string, the length of a header, the header, which is the text of a Python
// dict, and the elements; .npz is a zip archive of such files.

const npyMagic = "\x93NUMPY"

// npyTypes are NumPy's codes of the dtypes, without the byte order. bfloat16, which is not NumPy's, is written as JAX
// does.
var npyTypes = map[ir.DType]string{
	ir.Bool: "b1", ir.Int8: "i1", ir.Int16: "i2", ir.Int32: "i4", ir.Int64: "i8",
	ir.Uint8: "u1", ir.Uint16: "u2", ir.Uint32: "u4", ir.Uint64: "u8",
	ir.Float16: "f2", ir.BFloat16: "V2", ir.Float32: "f4", ir.Float64: "f8", ir.Complex64: "c8", ir.Complex128: "c16",
}

// Save writes x in NumPy's .npy format (NumPy save), which numpy.load and Load read. It waits for x. A traced x is an
// error.
func Save(w io.Writer, x Array) error {
	return trace.Try(func() {
		const op = "jnp.Save"
		v := x.val(op)
		a := v.Aval()
		data := hostBytes(op, v)
		order := "<"
		if a.DType.Bits() == 8 {
			order = "|"
		}
		var dims strings.Builder
		for _, n := range a.Shape {
			fmt.Fprintf(&dims, "%d, ", n)
		}
		shape := strings.TrimSuffix(dims.String(), " ")
		if len(a.Shape) > 1 {
			shape = strings.TrimSuffix(shape, ",")
		}
		head := fmt.Sprintf("{'descr': '%s%s', 'fortran_order': False, 'shape': (%s), }", order, npyTypes[a.DType],
			shape)
		// The elements begin at a multiple of 64 bytes, after a line feed.
		head += strings.Repeat(" ", 63-(len(npyMagic)+4+len(head))%64) + "\n"
		b := append([]byte(npyMagic), 1, 0)
		b = endian.LittleEndian.AppendUint16(b, uint16(len(head)))
		_, err := w.Write(append(b, head...))
		trace.Must(err, op, []ir.Aval{a})
		_, err = w.Write(data)
		trace.Must(err, op, []ir.Aval{a})
	})
}

// Load reads an array in NumPy's .npy format (NumPy load), as numpy.save and Save write it, of any byte order and in
// rows or columns. While 64-bit types are off, data of 64 bits are narrowed as FromSlice does it. Types that have no
// dtype here (text, objects, records) are an error.
func Load(r io.Reader) (x Array, err error) {
	const op = "jnp.Load"
	h, err := readHeader(r)
	if err != nil {
		return Array{}, fmt.Errorf("%s: %w", op, err)
	}
	err = trace.Try(func() {
		shape := trace.CheckHost(op, h.shape, h.dtype)
		t := ir.Aval{Shape: shape, DType: h.dtype}
		n := t.Bytes()
		b, err := readAligned(r, n)
		if err != nil {
			trace.Fail(op, []ir.Aval{t}, "the elements end after %d of %d bytes: %w", len(b), n, err)
		}
		if h.dtype == ir.Bool { // in Go, a bool of another value is true and false at once
			for i, v := range b {
				b[i] = min(v, 1)
			}
		}
		if h.swapped {
			width := h.dtype.Real().Size()
			for i := 0; i < n; i += width {
				slices.Reverse(b[i : i+width])
			}
		}
		if h.columns {
			slices.Reverse(shape)
		}
		x = Wrap(kit.FromHost(op, b, h.dtype, shape))
		if h.columns {
			x = x.T()
		}
	})
	return x, err
}

// readAligned reads n bytes, or what there is of them, into memory that is aligned for every element type. It takes
// memory as data come: a false header must not.
func readAligned(r io.Reader, n int) ([]byte, error) {
	b := kit.AlignedBytes(min(n, 1<<24))
	for have := 0; ; {
		k, err := io.ReadFull(r, b[have:])
		if have += k; err != nil {
			return b[:have], err
		}
		if have == n {
			return b, nil
		}
		more := kit.AlignedBytes(min(n, 4*len(b)))
		copy(more, b)
		b = more
	}
}

// npyHeader is what a file says of its array.
type npyHeader struct {
	dtype   ir.DType
	swapped bool // big-endian
	columns bool // Fortran's order of elements
	shape   []int
}

var (
	npyDescr = regexp.MustCompile(`'descr':\s*'([<>|=]?)([A-Za-z]\d+)'`)
	npyOrder = regexp.MustCompile(`'fortran_order':\s*(True|False)`)
	npyShape = regexp.MustCompile(`'shape':\s*\(([\d,\s]*)\)`)
)

func readHeader(r io.Reader) (h npyHeader, err error) {
	if r == nil {
		return h, errors.New("the reader is nil")
	}
	b := make([]byte, len(npyMagic)+2)
	if _, err := io.ReadFull(r, b); err != nil {
		return h, fmt.Errorf("not a file of NumPy's: %w", err)
	}
	if string(b[:len(npyMagic)]) != npyMagic {
		return h, errors.New("not a file of NumPy's: it does not begin with \\x93NUMPY")
	}
	size := make([]byte, 2)
	if b[len(npyMagic)] > 1 { // versions 2 and 3 have longer headers
		size = make([]byte, 4)
	}
	if _, err := io.ReadFull(r, size); err != nil {
		return h, fmt.Errorf("the header is cut off: %w", err)
	}
	n := uint32(endian.LittleEndian.Uint16(size))
	if len(size) == 4 {
		n = endian.LittleEndian.Uint32(size)
	}
	if n > 1<<20 {
		return h, fmt.Errorf("the header claims %d bytes", n)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return h, fmt.Errorf("the header is cut off: %w", err)
	}
	descr, order, shape := npyDescr.FindSubmatch(text), npyOrder.FindSubmatch(text), npyShape.FindSubmatch(text)
	if descr == nil || order == nil || shape == nil {
		return h, fmt.Errorf("the header %q describes no array of numbers", bytes.TrimSpace(text))
	}
	for d, code := range npyTypes {
		if code == string(descr[2]) {
			h.dtype = d
		}
	}
	if h.dtype == ir.Invalid {
		return h, fmt.Errorf("arrays of type %q are not taken, only of numbers and bools", descr[2])
	}
	h.swapped = string(descr[1]) == ">"
	h.columns = string(order[1]) == "True"
	for s := range strings.SplitSeq(string(shape[1]), ",") {
		if s = strings.TrimSpace(s); s != "" {
			n, err := strconv.Atoi(s)
			if err != nil {
				return h, fmt.Errorf("the shape (%s): %w", shape[1], err)
			}
			h.shape = append(h.shape, n)
		}
	}
	return h, nil
}

// SaveZ writes arrays by name as a zip archive of .npy files, NumPy's .npz (NumPy savez), which numpy.load and LoadZ
// read. It waits for them. A traced array is an error.
func SaveZ(w io.Writer, arrays map[string]Array) error {
	z := zip.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(arrays)) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name + ".npy", Method: zip.Store})
		if err == nil {
			err = Save(f, arrays[name])
		}
		if err != nil {
			return fmt.Errorf("jnp.SaveZ: %s: %w", name, err)
		}
	}
	return z.Close()
}

// LoadZ reads the arrays of NumPy's .npz format (NumPy load), compressed or not, of size bytes: those of numpy.savez
// and SaveZ.
func LoadZ(r io.ReaderAt, size int64) (map[string]Array, error) {
	if r == nil {
		return nil, errors.New("jnp.LoadZ: the reader is nil")
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("jnp.LoadZ: %w", err)
	}
	total := uint64(0) // as the archive says; its parts are read no further than that
	for _, f := range z.File {
		total += min(f.UncompressedSize64, 1<<40)
	}
	if total > 1<<26 {
		if err := trace.TheRuntime().CheckHost(int64(min(total, 1<<62)), "the archive, unpacked,"); err != nil {
			return nil, fmt.Errorf("jnp.LoadZ: %w", err)
		}
	}
	arrays := map[string]Array{}
	for _, f := range z.File {
		part, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("jnp.LoadZ: %s: %w", f.Name, err)
		}
		x, err := Load(part)
		if err := errors.Join(err, part.Close()); err != nil {
			return nil, fmt.Errorf("jnp.LoadZ: %s: %w", f.Name, err)
		}
		arrays[strings.TrimSuffix(f.Name, ".npy")] = x
	}
	return arrays, nil
}

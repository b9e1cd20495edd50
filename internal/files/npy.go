package files

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/gojax/gojax/ir"
)

// A .npy file of NumPy's is a magic string, the length of a header, the header, which is the text of a Python dict, and
// the elements.

const npyMagic = "\x93NUMPY"

// npyTypes are NumPy's codes of the dtypes, without the byte order. bfloat16, which is not NumPy's, is written as JAX
// does.
var npyTypes = map[ir.DType]string{
	ir.Bool: "b1", ir.Int8: "i1", ir.Int16: "i2", ir.Int32: "i4", ir.Int64: "i8",
	ir.Uint8: "u1", ir.Uint16: "u2", ir.Uint32: "u4", ir.Uint64: "u8",
	ir.Float16: "f2", ir.BFloat16: "V2", ir.Float32: "f4", ir.Float64: "f8", ir.Complex64: "c8", ir.Complex128: "c16",
}

// AppendNPYHeader appends what stands before the elements, row by row and little-endian, of an array of type a.
func AppendNPYHeader(b []byte, a ir.Aval) []byte {
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
	b = append(append(b, npyMagic...), 1, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(head)))
	return append(b, head...)
}

// NPYHeader is what a file says of its array.
type NPYHeader struct {
	DType   ir.DType
	Swapped bool // big-endian
	Columns bool // Fortran's order of elements
	Shape   []int
	Length  int64 // of the header itself, in bytes
}

var (
	npyRecords = regexp.MustCompile(`'descr':\s*[\[(]`)

	npyDescr = regexp.MustCompile(`'descr':\s*'([<>|=]?)([A-Za-z]\d+)'`)
	npyOrder = regexp.MustCompile(`'fortran_order':\s*(True|False)`)
	npyShape = regexp.MustCompile(`'shape':\s*\(([\d,\s]*)\)`)
)

// ReadNPYHeader reads the header alone. It allocates what comes, whatever the header claims.
func ReadNPYHeader(r io.Reader) (h NPYHeader, err error) {
	b := make([]byte, len(npyMagic)+2)
	if _, err := io.ReadFull(r, b); err != nil {
		return h, fmt.Errorf("not a file of NumPy's: %w", err)
	}
	if string(b[:len(npyMagic)]) != npyMagic {
		return h, errors.New("not a file of NumPy's: it does not begin with \\x93NUMPY")
	}
	version := b[len(npyMagic)]
	if version < 1 || version > 3 {
		return h, fmt.Errorf("the format's version is %d; 1, 2 and 3 are known", version)
	}
	size := make([]byte, 2)
	if version > 1 {
		size = make([]byte, 4)
	}
	if _, err := io.ReadFull(r, size); err != nil {
		return h, fmt.Errorf("the header is cut off: %w", err)
	}
	n := uint32(binary.LittleEndian.Uint16(size))
	if len(size) == 4 {
		n = binary.LittleEndian.Uint32(size)
	}
	if n > 1<<20 {
		return h, fmt.Errorf("the header claims %d bytes", n)
	}
	h.Length = int64(len(b)+len(size)) + int64(n)
	var text bytes.Buffer
	if _, err := io.CopyN(&text, r, int64(n)); err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return h, fmt.Errorf("the header is cut off: %w", err)
	}
	return h, h.parse(text.Bytes())
}

func (h *NPYHeader) parse(text []byte) error {
	if npyRecords.Match(text) {
		return fmt.Errorf("it holds records, %.200q: an array here has elements of one type; save each field as an "+
			"array of its own (numpy.savez)", bytes.TrimSpace(text))
	}
	descr, order, shape := npyDescr.FindSubmatch(text), npyOrder.FindSubmatch(text), npyShape.FindSubmatch(text)
	if descr == nil || order == nil || shape == nil {
		return fmt.Errorf("the header %.200q describes no array of numbers", bytes.TrimSpace(text))
	}
	for d, code := range npyTypes {
		if code == string(descr[2]) {
			h.DType = d
		}
	}
	if h.DType == ir.Invalid {
		return fmt.Errorf("arrays of type %q are not taken, only of numbers and bools", descr[2])
	}
	h.Swapped = string(descr[1]) == ">"
	h.Columns = string(order[1]) == "True"
	for s := range strings.SplitSeq(string(shape[1]), ",") {
		if s = strings.TrimSpace(s); s != "" {
			n, err := strconv.Atoi(s)
			if err != nil {
				return fmt.Errorf("the shape (%.200s): %w", shape[1], err)
			}
			h.Shape = append(h.Shape, n)
		}
	}
	return nil
}

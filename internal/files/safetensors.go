package files

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/gojax/gojax/ir"
)

// A .safetensors file is the length of its header as a little-endian uint64, the header as JSON, and the elements of
// the arrays, row by row, in little-endian order. The header maps names to types, shapes and places:
//
//	{"__metadata__": {"any": "text"}, "w": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}
//
// Places count from the end of the header. The arrays follow each other without gaps.

const (
	// MaxHeader is how long a header may be: the format's own bound.
	MaxHeader = 100_000_000

	metadata = "__metadata__"
)

// Tensor is what a header says of an array.
type Tensor struct {
	Name       string
	Code       string // the format's name of the type: "F32"
	Shape      []int
	Begin, End int64 // where its elements are, from the beginning of the file
}

// Header is the header of a file.
type Header struct {
	Metadata map[string]string
	Tensors  []Tensor // in the order of their elements
	Text     []byte   // the length and the JSON
}

// codes are the format's names of the dtypes. It has none for complex128.
var codes = map[ir.DType]string{
	ir.Bool: "BOOL", ir.Int8: "I8", ir.Int16: "I16", ir.Int32: "I32", ir.Int64: "I64",
	ir.Uint8: "U8", ir.Uint16: "U16", ir.Uint32: "U32", ir.Uint64: "U64",
	ir.Float16: "F16", ir.BFloat16: "BF16", ir.Float32: "F32", ir.Float64: "F64", ir.Complex64: "C64",
}

// The format's floats of 8 bits: of 4 bits of exponent and no infinities, and of 5 bits of exponent.
const (
	Float8E4M3 = "F8_E4M3"
	Float8E5M2 = "F8_E5M2"
)

// Code is the format's name of d, "" if it has none.
func Code(d ir.DType) string { return codes[d] }

// Float8 reports whether the elements of t are floats of 8 bits.
func (t Tensor) Float8() bool { return t.Code == Float8E4M3 || t.Code == Float8E5M2 }

// DType is the dtype of t: that which its elements are stored in, Uint8 for floats of 8 bits, and Invalid for a type
// that has no dtype here.
func (t Tensor) DType() ir.DType {
	if t.Float8() {
		return ir.Uint8
	}
	for d, code := range codes {
		if code == t.Code {
			return d
		}
	}
	return ir.Invalid
}

// entry is a Tensor in JSON.
type entry struct {
	DType   string  `json:"dtype"`
	Shape   []int   `json:"shape"`
	Offsets []int64 `json:"data_offsets"`
}

// NewHeader describes tensors of which Name, Code and Shape are set, with the metadata in the order given. It sorts
// them, so that wide elements come first and all are aligned, and sets their places.
func NewHeader(meta [][2]string, tensors []Tensor) (*Header, error) {
	h := &Header{Metadata: map[string]string{}, Tensors: slices.Clone(tensors)}
	slices.SortStableFunc(h.Tensors, func(a, b Tensor) int { return cmp.Compare(b.DType().Size(), a.DType().Size()) })
	var all, about object
	for _, m := range meta {
		h.Metadata[m[0]] = m[1]
		about.add(m[0], m[1])
	}
	if len(meta) > 0 {
		all.add(metadata, json.RawMessage(about.end()))
	}
	end := int64(0)
	for i := range h.Tensors {
		t := &h.Tensors[i]
		if t.Name == metadata || !utf8.ValidString(t.Name) {
			return nil, fmt.Errorf("no array can be called %q in a .safetensors file", t.Name)
		}
		t.Begin = end
		end += int64(ir.Aval{Shape: t.Shape, DType: t.DType()}.Bytes())
		t.End = end
		all.add(t.Name, entry{t.Code, append([]int{}, t.Shape...), []int64{t.Begin, t.End}})
	}
	text := all.end()
	for len(text)%8 != 0 {
		text = append(text, ' ')
	}
	if err := errors.Join(all.err, about.err); err != nil {
		return nil, err
	}
	if len(text) > MaxHeader {
		return nil, fmt.Errorf("the header of a .safetensors file would have %d bytes, where it may have %d", len(text),
			MaxHeader)
	}
	h.Text = append(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text...)
	for i := range h.Tensors {
		h.Tensors[i].Begin += int64(len(h.Text))
		h.Tensors[i].End += int64(len(h.Text))
	}
	return h, nil
}

// object is JSON that is written member by member, in order.
type object struct {
	text []byte
	err  error
}

func (o *object) add(key string, value any) {
	k, err1 := json.Marshal(key)
	v, err2 := json.Marshal(value)
	o.err = errors.Join(o.err, err1, err2)
	between := byte(',')
	if len(o.text) == 0 {
		between = '{'
	}
	o.text = append(append(append(append(o.text, between), k...), ':'), v...)
}

func (o *object) end() []byte {
	if len(o.text) == 0 {
		o.text = []byte{'{'}
	}
	return append(o.text, '}')
}

// ReadHeader reads the header of a file of size bytes, and checks that what it says can be: every array has a type that
// there is here and as many bytes as its shape needs, and together they are what follows the header, no byte twice. So
// who reads the arrays takes no more memory than the file.
func ReadHeader(r io.ReaderAt, size int64) (*Header, error) {
	length := make([]byte, 8)
	if size < int64(len(length)) {
		return nil, fmt.Errorf("it has %d bytes, too few for a .safetensors file", size)
	}
	if _, err := r.ReadAt(length, 0); err != nil {
		return nil, err
	}
	n := binary.LittleEndian.Uint64(length)
	if n > MaxHeader || int64(n) > size-8 {
		return nil, fmt.Errorf("it is no whole .safetensors file: its header claims %d bytes, and %d follow", n, size-8)
	}
	text := make([]byte, 8+n)
	if _, err := r.ReadAt(text, 0); err != nil {
		return nil, err
	}
	h := &Header{Metadata: map[string]string{}, Text: text}
	entries, err := h.decode()
	if err != nil {
		return nil, fmt.Errorf("it is no .safetensors file: %w", err)
	}
	for name, e := range entries {
		t, err := e.tensor(name, int64(len(text)))
		if err != nil {
			return nil, fmt.Errorf("array %.100q: %w", name, err)
		}
		h.Tensors = append(h.Tensors, t)
	}
	slices.SortFunc(h.Tensors, func(a, b Tensor) int {
		return cmp.Or(cmp.Compare(a.Begin, b.Begin), cmp.Compare(a.End, b.End), cmp.Compare(a.Name, b.Name))
	})
	at := int64(len(text))
	for _, t := range h.Tensors {
		if t.Begin != at {
			return nil, fmt.Errorf("array %.100q begins at byte %d, and the one before ends at %d: arrays overlap, or "+
				"leave a gap", t.Name, t.Begin, at)
		}
		at = t.End
	}
	if at != size {
		return nil, fmt.Errorf("its arrays end at byte %d, and it has %d: it is cut off, or something follows", at,
			size)
	}
	return h, nil
}

// decode reads the JSON. No name may be there twice, which Go's decoder would not see.
func (h *Header) decode() (map[string]entry, error) {
	text := h.Text[8:]
	if len(text) == 0 || text[0] != '{' {
		return nil, errors.New("its header is no JSON object")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	entries, described := map[string]entry{}, false
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		name := t.(string) // what else can begin a member is an error of Token
		if name == metadata {
			if described {
				return nil, fmt.Errorf("%s is there twice", metadata)
			}
			described = true
			if err := d.Decode(&h.Metadata); err != nil {
				return nil, fmt.Errorf("%s: %w", metadata, err)
			}
			continue
		}
		if _, twice := entries[name]; twice {
			return nil, fmt.Errorf("%.100q is there twice", name)
		}
		var e entry
		if err := d.Decode(&e); err != nil {
			return nil, fmt.Errorf("%.100q: %w", name, err)
		}
		entries[name] = e
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if rest := bytes.TrimSpace(text[d.InputOffset():]); len(rest) > 0 {
		return nil, fmt.Errorf("%.20q follows the header", rest)
	}
	return entries, nil
}

// tensor is what e says of an array in a file whose header ends at the given byte.
func (e entry) tensor(name string, header int64) (Tensor, error) {
	t := Tensor{Name: name, Code: e.DType, Shape: e.Shape}
	d := t.DType()
	if d == ir.Invalid {
		return t, fmt.Errorf("elements of type %.20q are not taken, only %v and floats of 8 bits", e.DType,
			slices.Sorted(maps.Values(codes)))
	}
	a := ir.Aval{Shape: e.Shape, DType: d}
	if err := a.Check(); err != nil {
		return t, err
	}
	if e.Shape == nil || len(e.Offsets) != 2 {
		return t, errors.New("its shape or its place is not given")
	}
	begin, end := e.Offsets[0], e.Offsets[1]
	if begin < 0 || end < begin || end > 1<<62 || end-begin != int64(a.Bytes()) {
		return t, fmt.Errorf("%v takes %d bytes, and its place is %d to %d", a, a.Bytes(), begin, end)
	}
	t.Begin, t.End = header+begin, header+end
	return t, nil
}

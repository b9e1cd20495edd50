package pjrt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// Text is the program after the compiler's optimizations, one line an instruction, in the manner of XLA's own text; it
// is for reading (which operations were fused, which custom calls are there), and cannot be compiled again. Where the
// plugin gives text of its own, that is returned as it is.
func (x *Executable) Text() (string, error) {
	code, format, err := x.optimized()
	if err != nil {
		return "", err
	}
	m, err := moduleOf(code, format)
	if err != nil {
		return "", err
	}
	if m == nil {
		return string(code), nil
	}
	return printModule(m)
}

// moduleOf is the HloModuleProto of an optimized program, nil where that is something else.
func moduleOf(code message, format string) (message, error) {
	switch format {
	case "hlo_with_config":
		m, err := code.one(moduleWithConfigModule)
		if err != nil {
			return nil, fmt.Errorf("pjrt: optimized program: %w", err)
		}
		return m, nil
	case "hlo":
		return code, nil
	}
	return nil, nil
}

// The numbers of the fields of XLA's messages (xla/service/hlo.proto, xla/xla_data.proto) that are printed.
const (
	moduleWithConfigModule = 1

	moduleName         = 1
	moduleComputations = 3
	moduleEntry        = 6

	computationName         = 1
	computationInstructions = 2
	computationID           = 5
	computationRoot         = 6

	instructionName       = 1
	instructionOpcode     = 2
	instructionShape      = 3
	instructionParameter  = 9
	instructionFusionKind = 11
	instructionTupleIndex = 13
	instructionDimensions = 14
	instructionCallTarget = 28
	instructionID         = 35
	instructionOperands   = 36
	instructionCalls      = 38
	instructionComparison = 63

	shapeType       = 2
	shapeDimensions = 3
	shapeTuple      = 4
	shapeLayout     = 5

	layoutMinorToMajor = 1
)

// The wire types of protocol buffers, in the low bits of a field's tag.
const (
	wireVarint  = 0
	wireFixed64 = 1
	wireBytes   = 2
	wireFixed32 = 5

	wireBits = 3
	wireMask = 1<<wireBits - 1
)

// maxNesting bounds tuples of tuples, so that a damaged message does not take the whole stack.
const maxNesting = 100

// A message is a serialized protocol buffer. Only what is printed is read, so unknown fields do not matter.
type message []byte

var errProto = errors.New("it is not in the expected form")

// field is one field of a message: its number, the value of a varint, the bytes of a length-delimited one.
type field struct {
	number int
	value  uint64
	bytes  message
}

// next takes the first field off m.
func (m message) next() (f field, rest message, err error) {
	tag, k := binary.Uvarint(m)
	if k <= 0 {
		return f, nil, errProto
	}
	m = m[k:]
	f.number = int(tag >> wireBits)
	switch tag & wireMask {
	case wireVarint:
		if f.value, k = binary.Uvarint(m); k <= 0 {
			return f, nil, errProto
		}
	case wireFixed64:
		k = 8
	case wireFixed32:
		k = 4
	case wireBytes:
		n, head := binary.Uvarint(m)
		if head <= 0 || n > uint64(len(m)-head) {
			return f, nil, errProto
		}
		k = head + int(n)
		f.bytes = m[head:k]
	default:
		return f, nil, errProto
	}
	if k > len(m) {
		return f, nil, errProto
	}
	return f, m[k:], nil
}

// each calls f for every field.
func (m message) each(f func(field) error) error {
	for len(m) > 0 {
		var x field
		var err error
		if x, m, err = m.next(); err != nil {
			return err
		}
		if err := f(x); err != nil {
			return err
		}
	}
	return nil
}

// one is the last length-delimited field of that number.
func (m message) one(number int) (message, error) {
	var out message
	err := m.each(func(f field) error {
		if f.number == number {
			out = f.bytes
		}
		return nil
	})
	return out, err
}

// ints appends a repeated integer field's value, or its packed values.
func (f field) ints(list []int64) []int64 {
	if f.bytes == nil {
		return append(list, int64(f.value))
	}
	for b := f.bytes; len(b) > 0; {
		v, k := binary.Uvarint(b)
		if k <= 0 {
			return list
		}
		list, b = append(list, int64(v)), b[k:]
	}
	return list
}

type hloInstruction struct {
	name, opcode, shape  string
	id                   int64
	operands, calls      []int64
	dims                 []int64
	kind, target, compar string
	parameter, index     int64
	file                 string // the source, where the program has it
	line                 int64
}

type hloComputation struct {
	name         string
	id, root     int64
	instructions []hloInstruction
}

func printModule(m message) (string, error) {
	var name string
	var entry int64
	var comps []hloComputation
	err := m.each(func(f field) error {
		switch f.number {
		case moduleName:
			name = string(f.bytes)
		case moduleComputations:
			c, err := readComputation(f.bytes)
			if err != nil {
				return err
			}
			comps = append(comps, c)
		case moduleEntry:
			entry = int64(f.value)
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("pjrt: optimized program: %w", err)
	}
	names := map[int64]string{}
	for _, c := range comps {
		names[c.id] = c.name
	}
	var s strings.Builder
	fmt.Fprintf(&s, "HloModule %s\n", name)
	for _, c := range comps {
		s.WriteByte('\n')
		if c.id == entry {
			s.WriteString("ENTRY ")
		}
		fmt.Fprintf(&s, "%%%s {\n", c.name)
		local := map[int64]string{}
		for _, i := range c.instructions {
			local[i.id] = i.name
		}
		for _, i := range c.instructions {
			i.print(&s, i.id == c.root, local, names)
		}
		s.WriteString("}\n")
	}
	return s.String(), nil
}

func (i *hloInstruction) print(s *strings.Builder, root bool, local, computations map[int64]string) {
	s.WriteString("  ")
	if root {
		s.WriteString("ROOT ")
	}
	fmt.Fprintf(s, "%%%s = %s %s(", i.name, i.shape, i.opcode)
	if i.opcode == "parameter" {
		fmt.Fprintf(s, "%d", i.parameter)
	}
	for k, o := range i.operands {
		if k > 0 {
			s.WriteString(", ")
		}
		fmt.Fprintf(s, "%%%s", local[o])
	}
	s.WriteByte(')')
	if len(i.dims) > 0 {
		fmt.Fprintf(s, ", dimensions={%s}", join(i.dims))
	}
	if i.opcode == "get-tuple-element" {
		fmt.Fprintf(s, ", index=%d", i.index)
	}
	if i.compar != "" {
		fmt.Fprintf(s, ", direction=%s", i.compar)
	}
	if i.kind != "" {
		fmt.Fprintf(s, ", kind=%s", i.kind)
	}
	if i.target != "" {
		fmt.Fprintf(s, ", custom_call_target=%q", i.target)
	}
	for k, c := range i.calls {
		if k == 0 {
			s.WriteString(", calls=")
		} else {
			s.WriteString(", ")
		}
		fmt.Fprintf(s, "%%%s", computations[c])
	}
	s.WriteByte('\n')
}

func readComputation(m message) (c hloComputation, err error) {
	err = m.each(func(f field) error {
		switch f.number {
		case computationName:
			c.name = string(f.bytes)
		case computationInstructions:
			i, err := readInstruction(f.bytes)
			if err != nil {
				return err
			}
			c.instructions = append(c.instructions, i)
		case computationID:
			c.id = int64(f.value)
		case computationRoot:
			c.root = int64(f.value)
		}
		return nil
	})
	return c, err
}

func readInstruction(m message) (i hloInstruction, err error) {
	err = m.each(func(f field) (err error) {
		switch f.number {
		case instructionName:
			i.name = string(f.bytes)
		case instructionOpcode:
			i.opcode = string(f.bytes)
		case instructionShape:
			i.shape, err = readShape(f.bytes, 0)
		case instructionParameter:
			i.parameter = int64(f.value)
		case instructionMetadata:
			return i.readMetadata(f.bytes)
		case instructionFusionKind:
			i.kind = string(f.bytes)
		case instructionTupleIndex:
			i.index = int64(f.value)
		case instructionDimensions:
			i.dims = f.ints(i.dims)
		case instructionCallTarget:
			i.target = string(f.bytes)
		case instructionID:
			i.id = int64(f.value)
		case instructionOperands:
			i.operands = f.ints(i.operands)
		case instructionCalls:
			i.calls = f.ints(i.calls)
		case instructionComparison:
			i.compar = string(f.bytes)
		}
		return err
	})
	return i, err
}

func (i *hloInstruction) readMetadata(m message) error {
	return m.each(func(f field) error {
		switch f.number {
		case metadataFile:
			i.file = string(f.bytes)
		case metadataLine:
			i.line = int64(f.value)
		}
		return nil
	})
}

// hloTypes are XLA's names of its element types, by number.
var hloTypes = map[uint64]string{
	1: "pred", 2: "s8", 3: "s16", 4: "s32", 5: "s64", 6: "u8", 7: "u16", 8: "u32", 9: "u64", 10: "f16", 11: "f32",
	12: "f64", 13: "tuple", 15: "c64", 16: "bf16", 17: "token", 18: "c128",
}

// readShape prints a shape, which lies depth tuples deep.
func readShape(m message, depth int) (string, error) {
	if depth > maxNesting {
		return "", errProto
	}
	typ := ""
	var dims, order []int64
	var parts []string
	err := m.each(func(f field) error {
		switch f.number {
		case shapeType:
			if typ = hloTypes[f.value]; typ == "" {
				typ = fmt.Sprintf("type%d", f.value)
			}
		case shapeDimensions:
			dims = f.ints(dims)
		case shapeTuple:
			p, err := readShape(f.bytes, depth+1)
			if err != nil {
				return err
			}
			parts = append(parts, p)
		case shapeLayout:
			return f.bytes.each(func(f field) error {
				if f.number == layoutMinorToMajor {
					order = f.ints(order)
				}
				return nil
			})
		}
		return nil
	})
	if typ == "tuple" {
		return "(" + strings.Join(parts, ", ") + ")", err
	}
	s := typ + "[" + join(dims) + "]"
	if len(order) > 0 {
		s += "{" + join(order) + "}"
	}
	return s, err
}

func join(list []int64) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ","), "[]")
}

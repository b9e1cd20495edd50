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
	switch format {
	case "hlo_with_config":
		m, err := message(code).one(1)
		if err != nil {
			return "", fmt.Errorf("pjrt: optimized program: %w", err)
		}
		return printModule(m)
	case "hlo":
		return printModule(code)
	}
	return string(code), nil
}

// A message is a serialized protocol buffer. Only what is printed is read, so unknown fields do not matter.
type message []byte

var errProto = errors.New("it is not in the expected form")

// each calls f for every field: n is its number, v a varint's or fixed word's value, b a length-delimited one's bytes.
func (m message) each(f func(n int, v uint64, b message) error) error {
	for len(m) > 0 {
		tag, k := binary.Uvarint(m)
		if k <= 0 {
			return errProto
		}
		m = m[k:]
		var v uint64
		var b message
		switch tag & 7 {
		case 0:
			if v, k = binary.Uvarint(m); k <= 0 {
				return errProto
			}
			m = m[k:]
		case 1, 5:
			size := 8
			if tag&7 == 5 {
				size = 4
			}
			if len(m) < size {
				return errProto
			}
			m = m[size:]
		case 2:
			n, k := binary.Uvarint(m)
			if k <= 0 || n > uint64(len(m)-k) {
				return errProto
			}
			b, m = m[k:k+int(n)], m[k+int(n):]
		default:
			return errProto
		}
		if err := f(int(tag>>3), v, b); err != nil {
			return err
		}
	}
	return nil
}

// one is the last length-delimited field of that number.
func (m message) one(n int) (message, error) {
	var out message
	err := m.each(func(k int, _ uint64, b message) error {
		if k == n {
			out = b
		}
		return nil
	})
	return out, err
}

// ints appends a repeated integer field's value or packed values.
func ints(list []int64, v uint64, b message) []int64 {
	if b == nil {
		return append(list, int64(v))
	}
	for len(b) > 0 {
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
	err := m.each(func(n int, v uint64, b message) error {
		switch n {
		case 1:
			name = string(b)
		case 3:
			c, err := readComputation(b)
			if err != nil {
				return err
			}
			comps = append(comps, c)
		case 6:
			entry = int64(v)
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
	err = m.each(func(n int, v uint64, b message) error {
		switch n {
		case 1:
			c.name = string(b)
		case 2:
			i, err := readInstruction(b)
			if err != nil {
				return err
			}
			c.instructions = append(c.instructions, i)
		case 5:
			c.id = int64(v)
		case 6:
			c.root = int64(v)
		}
		return nil
	})
	return c, err
}

func readInstruction(m message) (i hloInstruction, err error) {
	err = m.each(func(n int, v uint64, b message) (err error) {
		switch n {
		case 1:
			i.name = string(b)
		case 2:
			i.opcode = string(b)
		case 3:
			i.shape, err = readShape(b)
		case 9:
			i.parameter = int64(v)
		case 11:
			i.kind = string(b)
		case 13:
			i.index = int64(v)
		case 14:
			i.dims = ints(i.dims, v, b)
		case 28:
			i.target = string(b)
		case 35:
			i.id = int64(v)
		case 36:
			i.operands = ints(i.operands, v, b)
		case 38:
			i.calls = ints(i.calls, v, b)
		case 63:
			i.compar = string(b)
		}
		return err
	})
	return i, err
}

// hloTypes are XLA's names of its element types, by number.
var hloTypes = map[uint64]string{
	1: "pred", 2: "s8", 3: "s16", 4: "s32", 5: "s64", 6: "u8", 7: "u16", 8: "u32", 9: "u64", 10: "f16", 11: "f32",
	12: "f64", 13: "tuple", 15: "c64", 16: "bf16", 17: "token", 18: "c128",
}

func readShape(m message) (string, error) {
	typ := ""
	var dims, order []int64
	var parts []string
	err := m.each(func(n int, v uint64, b message) error {
		switch n {
		case 2:
			if typ = hloTypes[v]; typ == "" {
				typ = fmt.Sprintf("type%d", v)
			}
		case 3:
			dims = ints(dims, v, b)
		case 4:
			p, err := readShape(b)
			if err != nil {
				return err
			}
			parts = append(parts, p)
		case 5:
			return b.each(func(n int, v uint64, b message) error {
				if n == 1 {
					order = ints(order, v, b)
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

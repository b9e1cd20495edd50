package mlir

import (
	"bytes"
	"math/bits"
	"slices"
)

// Sections and masks of MLIR's bytecode (mlir/include/mlir/Bytecode/Encoding.h, docs/BytecodeFormat.md).
const (
	secString, secDialect, secAttrType, secOffset, secIR, secProperties = 0, 1, 2, 3, 4, 8

	maskAttrs, maskResults, maskOperands, maskSuccessors, maskRegions, maskUses, maskProperties = 1, 2, 4, 8, 16, 32, 64

	// The versions in which something is written otherwise.
	versionDialects, versionLazy, versionUses, versionLocations, versionProperties = 1, 2, 3, 4, 5

	maxVersion = 6

	maxDepth = 200 // regions in regions, types in types
)

// Magic begins bytecode.
const Magic = "ML\xefR"

// scanner reads from bytes; after an error all that it reads is zero.
type scanner struct {
	b   []byte
	bad *bool
}

func (s *scanner) fail() { *s.bad, s.b = true, nil }

func (s *scanner) byte() byte {
	if len(s.b) == 0 {
		s.fail()
		return 0
	}
	c := s.b[0]
	s.b = s.b[1:]
	return c
}

func (s *scanner) bytes(n uint64) []byte {
	if n > uint64(len(s.b)) {
		s.fail()
		return nil
	}
	b := s.b[:n]
	s.b = s.b[n:]
	return b
}

// uint is an integer of which the zeros at the end of the first byte say how many bytes follow.
func (s *scanner) uint() uint64 {
	first := s.byte()
	n := bits.TrailingZeros8(first)
	if n == 0 {
		return uint64(first >> 1)
	}
	x := uint64(first)
	for i, c := range s.bytes(uint64(n)) {
		if n == 8 {
			x |= uint64(c) << (8 * i)
		} else {
			x |= uint64(c) << (8 * (i + 1))
		}
	}
	if n == 8 {
		return x
	}
	return x >> (n + 1)
}

// int is a signed integer.
func (s *scanner) int() int64 {
	x := s.uint()
	return int64(x>>1) ^ -int64(x&1)
}

// count is how many things follow, each of a byte or more.
func (s *scanner) count() int {
	n := s.uint()
	if n > uint64(len(s.b)) {
		s.fail()
		return 0
	}
	return int(n)
}

func (s *scanner) ints() []int {
	out := make([]int, s.count())
	for i := range out {
		out[i] = int(s.int())
	}
	return out
}

// section is a part of a file and its number.
func (s *scanner) section() (id byte, b []byte) {
	id = s.byte()
	n := s.uint()
	if id&0x80 != 0 { // aligned to so many bytes, and padded
		s.uint()
		for len(s.b) > 0 && s.b[0] == 0xcb {
			s.b = s.b[1:]
		}
	}
	return id & 0x7f, s.bytes(n)
}

// entry is an attribute or a type that is read when it is asked for.
type entry struct {
	dialect string
	data    []byte
	custom  bool // it is in the dialect's own encoding, and not text
	state   uint8
	attr    Attr
	ty      Type
	cost    int // how many entries it is made of
}

// file is bytecode that is being read.
type file struct {
	version  uint64
	strings  []string
	dialects []string
	ops      []string
	attr, ty []entry
	bad      bool
	err      error
	depth    int
	values   []*Value
	budget   int

	cost, maxCost int
	properties    [][]byte // of operations
}

func (f *file) scan(b []byte) *scanner { return &scanner{b, &f.bad} }

// Read reads a module. It needs no more memory than some hundred times len(b), and keeps parts of b.
func Read(b []byte) (*Module, error) {
	f := &file{budget: 4 * len(b), maxCost: 1<<20 + 64*len(b)}
	m := f.read(b)
	switch {
	case f.err != nil:
		return nil, f.err
	case f.bad || m == nil:
		return nil, ErrFormat
	}
	return m, nil
}

func (f *file) read(b []byte) *Module {
	if !bytes.HasPrefix(b, []byte(Magic)) {
		f.bad = true
		return nil
	}
	s := f.scan(b[len(Magic):])
	if f.version = s.uint(); f.version > maxVersion {
		f.bad = true
		return nil
	}
	_, rest, ok := bytes.Cut(s.b, []byte{0}) // who wrote it
	if !ok {
		f.bad = true
	}
	s.b = rest
	var parts [16][]byte
	for len(s.b) > 0 && !f.bad {
		id, part := s.section()
		parts[id&15] = part
	}
	f.readStrings(f.scan(parts[secString]))
	f.readDialects(f.scan(parts[secDialect]))
	f.readOffsets(f.scan(parts[secOffset]), parts[secAttrType])
	if len(parts[secProperties]) > 0 {
		s := f.scan(parts[secProperties])
		f.properties = make([][]byte, s.count())
		for i := range f.properties {
			f.properties[i] = s.bytes(s.uint())
		}
	}
	if f.bad {
		return nil
	}
	top := &Region{}
	f.block(f.scan(parts[secIR]), top, nil)
	return f.module(top)
}

func (f *file) readStrings(s *scanner) {
	n := s.count()
	lengths := make([]uint64, n)
	for i := range lengths {
		lengths[n-1-i] = s.uint()
	}
	f.strings = make([]string, n)
	for i, k := range lengths {
		if b := s.bytes(k); len(b) > 0 {
			f.strings[i] = string(b[:len(b)-1]) // without the zero behind it
		}
	}
}

func (f *file) string(i uint64) string {
	if i >= uint64(len(f.strings)) {
		f.bad = true
		return ""
	}
	return f.strings[i]
}

func (f *file) readDialects(s *scanner) {
	f.dialects = make([]string, s.count())
	for i := range f.dialects {
		n := s.uint()
		versioned := false
		if f.version >= versionDialects {
			n, versioned = n>>1, n&1 != 0
		}
		if f.dialects[i] = f.string(n); versioned {
			s.section()
		}
	}
	if f.version >= versionLocations {
		s.uint() // how many operations there are
	}
	for len(s.b) > 0 && !f.bad {
		d := f.dialect(s.uint())
		for range s.count() {
			n := s.uint()
			if f.version >= versionProperties {
				n >>= 1 // whether it is registered
			}
			f.ops = append(f.ops, d+"."+f.string(n))
		}
	}
}

func (f *file) dialect(i uint64) string {
	if i >= uint64(len(f.dialects)) {
		f.bad = true
		return ""
	}
	return f.dialects[i]
}

func (f *file) readOffsets(s *scanner, data []byte) {
	all := f.scan(data)
	f.attr, f.ty = make([]entry, s.count()), make([]entry, s.count())
	for _, list := range [][]entry{f.attr, f.ty} {
		for i := 0; i < len(list) && !f.bad; {
			d := f.dialect(s.uint())
			n := s.count()
			if n > len(list)-i {
				f.bad = true
				return
			}
			for range n {
				k := s.uint()
				list[i] = entry{dialect: d, data: all.bytes(k >> 1), custom: k&1 != 0}
				i++
			}
		}
	}
}

// block reads the operations of a region's block, whose values are numbered in scope.
func (f *file) block(s *scanner, r *Region, next *int) {
	n := s.uint()
	if n&1 != 0 {
		count := s.count()
		for range count {
			k := s.uint()
			if f.version < versionLocations {
				s.uint()
			} else if k&1 != 0 {
				k >>= 1
				s.uint()
			} else {
				k >>= 1
			}
			r.Args = append(r.Args, f.define(f.typeAt(k), next))
		}
		if f.version >= versionUses && s.byte() != 0 {
			f.skipUses(s, count)
		}
	}
	if n>>1 > uint64(len(s.b)) {
		s.fail()
		return
	}
	for range n >> 1 {
		if f.bad {
			return
		}
		r.Ops = append(r.Ops, f.op(s, next))
	}
}

func (f *file) define(t Type, next *int) *Value {
	v := &Value{Type: t}
	if next == nil || *next >= len(f.values) {
		f.bad = true
		return v
	}
	f.values[*next] = v
	*next++
	return v
}

// skipUses skips the order in which n values are used.
func (f *file) skipUses(s *scanner, n int) {
	values := 1
	if n > 1 {
		values = s.count()
	}
	for range values {
		if n > 1 {
			s.uint()
		}
		for range s.uint() >> 1 {
			if s.uint(); f.bad {
				return
			}
		}
	}
}

func (f *file) op(s *scanner, next *int) *Op {
	o := &Op{}
	name := s.uint()
	if f.budget--; name >= uint64(len(f.ops)) || f.budget < 0 {
		s.fail()
		return o
	}
	o.Name = f.ops[name]
	mask := s.byte()
	o.location = int(s.uint())
	if mask&maskAttrs != 0 {
		d, _ := f.attrAt(s.uint()).(Dict)
		o.Attrs = slices.Clone(d)
	}
	if mask&maskProperties != 0 {
		f.readProperties(o, s.uint())
	}
	if mask&maskResults != 0 {
		for range s.count() {
			o.Out = append(o.Out, f.define(f.typeAt(s.uint()), next))
		}
	}
	if mask&maskOperands != 0 {
		for range s.count() {
			k := s.uint()
			if k >= uint64(len(f.values)) || f.values[k] == nil {
				s.fail()
				return o
			}
			o.In = append(o.In, f.values[k])
		}
	}
	if mask&maskSuccessors != 0 { // there are none in StableHLO
		s.fail()
	}
	if mask&maskUses != 0 {
		f.skipUses(s, len(o.Out))
	}
	if mask&maskRegions != 0 {
		f.regions(s, o)
	}
	return o
}

// regions reads the regions of o. Those of an operation that is isolated see no values from around it, and are a
// section of their own.
func (f *file) regions(s *scanner, o *Op) {
	n := s.uint()
	isolated := n&1 != 0
	if f.depth++; f.depth > maxDepth || n>>1 > uint64(len(s.b)) {
		s.fail()
		return
	}
	outer := f.values
	if isolated {
		f.values = nil
		if f.version >= versionLazy {
			id, b := s.section()
			if id != secIR {
				s.fail()
			}
			s = f.scan(b)
		}
	}
	for range n >> 1 {
		r := &Region{}
		o.Regions = append(o.Regions, r)
		blocks := s.uint()
		if blocks == 0 {
			continue
		}
		values := s.count()
		if blocks != 1 || f.bad {
			s.fail()
			return
		}
		before := f.values
		next := len(before)
		f.values = append(before[:next:next], make([]*Value, values)...)
		f.block(s, r, &next)
		f.values = before
	}
	f.values = outer
	f.depth--
}

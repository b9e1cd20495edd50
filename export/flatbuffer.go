package export

import (
	"encoding/binary"
	"errors"
	"math"
)

// What jax.export writes is a flatbuffer: tables whose fields are found by offsets. Only what programs need is here: a
// reader that checks every offset, since files may be anything, and a builder. Nothing is allocated for what a file
// claims and does not have. Offsets may share parts, so that a small file can claim a large tree: budget bounds what is
// read in all.

var errFlatbuffer = errors.New("the flatbuffer of jax.export's contradicts itself, or is cut off")

// buffer is a flatbuffer that is being read.
type buffer struct {
	b      []byte
	budget int   // tables, strings and elements that may still be read
	err    error // the first that went wrong; all that is read after it is zero
}

func newBuffer(b []byte) *buffer { return &buffer{b: b, budget: 1<<16 + len(b)} }

func (f *buffer) fail() {
	if f.err == nil {
		f.err = errFlatbuffer
	}
}

// spend takes n from the budget.
func (f *buffer) spend(n int) bool {
	if f.budget -= n; f.budget < 0 {
		f.fail()
	}
	return f.err == nil
}

// bytes are n bytes at place at; nil where they are not there.
func (f *buffer) bytes(at, n int) []byte {
	if f.err != nil || at < 0 || n < 0 || at > len(f.b) || n > len(f.b)-at {
		f.fail()
		return nil
	}
	return f.b[at : at+n]
}

// uint is a little-endian integer of so many bytes.
func (f *buffer) uint(at, size int) uint64 {
	b := f.bytes(at, size)
	if b == nil {
		return 0
	}
	var w [8]byte
	copy(w[:], b)
	return binary.LittleEndian.Uint64(w[:])
}

// follow is the place that the offset at at points to.
func (f *buffer) follow(at int) int { return at + int(f.uint(at, 4)) }

// table is a table of a flatbuffer; the zero table is one that is not there.
type table struct {
	f              *buffer
	at, vtab, size int
}

func (f *buffer) root() table { return f.tableAt(f.follow(0)) }

func (f *buffer) tableAt(at int) table {
	if !f.spend(1) {
		return table{}
	}
	vtab := at - int(int32(f.uint(at, 4)))
	size := int(f.uint(vtab, 2))
	if f.bytes(vtab, size) == nil || size < 4 {
		f.fail()
		return table{}
	}
	return table{f, at, vtab, size}
}

// field is the place of a field, 0 if the table does not have it.
func (t table) field(n int) int {
	if t.f == nil || t.f.err != nil || 4+2*n+2 > t.size {
		return 0
	}
	o := int(t.f.uint(t.vtab+4+2*n, 2))
	if o == 0 {
		return 0
	}
	return t.at + o
}

// number is an integer field of so many bytes, 0 if it is not there.
func (t table) number(n, size int) int {
	at := t.field(n)
	if at == 0 {
		return 0
	}
	return int(t.f.uint(at, size))
}

// table is a field that is a table.
func (t table) table(n int) table {
	at := t.field(n)
	if at == 0 {
		return table{}
	}
	return t.f.tableAt(t.f.follow(at))
}

func (t table) missing() bool { return t.f == nil }

// vector is where the elements of a vector are and how many of the given size there are.
func (t table) vector(n, size int) (at, length int) {
	if at = t.field(n); at == 0 {
		return 0, 0
	}
	at = t.f.follow(at)
	length = int(t.f.uint(at, 4))
	if length > math.MaxInt32 || t.f.bytes(at+4, length*size) == nil {
		t.f.fail()
		return 0, 0
	}
	return at + 4, length
}

// bytes is a vector of bytes, or a string, of the file itself.
func (t table) bytes(n int) []byte {
	at, length := t.vector(n, 1)
	if at == 0 {
		return nil
	}
	return t.f.bytes(at, length)
}

func (t table) string(n int) string {
	b := t.bytes(n)
	if t.f == nil || !t.f.spend(len(b)) {
		return ""
	}
	return string(b)
}

// numbers is a vector of integers.
func (t table) numbers(n, size int) []int {
	at, length := t.vector(n, size)
	if length == 0 || !t.f.spend(length) {
		return nil
	}
	out := make([]int, length)
	for i := range out {
		out[i] = int(t.f.uint(at+i*size, size))
	}
	return out
}

// tables is a vector of tables.
func (t table) tables(n int) []table {
	at, length := t.vector(n, 4)
	if length == 0 || !t.f.spend(length) {
		return nil
	}
	out := make([]table, length)
	for i := range out {
		out[i] = t.f.tableAt(t.f.follow(at + 4*i))
	}
	return out
}

// strings is a vector of strings.
func (t table) strings(n int) []string {
	at, length := t.vector(n, 4)
	if length == 0 || !t.f.spend(length) {
		return nil
	}
	out := make([]string, length)
	for i := range out {
		s := t.f.follow(at + 4*i)
		size := int(t.f.uint(s, 4))
		if b := t.f.bytes(s+4, size); t.f.spend(len(b)) {
			out[i] = string(b)
		}
	}
	return out
}

// builder writes a flatbuffer from its end to its beginning, as these are written: what is pointed to comes first.
// Places count from the end.
type builder struct {
	b []byte // reversed: the last byte of the file first
}

// place is how far what is written next would be from the end, once it has size bytes and is aligned to align.
func (w *builder) pad(size, align int) {
	for (len(w.b)+size)%align != 0 {
		w.b = append(w.b, 0)
	}
}

// put writes an integer of so many bytes, aligned, and returns its place.
func (w *builder) put(v uint64, size int) int {
	w.pad(size, size)
	for i := size - 1; i >= 0; i-- {
		w.b = append(w.b, byte(v>>(8*i)))
	}
	return len(w.b)
}

// offset writes an offset to what is at the place to.
func (w *builder) offset(to int) int {
	w.pad(4, 4)
	return w.put(uint64(len(w.b)+4-to), 4)
}

// bytes writes a vector of bytes; text has a zero behind it.
func (w *builder) bytes(b []byte, text bool) int {
	n := len(b)
	if text {
		n++
	}
	w.pad(n, 4)
	if text {
		w.b = append(w.b, 0)
	}
	for i := len(b) - 1; i >= 0; i-- {
		w.b = append(w.b, b[i])
	}
	return w.put(uint64(len(b)), 4)
}

func (w *builder) string(s string) int { return w.bytes([]byte(s), true) }

// numbers writes a vector of integers of so many bytes.
func (w *builder) numbers(v []int, size int) int {
	w.pad(len(v)*size, 4)
	for i := len(v) - 1; i >= 0; i-- {
		w.put(uint64(v[i]), size)
	}
	return w.put(uint64(len(v)), 4)
}

// offsets writes a vector of offsets to places.
func (w *builder) offsets(to []int) int {
	w.pad(4, 4)
	for i := len(to) - 1; i >= 0; i-- {
		w.offset(to[i])
	}
	return w.put(uint64(len(to)), 4)
}

func (w *builder) strings(s []string) int {
	to := make([]int, len(s))
	for i := range s {
		to[i] = w.string(s[i])
	}
	return w.offsets(to)
}

// fieldValue is a field of a table that is being written: an integer of size bytes, or, where size is 0, an offset to
// the place value.
type fieldValue struct{ n, value, size int }

// table writes a table with its fields, of which no number comes twice.
func (w *builder) table(fields ...fieldValue) int {
	places := make([]int, 0, len(fields))
	last := -1
	w.pad(4, 4)
	start := len(w.b)
	for _, f := range fields {
		if f.size == 0 {
			places = append(places, w.offset(f.value))
		} else {
			places = append(places, w.put(uint64(f.value), f.size))
		}
		last = max(last, f.n)
	}
	w.pad(4, 4)
	at := len(w.b) + 4 // of the table, once its offset to the vtable is written
	vsize := 4 + 2*(last+1)
	vtab := make([]uint16, last+1)
	for i, f := range fields {
		vtab[f.n] = uint16(at - places[i])
	}
	w.put(uint64(uint32(int32(vsize))), 4) // the vtable lies right before the table
	for i := last; i >= 0; i-- {
		w.put(uint64(vtab[i]), 2)
	}
	w.put(uint64(at-start), 2)
	w.put(uint64(vsize), 2)
	return at
}

// finish is the file whose root is at the place root.
func (w *builder) finish(root int) []byte {
	w.pad(4, 8)
	w.offset(root)
	b := make([]byte, len(w.b))
	for i, x := range w.b {
		b[len(b)-1-i] = x
	}
	return b
}

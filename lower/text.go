package lower

import (
	"math"
	"path/filepath"
	"strconv"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

func appendID(w []byte, id int) []byte { return strconv.AppendInt(append(w, '%'), int64(id), 10) }

// appendIDs appends the operands and the closing parenthesis.
func appendIDs(w []byte, x []trace.Operand) []byte {
	for i, v := range x {
		if i > 0 {
			w = append(w, ", "...)
		}
		w = appendID(w, v.ID)
	}
	return append(w, ')')
}

// appendReturn appends word, which returns x from a function or a region.
func appendReturn(w []byte, word string, x []trace.Operand) []byte {
	w = append(w, word...)
	for i, o := range x {
		if i > 0 {
			w = append(w, ',')
		}
		w = appendID(append(w, ' '), o.ID)
	}
	for i, o := range x {
		if i == 0 {
			w = append(w, " : "...)
		} else {
			w = append(w, ", "...)
		}
		w = appendType(w, o.Aval)
	}
	return w
}

func appendType(w []byte, a ir.Aval) []byte {
	w = append(w, "tensor<"...)
	for _, d := range a.Shape {
		if uint(d) < 10 {
			w = append(w, byte('0'+d), 'x')
		} else {
			w = append(strconv.AppendInt(w, int64(d), 10), 'x')
		}
	}
	return append(append(w, a.DType.MLIR()...), '>')
}

// appendTail appends the type of an operation, its location and the end of the line.
func (m *module) appendTail(w []byte, x, out []trace.Operand) []byte {
	w = append(w, " : ("...)
	for i, v := range x {
		if i > 0 {
			w = append(w, ", "...)
		}
		w = appendType(w, v.Aval)
	}
	w = append(w, ") -> ("...)
	for i, v := range out {
		if i > 0 {
			w = append(w, ", "...)
		}
		w = appendType(w, v.Aval)
	}
	return m.appendLoc(append(w, ')'))
}

func (m *module) appendLoc(w []byte) []byte {
	if m.o.Locations && m.loc != 0 {
		s, ok := m.locs[m.loc]
		if !ok {
			if file, line := m.loc.Position(); file != "" {
				s = " loc(" + strconv.Quote(filepath.Base(file)) + ":" + strconv.Itoa(line) + ":0)"
			}
			if m.locs == nil {
				m.locs = map[ir.Src]string{}
			}
			m.locs[m.loc] = s
		}
		w = append(w, s...)
	}
	return append(w, '\n')
}

// constant is an array of shape filled with l, written once in each function or region.
func (m *module) constant(l ir.Lit, shape []int) trace.Operand {
	l.Weak = false
	t := ir.Aval{Shape: shape, DType: l.DType}
	if len(shape) == 0 {
		if id, ok := m.lits[l]; ok {
			return trace.Operand{ID: id, Aval: t}
		}
		if m.lits == nil {
			m.lits = map[ir.Lit]int{}
		}
		m.lits[l] = m.n
		m.startConst()
		m.w = appendLit(m.w, l)
		return m.endConst(t)
	}
	if t.Size() == 0 {
		return m.memo(nil, t)
	}
	return m.memo(appendLit(m.key[:0], l), t)
}

// dense is an array constant of the given elements, written once in each function or region.
func (m *module) dense(elems []ir.Lit, d ir.DType, shape []int) trace.Operand {
	t := ir.Aval{Shape: shape, DType: d}
	splat := len(elems) > 0
	for _, l := range elems {
		splat = splat && l.Lo == elems[0].Lo && l.Hi == elems[0].Hi
	}
	switch {
	case splat:
		return m.constant(elems[0], shape)
	case len(elems) == 0:
		return m.memo(nil, t)
	case len(elems) > 32 && d != ir.Bool:
		// MLIR reads the bytes as they are; bools would be packed bits there.
		b := append(m.key[:0], `"0x`...)
		const hex = "0123456789ABCDEF"
		var buf [16]byte
		for _, l := range elems {
			for _, c := range l.AppendBytes(buf[:0]) {
				b = append(b, hex[c>>4], hex[c&15])
			}
		}
		return m.memo(append(b, '"'), t)
	}
	b := m.key[:0]
	b, _ = appendNested(b, elems, shape)
	return m.memo(b, t)
}

func appendNested(w []byte, elems []ir.Lit, shape []int) ([]byte, []ir.Lit) {
	if len(shape) == 0 {
		return appendLit(w, elems[0]), elems[1:]
	}
	w = append(w, '[')
	for i := range shape[0] {
		if i > 0 {
			w = append(w, ", "...)
		}
		w, elems = appendNested(w, elems, shape[1:])
	}
	return append(w, ']'), elems
}

// memo writes the constant of type t whose elements have the given text, unless it stands already. text may use m.key.
func (m *module) memo(text []byte, t ir.Aval) trace.Operand {
	n := len(text)
	key := appendType(append(text, ">:"...), t)
	m.key = key[:0]
	if id, ok := m.splats[string(key)]; ok {
		return trace.Operand{ID: id, Aval: t}
	}
	if m.splats == nil {
		m.splats = map[string]int{}
	}
	m.splats[string(key)] = m.n
	m.startConst()
	m.w = append(m.w, key[:n]...)
	return m.endConst(t)
}

func (m *module) startConst() { m.w = append(appendID(m.w, m.n), " = stablehlo.constant dense<"...) }

func (m *module) endConst(t ir.Aval) trace.Operand {
	m.w = m.appendLoc(appendType(append(m.w, "> : "...), t))
	m.n++
	m.weight.constant(t)
	return trace.Operand{ID: m.n - 1, Aval: t}
}

func appendLit(w []byte, l ir.Lit) []byte {
	switch l.DType.Kind() {
	case ir.KindBool:
		return strconv.AppendBool(w, l.Lo != 0)
	case ir.KindInt:
		return strconv.AppendInt(w, l.Int(), 10)
	case ir.KindUint:
		return strconv.AppendUint(w, l.Lo, 10)
	case ir.KindComplex:
		re, im := ir.Lit{Lo: l.Lo, DType: ir.Float64}, ir.Lit{Lo: l.Hi, DType: ir.Float64}
		if l.DType == ir.Complex64 {
			re, im = ir.Lit{Lo: l.Lo & 0xFFFFFFFF, DType: ir.Float32}, ir.Lit{Lo: l.Lo >> 32, DType: ir.Float32}
		}
		w = append(appendFloat(append(w, '('), re), ", "...)
		return append(appendFloat(w, im), ')')
	}
	return appendFloat(w, l)
}

// appendFloat writes the shortest decimal that MLIR reads back to the same bits, or, for NaN, infinities and the rare
// float32 that its rounding twice (to float64, then to float32) would change, the bits themselves.
func appendFloat(w []byte, l ir.Lit) []byte {
	v := l.Float()
	if !math.IsNaN(v) && !math.IsInf(v, 0) {
		n := 32
		if l.DType == ir.Float64 {
			n = 64
		}
		at := len(w)
		w = strconv.AppendFloat(w, v, 'e', -1, n)
		if n == 64 {
			return point(w, at)
		}
		if r, err := strconv.ParseFloat(string(w[at:]), 64); err == nil && float32(r) == float32(v) {
			return point(w, at)
		}
		w = w[:at]
	}
	const hex = "0123456789ABCDEF"
	w = append(w, "0x"...)
	for i := l.DType.Bits() - 4; i >= 0; i -= 4 {
		w = append(w, hex[l.Lo>>i&15])
	}
	return w
}

// point puts the ".0" that MLIR asks for into a number without a decimal point.
func point(w []byte, at int) []byte {
	for i := at; i < len(w); i++ {
		switch w[i] {
		case '.':
			return w
		case 'e':
			w = append(w, 0, 0)
			copy(w[i+2:], w[i:])
			w[i], w[i+1] = '.', '0'
			return w
		}
	}
	return w
}

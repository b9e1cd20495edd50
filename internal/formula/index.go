package formula

import (
	"go/token"
	"strings"
)

// span is a piece of the text, without the spaces around it.
type span struct{ lo, hi int }

func (p *reader) trim(lo, hi int) span {
	for lo < hi && strings.IndexByte(" \t\n\r", p.text[lo]) >= 0 {
		lo++
	}
	for lo < hi && strings.IndexByte(" \t\n\r", p.text[hi-1]) >= 0 {
		hi--
	}
	return span{lo, hi}
}

func (s span) empty() bool { return s.lo == s.hi }

// split cuts the text between two offsets at commas, and each piece at colons, that are in no brackets. A comma at the
// end is left out.
func (p *reader) split(lo, hi int) (pieces [][]span) {
	ws := p.words(lo, hi)
	cut := []span{}
	from := lo
	for i := 0; i < len(ws); i++ {
		switch w := ws[i]; w.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			i = p.closing(ws, i)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			p.fail(w.at, "this %s closes nothing", w.tok)
		case token.COLON:
			cut, from = append(cut, p.trim(from, w.at)), w.at+1
		case token.COMMA:
			pieces, cut, from = append(pieces, append(cut, p.trim(from, w.at))), nil, w.at+1
		}
	}
	if last := p.trim(from, hi); len(cut) > 0 || !last.empty() || len(pieces) == 0 {
		pieces = append(pieces, append(cut, last))
	}
	return pieces
}

// index reads the parts of an index between two offsets.
func (p *reader) index(lo, hi int) (parts []Part) {
	for _, piece := range p.split(lo, hi) {
		parts = append(parts, p.part(piece))
	}
	return parts
}

func (p *reader) part(piece []span) Part {
	first := piece[0]
	part := Part{Pos: Pos(first.lo)}
	if len(piece) > 3 {
		p.fail(piece[2].hi, "a slice is start:stop:step, with two colons at most")
	}
	if len(piece) > 1 {
		part.Kind = Slice
		for i, s := range piece {
			if text := p.text[s.lo:s.hi]; text != "" && text != "None" {
				part.Ends[i] = p.formula(s.lo, s.hi)
			}
		}
		return part
	}
	switch p.text[first.lo:first.hi] {
	case "":
		p.fail(first.lo, "here a part of the index is missing: a position, a slice such as :, None or ...")
	case "...", "Ellipsis":
		part.Kind = Ellipsis
	case "None", "newaxis", "np.newaxis", "jnp.newaxis":
		part.Kind = NewAxis
	default:
		part.Item = p.formula(first.lo, first.hi)
	}
	return part
}

// elements reads the elements of a list between two offsets.
func (p *reader) elements(lo, hi int) (elems []Node) {
	if s := p.trim(lo, hi); s.empty() {
		return nil
	}
	for _, piece := range p.split(lo, hi) {
		switch first := piece[0]; {
		case len(piece) > 1:
			p.fail(first.hi, "a slice stands in an index alone")
		case first.empty():
			p.fail(first.lo, "here an element of the list is missing")
		default:
			elems = append(elems, p.formula(first.lo, first.hi))
		}
	}
	return elems
}

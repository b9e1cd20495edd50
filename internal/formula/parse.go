package formula

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
)

// Parse reads a formula.
func Parse(text string) (Node, error) {
	p := reader{text: text}
	return p.safely(func() Node { return p.formula(0, len(text)) })
}

// ParseIndex reads an index as NumPy writes it between brackets.
func ParseIndex(text string) (parts []Part, err error) {
	p := reader{text: text, inIndex: true}
	_, err = p.safely(func() Node {
		parts = p.index(0, len(text))
		return nil
	})
	return parts, err
}

// reader reads pieces of a text, each by its offsets. It panics with an *Error.
type reader struct {
	text    string
	inIndex bool // the text is an index, not a formula
}

func (p *reader) safely(read func() Node) (n Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			n, err = nil, e
		}
	}()
	return read(), nil
}

func (p *reader) fail(at int, format string, args ...any) { panic(Errorf(p.text, at, format, args...)) }

// word is a token of Go's.
type word struct {
	at  int // in the text
	tok token.Token
	lit string
}

// hints say what to write instead of what Go's scanner does not take, or takes for something else.
var hints = map[string]string{
	"@":  "@ is no operator here: write matmul(x, y)",
	"'":  "a string is written in double quotes",
	"=":  "= sets nothing in a formula: write == to compare, and options by position (sum(x, 0) for axis=0)",
	"//": "// begins a comment in Go: write floor_divide(x, y)",
	"?":  "a choice is written where(condition, x, y)",
	":=": "a formula is one expression, which sets no names",
	";":  "a formula is one expression",
	"--": "-- is Go's for counting down: put a space between, or parentheses, x - (-1)",
	"++": "++ is Go's for counting up: put a space between, x + +1",
}

// python says what to write instead of Python's own words.
var python = map[string]string{
	"if":     "a choice is written where(condition, x, y)",
	"else":   "a choice is written where(condition, x, y)",
	"and":    "and is written &&, or & of arrays of bools",
	"or":     "or is written ||, or | of arrays of bools",
	"not":    "not is written !x",
	"in":     "in is written isin(x, values)",
	"is":     "is is written ==, or isnan(x)",
	"lambda": "a formula is one expression, of no functions of its own",
	"for":    "a formula is one expression: arrays are computed whole",
	"j":      "the imaginary unit is written i: 3i",
	"J":      "the imaginary unit is written i: 3i",
}

// wordsOfPython refuses Python's words where they stand between operands or in front of one, where no name can.
func (p *reader) wordsOfPython(ws []word) {
	for i, w := range ws {
		name := w.tok == token.IDENT || w.tok.IsKeyword()
		after := i > 0 && endsOperand(ws[i-1].tok)
		before := i+1 < len(ws) && (ws[i+1].tok.IsLiteral() || ws[i+1].tok.IsKeyword() ||
			w.lit == "not" && ws[i+1].tok == token.LPAREN)
		if name && (after || before) && python[w.lit] != "" {
			p.fail(w.at, "%s", python[w.lit])
		}
	}
}

// words are the tokens between two offsets.
func (p *reader) words(lo, hi int) (ws []word) {
	set := token.NewFileSet()
	file := set.AddFile("", -1, hi-lo)
	var s scanner.Scanner
	s.Init(file, []byte(p.text[lo:hi]), func(at token.Position, msg string) {
		at.Offset += lo
		for mark, hint := range hints {
			if strings.HasPrefix(p.text[at.Offset:], mark) {
				msg = hint
			}
		}
		p.fail(at.Offset, "%s", msg)
	}, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		at := lo + file.Offset(pos)
		switch {
		case tok == token.EOF:
			return ws
		case tok == token.SEMICOLON && lit == "\n": // the scanner's own, at the end of a line
			continue
		case tok == token.COMMENT, tok == token.SEMICOLON, tok == token.ASSIGN, tok == token.DEFINE,
			tok == token.DEC, tok == token.INC:
			mark := tok.String()
			if tok == token.COMMENT {
				mark = "//"
			}
			p.fail(at, "%s", hints[mark])
		}
		ws = append(ws, word{at, tok, lit})
	}
}

// closing is the place in ws of the bracket that closes the one at i.
func (p *reader) closing(ws []word, i int) int {
	depth := 0
	for j := i; j < len(ws); j++ {
		switch ws[j].tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if depth--; depth == 0 {
				return j
			}
		}
	}
	p.fail(ws[i].at, "this %s is not closed", ws[i].tok)
	return 0
}

// piece reads a formula between two offsets, which Go's parser gets with what it does not know painted over: the inside
// of brackets by a number, a list by a string, of the same length, and Go's own words by names (var is a function of
// NumPy's).
type piece struct {
	*reader
	lo       int
	file     *token.File
	ends     map[int]int    // of an index, by the offset of its bracket: that of the closing one
	lists    map[int]int    // of a list, by its offset: the end
	keywords map[int]string // Go's, by their offset
}

func (p *reader) formula(lo, hi int) Node {
	ws := p.words(lo, hi)
	if len(ws) == 0 {
		p.fail(lo, "there is no formula")
	}
	p.wordsOfPython(ws)
	q := piece{reader: p, lo: lo, ends: map[int]int{}, lists: map[int]int{}, keywords: map[int]string{}}
	x := q.parse(ws, []byte(p.text[lo:hi]))
	return q.node(x, nil)
}

// parse is what Go's parser makes of masked, whose words are ws.
func (q *piece) parse(ws []word, masked []byte) ast.Expr {
	lo := q.lo
	paint := func(from, to int, with byte) {
		for i := from; i < to; i++ {
			masked[i-lo] = with
		}
	}
	for i := 0; i < len(ws); i++ {
		if ws[i].tok.IsKeyword() {
			q.keywords[ws[i].at] = ws[i].lit
			masked[ws[i].at-lo] = '_'
		}
		if ws[i].tok != token.LBRACK {
			continue
		}
		j := q.closing(ws, i)
		from, to := ws[i].at, ws[j].at
		if i > 0 && endsOperand(ws[i-1].tok) {
			if j == i+1 {
				q.fail(from, "there is no index between the brackets")
			}
			q.ends[from] = to
			paint(from+1, to, '0')
		} else {
			q.lists[from] = to
			paint(from, to, ' ')
			masked[from-lo], masked[to-lo] = '"', '"'
		}
		i = j
	}
	for i, c := range masked { // where Go's parser would see the end of a statement
		if c == '\n' || c == '\r' {
			masked[i] = ' '
		}
	}
	set := token.NewFileSet()
	x, err := parser.ParseExprFrom(set, "", masked, parser.SkipObjectResolution)
	if list := (scanner.ErrorList)(nil); errors.As(err, &list) && len(list) > 0 {
		q.fail(lo+list[0].Pos.Offset, "%s", strings.ReplaceAll(list[0].Msg, "newline", "the end"))
	} else if err != nil {
		q.fail(lo, "%v", err)
	}
	q.file = set.File(x.Pos())
	return x
}

// endsOperand reports whether a bracket behind the token is an index.
func endsOperand(t token.Token) bool {
	return t == token.RPAREN || t == token.RBRACK || t.IsLiteral() || t.IsKeyword()
}

func (q *piece) at(pos token.Pos) int { return q.lo + q.file.Offset(pos) }

// node is the part x of the formula, raised to the power of exponent unless that is nil: Go has no operator ** and
// reads a*b**c as (a*b)*(*c), so that what comes after the two stars belongs to the last operand in front of them.
func (q *piece) node(x ast.Expr, exponent Node) Node {
	at := Pos(q.at(x.Pos()))
	switch x := x.(type) {
	case *ast.BinaryExpr:
		return q.binary(x, exponent)
	case *ast.UnaryExpr:
		op := x.Op.String()
		switch x.Op {
		case token.SUB, token.ADD, token.NOT, token.XOR:
		case token.TILDE:
			op = "^"
		default:
			q.fail(at.At(), "%s is no operator of formulas here", op)
		}
		return Unary{at, op, q.node(x.X, exponent)}
	}
	n := q.operand(x, at)
	if exponent != nil {
		n = Binary{at, "**", n, exponent}
	}
	return n
}

func (q *piece) binary(x *ast.BinaryExpr, exponent Node) Node {
	at := q.at(x.OpPos)
	if star, ok := x.Y.(*ast.StarExpr); ok && x.Op == token.MUL {
		return q.node(x.X, q.node(star.X, exponent))
	}
	if isComparison(x) {
		for _, y := range []ast.Expr{x.X, x.Y} {
			if y, ok := y.(*ast.BinaryExpr); ok && isComparison(y) {
				q.fail(at, "comparisons do not chain: write a < b && b < c, or put one in parentheses")
			}
		}
	}
	return Binary{Pos(at), x.Op.String(), q.node(x.X, nil), q.node(x.Y, exponent)}
}

func isComparison(x *ast.BinaryExpr) bool {
	return x.Op.Precedence() == token.EQL.Precedence()
}

// operand is a part that is no operator's.
func (q *piece) operand(x ast.Expr, at Pos) Node {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return q.node(x.X, nil)
	case *ast.BasicLit:
		if end, ok := q.lists[at.At()]; ok {
			return List{at, q.elements(at.At()+1, end)}
		}
		return q.literal(x, at)
	case *ast.Ident:
		return Name{at, q.name(x)}
	case *ast.SelectorExpr:
		return Member{Pos(q.at(x.Sel.Pos())), q.node(x.X, nil), q.name(x.Sel)}
	case *ast.CallExpr:
		fun := q.node(x.Fun, nil)
		switch fun.(type) {
		case Name, Member:
		default:
			q.fail(at.At(), "this is no function; a product is written with *")
		}
		if x.Ellipsis.IsValid() {
			q.fail(q.at(x.Ellipsis), "... stands in an index alone")
		}
		args := make([]Node, len(x.Args))
		for i, a := range x.Args {
			args[i] = q.node(a, nil)
		}
		return Call{Pos(fun.At()), fun, args}
	case *ast.IndexExpr:
		open := q.at(x.Lbrack)
		return Index{Pos(open), q.node(x.X, nil), q.index(open+1, q.ends[open])}
	case *ast.StarExpr:
		q.fail(at.At(), "* has no operand in front of it")
	}
	q.fail(at.At(), "this is no part of a formula")
	return nil
}

// wide says what to write for an integer that is too large.
func (q *piece) wide(n string) string {
	if q.inIndex {
		return ": no axis is so long"
	}
	return fmt.Sprintf("; write it as a float: %s.0", n)
}

// name is a name as it stands in the text.
func (q *piece) name(x *ast.Ident) string {
	if word, ok := q.keywords[q.at(x.Pos())]; ok {
		return word
	}
	return x.Name
}

func (q *piece) literal(x *ast.BasicLit, at Pos) Node {
	if text := x.Value; x.Kind == token.INT && len(text) > 1 && text[0] == '0' && '0' <= text[1] && text[1] <= '9' {
		q.fail(at.At(), "%s would be an octal number in Go: write it without the zeros in front", text)
	}
	var v any
	var err error
	switch x.Kind {
	case token.INT:
		var n int64
		if n, err = strconv.ParseInt(x.Value, 0, strconv.IntSize); err != nil {
			q.fail(at.At(), "%s does not fit an int%s", x.Value, q.wide(x.Value))
		}
		v = int(n)
	case token.FLOAT:
		v, err = strconv.ParseFloat(x.Value, 64)
	case token.IMAG:
		v, err = strconv.ParseComplex(x.Value, 128)
	case token.STRING:
		var s string
		if s, err = strconv.Unquote(x.Value); err == nil {
			return String{at, s}
		}
	default:
		q.fail(at.At(), "%s", hints["'"])
	}
	if err != nil {
		q.fail(at.At(), "%s is no number: %v", x.Value, err)
	}
	return Number{at, v}
}

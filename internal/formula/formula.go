// Package formula reads formulas and indices that are written as text: arithmetic by Go's own parser, with NumPy's
// indices, lists and powers. It knows names, not what they stand for.
package formula

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// Error is a mistake in a text.
type Error struct {
	Text   string // the whole text
	Offset int    // of the mistake, in bytes
	Msg    string
}

// Errorf is the error at an offset of text.
func Errorf(text string, offset int, format string, args ...any) *Error {
	return &Error{text, min(offset, len(text)), fmt.Sprintf(format, args...)}
}

// Column is where the mistake is: the number of its character in its line, from 1.
func (e *Error) Column() int {
	before := e.Text[:e.Offset]
	return utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
}

// Place is "column 5", with the line where the text has several.
func (e *Error) Place() string {
	if strings.Contains(e.Text, "\n") {
		return fmt.Sprintf("line %d, column %d", strings.Count(e.Text[:e.Offset], "\n")+1, e.Column())
	}
	return fmt.Sprintf("column %d", e.Column())
}

// Error is `column 5 of "x + * y": what is wrong`.
func (e *Error) Error() string { return fmt.Sprintf("%s of %s: %s", e.Place(), e.Quote(), e.Msg) }

// Quote is the text in quotes; of a long one the part around the mistake, with dots for what is left out.
func (e *Error) Quote() string {
	const around = 30 // characters on each side
	before, after := []rune(e.Text[:e.Offset]), []rune(e.Text[e.Offset:])
	from, to := max(0, len(before)-around), min(len(after), around)
	if from < 10 { // not worth the dots
		from = 0
	}
	if len(after)-to < 10 {
		to = len(after)
	}
	text := string(before[from:]) + string(after[:to])
	if from > 0 {
		text = "..." + text
	}
	if to < len(after) {
		text += "..."
	}
	return fmt.Sprintf("%q", text)
}

// A Node is a part of a formula.
type Node interface {
	At() int // its offset in the text, in bytes
}

type (
	// Number is a literal: an int, float64 or complex128.
	Number struct {
		Pos
		Value any
	}
	// String is a literal in quotes.
	String struct {
		Pos
		Value string
	}
	// Name is a name by itself.
	Name struct {
		Pos
		Name string
	}
	// Member is X.Name.
	Member struct {
		Pos
		X    Node
		Name string
	}
	// Unary is an operator in front of X: - + ! ^ (which ~ is too).
	Unary struct {
		Pos
		Op string
		X  Node
	}
	// Binary is an operator between X and Y: Go's, and ** for powers.
	Binary struct {
		Pos
		Op   string
		X, Y Node
	}
	// Call is Fun(Args...), Fun being a Name or a Member.
	Call struct {
		Pos
		Fun  Node
		Args []Node
	}
	// Index is X[Parts].
	Index struct {
		Pos
		X     Node
		Parts []Part
	}
	// List is [Elems].
	List struct {
		Pos
		Elems []Node
	}
)

// Pos is an offset in the text, in bytes.
type Pos int

// At is the offset.
func (p Pos) At() int { return int(p) }

// PartKind tells the parts of an index apart.
type PartKind byte

// The parts of an index.
const (
	Item     PartKind = iota // one position, or an array of them
	Slice                    // start:stop:step
	NewAxis                  // None or newaxis
	Ellipsis                 // ...
)

// Part is one part of an index.
type Part struct {
	Pos
	Kind PartKind
	Item Node    // of an Item
	Ends [3]Node // start, stop and step of a Slice, nil where left out
}

// Memo keeps what was made of the texts that were read, so that each is read once. The zero Memo is ready.
type Memo[V any] struct {
	mu   sync.RWMutex
	made map[string]V
}

// memoMost bounds a Memo: texts that are made up while running would fill the memory.
const memoMost = 4096

// Get is what f makes of text.
func (m *Memo[V]) Get(text string, f func(text string) (V, error)) (V, error) {
	m.mu.RLock()
	v, ok := m.made[text]
	m.mu.RUnlock()
	if ok {
		return v, nil
	}
	v, err := f(text)
	if err != nil {
		return v, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.made == nil || len(m.made) >= memoMost {
		m.made = map[string]V{}
	}
	m.made[text] = v
	return v, nil
}

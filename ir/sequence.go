package ir

import "slices"

// A compiler orders the operations of a program by their data alone. So that effects (calls of Go functions, and
// communication between processes) happen in the order in which a program has them, it is rewritten before it is
// compiled: a token, a scalar whose value means nothing, goes through the effectful equations, each of which takes the
// token that the one before has returned.
//
//	{ lambda x .            { lambda x .
//	  let f x                 let t1 = f x 0
//	      y = g x      =>         y, t2 = g x t1
//	  in (y) }                in (y, t2) }

// Sequencer is implemented by effectful operations, and by operations that hold programs, which may have effects.
// Sequence returns the operation that does the same with a token: it takes it as one more operand, at position in (-1:
// the last), and returns it as one more output, at position out. Where the operation holds programs, order gives one of
// them a token as one more input and one more output, at those positions.
type Sequencer interface {
	Op
	Sequence(order OrderFunc) (op Op, in, out int)
}

// Communicator is implemented by operations that processes do together, and so in one order.
type Communicator interface {
	Sequencer
	Communicates() bool
}

// Communicates reports whether processes do operations of p together.
func (p *Program) Communicates() bool {
	return slices.ContainsFunc(p.Eqns, func(e Eqn) bool { return communicates(e.Op) })
}

func communicates(op Op) bool {
	if c, ok := op.(Communicator); ok && c.Communicates() {
		return true
	}
	n, ok := op.(Nested)
	return ok && slices.ContainsFunc(n.Programs(), (*Program).Communicates)
}

// OrderFunc is p with its effects in order: with a token as its input at position in and its output at position out.
type OrderFunc = func(p *Program, in, out int) *Program

// TokenType is the type of a token.
func TokenType() Aval { return Scalar(Int32) }

// Sequence is p with its effects in order. It has one more output, the last: the token that has been through all of
// them, of TokenType. Effectful equations whose operation is no Sequencer stay, unordered.
func (p *Program) Sequence() *Program {
	return p.sequence(IntLit(0, Int32), p.In, len(p.Out))
}

func order(p *Program, in, out int) *Program {
	token := &Var{Ty: TokenType()}
	return p.sequence(token, inserted(p.In, in, token), out)
}

// sequence passes token through the equations of p, which then has the inputs in and returns the token as output number
// out.
func (p *Program) sequence(token Value, in []*Var, out int) *Program {
	q := &Program{In: in, Eqns: make([]Eqn, len(p.Eqns))}
	for i, e := range p.Eqns {
		if s, ok := e.Op.(Sequencer); ok && (OpEffects(e.Op) || communicates(e.Op)) {
			next := &Var{Ty: TokenType()}
			op, at, to := s.Sequence(order)
			if at < 0 {
				at = len(e.In)
			}
			e = Eqn{Op: op, In: inserted(e.In, at, token), Out: inserted(e.Out, to, next), Src: e.Src}
			token = next
		}
		q.Eqns[i] = e
	}
	q.Out = inserted(p.Out, out, token)
	return q
}

// inserted is a copy of x with v at position i.
func inserted[T any](x []T, i int, v T) []T {
	return slices.Insert(slices.Clip(x), i, v)
}

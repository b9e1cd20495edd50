package ir

// Sequencer is implemented by effectful operations, and by those that hold programs, so that a compiler which orders by data
// alone keeps their effects in order: a token, a number that means nothing, goes through all of them.
type Sequencer interface {
	Op
	// Sequence is the operation with a token as one more operand, at position in (-1: the last), and one more output, at position out. order
	// does the same to a program that the operation holds.
	Sequence(order func(p *Program, in, out int) *Program) (op Op, in, out int)
}

// TokenType is the type of the token.
var TokenType = Scalar(Int32)

// Sequence is p with its effects in order, and with one more output, the last: the token that has been through all of them, of
// TokenType. Effectful equations whose operation is no Sequencer stay, unordered.
func (p *Program) Sequence() *Program {
	return p.sequence(IntLit(0, Int32), p.In, len(p.Out))
}

func order(p *Program, in, out int) *Program {
	token := &Var{Ty: TokenType}
	return p.sequence(token, inserted(p.In, in, token), out)
}

func (p *Program) sequence(token Value, in []*Var, out int) *Program {
	q := &Program{In: in, Eqns: make([]Eqn, len(p.Eqns))}
	for i, e := range p.Eqns {
		if s, ok := e.Op.(Sequencer); ok && OpEffects(e.Op) {
			next := &Var{Ty: TokenType}
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

func inserted[T any](x []T, i int, v T) []T {
	y := make([]T, 0, len(x)+1)
	return append(append(append(y, x[:i]...), v), x[i:]...)
}

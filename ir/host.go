package ir

// HostArray is an array in the host's memory, as a Go function that a compiled program calls sees it: row-major
// elements that are valid for the time of the call.
type HostArray struct {
	Aval
	Data []byte // Bytes() of them
}

// HostCaller is implemented by operations that call Go functions from within a compiled program.
type HostCaller interface {
	Op
	CallsHost() HostCalls
}

// HostCalls is what Go functions a program calls when it runs.
type HostCalls int

// A kernel computes on slices and runs no programs, so any thread can call it. Other functions may use gojax.
const (
	NoHostCalls HostCalls = iota
	KernelCalls
	AnyHostCalls
)

// CallsHost is what Go functions p and the programs in it call.
func (p *Program) CallsHost() (calls HostCalls) {
	for i := range p.Eqns {
		switch op := p.Eqns[i].Op.(type) {
		case HostCaller:
			calls = max(calls, op.CallsHost())
		case Nested:
			for _, q := range op.Programs() {
				calls = max(calls, q.CallsHost())
			}
		}
	}
	return calls
}

// LitFromBytes is the literal of one element as the host stores it, little-endian.
func LitFromBytes(b []byte, d DType) Lit {
	l := Lit{DType: d}
	for i := d.Size() - 1; i >= 0; i-- {
		if i >= 8 {
			l.Hi = l.Hi<<8 | uint64(b[i])
		} else {
			l.Lo = l.Lo<<8 | uint64(b[i])
		}
	}
	return l
}

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
	CallsHost()
}

// CallsHost reports whether p or a program in it calls Go functions when it runs.
func (p *Program) CallsHost() bool {
	for i := range p.Eqns {
		switch op := p.Eqns[i].Op.(type) {
		case HostCaller:
			return true
		case Nested:
			for _, q := range op.Programs() {
				if q.CallsHost() {
					return true
				}
			}
		}
	}
	return false
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

package trace

import "github.com/gojax/gojax/ir"

// Stepper is implemented by operations that hold programs, so that those can be looked into as they run: Step is the operation on
// concrete x, where run runs a program of it.
type Stepper interface {
	Step(x []*Value, run func(p *ir.Program, x []*Value) []*Value) []*Value
}

package trace

import (
	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
)

// The seam: the optional rules of an operation. Transforms, lowering and the runtime find them by type assertion on the
// operation and never switch on it. In every rule x are the equation's operands. The rules that package ir asks of
// operations, and who asks for which, are in its documentation.
type (
	// Lowerer writes the operation as StableHLO.
	Lowerer interface {
		Lower(e Emitter, x []Operand) []Operand
	}

	// Batcher maps the operation over one more axis: d[i] is where operand i has it, or NotMapped. It returns the
	// outputs and where each has it. At least one operand is mapped, or the operation uses the axis by its name
	// (AxisUser).
	Batcher interface {
		Batch(c BatchCtx, x []*Value, d []int) ([]*Value, []int)
	}

	// AxisUser is implemented by operations that refer to named axes: they are batched over such an axis even where no
	// operand is mapped. UsesAxis looks into held programs too.
	// PerElement is implemented by operations of which each element of a result depends on the same element of operands
	// of its shape, and on scalars: they can be done in parts.
	PerElement interface {
		ir.Op
		PerElement()
	}
	AxisUser interface {
		ir.Op
		AxisNames() []string
	}

	// JVPer computes the outputs and their tangents. t[i] == nil is a zero tangent, as is a nil result.
	JVPer interface {
		JVP(c JVPCtx, x, t []*Value) (y, yt []*Value)
	}

	// SeparateJVPer is implemented by operations that hold programs, but whose JVP computes the tangents by equations
	// of their own. The JVP of other operations that hold programs binds one equation for outputs and tangents, which
	// linearizing has to split.
	SeparateJVPer interface {
		JVPer
		SeparateJVP()
	}

	// Transposer is implemented by operations linear in some operands: given the cotangents of the outputs (nil: zero)
	// it returns those of the linear operands, nil for the others and for zeros.
	Transposer interface {
		Transpose(c TransposeCtx, ct []*Value, x []Linear) []*Value
	}

	// Splitter is implemented by operations that hold programs and can be differentiated in reverse. x[i] == nil is
	// unknown (linear). It binds the known half here and returns that half's outputs (nil where unknown), and the
	// linear half as an operation with its operands. A nil lin declines: the whole equation is then unknown.
	Splitter interface {
		Split(c SplitCtx, x []*Value) (y []*Value, lin ir.Op, args []Arg, unknownOut []bool)
	}

	// Stepper is implemented by operations that hold programs, so that those can be looked into as they run: Step is
	// the operation on concrete x, where run runs a program that it holds.
	Stepper interface {
		Step(x []*Value, run RunFunc) []*Value
	}

	// Divisible is implemented by operations on elements that know nothing of each other, of which the runtime may
	// compute some apart from the rest.
	Divisible interface {
		ir.Op
		// Parts are the sizes of the parts on so many cores, one after the other; nil: it is not to be divided.
		Parts(cores int) []int
		// Part is the program of so many elements.
		Part(size int) *ir.Program
		// Axes are where operands and results have the elements, or NotMapped.
		Axes() (in, out []int)
	}

	// KeyFollower is implemented by operations that use random keys, pass them on, or hold programs that may: of where
	// the operands of e come from it tells where the outputs do, from the first on; of others nothing is known.
	KeyFollower interface {
		Keys(w *KeyWalk, e *ir.Eqn, x []Keys) []Keys
	}

	// Varier is implemented by operations whose outputs do not all vary over what any operand does (see VaryWalk.Eqn),
	// and by those that hold programs: of what the operands vary over it tells the same of the outputs.
	Varier interface {
		Vary(w *VaryWalk, x []AxisSet) []AxisSet
	}

	// UserPrograms is implemented by operations whose programs are those that users write, and not what the operation
	// does with two elements.
	UserPrograms interface {
		ir.Nested
		UserPrograms()
	}
)

// RunFunc runs a program.
type RunFunc = func(p *ir.Program, x []*Value) []*Value

// NotMapped is the mapped axis of an operand that has none.
const NotMapped = -1

// Operand is an SSA value of the text being written: its number and type.
type Operand struct {
	ID   int
	Aval ir.Aval
}

// Region is the text of one region of an operation.
type Region struct{ Text []byte }

// Emitter writes StableHLO for one equation.
type Emitter interface {
	// Op writes one operation in MLIR's generic form and returns its results. name is whole ("stablehlo.add",
	// "chlo.erf"); attrs is the text between the braces of its attributes, "" for none.
	Op(name string, x []Operand, attrs string, out ...ir.Aval) []Operand
	// OpRegions is Op for operations with regions.
	OpRegions(name string, x []Operand, attrs string, regions []Region, out ...ir.Aval) []Operand
	// Region writes a region: body receives one operand for each type of in and returns what the region returns.
	Region(in []ir.Aval, body func(args []Operand) []Operand) Region
	// Const is an array of shape (nil: scalar) filled with l.
	Const(l ir.Lit, shape []int) Operand
	// Dense is an array constant from its elements in row-major order, all of dtype d.
	Dense(elems []ir.Lit, d ir.DType, shape []int) Operand
	// Call calls p as a function of the module, written once for a program; Inline writes its equations here.
	Call(p *ir.Program, name string, x []Operand) []Operand
	Inline(p *ir.Program, x []Operand) []Operand
	// ManualRegion writes p, which computes blocks of its results from blocks of its inputs, to run on each device of m
	// along these axes: x and the results are whole along them, and cut as in and out say.
	ManualRegion(m *ir.Mesh, axes []string, in, out []ir.Spec, p *ir.Program, x []Operand) []Operand
	// Manual are the mesh and the axes of the regions that the equation stands in, nil where it stands in none.
	Manual() (m *ir.Mesh, axes []string)
	// Place is where in the mesh the program will run; -1 where that is in all places.
	Place() int
	// Mesh is the mesh along whose axes the compiler cuts arrays where the equation stands, nil if there is none.
	Mesh() *ir.Mesh
	// Constrain is x, cut as s says.
	Constrain(x Operand, s ir.Sharding) Operand
	// Channel is a number of its own for each operation that devices communicate by.
	Channel() int
	// SmallLoops asks the compiler to make one function of each loop that reaches fewer bytes in a round.
	SmallLoops(bytes int)
	// Loop calls write, which writes what a loop repeats: there InLoop is true, and what calls out is slow.
	Loop(write func())
	InLoop() bool
	// Out are the types of this equation's outputs.
	Out() []ir.Aval
	// Maker is the operation of the equation before this one, in the same program, that computed x alone, with its
	// operands; nil where none did.
	Maker(x Operand) (ir.Op, []Operand)
	// Users are the operations of the equations of the same program that take the result of this one; nil stands for
	// the program, where it gives it.
	Users() []ir.Op
	// Input reports whether x is an input of the whole program.
	Input(x Operand) bool
	// Alone reports whether this equation computes what the program gives, on one device, and no input is given away.
	Alone() bool
	// Platform is "cpu" or "cuda"; HasKernel reports whether a host kernel of that name is registered there.
	Platform() string
	HasKernel(name string) bool
}

// BatchCtx serves the rules of Batcher.
type BatchCtx interface {
	// AxisSize is the size of the mapped axis.
	AxisSize() int
	// AxisName is the name by which collective operations know the mapped axis, "" if they do not.
	AxisName() string
	// SpmdAxes are the axes of a mesh over which the mapped axis is cut, where the operation says how arrays are cut.
	SpmdAxes() []string
	// Part is the context of one of n equal parts of the mapped axis, which is not cut any further.
	Part(n int) BatchCtx
	// Last is the context in which operations that can choose have the mapped axis last; IsLast reports whether this is
	// such a context.
	Last() BatchCtx
	IsLast() bool
	// Self binds the same operation to other operands.
	Self(x ...*Value) []*Value
	// Program maps p over its first axis for the inputs marked in; forced outputs are mapped even if they need not be.
	// It returns the mapped program and which outputs are mapped, always at axis 0.
	Program(p *ir.Program, in, forceOut []bool) (*ir.Program, []bool)
	// ProgramAt maps p over axes anywhere: in[i] is where input i has it, or NotMapped; the second result is where each
	// output has it: where out says, or, if that is nil, where it falls. So nothing is transposed for an operation that
	// merely passes a program on.
	ProgramAt(p *ir.Program, in, out []int) (*ir.Program, []int)
}

// JVPCtx serves the rules of JVPer.
type JVPCtx interface {
	Self(x ...*Value) []*Value
	// Program is the JVP of p: (inputs, tangents of the inputs marked nonzero) -> (outputs, tangents of the outputs
	// marked).
	Program(p *ir.Program, nonzero, forceOut []bool) (*ir.Program, []bool)
}

// SplitCtx serves the rules of Splitter.
type SplitCtx interface {
	// Program cuts p in two. Outputs marked in forceOut are unknown even if they need not be. Inputs marked in
	// noForward are never residuals themselves. nil marks none.
	Program(p *ir.Program, unknown, forceOut, noForward []bool) Halves
}

// Halves are a program cut in two: Known computes what does not depend on the unknown inputs, Linear the rest. The
// residuals are the values of the known half that the linear half needs: some are inputs of the program, the others are
// saved, that is, returned by Known behind its outputs.
//
//	Known:  (known inputs) -> (known outputs, saved residuals)
//	Linear: (residuals, unknown inputs) -> (unknown outputs)
type Halves struct {
	Known, Linear *ir.Program
	UnknownOut    []bool // by output of the program
	Residuals     []int  // by residual: the number of the input that it is, or Saved
}

// Saved, in Halves.Residuals, is the next of the residuals that Known returns.
const Saved = -1

// NumKnown is the number of known outputs; what Known returns from there on are the saved residuals.
func (h Halves) NumKnown() int { return len(h.UnknownOut) - mask.Count(h.UnknownOut) }

// TransposeCtx serves the rules of Transposer.
type TransposeCtx interface {
	// Program: (nonlinear inputs, cotangents of the outputs) -> cotangents of the linear inputs, zeros made explicit.
	Program(p *ir.Program, linear []bool) *ir.Program
	// Apply writes the transpose of p here.
	Apply(p *ir.Program, x []Linear, ct []*Value) []*Value
}

// Linear is an operand of an equation being transposed: X is nil where the equation is linear in it.
type Linear struct {
	X    *Value
	Aval ir.Aval
}

// Arg is an operand of a linear half: a residual X, or, where X is nil, the equation's own operand I.
type Arg struct {
	X *Value
	I int
}

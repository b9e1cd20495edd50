package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// platformIndex is the place in Platforms of the one that the program is compiled for, or their number where it is none
// of them.
type platformIndex struct{ Platforms []string }

func (platformIndex) Name() string { return "platform_index" }

// PlatformIndex is the place among names of the platform that the program is compiled for, an int32, or their number
// where it is none of them.
func PlatformIndex(names []string) *Value { return one(platformIndex{names}) }

func (platformIndex) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return []ir.Aval{ir.Scalar(ir.Int32)}, wantOperands(in, 0)
}

func (o platformIndex) Lower(e trace.Emitter, _ []trace.Operand) []trace.Operand {
	i := slices.Index(o.Platforms, e.Platform())
	if i < 0 {
		i = len(o.Platforms)
	}
	return []trace.Operand{e.Const(ir.IntLit(int64(i), ir.Int32), nil)}
}

func (platformIndex) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) { return jvpZero(c, x) }

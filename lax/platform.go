package lax

import (
	"maps"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// platformIndex is the place in Platforms of the one that the program is compiled for, or their number where it is none of them.
type platformIndex struct{ Platforms []string }

func (platformIndex) Name() string { return "platform_index" }

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

// PlatformDependent is what the function for the platform ("cpu", "cuda") returns that the program is compiled for, and for one that
// has none what otherwise returns (jax.lax.platform_dependent). All functions are traced, and return trees of one structure and type; the
// compiler drops those for other platforms.
func PlatformDependent[R any](otherwise func() R, platforms map[string]func() R) R {
	const op = "lax.PlatformDependent"
	checkFuncs(op, otherwise != nil)
	names := slices.Sorted(maps.Keys(platforms))
	fs := make([]func() R, 0, len(names)+1)
	for _, n := range names {
		checkFuncs(op, platforms[n] != nil)
		fs = append(fs, platforms[n])
	}
	if len(names) == 0 {
		return otherwise()
	}
	flat := make([]func() (*trace.Def, []*Value), 0, len(fs)+1)
	what := make([]string, 0, len(fs)+1)
	for i, f := range append(fs, otherwise) {
		flat = append(flat, flatResult(f))
		what = append(what, "the function for "+append(names, "other platforms")[i])
	}
	def, y := branches(op, one(platformIndex{names}), what, flat...)
	return trace.Unflatten[R](def, y)
}

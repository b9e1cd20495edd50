package ops

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// CheckpointPolicy says which values inside a checkpoint are kept for the way back; the others are computed again. It
// is text: lines of a word with quoted names behind it.
type CheckpointPolicy string

// The policies without names.
const (
	SaveNothing             CheckpointPolicy = "" // only the arguments are kept (jax.checkpoint's default)
	SaveDots                CheckpointPolicy = "dots"
	SaveDotsWithNoBatchDims CheckpointPolicy = "plain-dots"
	SaveEverything          CheckpointPolicy = "everything" // as without a checkpoint
)

// The words of policies with names.
const (
	saveNames  = "names"
	saveOthers = "other-names"
	saveBut    = "all-but"
)

// SaveOnlyTheseNames keeps the values that CheckpointName gave one of the names.
func SaveOnlyTheseNames(names ...string) CheckpointPolicy { return withNames(saveNames, names) }

// SaveAnyNamesButThese keeps the values that CheckpointName gave another name.
func SaveAnyNamesButThese(names ...string) CheckpointPolicy { return withNames(saveOthers, names) }

// SaveAnythingExceptTheseNames keeps all values but those that CheckpointName gave one of the names.
func SaveAnythingExceptTheseNames(names ...string) CheckpointPolicy { return withNames(saveBut, names) }

func withNames(word string, names []string) CheckpointPolicy {
	for _, n := range names {
		word += "\t" + strconv.Quote(n)
	}
	return CheckpointPolicy(word)
}

// SaveFromAll keeps what any of the policies keeps.
func SaveFromAll(policies []CheckpointPolicy) CheckpointPolicy {
	if slices.Contains(policies, SaveEverything) {
		return SaveEverything
	}
	var all []string
	for _, p := range policies {
		if p != SaveNothing {
			all = append(all, string(p))
		}
	}
	return CheckpointPolicy(strings.Join(all, "\n"))
}

// saves reports whether the results of op are kept.
func (p CheckpointPolicy) saves(op ir.Op) bool {
	name, isNamed := op.(named)
	for line := range strings.SplitSeq(string(p), "\n") {
		words := strings.Split(line, "\t")
		listed := isNamed && slices.Contains(words[1:], strconv.Quote(name.Label))
		switch word := words[0]; {
		case word == string(SaveDots) && isDot(op), word == string(SaveDotsWithNoBatchDims) && isPlainDot(op),
			word == saveNames && listed, word == saveOthers && isNamed && !listed, word == saveBut && !listed:
			return true
		}
	}
	return false
}

// named passes its operand through, under a name that policies know.
type named struct {
	elementwise
	Label string
}

func (named) Name() string { return "name" }

// CheckpointName is x under a name that policies of Checkpoint know.
func CheckpointName(x *Value, name string) *Value { return one(named{Label: name}, x) }

func (named) Infer(in []ir.Aval) ([]ir.Aval, error)                    { return in[:1:1], wantOperands(in, 1) }
func (named) Lower(_ trace.Emitter, x []trace.Operand) []trace.Operand { return x }

// JVP names the value, and not its tangent, as JAX.
func (named) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return c.Self(x...), t }

// checkpoint runs a program whose values differentiation in reverse does not keep.
type checkpoint struct {
	body
	Policy CheckpointPolicy
}

func (checkpoint) Name() string { return "checkpoint" }

// Checkpoint applies p, a program without captures beyond its inputs, to x. Differentiated in reverse, it computes
// again, on the way back, what policy does not keep.
func Checkpoint(p *ir.Program, policy CheckpointPolicy, x []*Value) []*Value {
	return trace.Bind(checkpoint{body{p}, policy}, x...)
}

func (o checkpoint) with(p *ir.Program) ir.Op { return checkpoint{body{p}, o.Policy} }

func (o checkpoint) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return o.infer("the function given to Checkpoint", in)
}

func (o checkpoint) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return o.batch(c, x, d, o.with)
}

func (o checkpoint) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return o.jvp(c, x, t, o.with)
}

func (o checkpoint) Split(
	c trace.SplitCtx, x []*Value,
) (y []*Value, lin ir.Op, args []trace.Arg, unknownOut []bool) {
	if o.Policy == SaveEverything {
		return call{Func: "checkpoint", body: o.body}.Split(c, x)
	}
	return splitBody(o.halve(mask.Not(mask.NonNil(x))), x, o.with)
}

// halve cuts the program. The linear half takes what the policy saves and the known inputs, and computes again what
// else it needs.
func (o checkpoint) halve(unknownIn []bool) trace.Halves {
	p := o.Body
	if o.Policy != SaveNothing {
		p = callFree(p)
	}
	unknown := map[*ir.Var]bool{}
	for i, v := range p.In {
		unknown[v] = unknownIn[i]
	}
	isUnknown := func(v ir.Value) bool {
		w, ok := v.(*ir.Var)
		return ok && unknown[w]
	}
	var known, linear []ir.Eqn
	var saved []*ir.Var
	for _, e := range p.Eqns {
		is := slices.ContainsFunc(e.In, isUnknown)
		for _, v := range e.Out {
			unknown[v] = is
		}
		if !is {
			known = append(known, e)
		}
		switch {
		case !is && !ir.OpEffects(e.Op) && o.Policy.saves(e.Op):
			saved = append(saved, e.Out...)
		case is || !ir.OpEffects(e.Op): // effects happen once, on the way forward
			linear = append(linear, e)
		}
	}
	return halvesOf(p, unknownIn, mask.Of(p.Out, isUnknown), known, linear, saved)
}

// halvesOf are the halves of p of which the equations known and linear compute the outputs. The linear half takes the
// variables saved from the known half, and inputs.
func halvesOf(p *ir.Program, unknownIn, unknownOut []bool, known, linear []ir.Eqn, saved []*ir.Var) trace.Halves {
	knownIn := mask.Not(unknownIn)
	lin := &ir.Program{
		In:   slices.Concat(saved, mask.Pick(p.In, knownIn), mask.Pick(p.In, unknownIn)),
		Eqns: linear,
		Out:  mask.Pick(p.Out, unknownOut),
	}
	numResiduals := len(lin.In) - mask.Count(unknownIn)
	lin, kept := lin.DCEKeeping(nil, slices.Concat(make([]bool, numResiduals), mask.Full(mask.Count(unknownIn))))
	savedKept, inKept := kept[:len(saved)], mask.Place(kept[len(saved):numResiduals], knownIn)

	h := trace.Halves{Linear: lin, UnknownOut: unknownOut}
	out := mask.Pick(p.Out, mask.Not(unknownOut))
	for _, v := range mask.Pick(saved, savedKept) {
		out = append(out, v)
		h.Residuals = append(h.Residuals, trace.Saved)
	}
	for i, is := range inKept {
		if is {
			h.Residuals = append(h.Residuals, i)
		}
	}
	h.Known = (&ir.Program{In: mask.Pick(p.In, knownIn), Eqns: known, Out: out}).DCE()
	return h
}

// Transpose computes again, behind a barrier that keeps the compiler from sharing it with the way forward, and only
// once the cotangents are there.
func (o checkpoint) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	isGiven, hasCt := given(x), mask.NonNil(ct)
	behind := OptimizationBarrier(append(nonlinear(x), mask.Compact(ct)...)...)
	part := cut(behind, mask.Count(isGiven))
	in := slices.Clone(x)
	for i, v := range mask.Place(part[0], isGiven) {
		in[i].X = v
	}
	return c.Apply(o.Body, in, mask.Place(part[1], hasCt))
}

func (o checkpoint) DCE(used []bool) (op ir.Op, keptIn, keptOut []bool) { return o.dce(used, o.with) }

func (o checkpoint) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	return o.sequence(order, o.with)
}

// isPlainDot reports whether op is among what SaveDotsWithNoBatchDims keeps.
func isPlainDot(op ir.Op) bool {
	d, ok := op.(dotGeneral)
	return ok && len(d.Dims.LHSBatch) == 0
}

// isDot reports whether op is among what SaveDots keeps.
func isDot(op ir.Op) bool {
	switch op.(type) {
	case dotGeneral, conv:
		return true
	}
	return false
}

// callFree is p with calls written out, so that what they hold is seen.
func callFree(p *ir.Program) *ir.Program {
	if !slices.ContainsFunc(p.Eqns, func(e ir.Eqn) bool { _, ok := e.Op.(call); return ok }) {
		return p
	}
	q, _ := trace.Trace("checkpoint", p.InTypes(), func(a []*Value) []*Value { return inlineCalls(p, a) })
	return q
}

// inlineCalls writes the equations of p on x, and of the functions that it calls, in the open trace.
func inlineCalls(p *ir.Program, x []*Value) []*Value {
	return trace.Replay(p, x, func(e *ir.Eqn, x []*Value) []*Value {
		if c, ok := e.Op.(call); ok {
			return inlineCalls(c.Body, x)
		}
		return trace.Bind(e.Op, x...)
	})
}

// Package ir holds the typed programs that everything in gojax builds, transforms or runs: element types, abstract
// values, variables, equations and programs, with a printer, a verifier, dead-code and common-subexpression
// elimination, and the structural key by which compiled programs are found again.
//
// It is pure data. What an operation means (its shapes apart) is said by the operation's own type in package ops,
// through interfaces of this package and of package trace. An operation implements those that it has a rule for; who
// needs a rule finds it by a type assertion. These are all of them:
//
//	interface           | who implements it                            | who asks
//	--------------------|----------------------------------------------|-----------------------------------------
//	Op                  | every operation                              | everyone
//	Nested              | those that hold programs                     | whoever walks programs; printer, key, ...
//	DCEr                | of those, whose outputs can be dropped       | dead code
//	Effectful           | those that must stay, in order               | dead code, common subexpressions
//	Sequencer           | those, and those that hold programs          | ordering of effects, before compiling
//	Communicator        | those that processes do together             | ordering of effects; transforms/jit
//	HostCaller          | those that call Go functions                 | transforms/jit
//	Meshed              | those that run over the devices of a mesh    | transforms/jit, lower
//	Distinct            | those that keys do not tell apart            | common subexpressions
//	Coster              | those that compute                           | Costs
//	Repeater            | loops whose rounds are known                 | Costs
//	Chooser             | cond                                         | Costs
//	trace.Lowerer       | every operation                              | lower
//	trace.Batcher       | all but those without operands               | vmap
//	trace.PerElement    | those that work element by element           | ops, to run them on blocks
//	trace.AxisUser      | those across a named axis                    | vmap
//	trace.JVPer         | those with a derivative                      | grad: forward mode
//	trace.SeparateJVPer | those whose derivatives are the user's own   | grad: linearizing
//	trace.Splitter      | those that hold programs, for reverse mode   | grad: the known and the linear half
//	trace.Transposer    | those linear in some operands                | grad: the linear half run backward
//	trace.Stepper       | those that hold programs                     | transforms/jit, to find what makes a NaN
//	trace.Divisible     | a map over all cores                         | transforms/jit
//	trace.KeyFollower   | those that use or pass on keys, or programs  | trace, to find keys that are used twice
//	trace.Varier        | sums over a mesh, those that hold programs   | trace, to find what all devices compute alike
//	trace.UserPrograms  | those that hold programs of users            | ops, for the casts of CheckVMA
package ir

// Package ir holds the typed programs that everything in gojax builds, transforms or runs: element types, abstract values,
// variables, equations and programs, with a printer, a verifier, dead-code and common-subexpression elimination, and the
// structural key by which compiled programs are found again.
//
// It is pure data. What an operation means (its shapes apart) is said by the operation's own type in package lax, through
// the rule interfaces of package trace.
//
// | interface | who implements it                       | who asks                              |
// |-----------|-----------------------------------------|---------------------------------------|
// | Op        | every operation                         | everyone                              |
// | Nested    | operations that hold programs           | printer, verifier, key, dead code     |
// | DCEr      | those whose outputs can be dropped      | dead code                             |
// | Effectful | operations that must stay, in order     | dead code, common subexpressions      |
package ir

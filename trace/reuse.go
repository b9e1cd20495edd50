package trace

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gojax/gojax/ir"
)

// Keys of random numbers that are used twice. With the switch on, package random binds an operation where a key is used
// up, which passes the key through and holds a KeyUse. A program that is to run is walked first: each key in it is
// followed to where it comes from, by the rules KeyFollower, and there it is written down who has used it.

var keyReuse atomic.Bool

// DebugKeyReuse sets whether keys that are used twice are an error, and returns what was set before.
func DebugKeyReuse(on bool) (before bool) { return keyReuse.Swap(on) }

// KeyReuse reports whether keys that are used twice are looked for.
func KeyReuse() bool { return keyReuse.Load() }

// KeyUse is one call of the user's that uses a key up, or calls a function that does. The keys of programs do not tell
// uses apart.
type KeyUse struct {
	op  string
	src ir.Src
	id  uint64
	in  []branch // of lax.Cond and its kin, which it is within
}

// branch is one of several functions, of which one runs. Mapped over what chooses, all of them do.
type branch struct {
	of     uint64
	number int
}

// exclusive reports whether a and b are within different branches of one choice.
func exclusive(a, b []branch) bool {
	for _, x := range a {
		for _, y := range b {
			if x.of == y.of && x.number != y.number {
				return true
			}
		}
	}
	return false
}

// Choice is a new choice between functions: f is run as that of the number given.
func Choice() (in func(number int, f func())) {
	id := keyUses.Add(1)
	return func(number int, f func()) {
		if !KeyReuse() {
			f()
			return
		}
		defer pushFrame(&frame{b: Current(), x64: X64(), branch: &branch{id, number}})()
		f()
	}
}

var keyUses atomic.Uint64

// NewKeyUse is a use by op at the user's line.
func NewKeyUse(op string) *KeyUse {
	u := &KeyUse{op: op, src: where(1), id: keyUses.Add(1)}
	for f := currentFrame(); f != nil; f = f.before {
		if f.branch != nil {
			u.in = append(u.in, *f.branch)
		}
	}
	return u
}

// Unkeyed says that programs are the same whatever the use.
func (*KeyUse) Unkeyed() {}

// Distinct tells uses apart; that of nil is 0.
func (u *KeyUse) Distinct() uint64 {
	if u == nil {
		return 0
	}
	return u.id
}

// String is "random.Normal at main.go:12".
func (u *KeyUse) String() string {
	e := NewError(u.op, nil, u.src, nil)
	if e.Func != "" {
		e.Op += "(" + e.Func + ")"
	}
	return fmt.Sprintf("%s at %v", e.Op, u.src)
}

// used is how an element of a key was used: by whom, and by which way of calls and turns of loops. The same use on the
// same way is one, though a transformation may have written it twice.
type used struct {
	use  *KeyUse
	path uint64
	call *KeyUse  // the outermost call that led to it, if any
	in   []branch // the branches of it and of all calls
}

func (u used) same(v used) bool { return u.use == v.use && u.path == v.path }

// line is where the user finds the use.
func (u used) line() *KeyUse {
	if u.call != nil {
		return u.call
	}
	return u.use
}

// keyRoot is an array of keys that nothing is known to be made of, and the uses of its elements (nil: none).
type keyRoot struct {
	n    int
	used []used
}

// Keys is where the elements of an array come from: nowhere known if it is zero.
type Keys struct {
	root *keyRoot
	at   []int32 // by element: the root's; nil where they are the same
}

func (k Keys) len() int {
	if k.at != nil || k.root == nil {
		return len(k.at)
	}
	return k.root.n
}

func (k Keys) elem(i int) int {
	if k.at == nil {
		return i
	}
	return int(k.at[i])
}

// Pick are the elements ids of k; nothing is known of them where one is not there.
func (k Keys) Pick(ids []int32) Keys {
	if k.root == nil {
		return k
	}
	at := make([]int32, len(ids))
	for i, j := range ids {
		if int(j) < 0 || int(j) >= k.len() {
			return Keys{}
		}
		at[i] = int32(k.elem(int(j)))
	}
	return Keys{k.root, at}
}

// Strided are the elements of k at offset and in these steps along the axes of an array of that shape.
func (k Keys) Strided(shape, steps []int, offset int) Keys {
	if k.root == nil {
		return k
	}
	ids := []int32{int32(offset)}
	for a, n := range shape {
		next := make([]int32, 0, len(ids)*n)
		for _, id := range ids {
			for i := range n {
				next = append(next, id+int32(i*steps[a]))
			}
		}
		ids = next
	}
	return k.Pick(ids)
}

// Row is row i of n.
func (k Keys) Row(i, n int) Keys {
	m := k.len() / max(n, 1)
	return k.Strided([]int{m}, []int{1}, i*m)
}

// mayBeKeys reports whether an array of type t can hold keys, or keys mapped over some axes.
func mayBeKeys(t ir.Aval) bool {
	const most = 1 << 22
	if t.DType != ir.Uint32 && t.DType != ir.Int32 || t.Size() > most {
		return false
	}
	for _, n := range t.Shape {
		if n == 2 || n == 4 {
			return true
		}
	}
	return false
}

// KeyWalk is a walk through a program that is to run once.
type KeyWalk struct {
	path uint64
	call *KeyUse
	in   []branch // of the calls that are walked
}

// Use writes down that the keys k are used up. It panics with *Error where one of them was before.
func (w *KeyWalk) Use(k Keys, use *KeyUse) {
	if k.root == nil {
		return
	}
	now := used{use, w.path, w.call, slices.Concat(w.in, use.in)}
	for _, u := range k.uses() {
		if u.use != nil && !u.same(now) && !exclusive(u.in, now.in) {
			panic(reused(u, now))
		}
	}
	for i := range k.len() {
		k.root.set(k.elem(i), now)
	}
}

func (r *keyRoot) set(i int, u used) {
	if r.used == nil {
		r.used = make([]used, r.n)
	}
	r.used[i] = u
}

// reused is the error of a key that was used, and now is again.
func reused(before, now used) *Error {
	at, first := now.line(), before.line().String()
	inner := ""
	switch {
	case before.call == now.call && before.use != now.use:
		at, first = now.use, before.use.String()
	case before.call == now.call:
		at, first = now.use, before.use.String()+", in an earlier turn of the loop or an earlier call"
	case now.call != nil:
		inner = fmt.Sprintf(" (by %v)", now.use)
	}
	if before.call != nil && before.call != now.call {
		first += fmt.Sprintf(" (by %v)", before.use)
	}
	return NewError(at.op, nil, at.src, fmt.Errorf("a key is used again%s that was used by %s, so the numbers are not "+
		"independent (GOJAX_DEBUG_KEY_REUSE is on): make a key for each use with random.Split, random.Pair or "+
		"random.FoldIn; where the same numbers are wanted, use random.Clone(key)", inner, first))
}

// at walks f on another way: turn by turn of a loop, or call by call.
func (w *KeyWalk) at(step uint64, f func()) {
	before := w.path
	w.path = (w.path ^ (step + 1)) * 0x9e3779b97f4a7c15
	w.path ^= w.path >> 29
	f()
	w.path = before
}

// Call walks f as a call that use stands for, which is another than that of each other use. nil is f alone.
func (w *KeyWalk) Call(use *KeyUse, f func()) {
	if use == nil {
		f()
		return
	}
	call, in := w.call, w.in
	if call == nil {
		w.call = use
	}
	w.in = slices.Concat(in, use.in)
	w.at(use.id+keyTurns, f)
	w.call, w.in = call, in
}

// keyTurns is how many turns of a loop are walked: so many that a key given on from turn to turn has met itself.
const keyTurns = 3

// Turns walks a loop of at most n turns (negative: any number).
func (w *KeyWalk) Turns(n int, turn func(i int)) {
	if n < 0 || n > keyTurns {
		n = keyTurns
	}
	for i := range n {
		w.at(uint64(i), func() { turn(i) })
	}
}

// Rows gives f row i of each of x, which have n rows, of which the rows of the first turns are walked; what those used
// is used in all others.
func (w *KeyWalk) Rows(x []Keys, n int, walk func(row func(i int) []Keys)) {
	before := make([][]used, len(x))
	for j, k := range x {
		before[j] = k.Row(0, n).uses()
	}
	walk(func(i int) []Keys {
		rows := make([]Keys, len(x))
		for j, k := range x {
			rows[j] = k.Row(i, n)
		}
		return rows
	})
	for j, k := range x {
		first := k.Row(0, n)
		for e, u := range first.uses() {
			for i := keyTurns; i < n && u.use != nil && before[j][e].use == nil; i++ {
				k.root.set(k.Row(i, n).elem(e), u)
			}
		}
	}
}

// uses are those of each element.
func (k Keys) uses() []used {
	u := make([]used, k.len())
	for i := range u {
		if k.root.used != nil {
			u[i] = k.root.used[k.elem(i)]
		}
	}
	return u
}

// Either walks programs of which one will run, on x. What one of them uses is used.
func (w *KeyWalk) Either(ps []*ir.Program, x []Keys) []Keys {
	var out []Keys
	for i, p := range ps {
		y := w.Run(p, x)
		if i == 0 {
			out = y
		}
		for j := range out {
			if !out[j].equal(y[j]) {
				out[j] = Keys{}
			}
		}
	}
	return out
}

func (k Keys) equal(l Keys) bool {
	if k.root != l.root || k.len() != l.len() {
		return false
	}
	for i := range k.len() {
		if k.elem(i) != l.elem(i) {
			return false
		}
	}
	return true
}

// Run walks p on x, and returns where its results come from.
func (w *KeyWalk) Run(p *ir.Program, x []Keys) []Keys {
	env := make(map[ir.Value]Keys, len(p.In))
	get := func(v ir.Value) Keys {
		k, ok := env[v]
		if t := v.Aval(); !ok && mayBeKeys(t) {
			k = Keys{root: &keyRoot{n: t.Size()}}
			env[v] = k
		}
		return k
	}
	for i, k := range x {
		if k.root != nil {
			env[p.In[i]] = k
		}
	}
	for i := range p.Eqns {
		e := &p.Eqns[i]
		f, ok := e.Op.(KeyFollower)
		if !ok {
			continue
		}
		in := make([]Keys, len(e.In))
		for j, v := range e.In {
			in[j] = get(v)
		}
		for j, k := range f.Keys(w, e, in) {
			if k.root != nil && mayBeKeys(e.Out[j].Ty) {
				env[e.Out[j]] = k
			}
		}
	}
	out := make([]Keys, len(p.Out))
	for i, v := range p.Out {
		out[i] = env[v]
	}
	return out
}

// known are the keys that concrete Values hold, by what tells the Values apart. mu is held in every walk.
var known struct {
	mu sync.Mutex
	m  map[valueID]Keys
}

package trace

import (
	"runtime"
	"weak"

	"github.com/gojax/gojax/ir"
)

// valueID tells Values apart and does not keep them alive.
type valueID = weak.Pointer[Value]

// keysOf are the keys of a concrete Value. known.mu is held.
func keysOf(v *Value) Keys {
	if v.b != nil || v.buf == nil || !mayBeKeys(v.aval) {
		return Keys{}
	}
	if k, ok := known.m[weak.Make(v)]; ok {
		return k
	}
	return Keys{root: &keyRoot{n: v.aval.Size()}}
}

// remember keeps what the keys of v are. known.mu is held.
func remember(v *Value, k Keys) {
	id := weak.Make(v)
	if _, ok := known.m[id]; !ok {
		if known.m == nil {
			known.m = map[valueID]Keys{}
		}
		runtime.AddCleanup(v, forget, id)
	}
	known.m[id] = k
}

func forget(id valueID) {
	known.mu.Lock()
	delete(known.m, id)
	known.mu.Unlock()
}

// UseConcreteKey writes down that the keys of a concrete Value are used up.
func UseConcreteKey(v *Value, use *KeyUse) {
	known.mu.Lock()
	defer known.mu.Unlock()
	k := keysOf(v)
	new(KeyWalk).Use(k, use)
	remember(v, k)
}

// PickKeys says that the keys y are the elements of x at ids, both concrete.
func PickKeys(y, x *Value, ids []int32) { keysAre(y, x, func(k Keys) Keys { return k.Pick(ids) }) }

// RowOfKeys says that the keys y are row i of n of x, both concrete.
func RowOfKeys(y, x *Value, i, n int) { keysAre(y, x, func(k Keys) Keys { return k.Row(i, n) }) }

func keysAre(y, x *Value, of func(Keys) Keys) {
	known.mu.Lock()
	defer known.mu.Unlock()
	k := keysOf(x)
	remember(x, k)
	remember(y, of(k))
}

// CheckKeys panics where p uses a key twice, whatever it is given.
func CheckKeys(p *ir.Program) {
	x := make([]Keys, len(p.In))
	for i, v := range p.In {
		if mayBeKeys(v.Ty) {
			x[i].root = &keyRoot{n: v.Ty.Size()}
		}
	}
	new(KeyWalk).Run(p, x)
}

// FollowKeys walks p, which is to run on in, all of it concrete, by a call of op. It panics where a key was used
// before; done is to be called with the results. Each call of a jitted function is another use of what it uses. Other
// programs are traced at each call, but for ways back, which draw again what was drawn on the way forward.
func FollowKeys(op string, jitted bool, p *ir.Program, in []*Value) (done func(out []*Value)) {
	if f := currentFrame(); !KeyReuse() || f != nil && f.quiet {
		return func([]*Value) {}
	}
	call := &KeyUse{op: op, src: ir.Sure(1), id: keyUses.Add(1)}
	known.mu.Lock()
	defer known.mu.Unlock()
	x := make([]Keys, len(in))
	for i, v := range in {
		x[i] = keysOf(v)
	}
	w := &KeyWalk{call: call}
	if jitted {
		w.path = call.id
	}
	y := w.Run(p, x)
	for i, v := range in {
		if r := x[i].root; r != nil && r.used != nil {
			remember(v, x[i])
		}
	}
	return func(out []*Value) {
		known.mu.Lock()
		defer known.mu.Unlock()
		for i, k := range y {
			if k.root == nil || out[i].buf == nil {
				continue
			}
			for j := range in {
				if x[j].root == k.root {
					remember(in[j], x[j])
				}
			}
			remember(out[i], k)
		}
	}
}

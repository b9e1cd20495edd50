package catalogue

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// SM are bodies of gojax.ShardMap: functions of blocks.
var SM = merge(smReductions, smMoves, smModels, smControl, smVmap, smInside)

var smReductions = map[string]Body{
	"psum":  f1(func(p P, x A) any { return lax.PSum(x, p.Axis...) }),
	"pmean": f1(func(p P, x A) any { return lax.PMean(x, p.Axis...) }),
	"pmax":  f1(func(p P, x A) any { return lax.PMax(x, p.Axis...) }),
	"pmin":  f1(func(p P, x A) any { return lax.PMin(x, p.Axis...) }),
	"psum_tree": f2(func(p P, x, y A) any {
		s := lax.PSum(map[string]A{"a": x, "b": y.Mul(2)}, p.Axis...)
		return tuple(s["a"].Add(1), s["b"])
	}),
	"psum_dict": func(p P, a []any) any {
		d := a[0].(dict)
		v := d["v"].(A)
		return dict{"s": lax.PSum(d["u"], p.Axis...), "t": v.Sub(lax.PMean(v, p.Axis...))}
	},
	"psum_one":    f1(func(p P, x A) any { return x.Div(lax.PSum(jnp.AsArray(1), p.Axis...)) }),
	"psum_twice":  f1(func(p P, x A) any { return lax.PMax(lax.PSum(x, p.A...), p.B...) }),
	"psum_groups": f1(func(p P, x A) any { return lax.PSumGroups(x, []string(p.Axis), p.Groups) }),
	"gather_groups": f1(func(p P, x A) any {
		return lax.AllGather(x, []string(p.Axis), 0, lax.CollectiveOptions{Tiled: true, Groups: p.Groups})
	}),
	"any_true":  f1(func(p P, x A) any { return lax.PMax(x.Gt(1).AsType(jnp.Int32), p.Axis...).Gt(0) }),
	"center":    f1(func(p P, x A) any { return x.Sub(lax.PMean(x.Mean(), p.Axis...)) }),
	"normalize": f1(func(p P, x A) any { return x.Div(jnp.Sqrt(lax.PSum(x.Mul(x).Sum(), p.Axis...))) }),
	"clip_norm": f1(func(p P, x A) any {
		return x.Mul(jnp.Minimum(1.0, jnp.Div(p.Limit, jnp.Sqrt(lax.PSum(x.Mul(x).Sum(), p.Axis...)))))
	}),
	"dot":        f2(func(p P, x, y A) any { return lax.PSum(jnp.VDot(x, y), p.Axis...) }),
	"sqsum":      f1(func(p P, x A) any { return lax.PSum(jnp.Sin(x).Mul(x).Sum(), p.Axis...) }),
	"local_only": f1(func(p P, x A) any { return jnp.Sin(x).Mul(x.Sum()) }),
	"cast_psum": f1(func(p P, x A) any {
		return lax.PSum(x.AsType(jnp.Float32), p.Axis...).AsType(x.DType())
	}),
}

var smMoves = map[string]Body{
	"all_gather": f1(func(p P, x A) any {
		return lax.AllGather(x, []string(p.Axis), p.Dim, lax.CollectiveOptions{Tiled: p.Tiled})
	}),
	"gather_mix": f1(func(p P, x A) any {
		return jnp.Tanh(x).Add(lax.AllGather(x, []string(p.Axis), 0).Pow(2).Sum(0))
	}),
	"psum_scatter": f1(func(p P, x A) any {
		return lax.PSumScatter(x, []string(p.Axis), p.Dim, lax.CollectiveOptions{Tiled: p.Tiled})
	}),
	"all_to_all": f1(func(p P, x A) any {
		return lax.AllToAll(x, []string(p.Axis), p.Split, p.Concat, lax.CollectiveOptions{Tiled: p.Tiled})
	}),
	"ring":       f1(func(p P, x A) any { return ring(x, p.Axis, p.Shift) }),
	"shift_open": f1(func(p P, x A) any { return shiftOpen(x, p.Axis) }),
	"permute":    f1(func(p P, x A) any { return lax.PPermute(x, []string(p.Axis), p.Perm.Pairs) }),
	"shuffle":    f1(func(p P, x A) any { return lax.PShuffle(x, []string(p.Axis), p.Perm.Numbers) }),
	"swapaxes":   f1(func(p P, x A) any { return lax.PSwapAxes(x, []string(p.Axis), p.Dim) }),
	"ring_sum":   f1(func(p P, x A) any { return x.Mul(ring(x, p.Axis, p.Shift)) }),
	"broadcast_from": f1(func(p P, x A) any {
		return lax.PSum(jnp.Where(lax.AxisIndex(p.Axis...).Eq(p.Src), x, jnp.ZerosLike(x)), p.Axis...)
	}),
	"index_scale": f1(func(p P, x A) any { return x.Mul(lax.AxisIndex(p.Axis...).Add(1)) }),
	"index_only": f1(func(p P, x A) any {
		return jnp.Creation{DType: jnp.Int32}.ZerosLike(x).Add(lax.AxisIndex(p.Axis...))
	}),
	"index_pair": f1(func(p P, x A) any {
		both := append(append([]string{}, p.A...), p.B...)
		return x.Add(lax.AxisIndex(p.A...).Mul(100)).Add(lax.AxisIndex(p.B...).Mul(10)).Add(lax.AxisIndex(both...))
	}),
	"size_scale":       f1(func(p P, x A) any { return x.Mul(lax.AxisSize(p.Axis...)) }),
	"transpose_blocks": f1(func(p P, x A) any { return lax.AllToAll(x.T(), []string(p.Axis), 0, 1, tiled) }),
	"reverse_all": f1(func(p P, x A) any {
		n := lax.AxisSize(p.Axis...)
		return lax.PPermute(jnp.Flip(x, 0), []string(p.Axis), pairs(n, func(i int) int { return n - 1 - i }))
	}),
}

// pairs are (i, to(i)) for the elements of an axis.
func pairs(n int, to func(i int) int) [][2]int {
	out := make([][2]int, n)
	for i := range out {
		out[i] = [2]int{i, to(i)}
	}
	return out
}

// ring moves everything up by shift places, around the axis.
func ring(x A, axis Axes, shift int) A {
	n := lax.AxisSize(axis...)
	return lax.PPermute(x, []string(axis), pairs(n, func(i int) int { return ((i+shift)%n + n) % n }))
}

// shiftOpen moves everything up by one place; the first gets zeros.
func shiftOpen(x A, axis Axes) A {
	return lax.PPermute(x, []string(axis), pairs(lax.AxisSize(axis...)-1, func(i int) int { return i + 1 }))
}

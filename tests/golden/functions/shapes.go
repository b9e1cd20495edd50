package functions

import (
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// refuse fails as the library does, for an argument that its Go types do not let one write.
func (c *Call) refuse(format string, args ...any) {
	var in []ir.Aval
	if len(c.Args) > 0 {
		if a, ok := c.Args[0].(jnp.Array); ok {
			in = append(in, a.TraceValue().Aval())
		}
	}
	trace.Fail(c.Fn, in, format, args...)
}

// choice is the keyword of that name, or argument i, which must be one of names; the first if it is absent.
func (c *Call) choice(i int, name string, names ...string) string {
	s, ok := c.arg(i, name).(string)
	if !ok {
		return names[0]
	}
	if !slices.Contains(names, s) {
		c.refuse("%s=%q is not one of %s", name, s, strings.Join(names, ", "))
	}
	return s
}

// integer is argument i or the keyword of that name.
func (c *Call) integer(i int, name string, otherwise int) int {
	if n, ok := c.arg(i, name).(int); ok {
		return n
	}
	return otherwise
}

// list is a list of arrays: stacked arrays are taken apart.
func list(x any) []jnp.Array {
	if a, ok := x.(jnp.Array); ok {
		return jnp.Unstack(a)
	}
	return arrays(x)
}

// spread are the arguments as arrays, be they one list or several arrays.
func (c *Call) operands() []jnp.Array {
	if len(c.Args) == 1 {
		if l, ok := c.Args[0].([]any); ok {
			return arrays(l)
		}
	}
	return arrays(c.Args)
}

func atLeast(f func(x jnp.Array) jnp.Array) Func {
	return func(c *Call) any {
		xs := c.operands()
		if len(xs) == 1 {
			return f(xs[0])
		}
		out := make([]any, len(xs))
		for i, x := range xs {
			out[i] = f(x)
		}
		return out
	}
}

func (c *Call) joining() jnp.Joining { return jnp.Joining{DType: c.DType(c.kw("dtype"))} }

func joinAlong(f func(o jnp.Joining, xs []jnp.Array, axis ...int) jnp.Array) Func {
	return func(c *Call) any {
		axis, given := c.Kw("axis")
		if len(c.Args) > 1 {
			axis, given = c.Args[1], true
		}
		xs := list(c.Args[0])
		if given && axis == nil { // all flattened
			for i, x := range xs {
				xs[i] = x.Ravel()
			}
		}
		return f(c.joining(), xs, c.Ints(axis)...)
	}
}

func joinAll(f func(o jnp.Joining, xs ...jnp.Array) jnp.Array) Func {
	return func(c *Call) any { return f(c.joining(), list(c.Args[0])...) }
}

// parts is a cut into a number of parts or at positions.
func parts(number func(x jnp.Array, n int, axis ...int) []jnp.Array,
	at func(x jnp.Array, at []int, axis ...int) []jnp.Array) Func {
	return func(c *Call) any {
		axis := c.Ints(c.arg(2, "axis"))
		if n, ok := c.arg(1, "indices_or_sections").(int); ok {
			return number(c.A(0), n, axis...)
		}
		return at(c.A(0), c.Ints(c.arg(1, "indices_or_sections")), axis...)
	}
}

func partsOf(number func(x jnp.Array, n int) []jnp.Array, at func(x jnp.Array, at []int) []jnp.Array) Func {
	return parts(func(x jnp.Array, n int, _ ...int) []jnp.Array { return number(x, n) },
		func(x jnp.Array, i []int, _ ...int) []jnp.Array { return at(x, i) })
}

func diagonals(f func(x jnp.Array, k ...int) jnp.Array) Func {
	return func(c *Call) any { return f(c.A(0), c.integer(1, "k", 0)) }
}

// flatOr is x and the axis that argument i or the keyword names: where that is null, x flattened, and where it is
// absent the last.
func (c *Call) flatOr(i int) (jnp.Array, []int) {
	axis, given := c.Kw("axis")
	if i < len(c.Args) {
		axis, given = c.Args[i], true
	}
	if given && axis == nil {
		return c.A(0).Ravel(), nil
	}
	return c.A(0), c.Ints(axis)
}

func sorted(f func(o jnp.Sorting, x jnp.Array, axis ...int) jnp.Array) Func {
	return func(c *Call) any {
		x, axis := c.flatOr(1)
		o := jnp.Sorting{Descending: c.flag("descending", false), Unstable: !c.flag("stable", true),
			DType: c.DType(c.kw("dtype"))}
		if c.kw("kind") != nil || c.kw("order") != nil {
			c.refuse("kind and order do not apply")
		}
		return f(o, x, axis...)
	}
}

var indexModes = map[string]jnp.Mode{"fill": jnp.ModeFill, "clip": jnp.ModeClip, "wrap": jnp.ModeWrap,
	"drop":              jnp.ModeDrop,
	"promise_in_bounds": jnp.ModePromiseInBounds}

// mode is the mode of a name. "raise" stands for no mode.
func (c *Call) modeNamed(x any) (m jnp.Mode) {
	name, ok := x.(string)
	if !ok || name == "raise" {
		return m
	}
	if m, ok = indexModes[name]; !ok {
		m = unknown
	}
	return m
}

func (c *Call) taking(i int) jnp.Taking {
	mode := c.arg(i, "mode")
	if mode == "raise" {
		mode = "no"
	}
	return jnp.Taking{Mode: c.modeNamed(mode), FillValue: c.kw("fill_value"),
		UniqueIndices: c.flag("unique_indices", false), IndicesAreSorted: c.flag("indices_are_sorted", false)}
}

func (c *Call) inplace() {
	if c.flag("inplace", true) {
		c.refuse("arrays cannot be changed in place")
	}
}

func (c *Call) uniqueness() jnp.Uniqueness {
	return jnp.Uniqueness{Size: c.integer(99, "size", 0), FillValue: c.kw("fill_value"),
		DistinctNaN: !c.flag("equal_nan", true)}
}

func twoSets(f func(o jnp.Uniqueness, x, y jnp.Array) any) Func {
	return func(c *Call) any {
		o := c.uniqueness()
		o.AssumeUnique = c.arg(2, "assume_unique") == true
		return f(o, c.A(0), c.A(1))
	}
}

func (c *Call) sized() (jnp.Sized, bool) {
	n, ok := c.kw("size").(int)
	return jnp.Sized{Size: n, FillValue: c.position(c.kw("fill_value"))}, ok
}

func nonzero(c *Call) any {
	if o, ok := c.sized(); ok {
		return o.Nonzero(c.A(0))
	}
	return jnp.Nonzero(c.A(0))
}

func (c *Call) histograms(i int) jnp.Histograms {
	o := jnp.Histograms{Bins: c.arg(i, "bins"), Range: c.arg(i+1, "range"), Density: c.flag("density", false)}
	if w := c.arg(i+2, "weights"); w != nil {
		o.Weights = asArray(w)
	}
	return o
}

// edges turns lists of numbers that stand for the edges of bins into arrays.
func edges(bins any) any {
	if l, ok := bins.([]any); ok && len(l) > 0 {
		switch l[0].(type) {
		case int, float64:
			return jnp.Stack(arrays(l))
		}
	}
	return bins
}

func (c *Call) digitize() any {
	c.choice(99, "method", "scan", "scan_unrolled", "sort", "compare_all")
	return jnp.Search{Right: c.arg(2, "right") == true}.Digitize(c.A(0), c.A(1))
}

func searchSorted(c *Call) any {
	c.choice(99, "method", "scan", "scan_unrolled", "sort", "compare_all")
	o := jnp.Search{Right: c.choice(2, "side", "left", "right") == "right"}
	if s := c.arg(3, "sorter"); s != nil {
		o.Sorter = asArray(s)
	}
	return o.SearchSorted(c.A(0), c.Args[1])
}

func layout(c *Call) jnp.Layout {
	return jnp.Layout{ColumnMajor: c.choice(99, "order", "C", "F", "A", "K") == "F"}
}

func roll(c *Call) any {
	axes := c.Ints(c.arg(2, "axis"))
	switch s := c.arg(1, "shift").(type) {
	case int:
		return jnp.Roll(c.A(0), s, axes...)
	case []any:
		return jnp.Roll(c.A(0), c.Ints(s), axes...)
	default:
		return jnp.Roll(c.A(0), s.(jnp.Array), axes...)
	}
}

func repeat(c *Call) any {
	o := jnp.Repetition{Total: c.integer(99, "total_repeat_length", 0)}
	r := c.arg(1, "repeats")
	if l, ok := r.([]any); ok {
		r = c.Ints(l)
	}
	return o.Repeat(c.A(0), r, c.Ints(c.arg(2, "axis"))...)
}

func unique(c *Call) any {
	o := c.uniqueness()
	c.Kw("sorted")
	v, i, inverse, n := o.UniqueReturned(c.A(0), c.Ints(c.kw("axis"))...)
	out := []any{v}
	for _, r := range []struct {
		name string
		x    jnp.Array
	}{{"return_index", i}, {"return_inverse", inverse}, {"return_counts", n}} {
		if c.flag(r.name, false) {
			out = append(out, r.x)
		}
	}
	if len(out) == 1 {
		return v
	}
	return out
}

func tuple(xs ...jnp.Array) any { return xs }

// position is what stands for positions: an int, a list, or an array.
func (c *Call) position(x any) any {
	if l, ok := x.([]any); ok {
		return c.Ints(l)
	}
	return x
}

func trimZeros(c *Call) any {
	trim, ok := c.arg(1, "trim").(string)
	if !ok {
		trim = "fb"
	}
	trim = strings.ToLower(trim)
	o := jnp.Trimming{KeepFront: !strings.Contains(trim, "f"), KeepBack: !strings.Contains(trim, "b")}
	return o.TrimZeros(c.A(0), c.Ints(c.arg(2, "axis"))...)
}

var shapesTable = Table{
	"jnp.reshape": func(c *Call) any {
		c.Kw("copy")
		return layout(c).Reshape(c.A(0), c.Ints(c.arg(1, "shape"))...)
	},
	"jnp.ravel": func(c *Call) any { return layout(c).Ravel(c.A(0)) },
	"jnp.transpose": func(c *Call) any {
		axes := c.Ints(c.arg(1, "axes"))
		if axes != nil {
			return jnp.PermuteDims(c.A(0), axes...)
		}
		return jnp.Transpose(c.A(0))
	},
	"jnp.permute_dims": func(c *Call) any { return jnp.PermuteDims(c.A(0), c.Ints(c.arg(1, "axes"))...) },
	"jnp.moveaxis":     func(c *Call) any { return jnp.MoveAxes(c.A(0), c.Ints(c.Args[1]), c.Ints(c.Args[2])) },
	"jnp.swapaxes":     func(c *Call) any { return jnp.SwapAxes(c.A(0), c.Int(1), c.Int(2)) },
	"jnp.rollaxis": func(c *Call) any {
		return jnp.RollAxis(c.A(0), c.arg(1, "axis").(int), c.integer(2, "start", 0))
	},
	"jnp.squeeze":      func(c *Call) any { return jnp.Squeeze(c.A(0), c.Ints(c.arg(1, "axis"))...) },
	"jnp.expand_dims":  func(c *Call) any { return jnp.ExpandDims(c.A(0), c.Ints(c.arg(1, "axis"))...) },
	"jnp.broadcast_to": func(c *Call) any { return jnp.BroadcastTo(c.A(0), c.Ints(c.arg(1, "shape"))...) },
	"jnp.broadcast_arrays": func(c *Call) any {
		return jnp.BroadcastArrays(c.operands()...)
	},
	"jnp.broadcast_shapes": func(c *Call) any {
		shapes := make([][]int, len(c.Args))
		for i, s := range c.Args {
			shapes[i] = c.Ints(s)
		}
		return jnp.BroadcastShapes(shapes...)
	},
	"jnp.atleast_1d": atLeast(jnp.AtLeast1D), "jnp.atleast_2d": atLeast(jnp.AtLeast2D),
	"jnp.atleast_3d": atLeast(jnp.AtLeast3D),
	"jnp.concat":     joinAlong(jnp.Joining.Concatenate), "jnp.concatenate": joinAlong(jnp.Joining.Concatenate),
	"jnp.stack":  joinAlong(jnp.Joining.Stack),
	"jnp.vstack": joinAll(jnp.Joining.VStack), "jnp.hstack": joinAll(jnp.Joining.HStack),
	"jnp.dstack":       joinAll(jnp.Joining.DStack),
	"jnp.column_stack": func(c *Call) any { return jnp.ColumnStack(list(c.Args[0])...) },
	"jnp.append":       func(c *Call) any { return jnp.Append(c.A(0), c.A(1), c.Ints(c.arg(2, "axis"))...) },
	"jnp.block":        func(c *Call) any { return jnp.Block(c.Args[0]) },
	"jnp.split":        parts(jnp.Split[int], jnp.Split[[]int]),
	"jnp.array_split":  parts(jnp.ArraySplit[int], jnp.ArraySplit[[]int]),
	"jnp.vsplit":       partsOf(jnp.VSplit[int], jnp.VSplit[[]int]),
	"jnp.hsplit":       partsOf(jnp.HSplit[int], jnp.HSplit[[]int]),
	"jnp.dsplit":       partsOf(jnp.DSplit[int], jnp.DSplit[[]int]),
	"jnp.unstack":      func(c *Call) any { return jnp.Unstack(c.A(0), c.integer(99, "axis", 0)) },
	"jnp.tile":         func(c *Call) any { return jnp.Tile(c.A(0), c.Ints(c.arg(1, "reps"))...) },
	"jnp.repeat":       repeat,
	"jnp.flip":         func(c *Call) any { return jnp.Flip(c.A(0), c.Ints(c.arg(1, "axis"))...) },
	"jnp.flipud":       f1(jnp.FlipUD), "jnp.fliplr": f1(jnp.FlipLR),
	"jnp.roll": roll,
	"jnp.rot90": func(c *Call) any {
		return jnp.Rot90(c.A(0), c.integer(1, "k", 1), c.Ints(c.arg(2, "axes"))...)
	},
	"jnp.tril": diagonals(jnp.Tril), "jnp.triu": diagonals(jnp.Triu), "jnp.diag": diagonals(jnp.Diag),
	"jnp.diagflat": diagonals(jnp.DiagFlat),
	"jnp.diagonal": func(c *Call) any {
		return jnp.Diagonal(c.A(0), c.integer(1, "offset", 0), c.integer(2, "axis1", 0), c.integer(3, "axis2", 1))
	},
	"jnp.trace": func(c *Call) any {
		o := jnp.Diagonals{Offset: c.integer(1, "offset", 0), DType: c.DType(c.kw("dtype"))}
		return o.Trace(c.A(0), c.integer(2, "axis1", 0), c.integer(3, "axis2", 1))
	},
	"jnp.fill_diagonal": func(c *Call) any {
		c.inplace()
		if c.flag("wrap", false) {
			c.refuse("wrap=True is not supported, as in JAX")
		}
		return jnp.FillDiagonal(c.A(0), c.Args[1])
	},
	"jnp.meshgrid": func(c *Call) any {
		c.Kw("copy")
		return jnp.Mesh{Sparse: c.flag("sparse", false),
			IJ: c.choice(99, "indexing", "xy", "ij") == "ij"}.Meshgrid(arrays(c.Args)...)
	},
	"jnp.ix_":     func(c *Call) any { return jnp.Ix(arrays(c.Args)...) },
	"jnp.nonzero": nonzero,
	"jnp.where": func(c *Call) any {
		if len(c.Args) == 3 {
			return jnp.Where(c.A(0), c.A(1), c.A(2))
		}
		return nonzero(c)
	},
	"jnp.flatnonzero": func(c *Call) any {
		if o, ok := c.sized(); ok {
			return o.FlatNonzero(c.A(0))
		}
		return jnp.FlatNonzero(c.A(0))
	},
	"jnp.argwhere": func(c *Call) any {
		if o, ok := c.sized(); ok {
			return o.ArgWhere(c.A(0))
		}
		return jnp.ArgWhere(c.A(0))
	},
	"jnp.take": func(c *Call) any { return c.taking(4).Take(c.A(0), c.Args[1], c.Ints(c.arg(2, "axis"))...) },
	"jnp.take_along_axis": func(c *Call) any {
		o := c.taking(3)
		axis, given := c.Kw("axis")
		if len(c.Args) > 2 {
			axis, given = c.Args[2], true
		}
		if !given {
			axis = -1
		}
		o.NoWrap = !c.flag("wrap_negative_indices", true)
		return o.TakeAlongAxis(c.A(0), c.Args[1], c.Ints(axis)...)
	},
	"jnp.put_along_axis": func(c *Call) any {
		c.inplace()
		return c.taking(99).PutAlongAxis(c.A(0), c.Args[1], c.Args[2], c.Ints(c.arg(3, "axis"))...)
	},
	"jnp.choose": func(c *Call) any {
		return jnp.Taking{Mode: c.modeNamed(c.arg(3, "mode"))}.Choose(c.A(0), list(c.Args[1])...)
	},
	"jnp.compress": func(c *Call) any {
		axis := c.Ints(c.arg(2, "axis"))
		o, _ := c.sized()
		return o.Compress(c.A(0), c.A(1), axis...)
	},
	"jnp.extract": func(c *Call) any {
		o, _ := c.sized()
		return o.Extract(c.A(0), c.A(1))
	},
	"jnp.put": func(c *Call) any {
		c.inplace()
		return c.taking(3).Put(c.A(0), c.Args[1], c.Args[2])
	},
	"jnp.place": func(c *Call) any {
		c.inplace()
		return jnp.Place(c.A(0), c.A(1), c.Args[2])
	},
	"jnp.searchsorted": searchSorted,
	"jnp.digitize":     (*Call).digitize,
	"jnp.sort":         sorted(jnp.Sorting.Sort), "jnp.argsort": sorted(jnp.Sorting.ArgSort),
	"jnp.lexsort": func(c *Call) any { return jnp.LexSort(list(c.Args[0]), c.Ints(c.arg(1, "axis"))...) },
	"jnp.partition": func(c *Call) any {
		k := c.arg(1, "kth").(int)
		x := jnp.Partition(c.A(0), k, c.Ints(c.arg(2, "axis"))...)
		if !strings.Contains(c.Note, "[:k+1]") {
			return x
		}
		return jnp.Sort(x.Index(jnp.S(nil, k+1)))
	},
	"jnp.argpartition": func(c *Call) any {
		return jnp.ArgPartition(c.A(0), c.need(1, "kth").(int), c.Ints(c.arg(2, "axis"))...)
	},
	"jnp.unique": unique,
	"jnp.unique_values": func(c *Call) any {
		return c.uniqueness().UniqueValues(c.A(0))
	},
	"jnp.unique_counts":  func(c *Call) any { return tuple(c.uniqueness().UniqueCounts(c.A(0))) },
	"jnp.unique_inverse": func(c *Call) any { return tuple(c.uniqueness().UniqueInverse(c.A(0))) },
	"jnp.unique_all":     func(c *Call) any { return tuple(c.uniqueness().UniqueAll(c.A(0))) },
	"jnp.intersect1d": func(c *Call) any {
		o := c.uniqueness()
		o.AssumeUnique = c.arg(2, "assume_unique") == true
		if c.arg(3, "return_indices") == true {
			return tuple(o.Intersect1DReturned(c.A(0), c.A(1)))
		}
		return o.Intersect1D(c.A(0), c.A(1))
	},
	"jnp.union1d":   twoSets(func(o jnp.Uniqueness, x, y jnp.Array) any { return o.Union1D(x, y) }),
	"jnp.setdiff1d": twoSets(func(o jnp.Uniqueness, x, y jnp.Array) any { return o.SetDiff1D(x, y) }),
	"jnp.setxor1d":  twoSets(func(o jnp.Uniqueness, x, y jnp.Array) any { return o.SetXor1D(x, y) }),
	"jnp.isin": func(c *Call) any {
		c.choice(99, "method", "auto", "compare_all", "binary_search", "sort")
		c.Kw("assume_unique") // a promise that ours has no use for
		return jnp.Membership{Invert: c.flag("invert", false)}.IsIn(c.A(0), c.A(1))
	},
	"jnp.bincount": func(c *Call) any {
		o := jnp.Counting{MinLength: c.integer(2, "minlength", 0), Length: c.integer(99, "length", 0)}
		if w := c.arg(1, "weights"); w != nil {
			o.Weights = asArray(w)
		}
		return o.BinCount(c.A(0))
	},
	"jnp.histogram": func(c *Call) any {
		o := c.histograms(1)
		o.Bins = edges(o.Bins)
		return tuple(o.Histogram(c.A(0)))
	},
	"jnp.histogram_bin_edges": func(c *Call) any {
		o := c.histograms(1)
		o.Bins = edges(o.Bins)
		return o.HistogramBinEdges(c.A(0))
	},
	"jnp.histogram2d": func(c *Call) any { return tuple(c.histograms(2).Histogram2D(c.A(0), c.A(1))) },
	"jnp.histogramdd": func(c *Call) any {
		n, e := c.histograms(1).HistogramDD(c.A(0))
		return []any{n, e}
	},
	"jnp.insert": func(c *Call) any {
		return jnp.Insert(c.A(0), c.position(c.Args[1]), c.Args[2], c.Ints(c.arg(3, "axis"))...)
	},
	"jnp.delete": func(c *Call) any {
		o := jnp.Deletion{UniqueIndices: c.flag("assume_unique_indices", false)}
		return o.Delete(c.A(0), c.position(c.Args[1]), c.Ints(c.arg(2, "axis"))...)
	},
	"jnp.trim_zeros": trimZeros,
	"jnp.resize":     func(c *Call) any { return jnp.Resize(c.A(0), c.Ints(c.arg(1, "new_shape"))...) },
	"jnp.apply_along_axis": func(c *Call) any {
		return jnp.ApplyAlongAxis(func(v jnp.Array) jnp.Array { return v.Mul(v.Sum()) }, c.Int(0), c.A(1))
	},
	"jnp.piecewise": func(c *Call) any {
		x := c.A(0)
		return jnp.Piecewise(x, []jnp.Array{x.Lt(0), x.Ge(1)}, jnp.Neg, func(x jnp.Array) jnp.Array { return x.Mul(2) },
			0.5)
	},
	"jnp.ravel_multi_index": func(c *Call) any {
		o := jnp.MultiIndex{DType: c.DType(c.kw("dtype")), ColumnMajor: c.choice(99, "order", "C", "F") == "F"}
		if mode := c.arg(2, "mode"); mode == "ignore" {
			o.Mode = jnp.ModePromiseInBounds
		} else {
			o.Mode = c.modeNamed(mode)
		}
		return o.RavelMultiIndex(list(c.Args[0]), c.Ints(c.arg(1, "dims")))
	},
	"jnp.unravel_index": func(c *Call) any { return jnp.UnravelIndex(c.A(0), c.Ints(c.arg(1, "shape"))...) },
	"jnp.shape":         func(c *Call) any { return c.A(0).Shape() },
	"jnp.ndim":          func(c *Call) any { return c.A(0).NDim() },
	"jnp.size":          func(c *Call) any { return jnp.Size(c.A(0), c.Ints(c.arg(1, "axis"))...) },
	"jnp.pad":           pad,
}

const byValues = "how many elements the result has depends on values, as in JAX"

var shapesConcrete = map[string]string{
	"jnp.where": byValues, "jnp.nonzero": byValues, "jnp.flatnonzero": byValues, "jnp.argwhere": byValues,
	"jnp.unique": byValues, "jnp.unique_values": byValues, "jnp.unique_counts": byValues,
	"jnp.unique_inverse": byValues, "jnp.unique_all": byValues,
	"jnp.intersect1d": byValues, "jnp.union1d": byValues, "jnp.setdiff1d": byValues, "jnp.setxor1d": byValues,
	"jnp.bincount": byValues, "jnp.compress": byValues, "jnp.extract": byValues, "jnp.delete": byValues,
	"jnp.trim_zeros": byValues,
	"jnp.repeat":     byValues, "jnp.choose": "whether positions are in bounds is checked by value, as in JAX",
	"jnp.ravel_multi_index": "whether positions are in bounds is checked by value, as in JAX",
}

var shapesUnmapped = map[string]string{}

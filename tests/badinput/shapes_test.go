package badinput_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

func TestShapes(t *testing.T) {
	x, y, m := jnp.Ones(3), jnp.Ones(4), jnp.Ones(3, 4)
	k := random.Key(0)
	check(t, []mistake{
		{"Add", func() { x.Add(y) }, says("jnp.Add(float32[3], float32[4])", "cannot be broadcast")},
		{"Mul", func() { jnp.Mul(m, x) }, says("jnp.Mul(float32[3,4], float32[3])", "cannot be broadcast")},
		{"under Jit", func() { gojax.Jit(func(a arr) arr { return a.Add(y) })(x) },
			saysAbove("jnp.Add(float32[3], float32[4])")},
		{"under Vmap", func() { gojax.Vmap(func(a arr) arr { return a.Add(x) })(m) },
			saysAbove("jnp.Add(float32[4], float32[3])")},
		{"under Jit of Vmap", func() { gojax.Jit(gojax.Vmap(func(a arr) arr { return a.Add(x) }))(m) },
			saysAbove("jnp.Add(float32[4], float32[3])")},
		{"jitted with others", func() { gojax.Jit(func(a, b arr) arr { return a.Sub(b) })(x, jnp.Ones(2)) },
			saysAbove("float32[3]", "float32[2]")},
		{"MatMul", func() { jnp.MatMul(m, m) }, says("jnp.MatMul(float32[3,4], float32[3,4])")},
		{"MatMul of a scalar", func() { m.MatMul(jnp.Ones()) }, says("jnp.MatMul(float32[3,4], float32[])")},
		{"Dot", func() { x.Dot(y) }, says("jnp.Dot(float32[3], float32[4])")},
		{"VDot", func() { jnp.VDot(x, y) }, says("float32[3]", "float32[4]")},
		{"Inner", func() { jnp.Inner(x, y) }, says("float32[3]", "float32[4]")},
		{"TensorDot", func() { jnp.TensorDot(m, m, 1) }, says("float32[3,4]")},
		{"Einsum sizes", func() { jnp.Einsum("ij,jk->ik", m, m) }, says("jnp.Einsum(float32[3,4], float32[3,4])", "j")},
		{"Einsum operands", func() { jnp.Einsum("ij,jk->ik", m) }, says("jnp.Einsum(float32[3,4])")},
		{"Einsum text", func() { jnp.Einsum("i?->i", m) }, says("jnp.Einsum", "?")},
		{"Einsum output", func() { jnp.Einsum("ij->ik", m) }, says("jnp.Einsum", "k")},
		{"Einsum rank", func() { jnp.Einsum("ijk->i", m) }, says("jnp.Einsum(float32[3,4])")},
		{"Einsum empty", func() { jnp.Einsum("") }, says("jnp.Einsum")},
		{"Concatenate", func() { jnp.Concatenate([]arr{m, x}) }, says("float32[3,4]", "float32[3]")},
		{"Concatenate nothing", func() { jnp.Concatenate(nil) }, says("jnp.Concatenate")},
		{"Stack", func() { jnp.Stack([]arr{x, y}) }, says("jnp.Stack(float32[3], float32[4])")},
		{"Stack nothing", func() { jnp.Stack(nil) }, says("jnp.Stack")},
		{"VStack", func() { jnp.VStack(x, y) }, says("jnp.VStack(float32[1,3], float32[1,4])")},
		{"Reshape", func() { m.Reshape(5, 2) }, says("jnp.Reshape(float32[3,4])", "12", "[5,2]")},
		{"Reshape with a hole", func() { m.Reshape(5, -1) }, says("jnp.Reshape(float32[3,4])", "[5,-1]")},
		{"Reshape with two holes", func() { m.Reshape(-1, -1) }, says("jnp.Reshape(float32[3,4])", "-1")},
		{"Reshape negative", func() { m.Reshape(-3, -4) }, says("jnp.Reshape(float32[3,4])", "negative")},
		{"Reshape past int64", func() { m.Reshape(1<<32, 1<<32, 12) },
			saysAbove("jnp.Reshape(float32[3,4])", "more elements")},
		{"Reshape -1 beside 0", func() { jnp.Ones(0).Reshape(0, -1) }, says("jnp.Reshape(float32[0])")},
		{"BroadcastTo", func() { jnp.BroadcastTo(x, 4) }, says("jnp.BroadcastTo(float32[3])", "[4]")},
		{"BroadcastTo fewer axes", func() { jnp.BroadcastTo(m, 4) }, says("jnp.BroadcastTo(float32[3,4])")},
		{"BroadcastArrays", func() { jnp.BroadcastArrays(x, y) }, says("jnp.BroadcastArrays", "[3]", "[4]")},
		{"BroadcastShapes", func() { jnp.BroadcastShapes([]int{3}, []int{4}) }, says("[3]", "[4]")},
		{"Where", func() { jnp.Where(x.Gt(0), x, y) }, says("jnp.Where(bool[3], float32[3], float32[4])")},
		{"Cross", func() { jnp.Cross(y, y) }, says("jnp.Cross(float32[4], float32[4])")},
		{"Set", func() { x.At(0).Set(y) }, says("float32[3]", "float32[4]")},
		{"Set a slice", func() { m.At(jnp.S(0, 2)).Set(x) }, says("float32[3,4]", "float32[3]")},
		{"Pad", func() { jnp.Pad(m, [2]int{1, 1}, [2]int{1, 1}, [2]int{1, 1}) }, says("jnp.Pad(float32[3,4])")},
		{"Split", func() { jnp.Split(m, 2) }, says("jnp.Split(float32[3,4])", "2")},
		{"Diag", func() { jnp.Diag(jnp.Ones(1, 2, 3)) }, says("jnp.Diag(float32[1,2,3])")},
		{"Average", func() { jnp.Reduction{Weights: y}.Average(m, 0) }, says("float32[3,4]", "float32[4]")},
		{"Cholesky", func() { linalg.Cholesky(m) }, says("linalg.Cholesky(float32[3,4])", "square")},
		{"Cholesky of a vector", func() { linalg.Cholesky(x) }, says("linalg.Cholesky(float32[3])")},
		{"SolveTriangular", func() { linalg.SolveTriangular(jnp.Eye(3), y) },
			saysAbove("linalg.SolveTriangular(float32[3,3], float32[4])")},
		{"MatrixPower", func() { linalg.MatrixPower(m, 2) }, says("float32[3,4]", "square")},
		{"Normal", func() { random.Normal(k, -1, 3) }, says("random.Normal", "-1")},
		{"Bits", func() { random.Bits(k, 2, -1) }, says("random.Bits", "-1")},
		{"Split keys", func() { random.Split(k, -1) }, says("random.Split", "-1")},
		{"Choice", func() { random.Choice(k, 0, 3) }, says("random.Choice")},
		{"MultivariateNormal", func() { random.MultivariateNormal(k, x, jnp.Eye(4)) },
			saysAbove("random.MultivariateNormal", "[3]", "[4")},
		{"Gamma", func() { random.Gamma(k, x, 4) }, says("random.Gamma", "[3]", "[4]")},
		{"key data", func() { random.WrapKeyData(jnp.Creation{DType: jnp.Uint32}.Ones(3)) }, says("uint32[3]", "2")},
		{"many keys for one", func() { random.Normal(random.Split(k), 3) }, says("random.Normal", "[2]", "Vmap")},
		{"Cond", func() { lax.Cond(x.Sum().Gt(0), func() arr { return x }, func() arr { return y }) },
			saysAbove("float32[3]", "float32[4]")},
		{"Cond predicate", func() { lax.Cond(x.Gt(0), func() arr { return x }, func() arr { return x }) },
			saysAbove("bool[3]", "scalar")},
		{"WhileLoop", func() {
			twice := func(a arr) arr { return jnp.Concatenate([]arr{a, a}) }
			lax.WhileLoop(func(a arr) arr { return a.Sum().Lt(9) }, twice, x)
		}, saysAbove("float32[3]", "float32[6]")},
		{"ForiLoop", func() { lax.ForiLoop(jnp.AsArray(0), jnp.AsArray(3), func(i, c arr) arr { return c.Add(m) }, x) },
			saysAbove("jnp.Add(float32[3], float32[3,4])")},
		{"ForiLoop carry",
			func() { lax.ForiLoop(jnp.AsArray(0), jnp.AsArray(3), func(i, c arr) arr { return c.Sum() }, x) },
			saysAbove("float32[3]", "float32[]")},
		{"Switch", func() { lax.Switch(jnp.AsArray(0), func() arr { return x }, func() arr { return m }) },
			saysAbove("float32[3]", "float32[3,4]")},
		{"lax.Add, which does not broadcast", func() { lax.Add(x, y) },
			saysAbove("float32[3], float32[4]", "lax.BroadcastInDim", "jnp")},
		{"lax.Add of a scalar array", func() { lax.Add(x, x.Sum()) }, says("float32[3], float32[]", "jnp")},
		{"lax.Reshape", func() { lax.Reshape(x, 2) }, says("float32[3]", "[2]")},
		{"lax.DynamicSlice", func() { lax.DynamicSlice(m, []any{0}, []int{1, 1}) }, says("float32[3,4]", "one start")},
		{"Switch of nothing", func() { lax.Switch[arr](jnp.AsArray(0)) }, says("branch")},
	})
}

// Axes that are out of range, given twice, or of an array that has none.
func TestAxes(t *testing.T) {
	x, m := jnp.Ones(3), jnp.Ones(3, 4)
	check(t, []mistake{
		{"Sum", func() { m.Sum(2) }, says("jnp.Sum(float32[3,4])", "axis 2", "out of range")},
		{"Sum, negative", func() { jnp.Sum(m, -3) }, says("jnp.Sum(float32[3,4])", "axis -3")},
		{"Sum, twice", func() { jnp.Sum(m, 0, -2) }, says("jnp.Sum(float32[3,4])", "twice")},
		{"Sum of a scalar", func() { jnp.Ones().Sum(0) }, says("jnp.Sum(float32[])", "axis 0")},
		{"Sum, smallest", func() { jnp.Sum(m, math.MinInt) }, says("axis -9223372036854775808")},
		{"Sum, largest", func() { jnp.Sum(m, math.MaxInt) }, says("axis 9223372036854775807")},
		{"Max of nothing", func() { jnp.Ones(0, 3).Max(0) }, says("jnp.Max(float32[0,3])")},
		{"ArgMax of nothing", func() { jnp.Ones(0).ArgMax() }, says("jnp.ArgMax(float32[0])")},
		{"Mean", func() { m.Mean(5) }, says("jnp.Mean(float32[3,4])", "axis 5")},
		{"Std", func() { m.Std(5) }, says("jnp.Std(float32[3,4])", "axis 5")},
		{"Median", func() { jnp.Median(m, 5) }, says("jnp.Median(float32[3,4])", "axis 5")},
		{"ArgMax", func() { m.ArgMax(2) }, says("jnp.ArgMax(float32[3,4])", "axis 2")},
		{"ArgMax of two", func() { m.ArgMax(0, 1) }, says("jnp.ArgMax(float32[3,4])")},
		{"CumSum", func() { m.CumSum(2) }, says("jnp.CumSum(float32[3,4])", "axis 2")},
		{"Sort", func() { m.Sort(2) }, says("jnp.Sort(float32[3,4])", "axis 2")},
		{"ArgSort", func() { m.ArgSort(-3) }, says("jnp.ArgSort(float32[3,4])", "axis -3")},
		{"Sort of a scalar", func() { jnp.Ones().Sort() }, says("jnp.Sort(float32[])")},
		{"Flip", func() { jnp.Flip(m, 2) }, says("jnp.Flip(float32[3,4])", "axis 2")},
		{"Roll", func() { jnp.Roll(m, 1, 2) }, says("jnp.Roll(float32[3,4])", "axis 2")},
		{"Transpose", func() { m.Transpose(0, 2) }, says("jnp.Transpose(float32[3,4])", "2")},
		{"Transpose, too few", func() { m.Transpose(0) }, says("jnp.Transpose(float32[3,4])")},
		{"Transpose, twice", func() { m.Transpose(0, 0) }, says("jnp.Transpose(float32[3,4])")},
		{"SwapAxes", func() { m.SwapAxes(0, 2) }, says("jnp.SwapAxes(float32[3,4])", "axis 2")},
		{"MoveAxis", func() { jnp.MoveAxis(m, 0, 2) }, says("jnp.MoveAxis(float32[3,4])", "2")},
		{"MatrixTranspose", func() { x.MT() }, says("float32[3]")},
		{"ExpandDims", func() { jnp.ExpandDims(x, 3) }, says("jnp.ExpandDims(float32[3])", "axis 3")},
		{"ExpandDims, twice", func() { jnp.ExpandDims(x, 0, 0) }, says("jnp.ExpandDims(float32[3])", "twice")},
		{"Squeeze", func() { m.Squeeze(0) }, says("jnp.Squeeze(float32[3,4])", "length 3")},
		{"Squeeze, out of range", func() { m.Squeeze(7) }, says("jnp.Squeeze(float32[3,4])", "axis 7")},
		{"Concatenate", func() { jnp.Concatenate([]arr{m, m}, 2) },
			saysAbove("jnp.Concatenate(float32[3,4], float32[3,4])", "axis 2")},
		{"Concatenate scalars", func() { jnp.Concatenate([]arr{jnp.Ones(), jnp.Ones()}) }, says("float32[]")},
		{"Stack", func() { jnp.Stack([]arr{m, m}, 3) }, says("jnp.Stack(float32[3,4], float32[3,4])", "axis 3")},
		{"Split", func() { jnp.Split(m, 2, 2) }, says("jnp.Split(float32[3,4])", "axis 2")},
		{"Split in none", func() { jnp.Split(m, 0) }, says("jnp.Split(float32[3,4])", "0")},
		{"Take", func() { m.Take(0, 2) }, says("jnp.Take(float32[3,4]", "axis 2")},
		{"TakeAlongAxis", func() { jnp.TakeAlongAxis(m, jnp.AsArray([][]int{{0}}), 2) }, says("axis 2")},
		{"Repeat", func() { jnp.Repeat(m, 2, 2) }, says("jnp.Repeat(float32[3,4])", "axis 2")},
		{"Repeat, negative", func() { jnp.Repeat(m, -2, 0) }, says("jnp.Repeat(float32[3,4])", "-2")},
		{"Tile, negative", func() { jnp.Tile(m, -2) }, says("jnp.Tile(float32[3,4])", "-2")},
		{"Pad, negative", func() { jnp.Pad(x, [2]int{-1, 0}) }, says("jnp.Pad(float32[3])", "-1", "x.Index")},
		{"Diff", func() { jnp.Diff(m, 2) }, says("jnp.Diff(float32[3,4])", "axis 2")},
		{"Trace", func() { jnp.Trace(x) }, says("jnp.Trace(float32[3])")},
		{"Unstack", func() { jnp.Unstack(m, 2) }, says("axis 2")},
		{"Norm", func() { linalg.Norm(m, 2) }, says("linalg.Norm(float32[3,4])", "axis 2")},
		{"Categorical", func() { random.Choosing{Axis: 3}.Categorical(random.Key(0), m) },
			saysAbove("random.Choosing.Categorical", "3")},
		{"under Jit", func() { gojax.Jit(func(a arr) arr { return a.Sum(2) })(m) },
			saysAbove("jnp.Sum(float32[3,4])", "axis 2")},
		{"under Vmap", func() { gojax.Vmap(func(a arr) arr { return a.Sum(1) })(m) },
			saysAbove("jnp.Sum(float32[4])", "axis 1")},
		{"Len of a scalar", func() { jnp.Ones().Len() }, says("scalar")},
	})
}

// Static indices that are out of range, and things that are no index.
func TestIndices(t *testing.T) {
	x, m, none := jnp.Ones(3), jnp.Ones(3, 4), jnp.Ones(3, 0)
	if got := x.Index(math.MinInt).Item() + x.Index(math.MaxInt).Item(); got != 2 {
		t.Errorf("the ends of a clipped index: %v", got)
	}
	check(t, []mistake{
		{"Get", func() { none.At(jnp.All, 3).Get() }, says("float32[3,0]", "index 3", "out of bounds")},
		{"Get, negative", func() { none.At(0, -4).Get() }, says("float32[3,0]", "index -4", "out of bounds")},
		{"Index of nothing", func() { jnp.Ones(0).Index(0) }, says("float32[0]", "index 0")},
		{"Set", func() { none.At(0, 3).Set(1) }, says("float32[3,0]", "index 3")},
		{"Add", func() { none.At(0, -5).Add(1) }, says("float32[3,0]", "index -5")},
		{"too many", func() { x.Index(0, 0) }, says("float32[3]", "2")},
		{"of a scalar", func() { jnp.Ones().Index(0) }, says("float32[]")},
		{"two ellipses", func() { m.Index(jnp.Ellipsis, jnp.Ellipsis) }, says("float32[3,4]", "llips")},
		{"mask of another shape", func() { x.Index(jnp.Ones(4).Gt(0)) }, says("float32[3]", "bool", "[4]")},
		{"a float", func() { x.Index(1.5) }, says("float32[3]", "float64")},
		{"a float array", func() { x.Index(jnp.Ones(2)) }, says("float32[3]", "float32[2]")},
		{"a string", func() { x.Index("1") }, says("float32[3]", "\"1\" is not an index")},
		{"a channel", func() { x.Index(make(chan int)) }, says("float32[3]", "chan int")},
		{"a struct", func() { x.Index(struct{ N int }{1}) }, says("float32[3]", "struct")},
		{"the zero Array", func() { x.Index(arr{}) }, says("never set")},
		{"step 0", func() { x.Index(jnp.S(0, 2, 0)) }, says("jnp.S", "step", "0")},
		{"arrays that do not broadcast", func() { m.Index([]int{0, 1}, []int{0, 1, 2}) },
			saysAbove("float32[3,4]", "[2]", "[3]")},
		{"dynamic slice too long", func() { x.Index(jnp.DS(0, 4)) }, says("float32[3]", "4")},
		{"dynamic slice of negative size", func() { x.Index(jnp.DS(0, -1)) }, says("jnp.DS", "-1")},
		{"under Jit", func() { gojax.Jit(func(a arr) arr { return a.Index(0, 3) })(none) },
			saysAbove("float32[3,0]", "index 3")},
		{"Take nothing of nothing", func() { jnp.Take(jnp.Ones(0), 0) }, says("float32[0]")},
	})
}

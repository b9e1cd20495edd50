package linalg

import (
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// The matrices of a size alone are computed exactly, or in float64, and rounded to their dtype.

// table is an m by n matrix of the default float dtype.
func table(op string, m, n int, f func(i, j int) float64) jnp.Array {
	if m < 0 || n < 0 {
		trace.Fail(op, nil, "the size of a matrix cannot be negative: %d", min(m, n))
	}
	v := make([]float64, 0, m*n)
	for i := range m {
		for j := range n {
			v = append(v, f(i, j))
		}
	}
	return jnp.Wrap(kit.Floats(v)).Reshape(m, n)
}

// Hilbert is the n by n matrix of 1/(i + j + 1), SciPy's linalg.hilbert.
func Hilbert(n int) jnp.Array {
	return table("linalg.Hilbert", n, n, func(i, j int) float64 { return 1 / float64(i+j+1) })
}

// binomial is n over k, exactly; 0 for a k out of range.
func binomial(n, k int) *big.Int {
	if k < 0 || k > n {
		return new(big.Int)
	}
	return new(big.Int).Binomial(int64(n), int64(k))
}

func rounded(x *big.Int) float64 {
	f, _ := new(big.Float).SetInt(x).Float64()
	return f
}

// InvHilbert is the inverse of Hilbert(n), whose elements are integers, SciPy's linalg.invhilbert.
func InvHilbert(n int) jnp.Array {
	return table("linalg.InvHilbert", n, n, func(i, j int) float64 {
		x := new(big.Int).Mul(binomial(n+i, n-j-1), binomial(n+j, n-i-1))
		b := binomial(i+j, i)
		x.Mul(x, b).Mul(x, b).Mul(x, big.NewInt(int64(i+j+1)))
		return rounded(x) * sign(i+j)
	})
}

// sign is 1 for an even number and -1 for an odd one.
func sign(i int) float64 { return float64(1 - 2*(i&1)) }

// Triangle holds the keyword arguments of Pascal and InvPascal.
type Triangle struct {
	// Lower is the triangular matrix L of which the symmetric one is L·Lᵀ, Upper its transpose.
	Lower, Upper bool
}

// Pascal is the symmetric n by n matrix of the binomial coefficients i + j over i, float32, SciPy's linalg.pascal.
//
// Options: Triangle (Lower, Upper).
func Pascal(n int) jnp.Array { return Triangle{}.Pascal(n) }

// Pascal is linalg.Pascal with options.
func (o Triangle) Pascal(n int) jnp.Array {
	return o.table("linalg.Pascal", n, func(i, j int) float64 { return rounded(binomial(i+j, i)) },
		func(i, j int) float64 { return rounded(binomial(i, j)) }).AsType(jnp.Float32)
}

// InvPascal is the inverse of Pascal(n), whose elements are integers, SciPy's linalg.invpascal.
//
// Options: Triangle (Lower, Upper).
func InvPascal(n int) jnp.Array { return Triangle{}.InvPascal(n) }

// InvPascal is linalg.InvPascal with options.
func (o Triangle) InvPascal(n int) jnp.Array {
	return o.table("linalg.InvPascal", n, func(i, j int) float64 {
		sum := new(big.Int)
		for k := max(i, j); k < n; k++ {
			sum.Add(sum, new(big.Int).Mul(binomial(k, i), binomial(k, j)))
		}
		return rounded(sum) * sign(i+j)
	}, func(i, j int) float64 { return rounded(binomial(i, j)) * sign(i+j) })
}

func (o Triangle) table(op string, n int, symmetric, lower func(i, j int) float64) jnp.Array {
	f := symmetric
	switch {
	case o.Lower && o.Upper:
		trace.Fail(op, nil, "Lower and Upper are two matrices; ask for one")
	case o.Lower:
		f = lower
	case o.Upper:
		f = func(i, j int) float64 { return lower(j, i) }
	}
	return table(op, n, n, f)
}

// Contrasts holds the keyword arguments of Helmert.
type Contrasts struct {
	// Full has a first row of 1/√n.
	Full bool
}

// Helmert is the n-1 by n matrix of Helmert's contrasts, orthonormal rows that each compare a number with the mean of
// those before it, SciPy's linalg.helmert.
//
// Options: Contrasts (Full).
func Helmert(n int) jnp.Array { return Contrasts{}.Helmert(n) }

// Helmert is linalg.Helmert with options.
func (o Contrasts) Helmert(n int) jnp.Array {
	const op = "linalg.Helmert"
	if n < 1 {
		trace.Fail(op, nil, "the size must be positive, not %d", n)
	}
	first := 1
	if o.Full {
		first = 0
	}
	return table(op, n-first, n, func(i, j int) float64 {
		k := float64(i + first)
		switch {
		case k == 0:
			return 1 / math.Sqrt(float64(n))
		case float64(j) < k:
			return 1 / math.Sqrt(k*(k+1))
		case float64(j) == k:
			return -math.Sqrt(k / (k + 1))
		}
		return 0
	})
}

// Signs holds the keyword arguments of Hadamard.
type Signs struct {
	// DType is that of the result; unset, it is the default integer's.
	DType jnp.DType
}

// Hadamard is the n by n matrix of 1 and -1 with orthogonal rows that J. J. Sylvester constructed, n a power of 2,
// SciPy's linalg.hadamard.
//
// Options: Signs (DType).
func Hadamard(n int) jnp.Array { return Signs{}.Hadamard(n) }

// Hadamard is linalg.Hadamard with options.
func (o Signs) Hadamard(n int) jnp.Array {
	const op = "linalg.Hadamard"
	if n < 1 || n&(n-1) != 0 {
		trace.Fail(op, nil, "the size must be a power of 2, not %d", n)
	}
	d := kit.DefaultInt()
	if o.DType != ir.Invalid {
		d = kit.AskedDType(op, o.DType)
	}
	return table(op, n, n, func(i, j int) float64 { return sign(bits.OnesCount(uint(i & j))) }).AsType(d)
}

// Fourier holds the keyword arguments of DFT.
type Fourier struct {
	// Scale divides by √n ("sqrtn") or n ("n").
	Scale string
	// DType is that of the result, complex; unset, it is the default one.
	DType jnp.DType
}

// DFT is the n by n matrix that gives the discrete Fourier transform of vectors, exp(-2πi·jk/n), SciPy's linalg.dft.
//
// Options: Fourier (Scale, DType).
func DFT(n int) jnp.Array { return Fourier{}.DFT(n) }

// DFT is linalg.DFT with options.
func (o Fourier) DFT(n int) jnp.Array {
	const op = "linalg.DFT"
	by, known := map[string]float64{"": 1, "sqrtn": math.Sqrt(float64(n)), "n": float64(n)}[o.Scale]
	if !known {
		trace.Fail(op, nil, `Scale must be "sqrtn", "n" or nothing, not %q`, o.Scale)
	}
	d := ir.Complex128.Canonical(trace.X64())
	if o.DType != ir.Invalid {
		if d = kit.AskedDType(op, o.DType); !d.IsComplex() {
			trace.Fail(op, nil, "the dtype must be complex, not %v", d)
		}
	}
	at := func(i, j int) complex128 { // the sine and cosine of less than a turn
		return cmplx.Rect(1/by, -2*math.Pi*float64(i*j%n)/float64(n))
	}
	re := table(op, n, n, func(i, j int) float64 { return real(at(i, j)) })
	im := table(op, n, n, func(i, j int) float64 { return imag(at(i, j)) })
	return re.Add(im.Mul(1i)).AsType(d)
}

// BlockDiag has matrices one below and beside the other and zeros elsewhere, SciPy's linalg.block_diag. A vector is a
// row, a number 1 by 1; they are brought to their common dtype. It takes no batches.
func BlockDiag(xs ...jnp.Array) jnp.Array {
	const op = "linalg.BlockDiag"
	vs := kit.Values(op, xs)
	columns := 0
	operands := make([]any, len(xs))
	for i, x := range xs {
		if x.NDim() > 2 {
			trace.Fail(op, trace.Avals(vs), "operand %d has %d axes, of two at most", i, x.NDim())
		}
		_, n := size(jnp.AtLeast2D(x))
		columns += n
		operands[i] = x
	}
	if len(xs) == 0 {
		return jnp.Zeros(1, 0)
	}
	return arrays.Whole(op, nil, func(x []jnp.Array) jnp.Array {
		x = kit.Map(arrays.Of(kit.Promote(op, arrays.Values(x)...)), jnp.AtLeast2D)
		before := 0
		for i := range x {
			_, n := size(x[i])
			x[i] = jnp.Pad(x[i], [2]int{0, 0}, [2]int{before, columns - n - before})
			before += n
		}
		return jnp.Concatenate(x, 0)
	}, operands...)
}

// lookup is a matrix made of the vectors on the last axes of xs in their common dtype, put one after the other: element
// (i, j) is the number that at gives.
func lookup(op string, m, n int, at func(i, j int) int, xs ...jnp.Array) jnp.Array {
	operands := make([]any, len(xs))
	for i, x := range xs {
		operands[i] = x
	}
	return arrays.Whole(op, [2]int{m, n}, func(x []jnp.Array) jnp.Array {
		x = arrays.Of(kit.Promote(op, arrays.Values(x)...))
		var shapes [][]int
		for i := range x {
			x[i] = jnp.AtLeast1D(x[i])
			shapes = append(shapes, x[i].Shape()[:x[i].NDim()-1])
		}
		batch := jnp.BroadcastShapes(shapes...)
		for i := range x {
			x[i] = jnp.BroadcastTo(x[i], append(batch[:len(batch):len(batch)], x[i].Shape()[x[i].NDim()-1])...)
		}
		places := make([]float64, 0, m*n)
		for i := range m {
			for j := range n {
				places = append(places, float64(at(i, j)))
			}
		}
		return jnp.Take(jnp.Concatenate(x, -1), constants(places).AsType(jnp.Int32).Reshape(m, n), -1)
	}, operands...)
}

// constants are numbers that float32 has, as a part of a program.
func constants(v []float64) jnp.Array { return jnp.Wrap(ops.Constants(v, ir.Float32)) }

// oneZero are the numbers 1 and 0 of any dtype, as a part of a program.
func oneZero() jnp.Array { return constants([]float64{1, 0}).AsType(jnp.Bool) }

// length is how long the vectors on x's last axis are.
func length(op string, x jnp.Array) int {
	if s := kit.Value(op, x).Shape(); len(s) > 0 {
		return s[len(s)-1]
	}
	return 1
}

// Toeplitz is the matrix with the first column c and the first row r, c's conjugate unless given, that is constant
// along its diagonals, SciPy's linalg.toeplitz: [..., m] and [..., n] to [..., m, n]. r's first element is not read.
func Toeplitz(c jnp.Array, r ...jnp.Array) jnp.Array {
	const op = "linalg.Toeplitz"
	row := kit.Optional(op, "row", r, jnp.Conj(c))
	m, n := length(op, c), length(op, row)
	return lookup(op, m, n, func(i, j int) int {
		if i >= j {
			return i - j
		}
		return m + j - i
	}, c, row)
}

// Hankel is the matrix with the first column c and the last row r, zeros unless given, that is constant along its
// antidiagonals, SciPy's linalg.hankel: [..., m] and [..., n] to [..., m, n]. r's first element is not read.
func Hankel(c jnp.Array, r ...jnp.Array) jnp.Array {
	const op = "linalg.Hankel"
	row := kit.Optional(op, "row", r, jnp.ZerosLike(c))
	m, n := length(op, c), length(op, row)
	return lookup(op, m, n, func(i, j int) int {
		if i+j < m {
			return i + j
		}
		return i + j + 1
	}, c, row)
}

// Circulant is the matrix with the first column c, of which each column is the one before moved down in a circle,
// SciPy's linalg.circulant: [..., n] to [..., n, n].
func Circulant(c jnp.Array) jnp.Array {
	const op = "linalg.Circulant"
	n := length(op, c)
	return lookup(op, n, n, func(i, j int) int { return (i - j + n) % n }, c)
}

// Leslie is the matrix that has the rates of birth f as its first row and below its diagonal the rates of survival s,
// one number less, SciPy's linalg.leslie: [..., n] and [..., n-1] to [..., n, n].
func Leslie(f, s jnp.Array) jnp.Array {
	const op = "linalg.Leslie"
	n := length(op, f)
	if n < 2 || length(op, s) != n-1 {
		trace.Fail(op, []ir.Aval{kit.Value(op, f).Aval(), kit.Value(op, s).Aval()},
			"takes two rates of birth or more and one rate of survival less")
	}
	return lookup(op, n, n, func(i, j int) int {
		switch i {
		case 0:
			return j
		case j + 1:
			return n + j
		}
		return 2*n - 1
	}, f, s, jnp.Zeros(1).AsType(jnp.Bool))
}

// Companion is the companion matrix of the polynomial with the coefficients a, the highest power's first, SciPy's
// linalg.companion: [..., n] to [..., n-1, n-1], n at least 2. Its eigenvalues are the roots.
func Companion(a jnp.Array) jnp.Array {
	const op = "linalg.Companion"
	n := length(op, a) - 1
	if n < 1 {
		trace.Fail(op, []ir.Aval{kit.Value(op, a).Aval()}, "takes two coefficients or more")
	}
	return run(op, nil, func(x []jnp.Array) []jnp.Array {
		a := x[0]
		row := a.Index(jnp.Ellipsis, jnp.S(1, nil)).Div(a.Index(jnp.Ellipsis, jnp.S(0, 1))).Mul(-1)
		return []jnp.Array{lookup(op, n, n, func(i, j int) int {
			switch i {
			case 0:
				return j
			case j + 1:
				return n
			}
			return n + 1
		}, row, oneZero())}
	}, a)[0]
}

// Fiedler is the symmetric matrix of |aᵢ - aⱼ|, SciPy's linalg.fiedler: [..., n] to [..., n, n].
func Fiedler(a jnp.Array) jnp.Array {
	return arrays.Whole("linalg.Fiedler", nil, func(x []jnp.Array) jnp.Array {
		a := jnp.AtLeast1D(x[0])
		return jnp.Abs(jnp.ExpandDims(a, -1).Sub(jnp.ExpandDims(a, -2)))
	}, a)
}

// FiedlerCompanion is a companion matrix of the polynomial with the coefficients a that has five diagonals, SciPy's
// linalg.fiedler_companion: [..., n] to [..., n-1, n-1]. Its eigenvalues are the roots.
func FiedlerCompanion(a jnp.Array) jnp.Array {
	const op = "linalg.FiedlerCompanion"
	n := length(op, a) - 1
	if n < 0 {
		trace.Fail(op, []ir.Aval{kit.Value(op, a).Aval()}, "takes one coefficient or more")
	}
	return run(op, nil, func(x []jnp.Array) []jnp.Array {
		minus := x[0].Div(x[0].Index(jnp.Ellipsis, jnp.S(0, 1))).Mul(-1)
		const one, zero = 1, 2 // behind the coefficients
		return []jnp.Array{lookup(op, n, n, func(i, j int) int {
			switch even := i%2 == 0; {
			case i == 0 && j == 0:
				return 1
			case i == 1 && j == 0, even && j == i+2, !even && i > 2 && j == i-2:
				return n + one
			case even && j == i+1:
				return i + 2
			case even && i > 1 && j == i-1:
				return i + 1
			}
			return n + zero
		}, minus, oneZero())}
	}, a)[0]
}

// Convolution holds the keyword arguments of ConvolutionMatrix.
type Convolution struct {
	// Mode is "full" (or ""), "same" or "valid", as of jnp.Convolve.
	Mode string
}

// ConvolutionMatrix is the matrix by which a vector of n numbers is multiplied to convolve it with a, SciPy's
// linalg.convolution_matrix: [..., m] to [..., m+n-1, n], or fewer rows by Mode.
//
// Options: Convolution (Mode).
func ConvolutionMatrix(a jnp.Array, n int) jnp.Array { return Convolution{}.ConvolutionMatrix(a, n) }

// ConvolutionMatrix is linalg.ConvolutionMatrix with options.
func (o Convolution) ConvolutionMatrix(a jnp.Array, n int) jnp.Array {
	const op = "linalg.ConvolutionMatrix"
	in := []ir.Aval{kit.Value(op, a).Aval()}
	m := length(op, a)
	if n < 1 || m < 1 || a.NDim() == 0 {
		trace.Fail(op, in, "takes a vector of one number or more, and a positive size, not %d", n)
	}
	first, rows := 0, m+n-1
	switch less := min(m, n) - 1; o.Mode {
	case "", "full":
	case "same":
		first, rows = less/2, rows-less
	case "valid":
		first, rows = less, rows-2*less
	default:
		trace.Fail(op, in, `Mode must be "full", "same" or "valid", not %q`, o.Mode)
	}
	return lookup(op, rows, n, func(i, j int) int {
		if k := i + first - j; k >= 0 && k < m {
			return k
		}
		return m
	}, a, jnp.FromSlice([]bool{false}))
}

// Package jnp is NumPy's array programming on compiled devices: the arrays, functions and conventions of jax.numpy in
// Go.
//
// Five functions, and the methods for arithmetic, are used most:
//
//	x := jnp.AsArray([][]float32{{1, 2}, {3, 4}})  // of Go data; Zeros, Arange and LinSpace make others
//	y := jnp.Where(x.Gt(2), x.Mul(10), jnp.Exp(x)) // one or the other, element by element
//	s := jnp.Sum(x, 0)                             // along an axis, as Mean, Max and ArgMax
//	z := jnp.Concatenate([]jnp.Array{x, y}, 1)     // side by side
//	data := jnp.ToSlice[float32](z)                // Go data again
//
// An Array is immutable and lives on a device. Arithmetic is methods and functions (x.Add(y), jnp.Mul(2, x)); operands
// are promoted and broadcast as in JAX. Mistakes panic with a *trace.Error, which gojax.Try turns into an error.
//
// # Operands
//
// A function of one array takes an Array, so that it can be passed as it is: gojax.Vmap(jnp.Exp). A function of several
// operands, of which each may be a Go number as well, takes them as type parameters: jnp.Maximum(x, 0). An operand that
// must have axes, such as a matrix or a sorted list, is an Array. Methods and fields, which cannot have type parameters
// in Go, take any and say what they refuse: x.Add(2.5), jnp.Reduction{Initial: 0}. So do positions (of Take, Insert or
// Put) and what is put there, which may also be Go slices, and bounds that may be nil (Clip).
//
// Go's int, uint, float64 and complex128 are weakly typed, as Python's numbers are in JAX: they take the dtype of the
// array beside them where its kind can hold them. Sized numbers, such as float32(2), have their own dtype.
//
// The common functions of one array are methods too, so that a chain reads from left to right:
// x.Sub(y).Square().Sum().Neg().Exp(). Package expr has formulas as text. An index is Go values, x.Index(0, S(1, -1)),
// or text as NumPy writes it, x.Ix("0, 1:-1").
//
// # Subnormal numbers
//
// XLA has CPUs take numbers below FInfo(d).Tiny for 0 in arithmetic, and give 0 for results of that size: with x =
// 1e-310, x.Mul(2), x.Div(x) and Max(x) are those of 0, as in JAX. What the bits of a number tell is right:
// comparisons, Maximum, Minimum and Clip, lax.CumMax and CumMin, quantiles that are an element, sorting and searching,
// Sign, Floor, Ceil, Round, Frexp, Ldexp, NextAfter, Spacing, logarithms and roots, and AsType to float64. float16 is
// computed in float32 and has no such gap.
//
// # Axes and options
//
// Axes are trailing arguments, counted from the end where negative: jnp.Sum(x, 0). None means all, the last or the
// flattened array, as in NumPy; what is optional and single (a number of decimals, a diagonal) is a trailing argument
// too.
//
// Other keyword arguments are fields of a struct that has the function as a method. The zero value is NumPy's default:
//
//	jnp.Reduction{KeepDims: true}.Sum(x, 0) // np.sum(x, axis=0, keepdims=True)
//
// The last line of a function's comment names its struct and the fields that it reads. These are the structs, each with
// its functions and, behind each field, NumPy's or JAX's keyword:
//
//	Bits            PackBits, UnpackBits
//	                Little (bitorder="little"), Count (count)
//	Contraction     Dot, MatMul, VDot, VecDot, Inner, TensorDot, Einsum
//	                Precision (precision), PreferredType (preferred_element_type)
//	Convolution     Convolve, Correlate
//	                Mode (mode), Precision (precision), DType (preferred_element_type)
//	Counting        BinCount
//	                Weights (weights), MinLength (minlength), Length (length)
//	Covariance      Cov, CorrCoef
//	                Columns (rowvar=False), Bias (bias), DDof (ddof), DType (dtype), Frequencies (fweights),
//	                Weights (aweights)
//	Creation        Zeros, Ones, Empty, Full, ZerosLike, OnesLike, EmptyLike, FullLike, AsArray, Arange, Eye, Identity,
//	                Tri, FromFunction
//	                DType (dtype), Device (device), Shape (shape), NDMin (ndmin)
//	Cumulative      CumSum, CumProd, NaNCumSum, NaNCumProd, CumulativeSum, CumulativeProd
//	                DType (dtype), IncludeInitial (include_initial)
//	Deletion        Delete
//	                UniqueIndices (assume_unique_indices)
//	Diagonals       Trace
//	                Offset (offset), DType (dtype)
//	Differences     Diff, EDiff1D
//	                N (n), Prepend (prepend, to_begin), Append (append, to_end)
//	Fit             PolyFit, PolyFitFull, PolyFitCov
//	                RCond (rcond), Weights (w), Unscaled (cov="unscaled")
//	Gradients       Gradient
//	                Spacing (varargs)
//	Histograms      Histogram, HistogramBinEdges, Histogram2D, HistogramDD
//	                Bins (bins), Range (range), Weights (weights), Density (density)
//	Integration     Trapezoid
//	                X (x), Dx (dx)
//	Interpolation   Interp
//	                Left (left), Right (right), Period (period)
//	Joining         Concatenate, Stack, VStack, HStack, DStack
//	                DType (dtype)
//	Layout          Reshape, Ravel
//	                ColumnMajor (order="F")
//	Membership      IsIn
//	                Invert (invert)
//	LoadTxt         LoadFile
//	                Delimiter (delimiter), Comments (comments), SkipRows (skiprows), MaxRows (max_rows),
//	                Columns (usecols), DType (dtype), NDMin (ndmin), FillValue
//	Mesh            Meshgrid, Indices
//	                Sparse (sparse), IJ (indexing="ij"), DType (dtype)
//	MultiIndex      RavelMultiIndex
//	                Mode (mode), ColumnMajor (order="F"), DType
//	NaNReplacement  NaNToNum
//	                NaN (nan), PosInf (posinf), NegInf (neginf)
//	Padding         Pad
//	                Mode (mode), Value and Values (constant_values), Ends (end_values), StatLength (stat_length),
//	                Odd (reflect_type="odd")
//	Phase           Angle, Unwrap
//	                Deg (deg), Period (period), Discont (discont)
//	Pixels          FromImage
//	                Channels, DType
//	Polynomials     PolyMul, PolyDiv, PolyInt
//	                TrimLeadingZeros (trim_leading_zeros), K (k)
//	Reading         FromBuffer, FromString
//	                DType (dtype), Count (count), Offset (offset), Sep (sep)
//	Reduction       Sum, Prod, Max, Min, All, Any, Mean, Var, Std, Median, Quantile, Percentile, ArgMax, ArgMin,
//	                their NaN forms, Average,
//	                CountNonzero, PTP
//	                KeepDims (keepdims), DType (dtype), DDof (ddof), Where (where), Initial (initial), Center (mean),
//	                Weights (weights),
//	                Method (method)
//	Repetition      Repeat
//	                Total (total_repeat_length)
//	RootFinding     Roots
//	                KeepLeadingZeros (strip_zeros=False)
//	SaveTxt         SaveFile
//	                Delimiter (delimiter), Format (fmt), Newline (newline), Header (header), Footer (footer),
//	                Comments (comments)
//	Search          SearchSorted, Digitize
//	                Right (side="right", right), Sorter (sorter)
//	Segmenting      SegmentSum, SegmentProd, SegmentMin, SegmentMax
//	                IndicesAreSorted (indices_are_sorted), UniqueIndices (unique_indices), BucketSize (bucket_size),
//	                Mode (mode)
//	Sized           Nonzero, FlatNonzero, ArgWhere, Compress, Extract, MaskIndices
//	                Size (size), FillValue (fill_value)
//	Sorting         Sort, ArgSort
//	                Descending (descending), Unstable (stable=False), DType
//	Space           LinSpace, LogSpace, GeomSpace
//	                NoEndpoint (endpoint=False), Axis (axis), DType (dtype), Base (base)
//	Taking          Take, TakeAlongAxis, PutAlongAxis, Put, Choose
//	                Mode (mode), FillValue (fill_value), NoWrap (wrap_negative_indices=False),
//	                UniqueIndices (unique_indices),
//	                IndicesAreSorted (indices_are_sorted)
//	Tolerance       IsClose, AllClose, ArrayEqual
//	                RTol (rtol), ATol (atol), EqualNaN (equal_nan)
//	Trimming        TrimZeros
//	                KeepFront (trim="b"), KeepBack (trim="f")
//	Uniqueness      Unique, UniqueReturned, UniqueAll, UniqueCounts, UniqueInverse, UniqueValues, Union1D, Intersect1D,
//	                Intersect1DReturned, SetXor1D, SetDiff1D
//	                Size (size), FillValue (fill_value), DistinctNaN (equal_nan=False), AssumeUnique (assume_unique)
//	Vandermonde     Vander
//	                Increasing (increasing)
//
// PrintOptions says how arrays are written (np.set_printoptions), UFunc makes a NumPy ufunc of a function, and the
// methods of what x.At(i) gives are JAX's x.at[i].
package jnp

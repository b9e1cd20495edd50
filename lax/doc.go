// Package lax has the functions of jax.lax: the strict operations that package jnp's functions are made of, control
// flow over trees of arrays, and collective operations over named axes.
//
// Control flow is used most:
//
//	last, ys := lax.Scan(step, init, xs)     // a loop over the first axis, with a carry
//	x = lax.WhileLoop(cond, body, x)         // while cond says so
//	x = lax.ForiLoop(0, n, body, x)          // n times; Repeat, Fold and ScanN are shorter where they suffice
//	y := lax.Cond(pred, onTrue, onFalse)     // one of two computations; Switch has several
//	ys = lax.Map(f, xs)                      // one element after the other
//
// # Strictness
//
// Operations are strict: nothing is promoted and nothing broadcast. Two arrays must have one dtype and one shape;
// package jnp has functions that bring them to one. Results are weakly typed where all operands are. Sizes of 0 and
// arrays without axes work everywhere. A mistake panics with a *gojax.Error that names the operation, the types, and a
// way out.
//
// # Operands
//
// A function of one array takes a jnp.Array, and can be passed on as it is: gojax.Vmap(lax.Exp). A function of several
// operands takes Go numbers beside arrays: lax.Mul(x, 2). An int, uint, float64 or complex128 takes the dtype of the
// first array among the operands, if that can hold its kind of number, and stands for an array of its shape; a bool, or
// a number of a type with a size (float32(2)), must be of that dtype already. Without any array each number has the
// dtype that it has in package jnp, and these must be the same.
//
// Where a function takes a function of two scalars, as Reduce, ReduceWindow and AssociativeScan do, lax.Add, lax.Max
// and so on can be passed by name. Positions (Index) are Go integers or integer arrays without axes; an array's value
// may be known only when the program runs.
//
// # Axes and sizes
//
// A list of axes or sizes that stands alone comes last and is variadic: lax.Reshape(x, 2, 3), lax.ReduceSum(x, 0),
// where no axis means all axes. A function of several lists takes slices. Negative axes count from the end where the
// function says so.
//
// # Options
//
// What has a default in jax.lax is a field of a struct that may be left out: lax.CumSum(x, 0,
// lax.CumulativeOptions{Reverse: true}). The zero value is JAX's default.
//
//	options                  of                                    fields
//	ApproxOptions            ApproxMaxK, ApproxMinK                Recall, InputSize, Loose
//	ArgOptions               ArgMax, ArgMin                        DType
//	AssociativeScanOptions   AssociativeScan                       Reverse, Axis
//	CholeskyOptions          Cholesky                              LowerOnly
//	CollectiveOptions        AllGather, AllToAll, PSumScatter,     Tiled, Groups
//	                         PSwapAxes
//	ConvOptions              Conv...                               LHSDilation, RHSDilation, Dims, FeatureGroups,
//	                                                               BatchGroups, Precision, PreferredType,
//	                                                               TransposeKernel, ForwardPadding
//	CumulativeOptions        Cum...                                Reverse
//	DecompositionOptions     QR, SVD                               Reduced
//	DotOptions               Dot, DotGeneral, BatchMatMul,         Precision, PreferredType
//	                         RaggedDot, RaggedDotGeneral
//	EigOptions               Eig                                   NoLeft, NoRight, EnableEigVecDerivs
//	EighOptions              Eigh                                  OneTriangle, Upper
//	FullOptions              Full, FullLike                        DType, Shape
//	GatherOptions            Gather                                Mode, FillValue, IndicesAreSorted, UniqueIndices
//	IndexOptions             IndexInDim, DynamicIndexInDim         DropAxis
//	MapOptions               Map                                   Reverse, Unroll, BatchSize
//	OrmqrOptions             Ormqr                                 Right, Transpose
//	QDWHOptions              QDWH                                  MaxIterations, Eps
//	RNGOptions               RNGBitGenerator                       DType, Algorithm
//	RoundOptions             Round                                 Method
//	ScanOptions              Scan, ScanN, Fold                     Reverse, Unroll, Length
//	ScatterOptions           Scatter...                            Mode, IndicesAreSorted, UniqueIndices
//	SchurOptions             Schur                                 NoSchurVectors
//	SortOptions              Sort, SortKeyVal                      Unstable, NumKeys
//	SymmetricProductOptions  SymmetricProduct                      Alpha, Beta, SymmetrizeOutput
//	TriangularOptions        TriangularSolve                       LeftSide, Lower, Transpose, Conjugate, UnitDiagonal
//	TridiagonalOptions       Tridiagonal                           Upper
//	WindowOptions            ReduceWindow, ReduceWindowTree,       BaseDilation, WindowDilation
//	                         ReduceWindowShape
//
// # Trees
//
// Control flow, collectives, Sort, ReduceTree, ReduceWindowTree and OptimizationBarrier take trees of arrays: structs,
// slices, maps and arrays of Go, as the transformations of package gojax do. jax.lax.stop_gradient and
// jax.lax.custom_root are gojax.StopGradient and gojax.CustomRoot, beside the transformations that they belong to.
//
// Those who write operations of their own, with rules for the transformations, find the engine's level in package ops.
package lax

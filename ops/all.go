package ops

import "github.com/gojax/gojax/ir"

// All is one zero value of every operation type of the package, for tools and tests that go over them.
func All() []ir.Op {
	return []ir.Op{
		// elementwise
		add{}, sub{}, mul{}, div{}, rem{}, mulHi{}, neg{}, sign{}, abs{}, maxOp{}, minOp{},
		floor{}, ceil{}, round{}, isFinite{}, reducePrecision{}, nextAfter{},
		exp{}, exp2{}, expm1{}, log{}, log1p{}, logistic{}, sqrt{}, rsqrt{}, cbrt{}, square{}, pow{}, integerPow{},
		sin{}, cos{}, tan{}, asin{}, acos{}, atan{}, atan2{}, sinh{}, cosh{}, tanh{}, asinh{}, acosh{}, atanh{},
		formula{}, erf{}, erfc{}, erfInv{}, lgamma{}, digamma{}, polygamma{}, zeta{},
		igamma{}, igammac{}, igammaGradA{}, randomGammaGrad{}, betainc{}, special{}, besselI0e{}, besselI1e{},
		notOp{}, andOp{}, orOp{}, xorOp{},
		populationCount{}, clz{}, shiftLeft{}, shiftRightArithmetic{}, shiftRightLogical{},
		realOp{}, imagOp{}, conj{}, complexOp{},
		compare{}, selectOp{}, clamp{}, convert{}, bitcast{}, stopGradient{},

		// structural
		broadcastInDim{}, reshape{}, squeeze{}, transpose{}, rev{}, concatenate{}, splitOp{}, pad{}, slice{},
		dynamicSlice{}, dynamicUpdateSlice{}, full{}, iotaOp{}, arrayConst{}, optimizationBarrier{}, keyUse{},

		// indexing, reductions, sorting, products
		gather{}, scatter{}, scatterApply{}, reduction{}, reduce{}, argExtremum{}, cumulative{},
		sortOp{}, sortedAt{}, partition{}, searchSorted{}, binCount{}, topK{}, approxTopK{}, dotGeneral{},
		cholesky{}, triangularSolve{}, geqrf{}, householderProduct{}, qr{}, svd{}, eigh{},
		lu{}, luPivotsToPermutation{}, tridiagonalSolve{},
		eig{}, schur{}, hessenberg{}, tridiagonal{}, ormqr{}, choleskyUpdate{}, symmetricProduct{},

		// windows, convolutions, transforms, random numbers
		reduceWindow{}, reduceWindows{}, selectAndGatherAdd{}, selectAndScatterAdd{}, conv{}, fft{},
		threefry2x32{}, rngBitGenerator{}, rngUniform{},

		// those that hold programs or call Go functions
		call{}, overCores{}, cond{}, while{}, whileTangent{}, scan{}, callback{}, pureCallback{}, kernel{},
		customJVP{}, customVJP{}, customLinear{}, customVmap{}, checkpoint{}, named{}, linearSolve{},

		// over the devices of a mesh
		shardMap{}, shardingConstraint{}, pcast{}, pcastSum{},

		// across named axes
		preduce{}, axisIndex{}, allGather{}, ppermute{}, allToAll{}, psumScatter{},

		platformIndex{},
	}
}

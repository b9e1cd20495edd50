package ops

import "github.com/gojax/gojax/ir"

// All holds one zero value of every operation type of the package, for tools and tests that go over them.
var All = []ir.Op{
	// elementwise
	neg{}, sign{}, abs{}, floor{}, ceil{}, isFinite{}, round{},
	exp{}, exp2{}, expm1{}, log{}, log1p{}, sqrt{}, rsqrt{}, cbrt{}, logistic{}, square{},
	sin{}, cos{}, tan{}, asin{}, acos{}, atan{}, sinh{}, cosh{}, tanh{}, asinh{}, acosh{}, atanh{},
	erf{}, erfc{}, erfInv{}, lgamma{}, digamma{}, polygamma{}, zeta{}, igamma{}, igammac{}, igammaGradA{}, randomGammaGrad{}, betainc{}, besselI0e{}, besselI1e{},
	add{}, sub{}, mul{}, div{}, rem{}, maxOp{}, minOp{}, atan2{}, nextAfter{}, pow{}, integerPow{},
	notOp{}, populationCount{}, clz{}, mulHi{}, andOp{}, orOp{}, xorOp{}, shiftLeft{}, shiftRightArithmetic{}, shiftRightLogical{},
	realOp{}, imagOp{}, conj{}, complexOp{},
	compare{}, selectOp{}, clamp{}, convert{}, bitcast{}, reducePrecision{},

	// structural
	broadcastInDim{}, reshape{}, squeeze{}, transpose{}, rev{}, concatenate{}, pad{}, slice{},
	dynamicSlice{}, dynamicUpdateSlice{}, full{}, iotaOp{}, optimizationBarrier{},

	// indexing, reductions, products
	gather{}, scatter{}, scatterApply{}, reduction{}, reduce{}, argExtremum{}, cumulative{}, sortOp{}, dotGeneral{}, threefry2x32{},
	cholesky{}, triangularSolve{}, geqrf{}, householderProduct{}, qr{}, svd{},

	// windows, convolutions, transforms
	reduceWindow{}, reduceWindows{}, selectAndGatherAdd{}, selectAndScatterAdd{}, conv{}, fft{}, topK{}, approxTopK{}, rngBitGenerator{}, rngUniform{},

	// control flow
	call{}, cond{}, while{}, scan{}, callback{}, pureCallback{},
	customJVP{}, customVJP{}, customLinear{}, checkpoint{}, stopGradient{}, arrayConst{}, whileTangent{}, linearSolve{},

	// across named axes
	preduce{}, axisIndex{}, allGather{}, ppermute{}, allToAll{}, psumScatter{}, platformIndex{},
}

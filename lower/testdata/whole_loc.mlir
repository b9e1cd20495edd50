module @jit_f__g attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
func.func public @main(%0: tensor<f32>, %1: tensor<2x13xf32> {tf.aliasing_output = 1 : i32}, %2: tensor<4xf32>) -> (tensor<f32>, tensor<2x13xf32>, tensor<f32>, tensor<f32>, tensor<4xf32>) {
%3 = stablehlo.constant dense<2.0e+00> : tensor<f32> loc("lower_test.go":LINE:0)
%4 = "stablehlo.add"(%0, %3) : (tensor<f32>, tensor<f32>) -> (tensor<f32>) loc("lower_test.go":LINE:0)
%5 = "stablehlo.add"(%4, %3) : (tensor<f32>, tensor<f32>) -> (tensor<f32>) loc("lower_test.go":LINE:0)
%6, %7 = func.call @my_func_1(%5) : (tensor<f32>) -> (tensor<f32>, tensor<f32>) loc("lower_test.go":LINE:0)
%8, %9 = func.call @my_func_1_1(%6) : (tensor<f32>) -> (tensor<f32>, tensor<f32>) loc("lower_test.go":LINE:0)
%14 = "stablehlo.while"(%1) ({
^bb0(%10: tensor<2x13xf32>):
%11 = stablehlo.constant dense<false> : tensor<i1> loc("lower_test.go":LINE:0)
"stablehlo.return"(%11) : (tensor<i1>) -> () loc("lower_test.go":LINE:0)
}, {
^bb0(%12: tensor<2x13xf32>):
%13 = "stablehlo.add"(%12, %12) : (tensor<2x13xf32>, tensor<2x13xf32>) -> (tensor<2x13xf32>) loc("lower_test.go":LINE:0)
"stablehlo.return"(%13) : (tensor<2x13xf32>) -> () loc("lower_test.go":LINE:0)
}) : (tensor<2x13xf32>) -> (tensor<2x13xf32>) loc("lower_test.go":LINE:0)
%15 = stablehlo.constant dense<0x7F800000> : tensor<f32>
return %9, %14, %15, %7, %2 : tensor<f32>, tensor<2x13xf32>, tensor<f32>, tensor<f32>, tensor<4xf32>
}
func.func private @my_func_1(%0: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
%1 = stablehlo.constant dense<3.0e+00> : tensor<f32> loc("lower_test.go":LINE:0)
%2 = "stablehlo.add"(%0, %1) : (tensor<f32>, tensor<f32>) -> (tensor<f32>) loc("lower_test.go":LINE:0)
%3, %4 = func.call @my_func_1_1(%2) : (tensor<f32>) -> (tensor<f32>, tensor<f32>) loc("lower_test.go":LINE:0)
return %3, %4 : tensor<f32>, tensor<f32>
}
func.func private @my_func_1_1(%0: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
%1 = stablehlo.constant dense<2.0e+00> : tensor<f32> loc("lower_test.go":LINE:0)
%2 = "stablehlo.add"(%0, %1) : (tensor<f32>, tensor<f32>) -> (tensor<f32>) loc("lower_test.go":LINE:0)
return %2, %1 : tensor<f32>, tensor<f32>
}
}

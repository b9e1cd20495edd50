module github.com/gojax/gojax/benchmarks

go 1.26

require github.com/gojax/gojax v0.0.0

require github.com/gomlx/compute v0.0.0-20260728052203-194c83015e3e // indirect

replace github.com/gojax/gojax => ../

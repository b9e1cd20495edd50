module github.com/gojax/gojax

go 1.26

require (
	github.com/gomlx/compute v0.0.0-20260728052203-194c83015e3e
	github.com/google/pprof v0.0.0-20260709232956-b9395ee17fa0
	gonum.org/v1/gonum v0.16.0
)

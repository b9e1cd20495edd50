module github.com/gojax/gojax/tests/crosscheck

go 1.26

require (
	github.com/gojax/gojax v0.0.0
	github.com/gomlx/go-xla v0.4.0
	github.com/google/go-cmp v0.7.0
)

require (
	github.com/go-logr/logr v1.4.3 // indirect
	github.com/gomlx/compute v0.0.0-20260728052203-194c83015e3e // indirect
	github.com/google/pprof v0.0.0-20260709232956-b9395ee17fa0 // indirect
	github.com/pkg/errors v0.9.1 // indirect
	golang.org/x/exp v0.0.0-20260410095643-746e56fc9e2f // indirect
	gonum.org/v1/gonum v0.16.0 // indirect
	google.golang.org/protobuf v1.36.11 // indirect
	k8s.io/klog/v2 v2.140.0 // indirect
)

replace github.com/gojax/gojax => ../../

module github.com/gojax/gojax

go 1.26

require (
	github.com/gomlx/compute v0.0.0-20260728052203-194c83015e3e // indirect
	github.com/pkg/errors v0.9.1 // indirect
	golang.org/x/exp v0.0.0-20260410095643-746e56fc9e2f // indirect
)

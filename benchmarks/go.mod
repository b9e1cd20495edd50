module github.com/gojax/gojax/benchmarks

go 1.26

require (
	github.com/gojax/gojax v0.0.0
	github.com/schollz/progressbar/v3 v3.18.0
	golang.org/x/sys v0.32.0
	gonum.org/v1/gonum v0.16.0
)

require (
	github.com/gomlx/compute v0.0.0-20260728052203-194c83015e3e // indirect
	github.com/google/pprof v0.0.0-20260709232956-b9395ee17fa0 // indirect
	github.com/mitchellh/colorstring v0.0.0-20190213212951-d06e56a500db // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	golang.org/x/term v0.28.0 // indirect
)

replace github.com/gojax/gojax => ../

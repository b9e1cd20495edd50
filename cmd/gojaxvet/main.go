// Gojaxvet finds mistakes in programs that use gojax which compile and are wrong all the same, or slow:
//
//	go run ./cmd/gojaxvet ./...                  the packages of a folder and below
//	go vet -vettool=$(which gojaxvet) ./...      the same, as a part of go vet
//	go run ./cmd/gojaxvet help keyreuse          what a check does
//
// Its checks are dropped, keyreuse, recompile and traced. Each can be chosen by a flag of its name. What is meant is
// written so that it can be seen: _ = x.Add(y), random.Clone(key).
package main

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/multichecker"
)

// analyzers are the checks.
var analyzers = []*analysis.Analyzer{dropped, keyReuse, recompile, traced}

func main() { multichecker.Main(analyzers...) }

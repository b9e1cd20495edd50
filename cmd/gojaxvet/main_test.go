package main

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// What the comments in testdata say is found there, and nothing else. testdata has small packages with gojax's names.
func TestAnalyzers(t *testing.T) {
	for _, a := range analyzers {
		t.Run(a.Name, func(t *testing.T) { analysistest.Run(t, analysistest.TestData(), a, a.Name) })
	}
}

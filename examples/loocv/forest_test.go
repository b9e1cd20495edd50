package main

import (
	"bytes"
	"math"
	"testing"
)

// The error is that of scikit-learn's forests, which testdata/forest.py finds to be 4.60, 4.54 and 4.38 by the seed;
// ours were 4.41 to 4.65. That no fold depends on the goroutine which grows it is checked by the program.
func TestForest(t *testing.T) {
	o := defaults
	o.model = "forest"
	var out bytes.Buffer
	r, err := run(&out, o)
	if err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	if e := r.Figures["forest"]; !(4.3 < e && e < 4.75) {
		t.Errorf("the error is %v", e)
	}
	if e := r.Figures["mean"]; !(math.Abs(e-6.244601508718086) < 1e-12) {
		t.Errorf("the error of the mean is %v", e)
	}
}

package main

import (
	"strings"
	"testing"
)

// sampleReport has what a page shows.
func sampleReport() *report {
	cells := func(ours, theirs float64) map[string]cell {
		return map[string]cell{oursJitted: {Median: ours, Q1: ours, Q3: ours * 1.1}, "numpy": {Median: theirs},
			"jax": {Median: 2 * theirs}}
	}
	rep := &report{Date: "2026-01-01", Machine: "a machine", Versions: map[string]string{"numpy": "2"},
		Rows: []result{
			{Name: "fast <one>", Group: "some", Unit: "ms", Cells: cells(1, 2)},
			{Name: "slow*2", Group: "some", Unit: "ms", Cells: cells(3, 2)},
			{Name: "broken", Group: "others", Unit: "ms", Error: "it failed"},
		}}
	for i := range rep.Rows {
		rep.Rows[i].judge(row{over: 1.1})
	}
	c := curve{Name: "over n", Lines: map[string][]float64{}}
	for _, n := range []float64{1000, 1e6} {
		c.add(n, rep.Rows[0])
	}
	rep.Sizes, rep.Threads = []curve{c}, []curve{c}
	return rep
}

func TestPage(t *testing.T) {
	var b strings.Builder
	if err := sampleReport().page(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{"fast &lt;one&gt;", "0.50 numpy", "1.50 numpy", `class="behind"`, "<polyline", "1e6",
		"prefers-color-scheme: dark", "failed: it failed"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"http", "NaN", "Inf", "<no value>", "ZgotmplZ", "src="} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
}

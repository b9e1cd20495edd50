package main

import (
	"regexp"
	"slices"
	"testing"

	"github.com/gojax/gojax/benchmarks/peers"
)

// tableOf are the names in a table of the Python peers: the lines of the dictionary's own indentation.
func tableOf(t *testing.T, file, name string) (keys []string) {
	t.Helper()
	text, err := peers.Python.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile(`(?ms)^` + name + ` = \{\n(.*?)^\}`).FindSubmatch(text)
	if table == nil {
		t.Fatalf("%s has no table %s", file, name)
	}
	for _, m := range regexp.MustCompile(`(?m)^    "([^"]+)":`).FindAllSubmatch(table[1], -1) {
		keys = append(keys, string(m[1]))
	}
	return keys
}

// Every row is complete, has a name of its own and is in the peers' tables, which have nothing that no row asks for.
func TestRows(t *testing.T) {
	works, figures := tableOf(t, "work.py", "WORK"), tableOf(t, "figures.py", "FIGURES")
	seen, asked := map[string]bool{}, map[string]bool{}
	quick := 0
	for _, r := range rows() {
		if r.name == "" || r.group == "" || seen[r.name] {
			t.Errorf("row %q of group %q has no name of its own, or no group", r.name, r.group)
		}
		seen[r.name], asked[r.key] = true, true
		table := works
		if r.figure != nil {
			table = figures
		} else if r.body.eager == nil || r.body.jit == nil || len(r.in) == 0 || r.key == "" || r.err <= 0 {
			t.Errorf("%s is incomplete", r.name)
		}
		if r.key != "" && !slices.Contains(table, r.key) {
			t.Errorf("%s: the peers have no %q", r.name, r.key)
		}
		if r.inQuick {
			quick++
		}
	}
	for _, o := range sized {
		asked[o.row(o.sizes[0]).key] = true
	}
	for _, key := range slices.Concat(works, figures) {
		if !asked[key] {
			t.Errorf("no row asks for the peers' %q", key)
		}
	}
	if quick < 20 {
		t.Errorf("-quick has %d rows", quick)
	}
	for _, name := range threaded {
		if !seen[name] {
			t.Errorf("there is no row %q to run with several numbers of threads", name)
		}
	}
}

package main

import (
	"cmp"
	"slices"
	"strings"
)

// How a name was found, best first.
const (
	exact     = iota // it is the name that was asked for
	elsewhere        // it is, in another module than the one that was named
	mentioned        // its comment has it, as another library's name
	prefix           // it begins so
	part             // it has that in it
	argument         // its function in JAX has a keyword argument of that name
	near             // it is spelled nearly so
)

// A hit is one answer: Go names that stand for a name of JAX's or for themselves, or a name of JAX's that is not here.
type hit struct {
	found    []*goName
	jax      jaxName // empty where a Go name was found by itself
	how      int
	arg      string // of JAX's function, where that was asked for
	distance int    // of a near name: the letters that differ
	weight   int    // among equals: how common it is
	length   int    // of the name
	at       int    // where it is in the table, whose modules are in order
}

// classes are JAX's names by how much a program uses them.
var classes = []string{"essential", "expected", "rare", "submodules", "primitives", "other"}

// search is what query may mean, best first: a name, or a part of one, in any case, with or without underscores and
// modules.
func (n *names) search(query string) []*hit {
	want := pathOf(query)
	if len(want) == 0 {
		return nil
	}
	hits := map[string]*hit{}
	put := func(key string, path []string, h hit) {
		h.length = len(path[len(path)-1])
		if best := hits[key]; best == nil || compare(&h, best) < 0 {
			hits[key] = &h
		}
	}
	add := func(key string, path, also []string, h hit) {
		var ok bool
		if h.how, h.distance, ok = match(want, path, also); ok {
			put(key, path, h)
		}
	}
	for i, j := range n.jax {
		found, weight := n.standsFor(j), slices.Index(classes, j.class)
		if len(found) == 0 {
			add(j.name, j.path(), nil, hit{jax: j, weight: weight + len(classes), at: i})
		} else {
			refs, _, _ := strings.Cut(j.text, " (")
			key := found[0].folder + " " + refs
			add(key, j.path(), nil, hit{found: found, jax: j, weight: weight, at: i})
			if arg := j.takes(want); arg != "" {
				put(key, j.path(), hit{found: found, jax: j, how: argument, arg: arg, weight: weight, at: i})
			}
		}
	}
	for i, g := range n.gojax {
		path, weight := g.path(), 0
		if f := n.without(g); f != nil {
			g = f // a function with options is found as the function
		} else if strings.Count(g.ref, ".") > 1 {
			// Methods and fields come last, those of large structs first.
			weight = 2*len(classes) + 100 - min(100, len(n.methods(g)))
		}
		add(g.folder+" "+g.ref, path, g.also, hit{found: []*goName{g}, weight: weight, at: len(n.jax) + i})
	}
	return sorted(hits)
}

// sorted leaves out nearly right names where the right one is there.
func sorted(hits map[string]*hit) []*hit {
	var all []*hit
	best := near
	for _, h := range hits {
		best = min(best, h.how)
	}
	for _, h := range hits {
		if h.how < near || best > elsewhere {
			all = append(all, h)
		}
	}
	slices.SortFunc(all, compare)
	return all
}

func compare(a, b *hit) int {
	return cmp.Or(cmp.Compare(a.how, b.how), cmp.Compare(a.distance, b.distance), cmp.Compare(a.weight, b.weight),
		cmp.Compare(a.length, b.length), cmp.Compare(a.at, b.at))
}

// name is what a hit is called in a list.
func (h *hit) name() string {
	if len(h.found) > 0 {
		return h.found[0].ref
	}
	return h.jax.name
}

// match says how a name, by its path and the names in its comment, answers to what is wanted.
func match(want, path, also []string) (how, distance int, ok bool) {
	w, p := want[len(want)-1], path[len(path)-1]
	switch {
	case p == w && within(want, path):
		return exact, 0, true
	case p == w:
		return elsewhere, 0, true
	case slices.ContainsFunc(also, func(a string) bool { return fold(a[strings.LastIndex(a, ".")+1:]) == w }):
		return mentioned, 0, true
	case strings.HasPrefix(p, w):
		return prefix, 0, true
	case strings.Contains(p, w):
		return part, 0, true
	}
	distance = edits(w, p)
	return near, distance, distance <= 1+len(w)/5 && distance < len(w)
}

// within reports whether path has all elements of want, in order; others may be between them.
func within(want, path []string) bool {
	for _, p := range path {
		if len(want) > 0 && want[0] == p {
			want = want[1:]
		}
	}
	return len(want) == 0
}

// edits is how many letters must be changed, put in, left out or swapped with the next to make b of a.
func edits(a, b string) int {
	var before, last []int // the rows of the table before: of a without its last one and two letters
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			replaced := last[j]
			if a[i] != b[j] {
				replaced++
			}
			row[j+1] = min(replaced, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}

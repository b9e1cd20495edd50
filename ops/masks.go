package ops

// nonZero marks the tangents that are not zero.
func nonZero(t []*Value) []bool {
	m := make([]bool, len(t))
	for i := range t {
		m[i] = t[i] != nil
	}
	return m
}

// placed puts the elements of t at the marked places, nil elsewhere.
func placed(t []*Value, m []bool) []*Value {
	y, k := make([]*Value, len(m)), 0
	for i := range m {
		if m[i] {
			y[i] = t[k]
			k++
		}
	}
	return y
}

// union is the union of masks, in place in a.
func union(a, b []bool) []bool {
	for i := range a {
		a[i] = a[i] || b[i]
	}
	return a
}

// present is x without nils.
func present(x []*Value) (y []*Value) {
	for _, v := range x {
		if v != nil {
			y = append(y, v)
		}
	}
	return y
}

// yes is n times true.
func yes(n int) []bool {
	m := make([]bool, n)
	for i := range m {
		m[i] = true
	}
	return m
}

// count is the number of marks.
func count(m []bool) (n int) {
	for _, b := range m {
		if b {
			n++
		}
	}
	return n
}

// negated is the complement of a mask.
func negated(m []bool) []bool {
	y := make([]bool, len(m))
	for i := range m {
		y[i] = !m[i]
	}
	return y
}

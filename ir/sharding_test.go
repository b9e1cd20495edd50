package ir

import "testing"

// Specs that a tiling is read back as are those that it was made of, or others that cut alike.
func TestSpecOf(t *testing.T) {
	for _, shape := range [][]int{{8}, {4, 2}, {2, 4}, {2, 2, 2}, {2, 1, 4}, {3, 2}} {
		names := []string{"x", "y", "z"}[:len(shape)]
		devices := make([]int, SizeOf(shape))
		for i := range devices {
			devices[i] = len(devices) - i
		}
		m, err := NewMesh("cpu", shape, names, devices)
		if err != nil {
			t.Fatal(err)
		}
		dims := []Dim{{}}
		for _, a := range names {
			dims = append(dims, Dim{Axes: []string{a}})
			for _, b := range names {
				if a != b {
					dims = append(dims, Dim{Axes: []string{a, b}})
				}
			}
		}
		for _, a := range dims {
			for _, b := range dims {
				s := Spec{a, b}
				if s.Check(m) != nil {
					continue
				}
				got, ok := m.SpecOf(Sharding{m, s}.Tiling(2))
				if !ok || !(Sharding{m, got}).Equivalent(Sharding{m, s}, 2) {
					t.Errorf("%v over %v is read back as %v, %v", s, m, got, ok)
				}
			}
		}
	}
}

package export

import "testing"

func TestLength(t *testing.T) {
	values := map[string]int{"a": 7, "b": 3}
	for text, want := range map[string]int{"8": 8, "b": 3, "2*b + 1": 7, "a - b": 4, "floordiv(a, 2)": 3,
		"mod(a, 3)": 1, "max(a, b)": 7, "min(a, b)": 3, "-1*b + a": 4, "a*b^2": 63, "mod(-1*a, 4)": 1} {
		if n, err := length(text, values); err != nil || n != want {
			t.Errorf("%s is %d, %v; want %d", text, n, err, want)
		}
	}
	for _, text := range []string{"", "c", "b - a", "f(a)", "floordiv(a, 0)", "a b", "a < b", "max(a)", "a.b", "1.5"} {
		if n, err := length(text, values); err == nil {
			t.Errorf("%s is %d", text, n)
		}
	}
}

package formula_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/gojax/gojax/internal/formula"
)

// An error says the character and, of several lines, the line.
func TestError(t *testing.T) {
	for text, want := range map[string]string{
		"αβ + * c":    "column 6 of \"αβ + * c\": * has no operand in front of it",
		"a +\n b @ c": "line 2, column 4 of \"a +\\n b @ c\": @ is no operator here: write matmul(x, y)",
	} {
		if _, err := formula.Parse(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestMemo(t *testing.T) {
	var m formula.Memo[int]
	made := 0
	length := func(text string) (int, error) {
		made++
		if text == "" {
			return 0, errors.New("empty")
		}
		return len(text), nil
	}
	for range 3 {
		if n, err := m.Get("abc", length); n != 3 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
	if _, err := m.Get("", length); err == nil || made != 2 {
		t.Errorf("made %d times, %v", made, err)
	}
	for i := range 10_000 {
		m.Get(fmt.Sprint(i), length)
	}
	if made != 10_002 {
		t.Errorf("made %d times", made)
	}
}

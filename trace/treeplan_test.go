package trace

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestTreeRefuses(t *testing.T) {
	type hidden struct {
		X  arr
		mu int
	}
	_ = hidden{}.mu
	type loop []any
	l := loop{nil}
	l[0] = l
	type ring struct{ Next *ring }
	r := &ring{}
	r.Next = r
	for _, c := range []struct {
		x    any
		want string
	}{
		{[]hidden{{}}, "x[0]: field mu of trace.hidden is unexported"},
		{struct{ F map[string]func() }{map[string]func(){"f": nil}}, `x.F["f"]: type func() is neither`},
		{struct{ A []any }{[]any{1, make(chan int)}}, "x.A[1]: type chan int is neither"},
		{map[float64]arr{}, "x: type map[float64]trace.arr has keys of type float64"},
		{l, "contains itself"},
		{r, "contains itself"},
	} {
		err := Try(func() { Flatten(c.x) })
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) ||
			!strings.HasPrefix(e.Src.String(), "treeplan_test.go:") {
			t.Errorf("%T: got %v, want %q at a line of this file", c.x, err, c.want)
		}
	}
	if err := CheckTree(reflect.TypeFor[map[string]*hidden](), "a"); err == nil ||
		!strings.HasPrefix(err.Error(), "a[...]: field mu") {
		t.Errorf("CheckTree says %v", err)
	}
	if err := CheckTree(reflect.TypeFor[model](), "a"); err != nil {
		t.Errorf("CheckTree refuses a good type: %v", err)
	}
	if MayHoldArrays(reflect.TypeFor[[]int]()) || MayHoldArrays(reflect.TypeFor[ring]()) ||
		!MayHoldArrays(reflect.TypeFor[*layer]()) || !MayHoldArrays(reflect.TypeFor[any]()) {
		t.Error("MayHoldArrays is wrong")
	}
}

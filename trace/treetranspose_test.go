package trace

import (
	"fmt"
	"reflect"
	"testing"
)

func TestTransposed(t *testing.T) {
	type one struct {
		A, B arr
		N    int
	}
	type lists struct {
		B, A *[2]*arr
		N    int
	}
	list := []any{&one{leaf(1), leaf(2), 7}, one{leaf(3), leaf(4), 7}}
	d, x := Flatten(list)
	outer, _ := Flatten(make([]arr, 2))                                         // none of which is set
	if _, err := d.Transposed(outer, reflect.TypeFor[lists](), x); err == nil { // a pointer to a struct, and a struct
		t.Error("parts of different types are transposed")
	}
	list[1] = &one{leaf(3), leaf(4), 7}
	d, x = Flatten(list)
	y, err := d.Transposed(outer, reflect.TypeFor[lists](), x)
	if err != nil {
		t.Fatal(err)
	}
	l := y.Interface().(lists)
	if got := fmt.Sprint(number(l.A[0].v), number(l.A[1].v), number(l.B[0].v), number(l.B[1].v), l.N); got !=
		"1 3 2 4 7" {
		t.Errorf("transposed: %s", got)
	}
	inner, _ := Flatten(&one{leaf(0), leaf(0), 7})
	d, x = Flatten(l)
	y, err = d.Transposed(inner, reflect.TypeFor[[2]map[string]arr](), x)
	if err == nil {
		t.Errorf("a map is made like a struct: %v", y)
	}
	y, err = d.Transposed(inner, reflect.TypeFor[[]one](), x)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range y.Interface().([]one) {
		if got := fmt.Sprint(number(o.A.v), number(o.B.v)); got != fmt.Sprint(2*i+1, 2*i+2) {
			t.Errorf("and back: %s", got)
		}
	}
}

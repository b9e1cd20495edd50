package ir

import (
	"errors"
	"reflect"
	"testing"
)

func TestRows(t *testing.T) {
	r := Rows{{Size: 2, In: []bool{true, false}}, {Size: 3, In: []bool{true, true}}}
	if s := r.String(); s != "2:10;3:11" {
		t.Errorf("got %q", s)
	}
	if p, err := ParseRows(r.String()); err != nil || !reflect.DeepEqual(p, r) {
		t.Errorf("got %v, %v", p, err)
	}
	if p, err := ParseRows(""); err != nil || p != nil {
		t.Errorf("got %v, %v", p, err)
	}
	for _, bad := range []string{"x", "3", "-1:1", ":1", "2:1;"} {
		if _, err := ParseRows(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	u8 := func(shape ...int) HostArray {
		a := HostArray{Aval: Aval{Shape: shape, DType: Uint8}}
		for i := range a.Bytes() {
			a.Data = append(a.Data, byte(i))
		}
		return a
	}
	// Row (i, j) is given a[i,j] and all of b's row j, and returns their sum.
	a, b, y := u8(2, 3), u8(3, 4), u8(2, 3)
	calls := 0
	err := r.Each([]HostArray{a, b}, []HostArray{y}, func(in, out []HostArray) error {
		calls++
		if in[0].Rank() != 0 || in[1].Rank() != 1 || out[0].Rank() != 0 {
			t.Errorf("got %v, %v, %v", in[0], in[1], out[0])
		}
		out[0].Data[0] = in[0].Data[0] + in[1].Data[3]
		return nil
	})
	if want := []byte{3, 8, 13, 6, 11, 16}; err != nil || calls != 6 || !reflect.DeepEqual(y.Data, want) {
		t.Errorf("%v after %d calls: %v, want %v", err, calls, y.Data, want)
	}
	stop := errors.New("stop")
	calls = 0
	if err := r.Each([]HostArray{a, b}, []HostArray{y},
		func(_, _ []HostArray) error { calls++; return stop }); err != stop || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
	if err := (Rows{{Size: 0, In: []bool{true}}}).
		Each([]HostArray{u8(0, 2)}, nil, func(_, _ []HostArray) error { return stop }); err != nil {
		t.Error(err)
	}
}

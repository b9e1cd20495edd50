package expr

import (
	"math"
	"math/cmplx"
	"testing"

	"github.com/gojax/gojax/jnp"
)

// Numbers are computed as Python does.
func TestNumbers(t *testing.T) {
	for text, want := range map[string]any{
		"1 + 2*3": 7, "7/2": 3.5, "-7 % 3": 2, "7 % -3": -2, "-7.5 % 2": 0.5, "2**10": 1024, "2**-1": 0.5,
		"2**0.5": math.Sqrt2,
		"-2**2":  -4, "2**3**2": 512, "(1 + 2i)*2i": -4 + 2i, "2i**2": cmplx.Pow(2i, 2), "1 < 2": true, "!true": false,
		"true && false": false, "true || false": true, "true ^ true": false, "6 & 3": 2, "6 | 1": 7, "6 ^ 3": 5,
		"~6":     -7,
		"6 &^ 2": 4, "1 << 4": 16, "-16 >> 2": -4, "0x10 + 1_000": 1016, "1e3": 1000.0, "+2.5": 2.5, "2 == 2.0": true,
		"9007199254740992*1024": 9007199254740992.0 * 1024, "1/0": math.Inf(1), "-inf": math.Inf(-1), "2i != 2i": false,
		"np.pi": math.Pi, "euler_gamma": jnp.EulerGamma, "1i - 1": -1 + 1i, "4i/2": 2i, "5 >= 5.5": false,
	} {
		f, err := Compile(text)
		if err != nil {
			t.Error(err)
			continue
		}
		m := machine{vars: make([]any, len(f.vars))}
		for i, v := range f.vars {
			m.vars[i] = v.value
		}
		for _, s := range f.code {
			if s.operator != "" {
				xy := m.popN(2)
				v, _, _, done := operands(s.operator, xy[0], xy[1])
				if m.push(v); !done {
					t.Errorf("%s computes no number", text)
				}
				continue
			}
			s.run(&m)
		}
		if got := m.pop(); got != want {
			t.Errorf("%s is %v (%T), want %v (%T)", text, got, got, want, want)
		}
	}
}

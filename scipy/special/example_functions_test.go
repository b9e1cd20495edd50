package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleErf() {
	fmt.Println(special.Erf(jnp.FromSlice([]float64{-1, 0, 1})).Round(5))
	// Output: [-0.8427  0.      0.8427]
}

func ExampleErfc() {
	fmt.Println(special.Erfc(jnp.FromSlice([]float64{0, 1, 10})))
	// Output: [1.00000000e+00 1.57299207e-01 2.08848758e-45]
}

func ExampleErfinv() {
	fmt.Println(special.Erfinv(special.Erf(jnp.FromSlice([]float64{-1, 0, 0.5}))).Round(5))
	// Output: [-1.   0.   0.5]
}

func ExampleErfcx() {
	// exp(x²) and erfc(x) themselves are beyond floats at 100.
	fmt.Println(special.Erfcx(jnp.FromSlice([]float64{0, 1, 100})).Round(5))
	// Output: [1.      0.42758 0.00564]
}

func ExampleWofz() {
	fmt.Println(special.Wofz(jnp.FromSlice([]complex128{0, 1, 1i})).Round(4))
	// Output: [1.    +0.j     0.3679+0.6072j 0.4276+0.j    ]
}

func ExampleDawsn() {
	fmt.Println(special.Dawsn(jnp.FromSlice([]float64{-1, 0, 1, 10})).Round(5))
	// Output: [-0.53808  0.       0.53808  0.05025]
}

func ExampleLogNdtr() {
	// The logarithm of a probability that is beyond floats.
	fmt.Println(special.LogNdtr(jnp.FromSlice([]float64{0, -5, -100})).Round(3))
	// Output: [-6.930000e-01 -1.506500e+01 -5.005524e+03]
}

func ExampleNdtri() {
	fmt.Println(special.Ndtri(jnp.FromSlice([]float64{0.025, 0.5, 0.975})).Round(5))
	// Output: [-1.95996  0.       1.95996]
}

func ExampleOwensT() {
	// The probability that X > 1 and 0 < Y < X for independent normal X and Y.
	fmt.Printf("%.5f\n", special.OwensT(1.0, 1.0).Item())
	// Output: 0.06674
}

func ExampleI0() {
	fmt.Println(special.I0(jnp.FromSlice([]float64{0, 1, -1})).Round(5))
	// Output: [1.      1.26607 1.26607]
}

func ExampleI0e() {
	fmt.Println(special.I0e(jnp.FromSlice([]float64{0, 1, 1000})).Round(5))
	// Output: [1.      0.46576 0.01262]
}

func ExampleI1() {
	fmt.Println(special.I1(jnp.FromSlice([]float64{0, 1, -1})).Round(5))
	// Output: [ 0.       0.56516 -0.56516]
}

func ExampleI1e() {
	fmt.Println(special.I1e(jnp.FromSlice([]float64{0, 1, -1000})).Round(5))
	// Output: [ 0.       0.20791 -0.01261]
}

func ExampleBesselJn() {
	// J0, J1 and J2 at two points.
	fmt.Println(special.BesselJn(jnp.FromSlice([]float64{1, 2}), 2).Round(5))
	// Output:
	// [[0.7652  0.22389]
	//  [0.44005 0.57672]
	//  [0.1149  0.35283]]
}

func ExampleRecurrence_BesselJn() {
	fmt.Println(special.Recurrence{Iterations: 120}.BesselJn(jnp.FromSlice([]float64{60}), 1).Round(5))
	// Output:
	// [[-0.09147]
	//  [ 0.0466 ]]
}

func ExampleExp1() {
	fmt.Println(special.Exp1(jnp.FromSlice([]float64{0, 1, 2})).Round(5))
	// Output: [    inf 0.21938 0.0489 ]
}

func ExampleExpi() {
	fmt.Println(special.Expi(jnp.FromSlice([]float64{-1, 1, 2})).Round(5))
	// Output: [-0.21938  1.89512  4.95423]
}

func ExampleExpn() {
	fmt.Println(special.Expn(jnp.Arange(4), 1.0).Round(5))
	// Output: [0.36788 0.21938 0.1485  0.10969]
}

func ExampleSici() {
	si, ci := special.Sici(jnp.FromSlice([]float64{0.5, 5}))
	fmt.Println(si.Round(5), ci.Round(5))
	// Output: [0.49311 1.54993] [-0.17778 -0.19003]
}

func ExampleFresnel() {
	s, c := special.Fresnel(jnp.FromSlice([]float64{0.5, 5}))
	fmt.Println(s.Round(5), c.Round(5))
	// Output: [0.06473 0.49919] [0.49234 0.56363]
}

func ExampleSpence() {
	// At 0 it is pi²/6.
	fmt.Println(special.Spence(jnp.FromSlice([]float64{0, 1, 2})).Round(5))
	// Output: [ 1.64493  0.      -0.82247]
}

func ExampleHyp1F1() {
	// 1F1(a; a; x) is exp(x).
	fmt.Println(special.Hyp1F1(jnp.FromSlice([]float64{1, 2}), 2, 1.0).Round(5))
	// Output: [1.71828 2.71828]
}

func ExampleHyp2F1() {
	// x·2F1(1, 1; 2; -x) is log(1+x).
	fmt.Println(special.Hyp2F1(1, 1, 2, -0.5).Round(5))
	// Output: 0.81093
}

func ExampleLpmn() {
	// P(m, l) at 0.5, the orders m as rows, and the derivatives.
	p, dp := special.Lpmn(2, 2, jnp.FromSlice([]float64{0.5}))
	fmt.Println(p.Squeeze(2).Round(4))
	fmt.Println(dp.Squeeze(2).Round(4))
	// Output:
	// [[ 1.     0.5   -0.125]
	//  [ 0.    -0.866 -1.299]
	//  [ 0.     0.     2.25 ]]
	// [[ 0.      1.      1.5   ]
	//  [ 0.      0.5774 -1.7321]
	//  [ 0.      0.     -3.    ]]
}

func ExampleLpmnValues() {
	fmt.Println(special.LpmnValues(1, 1, jnp.FromSlice([]float64{0, 0.5}), true).Round(4))
	// Output:
	// [[[ 0.2821  0.2821]
	//   [ 0.      0.2443]]
	//
	//  [[ 0.      0.    ]
	//   [-0.3455 -0.2992]]]
}

func ExampleSphHarmY() {
	n, m := jnp.FromSlice([]int{0, 1, 1}), jnp.FromSlice([]int{0, 0, 1})
	theta, phi := jnp.FromSlice([]float64{0, 0, 1.5707963}), jnp.FromSlice([]float64{0, 0, 0})
	fmt.Println(special.SphHarmY(n, m, theta, phi).Round(4))
	// Output: [ 0.2821+0.j  0.4886+0.j -0.3455-0.j]
}

func ExampleHarmonics_SphHarmY() {
	// The greatest degree is given, so that n may be traced.
	most := 2
	n, m := jnp.FromSlice([]int{2}), jnp.FromSlice([]int{-1})
	fmt.Println(special.Harmonics{NMax: &most}.SphHarmY(n, m, jnp.FromSlice([]float64{1}), jnp.FromSlice([]float64{0.5})).Round(4))
	// Output: [0.3082-0.1684j]
}

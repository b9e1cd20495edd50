package main

import (
	"reflect"
	"strings"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

// families are the distributions of scipy/stats, and the fields that are arguments, in their order.
var families = []struct {
	distribution any
	fields       string
}{
	{stats.Norm{}, "Loc Scale"},
	{stats.TruncNorm{}, "A B Loc Scale"},
	{stats.Uniform{}, "Loc Scale"},
	{stats.Expon{}, "Loc Scale"},
	{stats.Cauchy{}, "Loc Scale"},
	{stats.Laplace{}, "Loc Scale"},
	{stats.Logistic{}, "Loc Scale"},
	{stats.GumbelL{}, "Loc Scale"},
	{stats.GumbelR{}, "Loc Scale"},
	{stats.Gamma{}, "A Loc Scale"},
	{stats.Chi2{}, "DF Loc Scale"},
	{stats.Beta{}, "A B Loc Scale"},
	{stats.T{}, "DF Loc Scale"},
	{stats.Pareto{}, "B Loc Scale"},
	{stats.GenNorm{}, "Beta"},
	{stats.VonMises{}, "Kappa"},
	{stats.WrapCauchy{}, "C"},
	{stats.Poisson{}, "Mu Loc"},
	{stats.Bernoulli{}, "P"},
	{stats.Binom{}, "N P Loc"},
	{stats.Geom{}, "P Loc"},
	{stats.NBinom{}, "N P Loc"},
	{stats.BetaBinom{}, "N A B Loc"},
}

// distributions are the methods of scipy/stats: of x and the fields of the distribution. What takes no x has these
// alone.
var distributions = func() map[string]function {
	table := map[string]function{}
	for _, f := range families {
		t, fields := reflect.TypeOf(f.distribution), strings.Fields(f.fields)
		for i := range t.NumMethod() {
			m := t.Method(i)
			n := m.Type.NumIn() - 1 // without the receiver
			table["stats."+t.Name()+"."+m.Name] = func(_ []int, x []jnp.Array) jnp.Array {
				d := reflect.New(t).Elem()
				for i, name := range fields {
					d.FieldByName(name).Set(reflect.ValueOf(x[n+i]))
				}
				in := []reflect.Value{d}
				for _, v := range x[:n] {
					in = append(in, reflect.ValueOf(v))
				}
				return m.Func.Call(in)[0].Interface().(jnp.Array)
			}
		}
	}
	return table
}()

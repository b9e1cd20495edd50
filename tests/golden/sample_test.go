package golden

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/gojax/gojax/tests/sample"
)

// modes says in which modes the values of a case are compared. Where they are not, the case is only traced, and what
// comes out must have the structure, shapes and types that JAX's has.
type modes [mapping + 1]bool

// everything reports whether all cases are to be run: with GOJAX_TEST_ALL=1, and where someone picks cases or brings
// their own.
func everything() bool { return sample.All() || *only != "" || os.Getenv("GOJAX_GOLDEN") != "" }

// choose picks the cases of a family whose values are compared.
func choose(f *Family, cases []*Case) []modes {
	out := make([]modes, len(cases))
	switch {
	case everything():
		for i := range out {
			out[i] = modes{true, true, true}
		}
	case f.Functions == nil:
		chooseTransformed(cases, out)
	default:
		chooseCalls(f, cases, out)
	}
	for i := range out {
		if i%stride != 0 {
			out[i] = modes{}
		}
	}
	return out
}

// chooseTransformed takes of each function one case, another one for each, and of every chain of transforms one: there
// are many cases of a function because each is put through the same transforms.
func chooseTransformed(cases []*Case, out []modes) {
	var chains sample.Kinds
	number, total, count := numbered(cases), map[string]int{}, map[string]int{}
	for _, c := range cases {
		if !c.Error {
			total[c.Fn]++
		}
	}
	for i, c := range cases {
		if c.Error {
			out[i][eager] = true
			continue
		}
		chain := make([]string, len(c.Transforms))
		for i, t := range c.Transforms {
			chain[i] = fmt.Sprint(t.T, slices.Sorted(maps.Keys(t.given)))
		}
		isNew := chains.Add(strings.Join(chain, " "))
		out[i][eager] = isNew || count[c.Fn] == number[c.Fn]%total[c.Fn]
		count[c.Fn]++
	}
}

// numbered are the functions of the cases, counted.
func numbered(cases []*Case) map[string]int {
	out := map[string]int{}
	for _, c := range cases {
		if _, ok := out[c.Fn]; !ok {
			out[c.Fn] = len(out)
		}
	}
	return out
}

// chooseCalls takes of every function one case eagerly, of what differs in parameters or in arguments one eagerly or
// under Jit, of some kinds every third function, and of what differs in parameters, of every third function, one
// under Vmap. Errors come before anything is compiled: all are run. Where a function cannot be traced, all that differs
// is run eagerly.
func chooseCalls(f *Family, cases []*Case, out []modes) {
	var values, maps sample.Kinds
	two, number := firstAndFullest(cases), numbered(cases)
	for i, c := range cases {
		if two[c.Fn][1] == c && calledEagerly(c.Fn, number[c.Fn]) {
			out[i][eager] = true
			values.Add(append(c.paramKinds(), c.argKinds()...)...)
		}
	}
	for i, c := range cases {
		params := c.paramKinds()
		kinds := append(c.argKinds(), params...)
		kinds = append(kinds, c.ofFn([]string{fmt.Sprint("x64 ", c.X64)})...)
		kinds = slices.DeleteFunc(kinds, func(k string) bool {
			isOf := func(end string) bool { return strings.HasSuffix(k, end) }
			return slices.ContainsFunc(passedOver[number[c.Fn]%3], isOf)
		})
		switch isNew := values.Add(kinds...); {
		case c.Error:
			out[i] = modes{true, true, true}
			continue
		case isNew && (f.Functions.Concrete[c.Fn] != "" || !c.hasArrays()):
			out[i][eager] = true
		case isNew:
			out[i][jitted] = true
		}
		out[i][mapping] = f.Functions.Unmapped[c.Fn] == "" && number[c.Fn]%3 == 0 && maps.Add(params...)
	}
}

// passedOver are the kinds that every third function, the next ones and those after them do without. Each kind is left
// for a third of the functions at least.
var passedOver = [3][]string{
	{" is uint", " is half", " empty", " x64 true"},
	{" is half", " is bool", " no axes", " NaN or infinite"},
	{" is uint", " is bool", " empty", " x64 true"},
}

// calledEagerly reports whether the sample has function number n as it is. Those of statistics are methods of one kind,
// which share under Jit what they have in common: every fourth. Those of lax are in the examples of that package:
// every third. Special functions take long to compile: every second.
func calledEagerly(fn string, n int) bool {
	for prefix, every := range map[string]int{"jsp.stats.": 4, "lax.": 3, "jsp.special.": 2} {
		if strings.HasPrefix(fn, prefix) {
			return everything() || n%every == 0
		}
	}
	return true
}

// large is how many lines of text make a program one that takes long to compile. Such a function the sample has in one
// mode alone, every eighth in each.
const large = 80

// firstAndFullest are the first case of each function, and the first of those with the most keywords.
func firstAndFullest(cases []*Case) map[string][2]*Case {
	out := map[string][2]*Case{}
	for _, c := range cases {
		if c.Error {
			continue
		}
		two, ok := out[c.Fn]
		if !ok {
			two = [2]*Case{c, c}
		}
		if len(c.Kwargs) > len(two[1].Kwargs) {
			two[1] = c
		}
		out[c.Fn] = two
	}
	return out
}

// paramKinds are what a case has in its keywords, its index and the number of its arguments.
func (c *Case) paramKinds() []string {
	out := []string{fmt.Sprint("args ", len(c.Args)), "check " + c.Check}
	for k, v := range c.Kwargs {
		switch v := v.(type) {
		case string:
			if strings.HasSuffix(k, "dtype") {
				v = dtypeClass(v)
			}
			out = append(out, k+"="+v)
		case bool, nil:
			out = append(out, fmt.Sprintf("%s=%v", k, v))
		default:
			out = append(out, fmt.Sprintf("%s %T", k, v))
		}
	}
	for _, x := range c.Index {
		part := fmt.Sprintf("index %T", x)
		if m, ok := x.(map[string]any); ok {
			part = fmt.Sprint("index ", slices.Sorted(maps.Keys(m)))
		}
		out = append(out, part)
	}
	return c.ofFn(out)
}

// argKinds are the classes of the types of the arguments, and what is special about their elements or shapes.
func (c *Case) argKinds() []string {
	var out []string
	for _, a := range c.Args {
		eachStored(a, func(m map[string]any) {
			class, _ := m["kind"].(string)
			if d, ok := m["dtype"].(string); ok {
				class = dtypeClass(d)
			}
			out = append(out, "an argument is "+class)
			if shape, ok := m["shape"].([]any); ok && len(shape) == 0 {
				out = append(out, "no axes")
			}
			data, ok := m["data"].([]any)
			if ok && len(data) == 0 {
				out = append(out, "empty")
			}
			if slices.ContainsFunc(data, func(x any) bool { _, named := x.(string); return named }) {
				out = append(out, "NaN or infinite")
			}
		})
	}
	return c.ofFn(out)
}

// dtypeClass is one name for dtypes that the same code computes with.
func dtypeClass(dtype string) string {
	switch dtype {
	case "float16", "bfloat16":
		return "half"
	}
	return strings.TrimRight(dtype, "0123456789")
}

// hasArrays reports whether a case has an array or a key, which can be traced.
func (c *Case) hasArrays() bool {
	found := false
	for _, x := range []any{c.Args, c.Index} {
		eachStored(x, func(map[string]any) { found = true })
	}
	for _, x := range c.Kwargs {
		eachStored(x, func(map[string]any) { found = true })
	}
	return found
}

// eachStored calls f for every array, key and number in a stored value.
func eachStored(x any, f func(m map[string]any)) {
	switch x := x.(type) {
	case []any:
		for _, e := range x {
			eachStored(e, f)
		}
	case map[string]any:
		if _, scalar := x["scalar"]; scalar || isArray(x) {
			f(x)
			return
		}
		for _, e := range x {
			eachStored(e, f)
		}
	}
}

// ofFn are kinds of the case's function.
func (c *Case) ofFn(kinds []string) []string {
	for i := range kinds {
		kinds[i] = c.Fn + " " + kinds[i]
	}
	return kinds
}

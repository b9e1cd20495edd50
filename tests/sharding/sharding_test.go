package sharding

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/tests/golden"
)

var (
	only       = flag.String("case", "", "run the cases whose id matches this regular expression")
	onlyFamily = flag.String("family", "", "run the families whose name matches this regular expression")
	workers    = flag.Int("workers", 2, "cases run at once")
)

// limit is how long one case may take: a collective that waits for a device that never comes is a miss, by name.
const limit = 2 * time.Minute

// TestSharding runs the cases of testdata, or of the folder that GOJAX_SHARDING names, and prints "family:
// passed/total" for each family (seen with -v), and what missed.
func TestSharding(t *testing.T) {
	dir := os.Getenv("GOJAX_SHARDING")
	if dir == "" {
		dir = "testdata"
	}
	pick, family := regexp.MustCompile(*only), regexp.MustCompile("^("+*onlyFamily+")$")
	fams, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fams {
		switch {
		case OverProcesses && f.Name == "spec": // nothing is computed
		case *onlyFamily != "" && !family.MatchString(f.Name):
		case f.Run == nil:
			fmt.Printf("%s: no runner yet, its %d cases are not run\n", f.Name, len(f.Cases))
		default:
			runFamily(t, f, pick)
		}
	}
}

func runFamily(t *testing.T, f *Family, pick *regexp.Regexp) {
	cases := slices.DeleteFunc(slices.Clone(f.Cases), func(c *Case) bool {
		if OverProcesses {
			if c.processes() != distributed.Size() {
				return true
			}
		}
		return !pick.MatchString(c.ID)
	})
	if OverProcesses { // in the same order in all
		*workers = 1
	}
	missed := make([]error, len(cases))
	golden.Each(*workers, len(cases), func(i int) {
		missed[i] = golden.Guarded(limit, func() error { return f.Run(cases[i]) })
	})
	passed := 0
	for i, err := range missed {
		if err == nil {
			passed++
		} else {
			t.Errorf("%s %s: %v", f.Name, cases[i].ID, err)
		}
	}
	fmt.Printf("%s: %d/%d\n", f.Name, passed, len(cases))
}

// TestCasesCanFail runs cases that must miss: another value, another way to cut, an error where there is none, none
// where there should be one.
func TestCasesCanFail(t *testing.T) {
	const mesh = `"mesh":{"shape":[2],"names":["x"],"devices":[0,1]}`
	const args = `"args":[{"dtype":"float32","shape":[2],"data":[1,2]}],"tol":{"rtol":1e-6,"atol":0}`
	const sum = `{"id":"a","fn":"sm.psum",` + mesh + `,` + args + `,"params":{"axis":"x"},"in_specs":[{"P":["x"]}],`
	const mapped = `{"id":"a","fn":"pm.psum","axis_name":"i",` + args
	for _, c := range []struct {
		family, line string
		passes       bool
	}{
		{"shard_map", sum + `"out_specs":{"P":[]},"out":{"dtype":"float32","shape":[1],"data":[3]}}`, true},
		{"shard_map", sum + `"out_specs":{"P":[]},"out":{"dtype":"float32","shape":[1],"data":[3.1]}}`, false},
		{"shard_map", sum + `"out_specs":{"P":["x"]},"out":{"dtype":"float32","shape":[1],"data":[3]}}`, false},
		{"shard_map", sum + `"out_specs":{"P":[]},"error":true,"message":"m"}`, false},
		{"shard_map", sum + `"out_specs":{"P":["z"]},"error":true,"message":"m"}`, true},
		{"shard_map", sum + `"out_specs":{"P":["z"]},"out":{"dtype":"float32","shape":[1],"data":[3]}}`, false},
		{"pmap", mapped + `,"out":{"dtype":"float32","shape":[2],"data":[3,3]}}`, true},
		{"pmap", mapped + `,"out":{"dtype":"float32","shape":[2],"data":[3,1]}}`, false},
		{"pmap", mapped + `,"in_axes":1,"out":{"dtype":"float32","shape":[2],"data":[3,3]}}`, false},
		{"pmap", mapped + `,"in_axes":1,"error":true,"message":"m"}`, true},
		{"spec", `{"id":"a","fn":"spec.check",` + mesh + `,"spec":{"P":["x"]},"shape":[2],"out":true}`, true},
		{"spec", `{"id":"a","fn":"spec.check",` + mesh + `,"spec":{"P":["x"]},"shape":[],"out":true}`, false},
	} {
		one, err := readCase([]byte(c.line))
		if err != nil {
			t.Fatal(err)
		}
		if err := families[c.family](one); (err == nil) != c.passes {
			t.Errorf("%s passes: %t (%v)", c.line, err == nil, err)
		}
	}
}

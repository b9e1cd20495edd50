package sharding

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax/tests/launch"
	"github.com/gojax/gojax/tests/sample"
)

// inProcesses is the environment variable of the tests that run in several processes.
const inProcesses = "GOJAX_TEST_PROCESSES"

// TestProcesses runs the cases that have meshes of 2 and of 4 devices between as many processes: of most families, and
// of all but those that compute nothing with GOJAX_TEST_ALL=1.
func TestProcesses(t *testing.T) {
	if OverProcesses {
		t.Skip("this is one of them")
	}
	all := launch.All(t)
	if len(all) == 0 {
		t.Skip("there is no launcher of processes")
	}
	chosen := []string{"shard_map", "grads", "put", "pmap", "jit"}
	if sample.All() {
		chosen = append(chosen, "vmap", "vma", "inside")
	}
	for _, n := range []int{2, 4} {
		r := all[0].Run(t, n, 8*time.Minute, []string{inProcesses + "=1"}, "-test.run=^TestSharding$",
			"-family="+strings.Join(chosen, "|"))
		if r.Err != nil {
			t.Fatalf("%d processes: %v\n%s", n, r.Err, r.Out)
		}
		for _, family := range chosen {
			_, counts, _ := strings.Cut(r.Out, family+": ")
			var passed, total int
			if _, err := fmt.Sscanf(counts, "%d/%d", &passed, &total); err != nil || passed != total || total == 0 {
				t.Errorf("%d processes, %s: %d of %d cases pass: %v", n, family, passed, total, err)
			}
			fmt.Printf("%d processes (%s), %s: %d/%d\n", n, all[0].Name, family, passed, total)
		}
	}
}

package distributed

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/gojax/gojax/backend/mpi"
	"github.com/gojax/gojax/ir"
)

// checker compares what the processes are about to do together: GOJAX_DISTRIBUTED_CHECK.
type checker struct {
	comm *mpi.Comm
	n    uint64 // how many things they have done
}

func (c *checker) check(key, name string, src ir.Src) error {
	c.n++
	sum := sha256.Sum256([]byte(key))
	mine := binary.LittleEndian.AppendUint64(sum[:16], c.n)
	all, err := c.comm.Gather(mine)
	if err != nil {
		return err
	}
	same := true
	for _, b := range all {
		same = same && string(b) == string(mine)
	}
	if same {
		return nil
	}
	lines, err := c.comm.Gather(fixed(fmt.Sprintf("%s at %v", name, src), 512))
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "the processes have come to different things, number %d of what they do together:", c.n)
	for i, l := range lines {
		fmt.Fprintf(&b, "\n  process %d: %s, program %x", i, unfixed(l), all[i][:4])
	}
	b.WriteString("\nAll must run the same programs in the same order, from one goroutine at a time")
	return fmt.Errorf("%s", b.String())
}

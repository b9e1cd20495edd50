package pjrt

import (
	"bytes"
	"os"
	"strconv"
	"strings"
)

// MemoryMaps is how many memory maps this process has, and how many the kernel gives it; 0 where nothing limits them.
// A compiled program takes some, and XLA ends a process that is given no more.
func MemoryMaps() (used, most int) {
	b, err := os.ReadFile("/proc/sys/vm/max_map_count")
	if err != nil {
		return 0, 0
	}
	most, err = strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return 0, 0
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return 0, 0
	}
	return bytes.Count(maps, []byte("\n")), most
}

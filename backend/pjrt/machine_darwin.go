package pjrt

import (
	"syscall"
	"time"
)

func sysctl(name string) string {
	v, _ := syscall.Sysctl(name)
	return v
}

// hardwareMemory is the machine's memory. What of it is available macOS tells only through Mach calls, so a request is
// compared with all of it.
func hardwareMemory() (int64, bool) {
	v, err := syscall.Sysctl("hw.memsize") // eight bytes, little-endian, a trailing zero byte cut off
	if err != nil || len(v) == 0 || len(v) > 8 {
		return 0, false
	}
	n := int64(0)
	for i := range len(v) {
		n |= int64(v[i]) << (8 * i)
	}
	return n, true
}

// changeTime is when the inode of a file was last changed.
func changeTime(s *syscall.Stat_t) time.Time { return time.Unix(s.Ctimespec.Unix()) }

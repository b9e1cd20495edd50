//go:build !darwin

package pjrt

import (
	"syscall"
	"time"
)

// On Linux all of this comes from /proc.
func sysctl(string) string          { return "" }
func hardwareMemory() (int64, bool) { return 0, false }

// changeTime is when the inode of a file was last changed.
func changeTime(s *syscall.Stat_t) time.Time { return time.Unix(s.Ctim.Unix()) }

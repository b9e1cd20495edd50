//go:build !darwin

package pjrt

// On Linux all of this comes from /proc.
func sysctl(string) string          { return "" }
func hardwareMemory() (int64, bool) { return 0, false }

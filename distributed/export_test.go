package distributed

import "time"

// SetPatience sets how long a process waits for others in Init.
func SetPatience(say, end time.Duration) { patience = [2]time.Duration{say, end} }

// SetMost sets how many elements one message has at most, and returns what it was; 0 where the process is alone.
func SetMost(n int64) int64 {
	if state.comm == nil {
		return 0
	}
	return state.comm.SetMost(n)
}

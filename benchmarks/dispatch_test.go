package main

import "testing"

// BenchmarkCalls are the rows of single calls.
func BenchmarkCalls(b *testing.B) {
	for _, r := range dispatchRows {
		b.Run(r.name, func(b *testing.B) {
			f := r.setup()
			f(1)
			b.ReportAllocs()
			b.ResetTimer()
			f(b.N)
		})
	}
}

package pjrt

// Effort is a choice of XLA's passes for the CPU.
type Effort int

const (
	FullEffort Effort = iota
	// LoneEffort is for one operation on elements: it becomes no fusion of one, which has a compiler of its own.
	LoneEffort
	// LeastEffort is for a few elements: each operation is a loop, written as it comes.
	LeastEffort
	// sturdyEffort is for what does not compile with the options that the client has for speed alone.
	sturdyEffort
)

// overrides are the XLA options of an effort.
func (e Effort) overrides() [][2]string {
	return [...][][2]string{
		LoneEffort:   {{"xla_disable_hlo_passes", "fusion-wrapper"}},
		LeastEffort:  {{"xla_disable_hlo_passes", "fusion-wrapper,fusion"}, {"xla_backend_optimization_level", "0"}},
		sturdyEffort: nil,
	}[e]
}

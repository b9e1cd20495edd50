// Package debug looks into programs while they run: it prints values and calls Go functions from inside jitted code,
// loops and mapped functions, finds where a NaN comes from, and where a random key is used twice, draws how arrays
// are cut over devices, and records where the time goes.
//
//	debug.Print("x = %v\n", x)               // when the program runs, also in Jit, Scan and Vmap
//	debug.Callback(record, x)                // a Go function of the value
//	debug.Profile("p.json", f)               // where the time goes, for Perfetto, and a table
//	debug.Progress(n, 100, i)                // how far a compiled loop is
//	debug.NaNs(true)                         // the first NaN is an error at its line, as by GOJAX_DEBUG_NANS=1
//	debug.KeyReuse(true)                     // a key used twice is one, as by GOJAX_DEBUG_KEY_REUSE=1
//	debug.VisualizeArraySharding(x)          // which device holds which part of x
package debug

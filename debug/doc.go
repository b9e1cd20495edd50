// Package debug looks into programs while they run: it prints values and calls Go functions from inside jitted code,
// loops and mapped functions, and finds where a NaN comes from, and where a random key is used twice.
package debug

// Package transforms tests that transformations agree with each other: on random programs, jit is eager evaluation,
// vmap is a stacked loop, forward and reverse mode are transposes of each other and follow central differences, and
// their compositions commute.
package transforms

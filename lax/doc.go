// Package lax has the functions of jax.lax: control flow over trees of arrays, collective operations over named axes, and the strict
// forms of the operations that package jnp's functions are made of.
package lax

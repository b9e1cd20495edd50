// Package files is what packages jnp and checkpoint share about files: Replace, which writes one whole or not at all,
// and Header, the description of the arrays in a .safetensors file.
package files

// Package files is what packages jnp, checkpoint, export and serve share about files: Replace, which writes one whole
// or not at all, Header, the description of the arrays in a .safetensors file, and NPYHeader, that of one in a .npy
// file.
package files

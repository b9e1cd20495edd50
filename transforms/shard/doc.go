// Package shard runs functions on the blocks into which a mesh of devices cuts their arguments: ShardMap is what the
// root package exports. The function is recorded once, on the types of blocks and with the axes of the mesh open as
// named axes, and becomes one operation on whole arrays (ops.ShardMap).
package shard

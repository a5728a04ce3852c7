// Package maps is what packages of a Go tree ask about maps. The tables themselves are the runtime's.
package maps

// Use64BitHash says that hashes of keys have 64 bits.
const Use64BitHash = true

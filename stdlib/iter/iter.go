// Package iter defines what a range-over-func loop ranges over.
//
// An iterator is a function that calls yield with one element after another
// and stops as soon as yield returns false.  By custom a method that returns
// an iterator over all of a collection is called All, and the description of
// an iterator says whether it can be used once only.
package iter

// Seq is an iterator over single values.
type Seq[V any] func(yield func(V) bool)

// Seq2 is an iterator over pairs, such as key and value or index and value.
type Seq2[K, V any] func(yield func(K, V) bool)

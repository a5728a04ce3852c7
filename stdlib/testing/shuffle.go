package testing

import "math/rand"

// shuffler gives the same order for the same seed as other toolchains: math/rand's generator, one for all tables.
type shuffler struct{ r *rand.Rand }

func newShuffler(seed int64) shuffler { return shuffler{rand.New(rand.NewSource(seed))} }

func (s shuffler) shuffle(n int, swap func(i, j int)) { s.r.Shuffle(n, swap) }

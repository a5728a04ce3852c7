package rand_test

import (
	old "math/rand"
	"math/rand/v2"
	"testing"
)

// Seeded sequences are part of the interface: programs rely on them.
func TestSequences(t *testing.T) {
	pcg := rand.NewPCG(1, 2)
	chacha := rand.NewChaCha8([32]byte([]byte("chacha8: 32-byte seed for a test")))
	lagged := old.New(old.NewSource(1))
	for i, want := range []uint64{
		0xc4f5a58656eef510,
		0x9dcec3ad077dec6c,
	} {
		if got := pcg.Uint64(); got != want {
			t.Errorf("PCG %d: %#x", i, got)
		}
	}
	var sum uint64
	for range 1000 {
		sum = sum*3 + chacha.Uint64()
	}
	if sum != 0x6cff958fb40d6d0c {
		t.Errorf("ChaCha8: %#x", sum)
	}
	sum = 0
	for range 1000 {
		sum = sum*3 + lagged.Uint64()
	}
	if sum != 0xbbd4ce6c2400a1f {
		t.Errorf("NewSource: %#x", sum)
	}
	if got := lagged.Perm(5); got[0] != 0 || got[4] != 1 {
		t.Error(got)
	}
}

func TestDistributions(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var normal, squares, exponential float64
	const n = 200000
	for range n {
		x := r.NormFloat64()
		normal += x
		squares += x * x
		exponential += r.ExpFloat64()
	}
	near := func(name string, got, want float64) {
		if got < want-0.02 || want+0.02 < got {
			t.Errorf("%s is %v", name, got)
		}
	}
	near("mean of the normal distribution", normal/n, 0)
	near("its variance", squares/n, 1)
	near("mean of the exponential distribution", exponential/n, 1)
}

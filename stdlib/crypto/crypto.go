// Package crypto has what cryptographic packages share: the registry of hash
// functions and the interfaces of keys.
package crypto

import (
	"hash"
	"io"
	"strconv"
)

// Hash names a hash function that is in another package.  Importing that package
// makes it available here.
type Hash uint

// HashFunc returns h, which makes a Hash a [SignerOpts].
func (h Hash) HashFunc() Hash { return h }

// Hash functions, and where they are.
const (
	MD4         Hash = 1 + iota // golang.org/x/crypto/md4
	MD5                         // crypto/md5
	SHA1                        // crypto/sha1
	SHA224                      // crypto/sha256
	SHA256                      // crypto/sha256
	SHA384                      // crypto/sha512
	SHA512                      // crypto/sha512
	MD5SHA1                     // nowhere; both one after the other, in TLS with RSA
	RIPEMD160                   // golang.org/x/crypto/ripemd160
	SHA3_224                    // crypto/sha3
	SHA3_256                    // crypto/sha3
	SHA3_384                    // crypto/sha3
	SHA3_512                    // crypto/sha3
	SHA512_224                  // crypto/sha512
	SHA512_256                  // crypto/sha512
	BLAKE2s_256                 // golang.org/x/crypto/blake2s
	BLAKE2b_256                 // golang.org/x/crypto/blake2b
	BLAKE2b_384                 // golang.org/x/crypto/blake2b
	BLAKE2b_512                 // golang.org/x/crypto/blake2b

	// MLDSAMu stands for an input of ML-DSA that is already the representative μ
	// of the message.  It cannot be computed here.
	MLDSAMu

	maxHash
)

// hashes has the name and the size of each function, and its constructor once
// its package has registered it.
var hashes = [maxHash]struct {
	name string
	size int
	new  func() hash.Hash
}{
	MD4:         {"MD4", 16, nil},
	MD5:         {"MD5", 16, nil},
	SHA1:        {"SHA-1", 20, nil},
	SHA224:      {"SHA-224", 28, nil},
	SHA256:      {"SHA-256", 32, nil},
	SHA384:      {"SHA-384", 48, nil},
	SHA512:      {"SHA-512", 64, nil},
	MD5SHA1:     {"MD5+SHA1", 36, nil},
	RIPEMD160:   {"RIPEMD-160", 20, nil},
	SHA3_224:    {"SHA3-224", 28, nil},
	SHA3_256:    {"SHA3-256", 32, nil},
	SHA3_384:    {"SHA3-384", 48, nil},
	SHA3_512:    {"SHA3-512", 64, nil},
	SHA512_224:  {"SHA-512/224", 28, nil},
	SHA512_256:  {"SHA-512/256", 32, nil},
	BLAKE2s_256: {"BLAKE2s-256", 32, nil},
	BLAKE2b_256: {"BLAKE2b-256", 32, nil},
	BLAKE2b_384: {"BLAKE2b-384", 48, nil},
	BLAKE2b_512: {"BLAKE2b-512", 64, nil},
	MLDSAMu:     {"ML-DSA μ message representative", 64, nil},
}

// String returns the function's name.
func (h Hash) String() string {
	if h > 0 && h < maxHash {
		return hashes[h].name
	}
	return "unknown hash value " + strconv.Itoa(int(h))
}

// Size returns the length of the function's results in bytes, also if its package
// is not linked in.
func (h Hash) Size() int {
	if h > 0 && h < maxHash {
		return hashes[h].size
	}
	panic("crypto: Size of unknown hash function")
}

// New returns a new hash.Hash.  It panics if the function's package is not linked
// in.
func (h Hash) New() hash.Hash {
	if h > 0 && h < maxHash {
		if f := hashes[h].new; f != nil {
			return f()
		}
	}
	panic("crypto: requested hash function unavailable: " + h.String())
}

// Available tells whether the function's package is linked in.
func (h Hash) Available() bool { return h < maxHash && hashes[h].new != nil }

// RegisterHash makes f the constructor of h.  The package that has h calls it when
// it is initialised.
func RegisterHash(h Hash, f func() hash.Hash) {
	if h >= maxHash {
		panic("crypto: RegisterHash of unknown hash function")
	}
	hashes[h].new = f
}

// PublicKey is a public key of any kind.  Those of the standard library have a
// method
//
//	Equal(x crypto.PublicKey) bool
type PublicKey any

// PrivateKey is a private key of any kind.  Those of the standard library have the
// methods
//
//	Public() crypto.PublicKey
//	Equal(x crypto.PrivateKey) bool
//
// and those of [Signer], [Decrypter] and so on as they can be used.
type PrivateKey any

// Signer is a private key that can sign, wherever it is kept.
type Signer interface {
	// Public returns the public key.
	Public() PublicKey

	// Sign signs digest, the hash of the message by opts.HashFunc(), with random
	// numbers from rand where the scheme needs them.  Types of opts other than
	// Hash may carry further options.
	Sign(rand io.Reader, digest []byte, opts SignerOpts) (signature []byte, err error)
}

// MessageSigner is a [Signer] that can hash messages itself.  Both methods give the
// same result for the same opts; a signer that cannot take hashes returns an error
// from Sign.
type MessageSigner interface {
	Signer
	SignMessage(rand io.Reader, msg []byte, opts SignerOpts) (signature []byte, err error)
}

// SignerOpts are options of [Signer.Sign].
type SignerOpts interface {
	// HashFunc returns the function that the message was hashed with, 0 if it
	// was not.
	HashFunc() Hash
}

// SignMessage signs msg: with the method of that name if signer has it, else by
// hashing it with opts.HashFunc() and signing that.
func SignMessage(signer Signer, rand io.Reader, msg []byte, opts SignerOpts) (signature []byte, err error) {
	if s, ok := signer.(MessageSigner); ok {
		return s.SignMessage(rand, msg, opts)
	}
	if opts.HashFunc() != 0 {
		h := opts.HashFunc().New()
		h.Write(msg)
		msg = h.Sum(nil)
	}
	return signer.Sign(rand, msg, opts)
}

// Decrypter is a private key that can decrypt, wherever it is kept.
type Decrypter interface {
	// Public returns the public key.
	Public() PublicKey

	// Decrypt decrypts msg; which opts there are depends on the scheme.
	Decrypt(rand io.Reader, msg []byte, opts DecrypterOpts) (plaintext []byte, err error)
}

// DecrypterOpts are options of [Decrypter.Decrypt].
type DecrypterOpts any

// Encapsulator is a public key of a key encapsulation mechanism.
type Encapsulator interface {
	// Bytes returns the encoded key.
	Bytes() []byte

	// Encapsulate makes a shared key, and the ciphertext that carries it.
	Encapsulate() (sharedKey, ciphertext []byte)
}

// Decapsulator is a private key of a key encapsulation mechanism, wherever it is
// kept.
type Decapsulator interface {
	// Encapsulator returns the public key.
	Encapsulator() Encapsulator

	// Decapsulate gets the shared key out of a ciphertext.
	Decapsulate(ciphertext []byte) (sharedKey []byte, err error)
}

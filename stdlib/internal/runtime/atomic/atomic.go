// Package atomic has the atomic operations that packages of a Go tree share with the runtime. All of them are
// sequentially consistent, so the variants with weaker ordering are the same.
package atomic

import (
	"sync/atomic"
	"unsafe"
)

// Load gives *p.
func Load(p *uint32) uint32 { return atomic.LoadUint32(p) }

// LoadAcq is Load.
func LoadAcq(p *uint32) uint32 { return atomic.LoadUint32(p) }

// Load64 gives *p.
func Load64(p *uint64) uint64 { return atomic.LoadUint64(p) }

// Loaduintptr gives *p.
func Loaduintptr(p *uintptr) uintptr { return atomic.LoadUintptr(p) }

// LoadAcquintptr is Loaduintptr.
func LoadAcquintptr(p *uintptr) uintptr { return atomic.LoadUintptr(p) }

// Loadp gives *(*unsafe.Pointer)(p).
func Loadp(p unsafe.Pointer) unsafe.Pointer { return atomic.LoadPointer((*unsafe.Pointer)(p)) }

// Store sets *p.
func Store(p *uint32, v uint32) { atomic.StoreUint32(p, v) }

// StoreRel is Store.
func StoreRel(p *uint32, v uint32) { atomic.StoreUint32(p, v) }

// Store64 sets *p.
func Store64(p *uint64, v uint64) { atomic.StoreUint64(p, v) }

// Storeuintptr sets *p.
func Storeuintptr(p *uintptr, v uintptr) { atomic.StoreUintptr(p, v) }

// StoreReluintptr is Storeuintptr.
func StoreReluintptr(p *uintptr, v uintptr) { atomic.StoreUintptr(p, v) }

// Cas sets *p to v if it is old.
func Cas(p *uint32, old, v uint32) bool { return atomic.CompareAndSwapUint32(p, old, v) }

// Cas64 sets *p to v if it is old.
func Cas64(p *uint64, old, v uint64) bool { return atomic.CompareAndSwapUint64(p, old, v) }

// Casuintptr sets *p to v if it is old.
func Casuintptr(p *uintptr, old, v uintptr) bool { return atomic.CompareAndSwapUintptr(p, old, v) }

// Xadd adds to *p and gives the sum.
func Xadd(p *uint32, delta int32) uint32 { return atomic.AddUint32(p, uint32(delta)) }

// Xadd64 adds to *p and gives the sum.
func Xadd64(p *uint64, delta int64) uint64 { return atomic.AddUint64(p, uint64(delta)) }

// Xchg sets *p and gives what it was.
func Xchg(p *uint32, v uint32) uint32 { return atomic.SwapUint32(p, v) }

// The types of sync/atomic under the names of this package.
type (
	Int32          = atomic.Int32
	Int64          = atomic.Int64
	Uint32         = atomic.Uint32
	Uint64         = atomic.Uint64
	Uintptr        = atomic.Uintptr
	Bool           = atomic.Bool
	Pointer[T any] = atomic.Pointer[T]
)

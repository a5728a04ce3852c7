package sync

import (
	"internal/abi"
	"unsafe"
)

// Provided by the runtime.

func runtime_Semacquire(s *uint32)
func runtime_SemacquireWaitGroup(s *uint32)
func runtime_SemacquireMutex(s *uint32, lifo bool)
func runtime_SemacquireRWMutexR(s *uint32, lifo bool)
func runtime_SemacquireRWMutex(s *uint32, lifo bool)
func runtime_Semrelease(s *uint32, handoff bool)

func runtime_canSpin(i int) bool
func runtime_doSpin()
func runtime_nanotime() int64

// notifyList is the queue of a Cond; the runtime alone looks into it.
type notifyList struct {
	wait   uint32
	notify uint32
	lock   uintptr
	head   unsafe.Pointer
	tail   unsafe.Pointer
}

func runtime_notifyListAdd(l *notifyList) uint32
func runtime_notifyListWait(l *notifyList, ticket uint32)
func runtime_notifyListNotifyAll(l *notifyList)
func runtime_notifyListNotifyOne(l *notifyList)

func runtime_procPin() int
func runtime_procUnpin()
func runtime_registerPoolCleanup(f func())

func typehash(t *abi.Type, p unsafe.Pointer, seed uintptr) uintptr

func fatal(s string)
func throw(s string)

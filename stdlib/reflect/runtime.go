package reflect

import (
	"internal/abi"
	"unsafe"
)

// Provided by the runtime; docs/STDCONTRACT.md has the details.

func typedmemmove(t *abi.Type, dst, src unsafe.Pointer)
func typedmemclr(t *abi.Type, p unsafe.Pointer)
func typedarrayclear(t *abi.Type, p unsafe.Pointer, n int)
func typedslicecopy(t *abi.Type, dst, src unsafe.Pointer, n int)
func growslice(t *abi.Type, old unsafe.Pointer, oldLen, oldCap, num int) (p unsafe.Pointer, newCap int)
func unsafe_New(t *abi.Type) unsafe.Pointer
func unsafe_NewArray(t *abi.Type, n int) unsafe.Pointer
func ifaceE2I(t *abi.Type, src any, dst unsafe.Pointer)
func itabFor(inter, t *abi.Type) *abi.ITab
func typehash(t *abi.Type, p unsafe.Pointer, seed uintptr) uintptr

func resolveTextOff(base unsafe.Pointer, off int32) unsafe.Pointer
func addReflectOff(p unsafe.Pointer) int32
func typelinks() (base unsafe.Pointer, offs []int32)
func initMapType(t *abi.MapType)

func makemap(t *abi.Type, hint int) unsafe.Pointer
func maplen(m unsafe.Pointer) int
func mapaccess(t *abi.Type, m, key unsafe.Pointer) unsafe.Pointer
func mapassign0(t *abi.Type, m, key, elem unsafe.Pointer)
func mapdelete(t *abi.Type, m, key unsafe.Pointer)
func mapclear(t *abi.Type, m unsafe.Pointer)
func mapiterinit(t *abi.Type, m unsafe.Pointer, it unsafe.Pointer)
func mapiternext(it unsafe.Pointer)

func makechan(t *abi.Type, size int) unsafe.Pointer
func chanlen(ch unsafe.Pointer) int
func chancap(ch unsafe.Pointer) int
func chansend0(ch, elem unsafe.Pointer, nb bool) (sent bool)
func chanrecv(ch unsafe.Pointer, nb bool, dst unsafe.Pointer) (selected, received bool)
func chanclose(ch unsafe.Pointer)
func rselect(cases []runtimeSelect) (chosen int, recvOK bool)

func call(fn unsafe.Pointer, t *abi.FuncType, args, results unsafe.Pointer)
func callMethod(code, rcvr unsafe.Pointer, t *abi.FuncType, args, results unsafe.Pointer)
func makeFuncCode(t *abi.FuncType, call func(closure *funcObject, args, results unsafe.Pointer)) unsafe.Pointer

// mapIterator is the runtime's iterator: where key and element of the entry are, and words of its own.
type mapIterator struct {
	key  unsafe.Pointer // nil at the end
	elem unsafe.Pointer
	_    [3]unsafe.Pointer
	_    [7]uintptr
}

// runtimeSelect is one case of a select.
type runtimeSelect struct {
	dir uintptr
	typ unsafe.Pointer
	ch  unsafe.Pointer
	val unsafe.Pointer
}

// zeroVal is where zero values of small types point to.
var zeroVal [abi.ZeroValSize]byte

//! Runtime entries that compiled code calls (`call_rt`). One table for both sides: lower and codegen look names up
//! here, the runtime defines exactly these symbols.

/// What a parameter or result is: `P` pointer, `I` 64-bit integer (smaller values are extended by the caller).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    P,
    I,
}
use Word::{I, P};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    pub symbol: &'static str,
    pub params: &'static [Word],
    pub results: &'static [Word],
    /// Runs on the goroutine stack, no safepoint, cannot allocate, park or panic.
    pub leaf: bool,
    /// Never returns to the caller.
    pub no_return: bool,
    /// Pointer arguments are only read or written during the call, never kept (escape analysis relies on it): bit i = argument i.
    pub no_escape: u8,
}

const fn rt(symbol: &'static str, params: &'static [Word], results: &'static [Word], no_escape: u8) -> Entry {
    Entry { symbol, params, results, leaf: false, no_return: false, no_escape }
}
const fn leaf(symbol: &'static str, params: &'static [Word], results: &'static [Word]) -> Entry {
    Entry { symbol, params, results, leaf: true, no_return: false, no_escape: 0xff }
}
const fn diverges(symbol: &'static str, params: &'static [Word]) -> Entry {
    Entry { symbol, params, results: &[], leaf: false, no_return: true, no_escape: 0 }
}

/// Every entry. `lower` finds one with [`find`]; the order is of no meaning.
pub const ENTRIES: &[Entry] = &[
    // Allocation. typ: *Type. The memory is zeroed.
    rt("gorc_newobject", &[P], &[P], 1),
    // (elem type, n) → array memory; raises MAKESLICE_LEN when out of range
    rt("gorc_newarray", &[P, I], &[P], 1),
    // (elem type, len, cap) → array memory; raises MAKESLICE_LEN / MAKESLICE_CAP
    rt("gorc_makeslice", &[P, I, I], &[P], 1),
    // (old pointer, new length, old capacity, number of new elements, elem type) → (pointer, new capacity); old elements copied, rest zeroed beyond new length
    rt("gorc_growslice", &[P, I, I, I, P], &[P, I], 0b10001),
    // Strings.
    // (a, len a, b, len b) → string
    rt("gorc_concatstring2", &[P, I, P, I], &[P, I], 0),
    rt("gorc_concatstring3", &[P, I, P, I, P, I], &[P, I], 0),
    // (address of n string headers, n) → string
    rt("gorc_concatstrings", &[P, I], &[P, I], 1),
    rt("gorc_slicebytetostring", &[P, I], &[P, I], 1),
    // → (pointer, capacity)
    rt("gorc_stringtoslicebyte", &[P, I], &[P, I], 1),
    // (string, length, address of the result slice {ptr, len, cap}, null or room for 32 runes to use if they are enough)
    rt("gorc_stringtoslicerune", &[P, I, P, P], &[], 0b1101),
    rt("gorc_slicerunetostring", &[P, I], &[P, I], 1),
    // (rune as i64) → string
    rt("gorc_intstring", &[I], &[P, I], 0),
    // (string, length, index) → (rune, index after it); index < length
    leaf("gorc_decoderune", &[P, I, I], &[I, I]),
    // (a, len a, b, len b) → -1, 0, 1
    leaf("gorc_cmpstring", &[P, I, P, I], &[I]),
    // (p, q, bytes) → 1 if equal
    leaf("gorc_memequal", &[P, P, I], &[I]),
    // (destination, source, bytes), may overlap
    leaf("gorc_memmove", &[P, P, I], &[]),
    // (address, bytes)
    leaf("gorc_memclr", &[P, I], &[]),
    // Interfaces.
    // (interface type, dynamic type) → itab; raises ASSERT_INTERFACE when missing (type may be null)
    rt("gorc_assertE2I", &[P, P], &[P], 3),
    // → itab or null
    rt("gorc_assertE2I2", &[P, P], &[P], 3),
    // (type, data word a, data word b) → equal; both of the given dynamic type (not null); raises UNCOMPARABLE
    rt("gorc_efaceeq", &[P, P, P], &[I], 7),
    // (type, address a, address b) → equal, for values in memory of that type; raises UNCOMPARABLE
    rt("gorc_typeequal", &[P, P, P], &[I], 7),
    // Maps. m may be null where Go allows it; key and element by address.
    rt("gorc_makemap", &[P, I], &[P], 1),
    // (map type, map, key address) → element address, or of a zero value
    rt("gorc_mapaccess1", &[P, P, P], &[P], 0b101),
    rt("gorc_mapaccess2", &[P, P, P], &[P, I], 0b101),
    // → element address to store to; raises NIL_MAP_WRITE, UNHASHABLE
    rt("gorc_mapassign", &[P, P, P], &[P], 0b101),
    rt("gorc_mapdelete", &[P, P, P], &[], 0b111),
    rt("gorc_mapclear", &[P, P], &[], 3),
    // Keys by value: 32-bit and 64-bit memory-comparable keys, strings.
    rt("gorc_mapaccess1_fast32", &[P, P, I], &[P], 1),
    rt("gorc_mapaccess2_fast32", &[P, P, I], &[P, I], 1),
    rt("gorc_mapassign_fast32", &[P, P, I], &[P], 1),
    rt("gorc_mapaccess1_fast64", &[P, P, I], &[P], 1),
    rt("gorc_mapaccess2_fast64", &[P, P, I], &[P, I], 1),
    rt("gorc_mapassign_fast64", &[P, P, I], &[P], 1),
    rt("gorc_mapaccess1_faststr", &[P, P, P, I], &[P], 0b101),
    rt("gorc_mapaccess2_faststr", &[P, P, P, I], &[P, I], 0b101),
    rt("gorc_mapassign_faststr", &[P, P, P, I], &[P], 1),
    // (map type, map, iterator address): iterator words 0, 1 are key and element address; key null = end
    rt("gorc_mapiterinit", &[P, P, P], &[], 0b101),
    rt("gorc_mapiternext", &[P], &[], 1),
    // Channels. Element by address, which may be in the caller's frame.
    rt("gorc_makechan", &[P, I], &[P], 1),
    rt("gorc_chansend", &[P, P], &[], 3),
    // (channel, address or null) → received from an open channel
    rt("gorc_chanrecv", &[P, P], &[I], 3),
    rt("gorc_closechan", &[P], &[], 1),
    // (channel, element) → sent
    rt("gorc_selectnbsend", &[P, P], &[I], 3),
    // (element address, channel) → (selected, received)
    rt("gorc_selectnbrecv", &[P, P], &[I, I], 3),
    // (address of n cases {channel, element address}, sends come first: number of sends, number of receives, may block) → (index in the array or -1, received)
    rt("gorc_selectgo", &[P, I, I, I], &[I, I], 1),
    // `select {}`
    diverges("gorc_block", &[]),
    // Goroutines, panics.
    // (closure without parameters): the closure must be on the heap
    rt("gorc_newproc", &[P], &[], 0),
    diverges("gorc_gopanic", &[P, P]),
    // (frame pointer of the function that calls recover) → eface
    rt("gorc_gorecover", &[P], &[P, P], 1),
    diverges("gorc_goexit", &[]),
    // print and println; floats as bits. printlock/printunlock keep one statement together.
    rt("gorc_printlock", &[], &[], 0),
    rt("gorc_printunlock", &[], &[], 0),
    rt("gorc_printbool", &[I], &[], 0),
    rt("gorc_printint", &[I], &[], 0),
    rt("gorc_printuint", &[I], &[], 0),
    rt("gorc_printhex", &[I], &[], 0),
    // bits of a float64
    rt("gorc_printfloat64", &[I], &[], 0),
    // bits of a float32
    rt("gorc_printfloat32", &[I], &[], 0),
    rt("gorc_printcomplex128", &[I, I], &[], 0),
    rt("gorc_printcomplex64", &[I, I], &[], 0),
    rt("gorc_printstring", &[P, I], &[], 1),
    rt("gorc_printpointer", &[P], &[], 1),
    // (type or itab word, data)
    rt("gorc_printeface", &[P, P], &[], 3),
    rt("gorc_printiface", &[P, P], &[], 3),
    rt("gorc_printslice", &[P, I, I], &[], 1),
    rt("gorc_printnl", &[], &[], 0),
    rt("gorc_printsp", &[], &[], 0),
];

pub fn find(symbol: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|e| e.symbol == symbol)
}

/// Data symbols of the runtime: 256 × u64 with the values 0..=255 (interfaces of bytes point here); the address of all zero-size objects; 1024 zero bytes.
pub const STATIC_UINT64S: &str = "gorc_staticuint64s";
pub const ZERO_BASE: &str = "gorc_zerobase";
pub const ZERO_VALUE: &str = "gorc_zeroval";
/// Called by the cold path of stack checks and polls (PreserveAll).
pub const MORESTACK: &str = "gorc_morestack";
/// Return address of the deferred calls made by a panic (recover looks for it); outermost return address of a goroutine.
pub const PANIC_CALL_PC: &str = "gorc_panic_call_pc";
pub const GOEXIT_PC: &str = "gorc_goexit_pc";

/// Words of a map iterator; bit i = word i is a pointer.
pub const MAP_ITER_WORDS: usize = 12;
pub const MAP_ITER_POINTERS: u64 = 0b11111;

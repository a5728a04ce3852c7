//! Runtime entries of allocation, slices, strings, interfaces, maps and printing: thin, one for each row of `abi::rt` that belongs to them.

use crate::iface::{self, ITab};
use crate::macros::{Pair, pair};
use crate::map::{self, Iter, Map};
use crate::print::{self, Out, Sink};
use crate::string::{self, GoString};
use crate::typedesc::{InterfaceType, MapType, SliceHeader, Type};
use crate::{hash, slice};

fn string_pair(s: GoString) -> Pair {
    pair(s.ptr as usize, s.len)
}

fn found((elem, ok): (*mut u8, bool)) -> Pair {
    pair(elem as usize, usize::from(ok))
}

const fn str_of(ptr: *const u8, len: usize) -> GoString {
    GoString { ptr, len }
}

// SAFETY (all entries): compiled code passes what `abi::rt` says: complete descriptors, live memory of the right type and size.

entry!(
    "gorc_newobject",
    fn newobject(typ: *const Type) -> *mut u8 {
        // SAFETY: see above.
        unsafe { slice::newobject(&*typ) }
    }
);
entry!(
    "gorc_newarray",
    fn newarray(elem: *const Type, n: isize) -> *mut u8 {
        // SAFETY: see above.
        unsafe { slice::newarray(&*elem, n) }
    }
);
entry!(
    "gorc_makeslice",
    fn makeslice(elem: *const Type, len: isize, cap: isize) -> *mut u8 {
        // SAFETY: see above.
        unsafe { slice::makeslice(&*elem, len, cap) }
    }
);
entry!(
    "gorc_growslice",
    fn growslice(old: *const u8, new_len: isize, old_cap: usize, num: usize, elem: *const Type) -> Pair {
        // SAFETY: see above.
        let (p, cap) = unsafe { slice::growslice(old, new_len, old_cap, num, &*elem) };
        pair(p as usize, cap)
    }
);

entry!(
    "gorc_concatstring2",
    fn concatstring2(a: *const u8, a_len: usize, b: *const u8, b_len: usize) -> Pair {
        // SAFETY: see above.
        string_pair(unsafe { string::concat(&[str_of(a, a_len), str_of(b, b_len)]) })
    }
);
entry!(
    "gorc_concatstring3",
    fn concatstring3(a: *const u8, a_len: usize, b: *const u8, b_len: usize, c: *const u8, c_len: usize) -> Pair {
        // SAFETY: see above.
        string_pair(unsafe { string::concat(&[str_of(a, a_len), str_of(b, b_len), str_of(c, c_len)]) })
    }
);
entry!(
    "gorc_concatstrings",
    fn concatstrings(parts: *const GoString, n: usize) -> Pair {
        // SAFETY: see above.
        string_pair(unsafe { string::concat(core::slice::from_raw_parts(parts, n)) })
    }
);
entry!(
    "gorc_slicebytetostring",
    fn slicebytetostring(p: *const u8, len: usize) -> Pair {
        // SAFETY: see above.
        string_pair(unsafe { string::slice_byte_to_string(p, len) })
    }
);
entry!(
    "gorc_stringtoslicebyte",
    fn stringtoslicebyte(p: *const u8, len: usize) -> Pair {
        // SAFETY: see above.
        let (p, cap) = unsafe { string::string_to_slice_byte(p, len) };
        pair(p as usize, cap)
    }
);
entry!(
    "gorc_stringtoslicerune",
    fn stringtoslicerune(p: *const u8, len: usize, result: *mut SliceHeader<u32>, room: *mut [u32; 32]) {
        // SAFETY: see above.
        unsafe { string::string_to_slice_rune(p, len, result, room) }
    }
);
entry!(
    "gorc_slicerunetostring",
    fn slicerunetostring(runes: *const u32, n: usize) -> Pair {
        // SAFETY: see above.
        string_pair(unsafe { string::slice_rune_to_string(runes, n) })
    }
);
entry!(
    "gorc_intstring",
    fn intstring(value: i64) -> Pair {
        // SAFETY: see above.
        string_pair(unsafe { string::int_string(value) })
    }
);

/// Leaf: runs on the goroutine's stack.
///
/// # Safety
/// `p` is readable for `len` bytes, idx < len.
#[cfg_attr(not(test), unsafe(no_mangle))]
pub unsafe extern "C" fn gorc_decoderune(p: *const u8, len: usize, idx: usize) -> Pair {
    // SAFETY: the caller's promise.
    let (rune, after) = unsafe { string::decode_rune(p, len, idx) };
    pair(rune as usize, after)
}

entry!(
    "gorc_assertE2I",
    fn assert_e2i(inter: *const InterfaceType, typ: *const Type) -> *const ITab {
        // SAFETY: see above.
        unsafe { iface::assert_e2i(inter, typ) }
    }
);
entry!(
    "gorc_assertE2I2",
    fn assert_e2i2(inter: *const InterfaceType, typ: *const Type) -> *const ITab {
        // SAFETY: see above.
        unsafe { iface::assert_e2i2(inter, typ) }
    }
);
entry!(
    "gorc_efaceeq",
    fn efaceeq(typ: *const Type, a: *const u8, b: *const u8) -> usize {
        // SAFETY: see above.
        usize::from(unsafe { hash::efaceeq(&*typ, a, b) })
    }
);
entry!(
    "gorc_typeequal",
    fn typeequal(typ: *const Type, a: *const u8, b: *const u8) -> usize {
        // SAFETY: see above.
        usize::from(unsafe { hash::typeequal(&*typ, a, b) })
    }
);

entry!(
    "gorc_makemap",
    fn makemap(t: *const MapType, hint: isize) -> *mut Map {
        // SAFETY: see above.
        unsafe { map::makemap(&*t, hint) }
    }
);
entry!(
    "gorc_mapaccess1",
    fn mapaccess1(t: *const MapType, m: *mut Map, key: *const u8) -> *mut u8 {
        // SAFETY: see above.
        unsafe { map::mapaccess1(&*t, m, key) }
    }
);
entry!(
    "gorc_mapaccess2",
    fn mapaccess2(t: *const MapType, m: *mut Map, key: *const u8) -> Pair {
        // SAFETY: see above.
        found(unsafe { map::mapaccess2(&*t, m, key) })
    }
);
entry!(
    "gorc_mapassign",
    fn mapassign(t: *const MapType, m: *mut Map, key: *const u8) -> *mut u8 {
        // SAFETY: see above.
        unsafe { map::mapassign(&*t, m, key) }
    }
);
entry!(
    "gorc_mapdelete",
    fn mapdelete(t: *const MapType, m: *mut Map, key: *const u8) {
        // SAFETY: see above.
        unsafe { map::mapdelete(&*t, m, key) }
    }
);
entry!(
    "gorc_mapclear",
    fn mapclear(t: *const MapType, m: *mut Map) {
        // SAFETY: see above.
        unsafe { map::mapclear(&*t, m) }
    }
);
entry!(
    "gorc_mapaccess1_fast32",
    fn mapaccess1_fast32(t: *const MapType, m: *mut Map, key: usize) -> *mut u8 {
        // SAFETY: see above.
        unsafe { map::mapaccess1_fast32(&*t, m, key as u32) }
    }
);
entry!(
    "gorc_mapaccess2_fast32",
    fn mapaccess2_fast32(t: *const MapType, m: *mut Map, key: usize) -> Pair {
        // SAFETY: see above.
        found(unsafe { map::mapaccess2_fast32(&*t, m, key as u32) })
    }
);
entry!(
    "gorc_mapassign_fast32",
    fn mapassign_fast32(t: *const MapType, m: *mut Map, key: usize) -> *mut u8 {
        // SAFETY: see above.
        unsafe { map::mapassign_fast32(&*t, m, key as u32) }
    }
);
entry!(
    "gorc_mapaccess1_fast64",
    fn mapaccess1_fast64(t: *const MapType, m: *mut Map, key: u64) -> *mut u8 {
        // SAFETY: see above.
        unsafe { map::mapaccess1_fast64(&*t, m, key) }
    }
);
entry!(
    "gorc_mapaccess2_fast64",
    fn mapaccess2_fast64(t: *const MapType, m: *mut Map, key: u64) -> Pair {
        // SAFETY: see above.
        found(unsafe { map::mapaccess2_fast64(&*t, m, key) })
    }
);
entry!(
    "gorc_mapassign_fast64",
    fn mapassign_fast64(t: *const MapType, m: *mut Map, key: u64) -> *mut u8 {
        // SAFETY: see above.
        unsafe { map::mapassign_fast64(&*t, m, key) }
    }
);
entry!(
    "gorc_mapaccess1_faststr",
    fn mapaccess1_faststr(t: *const MapType, m: *mut Map, p: *const u8, len: usize) -> *mut u8 {
        // SAFETY: see above.
        unsafe { map::mapaccess1_faststr(&*t, m, p, len) }
    }
);
entry!(
    "gorc_mapaccess2_faststr",
    fn mapaccess2_faststr(t: *const MapType, m: *mut Map, p: *const u8, len: usize) -> Pair {
        // SAFETY: see above.
        found(unsafe { map::mapaccess2_faststr(&*t, m, p, len) })
    }
);
entry!(
    "gorc_mapassign_faststr",
    fn mapassign_faststr(t: *const MapType, m: *mut Map, p: *const u8, len: usize) -> *mut u8 {
        // SAFETY: see above.
        unsafe { map::mapassign_faststr(&*t, m, p, len) }
    }
);
entry!(
    "gorc_mapiterinit",
    fn mapiterinit(t: *const MapType, m: *mut Map, it: *mut Iter) {
        // SAFETY: see above.
        unsafe { map::mapiterinit(&*t, m, it) }
    }
);
entry!(
    "gorc_mapiternext",
    fn mapiternext(it: *mut Iter) {
        // SAFETY: see above.
        unsafe { map::mapiternext(&mut *it) }
    }
);

entry!(
    "gorc_printlock",
    fn printlock() {
        print::printlock()
    }
);
entry!(
    "gorc_printunlock",
    fn printunlock() {
        print::printunlock()
    }
);
entry!(
    "gorc_printbool",
    fn printbool(v: usize) {
        Out.push_str(if v as u8 != 0 { "true" } else { "false" })
    }
);
entry!(
    "gorc_printint",
    fn printint(v: i64) {
        Out.push_int(v)
    }
);
entry!(
    "gorc_printuint",
    fn printuint(v: u64) {
        Out.push_uint(v)
    }
);
entry!(
    "gorc_printhex",
    fn printhex(v: u64) {
        Out.push_hex(v)
    }
);
entry!(
    "gorc_printfloat64",
    fn printfloat64(bits: u64) {
        Out.push_float64(f64::from_bits(bits))
    }
);
entry!(
    "gorc_printfloat32",
    fn printfloat32(bits: u64) {
        Out.push_float32(f32::from_bits(bits as u32))
    }
);
entry!(
    "gorc_printcomplex128",
    fn printcomplex128(re: u64, im: u64) {
        Out.push_complex128(f64::from_bits(re), f64::from_bits(im))
    }
);
entry!(
    "gorc_printcomplex64",
    fn printcomplex64(re: u64, im: u64) {
        Out.push_complex64(f32::from_bits(re as u32), f32::from_bits(im as u32))
    }
);
entry!(
    "gorc_printstring",
    fn printstring(p: *const u8, len: usize) {
        if len != 0 {
            // SAFETY: see above.
            Out.push(unsafe { core::slice::from_raw_parts(p, len) })
        }
    }
);
entry!(
    "gorc_printpointer",
    fn printpointer(p: u64) {
        Out.push_hex(p)
    }
);
entry!(
    "gorc_printeface",
    fn printeface(typ: u64, data: u64) {
        print_words(typ, data)
    }
);
entry!(
    "gorc_printiface",
    fn printiface(itab: u64, data: u64) {
        print_words(itab, data)
    }
);

fn print_words(a: u64, b: u64) {
    Out.push(b"(");
    Out.push_hex(a);
    Out.push(b",");
    Out.push_hex(b);
    Out.push(b")");
}

entry!(
    "gorc_printslice",
    fn printslice(p: u64, len: i64, cap: i64) {
        Out.push(b"[");
        Out.push_int(len);
        Out.push(b"/");
        Out.push_int(cap);
        Out.push(b"]");
        Out.push_hex(p);
    }
);
entry!(
    "gorc_printnl",
    fn printnl() {
        Out.push(b"\n")
    }
);
entry!(
    "gorc_printsp",
    fn printsp() {
        Out.push(b" ")
    }
);

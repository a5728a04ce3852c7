//! Strings: concatenation, conversions, comparison. Capacities of converted slices are rounded up to size classes, as gc's.
//! Invalid UTF-8 decodes to U+FFFD, one byte at a time.

use crate::gc::cache::{malloc_noscan_dirty, zero_base};
use crate::host;
use crate::typedesc::SliceHeader;
use abi::sizeclass::round_up;
use core::sync::atomic::AtomicU64;

/// Header of a Go string.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct GoString {
    pub ptr: *const u8,
    pub len: usize,
}

pub const RUNE_ERROR: u32 = 0xfffd;

/// The value i at index i: strings of one byte and interfaces of bytes point here.
#[repr(transparent)]
pub struct StaticU64s([AtomicU64; 256]);

#[cfg_attr(not(test), unsafe(export_name = "gorc_staticuint64s"))]
pub static STATIC_UINT64S: StaticU64s = {
    let mut table = [const { AtomicU64::new(0) }; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = AtomicU64::new(i as u64);
        i += 1;
    }
    StaticU64s(table)
};

/// Memory for a string of `len` bytes that the caller writes.
///
/// # Safety
/// Caller holds a P.
unsafe fn raw_string(len: usize) -> *mut u8 {
    // SAFETY: the caller's promise.
    unsafe { malloc_noscan_dirty(len) }
}

/// # Safety
/// The parts are readable.
pub unsafe fn concat(parts: &[GoString]) -> GoString {
    let mut total = 0usize;
    let mut n_full = 0;
    let mut last = GoString { ptr: core::ptr::null(), len: 0 };
    for part in parts.iter().filter(|p| p.len != 0) {
        total = match total.checked_add(part.len) {
            Some(total) if total <= isize::MAX as usize => total,
            _ => host::throw("string concatenation too long"),
        };
        n_full += 1;
        last = *part;
    }
    if n_full <= 1 {
        return last;
    }
    // SAFETY: the parts add up to `total` bytes.
    unsafe {
        let p = raw_string(total);
        let mut at = p;
        for part in parts {
            core::ptr::copy_nonoverlapping(part.ptr, at, part.len);
            at = at.add(part.len);
        }
        GoString { ptr: p, len: total }
    }
}

/// # Safety
/// `p` is readable for `len` bytes.
pub unsafe fn slice_byte_to_string(p: *const u8, len: usize) -> GoString {
    // SAFETY: the caller's promise.
    unsafe {
        match len {
            0 => GoString { ptr: core::ptr::null(), len: 0 },
            // The low byte of a little-endian word.
            1 => GoString { ptr: (&raw const STATIC_UINT64S.0[usize::from(*p)]).cast(), len: 1 },
            _ => {
                let s = raw_string(len);
                core::ptr::copy_nonoverlapping(p, s, len);
                GoString { ptr: s, len }
            }
        }
    }
}

/// → pointer, capacity
///
/// # Safety
/// `p` is readable for `len` bytes.
pub unsafe fn string_to_slice_byte(p: *const u8, len: usize) -> (*mut u8, usize) {
    if len == 0 {
        return (zero_base(), 0);
    }
    let cap = round_up(len, true);
    // SAFETY: `cap` ≥ len bytes, all written.
    unsafe {
        let b = malloc_noscan_dirty(cap);
        core::ptr::copy_nonoverlapping(p, b, len);
        b.add(len).write_bytes(0, cap - len);
        (b, cap)
    }
}

/// Rune at `idx` and the index after it. Returns U+FFFD and idx+1 for anything that is not shortest-form UTF-8.
///
/// # Safety
/// `p` is readable for `len` bytes, idx < len.
#[inline]
pub unsafe fn decode_rune(p: *const u8, len: usize, idx: usize) -> (u32, usize) {
    // SAFETY: every index read is below len.
    unsafe {
        let b0 = u32::from(*p.add(idx));
        if b0 < 0x80 {
            return (b0, idx + 1);
        }
        // Continuation byte at idx + i, if it lies in lo..=0xbf.
        let cont = |i: usize, lo: u32, hi: u32| -> Option<u32> {
            if idx + i >= len {
                return None;
            }
            let b = u32::from(*p.add(idx + i));
            if b < lo || b > hi { None } else { Some(b & 0x3f) }
        };
        let bad = (RUNE_ERROR, idx + 1);
        match b0 {
            0xc2..=0xdf => match cont(1, 0x80, 0xbf) {
                Some(b1) => ((b0 & 0x1f) << 6 | b1, idx + 2),
                None => bad,
            },
            0xe0..=0xef => {
                let lo = if b0 == 0xe0 { 0xa0 } else { 0x80 };
                let hi = if b0 == 0xed { 0x9f } else { 0xbf };
                match (cont(1, lo, hi), cont(2, 0x80, 0xbf)) {
                    (Some(b1), Some(b2)) => ((b0 & 0xf) << 12 | b1 << 6 | b2, idx + 3),
                    _ => bad,
                }
            }
            0xf0..=0xf4 => {
                let lo = if b0 == 0xf0 { 0x90 } else { 0x80 };
                let hi = if b0 == 0xf4 { 0x8f } else { 0xbf };
                match (cont(1, lo, hi), cont(2, 0x80, 0xbf), cont(3, 0x80, 0xbf)) {
                    (Some(b1), Some(b2), Some(b3)) => ((b0 & 7) << 18 | b1 << 12 | b2 << 6 | b3, idx + 4),
                    _ => bad,
                }
            }
            _ => bad,
        }
    }
}

/// UTF-8 of a rune; surrogates and values outside Unicode become U+FFFD.
pub fn encode_rune(rune: u32, out: &mut [u8; 4]) -> usize {
    char::from_u32(rune).unwrap_or('\u{fffd}').encode_utf8(out).len()
}

/// # Safety
/// `p` is readable for `len` bytes; `result` is writable, and `room` unless null.
pub unsafe fn string_to_slice_rune(p: *const u8, len: usize, result: *mut SliceHeader<u32>, room: *mut [u32; 32]) {
    // SAFETY: the caller's promise; the second pass sees as many runes as the first.
    unsafe {
        let (mut n, mut idx) = (0, 0);
        while idx < len {
            idx = decode_rune(p, len, idx).1;
            n += 1;
        }
        let (runes, cap) = if !room.is_null() && n <= 32 {
            (room.cast::<u32>(), 32)
        } else if n == 0 {
            (zero_base().cast(), 0)
        } else {
            let bytes = round_up(n * 4, true);
            (malloc_noscan_dirty(bytes).cast(), bytes / 4)
        };
        let mut idx = 0;
        for i in 0..n {
            let (rune, after) = decode_rune(p, len, idx);
            *runes.add(i) = rune;
            idx = after;
        }
        runes.add(n).write_bytes(0, cap - n);
        *result = SliceHeader { ptr: runes, len: n, cap };
    }
}

/// # Safety
/// `runes` is readable for `n` runes.
pub unsafe fn slice_rune_to_string(runes: *const u32, n: usize) -> GoString {
    let mut utf8 = [0; 4];
    // SAFETY: the caller's promise; both passes write as many bytes.
    unsafe {
        let total: usize = (0..n).map(|i| encode_rune(*runes.add(i), &mut utf8)).sum();
        if total == 0 {
            return GoString { ptr: core::ptr::null(), len: 0 };
        }
        let s = raw_string(total);
        let mut at = 0;
        for i in 0..n {
            let len = encode_rune(*runes.add(i), &mut utf8);
            core::ptr::copy_nonoverlapping(utf8.as_ptr(), s.add(at), len);
            at += len;
        }
        GoString { ptr: s, len: total }
    }
}

/// `string(rune)`
///
/// # Safety
/// Caller holds a P.
pub unsafe fn int_string(value: i64) -> GoString {
    let mut utf8 = [0; 4];
    let len = encode_rune(u32::try_from(value).unwrap_or(RUNE_ERROR), &mut utf8);
    // SAFETY: `utf8` has `len` bytes.
    unsafe { slice_byte_to_string(utf8.as_ptr(), len) }
}

/// −1, 0, 1
///
/// # Safety
/// Both are readable.
pub unsafe fn compare(a: *const u8, a_len: usize, b: *const u8, b_len: usize) -> i64 {
    let n = a_len.min(b_len);
    let order = if n == 0 || a == b {
        core::cmp::Ordering::Equal
    } else {
        // SAFETY: the caller's promise.
        unsafe { core::slice::from_raw_parts(a, n).cmp(core::slice::from_raw_parts(b, n)) }
    };
    order.then(a_len.cmp(&b_len)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::ptr::null_mut;
    use std::string::String;
    use std::vec::Vec;

    fn decode_all(b: &[u8]) -> Vec<u32> {
        let (mut idx, mut all) = (0, Vec::new());
        while idx < b.len() {
            // SAFETY: idx < len.
            let (rune, after) = unsafe { decode_rune(b.as_ptr(), b.len(), idx) };
            assert!(after > idx && after <= b.len());
            all.push(rune);
            idx = after;
        }
        all
    }

    #[test]
    fn decodes_every_rune() {
        for c in (0..=0x10ffff).filter_map(char::from_u32) {
            assert_eq!(decode_all(c.encode_utf8(&mut [0; 4]).as_bytes()), [c as u32]);
        }
    }

    /// One U+FFFD per byte of what is invalid (`range` over these in go1.27.3).
    #[test]
    fn invalid_bytes_are_replaced_one_by_one() {
        let cases: &[(&[u8], &[u32])] = &[
            (b"\xff", &[RUNE_ERROR]),
            (b"\xc0\x80", &[RUNE_ERROR; 2]),
            (b"\xed\xa0\x80", &[RUNE_ERROR; 3]),
            (b"\xf4\x90\x80\x80", &[RUNE_ERROR; 4]),
            (b"\xe2\x82", &[RUNE_ERROR; 2]),
            (b"a\xf0\x9f\x98b", &[97, RUNE_ERROR, RUNE_ERROR, RUNE_ERROR, 98]),
        ];
        for (bytes, runes) in cases {
            assert_eq!(decode_all(bytes), *runes);
        }
    }

    #[test]
    fn conversions() {
        let _guard = crate::host::TEST_HEAP.lock().unwrap_or_else(|e| e.into_inner());
        let rust = |s: GoString| -> String {
            // SAFETY: a Go string.
            unsafe { String::from_utf8(if s.len == 0 { Vec::new() } else { core::slice::from_raw_parts(s.ptr, s.len).to_vec() }).unwrap() }
        };
        let go = |s: &str| GoString { ptr: s.as_ptr(), len: s.len() };
        // SAFETY: live strings.
        unsafe {
            assert_eq!(rust(int_string(0x4e16)), "世");
            assert_eq!(rust(int_string(-1)), "\u{fffd}");
            assert_eq!(rust(int_string(0xd800)), "\u{fffd}");
            assert_eq!(rust(int_string(1 << 40)), "\u{fffd}");
            assert_eq!(rust(int_string(65)), "A");
            assert_eq!(rust(concat(&[go("ab"), go(""), go("c")])), "abc");
            let only = go("same");
            assert_eq!(concat(&[go(""), only]).ptr, only.ptr);
            assert_eq!(rust(slice_byte_to_string([200u8, 7][1..].as_ptr(), 1)), "\u{7}");
            let s = "héllo, 世界";
            let mut runes = SliceHeader { ptr: core::ptr::null(), len: 0, cap: 0 };
            string_to_slice_rune(s.as_ptr(), s.len(), &mut runes, null_mut());
            assert_eq!(runes.as_slice().iter().map(|&r| char::from_u32(r).unwrap()).collect::<String>(), s);
            assert_eq!(rust(slice_rune_to_string(runes.ptr, runes.len)), s);
            // Capacities printed by go1.27.3 for escaping results: []byte(x), []rune(x).
            for (n, bytes, n_runes) in [
                (1, 8, 2),
                (5, 8, 6),
                (9, 16, 12),
                (33, 48, 36),
                (100, 112, 104),
                (1000, 1024, 1024),
                (5000, 5376, 5120),
                (33000, 40960, 34816),
                (40000, 40960, 40960),
            ] {
                let s = "a".repeat(n);
                assert_eq!(string_to_slice_byte(s.as_ptr(), n).1, bytes);
                string_to_slice_rune(s.as_ptr(), n, &mut runes, null_mut());
                assert_eq!(runes.cap, n_runes);
            }
            for (a, b, want) in [("a", "b", -1), ("b", "a", 1), ("a", "a", 0), ("", "a", -1), ("ab", "a", 1), ("\u{7f}", "é", -1)] {
                assert_eq!(compare(a.as_ptr(), a.len(), b.as_ptr(), b.len()), want);
            }
        }
    }
}

//! Slices and plain allocation: `new`, `make([]T)`, the growth of `append`.
//! Capacities are gc's: doubling to 256 elements, then towards a quarter more, rounded up to a size class.

use crate::gc::cache::{malloc, malloc_noscan_dirty, zero_base};
use crate::host;
use crate::typedesc::Type;
use abi::sizeclass::round_up;

/// Largest allocation that is tried: what an address can hold.
pub const MAX_ALLOC: usize = 1 << 48;

/// # Safety
/// `typ` is a complete descriptor.
pub unsafe fn newobject(typ: &Type) -> *mut u8 {
    // SAFETY: the caller's promise.
    unsafe { malloc(typ.size, typ) }
}

/// # Safety
/// `elem` is a complete descriptor.
pub unsafe fn newarray(elem: &Type, n: isize) -> *mut u8 {
    match elem.size.checked_mul(n as usize) {
        // SAFETY: the caller's promise.
        Some(bytes) if n >= 0 && bytes <= MAX_ALLOC => unsafe { malloc(bytes, elem) },
        _ => host::raise(abi::raise::MAKESLICE_LEN, 0, 0),
    }
}

/// # Safety
/// `elem` is a complete descriptor.
pub unsafe fn makeslice(elem: &Type, len: isize, cap: isize) -> *mut u8 {
    match elem.size.checked_mul(cap as usize) {
        // SAFETY: the caller's promise.
        Some(bytes) if len >= 0 && len <= cap && bytes <= MAX_ALLOC => unsafe { malloc(bytes, elem) },
        _ => {
            // Which of the two is to blame: the length if it is out of range by itself.
            let len_bad = len < 0 || elem.size.checked_mul(len as usize).is_none_or(|b| b > MAX_ALLOC);
            host::raise(if len_bad { abi::raise::MAKESLICE_LEN } else { abi::raise::MAKESLICE_CAP }, 0, 0)
        }
    }
}

/// Capacity wanted before rounding.
fn next_cap(new_len: usize, old_cap: usize) -> usize {
    let double = old_cap.wrapping_mul(2);
    if new_len > double {
        return new_len;
    }
    const THRESHOLD: usize = 256;
    if old_cap < THRESHOLD {
        return double;
    }
    let mut cap = old_cap;
    while cap < new_len {
        cap += (cap + 3 * THRESHOLD) / 4;
    }
    // One step at least, even when the capacity already fits.
    if cap == old_cap { cap + (cap + 3 * THRESHOLD) / 4 } else { cap }
}

/// New memory and capacity for `new_len` elements, the last `num` of which the caller writes; the old ones are copied.
///
/// # Safety
/// `old` holds new_len − num elements of `elem`.
pub unsafe fn growslice(old: *const u8, new_len: isize, old_cap: usize, num: usize, elem: &Type) -> (*mut u8, usize) {
    if new_len < 0 {
        host::raise(abi::raise::GROWSLICE_LEN, 0, 0);
    }
    let new_len = new_len as usize;
    let size = elem.size;
    if size == 0 {
        return (zero_base(), new_len);
    }
    let noscan = !elem.has_pointers();
    let bytes = match next_cap(new_len, old_cap).checked_mul(size) {
        Some(bytes) if bytes <= MAX_ALLOC => round_up(bytes, noscan),
        _ => host::raise(abi::raise::GROWSLICE_LEN, 0, 0),
    };
    let cap = bytes / size;
    let bytes = cap * size;
    if bytes > MAX_ALLOC {
        host::raise(abi::raise::GROWSLICE_LEN, 0, 0);
    }
    let old_bytes = (new_len - num) * size;
    // SAFETY: the new memory has `bytes` ≥ new_len * size bytes; all of it is written or zero.
    unsafe {
        let p = if noscan {
            let p = malloc_noscan_dirty(bytes);
            p.add(old_bytes).write_bytes(0, bytes - old_bytes);
            p
        } else {
            malloc(bytes, elem)
        };
        core::ptr::copy_nonoverlapping(old, p, old_bytes);
        (p, cap)
    }
}

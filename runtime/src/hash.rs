//! Hash and equality of Go values, by interpreting type descriptors.
//!
//! In: a descriptor and addresses of values. Out: 64 bits, or equal / not equal. Raises UNHASHABLE / UNCOMPARABLE with the dynamic type of
//! the interface that cannot. −0 equals +0 and hashes alike; NaN hashes at random, so that NaN keys spread. Blank fields do not count.
//! Map entries specialised by key size and the generic ones agree: equal bytes of 4 and 8 byte regular types and of strings hash alike.

use crate::gc::cache::cheap_rand;
use crate::host;
use crate::typedesc::{ArrayType, InterfaceType, Name, StructField, StructType, Type};
use abi::typedesc::kind;

const K0: u64 = 0x9e37_79b9_7f4a_7c15;
const K1: u64 = 0xe703_7ed1_a0b4_28db;
const K2: u64 = 0x8ebc_6af0_9c88_c6e3;
const K3: u64 = 0x5899_65cc_7537_4cc3;

/// Both halves of the product, folded: every input bit reaches every output bit.
#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product >> 64) as u64 ^ product as u64
}

#[inline(always)]
pub fn hash64(x: u64, seed: u64) -> u64 {
    fold(x ^ seed ^ K0, (seed << 1) ^ K1)
}

#[inline(always)]
pub fn hash32(x: u32, seed: u64) -> u64 {
    hash64(u64::from(x), seed)
}

/// # Safety
/// `p` is readable for 8 (4) bytes.
#[inline(always)]
unsafe fn read8(p: *const u8) -> u64 {
    // SAFETY: the caller's promise.
    unsafe { p.cast::<u64>().read_unaligned() }
}

/// # Safety
/// As above.
#[inline(always)]
unsafe fn read4(p: *const u8) -> u64 {
    // SAFETY: the caller's promise.
    u64::from(unsafe { p.cast::<u32>().read_unaligned() })
}

/// # Safety
/// `p` is readable for `len` bytes.
#[inline]
pub unsafe fn memhash(p: *const u8, len: usize, seed: u64) -> u64 {
    let mut state = seed ^ K0;
    // SAFETY: every read is inside p..p+len.
    let (a, b) = unsafe {
        if len <= 16 {
            if len >= 8 {
                (read8(p), read8(p.add(len - 8)))
            } else if len >= 4 {
                (read4(p), read4(p.add(len - 4)))
            } else if len > 0 {
                (u64::from(*p) | u64::from(*p.add(len / 2)) << 8 | u64::from(*p.add(len - 1)) << 16, 0)
            } else {
                (0, 0)
            }
        } else {
            let (mut at, mut left) = (p, len);
            if left > 48 {
                // Three independent lanes hide the latency of the multiplication.
                let (mut lane1, mut lane2) = (state, state);
                while left > 48 {
                    state = fold(read8(at) ^ K1, read8(at.add(8)) ^ state);
                    lane1 = fold(read8(at.add(16)) ^ K2, read8(at.add(24)) ^ lane1);
                    lane2 = fold(read8(at.add(32)) ^ K3, read8(at.add(40)) ^ lane2);
                    at = at.add(48);
                    left -= 48;
                }
                state ^= lane1 ^ lane2.rotate_left(23);
            }
            while left > 16 {
                state = fold(read8(at) ^ K1, read8(at.add(8)) ^ state);
                at = at.add(16);
                left -= 16;
            }
            (read8(p.add(len - 16)), read8(p.add(len - 8)))
        }
    };
    fold(fold(a ^ K1, b ^ state) ^ K2 ^ len as u64, state ^ K3)
}

fn float64_hash(f: f64, seed: u64) -> u64 {
    if f == 0.0 {
        hash64(0, seed ^ K2)
    } else if f.is_nan() {
        hash64(cheap_rand(), seed)
    } else {
        hash64(f.to_bits(), seed)
    }
}

/// Hash of the value at `p`.
///
/// # Safety
/// `p` holds a value of `typ`, a hashable type (interfaces inside may still not be).
pub unsafe fn typehash(typ: &Type, p: *const u8, seed: u64) -> u64 {
    // SAFETY: reads follow the descriptor.
    unsafe {
        if typ.is_regular_memory() {
            return match typ.size {
                4 => hash32(p.cast::<u32>().read_unaligned(), seed),
                8 => hash64(p.cast::<u64>().read_unaligned(), seed),
                n => memhash(p, n, seed),
            };
        }
        match typ.kind() {
            kind::BOOL | kind::INT8 | kind::UINT8 | kind::INT16 | kind::UINT16 => memhash(p, typ.size, seed),
            kind::INT32 | kind::UINT32 => hash32(*p.cast(), seed),
            kind::INT | kind::INT64 | kind::UINT | kind::UINT64 | kind::UINTPTR | kind::CHAN | kind::POINTER | kind::UNSAFE_POINTER => {
                hash64(*p.cast(), seed)
            }
            kind::FLOAT32 => float64_hash(f64::from(*p.cast::<f32>()), seed),
            kind::FLOAT64 => float64_hash(*p.cast(), seed),
            kind::COMPLEX64 => {
                let part = |i| float64_hash(f64::from(*p.cast::<f32>().add(i)), seed);
                part(0) ^ part(1).rotate_left(17).wrapping_mul(K1)
            }
            kind::COMPLEX128 => {
                let part = |i| float64_hash(*p.cast::<f64>().add(i), seed);
                part(0) ^ part(1).rotate_left(17).wrapping_mul(K1)
            }
            kind::STRING => memhash(*p.cast::<*const u8>(), *p.cast::<usize>().add(1), seed),
            kind::INTERFACE => {
                let [word, data] = *p.cast::<[*const u8; 2]>();
                if word.is_null() {
                    return hash64(0, seed);
                }
                let dynamic = &*dynamic_type(typ, word);
                if !dynamic.is_comparable() {
                    host::raise(abi::raise::UNHASHABLE, dynamic as *const Type as u64, 0);
                }
                if dynamic.is_direct_iface() { typehash(dynamic, (&raw const data).cast(), seed) } else { typehash(dynamic, data, seed) }
            }
            kind::ARRAY => {
                let array = typ.as_variant::<ArrayType>();
                let elem = &*array.elem;
                (0..array.len).fold(seed, |h, i| typehash(elem, p.add(i * elem.size), h))
            }
            kind::STRUCT => {
                let fields = typ.as_variant::<StructType>().fields.as_slice();
                fields.iter().filter(|f| !Name(f.name).is_blank()).fold(seed, |h, f| typehash(&*f.typ, p.add(f.offset), h))
            }
            _ => host::raise(abi::raise::UNHASHABLE, typ as *const Type as u64, 0),
        }
    }
}

/// The first type inside a value that cannot be hashed, null if there is none.
///
/// # Safety
/// `p` holds a value of `typ`.
pub unsafe fn unhashable_part(typ: &Type, p: *const u8) -> *const Type {
    // SAFETY: reads follow the descriptor.
    unsafe {
        match typ.kind() {
            kind::FUNC | kind::SLICE | kind::MAP => typ,
            kind::INTERFACE => {
                let [word, data] = *p.cast::<[*const u8; 2]>();
                if word.is_null() {
                    return core::ptr::null();
                }
                let dynamic = &*dynamic_type(typ, word);
                if !dynamic.is_comparable() {
                    return dynamic;
                }
                if dynamic.is_direct_iface() { core::ptr::null() } else { unhashable_part(dynamic, data) }
            }
            kind::ARRAY => {
                let array = typ.as_variant::<ArrayType>();
                let elem = &*array.elem;
                (0..array.len).map(|i| unhashable_part(elem, p.add(i * elem.size))).find(|t| !t.is_null()).unwrap_or(core::ptr::null())
            }
            kind::STRUCT => {
                let mut fields = typ.as_variant::<StructType>().fields.as_slice().iter();
                fields.find_map(|f| Some(unhashable_part(&*f.typ, p.add(f.offset))).filter(|t| !t.is_null())).unwrap_or(core::ptr::null())
            }
            _ => core::ptr::null(),
        }
    }
}

/// Type of a non-nil interface value of static type `typ` with first word `word`.
///
/// # Safety
/// As said.
unsafe fn dynamic_type(typ: &Type, word: *const u8) -> *const Type {
    // SAFETY: an interface with methods holds an itab, one without a type.
    unsafe {
        if typ.as_variant::<InterfaceType>().methods.len == 0 {
            word.cast()
        } else {
            *word.add(abi::typedesc::itab::TYPE as usize).cast::<*const Type>()
        }
    }
}

/// Whether the values at `p` and `q` are equal.
///
/// # Safety
/// Both hold values of `typ`.
pub unsafe fn typeequal(typ: &Type, p: *const u8, q: *const u8) -> bool {
    // SAFETY: reads follow the descriptor.
    unsafe {
        if typ.is_regular_memory() {
            return match typ.size {
                4 => p.cast::<u32>().read_unaligned() == q.cast::<u32>().read_unaligned(),
                8 => read8(p) == read8(q),
                n => memequal(p, q, n),
            };
        }
        match typ.kind() {
            kind::FLOAT32 => *p.cast::<f32>() == *q.cast::<f32>(),
            kind::FLOAT64 => *p.cast::<f64>() == *q.cast::<f64>(),
            kind::COMPLEX64 => *p.cast::<[f32; 2]>() == *q.cast::<[f32; 2]>(),
            kind::COMPLEX128 => *p.cast::<[f64; 2]>() == *q.cast::<[f64; 2]>(),
            kind::STRING => {
                let ([a, n], [b, m]) = (*p.cast::<[usize; 2]>(), *q.cast::<[usize; 2]>());
                n == m && (a == b || memequal(a as *const u8, b as *const u8, n))
            }
            kind::INTERFACE => {
                let ([word, a], [word_b, b]) = (*p.cast::<[*const u8; 2]>(), *q.cast::<[*const u8; 2]>());
                word == word_b && (word.is_null() || efaceeq(&*dynamic_type(typ, word), a, b))
            }
            kind::ARRAY => {
                let array = typ.as_variant::<ArrayType>();
                let elem = &*array.elem;
                (0..array.len).all(|i| typeequal(elem, p.add(i * elem.size), q.add(i * elem.size)))
            }
            kind::STRUCT => {
                let fields = typ.as_variant::<StructType>().fields.as_slice();
                fields_equal(fields, p, q)
            }
            kind::FUNC | kind::SLICE | kind::MAP => host::raise(abi::raise::UNCOMPARABLE, typ as *const Type as u64, 0),
            _ => memequal(p, q, typ.size),
        }
    }
}

/// The fields of two structs, as compiled code compares them: lengths of strings before their bytes, but nothing moves
/// over a comparison of interfaces, which may panic.
///
/// # Safety
/// `p` and `q` hold structs with these fields.
unsafe fn fields_equal(fields: &[StructField], p: *const u8, q: *const u8) -> bool {
    let mut from = 0;
    while from < fields.len() {
        // SAFETY: descriptors of fields are complete.
        let to = (from..fields.len()).find(|&i| unsafe { may_panic(&*fields[i].typ) }).map_or(fields.len(), |i| i + 1);
        // SAFETY: the fields lie in the structs.
        let run = fields[from..to].iter().filter(|f| unsafe { !Name(f.name).is_blank() });
        // SAFETY: as above.
        let all = |eq: unsafe fn(&Type, *const u8, *const u8) -> bool| run.clone().all(|f| unsafe { eq(&*f.typ, p.add(f.offset), q.add(f.offset)) });
        if !(all(quick_equal) && all(typeequal)) {
            return false;
        }
        from = to;
    }
    true
}

/// Whether comparing or hashing may find a value that cannot be.
///
/// # Safety
/// The descriptor is complete.
unsafe fn may_panic(typ: &Type) -> bool {
    match typ.kind() {
        kind::INTERFACE => true,
        // SAFETY: the variant is the kind's.
        kind::ARRAY => unsafe { may_panic(&*typ.elem()) },
        // SAFETY: the variant is the kind's.
        kind::STRUCT => unsafe { typ.as_variant::<StructType>().fields.as_slice().iter().any(|f| may_panic(&*f.typ)) },
        _ => false,
    }
}

/// False only if a cheap look shows that the values differ.
///
/// # Safety
/// Both hold values of `typ`.
unsafe fn quick_equal(typ: &Type, p: *const u8, q: *const u8) -> bool {
    // SAFETY: reads follow the descriptor.
    unsafe {
        match typ.kind() {
            kind::STRING => *p.cast::<usize>().add(1) == *q.cast::<usize>().add(1),
            kind::INTERFACE => *p.cast::<usize>() == *q.cast::<usize>(),
            kind::ARRAY | kind::STRUCT => true,
            _ => typeequal(typ, p, q),
        }
    }
}

/// Whether two interface values of the dynamic type `typ` are equal.
///
/// # Safety
/// `a` and `b` are data words of interfaces that hold a `typ`.
pub unsafe fn efaceeq(typ: &Type, a: *const u8, b: *const u8) -> bool {
    if !typ.is_comparable() {
        host::raise(abi::raise::UNCOMPARABLE, typ as *const Type as u64, 0);
    }
    if typ.is_direct_iface() {
        return a == b;
    }
    // SAFETY: the data words are addresses of values of `typ`.
    a == b && is_reflexive(typ) || unsafe { typeequal(typ, a, b) }
}

/// x == x for every x of the type: no floats, no interfaces that may hold one (or something uncomparable).
fn is_reflexive(typ: &Type) -> bool {
    typ.is_regular_memory() || typ.kind() == kind::STRING
}

/// # Safety
/// Both are readable for `n` bytes.
#[inline]
pub unsafe fn memequal(p: *const u8, q: *const u8, n: usize) -> bool {
    // SAFETY: the caller's promise; empty slices may come from null.
    n == 0 || p == q || unsafe { core::slice::from_raw_parts(p, n) == core::slice::from_raw_parts(q, n) }
}

//! Maps against std's, with every kind of key; iteration under change; collection of what they hold.

use super::*;
use crate::gc;
use crate::host::{TEST_HEAP, TEST_ROOTS};
use crate::typedesc::{SliceHeader, StructField, StructType};
use abi::typedesc::tflag;
use std::boxed::Box;
use std::collections::{HashMap, HashSet};
use std::string::String;
use std::vec::Vec;
use std::{format, vec};

fn lock() -> std::sync::MutexGuard<'static, ()> {
    TEST_HEAP.lock().unwrap_or_else(|e| e.into_inner())
}

fn rng(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    (*state >> 33) as usize
}

fn leak<T>(v: T) -> &'static T {
    Box::leak(Box::new(v))
}

fn basic(size: usize, k: u8, flags: u8, ptr_bytes: usize, mask: &'static [u8]) -> &'static Type {
    let mut t = with_pointers(size, k, flags, ptr_bytes, mask);
    t.equal = core::ptr::dangling::<u8>();
    leak(t)
}

fn int64() -> &'static Type {
    basic(8, kind::INT, tflag::REGULAR_MEMORY, 0, &[])
}

fn string_type() -> &'static Type {
    basic(16, kind::STRING, 0, 8, &[1])
}

fn map_type(key: &'static Type, elem: &'static Type, flags: u32) -> &'static MapType {
    // SAFETY: all-zero is a descriptor to be filled in.
    let t: &mut MapType = Box::leak(Box::new(unsafe { core::mem::zeroed() }));
    t.key = key;
    t.elem = elem;
    // SAFETY: complete descriptors.
    unsafe { init_map_type(t) };
    assert_eq!(t.flags, flags);
    t
}

fn new_iter() -> Box<Iter> {
    // SAFETY: all-zero is an iterator before init.
    Box::new(unsafe { core::mem::zeroed() })
}

fn entries_u64(t: &MapType, m: *mut Map) -> Vec<(u64, u64)> {
    let mut it = new_iter();
    let mut all = Vec::new();
    // SAFETY: a map with 8-byte keys and elements.
    unsafe {
        mapiterinit(t, m, &mut *it);
        while !it.key.is_null() {
            all.push((*it.key.cast(), *it.elem.cast()));
            mapiternext(&mut it);
        }
    }
    all
}

fn check_u64(t: &MapType, m: *mut Map, model: &HashMap<u64, u64>) {
    let all = entries_u64(t, m);
    assert_eq!(all.len(), model.len());
    assert_eq!(all.into_iter().collect::<HashMap<_, _>>(), *model);
    // SAFETY: the map.
    assert_eq!(unsafe { (*m).count }, model.len());
}

#[test]
fn random_operations_64() {
    let _guard = lock();
    let t = map_type(int64(), int64(), 0);
    // SAFETY: keys and elements of 8 bytes.
    unsafe {
        for seed0 in 0..20u64 {
            let mut seed = seed0;
            let m = makemap(t, if seed0 % 3 == 0 { 100 } else { 0 });
            TEST_ROOTS.lock().unwrap().push(m as usize);
            let mut model = HashMap::new();
            let range = [5, 12, 100, 3000][seed0 as usize % 4];
            for step in 0..8000 {
                let key = (rng(&mut seed) % range) as u64;
                match rng(&mut seed) % 10 {
                    0..4 => {
                        let v = rng(&mut seed) as u64;
                        let slot = if step % 2 == 0 { mapassign_fast64(t, m, key) } else { mapassign(t, m, (&raw const key).cast()) };
                        *slot.cast::<u64>() = v;
                        model.insert(key, v);
                    }
                    4..8 => {
                        mapdelete(t, m, (&raw const key).cast());
                        model.remove(&key);
                    }
                    8 => {
                        let (p, ok) = mapaccess2_fast64(t, m, key);
                        assert_eq!(ok.then(|| *p.cast::<u64>()), model.get(&key).copied());
                        assert_eq!(*mapaccess1(t, m, (&raw const key).cast()).cast::<u64>(), model.get(&key).copied().unwrap_or(0));
                    }
                    _ if step % 1000 == 9 => {
                        mapclear(t, m);
                        model.clear();
                    }
                    _ => {}
                }
                if step % 500 == 0 {
                    check_u64(t, m, &model);
                }
            }
            check_u64(t, m, &model);
            let copy = mapclone(t, m);
            check_u64(t, copy, &model);
        }
    }
    TEST_ROOTS.lock().unwrap().clear();
}

#[test]
fn strings_survive_collection() {
    let _guard = lock();
    let t = map_type(string_type(), string_type(), map_flags::NEED_KEY_UPDATE);
    let go = |s: &str| -> GoString {
        // SAFETY: a copy on the Go heap.
        unsafe {
            let p = malloc(s.len().max(1), core::ptr::null());
            core::ptr::copy_nonoverlapping(s.as_ptr(), p, s.len());
            GoString { ptr: p, len: s.len() }
        }
    };
    let rust = |s: GoString| -> String {
        // SAFETY: made by `go`.
        unsafe { String::from_utf8(core::slice::from_raw_parts(s.ptr, s.len).to_vec()).unwrap() }
    };
    let mut seed = 7;
    // SAFETY: keys and elements are strings.
    unsafe {
        let m = makemap(t, 0);
        *TEST_ROOTS.lock().unwrap() = vec![m as usize];
        let mut model: HashMap<String, String> = HashMap::new();
        for step in 0..20_000 {
            let key = format!("key-{}", "x".repeat(rng(&mut seed) % 40)) + &format!("{}", rng(&mut seed) % 500);
            let k = go(&key);
            if rng(&mut seed).is_multiple_of(3) {
                mapdelete(t, m, (&raw const k).cast());
                model.remove(&key);
            } else {
                let value = format!("v{step}");
                *mapassign_faststr(t, m, k.ptr, k.len).cast::<GoString>() = go(&value);
                model.insert(key.clone(), value);
            }
            if step % 3000 == 0 {
                gc::collect(gc::Reason::Forced, [0, 0]);
            }
            let probe = go(&key);
            let (p, ok) = mapaccess2_faststr(t, m, probe.ptr, probe.len);
            assert_eq!(ok.then(|| rust(*p.cast())), model.get(&key).cloned());
        }
        let mut it = new_iter();
        let mut all = HashMap::new();
        mapiterinit(t, m, &mut *it);
        while !it.key.is_null() {
            assert!(all.insert(rust(*it.key.cast()), rust(*it.elem.cast())).is_none());
            mapiternext(&mut it);
        }
        assert_eq!(all, model);
    }
    TEST_ROOTS.lock().unwrap().clear();
}

/// Go's promises for a map that changes while it is ranged over.
#[test]
fn iteration_under_change() {
    let _guard = lock();
    let t = map_type(int64(), int64(), 0);
    for seed0 in 0..400u64 {
        let mut seed = seed0 ^ 0x5555;
        // SAFETY: keys and elements of 8 bytes; nothing collects here.
        unsafe {
            let m = makemap(t, 0);
            let n = rng(&mut seed) % 60 + 1;
            for k in 0..n as u64 {
                *mapassign_fast64(t, m, k).cast::<u64>() = k * 10;
            }
            let mut values: HashMap<u64, u64> = (0..n as u64).map(|k| (k, k * 10)).collect();
            // Keys present since the beginning and never deleted must be seen.
            let mut always: HashSet<u64> = values.keys().copied().collect();
            let mut seen = HashSet::new();
            let mut reinserted = HashSet::new();
            let mut it = new_iter();
            mapiterinit(t, m, &mut *it);
            let mut steps = 0;
            while !it.key.is_null() {
                let (k, v): (u64, u64) = (*it.key.cast(), *it.elem.cast());
                assert!(seen.insert(k) || reinserted.contains(&k), "key {k} twice, seed {seed0}");
                assert_eq!(values.get(&k), Some(&v), "seed {seed0}");
                steps += 1;
                for _ in 0..rng(&mut seed) % 5 {
                    let key = (rng(&mut seed) % (n * 3)) as u64;
                    match rng(&mut seed) % 4 {
                        0 => {
                            mapdelete(t, m, (&raw const key).cast());
                            values.remove(&key);
                            always.remove(&key);
                        }
                        1 if steps < 200 => {
                            let key = key + 1000 * (steps % 3);
                            if !values.contains_key(&key) {
                                reinserted.insert(key);
                            }
                            *mapassign_fast64(t, m, key).cast::<u64>() = steps;
                            values.insert(key, steps);
                        }
                        2 if rng(&mut seed).is_multiple_of(40) => {
                            mapclear(t, m);
                            values.clear();
                            always.clear();
                        }
                        _ => {}
                    }
                }
                mapiternext(&mut it);
            }
            assert!(always.is_subset(&seen), "seed {seed0}");
        }
    }
}

#[test]
fn iteration_begins_anywhere() {
    let _guard = lock();
    let t = map_type(int64(), int64(), 0);
    // SAFETY: keys and elements of 8 bytes.
    unsafe {
        for n in [3u64, 8, 100] {
            let m = makemap(t, 0);
            for k in 0..n {
                mapassign_fast64(t, m, k);
            }
            let firsts: HashSet<u64> = (0..2000).map(|_| entries_u64(t, m)[0].0).collect();
            assert!(firsts.len() as u64 >= n.min(20), "{n}: {firsts:?}");
        }
    }
}

#[test]
fn floats_and_nan() {
    let _guard = lock();
    let key = basic(8, kind::FLOAT64, 0, 0, &[]);
    let t = map_type(key, int64(), map_flags::NEED_KEY_UPDATE);
    // SAFETY: keys and elements of 8 bytes.
    unsafe {
        let m = makemap(t, 0);
        let set = |k: f64, v: u64| *mapassign(t, m, (&raw const k).cast()).cast::<u64>() = v;
        let get = |k: f64| {
            let (p, ok) = mapaccess2(t, m, (&raw const k).cast());
            ok.then(|| *p.cast::<u64>())
        };
        set(0.0, 1);
        set(-0.0, 2);
        assert_eq!((get(0.0), (*m).count), (Some(2), 1));
        // The key was stored again: it is −0 now.
        assert_eq!(entries_u64(t, m)[0].0, (-0.0f64).to_bits());
        for i in 0..50 {
            set(f64::NAN, i);
        }
        assert_eq!((get(f64::NAN), (*m).count), (None, 51));
        assert_eq!(entries_u64(t, m).len(), 51);
        // Growth during iteration: every NaN once.
        let mut it = new_iter();
        let mut n = 0;
        mapiterinit(t, m, &mut *it);
        while !it.key.is_null() {
            n += usize::from((*it.key.cast::<f64>()).is_nan());
            if n < 40 {
                set(1000.0 + n as f64, 0);
                set(2000.0 + n as f64, 0);
                set(3000.0 + n as f64, 0);
            }
            mapiternext(&mut it);
        }
        assert_eq!(n, 50);
        mapclear(t, m);
        assert_eq!(((*m).count, entries_u64(t, m).len()), (0, 0));
    }
}

#[test]
fn struct_keys_skip_blanks_and_bytes_between() {
    let _guard = lock();
    static NAME_A: [u8; 3] = [0, 1, b'a'];
    static NAME_BLANK: [u8; 3] = [0, 1, b'_'];
    let int32 = basic(4, kind::INT32, tflag::REGULAR_MEMORY, 0, &[]);
    let field = |name: &'static [u8], typ, offset| StructField { name: name.as_ptr(), typ, offset };
    let fields = leak([field(&NAME_A, int32, 0), field(&NAME_BLANK, int32, 4), field(&NAME_A, string_type(), 8)]);
    let mut typ = with_pointers(24, kind::STRUCT, 0, 16, &[0b10]);
    typ.equal = core::ptr::dangling::<u8>();
    let key = leak(StructType { typ, pkg_path: core::ptr::null(), fields: SliceHeader { ptr: fields.as_ptr(), len: 3, cap: 3 } });
    let t = map_type(&key.typ, int64(), map_flags::NEED_KEY_UPDATE);
    // SAFETY: keys of 24 bytes as described.
    unsafe {
        let m = makemap(t, 0);
        let make = |a: u64, blank: u64, s: &str| [a | blank << 32, s.as_ptr() as u64, s.len() as u64];
        for i in 0..200u64 {
            let k = make(i, i * 7, if i % 2 == 0 { "even" } else { "odd" });
            *mapassign(t, m, (&raw const k).cast()).cast::<u64>() = i;
        }
        for i in 0..200u64 {
            let copy = ::std::string::String::from(if i % 2 == 0 { "even" } else { "odd" });
            let k = make(i, 99, &copy);
            assert_eq!(*mapaccess1(t, m, (&raw const k).cast()).cast::<u64>(), i);
            let k = make(i, 99, "other");
            assert!(!mapaccess2(t, m, (&raw const k).cast()).1);
        }
        assert_eq!((*m).count, 200);
    }
}

#[test]
fn small_and_big_elements() {
    let _guard = lock();
    let byte = basic(1, kind::UINT8, tflag::REGULAR_MEMORY, 0, &[]);
    let int32 = basic(4, kind::INT32, tflag::REGULAR_MEMORY, 0, &[]);
    let big = basic(3000, kind::STRUCT, tflag::REGULAR_MEMORY, 0, &[]);
    let empty = basic(0, kind::STRUCT, tflag::REGULAR_MEMORY, 0, &[]);
    // SAFETY: sizes as described.
    unsafe {
        for elem in [byte, big, empty] {
            let t = map_type(int32, elem, 0);
            let m = makemap(t, 0);
            for k in 0..300u32 {
                let p = mapassign_fast32(t, m, k);
                p.write_bytes(k as u8, elem.size);
            }
            for k in 0..600u32 {
                let (p, ok) = mapaccess2_fast32(t, m, k);
                assert_eq!(ok, k < 300);
                let want = if ok { k as u8 } else { 0 };
                assert!(core::slice::from_raw_parts(p, elem.size).iter().all(|&b| b == want));
            }
        }
    }
}

#[test]
#[should_panic(expected = "raise 1 ")]
fn nil_map_write() {
    let t = map_type(int64(), int64(), 0);
    // SAFETY: a null map is allowed.
    unsafe {
        assert!(!mapaccess2_fast64(t, null_mut(), 1).1);
        mapdelete(t, null_mut(), [0u64; 1].as_ptr().cast());
        mapassign_fast64(t, null_mut(), 1);
    }
}

#[test]
#[should_panic(expected = "concurrent map writes")]
fn concurrent_writes_are_seen() {
    let _guard = lock();
    let t = map_type(int64(), int64(), 0);
    // SAFETY: a map.
    unsafe {
        let m = makemap(t, 0);
        (*m).writing.store(1, Ordering::Relaxed);
        mapassign_fast64(t, m, 1);
    }
}

#[test]
#[should_panic(expected = "raise 8 ")]
fn unhashable_key_in_empty_map() {
    let _guard = lock();
    let mut iface = crate::typedesc::InterfaceType {
        typ: with_pointers(16, kind::INTERFACE, 0, 16, &[0b11]),
        pkg_path: core::ptr::null(),
        methods: SliceHeader { ptr: core::ptr::null(), len: 0, cap: 0 },
    };
    iface.typ.equal = core::ptr::dangling::<u8>();
    let t = map_type(&leak(iface).typ, int64(), map_flags::HASH_MIGHT_PANIC | map_flags::NEED_KEY_UPDATE);
    let slice = leak(with_pointers(24, kind::SLICE, 0, 8, &[1]));
    // SAFETY: interface keys.
    unsafe {
        let m = makemap(t, 0);
        let nine = 9u64;
        let key = [(&raw const *int64()) as usize, (&raw const nine) as usize];
        *mapassign(t, m, key.as_ptr().cast()).cast::<u64>() = 5;
        assert_eq!(*mapaccess1(t, m, key.as_ptr().cast()).cast::<u64>(), 5);
        mapclear(t, m);
        let bad = [(&raw const *slice) as usize, 0];
        mapaccess1(t, m, bad.as_ptr().cast());
    }
}

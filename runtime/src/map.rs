//! Maps: a Swiss table of groups of eight slots behind a fixed header.
//!
//! ```text
//! Map { count, groups ─┐, mask, … }       count is word 0: len(m) reads it
//!                      └→ [Group; mask + 1],  Group = { ctrl u64, slots [8]{ key, elem } }   (the descriptor's Group type)
//! ctrl byte: 0x80 empty · 0xfe deleted · 0..=0x7f full, low 7 bits of the hash
//! ```
//! In: map type, map, key by address or by value. Out: address of the element. A group without empty slot makes a probe go on (triangular steps visit every
//! group); a table is at most 7/8 full, except a single group, which may be full since there is nowhere to go on to.
//!
//! **Growth** always makes a new array of groups and leaves the old one as it was. An iterator keeps the array it began with; once the map has another one, it
//! takes each key of its own array and looks it up in the map: deleted entries are not produced, changed ones with their new element, each at most once.
//! Keys that differ from themselves (NaN) cannot be looked up nor deleted; they are produced from the old array, unless the map was cleared.
//!
//! **Concurrent use** is a fatal error when it is seen: `writing` is set while the table changes; it is a plain byte, not a lock.
//! Hashing may raise and so comes before `writing` is set.

use crate::gc::cache::{cheap_rand, malloc};
use crate::hash::{hash32, hash64, memequal, memhash, typeequal, typehash, unhashable_part};
use crate::host;
use crate::string::GoString;
use crate::typedesc::{MapType, Type, map_flags, with_pointers};
use abi::typedesc::kind;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicU8, AtomicU64, AtomicUsize, Ordering};

const SLOTS: usize = 8;
const LSB: u64 = 0x0101_0101_0101_0101;
const MSB: u64 = 0x8080_8080_8080_8080;
const EMPTY: u8 = 0x80;
const DELETED: u8 = 0xfe;
const ALL_EMPTY: u64 = MSB;

#[repr(C)]
pub struct Map {
    pub count: usize,
    groups: *mut u8,
    /// Number of groups − 1; meaningless while `groups` is null.
    mask: usize,
    /// Empty slots that may still be filled.
    growth_left: usize,
    /// Deleted slots.
    tombstones: usize,
    seed: u64,
    /// Number of clears.
    clear_seq: u64,
    writing: AtomicU8,
}

/// Descriptor of the header: word 1 is a pointer.
static MAP_HEADER: Type = with_pointers(size_of::<Map>(), kind::STRUCT, 0, 16, &[0b10]);

/// What compiled code reserves for a `range` loop (`abi::rt::MAP_ITER_WORDS`; words 0 to 4 are pointers).
#[repr(C)]
pub struct Iter {
    /// Null at the end.
    pub key: *mut u8,
    pub elem: *mut u8,
    typ: *const MapType,
    map: *mut Map,
    groups: *mut u8,
    mask: usize,
    /// Where the walk begins: a group and a slot.
    group_offset: usize,
    slot_offset: usize,
    /// Slots seen.
    index: usize,
    clear_seq: u64,
    unused: [usize; 2],
}

const _: () = assert!(size_of::<Iter>() == abi::rt::MAP_ITER_WORDS * 8);

/// How a kind of key is hashed, compared and stored.
trait Key: Copy {
    /// As `hash::unhashable_part`.
    unsafe fn unhashable_part(self, _: &MapType) -> *const Type {
        core::ptr::null()
    }
    unsafe fn hash(self, t: &MapType, seed: u64) -> u64;
    unsafe fn equals(self, t: &MapType, slot: *const u8) -> bool;
    unsafe fn store(self, t: &MapType, slot: *mut u8);
    /// Whether overwriting an element stores the key again.
    fn update(t: &MapType) -> bool;
}

#[derive(Clone, Copy)]
struct Key32(u32);
#[derive(Clone, Copy)]
struct Key64(u64);
#[derive(Clone, Copy)]
struct KeyAt(*const u8);

impl Key for Key32 {
    #[inline(always)]
    unsafe fn hash(self, _: &MapType, seed: u64) -> u64 {
        hash32(self.0, seed)
    }
    #[inline(always)]
    unsafe fn equals(self, _: &MapType, slot: *const u8) -> bool {
        // SAFETY: the slot holds a 4-byte key.
        unsafe { *slot.cast::<u32>() == self.0 }
    }
    #[inline(always)]
    unsafe fn store(self, _: &MapType, slot: *mut u8) {
        // SAFETY: as above.
        unsafe { *slot.cast::<u32>() = self.0 }
    }
    fn update(_: &MapType) -> bool {
        false
    }
}

impl Key for Key64 {
    #[inline(always)]
    unsafe fn hash(self, _: &MapType, seed: u64) -> u64 {
        hash64(self.0, seed)
    }
    #[inline(always)]
    unsafe fn equals(self, _: &MapType, slot: *const u8) -> bool {
        // SAFETY: the slot holds an 8-byte key.
        unsafe { *slot.cast::<u64>() == self.0 }
    }
    #[inline(always)]
    unsafe fn store(self, _: &MapType, slot: *mut u8) {
        // SAFETY: as above.
        unsafe { *slot.cast::<u64>() = self.0 }
    }
    fn update(_: &MapType) -> bool {
        false
    }
}

impl Key for GoString {
    #[inline(always)]
    unsafe fn hash(self, _: &MapType, seed: u64) -> u64 {
        // SAFETY: a Go string.
        unsafe { memhash(self.ptr, self.len, seed) }
    }
    #[inline(always)]
    unsafe fn equals(self, _: &MapType, slot: *const u8) -> bool {
        // SAFETY: the slot holds a string.
        unsafe {
            let other = *slot.cast::<GoString>();
            other.len == self.len && memequal(other.ptr, self.ptr, self.len)
        }
    }
    #[inline(always)]
    unsafe fn store(self, _: &MapType, slot: *mut u8) {
        // SAFETY: as above.
        unsafe { *slot.cast::<GoString>() = self }
    }
    fn update(_: &MapType) -> bool {
        // The stored string may be a small part of something large: keep the latest.
        true
    }
}

impl Key for KeyAt {
    unsafe fn unhashable_part(self, t: &MapType) -> *const Type {
        // SAFETY: the address of a key.
        unsafe { unhashable_part(&*t.key, self.0) }
    }
    unsafe fn hash(self, t: &MapType, seed: u64) -> u64 {
        // SAFETY: the address of a key.
        unsafe { typehash(&*t.key, self.0, seed) }
    }
    unsafe fn equals(self, t: &MapType, slot: *const u8) -> bool {
        // SAFETY: both are keys.
        unsafe { typeequal(&*t.key, self.0, slot) }
    }
    unsafe fn store(self, t: &MapType, slot: *mut u8) {
        // SAFETY: both have the size of a key.
        unsafe { core::ptr::copy(self.0, slot, (*t.key).size) }
    }
    fn update(t: &MapType) -> bool {
        t.flags & map_flags::NEED_KEY_UPDATE != 0
    }
}

/// Lowest bit of each matching ctrl byte's top bit. May report a byte whose neighbour matched: keys are compared anyway.
#[inline(always)]
fn match_h2(ctrl: u64, h2: u64) -> u64 {
    let v = ctrl ^ (LSB * h2);
    v.wrapping_sub(LSB) & !v & MSB
}

#[inline(always)]
fn match_empty(ctrl: u64) -> u64 {
    ctrl & !(ctrl << 6) & MSB
}

#[inline(always)]
fn match_free(ctrl: u64) -> u64 {
    ctrl & MSB
}

#[inline(always)]
fn first(bits: u64) -> usize {
    bits.trailing_zeros() as usize / 8
}

#[inline(always)]
fn h1(hash: u64) -> usize {
    (hash >> 7) as usize
}

#[inline(always)]
fn h2(hash: u64) -> u64 {
    hash & 0x7f
}

impl Map {
    #[inline(always)]
    fn group(&self, t: &MapType, idx: usize) -> *mut u8 {
        self.groups.wrapping_add(idx * t.group_size)
    }

    fn capacity(&self) -> usize {
        if self.groups.is_null() { 0 } else { (self.mask + 1) * SLOTS }
    }

    #[inline(always)]
    fn is_writing(&self) -> bool {
        self.writing.load(Ordering::Relaxed) != 0
    }

    #[inline(always)]
    fn begin_write(&self) {
        if self.is_writing() {
            host::fatal("concurrent map writes");
        }
        self.writing.store(1, Ordering::Relaxed);
    }

    #[inline(always)]
    fn end_write(&self) {
        if !self.is_writing() {
            host::fatal("concurrent map writes");
        }
        self.writing.store(0, Ordering::Relaxed);
    }

    /// Slot address of a key (group, slot index), if present.
    #[inline(always)]
    unsafe fn find<K: Key>(&self, t: &MapType, key: K, hash: u64) -> Option<(*mut u8, usize)> {
        if self.groups.is_null() {
            return None;
        }
        let mask = self.mask;
        let mut idx = h1(hash) & mask;
        let mut step = 0;
        loop {
            let group = self.group(t, idx);
            // SAFETY: idx ≤ mask; a full slot holds a key.
            unsafe {
                let ctrl = *group.cast::<u64>();
                let mut candidates = match_h2(ctrl, h2(hash));
                while candidates != 0 {
                    let slot = first(candidates);
                    if key.equals(t, key_at(t, group, slot)) {
                        return Some((group, slot));
                    }
                    candidates &= candidates - 1;
                }
                if match_empty(ctrl) != 0 {
                    return None;
                }
            }
            step += 1;
            if step > mask {
                return None;
            }
            idx = (idx + step) & mask;
        }
    }

    /// First empty or deleted slot on the probe sequence of `hash`.
    unsafe fn find_free(&self, t: &MapType, hash: u64) -> Option<(*mut u8, usize)> {
        if self.groups.is_null() {
            return None;
        }
        let mask = self.mask;
        let mut idx = h1(hash) & mask;
        for step in 1..=mask + 1 {
            let group = self.group(t, idx);
            // SAFETY: idx ≤ mask.
            let free = match_free(unsafe { *group.cast::<u64>() });
            if free != 0 {
                return Some((group, first(free)));
            }
            idx = (idx + step) & mask;
        }
        None
    }

    /// An array of empty groups with room for `capacity` slots (a power of two, at least 8).
    unsafe fn set_groups(&mut self, t: &MapType, capacity: usize) {
        let n_groups = capacity / SLOTS;
        // SAFETY: the group type describes one group; the memory is fresh.
        unsafe {
            let groups = malloc(n_groups * t.group_size, t.group);
            for i in 0..n_groups {
                *groups.add(i * t.group_size).cast::<u64>() = ALL_EMPTY;
            }
            self.groups = groups;
        }
        self.mask = n_groups - 1;
        self.tombstones = 0;
        self.growth_left = max_load(capacity);
    }

    /// Moves everything to a new array: twice the size, or the same if deleted slots fill much of it.
    #[cold]
    unsafe fn rehash(&mut self, t: &MapType) {
        let capacity = self.capacity();
        let (old, n_old) = (self.groups, capacity / SLOTS);
        let larger = if capacity == 0 {
            SLOTS
        } else if self.count <= max_load(capacity) * 3 / 4 && self.tombstones > 0 {
            capacity
        } else {
            capacity * 2
        };
        // SAFETY: the old array stays as it is; every entry is copied once.
        unsafe {
            self.set_groups(t, larger);
            let (key_type, elem_size) = (&*t.key, (*t.elem).size);
            let class = KeyClass::of(key_type);
            for i in 0..n_old {
                let group = old.add(i * t.group_size);
                let mut full = !*group.cast::<u64>() & MSB;
                while full != 0 {
                    let slot = first(full);
                    full &= full - 1;
                    let key = key_at(t, group, slot);
                    let hash = class.hash(key_type, key, self.seed);
                    let Some((to, to_slot)) = self.find_free(t, hash) else { host::throw("map: no room after growth") };
                    core::ptr::copy_nonoverlapping(key, key_at(t, to, to_slot), key_type.size);
                    core::ptr::copy_nonoverlapping(elem_at(t, group, slot), elem_at(t, to, to_slot), elem_size);
                    *to.add(to_slot) = h2(hash) as u8;
                    self.growth_left -= 1;
                }
            }
        }
    }
}

/// The usual keys without a walk through their descriptor.
enum KeyClass {
    Bits32,
    Bits64,
    Str,
    Other,
}

impl KeyClass {
    fn of(key: &Type) -> KeyClass {
        match (key.kind(), key.size, key.is_regular_memory()) {
            (kind::STRING, ..) => KeyClass::Str,
            (_, 4, true) => KeyClass::Bits32,
            (_, 8, true) => KeyClass::Bits64,
            _ => KeyClass::Other,
        }
    }

    unsafe fn hash(&self, key_type: &Type, key: *const u8, seed: u64) -> u64 {
        // SAFETY: `key` is a key of that type.
        unsafe {
            match self {
                KeyClass::Bits32 => hash32(*key.cast(), seed),
                KeyClass::Bits64 => hash64(*key.cast(), seed),
                KeyClass::Str => {
                    let s = *key.cast::<GoString>();
                    memhash(s.ptr, s.len, seed)
                }
                KeyClass::Other => typehash(key_type, key, seed),
            }
        }
    }
}

#[inline(always)]
fn key_at(t: &MapType, group: *mut u8, slot: usize) -> *mut u8 {
    group.wrapping_add(t.keys_off + slot * t.key_stride)
}

#[inline(always)]
fn elem_at(t: &MapType, group: *mut u8, slot: usize) -> *mut u8 {
    group.wrapping_add(t.elems_off + slot * t.elem_stride)
}

fn max_load(capacity: usize) -> usize {
    if capacity <= SLOTS { capacity } else { capacity / 8 * 7 }
}

/// 1024 zero bytes: elements that are not there.
#[repr(C, align(64))]
pub struct ZeroValue([AtomicU64; 128]);
#[cfg_attr(not(test), unsafe(export_name = "gorc_zeroval"))]
pub static ZERO_VALUE: ZeroValue = ZeroValue([const { AtomicU64::new(0) }; 128]);
/// A larger one, made when an element type needs it.
static BIG_ZERO: AtomicPtr<u8> = AtomicPtr::new(null_mut());
static BIG_ZERO_LEN: AtomicUsize = AtomicUsize::new(0);

/// Address of `size` zero bytes that nobody writes.
pub fn zero_value(size: usize) -> *mut u8 {
    if size <= size_of::<ZeroValue>() {
        return (&raw const ZERO_VALUE).cast_mut().cast();
    }
    // Length first, then address: a reader that sees the length sees an area at least as long.
    if size > BIG_ZERO_LEN.load(Ordering::Acquire) {
        let len = size.next_power_of_two().max(1 << 20);
        let area = host::reserve(0, len);
        if area == 0 || !host::commit(area, len) {
            host::fatal("out of memory");
        }
        BIG_ZERO.store(area as *mut u8, Ordering::Release);
        BIG_ZERO_LEN.store(len, Ordering::Release);
        return area as *mut u8;
    }
    BIG_ZERO.load(Ordering::Acquire)
}

/// # Safety
/// `t` is a complete map type.
pub unsafe fn makemap(t: &MapType, hint: isize) -> *mut Map {
    // SAFETY: the header has room for a Map.
    unsafe {
        let m = &mut *malloc(size_of::<Map>(), &raw const MAP_HEADER).cast::<Map>();
        m.seed = cheap_rand();
        let hint = if hint < 0 { 0 } else { hint as usize };
        if hint > SLOTS {
            // An absurd hint is no reason to fail: the map grows when it must.
            let capacity = (hint / 7).checked_add(1).and_then(|n| n.checked_mul(8)).and_then(usize::checked_next_power_of_two);
            if let Some(capacity) = capacity
                && (capacity / SLOTS).checked_mul(t.group_size).is_some_and(|bytes| bytes < 1 << 40)
            {
                m.set_groups(t, capacity);
            }
        }
        m
    }
}

/// Raises UNHASHABLE (with 1 for the other text that gc has here) for a key that would, though there is nothing to look in.
unsafe fn check_hashable<K: Key>(t: &MapType, key: K) {
    if t.flags & map_flags::HASH_MIGHT_PANIC != 0 {
        // SAFETY: a key.
        let bad = unsafe { key.unhashable_part(t) };
        if !bad.is_null() {
            host::raise(abi::raise::UNHASHABLE, bad as u64, 1);
        }
    }
}

#[inline(always)]
unsafe fn access<K: Key>(t: &MapType, m: *mut Map, key: K) -> Option<*mut u8> {
    // SAFETY: the caller's promise: a map of type t or null.
    unsafe {
        if m.is_null() || (*m).count == 0 {
            check_hashable(t, key);
            return None;
        }
        let m = &*m;
        if m.is_writing() {
            host::fatal("concurrent map read and map write");
        }
        let hash = key.hash(t, m.seed);
        m.find(t, key, hash).map(|(group, slot)| elem_at(t, group, slot))
    }
}

#[inline(always)]
unsafe fn assign<K: Key>(t: &MapType, m: *mut Map, key: K) -> *mut u8 {
    if m.is_null() {
        host::raise(abi::raise::NIL_MAP_WRITE, 0, 0);
    }
    // SAFETY: a map of type t.
    unsafe {
        let m = &mut *m;
        if m.is_writing() {
            host::fatal("concurrent map writes");
        }
        let hash = key.hash(t, m.seed);
        m.begin_write();
        let (group, slot) = match m.find(t, key, hash) {
            Some((group, slot)) => {
                if K::update(t) {
                    key.store(t, key_at(t, group, slot));
                }
                (group, slot)
            }
            None => insert(t, m, key, hash),
        };
        m.end_write();
        elem_at(t, group, slot)
    }
}

/// A slot for a key that is not there. `writing` is set.
unsafe fn insert<K: Key>(t: &MapType, m: &mut Map, key: K, hash: u64) -> (*mut u8, usize) {
    // SAFETY: as in `assign`.
    unsafe {
        let mut place = m.find_free(t, hash);
        let reuses = matches!(place, Some((group, slot)) if *group.add(slot) == DELETED);
        if !reuses && m.growth_left == 0 {
            m.rehash(t);
            place = m.find_free(t, hash);
        }
        let Some((group, slot)) = place else { host::throw("map: no room after growth") };
        if reuses {
            m.tombstones -= 1;
        } else {
            m.growth_left -= 1;
        }
        key.store(t, key_at(t, group, slot));
        *group.add(slot) = h2(hash) as u8;
        m.count += 1;
        (group, slot)
    }
}

unsafe fn delete<K: Key>(t: &MapType, m: *mut Map, key: K) {
    // SAFETY: a map of type t or null.
    unsafe {
        if m.is_null() || (*m).count == 0 {
            check_hashable(t, key);
            return;
        }
        let m = &mut *m;
        if m.is_writing() {
            host::fatal("concurrent map writes");
        }
        let hash = key.hash(t, m.seed);
        m.begin_write();
        if let Some((group, slot)) = m.find(t, key, hash) {
            key_at(t, group, slot).write_bytes(0, (*t.key).size);
            elem_at(t, group, slot).write_bytes(0, (*t.elem).size);
            m.count -= 1;
            // In a group with an empty slot every probe ends anyway: the slot can be empty again.
            if match_empty(*group.cast::<u64>()) != 0 || m.mask == 0 {
                *group.add(slot) = EMPTY;
                m.growth_left += 1;
            } else {
                *group.add(slot) = DELETED;
                m.tombstones += 1;
            }
            if m.count == 0 {
                reset_empty(t, m);
            }
        }
        m.end_write();
    }
}

/// The last entry is gone: deleted slots can be empty, and a new seed foils guessed collisions.
unsafe fn reset_empty(t: &MapType, m: &mut Map) {
    if m.tombstones > 0 {
        for i in 0..=m.mask {
            // SAFETY: i ≤ mask.
            unsafe { *m.group(t, i).cast::<u64>() = ALL_EMPTY };
        }
        m.tombstones = 0;
        m.growth_left = max_load(m.capacity());
    }
    m.seed = cheap_rand();
}

/// # Safety
/// `m` is null or a map of type `t`; the same for the functions below.
pub unsafe fn mapclear(t: &MapType, m: *mut Map) {
    // SAFETY: the caller's promise.
    unsafe {
        if m.is_null() || ((*m).count == 0 && (*m).tombstones == 0) {
            return;
        }
        let m = &mut *m;
        m.begin_write();
        for i in 0..=m.mask {
            let group = m.group(t, i);
            if *group.cast::<u64>() != ALL_EMPTY {
                group.write_bytes(0, t.group_size);
                *group.cast::<u64>() = ALL_EMPTY;
            }
        }
        m.count = 0;
        m.tombstones = 0;
        m.growth_left = max_load(m.capacity());
        m.clear_seq += 1;
        m.seed = cheap_rand();
        m.end_write();
    }
}

/// # Safety
/// See `mapclear`; `it` has room for an Iter.
pub unsafe fn mapiterinit(t: &MapType, m: *mut Map, it: *mut Iter) {
    // SAFETY: the caller's promise.
    unsafe {
        it.write(Iter {
            key: null_mut(),
            elem: null_mut(),
            typ: t,
            map: m,
            groups: null_mut(),
            mask: 0,
            group_offset: 0,
            slot_offset: 0,
            index: 0,
            clear_seq: 0,
            unused: [0; 2],
        });
        if m.is_null() || (*m).count == 0 {
            return;
        }
        let (it, m) = (&mut *it, &*m);
        if m.is_writing() {
            host::fatal("concurrent map iteration and map write");
        }
        let random = cheap_rand();
        it.groups = m.groups;
        it.mask = m.mask;
        it.group_offset = (random >> 3) as usize;
        it.slot_offset = random as usize & (SLOTS - 1);
        it.clear_seq = m.clear_seq;
        mapiternext(it);
    }
}

/// # Safety
/// `it` was set by `mapiterinit` and has not ended.
pub unsafe fn mapiternext(it: &mut Iter) {
    // SAFETY: the iterator's array and map are alive: it points to them.
    unsafe {
        let end = (it.mask + 1) * SLOTS;
        if it.groups.is_null() {
            it.key = null_mut();
            it.elem = null_mut();
            return;
        }
        let (t, m) = (&*it.typ, &*it.map);
        if m.is_writing() {
            host::fatal("concurrent map iteration and map write");
        }
        while it.index < end {
            let group = it.groups.add(((it.index / SLOTS + it.group_offset) & it.mask) * t.group_size);
            if match_free(*group.cast::<u64>()) == MSB {
                it.index = (it.index / SLOTS + 1) * SLOTS;
                continue;
            }
            let slot = (it.index + it.slot_offset) & (SLOTS - 1);
            it.index += 1;
            if *group.add(slot) & 0x80 != 0 {
                continue;
            }
            let (mut key, mut elem) = (key_at(t, group, slot), elem_at(t, group, slot));
            if it.groups != m.groups {
                match find_again(t, m, key) {
                    Some((group, slot)) => {
                        key = key_at(t, group, slot);
                        elem = elem_at(t, group, slot);
                    }
                    None if is_lookable(t, key) || it.clear_seq != m.clear_seq => continue,
                    None => {}
                }
            }
            it.key = key;
            it.elem = elem;
            return;
        }
        it.key = null_mut();
        it.elem = null_mut();
    }
}

/// A key of an older array, in the map as it is now.
unsafe fn find_again(t: &MapType, m: &Map, key: *const u8) -> Option<(*mut u8, usize)> {
    if m.count == 0 {
        return None;
    }
    // SAFETY: a key of the map's type, hashed before without raising.
    unsafe {
        let hash = KeyClass::of(&*t.key).hash(&*t.key, key, m.seed);
        m.find(t, KeyAt(key), hash)
    }
}

/// Whether the key equals itself.
unsafe fn is_lookable(t: &MapType, key: *const u8) -> bool {
    // SAFETY: a key of the map's type.
    unsafe { typeequal(&*t.key, key, key) }
}

/// Address of the element, or of a zero value.
///
/// # Safety
/// See `mapclear`; `key` is the address of a key.
pub unsafe fn mapaccess1(t: &MapType, m: *mut Map, key: *const u8) -> *mut u8 {
    // SAFETY: the caller's promise.
    unsafe { access(t, m, KeyAt(key)).unwrap_or_else(|| zero_value((*t.elem).size)) }
}

/// Element, or zero value and false.
///
/// # Safety
/// As `mapaccess1`.
pub unsafe fn mapaccess2(t: &MapType, m: *mut Map, key: *const u8) -> (*mut u8, bool) {
    // SAFETY: the caller's promise.
    unsafe { or_zero(t, access(t, m, KeyAt(key))) }
}

unsafe fn or_zero(t: &MapType, found: Option<*mut u8>) -> (*mut u8, bool) {
    match found {
        Some(elem) => (elem, true),
        // SAFETY: a complete map type.
        None => (zero_value(unsafe { (*t.elem).size }), false),
    }
}

/// Address to store the element to.
///
/// # Safety
/// As `mapaccess1`.
pub unsafe fn mapassign(t: &MapType, m: *mut Map, key: *const u8) -> *mut u8 {
    // SAFETY: the caller's promise.
    unsafe { assign(t, m, KeyAt(key)) }
}

/// # Safety
/// As `mapaccess1`.
pub unsafe fn mapdelete(t: &MapType, m: *mut Map, key: *const u8) {
    // SAFETY: the caller's promise.
    unsafe { delete(t, m, KeyAt(key)) }
}

macro_rules! by_value {
    ($access1:ident, $access2:ident, $assign:ident, $($arg:ident: $ty:ty),*; $key:expr) => {
        /// # Safety
        /// See `mapclear`; the keys of the map have this form.
        pub unsafe fn $access1(t: &MapType, m: *mut Map, $($arg: $ty),*) -> *mut u8 {
            // SAFETY: the caller's promise.
            unsafe { access(t, m, $key).unwrap_or_else(|| zero_value((*t.elem).size)) }
        }
        /// # Safety
        /// See `mapclear`; the keys of the map have this form.
        pub unsafe fn $access2(t: &MapType, m: *mut Map, $($arg: $ty),*) -> (*mut u8, bool) {
            // SAFETY: the caller's promise.
            unsafe { or_zero(t, access(t, m, $key)) }
        }
        /// # Safety
        /// See `mapclear`; the keys of the map have this form.
        pub unsafe fn $assign(t: &MapType, m: *mut Map, $($arg: $ty),*) -> *mut u8 {
            // SAFETY: the caller's promise.
            unsafe { assign(t, m, $key) }
        }
    };
}
by_value!(mapaccess1_fast32, mapaccess2_fast32, mapassign_fast32, key: u32; Key32(key));
by_value!(mapaccess1_fast64, mapaccess2_fast64, mapassign_fast64, key: u64; Key64(key));
by_value!(mapaccess1_faststr, mapaccess2_faststr, mapassign_faststr, ptr: *const u8, len: usize; GoString { ptr, len });

/// `maps.Clone`: a map with the same entries.
///
/// # Safety
/// `m` is a map of type `t`.
pub unsafe fn mapclone(t: &MapType, m: *mut Map) -> *mut Map {
    // SAFETY: the caller's promise.
    unsafe {
        let copy = makemap(t, 0);
        if (*m).is_writing() {
            host::fatal("concurrent map clone and map write");
        }
        if !(*m).groups.is_null() {
            let bytes = ((*m).mask + 1) * t.group_size;
            (*copy).groups = malloc(bytes, t.group);
            core::ptr::copy_nonoverlapping((*m).groups, (*copy).groups, bytes);
            (*copy).mask = (*m).mask;
            (*copy).count = (*m).count;
            (*copy).growth_left = (*m).growth_left;
            (*copy).tombstones = (*m).tombstones;
            (*copy).seed = (*m).seed;
        }
        copy
    }
}

/// Fills in what a map type made at run time needs beside its common part, Key and Elem. The layout is the one `lower` emits.
///
/// # Safety
/// Key and elem are complete descriptors.
pub unsafe fn init_map_type(t: &mut MapType) {
    // SAFETY: the caller's promise.
    unsafe {
        let (key, elem) = (&*t.key, &*t.elem);
        let align = |n: usize, to: u8| n.next_multiple_of(usize::from(to.max(1)));
        let elem_off = align(key.size, elem.align);
        // A struct does not end with a field of size 0: its address would be outside.
        let end = elem_off + elem.size + usize::from(elem.size == 0 && elem_off != 0);
        let slot = align(end, key.align.max(elem.align));
        let group_size = (8 + SLOTS * slot).next_multiple_of(8);
        let mut mask = alloc::vec![0u8; group_size / 64 + 1];
        let mut ptr_bytes = 0;
        for i in 0..SLOTS {
            for (typ, off) in [(key, 0), (elem, elem_off)] {
                for word in (0..typ.ptr_bytes / 8).filter(|&w| typ.is_pointer_word(w)) {
                    let at = (8 + i * slot + off) / 8 + word;
                    mask[at / 8] |= 1 << (at % 8);
                    ptr_bytes = ptr_bytes.max((at + 1) * 8);
                }
            }
        }
        let mut group = crate::typedesc::plain(group_size, kind::STRUCT, 0);
        group.ptr_bytes = ptr_bytes;
        group.gc_data = alloc::boxed::Box::leak(mask.into_boxed_slice()).as_ptr();
        t.group = alloc::boxed::Box::leak(alloc::boxed::Box::new(group));
        t.group_size = group_size;
        t.keys_off = 8;
        t.key_stride = slot;
        t.elems_off = 8 + elem_off;
        t.elem_stride = slot;
        t.elem_off = elem_off;
        t.flags = key_flags(key);
    }
}

/// NEED_KEY_UPDATE: equal keys can differ. HASH_MIGHT_PANIC: an interface is inside.
unsafe fn key_flags(key: &Type) -> u32 {
    use crate::typedesc::{ArrayType, StructType};
    // SAFETY: a complete descriptor.
    unsafe {
        match key.kind() {
            kind::FLOAT32 | kind::FLOAT64 | kind::COMPLEX64 | kind::COMPLEX128 | kind::STRING => map_flags::NEED_KEY_UPDATE,
            kind::INTERFACE => map_flags::NEED_KEY_UPDATE | map_flags::HASH_MIGHT_PANIC,
            kind::ARRAY => key_flags(&*key.as_variant::<ArrayType>().elem),
            kind::STRUCT => key.as_variant::<StructType>().fields.as_slice().iter().fold(0, |flags, f| flags | key_flags(&*f.typ)),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests;

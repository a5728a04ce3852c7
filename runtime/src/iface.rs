//! Interfaces: itabs for pairs of interface and dynamic type, made when first needed and kept for good.
//!
//! In: interface type and dynamic type. Out: an itab, or that the type lacks a method. Itabs that the compiler made are found first. The table is read
//! without a lock: an entry is published complete and never changes; growing publishes a larger copy and leaves the old one.
//! A missing method is remembered too: an itab whose first code word is 0.

use crate::gc::lock::Mutex;
use crate::host;
use crate::typedesc::{IMethod, InterfaceType, Name, Type, name_at, text_at, type_at};
use core::ptr::{null, null_mut};
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// `abi::typedesc::itab`, followed by one code word per method.
#[repr(C)]
pub struct ITab {
    pub inter: *const InterfaceType,
    pub typ: *const Type,
    pub hash: u32,
    unused: u32,
    fun: [usize; 1],
}

#[repr(C)]
struct Table {
    mask: usize,
    entries: *mut AtomicPtr<ITab>,
}

static TABLE: AtomicPtr<Table> = AtomicPtr::new(null_mut());
/// Number of entries; writers hold it.
static WRITER: Mutex<usize> = Mutex::new(0);
/// The compiler's itabs: address and number.
static STATIC_ITABS: [AtomicUsize; 2] = [const { AtomicUsize::new(0) }; 2];

/// Remembers the compiler's itabs; they are entered when the table is first used.
pub fn init(itabs: usize, n: usize) {
    STATIC_ITABS[0].store(itabs, Ordering::Relaxed);
    STATIC_ITABS[1].store(n, Ordering::Relaxed);
}

unsafe fn hash(inter: *const InterfaceType, typ: *const Type) -> usize {
    // SAFETY: complete descriptors.
    let mixed = unsafe { u64::from((*inter).typ.hash) << 32 | u64::from((*typ).hash) };
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize
}

impl Table {
    unsafe fn find(&self, inter: *const InterfaceType, typ: *const Type) -> *const ITab {
        // SAFETY: the table is at most three quarters full, so the probe ends.
        unsafe {
            let mut at = hash(inter, typ) & self.mask;
            loop {
                let tab = (*self.entries.add(at)).load(Ordering::Acquire);
                if tab.is_null() || ((*tab).inter == inter && (*tab).typ == typ) {
                    return tab;
                }
                at = (at + 1) & self.mask;
            }
        }
    }

    unsafe fn insert(&self, tab: *mut ITab) {
        // SAFETY: there is room; the writer's lock is held.
        unsafe {
            let mut at = hash((*tab).inter, (*tab).typ) & self.mask;
            while !(*self.entries.add(at)).load(Ordering::Relaxed).is_null() {
                at = (at + 1) & self.mask;
            }
            (*self.entries.add(at)).store(tab, Ordering::Release);
        }
    }
}

/// Enters `tab`, growing the table first if need be. The writer's lock is held.
unsafe fn add(n: &mut usize, tab: *mut ITab) {
    // SAFETY: see the module comment.
    unsafe {
        let old = TABLE.load(Ordering::Acquire);
        let capacity = if old.is_null() { 0 } else { (*old).mask + 1 };
        let mut table = old;
        if (*n + 1) * 4 > capacity * 3 {
            let capacity = (capacity * 2).max(64);
            let memory = persistent(size_of::<Table>() + capacity * 8);
            table = memory.cast::<Table>();
            table.write(Table { mask: capacity - 1, entries: memory.add(size_of::<Table>()).cast() });
            if !old.is_null() {
                for i in 0..=(*old).mask {
                    let entry = (*(*old).entries.add(i)).load(Ordering::Relaxed);
                    if !entry.is_null() {
                        (*table).insert(entry);
                    }
                }
            }
        }
        (*table).insert(tab);
        *n += 1;
        if table != old {
            TABLE.store(table, Ordering::Release);
        }
    }
}

/// Zeroed memory for good.
fn persistent(bytes: usize) -> *mut u8 {
    crate::gc::init_once();
    let p = crate::gc::heap::PAGE_HEAP.lock().alloc_metadata(bytes);
    if p.is_null() {
        host::throw("out of memory (itabs)");
    }
    p
}

/// Itab of `typ` for `inter`, which has methods; null if the type lacks one.
///
/// # Safety
/// Complete descriptors.
pub unsafe fn get_itab(inter: *const InterfaceType, typ: *const Type) -> *const ITab {
    // SAFETY: the caller's promise.
    unsafe {
        let table = TABLE.load(Ordering::Acquire);
        let mut tab = if table.is_null() { null() } else { (*table).find(inter, typ) };
        if tab.is_null() {
            tab = make_itab(inter, typ);
        }
        if (*tab).fun[0] == 0 { null() } else { tab }
    }
}

#[cold]
unsafe fn make_itab(inter: *const InterfaceType, typ: *const Type) -> *const ITab {
    // SAFETY: the caller's promise.
    unsafe {
        let mut n = WRITER.lock();
        if TABLE.load(Ordering::Relaxed).is_null() {
            let itabs = STATIC_ITABS[0].load(Ordering::Relaxed) as *const *mut ITab;
            for i in 0..STATIC_ITABS[1].load(Ordering::Relaxed) {
                add(&mut n, *itabs.add(i));
            }
        }
        let table = TABLE.load(Ordering::Relaxed);
        if !table.is_null() {
            let tab = (*table).find(inter, typ);
            if !tab.is_null() {
                return tab;
            }
        }
        let methods = (*inter).methods.as_slice();
        let tab = persistent(size_of::<ITab>() + methods.len() * 8).cast::<ITab>();
        (*tab).inter = inter;
        (*tab).typ = typ;
        (*tab).hash = (*typ).hash;
        let fun = (&raw mut (*tab).fun).cast::<usize>();
        for (i, method) in methods.iter().enumerate() {
            match find_method(inter, method, &*typ) {
                Some(code) => *fun.add(i) = code,
                None => {
                    *fun = 0;
                    break;
                }
            }
        }
        add(&mut n, tab);
        tab
    }
}

/// Code of the type's method for an interface method: same name, same type, and for an unexported one the same package.
unsafe fn find_method(inter: *const InterfaceType, want: &IMethod, typ: &Type) -> Option<usize> {
    // SAFETY: complete descriptors.
    unsafe {
        let (name, want_type) = (Name(name_at(want.name)), type_at(want.typ));
        let pkg = |n: Name, default: &'static [u8]| -> &[u8] {
            let path = n.pkg_path();
            if path.is_empty() { default } else { path }
        };
        let inter_pkg = Name((*inter).pkg_path).bytes();
        typ.methods().iter().find_map(|m| {
            let method = Name(name_at(m.name));
            if method.bytes() != name.bytes() || type_at(m.mtyp) != want_type {
                return None;
            }
            if !method.exported() && pkg(method, core::mem::transmute::<&[u8], &'static [u8]>(typ.pkg_path())) != pkg(name, inter_pkg) {
                return None;
            }
            let code = text_at(m.ifn);
            if code == 0 { None } else { Some(code) }
        })
    }
}

/// Itab for `x.(I)`, `typ` the dynamic type or null; raises ASSERT_INTERFACE.
///
/// # Safety
/// Complete descriptors.
pub unsafe fn assert_e2i(inter: *const InterfaceType, typ: *const Type) -> *const ITab {
    // SAFETY: the caller's promise.
    let tab = unsafe { assert_e2i2(inter, typ) };
    if tab.is_null() {
        host::raise(abi::raise::ASSERT_INTERFACE, typ as u64, inter as u64);
    }
    tab
}

/// Itab or null.
///
/// # Safety
/// Complete descriptors.
pub unsafe fn assert_e2i2(inter: *const InterfaceType, typ: *const Type) -> *const ITab {
    // SAFETY: the caller's promise.
    if typ.is_null() { null() } else { unsafe { get_itab(inter, typ) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typedesc::{self, Method, SliceHeader, UncommonType, plain};
    use abi::typedesc::{kind, tflag};
    use std::boxed::Box;
    use std::vec::Vec;

    /// A concrete type with two exported methods and one of package p; the method type of all is the descriptor at offset 64.
    #[repr(C)]
    struct Concrete {
        typ: Type,
        uncommon: UncommonType,
        methods: [Method; 3],
    }

    #[repr(C, align(64))]
    struct Types {
        names: [u8; 64],
        method_type: Type,
    }

    fn name(names: &mut Vec<u8>, text: &str, exported: bool, pkg: Option<i32>) -> i32 {
        let at = names.len() as i32;
        names.push(u8::from(exported) | if pkg.is_some() { 4 } else { 0 });
        names.push(text.len() as u8);
        names.extend(text.bytes());
        if let Some(pkg) = pkg {
            names.extend(pkg.to_le_bytes());
        }
        at
    }

    #[test]
    fn itabs_are_found_made_and_refused() {
        let _guard = crate::host::TEST_HEAP.lock().unwrap_or_else(|e| e.into_inner());
        let mut names = std::vec![0u8, 0];
        let pkg_p = name(&mut names, "p", false, None);
        let pkg_q = name(&mut names, "q", false, None);
        let close = name(&mut names, "Close", true, None);
        let read = name(&mut names, "Read", true, None);
        let secret = name(&mut names, "secret", false, Some(pkg_p));
        let foreign = name(&mut names, "secret", false, Some(pkg_q));
        names.resize(64, 0);
        let types = Box::leak(Box::new(Types { names: names.try_into().unwrap(), method_type: plain(8, kind::FUNC, 0) }));
        let base = &raw const *types as usize;
        typedesc::init(base, base + size_of::<Types>(), 0x1000);
        let method = |name, code| Method { name, mtyp: 64, ifn: code, tfn: 0 };
        let typ = Box::leak(Box::new(Concrete {
            typ: plain(8, kind::INT, tflag::UNCOMMON | tflag::NAMED),
            uncommon: UncommonType { pkg_path: pkg_p, mcount: 3, xcount: 2, moff: size_of::<UncommonType>() as u32, unused: 0 },
            methods: [method(close, 0x10), method(read, 0x20), method(secret, 0x30)],
        }));
        let interface = |methods: &[i32], hash| {
            let methods: &'static [IMethod] = Box::leak(methods.iter().map(|&name| IMethod { name, typ: 64 }).collect::<Vec<_>>().into_boxed_slice());
            let mut typ = plain(16, kind::INTERFACE, 0);
            typ.hash = hash;
            Box::leak(Box::new(InterfaceType {
                typ,
                pkg_path: core::ptr::null(),
                methods: SliceHeader { ptr: methods.as_ptr(), len: methods.len(), cap: methods.len() },
            }))
        };
        // SAFETY: complete descriptors.
        unsafe {
            let concrete = &raw const typ.typ;
            let both = interface(&[close, secret], 1);
            let tab = get_itab(both, concrete);
            assert_eq!((*tab).typ, concrete);
            let fun = (&raw const (*tab).fun).cast::<usize>();
            assert_eq!([*fun, *fun.add(1)], [0x1010, 0x1030]);
            assert_eq!(get_itab(both, concrete), tab);
            let wrong_package = interface(&[foreign], 2);
            assert!(assert_e2i2(wrong_package, concrete).is_null());
            assert!(assert_e2i2(wrong_package, concrete).is_null());
            assert!(assert_e2i2(both, null()).is_null());
            // Growth keeps what was there.
            let others: Vec<_> = (0..300).map(|i| interface(&[read], 100 + i)).collect();
            let tabs: Vec<_> = others.iter().map(|&&mut ref i| get_itab(i, concrete)).collect();
            for (i, tab) in others.iter().zip(&tabs) {
                assert_eq!(get_itab(&raw const **i, concrete), *tab);
                assert_eq!((**tab).fun[0], 0x1020);
            }
            assert_eq!(get_itab(both, concrete), tab);
        }
    }
}

//! Bodyless Go functions of `reflect`, `internal/reflectlite`, `runtime` and `sync` that touch types, memory and maps (`docs/STDCONTRACT.md`).
//! Each gets the address of a block: a Go struct of its parameters, then its results.

use crate::iface::{self, ITab};
use crate::map::{self, Iter, Map};
use crate::typedesc::{self, InterfaceType, MapType, SliceHeader, Type};
use crate::{hash, slice};
use core::ptr::null_mut;

// SAFETY (all entries): compiled code passes the address of a block as described, with live values.

/// `std_entry!` with the block's struct beside it.
macro_rules! service {
    ($($symbol:literal),+; $name:ident $block:ident { $($field:ident: $ty:ty),* $(,)? } |$b:ident| $body:block) => {
        #[repr(C)]
        pub struct $block {
            $(pub $field: $ty,)*
        }
        service!(@ $name $block |$b| $body; $($symbol),+);
    };
    (@ $name:ident $block:ident |$b:ident| $body:block; $first:literal $(, $more:literal)*) => {
        std_entry!($first, fn $name(block: *mut $block) {
            // SAFETY: see above.
            unsafe {
                let $b = &mut *block;
                $body
            }
        });
        $(entry_thunk!($more, $name);)*
    };
}

service!("reflect.typedmemmove", "internal/reflectlite.typedmemmove"; typedmemmove TypedMemmove {
    t: *const Type, dst: *mut u8, src: *const u8,
} |b| { core::ptr::copy(b.src, b.dst, (*b.t).size) });

service!("reflect.unsafe_New", "internal/reflectlite.unsafe_New"; unsafe_new UnsafeNew {
    t: *const Type, p: *mut u8,
} |b| { b.p = slice::newobject(&*b.t) });

service!("reflect.unsafe_NewArray"; unsafe_new_array UnsafeNewArray {
    t: *const Type, n: isize, p: *mut u8,
} |b| { b.p = slice::newarray(&*b.t, b.n) });

service!("reflect.typedmemclr"; typedmemclr TypedMemclr { t: *const Type, p: *mut u8 } |b| { b.p.write_bytes(0, (*b.t).size) });

service!("reflect.typedarrayclear"; typedarrayclear TypedArrayClear {
    t: *const Type, p: *mut u8, n: usize,
} |b| { b.p.write_bytes(0, (*b.t).size * b.n) });

service!("reflect.typedslicecopy"; typedslicecopy TypedSliceCopy {
    t: *const Type, dst: *mut u8, src: *const u8, n: usize,
} |b| { core::ptr::copy(b.src, b.dst, (*b.t).size * b.n) });

service!("reflect.growslice"; growslice GrowSlice {
    t: *const Type, old: *const u8, old_len: usize, old_cap: usize, num: usize, p: *mut u8, cap: usize,
} |b| {
    let new_len = b.old_len.wrapping_add(b.num) as isize;
    (b.p, b.cap) = slice::growslice(b.old, new_len, b.old_cap, b.num, &*b.t);
});

service!("reflect.ifaceE2I", "internal/reflectlite.ifaceE2I"; iface_e2i IfaceE2I {
    t: *const InterfaceType, src_type: *const Type, src_data: usize, dst: *mut [usize; 2],
} |b| {
    let tab = iface::assert_e2i(b.t, b.src_type);
    *b.dst = [tab as usize, b.src_data];
});

service!("reflect.itabFor", "internal/reflectlite.itabFor"; itab_for ItabFor {
    inter: *const InterfaceType, t: *const Type, itab: *const ITab,
} |b| { b.itab = iface::assert_e2i2(b.inter, b.t) });

service!("reflect.typehash", "sync.typehash"; typehash TypeHash {
    t: *const Type, p: *const u8, seed: u64, hash: u64,
} |b| { b.hash = hash::typehash(&*b.t, b.p, b.seed) });

service!("reflect.resolveNameOff", "internal/reflectlite.resolveNameOff"; resolve_name_off ResolveNameOff {
    base: *const u8, off: i32, p: *const u8,
} |b| { b.p = typedesc::name_at(b.off) });

service!("reflect.resolveTypeOff", "internal/reflectlite.resolveTypeOff"; resolve_type_off ResolveTypeOff {
    base: *const u8, off: i32, p: *const Type,
} |b| { b.p = if b.off == -1 { core::ptr::null() } else { typedesc::type_at(b.off) } });

service!("reflect.resolveTextOff"; resolve_text_off ResolveTextOff {
    base: *const u8, off: i32, p: usize,
} |b| { b.p = typedesc::text_at(b.off) });

service!("reflect.addReflectOff"; add_reflect_off AddReflectOff { p: usize, off: i32 } |b| { b.off = typedesc::add_reflect_off(b.p) });

service!("reflect.typelinks"; typelinks TypeLinks { base: usize, offs: SliceHeader<i32> } |b| {
    b.base = typedesc::types_start();
    b.offs = typedesc::typelinks();
});

service!("reflect.initMapType"; init_map_type InitMapType { t: *mut MapType } |b| { map::init_map_type(&mut *b.t) });

service!("reflect.makemap"; makemap MakeMap { t: *const MapType, hint: isize, m: *mut Map } |b| { b.m = map::makemap(&*b.t, b.hint) });

service!("reflect.maplen", "internal/reflectlite.maplen"; maplen MapLen { m: *const Map, n: usize } |b| {
    b.n = if b.m.is_null() { 0 } else { (*b.m).count };
});

service!("reflect.mapaccess"; mapaccess MapAccess { t: *const MapType, m: *mut Map, key: *const u8, elem: *mut u8 } |b| {
    let (elem, found) = map::mapaccess2(&*b.t, b.m, b.key);
    b.elem = if found { elem } else { null_mut() };
});

service!("reflect.mapassign0"; mapassign MapAssign { t: *const MapType, m: *mut Map, key: *const u8, elem: *const u8 } |b| {
    let to = map::mapassign(&*b.t, b.m, b.key);
    core::ptr::copy(b.elem, to, (*(*b.t).elem).size);
});

service!("reflect.mapdelete"; mapdelete MapDelete { t: *const MapType, m: *mut Map, key: *const u8 } |b| { map::mapdelete(&*b.t, b.m, b.key) });

service!("reflect.mapclear"; mapclear MapClear { t: *const MapType, m: *mut Map } |b| { map::mapclear(&*b.t, b.m) });

service!("reflect.mapiterinit"; mapiterinit MapIterInit { t: *const MapType, m: *mut Map, it: *mut Iter } |b| {
    map::mapiterinit(&*b.t, b.m, b.it);
});

service!("reflect.mapiternext"; mapiternext MapIterNext { it: *mut Iter } |b| { map::mapiternext(&mut *b.it) });

service!("maps.clone"; mapclone MapClone { m_type: *const MapType, m: *mut Map, copy_type: *const MapType, copy: *mut Map } |b| {
    b.copy_type = b.m_type;
    b.copy = if b.m.is_null() { null_mut() } else { map::mapclone(&*b.m_type, b.m) };
});

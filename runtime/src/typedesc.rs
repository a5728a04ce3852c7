//! Reading type descriptors: the layout of Go 1.27's `internal/abi` (offsets asserted against `abi::typedesc`).
//!
//! In: addresses of descriptors written by codegen, or built by reflection at run time. Out: sizes, kinds, pointer
//! masks, names, methods. Holds nothing but the addresses of the module's type section; changes nothing.

use abi::typedesc::{kind, offset, tflag};
use core::sync::atomic::{AtomicUsize, Ordering};

/// The common head of every descriptor.
#[repr(C)]
pub struct Type {
    pub size: usize,
    /// Bytes of the prefix that can hold pointers; 0 = pointer-free.
    pub ptr_bytes: usize,
    pub hash: u32,
    pub tflag: u8,
    pub align: u8,
    pub field_align: u8,
    pub kind: u8,
    /// Func value, null if not comparable.
    pub equal: *const u8,
    /// Bitmap, one bit a word, `ptr_bytes / 8` bits.
    pub gc_data: *const u8,
    pub str_off: i32,
    pub ptr_to_this: i32,
}

// SAFETY: descriptors are immutable once published.
unsafe impl Sync for Type {}

const _: () = {
    assert!(size_of::<Type>() == abi::typedesc::TYPE_SIZE as usize);
    assert!(core::mem::offset_of!(Type, ptr_bytes) == offset::PTR_BYTES as usize);
    assert!(core::mem::offset_of!(Type, hash) == offset::HASH as usize);
    assert!(core::mem::offset_of!(Type, tflag) == offset::TFLAG as usize);
    assert!(core::mem::offset_of!(Type, align) == offset::ALIGN as usize);
    assert!(core::mem::offset_of!(Type, kind) == offset::KIND as usize);
    assert!(core::mem::offset_of!(Type, equal) == offset::EQUAL as usize);
    assert!(core::mem::offset_of!(Type, gc_data) == offset::GC_DATA as usize);
    assert!(core::mem::offset_of!(Type, str_off) == offset::STR as usize);
    assert!(core::mem::offset_of!(Type, ptr_to_this) == offset::PTR_TO_THIS as usize);
};

/// Header of a Go slice inside a descriptor.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct SliceHeader<T> {
    pub ptr: *const T,
    pub len: usize,
    pub cap: usize,
}

impl<T> SliceHeader<T> {
    /// # Safety
    /// The header must describe live, immutable memory.
    pub unsafe fn as_slice<'a>(&self) -> &'a [T] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: the caller's promise.
        unsafe { core::slice::from_raw_parts(self.ptr, self.len) }
    }
}

#[repr(C)]
pub struct ArrayType {
    pub typ: Type,
    pub elem: *const Type,
    pub slice: *const Type,
    pub len: usize,
}

/// Pointer, slice and channel types: one element.
#[repr(C)]
pub struct ElemType {
    pub typ: Type,
    pub elem: *const Type,
}

#[repr(C)]
pub struct FuncType {
    pub typ: Type,
    pub in_count: u16,
    /// Top bit: variadic.
    pub out_count: u16,
}

#[repr(C)]
pub struct IMethod {
    pub name: i32,
    pub typ: i32,
}

#[repr(C)]
pub struct InterfaceType {
    pub typ: Type,
    pub pkg_path: *const u8,
    pub methods: SliceHeader<IMethod>,
}

#[repr(C)]
pub struct StructField {
    pub name: *const u8,
    pub typ: *const Type,
    pub offset: usize,
}

#[repr(C)]
pub struct StructType {
    pub typ: Type,
    pub pkg_path: *const u8,
    pub fields: SliceHeader<StructField>,
}

#[repr(C)]
pub struct MapType {
    pub typ: Type,
    pub key: *const Type,
    pub elem: *const Type,
    /// `struct { ctrl uint64; slots [8]struct { key K; elem E } }`
    pub group: *const Type,
    pub hasher: *const u8,
    pub group_size: usize,
    pub keys_off: usize,
    pub key_stride: usize,
    pub elems_off: usize,
    pub elem_stride: usize,
    pub elem_off: usize,
    pub flags: u32,
}

// SAFETY: descriptors are immutable once published.
unsafe impl Sync for MapType {}

/// `MapType::flags`
pub mod map_flags {
    /// Overwriting an element stores the key again (-0 and +0, strings, interfaces).
    pub const NEED_KEY_UPDATE: u32 = 1;
    /// The hash function can panic (interfaces inside the key).
    pub const HASH_MIGHT_PANIC: u32 = 2;
    /// Slots hold pointers to keys or elements.
    pub const INDIRECT_KEY: u32 = 4;
    pub const INDIRECT_ELEM: u32 = 8;
}

#[repr(C)]
pub struct UncommonType {
    pub pkg_path: i32,
    pub mcount: u16,
    pub xcount: u16,
    /// From this struct to its methods.
    pub moff: u32,
    pub unused: u32,
}

/// One method of a concrete type.
#[repr(C)]
pub struct Method {
    pub name: i32,
    /// Type without receiver.
    pub mtyp: i32,
    /// TextOff: receiver is the data word.
    pub ifn: i32,
    pub tfn: i32,
}

/// Start of the type section and of the text; set once at start, from `ModuleData`.
static TYPES_START: AtomicUsize = AtomicUsize::new(0);
static TYPES_END: AtomicUsize = AtomicUsize::new(0);
static TEXT_START: AtomicUsize = AtomicUsize::new(0);

/// Address and number of the typelinks.
static TYPELINKS: [AtomicUsize; 2] = [const { AtomicUsize::new(0) }; 2];

/// Offsets of all descriptors, sorted by type string.
pub fn typelinks() -> SliceHeader<i32> {
    let n = TYPELINKS[1].load(Ordering::Relaxed);
    SliceHeader { ptr: TYPELINKS[0].load(Ordering::Relaxed) as *const i32, len: n, cap: n }
}

pub fn init_typelinks(addr: usize, n: usize) {
    TYPELINKS[0].store(addr, Ordering::Relaxed);
    TYPELINKS[1].store(n, Ordering::Relaxed);
}

/// Remembers where offsets are counted from. Called once, before any Go code.
pub fn init(types_start: usize, types_end: usize, text_start: usize) {
    TYPES_START.store(types_start, Ordering::Relaxed);
    TYPES_END.store(types_end, Ordering::Relaxed);
    TEXT_START.store(text_start, Ordering::Relaxed);
}

pub fn types_start() -> usize {
    TYPES_START.load(Ordering::Relaxed)
}

pub fn text_start() -> usize {
    TEXT_START.load(Ordering::Relaxed)
}

/// Negative offsets number names, types and code that reflection made at run time.
static REFLECT_OFFS: crate::gc::lock::Mutex<ReflectOffs> = crate::gc::lock::Mutex::new(ReflectOffs { list: alloc::vec::Vec::new() });

struct ReflectOffs {
    list: alloc::vec::Vec<usize>,
}

/// The offset under which `addr` can be found; the same for the same address. Addresses stay alive (roots).
pub fn add_reflect_off(addr: usize) -> i32 {
    let mut offs = REFLECT_OFFS.lock();
    let idx = match offs.list.iter().position(|&a| a == addr) {
        Some(idx) => idx,
        None => {
            offs.list.push(addr);
            offs.list.len() - 1
        }
    };
    -(idx as i32) - 1
}

/// Roots of the collector: what reflection has registered.
pub fn for_each_reflect_off(mut f: impl FnMut(usize)) {
    for &addr in REFLECT_OFFS.lock().list.iter() {
        f(addr);
    }
}

/// Address of a NameOff, TypeOff (base = types) or TextOff (base = text); 0 for "none".
fn resolve(base: usize, off: i32) -> usize {
    if off < 0 {
        return REFLECT_OFFS.lock().list.get((-(off as i64) - 1) as usize).copied().unwrap_or(0);
    }
    base + off as usize
}

pub fn name_at(off: i32) -> *const u8 {
    resolve(types_start(), off) as *const u8
}

pub fn type_at(off: i32) -> *const Type {
    if off == 0 {
        return core::ptr::null();
    }
    resolve(types_start(), off) as *const Type
}

pub fn text_at(off: i32) -> usize {
    if off == -1 {
        return 0; // a method that was removed as unreachable
    }
    resolve(text_start(), off)
}

/// A name as codegen writes it: flag byte, varint length, bytes, optional tag, optional NameOff of the package path.
#[derive(Clone, Copy)]
pub struct Name(pub *const u8);

impl Name {
    const HAS_TAG: u8 = 2;
    const HAS_PKG: u8 = 4;

    /// # Safety
    /// `self.0` is null or the address of a name.
    unsafe fn varint(self, mut at: usize) -> (usize, usize) {
        let mut value = 0;
        let mut shift = 0;
        loop {
            // SAFETY: inside the name, by its format.
            let b = unsafe { *self.0.add(at) };
            at += 1;
            value |= usize::from(b & 0x7f) << shift;
            shift += 7;
            if b & 0x80 == 0 {
                return (value, at);
            }
        }
    }

    /// # Safety
    /// `self.0` is null or the address of a name.
    pub unsafe fn exported(self) -> bool {
        // SAFETY: the first byte of a name is its flags.
        !self.0.is_null() && unsafe { *self.0 } & 1 != 0
    }

    /// # Safety
    /// `self.0` is null or the address of a name.
    pub unsafe fn bytes<'a>(self) -> &'a [u8] {
        if self.0.is_null() {
            return &[];
        }
        // SAFETY: by the format of a name.
        unsafe {
            let (len, at) = self.varint(1);
            core::slice::from_raw_parts(self.0.add(at), len)
        }
    }

    /// Package path of an unexported name, empty if it carries none.
    ///
    /// # Safety
    /// `self.0` is null or the address of a name.
    pub unsafe fn pkg_path<'a>(self) -> &'a [u8] {
        // SAFETY: by the format of a name.
        unsafe {
            if self.0.is_null() || *self.0 & Self::HAS_PKG == 0 {
                return &[];
            }
            let (len, mut at) = self.varint(1);
            at += len;
            if *self.0 & Self::HAS_TAG != 0 {
                let (tag_len, after) = self.varint(at);
                at = after + tag_len;
            }
            let off = self.0.add(at).cast::<i32>().read_unaligned();
            Name(name_at(off)).bytes()
        }
    }

    /// # Safety
    /// `self.0` is null or the address of a name.
    pub unsafe fn is_blank(self) -> bool {
        // SAFETY: the caller's promise.
        unsafe { self.bytes() == b"_" }
    }
}

impl Type {
    pub fn kind(&self) -> u8 {
        self.kind & 31
    }

    pub fn has_pointers(&self) -> bool {
        self.ptr_bytes != 0
    }

    pub fn is_direct_iface(&self) -> bool {
        self.tflag & tflag::DIRECT_IFACE != 0
    }

    pub fn is_regular_memory(&self) -> bool {
        self.tflag & tflag::REGULAR_MEMORY != 0
    }

    pub fn is_comparable(&self) -> bool {
        !self.equal.is_null()
    }

    /// Bit of word `word`; words after the prefix have none.
    ///
    /// # Safety
    /// The descriptor is complete.
    pub unsafe fn is_pointer_word(&self, word: usize) -> bool {
        // SAFETY: the mask has ptr_bytes/8 bits.
        word < self.ptr_bytes / 8 && unsafe { *self.gc_data.add(word / 8) } >> (word % 8) & 1 != 0
    }

    /// String form without the extra star.
    ///
    /// # Safety
    /// The descriptor is complete and the module is known.
    pub unsafe fn string<'a>(&self) -> &'a [u8] {
        // SAFETY: str_off names a name.
        let s = unsafe { Name(name_at(self.str_off)).bytes() };
        if self.tflag & tflag::EXTRA_STAR != 0 && !s.is_empty() { &s[1..] } else { s }
    }

    /// The variants; `kind` must say so.
    ///
    /// # Safety
    /// The descriptor is of the kind that has this variant.
    pub unsafe fn as_variant<T>(&self) -> &T {
        // SAFETY: every variant starts with the common part.
        unsafe { &*(self as *const Type).cast::<T>() }
    }

    /// Element of arrays, slices, pointers, channels; null for the other kinds.
    pub fn elem(&self) -> *const Type {
        match self.kind() {
            // SAFETY: these variants have `elem` as the first word after the common part.
            kind::ARRAY | kind::SLICE | kind::POINTER | kind::CHAN => unsafe { self.as_variant::<ElemType>().elem },
            // SAFETY: a map's element is its second word.
            kind::MAP => unsafe { self.as_variant::<MapType>().elem },
            _ => core::ptr::null(),
        }
    }

    /// The part with methods, null if none. It follows the variant.
    pub fn uncommon(&self) -> *const UncommonType {
        if self.tflag & tflag::UNCOMMON == 0 {
            return core::ptr::null();
        }
        let size = match self.kind() {
            kind::ARRAY => size_of::<ArrayType>(),
            kind::CHAN => size_of::<ElemType>() + 8,
            kind::FUNC => size_of::<FuncType>(),
            kind::INTERFACE => size_of::<InterfaceType>(),
            kind::MAP => size_of::<MapType>(),
            kind::POINTER | kind::SLICE => size_of::<ElemType>(),
            kind::STRUCT => size_of::<StructType>(),
            _ => size_of::<Type>(),
        };
        (self as *const Type as usize + size) as *const UncommonType
    }

    /// Methods of a concrete type, sorted by name.
    ///
    /// # Safety
    /// The descriptor is complete.
    pub unsafe fn methods(&self) -> &[Method] {
        let uncommon = self.uncommon();
        if uncommon.is_null() {
            return &[];
        }
        // SAFETY: the methods lie `moff` bytes after the uncommon part.
        unsafe {
            let n = usize::from((*uncommon).mcount);
            core::slice::from_raw_parts(uncommon.cast::<u8>().add((*uncommon).moff as usize).cast::<Method>(), n)
        }
    }

    /// Import path of the package of a named type, empty for the others.
    ///
    /// # Safety
    /// The descriptor is complete.
    pub unsafe fn pkg_path(&self) -> &[u8] {
        let uncommon = self.uncommon();
        if uncommon.is_null() {
            return &[];
        }
        // SAFETY: a NameOff, 0 is the empty name.
        unsafe { Name(name_at((*uncommon).pkg_path)).bytes() }
    }
}

/// Descriptors made by hand, for the runtime's own objects and for tests.
pub const fn plain(size: usize, kind: u8, flags: u8) -> Type {
    let align = if size == 0 { 1 } else { 1 << if size.trailing_zeros() < 3 { size.trailing_zeros() } else { 3 } };
    Type {
        size,
        ptr_bytes: 0,
        hash: 0,
        tflag: flags,
        align,
        field_align: align,
        kind,
        equal: core::ptr::null(),
        gc_data: core::ptr::null(),
        str_off: 0,
        ptr_to_this: 0,
    }
}

/// `plain` with a pointer mask.
pub const fn with_pointers(size: usize, kind: u8, flags: u8, ptr_bytes: usize, mask: &'static [u8]) -> Type {
    let mut typ = plain(size, kind, flags);
    typ.ptr_bytes = ptr_bytes;
    typ.gc_data = mask.as_ptr();
    typ
}

//! Type descriptors and itabs: Go 1.27's `internal/abi` layout as data (`docs/ABI.md`, Type descriptors).
//!
//! Asking for a descriptor ([`Program::desc`]) only names it; [`Program::reach_methods`] fills all that were
//! asked for, which may ask for more (element types, equality functions, methods): the worklist calls it until
//! nothing is new.
//!
//! Method tables list every method, but only those get code that something can call by name at run time: methods
//! that a described interface type has too (a dynamic conversion may need them), and all exported ones if the
//! program outside of the standard library uses package reflect.

use crate::Program;
use crate::constant::fnv;
use crate::func::FuncCx;
use crate::program::FuncKey;
use crate::query::MethodSel;
use crate::ty::layout::Repr;
use crate::ty::{Dir, Field, Kind, Ty};
use abi::typedesc::{TYPE_SIZE, kind, offset, tflag};
use ir::{FuncId, Global, GlobalId, Reloc, RelocKind, Section, Target};
use rustc_hash::{FxHashMap, FxHashSet};
use source::Symbol;

/// Name flags.
const EXPORTED: u8 = 1;
const HAS_TAG: u8 = 2;
const HAS_PKG_PATH: u8 = 4;
const EMBEDDED: u8 = 8;

/// `MapType.Flags`
const NEED_KEY_UPDATE: u32 = 1;
const HASH_MIGHT_PANIC: u32 = 2;

const SLOTS: u64 = 8;

#[derive(Default)]
pub struct Descs {
    by_type: FxHashMap<Ty, GlobalId>,
    /// Asked for, not yet filled.
    queue: Vec<Ty>,
    bare: FxHashMap<(u64, u32, Vec<u64>, u64), GlobalId>,
    names: FxHashMap<Vec<u8>, GlobalId>,
    masks: FxHashMap<Vec<u8>, GlobalId>,
    itabs: FxHashMap<(Ty, Ty), GlobalId>,
    /// Filled descriptors that have a method table, in order.
    with_methods: Vec<MethodTable>,
    /// Methods of described interface types.
    wanted: FxHashSet<(Symbol, Option<Symbol>, Ty)>,
    equal: FxHashMap<Ty, GlobalId>,
}

struct MethodTable {
    ty: Ty,
    global: GlobalId,
    /// Offset of the first `Method` in the descriptor.
    at: u32,
    methods: Vec<MethodSel>,
    done: Vec<bool>,
}

/// Bytes with relocations.
#[derive(Default)]
struct Data {
    bytes: Vec<u8>,
    relocs: Vec<Reloc>,
}

impl Data {
    fn u8(&mut self, n: u8) {
        self.bytes.push(n);
    }
    fn u16(&mut self, n: u16) {
        self.bytes.extend(n.to_le_bytes());
    }
    fn u32(&mut self, n: u32) {
        self.bytes.extend(n.to_le_bytes());
    }
    fn u64(&mut self, n: u64) {
        self.bytes.extend(n.to_le_bytes());
    }
    fn reloc(&mut self, target: Target, addend: i64, kind: RelocKind) {
        self.relocs.push(Reloc { offset: self.bytes.len() as u32, target, addend, kind });
        match kind {
            RelocKind::Abs64 => self.u64(0),
            _ => self.u32(0),
        }
    }
    fn address(&mut self, global: GlobalId) {
        self.reloc(Target::Global(global), 0, RelocKind::Abs64);
    }
    fn type_off(&mut self, global: GlobalId) {
        self.reloc(Target::Global(global), 0, RelocKind::TypeOff32);
    }
    fn align(&mut self, n: usize) {
        while !self.bytes.len().is_multiple_of(n) {
            self.bytes.push(0);
        }
    }
    /// A slice header over what follows in the same global.
    fn slice_of(&mut self, global: GlobalId, at: i64, len: u64) {
        if len == 0 {
            self.u64(0);
        } else {
            self.reloc(Target::Global(global), at, RelocKind::Abs64);
        }
        self.u64(len);
        self.u64(len);
    }
}

fn uvarint(out: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

impl Program<'_> {
    fn data_global(&mut self, symbol: String, section: Section, align: u32, data: Vec<u8>) -> GlobalId {
        let size = data.len() as u64;
        self.module.globals.push(Global { symbol, section, size, align, data, relocs: Vec::new(), layout: None, typelink: false, external: false })
    }

    /// The descriptor of a type.
    pub fn desc(&mut self, ty: Ty) -> GlobalId {
        if let Some(&global) = self.descs.by_type.get(&ty) {
            return global;
        }
        let symbol = format!("type:{}", self.link_string(ty));
        let symbol = self.unique_symbol(&symbol);
        let global = self.data_global(symbol, Section::Types, 8, Vec::new());
        self.descs.by_type.insert(ty, global);
        self.descs.queue.push(ty);
        global
    }

    /// A descriptor that only says size and pointers: for allocations.
    pub fn bare_desc(&mut self, repr: &Repr) -> GlobalId {
        let key = (repr.size, repr.align, repr.pointers.clone(), repr.repeat);
        if let Some(&global) = self.descs.bare.get(&key) {
            return global;
        }
        let mut data = Data::default();
        let hash = fnv(format!("{key:?}").as_bytes()) as u32;
        let name = self.type_name("", 0, None, None);
        self.common(&mut data, repr, hash, 0, kind::STRUCT, None, name);
        let symbol = format!("layout:{}.{}.{:08x}", repr.size, repr.align, hash);
        let symbol = self.unique_symbol(&symbol);
        let global = self.data_global(symbol, Section::Types, 8, data.bytes);
        self.module.globals[global].relocs = data.relocs;
        self.descs.bare.insert(key, global);
        global
    }

    /// The static itab of a concrete type for a non-empty interface type.
    pub fn itab(&mut self, ty: Ty, iface: Ty) -> GlobalId {
        if let Some(&global) = self.descs.itabs.get(&(ty, iface)) {
            return global;
        }
        let symbol = format!("go:itab.{},{}", self.link_string(ty), self.link_string(iface));
        let symbol = self.unique_symbol(&symbol);
        let global = self.data_global(symbol, Section::Itab, 8, Vec::new());
        self.descs.itabs.insert((ty, iface), global);
        let (inter, desc) = (self.desc(iface), self.desc(ty));
        let hash = self.type_hash(ty);
        let mut data = Data::default();
        data.address(inter);
        data.address(desc);
        data.u32(hash);
        data.u32(0);
        let kind = self.under(iface);
        let Kind::Interface(methods) = &*kind else { unreachable!("an itab is for an interface type") };
        for m in methods {
            let code = self.itab_func(ty, m.name, m.pkg);
            data.reloc(Target::Func(code), 0, RelocKind::Abs64);
        }
        let target = &mut self.module.globals[global];
        target.size = data.bytes.len() as u64;
        target.data = data.bytes;
        target.relocs = data.relocs;
        global
    }

    /// Fills the descriptors that were asked for and gives code to the methods they need; whether there was any.
    pub fn reach_methods(&mut self) -> bool {
        let mut any = false;
        while let Some(ty) = self.descs.queue.pop() {
            let global = self.descs.by_type[&ty];
            self.fill(ty, global);
            any = true;
        }
        any | self.add_methods()
    }

    /// What can be said only when all descriptors are known.
    pub fn finish_descs(&mut self) {
        let pointers: Vec<(GlobalId, GlobalId)> = {
            let all: Vec<(Ty, GlobalId)> = self.descs.by_type.iter().map(|(&t, &g)| (t, g)).collect();
            let mut list: Vec<(GlobalId, GlobalId)> = all
                .into_iter()
                .filter_map(|(ty, global)| match &*self.tys.kind(ty) {
                    Kind::Pointer(to) => self.descs.by_type.get(to).map(|&elem| (elem, global)),
                    _ => None,
                })
                .collect();
            list.sort();
            list
        };
        for (elem, pointer) in pointers {
            self.module.globals[elem].relocs.push(Reloc {
                offset: offset::PTR_TO_THIS,
                target: Target::Global(pointer),
                addend: 0,
                kind: RelocKind::TypeOff32,
            });
        }
    }

    pub fn type_hash(&mut self, ty: Ty) -> u32 {
        let hash = fnv(self.link_string(ty).as_bytes());
        (hash ^ (hash >> 32)) as u32
    }

    /// A name: flags, varint length, text, tag, package path.
    fn type_name(&mut self, text: &str, flags: u8, tag: Option<&[u8]>, pkg_path: Option<GlobalId>) -> GlobalId {
        let mut bytes = vec![flags | if tag.is_some() { HAS_TAG } else { 0 } | if pkg_path.is_some() { HAS_PKG_PATH } else { 0 }];
        uvarint(&mut bytes, text.len());
        bytes.extend(text.as_bytes());
        if let Some(tag) = tag {
            uvarint(&mut bytes, tag.len());
            bytes.extend(tag);
        }
        let mut key = bytes.clone();
        if let Some(pkg) = pkg_path {
            use cranelift_entity::EntityRef;
            key.extend((pkg.index() as u32).to_le_bytes());
        }
        if let Some(&known) = self.descs.names.get(&key) {
            return known;
        }
        let symbol = self.unique_symbol(&format!("type:.namedata.{text}"));
        let at = bytes.len() as u32;
        if pkg_path.is_some() {
            bytes.extend([0; 4]);
        }
        let global = self.data_global(symbol, Section::Types, 1, bytes);
        if let Some(pkg) = pkg_path {
            self.module.globals[global].relocs.push(Reloc { offset: at, target: Target::Global(pkg), addend: 0, kind: RelocKind::TypeOff32 });
        }
        self.descs.names.insert(key, global);
        global
    }

    fn member_name(&mut self, name: Symbol, pkg: Option<Symbol>, with_path: bool) -> GlobalId {
        let exported = types::is_exported(name);
        let path = match pkg {
            Some(pkg) if with_path && !exported => Some(self.type_name(pkg.as_str(), 0, None, None)),
            _ => None,
        };
        self.type_name(name.as_str(), if exported { EXPORTED } else { 0 }, None, path)
    }

    /// The pointer bitmap of a representation.
    fn gc_mask(&mut self, repr: &Repr) -> Option<GlobalId> {
        let words = repr.pointer_bytes() / 8;
        if words == 0 {
            return None;
        }
        let mut bytes = vec![0u8; words.div_ceil(8) as usize];
        for word in 0..words {
            if repr.is_pointer(word) {
                bytes[(word / 8) as usize] |= 1 << (word % 8);
            }
        }
        if let Some(&known) = self.descs.masks.get(&bytes) {
            return Some(known);
        }
        let symbol = self.unique_symbol(&format!("gcmask:{:016x}", fnv(&bytes)));
        let global = self.data_global(symbol, Section::ReadOnly, 1, bytes.clone());
        self.descs.masks.insert(bytes, global);
        Some(global)
    }

    /// The part that every descriptor begins with.
    #[allow(clippy::too_many_arguments, reason = "one argument for each field of the header")]
    fn common(&mut self, data: &mut Data, repr: &Repr, hash: u32, flags: u8, kind: u8, equal: Option<GlobalId>, name: GlobalId) {
        data.u64(repr.size);
        data.u64(repr.pointer_bytes());
        data.u32(hash);
        data.u8(flags);
        data.u8(repr.align as u8);
        data.u8(repr.align as u8);
        data.u8(kind);
        match equal {
            Some(global) => data.address(global),
            None => data.u64(0),
        }
        match self.gc_mask(repr) {
            Some(mask) => data.address(mask),
            None => data.u64(0),
        }
        data.type_off(name);
        data.u32(0);
        debug_assert_eq!(data.bytes.len(), TYPE_SIZE as usize);
    }

    /// The func value that compares two values in memory; types that compare as plain bytes share one per size.
    fn equal_func(&mut self, ty: Ty) -> Option<GlobalId> {
        if !self.is_comparable(ty) {
            return None;
        }
        let as_ty = if self.is_regular_memory(ty) {
            let (size, byte) = (self.size_of(ty), self.tys.common.uint8);
            self.tys.intern(Kind::Array(byte, size))
        } else {
            self.underlying(ty)
        };
        if let Some(&known) = self.descs.equal.get(&as_ty) {
            return Some(known);
        }
        let code = self.func(FuncKey::Equal(as_ty));
        let symbol = format!("{}·fv", self.module.funcs[code].symbol);
        let global = self.code_object(symbol, code);
        self.descs.equal.insert(as_ty, global);
        Some(global)
    }

    fn kind_number(&mut self, ty: Ty) -> u8 {
        match &*self.under(ty) {
            Kind::Basic(b) => b.kind_number(),
            Kind::Pointer(_) => kind::POINTER,
            Kind::Slice(_) => kind::SLICE,
            Kind::Array(..) => kind::ARRAY,
            Kind::Map(..) => kind::MAP,
            Kind::Chan(..) => kind::CHAN,
            Kind::Func(_) => kind::FUNC,
            Kind::Struct(_) | Kind::Tuple(_) => kind::STRUCT,
            Kind::Interface(_) => kind::INTERFACE,
            Kind::Named(_) => unreachable!("an underlying type is not named"),
        }
    }

    /// Methods in the table of a type: those of its own method set.
    fn table_methods(&mut self, ty: Ty) -> Vec<MethodSel> {
        if self.is_interface(ty) {
            return Vec::new();
        }
        let kind = self.tys.kind(ty);
        match &*kind {
            Kind::Pointer(base) => {
                // A pointer to an interface or to a pointer has no methods.
                if self.is_interface(*base) || matches!(&*self.under(*base), Kind::Pointer(_)) {
                    return Vec::new();
                }
                self.method_set(*base).to_vec()
            }
            Kind::Named(_) | Kind::Struct(_) => self.method_set(ty).iter().filter(|m| !m.indirect).cloned().collect(),
            _ => Vec::new(),
        }
    }

    fn fill(&mut self, ty: Ty, global: GlobalId) {
        let repr = self.repr(ty);
        let named = self.named(ty);
        let hash = self.type_hash(ty);
        let text = self.reflect_string(ty);
        let exported = named.as_ref().is_some_and(|n| types::is_exported(self.cx.obj_name(n.decl)));
        let name = self.type_name(&text, if exported { EXPORTED } else { 0 }, None, None);
        let methods = self.table_methods(ty);
        let is_basic = matches!(&*self.tys.kind(ty), Kind::Basic(_));
        // unsafe.Pointer is the only basic type with a package.
        let is_unsafe_pointer = ty == self.tys.common.unsafe_pointer;
        let uncommon = named.is_some() || !methods.is_empty() || is_unsafe_pointer;
        let mut flags = 0;
        if uncommon {
            flags |= tflag::UNCOMMON;
        }
        if named.is_some() || is_basic {
            flags |= tflag::NAMED;
        }
        if self.is_regular_memory(ty) {
            flags |= tflag::REGULAR_MEMORY;
        }
        if self.is_direct_iface(ty) {
            flags |= tflag::DIRECT_IFACE;
        }
        let number = self.kind_number(ty);
        let equal = self.equal_func(ty);
        let mut data = Data::default();
        self.common(&mut data, &repr, hash, flags, number, equal, name);
        let under = self.under(ty);
        // What comes behind the uncommon part.
        let mut tail = Data::default();
        let head_size = |kind_size: u32| kind_size as i64 + if uncommon { 16 } else { 0 };
        match &*under {
            Kind::Basic(_) | Kind::Tuple(_) | Kind::Named(_) => {}
            Kind::Pointer(elem) | Kind::Slice(elem) => {
                let elem = self.desc(*elem);
                data.address(elem);
            }
            Kind::Array(elem, n) => {
                let slice = self.tys.slice(*elem);
                let (elem, slice) = (self.desc(*elem), self.desc(slice));
                data.address(elem);
                data.address(slice);
                data.u64(*n);
            }
            Kind::Chan(dir, elem) => {
                let elem = self.desc(*elem);
                data.address(elem);
                data.u64(match dir {
                    Dir::Recv => 1,
                    Dir::Send => 2,
                    Dir::Both => 3,
                });
            }
            Kind::Func(sig) => {
                data.u16(sig.params.len() as u16);
                data.u16(sig.results.len() as u16 | if sig.variadic { 1 << 15 } else { 0 });
                data.u32(0);
                for &t in sig.params.iter().chain(&sig.results) {
                    let t = self.desc(t);
                    tail.address(t);
                }
            }
            Kind::Interface(list) => {
                let pkg = named.as_ref().and_then(|n| self.cx.obj_pkg(n.decl)).map(|p| Symbol::intern(&self.pkg_path(p)));
                let pkg = pkg.or_else(|| list.iter().find_map(|m| m.pkg));
                self.package_name(&mut data, pkg);
                data.slice_of(global, head_size(80), list.len() as u64);
                for m in list {
                    let (name, sig) = (self.member_name(m.name, m.pkg, true), self.desc(m.sig));
                    tail.type_off(name);
                    tail.type_off(sig);
                    self.descs.wanted.insert((m.name, m.pkg, m.sig));
                }
            }
            Kind::Map(key, elem) => self.map_part(&mut data, *key, *elem),
            Kind::Struct(fields) => {
                let pkg = fields.iter().find_map(|f| f.pkg);
                self.package_name(&mut data, pkg);
                data.slice_of(global, head_size(80), fields.len() as u64);
                for (f, &at) in fields.iter().zip(&repr.fields) {
                    let flags = if types::is_exported(f.name) { EXPORTED } else { 0 } | if f.embedded { EMBEDDED } else { 0 };
                    let name = self.type_name(f.name.as_str(), flags, f.tag.as_deref().filter(|t| !t.is_empty()), None);
                    let t = self.desc(f.ty);
                    tail.address(name);
                    tail.address(t);
                    tail.u64(at);
                }
            }
        }
        if uncommon {
            let pkg = named.as_ref().and_then(|n| self.cx.obj_pkg(n.decl));
            match pkg {
                Some(pkg) => {
                    let path = self.pkg_path(pkg);
                    let name = self.type_name(&path, 0, None, None);
                    data.type_off(name);
                }
                None if is_unsafe_pointer => {
                    let name = self.type_name("unsafe", 0, None, None);
                    data.type_off(name);
                }
                None => data.u32(0),
            }
            let n_exported = methods.iter().filter(|m| m.pkg.is_none()).count();
            data.u16(methods.len() as u16);
            data.u16(n_exported as u16);
            data.u32(16 + tail.bytes.len() as u32);
            data.u32(0);
        }
        let base = data.bytes.len() as u32;
        data.relocs.extend(tail.relocs.into_iter().map(|r| Reloc { offset: r.offset + base, ..r }));
        data.bytes.extend(tail.bytes);
        if !methods.is_empty() {
            let at = data.bytes.len() as u32;
            for m in &methods {
                let name = self.member_name(m.name, m.pkg, true);
                data.type_off(name);
                // Type and code are added when something can call the method.
                data.u32(0);
                data.u32(0);
                data.u32(0);
            }
            let done = vec![false; methods.len()];
            self.descs.with_methods.push(MethodTable { ty, global, at, methods, done });
        }
        // reflect.New and PointerTo come from a type to its pointer's methods.
        if named.is_some() && !self.is_interface(ty) && self.has_reflect() && !self.method_set(ty).is_empty() {
            let pointer = self.tys.pointer(ty);
            self.desc(pointer);
        }
        data.align(8);
        let typelink = named.is_none() && !is_basic;
        let target = &mut self.module.globals[global];
        target.size = data.bytes.len() as u64;
        target.data = data.bytes;
        target.relocs = data.relocs;
        target.typelink = typelink;
    }

    /// The PkgPath name pointer of interface and struct types.
    fn package_name(&mut self, data: &mut Data, pkg: Option<Symbol>) {
        match pkg {
            Some(pkg) => {
                let name = self.type_name(pkg.as_str(), 0, None, None);
                data.address(name);
            }
            None => data.u64(0),
        }
    }

    fn map_part(&mut self, data: &mut Data, key: Ty, elem: Ty) {
        let field = |name: &str, ty: Ty| Field { name: Symbol::intern(name), pkg: None, ty, embedded: false, tag: None };
        let slot = self.tys.intern(Kind::Struct(vec![field("key", key), field("elem", elem)]));
        let slots = self.tys.intern(Kind::Array(slot, SLOTS));
        let ctrl = self.tys.common.uint64;
        let group = self.tys.intern(Kind::Struct(vec![field("ctrl", ctrl), field("slots", slots)]));
        let (slot_repr, group_repr) = (self.repr(slot), self.repr(group));
        let group_desc = self.bare_desc(&group_repr);
        let (key_desc, elem_desc) = (self.desc(key), self.desc(elem));
        let (slots_at, elem_at) = (group_repr.fields[1], slot_repr.fields[1]);
        data.address(key_desc);
        data.address(elem_desc);
        data.address(group_desc);
        // The runtime hashes by descriptor; packages that keep tables of their own call this.
        match self.map_hasher(key_desc) {
            Some(hasher) => data.address(hasher),
            None => data.u64(0),
        }
        data.u64(group_repr.size);
        data.u64(slots_at);
        data.u64(slot_repr.size);
        data.u64(slots_at + elem_at);
        data.u64(slot_repr.size);
        data.u64(elem_at);
        let mut flags = 0;
        if self.needs_key_update(key) {
            flags |= NEED_KEY_UPDATE;
        }
        if self.hash_might_panic(key) {
            flags |= HASH_MIGHT_PANIC;
        }
        data.u32(flags);
        data.u32(0);
    }

    /// The func value `func(key unsafe.Pointer, seed uintptr) uintptr` of a map type: code that all share, and the key's
    /// descriptor.
    fn map_hasher(&mut self, key_desc: GlobalId) -> Option<GlobalId> {
        self.package_object("runtime", "typehash")?;
        let code = self.func(FuncKey::MapHasher);
        let symbol = format!("{}·hash", self.module.globals[key_desc].symbol);
        let object = self.code_object(symbol, code);
        let target = &mut self.module.globals[object];
        target.size = 16;
        target.data.resize(16, 0);
        target.relocs.push(Reloc { offset: 8, target: Target::Global(key_desc), addend: 0, kind: RelocKind::Abs64 });
        Some(object)
    }

    pub fn make_map_hasher(&mut self, id: FuncId) {
        let name = self.module.funcs[id].symbol.clone();
        let mut cx = FuncCx::synthetic(self, name);
        let entry = cx.f.entry();
        let key = cx.f.add_param(entry, ir::Type::Ptr);
        let seed = cx.f.add_param(entry, ir::Type::I64);
        let object = cx.f.add_param(entry, ir::Type::Ptr);
        cx.f.flags.closure = true;
        let desc = cx.load_ptr(object, 8);
        if let Some(func) = cx.p.runtime_func("typehash") {
            cx.ins(ir::InstData::TailCall { func, args: [desc, key, seed].into_iter().collect() });
        }
        let f = cx.finish();
        self.define(id, f);
    }

    /// Equal keys may differ in bytes: floats (−0), strings, interfaces.
    fn needs_key_update(&mut self, ty: Ty) -> bool {
        match &*self.under(ty) {
            Kind::Basic(b) => b.is_float() || b.is_complex() || *b == crate::ty::Basic::String,
            Kind::Interface(_) => true,
            Kind::Array(elem, _) => self.needs_key_update(*elem),
            Kind::Struct(fields) => fields.iter().any(|f| self.needs_key_update(f.ty)),
            _ => false,
        }
    }

    pub fn hash_might_panic(&mut self, ty: Ty) -> bool {
        match &*self.under(ty) {
            Kind::Interface(_) => true,
            Kind::Array(elem, _) => self.hash_might_panic(*elem),
            Kind::Struct(fields) => fields.iter().any(|f| self.hash_might_panic(f.ty)),
            _ => false,
        }
    }

    /// Gives code to the methods that can be called by name at run time. Returns whether there were new ones.
    fn add_methods(&mut self) -> bool {
        let all = self.uses_reflect();
        let mut any = false;
        for n in 0..self.descs.with_methods.len() {
            for i in 0..self.descs.with_methods[n].methods.len() {
                let table = &self.descs.with_methods[n];
                let m = table.methods[i].clone();
                let wanted = self.descs.wanted.contains(&(m.name, m.pkg, m.sig)) || (all && m.pkg.is_none());
                if table.done[i] || !wanted {
                    continue;
                }
                let (ty, global, at) = (table.ty, table.global, table.at + 16 * i as u32);
                self.descs.with_methods[n].done[i] = true;
                any = true;
                let sig = self.desc(m.sig);
                let ifn = self.itab_func(ty, m.name, m.pkg);
                let tfn = self.method_func(ty, m.name, m.pkg);
                let tfn = self.func(FuncKey::FuncValue(tfn));
                let relocs = &mut self.module.globals[global].relocs;
                relocs.push(Reloc { offset: at + 4, target: Target::Global(sig), addend: 0, kind: RelocKind::TypeOff32 });
                relocs.push(Reloc { offset: at + 8, target: Target::Func(ifn), addend: 0, kind: RelocKind::TextOff32 });
                relocs.push(Reloc { offset: at + 12, target: Target::Func(tfn), addend: 0, kind: RelocKind::TextOff32 });
            }
        }
        any
    }

    fn has_reflect(&self) -> bool {
        self.packages.iter().any(|p| &*p.path == "reflect")
    }

    /// Can methods be called by name through reflection? Only by who imports package reflect; the packages of the
    /// standard library that do so, except templates and RPC, never call methods with it.
    fn uses_reflect(&self) -> bool {
        const BY_NAME: [&str; 4] = ["text/template", "html/template", "net/rpc", "testing/quick"];
        let imports_reflect = |p: &types::Package| p.imports.iter().any(|&i| &*self.pkg_path(i) == "reflect");
        self.packages.iter().any(|p| BY_NAME.contains(&&*p.path) || (imports_reflect(p) && !self.is_std_package(&p.path)))
    }

    /// The standard library's own packages have no dot in the first element and are not the user's.
    fn is_std_package(&self, path: &str) -> bool {
        let id = self.packages.iter().find(|p| &*p.path == path);
        id.and_then(|p| p.files.first()).is_some_and(|&f| self.map.file(f).path.starts_with("$GOROOT/"))
    }
}

//! The ELF object, through cranelift-object: every function in `.text`, the writable variables in `.data` and `.bss`, and
//! one pool of everything that is never written, in `.rodata`.
//!
//! In: pieces of code in order, the module's globals. Out: the file's bytes. The pool holds type descriptors (first, so
//! that offsets between them are known here; its first 16 bytes are zero, so that offset 0 is the empty name), itabs,
//! constants and the runtime's tables; its parts have no symbols. Everything else is a function or data object of the
//! `ObjectModule`, in order of definition; references to them are relocations that the linker resolves.

use crate::compile::Piece;
use crate::names::Sym;
use crate::tables::{self, StrTab};
use crate::target::Target;
use crate::{Error, Fail};
use abi::typedesc;
use cranelift_entity::SecondaryMap;
use cranelift_module::{DataDescription, DataId, FuncOrDataId, Linkage, Module as _, ModuleError, ModuleReloc, ModuleRelocTarget};
use cranelift_object::{ObjectBuilder, ObjectModule};
use ir::{Global, GlobalId, Module, RelocKind, Section};
use object::{SectionFlags, elf};
use rustc_hash::{FxHashMap, FxHashSet};

/// Functions start on this boundary: placement alone moved a benchmark by a fifth.
const FUNCTION_ALIGN: u64 = 16;
/// Start of the pool.
const POOL_ALIGN: u64 = 64;
/// Follows the last function, so that its address ends the text.
const TEXT_END: &str = "gorc.etext";
const POOL: &str = "gorc.rodata";

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Place {
    /// The runtime's.
    #[default]
    External,
    Pool(u64),
    Own(DataId),
}

/// What an 8-byte word holds.
#[derive(Clone, Copy, Debug)]
enum Addr {
    /// A function, and its offset from the first one if it is ours.
    Func(cranelift_module::FuncId, Option<u64>),
    Data(DataId, i64),
}

struct Writer<'a> {
    module: &'a Module,
    out: ObjectModule,
    /// Offset of each piece from the first.
    starts: Vec<u64>,
    /// Each piece, then the end of the text.
    pieces: Vec<cranelift_module::FuncId>,
    funcs: FxHashMap<Sym, usize>,
    globals: SecondaryMap<GlobalId, Place>,
    pool: DataId,
    pool_bytes: Vec<u8>,
    pool_words: Vec<(u64, Addr)>,
    types_end: u64,
}

fn failed(e: ModuleError) -> Fail {
    Error::fail("object", e.to_string())
}

fn fail<T>(message: impl Into<String>) -> Result<T, Fail> {
    Err(Error::fail("object", message))
}

pub(crate) fn write(module: &Module, target: &Target, pieces: &[Piece]) -> Result<Vec<u8>, Fail> {
    // Calls to library functions never come from our code: `compile` rejects them.
    let builder = ObjectBuilder::new(target.isa.clone(), "gorc", cranelift_module::default_libcall_names()).map_err(failed)?;
    let mut out = ObjectModule::new(builder);
    let pool = out.declare_data(POOL, Linkage::Local, false, false).map_err(failed)?;
    let mut writer = Writer {
        module,
        out,
        starts: Vec::new(),
        pieces: Vec::new(),
        funcs: FxHashMap::default(),
        globals: SecondaryMap::new(),
        pool,
        pool_bytes: vec![0; 16],
        pool_words: Vec::new(),
        types_end: 0,
    };
    writer.declare_code(pieces)?;
    writer.place_globals()?;
    writer.define_globals()?;
    let module_data = writer.tables(pieces)?;
    writer.define_pool()?;
    writer.define_code(pieces, target)?;
    writer.finish(module_data)
}

impl Writer<'_> {
    fn declare_function(&mut self, name: &str, linkage: Linkage) -> Result<cranelift_module::FuncId, Fail> {
        // The module compares signatures only; ours were checked when the IR was.
        let signature = self.out.make_signature();
        self.out.declare_function(name, linkage, &signature).map_err(failed)
    }

    fn declare_code(&mut self, pieces: &[Piece]) -> Result<(), Fail> {
        let runtimes: FxHashSet<&str> = abi::std_entries::STD_ENTRIES.iter().copied().collect();
        let mut at = 0;
        for (i, piece) in pieces.iter().enumerate() {
            at = u64::next_multiple_of(at, FUNCTION_ALIGN);
            self.starts.push(at);
            at += piece.code.len() as u64;
            let mut name = self.name_of(piece.sym);
            if matches!(piece.sym, Sym::Body(_)) {
                name.push_str(".body");
            } else if runtimes.contains(name.as_str()) {
                // Go code that passes the arguments to the runtime's function of that name.
                name.push_str(".caller");
            }
            let id = self.declare_function(&name, Linkage::Local)?;
            self.pieces.push(id);
            self.funcs.insert(piece.sym, i);
        }
        let end = self.declare_function(TEXT_END, Linkage::Local)?;
        self.pieces.push(end);
        Ok(())
    }

    fn place_globals(&mut self) -> Result<(), Fail> {
        for wanted in [Section::Types, Section::Itab, Section::ReadOnly, Section::Data] {
            for (id, global) in self.module.globals.iter().filter(|(_, g)| !g.external && g.section == wanted) {
                if !global.data.is_empty() && global.data.len() as u64 != global.size {
                    return fail(format!("{}: {} bytes of data for size {}", global.symbol, global.data.len(), global.size));
                }
                self.globals[id] = if wanted == Section::Data {
                    Place::Own(self.out.declare_data(&global.symbol, Linkage::Local, true, false).map_err(failed)?)
                } else {
                    let at = self.pooled(&global.data, u64::from(global.align.max(1)));
                    self.pool_bytes.resize((at + global.size) as usize, 0);
                    Place::Pool(at)
                };
            }
            if wanted == Section::Types {
                self.types_end = self.pool_bytes.len() as u64;
            }
        }
        Ok(())
    }

    /// Appends to the pool.
    fn pooled(&mut self, bytes: &[u8], align: u64) -> u64 {
        let at = (self.pool_bytes.len() as u64).next_multiple_of(align);
        self.pool_bytes.resize(at as usize, 0);
        self.pool_bytes.extend_from_slice(bytes);
        at
    }

    /// A symbol of the runtime, declared when it is first used.
    fn external(&mut self, name: &str, data: bool) -> Result<FuncOrDataId, Fail> {
        if let Some(known) = self.out.get_name(name) {
            return Ok(known);
        }
        Ok(if data {
            FuncOrDataId::Data(self.out.declare_data(name, Linkage::Import, true, false).map_err(failed)?)
        } else {
            FuncOrDataId::Func(self.declare_function(name, Linkage::Import)?)
        })
    }

    fn external_addr(&mut self, name: &str, data: bool, addend: i64) -> Result<Addr, Fail> {
        match self.external(name, data)? {
            FuncOrDataId::Data(id) => Ok(Addr::Data(id, addend)),
            FuncOrDataId::Func(id) if addend == 0 => Ok(Addr::Func(id, None)),
            FuncOrDataId::Func(_) => fail(format!("address inside the function {name}")),
        }
    }

    fn addr(&mut self, target: ir::Target, addend: i64) -> Result<Addr, Fail> {
        let module = self.module;
        match target {
            ir::Target::Func(id) => match self.funcs.get(&Sym::Func(id)) {
                Some(&i) if addend == 0 => Ok(Addr::Func(self.pieces[i], Some(self.starts[i]))),
                Some(_) => fail(format!("address inside the function {}", module.funcs[id].symbol)),
                None => self.external_addr(&module.funcs[id].symbol, false, addend),
            },
            ir::Target::Global(id) => match self.globals[id] {
                Place::External => self.external_addr(&module.globals[id].symbol, true, addend),
                Place::Pool(at) => Ok(Addr::Data(self.pool, at as i64 + addend)),
                Place::Own(data) => Ok(Addr::Data(data, addend)),
            },
            ir::Target::Symbol(n) => self.external_addr(&module.symbols[n as usize], false, addend),
        }
    }

    /// Contents of the globals: those of the pool get their words later, the others are defined.
    fn define_globals(&mut self) -> Result<(), Fail> {
        for (id, global) in self.module.globals.iter() {
            let place = self.globals[id];
            if place == Place::External {
                continue;
            }
            let mut words = Vec::new();
            let mut offsets = Vec::new();
            for reloc in &global.relocs {
                let addr = self.addr(reloc.target, reloc.addend)?;
                match (reloc.kind, addr) {
                    (RelocKind::Abs64, _) => words.push((reloc.offset, addr)),
                    (RelocKind::TypeOff32, Addr::Data(data, to)) if data == self.pool && (0..self.types_end as i64).contains(&to) => {
                        offsets.push((reloc.offset, to as u32));
                    }
                    (RelocKind::TextOff32, Addr::Func(_, Some(to))) => offsets.push((reloc.offset, to as u32)),
                    (kind, addr) => return fail(format!("{}: {kind:?} to {addr:?} (not in the blob it is an offset of)", global.symbol)),
                }
            }
            match place {
                Place::External => {}
                Place::Pool(start) => {
                    for (offset, value) in offsets {
                        let at = start as usize + offset as usize;
                        self.pool_bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
                    }
                    self.pool_words.extend(words.into_iter().map(|(offset, addr)| (start + u64::from(offset), addr)));
                }
                Place::Own(data) => self.define_variable(data, global, &words, &offsets)?,
            }
        }
        Ok(())
    }

    fn define_variable(&mut self, id: DataId, global: &Global, words: &[(u32, Addr)], offsets: &[(u32, u32)]) -> Result<(), Fail> {
        let mut data = DataDescription::new();
        data.set_align(u64::from(global.align.max(1)));
        if global.data.is_empty() && global.relocs.is_empty() {
            // Variables of no size still have addresses of their own.
            data.define_zeroinit(global.size.max(1) as usize);
        } else {
            let mut bytes = global.data.clone();
            bytes.resize(global.size as usize, 0);
            for &(offset, value) in offsets {
                bytes[offset as usize..offset as usize + 4].copy_from_slice(&value.to_le_bytes());
            }
            data.define(bytes.into_boxed_slice());
            self.write_words(&mut data, words.iter().copied());
        }
        self.out.define_data(id, &data).map_err(failed)
    }

    fn write_words(&self, data: &mut DataDescription, words: impl Iterator<Item = (u32, Addr)>) {
        let mut funcs = FxHashMap::default();
        let mut datas = FxHashMap::default();
        for (offset, addr) in words {
            match addr {
                Addr::Func(id, _) => {
                    let func = *funcs.entry(id).or_insert_with(|| self.out.declare_func_in_data(id, data));
                    data.write_function_addr(offset, func);
                }
                Addr::Data(id, addend) => {
                    let value = *datas.entry(id).or_insert_with(|| self.out.declare_data_in_data(id, data));
                    data.write_data_addr(offset, value, addend);
                }
            }
        }
    }

    /// Room for a table in the pool.
    fn table(&mut self, bytes: &[u8]) -> i64 {
        self.pooled(bytes, 8) as i64
    }

    /// A word of a table in the pool.
    fn address_in(&mut self, table: i64, offset: usize, addr: Addr) {
        self.pool_words.push((table as u64 + offset as u64, addr));
    }

    /// The runtime's tables, and the data object that tells it where they are.
    fn tables(&mut self, pieces: &[Piece]) -> Result<DataId, Fail> {
        let module = self.module;
        let mut pcdata = Vec::new();
        let mut strtab = StrTab::new();
        let infos: Vec<u32> = pieces.iter().map(|p| tables::func_info(module, p, &mut pcdata, &mut strtab)).collect();

        let mut funcs = vec![0u8; 16 * (pieces.len() + 1)];
        for (i, info) in infos.iter().enumerate() {
            funcs[16 * i + 8..16 * i + 12].copy_from_slice(&info.to_le_bytes());
        }
        let funcs_at = self.table(&funcs);
        for i in 0..=pieces.len() {
            self.address_in(funcs_at, 16 * i, Addr::Func(self.pieces[i], None));
        }

        // Roots: writable globals with pointers, up to the last one.
        let mut roots: Vec<(GlobalId, u32, u32)> = Vec::new();
        for (id, global) in module.globals.iter() {
            let Some(layout) = global.layout.map(|l| &module.layouts[l]).filter(|l| l.has_pointers()) else { continue };
            if global.section != Section::Data || global.external {
                continue;
            }
            let words: Vec<u64> = (0..global.size / 8).filter(|&w| layout.is_pointer(w)).collect();
            let Some(&last) = words.last() else { continue };
            let mask = pcdata.len() as u32;
            pcdata.resize(pcdata.len() + (last as usize + 1).div_ceil(8), 0);
            for &word in &words {
                pcdata[mask as usize + word as usize / 8] |= 1 << (word % 8);
            }
            roots.push((id, last as u32 + 1, mask));
        }
        let mut root_bytes = vec![0u8; 16 * roots.len()];
        for (i, (_, n_words, mask)) in roots.iter().enumerate() {
            root_bytes[16 * i + 8..16 * i + 12].copy_from_slice(&n_words.to_le_bytes());
            root_bytes[16 * i + 12..16 * i + 16].copy_from_slice(&mask.to_le_bytes());
        }
        let roots_at = self.table(&root_bytes);
        for (i, (id, ..)) in roots.iter().enumerate() {
            let addr = self.addr(ir::Target::Global(*id), 0)?;
            self.address_in(roots_at, 16 * i, addr);
        }

        let files: Vec<u8> = module.files.iter().flat_map(|f| strtab.intern(f).to_le_bytes()).collect();
        let files_at = self.table(&files);
        let pcdata_at = self.table(&pcdata);
        let strtab_at = self.table(&strtab.bytes);

        let itabs: Vec<GlobalId> = module.globals.iter().filter(|(_, g)| g.section == Section::Itab && !g.external).map(|(id, _)| id).collect();
        let itabs_at = self.table(&vec![0; 8 * itabs.len()]);
        for (i, &id) in itabs.iter().enumerate() {
            let addr = self.addr(ir::Target::Global(id), 0)?;
            self.address_in(itabs_at, 8 * i, addr);
        }

        let links = self.typelinks()?;
        let n_typelinks = links.len() / 4;
        let links_at = self.table(&links);

        enum Word {
            Addr(Addr),
            Number(usize),
        }
        use Word::Number;
        let pool = |at: i64| Word::Addr(Addr::Data(self.pool, at));
        let text = |i: usize| Word::Addr(Addr::Func(self.pieces[i], None));
        let mut words: Vec<Word> = Vec::new();
        words.extend([text(0), text(pieces.len()), pool(funcs_at), Number(pieces.len())]);
        words.extend([pool(pcdata_at), pool(strtab_at), pool(files_at), Number(module.files.len())]);
        words.extend([pool(roots_at), Number(roots.len()), pool(0), pool(self.types_end as i64)]);
        words.extend([pool(itabs_at), Number(itabs.len()), pool(links_at), Number(n_typelinks)]);
        for name in abi::tables::MODULE_FUNCS {
            words.push(module.find(name).and_then(|id| self.funcs.get(&Sym::Func(id))).map_or(Number(0), |&i| text(i)));
        }
        assert_eq!(8 * words.len(), size_of::<abi::tables::ModuleData>());

        let mut bytes = Vec::new();
        let mut addresses = Vec::new();
        for (i, word) in words.into_iter().enumerate() {
            let number = match word {
                Number(n) => n as u64,
                Word::Addr(addr) => {
                    addresses.push((8 * i as u32, addr));
                    0
                }
            };
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        let id = self.out.declare_data(abi::tables::MODULE_SYMBOL, Linkage::Hidden, false, false).map_err(failed)?;
        self.define_read_only(id, bytes, addresses.into_iter(), 8)?;
        Ok(id)
    }

    /// Offsets of the listed descriptors, sorted by type string.
    fn typelinks(&self) -> Result<Vec<u8>, Fail> {
        let mut links: Vec<(Vec<u8>, u32)> = Vec::new();
        for (id, global) in self.module.globals.iter().filter(|(_, g)| g.typelink && !g.external) {
            let Place::Pool(at) = self.globals[id] else { return fail(format!("{} is in typelinks but not in the types", global.symbol)) };
            links.push((self.type_string(global)?, at as u32));
        }
        links.sort();
        Ok(links.into_iter().flat_map(|(_, at)| at.to_le_bytes()).collect())
    }

    /// Follows the descriptor's `Str` to its name: a flag byte, the length, the text; the extra star is not part of it.
    fn type_string(&self, global: &Global) -> Result<Vec<u8>, Fail> {
        let name = global.relocs.iter().find(|r| r.offset == typedesc::offset::STR && r.kind == RelocKind::TypeOff32);
        let Some(ir::Reloc { target: ir::Target::Global(id), addend, .. }) = name else {
            return fail(format!("{} has no type string", global.symbol));
        };
        let data = &self.module.globals[*id].data[*addend as usize..];
        let (mut length, mut at) = (0usize, 1);
        loop {
            let byte = *data.get(at).unwrap_or(&0);
            length |= usize::from(byte & 0x7f) << (7 * (at - 1));
            at += 1;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let Some(text) = data.get(at..at + length) else { return fail(format!("{}: bad type string", global.symbol)) };
        let star = usize::from(global.data.get(typedesc::offset::TFLAG as usize).is_some_and(|f| f & typedesc::tflag::EXTRA_STAR != 0));
        Ok(text[star.min(text.len())..].to_vec())
    }

    /// Never written, and not writable either: cranelift-object would place data with addresses in a writable section.
    fn define_read_only(&mut self, id: DataId, bytes: Vec<u8>, words: impl Iterator<Item = (u32, Addr)>, align: u64) -> Result<(), Fail> {
        let mut data = DataDescription::new();
        data.set_align(align);
        data.set_custom_section(".rodata");
        data.define(bytes.into_boxed_slice());
        self.write_words(&mut data, words);
        self.out.define_data(id, &data).map_err(failed)
    }

    fn define_pool(&mut self) -> Result<(), Fail> {
        let bytes = std::mem::take(&mut self.pool_bytes);
        if u32::try_from(bytes.len()).is_err() {
            return fail("more than 4 GiB of read-only data");
        }
        let words = std::mem::take(&mut self.pool_words);
        self.define_read_only(self.pool, bytes, words.into_iter().map(|(at, addr)| (at as u32, addr)), POOL_ALIGN)
    }

    fn name_of(&self, sym: Sym) -> String {
        match sym {
            Sym::Func(id) | Sym::Body(id) => self.module.funcs[id].symbol.clone(),
            Sym::Global(id) => self.module.globals[id].symbol.clone(),
            Sym::Rt(n) => abi::rt::ENTRIES[n as usize].symbol.to_owned(),
            Sym::Std(n) => self.module.strings[n as usize].clone(),
            Sym::Morestack => abi::rt::MORESTACK.to_owned(),
            Sym::ZeroBase => abi::rt::ZERO_BASE.to_owned(),
            Sym::Enter => "gorc.enter".to_owned(),
        }
    }

    fn code_addr(&mut self, sym: Sym) -> Result<Addr, Fail> {
        match sym {
            Sym::Global(id) => self.addr(ir::Target::Global(id), 0),
            _ => match self.funcs.get(&sym) {
                Some(&i) => Ok(Addr::Func(self.pieces[i], Some(self.starts[i]))),
                None => self.external_addr(&self.name_of(sym), sym == Sym::ZeroBase, 0),
            },
        }
    }

    fn define_code(&mut self, pieces: &[Piece], target: &Target) -> Result<(), Fail> {
        for (i, piece) in pieces.iter().enumerate() {
            let mut relocs = Vec::with_capacity(piece.relocs.len());
            for reloc in &piece.relocs {
                let (name, addend) = match self.code_addr(reloc.target)? {
                    Addr::Func(id, _) => (ModuleRelocTarget::from(FuncOrDataId::Func(id)), 0),
                    Addr::Data(id, at) => (ModuleRelocTarget::from(FuncOrDataId::Data(id)), at),
                };
                relocs.push(ModuleReloc { offset: reloc.offset, kind: reloc.kind, name, addend: reloc.addend + addend });
            }
            self.out.define_function_bytes(self.pieces[i], FUNCTION_ALIGN, &piece.code, &relocs).map_err(failed)?;
        }
        // One instruction that traps.
        let trap: &[u8] = if target.aarch64 { &[0, 0, 0, 0] } else { &[0xcc] };
        self.out.define_function_bytes(self.pieces[pieces.len()], FUNCTION_ALIGN, trap, &[]).map_err(failed)
    }

    fn finish(self, module_data: DataId) -> Result<Vec<u8>, Fail> {
        let Writer { out, starts, pieces, pool, .. } = self;
        let mut product = out.finish();
        for (&id, &start) in pieces.iter().zip(&starts) {
            let symbol = product.function_symbol(id);
            if product.object.symbol(symbol).value != start {
                return fail("functions are not where their offsets say");
            }
        }
        for id in [pool, module_data] {
            let symbol = product.data_symbol(id);
            let Some(section) = product.object.symbol(symbol).section.id() else { return fail("read-only data without section") };
            product.object.section_mut(section).flags = SectionFlags::Elf { sh_flags: u64::from(elf::SHF_ALLOC) };
        }
        product.emit().map_err(|e| Error::fail("object", e.to_string()))
    }
}

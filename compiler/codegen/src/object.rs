//! The ELF object: one `.text`, one `.rodata`, `.data`, `.bss`, and their relocations.
//!
//! In: pieces of code in order, the module's globals. Out: the file's bytes. Calls between our functions are resolved
//! here, and everything inside the types blob; the rest are relocations against section symbols or symbols of the
//! runtime. The types blob begins `.rodata`; its first 16 bytes are zero, so that offset 0 is the empty name.

use crate::compile::Piece;
use crate::names::Sym;
use crate::tables::{self, StrTab};
use crate::target::Target;
use crate::{Error, Fail};
use abi::typedesc;
use cranelift_codegen::binemit::Reloc as CodeReloc;
use cranelift_entity::SecondaryMap;
use ir::{Global, GlobalId, Module, RelocKind, Section};
use object::write::{Object, Relocation, SectionId, Symbol, SymbolId, SymbolSection};
use object::{Architecture, BinaryFormat, Endianness, RelocationFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope, elf};
use rustc_hash::FxHashMap;

/// Functions start on this boundary: placement alone moved a benchmark by a fifth.
const FUNCTION_ALIGN: usize = 16;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Place {
    #[default]
    Undefined,
    ReadOnly(u64),
    Data(u64),
    Zero(u64),
}

struct Writer<'a> {
    module: &'a Module,
    target: &'a Target,
    object: Object<'static>,
    text: SectionId,
    rodata: SectionId,
    data: SectionId,
    bss: SectionId,
    /// Offset in `.text` of each piece.
    starts: Vec<u64>,
    funcs: FxHashMap<Sym, u64>,
    globals: SecondaryMap<GlobalId, Place>,
    externals: FxHashMap<String, SymbolId>,
    ro_bytes: Vec<u8>,
    data_bytes: Vec<u8>,
    bss_size: u64,
    types_end: u64,
    /// 8-byte addresses to fill in at the end: (in `.data`?, offset, target, addend).
    addresses: Vec<(bool, u64, Addr)>,
}

/// What an 8-byte word points to.
#[derive(Clone, Debug)]
enum Addr {
    Text(u64),
    ReadOnly(u64),
    Data(u64),
    Zero(u64),
    External(String, i64),
}

pub(crate) fn write(module: &Module, target: &Target, pieces: &[Piece]) -> Result<Vec<u8>, Fail> {
    let architecture = if target.aarch64 { Architecture::Aarch64 } else { Architecture::X86_64 };
    let mut object = Object::new(BinaryFormat::Elf, architecture, Endianness::Little);
    object.add_file_symbol(b"gorc".to_vec());
    let text = object.add_section(Vec::new(), b".text".to_vec(), SectionKind::Text);
    let rodata = object.add_section(Vec::new(), b".rodata".to_vec(), SectionKind::ReadOnlyData);
    let data = object.add_section(Vec::new(), b".data".to_vec(), SectionKind::Data);
    let bss = object.add_section(Vec::new(), b".bss".to_vec(), SectionKind::UninitializedData);
    object.add_section(Vec::new(), b".note.GNU-stack".to_vec(), SectionKind::Note);
    let mut writer = Writer {
        module,
        target,
        object,
        text,
        rodata,
        data,
        bss,
        starts: Vec::new(),
        funcs: FxHashMap::default(),
        globals: SecondaryMap::new(),
        externals: FxHashMap::default(),
        ro_bytes: Vec::new(),
        data_bytes: Vec::new(),
        bss_size: 0,
        types_end: 0,
        addresses: Vec::new(),
    };
    writer.place_code(pieces);
    writer.place_globals()?;
    writer.relocate_globals()?;
    writer.tables(pieces)?;
    writer.finish(pieces)
}

impl Writer<'_> {
    fn fail<T>(&self, message: impl Into<String>) -> Result<T, Fail> {
        Err(Error::fail("object", message))
    }

    fn place_code(&mut self, pieces: &[Piece]) {
        let mut at = 0;
        for piece in pieces {
            at = usize::next_multiple_of(at, FUNCTION_ALIGN);
            self.starts.push(at as u64);
            self.funcs.insert(piece.sym, at as u64);
            at += piece.code.len();
        }
    }

    fn place_globals(&mut self) -> Result<(), Fail> {
        self.ro_bytes.resize(16, 0);
        for wanted in [Section::Types, Section::Itab, Section::ReadOnly, Section::Data] {
            for (id, global) in self.module.globals.iter().filter(|(_, g)| !g.external && g.section == wanted) {
                if !global.data.is_empty() && global.data.len() as u64 != global.size {
                    return self.fail(format!("{}: {} bytes of data for size {}", global.symbol, global.data.len(), global.size));
                }
                self.globals[id] = self.place_global(global);
            }
            if wanted == Section::Types {
                self.types_end = self.ro_bytes.len() as u64;
            }
        }
        Ok(())
    }

    fn place_global(&mut self, global: &Global) -> Place {
        let align = u64::from(global.align.max(1));
        if global.section == Section::Data && global.data.is_empty() && global.relocs.is_empty() {
            let at = self.bss_size.next_multiple_of(align);
            // Globals of no size still have addresses of their own.
            self.bss_size = at + global.size.max(1);
            return Place::Zero(at);
        }
        let bytes = if global.section == Section::Data { &mut self.data_bytes } else { &mut self.ro_bytes };
        let at = (bytes.len() as u64).next_multiple_of(align);
        bytes.resize(at as usize, 0);
        bytes.extend_from_slice(&global.data);
        bytes.resize((at + global.size) as usize, 0);
        if global.section == Section::Data { Place::Data(at) } else { Place::ReadOnly(at) }
    }

    fn addr(&self, target: ir::Target, addend: i64) -> Addr {
        match target {
            ir::Target::Func(id) => match self.funcs.get(&Sym::Func(id)) {
                Some(&at) => Addr::Text(at.wrapping_add_signed(addend)),
                None => Addr::External(self.module.funcs[id].symbol.clone(), addend),
            },
            ir::Target::Global(id) => match self.globals[id] {
                Place::Undefined => Addr::External(self.module.globals[id].symbol.clone(), addend),
                Place::ReadOnly(at) => Addr::ReadOnly(at.wrapping_add_signed(addend)),
                Place::Data(at) => Addr::Data(at.wrapping_add_signed(addend)),
                Place::Zero(at) => Addr::Zero(at.wrapping_add_signed(addend)),
            },
            ir::Target::Symbol(n) => Addr::External(self.module.symbols[n as usize].clone(), addend),
        }
    }

    fn relocate_globals(&mut self) -> Result<(), Fail> {
        for (id, global) in self.module.globals.iter() {
            let (in_data, start) = match self.globals[id] {
                Place::Undefined | Place::Zero(_) => continue,
                Place::ReadOnly(at) => (false, at),
                Place::Data(at) => (true, at),
            };
            for reloc in &global.relocs {
                let at = start + u64::from(reloc.offset);
                let addr = self.addr(reloc.target, reloc.addend);
                let offset = match (reloc.kind, &addr) {
                    (RelocKind::Abs64, _) => {
                        self.addresses.push((in_data, at, addr));
                        continue;
                    }
                    (RelocKind::TypeOff32, Addr::ReadOnly(to)) if *to < self.types_end => *to,
                    (RelocKind::TextOff32, Addr::Text(to)) => *to,
                    (kind, addr) => return self.fail(format!("{}: {kind:?} to {addr:?} (not in the blob it is an offset of)", global.symbol)),
                };
                let bytes = if in_data { &mut self.data_bytes } else { &mut self.ro_bytes };
                bytes[at as usize..at as usize + 4].copy_from_slice(&(offset as u32).to_le_bytes());
            }
        }
        Ok(())
    }

    /// Room for a table in `.rodata`.
    fn table(&mut self, bytes: &[u8]) -> u64 {
        let at = self.ro_bytes.len().next_multiple_of(8);
        self.ro_bytes.resize(at, 0);
        self.ro_bytes.extend_from_slice(bytes);
        at as u64
    }

    /// A word in a table that is about to be placed at the end of `.rodata`.
    fn address_in(&mut self, table: u64, offset: usize, addr: Addr) {
        self.addresses.push((false, table + offset as u64, addr));
    }

    fn tables(&mut self, pieces: &[Piece]) -> Result<(), Fail> {
        let module = self.module;
        let mut pcdata = Vec::new();
        let mut strtab = StrTab::new();
        let infos: Vec<u32> = pieces.iter().map(|p| tables::func_info(module, p, &mut pcdata, &mut strtab)).collect();
        let text_end = pieces.last().map_or(0, |p| self.starts[pieces.len() - 1] + p.code.len() as u64);

        let mut funcs = vec![0u8; 16 * (pieces.len() + 1)];
        for (i, info) in infos.iter().enumerate() {
            funcs[16 * i + 8..16 * i + 12].copy_from_slice(&info.to_le_bytes());
        }
        let funcs_at = self.table(&funcs);
        for i in 0..pieces.len() {
            self.address_in(funcs_at, 16 * i, Addr::Text(self.starts[i]));
        }
        self.address_in(funcs_at, 16 * pieces.len(), Addr::Text(text_end));

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
            self.address_in(roots_at, 16 * i, self.addr(ir::Target::Global(*id), 0));
        }

        let files: Vec<u8> = module.files.iter().flat_map(|f| strtab.intern(f).to_le_bytes()).collect();
        let files_at = self.table(&files);
        let pcdata_at = self.table(&pcdata);
        let strtab_at = self.table(&strtab.bytes);

        let itabs: Vec<GlobalId> = module.globals.iter().filter(|(_, g)| g.section == Section::Itab && !g.external).map(|(id, _)| id).collect();
        let itabs_at = self.table(&vec![0; 8 * itabs.len()]);
        for (i, &id) in itabs.iter().enumerate() {
            self.address_in(itabs_at, 8 * i, self.addr(ir::Target::Global(id), 0));
        }

        let links = self.typelinks()?;
        let n_typelinks = links.len() / 4;
        let links_at = self.table(&links);

        let mut words: Vec<Addr> = Vec::new();
        let number = |n: usize| Addr::External(String::new(), n as i64);
        words.extend([Addr::Text(0), Addr::Text(text_end), Addr::ReadOnly(funcs_at), number(pieces.len())]);
        words.extend([Addr::ReadOnly(pcdata_at), Addr::ReadOnly(strtab_at), Addr::ReadOnly(files_at), number(module.files.len())]);
        words.extend([Addr::ReadOnly(roots_at), number(roots.len()), Addr::ReadOnly(0), Addr::ReadOnly(self.types_end)]);
        words.extend([Addr::ReadOnly(itabs_at), number(itabs.len()), Addr::ReadOnly(links_at), number(n_typelinks)]);
        for name in abi::tables::MODULE_FUNCS {
            let at = module.find(name).and_then(|id| self.funcs.get(&Sym::Func(id)));
            words.push(at.map_or(number(0), |&at| Addr::Text(at)));
        }
        assert_eq!(8 * words.len(), size_of::<abi::tables::ModuleData>());
        let module_at = self.table(&vec![0; 8 * words.len()]);
        for (i, word) in words.into_iter().enumerate() {
            match word {
                Addr::External(name, n) if name.is_empty() => {
                    let at = module_at as usize + 8 * i;
                    self.ro_bytes[at..at + 8].copy_from_slice(&n.to_le_bytes());
                }
                addr => self.address_in(module_at, 8 * i, addr),
            }
        }
        self.object.add_symbol(Symbol {
            name: abi::tables::MODULE_SYMBOL.as_bytes().to_vec(),
            value: module_at,
            size: size_of::<abi::tables::ModuleData>() as u64,
            kind: SymbolKind::Data,
            scope: SymbolScope::Linkage,
            weak: false,
            section: SymbolSection::Section(self.rodata),
            flags: SymbolFlags::None,
        });
        Ok(())
    }

    /// Offsets of the listed descriptors, sorted by type string.
    fn typelinks(&self) -> Result<Vec<u8>, Fail> {
        let mut links: Vec<(Vec<u8>, u32)> = Vec::new();
        for (id, global) in self.module.globals.iter().filter(|(_, g)| g.typelink && !g.external) {
            let Place::ReadOnly(at) = self.globals[id] else { return self.fail(format!("{} is in typelinks but not in the types", global.symbol)) };
            links.push((self.type_string(global)?, at as u32));
        }
        links.sort();
        Ok(links.into_iter().flat_map(|(_, at)| at.to_le_bytes()).collect())
    }

    /// Follows the descriptor's `Str` to its name: a flag byte, the length, the text; the extra star is not part of it.
    fn type_string(&self, global: &Global) -> Result<Vec<u8>, Fail> {
        let name = global.relocs.iter().find(|r| r.offset == typedesc::offset::STR && r.kind == RelocKind::TypeOff32);
        let Some(ir::Reloc { target: ir::Target::Global(id), addend, .. }) = name else {
            return self.fail(format!("{} has no type string", global.symbol));
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
        let Some(text) = data.get(at..at + length) else { return self.fail(format!("{}: bad type string", global.symbol)) };
        let star = usize::from(global.data.get(typedesc::offset::TFLAG as usize).is_some_and(|f| f & typedesc::tflag::EXTRA_STAR != 0));
        Ok(text[star.min(text.len())..].to_vec())
    }

    fn external(&mut self, name: &str) -> SymbolId {
        if let Some(&known) = self.externals.get(name) {
            return known;
        }
        let symbol = self.object.add_symbol(Symbol {
            name: name.as_bytes().to_vec(),
            value: 0,
            size: 0,
            kind: SymbolKind::Unknown,
            scope: SymbolScope::Unknown,
            weak: false,
            section: SymbolSection::Undefined,
            flags: SymbolFlags::None,
        });
        self.externals.insert(name.to_owned(), symbol);
        symbol
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

    fn code_addr(&self, sym: Sym) -> Addr {
        match sym {
            Sym::Global(id) => self.addr(ir::Target::Global(id), 0),
            _ => match self.funcs.get(&sym) {
                Some(&at) => Addr::Text(at),
                None => Addr::External(self.name_of(sym), 0),
            },
        }
    }

    /// Symbol and addend for the linker.
    fn resolve(&mut self, addr: Addr) -> (SymbolId, i64) {
        let (section, at) = match addr {
            Addr::Text(at) => (self.text, at),
            Addr::ReadOnly(at) => (self.rodata, at),
            Addr::Data(at) => (self.data, at),
            Addr::Zero(at) => (self.bss, at),
            Addr::External(name, addend) => return (self.external(&name), addend),
        };
        (self.object.section_symbol(section), at as i64)
    }

    fn finish(mut self, pieces: &[Piece]) -> Result<Vec<u8>, Fail> {
        let filler = if self.target.aarch64 { 0 } else { 0xcc };
        let mut text: Vec<u8> = Vec::new();
        for (piece, &start) in pieces.iter().zip(&self.starts) {
            text.resize(start as usize, filler);
            text.extend_from_slice(&piece.code);
        }
        let mut relocations: Vec<(SectionId, Relocation)> = Vec::new();
        for (i, piece) in pieces.iter().enumerate() {
            for reloc in &piece.relocs {
                let place = self.starts[i] + u64::from(reloc.offset);
                let addr = self.code_addr(reloc.target);
                if let Addr::Text(to) = addr
                    && patch_call(&mut text, reloc.kind, place, to, reloc.addend)
                {
                    continue;
                }
                let Some(r_type) = elf_type(reloc.kind) else {
                    return self.fail(format!("relocation {:?} of {}", reloc.kind, self.name_of(reloc.target)));
                };
                let (symbol, at) = self.resolve(addr);
                let flags = RelocationFlags::Elf { r_type };
                relocations.push((self.text, Relocation { offset: place, symbol, addend: at + reloc.addend, flags }));
            }
        }
        let abs64 = if self.target.aarch64 { elf::R_AARCH64_ABS64 } else { elf::R_X86_64_64 };
        for (in_data, offset, addr) in std::mem::take(&mut self.addresses) {
            let (symbol, addend) = self.resolve(addr);
            let section = if in_data { self.data } else { self.rodata };
            relocations.push((section, Relocation { offset, symbol, addend, flags: RelocationFlags::Elf { r_type: abs64 } }));
        }
        self.symbols(pieces);
        self.object.set_section_data(self.text, text, 64);
        self.object.set_section_data(self.rodata, std::mem::take(&mut self.ro_bytes), 64);
        self.object.set_section_data(self.data, std::mem::take(&mut self.data_bytes), 64);
        self.object.append_section_bss(self.bss, self.bss_size, 64);
        for (section, relocation) in relocations {
            self.object.add_relocation(section, relocation).map_err(|e| Error::fail("object", e.to_string()))?;
        }
        self.object.write().map_err(|e| Error::fail("object", e.to_string()))
    }

    /// Names for debuggers and profilers; nobody links against them.
    fn symbols(&mut self, pieces: &[Piece]) {
        for (i, piece) in pieces.iter().enumerate() {
            let mut name = self.name_of(piece.sym);
            if matches!(piece.sym, Sym::Body(_)) {
                name.push_str(".body");
            }
            self.local_symbol(name, self.starts[i], piece.code.len() as u64, SymbolKind::Text, self.text);
        }
        for (id, global) in self.module.globals.iter() {
            let (section, at) = match self.globals[id] {
                Place::Data(at) => (self.data, at),
                Place::Zero(at) => (self.bss, at),
                _ => continue,
            };
            self.local_symbol(global.symbol.clone(), at, global.size, SymbolKind::Data, section);
        }
    }

    fn local_symbol(&mut self, name: String, value: u64, size: u64, kind: SymbolKind, section: SectionId) {
        self.object.add_symbol(Symbol {
            name: name.into_bytes(),
            value,
            size,
            kind,
            scope: SymbolScope::Compilation,
            weak: false,
            section: SymbolSection::Section(section),
            flags: SymbolFlags::None,
        });
    }
}

/// Resolves a pc-relative reference inside `.text`; false if it needs the linker.
fn patch_call(text: &mut [u8], kind: CodeReloc, place: u64, to: u64, addend: i64) -> bool {
    let distance = to as i64 + addend - place as i64;
    let at = place as usize;
    match kind {
        CodeReloc::X86CallPCRel4 | CodeReloc::X86PCRel4 | CodeReloc::X86CallPLTRel4 => {
            let Ok(distance) = i32::try_from(distance) else { return false };
            text[at..at + 4].copy_from_slice(&distance.to_le_bytes());
            true
        }
        CodeReloc::Arm64Call if (-(1 << 27)..1 << 27).contains(&distance) => {
            let old = u32::from_le_bytes(text[at..at + 4].try_into().expect("four bytes"));
            let new = old & 0xfc00_0000 | (distance >> 2) as u32 & 0x03ff_ffff;
            text[at..at + 4].copy_from_slice(&new.to_le_bytes());
            true
        }
        _ => false,
    }
}

fn elf_type(kind: CodeReloc) -> Option<u32> {
    Some(match kind {
        CodeReloc::X86CallPCRel4 | CodeReloc::X86CallPLTRel4 => elf::R_X86_64_PLT32,
        CodeReloc::X86PCRel4 => elf::R_X86_64_PC32,
        CodeReloc::Arm64Call => elf::R_AARCH64_CALL26,
        CodeReloc::Aarch64AdrPrelPgHi21 => elf::R_AARCH64_ADR_PREL_PG_HI21,
        CodeReloc::Aarch64AddAbsLo12Nc => elf::R_AARCH64_ADD_ABS_LO12_NC,
        _ => return None,
    })
}

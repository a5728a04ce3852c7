//! The tables that codegen wrote (`abi::tables`): functions, safepoints, lines, inline trees.
//!
//! All of it is read-only memory named by `gorc_module`. The only state is a small cache per M from return addresses to frames: a
//! growing stack asks for the same few again and again, and a hit costs one compare where a search costs two dozens.

use crate::arch;
use crate::reflect_call;
use crate::sched::getm;
use abi::tables::{FuncEntry, FuncInfo, InlineNode, ModuleData, func_flags};

#[cfg(not(test))]
unsafe extern "C" {
    static gorc_module: ModuleData;
}

#[cfg(not(test))]
#[inline(always)]
pub fn module() -> &'static ModuleData {
    // SAFETY: made by codegen, never written.
    unsafe { &gorc_module }
}

#[cfg(test)]
pub fn module() -> &'static ModuleData {
    tests::module()
}

/// What is known of the frame that a return address belongs to.
#[derive(Clone, Copy)]
pub struct FrameMap {
    pub pc: usize,
    pub entry: usize,
    /// Null for the frames of our own assembly.
    pub info: *const FuncInfo,
    /// Bit i: word `SP + 8 i` is a pointer.
    pub bits: *const u8,
    pub frame_size: u32,
    pub n_words: u32,
}

impl FrameMap {
    const EMPTY: FrameMap = FrameMap { pc: 0, entry: 0, info: core::ptr::null(), bits: core::ptr::null(), frame_size: 0, n_words: 0 };

    pub fn info(&self) -> Option<&'static FuncInfo> {
        // SAFETY: null or a table entry, which lives for ever.
        unsafe { self.info.as_ref() }
    }

    pub fn has_flag(&self, flag: u32) -> bool {
        self.info().is_some_and(|i| i.flags & flag != 0)
    }

    pub fn is_wrapper(&self) -> bool {
        self.has_flag(func_flags::WRAPPER)
    }
}

const CACHE_SIZE: usize = 256;

pub struct Cache {
    slots: [FrameMap; CACHE_SIZE],
}

impl Cache {
    pub const fn new() -> Cache {
        Cache { slots: [FrameMap::EMPTY; CACHE_SIZE] }
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self::new()
    }
}

/// The frame of a return address in compiled code or in the panic loop. None: the outermost return address, or not ours.
#[inline]
pub fn lookup(pc: usize) -> Option<FrameMap> {
    let slot = (pc.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) % CACHE_SIZE;
    // SAFETY: the thread's own cache.
    let cached = unsafe { &mut (*getm()).cache.slots[slot] };
    if cached.pc != pc {
        *cached = search(pc)?;
    }
    Some(*cached)
}

#[cold]
fn search(pc: usize) -> Option<FrameMap> {
    if pc == arch::gorc_panic_call_pc as *const () as usize || pc == arch::gorc_reflect_call_pc as *const () as usize {
        return Some(FrameMap { pc, entry: pc, ..FrameMap::EMPTY });
    }
    if pc == arch::gorc_makefunc_pc as *const () as usize {
        let (frame_size, n_words) = (reflect_call::STUB_FRAME_SIZE as u32, reflect_call::STUB_MAPPED_WORDS);
        return Some(FrameMap { pc, entry: pc, bits: reflect_call::STUB_MAP.as_ptr(), frame_size, n_words, ..FrameMap::EMPTY });
    }
    // The address after a call that never returns can be the next function's.
    let (entry, info) = find_func(pc - 1)?;
    let offset = (pc - entry) as u32;
    let n = info.n_safepoints as usize;
    // SAFETY: n return offsets, then n map indices.
    let (returns, maps) = unsafe {
        let p = pcdata(info.safepoints) as *const u32;
        (core::slice::from_raw_parts(p, n), core::slice::from_raw_parts(p.add(n), n))
    };
    // A fault is at no safepoint: map 0.
    let map = returns.binary_search(&offset).map_or(0, |i| maps[i]);
    let bits = (pcdata(info.maps) as usize + map as usize * (info.n_words as usize).div_ceil(8)) as *const u8;
    Some(FrameMap { pc, entry, info, bits, frame_size: info.frame_size, n_words: info.n_words })
}

fn pcdata(offset: u32) -> *const u8 {
    (module().pcdata + u64::from(offset)) as *const u8
}

/// Entry address and description of the function that `pc` is in.
pub fn find_func(pc: usize) -> Option<(usize, &'static FuncInfo)> {
    let m = module();
    let pc = pc as u64;
    if pc < m.text_start || pc >= m.text_end {
        return None;
    }
    // SAFETY: n_funcs entries and a sentinel, which is not looked at.
    let funcs = unsafe { core::slice::from_raw_parts(m.funcs as *const FuncEntry, m.n_funcs as usize) };
    let after = funcs.partition_point(|f| f.entry <= pc);
    let func = funcs.get(after.checked_sub(1)?)?;
    // SAFETY: an aligned FuncInfo.
    let info = unsafe { &*(pcdata(func.info) as *const FuncInfo) };
    if pc >= func.entry + u64::from(info.code_size) {
        return None; // padding
    }
    Some((func.entry as usize, info))
}

pub fn string(offset: u32) -> &'static str {
    let mut p = (module().strtab + u64::from(offset)) as *const u8;
    // SAFETY: a length-prefixed string of the table.
    unsafe {
        let len = read_uleb(&mut p) as usize;
        core::str::from_utf8(core::slice::from_raw_parts(p, len)).unwrap_or("?")
    }
}

pub fn file_name(idx: u32) -> &'static str {
    let m = module();
    if u64::from(idx) >= m.n_files {
        return "?";
    }
    // SAFETY: below n_files.
    string(unsafe { *(m.files as *const u32).add(idx as usize) })
}

/// # Safety
/// `p` is at an encoded number.
unsafe fn read_uleb(p: &mut *const u8) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        // SAFETY: the caller's.
        let byte = unsafe { **p };
        *p = p.wrapping_add(1);
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return value;
        }
    }
}

/// # Safety
/// `p` is at an encoded number.
unsafe fn read_sleb(p: &mut *const u8) -> i64 {
    let (mut value, mut shift) = (0i64, 0);
    loop {
        // SAFETY: the caller's.
        let byte = unsafe { **p };
        *p = p.wrapping_add(1);
        value |= i64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return if shift < 64 && byte & 0x40 != 0 { value | (-1 << shift) } else { value };
        }
    }
}

/// Line, and node of the inline tree (0: the function itself), at a code offset.
pub fn line_at(info: &FuncInfo, offset: u32) -> (u32, u32) {
    let mut p = pcdata(info.lines);
    let (mut pc, mut line, mut inline) = (0u64, i64::from(info.line), 0u64);
    for _ in 0..info.n_lines {
        // SAFETY: n_lines rows of three numbers.
        let (row_pc, row_line, row_inline) = unsafe { (pc + read_uleb(&mut p), line + read_sleb(&mut p), read_uleb(&mut p)) };
        if row_pc > u64::from(offset) {
            break;
        }
        (pc, line, inline) = (row_pc, row_line, row_inline);
    }
    (line as u32, inline as u32)
}

pub fn inline_node(info: &FuncInfo, idx: u32) -> Option<InlineNode> {
    if idx >= info.n_inline {
        return None;
    }
    // SAFETY: below n_inline; pcdata is 4-aligned there.
    Some(unsafe { *(pcdata(info.inline) as *const InlineNode).add(idx as usize) })
}

/// A function as programs see it: a physical frame is one or, with inlining, several of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogicalFrame {
    pub name: &'static str,
    pub file: &'static str,
    pub line: u32,
    pub func_line: u32,
    /// The code of another function around it.
    pub inlined: bool,
}

/// Innermost first. `pc` is inside the instruction in question (a return address less one).
pub fn for_each_logical(entry: usize, info: &FuncInfo, pc: usize, mut f: impl FnMut(LogicalFrame)) {
    let (mut line, mut idx) = line_at(info, (pc - entry) as u32);
    // The depth of an inline tree is bounded by its size: damaged tables must not loop.
    for _ in 0..=info.n_inline {
        if idx == 0 {
            break;
        }
        let Some(node) = inline_node(info, idx) else { break };
        f(LogicalFrame { name: string(node.name), file: file_name(node.file), line, func_line: node.func_line, inlined: true });
        line = node.call_line;
        idx = node.parent;
    }
    f(LogicalFrame { name: string(info.name), file: file_name(info.file), line, func_line: info.line, inlined: false });
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use std::boxed::Box;
    use std::sync::OnceLock;
    use std::vec;
    use std::vec::Vec;

    /// Two functions at made-up addresses: `main.leaf` (frame 32, one safepoint at 0x10) and `main.outer` (frame 64, safepoints 0x20 and 0x30), the latter
    /// with `main.inl` inlined.
    pub const LEAF: usize = 0x10_0000;
    pub const OUTER: usize = 0x10_0100;

    pub struct Built {
        pub module: ModuleData,
    }
    // SAFETY: plain numbers.
    unsafe impl Sync for Built {}
    // SAFETY: plain numbers.
    unsafe impl Send for Built {}

    fn put_string(table: &mut Vec<u8>, s: &str) -> u32 {
        let at = table.len() as u32;
        table.push(s.len() as u8);
        table.extend(s.as_bytes());
        at
    }

    fn words(v: &mut Vec<u8>, list: &[u32]) -> u32 {
        while !v.len().is_multiple_of(4) {
            v.push(0);
        }
        let at = v.len() as u32;
        for w in list {
            v.extend(w.to_le_bytes());
        }
        at
    }

    fn build() -> Built {
        let mut strtab = vec![0u8];
        let [leaf, outer, inl, file] = ["main.leaf", "main.outer", "main.inl", "/x/main.go"].map(|s| put_string(&mut strtab, s));
        let files: &'static [u32] = Vec::leak(vec![file]);
        let mut pc = vec![0u8; 4];
        // leaf: words 1 and 2 are pointers at its safepoint, none at faults
        let leaf_safepoints = words(&mut pc, &[0x10, 1]);
        let leaf_maps = pc.len() as u32;
        pc.extend([0b0000u8, 0b0110]);
        let leaf_lines = pc.len() as u32;
        pc.extend([0u8, 2, 0]);
        let leaf_inline = words(&mut pc, &[leaf, 0, 0, 0, 10]);
        let leaf_info = words(&mut pc, &[leaf, 0, 10, 0x40, 32, 0, 0, 1, leaf_safepoints, 4, leaf_maps, 1, leaf_lines, 1, leaf_inline]);
        // outer: map 1 has word 0, map 2 words 3 and 7
        let outer_safepoints = words(&mut pc, &[0x20, 0x30, 1, 2]);
        let outer_maps = pc.len() as u32;
        pc.extend([0u8, 0b1, 0b1000_1000]);
        let outer_lines = pc.len() as u32;
        // rows: pc 0 line 21 node 0; pc 0x28 line 5 node 1; pc 0x40 line 23 node 0
        pc.extend([0u8, 1, 0, 0x28, 0x70, 1, 0x18, 18, 0]);
        let outer_inline = words(&mut pc, &[outer, 0, 0, 0, 20, inl, 0, 0, 22, 4]);
        let outer_info = words(&mut pc, &[outer, 0, 20, 0x80, 64, 0, 0x60, 2, outer_safepoints, 8, outer_maps, 3, outer_lines, 2, outer_inline]);
        let entries: &'static [FuncEntry] = Vec::leak(vec![
            FuncEntry { entry: LEAF as u64, info: leaf_info, pad: 0 },
            FuncEntry { entry: OUTER as u64, info: outer_info, pad: 0 },
            FuncEntry { entry: 0x10_0200, info: 0, pad: 0 },
        ]);
        // aligned copy
        let mut aligned = vec![0u32; pc.len().div_ceil(4)];
        for (i, b) in pc.iter().enumerate() {
            aligned[i / 4] |= u32::from(*b) << (i % 4 * 8);
        }
        Built {
            module: ModuleData {
                text_start: LEAF as u64,
                text_end: 0x10_0200,
                funcs: entries.as_ptr() as u64,
                n_funcs: 2,
                pcdata: Vec::leak(aligned).as_ptr() as u64,
                strtab: Vec::leak(strtab).as_ptr() as u64,
                files: files.as_ptr() as u64,
                n_files: 1,
                roots: 0,
                n_roots: 0,
                types_start: 0,
                types_end: 0,
                itabs: 0,
                n_itabs: 0,
                typelinks: 0,
                n_typelinks: 0,
                main: 0,
                raise: 0,
                sigpanic: 0,
                preprintpanics: 0,
            },
        }
    }

    pub fn module() -> &'static ModuleData {
        static BUILT: OnceLock<&'static Built> = OnceLock::new();
        &BUILT.get_or_init(|| Box::leak(Box::new(build()))).module
    }

    #[test]
    fn finds_functions_and_maps() {
        assert!(find_func(LEAF - 1).is_none());
        assert!(find_func(LEAF + 0x40).is_none(), "padding");
        assert_eq!(string(find_func(OUTER).unwrap().1.name), "main.outer");
        let f = lookup(OUTER + 0x30).unwrap();
        assert_eq!((f.frame_size, f.n_words), (64, 8));
        // SAFETY: one byte of map.
        assert_eq!(unsafe { *f.bits }, 0b1000_1000);
        // SAFETY: as above.
        assert_eq!(unsafe { *lookup(OUTER + 0x20).unwrap().bits }, 1);
        // SAFETY: as above; no safepoint: map 0.
        assert_eq!(unsafe { *lookup(OUTER + 0x21).unwrap().bits }, 0);
        assert!(lookup(0x1234).is_none());
    }

    #[test]
    fn lines_follow_the_inline_tree() {
        let (entry, info) = find_func(OUTER).unwrap();
        let at = |offset| {
            let mut v = Vec::new();
            for_each_logical(entry, info, entry + offset, |f| v.push((f.name, f.line, f.inlined)));
            v
        };
        assert_eq!(at(0x1f), [("main.outer", 21, false)]);
        assert_eq!(at(0x2f), [("main.inl", 5, true), ("main.outer", 22, false)]);
        assert_eq!(at(0x40), [("main.outer", 23, false)]);
    }
}

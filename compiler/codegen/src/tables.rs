//! The runtime's tables (`abi::tables`): functions, safepoints, lines, inlined calls, roots.
//!
//! In: the pieces of code in text order and the module. Out: blobs; the object writer places them and relocates.
//! Offsets in the blobs are relative to their start, so nothing here needs an address.

use crate::compile::{Map, Piece};
use abi::tables::func_flags;
use ir::{InlineId, LocId, Module};
use rustc_hash::FxHashMap;

/// Interned `uleb length, bytes`.
#[derive(Default)]
pub struct StrTab {
    pub bytes: Vec<u8>,
    offsets: FxHashMap<String, u32>,
}

impl StrTab {
    pub fn new() -> StrTab {
        let mut tab = StrTab::default();
        tab.intern("");
        tab
    }
    pub fn intern(&mut self, text: &str) -> u32 {
        if let Some(&at) = self.offsets.get(text) {
            return at;
        }
        let at = self.bytes.len() as u32;
        uleb(&mut self.bytes, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
        self.offsets.insert(text.to_owned(), at);
        at
    }
}

pub fn uleb(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if value == 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

pub fn sleb(out: &mut Vec<u8>, mut value: i64) {
    loop {
        let byte = (value & 0x7f) as u8;
        value >>= 7;
        if (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0) {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

fn align(out: &mut Vec<u8>, to: usize) {
    out.resize(out.len().next_multiple_of(to), 0);
}

fn u32s(out: &mut Vec<u8>, values: impl IntoIterator<Item = u32>) {
    for value in values {
        out.extend_from_slice(&value.to_le_bytes());
    }
}

fn push_map(out: &mut Vec<u8>, map: &Map, n_words: u32) {
    let at = out.len();
    out.resize(at + n_words.div_ceil(8) as usize, 0);
    for &word in map {
        out[at + word as usize / 8] |= 1 << (word % 8);
    }
}

/// The tree of calls inlined into one function; node 0 is the function.
struct InlineTree<'a> {
    module: &'a Module,
    nodes: Vec<[u32; 5]>,
    index: FxHashMap<InlineId, u32>,
}

impl InlineTree<'_> {
    /// Node and line of a location. What was inlined from a wrapper belongs to the wrapper's caller: wrappers are hidden.
    fn place(&mut self, strtab: &mut StrTab, loc: LocId) -> (u32, u32) {
        let mut loc = loc;
        loop {
            let data = &self.module.locs[loc];
            match data.inlined {
                None => return (0, data.line),
                Some(id) if self.module.inlines[id].wrapper => loc = self.module.inlines[id].call,
                Some(id) => return (self.node(strtab, id), data.line),
            }
        }
    }

    fn node(&mut self, strtab: &mut StrTab, id: InlineId) -> u32 {
        if let Some(&n) = self.index.get(&id) {
            return n;
        }
        let call = &self.module.inlines[id];
        let (parent, call_line) = self.place(strtab, call.call);
        let n = self.nodes.len() as u32;
        self.nodes.push([strtab.intern(&call.func), call.func_file, parent, call_line, call.func_line]);
        self.index.insert(id, n);
        n
    }
}

/// Appends everything about a piece to `pcdata`; gives the offset of its `FuncInfo`.
pub fn func_info(module: &Module, piece: &Piece, pcdata: &mut Vec<u8>, strtab: &mut StrTab) -> u32 {
    let body = piece.func.and_then(|id| module.funcs[id].body.as_ref());
    let (name, loc) = match body {
        Some(func) => (func.name.as_str(), Some(&module.locs[func.loc])),
        None => ("gorc.enter", None),
    };
    let name = strtab.intern(name);
    let (file, line) = loc.map_or((0, 0), |l| (l.file, l.line));

    // Maps, each once; number 0 is for faults and landing.
    let n_words =
        std::iter::once(&piece.map0).chain(piece.safepoints.iter().map(|s| &s.1)).filter_map(|m| m.last()).map(|&w| w + 1).max().unwrap_or(0);
    let mut maps: Vec<&Map> = vec![&piece.map0];
    let mut numbers: FxHashMap<&Map, u32> = FxHashMap::default();
    numbers.insert(&piece.map0, 0);
    let mut indices = Vec::with_capacity(piece.safepoints.len());
    for (_, map) in &piece.safepoints {
        let n = *numbers.entry(map).or_insert_with(|| {
            maps.push(map);
            maps.len() as u32 - 1
        });
        indices.push(n);
    }
    align(pcdata, 4);
    let safepoints = pcdata.len() as u32;
    u32s(pcdata, piece.safepoints.iter().map(|s| s.0));
    u32s(pcdata, indices.iter().copied());
    let maps_at = pcdata.len() as u32;
    for map in &maps {
        push_map(pcdata, map, n_words);
    }

    // Lines.
    let mut tree = InlineTree { module, nodes: vec![[name, file, 0, 0, line]], index: FxHashMap::default() };
    let lines = pcdata.len() as u32;
    let (mut n_lines, mut at, mut state) = (0, 0, (0, line));
    for &(start, loc) in &piece.lines {
        let place = tree.place(strtab, loc);
        if place == state {
            continue;
        }
        uleb(pcdata, u64::from(start - at));
        sleb(pcdata, i64::from(place.1) - i64::from(state.1));
        uleb(pcdata, u64::from(place.0));
        (at, state) = (start, place);
        n_lines += 1;
    }
    align(pcdata, 4);
    let inline = pcdata.len() as u32;
    for node in &tree.nodes {
        u32s(pcdata, node.iter().copied());
    }

    let mut flags = 0;
    if body.is_none_or(|f| f.flags.wrapper) {
        flags |= func_flags::WRAPPER;
    }
    if body.is_some_and(|f| f.flags.no_params) {
        flags |= func_flags::NO_PARAMS;
    }
    if body.is_none_or(|f| f.flags.runtime) {
        flags |= func_flags::RUNTIME;
    }
    if piece.stub {
        flags |= func_flags::STUB;
    }
    let info = pcdata.len() as u32;
    // In the order of `abi::tables::FuncInfo`.
    u32s(
        pcdata,
        [
            name,
            file,
            line,
            piece.code.len() as u32,
            piece.frame_size,
            flags,
            piece.landing,
            piece.safepoints.len() as u32,
            safepoints,
            n_words,
            maps_at,
            n_lines,
            lines,
            tree.nodes.len() as u32,
            inline,
        ],
    );
    info
}

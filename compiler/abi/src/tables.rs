//! Tables that codegen writes and the runtime reads (`docs/ABI.md`, Tables).

/// The symbol of the [`ModuleData`].
pub const MODULE_SYMBOL: &str = "gorc_module";

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ModuleData {
    pub text_start: u64,
    pub text_end: u64,
    /// `FuncEntry` × (n_funcs + 1)
    pub funcs: u64,
    pub n_funcs: u64,
    /// Blob of FuncInfo, safepoints, maps, lines, inline nodes, root masks.
    pub pcdata: u64,
    pub strtab: u64,
    /// u32 strtab offsets.
    pub files: u64,
    pub n_files: u64,
    pub roots: u64,
    pub n_roots: u64,
    pub types_start: u64,
    pub types_end: u64,
    /// u64 addresses.
    pub itabs: u64,
    pub n_itabs: u64,
    /// i32 offsets.
    pub typelinks: u64,
    pub n_typelinks: u64,
    /// Code address of `go.main` (Tail convention, no parameters).
    pub main: u64,
    /// Code addresses of Go functions that the runtime continues in; 0 if the program has none.
    pub raise: u64,
    pub sigpanic: u64,
    pub preprintpanics: u64,
}

/// The functions that fill the last words of [`ModuleData`], in order.
pub const MODULE_FUNCS: [&str; 4] = ["go.main", "runtime.raise", "runtime.sigpanic", "runtime.preprintpanics"];

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FuncEntry {
    pub entry: u64,
    /// Offset of the [`FuncInfo`] in pcdata.
    pub info: u32,
    pub pad: u32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FuncInfo {
    /// strtab offset of the name as tracebacks show it.
    pub name: u32,
    /// Index in files.
    pub file: u32,
    /// Line of the `func`.
    pub line: u32,
    /// Bytes of code.
    pub code_size: u32,
    /// Bytes from SP to FP at safepoints.
    pub frame_size: u32,
    pub flags: u32,
    /// Code offset of the landing block, 0 if none.
    pub landing: u32,
    pub n_safepoints: u32,
    /// pcdata offset.
    pub safepoints: u32,
    /// Words covered by a map.
    pub n_words: u32,
    /// pcdata offset; map 0 first.
    pub maps: u32,
    pub n_lines: u32,
    /// pcdata offset.
    pub lines: u32,
    pub n_inline: u32,
    /// pcdata offset, 4-aligned.
    pub inline: u32,
}

/// `FuncInfo::flags`
pub mod func_flags {
    /// Made by the compiler; hidden from tracebacks, transparent for `recover`.
    pub const WRAPPER: u32 = 1;
    /// Belongs to package runtime (hidden from tracebacks unless GOTRACEBACK=system).
    pub const RUNTIME: u32 = 2;
    /// Large-frame stub: its frame is replaced by the body's, it never holds a safepoint but morestack's.
    pub const STUB: u32 = 4;
    /// Has no parameters, so that a traceback leaves none out.
    pub const NO_PARAMS: u32 = 8;
}

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct InlineNode {
    pub name: u32,
    pub file: u32,
    pub parent: u32,
    pub call_line: u32,
    pub func_line: u32,
}

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Root {
    pub addr: u64,
    pub n_words: u32,
    /// pcdata offset of the bit mask.
    pub mask: u32,
}

//! Bodyless Go functions of `stdlib/` that the runtime provides (`docs/STDCONTRACT.md` has signatures and meaning).

/// Symbol: import path, `.`, function name. A bodyless function that is not here is a compile error ("missing function body").
pub const STD_ENTRIES: &[&str] = &[];

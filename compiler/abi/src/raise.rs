//! Codes of `runtime.raise(code, a, b)`: Go panics that begin in Rust.

/// `assignment to entry in nil map`
pub const NIL_MAP_WRITE: u64 = 1;
/// `close of nil channel`
pub const CLOSE_NIL_CHAN: u64 = 2;
/// `close of closed channel`
pub const CLOSE_CLOSED_CHAN: u64 = 3;
/// `send on closed channel`
pub const SEND_CLOSED_CHAN: u64 = 4;
/// `makeslice: len out of range`
pub const MAKESLICE_LEN: u64 = 5;
/// `makeslice: cap out of range`
pub const MAKESLICE_CAP: u64 = 6;
/// `makechan: size out of range`
pub const MAKECHAN_SIZE: u64 = 7;
/// `hash of unhashable type T`; a = type descriptor
pub const UNHASHABLE: u64 = 8;
/// `comparing uncomparable type T`; a = type descriptor
pub const UNCOMPARABLE: u64 = 9;
/// `growslice: len out of range`
pub const GROWSLICE_LEN: u64 = 10;
/// Type assertion to an interface failed: a = dynamic type (or 0), b = interface type
pub const ASSERT_INTERFACE: u64 = 11;
/// A plain string error of the runtime (`panic(plainError(...))`): a = pointer to static bytes, b = length
pub const PLAIN: u64 = 12;
/// As PLAIN, as `runtime.Error` with the prefix "runtime error: "
pub const RUNTIME_ERROR: u64 = 13;

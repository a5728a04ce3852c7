//! Type descriptors: Go 1.27's `internal/abi` layout. Offsets in bytes, 8-byte words.

/// Size of the common part, and offsets in it.
pub const TYPE_SIZE: u32 = 48;
pub mod offset {
    pub const SIZE: u32 = 0;
    pub const PTR_BYTES: u32 = 8;
    pub const HASH: u32 = 16;
    pub const TFLAG: u32 = 20;
    pub const ALIGN: u32 = 21;
    pub const FIELD_ALIGN: u32 = 22;
    pub const KIND: u32 = 23;
    pub const EQUAL: u32 = 24;
    pub const GC_DATA: u32 = 32;
    pub const STR: u32 = 40;
    pub const PTR_TO_THIS: u32 = 44;
}

pub mod tflag {
    pub const UNCOMMON: u8 = 1;
    /// The string has an extra `*` in front.
    pub const EXTRA_STAR: u8 = 2;
    pub const NAMED: u8 = 4;
    /// Equality and hash are those of the bytes.
    pub const REGULAR_MEMORY: u8 = 8;
    pub const GC_MASK_ON_DEMAND: u8 = 16;
    pub const DIRECT_IFACE: u8 = 32;
}

/// `reflect.Kind` numbers.
pub mod kind {
    pub const BOOL: u8 = 1;
    pub const INT: u8 = 2;
    pub const INT8: u8 = 3;
    pub const INT16: u8 = 4;
    pub const INT32: u8 = 5;
    pub const INT64: u8 = 6;
    pub const UINT: u8 = 7;
    pub const UINT8: u8 = 8;
    pub const UINT16: u8 = 9;
    pub const UINT32: u8 = 10;
    pub const UINT64: u8 = 11;
    pub const UINTPTR: u8 = 12;
    pub const FLOAT32: u8 = 13;
    pub const FLOAT64: u8 = 14;
    pub const COMPLEX64: u8 = 15;
    pub const COMPLEX128: u8 = 16;
    pub const ARRAY: u8 = 17;
    pub const CHAN: u8 = 18;
    pub const FUNC: u8 = 19;
    pub const INTERFACE: u8 = 20;
    pub const MAP: u8 = 21;
    pub const POINTER: u8 = 22;
    pub const SLICE: u8 = 23;
    pub const STRING: u8 = 24;
    pub const STRUCT: u8 = 25;
    pub const UNSAFE_POINTER: u8 = 26;
}

/// ITab: Inter *InterfaceType, Type *Type, Hash u32, Fun [n]code.
pub mod itab {
    pub const INTER: u32 = 0;
    pub const TYPE: u32 = 8;
    pub const HASH: u32 = 16;
    pub const FUN: u32 = 24;
}

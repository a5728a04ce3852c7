//! Size classes of the allocator. Go's, because `cap` after `append` shows them. A pure table with its arithmetic.

pub const PAGE_SHIFT: usize = 13;
pub const PAGE_SIZE: usize = 1 << PAGE_SHIFT;
pub const N_CLASSES: usize = 68;
/// Objects above this own their span.
pub const MAX_SMALL: usize = 32768;
/// Objects with pointers up to this size are described by heap bits, larger ones by a header word with their type.
pub const MAX_HEAP_BITS: usize = 512;
/// Bytes of that header.
pub const HEADER: usize = 8;
pub const MAX_OBJS: usize = 1024;

/// Bytes of an object of each class; class 0 is for large objects.
#[rustfmt::skip]
pub const CLASS_SIZE: [u16; N_CLASSES] = [
    0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 512,
    576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144,
    6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264,
    28672, 32768,
];

/// Pages of a span of each class: the tail that no object fits in stays small.
#[rustfmt::skip]
pub const CLASS_PAGES: [u8; N_CLASSES] = [
    0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 2, 1, 2, 1, 3, 2,
    3, 1, 3, 2, 3, 4, 5, 6, 1, 7, 6, 5, 4, 3, 5, 7, 2, 9, 7, 5, 8, 3, 10, 7, 4,
];

/// Class of a size, by size / 8 rounded up, to 1024.
const CLASS_OF_8: [u8; 1024 / 8 + 1] = class_table::<{ 1024 / 8 + 1 }>(0, 8);
/// Class of a size above 1024, by (size − 1024) / 128 rounded up.
const CLASS_OF_128: [u8; (MAX_SMALL - 1024) / 128 + 1] = class_table::<{ (MAX_SMALL - 1024) / 128 + 1 }>(1024, 128);

const fn class_table<const N: usize>(from: usize, step: usize) -> [u8; N] {
    let mut table = [0; N];
    let mut i = 0;
    let mut class = 0;
    while i < N {
        let size = from + i * step;
        while (CLASS_SIZE[class] as usize) < size {
            class += 1;
        }
        table[i] = class as u8;
        i += 1;
    }
    table
}

/// Smallest class that holds `size` bytes; 1 ≤ size ≤ MAX_SMALL.
pub fn class_of(size: usize) -> usize {
    if size <= 1024 { usize::from(CLASS_OF_8[size.div_ceil(8)]) } else { usize::from(CLASS_OF_128[(size - 1024).div_ceil(128)]) }
}

/// `offset / size` as `(offset * magic) >> 32`, exact for offsets inside a span.
pub const fn div_magic(class: usize) -> u32 {
    if class == 0 { 0 } else { (u32::MAX / CLASS_SIZE[class] as u32) + 1 }
}

/// Bytes that an object of `size` bytes really gets: what `append` may use as capacity.
pub fn round_up(size: usize, noscan: bool) -> usize {
    let header = if !noscan && size > MAX_HEAP_BITS { HEADER } else { 0 };
    if size <= MAX_SMALL - HEADER {
        return usize::from(CLASS_SIZE[class_of(size + header)]) - header;
    }
    size.checked_next_multiple_of(PAGE_SIZE).unwrap_or(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_tight_and_division_is_exact() {
        for size in 1..=MAX_SMALL {
            let class = class_of(size);
            assert!(usize::from(CLASS_SIZE[class]) >= size && usize::from(CLASS_SIZE[class - 1]) < size);
        }
        for class in 1..N_CLASSES {
            let size = usize::from(CLASS_SIZE[class]);
            for offset in 0..usize::from(CLASS_PAGES[class]) * PAGE_SIZE {
                assert_eq!((offset as u64 * u64::from(div_magic(class))) >> 32, (offset / size) as u64);
            }
        }
    }
}

//! The kernel's clock functions without a system call: finds `clock_gettime` in the vDSO's dynamic symbol table.

use crate::arch;
use crate::sync::{AtomicUsize, Ordering};

/// Address of the function, 0 if there is none (then a system call is made).
static CLOCK_GETTIME: AtomicUsize = AtomicUsize::new(0);

type ClockGettime = extern "C" fn(i32, *mut [i64; 2]) -> i32;

#[inline]
pub fn clock(id: i32) -> (i64, i64) {
    let mut ts = [0i64; 2];
    let f = CLOCK_GETTIME.load(Ordering::Relaxed);
    if f != 0 {
        // SAFETY: init stored the address of a function of this type.
        let f: ClockGettime = unsafe { core::mem::transmute(f) };
        if f(id, &mut ts) == 0 {
            return (ts[0], ts[1]);
        }
    }
    // SAFETY: ts is writable.
    unsafe { arch::syscall6(libc::SYS_clock_gettime as usize, id as usize, &raw mut ts as usize, 0, 0, 0, 0) };
    (ts[0], ts[1])
}

/// # Safety
/// `base` is the value of AT_SYSINFO_EHDR, or 0.
pub unsafe fn init(base: usize) {
    if base != 0 {
        // SAFETY: the caller's.
        let f = unsafe { find(base, arch::VDSO_CLOCK_GETTIME) };
        CLOCK_GETTIME.store(f.unwrap_or(0), Ordering::Relaxed);
    }
}

const DT_HASH: u64 = 4;
const DT_STRTAB: u64 = 5;
const DT_SYMTAB: u64 = 6;
const DT_GNU_HASH: u64 = 0x6fff_fef5;

unsafe fn find(base: usize, name: &[u8]) -> Option<usize> {
    // SAFETY: the kernel maps a well-formed ELF image at `base`; all reads are within its headers and tables.
    unsafe {
        let header = &*(base as *const libc::Elf64_Ehdr);
        let segments = core::slice::from_raw_parts((base + header.e_phoff as usize) as *const libc::Elf64_Phdr, header.e_phnum as usize);
        let load = segments.iter().find(|s| s.p_type == libc::PT_LOAD)?;
        let bias = base.wrapping_add(load.p_offset as usize).wrapping_sub(load.p_vaddr as usize);
        let dynamic = segments.iter().find(|s| s.p_type == libc::PT_DYNAMIC)?;
        let (mut symbols, mut strings, mut hash, mut gnu_hash) = (0usize, 0usize, 0usize, 0usize);
        let mut entry = bias.wrapping_add(dynamic.p_vaddr as usize) as *const [u64; 2];
        while (*entry)[0] != 0 {
            let value = (*entry)[1] as usize;
            match (*entry)[0] {
                DT_SYMTAB => symbols = value,
                DT_STRTAB => strings = value,
                DT_HASH => hash = value,
                DT_GNU_HASH => gnu_hash = value,
                _ => {}
            }
            entry = entry.add(1);
        }
        // Some loaders relocate the dynamic section, some do not.
        let at = |v: usize| if v < base { bias.wrapping_add(v) } else { v };
        let n_symbols = if hash != 0 {
            *(at(hash) as *const u32).add(1) as usize
        } else if gnu_hash != 0 {
            count_gnu_hash(at(gnu_hash) as *const u32)?
        } else {
            return None;
        };
        let table = core::slice::from_raw_parts(at(symbols) as *const libc::Elf64_Sym, n_symbols);
        table.iter().find_map(|s| {
            let text = core::ffi::CStr::from_ptr((at(strings) + s.st_name as usize) as *const core::ffi::c_char);
            (s.st_shndx != 0 && text.to_bytes() == name).then(|| bias.wrapping_add(s.st_value as usize))
        })
    }
}

/// A GNU hash table does not say how many symbols there are: the last chain's end does.
unsafe fn count_gnu_hash(table: *const u32) -> Option<usize> {
    // SAFETY: as in `find`.
    unsafe {
        let (n_buckets, first, bloom_words) = (*table as usize, *table.add(1), *table.add(2) as usize);
        let buckets = table.add(4 + 2 * bloom_words);
        let chains = buckets.add(n_buckets);
        let mut last = (0..n_buckets).map(|i| *buckets.add(i)).max()?;
        if last < first {
            return None;
        }
        while *chains.add((last - first) as usize) & 1 == 0 {
            last += 1;
        }
        Some(last as usize + 1)
    }
}

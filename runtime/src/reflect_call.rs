//! Calls with arguments in memory (`reflect.Value.Call`) and functions that are called with arguments in registers but work on memory (`reflect.MakeFunc`).
//!
//! Both sides follow ABI.md, "Calls": values of at most four scalars travel as those scalars, others as an address; results in registers if there is room, else all in memory.
//! The frames that move registers are assembly (`arch`); what goes where is computed here, from the type descriptors.
//!
//! ```text
//! reflect.call    frame → plan (fills a CallBuffer) → registers, stack words → callee → registers → finish → results block
//! makefunc stub   frame with saved registers → begin (args block) → reflect.callReflect → end (registers from the results block)
//! ```
//! The blocks are heap objects; the callers' frames (or the stub's mapped words) keep them alive.

use crate::gc::cache::malloc;
use crate::sched::getg;
use crate::stack;
use crate::sync::{AtomicUsize, Ordering};
use crate::typedesc::{ArrayType, FuncType, StructType, Type, UncommonType};
use abi::stack::STACK_GUARD;
use abi::typedesc::{kind, tflag};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ptr::null;

pub const N_INTS: usize = 6;
pub const N_FLOATS: usize = 8;
const MAX_LEAVES: usize = 4;

/// One scalar of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Leaf {
    offset: usize,
    size: usize,
    is_float: bool,
}

#[derive(Clone, Copy, Debug)]
struct Leaves {
    list: [Leaf; MAX_LEAVES],
    n: usize,
}

impl Leaves {
    fn push(&mut self, leaf: Leaf) -> bool {
        if self.n == MAX_LEAVES {
            return false;
        }
        self.list[self.n] = leaf;
        self.n += 1;
        true
    }

    /// Of a type; None if its values live in memory.
    unsafe fn of(t: *const Type) -> Option<Leaves> {
        let mut leaves = Leaves { list: [Leaf { offset: 0, size: 0, is_float: false }; MAX_LEAVES], n: 0 };
        // SAFETY: the caller's: a complete descriptor.
        unsafe { leaves.collect(t, 0) }.then_some(leaves)
    }

    unsafe fn collect(&mut self, t: *const Type, offset: usize) -> bool {
        // SAFETY: as of.
        unsafe {
            let int = |size, at| Leaf { offset: offset + at, size, is_float: false };
            let float = |size, at| Leaf { offset: offset + at, size, is_float: true };
            match (*t).kind() {
                kind::FLOAT32 | kind::FLOAT64 => self.push(float((*t).size, 0)),
                kind::COMPLEX64 => self.push(float(4, 0)) && self.push(float(4, 4)),
                kind::COMPLEX128 => self.push(float(8, 0)) && self.push(float(8, 8)),
                kind::STRING | kind::INTERFACE => self.push(int(8, 0)) && self.push(int(8, 8)),
                kind::SLICE => self.push(int(8, 0)) && self.push(int(8, 8)) && self.push(int(8, 16)),
                kind::ARRAY => {
                    let array = (*t).as_variant::<ArrayType>();
                    let elem = array.elem;
                    let before = self.n;
                    if array.len == 0 || !self.collect(elem, offset) {
                        return array.len == 0;
                    }
                    // Elements without scalars, however many, add none.
                    if self.n == before {
                        return true;
                    }
                    (1..array.len).all(|i| self.collect(elem, offset + i * (*elem).size))
                }
                kind::STRUCT => {
                    let fields = (*t).as_variant::<StructType>().fields.as_slice();
                    fields.iter().all(|f| self.collect(f.typ, offset + f.offset))
                }
                _ => self.push(int((*t).size, 0)),
            }
        }
    }
}

/// Parameter and result types.
unsafe fn types_of(t: *const FuncType) -> (&'static [*const Type], &'static [*const Type]) {
    // SAFETY: the types follow the descriptor and its uncommon part.
    unsafe {
        let uncommon = if (*t).typ.tflag & tflag::UNCOMMON != 0 { size_of::<UncommonType>() } else { 0 };
        let first = (t as usize + size_of::<FuncType>() + uncommon) as *const *const Type;
        let n_in = (*t).in_count as usize;
        let n_out = ((*t).out_count & 0x7fff) as usize;
        (core::slice::from_raw_parts(first, n_in), core::slice::from_raw_parts(first.add(n_in), n_out))
    }
}

/// Walks the fields of a Go struct.
struct Offsets(usize);

impl Offsets {
    unsafe fn next(&mut self, t: *const Type) -> usize {
        // SAFETY: a complete descriptor.
        unsafe {
            let offset = self.0.next_multiple_of(((*t).align as usize).max(1));
            self.0 = offset + (*t).size;
            offset
        }
    }
}

unsafe fn struct_size(types: &[*const Type]) -> usize {
    let mut offsets = Offsets(0);
    // SAFETY: complete descriptors.
    unsafe {
        for &t in types {
            offsets.next(t);
        }
    }
    offsets.0.next_multiple_of(8)
}

/// Do the results go to memory whose address is the first parameter?
unsafe fn returns_in_memory(results: &[*const Type]) -> bool {
    let (mut ints, mut floats) = (0, 0);
    for &t in results {
        // SAFETY: complete descriptors.
        let Some(leaves) = (unsafe { Leaves::of(t) }) else { return true };
        let n = leaves.list[..leaves.n].iter().filter(|l| l.is_float).count();
        floats += n;
        ints += leaves.n - n;
    }
    ints > N_INTS || floats > N_FLOATS
}

unsafe fn load(addr: usize, size: usize) -> usize {
    // SAFETY: the caller's: a scalar of that size.
    unsafe {
        match size {
            1 => *(addr as *const u8) as usize,
            2 => *(addr as *const u16) as usize,
            4 => *(addr as *const u32) as usize,
            _ => *(addr as *const usize),
        }
    }
}

unsafe fn store(addr: usize, size: usize, value: usize) {
    // SAFETY: the caller's: a scalar of that size.
    unsafe {
        match size {
            1 => *(addr as *mut u8) = value as u8,
            2 => *(addr as *mut u16) = value as u16,
            4 => *(addr as *mut u32) = value as u32,
            _ => *(addr as *mut usize) = value,
        }
    }
}

/// Read by assembly up to `stack`.
#[repr(C)]
pub struct CallBuffer {
    code: usize,
    n_stack: usize,
    ints: [usize; N_INTS],
    floats: [usize; N_FLOATS],
    stack: *const usize,
    typ: *const FuncType,
    results: usize,
    words: Vec<usize>,
    n_ints: usize,
    n_floats: usize,
}

pub mod call_buffer {
    use super::CallBuffer;
    use core::mem::offset_of;
    pub const CODE: usize = offset_of!(CallBuffer, code);
    pub const N_STACK: usize = offset_of!(CallBuffer, n_stack);
    pub const INTS: usize = offset_of!(CallBuffer, ints);
    pub const FLOATS: usize = offset_of!(CallBuffer, floats);
    pub const STACK: usize = offset_of!(CallBuffer, stack);
}

impl CallBuffer {
    fn int(&mut self, value: usize) {
        if self.n_ints < N_INTS {
            self.ints[self.n_ints] = value;
            self.n_ints += 1;
        } else {
            self.words.push(value);
        }
    }

    fn float(&mut self, value: usize) {
        if self.n_floats < N_FLOATS {
            self.floats[self.n_floats] = value;
            self.n_floats += 1;
        } else {
            self.words.push(value);
        }
    }
}

#[repr(C)]
pub struct CallBlock {
    func: *const usize,
    typ: *const FuncType,
    args: usize,
    results: usize,
}

#[repr(C)]
pub struct CallMethodBlock {
    code: usize,
    receiver: usize,
    typ: *const FuncType,
    args: usize,
    results: usize,
}

unsafe fn plan(code: usize, receiver: Option<usize>, closure: Option<usize>, typ: *const FuncType, args: usize, results: usize) -> *mut CallBuffer {
    // SAFETY: blocks as reflect makes them; the current goroutine is stopped in the assembly frame.
    unsafe {
        let (params, outs) = types_of(typ);
        let mut b = Box::new(CallBuffer {
            code,
            n_stack: 0,
            ints: [0; N_INTS],
            floats: [0; N_FLOATS],
            stack: null(),
            typ,
            results,
            words: Vec::new(),
            n_ints: 0,
            n_floats: 0,
        });
        if returns_in_memory(outs) {
            b.int(results);
        }
        if let Some(receiver) = receiver {
            b.int(receiver);
        }
        let mut offsets = Offsets(0);
        for &t in params {
            let at = args + offsets.next(t);
            match Leaves::of(t) {
                None => b.int(at),
                Some(leaves) => {
                    for leaf in &leaves.list[..leaves.n] {
                        let value = load(at + leaf.offset, leaf.size);
                        if leaf.is_float { b.float(value) } else { b.int(value) }
                    }
                }
            }
        }
        if let Some(closure) = closure {
            b.int(closure);
        }
        if !b.words.len().is_multiple_of(2) {
            b.words.push(0);
        }
        b.n_stack = b.words.len();
        b.stack = b.words.as_ptr();
        // The callee's check counts from below its stack arguments.
        let g = getg();
        loop {
            let size = (*g).stack_hi - (*g).stack_lo;
            if (*g).sched_sp - (*g).stack_lo >= STACK_GUARD + 8 * b.n_stack {
                break;
            }
            stack::move_to(g, size * 2);
            stack::reset_limit(g);
        }
        Box::into_raw(b)
    }
}

/// # Safety
/// Called by the assembly of `reflect.call` only.
pub unsafe extern "C" fn plan_call(block: *const CallBlock) -> *mut CallBuffer {
    // SAFETY: the block.
    unsafe {
        let b = &*block;
        plan(*b.func, None, Some(b.func as usize), b.typ, b.args, b.results)
    }
}

/// # Safety
/// Called by the assembly of `reflect.callMethod` only.
pub unsafe extern "C" fn plan_call_method(block: *const CallMethodBlock) -> *mut CallBuffer {
    // SAFETY: the block.
    unsafe {
        let b = &*block;
        plan(b.code, Some(b.receiver), None, b.typ, b.args, b.results)
    }
}

/// The callee has returned and its result registers are in the buffer.
///
/// # Safety
/// Called by the assembly only.
pub unsafe extern "C" fn finish_call(buffer: *mut CallBuffer) {
    // SAFETY: the buffer of plan; the results block is alive.
    unsafe {
        let b = Box::from_raw(buffer);
        let (_, outs) = types_of(b.typ);
        if returns_in_memory(outs) {
            return;
        }
        let (mut ints, mut floats) = (b.ints.iter(), b.floats.iter());
        let mut offsets = Offsets(0);
        for &t in outs {
            let at = b.results + offsets.next(t);
            let Some(leaves) = Leaves::of(t) else { continue };
            for leaf in &leaves.list[..leaves.n] {
                let value = if leaf.is_float { floats.next() } else { ints.next() };
                store(at + leaf.offset, leaf.size, *value.expect("counted by returns_in_memory"));
            }
        }
    }
}

// MakeFunc.

/// Go's `reflect.callReflect` as a func value; static.
#[unsafe(no_mangle)]
pub static gorc_call_reflect: AtomicUsize = AtomicUsize::new(0);

/// The stub's frame, from its SP up. The first three words are mapped.
#[repr(C)]
pub struct StubFrame {
    results: usize,
    closure: *const FuncObject,
    /// int 0 becomes the address for results in memory, or 0.
    ints: [usize; N_INTS],
    floats: [usize; N_FLOATS],
}

pub const STUB_FRAME_SIZE: usize = size_of::<StubFrame>();
pub const STUB_MAPPED_WORDS: u32 = 3;
pub static STUB_MAP: [u8; 1] = [0b111];

#[repr(C)]
pub struct FuncObject {
    code: usize,
    typ: *const FuncType,
}

/// Stubs that find the closure among the stack words.
pub const N_STACK_STUBS: usize = 64;

#[repr(C)]
pub struct MakeFuncBlock {
    typ: *const FuncType,
    call_reflect: usize,
    result: usize,
}

/// Integer arguments before the closure, and stack words before it.
unsafe fn closure_position(typ: *const FuncType) -> (usize, usize) {
    // SAFETY: a complete descriptor.
    unsafe {
        let (params, outs) = types_of(typ);
        let (mut ints, mut floats, mut words) = (usize::from(returns_in_memory(outs)), 0, 0);
        for &t in params {
            match Leaves::of(t) {
                None => count(&mut ints, N_INTS, &mut words),
                Some(leaves) => {
                    for leaf in &leaves.list[..leaves.n] {
                        if leaf.is_float { count(&mut floats, N_FLOATS, &mut words) } else { count(&mut ints, N_INTS, &mut words) }
                    }
                }
            }
        }
        (ints, words)
    }
}

fn count(n: &mut usize, max: usize, words: &mut usize) {
    if *n < max {
        *n += 1;
    } else {
        *words += 1;
    }
}

std_entry!(
    "reflect.makeFuncCode",
    fn make_func_code(block: *mut MakeFuncBlock) {
        // SAFETY: the block.
        unsafe {
            gorc_call_reflect.store((*block).call_reflect, Ordering::Relaxed);
            let (ints, words) = closure_position((*block).typ);
            (*block).result = if ints < N_INTS {
                crate::arch::makefunc_stub(ints)
            } else if words < N_STACK_STUBS {
                crate::arch::makefunc_stub(N_INTS + words)
            } else {
                crate::panic::fatal("reflect.MakeFunc: too many parameters")
            };
        }
    }
);

/// # Safety
/// Called by the stubs only: their frame, and the caller's stack words.
pub unsafe extern "C" fn makefunc_begin(frame: *mut StubFrame, words: *const usize) -> crate::macros::Pair {
    // SAFETY: the stub's; fresh blocks.
    unsafe {
        let f = &mut *frame;
        let typ = (*f.closure).typ;
        let (params, outs) = types_of(typ);
        let args = alloc_block(params);
        let (ints, floats) = (f.ints, f.floats);
        let (mut n_ints, mut n_floats, mut n_words) = (0, 0, 0);
        let mut take = |is_float: bool| {
            let (n, max, regs) = if is_float { (&mut n_floats, N_FLOATS, &floats[..]) } else { (&mut n_ints, N_INTS, &ints[..]) };
            if *n < max {
                *n += 1;
                regs[*n - 1]
            } else {
                n_words += 1;
                *words.add(n_words - 1)
            }
        };
        f.ints[0] = if returns_in_memory(outs) { take(false) } else { 0 };
        let mut offsets = Offsets(0);
        for &t in params {
            let at = args + offsets.next(t);
            match Leaves::of(t) {
                None => core::ptr::copy_nonoverlapping(take(false) as *const u8, at as *mut u8, (*t).size),
                Some(leaves) => {
                    for leaf in &leaves.list[..leaves.n] {
                        store(at + leaf.offset, leaf.size, take(leaf.is_float));
                    }
                }
            }
        }
        f.results = alloc_block(outs);
        crate::macros::pair(args, f.results)
    }
}

/// A heap block for a struct of these types. It is scanned by a type made for it; the few that exist are kept for ever.
unsafe fn alloc_block(types: &[*const Type]) -> usize {
    // SAFETY: complete descriptors; the made type lives for ever.
    unsafe {
        let size = struct_size(types);
        if size == 0 {
            return 0;
        }
        let mut mask: Vec<u8> = alloc::vec![0; size.div_ceil(64).next_multiple_of(8)];
        let mut offsets = Offsets(0);
        let mut last = 0;
        for &t in types {
            let at = offsets.next(t);
            for word in (0..(*t).ptr_bytes / 8).filter(|&w| (*t).is_pointer_word(w)) {
                let n = at / 8 + word;
                mask[n / 8] |= 1 << (n % 8);
                last = n + 1;
            }
        }
        malloc(size, if last == 0 { null() } else { block_type(size, last * 8, mask) }) as usize
    }
}

struct BlockTypes {
    lock: crate::sync::Mutex,
    list: core::cell::UnsafeCell<Vec<&'static Type>>,
}
// SAFETY: `list` is used under `lock`.
unsafe impl Sync for BlockTypes {}
static BLOCK_TYPES: BlockTypes = BlockTypes { lock: crate::sync::Mutex::new(), list: core::cell::UnsafeCell::new(Vec::new()) };

unsafe fn block_type(size: usize, ptr_bytes: usize, mask: Vec<u8>) -> *const Type {
    BLOCK_TYPES.lock.with(|| {
        // SAFETY: under the lock; masks are as long as their sizes say.
        unsafe {
            let list = &mut *BLOCK_TYPES.list.get();
            let same = |t: &&&'static Type| t.size == size && core::slice::from_raw_parts(t.gc_data, mask.len()) == &mask[..];
            if let Some(t) = list.iter().find(same) {
                return &raw const **t;
            }
            let typ: &'static Type = Box::leak(Box::new(Type {
                size,
                ptr_bytes,
                hash: 0,
                tflag: 0,
                align: 8,
                field_align: 8,
                kind: kind::STRUCT,
                equal: null(),
                gc_data: mask.leak().as_ptr(),
                str_off: 0,
                ptr_to_this: 0,
            }));
            list.push(typ);
            &raw const *typ
        }
    })
}

/// Fills the frame's words with the result registers; returns the bytes of stack words that the stub removes.
///
/// # Safety
/// Called by the stubs only.
pub unsafe extern "C" fn makefunc_end(frame: *mut StubFrame) -> usize {
    // SAFETY: the stub's frame; the results block is kept alive by its first word.
    unsafe {
        let f = &mut *frame;
        let typ = (*f.closure).typ;
        let (_, outs) = types_of(typ);
        let (ints, words) = closure_position(typ);
        let stack_words = if ints < N_INTS { words } else { words + 1 };
        if f.ints[0] != 0 {
            core::ptr::copy_nonoverlapping(f.results as *const u8, f.ints[0] as *mut u8, struct_size(outs));
        } else {
            let results = f.results;
            let (mut n_ints, mut n_floats) = (0, 0);
            let mut offsets = Offsets(0);
            for &t in outs {
                let at = results + offsets.next(t);
                let Some(leaves) = Leaves::of(t) else { continue };
                for leaf in &leaves.list[..leaves.n] {
                    let value = load(at + leaf.offset, leaf.size);
                    if leaf.is_float {
                        f.floats[n_floats] = value;
                        n_floats += 1;
                    } else {
                        f.ints[n_ints] = value;
                        n_ints += 1;
                    }
                }
            }
        }
        (8 * stack_words).next_multiple_of(16)
    }
}

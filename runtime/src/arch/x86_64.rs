//! x86-64. G is in r15 while compiled code runs; the thread pointer (fs) is the M.

use super::G;
use crate::reflect_call as rc;
use crate::sched::{self, M};
use abi::g;
use core::arch::{asm, global_asm};

/// # Safety
/// Whatever the system call `n` asks of its arguments.
#[inline(always)]
pub unsafe fn syscall6(n: usize, a: usize, b: usize, c: usize, d: usize, e: usize, f: usize) -> isize {
    let r;
    // SAFETY: the caller's; rcx and r11 are what the kernel clobbers.
    unsafe {
        asm!("syscall", inlateout("rax") n as isize => r, in("rdi") a, in("rsi") b, in("rdx") c, in("r10") d, in("r8") e, in("r9") f,
            lateout("rcx") _, lateout("r11") _, options(nostack))
    };
    r
}

/// The current thread's M.
#[cfg(not(test))]
#[inline(always)]
pub fn thread_pointer() -> *mut M {
    let r;
    // SAFETY: word 0 of every M is its own address, and fs is an M on every thread of the program.
    unsafe { asm!("mov {}, fs:[0]", out(reg) r, options(nostack, pure, readonly, preserves_flags)) };
    r
}

/// # Safety
/// `m` stays valid as long as the thread.
pub unsafe fn set_thread_pointer(m: *mut M) {
    const ARCH_SET_FS: usize = 0x1002;
    // SAFETY: the caller's.
    unsafe { syscall6(libc::SYS_arch_prctl as usize, ARCH_SET_FS, m as usize, 0, 0, 0, 0) };
}

pub const VDSO_CLOCK_GETTIME: &[u8] = b"__vdso_clock_gettime";

unsafe extern "C" {
    fn gorc_sigreturn();
}
/// x86-64 needs a restorer.
pub const SIGRETURN: Option<unsafe extern "C" fn()> = Some(gorc_sigreturn);

/// A fault's PC in a traceback is looked up at `pc + FAULT_PC_BIAS - 1`: it is inside the faulting instruction, and no call returns there.
pub const FAULT_PC_BIAS: usize = 1;

/// What morestack saves, from low addresses up.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Regs {
    pub xmm: [[u64; 2]; 16],
    /// rax rcx rdx rbx rsi rdi r8 r9 r10 r11 r12 r13 r14, one unused
    pub gpr: [u64; 14],
}

/// Access to the interrupted registers in a signal handler.
pub struct Context(*mut u8);

const UC_R15: usize = 40 + 7 * 8;
const UC_RDI: usize = 40 + 8 * 8;
const UC_RSI: usize = 40 + 9 * 8;
const UC_RBP: usize = 40 + 10 * 8;
const UC_RSP: usize = 40 + 15 * 8;
const UC_RIP: usize = 40 + 16 * 8;

impl Context {
    /// # Safety
    /// `uc` is the third argument of a signal handler that is still running.
    pub unsafe fn new(uc: *mut u8) -> Context {
        Context(uc)
    }
    fn word(&self, offset: usize) -> *mut usize {
        self.0.wrapping_add(offset) as *mut usize
    }
    pub fn pc(&self) -> usize {
        // SAFETY: a word of the ucontext (`new`).
        unsafe { *self.word(UC_RIP) }
    }
    pub fn sp(&self) -> usize {
        // SAFETY: as pc.
        unsafe { *self.word(UC_RSP) }
    }
    pub fn fp(&self) -> usize {
        // SAFETY: as pc.
        unsafe { *self.word(UC_RBP) }
    }
    pub fn g(&self) -> *mut G {
        // SAFETY: as pc.
        unsafe { *self.word(UC_R15) as *mut G }
    }
    /// Return address of a leaf that has pushed nothing.
    pub fn leaf_return(&self) -> usize {
        // SAFETY: the caller knows that SP is a leaf's.
        unsafe { *(self.sp() as *const usize) }
    }
    /// Makes the interrupted code call `f(a, b)` and, should it ask, return to `ret`.
    pub fn call(&mut self, ret: usize, f: usize, a: usize, b: usize) {
        // SAFETY: compiled code keeps the guard below its SP.
        unsafe {
            let sp = self.sp() - 8;
            *(sp as *mut usize) = ret;
            *self.word(UC_RSP) = sp;
        }
        self.tail_call(f, a, b);
    }
    /// The same with the return address where a call puts it already.
    pub fn tail_call(&mut self, f: usize, a: usize, b: usize) {
        // SAFETY: words of the ucontext.
        unsafe {
            *self.word(UC_RIP) = f;
            *self.word(UC_RDI) = a;
            *self.word(UC_RSI) = b;
        }
    }
}

/// Words that `gorc_enter` keeps at `sched_sp`: rbx r12 r13 r14; above them is the return address.
pub const ENTRY_SAVED_WORDS: usize = 4;

/// Lays out a stack below `hi` so that gogo calls the closure in `ret0`; returns the new `sched_sp`.
///
/// # Safety
/// The memory below `hi` is the goroutine's stack.
pub unsafe fn prepare_start(hi: usize) -> usize {
    let goexit = hi - 8;
    let start = hi - 16;
    // SAFETY: the caller's.
    unsafe {
        *(goexit as *mut usize) = super::gorc_goexit_pc as *const () as usize;
        *(start as *mut usize) = super::gorc_gostart as *const () as usize;
    }
    start - 8 * ENTRY_SAVED_WORDS
}

/// Bits of `gorc_cpu`: 1 AVX2, 2 fast `rep movsb`/`stosb`.
pub fn init_cpu() {
    use core::arch::x86_64::{__cpuid, __cpuid_count};
    let basic = __cpuid(1);
    let extended = __cpuid_count(7, 0);
    // The OS saves ymm registers.
    let os_avx = basic.ecx >> 27 & 1 == 1 && basic.ecx >> 28 & 1 == 1 && {
        let low: u32;
        // SAFETY: OSXSAVE is set.
        unsafe { asm!("xgetbv", in("ecx") 0, out("eax") low, out("edx") _, options(nostack, nomem)) };
        low & 6 == 6
    };
    let mut flags = 0;
    if os_avx && extended.ebx >> 5 & 1 == 1 {
        flags |= 1;
    }
    if extended.ebx >> 9 & 1 == 1 {
        flags |= 2;
    }
    // SAFETY: one byte, written before other threads exist.
    unsafe { gorc_cpu = flags };
}

#[unsafe(no_mangle)]
pub static mut gorc_cpu: u8 = 0;

// Entries and switches.
global_asm!(
    r#"
    .section .text.gorc_enter,"ax",@progbits
    .p2align 4
    .globl gorc_enter
    .type gorc_enter,@function
// rax = Rust function; arguments where SystemV has them
gorc_enter:
    push rbx
    push r12
    push r13
    push r14
    mov r10, [rsp + 32]
    mov [r15 + {sp}], rsp
    mov [r15 + {fp}], rbp
    mov [r15 + {pc}], r10
    mov rsp, [r15 + {ssp}]
    call rax
    cmp qword ptr [r15 + {limit}], -1
    je 2f
    mov rsp, [r15 + {sp}]       // the Rust function kept rbx, rbp, r12-r15
    add rsp, 32
    ret
2:  mov [r15 + {ret0}], rax
    mov [r15 + {ret1}], rdx
    mov rsp, [r15 + {ssp}]
    mov rdi, r15
    call {exit_safepoint}       // may leave; the stack may have moved when it returns
    mov rdi, r15
    .globl gorc_gogo
gorc_gogo:
    mov r15, rdi
    mov rax, [r15 + {ret0}]
    mov rdx, [r15 + {ret1}]
    mov rbp, [r15 + {fp}]
    mov rsp, [r15 + {sp}]
    pop r14
    pop r13
    pop r12
    pop rbx
    ret
    .size gorc_enter, .-gorc_enter

    .section .text.gorc_continue_in,"ax",@progbits
    .globl gorc_continue_in
    .type gorc_continue_in,@function
gorc_continue_in:
    mov r15, rdi
    mov r11, rsi
    mov rdi, rdx
    mov rsi, rcx
    mov rdx, r8
    mov rbp, [r15 + {fp}]
    mov rsp, [r15 + {sp}]
    pop r14
    pop r13
    pop r12
    pop rbx
    jmp r11
    .size gorc_continue_in, .-gorc_continue_in

    .globl gorc_land
    .type gorc_land,@function
gorc_land:
    mov r15, rdi
    mov rsp, rsi
    mov rbp, rdx
    xor eax, eax
    xor edx, edx
    jmp rcx
    .size gorc_land, .-gorc_land

    .globl gorc_on_stack
    .type gorc_on_stack,@function
gorc_on_stack:
    mov rsp, rdi
    mov rdi, rdx
    xor ebp, ebp
    call rsi
    ud2
    .size gorc_on_stack, .-gorc_on_stack

    .globl gorc_gostart
    .type gorc_gostart,@function
gorc_gostart:
    mov rdi, rax
    xor ebp, ebp
    jmp [rdi]
    nop
    .globl gorc_goexit_pc
gorc_goexit_pc:
    mov rsp, [r15 + {ssp}]
    xor ebp, ebp
    mov rdi, r15
    call {goexit0}
    ud2
    .size gorc_gostart, .-gorc_gostart
"#,
    limit = const g::LIMIT,
    ssp = const g::SYSTEM_SP,
    sp = const g::SCHED_SP,
    fp = const g::SCHED_FP,
    pc = const g::SCHED_PC,
    ret0 = const g::RET0,
    ret1 = const g::RET1,
    exit_safepoint = sym sched::exit_safepoint,
    goexit0 = sym sched::goexit0,
);

// Stack checks. Only the return address is below the guard on the goroutine's stack; registers are saved on the system stack as `Regs`.
global_asm!(
    r#"
    .section .text.gorc_morestack,"ax",@progbits
    .p2align 4
    .globl gorc_morestack
    .type gorc_morestack,@function
gorc_morestack:
    mov [r15 + {sp}], rsp
    mov [r15 + {fp}], rbp
    mov rsp, [r15 + {ssp}]
    sub rsp, 368
    movups [rsp], xmm0
    movups [rsp + 16], xmm1
    movups [rsp + 32], xmm2
    movups [rsp + 48], xmm3
    movups [rsp + 64], xmm4
    movups [rsp + 80], xmm5
    movups [rsp + 96], xmm6
    movups [rsp + 112], xmm7
    movups [rsp + 128], xmm8
    movups [rsp + 144], xmm9
    movups [rsp + 160], xmm10
    movups [rsp + 176], xmm11
    movups [rsp + 192], xmm12
    movups [rsp + 208], xmm13
    movups [rsp + 224], xmm14
    movups [rsp + 240], xmm15
    mov [rsp + 256], rax
    mov [rsp + 264], rcx
    mov [rsp + 272], rdx
    mov [rsp + 280], rbx
    mov [rsp + 288], rsi
    mov [rsp + 296], rdi
    mov [rsp + 304], r8
    mov [rsp + 312], r9
    mov [rsp + 320], r10
    mov [rsp + 328], r11
    mov [rsp + 336], r12
    mov [rsp + 344], r13
    mov [rsp + 352], r14
    mov rax, [r15 + {sp}]
    mov rax, [rax]
    mov [r15 + {pc}], rax
    mov rdi, r15
    mov rsi, rsp
    call {newstack}
    mov rsi, rsp
    jmp 3f
    .globl gorc_gogo_regs
gorc_gogo_regs:
    mov r15, rdi
3:  movups xmm0, [rsi]
    movups xmm1, [rsi + 16]
    movups xmm2, [rsi + 32]
    movups xmm3, [rsi + 48]
    movups xmm4, [rsi + 64]
    movups xmm5, [rsi + 80]
    movups xmm6, [rsi + 96]
    movups xmm7, [rsi + 112]
    movups xmm8, [rsi + 128]
    movups xmm9, [rsi + 144]
    movups xmm10, [rsi + 160]
    movups xmm11, [rsi + 176]
    movups xmm12, [rsi + 192]
    movups xmm13, [rsi + 208]
    movups xmm14, [rsi + 224]
    movups xmm15, [rsi + 240]
    mov rax, [rsi + 256]
    mov rcx, [rsi + 264]
    mov rdx, [rsi + 272]
    mov rbx, [rsi + 280]
    mov rdi, [rsi + 296]
    mov r8, [rsi + 304]
    mov r9, [rsi + 312]
    mov r10, [rsi + 320]
    mov r11, [rsi + 328]
    mov r12, [rsi + 336]
    mov r13, [rsi + 344]
    mov r14, [rsi + 352]
    mov rsi, [rsi + 288]
    mov rbp, [r15 + {fp}]
    mov rsp, [r15 + {sp}]
    ret
    .size gorc_morestack, .-gorc_morestack
"#,
    ssp = const g::SYSTEM_SP,
    sp = const g::SCHED_SP,
    fp = const g::SCHED_FP,
    pc = const g::SCHED_PC,
    newstack = sym crate::stack::newstack,
);

// The panic loop: a frame of its own (saved FP and return address, SP = FP, no pointers) under every deferred call that a panic or Goexit makes.
// The Rust functions give (code, argument) of the next call.
global_asm!(
    r#"
    .section .text.gorc_gopanic,"ax",@progbits
    .globl gorc_goexit
    .type gorc_goexit,@function
gorc_goexit:
    push rbp
    mov rbp, rsp
    lea rax, [rip + {goexit_begin}]
    jmp 1f
    .globl gorc_gopanic
    .type gorc_gopanic,@function
gorc_gopanic:
    push rbp
    mov rbp, rsp
    lea rax, [rip + {panic_begin}]
1:  mov [r15 + {sp}], rsp
    mov [r15 + {fp}], rbp
    lea r10, [rip + gorc_panic_call_pc]
    mov [r15 + {pc}], r10
    mov rsp, [r15 + {ssp}]
    call rax
    mov rsp, [r15 + {sp}]
    mov rbp, [r15 + {fp}]
    mov rdi, rdx
    call rax
    .globl gorc_panic_call_pc
gorc_panic_call_pc:
    lea rax, [rip + {panic_next}]
    jmp 1b
    .size gorc_gopanic, .-gorc_gopanic
"#,
    ssp = const g::SYSTEM_SP,
    sp = const g::SCHED_SP,
    fp = const g::SCHED_FP,
    pc = const g::SCHED_PC,
    panic_begin = sym crate::panic::panic_begin,
    panic_next = sym crate::panic::panic_next,
    goexit_begin = sym crate::panic::goexit_begin,
);

// Threads and signals.
global_asm!(
    r#"
    .section .text.gorc_clone,"ax",@progbits
    .globl gorc_clone
    .type gorc_clone,@function
// (flags, stack top, thread pointer, f, argument)
gorc_clone:
    sub rsi, 16
    mov [rsi], rcx
    mov [rsi + 8], r8
    mov r8, rdx
    xor edx, edx
    xor r10d, r10d
    mov eax, 56
    syscall
    test rax, rax
    jz 1f
    ret
1:  xor ebp, ebp
    pop rax
    pop rdi
    call rax
    ud2
    .size gorc_clone, .-gorc_clone

    .globl gorc_sigreturn
    .type gorc_sigreturn,@function
    nop
gorc_sigreturn:
    mov eax, 15
    syscall
    .size gorc_sigreturn, .-gorc_sigreturn
"#
);

#[cfg(feature = "entry")]
global_asm!(
    r#"
    .section .text._start,"ax",@progbits
    .globl _start
    .type _start,@function
_start:
    xor ebp, ebp
    mov rdi, rsp
    and rsp, -16
    call {start}
    ud2
    .size _start, .-_start
    .text
"#,
    start = sym crate::entry::start
);

// Leaves: run on goroutine stacks, push nothing (a fault inside counts as one of the caller).
// In assembly because LLVM would turn Rust loops into calls of these very functions.
global_asm!(
    r#"
    .section .text.gorc_leaves,"ax",@progbits
    .p2align 6
    .globl gorc_leaves_start
gorc_leaves_start:

    .globl gorc_memmove
    .type gorc_memmove,@function
// (destination, source, bytes) -> destination
gorc_memmove:
    mov rax, rdi
    cmp rdx, 16
    jae 3f
    cmp edx, 8
    jae 2f
    cmp edx, 4
    jae 1f
    test edx, edx
    je 0f
    movzx ecx, byte ptr [rsi]
    movzx r8d, byte ptr [rsi + rdx - 1]
    mov r9d, edx
    shr r9d, 1
    movzx r10d, byte ptr [rsi + r9]
    mov [rdi], cl
    mov [rdi + r9], r10b
    mov [rdi + rdx - 1], r8b
0:  ret
1:  mov ecx, [rsi]
    mov r8d, [rsi + rdx - 4]
    mov [rdi], ecx
    mov [rdi + rdx - 4], r8d
    ret
2:  mov rcx, [rsi]
    mov r8, [rsi + rdx - 8]
    mov [rdi], rcx
    mov [rdi + rdx - 8], r8
    ret
    .p2align 4
3:  cmp rdx, 32
    ja 4f
    movups xmm0, [rsi]
    movups xmm1, [rsi + rdx - 16]
    movups [rdi], xmm0
    movups [rdi + rdx - 16], xmm1
    ret
4:  cmp rdx, 64
    ja 5f
    movups xmm0, [rsi]
    movups xmm1, [rsi + 16]
    movups xmm2, [rsi + rdx - 32]
    movups xmm3, [rsi + rdx - 16]
    movups [rdi], xmm0
    movups [rdi + 16], xmm1
    movups [rdi + rdx - 32], xmm2
    movups [rdi + rdx - 16], xmm3
    ret
5:  mov rcx, rdi
    sub rcx, rsi
    je 0b
    cmp rcx, rdx
    jb 8f                           // the destination begins inside the source: from the end
    cmp rdx, 2048
    jb 6f
    test byte ptr [rip + gorc_cpu], 2
    je 6f
    neg rcx
    cmp rcx, rdx                    // close overlap makes rep movsb slow
    jb 6f
    mov rcx, rdx
    rep movsb
    ret
    // forward, 64 bytes a step; the last 64 are loaded first and stored last
6:  movups xmm4, [rsi + rdx - 64]
    movups xmm5, [rsi + rdx - 48]
    movups xmm6, [rsi + rdx - 32]
    movups xmm7, [rsi + rdx - 16]
    lea r9, [rdi + rdx - 64]
    .p2align 4
7:  movups xmm0, [rsi]
    movups xmm1, [rsi + 16]
    movups xmm2, [rsi + 32]
    movups xmm3, [rsi + 48]
    movups [rdi], xmm0
    movups [rdi + 16], xmm1
    movups [rdi + 32], xmm2
    movups [rdi + 48], xmm3
    add rsi, 64
    add rdi, 64
    cmp rdi, r9
    jb 7b
    movups [r9], xmm4
    movups [r9 + 16], xmm5
    movups [r9 + 32], xmm6
    movups [r9 + 48], xmm7
    ret
    // backward; the first 64 are loaded first and stored last
8:  movups xmm4, [rsi]
    movups xmm5, [rsi + 16]
    movups xmm6, [rsi + 32]
    movups xmm7, [rsi + 48]
    lea r9, [rdi + 64]
    add rsi, rdx
    add rdi, rdx
    .p2align 4
9:  movups xmm0, [rsi - 16]
    movups xmm1, [rsi - 32]
    movups xmm2, [rsi - 48]
    movups xmm3, [rsi - 64]
    movups [rdi - 16], xmm0
    movups [rdi - 32], xmm1
    movups [rdi - 48], xmm2
    movups [rdi - 64], xmm3
    sub rsi, 64
    sub rdi, 64
    cmp rdi, r9
    ja 9b
    movups [rax], xmm4
    movups [rax + 16], xmm5
    movups [rax + 32], xmm6
    movups [rax + 48], xmm7
    ret
    .size gorc_memmove, .-gorc_memmove

    .p2align 4
    .globl gorc_memclr
    .type gorc_memclr,@function
// (address, bytes)
gorc_memclr:
    mov rdx, rsi
    xor esi, esi
    .globl gorc_memset
    .type gorc_memset,@function
// (address, byte, bytes) -> address
gorc_memset:
    mov rax, rdi
    movzx esi, sil
    mov r8, 0x0101010101010101
    imul rsi, r8
    cmp rdx, 16
    jae 3f
    cmp edx, 8
    jae 2f
    cmp edx, 4
    jae 1f
    test edx, edx
    je 0f
    mov [rdi], sil
    mov [rdi + rdx - 1], sil
    shr edx, 1
    mov [rdi + rdx], sil
0:  ret
1:  mov [rdi], esi
    mov [rdi + rdx - 4], esi
    ret
2:  mov [rdi], rsi
    mov [rdi + rdx - 8], rsi
    ret
    .p2align 4
3:  movq xmm0, rsi
    punpcklqdq xmm0, xmm0
    cmp rdx, 64
    ja 4f
    movups [rdi], xmm0
    movups [rdi + rdx - 16], xmm0
    cmp rdx, 32
    jbe 0b
    movups [rdi + 16], xmm0
    movups [rdi + rdx - 32], xmm0
    ret
4:  cmp rdx, 2048
    jb 5f
    test byte ptr [rip + gorc_cpu], 2
    je 5f
    mov r8, rax
    mov rax, rsi
    mov rcx, rdx
    rep stosb
    mov rax, r8
    ret
5:  lea r9, [rdi + rdx - 64]
    .p2align 4
6:  movups [rdi], xmm0
    movups [rdi + 16], xmm0
    movups [rdi + 32], xmm0
    movups [rdi + 48], xmm0
    add rdi, 64
    cmp rdi, r9
    jb 6b
    movups [r9], xmm0
    movups [r9 + 16], xmm0
    movups [r9 + 32], xmm0
    movups [r9 + 48], xmm0
    ret
    .size gorc_memclr, .-gorc_memclr

    .p2align 4
    .globl gorc_memequal
    .type gorc_memequal,@function
// (p, q, bytes) -> 1 if equal
gorc_memequal:
    cmp rdi, rsi
    je 8f
    cmp rdx, 8
    jb 4f
    cmp rdx, 16
    jbe 3f
    cmp rdx, 64
    jb 1f
    test byte ptr [rip + gorc_cpu], 1
    je 1f
    lea r8, [rdx - 32]
    xor ecx, ecx
    .p2align 4
0:  vmovdqu ymm0, [rdi + rcx]
    vpcmpeqb ymm0, ymm0, [rsi + rcx]
    vpmovmskb eax, ymm0
    cmp eax, -1
    jne 7f
    add rcx, 32
    cmp rcx, r8
    jb 0b
    vmovdqu ymm0, [rdi + r8]
    vpcmpeqb ymm0, ymm0, [rsi + r8]
    vpmovmskb eax, ymm0
    vzeroupper
    cmp eax, -1
    sete al
    movzx eax, al
    ret
7:  vzeroupper
    xor eax, eax
    ret
1:  lea r8, [rdx - 16]
    xor ecx, ecx
    .p2align 4
2:  movdqu xmm0, [rdi + rcx]
    movdqu xmm1, [rsi + rcx]
    pcmpeqb xmm0, xmm1
    pmovmskb eax, xmm0
    cmp eax, 0xffff
    jne 9f
    add rcx, 16
    cmp rcx, r8
    jb 2b
    movdqu xmm0, [rdi + r8]
    movdqu xmm1, [rsi + r8]
    pcmpeqb xmm0, xmm1
    pmovmskb eax, xmm0
    cmp eax, 0xffff
    sete al
    movzx eax, al
    ret
3:  mov rax, [rdi]
    mov rcx, [rdi + rdx - 8]
    xor rax, [rsi]
    xor rcx, [rsi + rdx - 8]
    or rax, rcx
    sete al
    movzx eax, al
    ret
4:  cmp edx, 4
    jb 5f
    mov eax, [rdi]
    mov ecx, [rdi + rdx - 4]
    xor eax, [rsi]
    xor ecx, [rsi + rdx - 4]
    or eax, ecx
    sete al
    movzx eax, al
    ret
5:  test edx, edx
    je 8f
    mov r8d, edx
    shr r8d, 1
    movzx eax, byte ptr [rdi]
    xor al, [rsi]
    movzx ecx, byte ptr [rdi + r8]
    xor cl, [rsi + r8]
    or al, cl
    movzx ecx, byte ptr [rdi + rdx - 1]
    xor cl, [rsi + rdx - 1]
    or al, cl
    sete al
    movzx eax, al
    ret
8:  mov eax, 1
    ret
9:  xor eax, eax
    ret
    .size gorc_memequal, .-gorc_memequal

    .p2align 4
    .globl gorc_memcmp
    .type gorc_memcmp,@function
// (p, q, bytes) -> sign of the first difference
gorc_memcmp:
    xor ecx, ecx
    cmp rdi, rsi
    je 8f
    cmp rdx, 16
    jb 4f
    lea r8, [rdx - 16]
    .p2align 4
2:  movdqu xmm0, [rdi + rcx]
    movdqu xmm1, [rsi + rcx]
    pcmpeqb xmm0, xmm1
    pmovmskb eax, xmm0
    xor eax, 0xffff
    jne 6f
    add rcx, 16
    cmp rcx, r8
    jb 2b
    mov rcx, r8
    movdqu xmm0, [rdi + rcx]
    movdqu xmm1, [rsi + rcx]
    pcmpeqb xmm0, xmm1
    pmovmskb eax, xmm0
    xor eax, 0xffff
    jne 6f
    xor eax, eax
    ret
4:  cmp rcx, rdx
    je 8f
    movzx eax, byte ptr [rdi + rcx]
    movzx r8d, byte ptr [rsi + rcx]
    inc rcx
    sub eax, r8d
    je 4b
    ret
6:  bsf eax, eax
    add rcx, rax
    movzx eax, byte ptr [rdi + rcx]
    movzx ecx, byte ptr [rsi + rcx]
    sub eax, ecx
    ret
8:  xor eax, eax
    ret
    .size gorc_memcmp, .-gorc_memcmp

    .p2align 4
    .globl gorc_cmpstring
    .type gorc_cmpstring,@function
// (a, length of a, b, length of b) -> -1, 0, 1
gorc_cmpstring:
    mov r9, rsi
    mov r10, rcx
    mov rsi, rdx
    mov rdx, r9
    cmp r10, r9
    cmovb rdx, r10
    xor ecx, ecx
    cmp rdi, rsi
    je 5f
    lea r8, [rdx - 16]
    cmp rdx, 16
    jb 3f
    .p2align 4
2:  movdqu xmm0, [rdi + rcx]
    movdqu xmm1, [rsi + rcx]
    pcmpeqb xmm0, xmm1
    pmovmskb eax, xmm0
    xor eax, 0xffff
    jne 4f
    add rcx, 16
    cmp rcx, r8
    jbe 2b
3:  cmp rcx, rdx
    je 5f
    movzx eax, byte ptr [rdi + rcx]
    cmp al, [rsi + rcx]
    jne 6f
    inc rcx
    jmp 3b
4:  bsf eax, eax
    add rcx, rax
    movzx eax, byte ptr [rdi + rcx]
    cmp al, [rsi + rcx]
    jmp 6f
5:  cmp r9, r10
6:  seta al
    setb cl
    movzx eax, al
    movzx ecx, cl
    sub rax, rcx
    ret
    .size gorc_cmpstring, .-gorc_cmpstring

    .globl gorc_strlen
    .type gorc_strlen,@function
gorc_strlen:
    xor eax, eax
1:  cmp byte ptr [rdi + rax], 0
    je 2f
    inc rax
    jmp 1b
2:  ret
    .size gorc_strlen, .-gorc_strlen
    .globl gorc_leaves_end
gorc_leaves_end:
    nop
    .text
"#
);

// The names Rust's code generator calls; under `cargo test` the C library has them.
#[cfg(feature = "entry")]
global_asm!(
    ".globl memcpy",
    ".set memcpy, gorc_memmove",
    ".globl memmove",
    ".set memmove, gorc_memmove",
    ".globl memset",
    ".set memset, gorc_memset",
    ".globl memcmp",
    ".set memcmp, gorc_memcmp",
    ".globl bcmp",
    ".set bcmp, gorc_memcmp",
    ".globl strlen",
    ".set strlen, gorc_strlen",
);

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    unsafe extern "C" {
        fn gorc_memmove(d: *mut u8, s: *const u8, n: usize) -> *mut u8;
        fn gorc_memclr(d: *mut u8, n: usize);
        fn gorc_memequal(a: *const u8, b: *const u8, n: usize) -> u64;
        fn gorc_memcmp(a: *const u8, b: *const u8, n: usize) -> i32;
        fn gorc_cmpstring(a: *const u8, la: usize, b: *const u8, lb: usize) -> i64;
    }

    fn lengths() -> impl Iterator<Item = usize> {
        (0..200).chain([255, 256, 257, 1000, 2047, 2048, 2049, 5000])
    }

    #[test]
    fn memory_functions_agree_with_rust() {
        for cpu in [0u8, 3] {
            if cpu == 3 {
                super::init_cpu();
            }
            for n in lengths() {
                for offset in [0usize, 1, 7, 13, 64] {
                    for backward in [false, true] {
                        let original: Vec<u8> = (0..n + 200).map(|i| (i * 7 + i / 251) as u8).collect();
                        let (mut ours, mut theirs) = (original.clone(), original.clone());
                        let (from, to) = if backward { (50, 50 + offset) } else { (50 + offset, 50) };
                        theirs.copy_within(from..from + n, to);
                        // SAFETY: both ranges are inside the vector.
                        unsafe { gorc_memmove(ours.as_mut_ptr().add(to), ours.as_ptr().add(from), n) };
                        assert_eq!(ours, theirs, "move {n} by {offset}");
                    }
                }
                let mut cleared = std::vec![0xa5u8; n + 40];
                // SAFETY: inside the vector.
                unsafe { gorc_memclr(cleared.as_mut_ptr().add(20), n) };
                assert!(cleared[..20].iter().chain(&cleared[20 + n..]).all(|&b| b == 0xa5), "clear {n}");
                assert!(cleared[20..20 + n].iter().all(|&b| b == 0), "clear {n}");
                let a: Vec<u8> = (0..n).map(|i| (i * 31) as u8).collect();
                for flip in (0..n).step_by(1 + n / 37) {
                    let mut b = a.clone();
                    b[flip] ^= 0x80;
                    let order = a.cmp(&b) as i64;
                    // SAFETY: all of both vectors.
                    unsafe {
                        assert_eq!(gorc_memequal(a.as_ptr(), b.as_ptr(), n), 0, "equal {n} {flip}");
                        assert_eq!(gorc_memcmp(a.as_ptr(), b.as_ptr(), n).signum() as i64, order, "cmp {n} {flip}");
                        assert_eq!(gorc_cmpstring(a.as_ptr(), n, b.as_ptr(), n), order);
                        assert_eq!(gorc_cmpstring(a.as_ptr(), flip, b.as_ptr(), n), if flip == n { 0 } else { -1 });
                        assert_eq!(gorc_cmpstring(a.as_ptr(), n, b.as_ptr(), flip), 1);
                    }
                }
                let b = a.clone();
                // SAFETY: all of both vectors.
                unsafe {
                    assert_eq!(gorc_memequal(a.as_ptr(), b.as_ptr(), n), 1);
                    assert_eq!(gorc_memcmp(a.as_ptr(), b.as_ptr(), n), 0);
                    assert_eq!(gorc_cmpstring(a.as_ptr(), n, b.as_ptr(), n), 0);
                }
            }
        }
    }
}

// Calls through reflection (`reflect_call`). Both kinds of frame are known to `stack::table` by their return addresses.
global_asm!(
    r#"
    .section .text.gorc_reflect_call,"ax",@progbits
    .globl "reflect.callMethod"
"reflect.callMethod":
    push rbp
    mov rbp, rsp
    lea rax, [rip + {plan_call_method}]
    jmp 1f
    .globl "reflect.call"
"reflect.call":
    push rbp
    mov rbp, rsp
    lea rax, [rip + {plan_call}]
1:  sub rsp, 16
    mov [r15 + {sp}], rsp
    mov [r15 + {fp}], rbp
    lea r10, [rip + gorc_reflect_call_pc]
    mov [r15 + {pc}], r10
    mov rsp, [r15 + {ssp}]
    call rax
    mov rsp, [r15 + {sp}]
    mov rbp, [r15 + {fp}]
    mov [rbp - 8], rax
    mov r11, rax
    mov rcx, [r11 + {n_stack}]
    mov r10, [r11 + {stack}]
2:  test rcx, rcx
    je 3f
    dec rcx
    push qword ptr [r10 + 8*rcx]
    jmp 2b
3:  movsd xmm0, [r11 + {floats}]
    movsd xmm1, [r11 + {floats} + 8]
    movsd xmm2, [r11 + {floats} + 16]
    movsd xmm3, [r11 + {floats} + 24]
    movsd xmm4, [r11 + {floats} + 32]
    movsd xmm5, [r11 + {floats} + 40]
    movsd xmm6, [r11 + {floats} + 48]
    movsd xmm7, [r11 + {floats} + 56]
    mov rdi, [r11 + {ints}]
    mov rsi, [r11 + {ints} + 8]
    mov rdx, [r11 + {ints} + 16]
    mov rcx, [r11 + {ints} + 24]
    mov r8, [r11 + {ints} + 32]
    mov r9, [r11 + {ints} + 40]
    call [r11 + {code}]
    .globl gorc_reflect_call_pc
gorc_reflect_call_pc:
    mov r11, [rbp - 8]
    mov [r11 + {ints}], rax
    mov [r11 + {ints} + 8], rcx
    mov [r11 + {ints} + 16], rdx
    mov [r11 + {ints} + 24], rsi
    mov [r11 + {ints} + 32], rdi
    mov [r11 + {ints} + 40], r8
    movsd [r11 + {floats}], xmm0
    movsd [r11 + {floats} + 8], xmm1
    movsd [r11 + {floats} + 16], xmm2
    movsd [r11 + {floats} + 24], xmm3
    movsd [r11 + {floats} + 32], xmm4
    movsd [r11 + {floats} + 40], xmm5
    movsd [r11 + {floats} + 48], xmm6
    movsd [r11 + {floats} + 56], xmm7
    lea rsp, [rbp - 16]
    mov [r15 + {sp}], rsp
    mov [r15 + {fp}], rbp
    lea r10, [rip + gorc_reflect_call_pc]
    mov [r15 + {pc}], r10
    mov rsp, [r15 + {ssp}]
    mov rdi, r11
    call {finish_call}
    mov rbp, [r15 + {fp}]
    mov rsp, rbp
    pop rbp
    ret

    // Stubs of MakeFunc: the closure is the argument after the others. Each is 16 bytes long.
    .p2align 4
    .globl gorc_makefunc_stubs
gorc_makefunc_stubs:
    mov r11, rdi
    jmp 4f
    .p2align 4
    mov r11, rsi
    jmp 4f
    .p2align 4
    mov r11, rdx
    jmp 4f
    .p2align 4
    mov r11, rcx
    jmp 4f
    .p2align 4
    mov r11, r8
    jmp 4f
    .p2align 4
    mov r11, r9
    jmp 4f
    .set gorc_word, 0
    .rept {n_stack_stubs}
    .p2align 4
    mov r11, [rsp + 8 + 8*gorc_word]
    jmp 4f
    .set gorc_word, gorc_word + 1
    .endr
    .p2align 4
4:  push rbp
    mov rbp, rsp
    sub rsp, {frame}
    mov qword ptr [rsp], 0
    mov [rsp + 8], r11
    mov [rsp + 16], rdi
    mov [rsp + 24], rsi
    mov [rsp + 32], rdx
    mov [rsp + 40], rcx
    mov [rsp + 48], r8
    mov [rsp + 56], r9
    movsd [rsp + 64], xmm0
    movsd [rsp + 72], xmm1
    movsd [rsp + 80], xmm2
    movsd [rsp + 88], xmm3
    movsd [rsp + 96], xmm4
    movsd [rsp + 104], xmm5
    movsd [rsp + 112], xmm6
    movsd [rsp + 120], xmm7
    mov [r15 + {sp}], rsp
    mov [r15 + {fp}], rbp
    lea r10, [rip + gorc_makefunc_pc]
    mov [r15 + {pc}], r10
    mov rdi, rsp
    lea rsi, [rbp + 16]
    mov rsp, [r15 + {ssp}]
    call {makefunc_begin}
    mov rsp, [r15 + {sp}]
    mov rbp, [r15 + {fp}]
    mov rdi, [rsp + 8]
    mov rsi, rax
    mov rcx, [rip + gorc_call_reflect]
    call [rcx]
    .globl gorc_makefunc_pc
gorc_makefunc_pc:
    mov [r15 + {sp}], rsp
    mov [r15 + {fp}], rbp
    lea r10, [rip + gorc_makefunc_pc]
    mov [r15 + {pc}], r10
    mov rdi, rsp
    mov rsp, [r15 + {ssp}]
    call {makefunc_end}
    mov r11, rax
    mov rsp, [r15 + {sp}]
    mov rbp, [r15 + {fp}]
    mov rax, [rsp + 16]
    mov rcx, [rsp + 24]
    mov rdx, [rsp + 32]
    mov rsi, [rsp + 40]
    mov rdi, [rsp + 48]
    mov r8, [rsp + 56]
    movsd xmm0, [rsp + 64]
    movsd xmm1, [rsp + 72]
    movsd xmm2, [rsp + 80]
    movsd xmm3, [rsp + 88]
    movsd xmm4, [rsp + 96]
    movsd xmm5, [rsp + 104]
    movsd xmm6, [rsp + 112]
    movsd xmm7, [rsp + 120]
    mov rsp, rbp
    pop rbp
    pop r10
    add rsp, r11
    jmp r10
    .text
"#,
    sp = const g::SCHED_SP,
    fp = const g::SCHED_FP,
    pc = const g::SCHED_PC,
    ssp = const g::SYSTEM_SP,
    n_stack = const rc::call_buffer::N_STACK,
    stack = const rc::call_buffer::STACK,
    floats = const rc::call_buffer::FLOATS,
    ints = const rc::call_buffer::INTS,
    code = const rc::call_buffer::CODE,
    frame = const rc::STUB_FRAME_SIZE,
    n_stack_stubs = const rc::N_STACK_STUBS,
    plan_call = sym rc::plan_call,
    plan_call_method = sym rc::plan_call_method,
    finish_call = sym rc::finish_call,
    makefunc_begin = sym rc::makefunc_begin,
    makefunc_end = sym rc::makefunc_end,
);

unsafe extern "C" {
    fn gorc_makefunc_stubs();
}

/// Code of the stub whose closure is integer argument `n`, or stack word `n - 6`.
pub fn makefunc_stub(n: usize) -> usize {
    gorc_makefunc_stubs as *const () as usize + 16 * n
}

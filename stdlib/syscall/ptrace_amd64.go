package syscall

import "unsafe"

// PtraceRegs are the registers of a traced process.
type PtraceRegs struct {
	R15      uint64
	R14      uint64
	R13      uint64
	R12      uint64
	Rbp      uint64
	Rbx      uint64
	R11      uint64
	R10      uint64
	R9       uint64
	R8       uint64
	Rax      uint64
	Rcx      uint64
	Rdx      uint64
	Rsi      uint64
	Rdi      uint64
	Orig_rax uint64
	Rip      uint64
	Cs       uint64
	Eflags   uint64
	Rsp      uint64
	Ss       uint64
	Fs_base  uint64
	Gs_base  uint64
	Ds       uint64
	Es       uint64
	Fs       uint64
	Gs       uint64
}

func (r *PtraceRegs) PC() uint64      { return r.Rip }
func (r *PtraceRegs) SetPC(pc uint64) { r.Rip = pc }

func PtraceGetRegs(pid int, regsout *PtraceRegs) (err error) {
	return ptrace(PTRACE_GETREGS, pid, 0, uintptr(unsafe.Pointer(regsout)))
}

func PtraceSetRegs(pid int, regs *PtraceRegs) (err error) {
	return ptrace(PTRACE_SETREGS, pid, 0, uintptr(unsafe.Pointer(regs)))
}

func Iopl(level int) (err error) { return call3(SYS_IOPL, uintptr(level), 0, 0) }

func Ioperm(from int, num int, on int) (err error) {
	return call3(SYS_IOPERM, uintptr(from), uintptr(num), uintptr(on))
}

func Ustat(dev int, ubuf *Ustat_t) (err error) {
	return call3(SYS_USTAT, uintptr(dev), uintptr(unsafe.Pointer(ubuf)), 0)
}

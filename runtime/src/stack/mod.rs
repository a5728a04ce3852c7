//! Stacks (skeleton).
pub mod table;
use crate::arch::Regs;
use crate::sched::G;
pub extern "C" fn newstack(_g: *mut G, _regs: *mut Regs) {}

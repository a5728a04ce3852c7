//! The scheduler (skeleton).
pub mod g;
pub mod m;
pub mod p;
pub mod runq;
pub mod timer;
pub use g::{G, Status, WaitReason};
pub use m::{M, getg, getm};
pub use p::{P, PStatus};

pub extern "C" fn exit_safepoint(_g: *mut G) {}
pub extern "C" fn goexit0(_g: *mut G) -> ! {
    crate::sys::exit(2)
}

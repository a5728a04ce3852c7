//! Coroutines for `iter.Pull`: a goroutine that runs only while its creator waits for it, and the other way round. A switch goes from one to the other directly,
//! without a run queue.
//!
//! ```text
//! Coro.g   the goroutine that waits for the other: after newcoro the new one, then always who switched away last; null when the coroutine has ended
//! ```

use super::proc::{make, retire};
use super::{G, Status, WaitReason, detach, execute, getg, getm, park, ready};
use core::ptr::null_mut;

/// `iter.coro`: a Go object, for us one word.
#[repr(C)]
pub struct Coro {
    g: *mut G,
}

#[repr(C)]
pub struct NewBlock {
    coro: *mut Coro,
    func: usize,
}

std_entry!(
    "iter.newcoro",
    fn newcoro(b: *mut NewBlock) {
        // SAFETY: the block; the new goroutine is nobody's yet.
        unsafe {
            let g = make((*b).func, false);
            (*g).wait_reason = WaitReason::Coroutine;
            (*g).set_status(Status::Waiting);
            (*(*b).coro).g = g;
        }
    }
);

/// A goroutine that is locked to its thread takes the coroutine along: both are one flow of control. False if `to` has a thread of its own.
unsafe fn pass_lock(from: *mut G, to: *mut G) -> bool {
    // SAFETY: `from` runs on this M, `to` waits for it.
    unsafe {
        if !(*to).locked_m.is_null() {
            return false;
        }
        if !(*from).locked_m.is_null() {
            (*to).locked_m = core::mem::replace(&mut (*from).locked_m, null_mut());
            (*to).lock_count = core::mem::take(&mut (*from).lock_count);
            (*getm()).locked_g = to;
        }
        true
    }
}

std_entry!(
    "iter.coroswitch",
    fn coroswitch(b: *mut *mut Coro) {
        // SAFETY: the block; the goroutine in it waits for just this.
        unsafe {
            let g = getg();
            let coro = *b;
            let other = (*coro).g;
            if other.is_null() {
                crate::panic::throw("coroswitch on exited coro");
            }
            (*coro).g = g;
            if !pass_lock(g, other) {
                // On its own thread.
                park(WaitReason::Coroutine, None, || ready(other));
            }
            (*g).wait_reason = WaitReason::Coroutine;
            (*g).wait_since = 0;
            (*g).resume = None;
            (*g).ret0 = 0;
            (*g).ret1 = 0;
            detach(getm(), g, Status::Waiting);
            (*other).set_status(Status::Runnable);
            execute(other, true)
        }
    }
);

std_entry!(
    "iter.coroexit",
    fn coroexit(b: *mut *mut Coro) {
        // SAFETY: as coroswitch; this goroutine will not run again.
        unsafe {
            let other = (**b).g;
            (**b).g = null_mut();
            let direct = pass_lock(getg(), other);
            retire(getg());
            if !direct {
                ready(other);
                super::reschedule();
            }
            (*other).set_status(Status::Runnable);
            execute(other, true)
        }
    }
);

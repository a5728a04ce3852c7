//! Timers of package time: Go objects that send the time on a channel or start a goroutine.
//!
//! A set timer with a function is a root. One with a channel that nothing refers to any more is taken out by the collector (`after_mark`); while the channel is
//! referred to it keeps the timer alive. Timers fire under the timers' lock,
//! so that after `stopTimer` no send is under way.

use super::timer::{self, Timer};
use super::{enqueue, proc, wake_p};
use crate::chan::{Hchan, make_timer_channel, send_nb_quietly};
use crate::gc::cache::malloc;
use crate::gc::mark::Marker;
use crate::sys;
use crate::typedesc::Type;
use core::mem::offset_of;
use core::ptr::null;

#[repr(C)]
struct GoTimer {
    timer: Timer,
    chan: *mut Hchan,
    /// `*time.Location` for the values sent.
    loc: usize,
    /// Func value, if there is no channel.
    func: usize,
}

const FIRST_POINTER: usize = offset_of!(GoTimer, chan) / 8;
static MASK: [u8; 8] = (0b111u64 << FIRST_POINTER).to_le_bytes();
const _: () = assert!(size_of::<GoTimer>() == (FIRST_POINTER + 3) * 8);

static TYPE: Type = Type {
    size: size_of::<GoTimer>(),
    ptr_bytes: size_of::<GoTimer>(),
    hash: 0,
    tflag: 0,
    align: 8,
    field_align: 8,
    kind: abi::typedesc::kind::STRUCT,
    equal: null(),
    gc_data: MASK.as_ptr(),
    str_off: 0,
    ptr_to_this: 0,
};

/// Go's `time.Time`.
#[repr(C)]
struct Time {
    wall: u64,
    ext: i64,
    loc: usize,
}

const HAS_MONOTONIC: u64 = 1 << 63;
const NSEC_SHIFT: u32 = 30;
/// From 1885, where `wall` counts from, to 1970.
const WALL_TO_UNIX: i64 = (719_162 - 688_117) * 86_400;

fn now(loc: usize) -> Time {
    let (sec, nsec) = sys::walltime();
    let wall = HAS_MONOTONIC | ((sec + WALL_TO_UNIX) as u64) << NSEC_SHIFT | nsec as u64;
    Time { wall, ext: sys::nanotime(), loc }
}

pub unsafe fn fire(t: *mut Timer, _late: i64) {
    // SAFETY: the timer is the first field of a GoTimer.
    unsafe {
        let t = t as *mut GoTimer;
        if (*t).chan.is_null() {
            enqueue(proc::make((*t).func, false), false);
            wake_p();
        } else {
            let value = now((*t).loc);
            send_nb_quietly((*t).chan, (&raw const value).cast());
        }
    }
}

/// Roots: timers that will start a goroutine.
///
/// # Safety
/// The world is stopped.
pub unsafe fn mark_roots(mut visit: impl FnMut(usize)) {
    // SAFETY: the caller's.
    unsafe {
        timer::retain_go_timers(|t| {
            if (*(t as *const GoTimer)).chan.is_null() {
                visit(t as usize);
            }
            true
        });
    }
}

/// When everything reachable is marked: a timer whose value nobody can receive goes away, the others stay.
///
/// # Safety
/// The world is stopped.
pub unsafe fn after_mark(marker: &mut Marker) {
    // SAFETY: the caller's.
    unsafe {
        timer::retain_go_timers(|t| {
            let chan = (*(t as *const GoTimer)).chan as usize;
            if chan != 0 && !Marker::is_marked(chan) && !Marker::is_marked(t as usize) {
                return false;
            }
            marker.word(t as usize);
            true
        });
    }
    marker.drain();
}

#[repr(C)]
pub struct NewBlock {
    when: i64,
    period: i64,
    chan: *mut Hchan,
    loc: usize,
    func: usize,
    result: usize,
}

std_entry!(
    "runtime.newTimer",
    fn new_timer(b: *mut NewBlock) {
        // SAFETY: the block; a fresh object.
        unsafe {
            let t = malloc(size_of::<GoTimer>(), &raw const TYPE) as *mut GoTimer;
            if !(*b).chan.is_null() {
                make_timer_channel((*b).chan);
            }
            t.write(GoTimer { timer: Timer::new_locked(fire), chan: (*b).chan, loc: (*b).loc, func: (*b).func });
            (*b).result = t as usize;
            timer::set(t.cast(), (*b).when, (*b).period);
        }
    }
);

#[repr(C)]
pub struct StopBlock {
    timer: *mut Timer,
    result: bool,
}

std_entry!(
    "runtime.stopTimer",
    fn stop_timer(b: *mut StopBlock) {
        // SAFETY: the block holds an object of newTimer.
        unsafe { (*b).result = timer::delete((*b).timer) }
    }
);

#[repr(C)]
pub struct ResetBlock {
    timer: *mut Timer,
    when: i64,
    period: i64,
    result: bool,
}

std_entry!(
    "runtime.resetTimer",
    fn reset_timer(b: *mut ResetBlock) {
        // SAFETY: the block holds an object of newTimer.
        unsafe { (*b).result = timer::set((*b).timer, (*b).when, (*b).period) }
    }
);

#[repr(C)]
pub struct NowBlock {
    sec: i64,
    nsec: i32,
    mono: i64,
}

std_entry!(
    "time.now",
    fn time_now(b: *mut NowBlock) {
        let (sec, nsec) = sys::walltime();
        // SAFETY: the block.
        unsafe { *b = NowBlock { sec, nsec: nsec as i32, mono: sys::nanotime() } };
    }
);

std_entry!(
    "time.runtimeNano",
    fn runtime_nano(b: *mut i64) {
        // SAFETY: the block.
        unsafe { *b = sys::nanotime() }
    }
);

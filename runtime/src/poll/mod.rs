//! The network poller: edge-triggered epoll behind the services of `internal/poll`.
//!
//! ```text
//! PollDesc.{read,write}   0 nothing · READY an edge came · otherwise the G that waits
//! ```
//! Transitions by compare-and-swap: the waiter 0 → G (when already parked) and READY → 0; the poller, a deadline or unblock G → 0 or READY, and then owns the wake-up.
//! Deadlines and `closing` are guarded by the descriptor's lock. Descriptors are reused, never freed: a late event costs a spurious retry.

use crate::sched::timer::{self, Timer};
use crate::sched::{G, Status, WaitReason, getg, park, ready};
use crate::sync::{AtomicBool, AtomicI32, AtomicU32, AtomicUsize, Mutex, Ordering};
use crate::sys;
use alloc::boxed::Box;
use core::cell::UnsafeCell;
use core::ptr::null_mut;

const READY: usize = 1;
/// Bits of an address; the rest of an event's data is the tag.
const ADDRESS: u64 = (1 << 48) - 1;

pub struct PollDesc {
    link: *mut PollDesc,
    fd: i32,
    /// Uses so far. The low bits are in the poller's data: an event of an earlier use is none of ours.
    uses: AtomicU32,
    read: AtomicUsize,
    write: AtomicUsize,
    lock: Mutex,
    closing: bool,
    /// The poller has reported an error for the descriptor.
    error: AtomicBool,
    /// 0 none, -1 passed, otherwise set for this time.
    read_deadline: i64,
    write_deadline: i64,
    read_timer: Timer,
    write_timer: Timer,
}

struct Poller {
    lock: Mutex,
    epoll: AtomicI32,
    event: AtomicI32,
    waking: AtomicBool,
    n_waiters: AtomicU32,
    free: UnsafeCell<*mut PollDesc>,
}

// SAFETY: `free` is used under `lock`.
unsafe impl Sync for Poller {}

static POLLER: Poller = Poller {
    lock: Mutex::new(),
    epoll: AtomicI32::new(-1),
    event: AtomicI32::new(-1),
    waking: AtomicBool::new(false),
    n_waiters: AtomicU32::new(0),
    free: UnsafeCell::new(null_mut()),
};

/// Goroutines wait for descriptors.
pub fn has_waiters() -> bool {
    POLLER.n_waiters.load(Ordering::SeqCst) > 0
}

pub fn init() -> i32 {
    let epoll = POLLER.epoll.load(Ordering::Acquire);
    if epoll >= 0 {
        return epoll;
    }
    POLLER.lock.with(|| {
        if POLLER.epoll.load(Ordering::Acquire) < 0 {
            let (Ok(epoll), Ok(event)) = (sys::epoll_create(), sys::eventfd()) else { crate::panic::throw("runtime: netpollinit failed") };
            let _ = sys::epoll_ctl(epoll as i32, libc::EPOLL_CTL_ADD, event as i32, libc::EPOLLIN as u32, 0);
            POLLER.event.store(event as i32, Ordering::Release);
            POLLER.epoll.store(epoll as i32, Ordering::Release);
        }
        POLLER.epoll.load(Ordering::Acquire)
    })
}

/// Interrupts a `poll` that sleeps.
pub fn wake() {
    init();
    if !POLLER.waking.swap(true, Ordering::SeqCst) {
        let _ = sys::write(POLLER.event.load(Ordering::Acquire), &1u64.to_ne_bytes());
    }
}

/// Goroutines (linked, made runnable) whose descriptors became ready. Waits for `nanos` at most, for ever if negative, not at all if 0.
pub fn poll(nanos: i64) -> *mut G {
    let epoll = init();
    let mut events = [libc::epoll_event { events: 0, u64: 0 }; 128];
    let n = loop {
        match wait(epoll, &mut events, nanos) {
            Ok(n) => break n,
            // The caller computes how long still to sleep.
            Err(_) if nanos > 0 => return null_mut(),
            Err(_) if nanos == 0 => return null_mut(),
            Err(_) => {}
        }
    };
    let mut list = null_mut();
    for event in &events[..n] {
        let bits = event.events;
        let desc = (event.u64 & ADDRESS) as *mut PollDesc;
        if desc.is_null() {
            if nanos != 0 {
                let mut count = [0; 8];
                let _ = sys::read(POLLER.event.load(Ordering::Acquire), &mut count);
                POLLER.waking.store(false, Ordering::SeqCst);
            }
            continue;
        }
        // SAFETY: descriptors are never freed.
        let d = unsafe { &*desc };
        if d.tag() != event.u64 & !ADDRESS {
            continue;
        }
        let err = (libc::EPOLLHUP | libc::EPOLLERR) as u32;
        d.error.store(bits == libc::EPOLLERR as u32, Ordering::Relaxed);
        if bits & (libc::EPOLLIN as u32 | libc::EPOLLRDHUP as u32 | err) != 0 {
            collect(unblock(&d.read, true), &mut list);
        }
        if bits & (libc::EPOLLOUT as u32 | err) != 0 {
            collect(unblock(&d.write, true), &mut list);
        }
    }
    list
}

fn collect(g: *mut G, list: &mut *mut G) {
    if !g.is_null() {
        // SAFETY: unblock gave us the right to wake it.
        unsafe {
            (*g).set_status(Status::Runnable);
            (*g).link = *list;
        }
        *list = g;
    }
}

fn wait(epoll: i32, events: &mut [libc::epoll_event], nanos: i64) -> sys::Res {
    static NO_PWAIT2: AtomicBool = AtomicBool::new(false);
    if nanos > 0 && !NO_PWAIT2.load(Ordering::Relaxed) {
        // Nanoseconds instead of milliseconds: a timer of 100 µs takes 100 µs.
        let ts = libc::timespec { tv_sec: nanos / 1_000_000_000, tv_nsec: nanos % 1_000_000_000 };
        // SAFETY: all memory lives over the call.
        let r = sys::res(unsafe {
            sys::syscall6(libc::SYS_epoll_pwait2 as usize, epoll as usize, events.as_mut_ptr() as usize, events.len(), &raw const ts as usize, 0, 8)
        });
        if r != Err(libc::ENOSYS) {
            return r;
        }
        NO_PWAIT2.store(true, Ordering::Relaxed);
    }
    let millis = match nanos {
        i64::MIN..=-1 => -1,
        0 => 0,
        _ => ((nanos - 1) / 1_000_000 + 1).min(1_000_000_000) as i32,
    };
    sys::epoll_wait(epoll, events, millis)
}

/// Takes the waiting goroutine, if any; `io`: leave READY for the next wait.
fn unblock(word: &AtomicUsize, io: bool) -> *mut G {
    loop {
        let old = word.load(Ordering::SeqCst);
        if old == READY || old == 0 && !io {
            return null_mut();
        }
        let new = if io { READY } else { 0 };
        if word.compare_exchange(old, new, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
            if old == 0 {
                return null_mut();
            }
            POLLER.n_waiters.fetch_sub(1, Ordering::SeqCst);
            return old as *mut G;
        }
    }
}

const MODE_READ: i64 = b'r' as i64;
const NO_ERROR: i64 = 0;
const ERR_CLOSING: i64 = 1;
const ERR_TIMEOUT: i64 = 2;
const ERR_NOT_POLLABLE: i64 = 3;

impl PollDesc {
    fn tag(&self) -> u64 {
        u64::from(self.uses.load(Ordering::SeqCst)) << 48
    }

    fn word(&self, mode: i64) -> &AtomicUsize {
        if mode == MODE_READ { &self.read } else { &self.write }
    }

    fn check(&self, mode: i64) -> i64 {
        let deadline = if mode == MODE_READ { self.read_deadline } else { self.write_deadline };
        if self.closing {
            ERR_CLOSING
        } else if deadline < 0 {
            ERR_TIMEOUT
        } else if mode == MODE_READ && self.error.load(Ordering::Relaxed) {
            ERR_NOT_POLLABLE
        } else {
            NO_ERROR
        }
    }
}

unsafe fn read_expired(t: *mut Timer, _late: i64) {
    // SAFETY: data is the descriptor.
    unsafe { expire((*t).data as *mut PollDesc, true) };
}

unsafe fn write_expired(t: *mut Timer, _late: i64) {
    // SAFETY: data is the descriptor.
    unsafe { expire((*t).data as *mut PollDesc, false) };
}

unsafe fn expire(desc: *mut PollDesc, read: bool) {
    // SAFETY: descriptors are never freed; deadlines under the lock.
    unsafe {
        (*desc).lock.lock();
        let deadline = if read { &mut (*desc).read_deadline } else { &mut (*desc).write_deadline };
        // A deadline moved meanwhile is not this one.
        let passed = *deadline > 0 && *deadline <= sys::nanotime();
        let g = if passed {
            *deadline = -1;
            unblock(if read { &(*desc).read } else { &(*desc).write }, false)
        } else {
            null_mut()
        };
        (*desc).lock.unlock();
        if !g.is_null() {
            ready(g);
        }
    }
}

std_entry!(
    "internal/poll.runtime_pollServerInit",
    fn poll_server_init(_block: *mut u8) {
        init();
    }
);

#[repr(C)]
pub struct IsDescriptorBlock {
    fd: usize,
    result: bool,
}

std_entry!(
    "internal/poll.runtime_isPollServerDescriptor",
    fn is_poll_server_descriptor(block: *mut IsDescriptorBlock) {
        // SAFETY: the block.
        unsafe {
            let fd = (*block).fd as i32;
            (*block).result = fd >= 0 && (fd == POLLER.epoll.load(Ordering::Relaxed) || fd == POLLER.event.load(Ordering::Relaxed));
        }
    }
);

#[repr(C)]
pub struct OpenBlock {
    fd: usize,
    desc: usize,
    errno: i64,
}

std_entry!(
    "internal/poll.runtime_pollOpen",
    fn poll_open(block: *mut OpenBlock) {
        let epoll = init();
        // SAFETY: the block; the free list under its lock.
        unsafe {
            let desc = POLLER.lock.with(|| {
                let free = POLLER.free.get();
                if (*free).is_null() {
                    let d = Box::into_raw(Box::new(PollDesc {
                        link: null_mut(),
                        fd: -1,
                        uses: AtomicU32::new(0),
                        read: AtomicUsize::new(0),
                        write: AtomicUsize::new(0),
                        lock: Mutex::new(),
                        closing: false,
                        error: AtomicBool::new(false),
                        read_deadline: 0,
                        write_deadline: 0,
                        read_timer: Timer::new(read_expired, 0),
                        write_timer: Timer::new(write_expired, 0),
                    }));
                    (*d).read_timer.data = d as usize;
                    (*d).write_timer.data = d as usize;
                    d
                } else {
                    let d = *free;
                    *free = (*d).link;
                    d
                }
            });
            (*desc).lock.lock();
            (*desc).fd = (*block).fd as i32;
            (*desc).uses.fetch_add(1, Ordering::SeqCst);
            (*desc).closing = false;
            (*desc).error.store(false, Ordering::Relaxed);
            (*desc).read_deadline = 0;
            (*desc).write_deadline = 0;
            (*desc).read.store(0, Ordering::SeqCst);
            (*desc).write.store(0, Ordering::SeqCst);
            (*desc).lock.unlock();
            let events = (libc::EPOLLIN | libc::EPOLLOUT | libc::EPOLLRDHUP) as u32 | libc::EPOLLET as u32;
            match sys::epoll_ctl(epoll, libc::EPOLL_CTL_ADD, (*block).fd as i32, events, desc as u64 | (*desc).tag()) {
                Ok(_) => {
                    (*block).desc = desc as usize;
                    (*block).errno = 0;
                }
                Err(e) => {
                    free_desc(desc);
                    (*block).desc = 0;
                    (*block).errno = i64::from(e);
                }
            }
        }
    }
);

unsafe fn free_desc(desc: *mut PollDesc) {
    // SAFETY: nobody waits on it; the list under its lock.
    POLLER.lock.with(|| unsafe {
        (*desc).link = *POLLER.free.get();
        *POLLER.free.get() = desc;
    });
}

std_entry!(
    "internal/poll.runtime_pollClose",
    fn poll_close(block: *mut usize) {
        // SAFETY: the block holds a descriptor of pollOpen.
        unsafe {
            let desc = *block as *mut PollDesc;
            let _ = sys::epoll_ctl(init(), libc::EPOLL_CTL_DEL, (*desc).fd, 0, 0);
            free_desc(desc);
        }
    }
);

#[repr(C)]
pub struct ModeBlock {
    desc: usize,
    mode: i64,
    result: i64,
}

std_entry!(
    "internal/poll.runtime_pollReset",
    fn poll_reset(block: *mut ModeBlock) {
        // SAFETY: the block.
        unsafe {
            let d = &*((*block).desc as *const PollDesc);
            let result = d.check((*block).mode);
            if result == NO_ERROR {
                d.word((*block).mode).store(0, Ordering::SeqCst);
            }
            (*block).result = result;
        }
    }
);

/// Parks until the descriptor is ready, its deadline passes or it is closed. Words: descriptor, mode, block as offset from the stack's top, wait whatever the state.
unsafe fn wait_for(block: *mut ModeBlock, even_if_error: bool) {
    // SAFETY: the block is on the caller's stack, which stays put until we park.
    unsafe {
        let d = &*((*block).desc as *const PollDesc);
        let mode = (*block).mode;
        if !even_if_error {
            let result = d.check(mode);
            if result != NO_ERROR {
                (*block).result = result;
                return;
            }
        }
        let word = d.word(mode);
        if word.compare_exchange(READY, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
            (*block).result = NO_ERROR;
            return;
        }
        let g = getg();
        (*g).words = [(*block).desc, mode as usize, (*g).stack_hi - block as usize, usize::from(even_if_error), 0, 0];
        POLLER.n_waiters.fetch_add(1, Ordering::SeqCst);
        park(WaitReason::IoWait, Some(waited), || {
            // Deadlines and close come under the lock: either they see us waiting, or we see them.
            d.lock.lock();
            let go_on =
                !even_if_error && d.check(mode) != NO_ERROR || word.compare_exchange(0, g as usize, Ordering::SeqCst, Ordering::SeqCst).is_err();
            d.lock.unlock();
            if go_on {
                POLLER.n_waiters.fetch_sub(1, Ordering::SeqCst);
                ready(g);
            }
        })
    }
}

unsafe fn waited(g: *mut G) {
    // SAFETY: words as set by wait_for.
    unsafe {
        let [desc, mode, offset, even_if_error, ..] = (*g).words;
        let d = &*(desc as *const PollDesc);
        let mode = mode as i64;
        let block = ((*g).stack_hi - offset) as *mut ModeBlock;
        let io = d.word(mode).compare_exchange(READY, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok();
        let result = d.check(mode);
        (*block).result = result;
        if !io && result == NO_ERROR {
            // A deadline fired and was moved on before we ran: wait again.
            wait_for(block, even_if_error != 0);
        }
    }
}

std_entry!(
    "internal/poll.runtime_pollWait",
    fn poll_wait(block: *mut ModeBlock) {
        // SAFETY: the block.
        unsafe { wait_for(block, false) }
    }
);

std_entry!(
    "internal/poll.runtime_pollWaitCanceled",
    fn poll_wait_canceled(block: *mut ModeBlock) {
        // SAFETY: the block; the result, which this function does not have, would lie behind it: use our own.
        unsafe {
            let d = &*((*block).desc as *const PollDesc);
            let mode = (*block).mode;
            let word = d.word(mode);
            if word.compare_exchange(READY, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
                return;
            }
            let g = getg();
            POLLER.n_waiters.fetch_add(1, Ordering::SeqCst);
            park(WaitReason::IoWait, None, || {
                if word.compare_exchange(0, g as usize, Ordering::SeqCst, Ordering::SeqCst).is_err() {
                    POLLER.n_waiters.fetch_sub(1, Ordering::SeqCst);
                    ready(g);
                }
            })
        }
    }
);

#[repr(C)]
pub struct DeadlineBlock {
    desc: usize,
    /// Nanoseconds from now; negative: passed; 0: none.
    nanos: i64,
    mode: i64,
}

std_entry!(
    "internal/poll.runtime_pollSetDeadline",
    fn poll_set_deadline(block: *mut DeadlineBlock) {
        // SAFETY: the block; the timers belong to the descriptor.
        unsafe {
            let desc = (*block).desc as *mut PollDesc;
            let d = &mut *desc;
            let when = match (*block).nanos {
                n if n > 0 => sys::nanotime().saturating_add(n),
                n if n < 0 => -1,
                _ => 0,
            };
            let (read, write) = match (*block).mode {
                MODE_READ => (true, false),
                m if m == i64::from(b'w') => (false, true),
                _ => (true, true),
            };
            let mut wake = [null_mut::<G>(); 2];
            d.lock.lock();
            if !d.closing {
                if read {
                    d.read_deadline = when;
                    if when < 0 {
                        wake[0] = unblock(&d.read, false);
                    }
                    set_timer(&raw mut d.read_timer, when);
                }
                if write {
                    d.write_deadline = when;
                    if when < 0 {
                        wake[1] = unblock(&d.write, false);
                    }
                    set_timer(&raw mut d.write_timer, when);
                }
            }
            d.lock.unlock();
            wake.into_iter().filter(|g| !g.is_null()).for_each(|g| ready(g));
        }
    }
);

unsafe fn set_timer(t: *mut Timer, when: i64) {
    // SAFETY: the descriptor's timer lives for ever.
    unsafe {
        if when > 0 {
            timer::set(t, when, 0);
        } else {
            timer::delete(t);
        }
    }
}

std_entry!(
    "internal/poll.runtime_pollUnblock",
    fn poll_unblock(block: *mut usize) {
        // SAFETY: the block holds a descriptor.
        unsafe {
            let d = &mut *(*block as *mut PollDesc);
            d.lock.lock();
            d.closing = true;
            let wake = [unblock(&d.read, false), unblock(&d.write, false)];
            timer::delete(&raw mut d.read_timer);
            timer::delete(&raw mut d.write_timer);
            d.lock.unlock();
            wake.into_iter().filter(|g| !g.is_null()).for_each(|g| ready(g));
        }
    }
);

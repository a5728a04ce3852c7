//! What happens when an object becomes unreachable: finalizers, cleanups, weak pointers.
//!
//! In: registrations for heap objects. Out: a queue of calls, which Go's `runtime.runFinalizers` takes one by one on a goroutine of its own.
//!
//! After marking from the roots: what an object with a finalizer points to is marked too, but not the object itself; so of two such objects in a chain
//! only the first is found unreachable, and a cycle of them never is. An unmarked object then
//! 1. loses its weak pointers, 2. with a finalizer: is marked after all and its call is queued, 3. else: its cleanups are queued and the entry goes away.
//!
//! Functions and arguments of registered calls are roots. Tables are under one lock, which is never held while a goroutine parks.

use crate::gc::heap::span_of;
use crate::gc::lock::Mutex;
use crate::gc::mark::Marker;
use crate::host;
use abi::sizeclass::{HEADER, MAX_HEAP_BITS};
use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;

/// What is registered for one object.
#[derive(Default)]
struct Specials {
    /// Func value and argument of the finalizer; 0 = none.
    finalizer: usize,
    finalizer_arg: usize,
    /// Func values by id.
    cleanups: Vec<(u64, usize)>,
    /// Address of the 8-byte indirection object of weak pointers (a heap object without pointers that holds the address); 0 = none.
    weak: usize,
    /// It was sampled for the heap profile: entry there, plus one.
    profile: usize,
}

impl Specials {
    fn is_empty(&self) -> bool {
        self.finalizer == 0 && self.cleanups.is_empty() && self.weak == 0 && self.profile == 0
    }
}

/// A call to make: `fn_(arg)` for a finalizer, `fn_()` for a cleanup.
#[derive(Clone, Copy)]
pub struct Call {
    pub fn_: usize,
    pub arg: usize,
    pub is_finalizer: bool,
}

struct State {
    /// By address of the object's start.
    objects: BTreeMap<usize, Specials>,
    queue: VecDeque<Call>,
    /// The call being made; its words are on its goroutine's stack too.
    last_id: u64,
}

static STATE: Mutex<State> = Mutex::new(State { objects: BTreeMap::new(), queue: VecDeque::new(), last_id: 0 });

/// Start of the object slot that `p` points into, and the first address in it that a program can know.
fn object_of(p: usize) -> Option<(usize, usize)> {
    let span = span_of(p)?;
    // SAFETY: `p` lies in an IN_USE span that stays so while the program holds `p`.
    unsafe {
        let s = &*span;
        let start = s.object(s.object_index(p));
        let header = if !s.noscan && s.class != 0 && s.elem_size > MAX_HEAP_BITS { HEADER } else { 0 };
        Some((start, start + header))
    }
}

/// Results of `set_finalizer`, known to Go's `runtime.setfinalizer`.
pub const SET: usize = 0;
pub const NOT_HEAP: usize = 1;
pub const INNER: usize = 2;
pub const TWICE: usize = 3;

/// `fn_` = 0 takes the finalizer away.
pub fn set_finalizer(p: usize, fn_: usize) -> usize {
    let Some((start, visible)) = object_of(p) else { return NOT_HEAP };
    if p != visible {
        return INNER;
    }
    let mut state = STATE.lock();
    if fn_ == 0 {
        if let Some(s) = state.objects.get_mut(&start) {
            s.finalizer = 0;
            if s.is_empty() {
                state.objects.remove(&start);
            }
        }
        return SET;
    }
    let s = state.objects.entry(start).or_default();
    if s.finalizer != 0 {
        return TWICE;
    }
    s.finalizer = fn_;
    s.finalizer_arg = p;
    SET
}

/// Id of the cleanup, 0 if `p` is not in the heap.
pub fn add_cleanup(p: usize, fn_: usize) -> u64 {
    let Some((start, _)) = object_of(p) else { return 0 };
    let mut state = STATE.lock();
    state.last_id += 1;
    let id = state.last_id;
    state.objects.entry(start).or_default().cleanups.push((id, fn_));
    id
}

/// The object may be gone.
pub fn stop_cleanup(p: usize, id: u64) {
    let Some((start, _)) = object_of(p) else { return };
    let mut state = STATE.lock();
    if let Some(s) = state.objects.get_mut(&start) {
        s.cleanups.retain(|&(i, _)| i != id);
        if s.is_empty() {
            state.objects.remove(&start);
        }
    }
}

/// The indirection object of the object that `p` points into: its word is the object's start while it is reachable, then 0. The same for the same object.
/// Null if `p` is not in the heap.
///
/// # Safety
/// Caller holds a P.
pub unsafe fn weak_handle(p: usize) -> *mut usize {
    let Some((start, visible)) = object_of(p) else { return core::ptr::null_mut() };
    // Allocated before the lock is taken: running out of memory under it would leave it held.
    // SAFETY: the caller's promise.
    let fresh = unsafe { crate::gc::cache::malloc(8, core::ptr::null()) }.cast::<usize>();
    let mut state = STATE.lock();
    let s = state.objects.entry(start).or_default();
    if s.weak == 0 {
        // SAFETY: a new object of 8 bytes.
        unsafe { *fresh = visible };
        s.weak = fresh as usize;
    }
    s.weak as *mut usize
}

/// When the object that starts at `start` is freed, the heap profile is to know.
pub fn set_profile(start: usize, entry: usize) {
    STATE.lock().objects.entry(start).or_default().profile = entry + 1;
}

/// Roots: what waiting calls need, and what objects with finalizers point to.
pub fn mark_roots(marker: &mut Marker) {
    let state = STATE.lock();
    for (&start, s) in &state.objects {
        if s.finalizer != 0 {
            marker.referents(start);
            marker.word(s.finalizer);
        }
        for &(_, fn_) in &s.cleanups {
            marker.word(fn_);
        }
    }
    for call in &state.queue {
        marker.word(call.fn_);
        marker.word(call.arg);
    }
}

/// After everything reachable is marked: queues calls, clears weak pointers.
pub fn after_mark(marker: &mut Marker) {
    let mut state = STATE.lock();
    let State { objects, queue, .. } = &mut *state;
    objects.retain(|&start, s| {
        // A handle that nobody holds any more is garbage; the next weak pointer makes another.
        if s.weak != 0 && !Marker::is_marked(s.weak) {
            s.weak = 0;
        }
        if Marker::is_marked(start) {
            return !s.is_empty();
        }
        if s.weak != 0 {
            // SAFETY: a marked indirection object.
            unsafe { *(s.weak as *mut usize) = 0 };
            s.weak = 0;
        }
        if s.finalizer != 0 {
            queue.push_back(Call { fn_: s.finalizer, arg: s.finalizer_arg, is_finalizer: true });
            s.finalizer = 0;
            return !s.is_empty();
        }
        if s.profile != 0 {
            crate::profile::freed(s.profile - 1);
        }
        for (_, fn_) in s.cleanups.drain(..) {
            queue.push_back(Call { fn_, arg: 0, is_finalizer: false });
        }
        false
    });
    // Only now: an object found unreachable must not hide another one.
    for i in 0..queue.len() {
        marker.word(queue[i].arg);
        marker.word(queue[i].fn_);
    }
    marker.drain();
}

/// The next call, if any.
pub fn next_call() -> Option<Call> {
    STATE.lock().queue.pop_front()
}

pub fn has_calls() -> bool {
    !STATE.lock().queue.is_empty()
}

/// After a collection: whoever waits for calls may go on.
pub fn wake() {
    if has_calls() {
        host::ready_finalizers();
    }
}

//! The collector under std: hand-made descriptors, roots in a list, one thread.

use super::*;
use crate::gc::cache::malloc;
use crate::gc::heap::{PAGE_HEAP, span_of};
use crate::host::{TEST_HEAP, TEST_ROOTS};
use crate::typedesc::{Type, plain, with_pointers};
use abi::typedesc::kind;
use std::collections::HashMap;
use std::vec::Vec;

/// { next *Node; id uint }
static NODE: Type = with_pointers(16, kind::STRUCT, 0, 8, &[1]);
/// 11 words: pointers in words 1, 9 and 10.
static WIDE: Type = with_pointers(88, kind::STRUCT, 0, 88, &[0b10, 0b110]);
static POINTER: Type = with_pointers(8, kind::POINTER, 0, 8, &[1]);
static BYTES: Type = plain(1, kind::UINT8, 0);

fn lock() -> std::sync::MutexGuard<'static, ()> {
    TEST_HEAP.lock().unwrap_or_else(|e| e.into_inner())
}

fn gc() {
    collect(Reason::Forced, [0, 0]);
}

fn totals() -> memstats::Totals {
    // SAFETY: one thread.
    unsafe { memstats::totals() }
}

fn rng(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    (*state >> 33) as usize
}

#[test]
fn list_survives_and_garbage_goes() {
    let _guard = lock();
    TEST_ROOTS.lock().unwrap().clear();
    gc();
    let before = totals();
    const N: usize = 10_000;
    // SAFETY: test objects.
    unsafe {
        let mut head: *mut [usize; 2] = core::ptr::null_mut();
        for i in 0..N {
            let node = malloc(16, &NODE).cast::<[usize; 2]>();
            assert_eq!(*node, [0, 0]);
            *node = [head as usize, i];
            head = node;
            malloc(16, &NODE);
        }
        let after = totals();
        assert_eq!(after.mallocs[2] - before.mallocs[2], 2 * N as u64);
        TEST_ROOTS.lock().unwrap().push(head as usize + 8);
        gc();
        let swept = totals();
        assert_eq!(swept.frees[2] - before.frees[2], N as u64);
        assert_eq!(sweep::n_waiting(), 0);
        let (mut n, mut node) = (0, head);
        while !node.is_null() {
            n += 1;
            assert_eq!((*node)[1], N - n);
            node = (*node)[0] as *mut _;
        }
        assert_eq!(n, N);
        TEST_ROOTS.lock().unwrap().clear();
        gc();
        assert_eq!(totals().frees[2] - before.frees[2], 2 * N as u64);
    }
}

/// Words that are no pointers by their type do not keep anything alive; pointers do, wherever they are.
#[test]
fn only_pointer_words_count() {
    let _guard = lock();
    // SAFETY: test objects.
    unsafe {
        for n in [1usize, 3, 5, 6, 40, 1000] {
            let bytes = n * 88;
            let array = malloc(bytes, &WIDE).cast::<usize>();
            let mut kept = Vec::new();
            let mut lost = Vec::new();
            for i in 0..n * 11 {
                let target = malloc(24, &BYTES) as usize;
                *array.add(i) = target + i % 24;
                if [1, 9, 10].contains(&(i % 11)) { kept.push(target) } else { lost.push(target) }
            }
            *TEST_ROOTS.lock().unwrap() = std::vec![array as usize + bytes - 1];
            // Between marking and sweeping nothing may be swept: mark by hand.
            cache::for_each_cache(|c| c.flush());
            sweep::finish();
            let mut marker = mark::Marker::new();
            roots::mark(&mut marker);
            marker.drain();
            assert!(kept.iter().all(|&p| mark::Marker::is_marked(p)), "n={n}");
            assert!(lost.iter().all(|&p| !mark::Marker::is_marked(p)), "n={n}");
            assert_eq!(marker.marked_objects, kept.len() + 1);
            check::heap();
            sweep::start();
            sweep::finish();
        }
        TEST_ROOTS.lock().unwrap().clear();
        gc();
    }
}

/// Random graph of objects of many sizes against a model; contents are checked after every collection, memory is zeroed.
#[test]
fn random_graph_against_model() {
    let _guard = lock();
    TEST_ROOTS.lock().unwrap().clear();
    sweep::CLOBBER_FREE.store(true, Ordering::Relaxed);
    let mut seed = 42;
    // Address → (words, stamp). Every object is an array of pointers; the last word is a stamp, as address 0 + stamp outside the heap.
    let mut model: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut rooted: Vec<usize> = Vec::new();
    for round in 0..30 {
        // SAFETY: test objects.
        unsafe {
            for _ in 0..2000 {
                let words = match rng(&mut seed) % 20 {
                    0 => 4000 + rng(&mut seed) % 40000,
                    1..3 => 64 + rng(&mut seed) % 1000,
                    _ => 2 + rng(&mut seed) % 62,
                };
                let p = malloc(words * 8, &POINTER).cast::<usize>();
                assert!(core::slice::from_raw_parts(p, words).iter().all(|&w| w == 0), "not zeroed");
                let stamp = 1 + rng(&mut seed) % 1000;
                *p.add(words - 1) = stamp;
                if !rooted.is_empty() && !rng(&mut seed).is_multiple_of(3) {
                    // Chain to an existing object, from a random word.
                    *p.add(rng(&mut seed) % (words - 1)) = rooted[rng(&mut seed) % rooted.len()];
                }
                assert!(model.insert(p as usize, (words, stamp)).is_none(), "address in use given out again");
                if rng(&mut seed) % 10 < 4 {
                    rooted.push(p as usize);
                }
            }
            let keep = rooted.len() / 2;
            for _ in 0..keep {
                let at = rng(&mut seed) % rooted.len();
                rooted.swap_remove(at);
            }
            // Live by the model.
            let mut live: HashMap<usize, (usize, usize)> = HashMap::new();
            let mut work = rooted.clone();
            while let Some(p) = work.pop() {
                if live.contains_key(&p) {
                    continue;
                }
                let (words, stamp) = model[&p];
                live.insert(p, (words, stamp));
                for i in 0..words - 1 {
                    let w = *(p as *const usize).add(i);
                    if w != 0 {
                        work.push(w);
                    }
                }
            }
            *TEST_ROOTS.lock().unwrap() = rooted.clone();
            gc();
            for (&p, &(words, stamp)) in &live {
                assert_eq!(*(p as *const usize).add(words - 1), stamp, "round {round}");
            }
            let t = totals();
            let objects: u64 = t.mallocs.iter().sum::<u64>() - t.frees.iter().sum::<u64>();
            assert_eq!(objects, live.len() as u64);
            assert_eq!(pacer::live() as u64, t.alloc_bytes - t.free_bytes);
            model = live;
        }
    }
    sweep::CLOBBER_FREE.store(false, Ordering::Relaxed);
    TEST_ROOTS.lock().unwrap().clear();
    gc();
    let stats = PAGE_HEAP.lock().stats;
    assert_eq!(stats.in_use, 0);
}

#[test]
fn interior_pointers_find_their_object() {
    let _guard = lock();
    // SAFETY: test objects.
    unsafe {
        for size in [1usize, 8, 17, 100, 500, 513, 1000, 5000, 32000, 32768, 100_000] {
            let p = malloc(size, &BYTES) as usize;
            for off in [0, size / 2, size - 1] {
                let span = &*span_of(p + off).unwrap();
                assert_eq!(span.object(span.object_index(p + off)), p);
            }
        }
        assert!(span_of(0).is_none() && span_of(8).is_none() && span_of(usize::MAX).is_none());
        assert!(span_of((&raw const NODE) as usize).is_none());
    }
    gc();
}

#[test]
fn goal_follows_live_heap() {
    let _guard = lock();
    TEST_ROOTS.lock().unwrap().clear();
    gc();
    assert_eq!(pacer::goal(), 4 << 20);
    // SAFETY: a test object.
    let p = unsafe { malloc(10 << 20, &BYTES) };
    TEST_ROOTS.lock().unwrap().push(p as usize);
    gc();
    assert_eq!(pacer::goal(), 20 << 20);
    assert_eq!(pacer::set_gc_percent(50), 100);
    assert_eq!(pacer::goal(), 15 << 20);
    assert_eq!(pacer::set_gc_percent(-1), 50);
    assert_eq!(pacer::goal(), usize::MAX);
    pacer::set_gc_percent(100);
    assert_eq!(pacer::set_memory_limit(12 << 20), i64::MAX);
    assert!(pacer::goal() < 12 << 20);
    pacer::set_memory_limit(i64::MAX);
    TEST_ROOTS.lock().unwrap().clear();
    gc();
}

#[test]
fn finalizers_run_in_order_and_weak_pointers_clear() {
    let _guard = lock();
    TEST_ROOTS.lock().unwrap().clear();
    while finalizer::next_call().is_some() {}
    // SAFETY: test objects.
    unsafe {
        // a → b, both with finalizers; c with a cleanup and a weak pointer.
        let b = malloc(16, &NODE).cast::<usize>();
        let a = malloc(16, &NODE).cast::<usize>();
        *a = b as usize;
        let c = malloc(600 * 8, &POINTER) as usize;
        let f = malloc(16, &NODE) as usize;
        assert_eq!(finalizer::set_finalizer(a as usize, f), finalizer::SET);
        assert_eq!(finalizer::set_finalizer(a as usize, f), finalizer::TWICE);
        assert_eq!(finalizer::set_finalizer(b as usize, f), finalizer::SET);
        assert_eq!(finalizer::set_finalizer(b as usize + 8, f), finalizer::INNER);
        assert_eq!(finalizer::set_finalizer(8, f), finalizer::NOT_HEAP);
        assert!(finalizer::add_cleanup(c + 100, f) != 0);
        let stopped = finalizer::add_cleanup(c, f);
        finalizer::stop_cleanup(c, stopped);
        let weak = finalizer::weak_handle(c + 8);
        assert_eq!(*weak, c);
        assert_eq!(finalizer::weak_handle(c), weak);
        *TEST_ROOTS.lock().unwrap() = std::vec![a as usize, c, weak as usize];
        gc();
        assert!(!finalizer::has_calls());
        *TEST_ROOTS.lock().unwrap() = std::vec![weak as usize];
        gc();
        assert_eq!(*weak, 0);
        let mut calls = Vec::new();
        while let Some(call) = finalizer::next_call() {
            calls.push((call.is_finalizer, call.arg, call.fn_));
        }
        calls.sort();
        assert_eq!(calls, [(false, 0, f), (true, a as usize, f)]);
        gc();
        let call = finalizer::next_call().unwrap();
        assert_eq!((call.is_finalizer, call.arg), (true, b as usize));
        assert!(finalizer::next_call().is_none());
        TEST_ROOTS.lock().unwrap().clear();
        gc();
        assert!(!finalizer::has_calls());
        let t = totals();
        assert_eq!(t.mallocs.iter().sum::<u64>(), t.frees.iter().sum::<u64>());
    }
}

#[test]
fn several_threads_allocate() {
    let _guard = lock();
    TEST_ROOTS.lock().unwrap().clear();
    gc();
    let before = totals();
    let threads: Vec<_> = (0..4usize)
        .map(|t| {
            std::thread::spawn(move || {
                let mut seed = t as u64;
                // SAFETY: test objects; nothing collects meanwhile.
                unsafe {
                    let mut mine = Vec::new();
                    for i in 0..20_000usize {
                        let words = 1 + rng(&mut seed) % 80;
                        let p = malloc(words * 8, &BYTES).cast::<usize>();
                        core::slice::from_raw_parts_mut(p, words).fill(t << 32 | i);
                        mine.push((p as usize, words, t << 32 | i));
                    }
                    for (p, words, v) in mine {
                        assert!(core::slice::from_raw_parts(p as *const usize, words).iter().all(|&w| w == v));
                    }
                }
            })
        })
        .collect();
    for t in threads {
        t.join().unwrap();
    }
    let after = totals();
    assert_eq!(after.mallocs.iter().sum::<u64>() - before.mallocs.iter().sum::<u64>(), 80_000);
    gc();
    assert_eq!(totals().frees.iter().sum::<u64>() - before.frees.iter().sum::<u64>(), 80_000);
}

/// Output of a go1.27.3 program that appends one element at a time to escaping slices.
#[test]
fn append_grows_as_go() {
    let _guard = lock();
    static INT: Type = plain(8, kind::INT, abi::typedesc::tflag::REGULAR_MEMORY);
    static STRING: Type = with_pointers(16, kind::STRING, 0, 8, &[1]);
    static THREE: Type = plain(3, kind::STRUCT, abi::typedesc::tflag::REGULAR_MEMORY);
    static MIXED: Type = with_pointers(24, kind::STRUCT, 0, 8, &[1]);
    let cases: [(&Type, usize, &str); 6] = [
        (&INT, 20000, "1 2 4 8 16 32 64 128 256 512 848 1280 1792 2560 3408 5120 7168 9216 12288 16384 21504"),
        (&POINTER, 20000, "1 2 4 8 16 32 64 143 287 607 1023 1535 2303 3071 4095 6144 8192 11264 14336 18432 23552"),
        (
            &BYTES,
            200000,
            "8 16 32 64 128 256 512 896 1408 2048 3072 4096 5376 6912 9472 12288 16384 21760 28672 40960 57344 73728 98304 131072 172032 221184",
        ),
        (&STRING, 20000, "1 2 4 8 16 32 71 143 303 591 1023 1535 2560 3584 5120 6656 8704 11264 14336 18432 23552"),
        (&THREE, 20000, "2 5 10 21 42 85 170 341 682 1066 1621 2261 3157 4522 6144 8192 10922 16384 21845"),
        (&MIXED, 20000, "1 2 4 8 16 37 74 170 341 682 1135 1706 2389 3413 4778 6485 8533 10922 13994 17749 22528"),
    ];
    for (elem, n, want) in cases {
        let mut caps = Vec::new();
        let (mut p, mut cap) = (core::ptr::null_mut(), 0);
        for len in 0..n {
            if len == cap {
                // SAFETY: `p` holds `len` elements.
                (p, cap) = unsafe { crate::slice::growslice(p, len as isize + 1, cap, 1, elem) };
                caps.push(std::format!("{cap}"));
            }
        }
        assert_eq!(caps.join(" "), want);
    }
    gc();
}

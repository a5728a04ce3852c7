//! What the maps name, where polls and stubs appear, and that the object is the same every time.

mod common;

use codegen::Emit;
use common::{Maker, stack_maps, targets};
use ir::*;

/// Lines of the map listing after the header: the maps, without offsets.
fn maps(text: &str) -> Vec<String> {
    text.lines().filter(|l| l.starts_with("  ")).map(|l| l.trim().split_once(": ").expect("offset").1.to_owned()).collect()
}

fn clif(module: &Module, symbol: &str) -> String {
    codegen::emit(module, &targets()[0], Emit::Clif, |s| s == symbol).expect("compiles")
}

/// `f(p, q)` calls `g()` three times: p lives across the first, q across all.
fn three_calls(maker: &mut Maker) {
    let g = maker.func("g", &[], &[]);
    let id = g.id;
    // Its address is taken, so it is no leaf.
    let mut g = g;
    let a = g.val(InstData::FuncAddr { func: id });
    g.add(InstData::KeepAlive { arg: a });
    g.ret(&[]);
    let mut b = maker.func("f", &[Type::Ptr, Type::Ptr], &[Type::Ptr]);
    let (p, q) = (b.params[0], b.params[1]);
    b.call("g", &[]);
    let r = b.load(Type::Ptr, p, 8);
    b.call("g", &[]);
    let s = b.load(Type::Ptr, r, 8);
    b.call("g", &[]);
    b.store(s, q, 0);
    b.ret(&[s]);
}

#[test]
fn slots_are_shared_and_dead_pointers_are_not_named() {
    let mut maker = Maker::new();
    three_calls(&mut maker);
    let maps = maps(&stack_maps(&maker.module, "f"));
    // Faults, three calls, the entry check.
    assert_eq!(maps, ["[]", "[sp+0 sp+8]", "[sp+0 sp+8]", "[sp+0 sp+8]", "[sp+0 sp+8]"]);
}

#[test]
fn a_pointer_without_a_safepoint_has_no_slot() {
    let mut maker = Maker::new();
    let mut b = maker.func("leaf", &[Type::Ptr], &[Type::I64]);
    let p = b.params[0];
    let x = b.load(Type::I64, p, 0);
    b.ret(&[x]);
    let text = stack_maps(&maker.module, "leaf");
    assert_eq!(maps(&text), ["[]"], "{text}");
    assert!(text.contains("frame 0 "), "{text}");
    assert!(!clif(&maker.module, "leaf").contains("get_stack_pointer"), "a small leaf needs no check");
}

#[test]
fn stack_allocs_are_in_every_map() {
    let mut maker = Maker::new();
    three_calls(&mut maker);
    let layout = maker.layout(4, 0b1010);
    let mut b = maker.func("alloc", &[], &[Type::Ptr]);
    let slot = b.alloc(layout, Place::Stack);
    b.call("g", &[]);
    let p = b.load(Type::Ptr, slot, 8);
    b.ret(&[p]);
    assert_eq!(maps(&stack_maps(&maker.module, "alloc")), ["[sp+8 sp+24]", "[sp+8 sp+24]", "[]"]);
}

#[test]
fn only_pointers_that_may_be_in_a_stack_are_reloaded() {
    for (place, reloads) in [(Place::Heap, 0), (Place::Stack, 1)] {
        let mut maker = Maker::new();
        three_calls(&mut maker);
        let layout = maker.layout(2, 1);
        let mut b = maker.func("callee", &[Type::Ptr], &[Type::Ptr]);
        let p = b.params[0];
        b.call("g", &[]);
        let r = b.load(Type::Ptr, p, 0);
        b.ret(&[r]);
        let mut b = maker.func("caller", &[], &[]);
        let p = b.alloc(layout, place);
        b.call("callee", &[p]);
        b.ret(&[]);
        let text = clif(&maker.module, "callee");
        let body: String = text.lines().take_while(|l| !l.contains(" cold:")).collect();
        assert_eq!(body.matches("= load.i64 notrap aligned region0").count(), reloads, "{text}");
    }
}

fn endless(maker: &mut Maker, callee: Option<&str>) {
    let mut b = maker.func("endless", &[], &[]);
    let head = b.func.add_block();
    b.jump(head, &[]);
    b.block = head;
    if let Some(callee) = callee {
        b.call(callee, &[]);
    }
    b.jump(head, &[]);
    b.done();
}

#[test]
fn every_loop_can_be_stopped() {
    let polls = |text: &str| text.matches("iconst.i64 -1").count();
    let mut maker = Maker::new();
    endless(&mut maker, None);
    assert_eq!(polls(&clif(&maker.module, "endless")), 1);
    // A call that checks the stack is a poll.
    let mut maker = Maker::new();
    three_calls(&mut maker);
    endless(&mut maker, Some("g"));
    assert_eq!(polls(&clif(&maker.module, "endless")), 0);
    // A leaf does not check.
    let mut maker = Maker::new();
    maker.func("leaf", &[], &[]).ret(&[]);
    endless(&mut maker, Some("leaf"));
    assert_eq!(polls(&clif(&maker.module, "endless")), 1);
}

#[test]
fn a_large_frame_gets_a_stub() {
    let mut maker = Maker::new();
    three_calls(&mut maker);
    let layout = maker.layout(1000, 0);
    let mut b = maker.func("large", &[Type::Ptr], &[]);
    let p = b.params[0];
    let slot = b.alloc(layout, Place::Stack);
    b.call("g", &[]);
    b.add(InstData::Move { layout, dst: slot, src: p });
    b.ret(&[]);
    let text = stack_maps(&maker.module, "large");
    assert!(text.contains("large (stub)\nframe 16 ") && text.contains("large (body)\nframe 80"), "{text}");
}

#[test]
fn the_same_module_gives_the_same_bytes() {
    let mut maker = Maker::new();
    three_calls(&mut maker);
    endless(&mut maker, Some("g"));
    for options in targets() {
        let first = codegen::compile(&maker.module, &options).expect("compiles").bytes;
        let second = codegen::compile(&maker.module, &options).expect("compiles").bytes;
        assert_eq!(first, second);
        assert_eq!(first[..4], *b"\x7fELF");
    }
}

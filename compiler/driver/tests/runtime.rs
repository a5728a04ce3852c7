//! Programs built instruction by instruction, compiled, linked with the runtime and run: code generation, tables and runtime together, without a front end.
//! Each runs plainly, with the stack moved at every check, and with a collection at every allocation.

#[path = "../../codegen/tests/common/mod.rs"]
mod common;

use codegen::{Options, Triple};
use common::{Body, Maker};
use ir::*;
use std::process::{Command, Output};
use std::sync::Arc;

fn run_with(maker: &Maker, name: &str, env: &[(&str, &str)]) -> Output {
    let triple: Triple = "x86_64-unknown-linux-gnu".parse().expect("triple");
    let object = codegen::compile(&maker.module, &Options { verify: true, ..Options::new(triple) }).unwrap_or_else(|e| panic!("{e}"));
    let inputs = [
        link::Input { name: "main.o".into(), bytes: Arc::from(object.bytes) },
        link::Input { name: "libruntime.a".into(), bytes: Arc::from(gorc::runtime_archive::RUNTIME_X86_64) },
    ];
    let program = link::link(link::Arch::X86_64, &inputs, link::Options::default()).expect("link");
    let dir = tempfile::tempdir().expect("directory");
    let path = dir.path().join(name);
    std::fs::write(&path, program).expect("write");
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("mode");
    if let Some(keep) = std::env::var_os("GORC_TEST_KEEP") {
        let _ = std::fs::copy(&path, std::path::Path::new(&keep).join(name));
    }
    Command::new("timeout").arg("20").arg(&path).env_clear().envs(env.iter().copied()).output().expect("run")
}

const MODES: [&[(&str, &str)]; 4] =
    [&[], &[("GORC_RT", "stackstress=1")], &[("GORC_RT", "gcstress=1")], &[("GORC_RT", "stackstress=1,gcstress=3"), ("GOMAXPROCS", "4")]];

fn expect(maker: &Maker, name: &str, code: i32, stderr: &str) {
    for env in MODES {
        let out = run_with(maker, name, env);
        let text = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.code() == Some(code) && text == stderr, "{name} {env:?}: {:?}\n{text}\nwanted {code}:\n{stderr}", out.status);
    }
}

/// A type descriptor with its pointer mask, and a layout that names it.
fn typed_layout(maker: &mut Maker, words: u64, pointers: u64) -> LayoutId {
    let mut global = |symbol: String, section, data: Vec<u8>, relocs| {
        maker.module.globals.push(Global {
            symbol,
            section,
            size: data.len() as u64,
            align: 8,
            data,
            relocs,
            layout: None,
            typelink: false,
            external: false,
        })
    };
    let mask = global(format!("mask:{words}:{pointers:x}"), Section::ReadOnly, pointers.to_le_bytes().to_vec(), vec![]);
    let mut data = vec![0u8; 48];
    data[0..8].copy_from_slice(&(8 * words).to_le_bytes());
    data[8..16].copy_from_slice(&(8 * u64::from(64 - pointers.leading_zeros())).to_le_bytes());
    data[21] = 8;
    data[22] = 8;
    data[23] = abi::typedesc::kind::STRUCT;
    let reloc = Reloc { offset: 32, target: Target::Global(mask), addend: 0, kind: RelocKind::Abs64 };
    let desc = global(format!("type:{words}:{pointers:x}"), Section::Types, data, vec![reloc]);
    let pointers = if pointers == 0 { vec![] } else { vec![pointers] };
    maker.module.layout(Layout { size: 8 * words, align: 8, pointers, repeat: 1, desc: Some(desc) })
}

/// Descriptor of `chan T` for the T of a layout.
fn chan_type(maker: &mut Maker, elem: LayoutId) -> GlobalId {
    let elem = maker.module.layouts[elem].desc.expect("typed");
    let mut data = vec![0u8; 56];
    data[0] = 8;
    data[8] = 8;
    data[23] = abi::typedesc::kind::CHAN;
    let reloc = Reloc { offset: 48, target: Target::Global(elem), addend: 0, kind: RelocKind::Abs64 };
    let symbol = format!("chan:{elem:?}");
    maker.module.globals.push(Global {
        symbol,
        section: Section::Types,
        size: 56,
        align: 8,
        data,
        relocs: vec![reloc],
        layout: None,
        typelink: false,
        external: false,
    })
}

fn text(maker: &mut Maker, s: &str) -> (GlobalId, i64) {
    let data = s.as_bytes().to_vec();
    let n = maker.module.globals.len();
    let id = maker.module.globals.push(Global {
        symbol: format!("text{n}"),
        section: Section::ReadOnly,
        size: data.len() as u64,
        align: 1,
        data,
        relocs: vec![],
        layout: None,
        typelink: false,
        external: false,
    });
    (id, s.len() as i64)
}

fn binary(b: &mut Body<'_>, op: BinaryOp, x: Value, y: Value) -> Value {
    b.val(InstData::Binary { op, args: [x, y] })
}

fn add_const(b: &mut Body<'_>, x: Value, n: i64) -> Value {
    let n = b.int(Type::I64, n);
    binary(b, BinaryOp::Add, x, n)
}

fn is_zero(b: &mut Body<'_>, x: Value) -> Value {
    let zero = b.int(Type::I64, 0);
    b.val(InstData::Icmp { cc: IntCC::Eq, args: [x, zero] })
}

fn print_line(b: &mut Body<'_>, n: Value) {
    b.rt("gorc_printlock", &[]);
    b.rt("gorc_printint", &[n]);
    b.rt("gorc_printnl", &[]);
    b.rt("gorc_printunlock", &[]);
}

fn print_text(b: &mut Body<'_>, s: &str) {
    let (global, len) = text(b.maker, s);
    let p = b.val(InstData::GlobalAddr { global, offset: 0 });
    let len = b.int(Type::I64, len);
    b.rt("gorc_printstring", &[p, len]);
}

/// A func value on the heap: `{code, words…}`; the captures are pointers or, above bit `pointers`, integers.
fn closure(b: &mut Body<'_>, layout: LayoutId, code: &str, captures: &[Value]) -> Value {
    let func = b.maker.module.find(code).expect("declared");
    let c = b.alloc(layout, Place::Heap);
    let code = b.val(InstData::FuncAddr { func });
    b.store(code, c, 0);
    for (i, &v) in captures.iter().enumerate() {
        b.store(v, c, 8 * (i as i32 + 1));
    }
    c
}

#[test]
fn prints_and_exits() {
    let mut maker = Maker::new();
    let mut b = maker.func("go.main", &[], &[]);
    print_text(&mut b, "hello\n");
    let n = b.int(Type::I64, -42);
    print_line(&mut b, n);
    b.ret(&[]);
    expect(&maker, "hello", 0, "hello\n-42\n");
}

/// Every frame passes the address of a local down and adds to what the callee wrote there: stacks grow, pointers between frames follow.
#[test]
fn recursion_grows_the_stack() {
    let mut maker = Maker::new();
    let word = typed_layout(&mut maker, 1, 0);
    let sig = maker.sig(&[Type::I64, Type::Ptr], &[]);
    maker.module.declare("down", sig);
    let mut b = maker.func("down", &[Type::I64, Type::Ptr], &[]);
    let (n, out) = (b.params[0], b.params[1]);
    let [end, more] = std::array::from_fn(|_| b.func.add_block());
    let local = b.alloc(word, Place::Stack);
    let done = is_zero(&mut b, n);
    b.brif(done, end, more);
    b.block = end;
    b.add(InstData::Return { args: Values::new() });
    b.block = more;
    let less = add_const(&mut b, n, -1);
    b.call("down", &[less, local]);
    let below = b.load(Type::I64, local, 0);
    let sum = binary(&mut b, BinaryOp::Add, below, n);
    b.store(sum, out, 0);
    b.ret(&[]);
    let mut b = maker.func("go.main", &[], &[]);
    let local = b.alloc(word, Place::Stack);
    for depth in [10, 1000, 100_000] {
        let n = b.int(Type::I64, depth);
        b.call("down", &[n, local]);
        let r = b.load(Type::I64, local, 0);
        print_line(&mut b, r);
    }
    b.ret(&[]);
    for env in MODES {
        // A move at every check makes the last depth quadratic.
        if env.iter().any(|e| e.1.contains("stackstress")) {
            continue;
        }
        let out = run_with(&maker, "recursion", env);
        assert_eq!(String::from_utf8_lossy(&out.stderr), "55\n500500\n5000050000\n", "{env:?}");
    }
    let out = run_with(&maker, "recursion", &[("GORC_RT", "stackstats=1")]);
    let stats = String::from_utf8_lossy(&out.stderr);
    assert!(stats.contains("stack: ") && !stats.contains(" 0 growths"), "{stats}");
}

#[test]
fn recursion_survives_a_move_at_every_check() {
    let mut maker = Maker::new();
    let word = typed_layout(&mut maker, 1, 0);
    let sig = maker.sig(&[Type::I64, Type::Ptr], &[]);
    maker.module.declare("down", sig);
    let mut b = maker.func("down", &[Type::I64, Type::Ptr], &[]);
    let (n, out) = (b.params[0], b.params[1]);
    let [end, more] = std::array::from_fn(|_| b.func.add_block());
    let local = b.alloc(word, Place::Stack);
    let done = is_zero(&mut b, n);
    b.brif(done, end, more);
    b.block = end;
    b.add(InstData::Return { args: Values::new() });
    b.block = more;
    let less = add_const(&mut b, n, -1);
    b.call("down", &[less, local]);
    b.call("down", &[less, local]);
    let below = b.load(Type::I64, local, 0);
    let sum = binary(&mut b, BinaryOp::Add, below, n);
    b.store(sum, out, 0);
    b.ret(&[]);
    let mut b = maker.func("go.main", &[], &[]);
    let local = b.alloc(word, Place::Stack);
    let n = b.int(Type::I64, 12);
    b.call("down", &[n, local]);
    let r = b.load(Type::I64, local, 0);
    print_line(&mut b, r);
    b.ret(&[]);
    expect(&maker, "stress", 0, "78\n");
}

/// A frame too large for the guard goes through a stub, also with a poisoned limit.
#[test]
fn large_frames_check_for_all_of_it() {
    let mut maker = Maker::new();
    let big = typed_layout(&mut maker, 1000, 0);
    let sig = maker.sig(&[Type::I64, Type::Ptr], &[Type::I64]);
    maker.module.declare("big", sig);
    let mut b = maker.func("big", &[Type::I64, Type::Ptr], &[Type::I64]);
    let (n, up) = (b.params[0], b.params[1]);
    let [end, more] = std::array::from_fn(|_| b.func.add_block());
    let local = b.alloc(big, Place::Stack);
    b.store(n, local, 8 * 999);
    b.store(n, up, 0);
    let done = is_zero(&mut b, n);
    b.brif(done, end, more);
    b.block = end;
    let zero = b.int(Type::I64, 0);
    b.add(InstData::Return { args: [zero].into_iter().collect() });
    b.block = more;
    let less = add_const(&mut b, n, -1);
    let r = b.call("big", &[less, local])[0];
    let own = b.load(Type::I64, local, 8 * 999);
    let written = b.load(Type::I64, local, 0);
    let r = binary(&mut b, BinaryOp::Add, r, own);
    let r = binary(&mut b, BinaryOp::Sub, r, written);
    b.ret(&[r]);
    let mut b = maker.func("go.main", &[], &[]);
    let word = typed_layout(b.maker, 1, 0);
    let local = b.alloc(word, Place::Stack);
    let n = b.int(Type::I64, 50);
    let r = b.call("big", &[n, local])[0];
    print_line(&mut b, r);
    b.ret(&[]);
    expect(&maker, "large", 0, "50\n");
}

/// A list is built and walked while garbage is made: the collector keeps what is reachable.
#[test]
fn lists_survive_collections() {
    let mut maker = Maker::new();
    let node = typed_layout(&mut maker, 2, 0b01);
    let mut b = maker.func("build", &[Type::I64], &[Type::Ptr]);
    let n = b.params[0];
    let [head, body, end] = std::array::from_fn(|_| b.func.add_block());
    let i = b.func.add_param(head, Type::I64);
    let list = b.func.add_param(head, Type::Ptr);
    let null = b.val(InstData::Null);
    b.jump(head, &[n, null]);
    b.block = head;
    let done = is_zero(&mut b, i);
    b.brif(done, end, body);
    b.block = body;
    let _garbage = b.alloc(node, Place::Heap);
    let fresh = b.alloc(node, Place::Heap);
    b.store(list, fresh, 0);
    b.store(i, fresh, 8);
    let less = add_const(&mut b, i, -1);
    b.jump(head, &[less, fresh]);
    b.block = end;
    b.ret(&[list]);
    let mut b = maker.func("sum", &[Type::Ptr], &[Type::I64]);
    let first = b.params[0];
    let [head, body, end] = std::array::from_fn(|_| b.func.add_block());
    let p = b.func.add_param(head, Type::Ptr);
    let total = b.func.add_param(head, Type::I64);
    let zero = b.int(Type::I64, 0);
    b.jump(head, &[first, zero]);
    b.block = head;
    let null = b.val(InstData::Null);
    let done = b.val(InstData::Icmp { cc: IntCC::Eq, args: [p, null] });
    b.brif(done, end, body);
    b.block = body;
    let v = b.load(Type::I64, p, 8);
    let next = b.load(Type::Ptr, p, 0);
    let t = binary(&mut b, BinaryOp::Add, total, v);
    b.jump(head, &[next, t]);
    b.block = end;
    b.ret(&[total]);
    let mut b = maker.func("go.main", &[], &[]);
    let n = b.int(Type::I64, 2000);
    let a = b.call("build", &[n])[0];
    let c = b.call("build", &[n])[0];
    let x = b.call("sum", &[a])[0];
    let y = b.call("sum", &[c])[0];
    print_line(&mut b, x);
    print_line(&mut b, y);
    b.ret(&[]);
    expect(&maker, "lists", 0, "2001000\n2001000\n");
}

/// Ten goroutines send a hundred values each; main adds them up. `buffered`: room for three.
fn senders(buffer: i64) -> Maker {
    let mut maker = Maker::new();
    let word = typed_layout(&mut maker, 1, 0);
    let ctype = chan_type(&mut maker, word);
    let fun = typed_layout(&mut maker, 3, 0b010);
    let mut b = maker.func("main.main.func1", &[Type::Ptr], &[]);
    let ctx = b.params[0];
    let [head, body, end] = std::array::from_fn(|_| b.func.add_block());
    let i = b.func.add_param(head, Type::I64);
    let slot = b.alloc(word, Place::Stack);
    let c = b.load(Type::Ptr, ctx, 8);
    let base = b.load(Type::I64, ctx, 16);
    let hundred = b.int(Type::I64, 100);
    b.jump(head, &[hundred]);
    b.block = head;
    let done = is_zero(&mut b, i);
    b.brif(done, end, body);
    b.block = body;
    let v = binary(&mut b, BinaryOp::Add, base, i);
    b.store(v, slot, 0);
    b.rt("gorc_chansend", &[c, slot]);
    let less = add_const(&mut b, i, -1);
    b.jump(head, &[less]);
    b.block = end;
    b.ret(&[]);
    let mut b = maker.func("go.main", &[], &[]);
    let slot = b.alloc(word, Place::Stack);
    let ctype = b.val(InstData::GlobalAddr { global: ctype, offset: 0 });
    let size = b.int(Type::I64, buffer);
    let c = b.rt("gorc_makechan", &[ctype, size])[0];
    for k in 0..10 {
        let base = b.int(Type::I64, k * 1000);
        let f = closure(&mut b, fun, "main.main.func1", &[c, base]);
        b.rt("gorc_newproc", &[f]);
    }
    let [head, body, end] = std::array::from_fn(|_| b.func.add_block());
    let i = b.func.add_param(head, Type::I64);
    let total = b.func.add_param(head, Type::I64);
    let n = b.int(Type::I64, 1000);
    let zero = b.int(Type::I64, 0);
    b.jump(head, &[n, zero]);
    b.block = head;
    let done = is_zero(&mut b, i);
    b.brif(done, end, body);
    b.block = body;
    let ok = b.rt("gorc_chanrecv", &[c, slot])[0];
    let v = b.load(Type::I64, slot, 0);
    let t = binary(&mut b, BinaryOp::Add, total, v);
    let t = binary(&mut b, BinaryOp::Add, t, ok);
    let less = add_const(&mut b, i, -1);
    b.jump(head, &[less, t]);
    b.block = end;
    print_line(&mut b, total);
    b.ret(&[]);
    maker
}

#[test]
fn goroutines_and_channels() {
    // sum of k*1000*100 for k<10, of 1..=100 ten times, and one for each value
    let want = format!("{}\n", 45 * 1000 * 100 + 5050 * 10 + 1000);
    for buffer in [0, 3] {
        let maker = senders(buffer);
        for _ in 0..3 {
            expect(&maker, &format!("senders{buffer}"), 0, &want);
        }
    }
}

#[test]
fn deadlock_is_reported() {
    let mut maker = Maker::new();
    let word = typed_layout(&mut maker, 1, 0);
    let ctype = chan_type(&mut maker, word);
    let mut b = maker.func("go.main", &[], &[]);
    b.func.name = "main.main".into();
    b.func.flags.no_params = true;
    let slot = b.alloc(word, Place::Stack);
    let ctype = b.val(InstData::GlobalAddr { global: ctype, offset: 0 });
    let zero = b.int(Type::I64, 0);
    let c = b.rt("gorc_makechan", &[ctype, zero])[0];
    b.line = 77;
    b.rt("gorc_chanrecv", &[c, slot]);
    b.ret(&[]);
    for env in MODES {
        let out = run_with(&maker, "deadlock", env);
        let text = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{text}");
        let start = "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n\t/src/main.go:77 +0x";
        assert!(text.starts_with(start), "{env:?}: {text}");
    }
}

/// `defer func() { r = recover() + 1 }()` in a function that panics below other frames; the value comes back through the named result.
#[test]
fn recover_resumes_at_the_landing_block() {
    let mut maker = Maker::new();
    let frame = typed_layout(&mut maker, 3, 0b011);
    let node = typed_layout(&mut maker, 2, 0b11);
    let word = typed_layout(&mut maker, 1, 0);
    let fun = typed_layout(&mut maker, 2, 0b10);
    let boxed = typed_layout(&mut maker, 1, 0);
    let int_type = maker.module.layouts[boxed].desc.expect("typed");
    // The deferred closure: {code, address of the result}.
    let mut b = maker.func("main.f.func1", &[Type::Ptr], &[]);
    let ctx = b.params[0];
    let [some, none] = std::array::from_fn(|_| b.func.add_block());
    let fp = b.val(InstData::FramePointer);
    let e = b.rt("gorc_gorecover", &[fp]);
    let null = b.val(InstData::Null);
    let nil = b.val(InstData::Icmp { cc: IntCC::Eq, args: [e[0], null] });
    b.brif(nil, none, some);
    b.block = some;
    let v = b.load(Type::I64, e[1], 0);
    let v = add_const(&mut b, v, 1);
    let out = b.load(Type::Ptr, ctx, 8);
    b.store(v, out, 0);
    b.add(InstData::Return { args: Values::new() });
    b.block = none;
    b.ret(&[]);
    // g(n): recurses, then panics with n boxed.
    let sig = maker.sig(&[Type::I64], &[]);
    maker.module.declare("main.g", sig);
    let mut b = maker.func("main.g", &[Type::I64], &[]);
    let n = b.params[0];
    let [end, more] = std::array::from_fn(|_| b.func.add_block());
    let done = is_zero(&mut b, n);
    b.brif(done, end, more);
    b.block = end;
    let p = b.alloc(boxed, Place::Heap);
    let v = b.int(Type::I64, 41);
    b.store(v, p, 0);
    let t = b.val(InstData::GlobalAddr { global: int_type, offset: 0 });
    b.rt("gorc_gopanic", &[t, p]);
    b.add(InstData::Unreachable);
    b.block = more;
    let less = add_const(&mut b, n, -1);
    b.call("main.g", &[less]);
    b.ret(&[]);
    // f: the slot of ABI.md, one deferred call.
    let mut b = maker.func("main.f", &[Type::I64], &[Type::I64]);
    let n = b.params[0];
    let slot = b.alloc(frame, Place::Stack);
    let ret = b.alloc(word, Place::Heap);
    let ret_slot = b.alloc(fun, Place::Stack);
    b.store(ret, ret_slot, 8);
    let g = b.val(InstData::GetG);
    let prev = b.load(Type::Ptr, g, abi::g::DFRAME as i32);
    b.store(prev, slot, abi::g::defer_frame::PREV as i32);
    b.store(slot, g, abi::g::DFRAME as i32);
    let f = closure(&mut b, fun, "main.f.func1", &[ret]);
    let d = b.alloc(node, Place::Heap);
    b.store(f, d, 8);
    b.store(d, slot, abi::g::defer_frame::HEAD as i32);
    let [normal, landing, exit, call, done] = std::array::from_fn(|_| b.func.add_block());
    b.add(InstData::Enter { normal, landing });
    b.block = normal;
    b.call("main.g", &[n]);
    b.jump(exit, &[]);
    b.block = landing;
    b.jump(exit, &[]);
    b.block = exit;
    let head = b.load(Type::Ptr, slot, abi::g::defer_frame::HEAD as i32);
    let null = b.val(InstData::Null);
    let empty = b.val(InstData::Icmp { cc: IntCC::Eq, args: [head, null] });
    b.brif(empty, done, call);
    b.block = call;
    let next = b.load(Type::Ptr, head, 0);
    b.store(next, slot, abi::g::defer_frame::HEAD as i32);
    let f = b.load(Type::Ptr, head, 8);
    let none = b.maker.sig(&[Type::Ptr], &[]);
    b.add(InstData::CallClosure { sig: none, callee: f, args: Values::new() });
    b.jump(exit, &[]);
    b.block = done;
    let prev = b.load(Type::Ptr, slot, abi::g::defer_frame::PREV as i32);
    let g = b.val(InstData::GetG);
    b.store(prev, g, abi::g::DFRAME as i32);
    let ret = b.load(Type::Ptr, ret_slot, 8);
    let r = b.load(Type::I64, ret, 0);
    b.ret(&[r]);
    let mut b = maker.func("go.main", &[], &[]);
    for depth in [0, 5, 300] {
        let n = b.int(Type::I64, depth);
        let r = b.call("main.f", &[n])[0];
        print_line(&mut b, r);
    }
    b.ret(&[]);
    expect(&maker, "recover", 0, "42\n42\n42\n");
}

/// A goroutine that spins does not keep others, or a collection, from running; sleeping works.
#[test]
fn preemption_and_sleep() {
    let mut maker = Maker::new();
    let fun = typed_layout(&mut maker, 1, 0);
    let word = typed_layout(&mut maker, 1, 0);
    let mut b = maker.func("main.spin", &[Type::Ptr], &[]);
    let head = b.func.add_block();
    b.jump(head, &[]);
    b.block = head;
    b.jump(head, &[]);
    b.done();
    let mut b = maker.func("go.main", &[], &[]);
    for _ in 0..6 {
        let f = closure(&mut b, fun, "main.spin", &[]);
        b.rt("gorc_newproc", &[f]);
    }
    let block = b.alloc(word, Place::Stack);
    let name = b.maker.module.string("time.Sleep");
    for _ in 0..3 {
        let nanos = b.int(Type::I64, 2_000_000);
        b.store(nanos, block, 0);
        b.add(InstData::CallStd { name, block });
        b.alloc(word, Place::Heap);
    }
    print_text(&mut b, "awake\n");
    b.ret(&[]);
    expect(&maker, "spin", 0, "awake\n");
}

/// Descriptor of a basic type.
fn basic_type(maker: &mut Maker, kind: u8) -> GlobalId {
    let mut data = vec![0u8; 48];
    data[0] = 8;
    data[21] = 8;
    data[22] = 8;
    data[23] = kind;
    let symbol = format!("basic:{kind}");
    maker.module.globals.push(Global {
        symbol,
        section: Section::Types,
        size: 48,
        align: 8,
        data,
        relocs: vec![],
        layout: None,
        typelink: false,
        external: false,
    })
}

fn func_type(maker: &mut Maker, symbol: &str, params: &[GlobalId], results: &[GlobalId]) -> GlobalId {
    let n = params.len() + results.len();
    let mut data = vec![0u8; 56 + 8 * n];
    data[0] = 8;
    data[8] = 8;
    data[23] = abi::typedesc::kind::FUNC;
    data[48..50].copy_from_slice(&(params.len() as u16).to_le_bytes());
    data[50..52].copy_from_slice(&(results.len() as u16).to_le_bytes());
    let relocs = params
        .iter()
        .chain(results)
        .enumerate()
        .map(|(i, &t)| Reloc { offset: 56 + 8 * i as u32, target: Target::Global(t), addend: 0, kind: RelocKind::Abs64 })
        .collect();
    let size = data.len() as u64;
    maker.module.globals.push(Global {
        symbol: symbol.into(),
        section: Section::Types,
        size,
        align: 8,
        data,
        relocs,
        layout: None,
        typelink: false,
        external: false,
    })
}

/// A function with ten integers and a float among them, three of them on the stack, is called through reflection: directly, and through a function
/// made by MakeFunc whose body adds what it finds in its block.
#[test]
fn reflection_calls_both_ways() {
    let mut maker = Maker::new();
    let word = typed_layout(&mut maker, 1, 0);
    let args_layout = typed_layout(&mut maker, 11, 0);
    let out_layout = typed_layout(&mut maker, 2, 0);
    let block_layout = typed_layout(&mut maker, 4, 0b1111);
    let fun = typed_layout(&mut maker, 2, 0);
    let int = basic_type(&mut maker, abi::typedesc::kind::INT);
    let float = basic_type(&mut maker, abi::typedesc::kind::FLOAT64);
    let mut params = vec![int; 11];
    params[5] = float;
    let typ = func_type(&mut maker, "func:t", &params, &[int, float]);
    let mut types = vec![Type::I64; 11];
    types[5] = Type::F64;
    types.push(Type::Ptr);
    // Deep enough to grow the stack.
    let sig = maker.sig(&[Type::I64], &[]);
    maker.module.declare("deep", sig);
    let mut b = maker.func("deep", &[Type::I64], &[]);
    let n = b.params[0];
    let [end, more] = std::array::from_fn(|_| b.func.add_block());
    let done = is_zero(&mut b, n);
    b.brif(done, end, more);
    b.block = end;
    b.add(InstData::Return { args: Values::new() });
    b.block = more;
    let less = add_const(&mut b, n, -1);
    b.call("deep", &[less]);
    b.ret(&[]);
    let weighted = |b: &mut Body<'_>, values: &[Value]| {
        let mut sum = b.int(Type::I64, 0);
        for (i, &v) in values.iter().enumerate() {
            let v = if i == 5 { b.val(InstData::Convert { op: ConvertOp::FToSI, ty: Type::I64, arg: v }) } else { v };
            let w = b.int(Type::I64, i as i64 + 1);
            let v = binary(b, BinaryOp::Mul, v, w);
            sum = binary(b, BinaryOp::Add, sum, v);
        }
        sum
    };
    let mut b = maker.func("target", &types, &[Type::I64, Type::F64]);
    let n = b.int(Type::I64, 200);
    b.call("deep", &[n]);
    let values = b.params[..11].to_vec();
    let sum = weighted(&mut b, &values);
    let f = b.params[5];
    b.ret(&[sum, f]);
    // callReflect(closure, args, results, ctx)
    let mut b = maker.func("callReflect", &[Type::Ptr, Type::Ptr, Type::Ptr, Type::Ptr], &[]);
    let n = b.int(Type::I64, 200);
    b.call("deep", &[n]);
    let (args, results) = (b.params[1], b.params[2]);
    b.alloc(word, Place::Heap);
    let values: Vec<Value> = (0..11).map(|i| b.load(if i == 5 { Type::F64 } else { Type::I64 }, args, 8 * i)).collect();
    let sum = weighted(&mut b, &values);
    let sum = add_const(&mut b, sum, 1000);
    b.store(sum, results, 0);
    b.store(values[5], results, 8);
    b.ret(&[]);
    let mut b = maker.func("go.main", &[], &[]);
    let t = b.val(InstData::GlobalAddr { global: typ, offset: 0 });
    let args = b.alloc(args_layout, Place::Heap);
    let results = b.alloc(out_layout, Place::Heap);
    for i in 0..11 {
        let v = b.int(Type::I64, 10 * i + 1);
        let v = if i == 5 { b.val(InstData::Convert { op: ConvertOp::SIToF, ty: Type::F64, arg: v }) } else { v };
        b.store(v, args, 8 * i as i32);
    }
    let block = b.alloc(block_layout, Place::Stack);
    let [call, make] = ["reflect.call", "reflect.makeFuncCode"].map(|s| b.maker.module.string(s));
    let report = |b: &mut Body<'_>| {
        let r = b.load(Type::I64, results, 0);
        print_line(b, r);
        let f = b.load(Type::F64, results, 8);
        let f = b.val(InstData::Convert { op: ConvertOp::FToSI, ty: Type::I64, arg: f });
        print_line(b, f);
    };
    let f = closure(&mut b, fun, "target", &[]);
    for (i, v) in [f, t, args, results].into_iter().enumerate() {
        b.store(v, block, 8 * i as i32);
    }
    b.add(InstData::CallStd { name: call, block });
    report(&mut b);
    let cr = closure(&mut b, fun, "callReflect", &[]);
    b.store(t, block, 0);
    b.store(cr, block, 8);
    b.add(InstData::CallStd { name: make, block });
    let code = b.load(Type::Ptr, block, 16);
    let made = b.alloc(fun, Place::Heap);
    b.store(code, made, 0);
    b.store(t, made, 8);
    for (i, v) in [made, t, args, results].into_iter().enumerate() {
        b.store(v, block, 8 * i as i32);
    }
    b.add(InstData::CallStd { name: call, block });
    report(&mut b);
    // And by an ordinary call of the func value.
    let sig = b.maker.sig(&types, &[Type::I64, Type::F64]);
    let values: Values = (0..11).map(|i| b.load(if i == 5 { Type::F64 } else { Type::I64 }, args, 8 * i)).collect();
    let inst = b.add(InstData::CallClosure { sig, callee: made, args: values });
    let r = b.func.results[inst][0];
    print_line(&mut b, r);
    b.add(InstData::KeepAlive { arg: cr });
    b.ret(&[]);
    let sum: i64 = (0..11).map(|i| (i + 1) * (10 * i + 1)).sum();
    expect(&maker, "reflect", 0, &format!("{sum}\n51\n{}\n51\n{}\n", sum + 1000, sum + 1000));
}

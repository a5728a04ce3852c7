//! The text form: what is printed reads back the same, and what is wrong is reported with its line.

use ir::{parse, print};

#[test]
fn round_trip() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/ir/module.ir")).expect("readable");
    let module = parse::module(&text).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(print::module(&module), text);
}

/// Values keep their types when the definition stands below the use.
#[test]
fn types_in_any_order() {
    let module = parse::module(
        "func \"f\"(i64) -> i64 {\nblock0(v0: i64):\n jump block2\nblock1:\n v2 = add v1, v0\n return v2\nblock2:\n v1 = mul v0, v0\n jump block1\n}",
    )
    .expect("parses");
    let func = module.funcs.values().next().and_then(|d| d.body.as_ref()).expect("a body");
    ir::verify::function(&module, func).expect("well-formed");
}

#[test]
fn errors() {
    let body = |line: &str| format!("declare \"g\"(i64) -> i64\nfunc \"f\"(i64) {{\nblock0(v0: i64):\n    {line}\n    return\n}}\n");
    let cases = [
        ("bogus", "line 1: expected an item (file, layout, global, declare, func), found `bogus`".to_owned()),
        ("declare \"f\"(i64)\ndeclare \"f\"(i64)", "line 2: function \"f\" is there twice".to_owned()),
        ("layout0 = size 8 align 8\nlayout1 = size 8 align 8", "line 2: layout1 equals layout0".to_owned()),
        ("layout0 = size 8 align 8 desc \"t\"", "line 1: no global \"t\"".to_owned()),
        ("func \"f\"() {", "line 1: function without end".to_owned()),
        ("file \"a", "line 1: string without end".to_owned()),
        (&body("v1 = add v0"), "line 4: expected 2 operands, found `v0`".to_owned()),
        (&body("v1 = add v0, v9"), "line 4: v9 is not defined".to_owned()),
        (&body("v0 = iconst.i64 1"), "line 4: v0 is defined twice".to_owned()),
        (&body("v1 = frob v0"), "line 4: no instruction `frob`".to_owned()),
        (&body("v1, v2 = call \"g\"(v0)"), "line 4: 1 results, not 2".to_owned()),
        (&body("v1 = call \"h\"(v0)"), "line 4: no function \"h\"".to_owned()),
        (&body("jump block5"), "line 4: block5 is not defined".to_owned()),
        (&body("v1 = add v2, v0\n    v2 = add v1, v0"), "line 4: the instruction depends on itself".to_owned()),
        (&body("v1 = iconst.i65 1"), "line 4: no type `i65`".to_owned()),
        (&body("store v0, [v0+99999999999]"), "line 4: offset out of range".to_owned()),
        (&body("poll poll"), "line 4: expected the end of the line, found `poll`".to_owned()),
    ];
    for (text, want) in cases {
        let error = parse::module(text).map(|_| ()).expect_err(text);
        assert_eq!(error.to_string(), want, "{text}");
    }
}

//! Reads the text form that [`print`](crate::print) writes: whole modules, for tests of `opt` and `codegen`.
//!
//! Two walks over the lines: the first declares functions and globals so that names resolve in any order and ids
//! follow the text, the second reads layouts, data and bodies. Values and blocks keep their printed numbers; numbers
//! that do not occur belong to no instruction. Locations are lines of the first file: columns and inlining are not
//! part of the text. Rules of the IR are not checked here but by [`verify`](crate::verify).

use crate::print::lower_name;
use crate::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::fmt::{self, Display, Formatter};

/// What is wrong with a text, and where (lines count from 1).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    pub line: usize,
    pub text: String,
}

impl Display for ParseError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.text)
    }
}

impl std::error::Error for ParseError {}

type Result<T> = std::result::Result<T, ParseError>;

/// Values and blocks are dense maps: a number beyond this is a typing error, not a program.
const MAX_NUMBER: u32 = 1 << 22;

/// Reads a module.
///
/// # Errors
/// The first line that is not of the text form, uses an unknown name, or defines one twice.
pub fn module(text: &str) -> Result<Module> {
    let mut lines = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let tokens = tokens(line).map_err(|text| ParseError { line: n + 1, text })?;
        if !tokens.is_empty() {
            lines.push(Line { number: n + 1, tokens, at: 0 });
        }
    }
    let mut parser = Parser {
        module: Module::default(),
        names: Names::new(),
        globals: FxHashMap::default(),
        layouts: FxHashMap::default(),
        symbols: FxHashMap::default(),
    };
    parser.declare_all(&lines)?;
    parser.read_all(lines)?;
    Ok(parser.module)
}

#[derive(Clone, PartialEq, Debug)]
enum Token {
    /// Letters, digits, `_` and `.`.
    Word(String),
    /// Sign (if any) and digits.
    Number {
        text: String,
        signed: bool,
    },
    Text(String),
    /// `->`, `=>` or one character.
    Mark(&'static str),
}

impl Display for Token {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Token::Word(text) | Token::Number { text, .. } => write!(f, "`{text}`"),
            Token::Text(text) => write!(f, "{text:?}"),
            Token::Mark(mark) => write!(f, "`{mark}`"),
        }
    }
}

fn tokens(line: &str) -> std::result::Result<Vec<Token>, String> {
    let chars: Vec<char> = line.chars().collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        if c == ';' {
            break;
        } else if c.is_whitespace() {
            at += 1;
        } else if c.is_ascii_alphabetic() || c == '_' {
            let start = at;
            while chars.get(at).is_some_and(|&c| c.is_ascii_alphanumeric() || c == '_' || c == '.') {
                at += 1;
            }
            out.push(Token::Word(chars[start..at].iter().collect()));
        } else if c.is_ascii_digit() || matches!(c, '+' | '-') && next.is_some_and(|n| n.is_ascii_digit()) {
            let start = at;
            at += 1;
            while chars.get(at).is_some_and(|c| c.is_ascii_alphanumeric()) {
                at += 1;
            }
            out.push(Token::Number { text: chars[start..at].iter().collect(), signed: !c.is_ascii_digit() });
        } else if c == '"' {
            let (text, end) = quoted(&chars, at + 1)?;
            out.push(Token::Text(text));
            at = end;
        } else {
            let two: String = chars[at..(at + 2).min(chars.len())].iter().collect();
            let mark = ["->", "=>", "(", ")", "[", "]", "{", "}", ",", ":", "=", "@"].into_iter().find(|m| *m == two || m.chars().eq([c]));
            let mark = mark.ok_or_else(|| format!("unexpected character {c:?}"))?;
            at += mark.len();
            out.push(Token::Mark(mark));
        }
    }
    Ok(out)
}

/// The rest of a string in Rust's `{:?}` form; returns the position after the closing quote.
fn quoted(chars: &[char], mut at: usize) -> std::result::Result<(String, usize), String> {
    let mut text = String::new();
    loop {
        let c = *chars.get(at).ok_or("string without end")?;
        at += 1;
        match c {
            '"' => return Ok((text, at)),
            '\\' => {
                let c = *chars.get(at).ok_or("string without end")?;
                at += 1;
                text.push(match c {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\0',
                    '\\' | '"' | '\'' => c,
                    'u' => {
                        let end = chars[at..].iter().position(|&c| c == '}').ok_or("\\u without }")? + at;
                        let digits: String = chars[(at + 1).min(end)..end].iter().collect();
                        at = end + 1;
                        u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).ok_or("bad \\u escape")?
                    }
                    _ => return Err(format!("bad escape \\{c}")),
                });
            }
            _ => text.push(c),
        }
    }
}

#[derive(Clone)]
struct Line {
    number: usize,
    tokens: Vec<Token>,
    at: usize,
}

impl Line {
    fn error<T>(&self, text: impl Into<String>) -> Result<T> {
        Err(ParseError { line: self.number, text: text.into() })
    }
    fn expected<T>(&self, what: &str) -> Result<T> {
        match self.tokens.get(self.at) {
            Some(token) => self.error(format!("expected {what}, found {token}")),
            None => self.error(format!("expected {what}, found the end of the line")),
        }
    }
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }
    fn eat(&mut self, mark: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Mark(m)) if *m == mark);
        self.at += found as usize;
        found
    }
    fn expect(&mut self, mark: &str) -> Result<()> {
        if self.eat(mark) { Ok(()) } else { self.expected(&format!("`{mark}`")) }
    }
    fn eat_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(w)) if w == word);
        self.at += found as usize;
        found
    }
    fn word(&mut self, what: &str) -> Result<String> {
        match self.peek() {
            Some(Token::Word(word)) => {
                let word = word.clone();
                self.at += 1;
                Ok(word)
            }
            _ => self.expected(what),
        }
    }
    fn text(&mut self, what: &str) -> Result<String> {
        match self.peek() {
            Some(Token::Text(text)) => {
                let text = text.clone();
                self.at += 1;
                Ok(text)
            }
            _ => self.expected(what),
        }
    }
    /// A number in decimal or, with `0x`, hexadecimal; its low 64 bits.
    fn number(&mut self, what: &str) -> Result<i64> {
        let Some(Token::Number { text, .. }) = self.peek() else { return self.expected(what) };
        let (negative, digits) = match text.as_bytes()[0] {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, &text[..]),
        };
        let magnitude = match digits.strip_prefix("0x") {
            Some(hex) => u64::from_str_radix(hex, 16).ok(),
            None => digits.parse::<u64>().ok(),
        };
        match magnitude {
            Some(n) => {
                self.at += 1;
                Ok(if negative { (n as i64).wrapping_neg() } else { n as i64 })
            }
            None => self.expected(what),
        }
    }
    fn small<T: TryFrom<i64>>(&mut self, what: &str) -> Result<T> {
        let start = self.at;
        let n = self.number(what)?;
        T::try_from(n).or_else(|_| {
            self.at = start;
            self.expected(&format!("{what} in range"))
        })
    }
    /// `+n` or `-n` if it comes next, else 0.
    fn addend(&mut self) -> Result<i64> {
        if matches!(self.peek(), Some(Token::Number { signed: true, .. })) { self.number("an offset") } else { Ok(0) }
    }
    /// A word of `prefix` and a number: `v12`, `block3`.
    fn id(&mut self, prefix: &str) -> Result<u32> {
        let number = match self.peek() {
            Some(Token::Word(word)) => word.strip_prefix(prefix).and_then(|n| n.parse::<u32>().ok()),
            _ => None,
        };
        match number {
            Some(n) if n < MAX_NUMBER => {
                self.at += 1;
                Ok(n)
            }
            _ => self.expected(&format!("`{prefix}` and a number")),
        }
    }
    fn value(&mut self) -> Result<Value> {
        self.id("v").map(Value::from_u32)
    }
    fn block(&mut self) -> Result<Block> {
        self.id("block").map(Block::from_u32)
    }
    fn ty(&mut self) -> Result<Type> {
        match self.peek() {
            Some(Token::Word(word)) if type_named(word).is_some() => {
                let ty = type_named(word).expect("tested");
                self.at += 1;
                Ok(ty)
            }
            _ => self.expected("a type"),
        }
    }
    /// Values up to the end of the list, if any.
    fn values(&mut self) -> Result<Values> {
        let mut list = Values::new();
        if matches!(self.peek(), Some(Token::Word(_))) {
            list.push(self.value()?);
            while self.eat(",") {
                list.push(self.value()?);
            }
        }
        Ok(list)
    }
    fn some_values<const N: usize>(&mut self) -> Result<[Value; N]> {
        let start = self.at;
        let list = self.values()?;
        list.as_slice().try_into().or_else(|_| {
            self.at = start;
            self.expected(&format!("{N} operands"))
        })
    }
    fn dest(&mut self) -> Result<BlockCall> {
        let block = self.block()?;
        let mut args = Values::new();
        if self.eat("(") {
            args = self.values()?;
            self.expect(")")?;
        }
        Ok(BlockCall { block, args })
    }
    fn signature(&mut self) -> Result<Signature> {
        let mut sig = Signature::default();
        self.expect("(")?;
        self.types(&mut sig.params)?;
        if self.eat("->") {
            if self.eat("(") {
                self.types(&mut sig.results)?;
            } else {
                sig.results.push(self.ty()?);
            }
        }
        Ok(sig)
    }
    /// Types up to and with the closing parenthesis.
    fn types(&mut self, list: &mut Vec<Type>) -> Result<()> {
        if self.eat(")") {
            return Ok(());
        }
        loop {
            list.push(self.ty()?);
            if !self.eat(",") {
                return self.expect(")");
            }
        }
    }
    fn end(&self) -> Result<()> {
        if self.at == self.tokens.len() { Ok(()) } else { self.expected("the end of the line") }
    }
}

fn type_named(word: &str) -> Option<Type> {
    use Type::*;
    [I8, I16, I32, I64, F32, F64, Ptr].into_iter().find(|ty| ty.to_string() == word)
}

/// Operations by their printed names.
struct Names {
    unary: FxHashMap<String, UnaryOp>,
    binary: FxHashMap<String, BinaryOp>,
    convert: FxHashMap<String, ConvertOp>,
    int: FxHashMap<String, IntCC>,
    float: FxHashMap<String, FloatCC>,
    check: FxHashMap<String, CheckKind>,
    atomic: FxHashMap<String, AtomicOp>,
    place: FxHashMap<String, Place>,
}

impl Names {
    fn new() -> Names {
        fn table<T: fmt::Debug>(all: impl IntoIterator<Item = T>) -> FxHashMap<String, T> {
            all.into_iter().map(|op| (lower_name(&op), op)).collect()
        }
        use {BinaryOp as B, CheckKind as C, ConvertOp as V, UnaryOp as U};
        Names {
            unary: table([
                U::Neg,
                U::Not,
                U::FNeg,
                U::FAbs,
                U::FSqrt,
                U::FFloor,
                U::FCeil,
                U::FTrunc,
                U::FNearest,
                U::Clz,
                U::Ctz,
                U::Popcnt,
                U::Bswap,
                U::Bitrev,
            ]),
            binary: table([
                B::Add,
                B::Sub,
                B::Mul,
                B::SDiv,
                B::UDiv,
                B::SRem,
                B::URem,
                B::And,
                B::Or,
                B::Xor,
                B::AndNot,
                B::Shl,
                B::LShr,
                B::AShr,
                B::Rotl,
                B::UMulHi,
                B::SMulHi,
                B::FAdd,
                B::FSub,
                B::FMul,
                B::FDiv,
                B::FMin,
                B::FMax,
                B::FCopysign,
            ]),
            convert: table([
                V::Trunc,
                V::ZExt,
                V::SExt,
                V::FPromote,
                V::FDemote,
                V::SIToF,
                V::UIToF,
                V::FToSI,
                V::FToUI,
                V::Bitcast,
                V::PtrToInt,
                V::IntToPtr,
            ]),
            int: table([IntCC::Eq, IntCC::Ne, IntCC::Slt, IntCC::Sle, IntCC::Sgt, IntCC::Sge, IntCC::Ult, IntCC::Ule, IntCC::Ugt, IntCC::Uge]),
            float: table([FloatCC::Eq, FloatCC::Ne, FloatCC::Lt, FloatCC::Le, FloatCC::Gt, FloatCC::Ge]),
            check: table([
                C::Index,
                C::IndexU,
                C::SliceAlen,
                C::SliceAlenU,
                C::SliceAcap,
                C::SliceAcapU,
                C::SliceB,
                C::SliceBU,
                C::Slice3Alen,
                C::Slice3AlenU,
                C::Slice3Acap,
                C::Slice3AcapU,
                C::Slice3B,
                C::Slice3BU,
                C::Slice3C,
                C::Slice3CU,
                C::SliceConvert,
                C::Div,
                C::Shift,
                C::Nil,
            ]),
            atomic: table([AtomicOp::Add, AtomicOp::And, AtomicOp::Or, AtomicOp::Xchg]),
            place: table([Place::Unknown, Place::Heap, Place::Stack, Place::Optional]),
        }
    }
}

struct Parser {
    module: Module,
    names: Names,
    globals: FxHashMap<String, GlobalId>,
    layouts: FxHashMap<u32, LayoutId>,
    symbols: FxHashMap<String, u32>,
}

/// A parsed line of a body.
struct Pending {
    line: usize,
    inst: Inst,
    results: Vec<Value>,
}

impl Parser {
    fn declare_all(&mut self, lines: &[Line]) -> Result<()> {
        let mut inside = false;
        for line in lines {
            let mut line = line.clone();
            if inside {
                inside = !line.eat("}");
                continue;
            }
            let is_func = line.eat_word("func");
            if is_func || line.eat_word("declare") {
                let symbol = line.text("a function's symbol")?;
                if self.module.find(&symbol).is_some() {
                    return line.error(format!("function {symbol:?} is there twice"));
                }
                let sig = line.signature()?;
                let sig = self.module.sig(sig);
                self.module.declare(&symbol, sig);
                inside = is_func;
            } else if line.eat_word("global") {
                let symbol = line.text("a global's symbol")?;
                let global = Global {
                    symbol: symbol.clone(),
                    section: Section::Data,
                    size: 0,
                    align: 1,
                    data: Vec::new(),
                    relocs: Vec::new(),
                    layout: None,
                    typelink: false,
                    external: false,
                };
                let id = self.module.globals.push(global);
                if self.globals.insert(symbol.clone(), id).is_some() {
                    return line.error(format!("global {symbol:?} is there twice"));
                }
            }
        }
        Ok(())
    }

    fn read_all(&mut self, lines: Vec<Line>) -> Result<()> {
        let mut lines = lines.into_iter();
        while let Some(mut line) = lines.next() {
            if line.eat_word("file") {
                let path = line.text("a path")?;
                self.module.files.push(path);
            } else if line.eat_word("declare") {
                line.text("a symbol")?;
                line.signature()?;
            } else if line.eat_word("global") {
                self.global(&mut line)?;
            } else if line.eat_word("func") {
                let mut body = Vec::new();
                let start = line.number;
                loop {
                    match lines.next() {
                        Some(next) if next.tokens[0] == Token::Mark("}") => {
                            let next = Line { at: 1, ..next };
                            next.end()?;
                            break;
                        }
                        Some(next) => body.push(next),
                        None => return Err(ParseError { line: start, text: "function without end".into() }),
                    }
                }
                self.func(line, body)?;
                continue;
            } else if matches!(line.peek(), Some(Token::Word(w)) if w.starts_with("layout")) {
                self.layout(&mut line)?;
            } else {
                return line.expected("an item (file, layout, global, declare, func)");
            }
            line.end()?;
        }
        Ok(())
    }

    fn layout(&mut self, line: &mut Line) -> Result<()> {
        let number = line.id("layout")?;
        let mut layout = Layout { size: 0, align: 1, pointers: Vec::new(), repeat: 1, desc: None };
        line.expect("=")?;
        while line.peek().is_some() {
            match line.word("a property of the layout")?.as_str() {
                "size" => layout.size = line.small("a size")?,
                "align" => layout.align = line.small("an alignment")?,
                "repeat" => layout.repeat = line.small("a count")?,
                "pointers" => {
                    line.expect("[")?;
                    while !line.eat("]") {
                        layout.pointers.push(line.number("a mask")? as u64);
                        line.eat(",");
                    }
                }
                "desc" => layout.desc = Some(self.global_named(line)?),
                _ => {
                    line.at -= 1;
                    return line.expected("size, align, repeat, pointers or desc");
                }
            }
        }
        let count = self.module.layouts.len();
        let id = self.module.layout(layout);
        if id.as_u32() as usize != count {
            return line.error(format!("layout{number} equals {id}"));
        }
        if self.layouts.insert(number, id).is_some() {
            return line.error(format!("layout{number} is there twice"));
        }
        Ok(())
    }

    fn global_named(&self, line: &mut Line) -> Result<GlobalId> {
        let name = line.text("a global's symbol")?;
        self.globals.get(&name).copied().ok_or(()).or_else(|()| line.error(format!("no global {name:?}")))
    }

    fn func_named(&self, line: &mut Line) -> Result<FuncId> {
        let name = line.text("a function's symbol")?;
        self.module.find(&name).ok_or(()).or_else(|()| line.error(format!("no function {name:?}")))
    }

    fn layout_named(&self, line: &mut Line) -> Result<LayoutId> {
        let number = line.id("layout")?;
        self.layouts.get(&number).copied().ok_or(()).or_else(|()| line.error(format!("no layout{number} before this line")))
    }

    fn global(&mut self, line: &mut Line) -> Result<()> {
        let id = self.global_named(line)?;
        let section = match line.word("a section")?.as_str() {
            "readonly" => Section::ReadOnly,
            "data" => Section::Data,
            "types" => Section::Types,
            "itab" => Section::Itab,
            _ => {
                line.at -= 1;
                return line.expected("readonly, data, types or itab");
            }
        };
        self.module.globals[id].section = section;
        while line.peek().is_some() {
            match line.word("a property of the global")?.as_str() {
                "size" => self.module.globals[id].size = line.small("a size")?,
                "align" => self.module.globals[id].align = line.small("an alignment")?,
                "layout" => {
                    line.at -= 1;
                    return line.expected("a numbered layout");
                }
                "typelink" => self.module.globals[id].typelink = true,
                "external" => self.module.globals[id].external = true,
                "bytes" => {
                    let hex = line.text("bytes in hexadecimal")?;
                    let digits: Option<Vec<u8>> = hex.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect();
                    match digits {
                        Some(digits) if digits.len().is_multiple_of(2) => {
                            self.module.globals[id].data = digits.chunks(2).map(|two| two[0] << 4 | two[1]).collect();
                        }
                        _ => return line.error("bytes are pairs of hexadecimal digits"),
                    }
                }
                "reloc" => {
                    let reloc = self.reloc(line)?;
                    self.module.globals[id].relocs.push(reloc);
                }
                word if word.starts_with("layout") => {
                    line.at -= 1;
                    self.module.globals[id].layout = Some(self.layout_named(line)?);
                }
                _ => {
                    line.at -= 1;
                    return line.expected("a property of a global");
                }
            }
        }
        Ok(())
    }

    fn reloc(&mut self, line: &mut Line) -> Result<Reloc> {
        let offset = line.small("an offset")?;
        let kind = match line.word("a kind of relocation")?.as_str() {
            "abs64" => RelocKind::Abs64,
            "typeoff32" => RelocKind::TypeOff32,
            "textoff32" => RelocKind::TextOff32,
            _ => {
                line.at -= 1;
                return line.expected("abs64, typeoff32 or textoff32");
            }
        };
        let target = if line.eat_word("func") {
            Target::Func(self.func_named(line)?)
        } else if line.eat_word("global") {
            Target::Global(self.global_named(line)?)
        } else if line.eat_word("symbol") {
            let name = line.text("a symbol")?;
            let next = self.module.symbols.len() as u32;
            let index = *self.symbols.entry(name.clone()).or_insert(next);
            if index == next {
                self.module.symbols.push(name);
            }
            Target::Symbol(index)
        } else {
            return line.expected("func, global or symbol");
        };
        let addend = line.addend()?;
        Ok(Reloc { offset, target, addend, kind })
    }

    fn func(&mut self, mut head: Line, body: Vec<Line>) -> Result<()> {
        let id = self.func_named(&mut head)?;
        let symbol = self.module.funcs[id].symbol.clone();
        head.signature()?;
        let sig = self.module.funcs[id].sig;
        let mut flags = FuncFlags::default();
        let mut name = None;
        while !head.eat("{") {
            match head.word("a flag or `{`")?.as_str() {
                "wrapper" => flags.wrapper = true,
                "noinline" => flags.no_inline = true,
                "closure" => flags.closure = true,
                "recover" => flags.has_recover = true,
                "no_params" => flags.no_params = true,
                "noreturn" => flags.no_return = true,
                "runtime" => flags.runtime = true,
                "name" => name = Some(head.text("the function's name")?),
                _ => {
                    head.at -= 1;
                    return head.expected("a flag or `{`");
                }
            }
        }
        head.end()?;
        let loc = self.loc(head.number as u32);
        let mut func = Function::new(name.unwrap_or(symbol), sig, loc);
        func.flags = flags;
        self.make_entities(&mut func, &body);
        let pending = self.body(&mut func, body)?;
        if let Some(first) = func.layout.first().and_then(|&b| func.blocks[b].insts.first())
            && let Some(loc) = func.locs[*first]
        {
            func.loc = loc;
        }
        self.define_results(&mut func, pending)?;
        self.module.funcs[id].body = Some(func);
        Ok(())
    }

    fn loc(&mut self, line: u32) -> LocId {
        if self.module.files.is_empty() {
            self.module.files.push("/src/main.go".to_owned());
        }
        self.module.loc(Loc { file: 0, line, column: 0, inlined: None })
    }

    /// Blocks and values of all numbers that occur. A value without definition is found out when it is used.
    fn make_entities(&mut self, func: &mut Function, body: &[Line]) {
        let mut n_blocks = 0;
        let mut n_values = 0;
        for token in body.iter().flat_map(|line| &line.tokens) {
            if let Token::Word(word) = token {
                let number = |prefix: &str| word.strip_prefix(prefix).and_then(|n| n.parse::<u32>().ok()).filter(|&n| n < MAX_NUMBER);
                n_blocks = n_blocks.max(number("block").map_or(0, |n| n + 1));
                n_values = n_values.max(number("v").map_or(0, |n| n + 1));
            }
        }
        for _ in 0..n_blocks {
            func.blocks.push(BlockData::default());
        }
        for _ in 0..n_values {
            func.values.push(ValueData { ty: Type::I8, def: ValueDef::Param(Block::from_u32(0), u32::MAX) });
        }
    }

    fn body(&mut self, func: &mut Function, body: Vec<Line>) -> Result<Vec<Pending>> {
        let mut pending = Vec::new();
        let mut seen = vec![false; func.values.len()];
        let mut defined = vec![false; func.blocks.len()];
        for mut line in body {
            let is_head =
                matches!(line.peek(), Some(Token::Word(w)) if w.starts_with("block")) && !matches!(line.tokens.get(1), Some(Token::Mark("=")));
            if is_head {
                let block = line.block()?;
                if std::mem::replace(&mut defined[block.as_u32() as usize], true) {
                    return line.error(format!("{block} is there twice"));
                }
                func.layout.push(block);
                if line.eat("(") {
                    while !line.eat(")") {
                        let value = line.value()?;
                        line.expect(":")?;
                        let ty = line.ty()?;
                        define(&line, &mut seen, value)?;
                        let n = func.blocks[block].params.len() as u32;
                        func.values[value] = ValueData { ty, def: ValueDef::Param(block, n) };
                        func.blocks[block].params.push(value);
                        line.eat(",");
                    }
                }
                func.blocks[block].cold = line.eat_word("cold");
                line.expect(":")?;
                line.end()?;
                continue;
            }
            let Some(&block) = func.layout.last() else { return line.expected("a block") };
            let mut results = Vec::new();
            if line.tokens.contains(&Token::Mark("=")) {
                results.extend(line.values()?);
                line.expect("=")?;
            }
            for &value in &results {
                define(&line, &mut seen, value)?;
            }
            let data = self.inst(&mut line)?;
            let loc = if line.eat("@") {
                let n = line.small("a line number")?;
                Some(self.loc(n))
            } else {
                None
            };
            line.end()?;
            let inst = func.insts.push(data);
            func.locs[inst] = loc;
            func.blocks[block].insts.push(inst);
            for (n, &value) in results.iter().enumerate() {
                func.values[value].def = ValueDef::Result(inst, n as u32);
            }
            pending.push(Pending { line: line.number, inst, results });
        }
        for entry in &pending {
            let mut unknown = None;
            func.insts[entry.inst].for_each_value(|v| {
                if !seen[v.as_u32() as usize] {
                    unknown.get_or_insert(v.to_string());
                }
            });
            func.insts[entry.inst].for_each_successor(|b, _| {
                if !defined[b.as_u32() as usize] {
                    unknown.get_or_insert(b.to_string());
                }
            });
            if let Some(name) = unknown {
                return Err(ParseError { line: entry.line, text: format!("{name} is not defined") });
            }
        }
        Ok(pending)
    }

    /// Types of results follow from operands, which may be defined further down.
    fn define_results(&self, func: &mut Function, mut pending: Vec<Pending>) -> Result<()> {
        let mut typed: Vec<bool> = func.values.values().map(|v| matches!(v.def, ValueDef::Param(..))).collect();
        while !pending.is_empty() {
            let before = pending.len();
            let mut later = Vec::new();
            for entry in pending {
                // Which operands decide the type is known by `result_types`; waiting for all but block arguments is simpler and terminates as well.
                let mut ready = true;
                if !func.insts[entry.inst].is_terminator() {
                    func.insts[entry.inst].for_each_value(|v| ready &= typed[v.as_u32() as usize]);
                }
                if !ready {
                    later.push(entry);
                    continue;
                }
                let types = self.module.result_types(func, &func.insts[entry.inst]);
                if types.len() != entry.results.len() {
                    let text = format!("{} results, not {}", types.len(), entry.results.len());
                    return Err(ParseError { line: entry.line, text });
                }
                for (&value, ty) in entry.results.iter().zip(types) {
                    func.values[value].ty = ty;
                    typed[value.as_u32() as usize] = true;
                    func.results[entry.inst].push(value);
                }
            }
            if later.len() == before {
                return Err(ParseError { line: later[0].line, text: "the instruction depends on itself".into() });
            }
            pending = later;
        }
        Ok(())
    }

    fn mem(&self, line: &mut Line) -> Result<(Value, i32, MemFlags)> {
        line.expect("[")?;
        let addr = line.value()?;
        let offset = line.addend()?;
        let Ok(offset) = i32::try_from(offset) else { return line.error("offset out of range") };
        line.expect("]")?;
        let notrap = line.eat_word("notrap");
        let readonly = line.eat_word("readonly");
        Ok((addr, offset, MemFlags { notrap, readonly }))
    }

    fn args(&self, line: &mut Line) -> Result<Values> {
        line.expect("(")?;
        let args = line.values()?;
        line.expect(")")?;
        Ok(args)
    }

    fn inst(&mut self, line: &mut Line) -> Result<InstData> {
        let word = line.word("an instruction")?;
        let (name, suffix) = match word.split_once('.') {
            Some((name, suffix)) => (name, Some(suffix)),
            None => (&word[..], None),
        };
        if let Some(suffix) = suffix {
            if name == "alloc" {
                let Some(&place) = self.names.place.get(suffix) else { return line.error(format!("no place `{suffix}`")) };
                let layout = self.layout_named(line)?;
                let text = line.text("a name")?;
                let name = self.module.string(&text);
                return Ok(InstData::Alloc { layout, place, name, implicit: line.eat_word("implicit") });
            }
            let Some(ty) = type_named(suffix) else { return line.error(format!("no type `{suffix}`")) };
            return Ok(match name {
                "iconst" => InstData::Iconst { ty, imm: line.number("a constant")? },
                "fconst" => InstData::Fconst { ty, bits: line.number("bits")? as u64 },
                "load" => {
                    let (addr, offset, flags) = self.mem(line)?;
                    InstData::Load { ty, addr, offset, flags }
                }
                "atomic_load" => InstData::AtomicLoad { ty, addr: line.value()? },
                _ => match self.names.convert.get(name) {
                    Some(&op) => InstData::Convert { op, ty, arg: line.value()? },
                    None => return line.error(format!("no instruction `{word}`")),
                },
            });
        }
        Ok(match name {
            "null" => InstData::Null,
            "func_addr" => InstData::FuncAddr { func: self.func_named(line)? },
            "global_addr" => InstData::GlobalAddr { global: self.global_named(line)?, offset: line.addend()? },
            "icmp" | "fcmp" => {
                let cc = line.word("a condition")?;
                if name == "icmp" {
                    let Some(&cc) = self.names.int.get(&cc) else { return line.error(format!("no condition `{cc}`")) };
                    InstData::Icmp { cc, args: line.some_values()? }
                } else {
                    let Some(&cc) = self.names.float.get(&cc) else { return line.error(format!("no condition `{cc}`")) };
                    InstData::Fcmp { cc, args: line.some_values()? }
                }
            }
            "select" => InstData::Select { args: line.some_values()? },
            "fma" => InstData::Fma { args: line.some_values()? },
            "ptr_add" => InstData::PtrAdd { args: line.some_values()? },
            "ptr_offset" => {
                let arg = line.value()?;
                line.expect(",")?;
                InstData::PtrOffset { arg, offset: line.number("an offset")? }
            }
            "store" => {
                let value = line.value()?;
                line.expect(",")?;
                let (addr, offset, flags) = self.mem(line)?;
                InstData::Store { value, addr, offset, flags }
            }
            "move" => {
                let layout = self.layout_named(line)?;
                let [dst, src] = line.some_values()?;
                InstData::Move { layout, dst, src }
            }
            "zero" => InstData::Zero { layout: self.layout_named(line)?, addr: line.value()? },
            "frame_pointer" => InstData::FramePointer,
            "get_g" => InstData::GetG,
            "atomic_store" => {
                let [value, addr] = line.some_values()?;
                InstData::AtomicStore { value, addr }
            }
            "atomic_rmw" => {
                let op = line.word("an operation")?;
                let Some(&op) = self.names.atomic.get(&op) else { return line.error(format!("no operation `{op}`")) };
                let [value, addr] = line.some_values()?;
                InstData::AtomicRmw { op, addr, value }
            }
            "atomic_cas" => InstData::AtomicCas { args: line.some_values()? },
            "check" => {
                let kind = line.word("a kind of check")?;
                let Some(&kind) = self.names.check.get(&kind) else { return line.error(format!("no check `{kind}`")) };
                let args: SmallVec<[Value; 2]> = line.values()?.into_iter().collect();
                InstData::Check { kind, args }
            }
            "call" => InstData::Call { func: self.func_named(line)?, args: self.args(line)? },
            "call_ptr" | "call_closure" => {
                let callee = line.value()?;
                let args = self.args(line)?;
                line.expect(":")?;
                let sig = line.signature()?;
                let sig = self.module.sig(sig);
                if name == "call_ptr" { InstData::CallPtr { sig, callee, args } } else { InstData::CallClosure { sig, callee, args } }
            }
            "call_rt" => {
                let symbol = line.word("a runtime entry")?;
                let Some(entry) = abi::rt::ENTRIES.iter().position(|e| e.symbol == symbol) else {
                    return line.error(format!("no runtime entry {symbol}"));
                };
                InstData::CallRt { entry: entry as u32, args: self.args(line)? }
            }
            "call_std" => {
                let text = line.text("a symbol")?;
                InstData::CallStd { name: self.module.string(&text), block: line.value()? }
            }
            "poll" => InstData::Poll,
            "keep_alive" => InstData::KeepAlive { arg: line.value()? },
            "jump" => InstData::Jump { dest: line.dest()? },
            "brif" => {
                let cond = line.value()?;
                line.expect(",")?;
                let then = line.dest()?;
                line.expect(",")?;
                InstData::Brif { cond, then, els: line.dest()? }
            }
            "switch" => {
                let arg = line.value()?;
                line.expect(",")?;
                line.expect("[")?;
                let mut cases = Vec::new();
                while !line.eat("]") {
                    let n = line.number("a case")?;
                    line.expect("=>")?;
                    cases.push((n, line.dest()?));
                    line.eat(",");
                }
                line.expect(",")?;
                InstData::Switch { arg, cases, default: line.dest()? }
            }
            "return" => InstData::Return { args: line.values()? },
            "tail_call" => InstData::TailCall { func: self.func_named(line)?, args: self.args(line)? },
            "enter" => {
                let normal = line.block()?;
                line.expect(",")?;
                InstData::Enter { normal, landing: line.block()? }
            }
            "unreachable" => InstData::Unreachable,
            _ => {
                if let Some(&op) = self.names.unary.get(name) {
                    InstData::Unary { op, arg: line.value()? }
                } else if let Some(&op) = self.names.binary.get(name) {
                    InstData::Binary { op, args: line.some_values()? }
                } else {
                    return line.error(format!("no instruction `{word}`"));
                }
            }
        })
    }
}

fn define(line: &Line, seen: &mut [bool], value: Value) -> Result<()> {
    if std::mem::replace(&mut seen[value.as_u32() as usize], true) { line.error(format!("{value} is defined twice")) } else { Ok(()) }
}

//! Token kinds and the token list of one file.
//!
//! A file's tokens are parallel vectors: the parser's input is the vector of kinds alone, so that the next
//! token is one byte to look at; positions and names are fetched by index when a node is made.

use source::Symbol;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The kind of a token.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum K { $($(#[$doc])* $name),* }
        const TEXTS: &[&str] = &[$($text),*];
    };
}

kinds! {
    Break = "break",
    Case = "case",
    Chan = "chan",
    Const = "const",
    Continue = "continue",
    Default = "default",
    Defer = "defer",
    Else = "else",
    Fallthrough = "fallthrough",
    For = "for",
    Func = "func",
    Go = "go",
    Goto = "goto",
    If = "if",
    Import = "import",
    Interface = "interface",
    Map = "map",
    Package = "package",
    Range = "range",
    Return = "return",
    Select = "select",
    Struct = "struct",
    Switch = "switch",
    Type = "type",
    Var = "var",
    Name = "name",
    Int = "literal",
    Float = "literal",
    Imaginary = "literal",
    Rune = "literal",
    String = "literal",
    LParen = "(",
    RParen = ")",
    LBrack = "[",
    RBrack = "]",
    LBrace = "{",
    RBrace = "}",
    Comma = "comma",
    /// `;`, or a line end that counts as one.
    Semi = "semicolon or newline",
    Colon = ":",
    Dot = ".",
    Ellipsis = "...",
    Assign = "=",
    Define = ":=",
    Arrow = "<-",
    Inc = "++",
    Dec = "--",
    Tilde = "~",
    Not = "!",
    // Binary operators in the order of `ast::BinaryOp`.
    OrOr = "||",
    AndAnd = "&&",
    Equal = "==",
    NotEqual = "!=",
    Less = "<",
    LessEqual = "<=",
    Greater = ">",
    GreaterEqual = ">=",
    Add = "+",
    Sub = "-",
    Or = "|",
    Xor = "^",
    Mul = "*",
    Div = "/",
    Rem = "%",
    And = "&",
    AndNot = "&^",
    Shl = "<<",
    Shr = ">>",
    // `op=`, in the order of the operators from `Add` on.
    AddAssign = "+=",
    SubAssign = "-=",
    OrAssign = "|=",
    XorAssign = "^=",
    MulAssign = "*=",
    DivAssign = "/=",
    RemAssign = "%=",
    AndAssign = "&=",
    AndNotAssign = "&^=",
    ShlAssign = "<<=",
    ShrAssign = ">>=",
    Eof = "EOF",
}

pub(crate) const KEYWORDS: &[K] = &[
    K::Break,
    K::Case,
    K::Chan,
    K::Const,
    K::Continue,
    K::Default,
    K::Defer,
    K::Else,
    K::Fallthrough,
    K::For,
    K::Func,
    K::Go,
    K::Goto,
    K::If,
    K::Import,
    K::Interface,
    K::Map,
    K::Package,
    K::Range,
    K::Return,
    K::Select,
    K::Struct,
    K::Switch,
    K::Type,
    K::Var,
];

impl K {
    /// As messages name it, without the word "keyword".
    pub fn text(self) -> &'static str {
        TEXTS[self as usize]
    }

    pub fn is_keyword(self) -> bool {
        self <= K::Var
    }

    pub fn is_literal(self) -> bool {
        K::Int <= self && self <= K::String
    }

    pub fn is_binary_op(self) -> bool {
        K::OrOr <= self && self <= K::Shr
    }

    pub fn is_assign_op(self) -> bool {
        K::AddAssign <= self && self <= K::ShrAssign
    }
}

/// The tokens of a file; the last is [`K::Eof`].
#[derive(Default)]
pub(crate) struct Tokens {
    pub kinds: Vec<K>,
    /// Byte offsets.
    pub starts: Vec<u32>,
    /// The text of names and literals; "semicolon", "newline" or "EOF" for [`K::Semi`].
    pub symbols: Vec<Symbol>,
}

impl Tokens {
    pub fn with_capacity(n: usize) -> Tokens {
        Tokens { kinds: Vec::with_capacity(n), starts: Vec::with_capacity(n), symbols: Vec::with_capacity(n) }
    }

    pub fn push(&mut self, kind: K, start: usize, symbol: Symbol) {
        self.kinds.push(kind);
        self.starts.push(start as u32);
        self.symbols.push(symbol);
    }
}

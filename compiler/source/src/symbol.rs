//! Interned names. One table for the process: symbols travel between the stages and threads, so a table
//! passed by hand would be a parameter of every function. A thread asks its own cache first.
//!
//! Holds: two symbols are equal exactly if their strings are. The numbers depend on thread timing, so
//! nothing that reaches an output may be ordered by them: order by [`Symbol::as_str`].

use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::fmt;
use std::sync::{LazyLock, RwLock};

/// An interned string: 4 bytes, `Copy`, compared by number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Symbol(u32);

#[derive(Default)]
struct Table {
    ids: FxHashMap<&'static str, Symbol>,
    names: Vec<&'static str>,
}

static TABLE: LazyLock<RwLock<Table>> = LazyLock::new(|| {
    let mut table = Table::default();
    for name in ["", "_", "init", "main", "."] {
        table.add(name);
    }
    RwLock::new(table)
});

thread_local! {
    static CACHE: RefCell<FxHashMap<&'static str, Symbol>> = RefCell::default();
}

impl Table {
    fn add(&mut self, text: &str) -> (&'static str, Symbol) {
        if let Some((&name, &symbol)) = self.ids.get_key_value(text) {
            return (name, symbol);
        }
        // Names live as long as the process: a compiler interns each once.
        let name: &'static str = Box::leak(text.to_owned().into_boxed_str());
        let symbol = Symbol(self.names.len() as u32);
        self.names.push(name);
        self.ids.insert(name, symbol);
        (name, symbol)
    }
}

impl Symbol {
    /// The empty name: "absent" where a name is optional.
    pub const EMPTY: Symbol = Symbol(0);
    /// The blank identifier `_`.
    pub const BLANK: Symbol = Symbol(1);
    pub const INIT: Symbol = Symbol(2);
    pub const MAIN: Symbol = Symbol(3);
    /// The name of a dot import.
    pub const DOT: Symbol = Symbol(4);

    pub fn intern(text: &str) -> Symbol {
        CACHE.with_borrow_mut(|cache| {
            if let Some(&symbol) = cache.get(text) {
                return symbol;
            }
            let (name, symbol) = TABLE.write().expect("no holder of the symbol table panics").add(text);
            cache.insert(name, symbol);
            symbol
        })
    }

    pub fn as_str(self) -> &'static str {
        TABLE.read().expect("no holder of the symbol table panics").names[self.0 as usize]
    }

    pub fn is_empty(self) -> bool {
        self == Symbol::EMPTY
    }

    pub fn is_blank(self) -> bool {
        self == Symbol::BLANK
    }
}

impl Default for Symbol {
    fn default() -> Self {
        Symbol::EMPTY
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_text_gives_equal_symbols() {
        let a = Symbol::intern("alpha");
        assert_eq!(a, std::thread::spawn(|| Symbol::intern("alpha")).join().unwrap());
        assert_ne!(a, Symbol::intern("beta"));
        assert_eq!(a.as_str(), "alpha");
    }

    #[test]
    fn the_constants_are_what_they_say() {
        for (symbol, text) in [(Symbol::EMPTY, ""), (Symbol::BLANK, "_"), (Symbol::INIT, "init"), (Symbol::MAIN, "main"), (Symbol::DOT, ".")] {
            assert_eq!(symbol.as_str(), text);
            assert_eq!(symbol, Symbol::intern(text));
        }
    }
}

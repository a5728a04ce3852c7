//! Build constraints: finding the `//go:build` line of a file and evaluating it.

/// The expression of the `//go:build` line before the package clause. `text` may be the whole file.
pub fn build_constraint(text: &[u8]) -> Option<&str> {
    let mut rest = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut in_comment = false;
    loop {
        rest = rest.trim_ascii_start();
        if in_comment {
            let end = rest.windows(2).position(|two| two == b"*/")?;
            rest = &rest[end + 2..];
            in_comment = false;
        } else if rest.starts_with(b"//") {
            let len = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
            let line = rest[..len].trim_ascii_end();
            if let Some(expr) = line.strip_prefix(b"//go:build")
                && expr.first().is_none_or(|b| b.is_ascii_whitespace())
            {
                return std::str::from_utf8(expr.trim_ascii()).ok();
            }
            rest = &rest[len..];
        } else if rest.starts_with(b"/*") {
            rest = &rest[2..];
            in_comment = true;
        } else {
            return None;
        }
    }
}

/// The value of a `//go:build` expression (without that prefix); `tag` says which tags hold.
pub fn eval_build_constraint(expr: &str, tag: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let mut parser = Parser { rest: expr.trim(), tag, depth: 0 };
    if parser.rest.is_empty() {
        return Err("missing expression in build constraint".into());
    }
    let value = parser.or()?;
    match parser.rest {
        "" => Ok(value),
        rest => Err(format!("unexpected {:?} in build constraint", first_char(rest))),
    }
}

struct Parser<'a> {
    rest: &'a str,
    tag: &'a dyn Fn(&str) -> bool,
    depth: u32,
}

/// Go allows this many operators in one constraint.
const MAX_DEPTH: u32 = 1000;

fn first_char(text: &str) -> String {
    text.chars().take(1).collect()
}

impl Parser<'_> {
    fn eat(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn or(&mut self) -> Result<bool, String> {
        let mut value = self.and()?;
        while self.eat("||") {
            value |= self.and()?;
        }
        Ok(value)
    }

    fn and(&mut self) -> Result<bool, String> {
        let mut value = self.not()?;
        while self.eat("&&") {
            value &= self.not()?;
        }
        Ok(value)
    }

    fn not(&mut self) -> Result<bool, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("build constraint is too complex".into());
        }
        if self.eat("!") {
            if self.rest.starts_with('!') {
                return Err("double negation not allowed in build constraint".into());
            }
            return Ok(!self.not()?);
        }
        if self.eat("(") {
            let value = self.or()?;
            return if self.eat(")") { Ok(value) } else { Err("missing close paren in build constraint".into()) };
        }
        let len = self.rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(self.rest.len());
        if len == 0 {
            return Err(match self.rest {
                "" => "unexpected end of build constraint".into(),
                rest => format!("unexpected {:?} in build constraint", first_char(rest)),
            });
        }
        let name = &self.rest[..len];
        self.rest = self.rest[len..].trim_start();
        Ok((self.tag)(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        let tag = |name: &str| matches!(name, "linux" | "amd64" | "go1.27");
        for (expr, value) in [
            ("linux", Ok(true)),
            ("linux && !amd64 || go1.27", Ok(true)),
            ("!(linux||windows)&&amd64", Ok(false)),
            ("! windows", Ok(true)),
            ("windows && (darwin || linux)", Ok(false)),
        ] {
            assert_eq!(eval_build_constraint(expr, &tag), value, "{expr}");
        }
        for broken in ["", "linux &&", "(linux", "!!linux", "linux)", "a b", "a & b", "&& a"] {
            assert!(eval_build_constraint(broken, &tag).is_err(), "{broken}");
        }
    }

    #[test]
    fn the_line_stands_before_the_package_clause() {
        let found = |text: &'static str| build_constraint(text.as_bytes());
        assert_eq!(found("// x\n/* y\n*/\n//go:build a && b\r\n\npackage p"), Some("a && b"));
        assert_eq!(found("package p\n//go:build a"), None);
        assert_eq!(found("//go:buildx a\n// +build b\npackage p"), None);
        assert_eq!(found("/* //go:build a */ package p"), None);
        assert_eq!(found(""), None);
    }
}

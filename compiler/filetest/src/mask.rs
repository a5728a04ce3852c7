//! What differs from run to run or machine to machine in a crash report is replaced: addresses, argument words, code offsets,
//! the directory of sources.

/// Masks standard error of a crashed program, line by line.
pub fn mask(text: &str) -> String {
    let mut out = String::new();
    let mut in_library = false;
    for line in text.lines() {
        let masked = mask_line(line);
        // Frames of the library are the implementation's own.
        if masked.starts_with('\t') && line.contains(".go:") && line.contains('/') {
            if in_library {
                continue;
            }
        } else {
            let is_frame = masked.ends_with("(...)") && !masked.starts_with(['\t', ' ']);
            in_library = is_frame && !masked.starts_with("main.");
            if in_library && !masked.starts_with("panic(") {
                continue;
            }
        }
        out.push_str(&masked);
        out.push('\n');
    }
    out
}

/// Masks what a compiler prints: where the standard library is.
pub fn mask_root(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        match (line.find("is not in std ("), line.find("/src/")) {
            (Some(at), Some(src)) if src > at => out.push_str(&format!("{}($GOROOT{}", &line[..at + "is not in std ".len()], &line[src..])),
            _ => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

fn mask_line(line: &str) -> String {
    // "\t/dir/file.go:12 +0x1d" → "\tfile.go:12"
    if let Some(rest) = line.strip_prefix('\t')
        && let Some(at) = rest.find(".go:")
        && rest.starts_with('/')
    {
        let start = rest[..at].rfind('/').map_or(0, |i| i + 1);
        let end = rest[at + 4..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |i| at + 4 + i);
        return format!("\t{}", &rest[start..end]);
    }
    // Arguments of a frame: "main.f(0x1, {0xc000.., 0x3})" → "main.f(...)"
    if let Some(open) = line.rfind('(')
        && line.ends_with(')')
        && !line.starts_with(['\t', ' '])
        && !line.starts_with("panic:")
        && line[open + 1..line.len() - 1].chars().all(|c| c.is_ascii_hexdigit() || "x{}, .?_".contains(c))
    {
        return format!("{}(...)", &line[..open]);
    }
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("0x") {
        out.push_str(&rest[..at + 2]);
        let digits = rest[at + 2..].find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len() - at - 2);
        let hex = &rest[at + 2..at + 2 + digits];
        // Small numbers are data of the message.
        out.push_str(if digits > 4 { "?" } else { hex });
        rest = &rest[at + 2 + digits..];
    }
    out.push_str(rest);
    mask_goroutine(&out)
}

/// "goroutine 18 [" and "in goroutine 7": numbers above 1 depend on scheduling and on the runtime's own goroutines.
fn mask_goroutine(line: &str) -> String {
    let Some(at) = line.find("goroutine ") else { return line.to_owned() };
    let from = at + "goroutine ".len();
    let digits = line[from..].find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len() - from);
    if digits == 0 || &line[from..from + digits] == "1" { line.to_owned() } else { format!("{}N{}", &line[..from], &line[from + digits..]) }
}

#[cfg(test)]
mod tests {
    use super::{mask, mask_root};

    #[test]
    fn masks_what_varies() {
        let text = "panic: x\n\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x49bd44]\ngoroutine 18 [running]:\nmain.f(0x1, {0xc000012345, 0x3})\n\t/a/b/main.go:199 +0x139e\nmain.main()\n";
        assert_eq!(
            mask(text),
            "panic: x\n\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x?]\ngoroutine N [running]:\nmain.f(...)\n\tmain.go:199\nmain.main(...)\n"
        );
    }

    #[test]
    fn masks_the_root() {
        assert_eq!(mask_root("a.go:3:8: package x/y is not in std (/a/go/src/x/y)\n"), "a.go:3:8: package x/y is not in std ($GOROOT/src/x/y)\n");
    }
}

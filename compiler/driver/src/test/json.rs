//! -json: the verbose output of a test program, with its marks, as events (<https://pkg.go.dev/cmd/test2json>).

use std::fmt::Write;
use std::time::{SystemTime, UNIX_EPOCH};

/// The byte before lines that are the testing package's own.
const MARK: char = '\u{16}';
/// These stand around the text of Error and Fatal.
const ERROR_BEGIN: char = '\u{f}';
const ERROR_END: char = '\u{e}';

pub struct Converter {
    package: String,
    /// What came after the last line end.
    pending: Vec<u8>,
    /// The test whose output follows.
    test: String,
    /// The result of the test that ended last: what it still says comes before.
    result: String,
    /// Inside of the text of Error or Fatal.
    in_error: bool,
    /// What could not be built.
    failed_build: String,
}

impl Converter {
    pub fn new(package: &str) -> Converter {
        Converter {
            package: package.into(),
            pending: Vec::new(),
            test: String::new(),
            result: String::new(),
            in_error: false,
            failed_build: String::new(),
        }
    }

    pub fn start(&mut self) -> String {
        self.event("start", "", None, None, "")
    }

    fn event(&self, action: &str, test: &str, elapsed: Option<f64>, output: Option<&str>, kind: &str) -> String {
        let mut out = format!("{{\"Time\":\"{}\",\"Action\":\"{action}\",\"Package\":{}", now(), quote(&self.package));
        if !test.is_empty() {
            let _ = write!(out, ",\"Test\":{}", quote(test));
        }
        if let Some(elapsed) = elapsed {
            let _ = write!(out, ",\"Elapsed\":{}", (elapsed * 1000.0).round() / 1000.0);
        }
        if let Some(output) = output {
            let _ = write!(out, ",\"Output\":{}", quote(output));
        }
        if !kind.is_empty() {
            let _ = write!(out, ",\"OutputType\":\"{kind}\"");
        }
        out.push_str("}\n");
        out
    }

    /// Output of the program to events.
    pub fn feed(&mut self, bytes: &[u8]) -> String {
        self.pending.extend_from_slice(bytes);
        let mut out = String::new();
        while let Some(end) = self.pending.iter().position(|&b| b == b'\n') {
            let line: Vec<u8> = self.pending.drain(..=end).collect();
            out.push_str(&self.line(&String::from_utf8_lossy(&line)));
        }
        out
    }

    fn line(&mut self, line: &str) -> String {
        // A mark may follow output of the program that did not end its line.
        let (before, ours) = match line.find(MARK) {
            Some(at) => (&line[..at], Some(&line[at + 1..])),
            None => (line, None),
        };
        let mut out = String::new();
        if !before.is_empty() {
            let begins = before.starts_with(ERROR_BEGIN);
            let kind = match self.in_error {
                _ if begins => "error",
                true => "error-continue",
                false => "",
            };
            self.in_error |= begins;
            if before.contains(ERROR_END) {
                self.in_error = false;
            }
            let shown: String = before.chars().filter(|c| !matches!(*c, ERROR_BEGIN | ERROR_END)).collect();
            out.push_str(&self.event("output", &self.test, None, Some(&shown), kind));
        }
        let Some(text) = ours else { return out };
        out.push_str(&std::mem::take(&mut self.result));
        let bare = text.trim_start_matches(' ').trim_end_matches('\n');
        if let Some(rest) = bare.strip_prefix("=== ") {
            let (word, name) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
            let name = name.trim();
            let first = name.split(' ').next().unwrap_or("").to_owned();
            match word {
                "RUN" | "PAUSE" | "CONT" => {
                    self.test = first.clone();
                    out.push_str(&self.event(&word.to_lowercase(), &first, None, None, ""));
                }
                "NAME" => {
                    self.test = first;
                    return out;
                }
                "ATTR" => {
                    let mut words = name.splitn(3, ' ');
                    let (test, key, value) = (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
                    let mut event = self.event("attr", test, None, None, "");
                    event.truncate(event.len() - 2);
                    let _ = writeln!(event, ",\"Key\":{},\"Value\":{}}}", quote(key), quote(value));
                    out.push_str(&event);
                }
                _ => {}
            }
            out.push_str(&self.event("output", &self.test, None, Some(text), "frame"));
            return out;
        }
        if let Some(rest) = bare.strip_prefix("--- ")
            && let Some((word, rest)) = rest.split_once(": ")
        {
            let (name, took) = rest.split_once(" (").unwrap_or((rest, ""));
            let elapsed = took.trim_end_matches(')').trim_end_matches('s').parse::<f64>().ok();
            self.test = name.to_owned();
            out.push_str(&self.event("output", name, None, Some(text), "frame"));
            let action = match word {
                "PASS" => "pass",
                "FAIL" => "fail",
                "SKIP" => "skip",
                "BENCH" => "bench",
                _ => return out,
            };
            self.result = self.event(action, name, elapsed.or((action != "bench").then_some(0.0)), None, "");
            return out;
        }
        // PASS, FAIL at the end.
        self.test.clear();
        out.push_str(&self.event("output", "", None, Some(text), "frame"));
        out
    }

    /// Errors of the compiler. `variant` is the package as the build knows it.
    pub fn build(&mut self, text: &str, variant: &str) -> String {
        let event = |action: &str, output: Option<&str>| {
            let output = output.map_or(String::new(), |o| format!(",\"Output\":{}", quote(o)));
            format!("{{\"ImportPath\":{},\"Action\":\"{action}\"{output}}}\n", quote(variant))
        };
        let mut out: String = text.split_inclusive('\n').map(|line| event("build-output", Some(line))).collect();
        out.push_str(&event("build-fail", None));
        self.failed_build = variant.to_owned();
        out
    }

    /// The package's own line and its result.
    pub fn end(&mut self, line: &str, action: &str, elapsed: f64) -> String {
        let rest = std::mem::take(&mut self.pending);
        let mut out = String::new();
        if !rest.is_empty() {
            out.push_str(&self.line(&String::from_utf8_lossy(&rest)));
        }
        out.push_str(&std::mem::take(&mut self.result));
        self.test.clear();
        out.push_str(&self.event("output", "", None, Some(line), if action == "fail" { "frame" } else { "" }));
        let mut last = self.event(action, "", Some(elapsed), None, "");
        if !self.failed_build.is_empty() {
            last.truncate(last.len() - 2);
            let _ = writeln!(last, ",\"FailedBuild\":{}}}", quote(&self.failed_build));
        }
        out + &last
    }
}

/// A JSON string; HTML's characters are escaped, as Go's encoder does.
fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The time in RFC 3339, UTC.
fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let (days, second) = ((since.as_secs() / 86400) as i64, since.as_secs() % 86400);
    // Civil date from days since 1970, in years that begin in March.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + i64::from(month <= 2);
    let fraction = format!("{:09}", since.subsec_nanos());
    let fraction = fraction.trim_end_matches('0');
    let dot = if fraction.is_empty() { "" } else { "." };
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}{dot}{fraction}Z", second / 3600, second / 60 % 60, second % 60)
}

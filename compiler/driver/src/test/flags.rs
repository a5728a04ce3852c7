//! The words after `gorc test`: flags of ours, flags of the test program, packages, arguments of the program.
//!
//! As the go command does: flags may stand before and after the package list; the first flag that is not known, and a
//! plain word after the list, belong to the test program, and so does everything after `-args`.

use crate::cli::CompileFlags;

#[derive(Default, PartialEq, Clone, Copy)]
pub enum Verbosity {
    #[default]
    Off,
    On,
    /// With marks for -json.
    Marked,
}

/// How -json prints.
#[derive(Clone, Copy, PartialEq)]
pub struct Json;

#[derive(Default)]
pub struct Flags {
    pub compile: CompileFlags,
    /// -C
    pub chdir: Option<String>,
    pub packages: Vec<String>,
    /// For the program: `-test.` flags in the order given, then its arguments.
    pub forwarded: Vec<String>,
    pub arguments: Vec<String>,
    pub verbose: Verbosity,
    pub json: Option<Json>,
    pub bench: bool,
    pub list: bool,
    /// -c
    pub compile_only: bool,
    /// -o
    pub output: Option<String>,
    /// A profile is written: the program is kept beside it.
    pub profiles: bool,
    /// -exec, as words.
    pub exec: Vec<String>,
    /// Mode of coverage, if it is on.
    pub cover: Option<String>,
    pub cover_profile: Option<String>,
    pub output_dir: Option<String>,
    /// -timeout in seconds; 0: none.
    pub timeout: f64,
    /// -p
    pub jobs: usize,
}

impl Flags {
    /// A file that a flag names, in -outputdir.
    pub fn in_output_dir(&self, path: &str) -> std::path::PathBuf {
        self.output_dir.as_ref().map_or(path.into(), |dir| std::path::Path::new(dir).join(path))
    }

    /// Is the output of passing packages shown?
    pub fn shows_passes(&self) -> bool {
        self.verbose != Verbosity::Off || self.list || self.bench
    }

    /// A combination that the go command refuses.
    pub fn wrong_use(&self, packages: usize) -> Option<String> {
        match &self.output {
            Some(o) if packages > 1 && !o.ends_with('/') && !std::path::Path::new(o).is_dir() => {
                Some("with multiple packages, -o must refer to a directory or /dev/null".into())
            }
            _ if self.profiles && packages > 1 => Some("cannot use test profile flag with multiple packages".into()),
            _ => None,
        }
    }
}

/// Flags of the test program, without `test.`, and whether they take a value.
const PROGRAM: &[(&str, bool)] = &[
    ("artifacts", false),
    ("bench", true),
    ("benchmem", false),
    ("benchtime", true),
    ("blockprofile", true),
    ("blockprofilerate", true),
    ("count", true),
    ("coverprofile", true),
    ("cpu", true),
    ("cpuprofile", true),
    ("failfast", false),
    ("fullpath", false),
    ("fuzz", true),
    ("fuzzminimizetime", true),
    ("fuzztime", true),
    ("list", true),
    ("memprofile", true),
    ("memprofilerate", true),
    ("mutexprofile", true),
    ("mutexprofilefraction", true),
    ("outputdir", true),
    ("parallel", true),
    ("run", true),
    ("short", false),
    ("shuffle", true),
    ("skip", true),
    ("timeout", true),
    ("trace", true),
    ("v", false),
];

/// Flags of the command itself, and whether they take a value.
const COMMAND: &[(&str, bool)] = &[
    ("C", true),
    ("a", false),
    ("buildvcs", false),
    ("c", false),
    ("cover", false),
    ("covermode", true),
    ("coverpkg", true),
    ("exec", true),
    ("gcflags", true),
    ("json", false),
    ("ldflags", true),
    ("mod", true),
    ("o", true),
    ("p", true),
    ("std", true),
    ("tags", true),
    ("time", false),
    ("trimpath", false),
    ("vet", true),
];

/// # Errors
/// A flag without its value, a value that makes no sense, a flag of the go command that is not supported.
pub fn parse(args: &[String]) -> Result<Flags, String> {
    let mut flags = Flags { timeout: 600.0, jobs: 1, ..Flags::default() };
    let mut args = args.iter();
    // The package list is over once something follows it.
    let mut list_over = false;
    let mut unknown = false;
    while let Some(arg) = args.next() {
        if arg == "-args" || arg == "--args" {
            flags.arguments.extend(args.cloned());
            break;
        }
        let Some(word) = arg.strip_prefix("--").or_else(|| arg.strip_prefix('-')).filter(|w| !w.is_empty()) else {
            if unknown || list_over {
                list_over = true;
                flags.arguments.push(arg.clone());
            } else {
                flags.packages.push(arg.clone());
            }
            continue;
        };
        list_over |= !flags.packages.is_empty();
        let (name, given) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word, None),
        };
        let (bare, prefixed) = match name.strip_prefix("test.") {
            Some(bare) => (bare, true),
            None => (name, false),
        };
        let find = |list: &'static [(&'static str, bool)]| list.iter().find(|(n, _)| *n == bare).copied();
        let (known, of_program) = match (find(PROGRAM), find(COMMAND)) {
            (Some(known), _) => (Some(known), true),
            (None, known) if !prefixed => (known, false),
            _ => (None, false),
        };
        let Some((name, takes_value)) = known else {
            if matches!(bare, "race" | "msan" | "asan" | "n" | "x" | "work" | "asmflags" | "overlay" | "pkgdir" | "toolexec" | "modfile" | "pgo")
                && !prefixed
            {
                return Err(format!("not supported yet: -{bare}"));
            }
            unknown = true;
            flags.arguments.push(arg.clone());
            continue;
        };
        let value = match given {
            Some(value) => value,
            None if takes_value => args.next().cloned().ok_or_else(|| format!("flag needs an argument: -{name}"))?,
            None => "true".to_owned(),
        };
        if of_program {
            flags.program(name, value)?;
        } else {
            flags.command(name, value)?;
        }
    }
    if flags.json.is_some() && flags.verbose != Verbosity::Marked {
        flags.verbose = Verbosity::Marked;
        flags.forwarded.retain(|f| !f.starts_with("-test.v="));
        flags.forwarded.insert(0, "-test.v=test2json".into());
    }
    Ok(flags)
}

fn truth(name: &str, value: &str) -> Result<bool, String> {
    match value {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err(format!("invalid boolean value {value:?} for -{name}: parse error")),
    }
}

impl Flags {
    fn program(&mut self, name: &str, value: String) -> Result<(), String> {
        match name {
            "v" => {
                self.verbose = match value.as_str() {
                    "test2json" => Verbosity::Marked,
                    v if truth(name, v)? => Verbosity::On,
                    _ => Verbosity::Off,
                }
            }
            "bench" => self.bench = !value.is_empty(),
            "list" => self.list = !value.is_empty(),
            "timeout" => {
                self.timeout = duration(&value).ok_or_else(|| format!("invalid value {value:?} for flag -timeout: parse error"))?;
                self.forwarded.push(format!("-test.timeout={value}"));
                return Ok(());
            }
            "count" if value.parse::<u32>().is_err() => return Err(format!("invalid value {value:?} for flag -count: parse error")),
            "coverprofile" => {
                self.cover.get_or_insert_with(|| "set".into());
                self.cover_profile = Some(value);
                return Ok(());
            }
            "outputdir" => {
                let dir = std::path::absolute(&value).map_err(|e| e.to_string())?;
                self.output_dir = Some(dir.display().to_string());
                self.forwarded.push(format!("-test.outputdir={}", dir.display()));
                return Ok(());
            }
            "cpuprofile" | "memprofile" | "blockprofile" | "mutexprofile" | "trace" => self.profiles = true,
            _ => {}
        }
        self.forwarded.push(format!("-test.{name}={value}"));
        Ok(())
    }

    fn command(&mut self, name: &str, value: String) -> Result<(), String> {
        match name {
            "C" => self.chdir = Some(value),
            "c" => self.compile_only = truth(name, &value)?,
            "o" => self.output = Some(value),
            "exec" => self.exec = value.split_whitespace().map(String::from).collect(),
            "json" => self.json = truth(name, &value)?.then_some(Json),
            "std" => self.compile.std = Some(value),
            "tags" => self.compile.tags = value.split([',', ' ']).filter(|t| !t.is_empty()).map(String::from).collect(),
            "ldflags" => self.compile.ldflags = Some(value),
            "gcflags" => self.compile.no_opt |= value.split_whitespace().any(|f| f.ends_with("-N")),
            "time" => self.compile.time = truth(name, &value)?,
            "cover" => {
                if truth(name, &value)? {
                    self.cover.get_or_insert_with(|| "set".into());
                }
            }
            "covermode" => match value.as_str() {
                "set" | "count" | "atomic" => self.cover = Some(value),
                _ => return Err(format!("invalid argument {value:?} for -covermode: want set, count or atomic")),
            },
            "p" => self.jobs = value.parse().ok().filter(|n| *n > 0).ok_or_else(|| format!("invalid value {value:?} for flag -p: parse error"))?,
            // Nothing is vetted, cached or stamped; modules are as they are found.
            "vet" | "a" | "buildvcs" | "mod" | "trimpath" => {}
            _ => return Err(format!("not supported yet: -{name}")),
        }
        Ok(())
    }
}

/// A duration such as `1m30s` in seconds.
fn duration(text: &str) -> Option<f64> {
    if text == "0" {
        return Some(0.0);
    }
    let mut rest = text;
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let end = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        total += number
            * match &rest[..end] {
                "ns" => 1e-9,
                "us" | "µs" | "μs" => 1e-6,
                "ms" => 1e-3,
                "s" => 1.0,
                "m" => 60.0,
                "h" => 3600.0,
                _ => return None,
            };
        rest = &rest[end..];
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Flags {
        let words: Vec<String> = line.split_whitespace().map(String::from).collect();
        parse(&words).unwrap()
    }

    #[test]
    fn flags_stand_on_both_sides_of_the_packages() {
        let f = parsed("-v -run X ./a ./b -count=1 word");
        assert_eq!(f.packages, ["./a", "./b"]);
        assert_eq!(f.forwarded, ["-test.v=true", "-test.run=X", "-test.count=1"]);
        assert_eq!(f.arguments, ["word"]);
    }

    #[test]
    fn the_first_unknown_flag_ends_the_packages() {
        let f = parsed("-foo ./a -v -test.short");
        assert!(f.packages.is_empty());
        assert_eq!(f.arguments, ["-foo", "./a"]);
        assert_eq!(f.forwarded, ["-test.v=true", "-test.short=true"]);
        let f = parsed("math -args -v x");
        assert_eq!((f.packages, f.arguments), (vec!["math".to_owned()], vec!["-v".to_owned(), "x".to_owned()]));
    }

    #[test]
    fn durations() {
        assert_eq!((duration("1m30s"), duration("0"), duration("250ms"), duration("x")), (Some(90.0), Some(0.0), Some(0.25), None));
    }
}

//! The command line: the go command's words and flags. An unknown flag is an error, never ignored.

use clap::{Args, Parser, Subcommand};

#[derive(Parser, Debug)]
#[command(name = "gorc", about = "An ahead-of-time compiler for Go", disable_version_flag = true, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Compile a package to an executable
    Build(BuildArgs),
    /// Compile and run a program
    Run(RunArgs),
    /// Compile and run the tests of packages
    #[command(disable_help_flag = true)]
    Test {
        /// Flags and packages, in the go command's order
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Report all errors of a package, without generating code
    Check(CheckArgs),
    /// Print the version
    Version,
    /// Print the settings that builds use
    Env {
        /// Only these
        names: Vec<String>,
    },
    /// Remove cached files
    Clean {
        /// Empty the build cache
        #[arg(long)]
        cache: bool,
    },
}

#[derive(Args, Debug, Default, Clone)]
pub struct CompileFlags {
    /// Comma-separated build tags
    #[arg(long, value_delimiter = ',')]
    pub tags: Vec<String>,
    /// Where the standard library comes from: own, or goroot (the Go tree that GOROOT names)
    #[arg(long)]
    pub std: Option<String>,
    /// Print optimisation decisions with their reasons
    #[arg(short = 'm')]
    pub explain: bool,
    /// Do not optimise
    #[arg(short = 'N')]
    pub no_opt: bool,
    /// Print forms: ast, ir, opt, clif, asm, stackmap
    #[arg(long, value_delimiter = ',')]
    pub emit: Vec<String>,
    /// Write the forms into this directory, one file each
    #[arg(long)]
    pub emit_dir: Option<std::path::PathBuf>,
    /// Print the time of each stage
    #[arg(long)]
    pub time: bool,
    /// Only this function in --emit
    #[arg(long)]
    pub emit_func: Option<String>,
    /// Linker flags: -s (no symbols), -w (no debug information)
    #[arg(long, allow_hyphen_values = true)]
    pub ldflags: Option<String>,
}

#[derive(Args, Debug)]
pub struct BuildArgs {
    /// Output file or directory
    #[arg(short = 'o')]
    pub output: Option<String>,
    #[command(flatten)]
    pub flags: CompileFlags,
    /// Go files of one package, or a directory
    pub targets: Vec<String>,
}

#[derive(Args, Debug)]
pub struct RunArgs {
    #[command(flatten)]
    pub flags: CompileFlags,
    /// Go files or a directory, then the program's arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub args: Vec<String>,
}

#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Comma-separated build tags
    #[arg(long, value_delimiter = ',')]
    pub tags: Vec<String>,
    /// As in build
    #[arg(long)]
    pub std: Option<String>,
    pub targets: Vec<String>,
}

/// The go command spells long flags with one dash: `-tags x`, `-emit=ir`. Everything after the first
/// argument that is no flag of ours stays as it is (arguments of `run`'s program).
pub fn normalise(args: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut seen_target = false;
    for (n, arg) in args.into_iter().enumerate() {
        // Its flags are its own matter.
        if out.get(1).is_some_and(|command| command == "test") {
            out.push(arg);
            continue;
        }
        if n >= 2 && !arg.starts_with('-') && out.last().is_none_or(|last: &String| !takes_value(last)) {
            seen_target = true;
        }
        let long = arg.len() > 2 && arg.starts_with('-') && !arg.starts_with("--");
        if long && !seen_target && n >= 1 { out.push(format!("-{arg}")) } else { out.push(arg) }
    }
    out
}

fn takes_value(flag: &str) -> bool {
    matches!(flag, "-o" | "--tags" | "--std" | "--emit" | "--emit-dir" | "--emit-func" | "--ldflags")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norm(line: &str) -> String {
        normalise(line.split(' ').map(String::from)).join(" ")
    }

    #[test]
    fn one_dash_is_enough() {
        assert_eq!(norm("gorc build -tags a,b -o x y.go"), "gorc build --tags a,b -o x y.go");
        assert_eq!(norm("gorc run -emit=ir x.go -long arg"), "gorc run --emit=ir x.go -long arg");
        Cli::try_parse_from(normalise("gorc run x.go -n 3".split(' ').map(String::from))).unwrap();
        assert!(Cli::try_parse_from(normalise("gorc build -nosuch x.go".split(' ').map(String::from))).is_err());
    }
}

//! The `gorc` command.

#![forbid(unsafe_code)]

use clap::Parser;
use gorc::cli::{self, Cli, Command};
use gorc::command;

fn main() {
    let args = cli::normalise(std::env::args());
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(e) => {
            let _ = e.print();
            // The go command's status for a wrong command line.
            std::process::exit(if e.use_stderr() { 2 } else { 0 });
        }
    };
    let status = match cli.command {
        Command::Build(args) => command::build(&args),
        Command::Run(args) => command::run(&args),
        Command::Test { args } => gorc::test::test(&args),
        Command::Check(args) => command::check(&args),
        Command::Version => command::version(),
        Command::Env { names } => command::env(&names),
        Command::Clean { cache } => command::clean(cache),
    };
    std::process::exit(status);
}

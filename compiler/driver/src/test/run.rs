//! Running a test program and telling how it ended, in the go command's lines.

use super::flags::Flags;
use super::json::Converter;
use super::packages::Package;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

const NO_TESTS: &str = "testing: warning: no tests to run\n";

/// Where a package's output goes: to standard output, as it is or as events.
pub struct Reporter<'a> {
    package: &'a str,
    json: Option<Converter>,
}

impl<'a> Reporter<'a> {
    pub fn new(flags: &Flags, package: &'a str) -> Reporter<'a> {
        Reporter { package, json: flags.json.is_some().then(|| Converter::new(package)) }
    }

    pub fn start(&mut self) {
        if let Some(json) = &mut self.json {
            emit(json.start().as_bytes());
        }
    }

    pub fn write(&mut self, bytes: &[u8]) {
        match &mut self.json {
            Some(json) => emit(json.feed(bytes).as_bytes()),
            None => emit(bytes),
        }
    }

    /// The compiler's errors: events, or text for standard error.
    pub fn build_errors(&mut self, text: &str) {
        match &mut self.json {
            Some(json) => {
                let variant = text.lines().next().and_then(|l| l.strip_prefix("# ")).unwrap_or(self.package).to_owned();
                emit(json.build(text, &variant).as_bytes());
            }
            None => eprint!("{text}"),
        }
    }

    /// The last line of a package that was not run because of errors.
    pub fn failed_build(&mut self, line: &str) {
        self.end(line, "fail", 0.0);
    }

    pub fn no_tests(&mut self, line: &str) {
        self.end(line, "skip", 0.0);
    }

    fn end(&mut self, line: &str, action: &str, elapsed: f64) {
        match &mut self.json {
            Some(json) => emit(json.end(line, action, elapsed).as_bytes()),
            None => emit(line.as_bytes()),
        }
    }
}

fn emit(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

/// Runs the program in `cwd`. True: passed.
pub fn run(flags: &Flags, package: &Package, exe: &Path, cwd: &Path, several: bool, out: &mut Reporter<'_>) -> bool {
    // Without packages on the command line, or when everything is shown anyway, output is not held back.
    let streams = flags.packages.is_empty() || flags.json.is_some() || flags.shows_passes() && !several;
    let start = Instant::now();
    let ended = match spawn(flags, package, exe, cwd) {
        Ok((child, reader)) => follow(child, reader, flags, |bytes| {
            if streams {
                out.write(bytes);
            }
        }),
        Err(e) => Err(e),
    };
    let elapsed = start.elapsed();
    if let Err(e) = merge_profile(flags, exe) {
        eprintln!("{}: {e}", package.shown);
    }
    let took = format!("{:.3}s", elapsed.as_secs_f64());
    let (text, status) = match ended {
        Ok(ended) => ended,
        Err(e) => {
            out.write(format!("{e}\n").as_bytes());
            (Vec::new(), Err(String::new()))
        }
    };
    match status {
        Ok(()) => {
            let shown = String::from_utf8_lossy(&text);
            let no_tests = !streams && (shown.starts_with(NO_TESTS) || shown.contains(&format!("\n{NO_TESTS}")));
            if !streams && flags.shows_passes() {
                out.write(&text);
            }
            let mut line = format!("ok  \t{}\t{took}", package.shown);
            if let Some(at) = shown.rfind("coverage: ").filter(|_| flags.cover.is_some() && !flags.packages.is_empty()) {
                let _ = write!(line, "\t{}", shown[at..].lines().next().unwrap_or(""));
            }
            // The go command does not read what it passes through.
            if no_tests || streams && !flags.packages.is_empty() && shown.contains(NO_TESTS) {
                line.push_str(" [no tests to run]");
            }
            line.push('\n');
            let action = if no_tests && flags.json.is_some() { "skip" } else { "pass" };
            out.end(&line, action, elapsed.as_secs_f64());
            true
        }
        Err(why) => {
            if !streams {
                out.write(&text);
            }
            // The reason stands alone only where nothing else explains it.
            if !why.is_empty() && (streams && flags.json.is_none() || text.is_empty()) {
                out.write(format!("{why}\n").as_bytes());
            } else if !streams && text.last().is_some_and(|b| *b != b'\n') {
                out.write(b"\n");
            }
            out.end(&format!("FAIL\t{}\t{took}\n", package.shown), "fail", elapsed.as_secs_f64());
            false
        }
    }
}

/// Where a program writes its part of the profile.
fn profile_beside(exe: &Path) -> std::path::PathBuf {
    exe.with_extension("cover")
}

/// Adds a program's part to the profile of all.
fn merge_profile(flags: &Flags, exe: &Path) -> std::io::Result<()> {
    let Some(profile) = &flags.cover_profile else { return Ok(()) };
    let Ok(part) = std::fs::read_to_string(profile_beside(exe)) else { return Ok(()) };
    let mut all = std::fs::OpenOptions::new().append(true).open(flags.in_output_dir(profile))?;
    all.write_all(part.split_once('\n').map_or("", |(_, blocks)| blocks).as_bytes())
}

fn spawn(flags: &Flags, package: &Package, exe: &Path, cwd: &Path) -> Result<(std::process::Child, std::io::PipeReader), String> {
    let mut args = vec!["-test.paniconexit0".to_owned()];
    if !flags.forwarded.iter().any(|f| f.starts_with("-test.timeout=")) {
        args.push("-test.timeout=10m0s".into());
    }
    if flags.cover_profile.is_some() {
        args.push(format!("-test.coverprofile={}", profile_beside(exe).display()));
    }
    args.extend(flags.forwarded.iter().cloned());
    args.extend(flags.arguments.iter().cloned());
    let mut command = match flags.exec.split_first() {
        Some((program, words)) => {
            let mut command = Command::new(program);
            command.args(words).arg(exe);
            command
        }
        None => {
            let mut command = Command::new(exe);
            command.arg0(exe);
            command
        }
    };
    let pwd = std::path::absolute(cwd).unwrap_or_else(|_| cwd.to_owned());
    // Both streams in one pipe, so that lines stay in order.
    let (reader, writer) = std::io::pipe().map_err(|e| e.to_string())?;
    let copy = writer.try_clone().map_err(|e| e.to_string())?;
    command.args(args).current_dir(cwd).env("PWD", pwd).stdin(Stdio::null()).stdout(copy).stderr(writer);
    let child = command.spawn().map_err(|e| format!("{}: {e}", package.path))?;
    Ok((child, reader))
}

/// All output and the status, or why it failed.
type Ended = (Vec<u8>, Result<(), String>);

/// Reads until the program has ended. One that does not end itself some time after its own timeout is killed.
fn follow(mut child: std::process::Child, mut reader: std::io::PipeReader, flags: &Flags, mut show: impl FnMut(&[u8])) -> Result<Ended, String> {
    let (send, receive) = mpsc::channel::<Vec<u8>>();
    let reading = std::thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(n) = reader.read(&mut buffer) {
            if n == 0 || send.send(buffer[..n].to_vec()).is_err() {
                break;
            }
        }
    });
    let limit = (flags.timeout > 0.0).then(|| Instant::now() + Duration::from_secs_f64(flags.timeout + 60.0));
    let mut text = Vec::new();
    let mut killed = false;
    let mut exited: Option<std::process::ExitStatus> = None;
    let mut grace = None;
    loop {
        match receive.recv_timeout(Duration::from_millis(if exited.is_some() { 20 } else { 200 })) {
            Ok(bytes) => {
                show(&bytes);
                text.extend(bytes);
                continue;
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        if exited.is_none() {
            exited = child.try_wait().map_err(|e| e.to_string())?;
        } else if *grace.get_or_insert_with(|| Instant::now() + Duration::from_secs(5)) < Instant::now() {
            // A process that it has left behind holds the pipe: not worth waiting for.
            return Ok((text, Err("Test I/O incomplete 5s after exiting.".into())));
        }
        if !killed && exited.is_none() && limit.is_some_and(|l| l < Instant::now()) {
            killed = true;
            let _ = child.kill();
            let note = format!("*** Test killed: ran too long ({}s).\n", flags.timeout + 60.0);
            show(note.as_bytes());
            text.extend(note.bytes());
        }
    }
    let _ = reading.join();
    let status = match exited {
        Some(status) => status,
        None => child.wait().map_err(|e| e.to_string())?,
    };
    let result = match (status.code(), status.signal()) {
        (Some(0), _) => Ok(()),
        (Some(code), _) => Err(format!("exit status {code}")),
        (None, Some(signal)) => Err(format!("signal: {}", signal_name(signal))),
        (None, None) => Err("exit status unknown".into()),
    };
    Ok((text, result))
}

fn signal_name(signal: i32) -> String {
    match signal {
        1 => "hangup",
        2 => "interrupt",
        3 => "quit",
        4 => "illegal instruction",
        5 => "trace/breakpoint trap",
        6 => "aborted",
        7 => "bus error",
        8 => "floating point exception",
        9 => "killed",
        11 => "segmentation fault",
        13 => "broken pipe",
        14 => "alarm clock",
        15 => "terminated",
        n => return n.to_string(),
    }
    .into()
}

//! Runs a command with a time limit and collects what it prints.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

pub struct Limits {
    pub seconds: u64,
}

pub struct Output {
    /// Exit status; 128 + n for death by signal n.
    pub status: i32,
    pub stderr: String,
    /// Standard output, then standard error.
    pub both: String,
}

/// # Errors
/// The command cannot be started or exceeds its time.
pub fn run(program: &Path, args: &[&str], env: &[(&str, &str)], limits: &Limits) -> Result<Output, String> {
    let mut command = Command::new(program);
    command.args(args).envs(env.iter().copied()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|e| format!("{}: {e}", program.display()))?;
    let out = child.stdout.take().expect("piped");
    let err = child.stderr.take().expect("piped");
    let (send, receive) = mpsc::channel();
    let send_err = send.clone();
    std::thread::spawn(move || send.send((0, read_all(out))));
    std::thread::spawn(move || send_err.send((1, read_all(err))));
    let end = Instant::now() + Duration::from_secs(limits.seconds);
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        if Instant::now() > end {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("no end after {} s", limits.seconds));
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let mut texts = [String::new(), String::new()];
    for _ in 0..2 {
        if let Ok((which, text)) = receive.recv_timeout(Duration::from_secs(5)) {
            texts[which] = text;
        }
    }
    let [stdout, stderr] = texts;
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
    Ok(Output { status: code, both: format!("{stdout}{stderr}"), stderr })
}

fn read_all(mut from: impl Read) -> String {
    let mut bytes = Vec::new();
    // What was read until a broken pipe is what there is.
    let _ = from.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

//! Objects and the runtime archive in, the bytes of a static executable out. The linker is `libwild`, in
//! process, on files that exist only in memory (DESIGN D18). Knows no Go and touches no disk.

#![forbid(unsafe_code)]

use libwild::{FileSystem, FileType, InputFileData, Linker, OutputFileData, OutputOptions};
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arch {
    X86_64,
    Aarch64,
}

/// An object or archive with the name that messages use.
pub struct Input {
    pub name: String,
    pub bytes: Arc<[u8]>,
}

#[derive(Clone, Copy, Default, Debug)]
pub struct Options {
    /// Leave out symbol table and debug information (`-ldflags -s`).
    pub strip: bool,
}

/// The executable's bytes. The same inputs give the same bytes.
///
/// # Errors
/// What the linker says, all undefined symbols listed: an error of ours, not of the user's program.
pub fn link(arch: Arch, inputs: &[Input], options: Options) -> Result<Vec<u8>, String> {
    let emulation = match arch {
        Arch::X86_64 => "elf_x86_64",
        Arch::Aarch64 => "aarch64linux",
    };
    let mut args = vec!["ld", "-m", emulation, "-static", "--no-dynamic-linker", "--gc-sections", "--build-id=none", "-z", "noexecstack"];
    if options.strip {
        args.push("-s");
    }
    args.extend(inputs.iter().map(|i| i.name.as_str()));
    args.extend(["-o", OUTPUT]);
    let files = inputs.iter().map(|i| (PathBuf::from(&i.name), i.bytes.clone())).collect();
    let memory = Memory { files: Arc::new(files), output: Arc::default() };
    let list = || args.iter().copied();
    let run = || -> libwild::error::Result<()> {
        let mut parsed = libwild::Args::new(list)?;
        parsed.on_warning(Box::new(|_| {}));
        parsed.parse(list)?;
        Linker::with_file_system(memory.clone()).run(&parsed)?;
        Ok(())
    };
    run().map_err(|e| format!("{e:?}"))?;
    let mut output = memory.output.lock().expect("no writer panics");
    output.take().ok_or_else(|| "the linker wrote no output".to_owned())
}

const OUTPUT: &str = "out";

/// Inputs by name; the one output's bytes are kept.
#[derive(Clone)]
struct Memory {
    files: Arc<HashMap<PathBuf, Arc<[u8]>>>,
    output: Arc<Mutex<Option<Vec<u8>>>>,
}

#[derive(Debug)]
struct Bytes(Arc<[u8]>);

impl InputFileData for Bytes {
    fn bytes(&self) -> &[u8] {
        &self.0
    }
}

struct Output {
    bytes: Vec<u8>,
    to: Arc<Mutex<Option<Vec<u8>>>>,
}

impl OutputFileData for Output {
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }
    fn finish(self) -> libwild::error::Result {
        *self.to.lock().expect("no writer panics") = Some(self.bytes);
        Ok(())
    }
}

fn missing() -> libwild::error::Error {
    std::io::Error::new(std::io::ErrorKind::NotFound, "no such file").into()
}

impl FileSystem for Memory {
    type Input = Bytes;
    type Output = Output;

    fn open_input(&self, path: &Path, _: bool) -> libwild::error::Result<(Bytes, Option<Arc<File>>)> {
        self.files.get(path).map(|b| (Bytes(b.clone()), None)).ok_or_else(missing)
    }
    fn file_type(&self, path: &Path) -> libwild::error::Result<FileType> {
        if self.files.contains_key(path) { Ok(FileType::File) } else { Err(missing()) }
    }
    fn canonicalize(&self, path: &Path) -> libwild::error::Result<PathBuf> {
        Ok(path.into())
    }
    fn remove_file(&self, _: &Path) -> libwild::error::Result<()> {
        Ok(())
    }
    fn rename_file(&self, _: &Path, _: &Path) -> libwild::error::Result<()> {
        Ok(())
    }
    fn create_output(&self, _: Arc<Path>, options: OutputOptions) -> libwild::error::Result<Output> {
        Ok(Output { bytes: vec![0; options.size as usize], to: self.output.clone() })
    }
    fn write_auxiliary(&self, _: &Path, _: &[u8]) -> libwild::error::Result {
        Ok(())
    }
}

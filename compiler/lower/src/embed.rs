//! Variables with `//go:embed`: their files as static data.
//!
//! A string or slice holds one file. An `embed.FS` points to a slice of its package's `file` structs (name and data come
//! first), in which directories are files without contents whose names end in a slash.

use crate::Program;
use crate::init::{Ref, Static};
use crate::ty::{Kind, Ty};
use std::collections::BTreeSet;
use std::sync::Arc;
use types::EmbedKind;

/// The files of one variable.
#[derive(Clone, Debug)]
pub struct Embedded {
    pub kind: EmbedKind,
    /// Slash-separated name and contents; no directories.
    pub files: Vec<(String, Arc<[u8]>)>,
}

impl Program<'_> {
    /// The initial value of a variable of type `ty`. None: the type is not the one that package embed should have.
    pub fn embedded_static(&mut self, embedded: &Embedded, ty: Ty) -> Option<Static> {
        let mut out = Static::new(self.size_of(ty));
        let only = embedded.files.first().map_or(&[][..], |(_, bytes)| bytes);
        match embedded.kind {
            EmbedKind::String => put_string(&mut out, 0, only),
            EmbedKind::Bytes => {
                let Kind::Slice(elem) = *self.under(ty) else { return None };
                let array = self.tys.intern(Kind::Array(elem, only.len() as u64));
                let mut contents = Static::new(only.len() as u64);
                contents.put(0, only);
                put_slice(&mut out, contents, array, only.len() as u64);
            }
            EmbedKind::Files => {
                let Kind::Struct(fields) = &*self.under(ty) else { return None };
                let Kind::Pointer(slice) = *self.under(fields.first()?.ty) else { return None };
                let Kind::Slice(file) = *self.under(slice) else { return None };
                let Kind::Struct(parts) = &*self.under(file) else { return None };
                if parts.len() < 2 || parts[0].name.as_str() != "name" || parts[1].name.as_str() != "data" {
                    return None;
                }
                let list = with_directories(&embedded.files);
                let (n, size) = (list.len() as u64, self.size_of(file));
                let mut table = Static::new(n * size);
                for (i, (name, data)) in list.iter().enumerate() {
                    put_string(&mut table, i as u64 * size, name.as_bytes());
                    put_string(&mut table, i as u64 * size + 16, data);
                }
                let array = self.tys.intern(Kind::Array(file, n));
                let mut header = Static::new(self.size_of(slice));
                put_slice(&mut header, table, array, n);
                out.refs.push((0, Ref::Object { contents: header, ty: slice, writable: true }));
            }
        }
        Some(out)
    }
}

fn put_string(out: &mut Static, at: u64, bytes: &[u8]) {
    if !bytes.is_empty() {
        out.refs.push((at, Ref::Str(bytes.to_vec())));
        out.put_word(at + 8, bytes.len() as u64);
    }
}

fn put_slice(out: &mut Static, contents: Static, array: Ty, n: u64) {
    if n > 0 {
        out.refs.push((0, Ref::Object { contents, ty: array, writable: true }));
        out.put_word(8, n);
        out.put_word(16, n);
    }
}

/// All files and the directories around them, by directory and then by name.
fn with_directories(files: &[(String, Arc<[u8]>)]) -> Vec<(String, &[u8])> {
    let mut dirs: BTreeSet<String> = BTreeSet::new();
    for (name, _) in files {
        dirs.extend(name.match_indices('/').map(|(at, _)| name[..=at].to_owned()));
    }
    let mut list: Vec<(String, &[u8])> = dirs.into_iter().map(|d| (d, &[][..])).collect();
    list.extend(files.iter().map(|(name, bytes)| (name.clone(), &**bytes)));
    list.sort_by(|a, b| sort_key(&a.0).cmp(&sort_key(&b.0)));
    list
}

fn sort_key(name: &str) -> (&str, &str) {
    let name = name.strip_suffix('/').unwrap_or(name);
    name.rsplit_once('/').unwrap_or((".", name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_come_with_their_files() {
        let file = |name: &str| (name.to_owned(), Arc::from(&b"x"[..]));
        let files = [file("a/b/c.txt"), file("a/z"), file("m.go")];
        let names: Vec<String> = with_directories(&files).into_iter().map(|f| f.0).collect();
        assert_eq!(names, ["a/", "m.go", "a/b/", "a/z", "a/b/c.txt"]);
    }
}

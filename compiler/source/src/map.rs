//! Source files and positions.
//!
//! A [`Pos`] is a file and a byte offset in 8 bytes. Lines and columns are computed when something is
//! printed, from the table of line starts, and then shifted by `//line` directives if the file has any.

use std::sync::Arc;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FileId(pub u32);

/// A byte in a source file. Ordered by file, then by offset.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Pos {
    pub file: FileId,
    /// Byte offset from the start of the file.
    pub offset: u32,
}

impl Pos {
    /// No position: of things that no source line made.
    pub const NONE: Pos = Pos { file: FileId(u32::MAX), offset: 0 };

    pub fn is_none(self) -> bool {
        self.file == FileId(u32::MAX)
    }
}

/// A position for people: as gc prints it, columns counted in bytes from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    pub file: Arc<str>,
    pub line: u32,
    /// 0 if a `//line` directive without a column hides it.
    pub column: u32,
}

/// `//line file:line[:col]` or `/*line ...*/`: holds for the text from `offset` on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineDirective {
    pub offset: u32,
    /// Empty: the file that the directive is in.
    pub file: Arc<str>,
    pub line: u32,
    /// 0: the directive names no column.
    pub column: u32,
}

/// One file: its name as the user wrote it, its text, its line starts.
#[derive(Debug)]
pub struct SourceFile {
    /// As printed in messages (relative where the user's argument was).
    pub name: Arc<str>,
    /// Absolute: as compiled programs show it in tracebacks.
    pub path: Arc<str>,
    pub text: Arc<[u8]>,
    line_starts: Vec<u32>,
    directives: Vec<LineDirective>,
}

impl SourceFile {
    /// Line and column (both from 1) of a byte, `//line` not applied.
    pub fn raw_line_column(&self, offset: u32) -> (u32, u32) {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        (line as u32, offset - self.line_starts[line - 1] + 1)
    }

    /// The text of a line (from 1) without its line end.
    pub fn line_text(&self, line: u32) -> &[u8] {
        let start = self.line_starts[line as usize - 1] as usize;
        let end = self.line_starts.get(line as usize).map_or(self.text.len(), |&next| next as usize - 1);
        self.text[start..end].strip_suffix(b"\r").unwrap_or(&self.text[start..end])
    }

    fn location(&self, offset: u32) -> Location {
        let (line, column) = self.raw_line_column(offset);
        let nth = self.directives.partition_point(|d| d.offset <= offset);
        let Some(directive) = nth.checked_sub(1).map(|i| &self.directives[i]) else {
            return Location { file: self.name.clone(), line, column };
        };
        let (from_line, from_column) = self.raw_line_column(directive.offset);
        let shifted_column = match directive.column {
            0 => 0,
            first if line == from_line => first + (column - from_column),
            _ => column,
        };
        // A directive without a file name is about the file that it is in.
        let file = if directive.file.is_empty() { &self.name } else { &directive.file };
        Location { file: file.clone(), line: directive.line + (line - from_line), column: shifted_column }
    }
}

/// All files of a compilation.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    pub fn add(&mut self, name: &str, path: &str, text: Arc<[u8]>) -> FileId {
        let mut line_starts = vec![0];
        line_starts.extend(text.iter().enumerate().filter(|&(_, &b)| b == b'\n').map(|(i, _)| i as u32 + 1));
        self.files.push(SourceFile { name: name.into(), path: path.into(), text, line_starts, directives: Vec::new() });
        FileId(self.files.len() as u32 - 1)
    }

    /// `directives` in the order of their offsets.
    pub fn set_directives(&mut self, file: FileId, directives: Vec<LineDirective>) {
        self.files[file.0 as usize].directives = directives;
    }

    pub fn file(&self, file: FileId) -> &SourceFile {
        &self.files[file.0 as usize]
    }

    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f))
    }

    /// Where `pos` is for people; `None` for [`Pos::NONE`].
    pub fn location(&self, pos: Pos) -> Option<Location> {
        (!pos.is_none()).then(|| self.file(pos.file).location(pos.offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> (SourceMap, FileId) {
        let mut map = SourceMap::default();
        let file = map.add("a.go", "/x/a.go", text.as_bytes().into());
        (map, file)
    }

    fn at(map: &SourceMap, file: FileId, offset: u32) -> (String, u32, u32) {
        let l = map.location(Pos { file, offset }).unwrap();
        (l.file.to_string(), l.line, l.column)
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let (map, file) = map("ab\nc\r\n");
        assert_eq!(at(&map, file, 0), ("a.go".into(), 1, 1));
        assert_eq!(at(&map, file, 2), ("a.go".into(), 1, 3));
        assert_eq!(at(&map, file, 3), ("a.go".into(), 2, 1));
        assert_eq!(at(&map, file, 6), ("a.go".into(), 3, 1));
        assert_eq!(map.file(file).line_text(2), b"c");
        assert_eq!(map.location(Pos::NONE), None);
    }

    #[test]
    fn line_directives_shift_what_follows() {
        let (mut map, file) = map("x\n//line b.go:10\ny\nz\n");
        map.set_directives(file, vec![LineDirective { offset: 17, file: "b.go".into(), line: 10, column: 0 }]);
        assert_eq!(at(&map, file, 0), ("a.go".into(), 1, 1));
        assert_eq!(at(&map, file, 17), ("b.go".into(), 10, 0));
        assert_eq!(at(&map, file, 19), ("b.go".into(), 11, 0));
    }
}

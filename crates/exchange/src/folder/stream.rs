//! A reader that passes text on only while it is UTF-8 without NUL and no row outgrows its bound, so that neither a
//! wrong encoding nor a quotation mark left open costs more memory than one row may have. Line ends become `\n`, the
//! last one included, so that rows can be counted alike whatever program wrote the file.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::error::ErrorCode;

/// Longest row of a table, in bytes.
pub const MAX_RECORD_BYTES: u64 = 1024 * 1024;

/// More than what the consumer may take of later rows before it marks the end of one.
const BUFFERED_AHEAD: u64 = 64 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Passes bytes of `inner` on after checking them.
pub(crate) struct CheckedReader<R> {
    inner: R,
    /// Bytes passed on since the consumer last finished a row.
    since_record: Rc<Cell<u64>>,
    /// Bytes read from `inner`, the byte order mark included.
    position: u64,
    most: u64,
    /// Bytes of a character that the last chunk cut.
    pending: Vec<u8>,
    ready: Vec<u8>,
    taken: usize,
    ended: bool,
    last: u8,
}

/// Tells a [`CheckedReader`] that a row is complete.
#[derive(Clone)]
pub(crate) struct RecordMark(Rc<Cell<u64>>);

impl RecordMark {
    pub(crate) fn record_ended(&self) {
        self.0.set(0);
    }
}

impl<R: Read> CheckedReader<R> {
    /// Reads at most `most` bytes.
    pub(crate) fn new(inner: R, most: u64) -> (Self, RecordMark) {
        let since_record = Rc::new(Cell::new(0));
        let mark = RecordMark(Rc::clone(&since_record));
        let reader = Self {
            inner,
            since_record,
            position: 0,
            most,
            pending: Vec::new(),
            ready: Vec::new(),
            taken: 0,
            ended: false,
            last: b'\n',
        };
        (reader, mark)
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut chunk = std::mem::take(&mut self.pending);
        let carried = chunk.len();
        chunk.resize(carried + 64 * 1024, 0);
        let count = self.inner.read(&mut chunk[carried..])?;
        chunk.truncate(carried + count);
        let chunk_start = self.position - carried as u64;
        self.position += count as u64;
        self.ended = count == 0;
        if self.position > self.most {
            return Err(refuse(ErrorCode::FileTooLarge { bytes: self.position, most: self.most }));
        }
        let valid = match std::str::from_utf8(&chunk) {
            Ok(_) => chunk.len(),
            // A character cut by the end of the chunk waits for the next one.
            Err(error) if error.error_len().is_none() && !self.ended => error.valid_up_to(),
            Err(error) => {
                let byte = chunk_start + error.valid_up_to() as u64;
                return Err(refuse(ErrorCode::NotUtf8 { byte }));
            }
        };
        if let Some(nul) = chunk[..valid].iter().position(|byte| *byte == 0) {
            return Err(refuse(ErrorCode::NulCharacter { byte: chunk_start + nul as u64 }));
        }
        self.pending = chunk.split_off(valid);
        if chunk_start == 0 && chunk.starts_with(BYTE_ORDER_MARK) {
            chunk.drain(..BYTE_ORDER_MARK.len());
        }
        self.pass_on(&chunk);
        Ok(())
    }

    fn pass_on(&mut self, chunk: &[u8]) {
        self.ready.clear();
        self.taken = 0;
        for byte in chunk {
            match (self.last, *byte) {
                (b'\r', b'\n') => {}
                (_, b'\r') => self.ready.push(b'\n'),
                (_, other) => self.ready.push(other),
            }
            self.last = *byte;
        }
        if self.ended && !matches!(self.last, b'\n' | b'\r') {
            self.ready.push(b'\n');
        }
    }
}

impl<R: Read> Read for CheckedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.ready.len() && !self.ended {
            self.fill()?;
        }
        let count = buffer.len().min(self.ready.len() - self.taken);
        buffer[..count].copy_from_slice(&self.ready[self.taken..self.taken + count]);
        self.taken += count;
        // The consumer buffers ahead, so a whole buffer may pass between two marks without any row being long.
        let passed = self.since_record.get() + count as u64;
        self.since_record.set(passed);
        if passed > MAX_RECORD_BYTES + BUFFERED_AHEAD {
            return Err(refuse(ErrorCode::RecordTooLong { most: MAX_RECORD_BYTES }));
        }
        Ok(count)
    }
}

#[derive(Debug)]
struct Refusal(ErrorCode);

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0.message())
    }
}

impl std::error::Error for Refusal {}

fn refuse(code: ErrorCode) -> io::Error {
    io::Error::other(Refusal(code))
}

/// The code behind an error of a [`CheckedReader`], or of the file below it.
pub(crate) fn code_of(error: &io::Error) -> ErrorCode {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Refusal>()) {
        Some(Refusal(code)) => code.clone(),
        None => super::locate::unreadable(error),
    }
}

/// The whole of a small text.
pub(crate) fn read_text(inner: impl Read, most: u64) -> Result<String, ErrorCode> {
    let (reader, mark) = CheckedReader::new(inner, most);
    let mut lines = io::BufReader::new(reader);
    let mut buffer = [0; 8192];
    let mut bytes = Vec::new();
    loop {
        let count = lines.read(&mut buffer).map_err(|error| code_of(&error))?;
        if count == 0 {
            break;
        }
        mark.record_ended();
        bytes.extend_from_slice(&buffer[..count]);
    }
    String::from_utf8(bytes).map_err(|error| ErrorCode::NotUtf8 { byte: error.utf8_error().valid_up_to() as u64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time, so that every character is cut.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn text_passes_whole_however_it_is_cut() {
        for text in ["", "a\n", "Côte d'Ivoire\n请求\n\n\u{1f600}\n"] {
            assert_eq!(read_text(Drip(text.as_bytes()), 100).unwrap(), text);
            assert_eq!(read_text(Drip(text.replace('\n', "\r\n").as_bytes()), 100).unwrap(), text);
            assert_eq!(read_text(Drip(text.replace('\n', "\r").as_bytes()), 100).unwrap(), text);
            assert_eq!(read_text(text.trim_end().as_bytes(), 100).unwrap(), text);
        }
        assert_eq!(read_text(&b"\xef\xbb\xbfid"[..], 100).unwrap(), "id\n");
    }

    #[test]
    fn the_first_wrong_byte_is_named() {
        assert_eq!(read_text(&b"ab\xffcd"[..], 100), Err(ErrorCode::NotUtf8 { byte: 2 }));
        assert_eq!(read_text(Drip(b"ab\xc3"), 100), Err(ErrorCode::NotUtf8 { byte: 2 }));
        assert_eq!(read_text(&b"\xef\xbb\xbfa\xff"[..], 100), Err(ErrorCode::NotUtf8 { byte: 4 }));
        assert_eq!(read_text(&b"ab\0"[..], 100), Err(ErrorCode::NulCharacter { byte: 2 }));
        assert_eq!(read_text(&b"abc"[..], 2), Err(ErrorCode::FileTooLarge { bytes: 3, most: 2 }));
    }

    #[test]
    fn an_endless_row_is_refused_without_being_kept() {
        let (mut reader, _mark) = CheckedReader::new(io::repeat(b'x'), u64::MAX);
        let error = io::copy(&mut reader, &mut io::sink()).unwrap_err();
        assert_eq!(code_of(&error), ErrorCode::RecordTooLong { most: MAX_RECORD_BYTES });
    }
}

//! A text as a picture that a telephone reads (QR code).

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// Cells of quiet ground that readers want on each side.
const QUIET: usize = 4;

/// What is drawn: cells of one unit, the first at the origin.
pub(crate) struct Picture {
    /// Where the ground begins, left and above.
    pub(crate) start: String,
    /// Cells along each side, quiet ground counted.
    pub(crate) side: usize,
    /// The dark cells, as the path of an SVG.
    pub(crate) path: String,
}

/// The picture of a text; `None` where it is too long for one.
pub(crate) fn of(text: &str) -> Option<Picture> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, cells) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (line, row) in cells.chunks(width).enumerate() {
        let mut column = 0;
        for run in row.chunk_by(PartialEq::eq) {
            if run[0] == Color::Dark {
                // Writing to a text never fails.
                let _ = write!(path, "M{column} {line}h{length}v1h-{length}z", length = run.len());
            }
            column += run.len();
        }
    }
    Some(Picture { start: format!("-{QUIET}"), side: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_picture_begins_with_the_frame_of_its_corner() {
        let picture = of("otpauth://totp/needmatch:a@example.org?secret=AAAA&issuer=needmatch").unwrap();
        assert!(picture.path.starts_with("M0 0h7v1h-7z") && picture.path.contains("M0 1h1v1h-1z"), "{}", picture.path);
        assert_eq!(picture.side % 4, 1, "{}: 17 and a multiple of four, and the ground", picture.side);
        assert!(of(&"x".repeat(10_000)).is_none());
    }
}

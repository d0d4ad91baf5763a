//! Textures, so that colour is never the only difference, in print and to every eye.

use crate::svg::Drawing;

/// Classes of the palette: one for each provider or series, repeated from the sixth on.
pub(crate) const PALETTE: usize = 5;

/// Colours where no stylesheet is read, by palette class.
pub(crate) const COLOURS: [&str; PALETTE] = ["#0b6fb8", "#2f9e77", "#c97b12", "#8a5bb5", "#5b7688"];

/// Colours where no stylesheet is read, by level of coverage.
pub(crate) const LEVEL_COLOURS: [&str; 5] = ["#f9dcd8", "#fbecc8", "#e6f0cf", "#c5e6d2", "#97d3b3"];

/// Width, height and strokes of each palette texture. The first class is plain.
const TEXTURES: [Option<(u8, u8, &str)>; PALETTE] = [
    None,
    Some((8, 8, "M-2 2L2 -2M0 8L8 0M6 10L10 6")),
    Some((6, 6, "M0 3H6")),
    Some((7, 7, "M3.5 0V7")),
    Some((9, 9, "M0 0L9 9M9 0L0 9")),
];

/// Textures of the levels, denser the better something is covered: nothing, then dots, then lines.
const LEVEL_TEXTURES: [Option<(u8, u8, &str)>; 5] = [
    None,
    Some((10, 10, "M5 4.5V5.5")),
    Some((6, 6, "M3 2.5V3.5")),
    Some((8, 8, "M-2 2L2 -2M0 8L8 0M6 10L10 6")),
    Some((5, 5, "M-1 1L1 -1M0 5L5 0M4 6L6 4")),
];

/// Defines the palette textures that are used.
pub(crate) fn define_palette(drawing: &mut Drawing, used: usize) {
    define(drawing, 'p', &TEXTURES[..used.min(PALETTE)]);
}

/// Defines the textures of all levels.
pub(crate) fn define_levels(drawing: &mut Drawing) {
    define(drawing, 'h', &LEVEL_TEXTURES);
}

fn define(drawing: &mut Drawing, family: char, textures: &[Option<(u8, u8, &str)>]) {
    drawing.raw("<defs>");
    for (index, texture) in textures.iter().enumerate() {
        if let Some((width, height, strokes)) = texture {
            let id = drawing.id(&format!("{family}{index}"));
            drawing.raw(&format!(
                "<pattern id=\"{id}\" width=\"{width}\" height=\"{height}\" patternUnits=\"userSpaceOnUse\">\
                 <path class=\"stroke-{family}\" d=\"{strokes}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1\"/></pattern>",
                if family == 'p' { "#fff" } else { "#5b7688" }
            ));
        }
    }
    drawing.raw("</defs>");
}

/// Attribute that fills with the texture of a palette class; nothing for the plain one.
pub(crate) fn palette_texture(drawing: &Drawing, class: usize) -> Option<String> {
    texture(drawing, 'p', class % PALETTE, &TEXTURES)
}

/// Attribute that fills with the texture of a level; nothing for the plain one.
pub(crate) fn level_texture(drawing: &Drawing, level: usize) -> Option<String> {
    texture(drawing, 'h', level, &LEVEL_TEXTURES)
}

fn texture(drawing: &Drawing, family: char, index: usize, textures: &[Option<(u8, u8, &str)>]) -> Option<String> {
    textures.get(index)?.as_ref()?;
    Some(format!(" class=\"texture\" fill=\"url(#{})\"", drawing.id(&format!("{family}{index}"))))
}

/// Attributes of a mark in a palette class.
pub(crate) fn palette_fill(class: usize, further: &str) -> String {
    let class = class % PALETTE;
    format!(" class=\"p{class}{further}\" fill=\"{}\"", COLOURS[class])
}

/// Attributes of a cell of a level.
pub(crate) fn level_fill(level: usize) -> String {
    let level = level.min(LEVEL_COLOURS.len() - 1);
    format!(" class=\"h{level}\" fill=\"{}\"", LEVEL_COLOURS[level])
}

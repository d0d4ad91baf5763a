//! The stylesheet of all charts.

/// Colours for light and dark, textures, focus, reduced motion and print. Pages serve it as a file of their own.
pub const STYLESHEET: &str = include_str!("charts.css");

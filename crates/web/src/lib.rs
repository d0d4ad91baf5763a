//! Pages: what people see of needmatch in a browser.
//!
//! Every page is rendered here, on the server, from what `app` lets the visitor see, in the visitor's language; every
//! control is a link or a form, so that scripts add comfort and nothing else. Templates stand in `templates`, texts in
//! `i18n`, drawings in `charts`.
//!
//! A new page is a file in `pages` with its handler and a struct for its template, and a line in [`router`]. It takes a
//! `Visit` and lets it answer, so that refusals become pages too.

mod assets;
mod failure;
mod form;
mod language;
mod layout;
mod pages;
mod picture;
mod router;
mod visit;

pub use router::router;

//! What anybody who is handed a drawing relies on, whatever stands in it.

mod golden;
mod markup;
mod mirror;
mod sample;

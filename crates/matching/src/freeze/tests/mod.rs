//! Freezing as a whole, by what it answers for.

mod amounts;
mod cross_product;
mod left_out;
mod limits;
mod locks;
mod refused;

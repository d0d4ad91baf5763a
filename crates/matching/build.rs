//! Builds nothing: it is here so that the build dependencies in Cargo.toml, which keep the solver from being compiled
//! once for every selection of packages, take part in the resolution of features.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}

//! `sqlx::migrate!` embeds the migration folders but does not notice new files by itself.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations/sqlite");
    println!("cargo::rerun-if-changed=../../migrations/postgres");
}

//! The stages around the solver on each committed scenario: reading the folder, freezing it, a first plan without the
//! solver, and recounting that plan. What the solver takes is measured by `needmatch match`, which tells it.
//!
//! Each stage is near to linear in the cells, pairs and rows there are; a stage that grows faster between scenarios than
//! its input is to be looked at.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use needmatch_benches::{SCENARIOS, constructed, folder, frozen, read};
use needmatch_domain::run::RunSettings;
use needmatch_exchange::read_folder;

fn stages(criterion: &mut Criterion) {
    for name in SCENARIOS {
        let (path, scenario) = (folder(name), read(name));
        let problem = Arc::new(frozen(&scenario));
        let limits = &scenario.settings.limits;
        let settings = RunSettings { gap_permille: limits.gap_permille, seconds: 60, threads: 1 };
        let run = constructed(&problem, &settings);
        let mut group = criterion.benchmark_group(name);
        group.bench_function(BenchmarkId::from_parameter("read"), |bencher| {
            bencher.iter(|| read_folder(black_box(&path)).map_err(|errors| errors.len()));
        });
        group.bench_function(BenchmarkId::from_parameter("freeze"), |bencher| {
            bencher.iter(|| frozen(black_box(&scenario)));
        });
        group.bench_function(BenchmarkId::from_parameter("construct"), |bencher| {
            bencher.iter(|| constructed(black_box(&problem), &settings));
        });
        group.bench_function(BenchmarkId::from_parameter("verify"), |bencher| {
            bencher.iter_batched(
                || run.clone(),
                |run| needmatch_verify::accept(run, Arc::clone(&problem)).map_err(|findings| findings.len()),
                criterion::BatchSize::LargeInput,
            );
        });
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .without_plots();
    targets = stages
}
criterion_main!(benches);

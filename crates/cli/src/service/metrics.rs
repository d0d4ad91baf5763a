//! Figures for Prometheus at `/metrics`: what this process counted, and how many runs wait in the register they share.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use needmatch_app::Lately;
use needmatch_store::{Store, StoreError};

/// How long the register may take to count before the figures come without it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Upper bounds of what takes seconds.
const SECONDS: [f64; 13] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 20.0, 60.0, 600.0];

/// Upper bounds of gaps, in permille.
const PERMILLE: [f64; 8] = [0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];

/// Begins to count.
pub(crate) fn install() -> anyhow::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_permille".to_owned()), &PERMILLE)?
        .install_recorder()?;
    metrics::describe_counter!("needmatch_http_requests_total", "Requests answered, by method, route and status");
    metrics::describe_histogram!("needmatch_http_request_seconds", "Time until an answer began");
    metrics::describe_gauge!("needmatch_runs_waiting", "Runs that wait for a worker, in the whole register");
    metrics::describe_counter!("needmatch_runs_ended_total", "Runs this process ended, by lifecycle");
    metrics::describe_histogram!("needmatch_run_phase_seconds", "Time runs spent waiting, solving and being stored");
    metrics::describe_histogram!("needmatch_run_gap_permille", "Gap of the first goal of runs this process ended");
    metrics::describe_counter!("needmatch_solver_deaths_total", "Solver processes that died, hung, or lied");
    metrics::counter!("needmatch_solver_deaths_total").absolute(0);
    Ok(handle)
}

/// `/metrics`.
pub(crate) fn router(handle: PrometheusHandle, store: Store) -> Router {
    let waiting = Arc::new(Lately::default());
    let show = move || async move { show(&handle, &store, &waiting).await };
    Router::new().route("/metrics", get(show))
}

/// Runs that wait for a worker, those of sweeps among them; none: the register cannot be asked.
async fn waiting(store: &Store) -> Option<i64> {
    let count = async {
        let mut session = store.read().await?;
        Ok::<_, StoreError>(session.queue_depth().await? + session.queue_depth_of_sweeps().await?)
    };
    match tokio::time::timeout(PATIENCE, count).await {
        Ok(Ok(waiting)) => return Some(waiting),
        Ok(Err(error)) => tracing::warn!(%error, "the queue cannot be counted"),
        Err(_) => tracing::warn!("the queue cannot be counted in time"),
    }
    None
}

async fn show(handle: &PrometheusHandle, store: &Store, lately: &Lately<Option<i64>>) -> Response {
    // What this process counted is worth telling when the register is away, then most of all.
    if let Some(waiting) = lately.get(waiting(store)).await {
        #[expect(clippy::cast_precision_loss, reason = "a gauge is a float; no queue is so long")]
        let waiting = waiting as f64;
        metrics::gauge!("needmatch_runs_waiting").set(waiting);
    }
    handle.run_upkeep();
    (StatusCode::OK, [(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()).into_response()
}

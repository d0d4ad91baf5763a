//! Logs go to standard error: readable lines, or one JSON document a line. What is logged are names, numbers and routes;
//! secrets have types that do not print, and addresses, which may hold one, are logged as routes.

use tracing_subscriber::EnvFilter;

use super::configuration::Configuration;

/// Starts the logs of a service.
pub(crate) fn start(configuration: &Configuration) {
    let filter = EnvFilter::new(&configuration.log_filter);
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if configuration.logs_json {
        lines.json().flatten_event(true).init();
    } else {
        lines.init();
    }
}

//! The server is watched, logs without secrets, and stops in order.

use std::fs::{self, File};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::program::Made;

struct Serving {
    child: Child,
    address: String,
    log: std::path::PathBuf,
}

fn serve(made: &Made) -> Serving {
    let log = made.path("serve.log");
    let child = Command::new(env!("CARGO_BIN_EXE_needmatch"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .env("DATABASE_URL", &made.url)
        .env("NEEDMATCH_LOG", "debug")
        .env("NEEDMATCH_LOG_FORMAT", "json")
        .env("NEEDMATCH_GRACE_SECONDS", "2")
        .stdin(Stdio::null())
        .stderr(File::create(&log).expect("a log"))
        .spawn()
        .expect("needmatch starts");
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let told = fs::read_to_string(&log).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("needmatch listens on "));
        if let Some(address) = line.filter(|_| told.contains("listens on") && told.contains('\n')) {
            return Serving { child, address: address.to_owned(), log };
        }
        assert!(Instant::now() < deadline, "{told}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Serving {
    fn stop(&mut self) -> bool {
        let process = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(process, Signal::TERM).unwrap();
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_server_is_watched_and_its_log_holds_no_secret() {
    let made = Made::new().await;
    let mut serving = serve(&made);
    let http = reqwest::Client::new();
    let get = async |path: &str| {
        let answer = http.get(format!("{}{path}", serving.address)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(get("/healthz").await.0, 200);
    assert_eq!(get("/readyz").await.0, 200);
    let runs = format!("{}/api/v1/scenarios/{}/runs", serving.address, made.scenario);
    let started = http.post(runs).bearer_auth(&made.token).json(&json!({})).send().await.unwrap();
    assert_eq!(started.status(), 202);
    let run = format!("{}{}", serving.address, started.headers()["location"].to_str().unwrap());
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let answer = http.get(&run).bearer_auth(&made.token).send().await.unwrap();
        let found: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        if found["lifecycle"] == "succeeded" {
            break;
        }
        assert!(Instant::now() < deadline, "{found}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // A secret in an address, and one that is not ours.
    get(&format!("/sign-in/{}", made.token)).await;
    let stolen = format!("{}0", made.token);
    http.get(&run).bearer_auth(&stolen).send().await.unwrap();

    let figures = get("/metrics").await.1;
    for expected in [
        "needmatch_http_requests_total{method=\"POST\",route=\"/api/v1/scenarios/{id}/runs\",status=\"202\"} 1",
        "needmatch_runs_waiting 0",
        "needmatch_runs_ended_total{lifecycle=\"succeeded\"} 1",
        "needmatch_run_phase_seconds_count{phase=\"solving\"} 1",
        "needmatch_run_gap_permille_count",
        "needmatch_solver_deaths_total 0",
        "needmatch_http_request_seconds_bucket",
    ] {
        assert!(figures.contains(expected), "{expected}: {figures}");
    }
    assert!(serving.stop(), "it ends in order");
    let log = fs::read_to_string(&serving.log).unwrap();
    let digits = &made.token[3..];
    assert!(!log.contains(digits) && !log.contains(&digits[..20]), "the log holds a secret");
    let documents = log.lines().filter(|line| line.starts_with('{'));
    let told: Vec<Value> = documents.map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(told.iter().any(|line| line["message"] == "answered" && line["status"] == 202), "{log}");
    assert!(told.iter().any(|line| line["message"] == "a run has ended"), "{log}");
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_hands_its_run_back_and_cuts_no_listener_off_for_long() {
    let made = Made::new().await;
    let mut serving = serve(&made);
    let http = reqwest::Client::new();
    let runs = format!("{}/api/v1/scenarios/{}/runs", serving.address, made.scenario);
    let started = http.post(runs).bearer_auth(&made.token).json(&json!({})).send().await.unwrap();
    let run = started.headers()["location"].to_str().unwrap().to_owned();
    let events = format!("{}{run}/events", serving.address);
    let listening = http.get(&events).bearer_auth(&made.token).send().await.unwrap();
    assert_eq!(listening.status(), 200);
    assert!(serving.stop(), "neither the run nor the listener keeps it");
    let mut again = serve(&made);
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let answer = http.get(format!("{}{run}", again.address)).bearer_auth(&made.token).send().await.unwrap();
        let found: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        if found["lifecycle"] == "succeeded" {
            break;
        }
        assert!(Instant::now() < deadline, "{found}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(again.stop());
}

//! What the quick start tells donors to run does what it says.

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use needmatch_app::store::words::PartyKind;
use needmatch_app::{Principal, Scope, Surface, tokens};
use serde_json::json;

use crate::consent::proposed;
use crate::matching::parties;
use crate::sandbox::sandbox;
use crate::server::Service;

/// The blocks of a language in the quick start, in order.
fn blocks(language: &str) -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/quick-start.md");
    let text = std::fs::read_to_string(path).expect("the quick start");
    let opening = format!("```{language}\n");
    text.split(&opening)
        .skip(1)
        .filter_map(|rest| rest.split_once("\n```"))
        .map(|(block, _)| format!("{block}\n"))
        .collect()
}

async fn the_quick_start_runs_as_written(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider;
    let operator = Principal::operator();
    let surface = Surface { name: "cli", request_id: "test".to_owned() };
    let mut transaction = service.app.begin(&operator, &surface).await.unwrap();
    let issued = tokens::issue_to(&mut transaction, &operator, provider.key, "mirror", &Scope::ALL).await.unwrap();
    transaction.commit().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (script, table) = (folder.path().join("mirror.py"), folder.path().join("offers.csv"));
    let [python] = <[String; 1]>::try_from(blocks("python")).expect("one script");
    assert!(python.lines().filter(|line| !line.trim().is_empty()).count() <= 20, "at most 20 lines");
    std::fs::write(&script, python).unwrap();
    std::fs::write(&table, &blocks("csv")[0]).unwrap();
    let variables = [
        ("NEEDMATCH_URL", service.address().to_owned()),
        ("NEEDMATCH_TOKEN", issued.secret.reveal().to_owned()),
        ("NEEDMATCH_PARTY", provider.key.to_string()),
    ];
    let run = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).envs(variables.clone());
        let output = tokio::task::block_in_place(|| command.output()).expect("the program runs");
        let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{program}: {said}{complained}");
        said.into_owned()
    };
    let mirror = || run("python3", &[script.to_str().unwrap(), table.to_str().unwrap()]);
    let first = mirror();
    assert_eq!(first, "2027-002 1\n2027-003 1\n");
    assert_eq!(mirror(), first, "run again, it changes nothing");
    let changed = blocks("csv")[0].replace("90000", "95000");
    std::fs::write(&table, changed).unwrap();
    assert_eq!(mirror(), "2027-002 1\n2027-003 2\n");

    let shell = blocks("sh");
    let (trying, by_hand) = shell.split_first().expect("blocks");
    for block in by_hand {
        run("sh", &["-ec", block]);
    }
    let sandbox = sandbox(service, PartyKind::Provider, "donor").await;
    let mut command = Command::new("sh");
    command.args(["-ec", trying]).env("NEEDMATCH_URL", service.address()).env("NEEDMATCH_TOKEN", &sandbox.token);
    command.env("NEEDMATCH_PARTY", sandbox.party.key.to_string());
    let output = tokio::task::block_in_place(|| command.output()).expect("the shell runs");
    let answered = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && answered.contains(r#""offers":1"#), "{answered}");
    let listed = provider.client.get("/api/v1/offers?limit=10").await.expect(200).body;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(3));
    let handed_in = provider.client.get("/api/v1/offers?lifecycle=submitted").await.expect(200).body;
    assert_eq!(handed_in["items"][0]["external_id"], "2027-001", "{handed_in}");

    // It goes on to listen: a proposal is heard of, and a forged message refused.
    let listener = service.receiver();
    let (address, port) = (listener.local_addr().unwrap(), listener.local_addr().unwrap().port().to_string());
    drop(listener);
    let path = format!("/api/v1/parties/{}/webhooks", provider.key);
    let webhook = json!({ "url": format!("http://{address}/"), "kinds": ["proposal.opened"] });
    let made = provider.client.post(&path, &webhook).await.expect(201).body;
    let heard = folder.path().join("heard");
    let mut command = Command::new("python3");
    command.arg(&script).arg(&table).arg(&port).envs(variables.clone());
    command.env("NEEDMATCH_SECRET", made["secret"].as_str().unwrap()).stderr(std::process::Stdio::null());
    command.stdout(std::fs::File::create(&heard).unwrap());
    let _listening = Listening(command.spawn().expect("Python"));
    let mirrored = "2027-002 1\n2027-003 2\n";
    assert_eq!(said(&heard, 2).await, mirrored);
    let (_, _, proposals) = proposed(service, &parties, &json!({})).await;
    service.deliverer();
    let opened = "proposal.opened\n".repeat(proposals.len());
    assert_eq!(said(&heard, 2 + proposals.len()).await, format!("{mirrored}{opened}"));
    let forged = reqwest::Client::new().post(format!("http://{address}/")).body("{\"type\":\"proposal.opened\"}");
    let forged = forged.header("webhook-id", "1").header("webhook-timestamp", "1").header("webhook-signature", "v1,x");
    assert_eq!(forged.send().await.expect("an answer").status(), 401);
    assert_eq!(said(&heard, 3 + proposals.len()).await, format!("{mirrored}{opened}forged\n"));
}

/// A program that ends with the test.
struct Listening(Child);

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a program has said once it has said so many lines.
async fn said(file: &Path, lines: usize) -> String {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let text = std::fs::read_to_string(file).unwrap();
        // A line counts once it has ended.
        if text.matches('\n').count() >= lines {
            return text;
        }
        assert!(Instant::now() < until, "{lines} lines expected: {text}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

crate::on_both_databases!(the_quick_start_runs_as_written);

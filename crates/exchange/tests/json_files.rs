//! Problems, runs and plans as files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use needmatch_domain::certificate::{Certificate, Leaf, MAX_DEPTH, Proof, StageProof};
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::goal::{Gap, Goal, GoalName};
use needmatch_domain::plan::{Plan, PlanRow};
use needmatch_domain::problem::{self, Problem};
use needmatch_domain::reason::Explanations;
use needmatch_domain::rule::Rule;
use needmatch_domain::run::{Outcome, Run, RunSettings, Status, Totals};
use needmatch_exchange::{
    ErrorCode, FileError, read_folder, read_problem, read_run, write_plan_csv, write_problem, write_run,
};

fn problem() -> Problem {
    Problem {
        format: problem::FORMAT.to_owned(),
        name: "Empty".to_owned(),
        currency: "USD".to_owned(),
        seed: 1,
        periods: vec!["all".parse().unwrap()],
        states: Vec::new(),
        providers: Vec::new(),
        requests: Vec::new(),
        components: Vec::new(),
        offers: Vec::new(),
        channels: Vec::new(),
        regional_floors: Vec::new(),
        regional_ceilings: Vec::new(),
        rules: Rule::rows().map(|rule| (rule, rule.default_mode())).collect::<BTreeMap<_, _>>(),
        goals: vec![Goal::plain(GoalName::Coverage)],
        locks: Vec::new(),
        baseline: Vec::new(),
    }
}

fn run() -> Run {
    let outcome = Outcome {
        status: Status::Optimal,
        plan: Plan::default(),
        goals: Vec::new(),
        totals: Totals::default(),
        certificate: Certificate::default(),
        explanations: Explanations::default(),
    };
    Run::seal(problem(), RunSettings { gap_permille: Gap::default(), seconds: 1, threads: 1 }, outcome, "0.1.0")
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Vec<FileError>>) -> FileError {
    result.expect_err("a refusal").remove(0)
}

#[test]
fn a_problem_and_a_run_read_back_equal_and_the_file_has_the_problem_s_hash() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("problem.json");
    write_problem(&problem(), &path).unwrap();
    assert_eq!(read_problem(&path).unwrap(), problem());
    assert_eq!(needmatch_domain::canonical::sha256(&fs::read(&path).unwrap()), problem().sha256());

    let path = folder.path().join("run.json");
    write_run(&run(), &path).unwrap();
    let read = read_run(&path).unwrap();
    assert_eq!((read.run, read.problem), (run(), problem()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no partial file stays");
}

#[test]
fn a_detached_problem_is_looked_for_beside_the_run_and_must_be_the_right_one() {
    let folder = tempfile::tempdir().unwrap();
    let (detached, problem) = run().detach("problem.json");
    let path = folder.path().join("run.json");
    write_run(&detached, &path).unwrap();
    assert!(matches!(refusal(read_run(&path)).code, ErrorCode::NotReadable { .. }));

    write_problem(problem.as_ref().unwrap(), &folder.path().join("problem.json")).unwrap();
    assert_eq!(read_run(&path).unwrap().problem, problem.clone().unwrap());

    let other = Problem { name: "Another".to_owned(), ..problem.unwrap() };
    write_problem(&other, &folder.path().join("problem.json")).unwrap();
    let error = refusal(read_run(&path));
    assert_eq!(error.code, ErrorCode::ProblemHash { expected: run().problem_sha256, found: other.sha256() });

    for elsewhere in ["../problem.json", "/etc/hostname", "", "a/b.json"] {
        write_run(&run().detach(elsewhere).0, &path).unwrap();
        assert_eq!(refusal(read_run(&path)).code, ErrorCode::ProblemFileElsewhere {}, "{elsewhere:?}");
    }
    let neither = Run { problem: None, ..run() };
    write_run(&neither, &path).unwrap();
    assert_eq!(refusal(read_run(&path)).code, ErrorCode::ProblemMissing {});
}

#[test]
fn what_is_no_problem_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("problem.json");
    let sentence = |text: &str| {
        fs::write(&path, text).unwrap();
        refusal(read_problem(&path)).to_string()
    };
    assert_eq!(
        sentence("{\n \"format\": 1 }"),
        "problem.json line 2: the content is refused at character 12 (invalid type: integer `1`, expected a string); use the file as needmatch wrote it"
    );
    assert!(sentence(&"[".repeat(100_000)).starts_with("problem.json line 1: the content is refused at character"));
    assert!(sentence("").contains("EOF"));

    let old = Problem { format: "needmatch-problem-0".to_owned(), ..problem() };
    assert_eq!(
        sentence(&serde_json::to_string(&old).unwrap()),
        "problem.json, format: needmatch-problem-0 is not the format needmatch-problem-1; use a file written by this version"
    );
    let faulty = Problem { periods: Vec::new(), goals: Vec::new(), ..problem() };
    fs::write(&path, serde_json::to_string(&faulty).unwrap()).unwrap();
    let errors: Vec<String> = read_problem(&path).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        errors,
        [
            "problem.json, periods: must be: at least one period; freeze the problem again",
            "problem.json, goals: must be: at least one goal; freeze the problem again",
        ]
    );
    assert!(matches!(refusal(read_problem(folder.path())).code, ErrorCode::NotARegularFile {}));
}

#[test]
fn a_plan_is_safe_to_open_and_reads_back_as_a_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
    write("scenario.toml", "currency = \"USD\"\nas_of = \"2026-01-01\"\n");
    write("requests.csv", "id,state,area\nR1,KEN,marking\n");
    write("components.csv", "id,request,type,unit,quantity,unit_cost\n=C1,R1,equipment,machine,10,5\n");
    write("offers.csv", "id,provider,form,unit,quantity\n+O1,Norway,money,currency,200\n");
    let row = |component: &str, offer: &str| PlanRow {
        component: component.to_owned(),
        offer: offer.to_owned(),
        period: "all".to_owned(),
        quantity: 4,
        draw: 20,
        cost: 20,
        score: 320_000,
    };
    write_plan_csv(&[row("=C1", "+O1")], &folder.path().join("baseline.csv")).unwrap();
    let text = fs::read_to_string(folder.path().join("baseline.csv")).unwrap();
    assert_eq!(text, "component,offer,period,quantity,draw,cost,score\n'=C1,'+O1,all,4,20,20,320000\n");
    let scenario = read_folder(folder.path()).unwrap();
    assert_eq!(scenario.baseline[0].component.as_str(), "=C1");
    assert_eq!(scenario.baseline[0].quantity, 4);
    write_plan_csv(&[], &folder.path().join("empty.csv")).unwrap();
    assert!(write_plan_csv(&[], Path::new("/nowhere/plan.csv")).is_err());
}

#[test]
fn the_deepest_proof_that_is_made_can_be_read() {
    let leaf = || Proof::Leaf(Leaf::default());
    let proof = (1..MAX_DEPTH).fold(leaf(), |below, _| Proof::Split {
        column: ColumnKey::of(Column::X, &[0, 0, 0]),
        at: 0,
        below: Box::new(below),
        above: Box::new(leaf()),
    });
    let mut deep = run();
    deep.outcome.certificate.stages.push(StageProof { witness: None, proof });
    deep.digest = deep.computed_digest();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.json");
    write_run(&deep, &path).unwrap();
    match read_run(&path) {
        Ok(read) => assert_eq!(read.run, deep),
        Err(errors) => panic!("{}", errors[0]),
    }
}

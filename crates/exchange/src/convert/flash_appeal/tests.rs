//! The converter on eight real activities (`excerpt.xml`, CC BY 4.0).

use super::*;
use crate::convert::element::parse;

const EXCERPT: &str = include_str!("excerpt.xml");

fn rows(folder: &Folder, file: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(folder.files[file].as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_joint_project_listed_four_times_is_two_requests() {
    let folder = convert(EXCERPT).unwrap();
    let requests: Vec<_> =
        rows(&folder, "requests.csv").into_iter().map(|row| [row[0].clone(), row[2].clone()]).collect();
    assert_eq!(
        requests,
        [
            ["43739", "OHCHR (Office of the High Commissioner for Human Rights)"],
            ["44224", "UNHCR (United Nations High Commissioner for Refugees)"],
            ["43836", "Plan (Plan International)"],
            ["44266", "WVI (World Vision International)"],
            ["44345", "CARE International (CARE International)"],
        ]
    );
    let quantities: Vec<_> = rows(&folder, "components.csv").into_iter().map(|row| row[4].clone()).collect();
    assert_eq!(quantities, ["670000", "470406", "1000000", "72225", "5625000"]);
    assert_eq!(rows(&folder, "requests.csv")[3][1], "DOM");
}

#[test]
fn flows_add_up_to_offers_that_keep_earmark_firmness_and_currency() {
    let folder = convert(EXCERPT).unwrap();
    let offers = rows(&folder, "offers.csv");
    let offer = |id: &str| offers.iter().find(|row| row[0] == id).unwrap_or_else(|| panic!("{id}"));
    assert_eq!(offer("5074-protection-commitment-USD")[6], "570490", "a flow listed twice counts once");
    assert_eq!(offer("5228-any-commitment-USD")[4], "", "money awaiting allocation serves any cluster");
    assert_eq!(offer("5524-protection-pledge-USD")[7], "pledge");
    assert_eq!(offer("6842-protection-commitment-EUR")[5..7], ["EUR", "387297"]);
    assert!(offers.iter().all(|row| row[5] != "UGX"), "a currency without a sourced rate is left out");
    assert!(folder.files["README.md"].contains("UGX 50,000"), "and what is left out is said");
    assert_eq!(offers.len(), 12);
}

#[test]
fn the_earlier_plan_stays_within_costs_and_offers() {
    let folder = convert(EXCERPT).unwrap();
    let baseline = rows(&folder, "baseline.csv");
    let paid = |component: &str| -> i64 {
        baseline.iter().filter(|row| row[0] == component).map(|row| row[3].parse::<i64>().unwrap()).sum()
    };
    assert_eq!(paid("43836-funds"), 1_000_000, "a request takes no more than its cost");
    assert_eq!(paid("43739-funds"), 570_490);
    assert_eq!(paid("44224-funds"), 0);
    for offer in rows(&folder, "offers.csv") {
        let worth = rates::in_dollars(offer[6].parse().unwrap(), &offer[5]).unwrap();
        let used: i64 =
            baseline.iter().filter(|row| row[1] == offer[0]).map(|row| row[3].parse::<i64>().unwrap()).sum();
        assert!(used <= worth, "{}: {used} of {worth}", offer[0]);
    }
}

#[test]
fn what_the_source_never_holds_is_refused() {
    let changed = [
        ("currency=\"USD\">72225</total-cost>", "currency=\"EUR\">72225</total-cost>"),
        (">72225</total-cost>", ">72225.50</total-cost>"),
        ("<status code=\"20\">", "<status code=\"21\">"),
        ("EDUCATION </sector>", "DANCE</sector>"),
        ("code=\"DO\"", "code=\"XX\""),
        ("<provider-org ref=\"13261\">Hanesbrands ", "<provider-org ref=\"1\">Luxembourg"),
    ];
    for (from, to) in changed {
        assert!(EXCERPT.contains(from), "{from}");
        assert!(convert(&EXCERPT.replacen(from, to, 1)).is_err(), "{to}");
    }
    assert!(parse(SOURCE, &EXCERPT[..EXCERPT.len() - 20]).is_err(), "a file that was cut off");
}

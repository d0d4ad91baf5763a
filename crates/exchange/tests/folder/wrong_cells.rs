//! One wrong cell at a time: the whole sentence that names it.

use rstest::rstest;

use super::small::{Files, PERIODS};

/// One wrong cell in an otherwise valid table of requests, components or offers: column, value, sentence.
#[rstest]
#[case(
    "requests.csv",
    "state",
    "KNE",
    "KNE is neither an ISO 3166-1 alpha-3 code nor in states.csv (did you mean KEN?); correct it or add the state to states.csv"
)]
#[case("requests.csv", "state", "", "a value is required; fill the cell")]
#[case(
    "requests.csv",
    "area",
    "markng",
    "markng is no known area (did you mean marking?); correct it or declare it under [areas] in scenario.toml"
)]
#[case("requests.csv", "priority", "0", "0 is outside 1 to 5; write a whole number in that range")]
#[case("requests.csv", "priority", "6", "6 is outside 1 to 5; write a whole number in that range")]
#[case(
    "requests.csv",
    "context",
    "conflicts",
    "conflicts is none of none, conflict, post_conflict (did you mean conflict?); write one of them"
)]
#[case(
    "requests.csv",
    "action_plan_date",
    "31.12.2024",
    "31.12.2024 is no date; write year-month-day, such as 2026-01-31"
)]
#[case("requests.csv", "contribution_percent", "101", "101 is outside 0 to 100; write a whole number in that range")]
#[case(
    "requests.csv",
    "contribution_kinds",
    "finances",
    "finances is none of financial, administrative, in_kind; write one of them"
)]
#[case(
    "requests.csv",
    "sustainability",
    "50%",
    "\"50%\" is no whole number; write digits only, without sign, fraction, exponent or separator"
)]
#[case(
    "requests.csv",
    "obstacles",
    "no_powr",
    "no_powr is none of no_budget, staff_turnover, no_maintenance, no_power, no_site, no_law, insecurity or other:<text> (did you mean no_power?); write one of them, or other: and a few words"
)]
#[case(
    "requests.csv",
    "obstacles",
    "no_power@C9",
    "C9 is not in components.csv; correct it or add it to components.csv"
)]
#[case(
    "requests.csv",
    "obstacles",
    "no_power@C3",
    "C3 is no component of request R1; name one of its components, or remove the part from @ on"
)]
#[case(
    "requests.csv",
    "authority",
    "a\u{202e}b",
    "\"a\\u{202e}b\" holds the character U+202E; remove it, control and direction characters deceive the eye"
)]
#[case(
    "requests.csv",
    "excluded_providers",
    "a@b",
    "\"a@b\" holds '@', which an identifier may not hold (no spaces at the ends, control or direction characters, `;` or `@`); write 1 to 100 visible characters"
)]
#[case("components.csv", "request", "R9", "R9 is not in requests.csv; correct it or add it to requests.csv")]
#[case(
    "components.csv",
    "type",
    "equipmnt",
    "equipmnt is none of funds, equipment, technology, training, expertise, infrastructure, maintenance, legal, software (did you mean equipment?); write one of them"
)]
#[case("components.csv", "quantity", "0", "0 is outside 1 to 1000000000000; write a whole number in that range")]
#[case(
    "components.csv",
    "quantity",
    "-1",
    "-1 is no whole number; write digits only, without sign, fraction, exponent or separator"
)]
#[case(
    "components.csv",
    "quantity",
    "1.5",
    "1.5 is no whole number; write digits only, without sign, fraction, exponent or separator"
)]
#[case(
    "components.csv",
    "quantity",
    "1e30",
    "1e30 is no whole number; write digits only, without sign, fraction, exponent or separator"
)]
#[case(
    "components.csv",
    "quantity",
    "1000000000001",
    "1000000000001 is outside 1 to 1000000000000; write a whole number in that range"
)]
#[case("components.csv", "received", "11", "11 is above quantity 10; lower received or raise quantity")]
#[case("components.csv", "minimum", "12", "12 is above quantity 10; lower minimum or raise quantity")]
#[case("components.csv", "minimum", "0", "0 is outside 1 to 1000000000000; write a whole number in that range")]
#[case("components.csv", "unit_cost", "", "a value is required; fill the cell")]
#[case("components.csv", "unit_cost", "0", "0 is outside 1 to 1000000000000; write a whole number in that range")]
#[case("components.csv", "divisible", "maybe", "maybe is neither true nor false; write true or false")]
#[case("components.csv", "from", "2029", "2029 is no period of this scenario; correct it or add it to periods.csv")]
#[case("components.csv", "requires", "C1", "C1 is this component itself; remove it from requires")]
#[case(
    "components.csv",
    "requires",
    "C3",
    "C3 belongs to another state, and to no package of this one; require components of the same state or package only"
)]
#[case("components.csv", "requires", "C22", "C22 is not in components.csv; correct it or add it to components.csv")]
#[case(
    "components.csv",
    "covered_by",
    "nation",
    "nation is neither national nor a programme of programmes.csv (did you mean national?); correct it or add the programme"
)]
#[case("components.csv", "sustainability_points", "101", "101 is outside 0 to 100; write a whole number in that range")]
#[case("offers.csv", "form", "cash", "cash is none of money, in_kind; write one of them")]
#[case(
    "offers.csv",
    "unit",
    "EURO",
    "EURO is no ISO 4217 currency (did you mean EUR?); write a code such as EUR, or currency for the accounting currency"
)]
#[case(
    "offers.csv",
    "types",
    "training;trianing",
    "trianing is none of funds, equipment, technology, training, expertise, infrastructure, maintenance, legal, software (did you mean training?); write one of them"
)]
#[case(
    "offers.csv",
    "firmness",
    "pledged",
    "pledged is none of commitment, pledge (did you mean pledge?); write one of them"
)]
#[case(
    "offers.csv",
    "regions",
    "Westren Africa",
    "\"Westren Africa\" is neither an M49 region nor a region of states.csv (did you mean Western Africa?); correct it or give states that region in states.csv"
)]
#[case("offers.csv", "groups", "ldc", "ldc is none of LDC, LLDC, SIDS, ODA (did you mean LDC?); write one of them")]
#[case(
    "offers.csv",
    "excluded_states",
    "KEN;XXX",
    "XXX is neither an ISO 3166-1 alpha-3 code nor in states.csv; correct it or add the state to states.csv"
)]
#[case("offers.csv", "ticket_min", "9", "9 is above ticket_max 5; lower ticket_min or raise ticket_max")]
#[case("offers.csv", "channel", "UNSCAR", "UNSCAR is not in channels.csv; correct it or add it to channels.csv")]
#[case("offers.csv", "delivery_permille", "0", "0 is outside 1 to 1000000; write a whole number in that range")]
#[case("offers.csv", "visibility", "secret", "secret is none of confidential, parties, public; write one of them")]
fn a_wrong_cell(#[case] file: &str, #[case] column: &str, #[case] value: &str, #[case] sentence: &str) {
    let valid: &[(&str, &str)] = match file {
        "requests.csv" => &[("id", "R1"), ("state", "KEN"), ("area", "marking")],
        "components.csv" => &[
            ("id", "C1"),
            ("request", "R1"),
            ("type", "equipment"),
            ("unit", "machine"),
            ("quantity", "10"),
            ("unit_cost", "5000"),
        ],
        _ => &[
            ("id", "O1"),
            ("provider", "Norway"),
            ("form", "money"),
            ("unit", "currency"),
            ("quantity", "200000"),
            ("ticket_max", "5"),
        ],
    };
    let mut row: Vec<(&str, &str)> = valid.iter().copied().filter(|(name, _)| *name != column).collect();
    row.push((column, value));
    let names: Vec<_> = row.iter().map(|(name, _)| *name).collect();
    let cells: Vec<_> = row.iter().map(|(_, cell)| *cell).collect();
    let rest = match file {
        "requests.csv" => "R2,GHA,record_keeping,",
        "components.csv" => "C2,R1,training,place,20,800,\nC3,R2,funds,currency,100000,1,",
        _ => "",
    };
    // Rows after the first fill their cells in the order of `valid`; they are padded to the width of the header.
    let order: Vec<usize> = valid.iter().filter_map(|(name, _)| names.iter().position(|other| other == name)).collect();
    let mut text = format!("{}\n{}\n", names.join(","), cells.join(","));
    for line in rest.lines() {
        let given: Vec<&str> = line.split(',').collect();
        let mut padded = vec![""; names.len()];
        for (value, at) in given.iter().zip(&order) {
            padded[*at] = value;
        }
        text.push_str(&padded.join(","));
        text.push('\n');
    }
    let errors = Files::small().with(file, text).with("periods.csv", PERIODS).errors();
    assert_eq!(errors, [format!("{file} row 2, column {column}: {sentence}")]);
}

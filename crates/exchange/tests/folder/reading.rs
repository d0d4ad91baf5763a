//! What a valid folder means: defaults, references, forms in which tables may come.

use needmatch_domain::area::{ComponentType, Context};
use needmatch_domain::geography::Group;
use needmatch_domain::goal::{Goal, GoalName};
use needmatch_domain::ids::{ComponentId, PeriodIndex, PeriodLabel, RegionName};
use needmatch_domain::scenario::{Firmness, Form, Limits, Visibility, Window};

use super::small::{COMPONENTS, Files, OFFERS, REQUESTS};

#[test]
fn absent_columns_and_empty_cells_take_their_defaults() {
    let scenario = Files::small().scenario();
    assert_eq!(scenario.settings.name, "Small");
    assert_eq!(scenario.settings.goals, [Goal::plain(GoalName::Coverage)]);
    assert_eq!(scenario.settings.limits, Limits::default());
    assert_eq!(scenario.periods.iter().map(PeriodLabel::as_str).collect::<Vec<_>>(), ["all"]);

    let request = &scenario.requests[1];
    assert_eq!((request.id.as_str(), request.priority, request.context), ("R2", 3, Context::None));
    assert_eq!((request.contribution_percent, request.sustainability, request.max_providers), (0, 0, None));

    let horizon = Window { first: PeriodIndex(0), last: PeriodIndex(0) };
    let component = &scenario.components[0];
    assert_eq!((component.received, component.minimum, component.divisible), (0, 1, true));
    assert_eq!((component.window, component.period_max), (horizon, None));
    assert_eq!(scenario.components[1].minimum, 20, "a required component is needed whole unless it says otherwise");
    assert_eq!(scenario.components[2].unit_cost, 1, "a unit of currency costs 1");

    let offer = &scenario.offers[0];
    assert_eq!((offer.form, offer.firmness, offer.visibility), (Form::Money, Firmness::Commitment, Visibility::Public));
    assert_eq!((offer.delivery_permille, offer.ticket_min, offer.window), (1000, None, horizon));
    assert!(offer.types.is_empty() && offer.areas.is_empty() && offer.states.is_empty());
}

#[test]
fn columns_come_in_any_order_with_tags_byte_order_mark_and_windows_line_ends() {
    let requests = "\u{feff}priority,area,state,id\r\n#priority,#sector,#country+code,#id\r\n1,marking,KEN,R1\r\n,record_keeping,GHA,R2\r\n";
    let scenario = Files::small().with("requests.csv", requests).scenario();
    assert_eq!(scenario, Files::small().scenario());
}

#[test]
fn rows_without_content_are_passed_over_and_rows_are_counted_as_a_spreadsheet_does() {
    let requests = "id,state,title,area\nR1,KEN,\"two\nlines\",marking\n,,,\n\nR2,GHA,x,bad\n";
    let errors = Files::small().with("requests.csv", requests).errors();
    assert!(errors[0].starts_with("requests.csv row 5, column area: bad is no known area"), "{errors:?}");
    for line_end in ["\r\n", "\r"] {
        let same = requests.replace('\n', line_end);
        assert_eq!(Files::small().with("requests.csv", same).errors(), errors);
    }
}

#[test]
fn lists_periods_regions_and_groups_are_resolved() {
    let offers = "id,provider,form,unit,quantity,types,areas,regions,groups,states,from,to,contexts\n\
        O1,Norway,money,EUR,200000,training; equipment,marking;,011;Sub-Saharan Africa,LDC;ODA,KEN,2028,2028,conflict\n";
    let scenario = Files::small()
        .settings("[rates]\nEUR = \"1.09\"\n")
        .with("offers.csv", offers)
        .with("periods.csv", "period\n2027\n2028\n")
        .scenario();
    let offer = &scenario.offers[0];
    assert_eq!(offer.types.iter().copied().collect::<Vec<_>>(), [ComponentType::Equipment, ComponentType::Training]);
    assert_eq!(offer.areas.len(), 1);
    assert_eq!(
        offer.regions.iter().map(RegionName::as_str).collect::<Vec<_>>(),
        ["Sub-Saharan Africa", "Western Africa"]
    );
    assert_eq!(offer.groups.iter().copied().collect::<Vec<_>>(), [Group::Ldc, Group::Oda]);
    assert_eq!(offer.window, Window { first: PeriodIndex(1), last: PeriodIndex(1) });
    assert_eq!(scenario.components[0].window, Window { first: PeriodIndex(0), last: PeriodIndex(1) });
}

#[test]
fn text_is_normalised_and_the_guard_against_formulas_removed() {
    let requests = "id,state,area,authority,title\nR1,KEN,marking,Co\u{302}te,'=SUM(A1)\nR2,GHA,marking,,'plain\n";
    let scenario = Files::small().with("requests.csv", requests).scenario();
    assert_eq!(scenario.requests[0].authority, "Côte");
    assert_eq!(scenario.requests[0].title, "=SUM(A1)");
    assert_eq!(scenario.requests[1].title, "'plain");
}

#[test]
fn a_scenario_adds_states_and_overrides_known_ones() {
    let states =
        "code,name,region,groups\nXKX,Kosovo,Southern Europe,ODA\nKEN,,none,\nQAA,,Sahel;Western Africa,none\n";
    let scenario = Files::small().with("states.csv", states).scenario();
    let profile = |code: &str| scenario.state(&code.parse().unwrap()).unwrap();
    let regions = |code: &str| profile(code).regions.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!((profile("XKX").name.as_str(), profile("XKX").groups), ("Kosovo", vec![Group::Oda]));
    assert_eq!(regions("XKX"), ["Southern Europe", "Europe"]);
    assert_eq!((profile("KEN").name.as_str(), regions("KEN")), ("Kenya", vec![]));
    assert!(profile("KEN").groups.contains(&Group::Oda));
    assert_eq!(regions("QAA"), ["Sahel", "Western Africa", "Sub-Saharan Africa", "Africa"]);
    assert_eq!((profile("QAA").name.as_str(), profile("QAA").groups), ("QAA", vec![]));
}

#[test]
fn packages_join_requests_of_several_states() {
    let requests = "id,state,area,package\nR1,KEN,marking,P\nR2,GHA,record_keeping,P\n";
    let components = COMPONENTS.replace("C3,R2,funds,currency,100000,,", "C3,R2,funds,currency,100000,,C2");
    let scenario = Files::small().with("requests.csv", requests).with("components.csv", components).scenario();
    assert_eq!(scenario.components[2].requires.len(), 1);
}

#[test]
fn optional_tables_are_read() {
    let scenario = Files::small()
        .with("periods.csv", "period\n2027\n2028\n")
        .with("offer_periods.csv", "offer,period,quantity\nO1,2028,5\nO1,2027,0\n")
        .with("absorption.csv", "state,period,amount,requests\nKEN,2027,1000,\n")
        .with("channels.csv", "id,regions,period,amount\nUNSCAR,Africa,,500000\n")
        .with(
            "offers.csv",
            OFFERS
                .replace("quantity\n", "quantity,channel\n")
                .replace("200000", "200000,UNSCAR")
                .replace("machine,5", "machine,5,"),
        )
        .with("programmes.csv", "id,state,area,type,mitigates\nPR,KEN,marking,,no_power;other:no road\n")
        .with("suitability.csv", "component,offer,fit,eligible,reason\nC1,O2,700,TRUE,tested\n")
        .with("locks.csv", "component,offer,period,quantity,kind\nC1,O2,2028,3,lock\nC2,O1,,,forbid\n")
        .with("baseline.csv", "component,offer,period,quantity,draw,cost,score\nC1,O2,2028,3,3,15000,1\n")
        .scenario();
    assert_eq!(scenario.offer_periods.iter().map(|row| row.quantity).collect::<Vec<_>>(), [0, 5]);
    assert_eq!(scenario.absorption[0].amount, Some(1000));
    assert_eq!(scenario.offers[0].channel, Some(scenario.channels[0].id.clone()));
    assert!(scenario.programmes[0].mitigates.contains("other:no road"));
    assert_eq!(scenario.suitability[0].eligible, Some(true));
    assert_eq!(scenario.locks.len(), 2);
    assert_eq!(scenario.baseline[0].quantity, 3);
}

#[test]
fn a_scenario_without_name_has_that_of_its_folder() {
    let files = Files::small().with("scenario.toml", "currency = \"USD\"\nas_of = 2026-01-01\n");
    assert_eq!(files.scenario().settings.name, "small");
}

#[test]
fn obstacles_name_what_mitigates_them() {
    let requests = REQUESTS
        .replace("priority\n", "priority,obstacles\n")
        .replace(",1\n", ",1,no_power@C2;other: no road ;insecurity\n")
        .replace(",\n", ",,\n");
    let scenario = Files::small().with("requests.csv", requests).scenario();
    let obstacles = &scenario.requests[0].obstacles;
    assert_eq!(
        obstacles.iter().map(|obstacle| obstacle.code.as_str()).collect::<Vec<_>>(),
        ["no_power", "other:no road", "insecurity"]
    );
    assert_eq!(obstacles[0].mitigation.as_ref().map(ComponentId::as_str), Some("C2"));
}

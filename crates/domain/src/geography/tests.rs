//! Spot checks where sources disagree or names mislead, and counts against the published tables.

use std::collections::BTreeSet;

use super::Language::{Arabic, English, French, Russian, Spanish};
use super::*;

fn state(code: &str) -> &'static Country {
    country(code).expect("the table has this state")
}

fn members(group: Group) -> usize {
    countries().iter().filter(|country| country.groups.contains(group)).count()
}

#[test]
fn the_table_is_whole_and_every_code_finds_its_row() {
    assert_eq!(countries().len(), 249);
    assert!(countries().is_sorted_by(|left, right| left.code < right.code), "binary search needs strict order");
    for row in countries() {
        assert_eq!(country(row.code), Some(row));
        assert_eq!(country_by_alpha2(row.alpha2), Some(row));
        assert_eq!((row.code.len(), row.alpha2.len()), (3, 2));
        assert!(row.names.iter().all(|name| !name.trim().is_empty() && !name.contains(['*', '’'])), "{row:?}");
    }
    let numbers: BTreeSet<_> = countries().iter().map(|country| country.m49).collect();
    assert_eq!(numbers.len(), 249);
    for unknown in ["", "AF", "afg", "ZZZ", "XKX"] {
        assert_eq!(country(unknown), None, "{unknown:?}");
    }
    assert_eq!(country_by_alpha2("AFG"), None);
}

#[test]
fn names_differ_within_each_language() {
    for language in Language::ALL {
        let names: BTreeSet<_> = countries().iter().map(|country| country.name(language)).collect();
        assert_eq!(names.len(), 249, "two countries share a name in {language:?}");
        assert_eq!(Language::from_code(language.code()), Some(language));
    }
}

#[test]
fn groups_are_as_large_as_in_the_published_tables() {
    assert_eq!(members(Group::Ldc), 45);
    assert_eq!(members(Group::Lldc), 32);
    assert_eq!(members(Group::Sids), 53);
    // The DAC list has 141 recipients that are no regions; Kosovo has no ISO 3166-1 code.
    assert_eq!(members(Group::Oda), 140);
    for row in countries() {
        assert_eq!(row.income.is_some(), row.groups.contains(Group::Oda), "{}", row.code);
    }
    let graduated: Vec<_> = countries()
        .iter()
        .filter(|row| (row.income == Some(Income::LeastDeveloped)) != row.groups.contains(Group::Ldc))
        .map(|row| row.code)
        .collect();
    assert_eq!(graduated, ["BTN"], "the two lists of least developed countries differ by Bhutan alone");
}

#[test]
fn names_that_need_care() {
    assert_eq!(
        state("CIV").names,
        ["كوت ديفوار", "科特迪瓦", "Côte d'Ivoire", "Côte d'Ivoire", "Кот-д'Ивуар", "Côte d'Ivoire"]
    );
    assert_eq!(state("TUR").name(English), "Türkiye");
    assert_eq!(state("AFG").name(Spanish), "Afganistán");
    assert_eq!(state("GMB").name(English), "Gambia");
    assert_eq!(state("COD").name(French), "République démocratique du Congo");
    assert_eq!(state("COG").name(English), "Congo");
    assert_eq!(state("PSE").name(English), "State of Palestine");
    assert_eq!(state("PSE").name(Arabic), "دولة فلسطين");
    assert_eq!(state("FSM").name(English), "Micronesia (Federated States of)");
    assert_eq!(state("COK").name(English), "Cook Islands");
    assert_eq!(state("NIU").name(French), "Nioué");
    assert_eq!(state("PRK").name(Spanish), "República Popular Democrática de Corea");
    assert_eq!(state("FLK").name(English), "Falkland Islands (Malvinas)");
    assert_eq!(state("ATA").name(Russian), "Антарктика");
}

#[test]
fn recipients_that_need_care() {
    let income = |code| state(code).income;
    assert_eq!(income("CIV"), Some(Income::LowerMiddle));
    assert_eq!(income("CHN"), Some(Income::UpperMiddle));
    assert_eq!(income("PSE"), Some(Income::LowerMiddle));
    assert_eq!(income("WLF"), Some(Income::UpperMiddle));
    assert_eq!(income("TUR"), Some(Income::UpperMiddle));
    assert_eq!(income("SYR"), Some(Income::OtherLow));
    assert_eq!(income("COD"), Some(Income::LeastDeveloped));
    assert_eq!(income("COG"), Some(Income::LowerMiddle));
    assert_eq!(income("FSM"), Some(Income::LowerMiddle));
    for not_on_the_list in ["TWN", "HKG", "MAC", "KOR", "COK", "ATG", "SGP", "FRA"] {
        assert_eq!(income(not_on_the_list), None, "{not_on_the_list}");
    }
}

#[test]
fn region_chains_run_from_the_finest_to_the_coarsest() {
    assert_eq!(region_chain(state("GHA")), ["Western Africa", "Sub-Saharan Africa", "Africa"]);
    assert_eq!(region_chain(state("FJI")), ["Melanesia", "Oceania"]);
    assert_eq!(region_chain(state("TWN")), ["Eastern Asia", "Asia"]);
    assert_eq!(region_chain(state("ATA")), Vec::<&str>::new());
    for row in countries().iter().filter(|row| row.code != "ATA") {
        let finest = row.intermediate.or(row.subregion).expect("all but Antarctica have a sub-region");
        let names: Vec<_> = finest.chain().iter().map(|region| region.name).collect();
        assert_eq!(region_chain(row), names, "{}", row.code);
        assert_eq!(finest.chain().last().copied(), row.region);
    }
}

#[test]
fn regions_are_found_by_name_and_by_code() {
    assert_eq!(regions().len(), 29);
    for known in regions() {
        assert_eq!(region(known.name), Some(known));
        assert_eq!(region(&known.name.to_uppercase()), Some(known));
        assert_eq!(region(&known.code.to_string()), Some(known));
        assert_eq!(region(&format!("{:03}", known.code)), Some(known));
    }
    assert_eq!(regions().iter().filter(|region| region.parent.is_none()).count(), 5);
    for unknown in ["", "000", "0002", "+2", "2.", "Wakanda", "001", "65536", "Africa, regional"] {
        assert_eq!(region(unknown), None, "{unknown:?}");
    }
}

#[test]
fn groups_are_written_and_read_alike() {
    for group in Group::ALL {
        assert_eq!(group.to_string().parse(), Ok(group));
        assert_eq!(serde_json::to_string(&group).expect("a code"), format!("\"{group}\""));
    }
    let refusal = "ldc".parse::<Group>().expect_err("codes are in capitals");
    assert_eq!(refusal.to_string(), "`ldc` is no country group; write LDC, LLDC, SIDS or ODA");

    let set = state("TUV").groups;
    assert_eq!(set.iter().collect::<Vec<_>>(), [Group::Ldc, Group::Sids, Group::Oda]);
    assert_eq!(serde_json::to_string(&set).expect("a list"), r#"["LDC","SIDS","ODA"]"#);
    assert_eq!(serde_json::from_str::<GroupSet>(r#"["ODA","LDC","SIDS","LDC"]"#).expect("a list"), set);
    assert!(set.intersects(GroupSet::EMPTY.with(Group::Sids)) && !set.intersects(GroupSet::EMPTY.with(Group::Lldc)));
}

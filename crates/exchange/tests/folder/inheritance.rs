//! Folders that inherit from others.

use std::fs;

use needmatch_domain::ids::PeriodLabel;
use needmatch_exchange::{ErrorCode, read_folder};

use super::small::{Files, sentences};

fn child(root: &std::path::Path, name: &str, toml: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
    let folder = root.join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("scenario.toml"), toml).unwrap();
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

#[test]
fn a_folder_with_only_a_base_is_its_base_under_another_name() {
    let (root, folder) = Files::small().place();
    let same = child(root.path(), "same", "base = \"../small\"\n", &[]);
    assert_eq!(read_folder(&same), read_folder(&folder));
}

#[test]
fn rows_are_added_replaced_and_removed_by_their_key() {
    let (root, _) = Files::small()
        .with("periods.csv", "period\n2027\n2028\n")
        .with("offer_periods.csv", "offer,period,quantity\nO1,2027,1\nO1,2028,2\n")
        .place();
    let folder = child(
        root.path(),
        "next",
        "base = \"../small\"\nname = \"Next\"\n[drop]\noffers = [\"O2\"]\noffer_periods = [\"O1@2028\"]\n",
        &[
            ("offers.csv", "provider,id,form,unit,quantity\nNorway,O1,money,currency,7\nGhana,O3,in_kind,place,3\n"),
            ("periods.csv", "period\n2029\n"),
        ],
    );
    let scenario = read_folder(&folder).unwrap_or_else(|errors| panic!("{:#?}", sentences(&errors)));
    let offers: Vec<_> = scenario.offers.iter().map(|offer| (offer.id.as_str(), offer.quantity)).collect();
    assert_eq!(offers, [("O1", 7), ("O3", 3)]);
    assert_eq!(scenario.periods.iter().map(PeriodLabel::as_str).collect::<Vec<_>>(), ["2027", "2028", "2029"]);
    assert_eq!(scenario.offer_periods.iter().map(|row| row.quantity).collect::<Vec<_>>(), [1]);
    assert_eq!((scenario.settings.name.as_str(), scenario.requests.len()), ("Next", 2));
}

#[test]
fn settings_merge_by_key_and_a_bare_mode_keeps_the_thresholds() {
    let (root, _) = Files::small()
        .settings("[rules]\nsustainability = { threshold = 40 }\n[weights]\narea = { marking = 5, tracing = 6 }\n")
        .place();
    let folder = child(
        root.path(),
        "next",
        "base = \"../small\"\n[rules]\nsustainability = \"warn\"\n[weights]\narea = { tracing = 7 }\n",
        &[],
    );
    let settings = read_folder(&folder).unwrap().settings;
    assert_eq!(settings.rules.sustainability.threshold, 40);
    assert_eq!(settings.rules.modes.len(), 1);
    assert_eq!(settings.weights.area.values().copied().collect::<Vec<_>>(), [5, 7]);
}

#[test]
fn errors_name_the_folder_they_stand_in() {
    let (root, _) = Files::small()
        .settings("[limits]\nseconds = 0\n")
        .with("requests.csv", "id,state,area\nR1,KEN,marking\nR2,GHA,bad\n")
        .place();
    let folder = child(
        root.path(),
        "next",
        "base = \"../small\"\n[drop]\nrequests = [\"R3\"]\n",
        &[("offers.csv", "id,provider,form,unit\n")],
    );
    let places: Vec<_> = sentences(&read_folder(&folder).unwrap_err());
    assert!(places[0].starts_with("../small/scenario.toml line 5, limits.seconds: 0 is outside"), "{places:#?}");
    assert!(places[1].starts_with("scenario.toml line 3, drop.requests: R3 is not inherited"), "{places:#?}");
    assert!(places[2].starts_with("../small/requests.csv row 3, column area: bad is no known area"), "{places:#?}");
    assert!(places[3].starts_with("offers.csv row 1, column quantity: the column is missing"), "{places:#?}");
    assert_eq!(places.len(), 4);
}

#[test]
fn what_loses_its_reference_is_reported() {
    let (root, _) = Files::small().place();
    let folder = child(root.path(), "next", "base = \"../small\"\n[drop]\nrequests = [\"R2\"]\n", &[]);
    assert_eq!(
        sentences(&read_folder(&folder).unwrap_err()),
        [
            "../small/components.csv row 4, column request: R2 is not in requests.csv; correct it or add it to requests.csv"
        ]
    );
}

#[test]
fn chains_end_after_eight_folders_and_circles_are_refused() {
    let (root, _) = Files::small().place();
    let mut base = "small".to_owned();
    for step in 2..=9 {
        let name = format!("step{step}");
        let folder = child(root.path(), &name, &format!("base = \"../{base}\"\n"), &[]);
        let read = read_folder(&folder);
        if step <= 8 {
            assert!(read.is_ok(), "a chain of {step} folders");
        } else {
            assert!(read.unwrap_err().iter().any(|error| error.code == ErrorCode::BaseTooDeep { most: 8 }));
        }
        base = name;
    }
    child(root.path(), "a", "base = \"../b\"\n", &[]);
    let circle = child(root.path(), "b", "base = \"../a\"\n", &[]);
    let errors = read_folder(&circle).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "../a/scenario.toml line 1, base: \"../b\" leads back to a folder that inherits from it; break the circle of bases"
    );
}

//! What is refused, each with its whole sentence: where it stands, what is wrong with it, what to do.

use std::fs::{self, File};

use needmatch_exchange::{ErrorCode, read_folder};
use rstest::rstest;

use super::small::{COMPONENTS, Files, OFFERS, PERIODS, REQUESTS, sentences};

#[rstest]
#[case(
    "components.csv",
    "id,request,type,unit,quantity,unit_cost,from,to\nC1,R1,equipment,machine,1,1,2028,2027\n",
    "components.csv row 2, column from: 2028 comes after to, which is 2027; swap from and to"
)]
#[case(
    "components.csv",
    "id,request,type,unit,quantity,unit_cost\nC1,R1,funds,currency,10,2\n",
    "components.csv row 2, column unit_cost: 2 is not 1, the cost of a unit of currency; leave it empty or write 1"
)]
#[case(
    "components.csv",
    "id,request,type,unit,quantity,unit_cost\nC1,R1,funds,currency,10,\nC1,R1,funds,currency,10,\n",
    "components.csv row 3, column id: C1 stands in row 2 already; keep one of the two rows"
)]
#[case(
    "components.csv",
    "id,request,type,unit,quantitiy,unit_cost\n",
    "components.csv row 1: quantitiy is no column of this table (did you mean quantity?); rename or remove it"
)]
#[case(
    "components.csv",
    "id,request,type,unit,quantity,id\n",
    "components.csv row 1: id stands twice in the header; remove one of the two columns"
)]
#[case(
    "requests.csv",
    "id,state,area,\nR1,KEN,marking,\nR2,GHA,marking,\n",
    "requests.csv row 1: column 4 has no name; name or remove it"
)]
#[case(
    "requests.csv",
    "id,state\nR1,KEN\nR2,GHA\n",
    "requests.csv row 1, column area: the column is missing; add it, it has no default"
)]
#[case(
    "requests.csv",
    "",
    "requests.csv: the file has no header row; write the names of the columns into the first row"
)]
#[case(
    "requests.csv",
    "id,state,area\nR1,KEN,marking,1\n",
    "requests.csv row 2: the row has 4 cells where the header has 3; put text with commas between quotation marks"
)]
#[case(
    "offers.csv",
    "id,provider,form,unit,quantity\nO1,Norway,in_kind,currency,10\n",
    "offers.csv row 2, column unit: currency is the unit of money; write the unit that is given, or set form to money"
)]
#[case(
    "offers.csv",
    "id,provider,form,unit,quantity\nO1,Norway,money,EUR,10\nO2,Norway,money,EUR,10\n",
    "scenario.toml, rates.EUR: there is no rate for EUR, the currency of O1, O2; add EUR = \"…\" under [rates], accounting currency per unit"
)]
#[case(
    "periods.csv",
    "period\n2027\n2027\n",
    "periods.csv row 3, column period: 2027 stands in row 2 already; keep one of the two rows"
)]
#[case(
    "states.csv",
    "code,region\nQAA,Westarn Africa\n",
    "states.csv row 2, column region: \"Westarn Africa\" differs from the M49 region Western Africa by one letter; write Western Africa, or choose a name that cannot be mistaken for it"
)]
#[case(
    "locks.csv",
    "component,offer,period,quantity,kind\nC1,O1,,2,lock\n",
    "locks.csv row 2, column period: a lock needs a period; write the period, only a forbid may leave it empty"
)]
#[case(
    "locks.csv",
    "component,offer,period,quantity,kind\nC1,O1,2027,,lock\n",
    "locks.csv row 2, column quantity: a lock needs a quantity; write the quantity that must be matched"
)]
#[case(
    "locks.csv",
    "component,offer,period,quantity,kind\nC1,O1,2027,0,lock\n",
    "locks.csv row 2, column quantity: 0 is outside 1 to 1000000000000; write a whole number in that range"
)]
#[case(
    "locks.csv",
    "component,offer,period,quantity,kind\nC1,O1,2027,2,lock\nC1,O1,2027,3,lock\n",
    "locks.csv row 3, column component, offer, period: \"C1, O1, 2027\" stands in row 2 already; keep one of the two rows"
)]
#[case(
    "locks.csv",
    "component,offer,period,quantity,kind\nC9,O1,2027,2,lock\n",
    "locks.csv row 2, column component: C9 is not in components.csv; correct it or add it to components.csv"
)]
#[case(
    "baseline.csv",
    "component,offer,period,quantity\nC1,O7,2027,2\n",
    "baseline.csv row 2, column offer: O7 is not in offers.csv; correct it or add it to offers.csv"
)]
#[case(
    "suitability.csv",
    "component,offer,fit\nC1,O1,1001\n",
    "suitability.csv row 2, column fit: 1001 is outside 0 to 1000; write a whole number in that range"
)]
#[case(
    "suitability.csv",
    "component,offer,draw_permille\nC1,O1,0\n",
    "suitability.csv row 2, column draw_permille: 0 is outside 1 to 1000000000000; write a whole number in that range"
)]
#[case(
    "absorption.csv",
    "state,period,amount\nKEN,2031,5\n",
    "absorption.csv row 2, column period: 2031 is no period of this scenario; correct it or add it to periods.csv"
)]
#[case(
    "programmes.csv",
    "id,state,area,mitigates\nP1,KEN,marking,no_powr\n",
    "programmes.csv row 2, column mitigates: no_powr is none of no_budget, staff_turnover, no_maintenance, no_power, no_site, no_law, insecurity or other:<text> (did you mean no_power?); write one of them, or other: and a few words"
)]
#[case(
    "absorbtion.csv",
    "state\n",
    "absorbtion.csv: the file is no table of a scenario (did you mean absorption.csv?); rename it, or move it elsewhere"
)]
#[case(
    "requests.csv",
    "id,state,area\nR1,K\u{0}N,marking\n",
    "requests.csv: the text holds a NUL character at byte 18; save the file as UTF-8 text"
)]
fn a_wrong_table(#[case] file: &str, #[case] text: &str, #[case] sentence: &str) {
    let errors = Files::small().with("periods.csv", PERIODS).with(file, text).errors();
    assert_eq!(errors[0], sentence, "{errors:#?}");
    // Tables that lose a row leave references behind; everything else is exactly one error.
    let replaced = matches!(file, "requests.csv" | "components.csv" | "periods.csv");
    assert!(replaced || errors.len() == 1, "{errors:#?}");
}

#[test]
fn everything_wrong_is_reported_at_once_in_the_order_of_the_files() {
    let errors = Files::small()
        .settings("colour = 1\n[rules]\nabsorbtion = \"warn\"\n")
        .with("requests.csv", REQUESTS.replace("KEN", "KNE").replace(",1\n", ",9\n"))
        .with("components.csv", COMPONENTS.replace(",10,", ",x,"))
        .with("offers.csv", OFFERS.replace("currency", "USS"))
        .errors();
    let places: Vec<&str> = errors.iter().map(|sentence| sentence.split(':').next().unwrap()).collect();
    assert_eq!(
        places,
        [
            "scenario.toml line 4, colour",
            "scenario.toml line 6, rules.absorbtion",
            "requests.csv row 2, column state",
            "requests.csv row 2, column priority",
            "components.csv row 2, column quantity",
            "offers.csv row 2, column unit",
        ]
    );
}

#[test]
fn required_files_and_the_folder_itself_must_be_there() {
    let (_root, folder) = Files::small().without("offers.csv").place();
    let errors = read_folder(&folder).unwrap_err();
    assert_eq!(sentences(&errors), ["offers.csv: the file is missing; add it, every scenario needs it"]);

    let empty = tempfile::tempdir().unwrap();
    let missing: Vec<_> =
        read_folder(empty.path()).unwrap_err().into_iter().map(|error| (error.file, error.code)).collect();
    for file in ["scenario.toml", "requests.csv", "components.csv", "offers.csv"] {
        assert!(missing.contains(&(file.to_owned(), ErrorCode::FileMissing {})), "{missing:?}");
    }
    let errors = read_folder(&empty.path().join("nowhere")).unwrap_err();
    assert_eq!(errors[0].code, ErrorCode::NoFolder {});
}

#[test]
fn another_encoding_is_named_with_its_byte() {
    let errors = Files::small().with("requests.csv", b"id,state,area,title\nR1,KEN,marking,C\xf4te\n").errors();
    assert_eq!(
        errors,
        ["requests.csv: the text is not UTF-8 at byte 36; save the file as UTF-8 (in a spreadsheet: CSV UTF-8)"]
    );
}

#[test]
fn a_gigabyte_costs_nothing_and_an_endless_cell_little() {
    let (_root, folder) = Files::small().place();
    let file = File::create(folder.join("offers.csv")).unwrap();
    file.set_len(1 << 30).unwrap();
    let errors = read_folder(&folder).unwrap_err();
    assert!(matches!(errors[0].code, ErrorCode::FileTooLarge { bytes, .. } if bytes == 1 << 30), "{errors:?}");

    let long = format!("id,provider,form,unit,quantity\nO1,\"{}\",money,currency,1\n", "x".repeat(4 << 20));
    let errors = Files::small().with("offers.csv", long).errors();
    assert_eq!(
        errors,
        [
            "offers.csv row 2: the row is longer than 1048576 bytes; shorten it, or close the quotation mark that was left open"
        ]
    );

    let cell = format!("id,provider,form,unit,quantity,title\nO1,Norway,money,currency,1,{}\n", "x".repeat(70_000));
    let errors = Files::small().with("offers.csv", cell).read().unwrap_err();
    assert_eq!(errors[0].code, ErrorCode::FieldTooLong { most: 65536 });
    assert!(errors[0].to_string().len() < 300);
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_folder_and_what_is_no_file_are_refused() {
    let (root, folder) = Files::small().without("offers.csv").place();
    fs::write(root.path().join("outside.csv"), OFFERS).unwrap();
    std::os::unix::fs::symlink(root.path().join("outside.csv"), folder.join("offers.csv")).unwrap();
    assert_eq!(read_folder(&folder).unwrap_err()[0].code, ErrorCode::LinkLeavesFolder {});

    fs::remove_file(folder.join("offers.csv")).unwrap();
    fs::write(folder.join("inside.txt"), OFFERS).unwrap();
    std::os::unix::fs::symlink("inside.txt", folder.join("offers.csv")).unwrap();
    assert!(read_folder(&folder).is_ok(), "a link inside the folder is a file like any other");

    fs::remove_file(folder.join("offers.csv")).unwrap();
    fs::create_dir(folder.join("offers.csv")).unwrap();
    assert_eq!(read_folder(&folder).unwrap_err()[0].code, ErrorCode::NotARegularFile {});
}

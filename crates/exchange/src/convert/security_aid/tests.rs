//! The converter on rows of the published table (OECD, Creditor Reporting System, CC BY 4.0).

use super::*;

const TABLE: &str = "\
pacific_code,pacific_name,counterpart_code,counterpart_name,year,sector_code,sector_name,value_usd,pct_gdp
FJ,Fiji,AU,Australia,2022,15240,Reintegration and SALW control,9.0,0.0
FJ,Fiji,AU,Australia,2023,15210,Security system management and reform,115104.0,0.0021
FJ,Fiji,CRS_1UN0,United Nations,2023,15220,\"Civilian peace-building, conflict prevention and resolution\",761945.0,0.0139
FJ,Fiji,CRS_1UN011,UNDP,2023,15220,\"Civilian peace-building, conflict prevention and resolution\",761945.0,0.0139
PW,Palau,US,United States,2023,15240,Reintegration and SALW control,11806.0,0.0043
FJ,Fiji,AU,Australia,2024,15210,Security system management and reform,58523.0,0.001
PW,Palau,AU,Australia,2024,15210,Security system management and reform,37556.0,0.0136
PW,Palau,US,United States,2024,15240,Reintegration and SALW control,11806.0,0.0043
";

#[test]
fn a_year_counts_the_united_nations_once_and_earmarks_by_history() {
    let flows = read_flows(TABLE).unwrap();
    let folder = first_year(&flows, 2023).unwrap();
    assert_eq!(
        folder.files["components.csv"],
        "id,request,type,unit,quantity,unit_cost\n\
         FJI-15210-funds,FJI-15210,funds,currency,115104,1\n\
         FJI-15220-funds,FJI-15220,funds,currency,761945,1\n\
         PLW-15240-funds,PLW-15240,funds,currency,11806,1\n"
    );
    let offers = &folder.files["offers.csv"];
    assert!(!offers.contains("United Nations"), "{offers}");
    assert!(offers.contains("crs_15210;crs_15240,currency,115104,FJI;PLW"), "Australia served 15240 in 2022: {offers}");
    assert!(folder.files["baseline.csv"].contains("PLW-15240-funds,united-states,year,11806\n"));
}

#[test]
fn a_following_year_holds_only_what_differs() {
    let flows = read_flows(TABLE).unwrap();
    let folder = following_year(&flows, 2023, 2024).unwrap();
    let settings = &folder.files["scenario.toml"];
    assert!(settings.starts_with("base = \"../pacific-security-2023\"\n"), "{settings}");
    assert!(settings.contains("requests = [\"FJI-15220\"]"), "{settings}");
    assert!(settings.contains("offers = [\"undp\"]"), "{settings}");
    assert!(settings.contains("baseline = [\"FJI-15220-funds@undp\"]"), "{settings}");
    assert_eq!(
        folder.files["components.csv"],
        "id,request,type,unit,quantity,unit_cost\n\
         FJI-15210-funds,FJI-15210,funds,currency,58523,1\n\
         PLW-15210-funds,PLW-15210,funds,currency,37556,1\n",
        "what stayed the same is inherited"
    );
}

#[test]
fn a_table_whose_aggregate_is_not_the_sum_of_its_members_is_refused() {
    let changed = TABLE.replacen(
        "UNDP,2023,15220,\"Civilian peace-building, conflict prevention and resolution\",761945",
        "UNDP,2023,15220,\"Civilian peace-building, conflict prevention and resolution\",761944",
        1,
    );
    assert_ne!(changed, TABLE);
    let error = read_flows(&changed).unwrap_err().to_string();
    assert!(error.contains("FJI 2023 15220"), "{error}");
    for bad in
        [TABLE.replacen("value_usd", "value", 1), TABLE.replacen("PW,", "??,", 1), TABLE.replacen("11806.0", "-1", 1)]
    {
        assert!(read_flows(&bad).is_err());
    }
    assert!(first_year(&read_flows(TABLE).unwrap(), 2019).is_err(), "a year without rows");
}

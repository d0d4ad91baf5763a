//! Who holds the machine lets people in, and shuts them out.

use crate::program::Made;

#[tokio::test]
async fn people_are_let_in_and_shut_out_by_who_holds_the_machine() {
    let made = Made::new().await;
    let invite = ["access", "invite", "--kind", "coordinator", "--email", "ana@example.org", "--name", "Ana", "--code"];
    let invite = |code: &'static str| made.call(&[&invite[..], &[code]].concat());
    let link = invite("UN").expect(0).out;
    assert!(link.starts_with("nm_") && link.lines().count() == 1, "{link}");
    // With a place elsewhere another link is passed on, which says where it leads.
    made.call(&["access", "party", "--kind", "coordinator", "--code", "EU", "--name", "Other"]).expect(0);
    let link = invite("EU").expect(0).out;
    let lines: Vec<&str> = link.lines().collect();
    assert!(lines[0].contains("/new-password/") && lines[1].starts_with("nm_"), "{link}");

    for (step, said) in [
        ("disable", "is shut out"),
        ("disable", "was shut out already"),
        ("enable", "may come in again"),
        ("enable", "was not shut out"),
    ] {
        let told = made.call(&["access", step, "Ana@example.org"]).expect(0).out;
        assert!(told.contains(said), "{told}");
    }
    let unknown = made.call(&["access", "disable", "bo@example.org"]);
    assert!(unknown.code != 0 && unknown.told.contains("nobody here has the address"), "{unknown:?}");
    made.call(&["audit", "verify"]).expect(0);
}

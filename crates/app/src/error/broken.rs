//! A rule of the register that a change would break, as a value of a sentence.

use needmatch_i18n::vocabulary::{RULES, phrase};
use needmatch_i18n::{Locale, Value};

/// The rule, and behind a colon what it is about: a count, or the rules that a plan would break.
///
/// English keeps the names that rules have in the documentation; other languages translate them.
pub fn broken_rule(locale: Locale, rule: &str) -> Value {
    let Some((head, about)) = rule.split_once(": ") else { return phrase("broken-", rule) };
    if locale == Locale::English {
        return Value::from(rule);
    }
    let heading = |name: &str| RULES.contains(&name).then(|| Value::message(format!("rule-{name}"), Vec::new()));
    let named: Option<Vec<Value>> = about.split("; ").map(heading).collect();
    let value = named.map_or_else(|| Value::from(about), Value::List);
    Value::message("part-with", vec![("phrase", phrase("broken-", head)), ("value", value)])
}

#[cfg(test)]
mod tests {
    use needmatch_i18n::{Locale, plain};

    use super::broken_rule;

    fn said(locale: Locale, rule: &str) -> String {
        plain(locale, "refusal-rule_broken-detail", &[("rule", broken_rule(locale, rule))])
    }

    #[test]
    fn rules_that_a_plan_would_break_are_named_in_the_language() {
        let rule = "with these terms the plan breaks: capacity; minimum";
        let french = said(Locale::French, rule);
        assert!(french.starts_with("Règle : à ces conditions, le plan enfreint : "), "{french}");
        assert!(!french.contains("capacity"), "{french}");
        assert_eq!(said(Locale::English, rule), format!("{rule}."));
    }

    #[test]
    fn a_count_stands_behind_its_rule() {
        for locale in Locale::ALL {
            let told = said(locale, "proposals still wait for an answer: 3");
            assert!(told.contains('3') && !told.contains('⟦'), "{told}");
        }
        assert!(!said(Locale::Russian, "proposals still wait for an answer: 3").contains("wait"));
    }
}

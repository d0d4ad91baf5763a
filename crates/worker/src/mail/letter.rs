//! Says in the person's language what happened. To add a kind of mail: a line here, and its texts in `mail.ftl`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use needmatch_app::messages::mail::Facts;
use needmatch_app::store::messages::Addressee;
use needmatch_app::store::words::{Ending, LeftOutReason, MailKind};
use needmatch_i18n::{Locale, Value, date, plain};
use url::Url;

/// A mail in words.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) name: String,
    pub(super) locale: Locale,
    pub(super) subject: String,
    pub(super) text: String,
    /// Where its link leads.
    pub(super) path: String,
}

/// Writes a mail. The address stands on a line of its own, and is left out where the site's is not known.
pub(super) fn compose(
    addressee: &Addressee,
    kind: MailKind,
    facts: &Facts,
    path: String,
    site: Option<&Url>,
) -> Letter {
    let locale = addressee.language.parse().unwrap_or(Locale::English);
    let (subject, text) = keys(kind, facts.ending);
    let values: Vec<(&str, Value)> = vec![
        ("name", one_line(&addressee.name).into()),
        ("title", one_line(&facts.title).into()),
        ("provider", one_line(&facts.provider).into()),
        ("recipient", one_line(&facts.recipient).into()),
        ("party", one_line(&facts.party).into()),
        ("reason", reason(locale, kind, &facts.reason).into()),
        ("round", one_line(&facts.round).into()),
        ("deadline", moment(locale, &facts.deadline).into()),
        ("minutes", facts.minutes.into()),
    ];
    let say = |key: &str| plain(locale, key, &values);
    let mut body = format!("{}\n\n{}\n", say("mail-greeting"), say(text));
    // Where what it was about has ended, whoever ended it may have given a reason, and need not.
    if !facts.reason.is_empty() && facts.ending.is_some_and(|ending| with_its_subject(ending).is_some()) {
        body = format!("{body}\n{}\n", say("mail-reason"));
    }
    if let Some(address) = site.and_then(|site| page(site, locale, &path)) {
        body = format!("{body}\n{address}\n");
    }
    Letter { name: one_line(&addressee.name), locale, subject: say(subject), text: body, path }
}

/// Keys of subject and text.
fn keys(kind: MailKind, ending: Option<Ending>) -> (&'static str, &'static str) {
    if let Some(text) = ending.and_then(with_its_subject) {
        return ("mail-ended-subject", text);
    }
    match kind {
        MailKind::Proposal | MailKind::Due => ("mail-proposal-subject", "mail-proposal-text"),
        MailKind::Message => ("mail-proposal-subject", "mail-message-text"),
        MailKind::Changed => ("mail-proposal-subject", "mail-changed-text"),
        MailKind::Lapsed => ("mail-proposal-subject", "mail-lapsed-text"),
        MailKind::Accepted => ("mail-decided-subject", "mail-accepted-text"),
        MailKind::Declined => ("mail-decided-subject", "mail-declined-text"),
        MailKind::CalledOff => ("mail-decided-subject", "mail-called-off-text"),
        MailKind::Unmatched => ("mail-unmatched-subject", "mail-unmatched-text"),
        MailKind::LeftOut => ("mail-left_out-subject", "mail-left_out-text"),
        MailKind::PackageInvited => ("mail-package-invited-subject", "mail-package-invited-text"),
        MailKind::PackageJoined => ("mail-package-subject", "mail-package-joined-text"),
        MailKind::PackageDeclined => ("mail-package-subject", "mail-package-declined-text"),
        MailKind::PackageLeft => ("mail-package-subject", "mail-package-left-text"),
        MailKind::PackageWithdrawn => ("mail-package-subject", "mail-package-withdrawn-text"),
        MailKind::Invitation => ("mail-invitation-subject", "mail-invitation-text"),
        MailKind::Place => ("mail-invitation-subject", "mail-place-text"),
        MailKind::Recovery => ("mail-recovery-subject", "mail-recovery-text"),
    }
}

/// Why, in the words of who decided; why a round leaves a request out, in ours.
fn reason(locale: Locale, kind: MailKind, written: &str) -> String {
    let word = if kind == MailKind::LeftOut { written.parse::<LeftOutReason>().ok() } else { None };
    word.map_or_else(|| written.to_owned(), |word| plain(locale, &format!("left-out-{}", word.name()), &[]))
}

/// The text of a mail that a proposal has ended with what it was about, if it has.
fn with_its_subject(ending: Ending) -> Option<&'static str> {
    match ending {
        Ending::RequestWithdrawn => Some("mail-request-withdrawn-text"),
        Ending::OfferWithdrawn => Some("mail-offer-withdrawn-text"),
        Ending::RequestExpired => Some("mail-request-expired-text"),
        Ending::OfferExpired => Some("mail-offer-expired-text"),
        Ending::Declined | Ending::CalledOff | Ending::Deadline => None,
    }
}

/// The address of a page in that language.
fn page(site: &Url, locale: Locale, path: &str) -> Option<Url> {
    let base = site.as_str().trim_end_matches('/');
    format!("{base}/{locale}{path}").parse().ok()
}

/// A moment as the language writes it; what is none stands as it is.
fn moment(locale: Locale, text: &str) -> String {
    let Ok(at) = text.parse::<Timestamp>() else { return text.to_owned() };
    let at = at.to_zoned(TimeZone::UTC);
    let number = |part: i8| u8::try_from(part).unwrap_or(0);
    let (month, day) = (number(at.month()), number(at.day()));
    date::moment(locale, i32::from(at.year()), month, day, number(at.hour()), number(at.minute()))
        .unwrap_or_else(|| text.to_owned())
}

/// What users wrote, fit for a header: no line of theirs becomes one of the mail's.
fn one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_control() || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use needmatch_app::messages::mail::Facts;
    use needmatch_app::store::messages::Addressee;
    use needmatch_app::store::words::{Ending, MailKind, PartyKind};

    use super::{Letter, compose};

    fn letter(kind: MailKind, language: &str) -> Letter {
        ended(kind, None, "too late", language)
    }

    fn ended(kind: MailKind, ending: Option<Ending>, reason: &str, language: &str) -> Letter {
        let (name, language) = ("Ana\r\nBcc: all@example.org".to_owned(), language.to_owned());
        let party_kind = PartyKind::State;
        let addressee = Addressee { email: "ana@example.org".to_owned(), name, language, party_kind };
        let facts = Facts {
            title: "Registers\nof firearms".to_owned(),
            provider: "Halvorland".to_owned(),
            recipient: "Senegal".to_owned(),
            party: "Halvorland".to_owned(),
            reason: reason.to_owned(),
            ending,
            deadline: "2026-11-14T15:04:00Z".to_owned(),
            round: "Round 2027".to_owned(),
            minutes: 60,
            path: "/rounds/7".to_owned(),
        };
        let site = "https://needmatch.example.org/".parse().unwrap();
        compose(&addressee, kind, &facts, facts.path.clone(), Some(&site))
    }

    #[test]
    fn every_kind_is_said_whole_in_every_language_with_the_address_on_a_line_of_its_own() {
        for kind in MailKind::ALL {
            for language in ["ar", "zh", "en", "fr", "ru", "es"] {
                let letter = letter(*kind, language);
                let whole = format!("{}\n{}", letter.subject, letter.text);
                assert!(!whole.contains(['⟦', '{', '\u{2068}']) && !letter.subject.contains('\n'), "{whole}");
                let address = format!("https://needmatch.example.org/{language}/rounds/7");
                assert_eq!(letter.text.lines().last(), Some(address.as_str()), "{whole}");
            }
        }
    }

    #[test]
    fn how_a_proposal_ended_is_said_truly_in_every_language() {
        for language in ["ar", "zh", "en", "fr", "ru", "es"] {
            let mut texts = std::collections::BTreeSet::new();
            for ending in Ending::ALL {
                let kind = match ending {
                    Ending::Declined | Ending::RequestWithdrawn | Ending::OfferWithdrawn => MailKind::Declined,
                    Ending::CalledOff => MailKind::CalledOff,
                    Ending::Deadline | Ending::RequestExpired | Ending::OfferExpired => MailKind::Lapsed,
                };
                let letter = ended(kind, Some(*ending), "no budget", language);
                let whole = format!("{}\n{}", letter.subject, letter.text);
                assert!(!whole.contains(['⟦', '{', '\u{2068}']) && !letter.subject.contains('\n'), "{whole}");
                assert_eq!(whole.contains("no budget"), *ending != Ending::Deadline, "{ending}: {whole}");
                texts.insert(letter.text);
            }
            assert_eq!(texts.len(), Ending::ALL.len(), "{texts:?}");
        }
        let letter = ended(MailKind::Lapsed, Some(Ending::OfferExpired), "", "en");
        assert!(letter.text.contains("has expired") && !letter.text.contains("Reason"), "{}", letter.text);
        assert!(!letter.text.contains("in time"), "{}", letter.text);
    }

    #[test]
    fn what_users_wrote_makes_no_headers_and_an_unknown_language_is_english() {
        let letter = letter(MailKind::Proposal, "tlh");
        assert_eq!((letter.locale.code(), letter.name.as_str()), ("en", "Ana Bcc: all@example.org"));
        assert_eq!(letter.subject, "A proposed match for Registers of firearms");
        assert!(letter.text.contains("helps Senegal with Registers of firearms"), "{}", letter.text);
        assert!(letter.text.contains("by 14 November 2026, 15:04 UTC."), "{}", letter.text);
    }
}

//! Mail of a server in development: kept in the memory of the process instead of being sent, for a page to show. There is
//! none of it where mail is sent, and nothing of it is written anywhere: mail holds links that let people in. The page is
//! opened by a key of its own, made anew at every start and told to who started the server.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use needmatch_i18n::Locale;
use needmatch_store::parties::Secret;

use crate::error::AppError;
use crate::sign_in::fresh_secret;

/// Most mails kept; the oldest makes room for the next.
pub const MOST: usize = 200;

/// A mail that was not sent.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownMail {
    /// When it would have been sent.
    pub at: Timestamp,
    /// To whom.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Its language.
    pub locale: Locale,
    /// Its subject.
    pub subject: String,
    /// Its text, without the link.
    pub text: String,
    /// The path of the link.
    pub path: String,
}

/// The mails that would have been sent. Cloned freely: all clones are one.
#[derive(Clone)]
pub struct Shown {
    mails: Arc<Mutex<VecDeque<ShownMail>>>,
    key: Secret,
}

impl Shown {
    /// None yet, behind a new key.
    pub fn new() -> Result<Self, AppError> {
        Ok(Self { mails: Arc::default(), key: fresh_secret()? })
    }

    /// The path of the page that shows them, with its key.
    pub fn path(&self) -> String {
        format!("/development/mail/{}", self.key.reveal())
    }

    /// Whether this is the key. Hashes are compared, so that the time it takes tells nothing.
    pub fn is_opened_by(&self, key: &str) -> bool {
        Secret::parse(key).is_ok_and(|shown| shown.hash() == self.key.hash())
    }

    /// Keeps a mail.
    pub fn keep(&self, mail: ShownMail) {
        let mut kept = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(MOST - 1);
        kept.push_front(mail);
    }

    /// Everything kept, newest first.
    pub fn newest(&self) -> Vec<ShownMail> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use needmatch_i18n::Locale;

    use super::{MOST, Shown, ShownMail};

    #[test]
    fn the_newest_come_first_and_the_oldest_go() {
        let shown = Shown::new().unwrap();
        for number in 0..MOST + 5 {
            shown.clone().keep(ShownMail {
                at: Timestamp::UNIX_EPOCH,
                name: String::new(),
                email: String::new(),
                locale: Locale::English,
                subject: number.to_string(),
                text: String::new(),
                path: String::new(),
            });
        }
        let subjects: Vec<String> = shown.newest().into_iter().map(|mail| mail.subject).collect();
        assert_eq!((subjects.len(), subjects[0].as_str(), subjects[MOST - 1].as_str()), (MOST, "204", "5"));
    }

    #[test]
    fn each_start_has_a_key_of_its_own() {
        let (one, other) = (Shown::new().unwrap(), Shown::new().unwrap());
        let key = |shown: &Shown| shown.path().rsplit('/').next().unwrap().to_owned();
        assert!(one.is_opened_by(&key(&one)) && one.clone().is_opened_by(&key(&one)));
        assert!(!one.is_opened_by(&key(&other)) && !one.is_opened_by("") && !one.is_opened_by("nm_"));
    }
}

//! What every page has: language, direction, title, navigation, the way to the other languages. Templates say texts
//! through it.

use needmatch_i18n::{Locale, text};

use crate::visit::Visit;

/// The frame of a page.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) locale: Locale,
    /// Title of the page, without the name of the site.
    pub(crate) title: String,
    /// Whether somebody has signed in.
    pub(crate) is_signed_in: bool,
    /// Whether they have to set up a second factor before they see more than everybody.
    pub(crate) owes_second_factor: bool,
    /// Whether the page follows a run: browsers without scripts load it again, others listen.
    pub(crate) follows: bool,
    prefix: String,
    path: String,
}

/// A link to the same page in another language.
pub(crate) struct Translation {
    pub(crate) code: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) name: &'static str,
    pub(crate) address: String,
    pub(crate) is_current: bool,
}

impl Layout {
    /// The frame of a page for a visit.
    pub(crate) fn of(visit: &Visit, title: impl Into<String>) -> Self {
        Self {
            locale: visit.locale,
            title: title.into(),
            is_signed_in: visit.principal.is_signed_in(),
            owes_second_factor: visit.principal.person.is_some() && visit.principal.scopes.is_empty(),
            follows: false,
            prefix: visit.prefix.clone(),
            path: visit.path.clone(),
        }
    }

    /// A message without values.
    pub(crate) fn say(&self, key: &str) -> String {
        text(self.locale, key, &[])
    }

    /// `lang` attribute.
    pub(crate) fn language(&self) -> &'static str {
        self.locale.code()
    }

    /// `dir` attribute.
    pub(crate) fn direction(&self) -> &'static str {
        self.locale.direction().attribute()
    }

    /// The address of another page in the language of this one.
    pub(crate) fn link(&self, path: &str) -> String {
        match (self.prefix.as_str(), path) {
            ("", path) => path.to_owned(),
            (prefix, "/") => prefix.to_owned(),
            (prefix, path) => format!("{prefix}{path}"),
        }
    }

    /// This page in the six languages.
    pub(crate) fn translations(&self) -> Vec<Translation> {
        let path = if self.path == "/" { "" } else { &self.path };
        let translation = |locale: Locale| Translation {
            code: locale.code(),
            direction: locale.direction().attribute(),
            name: locale.native_name(),
            address: format!("/{}{path}", locale.code()),
            is_current: locale == self.locale,
        };
        Locale::ALL.into_iter().map(translation).collect()
    }
}

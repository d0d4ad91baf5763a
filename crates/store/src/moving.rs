//! A step along a lifecycle, as it is handed to the store.

/// A step about to be taken: what it is called, where it leads and why it is taken. Where it begins is read from the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move<'a, State> {
    /// The step, as callers name it; part of what the audit log says.
    pub step: &'static str,
    /// Where it leads.
    pub to: State,
    /// In the words of who decides.
    pub reason: Option<&'a str>,
}

impl<'a, State> Move<'a, State> {
    /// A step without a reason.
    pub fn by(step: &'static str, to: State) -> Self {
        Self { step, to, reason: None }
    }

    /// With the reason given, if one was.
    #[must_use]
    pub fn because(self, reason: Option<&'a str>) -> Self {
        Self { reason, ..self }
    }
}

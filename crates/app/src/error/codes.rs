//! The registry of refusals: code, HTTP status, and title in English.

macro_rules! codes {
    ($($(#[$doc:meta])+ $variant:ident $name:literal $status:literal $title:literal;)+) => {
        /// A refusal by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])+ $variant,)+ }

        impl Code {
            /// Every code, in the order of the registry.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name by which clients, documentation and translations know it. It never changes.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The HTTP status it is answered with.
            pub fn status(self) -> Status {
                match self { $(Self::$variant => $status,)+ }
            }

            /// What happened, in English, without values.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }
        }
    };
}

/// An HTTP status.
pub type Status = u16;

codes! {
    /// Nobody has signed in.
    Unauthenticated "unauthenticated" 401 "Sign in first";
    /// Seen, but not to be changed by this principal.
    Forbidden "forbidden" 403 "You may not do this";
    /// Absent or hidden.
    NotFound "not_found" 404 "There is no such thing here";
    /// The path is known, the method is not.
    MethodNotAllowed "method_not_allowed" 405 "This address has no such method";
    /// The lifecycle has no such step from here.
    NotAllowedNow "not_allowed_now" 409 "This step cannot be taken now";
    /// A unique value is taken.
    Taken "taken" 409 "This value is taken";
    /// The first request with the key is still under way.
    InFlight "in_flight" 409 "The first request with this key is still under way";
    /// Changed meanwhile.
    VersionMismatch "version_mismatch" 412 "It was changed meanwhile";
    /// Above a bound.
    TooLarge "too_large" 413 "Too large";
    /// Another media type.
    UnsupportedMediaType "unsupported_media_type" 415 "Send JSON";
    /// No JSON.
    NotJson "not_json" 400 "This is no JSON";
    /// A parameter of the address or a header is not what it should be.
    BadParameter "bad_parameter" 400 "A parameter is not what it should be";
    /// Broken rules, by field.
    Invalid "invalid" 422 "The document breaks rules";
    /// A key that stood for another body.
    KeyReused "key_reused" 422 "This idempotency key was used for something else";
    /// The register refuses it.
    RuleBroken "rule_broken" 422 "A rule of the register refuses it";
    /// The round cannot be frozen.
    CannotFreeze "cannot_freeze" 422 "The round cannot be frozen";
    /// `If-Match` is missing.
    VersionRequired "version_required" 428 "Say which version you are changing";
    /// Too many at once.
    TooManyRequests "too_many_requests" 429 "Too many requests";
    /// A fault of the program.
    Internal "internal" 500 "Something broke here";
    /// In the way.
    Busy "busy" 503 "Busy; try again";
    /// No register.
    Unavailable "unavailable" 503 "The register cannot be reached";
    /// No room.
    StorageFull "storage_full" 507 "No room is left";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn names_are_unique_and_statuses_are_errors() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|code| (400..600).contains(&code.status())));
    }
}

//! The registry of refusals: code and HTTP status. Their sentences stand with the messages of the six languages, under
//! `refusal-` and the name.

macro_rules! codes {
    ($($(#[$doc:meta])+ $variant:ident $name:literal $status:literal;)+) => {
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
        }
    };
}

/// An HTTP status.
pub type Status = u16;

codes! {
    /// Nobody has signed in.
    Unauthenticated "unauthenticated" 401;
    /// Seen, but not to be changed by this principal.
    Forbidden "forbidden" 403;
    /// Absent or hidden.
    NotFound "not_found" 404;
    /// The path is known, the method is not.
    MethodNotAllowed "method_not_allowed" 405;
    /// The lifecycle has no such step from here.
    NotAllowedNow "not_allowed_now" 409;
    /// The cut-off of the round is yet to come.
    BeforeCutOff "before_cut_off" 409;
    /// A unique value is taken.
    Taken "taken" 409;
    /// The first request with the key is still under way.
    InFlight "in_flight" 409;
    /// Changed meanwhile.
    VersionMismatch "version_mismatch" 412;
    /// Above a bound.
    TooLarge "too_large" 413;
    /// Another media type.
    UnsupportedMediaType "unsupported_media_type" 415;
    /// No JSON.
    NotJson "not_json" 400;
    /// A parameter of the address or a header is not what it should be.
    BadParameter "bad_parameter" 400;
    /// Broken rules, by field.
    Invalid "invalid" 422;
    /// A key that stood for another body.
    KeyReused "key_reused" 422;
    /// The register refuses it.
    RuleBroken "rule_broken" 422;
    /// The round cannot be frozen.
    CannotFreeze "cannot_freeze" 422;
    /// `If-Match` is missing.
    VersionRequired "version_required" 428;
    /// Too many at once.
    TooManyRequests "too_many_requests" 429;
    /// A fault of the program.
    Internal "internal" 500;
    /// In the way.
    Busy "busy" 503;
    /// No register.
    Unavailable "unavailable" 503;
    /// No room.
    StorageFull "storage_full" 507;
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

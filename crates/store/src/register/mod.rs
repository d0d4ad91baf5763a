//! What is asked for and what is given: requests with their components, offers, programmes, channels.
//!
//! A record has columns for what lists are filtered by and what the database guards, and a JSON body for the rest,
//! which only `app` interprets.

mod channels;
mod circulation;
mod components;
mod documents;
mod imports;
mod items;
mod named;
mod offers;
mod overdue;
mod package_steps;
mod packages;
mod programmes;
mod reports;
mod requests;
mod shared;
mod taken;
pub(crate) mod words;

pub use channels::{Channel, NewChannel};
pub use components::{Component, NewComponent};
pub use documents::{Document, DocumentSubject, MAX_DOCUMENTS};
pub use imports::{Import, MAX_IMPORT_BYTES};
pub use items::{Item, NewItem};
pub use named::NamedBy;
pub use offers::{NewOffer, Offer, OfferContent, OfferFilter};
pub use overdue::Overdue;
#[cfg(test)]
pub(crate) use overdue::{OVERDUE_OFFERS, OVERDUE_REQUESTS};
pub use packages::{MAX_PACKAGE_MEMBERS, NewPackage, OpenPackage, Package, PackageFilter, PackageMember};
pub use programmes::{NewProgramme, Programme, ProgrammeContent, ProgrammeFilter};
pub use reports::{Report, ReportFilter};
pub use requests::{NewRequest, Request, RequestContent, RequestFilter};
pub use taken::Unique;

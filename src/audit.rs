//! Documents, and what is known of them -> findings.
//!
//! An audit has three parts. A *remark* is what one document says against itself; it depends on the
//! document alone, so that it can be kept with what else is known of an unchanged file. The lock says
//! what a document lacks of what it was. What documents are to one another comes from a scan. The
//! [`Policy`](policy::Policy) then judges all of it: how grave a finding is at its path, and whether
//! it is suppressed.
//!
//! Nothing here reads files, runs git or knows the day: whoever calls does.

pub mod allow;
pub mod baseline;
pub mod changes;
mod copies;
pub mod document;
pub mod entry;
pub mod folder;
mod holders;
mod known;
pub mod lock;
pub mod loss;
mod paths;
pub mod policy;
mod remark;
pub mod rolling;
mod words;

pub use copies::Copy;
pub use known::Known;
pub use paths::Paths;
pub use remark::Remark;

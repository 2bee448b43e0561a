//! `lacuna` finds the copies in a heap of documents, says what each copy lacks, and merges them.
//!
//! Bytes become a [`Witness`](text::Witness) by [`normalize::normalize`]; two witnesses become a
//! [`Relation`](text::Relation) by [`collate::collate`]; a heap of them becomes groups by
//! [`scan::scan`]. [`source`] finds the files, and [`report`] writes what was found.
//!
//! ```
//! use lacuna::normalize::{Options, normalize};
//! use lacuna::scan::{Document, Heap, Memory, scan};
//! use lacuna::text::Verdict;
//!
//! # fn main() -> Result<(), lacuna::Error> {
//! let whole = "# Tea\n\nWarm the pot with boiling water and pour it away, or else the first \
//!     infusion will be too cold to open the leaves.\n\nThree minutes are enough for most leaves.";
//! let preview = "<h1>Tea</h1><p>Warm the pot with <b>boiling</b> water and pour it away, or else \
//!     the first infusion will be too cold to open the leaves.</p>";
//!
//! let options = Options::default();
//! let heap = [("preview.html", preview), ("tea.md", whole)];
//! let mut documents = Vec::new();
//! for (path, source) in heap {
//!     let extension = path.split('.').next_back();
//!     let witness = normalize(source.as_bytes(), extension, &options)?;
//!     documents.push(Document::new(path.to_owned(), witness, &Memory::unlimited()));
//! }
//!
//! let heap = Heap::new(documents, &());
//! let found = scan(&heap);
//! let group = &found.groups[0];
//! assert_eq!(heap.documents()[group.base].path, "tea.md");
//!
//! let copy = &group.copies[0];
//! assert_eq!(copy.brief.verdict, Verdict::Truncated);
//! let relation = heap.relate(group.base, copy.document).expect("the witnesses were kept");
//! let lacking: Vec<_> = relation.lacking().map(|passage| passage.lines.first).collect();
//! assert_eq!(lacking, [5]);
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]
#![warn(missing_docs)]
// The documentation is made with private items: the page of a room leads into it.
#![allow(rustdoc::private_intra_doc_links)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod audit;
pub mod collate;
pub mod dedupe;
pub mod disk;
pub mod error;
pub mod index;
pub mod merge;
pub mod normalize;
pub mod report;
pub mod scan;
pub mod source;
pub mod text;

pub use error::{Error, ErrorKind};

//! The catalogue of findings: every code with its number, name, severity and summary, in one place.

use std::fmt;
use std::str::FromStr;

use super::Severity;

/// Makes the enum and its table from one list, so that neither can lack what the other has.
macro_rules! catalogue {
    ($($code:ident = $number:literal, $name:literal, $severity:ident, $summary:literal;)*) => {
        /// What an audit can find wrong. Codes are stable: one is never given to another meaning.
        ///
        /// The hundreds are families, see [`Family`]. What each means, and what to do about it, is
        /// in `docs/codes/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $summary] $code = $number,)*
        }

        impl Code {
            /// All of them, by number.
            pub const ALL: &'static [Self] = &[$(Self::$code),*];

            /// Its short name, in kebab case: unique, and stable as the number is.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }

            /// How grave it is unless a policy says otherwise.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$code => Severity::$severity,)*
                }
            }

            /// What it says of a document, as a clause: `is cut off inside a sentence`.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Self::$code => $summary,)*
                }
            }
        }
    };
}

catalogue! {
    Lost = 101, "lost", Error, "a document is gone, and its text with it";
    Renamed = 102, "renamed", Note, "a document has another path now";
    Shrunk = 103, "shrunk", Error, "lost more text than the limits allow";
    BlocksLost = 104, "blocks-lost", Warning, "lost whole blocks, within the limits";
    CommentsLost = 105, "comments-lost", Error, "lost comments";
    AssetsLost = 106, "assets-lost", Warning, "lost images or other assets";
    Replaced = 107, "replaced", Warning, "most of its text was replaced by other text";
    BelowFloor = 108, "below-floor", Error, "fewer documents, or less text, than the policy demands";
    LockBehind = 109, "lock-behind", Note, "the lock does not know the documents as they are";
    Moved = 110, "moved", Note, "some of its text is in another document now";

    TruncatedCopy = 201, "truncated-copy", Error, "is the beginning of another document";
    ContainedCopy = 202, "contained-copy", Warning, "is contained in another document";
    Duplicate = 203, "duplicate", Warning, "says the same as another document";
    NearDuplicate = 204, "near-duplicate", Note, "says mostly the same as another document";

    EndsInSentence = 301, "ends-in-sentence", Warning, "ends inside a sentence";
    EndsWithColon = 302, "ends-with-colon", Warning, "ends with a colon";
    EndsWithEllipsis = 303, "ends-with-ellipsis", Warning, "ends with an ellipsis";
    OpenFence = 304, "open-fence", Warning, "ends inside a fenced code block";
    OpenTag = 305, "open-tag", Warning, "ends inside a tag, a comment or an element of HTML";
    OpenEmphasis = 306, "open-emphasis", Warning, "ends inside emphasis";
    RoundSize = 307, "round-size", Warning, "ends at a power of two";
    ShorterThanSiblings = 308, "shorter-than-siblings", Warning, "is much shorter than its siblings";
    LengthsPileUp = 309, "lengths-pile-up", Warning, "many documents of a folder end at one length";
    PreviewEnding = 310, "preview-ending", Warning, "ends as a preview or a paywall does";
    EndsWithHeading = 311, "ends-with-heading", Note, "ends with a heading";

    Undecodable = 401, "undecodable", Error, "has bytes that are no text in its encoding";
    Mojibake = 402, "mojibake", Error, "has text that was once decoded in the wrong encoding";
    MixedEncodings = 403, "mixed-encodings", Error, "has text in more than one encoding";
    Nul = 404, "nul", Error, "has NUL characters";
    Control = 405, "control", Warning, "has control characters";
    Replacement = 406, "replacement", Error, "has characters that an earlier program lost";
    OtherEncoding = 407, "other-encoding", Note, "is in another encoding than its siblings";

    DuplicatedPassage = 501, "duplicated-passage", Note, "says a passage twice";
    Empty = 502, "empty", Error, "has nothing to read";
    DeclaredCount = 503, "declared-count", Warning, "has another number of comments than it declares";

    NoReason = 901, "no-reason", Error, "a suppression or an allowance gives no reason";
    Expired = 902, "expired", Error, "a suppression is past its date";
    StaleSuppression = 903, "stale-suppression", Warning, "a suppression suppresses nothing";
    Unreadable = 904, "unreadable", Error, "could not be read";
    StaleBaseline = 905, "stale-baseline", Note, "entries of the baseline match nothing any more";
}

/// What a code is about: the hundred of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// 1xx: what the lock knows and the documents lack.
    Loss,
    /// 2xx: documents that are copies of one another.
    Copies,
    /// 3xx: endings that look like cuts.
    Endings,
    /// 4xx: bytes and characters.
    Damage,
    /// 5xx: what a document says about itself.
    Content,
    /// 9xx: the audit itself.
    Audit,
}

impl Family {
    /// All of them, by number.
    pub const ALL: [Self; 6] = [
        Self::Loss,
        Self::Copies,
        Self::Endings,
        Self::Damage,
        Self::Content,
        Self::Audit,
    ];

    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Copies => "copies",
            Self::Endings => "endings",
            Self::Damage => "damage",
            Self::Content => "content",
            Self::Audit => "audit",
        }
    }
}

impl Code {
    /// Its number, 101 to 999.
    pub fn number(self) -> u16 {
        self as u16
    }

    /// The family that its number puts it in.
    pub fn family(self) -> Family {
        match self.number() / 100 {
            1 => Family::Loss,
            2 => Family::Copies,
            3 => Family::Endings,
            4 => Family::Damage,
            5 => Family::Content,
            _ => Family::Audit,
        }
    }
}

impl fmt::Display for Code {
    /// As it is written everywhere: `LAC103`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LAC{}", self.number())
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    /// From `LAC103`, in any case, or from its name.
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let named =
            |code: &&Self| code.name() == text || code.to_string().eq_ignore_ascii_case(text);
        Self::ALL.iter().find(named).copied().ok_or(UnknownCode)
    }
}

/// No code has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is no code such as LAC103 or shrunk")
    }
}

impl std::error::Error for UnknownCode {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_found_by_number_and_name() {
        assert!(Code::ALL.is_sorted_by(|a, b| a.number() < b.number()));
        for code in Code::ALL {
            assert_eq!(code.to_string().parse(), Ok(*code));
            assert_eq!(code.to_string().to_lowercase().parse(), Ok(*code));
            assert_eq!(code.name().parse(), Ok(*code), "two are called {code}");
            let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(code.name().chars().all(kebab), "{code}");
        }
        assert_eq!("LAC100".parse::<Code>(), Err(UnknownCode));
        assert_eq!("".parse::<Code>(), Err(UnknownCode));
    }

    #[test]
    fn every_family_has_codes() {
        for family in Family::ALL {
            assert!(
                Code::ALL.iter().any(|code| code.family() == family),
                "{family:?}"
            );
        }
    }
}

/// Something that a document has and the one to be kept in its place has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remnant {
    /// What.
    pub kind: RemnantKind,
    /// How many, and for text how many characters.
    pub count: u64,
    /// The source line on which the first of them stands, from 1; 0 if that is not known.
    pub line: u32,
}

/// What kind of thing would be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RemnantKind {
    /// Characters of match text, in the body.
    Text,
    /// Entries of the front matter.
    FrontMatter,
    /// Comments.
    Comments,
    /// Numbers beside a comment that the other has not, or lower; a declared number of comments.
    Counters,
    /// Assets.
    Assets,
    /// Pictures of a comment's author.
    Avatars,
    /// Addresses from `http:` or `https:` on, wherever they stand.
    Links,
    /// Places where the bytes are not what they should be: what they were cannot be told.
    Damage,
}

impl RemnantKind {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::FrontMatter => "front matter",
            Self::Comments => "comments",
            Self::Counters => "counters",
            Self::Assets => "assets",
            Self::Avatars => "avatars",
            Self::Links => "links",
            Self::Damage => "damage",
        }
    }
}

//! What can be said of two witnesses, verified.

use super::{LineRange, Move, Section, Span, StructureChange};

/// How the copy of a pair stands to its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Same bytes.
    Identical,
    /// Same match text in the same order.
    Equivalent,
    /// All of the copy is in the base, in order, and it only lacks the base's tail.
    Truncated,
    /// All of the copy is in the base, and it lacks a head or inner passages.
    Contained,
    /// Both have text that the other lacks, or have it in another order, and the shared part is
    /// the larger one.
    Revised,
    /// They share a passage, and no more than that.
    Overlapping,
    /// They share no passage that is long enough to speak of.
    Unrelated,
}

impl Verdict {
    /// All of them, closest first.
    pub const ALL: [Self; 7] = [
        Self::Identical,
        Self::Equivalent,
        Self::Truncated,
        Self::Contained,
        Self::Revised,
        Self::Overlapping,
        Self::Unrelated,
    ];

    /// The name used in output and in `--fail-on`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Equivalent => "equivalent",
            Self::Truncated => "truncated",
            Self::Contained => "contained",
            Self::Revised => "revised",
            Self::Overlapping => "overlapping",
            Self::Unrelated => "unrelated",
        }
    }
}

/// How much of one witness's match text is aligned to the other, in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Characters of match text that the other has too.
    pub aligned: u64,
    /// All characters of match text.
    pub total: u64,
}

impl Coverage {
    /// The share, 0 to 1; 1 if there is no text.
    pub fn share(self) -> f64 {
        if self.total == 0 {
            1.0
        } else {
            self.aligned as f64 / self.total as f64
        }
    }
}

/// A passage of one witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The section it stands in. A passage never crosses from one section to another.
    pub section: Section,
    /// Bytes of the witness's match text.
    pub match_text: Span,
    /// Bytes of the witness's canonical text.
    pub text: Span,
    /// Bytes of the source.
    pub source: Span,
    /// Lines of the source.
    pub lines: LineRange,
    /// Length in characters of match text.
    pub chars: u64,
}

/// A point in a witness, between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Offset into the witness's match text.
    pub match_text: u32,
    /// Offset into its canonical text.
    pub text: u32,
    /// Offset into its source.
    pub source: u32,
    /// Line of its source, from 1: the line of the text before the place.
    pub line: u32,
}

/// One step of the way through both witnesses. The edits of a relation, in order, hold all match
/// text of front matter and body of both, each character of the base and each of the copy once:
/// `Same` and `Variant` stand for text of both, `Lacking`, `Moved` and `Repeated` for text of the base,
/// `Extra`, `MovedHere` and `RepeatedHere` for text of the copy. Only an ellipsis at a cut is left out
/// (see [`Cut`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Both have it, at corresponding places.
    Same {
        /// In the base.
        base: Passage,
        /// In the copy.
        copy: Passage,
    },
    /// A lacuna: the base has it, and the copy has it nowhere.
    Lacking {
        /// In the base.
        base: Passage,
        /// Where it would stand in the copy.
        at: Place,
    },
    /// The copy has it, and the base has it nowhere.
    Extra {
        /// In the copy.
        copy: Passage,
        /// Where it would stand in the base.
        at: Place,
    },
    /// Both say something here, differently.
    Variant {
        /// In the base.
        base: Passage,
        /// In the copy.
        copy: Passage,
    },
    /// A transposition, at its place in the base: the copy has it elsewhere. In the body, sentences and
    /// more belong to one of [`Relation::moves`].
    Moved {
        /// In the base.
        base: Passage,
        /// Where the copy has it. Of an entry of the front matter, the copy has the value there.
        copy: Passage,
    },
    /// A transposition, at its place in the copy.
    MovedHere {
        /// In the copy.
        copy: Passage,
        /// Where the base has it.
        base: Passage,
    },
    /// A repetition: the base has it here once more. The copy has it, too, so that nothing of what it
    /// says is lacking, but fewer times.
    Repeated {
        /// In the base.
        base: Passage,
        /// A place at which the copy has it. What is there corresponds to something else.
        copy: Passage,
    },
    /// A repetition in the copy.
    RepeatedHere {
        /// In the copy.
        copy: Passage,
        /// A place at which the base has it.
        base: Passage,
    },
}

/// Where a truncated witness ends, within the text of the more complete one. (That is the copy
/// within its base, unless the relation is reversed.)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The last line of the copy's text before the cut, in the copy's source.
    pub line: u32,
    /// The source byte of the copy at which its text ends.
    pub byte: u32,
    /// The line of the base at which the text goes on that the copy lacks.
    pub base_line: u32,
    /// The byte of the base at which the text goes on that the copy lacks.
    pub base_byte: u32,
    /// Where it falls in the base's text.
    pub place: CutPlace,
    /// The words before it: the last characters of canonical text that both have. Empty if there
    /// are none.
    pub before: String,
    /// The ellipsis (or the like) that the copy has at the cut and the base has not, as canonical
    /// text; else empty.
    pub ellipsis: String,
}

/// What a cut falls into, innermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CutPlace {
    /// Inside a word (never between two Han characters).
    Word,
    /// Between words, inside a sentence.
    Sentence,
    /// Between sentences, inside a block.
    Block,
    /// At the end of a block.
    BlockEnd,
    /// Before the first word: nothing is left of the text.
    Start,
}

impl CutPlace {
    /// The phrase used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "inside a word",
            Self::Sentence => "inside a sentence",
            Self::Block => "inside a block",
            Self::BlockEnd => "at a block's end",
            Self::Start => "before the first word",
        }
    }
}

/// In what two equivalent witnesses differ all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differs {
    /// The markup around the text.
    pub markup: bool,
    /// The character encoding, or a byte order mark.
    pub encoding: bool,
    /// White space and line breaks.
    pub white_space: bool,
    /// Compatibility forms: full-width punctuation, ligatures, composed characters.
    pub orthography: bool,
    /// The order of the comments.
    pub comment_order: bool,
}

impl Differs {
    /// The names used in output of what differs.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        [
            (self.markup, "markup"),
            (self.encoding, "encoding"),
            (self.white_space, "white space"),
            (self.orthography, "orthography"),
            (self.comment_order, "comment order"),
        ]
        .into_iter()
        .filter_map(|(differs, name)| differs.then_some(name))
    }
}

/// The verdict on one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionRelation {
    /// Which section.
    pub section: Section,
    /// The verdict, from this section alone.
    pub verdict: Verdict,
    /// How much of the base's section the copy has.
    pub of_base: Coverage,
    /// How much of the copy's section the base has.
    pub of_copy: Coverage,
    /// Which parts of the more complete one the other lacks.
    pub lacks: Lacks,
}

/// Which parts of a section are lacking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lacks {
    /// Its beginning.
    pub head: bool,
    /// Something between two passages that are there.
    pub gap: bool,
    /// Its end.
    pub tail: bool,
}

/// How the comments of two witnesses correspond. Indices are into [`super::Witness::comments`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommentChanges {
    /// In both: base index, copy index. In the base's order.
    pub present: Vec<(u32, u32)>,
    /// In the base only.
    pub lacking: Vec<u32>,
    /// In the copy only.
    pub extra: Vec<u32>,
    /// In both by author and date (or text), with another text (or author or date).
    pub changed: Vec<CommentChange>,
    /// Those of `present` whose counters differ: base index, copy index.
    pub counters: Vec<(u32, u32)>,
}

impl CommentChanges {
    /// Whether the comments that both have stand in another order.
    pub fn are_reordered(&self) -> bool {
        self.present.windows(2).any(|pair| pair[1].1 < pair[0].1)
    }
}

/// A comment that both have, differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommentChange {
    /// Index into the base's comments.
    pub base: u32,
    /// Index into the copy's comments.
    pub copy: u32,
}

/// How the assets of two witnesses correspond. Indices are into [`super::Witness::assets`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssetChanges {
    /// In the base only.
    pub lacking: Vec<u32>,
    /// In the copy only.
    pub extra: Vec<u32>,
}

/// A place where a budget made the result coarser than it could be. It is still true: what is
/// called the same is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approximation {
    /// What was not done, in words.
    pub what: &'static str,
    /// Where in the base.
    pub base: LineRange,
    /// Where in the copy.
    pub copy: LineRange,
}

/// A verified statement about a pair of witnesses. Edits, comments, assets and coverage say what
/// the copy has of the base; the verdict is seen from the less complete of the two, which is the
/// copy unless `reversed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The verdict over all sections: the body decides, then the comments.
    pub verdict: Verdict,
    /// Whether the base is the less complete one, so that a verdict of truncated or contained,
    /// the cut, and `lacks` speak of the base.
    pub reversed: bool,
    /// Per section that at least one of the two has.
    pub sections: Vec<SectionRelation>,
    /// How much of the base's body (or, if it has none, of its comments) the copy has.
    pub of_base: Coverage,
    /// How much of the copy's body the base has.
    pub of_copy: Coverage,
    /// The way through both, front matter and body, in reading order of the base.
    pub edits: Vec<Edit>,
    /// The passages of the body that stand elsewhere, in reading order of the base: what is moved
    /// among the edits, put together. No edit belongs to two of them.
    pub moves: Vec<Move>,
    /// Where the body's text is divided or marked up otherwise, in reading order of the base.
    pub structure: Vec<StructureChange>,
    /// Where the less complete one is cut off: when its body is truncated, or contained and lacks
    /// the end but not the beginning.
    pub cut: Option<Cut>,
    /// In what two equivalent witnesses differ.
    pub differs: Differs,
    /// How their comments correspond.
    pub comments: CommentChanges,
    /// How their assets correspond.
    pub assets: AssetChanges,
    /// Where a budget made this coarser.
    pub approximations: Vec<Approximation>,
}

impl Relation {
    /// The lacunae: passages that the copy has nowhere. What it has fewer times is none.
    pub fn lacking(&self) -> impl Iterator<Item = Passage> {
        self.edits.iter().filter_map(|edit| match edit {
            Edit::Lacking { base, .. } => Some(*base),
            _ => None,
        })
    }

    /// Passages that the base has nowhere.
    pub fn extra(&self) -> impl Iterator<Item = Passage> {
        self.edits.iter().filter_map(|edit| match edit {
            Edit::Extra { copy, .. } => Some(*copy),
            _ => None,
        })
    }

    /// Passages where both say something, differently: base, copy.
    pub fn variants(&self) -> impl Iterator<Item = (Passage, Passage)> {
        self.edits.iter().filter_map(|edit| match edit {
            Edit::Variant { base, copy } => Some((*base, *copy)),
            _ => None,
        })
    }

    /// The passages of the body that stand elsewhere: base, copy. A passage that the base only has
    /// more often is none.
    pub fn moved(&self) -> impl Iterator<Item = (Passage, Passage)> {
        self.moves.iter().map(|one| (one.base, one.copy))
    }
}

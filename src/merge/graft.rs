//! Copies of one text -> one text that says what any of them says.
//!
//! The base supplies the bytes. Copy after copy is compared with what there is so far, and what only
//! the copy has is *proposed* as changes, each in several forms, the best first. What is proposed is
//! made, the result is read again, and it stands only if nothing of what there was has changed and
//! what was proposed is there. What cannot be placed in any form stays out of the text, and is told.
//!
//! So no rule of a format has to be known exactly here: what is taken for a graft was read back.

mod assets;
pub(super) mod beside;
mod comments;
mod conflicts;
mod counts;
mod front_matter;
mod keeps;
pub(super) mod marks;
pub(super) mod passages;
mod site;
mod strangers;

use std::cmp::Reverse;

use super::addresses::{self, Addresses};
use super::charset::Charset;
use super::pieces::{Change, Chunk, Piece, Rule, Text};
use crate::collate::collate;
use crate::text::{Format, Relation, Span, Witness};

/// One of the copies that become one.
#[derive(Clone, Copy, Debug)]
pub struct Party<'a> {
    /// The siglum of the dump that it is in.
    pub siglum: &'a str,
    /// The number of that dump, in the order in which they were named.
    pub dump: usize,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What they say. The targets of assets are those of the output, see [`Addresses::resolve`].
    pub witness: &'a Witness,
    /// What its addresses lead to.
    pub addresses: Addresses<'a>,
    /// When the file was last changed, in seconds of any epoch.
    pub modified: i64,
    /// Whether the base has taken it in already: nothing of it is grafted again.
    pub taken_in: bool,
}

/// Which reading stands in the text where copies say something different.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prefer {
    /// That of the base.
    #[default]
    Base,
    /// That of the file that was changed last.
    Newest,
    /// The longest one.
    Longest,
    /// That of the dump of this number, where it has one.
    Dump(usize),
}

/// How conflicts are settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Which reading stands.
    pub prefer: Prefer,
    /// Whether the other one is to stand beside it, marked.
    pub both: bool,
}

/// How bytes are read that are to stand under the name of the base. `None` if they cannot be read.
pub type Reread<'r> = dyn Fn(&[u8]) -> Option<Witness> + 'r;

/// Copies that became one.
#[derive(Debug)]
pub struct Merged {
    /// The bytes of the output.
    pub bytes: Vec<u8>,
    /// Where they came from.
    pub pieces: Vec<Piece>,
    /// What the output says; `None` if it is the base.
    pub witness: Option<Witness>,
    /// How each party, the base first, stands to the output. What is said to be only in the party
    /// is not in the text.
    pub relations: Vec<Relation>,
}

/// Makes one text of `parties`, the first of which is the base. The others are taken in their order,
/// but such as have text whose place is not certain wait for those that may make it so.
pub fn graft(parties: &[Party<'_>], policy: Policy, reread: &Reread<'_>) -> Option<Merged> {
    let base = parties.first()?;
    let mut standing = Standing {
        parties,
        policy,
        reread,
        targets: Vec::new(),
        charset: Charset::of(base.witness),
        newline: site::newline(base.bytes),
        format: base.witness.format,
        text: Text::base(base.bytes),
        witness: None,
    };
    let mut relations: Vec<Option<Relation>> = vec![None; parties.len()];
    let mut waiting: Vec<usize> = (1..parties.len())
        .filter(|copy| !parties[*copy].taken_in)
        .collect();
    while let Some(copy) = standing.next(&mut waiting, &mut relations) {
        let relation = relations[copy].take();
        relations[copy] = standing.take(copy, relation);
        if relations[copy].is_none() {
            // The text changed, and what was said of the others may no longer be so.
            relations.fill(None);
        }
    }
    if counts::bring_up_to_date(&mut standing) {
        relations.fill(None);
    }
    let known = relations.into_iter().zip(parties);
    let relations = known
        .map(|(known, party)| known.unwrap_or_else(|| collate(standing.witness(), party.witness)))
        .collect();
    if let Some(witness) = &mut standing.witness {
        addresses::restore(witness, standing.targets);
    }
    Some(Merged {
        bytes: standing.text.bytes,
        pieces: standing.text.pieces,
        witness: standing.witness,
        relations,
    })
}

/// In which order copies are taken: the most complete first, then those of the dump that was named
/// first, then by path.
pub fn order<P: Ord>(witness: &Witness, dump: usize, path: P) -> impl Ord + use<P> {
    let completeness = crate::collate::Completeness::of(witness);
    (Reverse(completeness), dump, path)
}

/// What there is so far.
struct Standing<'a> {
    parties: &'a [Party<'a>],
    policy: Policy,
    reread: &'a Reread<'a>,
    charset: Charset,
    newline: &'static str,
    format: Format,
    text: Text,
    /// What the text says, once it is no longer the base.
    witness: Option<Witness>,
    /// The targets of its assets as they are written, where those in `witness` are others.
    targets: Vec<String>,
}

/// Something that only the copy has.
#[derive(Clone, Copy, Debug)]
enum Subject {
    /// A passage of this match text.
    Passage(Span),
    /// The comment of this index.
    Comment(u32),
    /// The asset of this index.
    Asset(u32),
    /// The counters of the comment of this index.
    Counters(u32),
    /// The entry of the front matter of this match text, beside another value of its key.
    Beside(Span),
}

/// How something that only the copy has may come into the text: the best form first.
struct Proposal {
    subject: Subject,
    forms: Vec<Vec<Change>>,
}

/// Of so many copies at most the best order is looked for; more are taken as they come.
const WEIGHED: usize = 8;

/// With how many comments a list is tried to begin that cannot be written as a whole.
const BEGINNINGS: usize = 8;

/// How many forms of what a copy adds are tried, and how often a text is read again for each. What is
/// left over then stays out of the text.
const ROUNDS: usize = 6;
const READINGS: usize = 50;

impl<'a> Standing<'a> {
    /// What the text says.
    fn witness(&self) -> &Witness {
        let base = self.parties.first().map(|base| base.witness);
        match (&self.witness, base) {
            (Some(witness), _) => witness,
            (None, Some(base)) => base,
            (None, None) => unreachable!("a merge has a base"),
        }
    }

    /// The copy to be taken next: the first of those of which least has no certain place.
    fn next(&self, waiting: &mut Vec<usize>, relations: &mut [Option<Relation>]) -> Option<usize> {
        if waiting.len() <= 1 || waiting.len() > WEIGHED {
            return (!waiting.is_empty()).then(|| waiting.remove(0));
        }
        let mut least = None;
        for (place, copy) in waiting.iter().enumerate() {
            let relation = relations[*copy]
                .get_or_insert_with(|| collate(self.witness(), self.parties[*copy].witness));
            let uncertain = passages::uncertain(relation);
            if least.is_none_or(|(least, _)| uncertain < least) {
                least = Some((uncertain, place));
            }
            if uncertain == 0 {
                break;
            }
        }
        least.map(|(_, place)| waiting.remove(place))
    }

    /// Takes in what only `copy` has. Gives the relation to it, if the text did not change.
    fn take(&mut self, copy: usize, relation: Option<Relation>) -> Option<Relation> {
        let party = self.parties[copy];
        let relation = relation.unwrap_or_else(|| collate(self.witness(), party.witness));
        let mut proposals = Vec::new();
        front_matter::propose(self, copy, &relation, &mut proposals);
        passages::propose(self, copy, &relation, &mut proposals);
        conflicts::propose(self, copy, &relation, &mut proposals);
        comments::propose(self, copy, &relation, &mut proposals);
        let texts = self.settle(copy, &relation, &proposals) | self.begin_list(copy, &relation);
        // Pictures that stand in what was grafted are there by now.
        let again = texts.then(|| collate(self.witness(), party.witness));
        let mut proposals = Vec::new();
        let now = again.as_ref().unwrap_or(&relation);
        assets::propose(self, copy, now, &mut proposals);
        let pictures = self.settle(copy, now, &proposals);
        (!texts && !pictures).then_some(relation)
    }

    /// Begins a list of comments with one that the text can hold, and puts the others there, where
    /// it could not hold them all at once. Says whether it could.
    fn begin_list(&mut self, copy: usize, before: &Relation) -> bool {
        let has_list = |standing: &Self| !standing.witness().comments.is_empty();
        if before.comments.extra.is_empty() || has_list(self) {
            return false;
        }
        let mut proposals = Vec::new();
        for comment in before.comments.extra.iter().take(BEGINNINGS) {
            proposals.clear();
            comments::whole(self, copy, &[*comment], &mut proposals);
            let now = collate(self.witness(), self.parties[copy].witness);
            if self.settle(copy, &now, &proposals) {
                let now = collate(self.witness(), self.parties[copy].witness);
                proposals.clear();
                comments::propose(self, copy, &now, &mut proposals);
                self.settle(copy, &now, &proposals);
                return true;
            }
        }
        false
    }

    /// Makes all changes that can be made. Says whether there were any.
    ///
    /// All are tried at once in their best form; while that fails, halves of them are. What fails
    /// alone, or was not tried in so many readings, is tried in the next form, again all at once.
    fn settle(&mut self, copy: usize, before: &Relation, proposals: &[Proposal]) -> bool {
        let party = self.parties[copy];
        let mut accepted: Vec<(usize, usize)> = Vec::new();
        let mut result = None;
        let mut rest: Vec<usize> = (0..proposals.len()).collect();
        for form in 0..ROUNDS {
            rest.retain(|at| form < proposals[*at].forms.len());
            let mut failed = Vec::new();
            let mut tries = vec![std::mem::take(&mut rest)];
            let mut readings = 0;
            while let Some(set) = tries.pop().filter(|set| !set.is_empty()) {
                if readings >= READINGS {
                    failed.extend(set);
                    continue;
                }
                readings += 1;
                let set: Vec<(usize, usize)> = set.into_iter().map(|at| (at, form)).collect();
                let all: Vec<(usize, usize)> = accepted.iter().chain(&set).copied().collect();
                if let Some(new) = self.try_out(party.witness, before, proposals, &all) {
                    result = Some(new);
                    accepted = all;
                    continue;
                }
                let set: Vec<usize> = set.into_iter().map(|(at, _)| at).collect();
                match set.len() {
                    1 => failed.extend(set),
                    len => {
                        let (first, second) = set.split_at(len / 2);
                        tries.push(second.to_vec());
                        tries.push(first.to_vec());
                    }
                }
            }
            rest = failed;
        }
        let Some((text, witness, targets)) = result else {
            return false;
        };
        self.text = text;
        self.targets = targets;
        self.witness = Some(witness);
        true
    }

    /// The text with these forms of these proposals, if nothing of what there is changes, and all of
    /// them are there.
    fn try_out(
        &self,
        copy: &Witness,
        before: &Relation,
        proposals: &[Proposal],
        chosen: &[(usize, usize)],
    ) -> Option<(Text, Witness, Vec<String>)> {
        let forms = chosen.iter().map(|(at, form)| &proposals[*at].forms[*form]);
        let changes: Vec<&Change> = forms.flatten().collect();
        let subjects: Vec<Subject> = chosen
            .iter()
            .map(|(at, _)| proposals[*at].subject)
            .collect();
        let text = self.text.with(&changes)?;
        let mut witness = (self.reread)(&text.bytes)?;
        let targets = self.parties[0].addresses.resolve(&mut witness);
        let stands = keeps::keeps(&witness, self.witness(), &changes)
            && keeps::gains(&witness, copy, before, &subjects);
        stands.then_some((text, witness, targets))
    }

    /// The source of a copy, as it is if the base could have it so.
    fn slice(&self, copy: usize, span: Span) -> Option<Chunk> {
        let party = self.parties[copy];
        let charset = Charset::of(party.witness);
        let bytes = party.bytes.get(span.range())?;
        let text = charset.decode(bytes);
        let format = party.witness.format;
        let moved = party.addresses.rewrite(&text, format);
        if moved.is_none() && charset == self.charset && self.with_newlines(&text) == text {
            return Some(Chunk {
                bytes: bytes.to_vec(),
                rule: Rule::Graft,
                from: Some((copy, span)),
            });
        }
        let text = moved.unwrap_or(text);
        self.chunk(&text, Rule::Converted, Some((copy, span)))
    }

    /// What the source of a copy says in `span`, to be converted: with addresses that lead from the output to where they lead.
    fn moved_source(&self, copy: usize, span: Span) -> String {
        let party = self.parties[copy];
        let source = self.source(copy, span);
        let moved = party.addresses.rewrite(&source, party.witness.format);
        moved.unwrap_or(source)
    }

    /// What the source of a copy says in `span`, markup and all, as it is written there.
    fn source(&self, copy: usize, span: Span) -> String {
        let party = self.parties[copy];
        let bytes = party.bytes.get(span.range()).unwrap_or_default();
        Charset::of(party.witness).decode(bytes)
    }

    /// What the text says in `span`, markup and all.
    fn standing_source(&self, span: Span) -> String {
        let bytes = self.text.bytes.get(span.range()).unwrap_or_default();
        self.charset.decode(bytes)
    }

    /// Text in the base's encoding and with its line endings. `None` if the encoding cannot say it.
    fn chunk(&self, text: &str, rule: Rule, from: Option<(usize, Span)>) -> Option<Chunk> {
        let text = self.with_newlines(text);
        let bytes = self.charset.encode(&text, self.format != Format::Plain)?;
        Some(Chunk { bytes, rule, from })
    }

    fn with_newlines(&self, text: &str) -> String {
        let text = text.replace("\r\n", "\n");
        match self.newline {
            "\n" => text,
            newline => text.replace('\n', newline),
        }
    }
}

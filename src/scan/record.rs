//! Cards and scans as bytes, for a cache. The format is that of postcard, of the structs below; it
//! may change with every version of the program.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Boilerplate, Brief, Card, Group, Member, Scan};
use crate::collate::Completeness;
use crate::index::signature::Signature;
use crate::report::BaseReason;
use crate::text::{
    Coverage, DamageCount, DamageKind, Digest, Encoding, Format, LineRange, Profile, Verdict,
};

const FORMATS: [Format; 3] = [Format::Plain, Format::Markdown, Format::Html];

impl Card {
    /// The card but for its signature, as bytes, and the signature.
    pub fn to_bytes(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let Self {
            profile,
            completeness,
            text_hash,
            signature,
        } = self;
        let card = CardRecord {
            digest: profile.digest.0,
            source_len: profile.source_len,
            lines: profile.lines,
            format: place(&FORMATS, &profile.format)?,
            encoding: profile.encoding.name.into(),
            bom: profile.encoding.bom,
            damage: profile.damage.iter().map(damage).collect::<Option<_>>()?,
            completeness: (completeness.body, completeness.all),
            counts: (completeness.comments, completeness.assets),
            text_hash: *text_hash,
        };
        let signature = SignatureRecord {
            len: signature.len,
            fingerprints: words(&signature.fingerprints),
            short_blocks: words(&signature.short_blocks),
            blocks: words(&signature.blocks),
        };
        let card = postcard::to_stdvec(&card).ok()?;
        Some((card, postcard::to_stdvec(&signature).ok()?))
    }

    /// The same card with the signature of which these are the bytes. `None` if they are not what
    /// was written.
    pub fn with_signature(&self, bytes: &[u8]) -> Option<Self> {
        let record: SignatureRecord = postcard::from_bytes(bytes).ok()?;
        let signature = Signature {
            len: record.len,
            fingerprints: hashes(&record.fingerprints),
            short_blocks: hashes(&record.short_blocks),
            blocks: hashes(&record.blocks),
        };
        Some(Self {
            signature,
            ..self.clone()
        })
    }

    /// The card of which these are the bytes. Without its signature it can be shown, and nothing can
    /// be proposed from it. `None` if the bytes are not what was written.
    pub fn from_bytes(card: &[u8]) -> Option<Self> {
        let card: CardRecord = postcard::from_bytes(card).ok()?;
        let encoding = encoding_rs::Encoding::for_label(card.encoding.as_bytes())?;
        Some(Self {
            profile: Profile {
                digest: Digest(card.digest),
                source_len: card.source_len,
                lines: card.lines,
                format: *FORMATS.get(usize::from(card.format))?,
                encoding: Encoding {
                    name: encoding.name(),
                    bom: card.bom,
                },
                damage: card
                    .damage
                    .into_iter()
                    .map(undamage)
                    .collect::<Option<_>>()?,
            },
            completeness: Completeness {
                body: card.completeness.0,
                comments: card.counts.0,
                assets: card.counts.1,
                all: card.completeness.1,
            },
            text_hash: card.text_hash,
            signature: Signature::default(),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct CardRecord {
    digest: [u8; 32],
    source_len: usize,
    lines: usize,
    format: u8,
    encoding: String,
    bom: bool,
    damage: Vec<DamageRecord>,
    completeness: (u64, u64),
    counts: (usize, usize),
    text_hash: u128,
}

/// Hashes as bytes, little end first: they are spread evenly, and no shorter form would be.
#[derive(Serialize, Deserialize)]
struct SignatureRecord<'a> {
    len: usize,
    #[serde(borrow)]
    fingerprints: Cow<'a, [u8]>,
    #[serde(borrow)]
    short_blocks: Cow<'a, [u8]>,
    #[serde(borrow)]
    blocks: Cow<'a, [u8]>,
}

#[derive(Serialize, Deserialize)]
struct DamageRecord {
    kind: u8,
    count: u64,
    first: (u32, u32),
}

fn damage(damage: &DamageCount) -> Option<DamageRecord> {
    Some(DamageRecord {
        kind: place(&DamageKind::ALL, &damage.kind)?,
        count: damage.count,
        first: (damage.first.first, damage.first.last),
    })
}

fn undamage(record: DamageRecord) -> Option<DamageCount> {
    Some(DamageCount {
        kind: *DamageKind::ALL.get(usize::from(record.kind))?,
        count: record.count,
        first: LineRange {
            first: record.first.0,
            last: record.first.1,
        },
    })
}

impl Scan {
    /// The scan as bytes.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let record = ScanRecord {
            groups: self.groups.iter().map(group).collect::<Option<_>>()?,
            boilerplate: (self.boilerplate.iter())
                .map(|passage| (passage.excerpt.clone(), passage.documents))
                .collect(),
            texts: self.texts,
            compared: self.compared,
        };
        postcard::to_stdvec(&record).ok()
    }

    /// The scan of which these are the bytes. `None` if they are not what was written.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let record: ScanRecord = postcard::from_bytes(bytes).ok()?;
        let boilerplate = record.boilerplate.into_iter();
        Some(Self {
            groups: record
                .groups
                .into_iter()
                .map(ungroup)
                .collect::<Option<_>>()?,
            boilerplate: boilerplate
                .map(|(excerpt, documents)| Boilerplate { excerpt, documents })
                .collect(),
            texts: record.texts,
            compared: record.compared,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct ScanRecord {
    groups: Vec<GroupRecord>,
    boilerplate: Vec<(String, usize)>,
    texts: usize,
    compared: usize,
}

#[derive(Serialize, Deserialize)]
struct GroupRecord {
    base: usize,
    reason: ReasonRecord,
    copies: Vec<MemberRecord>,
}

#[derive(Serialize, Deserialize)]
enum ReasonRecord {
    LongestBody { chars: u64, next: u64 },
    MostComments,
    MostAssets,
    FirstPath,
}

#[derive(Serialize, Deserialize)]
struct MemberRecord {
    document: usize,
    same_as: Option<usize>,
    verdict: u8,
    reversed: bool,
    of_base: (u64, u64),
    of_copy: (u64, u64),
    lacking: u64,
    extra: u64,
    passage: u64,
    comments_lacking: u32,
    comments_extra: u32,
    approximated: bool,
}

fn group(group: &Group) -> Option<GroupRecord> {
    Some(GroupRecord {
        base: group.base,
        reason: match group.reason {
            BaseReason::LongestBody { chars, next } => ReasonRecord::LongestBody { chars, next },
            BaseReason::MostComments => ReasonRecord::MostComments,
            BaseReason::MostAssets => ReasonRecord::MostAssets,
            BaseReason::FirstPath => ReasonRecord::FirstPath,
        },
        copies: group.copies.iter().map(member).collect::<Option<_>>()?,
    })
}

fn ungroup(record: GroupRecord) -> Option<Group> {
    Some(Group {
        base: record.base,
        reason: match record.reason {
            ReasonRecord::LongestBody { chars, next } => BaseReason::LongestBody { chars, next },
            ReasonRecord::MostComments => BaseReason::MostComments,
            ReasonRecord::MostAssets => BaseReason::MostAssets,
            ReasonRecord::FirstPath => BaseReason::FirstPath,
        },
        copies: record
            .copies
            .into_iter()
            .map(unmember)
            .collect::<Option<_>>()?,
    })
}

fn member(member: &Member) -> Option<MemberRecord> {
    let brief = &member.brief;
    Some(MemberRecord {
        document: member.document,
        same_as: member.same_as,
        verdict: place(&Verdict::ALL, &brief.verdict)?,
        reversed: brief.reversed,
        of_base: (brief.of_base.aligned, brief.of_base.total),
        of_copy: (brief.of_copy.aligned, brief.of_copy.total),
        lacking: brief.lacking,
        extra: brief.extra,
        passage: brief.passage,
        comments_lacking: brief.comments_lacking,
        comments_extra: brief.comments_extra,
        approximated: brief.approximated,
    })
}

fn unmember(record: MemberRecord) -> Option<Member> {
    let coverage = |(aligned, total)| Coverage { aligned, total };
    Some(Member {
        document: record.document,
        same_as: record.same_as,
        brief: Brief {
            verdict: *Verdict::ALL.get(usize::from(record.verdict))?,
            reversed: record.reversed,
            of_base: coverage(record.of_base),
            of_copy: coverage(record.of_copy),
            lacking: record.lacking,
            extra: record.extra,
            passage: record.passage,
            comments_lacking: record.comments_lacking,
            comments_extra: record.comments_extra,
            approximated: record.approximated,
        },
    })
}

fn place<T: PartialEq>(all: &[T], one: &T) -> Option<u8> {
    let at = all.iter().position(|known| known == one)?;
    u8::try_from(at).ok()
}

fn words(hashes: &[u64]) -> Cow<'static, [u8]> {
    let bytes = hashes.iter().flat_map(|hash| hash.to_le_bytes());
    bytes.collect::<Vec<u8>>().into()
}

fn hashes(bytes: &[u8]) -> Vec<u64> {
    let words = bytes.as_chunks::<8>().0.iter();
    words.map(|word| u64::from_le_bytes(*word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Options, normalize};
    use crate::scan::{Document, Heap, Memory, scan};

    #[test]
    fn cards_and_scans_come_back_as_they_were() {
        let long = "Nothing is said here that is not said in the other one too. ".repeat(9);
        let sources = [
            format!("# One\n\n{long}\n\nAnd an end.\u{0}"),
            format!("# One\n\n{long}"),
            format!("# Two\n\n{long}\n\nAnd another end."),
        ];
        let options = Options::default();
        let documents: Vec<Document> = (sources.iter().enumerate())
            .map(|(at, source)| {
                let witness = normalize(source.as_bytes(), Some("md"), &options).unwrap();
                Document::new(format!("{at}.md"), witness, &Memory::unlimited())
            })
            .collect();
        for document in &documents {
            let (card, signature) = document.card.to_bytes().unwrap();
            let back = Card::from_bytes(&card).and_then(|card| card.with_signature(&signature));
            assert_eq!(back.as_ref(), Some(&document.card));
            assert!(Card::from_bytes(&card[..card.len() / 2]).is_none());
        }
        let found = scan(&Heap::new(documents, &()));
        assert!(!found.groups.is_empty());
        let bytes = found.to_bytes().unwrap();
        assert_eq!(Scan::from_bytes(&bytes), Some(found));
        assert_eq!(Scan::from_bytes(&bytes[..bytes.len() - 1]), None);
    }
}

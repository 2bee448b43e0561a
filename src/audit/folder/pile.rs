use super::{FEW, Member};
use crate::text::{Code, Finding, Related};

/// What a pile needs at least, in documents, and of five documents of the folder.
const LEAST: usize = 5;
const SHARE: usize = 5;

/// No document that short is a preview, in characters or bytes.
const SHORTEST: u64 = 64;

/// How far below the limit a cut may stay, of a hundred: between words, or between blocks that fit.
const SLACK: u64 = 2;

/// How many documents of the pile are named.
const NAMED: usize = 3;

/// That the longest documents of a folder all end at one length, in the middle of something: a limit
/// cut them, and the shorter ones only fitted. In characters of the body, or in bytes of the source.
pub(super) fn finding(folder: &str, extension: &str, siblings: &[Member<'_>]) -> Option<Finding> {
    let by_chars = pile(siblings, |member| member.measures.chars).map(|pile| (pile, "characters"));
    let found = by_chars.or_else(|| {
        let by_bytes = pile(siblings, |member| member.measures.bytes);
        by_bytes.map(|pile| (pile, "bytes"))
    });
    let (pile, unit) = found?;
    let message = format!(
        "{} of {} documents end at {} to {} {unit}, and none is longer",
        pile.members.len(),
        siblings.len(),
        pile.least,
        pile.limit
    );
    let path = if folder.is_empty() { "." } else { folder };
    let named = pile.members.iter().take(NAMED).map(|member| Related {
        path: member.path.to_owned(),
        lines: None,
        words: format!("{} characters", member.measures.chars),
    });
    let finding = Finding::new(Code::LengthsPileUp, path, extension, message);
    Some(finding.with_related(named.collect()))
}

struct Pile<'m, 'a> {
    limit: u64,
    least: u64,
    members: Vec<&'m Member<'a>>,
}

/// The documents within [`SLACK`] of the longest, if they are many and half of them are unfinished. In
/// lengths that nothing limits, few are as long as the longest.
fn pile<'m, 'a>(
    siblings: &'m [Member<'a>],
    size: impl Fn(&Member<'a>) -> u64,
) -> Option<Pile<'m, 'a>> {
    let limit = siblings.iter().map(&size).max()?;
    let least = limit - limit * SLACK / 100;
    let members: Vec<_> = siblings
        .iter()
        .filter(|member| size(member) >= least)
        .collect();
    let unfinished = members
        .iter()
        .filter(|member| member.measures.unfinished)
        .count();
    let is_many = members.len() >= LEAST && members.len() * SHARE >= siblings.len();
    let is_pile = limit >= SHORTEST && is_many && unfinished * 2 >= members.len();
    let least = members.iter().map(|member| size(member)).min()?;
    (is_pile && siblings.len() >= FEW).then_some(Pile {
        limit,
        least,
        members,
    })
}

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::text::Remnant;

/// Documents that a scan found to be related to one of them. They are told by their index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The most complete one.
    pub base: usize,
    /// The others, each once.
    pub copies: Vec<usize>,
}

/// Which documents may go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Those that may: the one that stays for each.
    ///
    /// None that stays for another is among them.
    pub going: BTreeMap<usize, usize>,
    /// Copies that stay: the one they were proven against, and what it has not.
    pub staying: BTreeMap<usize, Going>,
}

/// Why a copy does not go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Going {
    /// The document that would have stayed for it.
    pub keeper: usize,
    /// What would have been lost; nothing if the copy itself stays for another.
    pub losses: Vec<Remnant>,
}

/// A document of a group is tried against so many others of its own text, if the group's keeper
/// does not hold all of it: what distinguishes more than these is told as staying.
const TRIES: usize = 4;

/// Chooses which documents go.
///
/// Of each group the base stays, or one of its text that `rank` puts first and that holds all of
/// the base. Another goes if the one that stays holds all of it, or one that stays and has the same
/// text. `losses` says what would be lost of the second of two if only the first stayed, or `None` if
/// that cannot be told. `text` is the same for documents of the same text.
pub fn choose<R: Ord, T: Eq + std::hash::Hash>(
    groups: &[Group],
    rank: impl Fn(usize) -> R,
    text: impl Fn(usize) -> T,
    mut losses: impl FnMut(usize, usize) -> Option<Vec<Remnant>>,
) -> Choice {
    let mut choice = Choice::default();
    let mut keepers = BTreeSet::new();
    for group in groups {
        let keeper = keeper(group, &choice, &rank, &text, &mut losses);
        let mut members: Vec<usize> = group.copies.clone();
        members.push(group.base);
        members.sort_by_key(|member| (rank(*member), *member));
        let mut stay: HashMap<T, Vec<usize>> = HashMap::new();
        stay.entry(text(keeper)).or_default().push(keeper);
        for member in members {
            if member == keeper || choice.going.contains_key(&member) {
                continue;
            }
            let same = stay.entry(text(member)).or_default();
            let others = same.iter().copied().filter(|other| *other != keeper);
            let tries: Vec<usize> = [keeper].into_iter().chain(others.take(TRIES)).collect();
            let mut first = None;
            let is_keeper = keepers.contains(&member);
            let holder = tries.into_iter().filter(|_| !is_keeper).find(|holder| {
                let lost = losses(*holder, member);
                let holds = lost.as_ref().is_some_and(Vec::is_empty);
                first = first.take().or(lost);
                holds
            });
            match holder {
                Some(holder) => {
                    keepers.insert(holder);
                    choice.staying.remove(&member);
                    choice.going.insert(member, holder);
                }
                None => {
                    same.push(member);
                    let losses = first.unwrap_or_default();
                    let why = Going { keeper, losses };
                    choice.staying.entry(member).or_insert(why);
                }
            }
        }
    }
    // What stays for another is no copy that stays.
    choice
        .staying
        .retain(|member, why| !keepers.contains(member) || !why.losses.is_empty());
    choice
}

/// The document of a group that stays.
fn keeper<R: Ord, T: Eq>(
    group: &Group,
    choice: &Choice,
    rank: &impl Fn(usize) -> R,
    text: &impl Fn(usize) -> T,
    losses: &mut impl FnMut(usize, usize) -> Option<Vec<Remnant>>,
) -> usize {
    // What went for another stays nowhere: what stays in its place is asked instead.
    let base = *choice.going.get(&group.base).unwrap_or(&group.base);
    let same = group.copies.iter().copied().filter(|copy| {
        text(*copy) == text(base) && rank(*copy) < rank(base) && !choice.going.contains_key(copy)
    });
    let mut better: Vec<usize> = same.collect();
    better.sort_by_key(|copy| rank(*copy));
    let holds_base = |copy: &usize| losses(*copy, base).is_some_and(|lost| lost.is_empty());
    better
        .into_iter()
        .take(TRIES)
        .find(holds_base)
        .unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::RemnantKind;

    const LOSS: Remnant = Remnant {
        kind: RemnantKind::Text,
        count: 1,
        line: 1,
    };

    /// Documents are sets of letters; one holds another if it has all its letters. Their text is
    /// their letters without case, and the rank their index.
    fn chosen(documents: &[&str], groups: &[&[usize]]) -> Choice {
        let groups: Vec<Group> = groups
            .iter()
            .map(|group| Group {
                base: group[0],
                copies: group[1..].to_vec(),
            })
            .collect();
        choose(
            &groups,
            |at| at,
            |at| documents[at].to_lowercase(),
            |keeper, copy| {
                let lost = documents[copy]
                    .chars()
                    .any(|c| !documents[keeper].contains(c));
                Some(if lost { vec![LOSS] } else { Vec::new() })
            },
        )
    }

    fn check(documents: &[&str], groups: &[&[usize]], going: &str, staying: &str) {
        let choice = chosen(documents, groups);
        let found = choice
            .going
            .iter()
            .map(|(copy, keeper)| format!("{copy}<{keeper}"));
        assert_eq!(found.collect::<Vec<_>>().join(" "), going);
        let found = choice.staying.keys().map(usize::to_string);
        assert_eq!(found.collect::<Vec<_>>().join(" "), staying);
    }

    #[test]
    fn copies_go_and_what_has_more_stays() {
        check(&["ab", "a", "ac"], &[&[0, 1, 2]], "1<0", "2");
        // Two that stay are copies of each other.
        check(&["ab", "ac", "ac"], &[&[0, 1, 2]], "2<1", "1");
        // The preferred one of two that are the same stays.
        check(&["ab", "a", "ab"], &[&[2, 0, 1]], "1<0 2<0", "");
        // Upper case stands for what one has beyond its text.
        check(&["ab", "aB", "ab"], &[&[2, 0, 1]], "2<0", "1");
        check(&["ab", "abAB"], &[&[1, 0]], "0<1", "");
    }

    #[test]
    fn nothing_stays_for_another_and_goes() {
        // 1 stays for 2, and so it does not go for 0.
        check(&["abc", "ab", "a"], &[&[1, 2], &[0, 1]], "2<1", "");
        // 1 went for 0, and so 2 goes for 0, too.
        check(&["abc", "ab", "a"], &[&[0, 1], &[1, 2]], "1<0 2<0", "");
        // 2 is a copy of two bases.
        check(&["ab", "bc", "b"], &[&[0, 2], &[1, 2]], "2<0", "");
    }

    proptest! {
        #[test]
        fn all_letters_stay(
            documents in prop::collection::vec("[abA]{1,4}", 2..8),
            groups in prop::collection::vec(prop::collection::vec(any::<prop::sample::Index>(), 2..6), 1..5),
        ) {
            let groups: Vec<Vec<usize>> = groups
                .iter()
                .map(|group| {
                    let mut seen = BTreeSet::new();
                    let at = group.iter().map(|at| at.index(documents.len()));
                    at.filter(|at| seen.insert(*at)).collect()
                })
                .collect();
            let groups: Vec<&[usize]> = groups.iter().map(Vec::as_slice).collect();
            let texts: Vec<&str> = documents.iter().map(String::as_str).collect();
            let choice = chosen(&texts, &groups);
            for (copy, keeper) in &choice.going {
                prop_assert!(!choice.going.contains_key(keeper));
                prop_assert!(!choice.staying.contains_key(copy));
                prop_assert!(documents[*copy].chars().all(|c| documents[*keeper].contains(c)));
            }
        }
    }
}

//! Which groups are shown, and in which order.

use std::cmp::Reverse;

use lacuna::report::NotShown;

use crate::flags::{ScanFlags, ScanFormat, SortKey};

/// How many pairs of folders, and how many copies of one group, people are shown.
const SHOWN: usize = 20;

/// How much to show, and what first.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    sort: Option<SortKey>,
    /// How many groups are shown; `None` is all.
    groups: Option<usize>,
    /// How many pairs of folders are, and copies of a group.
    rest: Option<usize>,
}

impl Order {
    /// What the flags ask for. Programs get everything.
    pub fn new(flags: &ScanFlags) -> Self {
        let limited = flags.format == ScanFormat::Text && !flags.all;
        Self {
            sort: flags.sort,
            groups: limited.then_some(flags.groups),
            rest: limited.then_some(SHOWN),
        }
    }

    /// The groups to show, by index, and what to say of the others. `stakes` are those of the
    /// groups, which are in the order of their paths: the order in which they are shown, too, if
    /// the user has no other wish and all of them are.
    pub fn groups(self, stakes: &[u64]) -> (Vec<usize>, Option<(NotShown, usize)>) {
        let limit = self.groups.unwrap_or(stakes.len());
        let all = stakes.len() <= limit;
        let by_path = match self.sort {
            Some(key) => key == SortKey::Path,
            None => all,
        };
        let mut order: Vec<usize> = (0..stakes.len()).collect();
        if !by_path {
            order.sort_by_key(|at| Reverse(stakes.get(*at)));
        }
        order.truncate(limit);
        let what = match by_path {
            true => NotShown::LaterGroups,
            false => NotShown::LesserGroups,
        };
        let hidden = stakes.len() - order.len();
        (order, (hidden > 0).then_some((what, hidden)))
    }

    /// The copies of a group to show, by index: in their order, those with most at stake.
    pub fn copies(self, stakes: &[u64]) -> (Vec<usize>, Option<(NotShown, usize)>) {
        let limit = self.rest.unwrap_or(stakes.len());
        let mut order: Vec<usize> = (0..stakes.len()).collect();
        if stakes.len() > limit {
            order.sort_by_key(|at| Reverse(stakes.get(*at)));
            order.truncate(limit);
            order.sort_unstable();
        }
        let hidden = stakes.len() - order.len();
        (order, (hidden > 0).then_some((NotShown::Copies, hidden)))
    }

    /// How many pairs of folders to show.
    pub fn folders(self) -> Option<usize> {
        self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        sort: Option<SortKey>,
        groups: Option<usize>,
        expected: &[usize],
        hidden: Option<(NotShown, usize)>,
    ) {
        let order = Order {
            sort,
            groups,
            rest: None,
        };
        let found = order.groups(&[5, 0, 9, 5, 1]);
        assert_eq!(found, (expected.to_vec(), hidden), "{sort:?} {groups:?}");
    }

    #[test]
    fn most_at_stake_comes_first_where_not_all_is_shown() {
        use NotShown::{LaterGroups, LesserGroups};
        use SortKey::{Path, Stake};
        check(None, None, &[0, 1, 2, 3, 4], None);
        check(None, Some(5), &[0, 1, 2, 3, 4], None);
        check(None, Some(3), &[2, 0, 3], Some((LesserGroups, 2)));
        check(None, Some(0), &[], Some((LesserGroups, 5)));
        check(Some(Path), Some(3), &[0, 1, 2], Some((LaterGroups, 2)));
        check(Some(Path), None, &[0, 1, 2, 3, 4], None);
        check(Some(Stake), None, &[2, 0, 3, 4, 1], None);
        check(Some(Stake), Some(9), &[2, 0, 3, 4, 1], None);
        check(Some(Stake), Some(1), &[2], Some((LesserGroups, 4)));
    }

    #[test]
    fn copies_with_most_at_stake_are_shown_in_their_order() {
        let order = Order {
            sort: None,
            groups: None,
            rest: Some(2),
        };
        let copies = |stakes: &[u64]| order.copies(stakes);
        assert_eq!(copies(&[0, 0]), (vec![0, 1], None));
        assert_eq!(
            copies(&[0, 0, 7, 0]),
            (vec![0, 2], Some((NotShown::Copies, 2)))
        );
    }
}

use std::collections::BTreeMap;

use super::{FEW, Member};
use crate::text::{Code, Finding};

/// How many of ten documents must agree for the others to stand out.
const MOST: usize = 9;

/// Documents that are in another encoding than nearly all beside them.
pub(super) fn findings(siblings: &[Member<'_>], findings: &mut Vec<Finding>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for encoding in siblings
        .iter()
        .filter_map(|member| member.measures.encoding)
    {
        *counts.entry(encoding).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let usual = counts.iter().max_by_key(|(_, count)| **count);
    let Some((usual, count)) = usual.filter(|(_, count)| all >= FEW && **count * 10 >= all * MOST)
    else {
        return;
    };
    for member in siblings {
        if let Some(encoding) = member
            .measures
            .encoding
            .filter(|encoding| encoding != usual)
        {
            let message =
                format!("is in {encoding}; {count} of {all} documents beside it are in {usual}");
            findings.push(Finding::new(
                Code::OtherEncoding,
                member.path,
                encoding,
                message,
            ));
        }
    }
}

//! The events of a comparison of two folders.

use super::documents::{CUT, LESSON};
use super::sample::{collate, entry, witness};
use crate::report::{
    Details, Document, Event, ExclusionRule, FileStanding, FolderSummary, Lost, OnlyIn, OtherFile,
    Pair, Side, Standing,
};
use crate::text::{Coverage, Lacunae, Profile, Verdict};

/// Events with something in every field; every path begins with `prefix`.
pub fn folders(prefix: &str, with: impl FnOnce(&[Event<'_>])) {
    let (base, copy) = (witness(LESSON), witness(CUT));
    let relation = collate(&base, &copy);
    let lost: Vec<_> = relation.lacking().collect();
    let (lacks, gains) = (
        Lacunae::of_base(&relation, &base),
        Lacunae::of_copy(&relation, &copy),
    );
    let [one, two] = [&base, &copy].map(Profile::from);
    let path = |name: &str| format!("{prefix}{name}");
    let (a, b, c, d) = (path("a.md"), path("b.md"), path("c.md"), path("d.md"));
    let (p, q, r, elsewhere) = (path("p.png"), path("q.png"), path("r.png"), path("x/a.md"));
    let near = [b.as_str(), &c, &d, &a];
    let document = |path, profile| Document { path, profile };
    let plain = Pair {
        standing: Standing::Same,
        base: document(&a, &one),
        copy: document(&elsewhere, &one),
        verdict: Verdict::Identical,
        reversed: false,
        coverage: None,
        lost: Default::default(),
        gained: Default::default(),
        elsewhere: &[],
        details: None,
    };
    let again = Pair {
        standing: Standing::AgainInCopy,
        ..plain
    };
    let cut = Pair {
        standing: Standing::CutInCopy,
        copy: document(&a, &two),
        verdict: relation.verdict,
        coverage: Some((relation.of_base, Coverage::default())),
        lost: lacks.loss(&base),
        gained: gains.loss(&copy),
        elsewhere: &near[..1],
        details: Some(Details {
            base: entry("A", &a, &base),
            copy: entry("B", &b, &copy),
            relation: &relation,
            lost: Lost {
                passages: &lost,
                comments: &[0],
                assets: &lacks.assets,
            },
            gained: Lost::default(),
        }),
        ..plain
    };
    let only = OnlyIn {
        in_base: true,
        document: document(&c, &one),
        loss: lacks.loss(&base),
        near: &near,
    };
    let file = |standing, base, copy| OtherFile {
        standing,
        base,
        copy,
    };
    let side = Side {
        path: path("folder"),
        ..Side::default()
    };
    let summary = FolderSummary {
        base: side.clone(),
        copy: side,
        ..FolderSummary::default()
    };
    with(&[
        Event::FolderDiff(&summary),
        Event::Pair(&plain),
        Event::Pair(&cut),
        Event::Pair(&again),
        Event::Only(&only),
        Event::OtherFile(&file(FileStanding::OnlyInBase, Some(&p), None)),
        Event::OtherFile(&file(FileStanding::Same, Some(&q), Some(&r))),
        Event::Boilerplate {
            excerpt: &path("All rights reserved."),
            documents: 2,
            of: 3,
        },
        Event::Excluded {
            path: &path(".git/"),
            rule: ExclusionRule::Hidden,
        },
        Event::Unreadable {
            path: &path("secret.md"),
            why: &path("denied"),
        },
        Event::Compared {
            base: entry("A", &a, &base),
            copy: entry("B", &b, &copy),
            relation: &relation,
        },
    ]);
}

use super::*;
use crate::text::Code;

/// A folder of documents with these lengths, and what is said of it: path and code.
fn said(lengths: &[(u64, bool)]) -> Vec<(String, Code)> {
    let paths: Vec<String> = (0..lengths.len()).map(|n| format!("a/{n:02}.md")).collect();
    let members: Vec<Member<'_>> = paths
        .iter()
        .zip(lengths)
        .map(|(path, (chars, unfinished))| Member {
            path,
            measures: Measures {
                chars: *chars,
                bytes: chars * 3,
                encoding: Some("UTF-8"),
                unfinished: *unfinished,
            },
        })
        .collect();
    let found = findings(&members).into_iter();
    found.map(|finding| (finding.path, finding.code)).collect()
}

fn whole(lengths: &[u64]) -> Vec<(u64, bool)> {
    lengths.iter().map(|length| (*length, false)).collect()
}

#[test]
fn one_that_is_much_shorter() {
    let usual = [3000, 3200, 2800, 3500, 2900, 3100, 3050, 2950];
    assert_eq!(said(&whole(&usual)), []);
    let with = |short| said(&whole(&[&usual[..], &[short]].concat()));
    assert_eq!(
        with(200),
        [("a/08.md".to_owned(), Code::ShorterThanSiblings)]
    );
    assert_eq!(with(600), []);
    // Where lengths are of all kinds, a short one is nothing.
    assert_eq!(
        said(&whole(&[
            100, 300, 900, 3000, 9000, 20_000, 50_000, 200, 10_000
        ])),
        []
    );
    // Of few, nothing is usual.
    assert_eq!(said(&whole(&[3000, 3000, 3000, 3000, 20])), []);
    // What is empty is told so.
    assert_eq!(with(0), []);
}

#[test]
fn lengths_at_one_limit() {
    let cut: Vec<_> = (0..12).map(|n| (500 - n % 3, true)).collect();
    let folder = |cut: &[(u64, bool)]| said(&[cut, &whole(&[320, 480, 210])[..]].concat());
    assert_eq!(folder(&cut), [("a".to_owned(), Code::LengthsPileUp)]);
    // One that is longer was not cut there, so that nothing was.
    assert_eq!(folder(&[&cut[..], &[(900, true)]].concat()), []);
    // Pages made from one template are of one length, and whole.
    assert_eq!(folder(&whole(&[500; 12])), []);
    assert_eq!(folder(&cut[..4]), []);
}

#[test]
fn one_in_another_encoding() {
    let names: Vec<String> = (0..20).map(|n| format!("{n}.txt")).collect();
    let member = |n: usize, encoding| Member {
        path: &names[n],
        measures: Measures {
            chars: 100,
            bytes: 100,
            encoding,
            unfinished: false,
        },
    };
    let mut members: Vec<_> = (0..18).map(|n| member(n, Some("UTF-8"))).collect();
    members.push(member(18, None));
    assert_eq!(findings(&members), []);
    members.push(member(19, Some("gb18030")));
    let found = findings(&members);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].path.as_str(), found[0].code),
        ("19.txt", Code::OtherEncoding)
    );
}

//! What a collation promises, on generated texts that were cut, gapped, moved and edited:
//! nothing called lacking is there, nothing called present is lacking, and every character of
//! both texts is told once.

use std::collections::HashSet;

use lacuna::collate::collate;
use lacuna::normalize::{Options, normalize};
use lacuna::text::{
    Edit, Format, Passage, Relation, Section, Span, StructureKind, Verdict, Witness, fold,
};
use proptest::prelude::*;
use proptest::sample::select;

/// Runs in common of at least this many bytes of match text are found wherever they stand.
const FOUND_MIN: usize = 32;

fn read(text: &str) -> Witness {
    let options = Options {
        format: Some(Format::Plain),
        ..Options::default()
    };
    normalize(text.as_bytes(), None, &options).expect("small")
}

fn matched(witness: &Witness, passage: &Passage) -> String {
    witness.match_text[passage.match_text.range()].to_owned()
}

/// Checks what must hold for any two texts.
fn check(base: &Witness, copy: &Witness) -> Relation {
    let relation = collate(base, copy);
    let mut base_told: Vec<Span> = Vec::new();
    let mut copy_told: Vec<Span> = Vec::new();
    for edit in &relation.edits {
        match edit {
            Edit::Same { base: b, copy: c } => {
                assert_eq!(matched(base, b), matched(copy, c));
                base_told.push(b.match_text);
                copy_told.push(c.match_text);
            }
            Edit::Variant { base: b, copy: c } => {
                base_told.push(b.match_text);
                copy_told.push(c.match_text);
            }
            Edit::Lacking { base: b, .. } => {
                assert_absent(&matched(base, b), &copy.match_text, "lacking");
                base_told.push(b.match_text);
            }
            Edit::Extra { copy: c, .. } => {
                assert_absent(&matched(copy, c), &base.match_text, "extra");
                copy_told.push(c.match_text);
            }
            Edit::Moved { base: b, copy: c } | Edit::Repeated { base: b, copy: c } => {
                assert_eq!(matched(base, b), matched(copy, c));
                base_told.push(b.match_text);
            }
            Edit::MovedHere { copy: c, base: b } | Edit::RepeatedHere { copy: c, base: b } => {
                assert_eq!(matched(base, b), matched(copy, c));
                copy_told.push(c.match_text);
            }
        }
    }
    let mut ellipsis = String::new();
    if let Some(cut) = &relation.cut {
        fold::match_text(&cut.ellipsis, false, &mut ellipsis);
    }
    let ellipsis = ellipsis.len();
    let reversed = relation.reversed;
    assert_told_once(base, base_told, if reversed { ellipsis } else { 0 });
    assert_told_once(copy, copy_told, if reversed { 0 } else { ellipsis });
    assert_moves(base, copy, &relation);
    assert_repetitions(&relation);
    assert_borders_told(base, copy, &relation);
    relation
}

/// Each move is told by neighbouring edits, of which none is told by another move.
fn assert_moves(base: &Witness, copy: &Witness, relation: &Relation) {
    let mut told: HashSet<usize> = HashSet::new();
    for one in &relation.moves {
        let mut same = 0;
        for (range, whole, is_base) in [
            (&one.base_edits, &one.base, true),
            (&one.copy_edits, &one.copy, false),
        ] {
            let mut at = whole.match_text.start();
            for index in range.clone() {
                assert!(told.insert(index), "an edit of two moves");
                let (passage, is_same) = match (&relation.edits[index], is_base) {
                    (Edit::Moved { base, .. }, true) => (base, true),
                    (Edit::MovedHere { copy, .. }, false) => (copy, true),
                    (Edit::Lacking { base, .. }, true) => (base, false),
                    (Edit::Extra { copy, .. }, false) => (copy, false),
                    (other, _) => panic!("{other:?} in a move"),
                };
                assert_eq!(passage.match_text.start(), at, "a move with a hole");
                at = passage.match_text.end();
                same += if is_same { passage.match_text.len() } else { 0 };
                assert!(one.edited || is_same, "an edited move that is called whole");
            }
            assert_eq!(at, whole.match_text.end());
        }
        assert!(same > 0, "a move of nothing");
        if !one.edited {
            assert_eq!(matched(base, &one.base), matched(copy, &one.copy));
        }
    }
}

/// Where text of both is divided into other blocks, a change of structure says so. What a moved
/// passage says that stands elsewhere in the base, too, divides nothing.
fn assert_borders_told(base: &Witness, copy: &Witness, relation: &Relation) {
    let starts = |witness: &Witness| -> HashSet<usize> {
        let blocks = witness
            .blocks
            .iter()
            .filter(|block| !block.match_text.is_empty());
        blocks.map(|block| block.match_text.start()).collect()
    };
    let (base_starts, copy_starts) = (starts(base), starts(copy));
    let block_at = |witness: &Witness, at: usize| {
        let blocks = &witness.blocks;
        let block = blocks
            .iter()
            .rposition(|block| block.match_text.start() <= at && !block.match_text.is_empty());
        block.expect("text lies in a block") as u32
    };
    let in_moves: HashSet<usize> = relation
        .moves
        .iter()
        .flat_map(|one| one.base_edits.clone())
        .collect();
    for (index, edit) in relation.edits.iter().enumerate() {
        let (b, c) = match edit {
            Edit::Same { base, copy } => (base, copy),
            Edit::Moved { base, copy } if in_moves.contains(&index) => (base, copy),
            _ => continue,
        };
        for inside in 1..b.match_text.len() {
            let (left, right) = (b.match_text.start() + inside, c.match_text.start() + inside);
            if base_starts.contains(&left) == copy_starts.contains(&right) {
                continue;
            }
            let (left, right) = (block_at(base, left), block_at(copy, right));
            let is_told = relation.structure.iter().any(|change| {
                let of_borders = matches!(
                    change.kind,
                    StructureKind::Split | StructureKind::Joined | StructureKind::Redivided
                );
                of_borders
                    && change.base.range.contains(&left)
                    && change.copy.range.contains(&right)
            });
            assert!(is_told, "a border of one side only that is not told");
        }
    }
}

/// What is called a repetition is no part of a move, and what stands at the other place corresponds
/// to something else.
fn assert_repetitions(relation: &Relation) {
    let of = |edit: &Edit| match *edit {
        Edit::Same { base, copy } | Edit::Variant { base, copy } => (Some(base), Some(copy)),
        Edit::Moved { base, .. } => (Some(base), None),
        Edit::MovedHere { copy, .. } => (None, Some(copy)),
        _ => (None, None),
    };
    let (of_base, of_copy): (Vec<_>, Vec<_>) = relation.edits.iter().map(of).unzip();
    let corresponds = |there: Span, known: &[Option<Passage>]| {
        let mut spans = known.iter().flatten().map(|known| known.match_text);
        spans.any(|span| span.start() < there.end() && there.start() < span.end())
    };
    for (at, edit) in relation.edits.iter().enumerate() {
        let mut moves = relation.moves.iter();
        let (there, known) = match edit {
            Edit::Repeated { copy: there, .. } => (there, &of_copy),
            Edit::RepeatedHere { base: there, .. } => (there, &of_base),
            _ => continue,
        };
        assert!(!moves.any(|one| one.base_edits.contains(&at) || one.copy_edits.contains(&at)));
        let in_body = there.section == Section::Body;
        assert!(!in_body || corresponds(there.match_text, known), "{edit:?}");
    }
}

/// The text of the copy, made from the base by the edits.
fn edited(base: &Witness, copy: &Witness, relation: &Relation) -> String {
    let edits = relation.edits.iter().filter_map(|edit| match edit {
        Edit::Same { base: b, .. }
        | Edit::MovedHere { base: b, .. }
        | Edit::RepeatedHere { base: b, .. } => Some(matched(base, b)),
        Edit::Variant { copy: c, .. } | Edit::Extra { copy: c, .. } => Some(matched(copy, c)),
        Edit::Lacking { .. } | Edit::Moved { .. } | Edit::Repeated { .. } => None,
    });
    edits.collect()
}

fn assert_absent(passage: &str, other: &str, what: &str) {
    let starts = passage.char_indices().map(|(at, _)| at);
    for start in starts {
        let end = (start + FOUND_MIN..passage.len() + 1).find(|end| passage.is_char_boundary(*end));
        let Some(end) = end else { return };
        let run = &passage[start..end];
        assert!(!other.contains(run), "called {what}, but there: {run}");
    }
}

fn assert_told_once(witness: &Witness, mut told: Vec<Span>, left_out: usize) {
    told.sort();
    let mut at = 0;
    for span in told {
        assert_eq!(span.start(), at, "told twice, or not at all");
        at = span.end();
    }
    assert_eq!(at + left_out, witness.match_text.len());
}

/// Sentences, so that each text has some that others have too.
fn sentence() -> impl Strategy<Value = String> {
    let chinese = [
        "缓存",
        "服务",
        "稳定性",
        "我们先看",
        "请求",
        "很快就会",
        "把日志",
        "写入磁盘",
        "，",
        "然后",
        "重试三次",
        "超时",
        "的时候",
        "不要慌",
    ];
    let english = [
        "the cache",
        "a request",
        "fails",
        "slowly",
        "and then",
        "retries",
        "without",
        "any warning",
        "of",
        "disk",
        "logs",
        "keeps",
        "running",
        "it",
    ];
    let words = |from: &'static [&'static str], joint: &'static str, end: &'static str| {
        proptest::collection::vec(select(from), 3..14)
            .prop_map(move |words| words.join(joint) + end)
    };
    let chinese: &'static [&'static str] = Box::leak(Box::new(chinese));
    let english: &'static [&'static str] = Box::leak(Box::new(english));
    prop_oneof![words(chinese, "", "。"), words(english, " ", ". ")]
}

fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    let paragraph = proptest::collection::vec(sentence(), 1..6).prop_map(|all| all.concat());
    proptest::collection::vec(paragraph, 1..14)
}

#[derive(Clone, Debug)]
enum Change {
    Cut(prop::sample::Index),
    Behead(prop::sample::Index),
    Drop(prop::sample::Index),
    Move(prop::sample::Index, prop::sample::Index),
    Split(prop::sample::Index, prop::sample::Index),
    Insert(prop::sample::Index, String),
    Edit(prop::sample::Index, prop::sample::Index, String),
    Join(prop::sample::Index),
    Twice(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        at().prop_map(Change::Cut),
        at().prop_map(Change::Behead),
        at().prop_map(Change::Drop),
        (at(), at()).prop_map(|(from, to)| Change::Move(from, to)),
        (at(), at()).prop_map(|(paragraph, at)| Change::Split(paragraph, at)),
        (at(), sentence()).prop_map(|(to, text)| Change::Insert(to, text)),
        (
            at(),
            at(),
            select(vec!["", "x", "改", "another word", "换一种说法"])
        )
            .prop_map(|(paragraph, at, text)| Change::Edit(paragraph, at, text.to_owned())),
        at().prop_map(Change::Join),
        at().prop_map(Change::Twice),
    ]
}

fn apply(paragraphs: &mut Vec<String>, change: &Change) {
    if paragraphs.is_empty() {
        return;
    }
    let at = |index: &prop::sample::Index, len: usize| index.index(len);
    match change {
        Change::Cut(index) => paragraphs.truncate(at(index, paragraphs.len()) + 1),
        Change::Behead(index) => drop(paragraphs.drain(..at(index, paragraphs.len()))),
        Change::Drop(index) => drop(paragraphs.remove(at(index, paragraphs.len()))),
        Change::Move(from, to) => {
            let moved = paragraphs.remove(at(from, paragraphs.len()));
            paragraphs.insert(at(to, paragraphs.len() + 1), moved);
        }
        Change::Split(paragraph, place) => {
            let index = at(paragraph, paragraphs.len());
            let chars: Vec<char> = paragraphs[index].chars().collect();
            let place = at(place, chars.len() + 1);
            let rest: String = chars[place..].iter().collect();
            paragraphs[index] = chars[..place].iter().collect();
            paragraphs.insert(index + 1, rest);
        }
        Change::Insert(to, text) => paragraphs.insert(at(to, paragraphs.len() + 1), text.clone()),
        Change::Edit(paragraph, place, text) => {
            let index = at(paragraph, paragraphs.len());
            let chars: Vec<char> = paragraphs[index].chars().collect();
            let place = at(place, chars.len() + 1);
            let rest = chars.len().min(place + 2);
            paragraphs[index] = chars[..place].iter().collect::<String>()
                + text
                + &chars[rest..].iter().collect::<String>();
        }
        Change::Join(index) => {
            let index = at(index, paragraphs.len());
            if index + 1 < paragraphs.len() {
                let next = paragraphs.remove(index + 1);
                paragraphs[index].push_str(&next);
            }
        }
        Change::Twice(index) => {
            let again = paragraphs[at(index, paragraphs.len())].clone();
            paragraphs.push(again);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_changes_are_told_truly(text in paragraphs(), changes in proptest::collection::vec(change(), 0..6)) {
        let mut changed = text.clone();
        for change in &changes {
            apply(&mut changed, change);
        }
        let (base, copy) = (read(&text.join("\n\n")), read(&changed.join("\n\n")));
        let relation = check(&base, &copy);
        if base.match_text == copy.match_text {
            prop_assert!(relation.verdict <= Verdict::Equivalent);
        }
        if relation.cut.is_none() {
            prop_assert_eq!(edited(&base, &copy, &relation), copy.match_text.as_str());
        }
        check(&copy, &base);
    }

    #[test]
    fn two_texts_that_share_words_only_are_told_truly(one in paragraphs(), two in paragraphs()) {
        check(&read(&one.join("\n\n")), &read(&two.join("\n\n")));
    }

    #[test]
    fn a_cut_text_is_truncated_and_the_cut_is_exact(text in paragraphs(), at in any::<prop::sample::Index>(), dots in any::<bool>()) {
        let text = text.join("\n\n");
        let base = read(&text);
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
        let end = boundaries[at.index(boundaries.len())];
        let shown = text[..end].trim_end();
        let source = if dots { format!("{shown}……") } else { shown.to_owned() };
        let copy = read(&source);
        let relation = check(&base, &copy);
        let left = read(shown);
        if left.match_text == base.match_text {
            // Nothing is cut off: dots are text that only the copy has.
            return Ok(());
        }
        prop_assert_eq!(relation.of_copy.share(), 1.0);
        prop_assert_eq!(relation.verdict, Verdict::Truncated);
        let cut = relation.cut.expect("truncated");
        prop_assert_eq!(cut.byte as usize, shown.len());
        prop_assert_eq!(text[cut.base_byte as usize..].trim_start(), text[end..].trim_start());
        prop_assert!(shown.ends_with(&cut.before) || !shown.ends_with(cut.before.as_str()) && cut.before.contains(' '));
        prop_assert_eq!(cut.ellipsis.is_empty(), !dots);
        let body = relation.sections.iter().find(|section| section.section == Section::Body).expect("body");
        prop_assert!(body.lacks.tail && !body.lacks.head && !body.lacks.gap);
    }
}

/// Base, copy, and what the relation is: verdict, lacking, extra, variants, moved.
#[test]
fn verdicts() {
    let long = |seed: &str| -> String {
        (0..12)
            .map(|n| format!("{seed}{n} runs {seed}wards through its own {seed} words {n} times. "))
            .collect()
    };
    let (one, two, three) = (long("First"), long("Second"), long("Third"));
    let join = |parts: &[&str]| parts.join("\n\n");
    let cases = [
        (
            "same words",
            join(&[&one, &two]),
            join(&[&one, &two.replace(' ', "  ")]),
            "equivalent -0 +0 ~0 >0",
        ),
        (
            "tail",
            join(&[&one, &two, &three]),
            join(&[&one]),
            "truncated -1 +0 ~0 >0",
        ),
        (
            "head",
            join(&[&one, &two, &three]),
            join(&[&two, &three]),
            "contained -1 +0 ~0 >0",
        ),
        (
            "gap",
            join(&[&one, &two, &three]),
            join(&[&one, &three]),
            "contained -1 +0 ~0 >0",
        ),
        (
            "order",
            join(&[&one, &two, &three]),
            join(&[&two, &three, &one]),
            "revised -0 +0 ~0 >1",
        ),
        (
            "typo",
            join(&[&one, &two, &three]),
            join(&[&one.replacen("words", "wards", 1), &two]),
            "truncated -1 +0 ~1 >0",
        ),
        (
            "own text",
            join(&[&one, &two]),
            join(&[
                &one,
                "Something that only the copy says, and says at some length.",
            ]),
            "revised -1 +1 ~0 >0",
        ),
        (
            "excerpt",
            join(&[&one, &two, &three]),
            join(&[
                "Quite another text, which goes on for a while and then quotes.",
                &one[..250],
                &"这一页后面说的完全是另一回事，与前面引用的那一段没有关系。".repeat(9),
            ]),
            "overlapping",
        ),
        (
            "nothing",
            join(&[&one, &two]),
            "An altogether different page.".to_owned(),
            "unrelated",
        ),
    ];
    for (name, base, copy, expected) in cases {
        let relation = check(&read(&base), &read(&copy));
        let told = format!(
            "{} -{} +{} ~{} >{}",
            relation.verdict.name(),
            relation.lacking().count(),
            relation.extra().count(),
            relation.variants().count(),
            relation.moved().count()
        );
        assert!(told.starts_with(expected), "{name}: {told}");
    }
}

#[test]
fn the_less_complete_one_is_judged_whichever_comes_first() {
    let whole = "甲说了很多话，一直说到天黑。\n\n乙没有回答。\n\n丙把门关上，走了。";
    let part = "甲说了很多话，一直说到天黑。";
    let relation = check(&read(part), &read(whole));
    assert!(relation.reversed);
    assert_eq!(relation.verdict, Verdict::Truncated);
    assert_eq!(
        relation.cut.map(|cut| (cut.line, cut.base_line)),
        Some((1, 3))
    );
}

#[test]
fn a_title_that_stands_as_heading_counts_as_there() {
    let options = Options::default();
    let read = |text: &str| normalize(text.as_bytes(), Some("md"), &options).expect("small");
    let base = read("---\ntitle: A pot of tea\n---\n\n# A pot of tea\n\nWarm it first.\n");
    let relation = collate(&base, &read("# A pot of tea\n\nWarm it first.\n"));
    let front = relation
        .sections
        .iter()
        .find(|section| section.section == Section::FrontMatter)
        .expect("front matter");
    assert_eq!(
        (front.verdict, front.of_base.share()),
        (Verdict::Equivalent, 1.0)
    );
}

#[test]
fn a_cut_inside_a_character_is_a_cut() {
    let whole = "关于习惯，他说得很慢，一直说到天黑，灯也没有点。\n\n乙没有回答，把门关上，走了。";
    let options = Options {
        encoding: Some(encoding_rs::UTF_8),
        ..Options::default()
    };
    let base = read(whole);
    let torn = whole.char_indices().skip(1);
    for (at, c) in torn.filter(|(_, c)| c.len_utf8() > 1) {
        for more in 1..c.len_utf8() {
            let bytes = &whole.as_bytes()[..at + more];
            let copy = normalize(bytes, Some("txt"), &options).expect("small");
            let relation = check(&base, &copy);
            let before = &whole[..at];
            assert_eq!(relation.verdict, Verdict::Truncated, "after {before}");
            let cut = relation.cut.expect("a cut");
            assert_eq!(cut.byte as usize, before.trim_end().len(), "after {before}");
            assert_eq!(cut.base_byte as usize, at, "after {before}");
            assert_eq!(cut.ellipsis, "\u{fffd}");
        }
    }
}

#[test]
fn a_word_of_its_own_after_the_cut_leaves_it_a_cut() {
    let kept = "One day the ferry did not come. Nobody on the island knew why, and nobody asked, \
        since it had been late before. The postman sat on the quay with his empty bag. The children \
        were let out of school at ten, because the teacher was to have come with the ferry, too. \
        A fog lay on the sound, and in it someone was ringing a bell.";
    let whole = &format!("{kept}\n\nThe baker was the first to notice, for his flour was on it.");
    let part = &format!("{kept}\n\nMore");
    let relation = check(&read(whole), &read(part));
    assert_eq!(relation.verdict, Verdict::Truncated);
    let cut = relation.cut.expect("a cut");
    assert_eq!((cut.line, cut.base_line), (1, 3));
}

#[test]
fn a_few_words_left_between_two_gaps_are_there() {
    let whole = "The pipe and the apprentice.\n\nBefore long, the archive was counted twice by the watchman, and the inn barely kept its ledger. Towards evening nobody had awaited such a shallow grapevine on the roof.";
    for left in [
        "Before long, the archive",
        "the inn barely kept",
        "nobody had awaited",
    ] {
        let copy = format!("The pipe and the apprentice.\n\n{left}\n\non the roof.");
        let relation = check(&read(whole), &read(&copy));
        assert_eq!(relation.verdict, Verdict::Contained, "{left}");
        assert_eq!(relation.extra().count(), 0, "{left}");
    }
}

#[test]
fn a_stub_is_no_revision_of_a_long_text_that_has_its_words() {
    let stub = "半路上的留声机\n\n关于石匠，码头上的人有两种看法：一种要驯服螺丝，另一";
    let mut long = String::from("半路上的留声机\n\n");
    for word in ["铁匠", "渔夫", "画家", "门卫", "学徒"] {
        long += &format!(
            "关于{word}，城里的人有两种看法：一种要记录潮汐，另一种要忘记这样的{word}。\n\n"
        );
    }
    let relation = check(&read(&long), &read(stub));
    assert_eq!(relation.verdict, Verdict::Unrelated);
    // As long as each other, they are.
    let other = "半路上的留声机\n\n关于铁匠，城里的人有两种看法：一种要记录潮汐，另一";
    let relation = check(&read(stub), &read(other));
    assert_eq!(relation.verdict, Verdict::Revised);
}

#[test]
fn words_are_told_whole_where_many_paragraphs_in_a_row_changed() {
    let paragraph = |number: usize, word: &str| {
        let words = (0..60).map(|at| format!("word{}", at * 7919 % 1000 + number));
        let words: Vec<String> = words.collect();
        format!(
            "{} {word}ing {}",
            words[..30].join(" "),
            words[30..].join(" ")
        )
    };
    let text = |word: &str| {
        let paragraphs: Vec<String> = (0..40).map(|at| paragraph(at, word)).collect();
        read(&paragraphs.join("\n\n"))
    };
    let (base, copy) = (text("go"), text("walk"));
    let relation = check(&base, &copy);
    let variants: Vec<_> = (relation.variants())
        .map(|(one, other)| (matched(&base, &one), matched(&copy, &other)))
        .collect();
    assert_eq!(
        variants,
        vec![("going".to_owned(), "walking".to_owned()); 40]
    );
}

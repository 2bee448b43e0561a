use icu_normalizer::ComposingNormalizerBorrowed;
use proptest::prelude::*;

use super::*;
use crate::text::{DamageKind, fold};

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();

/// The draft of one block that is given the decoded text in pieces, cut at `cuts`.
fn block(kind: BlockKind, decoded: &str, cuts: &[usize]) -> Draft {
    let profiles = Profiles::default();
    let mut builder = Builder::new(decoded, &profiles);
    builder.open(kind, 0);
    let mut from = 0;
    for cut in cuts.iter().copied().chain([decoded.len()]) {
        builder.verbatim(from..cut);
        from = cut;
    }
    builder.finish()
}

/// The canonical text of a paragraph; the same for all cuts.
fn paragraph(decoded: &str) -> String {
    let cuts: Vec<usize> = decoded.char_indices().map(|(at, _)| at).collect();
    let whole = block(BlockKind::Paragraph, decoded, &[]).text;
    let cut = block(BlockKind::Paragraph, decoded, &cuts).text;
    assert_eq!(whole, cut, "in pieces, {decoded:?}");
    whole
}

#[test]
fn white_space_becomes_one_space_or_nothing() {
    let check = |input: &str, expected: &str| assert_eq!(paragraph(input), expected, "{input:?}");
    check("", "");
    check(" \n\t ", "");
    check("  a \t\n b  ", "a b");
    check("a\u{a0}\u{3000}b\u{c}c\u{85}d\u{2028}e", "a b c d e");
    check("中文\n中文", "中文中文");
    check("中文 \r\n\u{3000}中文", "中文中文");
    check("中文 中文", "中文 中文");
    check("中文，\n“中文”\n中文", "中文，“中文”中文");
    check("“a”\n“b”", "“a” “b”");
    check("葛\u{e0100}\n飾", "葛\u{e0100}飾");
    check("カタ\nｶﾀ\n（一）\nㄅ", "カタｶﾀ（一）ㄅ");
    check("中文\nabc\n中文", "中文 abc 中文");
    check("한국어\n한국어", "한국어 한국어");
    check("か\n\u{3099}", "が");
}

#[test]
fn text_is_composed_also_across_pieces() {
    let check = |input: &str, expected: &str| assert_eq!(paragraph(input), expected, "{input:?}");
    check("e\u{301}a", "éa");
    check("a\u{323}\u{302}\u{200b}\u{301}", "ậ\u{301}");
    check("a\u{302}\u{323}", "ậ");
    check("a\u{316}\u{301}", "á\u{316}");
    check("\u{1112}\u{1161}\u{11ab}", "한");
    check("\u{212b}\u{f900}", "Å豈");
    check("\u{2000}a \u{301}", "a \u{301}");
    check("กำ ที่ שָׁ بِسْمِ", "กำ ที่ שָׁ بِسْمِ");
}

#[test]
fn what_nobody_sees_goes_and_is_counted() {
    let text = "a\u{200b}b\u{ad}\u{2060}\u{feff}c\u{200e}\u{202e}d\u{2066}\u{61c}";
    let draft = block(BlockKind::Paragraph, text, &[]);
    assert_eq!(draft.text, "abcd");
    assert_eq!(
        draft.tally,
        Tally {
            invisible: 4,
            bidi: 4,
        }
    );
    // White space around it is one run.
    assert_eq!(paragraph("a \u{200b} b"), "a b");
    assert_eq!(paragraph("\u{feff} a \u{200e}"), "a");
}

#[test]
fn what_has_a_meaning_stays() {
    for text in [
        "👨\u{200d}👩\u{200d}👧",
        "❤\u{fe0f}",
        "می\u{200c}خواهم",
        "\u{e000}\u{f8ff}",
        "⼀⽔",
        "🏴\u{e0067}\u{e007f}",
    ] {
        let draft = block(BlockKind::Paragraph, text, &[]);
        assert_eq!(draft.text, text);
        assert_eq!(draft.tally, Tally::default());
    }
}

#[test]
fn damage_is_noted_once_for_a_run() {
    let text = "a\0\0b\u{1}\u{7f}\u{9b}\u{fffd}\u{fffd} \u{fffd}c\0";
    let draft = block(BlockKind::Paragraph, text, &[2, 11]);
    assert_eq!(draft.text, "ab\u{fffd}\u{fffd} \u{fffd}c");
    let damage: Vec<_> = draft
        .damage
        .iter()
        .map(|damage| (damage.kind, damage.span.range()))
        .collect();
    assert_eq!(
        damage,
        [
            (DamageKind::Nul, 1..3),
            (DamageKind::Control, 4..8),
            (DamageKind::Replacement, 8..14),
            (DamageKind::Replacement, 15..18),
            (DamageKind::Nul, 19..20),
        ]
    );
}

#[test]
fn code_keeps_its_lines() {
    let check = |input: &str, expected: &str| {
        for cuts in [
            vec![],
            (1..input.len())
                .filter(|at| input.is_char_boundary(*at))
                .collect(),
        ] {
            let draft = block(BlockKind::Code, input, &cuts);
            assert_eq!(draft.text, expected, "{input:?} cut at {cuts:?}");
        }
    };
    check("  a  b\r\n\tc\rd\r\r\ne\n\n", "  a  b\n\tc\nd\n\ne");
    check("中文\n中文\u{a0} \n", "中文\n中文\u{a0} ");
    check("a\u{2028}b\u{2000}\u{c}c", "a\nb\u{2002}\u{c}c");
    check("e\n\u{301}e\u{301}\u{200b}", "e\n\u{301}é");
    check(" \n\t\r\n", "");
}

/// The blocks of a draft, one a line, with all that is known of them.
fn shown(draft: &Draft) -> String {
    let line = |block: &Block| {
        let (kind, section, span) = (block.kind.name(), block.section.name(), block.span.range());
        let (text, matched) = (
            &draft.text[block.text.range()],
            &draft.match_text[block.match_text.range()],
        );
        format!("{kind}, {section}, {span:?}: {text:?} {matched:?}\n")
    };
    draft.blocks.iter().map(line).collect()
}

#[test]
fn blocks_are_built_in_order() {
    let decoded = "# Title \n\n<p> </p>a &amp; **b** ![x](y) tail";
    let profiles = Profiles::default();
    let mut builder = Builder::new(decoded, &profiles);
    builder.verbatim(8..10);
    assert!(!builder.is_open());
    builder.open(BlockKind::Heading(1), 0);
    assert!(builder.is_open() && !builder.has_text());
    builder.verbatim(1..8);
    assert!(builder.has_text());
    builder.open(BlockKind::Paragraph, 10);
    builder.verbatim(13..14);
    builder.close(18);
    builder.set_section(Section::Comments);
    builder.verbatim(18..20);
    builder.replaced(20..25, "&");
    builder.verbatim(25..32);
    builder.asset(AssetKind::Image, "y", " x\n\u{200b} e\u{301}\0 ", 32..39);
    builder.verbatim(39..44);
    let draft = builder.finish();
    insta::assert_snapshot!(shown(&draft), @r#"
    heading, body, 0..10: "Title" "Title"
    paragraph, comments, 18..44: "a & **b** tail" "a&btail"
    "#);
    assert_eq!(draft.assets[0].alt, "x é");
    assert_eq!(draft.tally.invisible, 1);
    assert_eq!(draft.damage[0].span, Span::new(32, 39));
}

#[test]
fn a_block_is_as_wide_as_its_text() {
    let profiles = Profiles::default();
    let mut builder = Builder::new("0123456789", &profiles);
    builder.open(BlockKind::Paragraph, 4);
    builder.verbatim(2..3);
    builder.replaced(7..9, "x");
    builder.close(5);
    builder.replaced(5..6, " \u{200b}");
    builder.close(10);
    let draft = builder.finish();
    assert_eq!(draft.blocks.len(), 1);
    assert_eq!(draft.blocks[0].span, Span::new(2, 9));
}

#[test]
fn replaced_text_maps_as_a_whole() {
    let decoded = "a &eacute; e\u{301}  b";
    let profiles = Profiles::default();
    let mut builder = Builder::new(decoded, &profiles);
    builder.verbatim(0..2);
    builder.replaced(2..10, "e\u{301}");
    builder.verbatim(10..17);
    let draft = builder.finish();
    assert_eq!(draft.text, "a é é b");
    let back = |from, to| draft.text_map.decoded(Span::new(from, to)).range();
    assert_eq!(&decoded[back(2, 4)], "&eacute;");
    assert_eq!(&decoded[back(5, 7)], "e\u{301}");
    assert_eq!(&decoded[back(8, 9)], "b");
}

#[test]
fn elements_hold_whole_characters() {
    let decoded = "<li>Jose<b>\u{301}</b> x</li>";
    let profiles = Profiles::default();
    let mut builder = Builder::new(decoded, &profiles);
    builder.draft.outline.start();
    builder.enter("li", 0..4, "", "");
    let depth = builder.enter("i", 4..4, "", "");
    builder.verbatim(4..8);
    builder.leave(depth, 8);
    let depth = builder.enter("b", 8..11, "", "");
    builder.verbatim(11..13);
    builder.leave(depth, 17);
    builder.verbatim(17..19);
    let draft = builder.finish();
    assert_eq!(draft.text, "José x");
    let texts: Vec<&str> = draft
        .outline
        .elements
        .iter()
        .map(|element| &draft.text[element.text.range()])
        .collect();
    assert_eq!(texts, ["José x", "José", ""]);
}

/// Text of everything that the rules are about.
fn hard_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z ]{1,40}",
        4 => "[一-龥]{1,12}",
        3 => "[，。：！？（）“”、…—《》 ]{1,3}",
        3 => "[ \n\r\t\u{c}\u{85}\u{a0}\u{2000}\u{2028}\u{3000}]{1,4}",
        2 => "[\u{200b}\u{ad}\u{feff}\u{200e}\u{202a}\u{200d}\0\u{1}\u{9b}\u{fffd}\u{fe0f}]{1,3}",
        2 => "[\u{300}-\u{345}]{1,3}",
        1 => "[가-힣ᄀ-ᇿ]{1,3}",
        1 => "[ぁ-ヿ\u{3099}\u{309a}ｦ-ﾟ]{1,4}",
        1 => "[ก-๛अ-ौা-ৗ]{1,4}",
        1 => "[①-⓿㈀-㋿ﬀ-ﬆ⼀-⿕\u{f900}-\u{fad9}\u{2126}\u{1fef}]{1,3}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Hard text and places between its characters.
fn hard_pieces() -> impl Strategy<Value = (String, Vec<usize>)> {
    (
        hard_text(),
        prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    )
        .prop_map(|(text, cuts)| {
            let bounds: Vec<usize> = text
                .char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| *cut.get(&bounds)).collect();
            cuts.sort_unstable();
            (text, cuts)
        })
}

/// The rule, read aloud.
fn reference(decoded: &str, code: bool) -> String {
    let stays = |c: &char| {
        c.is_whitespace()
            || !c.is_control()
                && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}'
                | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}')
    };
    let kept: String = decoded.chars().filter(stays).collect();
    let text = if code { lines(&kept) } else { words(&kept) };
    NFC.normalize(&text).into_owned()
}

fn lines(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let text = text.trim_end_matches('\n');
    if text.trim().is_empty() {
        String::new()
    } else {
        text.to_owned()
    }
}

fn words(text: &str) -> String {
    let text = text.trim();
    let mut out = String::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(char::is_whitespace).map(|at| at + from) {
        let next = at + text[at..].find(|c: char| !c.is_whitespace()).unwrap();
        out.push_str(&text[from..at]);
        let newline = |c| matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let joined =
            text[at..next].contains(newline) && unicode::joins_lines(&text[..at], &text[next..]);
        out.push_str(if joined { "" } else { " " });
        from = next;
    }
    out + &text[from..]
}

proptest! {
    #[test]
    fn canonical_text_is_the_rule((decoded, cuts) in hard_pieces(), code: bool) {
        let kind = if code { BlockKind::Code } else { BlockKind::Paragraph };
        prop_assert_eq!(block(kind, &decoded, &cuts).text, reference(&decoded, code));
    }

    #[test]
    fn canonical_text_is_canonical(decoded in hard_text(), code: bool) {
        let kind = if code { BlockKind::Code } else { BlockKind::Paragraph };
        let once = block(kind, &decoded, &[]).text;
        prop_assert_eq!(&block(kind, &once, &[]).text, &once);
    }

    #[test]
    fn a_map_leads_back_to_text_that_reads_the_same(
        (decoded, cuts) in hard_pieces(), from: prop::sample::Index, to: prop::sample::Index
    ) {
        let draft = block(BlockKind::Paragraph, &decoded, &cuts);
        let bounds: Vec<usize> = draft.text.char_indices().map(|(at, _)| at).chain([draft.text.len()]).collect();
        let (from, to) = (*from.get(&bounds), *to.get(&bounds));
        let (from, to) = (from.min(to), from.max(to));
        let part = &draft.text[from..to];
        // A variation selector belongs to the character before it; without that, it reads otherwise.
        prop_assume!(!part.starts_with(|c| matches!(c, '\u{fe00}'..='\u{fe0f}')));
        let back = draft.text_map.decoded(Span::new(from, to));
        let again = paragraph(&decoded[back.range()]);
        prop_assert!(again.contains(part.trim()), "{part:?} is not in {again:?}");
    }

    #[test]
    fn a_draft_holds_what_it_promises(texts in prop::collection::vec(hard_pieces(), 1..6), replaced: u8) {
        let decoded: String = texts.iter().map(|(text, _)| text.as_str()).collect();
        let profiles = Profiles::default();
        let mut builder = Builder::new(&decoded, &profiles);
        let mut start = 0;
        for (at, (text, cuts)) in texts.iter().enumerate() {
            match at % 3 {
                0 => builder.open(BlockKind::Paragraph, start),
                1 => builder.open(BlockKind::Code, start),
                _ => builder.close(start),
            }
            let mut from = 0;
            for cut in cuts.iter().copied().chain([text.len()]) {
                if replaced & (1 << (at % 8)) == 0 {
                    builder.verbatim(start + from..start + cut);
                } else {
                    builder.replaced(start + from..start + cut, &text[from..cut]);
                }
                from = cut;
            }
            start += text.len();
        }
        holds_what_it_promises(&decoded, &builder.finish());
    }
}

fn holds_what_it_promises(decoded: &str, draft: &Draft) {
    let (mut text, mut matched, mut span) = (0, 0, 0);
    for (at, block) in draft.blocks.iter().enumerate() {
        assert_eq!(
            block.text.start(),
            text + usize::from(at > 0),
            "one newline between"
        );
        assert_eq!(block.match_text.start(), matched, "match text without gaps");
        assert!(span <= block.span.start() && block.span.end() <= decoded.len());
        let canonical = &draft.text[block.text.range()];
        let mut fresh = String::new();
        fold::match_text(canonical, block.kind.is_code(), &mut fresh);
        assert_eq!(draft.match_text[block.match_text.range()], fresh);
        assert!(!canonical.trim().is_empty());
        let back = draft.text_map.decoded(block.text);
        assert!(block.span.contains(back), "{block:?} {back:?}");
        (text, matched, span) = (block.text.end(), block.match_text.end(), block.span.end());
    }
    assert_eq!((text, matched), (draft.text.len(), draft.match_text.len()));
    for (at, c) in draft.text.char_indices() {
        let back = draft
            .text_map
            .decoded(Span::new(at, at + c.len_utf8()))
            .range();
        assert!(
            decoded.get(back.clone()).is_some(),
            "{back:?} cuts a character"
        );
    }
}

/// Of a long block parts are settled before it ends; what may still be taken back is not.
#[test]
fn a_long_block_is_folded_like_a_short_one() {
    let marks = |count: usize| "\u{301}".repeat(count);
    let words = "some words, and 一些字，in between. ".repeat(400);
    for tail in [
        format!("e{}", marks(2_000)),
        format!("e{}x e{}", marks(600), marks(600)),
        format!("**{words}e{}{words}\\*", marks(3_000)),
        format!("e{} {words}", marks(700)),
    ] {
        let decoded = format!("{words}{tail}{words}{}", marks(1_500));
        let ends: Vec<usize> = decoded.char_indices().map(|(at, _)| at).collect();
        for step in [1, 7, 400, decoded.len()] {
            let cuts: Vec<usize> = ends.iter().copied().step_by(step).collect();
            let draft = block(BlockKind::Paragraph, &decoded, &cuts);
            let mut fresh = String::new();
            fold::match_text(&draft.text, false, &mut fresh);
            assert!(draft.match_text == fresh, "in pieces of {step}");
        }
    }
}

use icu_normalizer::ComposingNormalizerBorrowed;
use proptest::prelude::*;

use super::*;
use crate::text::Span;

const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();

fn folded(canonical: &str, code: bool) -> String {
    let mut out = String::from("before");
    match_text(canonical, code, &mut out);
    out.split_off("before".len())
}

fn sketched(text: &str) -> String {
    let mut out = String::from("before");
    sketch_text(text, &mut out);
    out.split_off("before".len())
}

/// The rule, read aloud.
fn reference(canonical: &str, code: bool) -> String {
    let mut text: Vec<char> = NFKC.normalize_iter(canonical.chars()).collect();
    text.retain(|c| !c.is_whitespace());
    if code {
        return text.into_iter().collect();
    }
    let unescaped: String = text
        .iter()
        .enumerate()
        .filter(|(at, c)| **c != '\\' || !text.get(at + 1).is_some_and(char::is_ascii_punctuation))
        .map(|(_, c)| *c)
        .collect();
    unescaped.replace("**", "")
}

#[test]
fn match_text_of_known_texts() {
    let check =
        |input: &str, expected: &str| assert_eq!(folded(input, false), expected, "{input:?}");
    check("", "");
    check("Hello, world 2!", "Hello,world2!");
    check("你好，世界！（一）…“引”", "你好,世界!(一)...“引”");
    check("ＡＢＣ　１２３ ％～", "ABC123%~");
    check("ﬁ ① ㈱ ㎏ ｶﾞ ⼀", "fi1(株)kgガ一");
    check("a**b** c***d*", "abc*d*");
    check("＊＊重点＊＊ * *", "重点");
    check(r"\*a\* \\ C:\dir \", r"*a*\C:\dir\");
    check("e\u{301}", "é");
    check("ｅ\u{301} ，\u{301} “\u{301}", "é,\u{301}“\u{301}");
    check("é\u{323}", "ẹ\u{301}");
    check("\u{1112} \u{1161}", "\u{1112}\u{1161}");
    check("´", "\u{301}");
    check("…\u{338} ＝\u{338} <\u{338}", "...\u{338}≠≮");
}

#[test]
fn code_keeps_its_punctuation() {
    let check =
        |input: &str, expected: &str| assert_eq!(folded(input, true), expected, "{input:?}");
    check("f(**kwargs)\n  \\n \\*", "f(**kwargs)\\n\\*");
}

#[test]
fn sketch_text_of_known_texts() {
    let check = |input: &str, expected: &str| assert_eq!(sketched(input), expected, "{input:?}");
    check("", "");
    check("Hello,World-2!", "helloworld2");
    check("你好,世界“引”。ÀÉ", "你好世界引àé");
    check("ΑΣ İ", "ασi");
    check("\0\u{7f}~[`{@", "");
}

#[test]
fn every_character_alone_and_between_others() {
    let mut text = String::new();
    // What is left out holds nothing, or private characters.
    for c in ('\0'..='\u{323ff}').chain('\u{e0000}'..='\u{e0200}') {
        text.clear();
        text.extend(['中', c, 'a', c, '\u{301}', c, '，', c]);
        assert_eq!(folded(&text, false), reference(&text, false), "{c:?}");
        assert_eq!(
            folded(&text[3..], true),
            reference(&text[3..], true),
            "{c:?}"
        );
    }
}

/// Strings of what is easy, what is hard and what is in between, with their neighbours.
fn hard_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z ]{1,12}",
        4 => "[一-龥]{1,12}",
        2 => "[，。：！？（）“”、…—《》 ]{1,3}",
        2 => "[*\\\\＊＼_.ｅ=＝ \n]{1,5}",
        2 => "[\u{300}-\u{345}]{1,3}",
        1 => "[가-힣ᄀ-ᇿ]{1,3}",
        1 => "[ぁ-ヿ\u{3099}\u{309a}ｦ-ﾟ]{1,4}",
        1 => "[ก-๛अ-ौা-ৗ]{1,4}",
        1 => "[①-⓿㈀-㋿㌀-㏿ﬀ-ﬆ⼀-⿕\u{f900}-\u{fad9}]{1,3}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn match_text_is_the_rule(text in hard_text(), code: bool) {
        prop_assert_eq!(folded(&text, code), reference(&text, code));
    }

    #[test]
    fn match_text_ignores_how_text_is_laid_out(text in "[a-z一-龥，*\\\\]{0,20}", gap in 0..20_usize) {
        let gap = text.char_indices().nth(gap).map_or(text.len(), |(at, _)| at);
        let wrapped = format!("{}\n  {}", &text[..gap], &text[gap..]);
        prop_assert_eq!(folded(&text, false), folded(&wrapped, false));
    }

    #[test]
    fn sketch_text_is_the_rule(text in hard_text()) {
        let lower = text.chars().flat_map(char::to_lowercase);
        let expected: String = lower.filter(|c| c.is_alphanumeric()).collect();
        prop_assert_eq!(sketched(&text), expected);
    }

    #[test]
    fn a_map_leads_back_to_text_that_folds_to_the_same(
        text in hard_text(), code: bool, from in 0..100_usize, len in 1..30_usize
    ) {
        let matched = folded(&text, code);
        let bounds: Vec<usize> = matched.char_indices().map(|(at, _)| at).chain([matched.len()]).collect();
        let from = from.min(bounds.len() - 1);
        let to = (from + len).min(bounds.len() - 1);
        let (from, to) = (bounds[from], bounds[to]);
        let map = MatchMap::new(&text, code);
        let back = map.canonical(Span::new(from, to));
        let part = &text[back.range()];
        prop_assert!(
            folded(part, code).contains(&matched[from..to]),
            "{:?} of {:?} is not in {:?}", &matched[from..to], matched, part
        );
        let forth = map.matched(back);
        prop_assert!(from == to || forth.contains(Span::new(from, to)), "{from}..{to} {back:?} {forth:?}");
    }

    #[test]
    fn a_map_is_the_same_if_match_text_is_known(text in hard_text(), code: bool) {
        let known = MatchMap::of(&text, code, &folded(&text, code));
        prop_assert_eq!(known, MatchMap::new(&text, code));
    }

    #[test]
    fn a_map_is_total_and_monotone(text in hard_text(), code: bool) {
        let map = MatchMap::new(&text, code);
        let matched = folded(&text, code);
        let far = text.len().max(matched.len()) + 3;
        prop_assert!(map.canonical(Span::new(0, far)).end() <= text.len());
        prop_assert_eq!(map.matched(Span::new(0, far)), Span::new(0, matched.len()));
        let mut last = (Span::at(0), Span::at(0));
        for at in 0..far {
            let next = (map.canonical(Span::new(at, at + 1)), map.matched(Span::new(at, at + 1)));
            prop_assert!(last.0.start() <= next.0.start() && last.0.end() <= next.0.end());
            prop_assert!(last.1.start() <= next.1.start() && last.1.end() <= next.1.end());
            last = next;
        }
        let _ = map.canonical(Span::at(usize::MAX));
        let _ = map.matched(Span::new(7, usize::MAX));
    }
}

#[test]
fn a_map_is_exact_to_the_character() {
    let text = "中①ｅ\u{301} **b**，c";
    let map = MatchMap::new(text, false);
    let matched = folded(text, false);
    let rows: Vec<String> = matched
        .char_indices()
        .map(|(at, c)| {
            let back = map.canonical(Span::new(at, at + c.len_utf8()));
            let forth = map.matched(back);
            format!(
                "{c} <- {} -> {}",
                &text[back.range()],
                &matched[forth.range()]
            )
        })
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    中 <- 中 -> 中
    1 <- ① -> 1
    é <- ｅ́ -> é
    b <- b -> b
    , <- ， -> ,
    c <- c -> c
    ");
    let gap = text.find("**").unwrap();
    assert!(map.matched(Span::new(gap, gap + 2)).is_empty());
}

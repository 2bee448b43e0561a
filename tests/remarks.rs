//! Every rule, seen from outside: what is said of a document, by code.

use lacuna::audit::Remark;
use lacuna::audit::document::{Phrases, Seen, remarks};
use lacuna::normalize::{Options, normalize};

/// The codes that a document gets, each with its line, `-` for none.
fn said(extension: &str, bytes: &[u8]) -> Vec<String> {
    let witness = normalize(bytes, Some(extension), &Options::default()).expect("it is small");
    let seen = Seen {
        bytes,
        witness: &witness,
    };
    let line = |remark: &Remark| {
        remark
            .lines
            .map_or("-".into(), |lines| lines.first.to_string())
    };
    remarks(&seen, &Phrases::default())
        .iter()
        .map(|remark| format!("{} {}", remark.code.name(), line(remark)))
        .collect()
}

#[track_caller]
fn check(extension: &str, source: &str, expected: &[&str]) {
    assert_eq!(said(extension, source.as_bytes()), expected, "{source}");
}

const SENTENCE: &str = "Warm the pot with boiling water and pour it away before the leaves go in.";

#[test]
fn last_words() {
    let with = |end: &str| format!("# Tea\n\n{SENTENCE}\n\n{SENTENCE} Then {end}\n");
    check("md", &with("drink it."), &[]);
    check("md", &with("wait for a"), &["ends-in-sentence 5"]);
    check("md", &with("wait, "), &["ends-in-sentence 5"]);
    check("md", &with("do as follows:"), &["ends-with-colon 5"]);
    check("md", &with("wait…"), &["ends-with-ellipsis 5"]);
    check("md", &with("wait [...]"), &["ends-with-ellipsis 5"]);
    check("md", &with("use version 2"), &[]);
    check("md", &with("see https://example.org/tea"), &[]);
    check("md", &with("it is done (as said)"), &[]);
    // What follows is a picture.
    check("md", &with("it looks so:\n\n![](tea.png)"), &[]);
    check(
        "txt",
        "先把水烧开，再把茶叶放进去。等三分钟就可以喝了。然后我们把茶倒进",
        &["ends-in-sentence 1"],
    );
    check(
        "txt",
        "先把水烧开，再把茶叶放进去。等三分钟就可以喝了。然后我们把茶倒进杯子里，",
        &["ends-in-sentence 1"],
    );
    check(
        "txt",
        "先把水烧开，再把茶叶放进去。等三分钟就可以喝了。步骤如下：",
        &["ends-with-colon 1"],
    );
    check(
        "txt",
        "お湯を沸かして茶葉を入れます。三分待てば飲めます。それから茶碗に",
        &["ends-in-sentence 1"],
    );
}

#[test]
fn a_document_without_full_stops_lacks_none() {
    let line = "先把水烧开再把茶叶放进去等三分钟就可以喝了 然后把茶倒进杯子里\n\n";
    check("txt", &line.repeat(6), &[]);
    let list = "# Shopping\n\n- a kilogram of apples, red ones if there are any\n- bread\n";
    check("md", list, &[]);
}

#[test]
fn comments_do_not_hide_the_end_of_the_body() {
    let body = "这是第一段，水要烧到刚好冒泡，再静置两分钟。\n\n第二段讲的是投茶，先放一小撮，看它慢慢展开。随后我们再把";
    let comments = "\n\n精选留言（1）\n\n<ul>\n<li><span>张三</span> 👍（1）<p>很好。</p>2024-12-10</li>\n</ul>\n";
    let source = format!("# 茶\n\n{body}{comments}");
    let witness = normalize(source.as_bytes(), Some("md"), &Options::default()).expect("small");
    assert_eq!(witness.comments.len(), 1, "the test is about comments");
    check("md", &source, &["ends-in-sentence 5"]);
}

#[test]
fn what_is_left_open() {
    check("md", "a\n\n```\ncode\n", &["open-fence 3"]);
    check("md", "a\n\n```\ncode\n```\n", &[]);
    check(
        "md",
        "# Title\n\nText that is short.\n\n<div>\n\nMore.\n",
        &["open-tag 5"],
    );
    check("md", "see <a href=\"http", &["open-tag 1"]);
    check("md", "It is **very impor", &["open-emphasis 1"]);
    check("md", "It is **very important**.", &[]);
    check("md", "See [the page](https://exam", &["open-emphasis 1"]);
    check("html", "<html><body><p>It is.</p></body></html>\n", &[]);
    check("html", "<html><body><p>It is.</p>\n", &["open-tag 1"]);
    check("html", "<p>It is.<p>It is.", &[]);
    check("html", "<ul>\n<li>It is.", &["open-tag 1"]);
    check("html", "<p>It is. <!-- and", &["open-tag 1"]);
    // A line of tildes below a title is no fence, in other markup than Markdown.
    check("md", "Git\n~~~\n\nIt is.\n", &[]);
}

#[test]
fn headings_without_text() {
    check(
        "md",
        &format!("# Tea\n\n{SENTENCE}\n\n## Coffee\n"),
        &["ends-with-heading 5"],
    );
    check(
        "md",
        &format!("# Changes\n\n## 0.2.0\n\n{SENTENCE}\n\n## 0.1.0\n"),
        &[],
    );
}

#[test]
fn lengths_at_which_programs_cut() {
    let text = |len: usize, end: &str| {
        let mut text = "It is what it is. ".repeat(len);
        text.truncate(len - end.len());
        text + end
    };
    check(
        "txt",
        &text(4096, " and"),
        &["ends-in-sentence 1", "round-size 1"],
    );
    check("txt", &text(4096, "ok."), &["round-size 1"]);
    check(
        "txt",
        &text(1000, " and"),
        &["ends-in-sentence 1", "round-size 1"],
    );
    check("txt", &text(1000, "ok."), &[]);
    check("txt", &text(1001, "ok.\n"), &[]);
    check(
        "txt",
        &text(1001, " and\n"),
        &["ends-in-sentence 1", "round-size 1"],
    );
    check("txt", &text(4000, "ok."), &[]);
}

#[test]
fn previews() {
    for end in [
        "Subscribe to continue reading",
        "[Read more »](more.html)",
        "购买后可继续阅读",
        "展开全文",
        "この記事は有料会員限定です。",
        "로그인 후 이용하세요.",
        "Weiterlesen",
        "Cet article est réservé aux abonnés.",
        "Seguir leyendo",
        "Читать далее",
    ] {
        check(
            "md",
            &format!("# Tea\n\n{SENTENCE}\n\n{end}\n"),
            &["preview-ending 5"],
        );
    }
    check(
        "md",
        &format!("# Tea\n\nRead more about it below.\n\n{SENTENCE}\n"),
        &[],
    );
    let own = Phrases::with(&["Only in the App".into(), " ".into()]);
    let source = format!("# Tea\n\n{SENTENCE}\n\nThe rest is only  in the app!\n");
    let witness = normalize(source.as_bytes(), Some("md"), &Options::default()).expect("small");
    let seen = Seen {
        bytes: source.as_bytes(),
        witness: &witness,
    };
    let codes: Vec<_> = remarks(&seen, &own)
        .iter()
        .map(|remark| remark.code.name())
        .collect();
    assert_eq!(codes, ["preview-ending"]);
}

#[test]
fn damage_by_kind() {
    check("txt", "It\0is.\n", &["nul 1"]);
    check("txt", "It\u{1}is.\n", &["control 1"]);
    check("txt", "It \u{FFFD}s.\n", &["replacement 1"]);
    let undecodable =
        b"\xe8\xbf\x99\xe6\x98\xaf\xe8\x8c\xb6\xe3\x80\x82\n\xe8\xbf\x99\xff\xe6\x98\xaf\n";
    assert_eq!(said("txt", undecodable), ["undecodable 2"]);
    check("txt", "CafÃ© crÃ¨me Ã  la franÃ§aise.\n", &["mojibake 1"]);
}

#[test]
fn two_encodings_in_one_document() {
    let (gbk, _, _) = encoding_rs::GBK.encode("这一行是用另一种编码写的，没有转换。\n");
    let utf8 = "这一行是用 UTF-8 写的，后面几行也是。\n".repeat(20);
    let mixed = [utf8.as_bytes(), &gbk, utf8.as_bytes()].concat();
    assert_eq!(said("txt", &mixed), ["mixed-encodings 21"]);
}

#[test]
fn passages_that_stand_twice() {
    let passage = format!(
        "{}\n\n{}\n\n",
        SENTENCE.repeat(5),
        SENTENCE.replace("pot", "cup").repeat(6)
    );
    check(
        "md",
        &format!("# A\n\n{passage}# B\n\n{passage}"),
        &["duplicated-passage 9"],
    );
    check("md", &format!("# A\n\n{passage}"), &[]);
    let row = format!("| {} |\n", SENTENCE.repeat(9));
    check("md", &format!("| a |\n| --- |\n{row}{row}"), &[]);
}

#[test]
fn documents_without_text() {
    check("md", "", &["empty -"]);
    check("md", "---\ntitle: Tea\n---\n", &["empty -"]);
    check("md", "# Tea\n\n## Green tea\n", &["empty -"]);
    check("md", "![](tea.png)\n", &[]);
}

#[test]
fn declared_comments() {
    let item =
        |n| format!("<li><span>张三{n}</span> 👍（1）<p>很好，第{n}次。</p>2024-12-10</li>\n");
    let with = |declared: usize| {
        format!(
            "# 茶\n\n水要烧开。\n\n精选留言（{declared}）\n\n<ul>\n{}{}</ul>\n",
            item(1),
            item(2)
        )
    };
    check("md", &with(2), &[]);
    check("md", &with(9), &["declared-count 5"]);
}

mod random {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_are_looked_at(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            for extension in ["md", "html", "txt"] {
                said(extension, &bytes);
            }
        }

        #[test]
        fn any_text_is_looked_at(text in "(\\PC|[*`<>\\[\\]()。，…：\n]){0,300}") {
            for extension in ["md", "html", "txt"] {
                said(extension, text.as_bytes());
            }
        }
    }
}

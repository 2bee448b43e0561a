//! Tags and text in any order, and very much of them.

use proptest::prelude::*;

use super::*;

/// Tags, and pieces of tags, without spaces in them.
const PIECES: &str = "
    <p> </p> <div> </div> <b> </b> <i> </i> <ul> <li> </li> </ul> <table> <tr> <td> </td> </tr>
    </table> <pre> </pre> <h1> </h1> <br> <hr/> <img/src=a> <!-- --> <!--x--> <![CDATA[ ]]>
    <script> </script> <style> </style> <title> </title> <textarea> </textarea> <svg> </svg>
    <x-y> </x-y> <string> </string> <xmp> </xmp> <dl><dt> <dd> <blockquote> </blockquote>
    <a/href=\" \"> &amp; &lt &#65; &#x4e2d; &nosuch; &# < </ <?xml?> <!DOCTYPE> <select> <option>";

const WORDS: [&str; 14] = [
    "ab",
    " c ",
    "中文",
    "\r\n",
    "\r",
    "\n",
    "é",
    "\u{301}",
    "x<y",
    "&",
    "\0",
    "<T, U>",
    "<div class='a &lt; b'>",
    "<meta name=author content='a &amp; b'>",
];

/// Markup that holds no text and does not hide the text after it, without spaces in it.
const MARKUP: &str = "
    <p> </p> <div/id=a> </div> <b> </b> <ul> <li> </ul> <table> <tr> <td> </td> </table> <pre>
    </pre> <h1> </h2> <br> <hr> <img/src=x> <!--a--> <!> <script>a</script> <style></style> <svg>
    </svg> <a/title='>'> </a> <blockquote> </blockquote> <!DOCTYPE> <?a?> <select> <option>
    </select> <template> </template> <noscript> </noscript>";

fn one_of(pieces: &'static str) -> impl Strategy<Value = &'static str> {
    prop::sample::select(pieces.split_whitespace().collect::<Vec<_>>())
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => one_of(PIECES).prop_map(str::to_owned),
        2 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        1 => "[a-z<>/&;!\\-\"'= \r\n\\]\\[]{0,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_soup_gives_spans_that_hold_the_text(html in soup()) {
        let draft = segmented(&html);
        check_spans(&html, &draft);
    }

    #[test]
    fn no_text_outside_markup_is_lost(
        pieces in prop::collection::vec((one_of(MARKUP), "[a-z]{1,4}"), 1..30)
    ) {
        let html: String = pieces.iter().map(|(tag, text)| format!("{tag}{text}")).collect();
        let expected: String = pieces.iter().map(|(_, text)| text.as_str()).collect();
        let mut found = segmented(&html).text;
        found.retain(|character| !character.is_whitespace());
        prop_assert_eq!(found, expected, "{}", html);
    }

    #[test]
    fn a_document_in_pieces_is_in_place(html in soup(), cut in 0..200usize) {
        let cut = (0..=cut.min(html.len()))
            .rev()
            .find(|at| html.is_char_boundary(*at))
            .unwrap_or(0);
        let profiles = Profiles::default();
        let mut builder = Builder::new(&html, &profiles);
        segment_pieces(&mut builder, &[0..cut, cut..html.len()], BlockKind::Paragraph);
        check_spans(&html, &builder.finish());
    }

    #[test]
    fn any_island_ends_after_it_begins(text in soup(), start in 0..20usize) {
        if let Some(end) = Islands::new(&text).end(start) {
            prop_assert!(start <= end && end <= text.len());
        }
    }
}

/// Each of these takes minutes where the time grows with the square of the length.
#[test]
fn hostile_input_costs_time_and_memory_in_proportion() {
    let many = |piece: &str| piece.repeat(50_000);
    let inputs = [
        many("<div>") + "a",
        many("<b>") + "a" + &many("</i>"),
        many("<b>") + "<p>" + &many("</b>") + "a",
        many("<div>") + "<table>" + &many("</div>") + "a",
        many("<ul><li>") + "a",
        many("<blockquote>") + "a",
        many("<pre>") + "a",
        many("<table><tr><td>") + "a",
        many("</div>") + "a",
        many("<y <y") + "a",
        many("<y <b") + "a",
        many("<y <b ") + "a",
        many("<y <b >") + "a",
        many("<y>") + "a",
        many("<y></x>") + "a",
        many("<a b=\"><a b='>") + "a",
        many("<!--"),
        many("<y <!--") + ">",
        many("<![CDATA[") + "a",
        many("<script>"),
        many("<title>") + "a",
        format!("<a {}>a", many("b=c ")),
        format!("<a href='{}'>a", many("b&amp;")),
        format!("<img alt='{}'>a", many("b&amp;")),
        many("&"),
        many("&amp"),
        many("&#9"),
        many("<"),
        many("a<br>"),
        many("<p>a"),
        many("<svg><title>") + "a",
        many(" ") + "a" + &many(" "),
        many("<td> ") + "a",
        many("\r\n") + "a",
        many("]]") + "<![CDATA[" + &many("]]"),
    ];
    for html in inputs {
        let draft = segmented(&html);
        for block in draft.blocks {
            assert!(html.get(block.span.range()).is_some());
        }
    }
}

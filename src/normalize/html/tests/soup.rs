//! Tags and text in any order, and very much of them.

use proptest::prelude::*;

use super::*;

/// Tags, and pieces of tags, without spaces in them.
const PIECES: &str = "
    <p> </p> <div> </div> <b> </b> <i> </i> <ul> <li> </li> </ul> <table> <tr> <td> </td> </tr>
    </table> <pre> </pre> <h1> </h1> <br> <hr/> <img/src=a> <!-- --> <!--x--> <![CDATA[ ]]>
    <script> </script> <style> </style> <title> </title> <textarea> </textarea> <svg> </svg>
    <x-y> </x-y> <string> </string> <xmp> </xmp> <dl><dt> <dd> <blockquote> </blockquote>
    <a/href=\" \"> &amp; &lt;a &gt; &quot;b&quot; &#39; &nbsp; &ampx; &lt &#65; &#x4e2d; &nosuch; &# < </ <?xml?> <!DOCTYPE> <select> <option>";

const WORDS: [&str; 22] = [
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
    "<div class=\"comments\" id='x' class=y>",
    "<p class=\"a\"id='b'>",
    "<img\tsrc='a' alt=\"\" />",
    "<img alt='a&amp;b\r\n' src = \"c\"/>",
    "<a href=\"x?a=1&b\" = title='<>'\n>",
    "<string a='b'>",
    "</p >",
    "</p a=\">\">",
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

/// The last place up to `at` that is between two characters.
fn boundary(text: &str, at: usize) -> usize {
    let mut places = (0..=at.min(text.len())).rev();
    places.find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

proptest! {
    #[test]
    fn any_soup_gives_spans_that_hold_the_text(html in soup()) {
        let draft = segmented(&html);
        check_spans(&html, &draft);
    }

    #[test]
    fn what_is_read_past_the_tokenizer_is_read_as_by_it(
        html in soup(), cut in 0..200usize, xml: bool,
    ) {
        let cut = boundary(&html, cut);
        let profiles = Profiles::default();
        let read = |scans: bool| {
            let mut builder = Builder::new(&html, &profiles);
            let mut segmenter = Segmenter::new(&mut builder, BlockKind::Paragraph, xml);
            segmenter.scans = scans;
            segmenter.feed(0..cut, html.len());
            segmenter.feed(cut..html.len(), html.len());
            segmenter.note_open();
            segmenter.finish();
            format!("{:#?}", builder.finish())
        };
        prop_assert_eq!(read(true), read(false), "{}", html);
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
        let cut = boundary(&html, cut);
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

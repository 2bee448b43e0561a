use pulldown_cmark::{Options, Parser, html};

/// Markdown as HTML.
pub(in crate::merge) fn to_html(markdown: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(markdown, options));
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn markup_becomes_elements() {
        for (markdown, html) in [
            ("## One & *two*", "<h2>One &amp; <em>two</em></h2>"),
            (
                "- a\n- **b**",
                "<ul>\n<li>a</li>\n<li><strong>b</strong></li>\n</ul>",
            ),
            ("`<x>`", "<p><code>&lt;x&gt;</code></p>"),
        ] {
            assert_eq!(to_html(markdown), html);
        }
    }
}

//! What is written of each code, for people.

use crate::text::Code;

/// The page of `code` in `docs/codes/`, as Markdown: what it means, why it matters, an example, how
/// to fix it, how to configure it.
pub fn explanation(code: Code) -> &'static str {
    macro_rules! pages {
        ($($number:literal)*) => {
            match code.number() {
                $($number => include_str!(concat!("../../docs/codes/LAC", $number, ".md")),)*
                _ => "",
            }
        };
    }
    pages! {
        101 102 103 104 105 106 107 108 109 110
        201 202 203 204
        301 302 303 304 305 306 307 308 309 310 311
        401 402 403 404 405 406 407
        501 502 503
        901 902 903 904 905
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_page_with_all_its_parts() {
        for code in Code::ALL {
            let page = explanation(*code);
            let mut severity = code.severity().name().to_owned();
            severity[..1].make_ascii_uppercase();
            let head = format!(
                "# {code} {}\n\n{severity}: {}.\n",
                code.name(),
                code.summary()
            );
            assert!(
                page.starts_with(&head),
                "{code}: the page begins with {:.80}, not {head}",
                page
            );
            let parts: Vec<&str> = page
                .lines()
                .filter_map(|line| line.strip_prefix("## "))
                .collect();
            let expected = [
                "What it means",
                "Why it matters",
                "Example",
                "How to fix it",
                "How to configure it",
            ];
            assert_eq!(parts, expected, "{code}");
        }
    }

    #[test]
    fn the_table_of_codes_is_that_of_the_catalogue() {
        let page = include_str!("../../docs/codes/README.md");
        let rows: Vec<&str> = page
            .lines()
            .filter(|line| line.starts_with("| [LAC"))
            .collect();
        let row = |code: &Code| {
            let (name, severity) = (code.name(), code.severity().name());
            format!(
                "| [{code}]({code}.md) | {name} | {severity} | {} |",
                code.summary()
            )
        };
        assert_eq!(rows, Code::ALL.iter().map(row).collect::<Vec<_>>());
    }
}

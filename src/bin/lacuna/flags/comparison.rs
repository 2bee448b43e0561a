use clap::Args;

#[derive(Args, Debug)]
#[command(next_help_heading = "What is compared and told")]
pub struct ComparisonFlags {
    /// Compare only documents inside the same PATH
    ///
    /// As if each folder were scanned by itself. What lies in several of them counts for the lowest.
    #[arg(long, conflicts_with = "across")]
    pub within: bool,

    /// Compare only documents of different PATHs, of which there must be two or more
    ///
    /// Copies inside a folder are not looked for; but of a document that has a copy in another
    /// folder, those with the same text are told with it.
    #[arg(long)]
    pub across: bool,

    /// Tell only of two documents if one has at least this share of its text in the other
    #[arg(
        long,
        value_name = "PERCENT",
        default_value = "0",
        hide_default_value = true
    )]
    #[arg(value_parser = percent)]
    pub min_share: u8,

    /// Tell only of two documents that share a passage of at least this many characters, white
    /// space not counted
    #[arg(
        long,
        value_name = "CHARACTERS",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub min_passage: u64,
}

fn percent(text: &str) -> Result<u8, String> {
    let digits = text.trim_end_matches('%').trim_end();
    (digits.parse().ok())
        .filter(|percent| *percent <= 100)
        .ok_or_else(|| "is no share from 0 to 100 percent".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_percentage() {
        for (text, expected) in [
            ("0", Some(0)),
            ("30", Some(30)),
            ("30%", Some(30)),
            ("30 %", Some(30)),
            ("100", Some(100)),
            ("101", None),
            ("-1", None),
            ("0.3", None),
            ("", None),
        ] {
            assert_eq!(percent(text).ok(), expected, "{text}");
        }
    }
}

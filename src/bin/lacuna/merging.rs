//! Dumps -> plan -> output and ledger: the way of a merge.

mod book;
mod carry_out;
mod dumps;
mod earlier;
mod originals;
mod planning;
mod verifying;

pub use carry_out::{Done, Effort, carry_out};
pub use dumps::folder_of;
pub use planning::{ensure_nothing_new, make as make_plan};
pub use verifying::{Found, prove, verify};

use std::path::PathBuf;

use lacuna::disk::name::to_text;
use lacuna::merge::graft::{Policy, Prefer};
use lacuna::merge::ledger::Dump;

/// Whether a path in a dump or an output lies in the program's own folder.
pub fn is_own(path: &str) -> bool {
    earlier::inside(path).is_some()
}

/// The siglum of the dump of this number: A, B, …, Z, AA, …
pub fn siglum(number: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = number + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters
        .iter()
        .rev()
        .map(|letter| char::from(*letter))
        .collect()
}

/// The dumps in these folders, as a ledger names them.
pub fn named(folders: &[PathBuf]) -> Vec<Dump> {
    let dump = |(number, folder): (usize, &PathBuf)| Dump {
        siglum: siglum(number),
        path: to_text(folder.as_os_str().as_encoded_bytes()),
    };
    folders.iter().enumerate().map(dump).collect()
}

/// The policy of that name among these dumps.
pub fn policy(prefer: &str, conflicts: &str, dumps: &[Dump]) -> anyhow::Result<Policy> {
    let prefer = match prefer {
        "base" => Prefer::Base,
        "newest" => Prefer::Newest,
        "longest" => Prefer::Longest,
        siglum => {
            let dump = dumps
                .iter()
                .position(|dump| dump.siglum.eq_ignore_ascii_case(siglum));
            let Some(dump) = dump else {
                anyhow::bail!("--prefer {siglum}: is neither base, newest nor longest, nor a dump");
            };
            Prefer::Dump(dump)
        }
    };
    Ok(Policy {
        prefer,
        both: conflicts == "both",
    })
}

#[cfg(test)]
mod tests {
    use super::siglum;

    #[test]
    fn sigla_go_on_after_z() {
        let sigla = [0, 1, 25, 26, 51, 52, 702].map(siglum);
        assert_eq!(sigla, ["A", "B", "Z", "AA", "AZ", "BA", "AAA"]);
    }
}

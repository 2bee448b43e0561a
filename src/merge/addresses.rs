//! What documents point to: where it is in the output, and which address leads there.
//!
//! A graft keeps the addresses of its witness, unless they would lead elsewhere from where it is
//! put. What the base says stays to the byte. So that a picture is known to be the same under two
//! addresses, those of all witnesses are compared as they would be written in the output.

mod written;

use std::collections::HashMap;

use crate::text::{Format, Witness};

/// Where the files of dumps are in the output.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    /// By dump, then path: the path in the output. Paths are bytes, with `/` between their parts.
    outputs: Vec<HashMap<Vec<u8>, Vec<u8>>>,
}

impl Moves {
    /// Notes that the file `path` of a dump is `output` now.
    pub fn insert(&mut self, dump: usize, path: Vec<u8>, output: Vec<u8>) {
        if self.outputs.len() <= dump {
            self.outputs.resize_with(dump + 1, HashMap::new);
        }
        self.outputs[dump].insert(path, output);
    }

    fn get(&self, dump: usize, path: &[u8]) -> Option<&[u8]> {
        self.outputs.get(dump)?.get(path).map(Vec::as_slice)
    }
}

/// The addresses in one witness of an output.
#[derive(Clone, Copy, Debug, Default)]
pub struct Addresses<'a> {
    /// Where files are now; nothing is known of any without.
    pub moves: Option<&'a Moves>,
    /// The dump of the witness.
    pub dump: usize,
    /// Its path there.
    pub path: &'a [u8],
    /// The path of the output.
    pub output: &'a [u8],
}

impl Addresses<'_> {
    /// How an address of the witness is written in the output; `None` if it leads to no file of its
    /// dump that is there.
    fn in_output(&self, address: &str) -> Option<String> {
        let (file, behind) = self.find(address)?;
        Some(written(&relative(self.output, file)) + behind)
    }

    /// What an address of the witness must become in the output; `None` if it may stay.
    fn moved(&self, address: &str) -> Option<String> {
        let (file, behind) = self.find(address)?;
        let (path, _) = path_of(address)?;
        let stays = ways(path).any(|way| join(self.output, &way).as_deref() == Some(file));
        (!stays).then(|| written(&relative(self.output, file)) + behind)
    }

    /// The file of the output that an address of the witness leads to, and what follows its path.
    fn find<'t>(&self, address: &'t str) -> Option<(&[u8], &'t str)> {
        let moves = self.moves?;
        let (path, behind) = path_of(address)?;
        let file = ways(path).find_map(|way| moves.get(self.dump, &join(self.path, &way)?))?;
        Some((file, behind))
    }

    /// Source of the witness, with the addresses in it that its place in the output needs. `None` if
    /// that is none other.
    pub(super) fn rewrite(&self, source: &str, format: Format) -> Option<String> {
        self.moves?;
        let mut out = String::new();
        let mut done = 0;
        for range in written::find(source, format) {
            if let Some(new) = source.get(range.clone()).and_then(|old| self.moved(old)) {
                out.push_str(&source[done..range.start]);
                out.push_str(&new);
                done = range.end;
            }
        }
        (done > 0).then(|| out + &source[done..])
    }

    /// Writes the targets of the assets of `witness` as they are written in the output. Gives those
    /// that it has, to be put back with [`restore`]; none if none is another one.
    pub fn resolve(&self, witness: &mut Witness) -> Vec<String> {
        let assets = &mut witness.assets;
        let new: Vec<Option<String>> = match self.moves {
            Some(_) => assets
                .iter()
                .map(|asset| self.in_output(&asset.target))
                .collect(),
            None => Vec::new(),
        };
        let other = assets.iter().zip(&new);
        if !other
            .into_iter()
            .any(|(asset, new)| new.as_ref().is_some_and(|new| *new != asset.target))
        {
            return Vec::new();
        }
        let targets = assets.iter_mut().zip(new).map(|(asset, new)| {
            let new = new.unwrap_or_else(|| asset.target.clone());
            std::mem::replace(&mut asset.target, new)
        });
        targets.collect()
    }
}

/// Puts targets back that [`Addresses::resolve`] gave.
pub fn restore(witness: &mut Witness, targets: Vec<String>) {
    for (asset, target) in witness.assets.iter_mut().zip(targets) {
        asset.target = target;
    }
}

/// The path in a relative address of a file, and what follows it: a query, a fragment.
fn path_of(address: &str) -> Option<(&str, &str)> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, behind) = address.split_at(end);
    let scheme = path
        .find(':')
        .is_some_and(|colon| !path[..colon].contains('/'));
    let is_relative = !path.is_empty() && !path.starts_with('/') && !scheme;
    is_relative.then_some((path, behind))
}

/// The paths that an address may mean: as it is written, and decoded.
fn ways(path: &str) -> impl Iterator<Item = Vec<u8>> {
    let plain = path.as_bytes().to_vec();
    let decoded = path.contains('%').then(|| decoded(path.as_bytes()));
    std::iter::once(plain).chain(decoded)
}

fn decoded(path: &[u8]) -> Vec<u8> {
    let digit = |at: usize| path.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(path.len());
    let mut at = 0;
    while let Some(byte) = path.get(at) {
        match digit(at + 1).zip(digit(at + 2)).filter(|_| *byte == b'%') {
            Some((high, low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

/// The path that `way` leads to from the folder of `file`. `None` if that is outside.
fn join(file: &[u8], way: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<&[u8]> = file.split(|byte| *byte == b'/').collect();
    parts.pop();
    for part in way.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join(&b'/'))
}

/// The way to `to` from the folder of `file`.
fn relative(file: &[u8], to: &[u8]) -> Vec<u8> {
    let slash = |byte: &u8| *byte == b'/';
    let mut from: Vec<&[u8]> = file.split(slash).collect();
    from.pop();
    let to: Vec<&[u8]> = to.split(slash).collect();
    let same = from.iter().zip(&to[..to.len() - 1]);
    let same = same.take_while(|(one, two)| one == two).count();
    let up = from.iter().skip(same).map(|_| &b".."[..]);
    let parts: Vec<&[u8]> = up.chain(to[same..].iter().copied()).collect();
    parts.join(&b'/')
}

/// A path as an address: what has a meaning in addresses or in markup is encoded.
fn written(path: &[u8]) -> String {
    let mut out = String::with_capacity(path.len());
    for chunk in path.utf8_chunks() {
        for c in chunk.valid().chars() {
            let plain =
                c.is_alphanumeric() || !c.is_ascii() && !c.is_whitespace() && !c.is_control();
            match plain || "/-._~!$+,;=@".contains(c) {
                true => out.push(c),
                false => {
                    let mut bytes = [0; 4];
                    encode(c.encode_utf8(&mut bytes).as_bytes(), &mut out);
                }
            }
        }
        encode(chunk.invalid(), &mut out);
    }
    out
}

fn encode(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        out.push_str(&format!("%{byte:02X}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two dumps: what became of their files.
    fn moves() -> Moves {
        let mut moves = Moves::default();
        for (dump, path, output) in [
            (0, "course/tea.md", "course/tea.md"),
            (0, "img/tea.png", "img/tea.png"),
            (1, "lessons/01/tea.md", "course/tea.md"),
            (1, "lessons/img/tea.png", "img/tea.png"),
            (1, "lessons/img/a b(1).png", "lessons/img/a b(1).png"),
            (1, "lessons/01/water.md", "course/water (2).md"),
        ] {
            moves.insert(dump, path.into(), output.into());
        }
        moves
    }

    #[test]
    fn addresses_lead_to_where_files_are() {
        let moves = moves();
        let addresses = Addresses {
            moves: Some(&moves),
            dump: 1,
            path: b"lessons/01/tea.md",
            output: b"course/tea.md",
        };
        for (address, expected) in [
            ("../img/tea.png", Some("../img/tea.png")),
            (".././img//tea.png?w=1", Some("../img/tea.png?w=1")),
            (
                "../img/a%20b(1).png",
                Some("../lessons/img/a%20b%281%29.png"),
            ),
            ("../img/a b(1).png", Some("../lessons/img/a%20b%281%29.png")),
            ("water.md#boil", Some("water%20%282%29.md#boil")),
            ("tea.md", Some("tea.md")),
            ("../img/none.png", None),
            ("../../../img/tea.png", None),
            ("/img/tea.png", None),
            ("https://tea.example/img/tea.png", None),
            ("mailto:tea", None),
            ("#tea", None),
            ("", None),
        ] {
            assert_eq!(
                addresses.in_output(address).as_deref(),
                expected,
                "{address}"
            );
        }
        // What leads there as it is may stay as it is.
        assert_eq!(addresses.moved("../img/tea.png"), None);
        assert_eq!(
            addresses.moved("./water.md").as_deref(),
            Some("water%20%282%29.md")
        );
    }

    #[test]
    fn grafts_are_rewritten() {
        let moves = moves();
        let addresses = Addresses {
            moves: Some(&moves),
            dump: 1,
            path: b"lessons/01/tea.md",
            output: b"deep/er/tea.md",
        };
        for (format, source, expected) in [
            (
                Format::Markdown,
                "![tea](../img/tea.png \"t\") [w](<water.md>) <img src='../img/tea.png'> [x](x.md)",
                "![tea](../../img/tea.png \"t\") [w](<../../course/water%20%282%29.md>) \
                 <img src='../../img/tea.png'> [x](x.md)",
            ),
            (
                Format::Html,
                "<p title=\"src='../img/tea.png'\"><IMG alt=a SRC=../img/tea.png>茶 <a class=x href=\"water.md#1\">",
                "<p title=\"src='../img/tea.png'\"><IMG alt=a SRC=../../img/tea.png>茶 \
                 <a class=x href=\"../../course/water%20%282%29.md#1\">",
            ),
        ] {
            assert_eq!(addresses.rewrite(source, format).as_deref(), Some(expected));
        }
        assert_eq!(addresses.rewrite("](water.md)", Format::Plain), None);
        assert_eq!(
            Addresses::default().rewrite("[](water.md)", Format::Markdown),
            None
        );
    }
}

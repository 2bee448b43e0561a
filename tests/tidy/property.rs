//! Heaps that nobody thought of: all that their documents say stays.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use lacuna::normalize::{Options, normalize};
use lacuna::text::{AssetKind, Section, Witness};
use proptest::prelude::*;

use super::scratch::{Scratch, files};
use crate::program::lacuna_in;

/// What a document may say; each long enough to be a copy by itself.
const BLOCKS: [&str; 6] = [
    "Warm the pot with boiling water and pour it away, or else the first infusion will be too cold \
     to open the leaves, whatever anybody says about the kettle and the cup.",
    "大多数叶子三分钟就够了，再久就会发苦；如果水太凉，就把壶盖打开一会儿，等香气上来，再慢慢倒进杯子里，\
     不要急着喝第一口，先闻一闻。",
    "![a pot](https://example.org/pot.png) The pot should be of clay, unglazed inside, and small \
     enough that one pouring fills all the cups that stand on the table before you.",
    "Read [the rules](https://example.org/rules) before the guests come, and forget them when they \
     are there: nobody has ever been pleased by a rule that was kept at their expense.",
    "    kettle --boil --to 95\n    pot --warm\n    wait 180 && pour --all # one line for each cup",
    "A short one.",
];

/// Document: front matter or not, blocks by number, and whether as HTML.
type Made = (bool, Vec<usize>, bool);

fn document((front, blocks, html): &Made) -> (&'static str, String) {
    let front = if *front {
        "---\ntitle: Tea\n---\n\n"
    } else {
        ""
    };
    match html {
        true => {
            let plain = [0, 1, 5];
            let blocks = blocks.iter().filter(|at| plain.contains(at));
            let text: Vec<String> = blocks.map(|at| format!("<p>{}</p>", BLOCKS[*at])).collect();
            ("html", format!("<h1>Tea</h1>{}", text.join("\n")))
        }
        false => {
            let text: Vec<&str> = blocks.iter().map(|at| BLOCKS[*at]).collect();
            ("md", format!("{front}# Tea\n\n{}\n", text.join("\n\n")))
        }
    }
}

fn read(path: &Path) -> Witness {
    let extension = path.extension().and_then(|extension| extension.to_str());
    normalize(&fs::read(path).unwrap(), extension, &Options::default()).unwrap()
}

/// Every line with its section, and every asset, that stand in the documents of a heap.
fn said(folder: &Path) -> BTreeSet<(Section, String)> {
    let mut said = BTreeSet::new();
    for (path, _) in files(folder) {
        if path.starts_with(".lacuna") {
            continue;
        }
        let witness = read(&folder.join(path));
        for block in &witness.blocks {
            // Lines of code that follow one another make one block; other blocks are one line.
            for line in block.text(&witness).lines() {
                said.insert((block.section, line.to_owned()));
            }
        }
        for asset in &witness.assets {
            assert_ne!(asset.kind, AssetKind::Avatar);
            said.insert((asset.section, format!("{} {}", asset.target, asset.alt)));
        }
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn all_that_was_said_stays(
        documents in prop::collection::vec(
            (any::<bool>(), prop::collection::vec(0..BLOCKS.len(), 1..5), prop::bool::weighted(0.3)),
            2..9,
        ),
    ) {
        let heap = Scratch::new();
        for (at, made) in documents.iter().enumerate() {
            let (extension, text) = document(made);
            let path = heap.join(&format!("{}/{at}.{extension}", at % 3));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let (before, all) = (files(heap.path()), said(heap.path()));
        lacuna_in(heap.path(), ["dedupe", "--apply", "-q"]).expect(0);
        prop_assert_eq!(said(heap.path()), all);
        // Two with the same bytes never both stay.
        let mut left = files(heap.path());
        left.retain(|(path, _)| !path.starts_with(".lacuna"));
        let bytes: BTreeSet<&Vec<u8>> = left.iter().map(|(_, bytes)| bytes).collect();
        prop_assert_eq!(bytes.len(), left.len());
        if heap.join(".lacuna").exists() {
            lacuna_in(heap.path(), ["undo", "--apply", "-q"]).expect(0);
            fs::remove_dir_all(heap.join(".lacuna")).unwrap();
        }
        prop_assert_eq!(files(heap.path()), before);
    }
}

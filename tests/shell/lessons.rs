//! Dumps of lessons, in which no two lessons share anything.

use super::tree::Tree;

/// A lesson of some paragraphs; a shorter one is the beginning of a longer one.
pub fn lesson(number: u64, paragraphs: usize) -> String {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut word = || {
        state =
            (state.wrapping_mul(6_364_136_223_846_793_005)).wrapping_add(1_442_695_040_888_963_407);
        let letter = |at: u32| char::from(b'a' + ((state >> (24 + 5 * at)) % 26) as u8);
        (0..7).map(letter).collect::<String>()
    };
    let mut sentence = || (0..30).map(|_| word()).collect::<Vec<_>>().join(" ") + ".\n\n";
    (0..paragraphs).map(|_| sentence()).collect()
}

/// `full/` with lessons of eight paragraphs, and `cut/` with the first of each: lesson 1 lacks
/// most, the last one least.
pub fn two_dumps(name: &str, lessons: u64) -> Tree {
    (1..=lessons).fold(Tree::new(name), |tree, number| {
        let (part, last) = (number % 3, 8 + lessons as usize);
        let kept = last - 1 - (lessons - number) as usize;
        tree.file(&format!("full/{part}/{number:03}.md"), lesson(number, last))
            .file(&format!("cut/{part}/{number:03}.md"), lesson(number, kept))
    })
}

//! Places of a text by more and more of what follows them: a ladder of indices, each of which holds
//! only the places that the one below it does not tell apart.

use xxhash_rust::xxh3::xxh3_64;

use super::lookup::{NONE, TRIES, chain};

/// How many bytes from a place on each rung tells apart. Of places that have even the last of them
/// in common, the first are as good as any.
const LENGTHS: [usize; 4] = [32, 96, 384, 1536];

/// The ladder. Empty unless something stands at more than [`TRIES`] places.
#[derive(Default)]
pub(super) struct Rungs(Vec<Rung>);

/// Places by their first bytes.
struct Rung {
    /// How many bytes.
    len: usize,
    /// First entry of each bucket.
    heads: Vec<u32>,
    /// Next entry of the same bucket, for each entry. Ascending in place.
    next: Vec<u32>,
    /// The places.
    places: Vec<u32>,
    shift: u32,
}

impl Rungs {
    /// Indexes those of `lists` that are long; `place` says where an entry of them stands in `hay`.
    pub fn new<L: Iterator<Item = u32>>(
        hay: &[u8],
        lists: impl Iterator<Item = L>,
        place: impl Fn(u32) -> usize,
    ) -> Self {
        let mut long = Vec::new();
        for list in lists {
            keep_long(list.map(|entry| place(entry) as u32), &mut long);
        }
        let mut rungs = Vec::new();
        for len in LENGTHS {
            if long.is_empty() {
                break;
            }
            let rung = Rung::new(hay, len, long);
            long = Vec::new();
            for head in &rung.heads {
                let list = chain(*head, &rung.next);
                keep_long(list.map(|entry| rung.places[entry as usize]), &mut long);
            }
            rungs.push(rung);
        }
        Self(rungs)
    }

    /// The places of `hay` that have the most in common with the beginning of `text`, as far as the
    /// rungs tell; ascending.
    pub fn find<'t>(
        &'t self,
        hay: &'t [u8],
        text: &'t [u8],
    ) -> Option<impl Iterator<Item = usize> + 't> {
        let mut found = None;
        for rung in &self.0 {
            let Some(wanted) = text.get(..rung.len) else {
                break;
            };
            let head = rung.heads[rung.bucket(wanted)];
            let is_there = |entry: u32| {
                let at = rung.places[entry as usize] as usize;
                hay.get(at..at + rung.len) == Some(wanted)
            };
            if !chain(head, &rung.next).take(TRIES).any(is_there) {
                break;
            }
            found = Some((rung, head));
        }
        let (rung, head) = found?;
        Some(chain(head, &rung.next).map(|entry| rung.places[entry as usize] as usize))
    }
}

/// Adds a list, which ascends, to `long` if it is.
fn keep_long(list: impl Iterator<Item = u32>, long: &mut Vec<u32>) {
    let before = long.len();
    long.extend(list);
    if long.len() - before <= TRIES {
        long.truncate(before);
    }
}

impl Rung {
    fn new(hay: &[u8], len: usize, mut places: Vec<u32>) -> Self {
        places.retain(|place| *place as usize + len <= hay.len());
        places.sort_unstable();
        let bits = usize::BITS - places.len().next_power_of_two().leading_zeros();
        let mut rung = Self {
            len,
            heads: vec![NONE; 1 << bits],
            next: vec![NONE; places.len()],
            places,
            shift: 64 - bits,
        };
        for entry in (0..rung.places.len()).rev() {
            let at = rung.places[entry] as usize;
            let bucket = rung.bucket(&hay[at..at + len]);
            rung.next[entry] = rung.heads[bucket];
            rung.heads[bucket] = entry as u32;
        }
        rung
    }

    fn bucket(&self, text: &[u8]) -> usize {
        (xxh3_64(text) >> self.shift) as usize
    }
}

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
    /// Indexes those of `lists` that are long, of entries below `count`; `place` says where an entry of
    /// them stands in `hay`, and ascends.
    pub fn new<L: Iterator<Item = u32> + Clone>(
        hay: &[u8],
        count: usize,
        lists: impl Iterator<Item = L>,
        place: impl Fn(u32) -> usize,
    ) -> Self {
        let long = in_long_lists(count, lists);
        let mut places: Vec<u32> = long.map(|entry| place(entry) as u32).collect();
        let mut rungs = Vec::new();
        for len in LENGTHS {
            if places.is_empty() {
                break;
            }
            let rung = Rung::new(hay, len, places);
            let lists = rung.heads.iter().map(|head| chain(*head, &rung.next));
            let long = in_long_lists(rung.places.len(), lists);
            places = long.map(|entry| rung.places[entry as usize]).collect();
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

/// The entries, below `count`, of those of `lists` that are long; ascending.
fn in_long_lists<L: Iterator<Item = u32> + Clone>(
    count: usize,
    lists: impl Iterator<Item = L>,
) -> impl Iterator<Item = u32> {
    // No room is taken where no list is long.
    let mut is_in = Vec::new();
    for list in lists.filter(|list| list.clone().nth(TRIES).is_some()) {
        is_in.resize(count, false);
        list.for_each(|entry| is_in[entry as usize] = true);
    }
    (0..)
        .zip(is_in)
        .filter_map(|(entry, is_in)| is_in.then_some(entry))
}

impl Rung {
    /// `places` ascend.
    fn new(hay: &[u8], len: usize, mut places: Vec<u32>) -> Self {
        places.retain(|place| *place as usize + len <= hay.len());
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

//! Which readings of several copies point to each other because a passage moved.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::report::Synopsis;
use crate::report::markup::escaped;
use crate::text::{Edit, Reading, Row, TableCell};

/// The id of a reading, and what it corresponds to: as attributes have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub id: String,
    pub corresp: String,
}

/// The moved passages of all copies. A place is a copy, and where its match text goes on.
pub(super) struct Transpositions {
    /// Where the copies have what moved.
    there: HashSet<(usize, usize)>,
    /// By where the base goes on.
    of_base: HashMap<usize, Link>,
    of_copies: HashMap<(usize, usize), Link>,
}

impl Transpositions {
    /// Those of a table. A passage that moved in several copies has one reading in the base, which
    /// points to all of theirs.
    pub fn of(synopsis: &Synopsis<'_>) -> Self {
        let mut there = HashSet::new();
        let mut begins: HashMap<(usize, usize), usize> = HashMap::new();
        for (copy, (_, relation)) in synopsis.copies.iter().enumerate() {
            for one in &relation.moves {
                let edits = relation.edits.get(one.base_edits.clone());
                let moved = edits.into_iter().flatten().filter_map(|edit| match edit {
                    Edit::Moved { base, copy } => Some((base.match_text, copy.match_text)),
                    _ => None,
                });
                let moved: Vec<_> = moved.collect();
                there.extend(moved.iter().map(|(_, to)| (copy, to.start())));
                begins.extend(
                    moved
                        .first()
                        .map(|(from, to)| ((copy, to.start()), from.start())),
                );
            }
        }
        let rows = &synopsis.table.rows;
        let starts: HashSet<usize> = (rows.iter().filter_map(|row| row.base))
            .map(|base| base.match_text.start())
            .collect();
        let mut arrivals: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for reading in rows.iter().flat_map(|row| &row.readings) {
            let mut places =
                places(reading).filter_map(|place| Some((*begins.get(&place)?, place)));
            if let Some((from, place)) = places.next().filter(|(from, _)| starts.contains(from)) {
                arrivals.entry(from).or_default().push(place);
            }
        }
        let mut all = Self {
            there,
            of_base: HashMap::new(),
            of_copies: HashMap::new(),
        };
        for (number, (from, places)) in (1..).zip(arrivals) {
            all.link(synopsis, number, from, &places);
        }
        all
    }

    fn link(
        &mut self,
        synopsis: &Synopsis<'_>,
        number: usize,
        from: usize,
        places: &[(usize, usize)],
    ) {
        let id = |siglum: &str| format!("{}.{number}", escaped(siglum));
        let of_base = id(synopsis.base.siglum);
        let mut to = Vec::new();
        for place in places {
            let of_copy = id(synopsis.siglum(place.0));
            to.push(format!("#{of_copy}"));
            let link = Link {
                id: of_copy,
                corresp: format!("#{of_base}"),
            };
            self.of_copies.insert(*place, link);
        }
        let link = Link {
            id: of_base,
            corresp: to.join(" "),
        };
        self.of_base.insert(from, link);
    }

    /// Whether a copy has what moved in a row, or elsewhere. What it only repeats did not move.
    pub fn has(&self, row: &Row) -> bool {
        let is_gone = |(copy, cell): (usize, &TableCell)| match cell {
            TableCell::Moved(there) => self.there.contains(&(copy, there.match_text.start())),
            _ => false,
        };
        let is_come = |reading: &Reading| places(reading).any(|place| self.there.contains(&place));
        row.cells.iter().enumerate().any(is_gone) || row.readings.iter().any(is_come)
    }

    /// The readings of a row that begin a passage which moved: whose, `None` for the base's.
    pub fn links(&self, row: &Row) -> Vec<(Option<usize>, Link)> {
        let of_base = row
            .base
            .and_then(|base| self.of_base.get(&base.match_text.start()));
        let places = row.readings.iter().flat_map(places);
        let of_copies =
            places.filter_map(|place| Some((Some(place.0), self.of_copies.get(&place)?)));
        let all = of_base
            .map(|link| (None, link))
            .into_iter()
            .chain(of_copies);
        all.map(|(whose, link)| (whose, link.clone())).collect()
    }
}

/// Where copies have a reading that the base has elsewhere.
fn places(reading: &Reading) -> impl Iterator<Item = (usize, usize)> {
    let of_base = reading.moved_from.is_some();
    let by = reading.by.iter().filter(move |_| of_base);
    by.map(|(copy, passage)| (*copy, passage.match_text.start()))
}

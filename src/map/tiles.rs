//! The map of equal tiles: one for each province roughly where it lies, with tiles of their own for the archipelagos
//! (`vocabularies/tiles.csv`).

use std::sync::LazyLock;

use crate::vocabulary;

/// A tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The code of the province, or of the province that the archipelago belongs to.
    pub code: String,
    /// The row, from 0 in the north.
    pub row: u32,
    /// The column, from 0 in the west.
    pub column: u32,
    /// Columns that it takes.
    pub wide: u32,
    /// An abbreviation of the name.
    pub short: String,
    /// The code of the archipelago; none of a province.
    pub archipelago: Option<String>,
}

static LISTS: LazyLock<[Vec<Tile>; 2]> = LazyLock::new(|| [list("34"), list("63")]);

fn list(wanted: &str) -> Vec<Tile> {
    let bytes = vocabulary::file("tiles.csv").unwrap_or_default();
    let tile = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let &[list, code, row, column, wide, short, archipelago] = cells.as_slice() else { return None };
        (list == wanted).then_some(Tile {
            code: code.to_owned(),
            row: row.parse().ok()?,
            column: column.parse().ok()?,
            wide: wide.parse().ok()?,
            short: short.to_owned(),
            archipelago: (!archipelago.is_empty()).then(|| archipelago.to_owned()),
        })
    };
    String::from_utf8_lossy(&bytes).lines().skip(1).filter_map(tile).collect()
}

/// The tiles of the provinces of today, or `old` of the 63 before 1 July 2025.
pub fn tiles(old: bool) -> &'static [Tile] {
    &LISTS[usize::from(old)]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::map::{archipelagos, provinces_on};
    use crate::vocabulary::LAST_DAY_OF_63;

    #[test]
    fn every_province_has_one_tile_no_two_tiles_overlap_and_both_archipelagos_are_there() {
        for (old, day) in [(true, LAST_DAY_OF_63), (false, "2026-11-28".parse().unwrap())] {
            let tiles = tiles(old);
            let (land, islands): (Vec<&Tile>, Vec<&Tile>) = tiles.iter().partition(|tile| tile.archipelago.is_none());
            let codes: BTreeSet<&str> = land.iter().map(|tile| tile.code.as_str()).collect();
            let known = provinces_on(day);
            assert_eq!(codes, known.iter().map(|unit| unit.code.as_str()).collect());
            assert_eq!(land.len(), codes.len());
            let shorts: BTreeSet<&str> = land.iter().map(|tile| tile.short.as_str()).collect();
            assert_eq!(shorts.len(), land.len(), "an abbreviation twice");
            let cells: Vec<(u32, u32)> =
                tiles.iter().flat_map(|tile| (0..tile.wide).map(move |at| (tile.row, tile.column + at))).collect();
            assert_eq!(cells.iter().collect::<BTreeSet<_>>().len(), cells.len(), "two tiles in one place");
            let told: Vec<(Option<&str>, &str)> =
                islands.iter().map(|tile| (tile.archipelago.as_deref(), tile.code.as_str())).collect();
            let wanted: Vec<(Option<&str>, &str)> =
                archipelagos().iter().map(|one| (Some(one.code.as_str()), one.province.as_str())).collect();
            assert_eq!(told, wanted);
        }
    }
}

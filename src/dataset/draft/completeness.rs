//! What a draft still lacks, so that its author sees it while writing.

use super::super::{Metadata, ResourceVersion};
use crate::kernel::{Localized, Result};

/// One thing that makes a dataset easier to find, read and use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its code: the message `completeness-{code}` says it in words.
    pub code: &'static str,
    /// Whether nothing can be published without it.
    pub required: bool,
    /// What it counts, of 100.
    pub weight: u32,
    /// How much of that is there.
    pub got: u32,
}

impl Point {
    /// Whether all of it is there.
    pub fn done(&self) -> bool {
        self.got == self.weight
    }
}

/// Words that a description should have at least, so that a reader understands what the data are.
const WORDS: usize = 20;

/// Everything that is looked at, in the order of the form.
///
/// # Errors
/// `Internal` when a stored report is damaged.
pub fn completeness(metadata: &Metadata, resources: &[ResourceVersion]) -> Result<Vec<Point>> {
    let said = |text: Option<&Localized>| text.is_some_and(|text| !text.vi.trim().is_empty());
    let english = |text: &Localized| text.en.as_deref().is_some_and(|text| !text.trim().is_empty());
    let words = metadata.description.vi.split_whitespace().count();
    let point =
        |code, required, weight, done: bool| Point { code, required, weight, got: if done { weight } else { 0 } };
    let (mut columns, mut told) = (0_u32, 0_u32);
    for resource in resources {
        for column in resource.table.report()?.outcome.columns {
            columns += 1;
            told += u32::from(said(resource.note(&column.title).and_then(|note| note.meaning.as_ref())));
        }
    }
    let dictionary = 20;
    Ok(vec![
        point("title", true, 10, !metadata.title.vi.trim().is_empty()),
        point("description", false, 20, words >= WORDS),
        point("topic", true, 5, !metadata.topic.is_empty()),
        point("frequency", true, 5, !metadata.frequency.is_empty()),
        point("keywords", false, 5, !metadata.keywords.is_empty()),
        point("coverage", false, 5, metadata.from.is_some() || metadata.to.is_some()),
        point("spatial", false, 5, said(metadata.spatial.as_ref())),
        point("tables", true, 15, !resources.is_empty()),
        Point {
            code: "dictionary",
            required: false,
            weight: dictionary,
            got: (dictionary * told).checked_div(columns).unwrap_or(0),
        },
        point("english", false, 10, english(&metadata.title) && english(&metadata.description)),
    ])
}

/// Of 100.
pub fn score(points: &[Point]) -> u32 {
    points.iter().map(|point| point.got).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_make_a_hundred_and_an_empty_draft_has_nothing() {
        let points = completeness(&Metadata::default(), &[]).unwrap();
        assert_eq!(points.iter().map(|point| point.weight).sum::<u32>(), 100);
        assert_eq!(score(&points), 0);
        assert_eq!(points.iter().filter(|point| point.required).count(), 4);
    }
}

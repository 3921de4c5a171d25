//! Pages of listings.

/// Which page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// From 1.
    pub number: u64,
    /// Items on a page.
    pub size: u64,
}

impl PageRequest {
    /// A page by its number as a reader typed it: nonsense counts as the first page, and the number is held below a million
    /// so that the offset cannot overflow.
    pub fn new(number: Option<&str>, size: u64) -> Self {
        let number = number.and_then(|text| text.parse().ok()).unwrap_or(1);
        Self { number: u64::clamp(number, 1, 1_000_000), size: size.max(1) }
    }

    /// The same request where that many items are: a page past the last one counts as the last, so that nobody meets an empty
    /// page of a list that is not.
    #[must_use]
    pub fn within(self, total: u64) -> Self {
        Self { number: self.number.min(total.div_ceil(self.size).max(1)), ..self }
    }

    /// How many items come before this page.
    pub fn offset(self) -> u64 {
        (self.number - 1) * self.size
    }
}

/// One page of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// How many there are on all pages.
    pub total: u64,
    /// Which page it is.
    pub request: PageRequest,
}

impl<T> Page<T> {
    /// How many pages there are; at least 1.
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.request.size).max(1)
    }

    /// The same page with other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), total: self.total, request: self.request }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_past_the_last_is_the_last() {
        let asked = |number| PageRequest::new(Some(number), 20);
        assert_eq!(asked("3").within(41).number, 3);
        assert_eq!(asked("4").within(41).number, 3);
        assert_eq!(asked("3").within(40).number, 2);
        assert_eq!(asked("9").within(0).number, 1);
    }
}

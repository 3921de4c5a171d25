//! Axes with round ticks, and steps of a histogram.

use crate::table::explore::Counted;

/// An axis from its first tick to its last.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// The first tick.
    pub low: f64,
    /// The last.
    pub high: f64,
    /// The ticks, in order.
    pub ticks: Vec<f64>,
    /// Decimals that tell the ticks apart.
    pub decimals: usize,
}

impl Scale {
    /// An axis that covers these values with about so many round steps; with `zero` it holds zero.
    pub fn nice(low: f64, high: f64, about: usize, zero: bool) -> Self {
        let (mut low, mut high) =
            if low.is_finite() && high.is_finite() { (low.min(high), low.max(high)) } else { (0.0, 1.0) };
        if zero {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if low == high {
            let room = if low == 0.0 { 1.0 } else { low.abs() * 0.1 };
            (low, high) = if zero && low >= 0.0 { (low, high + room) } else { (low - room, high + room) };
        }
        // Steps finer than what a double tells apart are none.
        let finest = low.abs().max(high.abs()) * 1e-12;
        let step = round_step(((high - low) / about.max(1) as f64).max(finest));
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // about as many as asked for
        let count = (last - first).clamp(1.0, 1000.0) as usize;
        let ticks: Vec<f64> = (0..=count).map(|at| (first + at as f64) * step + 0.0).collect();
        Self { low: ticks[0], high: ticks[count], ticks, decimals: decimals(step) }
    }

    /// Where a value stands between the first tick (0) and the last (1); never outside.
    pub fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// The least of 1, 2, 5, 10 … that is not less.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    let found = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= least * (1.0 - 1e-9));
    found.unwrap_or(10.0) * power
}

fn decimals(step: f64) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a few hundred at most
    let found = (-step.log10().floor()).clamp(0.0, 12.0) as usize;
    found
}

/// Round steps for a histogram of numbers from `low` to `high`; of whole numbers no step is finer than one.
pub fn bins(low: f64, high: f64, whole: bool) -> Counted {
    let about = 20;
    if low >= high {
        let width = if whole { 1.0 } else { round_step(low.abs().max(1.0) / 100.0) };
        return Counted { first: (low / width).floor() * width, width, steps: 1 };
    }
    let mut width = round_step((high - low) / f64::from(about));
    if whole {
        width = width.max(1.0);
    }
    let first = (low / width).floor();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // about as many as asked for
    let mut steps = ((high / width).floor() - first).clamp(0.0, 100.0) as usize + 1;
    // What is greatest and ends a step of measured numbers belongs to that step.
    if !whole && steps > 1 && (first + (steps - 1) as f64) * width >= high {
        steps -= 1;
    }
    Counted { first: first * width, width, steps }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ticks_cover_the_range_in_equal_round_steps(a in -1e9f64..1e9, b in -1e9f64..1e9, about in 2usize..9, zero: bool) {
            let scale = Scale::nice(a, b, about, zero);
            prop_assert!(scale.low <= a.min(b) + 1e-6 && scale.high >= a.max(b) - 1e-6, "{scale:?}");
            prop_assert!(!zero || (scale.low <= 0.0 && scale.high >= 0.0));
            prop_assert!((2..=about + 3).contains(&scale.ticks.len()), "{scale:?}");
            let step = scale.ticks[1] - scale.ticks[0];
            for pair in scale.ticks.windows(2) {
                prop_assert!((pair[1] - pair[0] - step).abs() <= step * 1e-6);
            }
        }

        #[test]
        fn steps_hold_every_number(a in -1e6f64..1e6, b in -1e6f64..1e6, whole: bool) {
            let (low, high) = (a.min(b), a.max(b));
            let (low, high) = if whole { (low.round(), high.round()) } else { (low, high) };
            let steps = bins(low, high, whole);
            let end = steps.first + steps.width * steps.steps as f64;
            prop_assert!(steps.first <= low + 1e-6 && high <= end + 1e-6, "{steps:?}");
            prop_assert!((1..=45).contains(&steps.steps), "{steps:?}");
            prop_assert!(!whole || steps.width >= 1.0);
        }
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(Scale::nice(5120.0, 6850.0, 4, false).ticks, [5000.0, 5500.0, 6000.0, 6500.0, 7000.0]);
        assert_eq!(Scale::nice(0.0, 0.0, 4, true).low, 0.0);
        assert_eq!(Scale::nice(0.12, 0.31, 4, true).decimals, 1);
        assert_eq!(Scale::nice(f64::NAN, 1.0, 4, false).ticks.first(), Some(&0.0));
    }
}

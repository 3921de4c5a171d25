//! Classes of values: which of a few shades a unit gets.

/// How values are put into classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// About as many units in each.
    Quantiles,
    /// Steps of the same height.
    Equal,
}

/// A class of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Class {
    /// The least value; of equal steps, where the step begins.
    pub low: f64,
    /// The greatest value; of equal steps, where the step ends.
    pub high: f64,
    /// How many values it holds.
    pub count: usize,
}

/// At most `most` classes of values, least first. Equal values share a class; what is no number is left out.
pub fn classes(values: &[f64], method: Method, most: usize) -> Vec<Class> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(&least), Some(&greatest)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    let most = most.max(1);
    if method == Method::Equal && greatest > least {
        let step = (greatest - least) / most as f64;
        let mut found: Vec<Class> = (0..most)
            .map(|at| Class {
                low: least + step * at as f64,
                high: if at + 1 == most { greatest } else { least + step * (at + 1) as f64 },
                count: 0,
            })
            .collect();
        for value in &sorted {
            let at = class_of(&found, *value);
            found[at].count += 1;
        }
        return found;
    }
    let mut found: Vec<Class> = Vec::new();
    let mut from = 0;
    for at in 1..=most {
        let cut = (sorted.len() * at / most).max(1) - 1;
        let high = sorted[cut];
        let to = sorted.partition_point(|value| *value <= high);
        if to > from {
            found.push(Class { low: sorted[from], high, count: to - from });
            from = to;
        }
    }
    found
}

/// The class of a value: the first whose end it does not pass.
pub fn class_of(classes: &[Class], value: f64) -> usize {
    classes.iter().position(|class| value <= class.high).unwrap_or(classes.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_value_is_in_the_class_that_holds_it(
            values in prop::collection::vec(-1e6..1e6_f64, 1..200), equal in any::<bool>(),
        ) {
            let method = if equal { Method::Equal } else { Method::Quantiles };
            let found = classes(&values, method, 5);
            prop_assert!((1..=5).contains(&found.len()));
            prop_assert_eq!(found.iter().map(|class| class.count).sum::<usize>(), values.len());
            for value in &values {
                let class = found[class_of(&found, *value)];
                prop_assert!(class.low - 1e-6 <= *value && *value <= class.high, "{value} in {class:?}");
            }
            prop_assert!(found.windows(2).all(|two| two[0].high <= two[1].low + 1e-6));
        }
    }

    #[test]
    fn equal_values_share_a_class_and_nothing_has_none() {
        assert_eq!(classes(&[3.0; 9], Method::Quantiles, 5), [Class { low: 3.0, high: 3.0, count: 9 }]);
        assert_eq!(classes(&[3.0; 9], Method::Equal, 5).len(), 1);
        assert!(classes(&[f64::NAN], Method::Equal, 5).is_empty());
        let counts: Vec<usize> = classes(&(0..10).map(f64::from).collect::<Vec<_>>(), Method::Quantiles, 5)
            .iter()
            .map(|c| c.count)
            .collect();
        assert_eq!(counts, [2; 5]);
    }
}

//! Who answers for what was an agency's once it is over.

use std::collections::HashMap;

use crate::kernel::id::AgencyId;

/// The agencies that are over on a day, each with the body that took over in the end.
#[derive(Clone, Debug, Default)]
pub struct Heirs {
    /// What those that are over were called.
    over: HashMap<AgencyId, String>,
    by_agency: HashMap<AgencyId, AgencyId>,
}

impl Heirs {
    /// Of agencies that are over, each with who took over from it, if somebody did. A successor that is over as well hands on.
    pub(super) fn of_rows(rows: Vec<(AgencyId, String, Option<AgencyId>)>) -> Self {
        let next: HashMap<AgencyId, AgencyId> =
            rows.iter().filter_map(|(id, _, successor)| Some((id.clone(), successor.clone()?))).collect();
        let over = rows.into_iter().map(|(id, name, _)| (id, name)).collect();
        let last = |first: &AgencyId| {
            let mut at = first;
            // The directory holds no circle; a bound all the same, since every request asks.
            for _ in 0..next.len() {
                match next.get(at) {
                    Some(successor) => at = successor,
                    None => break,
                }
            }
            at.clone()
        };
        let by_agency = next.keys().map(|id| (id.clone(), last(id))).collect();
        Self { over, by_agency }
    }

    /// Who answers for what is, or was, an agency's: itself, unless it is over and another body took over.
    pub fn of<'a>(&'a self, agency: &'a AgencyId) -> &'a AgencyId {
        self.by_agency.get(agency).unwrap_or(agency)
    }

    /// Whether nobody is left who answers for it.
    pub fn is_gone(&self, agency: &AgencyId) -> bool {
        self.over.contains_key(self.of(agency))
    }

    /// What an agency was called whose work another body took over.
    pub fn called(&self, agency: &AgencyId) -> Option<&str> {
        let taken_over = self.by_agency.contains_key(agency);
        self.over.get(agency).filter(|_| taken_over).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_handed_on_is_the_last_ones_and_what_nobody_took_stays() {
        let [a, b, c, d, e] = [(); 5].map(|()| AgencyId::fresh());
        let over = |id: &AgencyId, successor: Option<&AgencyId>| (id.clone(), format!("x{id}"), successor.cloned());
        let heirs = Heirs::of_rows(vec![over(&a, Some(&b)), over(&b, Some(&c)), over(&d, None), over(&e, Some(&d))]);
        for (of, wanted) in [(&a, &c), (&b, &c), (&c, &c), (&d, &d), (&e, &d)] {
            assert_eq!(heirs.of(of), wanted);
        }
        assert_eq!([&a, &b, &c, &d, &e].map(|one| heirs.is_gone(one)), [false, false, false, true, true]);
        assert_eq!(
            (heirs.called(&a), heirs.called(&c), heirs.called(&d)),
            (Some(format!("x{a}").as_str()), None, None)
        );
        // A circle, which the directory refuses, ends all the same.
        let round = Heirs::of_rows(vec![over(&a, Some(&b)), over(&b, Some(&a))]);
        round.of(&a);
    }
}

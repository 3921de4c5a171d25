//! Whose duties somebody sees.

use crate::access::{Action, may};
use crate::account::Person;
use crate::kernel::id::AgencyId;

/// The agencies whose duties a person sees, of one that is chosen or of any: all (`None`) for those who see how the province stands, else
/// those at which they hold a role. Nobody chooses what they do not see.
pub fn scope(person: &Person, chosen: Option<AgencyId>) -> Option<Vec<AgencyId>> {
    if may(person, Action::SeeProvince).granted() {
        return chosen.map(|one| vec![one]);
    }
    let mut own: Vec<AgencyId> = person.held.iter().map(|held| held.agency.clone()).collect();
    own.sort();
    own.dedup();
    own.retain(|agency| chosen.as_ref().is_none_or(|one| one == agency));
    Some(own)
}

//! What people type about accounts.

use serde::Deserialize;

use super::super::{is_mail, line, needed_day, optional_day};
use crate::account::Identity;
use crate::kernel::text::fold;
use crate::kernel::{Error, Problem, Result};
use crate::profile::Profile;

/// An account that is asked for, or made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AccountForm {
    /// The person's name.
    pub full_name: String,
    /// The name to sign in with; left empty, one is made of the person's name.
    pub user_name: String,
    /// The e-mail.
    pub email: String,
    /// The agency's id.
    pub agency: String,
    /// The role's code.
    pub role: String,
    /// First day of the role.
    pub valid_from: String,
    /// Last day of the role, if it is to end.
    pub valid_to: String,
    /// What it is for.
    pub reason: String,
    /// How the person gets in: `show` (a first password, shown once) or `mail` (a link).
    pub delivery: String,
}

/// The same, checked.
pub(super) struct Wanted {
    pub full_name: String,
    /// None where one is to be made.
    pub user_name: Option<String>,
    pub email: String,
    pub role: String,
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub reason: String,
}

impl AccountForm {
    /// Names every wrong field at once.
    ///
    /// # Errors
    /// `Invalid`: `person-name-missing`, `user-name-form`, `email-form`, `role-choose`, `date-form`, `period-order`, `reason-missing`, each
    /// on its field.
    pub(super) fn check(&self, profile: &Profile) -> Result<Wanted> {
        let mut problems = Vec::new();
        let full_name = line(&self.full_name, 150, "person-name-missing", "full_name", &mut problems);
        let typed = self.user_name.trim().to_lowercase();
        if !typed.is_empty() && !is_user_name(&typed) {
            problems.push(Problem::new("user-name-form").on("user_name"));
        }
        let email = self.email.trim().to_lowercase();
        if !is_mail(&email) {
            problems.push(Problem::new("email-form").on("email"));
        }
        if profile.role(&self.role).is_none() {
            problems.push(Problem::new("role-choose").on("role"));
        }
        let (valid_from, valid_to) = period(&self.valid_from, &self.valid_to, &mut problems);
        let reason = super::super::reason_of(&self.reason).unwrap_or_else(|error| {
            problems.extend_from_slice(error.problems());
            String::new()
        });
        if !problems.is_empty() {
            return Err(Error::invalid_all(problems));
        }
        let user_name = (!typed.is_empty()).then_some(typed);
        Ok(Wanted { full_name, user_name, email, role: self.role.clone(), valid_from, valid_to, reason })
    }
}

/// First and last day, with what is wrong with them.
fn period(from: &str, to: &str, problems: &mut Vec<Problem>) -> (String, Option<String>) {
    let from = needed_day(from, "valid_from", problems);
    let to = optional_day(to, "valid_to", problems);
    if to.as_ref().is_some_and(|to| !to.is_empty() && *to < from) {
        problems.push(Problem::new("period-order").on("valid_to"));
    }
    (from, to)
}

/// Letters without tone marks, digits, dots, hyphens and low lines: 3 to 50, a letter first.
fn is_user_name(name: &str) -> bool {
    (3..=50).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c))
}

/// A user name made of a person's name as offices do: the given name, then the first letters of what stands before it.
pub(super) fn suggested(full_name: &str) -> String {
    let folded = fold(full_name);
    let words: Vec<String> = folded
        .split_whitespace()
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    let initials: String = words.iter().rev().skip(1).rev().filter_map(|word| word.chars().next()).collect();
    let name: String = words.last().map(|given| given.to_owned() + &initials).unwrap_or_default();
    let name: String = name.to_lowercase().chars().take(40).collect();
    if is_user_name(&name) {
        name
    } else {
        format!("user{}", name.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
    }
}

/// A role to be given.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RoleForm {
    /// The agency's id.
    pub agency: String,
    /// The role's code.
    pub role: String,
    /// First day.
    pub valid_from: String,
    /// Last day, if it is to end.
    pub valid_to: String,
    /// The user name of the person whose place the holder takes during their leave; empty for a role of one's own.
    pub deputy_for: String,
}

impl RoleForm {
    /// First and last day, every wrong field named at once.
    ///
    /// # Errors
    /// `Invalid`: `role-choose`, `date-form`, `period-order`, and `deputy-end` where a deputy's role has no last day.
    pub(super) fn check(&self, profile: &Profile) -> Result<(String, Option<String>)> {
        let mut problems = Vec::new();
        if profile.role(&self.role).is_none() {
            problems.push(Problem::new("role-choose").on("role"));
        }
        let days = period(&self.valid_from, &self.valid_to, &mut problems);
        if !self.deputy_for.trim().is_empty() && days.1.is_none() {
            problems.push(Problem::new("deputy-end").on("valid_to"));
        }
        if problems.is_empty() { Ok(days) } else { Err(Error::invalid_all(problems)) }
    }
}

/// What an account says of its owner, to be changed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    /// The person's name.
    pub full_name: String,
    /// The name to sign in with.
    pub user_name: String,
    /// The e-mail.
    pub email: String,
}

impl PersonForm {
    /// Names every wrong field at once: `person-name-missing`, `user-name-form`, `email-form`.
    pub(super) fn check(&self) -> Result<Identity> {
        let mut problems = Vec::new();
        let full_name = line(&self.full_name, 150, "person-name-missing", "full_name", &mut problems);
        let user_name = self.user_name.trim().to_lowercase();
        if !is_user_name(&user_name) {
            problems.push(Problem::new("user-name-form").on("user_name"));
        }
        let email = self.email.trim().to_lowercase();
        if !is_mail(&email) {
            problems.push(Problem::new("email-form").on("email"));
        }
        if problems.is_empty() {
            Ok(Identity { user_name, email, full_name })
        } else {
            Err(Error::invalid_all(problems))
        }
    }
}

/// The form that changes one's own name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OwnNameForm {
    /// The name.
    pub full_name: String,
}

/// The form that takes off a second factor that somebody lost.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FactorForm {
    /// Why, and how it was made sure who asks.
    pub factor_reason: String,
    /// A code of whoever takes it off, who may have a second factor too.
    pub code: String,
}

/// The form that locks, unlocks or closes an account, or ends one of its roles.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StateForm {
    /// Why.
    pub reason: String,
    /// Which role ends, as `RolePeriod::key` says it.
    pub key: String,
    /// The role's last day.
    pub last_day: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_is_made_of_the_persons_name() {
        for (full, user) in [
            ("Nguyễn Thị Hạnh", "hanhnt"),
            ("Đỗ Văn Đức", "ducdv"),
            ("H'Hen Niê", "nieh"),
            ("Lý", "userly"),
            ("王", "user"),
        ] {
            assert_eq!(suggested(full), user, "{full}");
        }
    }

    #[test]
    fn user_names_are_plain() {
        assert!(is_user_name("hanhnt") && is_user_name("hanh.nt-2"));
        for wrong in ["", "ab", "2hanh", "hạnh", "a b c", "Hanh", "a\r\nb"] {
            assert!(!is_user_name(wrong), "{wrong}");
        }
    }
}

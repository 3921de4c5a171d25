//! The form of a route table: one list from which the router is built and which the access test walks.

use std::collections::BTreeMap;

use actix_web::http::Method;
use actix_web::{Resource, guard, web};

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Anyone,
    /// Whoever owes the code of the second factor; everybody else is sent to sign in.
    HalfSignedIn,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever may read the originals of the dataset's agency.
    OriginalReaders,
    /// Whoever may write drafts of datasets of some agency.
    Editors,
    /// Whoever may write drafts of the dataset's agency.
    DatasetEditors,
    /// Whoever may see what the scan found in the dataset's data.
    FindingReaders,
    /// Whoever sees what was destroyed for good, and the backups: who asks and who confirms, the auditors, those who run the portal.
    PurgeReaders,
    /// Whoever may read the audit log and handle alerts.
    AuditReaders,
    /// Whoever sees accounts: the coordinating department, those who run the portal, who speaks for an agency.
    AccountReaders,
    /// Whoever asks for accounts: the coordinating department, who speaks for an agency.
    AccountAskers,
    /// Whoever issues accounts.
    AccountIssuers,
    /// Whoever locks and closes accounts, and changes what they say of their owners.
    AccountLockers,
    /// Whoever sees the directory of agencies from inside: the coordinating department, who speaks for an agency.
    AgencyReaders,
    /// Whoever keeps the directory of agencies.
    AgencyManagers,
    /// Whoever handles what readers report about the dataset's agency.
    ReportHandlers,
    /// Whoever handles what readers write to some agency, and so plans for it.
    Planners,
    /// Whoever writes the pages of the public portal.
    PageEditors,
    /// Whoever gives more time for updates.
    ExtensionGranters,
    /// Whoever enters a year's days off.
    CalendarKeepers,
    /// Whoever may read the quarterly return of the agency, and how it keeps its duties.
    ReturnReaders,
    /// Whoever closes quarters.
    QuarterClosers,
    /// Whoever writes the open-data catalogue and plans.
    PlanEditors,
}

/// One route.
#[derive(Clone, Copy)]
pub struct Route {
    /// `GET` (which answers `HEAD` as well) or `POST`.
    pub method: &'static str,
    /// The path as actix-web reads it, without the language's prefix.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
    /// Ties the handler to it.
    pub handler: fn(actix_web::Route) -> actix_web::Route,
}

/// The resources of a route table, one for each path, in the order of the table.
pub fn mount(routes: &[Route]) -> Vec<(&'static str, Resource)> {
    mount_below(routes, "")
}

/// As [`mount`], for a scope that stands at a path which all of them begin with.
pub fn mount_below(routes: &[Route], base: &str) -> Vec<(&'static str, Resource)> {
    let mut order: Vec<&'static str> = Vec::new();
    let mut by_path: BTreeMap<&'static str, Resource> = BTreeMap::new();
    for route in routes {
        let guarded = if route.method == "GET" {
            web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
        } else {
            web::method(Method::from_bytes(route.method.as_bytes()).unwrap_or(Method::POST))
        };
        let resource = by_path.remove(route.path).unwrap_or_else(|| {
            order.push(route.path);
            web::resource(route.path.strip_prefix(base).unwrap_or(route.path))
        });
        by_path.insert(route.path, resource.route((route.handler)(guarded)));
    }
    order.into_iter().filter_map(|path| Some((path, by_path.remove(path)?))).collect()
}

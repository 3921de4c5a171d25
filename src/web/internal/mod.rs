//! The internal portal: for the agencies.

mod alerts;
mod audit;
mod credentials;
mod datasets;
mod export;
mod home;
mod notices;
mod report;
mod serve;
mod sign_in;
pub mod view;

use crate::http::{Access, Route};

pub use serve::configure;

/// Every route of the internal portal.
pub const ROUTES: &[Route] = &[
    Route { method: "GET", path: "/", access: Access::Anyone, handler: |route| route.to(sign_in::start) },
    Route { method: "GET", path: "/internal", access: Access::SignedIn, handler: |route| route.to(home::show) },
    Route {
        method: "GET",
        path: "/internal/sign-in",
        access: Access::Anyone,
        handler: |route| route.to(sign_in::show),
    },
    Route {
        method: "POST",
        path: "/internal/sign-in",
        access: Access::Anyone,
        handler: |route| route.to(sign_in::submit),
    },
    Route {
        method: "POST",
        path: "/internal/sign-out",
        access: Access::SignedIn,
        handler: |route| route.to(sign_in::leave),
    },
    Route {
        method: "GET",
        path: "/internal/account",
        access: Access::SignedIn,
        handler: |route| route.to(sign_in::account),
    },
    Route {
        method: "POST",
        path: "/internal/account/language",
        access: Access::SignedIn,
        handler: |route| route.to(sign_in::language),
    },
    Route {
        method: "POST",
        path: "/internal/account/notices",
        access: Access::SignedIn,
        handler: |route| route.to(notices::choose),
    },
    Route {
        method: "GET",
        path: "/internal/notices",
        access: Access::SignedIn,
        handler: |route| route.to(notices::list),
    },
    Route {
        method: "POST",
        path: "/internal/notices/read",
        access: Access::SignedIn,
        handler: |route| route.to(notices::read),
    },
    Route {
        method: "GET",
        path: "/internal/sign-in/code",
        access: Access::HalfSignedIn,
        handler: |route| route.to(credentials::code),
    },
    Route {
        method: "POST",
        path: "/internal/sign-in/code",
        access: Access::HalfSignedIn,
        handler: |route| route.to(credentials::check_code),
    },
    Route {
        method: "GET",
        path: "/internal/rules",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::rules),
    },
    Route {
        method: "POST",
        path: "/internal/rules",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::accept_rules),
    },
    Route {
        method: "GET",
        path: "/internal/account/password",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::password),
    },
    Route {
        method: "POST",
        path: "/internal/account/password",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::change_password),
    },
    Route {
        method: "GET",
        path: "/internal/account/second-factor",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::second_factor),
    },
    Route {
        method: "POST",
        path: "/internal/account/second-factor",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::turn_on),
    },
    Route {
        method: "POST",
        path: "/internal/account/second-factor/codes",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::new_codes),
    },
    Route {
        method: "POST",
        path: "/internal/account/second-factor/removal",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::turn_off),
    },
    Route {
        method: "POST",
        path: "/internal/account/sessions/end",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::end_sessions),
    },
    Route {
        method: "POST",
        path: "/internal/account/sessions/{id}/end",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::end_session),
    },
    Route {
        method: "GET",
        path: "/internal/account/history",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::history),
    },
    Route {
        method: "GET",
        path: "/internal/account/tokens",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::tokens),
    },
    Route {
        method: "POST",
        path: "/internal/account/tokens",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::make_token),
    },
    Route {
        method: "POST",
        path: "/internal/account/tokens/{id}/revocation",
        access: Access::SignedIn,
        handler: |route| route.to(credentials::revoke_token),
    },
    Route {
        method: "GET",
        path: "/internal/datasets",
        access: Access::SignedIn,
        handler: |route| route.to(datasets::list),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}",
        access: Access::SignedIn,
        handler: |route| route.to(datasets::show),
    },
    Route {
        method: "GET",
        path: "/internal/tables/{id}/{file}",
        access: Access::OriginalReaders,
        handler: |route| route.to(datasets::file),
    },
    Route {
        method: "GET",
        path: "/internal/audit",
        access: Access::AuditReaders,
        handler: |route| route.to(audit::list),
    },
    Route {
        method: "GET",
        path: "/internal/audit/{seq}",
        access: Access::AuditReaders,
        handler: |route| route.to(audit::show),
    },
    Route {
        method: "GET",
        path: "/internal/alerts",
        access: Access::AuditReaders,
        handler: |route| route.to(alerts::list),
    },
    Route {
        method: "POST",
        path: "/internal/alerts/{id}/handling",
        access: Access::AuditReaders,
        handler: |route| route.to(alerts::handle),
    },
    Route {
        method: "GET",
        path: "/internal/datasets.{form:xlsx|csv}",
        access: Access::SignedIn,
        handler: |route| route.to(datasets::export),
    },
    Route {
        method: "GET",
        path: "/internal/notices.{form:xlsx|csv}",
        access: Access::SignedIn,
        handler: |route| route.to(notices::export),
    },
    Route {
        method: "GET",
        path: "/internal/audit.{form:xlsx|csv}",
        access: Access::AuditReaders,
        handler: |route| route.to(audit::export),
    },
    Route {
        method: "GET",
        path: "/internal/alerts.{form:xlsx|csv}",
        access: Access::AuditReaders,
        handler: |route| route.to(alerts::export),
    },
];

/// Routes beside the pages: files of the program, signs of life, figures for the operator.
pub const PLAIN_ROUTES: &[Route] = &[
    Route { method: "GET", path: "/static/{file:.*}", access: Access::Anyone, handler: |route| route.to(serve::asset) },
    Route { method: "GET", path: "/healthz", access: Access::Anyone, handler: |route| route.to(serve::healthz) },
    Route { method: "GET", path: "/readyz", access: Access::Anyone, handler: |route| route.to(serve::readyz) },
    Route { method: "GET", path: "/metrics", access: Access::Anyone, handler: |route| route.to(serve::metrics) },
];

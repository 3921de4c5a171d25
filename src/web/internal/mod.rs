//! The internal portal: for the agencies.

mod audit;
mod datasets;
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
        access: Access::SignedIn,
        handler: |route| route.to(datasets::file),
    },
    Route {
        method: "GET",
        path: "/internal/audit",
        access: Access::AuditReaders,
        handler: |route| route.to(audit::list),
    },
];

/// Routes beside the pages: files of the program, signs of life, figures for the operator.
pub const PLAIN_ROUTES: &[Route] = &[
    Route { method: "GET", path: "/static/{file:.*}", access: Access::Anyone, handler: |route| route.to(serve::asset) },
    Route { method: "GET", path: "/healthz", access: Access::Anyone, handler: |route| route.to(serve::healthz) },
    Route { method: "GET", path: "/readyz", access: Access::Anyone, handler: |route| route.to(serve::readyz) },
    Route { method: "GET", path: "/metrics", access: Access::Anyone, handler: |route| route.to(serve::metrics) },
];

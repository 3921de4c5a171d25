//! The internal portal: for the agencies.

mod account_reviews;
mod accounts;
mod agencies;
mod alerts;
mod aside;
mod audit;
mod board;
mod calendar;
mod contacts;
mod contract;
mod credentials;
mod cycle;
mod data_requests;
mod datasets;
mod decided;
mod demand;
mod duties;
mod editor;
mod export;
mod findings;
mod focal_lists;
mod home;
mod lists;
mod notices;
mod open_data;
mod pages;
mod plans;
mod purge;
mod quarters;
mod regulations;
mod report;
mod reports;
mod reset;
mod review;
mod serve;
mod sign_in;
mod upload;
pub mod view;
mod withdrawal;

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
        path: "/internal/account/name",
        access: Access::SignedIn,
        handler: |route| route.to(sign_in::rename),
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
        path: "/internal/regulations",
        access: Access::SignedIn,
        handler: |route| route.to(regulations::show),
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
        path: "/internal/open-data",
        access: Access::SignedIn,
        handler: |route| route.to(open_data::show),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/catalogue",
        access: Access::PlanEditors,
        handler: |route| route.to(open_data::begin),
    },
    Route {
        method: "GET",
        path: "/internal/open-data/catalogue/{id}.{form:xlsx|csv}",
        access: Access::SignedIn,
        handler: |route| route.to(open_data::export),
    },
    Route {
        method: "GET",
        path: "/internal/open-data/catalogue/{id}/comparison.{form:xlsx|csv}",
        access: Access::SignedIn,
        handler: |route| route.to(open_data::export_comparison),
    },
    Route {
        method: "GET",
        path: "/internal/open-data/catalogue/{id}",
        access: Access::SignedIn,
        handler: |route| route.to(open_data::issue),
    },
    Route {
        method: "GET",
        path: "/internal/open-data/catalogue/{id}/entry",
        access: Access::PlanEditors,
        handler: |route| route.to(open_data::entry),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/catalogue/{id}/entry",
        access: Access::PlanEditors,
        handler: |route| route.to(open_data::save_entry),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/catalogue/{id}/additions",
        access: Access::PlanEditors,
        handler: |route| route.to(open_data::add),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/catalogue/{id}/removal",
        access: Access::PlanEditors,
        handler: |route| route.to(open_data::remove_entry),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/catalogue/{id}/submission",
        access: Access::PlanEditors,
        handler: |route| route.to(open_data::submit),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/catalogue/{id}/recall",
        access: Access::PlanEditors,
        handler: |route| route.to(open_data::recall),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/catalogue/{id}/decision",
        access: Access::PlanEditors,
        handler: |route| route.to(open_data::decide),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/catalogue/{id}/postings",
        access: Access::PlanEditors,
        handler: |route| route.to(open_data::record_posting),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans",
        access: Access::PlanEditors,
        handler: |route| route.to(plans::draft),
    },
    Route {
        method: "GET",
        path: "/internal/open-data/plans/{id}",
        access: Access::SignedIn,
        handler: |route| route.to(plans::show),
    },
    Route {
        method: "GET",
        path: "/internal/open-data/plans/{id}/item",
        access: Access::Editors,
        handler: |route| route.to(plans::item),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/item",
        access: Access::Editors,
        handler: |route| route.to(plans::save_item),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/consultation",
        access: Access::PlanEditors,
        handler: |route| route.to(plans::consult),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/comment",
        access: Access::Editors,
        handler: |route| route.to(plans::comment),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/taking-up",
        access: Access::PlanEditors,
        handler: |route| route.to(plans::take_up),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/dropping",
        access: Access::PlanEditors,
        handler: |route| route.to(plans::drop_item),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/completion",
        access: Access::Editors,
        handler: |route| route.to(plans::complete),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/submission",
        access: Access::PlanEditors,
        handler: |route| route.to(plans::submit),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/return",
        access: Access::PlanEditors,
        handler: |route| route.to(plans::give_back),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/decision",
        access: Access::PlanEditors,
        handler: |route| route.to(plans::decide),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/execution",
        access: Access::PlanEditors,
        handler: |route| route.to(plans::begin),
    },
    Route {
        method: "POST",
        path: "/internal/open-data/plans/{id}/closure",
        access: Access::PlanEditors,
        handler: |route| route.to(plans::close),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/new",
        access: Access::Editors,
        handler: |route| route.to(editor::new),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/new",
        access: Access::Editors,
        handler: |route| route.to(editor::create),
    },
    Route {
        method: "GET",
        path: "/internal/dataset-lists",
        access: Access::Editors,
        handler: |route| route.to(lists::new),
    },
    Route {
        method: "POST",
        path: "/internal/dataset-lists",
        access: Access::Editors,
        handler: |route| route.to(lists::send),
    },
    Route {
        method: "GET",
        path: "/internal/dataset-lists/template.xlsx",
        access: Access::Editors,
        handler: |route| route.to(lists::template),
    },
    Route {
        method: "GET",
        path: "/internal/dataset-lists/{id}",
        access: Access::DatasetEditors,
        handler: |route| route.to(lists::show),
    },
    Route {
        method: "POST",
        path: "/internal/dataset-lists/{id}",
        access: Access::DatasetEditors,
        handler: |route| route.to(lists::enter),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}",
        access: Access::SignedIn,
        handler: |route| route.to(datasets::show),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/draft",
        access: Access::DatasetEditors,
        handler: |route| route.to(editor::begin),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/reset",
        access: Access::DatasetEditors,
        handler: |route| route.to(editor::reset),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/edit/{step}",
        access: Access::DatasetEditors,
        handler: |route| route.to(editor::show),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/edit/{step}",
        access: Access::DatasetEditors,
        handler: |route| route.to(editor::save),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/upload",
        access: Access::DatasetEditors,
        handler: |route| route.to(upload::form),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/resources/{resource}/title",
        access: Access::DatasetEditors,
        handler: |route| route.to(editor::retitle),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/resources/{resource}/removal",
        access: Access::DatasetEditors,
        handler: |route| route.to(editor::remove),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/resources/{resource}/dictionary",
        access: Access::DatasetEditors,
        handler: |route| route.to(editor::describe),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/resources/{resource}/template.xlsx",
        access: Access::DatasetEditors,
        handler: |route| route.to(contract::template),
    },
    Route {
        method: "POST",
        path: "/internal/uploads",
        access: Access::DatasetEditors,
        handler: |route| route.to(upload::create),
    },
    Route {
        method: "GET",
        path: "/internal/uploads/{id}",
        access: Access::DatasetEditors,
        handler: |route| route.to(upload::show),
    },
    Route {
        method: "PATCH",
        path: "/internal/uploads/{id}",
        access: Access::DatasetEditors,
        handler: |route| route.to(upload::patch),
    },
    Route {
        method: "DELETE",
        path: "/internal/uploads/{id}",
        access: Access::DatasetEditors,
        handler: |route| route.to(upload::terminate),
    },
    Route {
        method: "POST",
        path: "/internal/uploads/{id}/cancellation",
        access: Access::DatasetEditors,
        handler: |route| route.to(upload::cancel),
    },
    Route {
        method: "GET",
        path: "/internal/tables/{id}/reading",
        access: Access::DatasetEditors,
        handler: |route| route.to(upload::reading),
    },
    Route {
        method: "POST",
        path: "/internal/tables/{id}/reading",
        access: Access::DatasetEditors,
        handler: |route| route.to(upload::read_again),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/findings",
        access: Access::FindingReaders,
        handler: |route| route.to(findings::show),
    },
    Route {
        method: "POST",
        path: "/internal/findings/{id}/verdict",
        access: Access::FindingReaders,
        handler: |route| route.to(findings::judge),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/treatment",
        access: Access::FindingReaders,
        handler: |route| route.to(findings::treat),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/quasi-identifiers",
        access: Access::FindingReaders,
        handler: |route| route.to(findings::declare),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/quarantine/lifting",
        access: Access::FindingReaders,
        handler: |route| route.to(findings::lift),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/contacts",
        access: Access::SignedIn,
        handler: |route| route.to(contacts::show),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/contacts",
        access: Access::DatasetEditors,
        handler: |route| route.to(contacts::save),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/contacts/{contact}/removal",
        access: Access::DatasetEditors,
        handler: |route| route.to(contacts::remove),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/purge",
        access: Access::PurgeReaders,
        handler: |route| route.to(purge::new),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/purge",
        access: Access::PurgeReaders,
        handler: |route| route.to(purge::ask),
    },
    Route {
        method: "GET",
        path: "/internal/purges/{id}",
        access: Access::PurgeReaders,
        handler: |route| route.to(purge::show),
    },
    Route {
        method: "POST",
        path: "/internal/purges/{id}/confirmation",
        access: Access::PurgeReaders,
        handler: |route| route.to(purge::confirm),
    },
    Route {
        method: "POST",
        path: "/internal/purges/{id}/refusal",
        access: Access::PurgeReaders,
        handler: |route| route.to(purge::refuse),
    },
    Route {
        method: "GET",
        path: "/internal/calendar",
        access: Access::SignedIn,
        handler: |route| route.to(calendar::show),
    },
    Route {
        method: "POST",
        path: "/internal/calendar",
        access: Access::CalendarKeepers,
        handler: |route| route.to(calendar::enter),
    },
    Route {
        method: "POST",
        path: "/internal/calendar/file",
        access: Access::CalendarKeepers,
        handler: |route| route.to(calendar::send),
    },
    Route {
        method: "GET",
        path: "/internal/backups",
        access: Access::PurgeReaders,
        handler: |route| route.to(purge::backups),
    },
    Route {
        method: "POST",
        path: "/internal/backups",
        access: Access::PurgeReaders,
        handler: |route| route.to(purge::register),
    },
    Route {
        method: "POST",
        path: "/internal/backups/{id}/destruction",
        access: Access::PurgeReaders,
        handler: |route| route.to(purge::destroyed),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/review",
        access: Access::SignedIn,
        handler: |route| route.to(review::show),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/submission",
        access: Access::SignedIn,
        handler: |route| route.to(review::submit),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/recall",
        access: Access::SignedIn,
        handler: |route| route.to(review::recall),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/decision",
        access: Access::SignedIn,
        handler: |route| route.to(review::decide),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/comparison",
        access: Access::SignedIn,
        handler: |route| route.to(review::compare_again),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/update",
        access: Access::SignedIn,
        handler: |route| route.to(cycle::show),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/confirmation",
        access: Access::DatasetEditors,
        handler: |route| route.to(cycle::confirm),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/extensions",
        access: Access::DatasetEditors,
        handler: |route| route.to(cycle::ask),
    },
    Route {
        method: "POST",
        path: "/internal/extensions/{id}/grant",
        access: Access::ExtensionGranters,
        handler: |route| route.to(cycle::grant),
    },
    Route {
        method: "POST",
        path: "/internal/extensions/{id}/refusal",
        access: Access::ExtensionGranters,
        handler: |route| route.to(cycle::refuse),
    },
    Route {
        method: "GET",
        path: "/internal/duties",
        access: Access::SignedIn,
        handler: |route| route.to(duties::list),
    },
    Route {
        method: "GET",
        path: "/internal/duties.{form:xlsx|csv}",
        access: Access::SignedIn,
        handler: |route| route.to(duties::export),
    },
    Route {
        method: "GET",
        path: "/internal/duties/extensions.{form:xlsx|csv}",
        access: Access::ExtensionGranters,
        handler: |route| route.to(duties::export_asked),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/withdrawal",
        access: Access::SignedIn,
        handler: |route| route.to(withdrawal::show),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/withdrawal",
        access: Access::SignedIn,
        handler: |route| route.to(withdrawal::withdraw),
    },
    Route {
        method: "GET",
        path: "/internal/tables/{id}/{file}",
        access: Access::OriginalReaders,
        handler: |route| route.to(datasets::file),
    },
    Route {
        method: "GET",
        path: "/internal/sign-in/forgotten",
        access: Access::Anyone,
        handler: |route| route.to(reset::forgotten),
    },
    Route {
        method: "POST",
        path: "/internal/sign-in/forgotten",
        access: Access::Anyone,
        handler: |route| route.to(reset::ask),
    },
    Route {
        method: "GET",
        path: "/internal/sign-in/reset",
        access: Access::Anyone,
        handler: |route| route.to(reset::show),
    },
    Route {
        method: "POST",
        path: "/internal/sign-in/reset",
        access: Access::Anyone,
        handler: |route| route.to(reset::set),
    },
    Route {
        method: "GET",
        path: "/internal/accounts",
        access: Access::AccountReaders,
        handler: |route| route.to(accounts::list),
    },
    Route {
        method: "POST",
        path: "/internal/accounts",
        access: Access::AccountIssuers,
        handler: |route| route.to(accounts::issue),
    },
    Route {
        method: "GET",
        path: "/internal/accounts/new",
        access: Access::AccountAskers,
        handler: |route| route.to(accounts::fresh),
    },
    Route {
        method: "GET",
        path: "/internal/accounts/reviews",
        access: Access::AccountReaders,
        handler: |route| route.to(account_reviews::list),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/reviews",
        access: Access::AccountIssuers,
        handler: |route| route.to(account_reviews::open),
    },
    Route {
        method: "GET",
        path: "/internal/accounts/reviews/{id}.{form:xlsx|csv}",
        access: Access::AccountReaders,
        handler: |route| route.to(account_reviews::export),
    },
    Route {
        method: "GET",
        path: "/internal/accounts/reviews/{id}",
        access: Access::AccountReaders,
        handler: |route| route.to(account_reviews::show),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/reviews/{id}/answers",
        access: Access::AccountReaders,
        handler: |route| route.to(account_reviews::answer),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/requests",
        access: Access::AccountAskers,
        handler: |route| route.to(accounts::ask),
    },
    Route {
        method: "GET",
        path: "/internal/accounts/requests/{id}",
        access: Access::AccountReaders,
        handler: |route| route.to(accounts::request),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/requests/{id}/approval",
        access: Access::AccountIssuers,
        handler: |route| route.to(accounts::approve),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/requests/{id}/refusal",
        access: Access::AccountIssuers,
        handler: |route| route.to(accounts::refuse),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/selection",
        access: Access::AccountLockers,
        handler: |route| route.to(accounts::selection),
    },
    Route {
        method: "GET",
        path: "/internal/accounts/{id}",
        access: Access::AccountReaders,
        handler: |route| route.to(accounts::show),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/{id}/roles",
        access: Access::AccountIssuers,
        handler: |route| route.to(accounts::add_role),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/{id}/roles/end",
        access: Access::AccountIssuers,
        handler: |route| route.to(accounts::end_role),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/{id}/person",
        access: Access::AccountLockers,
        handler: |route| route.to(accounts::person),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/{id}/second-factor/removal",
        access: Access::AccountLockers,
        handler: |route| route.to(accounts::remove_factor),
    },
    Route {
        method: "POST",
        path: "/internal/accounts/{id}/{verb:lock|unlocking|closure}",
        access: Access::AccountLockers,
        handler: |route| route.to(accounts::set_state),
    },
    Route {
        method: "GET",
        path: "/internal/agencies",
        access: Access::AgencyReaders,
        handler: |route| route.to(agencies::list),
    },
    Route {
        method: "POST",
        path: "/internal/agencies",
        access: Access::AgencyManagers,
        handler: |route| route.to(agencies::enter),
    },
    Route {
        method: "GET",
        path: "/internal/agencies/new",
        access: Access::AgencyManagers,
        handler: |route| route.to(agencies::fresh),
    },
    Route {
        method: "GET",
        path: "/internal/agencies/focal-points.{form:xlsx|csv}",
        access: Access::AgencyReaders,
        handler: |route| route.to(agencies::export_focal_points),
    },
    Route {
        method: "GET",
        path: "/internal/agencies/focal-lists",
        access: Access::AgencyReaders,
        handler: |route| route.to(focal_lists::list),
    },
    Route {
        method: "POST",
        path: "/internal/agencies/focal-lists",
        access: Access::AgencyManagers,
        handler: |route| route.to(focal_lists::compile),
    },
    Route {
        method: "GET",
        path: "/internal/agencies/focal-lists/{id}.{form:xlsx|csv}",
        access: Access::AgencyReaders,
        handler: |route| route.to(focal_lists::export),
    },
    Route {
        method: "GET",
        path: "/internal/agencies/focal-lists/{id}",
        access: Access::AgencyReaders,
        handler: |route| route.to(focal_lists::show),
    },
    Route {
        method: "POST",
        path: "/internal/agencies/focal-lists/{id}/submission",
        access: Access::AgencyManagers,
        handler: |route| route.to(focal_lists::submit),
    },
    Route {
        method: "POST",
        path: "/internal/agencies/focal-lists/{id}/approval",
        access: Access::AgencyManagers,
        handler: |route| route.to(focal_lists::approve),
    },
    Route {
        method: "GET",
        path: "/internal/agencies/{id}",
        access: Access::AgencyReaders,
        handler: |route| route.to(agencies::show),
    },
    Route {
        method: "POST",
        path: "/internal/agencies/{id}",
        access: Access::AgencyManagers,
        handler: |route| route.to(agencies::edit),
    },
    Route {
        method: "POST",
        path: "/internal/agencies/{id}/merger",
        access: Access::AgencyManagers,
        handler: |route| route.to(agencies::merge),
    },
    Route {
        method: "POST",
        path: "/internal/agencies/{id}/focal-points",
        access: Access::AgencyReaders,
        handler: |route| route.to(agencies::nominate),
    },
    Route {
        method: "POST",
        path: "/internal/agencies/{id}/focal-points/approval",
        access: Access::AgencyManagers,
        handler: |route| route.to(agencies::approve),
    },
    Route {
        method: "POST",
        path: "/internal/agencies/{id}/focal-points/refusal",
        access: Access::AgencyManagers,
        handler: |route| route.to(agencies::refuse),
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
        path: "/internal/accounts.{form:xlsx|csv}",
        access: Access::AccountReaders,
        handler: |route| route.to(accounts::export),
    },
    Route {
        method: "GET",
        path: "/internal/agencies.{form:xlsx|csv}",
        access: Access::AgencyReaders,
        handler: |route| route.to(agencies::export),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/correction",
        access: Access::DatasetEditors,
        handler: |route| route.to(reports::correction),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/correction",
        access: Access::DatasetEditors,
        handler: |route| route.to(reports::correct),
    },
    Route {
        method: "GET",
        path: "/internal/datasets/{id}/report",
        access: Access::SignedIn,
        handler: |route| route.to(reports::new),
    },
    Route {
        method: "POST",
        path: "/internal/datasets/{id}/report",
        access: Access::SignedIn,
        handler: |route| route.to(reports::file),
    },
    Route { method: "GET", path: "/internal/board", access: Access::SignedIn, handler: |route| route.to(board::show) },
    Route {
        method: "GET",
        path: "/internal/board.{form:xlsx|csv}",
        access: Access::SignedIn,
        handler: |route| route.to(board::export),
    },
    Route {
        method: "GET",
        path: "/internal/board/{slug}.{form:xlsx|csv}",
        access: Access::ReturnReaders,
        handler: |route| route.to(board::export_agency),
    },
    Route {
        method: "GET",
        path: "/internal/board/{slug}",
        access: Access::ReturnReaders,
        handler: |route| route.to(board::agency),
    },
    Route {
        method: "GET",
        path: "/internal/quarter",
        access: Access::SignedIn,
        handler: |route| route.to(quarters::list),
    },
    Route {
        method: "GET",
        path: "/internal/quarter/{code}.{form:xlsx|csv}",
        access: Access::SignedIn,
        handler: |route| route.to(quarters::export),
    },
    Route {
        method: "GET",
        path: "/internal/quarter/{code}",
        access: Access::SignedIn,
        handler: |route| route.to(quarters::show),
    },
    Route {
        method: "POST",
        path: "/internal/quarter/{code}/closure",
        access: Access::QuarterClosers,
        handler: |route| route.to(quarters::close),
    },
    Route {
        method: "GET",
        path: "/internal/quarter/{code}/returns/{id}.{form:xlsx|csv}",
        access: Access::ReturnReaders,
        handler: |route| route.to(quarters::export_return),
    },
    Route {
        method: "GET",
        path: "/internal/quarter/{code}/returns/{id}",
        access: Access::ReturnReaders,
        handler: |route| route.to(quarters::show_return),
    },
    Route {
        method: "POST",
        path: "/internal/quarter/{code}/returns/{id}",
        access: Access::ReturnReaders,
        handler: |route| route.to(quarters::save),
    },
    Route {
        method: "POST",
        path: "/internal/quarter/{code}/returns/{id}/items",
        access: Access::ReturnReaders,
        handler: |route| route.to(quarters::add_item),
    },
    Route {
        method: "POST",
        path: "/internal/quarter/{code}/returns/{id}/items/{number}/removal",
        access: Access::ReturnReaders,
        handler: |route| route.to(quarters::remove_item),
    },
    Route {
        method: "GET",
        path: "/internal/quarter/{code}/returns/{id}/preview",
        access: Access::ReturnReaders,
        handler: |route| route.to(quarters::preview),
    },
    Route {
        method: "POST",
        path: "/internal/quarter/{code}/returns/{id}/signature",
        access: Access::ReturnReaders,
        handler: |route| route.to(quarters::sign),
    },
    Route {
        method: "POST",
        path: "/internal/quarter/{code}/returns/{id}/recall",
        access: Access::ReturnReaders,
        handler: |route| route.to(quarters::recall),
    },
    Route {
        method: "GET",
        path: "/internal/pages",
        access: Access::PageEditors,
        handler: |route| route.to(pages::list),
    },
    Route {
        method: "POST",
        path: "/internal/pages",
        access: Access::PageEditors,
        handler: |route| route.to(pages::create),
    },
    Route {
        method: "GET",
        path: "/internal/pages/new",
        access: Access::PageEditors,
        handler: |route| route.to(pages::fresh),
    },
    Route {
        method: "GET",
        path: "/internal/pages/{slug}",
        access: Access::PageEditors,
        handler: |route| route.to(pages::edit),
    },
    Route {
        method: "POST",
        path: "/internal/pages/{slug}",
        access: Access::PageEditors,
        handler: |route| route.to(pages::save),
    },
    Route {
        method: "GET",
        path: "/internal/pages/{slug}/preview",
        access: Access::PageEditors,
        handler: |route| route.to(pages::preview),
    },
    Route {
        method: "POST",
        path: "/internal/pages/{slug}/publication",
        access: Access::PageEditors,
        handler: |route| route.to(pages::publish),
    },
    Route {
        method: "POST",
        path: "/internal/pages/{slug}/position",
        access: Access::PageEditors,
        handler: |route| route.to(pages::place),
    },
    Route {
        method: "POST",
        path: "/internal/pages/{slug}/withdrawal",
        access: Access::PageEditors,
        handler: |route| route.to(pages::withdraw),
    },
    Route {
        method: "GET",
        path: "/internal/pages/{slug}/revisions/{number}",
        access: Access::PageEditors,
        handler: |route| route.to(pages::revision),
    },
    Route {
        method: "POST",
        path: "/internal/pages/{slug}/revisions/{number}/restoration",
        access: Access::PageEditors,
        handler: |route| route.to(pages::restore),
    },
    Route {
        method: "GET",
        path: "/internal/data-requests",
        access: Access::SignedIn,
        handler: |route| route.to(data_requests::list),
    },
    Route {
        method: "GET",
        path: "/internal/data-requests/{id}",
        access: Access::ReportHandlers,
        handler: |route| route.to(data_requests::show),
    },
    Route {
        method: "POST",
        path: "/internal/data-requests/{id}/publication",
        access: Access::ReportHandlers,
        handler: |route| route.to(data_requests::let_out),
    },
    Route {
        method: "POST",
        path: "/internal/data-requests/{id}/setting-aside",
        access: Access::ReportHandlers,
        handler: |route| route.to(data_requests::set_aside),
    },
    Route {
        method: "POST",
        path: "/internal/data-requests/{id}/assignment",
        access: Access::ReportHandlers,
        handler: |route| route.to(data_requests::assign),
    },
    Route {
        method: "POST",
        path: "/internal/data-requests/{id}/answer",
        access: Access::ReportHandlers,
        handler: |route| route.to(data_requests::answer),
    },
    Route {
        method: "GET",
        path: "/internal/data-requests.{form:xlsx|csv}",
        access: Access::SignedIn,
        handler: |route| route.to(data_requests::export),
    },
    Route {
        method: "GET",
        path: "/internal/demand",
        access: Access::Planners,
        handler: |route| route.to(demand::list),
    },
    Route {
        method: "GET",
        path: "/internal/demand.{form:xlsx|csv}",
        access: Access::Planners,
        handler: |route| route.to(demand::export),
    },
    Route {
        method: "GET",
        path: "/internal/reports",
        access: Access::SignedIn,
        handler: |route| route.to(reports::list),
    },
    Route {
        method: "GET",
        path: "/internal/reports/{id}",
        access: Access::ReportHandlers,
        handler: |route| route.to(reports::show),
    },
    Route {
        method: "POST",
        path: "/internal/reports/{id}/taking-up",
        access: Access::ReportHandlers,
        handler: |route| route.to(reports::take_up),
    },
    Route {
        method: "POST",
        path: "/internal/reports/{id}/confirmation",
        access: Access::ReportHandlers,
        handler: |route| route.to(reports::verify),
    },
    Route {
        method: "POST",
        path: "/internal/reports/{id}/rejection",
        access: Access::ReportHandlers,
        handler: |route| route.to(reports::reject),
    },
    Route {
        method: "POST",
        path: "/internal/reports/{id}/answer",
        access: Access::ReportHandlers,
        handler: |route| route.to(reports::answer),
    },
    Route {
        method: "POST",
        path: "/internal/reports/{id}/correction",
        access: Access::DatasetEditors,
        handler: |route| route.to(reports::begin_correction),
    },
    Route {
        method: "GET",
        path: "/internal/reports.{form:xlsx|csv}",
        access: Access::SignedIn,
        handler: |route| route.to(reports::export),
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

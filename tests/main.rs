//! The whole suite in one binary: the same tests on SQLite and, with `KHOMO_TEST_DATABASE`, on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests may stop, and their names are their documentation"
)]

mod access;
mod audit;
mod bad_input;
mod command_line;
mod crash;
mod credentials;
mod downloads;
mod faults;
mod journeys;
mod mail;
mod migrations;
mod nodes;
mod notices;
mod pages;
mod queue;
mod real_files;
mod records;
mod review;
mod sample_data;
mod search;
mod sign_in;
mod stores;
mod support;
mod sweep;
mod tidy;
mod work_lists;

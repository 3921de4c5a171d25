//! The whole suite in one binary: the same tests on SQLite and, with `KHOMO_TEST_DATABASE`, on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests may stop, and their names are their documentation"
)]

mod access;
mod account_review;
mod agencies;
mod api;
mod audit;
mod backup;
mod bad_input;
mod board;
mod calendar;
mod charts;
mod command_line;
mod contract;
mod crash;
mod credentials;
mod cycle;
mod demand;
mod downloads;
mod duties;
mod editor;
mod editorial;
mod explore;
mod faults;
mod files;
mod finding;
mod journeys;
mod mail;
mod maps;
mod migrations;
mod nodes;
mod notices;
mod operation;
mod pages;
mod people;
mod plan;
mod purge;
mod quarter;
mod queue;
mod real_files;
mod records;
mod regulations;
mod release;
mod requests;
mod review;
mod reviewing;
mod sample_data;
mod scan;
mod scan_corpus;
mod search;
mod sign_in;
mod simulation;
mod statistics;
mod stores;
mod subscriptions;
mod support;
mod sweep;
mod tidy;
mod voice;
mod work_lists;

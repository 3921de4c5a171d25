//! What the internal pages show: one struct for each page, filled by a handler and drawn by the template of the same name.

pub mod account;
pub mod account_reviews;
pub mod accounts;
pub mod agencies;
pub mod alerts;
pub mod audit;
pub mod contacts;
pub mod contract;
pub mod credentials;
pub mod data_requests;
pub mod dataset;
pub mod datasets;
pub mod editor;
pub mod error;
pub mod findings;
pub mod focal_lists;
pub mod home;
pub mod lists;
pub mod notices;
pub mod pages;
pub mod purge;
pub mod reports;
pub mod reset;
pub mod review;
pub mod sign_in;
pub mod upload;

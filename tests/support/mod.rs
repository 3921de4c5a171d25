//! What tests stand on: a running application, its servers, a browser, HTML checks.

#![allow(dead_code, reason = "not every test module uses every tool")]

pub mod chrome;
pub mod corpus;
pub mod html;
pub mod kit;
pub mod postgres;
pub mod s3;
pub mod served;
pub mod smtp;

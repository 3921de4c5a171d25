//! Khomo: the open-data portal of a Vietnamese province. `ARCHITECTURE.md` is the map of the house.

// The order of the house: nothing imports upward (`tests/tidy.rs` reads it here).

pub mod kernel;

pub mod schema;

pub mod platform;

pub mod config;

pub mod audit;

pub mod vocabulary;

pub mod profile;

pub mod agency;

pub mod account;

pub mod access;

pub mod duty;

pub mod people;

pub mod alert;

pub mod calendar;

pub mod table;

pub mod dataset;

pub mod scan;

pub mod voice;

pub mod cycle;

pub mod review;

pub mod quarter;

pub mod plan;

pub mod purge;

pub mod board;

pub mod worklist;

pub mod statistics;

pub mod quality;

pub mod discovery;

pub mod demand;

pub mod editorial;

pub mod map;

pub mod chart;

pub mod standards;

pub mod release;

pub mod i18n;

pub mod notify;

pub mod http;

pub mod api;

pub mod web;

pub mod worker;

pub mod demo;

pub mod cli;

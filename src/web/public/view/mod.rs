//! What the public pages show: one struct for each page, filled by a handler and drawn by the template of the same name.

pub mod about;
pub mod agency;
pub mod api;
pub mod chart;
pub mod dataset;
pub mod editorial;
pub mod error;
pub mod explore;
pub mod feed;
pub mod gone;
pub mod home;
pub mod map;
pub mod open_catalogue;
pub mod picture;
pub mod plans;
pub mod release;
pub mod requests;
pub mod search;
pub mod sitemap;
pub mod standing;
pub mod statistics;
pub mod suggest;
pub mod terms;
pub mod too_long;
pub mod topic;
pub mod voice;

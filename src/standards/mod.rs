//! Standards: how datasets are written in the words of the world. Today schema.org and Table Schema.

mod schema_org;
mod table_schema;

pub use schema_org::{Facts, File, Measured, breadcrumbs, dataset, website};
pub use table_schema::table_schema;

//! Standards: how datasets are written in the words of the world. Today schema.org, Table Schema and Data Package.

mod data_package;
mod schema_org;
mod table_schema;

pub use data_package::{Package, PackageFile, data_package, resource as package_resource};
pub use schema_org::{Facts, File, Measured, breadcrumbs, dataset, website};
pub use table_schema::table_schema;

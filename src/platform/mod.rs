//! Machines that know no business word: the database, files, tables on disk, the index, passwords,
//! tokens, the log, mail, the queue of jobs, lists as spreadsheets, sorting beyond memory, drawings as pictures.

pub mod archive;
pub mod columnar;
pub mod db;
pub mod files;
pub mod index;
pub mod log;
pub mod mail;
pub mod markdown;
pub mod net;
pub mod password;
pub mod queue;
pub mod raster;
pub mod scratch;
pub mod seal;
pub mod sheet;
pub mod sort;
pub mod syslog;
pub mod token;
pub mod totp;

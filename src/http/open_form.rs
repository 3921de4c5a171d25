//! Forms of the public portal, which has no session and no cookie: a sealed moment stands in for a session's token. It says that the form
//! was drawn by us, for this address, and when; so that another site cannot send it, and a program that sends what it has not read is
//! told from a person, who is troubled by nothing.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;

use super::answer::Failure;
use super::session::{is_own, read_form};
use super::state::App;
use crate::kernel::{Error, Kind, Problem, Result};

/// The largest form, in bytes.
const FORM: usize = 128 * 1024;
/// Nobody fills a form in less, in milliseconds.
const LEAST: i64 = 3_000;
/// How far ahead the clock of another program that drew the form may be, in milliseconds.
const SKEW: i64 = 3600 * 1000;
/// A form is taken for so long, in milliseconds.
const MOST: i64 = 12 * 3600 * 1000;

/// How a form's token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenAge {
    /// As a person's would.
    Good,
    /// Sent sooner than a person reads it; the same form sent again is good.
    Early,
    /// Not ours, for another form, or too old.
    Void,
}

/// A fresh token for the form at a path (without the language's prefix).
///
/// # Errors
/// Only when the machine has no randomness.
pub fn form_token(app: &App, path: &str) -> Result<String> {
    app.seal.close(&place(path), &app.now().0.to_be_bytes())
}

fn place(path: &str) -> String {
    format!("form {path}")
}

/// A form from one of our own public pages: bounded in size; what it says is judged later, so it never fails on content.
pub struct OpenForm<T> {
    /// What was typed.
    pub fields: T,
    /// The token it carries.
    pub token: String,
}

impl<T> OpenForm<T> {
    /// How the token stands, for the form at a path.
    pub fn age(&self, app: &App, path: &str) -> TokenAge {
        let drawn = app.seal.open(&place(path), &self.token).ok().and_then(|bytes| <[u8; 8]>::try_from(bytes).ok());
        match drawn.map(|bytes| app.now().0 - i64::from_be_bytes(bytes)) {
            Some(age) if (0..LEAST).contains(&age) => TokenAge::Early,
            // Programs on one database agree on the time within an hour.
            Some(age) if (-SKEW..MOST).contains(&age) => TokenAge::Good,
            _ => TokenAge::Void,
        }
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for OpenForm<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Failure>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let own = is_own(req);
        let body = web::Bytes::from_request(req, payload);
        Box::pin(async move {
            if !own {
                return Err(Error::forbidden(Problem::new("form-expired")).into());
            }
            let too_large = || Error::refused(Kind::TooLarge, Problem::new("form-too-large").with("bytes", FORM));
            let body = body.await.map_err(|error| too_large().because(error.to_string()))?;
            if body.len() > FORM {
                return Err(too_large().into());
            }
            let (token, fields) = read_form(&body);
            Ok(Self { fields, token })
        })
    }
}

//! Sessions and forms of the internal portal: cookies, sign-in state, CSRF, messages after a redirect.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use actix_session::config::{BrowserSession, CookieContentSecurity, TtlExtensionPolicy};
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_session::{Session, SessionExt, SessionMiddleware};
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Key, SameSite};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::answer::Failure;
use super::page::{Flash, Section, Tone, UserBadge};
use super::state::App;
use crate::access::{Action, may};
use crate::account::{self, Person, Step};
use crate::alert;
use crate::kernel::id::{AccountId, SessionId};
use crate::kernel::{Actor, Ctx, Error, Kind, Lang, Problem, Result, Timestamp};
use crate::notify;
use crate::platform::db::{Conn, Db};
use crate::platform::token;

const ACCOUNT: &str = "account";
/// Who has given the right password and owes the code of the second factor, and since when (milliseconds).
const HALF: &str = "half";
const HALF_SINCE: &str = "half-since";
/// How long the code may take, in milliseconds.
const HALF_LASTS: i64 = 10 * 60 * 1000;
/// The session's own id, put in whenever it is loaded.
const OWN_ID: &str = "id";
/// The address that signed in.
const CLIENT: &str = "client";
const CSRF: &str = "csrf";
const FLASH_TONE: &str = "flash-tone";
const FLASH_TEXT: &str = "flash-text";
/// The largest form, in bytes.
const FORM: usize = 256 * 1024;

/// The rows behind the sessions.
pub struct SessionRows {
    db: Db,
    idle: i64,
    absolute: i64,
}

impl SessionRows {
    fn ctx(&self) -> Ctx {
        Ctx::new(Actor::System, self.db.clock().now())
    }

    async fn write(&self, key: &str, state: HashMap<String, String>, new: bool) -> Result<()> {
        let account = state
            .get(ACCOUNT)
            .and_then(|text| serde_json::from_str::<String>(text).ok())
            .and_then(|id| AccountId::parse(&id));
        let (key, absolute) = (key.to_owned(), self.absolute);
        self.db
            .write_async(self.ctx(), move |tx| account::save_session(tx, &key, &state, account.as_ref(), absolute, new))
            .await
    }

    async fn read(&self, key: &str) -> Result<Option<account::Session>> {
        let (key, now, idle) = (key.to_owned(), self.db.clock().now(), self.idle);
        self.db.read_async(move |conn| account::load_session(conn, &key, now, idle)).await
    }
}

impl SessionStore for SessionRows {
    async fn load(&self, key: &SessionKey) -> Result<Option<HashMap<String, String>>, LoadError> {
        let found = self.read(key.as_ref()).await.map_err(|error| LoadError::Other(error.into()))?;
        Ok(found.map(|mut session| {
            session.state.insert(OWN_ID.to_owned(), serde_json::Value::from(session.id.as_str()).to_string());
            session.state
        }))
    }

    async fn save(&self, state: HashMap<String, String>, _: &Duration) -> Result<SessionKey, SaveError> {
        let key = token::fresh().map_err(|error| SaveError::Other(error.into()))?;
        self.write(&key, state, true).await.map_err(|error| SaveError::Other(error.into()))?;
        SessionKey::try_from(key).map_err(|error| SaveError::Other(error.into()))
    }

    async fn update(
        &self,
        key: SessionKey,
        state: HashMap<String, String>,
        _: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        self.write(key.as_ref(), state, false).await.map_err(|error| UpdateError::Other(error.into()))?;
        Ok(key)
    }

    async fn update_ttl(&self, key: &SessionKey, _: &Duration) -> std::result::Result<(), anyhow::Error> {
        // Use keeps a session from falling idle; writing that down once a minute is enough.
        let stale = self.db.clock().now().0 - 60_000;
        if let Some(session) = self.read(key.as_ref()).await?.filter(|session| session.seen_at.0 < stale) {
            self.write(key.as_ref(), session.state, false).await?;
        }
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> std::result::Result<(), anyhow::Error> {
        let key = key.as_ref().to_owned();
        self.db.write_async(self.ctx(), move |tx| account::remove_session(tx, &key)).await?;
        Ok(())
    }
}

/// The layer that gives every request of the internal portal its session.
///
/// The cookie lives as long as the browser, is out of reach of scripts and of other sites, and has the `__Host-` prefix wherever
/// the portal is on https.
pub fn session_layer(app: &App, key: Key) -> SessionMiddleware<SessionRows> {
    let rules = &app.profile().accounts;
    let rows = SessionRows {
        db: app.db().clone(),
        idle: i64::from(rules.session_idle_minutes.value) * 60,
        absolute: i64::from(rules.session_absolute_hours.value) * 3600,
    };
    let secure = app.parts.settings.internal_url.starts_with("https://");
    SessionMiddleware::builder(rows, key)
        .cookie_name(if secure { "__Host-khomo" } else { "khomo" }.to_owned())
        .cookie_secure(secure)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_path("/".to_owned())
        .cookie_content_security(CookieContentSecurity::Signed)
        .session_lifecycle(BrowserSession::default().state_ttl_extension_policy(TtlExtensionPolicy::OnEveryRequest))
        .build()
}

/// Ties a session to an account under a new key, so that a key known before sign-in opens nothing after it.
///
/// # Errors
/// `Internal`.
pub fn start_session(session: &Session, account: &AccountId, client: Option<&str>) -> Result<()> {
    session.clear();
    session.renew();
    remember(session, CLIENT, &client)?;
    remember(session, ACCOUNT, &account.as_str())
}

/// Notes under a new key that the password was right and the code of the second factor is owed.
///
/// # Errors
/// `Internal`.
pub fn half_start_session(session: &Session, account: &AccountId, now: Timestamp) -> Result<()> {
    session.clear();
    session.renew();
    remember(session, HALF, &account.as_str())?;
    remember(session, HALF_SINCE, &now.0)
}

/// Who owes the code of the second factor in this session; nobody after ten minutes.
pub fn half_signed_in(session: &Session, now: Timestamp) -> Option<AccountId> {
    let since = session.get::<i64>(HALF_SINCE).ok().flatten()?;
    let id = session.get::<String>(HALF).ok().flatten().and_then(|id| AccountId::parse(&id))?;
    (now.0 - since < HALF_LASTS).then_some(id)
}

/// The id of this session, which may be shown.
pub fn session_id(session: &Session) -> Option<SessionId> {
    session.get::<String>(OWN_ID).ok().flatten().and_then(|id| SessionId::parse(&id))
}

/// The address that signed in to a session that was listed.
pub fn session_client(session: &account::Session) -> Option<String> {
    session.state.get(CLIENT).and_then(|text| serde_json::from_str::<Option<String>>(text).ok()).flatten()
}

/// Notes something in a session.
///
/// # Errors
/// `Internal`.
pub fn remember(session: &Session, name: &str, value: &impl serde::Serialize) -> Result<()> {
    session.insert(name, value).map_err(|error| Error::internal(error.to_string()))
}

/// The token that this session's forms carry; made on first use.
///
/// # Errors
/// `Internal`.
pub fn csrf_token(session: &Session) -> Result<String> {
    if let Ok(Some(token)) = session.get::<String>(CSRF) {
        return Ok(token);
    }
    let token = token::fresh()?;
    remember(session, CSRF, &token)?;
    Ok(token)
}

/// Leaves a message for the next page.
///
/// # Errors
/// `Internal`.
pub fn flash(session: &Session, tone: Tone, text: &str) -> Result<()> {
    remember(session, FLASH_TONE, &tone.class())?;
    remember(session, FLASH_TEXT, &text)
}

/// Takes the message left for this page.
pub fn take_flash(session: &Session) -> Option<Flash> {
    let text = session.get::<String>(FLASH_TEXT).ok().flatten()?;
    let tone = session.get::<String>(FLASH_TONE).ok().flatten().unwrap_or_default();
    session.remove(FLASH_TEXT);
    session.remove(FLASH_TONE);
    let tone = [Tone::Info, Tone::Good, Tone::Warn, Tone::Bad].into_iter().find(|known| known.class() == tone)?;
    Some(Flash { tone, text })
}

/// Somebody who is signed in and owes the portal nothing: a page that they must see first (a new password, a second factor, the
/// rules of use) is where every other one leads them.
pub struct SignedIn {
    /// Who, with the roles that count today.
    pub person: Person,
    /// Their session.
    pub session: Session,
    /// How many notices they have not read.
    pub unread: u64,
    /// How many alerts wait; none for a person who may not handle them.
    pub alerts: Option<u64>,
}

/// What the frame of a page takes from whoever is signed in; kept with their request, for the page that tells of its failure as well.
#[derive(Clone, Debug)]
pub struct Inside {
    /// Their language.
    pub lang: Lang,
    /// What the head shows of them.
    pub user: UserBadge,
    /// The token that the session's forms carry.
    pub csrf: String,
}

impl SignedIn {
    /// What the frame of their pages shows: what is kept with their request, or made for somebody who is only entering.
    ///
    /// # Errors
    /// `Internal`.
    pub fn inside(&self, req: &HttpRequest, app: &App) -> Result<Inside> {
        if let Some(kept) = req.extensions().get::<Inside>() {
            return Ok(kept.clone());
        }
        let lang = self.person.lang();
        Ok(Inside { lang, user: self.badge(app, lang), csrf: csrf_token(&self.session)? })
    }

    /// How the head of every internal page names the person.
    fn badge(&self, app: &App, lang: Lang) -> UserBadge {
        let first = self.person.held.first();
        let role = first.and_then(|held| app.profile().role(&held.role)).map(|role| role.name.get(lang).0.to_owned());
        UserBadge {
            name: self.person.account.full_name.clone(),
            agency: first.map(|held| held.agency_name.get(lang).0.to_owned()).unwrap_or_default(),
            role: role.unwrap_or_default(),
            unread: self.unread,
            sections: [
                (Section::Reports, Action::HandleSomeReports(app.profile())),
                (Section::Requests, Action::HandleSomeReports(app.profile())),
                (Section::Demand, Action::HandleSomeReports(app.profile())),
                (Section::Accounts, Action::SeeAccounts),
                (Section::Agencies, Action::SeeAgencies),
                (Section::Pages, Action::EditPages),
            ]
            .into_iter()
            .filter(|(_, action)| may(&self.person, *action).granted())
            .map(|(section, _)| section.code())
            .collect(),
            alerts: self.alerts,
        }
    }
}

/// Somebody who is signed in, whatever they still owe: for the pages on which it is settled.
pub struct Entering(pub SignedIn);

impl FromRequest for Entering {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Failure>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let session = req.get_session();
        let app = req.app_data::<web::Data<App>>().cloned();
        Box::pin(async move {
            let nobody = || Error::refused(Kind::Unauthenticated, Problem::new("sign-in-first"));
            let app = app.ok_or_else(|| Error::internal("no application"))?;
            let id = session
                .get::<String>(ACCOUNT)
                .ok()
                .flatten()
                .and_then(|id| AccountId::parse(&id))
                .ok_or_else(nobody)?;
            let today = app.today().to_string();
            // Asked anew on every request: a locked account or a lost role counts at once.
            let asked = move |conn: &mut Conn| {
                let person = account::by_id(conn, &id, &today)?;
                let handles = person.as_ref().is_some_and(|person| may(person, Action::HandleAlerts).granted());
                let alerts = handles.then(|| alert::count_open(conn)).transpose()?;
                Ok((person, notify::unread(conn, &id)?, alerts))
            };
            let (person, unread, alerts) = app.db().read_async(asked).await?;
            let person = person.filter(|person| person.account.state == "active").ok_or_else(nobody)?;
            may(&person, Action::UseInternalPortal).require()?;
            Ok(Self(SignedIn { person, session, unread, alerts }))
        })
    }
}

impl FromRequest for SignedIn {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Failure>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let app = req.app_data::<web::Data<App>>().cloned();
        let entering = Entering::from_request(req, payload);
        let req = req.clone();
        Box::pin(async move {
            let Entering(who) = entering.await?;
            let app = app.ok_or_else(|| Error::internal("no application"))?;
            let code = match who.person.due(app.profile(), app.now()) {
                None => {
                    let inside = who.inside(&req, &app)?;
                    req.extensions_mut().insert(inside);
                    return Ok(who);
                }
                Some(Step::Password) => "password-first",
                Some(Step::SecondFactor) => "second-factor-first",
                Some(Step::Rules) => "rules-first",
            };
            Err(Error::refused(Kind::Unauthenticated, Problem::new(code)).into())
        })
    }
}

/// Who sends a file: somebody signed in, whose page carries its token in the header `X-CSRF-Token`, or a program with a key that may
/// write (`Authorization: Bearer`), which no browser sends by itself. Reading wants no token.
pub enum Sender {
    /// Somebody signed in.
    Page(Box<SignedIn>),
    /// A program, for its owner.
    Key(Box<Person>),
}

impl Sender {
    /// Whose act it is.
    pub fn person(&self) -> &Person {
        match self {
            Self::Page(who) => &who.person,
            Self::Key(person) => person,
        }
    }
}

impl FromRequest for Sender {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, actix_web::Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reads = req.method().is_safe();
        let bearer = req.headers().get("authorization").and_then(|value| value.to_str().ok());
        if let Some(key) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
            let (key, app) = (key.trim().to_owned(), req.app_data::<web::Data<App>>().cloned());
            return Box::pin(async move {
                let app = app.ok_or_else(|| Failure(Error::internal("no application")))?;
                keyholder(&app, &key).await.map(|person| Self::Key(Box::new(person))).map_err(|error| told(&app, error))
            });
        }
        let token =
            req.headers().get("x-csrf-token").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let (own, signed_in) = (is_own(req), SignedIn::from_request(req, payload));
        Box::pin(async move {
            let who = signed_in.await?;
            if !reads {
                expect_token(&who.session, own, &token).map_err(Failure)?;
            }
            Ok(Self::Page(Box::new(who)))
        })
    }
}

/// The owner of a key that may write.
async fn keyholder(app: &App, key: &str) -> Result<Person> {
    let (id, token) = account::by_token(app.db(), key).await?;
    if !token.scopes.iter().any(|scope| scope == account::scope::WRITE) {
        return Err(Error::forbidden(Problem::new("token-scope")));
    }
    let today = app.today().to_string();
    let person = app.db().read_async(move |conn| account::by_id(conn, &id, &today)).await?;
    let unknown = || Error::refused(Kind::Unauthenticated, Problem::new("token-unknown"));
    let person = person.filter(|person| person.account.state == "active").ok_or_else(unknown)?;
    may(&person, Action::UseInternalPortal).require()?;
    Ok(person)
}

/// A refusal as programs read it: the status, and a sentence.
pub fn told(app: &App, error: Error) -> actix_web::Error {
    if !matches!(error.kind(), Kind::Internal | Kind::Unavailable) {
        let sentences: Vec<String> =
            error.problems().iter().map(|problem| app.parts.texts.problem(Lang::Vi, problem)).collect();
        let mut answer = actix_web::HttpResponse::build(super::answer::status_of(error.kind()));
        if error.kind() == Kind::Unauthenticated {
            answer.insert_header(("WWW-Authenticate", "Bearer"));
        }
        let answer = answer.content_type("text/plain; charset=utf-8").body(sentences.join("\n") + "\n");
        return actix_web::error::InternalError::from_response(error, answer).into();
    }
    Failure(error).into()
}

/// Whether a request comes from a page of ours, as far as the browser says.
pub(super) fn is_own(req: &HttpRequest) -> bool {
    req.headers().get("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none")
}

/// Refuses what does not carry the session's token, or comes from another site.
///
/// # Errors
/// `Forbidden` (`form-expired`).
fn expect_token(session: &Session, own: bool, token: &str) -> Result<()> {
    let known = session.get::<String>(CSRF).ok().flatten();
    if own && known.is_some_and(|known| token::same(&known, token)) {
        return Ok(());
    }
    Err(Error::forbidden(Problem::new("form-expired")))
}

/// As [`SafeForm`] does, for a form whose fields are read one by one because a file is among them.
///
/// # Errors
/// `Forbidden` (`form-expired`).
pub fn expect_form_token(req: &HttpRequest, session: &Session, token: &str) -> Result<()> {
    expect_token(session, is_own(req), token)
}

/// A form from one of our own pages: bounded in size, its token checked; what it says is judged later, so it never fails on
/// content.
pub struct SafeForm<T>(pub T);

#[derive(Default, Deserialize)]
#[serde(default)]
struct Token {
    csrf: String,
}

/// The token and the fields of a form as it was sent; what cannot be read is as good as not sent.
pub(super) fn read_form<T: DeserializeOwned + Default>(body: &[u8]) -> (String, T) {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let token: Token = web::Query::from_query(text).map(web::Query::into_inner).unwrap_or_default();
    (token.csrf, web::Query::from_query(text).map(web::Query::into_inner).unwrap_or_default())
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for SafeForm<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, Failure>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let session = req.get_session();
        let own = is_own(req);
        let body = web::Bytes::from_request(req, payload);
        Box::pin(async move {
            let body = body.await.map_err(|error| {
                Error::refused(Kind::TooLarge, Problem::new("form-too-large").with("bytes", FORM))
                    .because(error.to_string())
            })?;
            let (token, fields) = read_form(&body);
            expect_token(&session, own, &token)?;
            Ok(Self(fields))
        })
    }
}

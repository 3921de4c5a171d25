//! What every page knows: its language and texts, the site, where it stands, who reads it. The first field of every view.
//!
//! Templates say `page.t("id")`, `page.num(count)`, `page.href("/dataset")`; a public page carries no person, token or flash,
//! so that it may be kept by any cache.

pub mod parts;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::i18n::{Texts, format};
use crate::kernel::{Arg, Error, Lang, Timestamp};

pub use parts::*;

/// A name in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Both {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Both {
    /// In one of them.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// Facts of the deployment that stand on every page.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The province as it is named inside a sentence: "tỉnh Lạc Điền", "Lạc Điền province".
    pub province: Both,
    /// The public portal's name, end of every public title.
    pub public_name: Both,
    /// The internal portal's name.
    pub internal_name: Both,
    /// What a portal that illustrates says so with on every page; none on a real one.
    pub illustration: Option<Both>,
    /// The coordinating agency, its telephone and hours: one line each, at the foot of public pages.
    pub contact: Vec<Both>,
    /// Scheme and host of the public portal without a slash at the end, such as `https://dulieu.lacdien.example`.
    pub public_url: String,
    /// The name of the profile in force, such as `current-2026`.
    pub profile: String,
    /// A short hash of the static files, so that browsers may keep them for a year.
    pub asset_version: String,
    /// The province's time zone in minutes east of UTC; 420 in all of Vietnam.
    pub offset_minutes: i32,
    /// Whether the portal writes letters.
    pub mails: bool,
}

/// Which portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portal {
    /// For everybody, without an account.
    Public,
    /// For the agencies.
    Internal,
}

/// Which entry of the navigation the page belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// None of them.
    #[default]
    Other,
    /// Data: search and dataset pages, in both portals.
    Datasets,
    /// Topics.
    Topics,
    /// Agencies.
    Agencies,
    /// About the portal.
    About,
    /// The reader's work, internal.
    Home,
    /// The audit log, internal.
    Audit,
    /// Alerts, internal.
    Alerts,
    /// The reader's inbox, internal.
    Notices,
    /// The reader's own account, internal.
    Account,
    /// The administration of accounts, internal.
    Accounts,
    /// What readers report, internal.
    Reports,
    /// Data that readers ask for, internal.
    Requests,
    /// What is wanted most, internal.
    Demand,
    /// Who must act by when, internal.
    Duties,
    /// Guides and news; what people write, internal.
    Pages,
    /// Quarters and returns, internal.
    Quarters,
}

impl Section {
    /// The entries for those who run the portal.
    const RUNNING: [Self; 4] = [Self::Accounts, Self::Agencies, Self::Pages, Self::Audit];

    /// As templates name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Datasets => "datasets",
            Self::Topics => "topics",
            Self::Agencies => "agencies",
            Self::About => "about",
            Self::Home => "home",
            Self::Audit => "audit",
            Self::Alerts => "alerts",
            Self::Notices => "notices",
            Self::Account => "account",
            Self::Accounts => "accounts",
            Self::Reports => "reports",
            Self::Requests => "requests",
            Self::Demand => "demand",
            Self::Duties => "duties",
            Self::Pages => "pages",
            Self::Quarters => "quarters",
        }
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserBadge {
    /// The person's name.
    pub name: String,
    /// The person's agency.
    pub agency: String,
    /// The person's role in the page's language.
    pub role: String,
    /// Notices that the person has not read.
    pub unread: u64,
    /// The codes of the sections that only some may open, of those that the person may.
    pub sections: Vec<&'static str>,
    /// Alerts that wait for somebody; none for a person who may not handle them.
    pub alerts: Option<u64>,
}

impl UserBadge {
    /// Whether the navigation leads the person to a section.
    pub fn opens(&self, section: &str) -> bool {
        self.sections.contains(&section)
    }

    /// Whether the person has so many of the entries for those who run the portal that the navigation keeps them together.
    pub fn runs_much(&self) -> bool {
        const LOOSE: usize = 2;
        let entries = self.sections.iter().filter(|code| Section::RUNNING.iter().any(|one| one.code() == **code));
        entries.count() + usize::from(self.alerts.is_some()) > LOOSE
    }
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neutral.
    Info,
    /// It went well.
    Good,
    /// Look at this.
    Warn,
    /// It went wrong.
    Bad,
}

impl Tone {
    /// The style class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// The icon that says the same without colour.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "check",
            Self::Warn => "clock",
            Self::Bad => "alert",
        }
    }
}

/// A message shown once, after a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence in the reader's language.
    pub text: String,
}

/// What every page knows.
#[derive(Clone, Debug)]
pub struct PageCtx {
    /// The page's language.
    pub lang: Lang,
    /// All messages.
    pub texts: Arc<Texts>,
    /// The deployment.
    pub site: Arc<Site>,
    /// Which portal.
    pub portal: Portal,
    /// Where the page stands: path and query without the language's prefix, such as `/dataset?q=lua`.
    pub path: String,
    /// The one address of what the page shows, without host and language prefix; none where there is no such address (errors,
    /// everything internal).
    pub canonical: Option<String>,
    /// Whether search engines may keep the page; one without a canonical address is never kept.
    pub indexed: bool,
    /// What is said of the page where it is shared; of the portal where the page says nothing.
    pub share: Option<Share>,
    /// What programs read of the page beside its text.
    pub linked: Vec<JsonLd>,
    /// The entry of the navigation that is marked.
    pub section: Section,
    /// Who reads; none on public pages.
    pub user: Option<UserBadge>,
    /// The token that forms carry; none on public pages.
    pub csrf: Option<String>,
    /// What just happened; none on public pages.
    pub flash: Option<Flash>,
    /// Now.
    pub now: Timestamp,
}

impl PageCtx {
    /// A page of the public portal. `path` is without the language's prefix; the page is indexed under it unless
    /// [`PageCtx::canonical`] is changed afterwards.
    pub fn public(
        lang: Lang,
        texts: Arc<Texts>,
        site: Arc<Site>,
        path: impl Into<String>,
        section: Section,
        now: Timestamp,
    ) -> Self {
        let path = path.into();
        let canonical = Some(path.clone());
        Self {
            lang,
            texts,
            site,
            portal: Portal::Public,
            path,
            canonical,
            indexed: true,
            share: None,
            linked: Vec::new(),
            section,
            user: None,
            csrf: None,
            flash: None,
            now,
        }
    }

    /// A page of the internal portal: never indexed, its language is the account's and stands in no address.
    pub fn internal(
        lang: Lang,
        texts: Arc<Texts>,
        site: Arc<Site>,
        path: impl Into<String>,
        section: Section,
        now: Timestamp,
    ) -> Self {
        Self { canonical: None, portal: Portal::Internal, ..Self::public(lang, texts, site, path, section, now) }
    }

    /// A message.
    pub fn t(&self, id: &str) -> String {
        self.texts.text(self.lang, id, &[])
    }

    /// A message with one argument.
    pub fn t1(&self, id: &str, name: &str, value: impl AsArg) -> String {
        self.texts.text(self.lang, id, &[(name, value.as_arg())])
    }

    /// A message with two arguments.
    pub fn t2(&self, id: &str, name: &str, value: impl AsArg, name2: &str, value2: impl AsArg) -> String {
        self.texts.text(self.lang, id, &[(name, value.as_arg()), (name2, value2.as_arg())])
    }

    /// A message with three arguments.
    #[allow(clippy::too_many_arguments)] // three pairs, as templates write them
    pub fn t3(
        &self,
        id: &str,
        name: &str,
        value: impl AsArg,
        name2: &str,
        value2: impl AsArg,
        name3: &str,
        value3: impl AsArg,
    ) -> String {
        self.texts.text(self.lang, id, &[(name, value.as_arg()), (name2, value2.as_arg()), (name3, value3.as_arg())])
    }

    /// The text of a code that data brings, `{prefix}-{code}`; the code itself where nobody wrote one.
    pub fn code(&self, prefix: &str, code: &str) -> String {
        self.texts.find(self.lang, &format!("{prefix}-{code}"), &[]).unwrap_or_else(|| code.to_owned())
    }

    /// A count: 1.234.
    pub fn num(&self, count: impl Held<u64>) -> String {
        format::count(self.lang, count.held())
    }

    /// A size in bytes: 48 kB.
    pub fn bytes(&self, size: impl Held<u64>) -> String {
        format::bytes(self.lang, size.held())
    }

    /// A part of a whole in per cent; nothing of nothing is 0 %.
    pub fn share(&self, part: impl Held<u64>, whole: impl Held<u64>) -> String {
        #[allow(clippy::cast_precision_loss)] // shown with two digits
        let share = part.held() as f64 / whole.held().max(1) as f64;
        format::percent(self.lang, share)
    }

    /// What a telephone dials for a number as people write it; nothing for words, two numbers or one in brackets behind another.
    pub fn dialled(&self, written: &str) -> Option<String> {
        let separator = |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '(' | ')');
        let written = written.trim();
        let dialled: String = written.chars().filter(|c| !separator(*c)).collect();
        let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
        let plain = (3..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        (plain && !written.ends_with(')')).then_some(dialled)
    }

    /// A date: 02/07/2026.
    pub fn date(&self, date: impl Held<NaiveDate>) -> String {
        self.texts.date(self.lang, date.held())
    }

    /// A date as `<time datetime>` wants it: 2026-07-02.
    pub fn iso_date(&self, date: impl Held<NaiveDate>) -> String {
        date.held().format("%Y-%m-%d").to_string()
    }

    /// A moment in the province's time: 16:40, 04/09/2026.
    pub fn datetime(&self, at: impl Held<Timestamp>) -> String {
        self.texts.date_time(self.lang, at.held(), self.site.offset_minutes)
    }

    /// A moment as `<time datetime>` wants it.
    pub fn iso(&self, at: impl Held<Timestamp>) -> String {
        at.held().to_rfc3339()
    }

    /// The date of a moment in the province.
    pub fn day(&self, at: impl Held<Timestamp>) -> NaiveDate {
        at.held().date(self.site.offset_minutes)
    }

    /// How long ago a day was: hôm nay, 3 ngày trước.
    pub fn ago(&self, date: impl Held<NaiveDate>) -> String {
        self.texts.relative(self.lang, date.held(), self.now.date(self.site.offset_minutes))
    }

    /// A name of the site in the page's language.
    pub fn both<'a>(&self, names: &'a Both) -> &'a str {
        names.get(self.lang)
    }

    /// The portal's name.
    pub fn portal_name(&self) -> &str {
        match self.portal {
            Portal::Public => self.site.public_name.get(self.lang),
            Portal::Internal => self.site.internal_name.get(self.lang),
        }
    }

    /// An address of this portal in the page's language. The home page of English is `/en`, without a slash at the end.
    pub fn href(&self, path: &str) -> String {
        self.href_in(self.lang, path)
    }

    /// The same page in the other language: another address on the public portal, a parameter on the internal one, where it
    /// counts before anybody has signed in.
    pub fn other_lang_href(&self) -> String {
        let other = self.lang.other();
        if self.portal == Portal::Public {
            return self.href_in(other, &self.path);
        }
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
        let lang = format!("lang={}", other.tag());
        format!("{path}?{}", kept.chain([lang.as_str()]).collect::<Vec<_>>().join("&"))
    }

    /// A static file, named so that browsers may keep it.
    pub fn asset(&self, file: &str) -> String {
        format!("/static/{file}?v={}", self.site.asset_version)
    }

    /// The addresses of the typefaces.
    pub fn fonts(&self) -> &'static [String] {
        super::fonts()
    }

    /// The canonical address with host, where the page has one.
    pub fn canonical_url(&self) -> Option<String> {
        self.alternate_url(self.lang)
    }

    /// Whether search engines may keep the page.
    pub fn is_indexed(&self) -> bool {
        self.indexed && self.canonical.is_some()
    }

    /// The canonical address of the page in a language, with host.
    pub fn alternate_url(&self, lang: Lang) -> Option<String> {
        let path = self.canonical.as_deref()?;
        Some(format!("{}{}", self.site.public_url, self.href_in(lang, path)))
    }

    /// An address of the public portal in the page's language, with host.
    pub fn url(&self, path: &str) -> String {
        self.url_in(self.lang, path)
    }

    /// An address of the public portal in a language, with host.
    pub fn url_in(&self, lang: Lang, path: &str) -> String {
        format!("{}{}", self.site.public_url, public_path(lang, path))
    }

    /// Whether the page is one of the public portal.
    pub fn is_public(&self) -> bool {
        self.portal == Portal::Public
    }

    /// What is shown of the page where somebody shares its address; none where it has no address of its own.
    pub fn card(&self) -> Option<Card> {
        let url = self.canonical_url().filter(|_| self.is_public())?;
        let name = self.portal_name();
        let share = self.share.clone().unwrap_or_else(|| Share {
            title: name.to_owned(),
            description: self.t1("home-description", "portal", name),
            picture: None,
        });
        let picture = share.picture.unwrap_or_else(|| "/og.png".to_owned());
        Some(Card { url, title: share.title, description: share.description, picture: self.url(&picture) })
    }

    /// Whether an entry of the navigation is the page's; by the section's [`code`](Section::code), as templates say it.
    pub fn is(&self, section: &str) -> bool {
        self.section.code() == section
    }

    /// Whether the page belongs to an entry for those who run the portal.
    pub fn runs(&self) -> bool {
        Section::RUNNING.contains(&self.section)
    }

    /// The addresses of the page in every language, and the one for readers of neither: `hreflang` and address.
    pub fn alternates(&self) -> Vec<(&'static str, String)> {
        [("vi", Lang::Vi), ("en", Lang::En), ("x-default", Lang::Vi)]
            .into_iter()
            .filter_map(|(tag, lang)| Some((tag, self.alternate_url(lang)?)))
            .collect()
    }

    /// What a refusal says, sentence by sentence, each with the field it belongs to: for the summary over a form and for the
    /// fields themselves.
    pub fn wrongs(&self, error: &Error) -> Vec<Wrong> {
        let wrong = |problem: &crate::kernel::Problem| Wrong {
            field: problem.field.as_deref().map(str::to_owned),
            text: self.texts.problem(self.lang, problem),
        };
        error.problems().iter().map(wrong).collect()
    }

    fn href_in(&self, lang: Lang, path: &str) -> String {
        match self.portal {
            Portal::Internal => path.to_owned(),
            Portal::Public => public_path(lang, path),
        }
    }
}

/// A path of the public portal as it stands in a language.
fn public_path(lang: Lang, path: &str) -> String {
    match path.strip_prefix('/') {
        _ if lang == Lang::Vi => path.to_owned(),
        Some("") => lang.prefix().to_owned(),
        Some(rest) if rest.starts_with('?') => format!("{}{rest}", lang.prefix()),
        _ => format!("{}{path}", lang.prefix()),
    }
}

/// What is said of a page where it is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Its title, without the portal's name.
    pub title: String,
    /// A sentence or two.
    pub description: String,
    /// The path of its picture, without the language's prefix; none for the portal's own.
    pub picture: Option<String>,
}

/// A page as it is shown elsewhere (Open Graph); addresses with host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its canonical address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// A sentence or two.
    pub description: String,
    /// Its picture.
    pub picture: String,
}

/// A value that templates hand over by value or through any number of borrows.
pub trait Held<T> {
    /// The value.
    fn held(&self) -> T;
}

impl<T, H: Held<T> + ?Sized> Held<T> for &H {
    fn held(&self) -> T {
        (**self).held()
    }
}
impl Held<Self> for u64 {
    fn held(&self) -> Self {
        *self
    }
}
impl Held<u64> for usize {
    fn held(&self) -> u64 {
        u64::try_from(*self).unwrap_or(u64::MAX)
    }
}
impl Held<Self> for NaiveDate {
    fn held(&self) -> Self {
        *self
    }
}
impl Held<Self> for Timestamp {
    fn held(&self) -> Self {
        *self
    }
}

/// What may stand in a message: a text as it is, a whole number in the language's form.
pub trait AsArg {
    /// As an argument.
    fn as_arg(&self) -> Arg;
}

impl<A: AsArg + ?Sized> AsArg for &A {
    fn as_arg(&self) -> Arg {
        (**self).as_arg()
    }
}
impl AsArg for str {
    fn as_arg(&self) -> Arg {
        Arg::from(self)
    }
}
impl AsArg for String {
    fn as_arg(&self) -> Arg {
        Arg::from(self.as_str())
    }
}
impl AsArg for u64 {
    fn as_arg(&self) -> Arg {
        Arg::from(*self)
    }
}
impl AsArg for i64 {
    fn as_arg(&self) -> Arg {
        Arg::from(*self)
    }
}
impl AsArg for usize {
    fn as_arg(&self) -> Arg {
        Arg::from(*self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lang: Lang, path: &str) -> PageCtx {
        let site = Site { public_url: "https://dulieu.example".into(), ..Site::default() };
        let texts = Texts::load(None, &[]).unwrap();
        PageCtx::public(lang, texts, Arc::new(site), path, Section::Datasets, Timestamp(0))
    }

    #[test]
    fn a_telephone_dials_what_is_one_number() {
        let page = page(Lang::Vi, "/");
        for (written, dialled) in [
            ("0200 000 223", Some("0200000223")),
            (" (0200) 000-223 ", Some("0200000223")),
            ("+84 200.000.223", Some("+84200000223")),
            ("113", Some("113")),
            ("0200 000 223, ext. 5", None),
            ("0200 000 223 (5)", None),
            ("0200 000 223 - 0200 000 224", None),
            ("0200 000 223\" onclick=\"", None),
            ("", None),
        ] {
            assert_eq!(page.dialled(written).as_deref(), dialled, "{written}");
        }
    }

    #[test]
    fn addresses_carry_the_language_on_the_public_portal_only() {
        let page = page(Lang::En, "/dataset?q=lua");
        assert_eq!(page.href("/"), "/en");
        assert_eq!(page.href("/?a=b"), "/en?a=b");
        assert_eq!(page.href("/topic/y-te"), "/en/topic/y-te");
        assert_eq!(page.other_lang_href(), "/dataset?q=lua");
        assert_eq!(page.alternate_url(Lang::En).as_deref(), Some("https://dulieu.example/en/dataset?q=lua"));
        let inside = PageCtx { portal: Portal::Internal, ..page };
        assert_eq!(inside.href("/internal/audit"), "/internal/audit");
        let inside =
            PageCtx { lang: Lang::Vi, path: "/internal/sign-in?lang=vi&next=%2Finternal%2Faudit".into(), ..inside };
        assert_eq!(inside.other_lang_href(), "/internal/sign-in?next=%2Finternal%2Faudit&lang=en");
    }

    #[test]
    fn a_refusal_is_told_in_the_pages_language_beside_its_field() {
        let error = Error::not_found();
        let vi = page(Lang::Vi, "/").wrongs(&error);
        let en = page(Lang::En, "/").wrongs(&error);
        assert_eq!(vi.len(), 1);
        assert_ne!(vi[0].text, en[0].text);
        assert_eq!(vi[0].field, None);
    }
}

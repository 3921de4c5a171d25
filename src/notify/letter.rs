//! A mail's words: the notices it tells of, in the receiver's language, as text and as simple HTML.

use askama::Template;

use super::Notice;
use super::store::Outgoing;
use crate::account::LetterKind;
use crate::i18n::Texts;
use crate::kernel::id::MailId;
use crate::kernel::{Arg, Error, Lang, Result};
use crate::platform::mail::Letter;
use crate::voice::{About, LetterItem, ReaderLetter, Reply};

/// Notices that one digest spells out; the rest is a number.
const SPELLED_OUT: usize = 50;

/// What the words need beside the notices: of the internal portal, or of the public one in a letter to a reader.
pub(super) struct House<'a> {
    pub texts: &'a Texts,
    /// The portal's name in both languages.
    pub portal: (&'a str, &'a str),
    /// Its address, without a slash at the end.
    pub url: &'a str,
    pub offset_minutes: i32,
}

impl House<'_> {
    /// The portal's name in a language.
    fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => self.portal.0,
            Lang::En => self.portal.1,
        }
    }
}

/// The plain text.
#[derive(Template)]
#[template(path = "mail/letter.txt", escape = "none", whitespace = "preserve")]
struct Plain<'a> {
    words: &'a Words,
}

/// The same as HTML.
#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    words: &'a Words,
}

struct Words {
    lang: &'static str,
    subject: String,
    greeting: String,
    lead: Option<String>,
    items: Vec<Item>,
    more: Option<String>,
    foot: String,
    /// Where the link below the foot leads, and what it says.
    settings: String,
    settings_text: String,
}

struct Item {
    title: String,
    body: String,
    at: String,
    open: String,
    href: String,
}

/// A notice's title and body in a language. A code that this program has no words for (a newer program wrote it) is told as such.
pub fn words_of(texts: &Texts, lang: Lang, notice: &Notice) -> (String, String) {
    let mut args: Vec<(&str, Arg)> = notice.args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    // Notices of earlier programs do not tell whether heads heard.
    if args.iter().all(|(name, _)| *name != "heads") {
        args.push(("heads", Arg::from("")));
    }
    let part = |part: &str| texts.find(lang, &format!("notice-{}-{part}", notice.event), &args);
    (
        part("title").unwrap_or_else(|| texts.text(lang, "notice-other-title", &[])),
        part("body").unwrap_or_else(|| texts.text(lang, "notice-other-body", &[])),
    )
}

/// The letter of a mail.
pub(super) fn write(house: &House<'_>, id: &MailId, mail: &Outgoing, notices: &[Notice]) -> Result<Letter> {
    let (lang, texts) = (mail.lang, house.texts);
    let digest = mail.kind == "digest";
    let items: Vec<Item> = notices
        .iter()
        .take(SPELLED_OUT)
        .map(|notice| {
            let (title, body) = words_of(texts, lang, notice);
            Item {
                title,
                body,
                at: texts.date_time(lang, notice.at, house.offset_minutes),
                open: texts.text(lang, "mail-open", &[]),
                href: format!("{}{}", house.url, notice.link),
            }
        })
        .collect();
    let count = [("count", Arg::from(notices.len()))];
    let subject = match items.first() {
        Some(item) if !digest => item.title.clone(),
        _ => texts.text(lang, "mail-digest-subject", &count),
    };
    let lead = digest.then(|| texts.text(lang, "mail-digest-lead", &count));
    let more = (notices.len() > SPELLED_OUT)
        .then(|| texts.text(lang, "mail-digest-more", &[("count", (notices.len() - SPELLED_OUT).into())]));
    bind(house, id, mail, Sheet { subject, lead, items, more }, None)
}

/// The letter of a mail about an account: its words, and the link with its key.
pub(super) fn write_own(
    house: &House<'_>,
    id: &MailId,
    mail: &Outgoing,
    kind: LetterKind,
    key: Option<&str>,
) -> Result<Letter> {
    let (lang, texts) = (mail.lang, house.texts);
    let (subject, body, open) = match kind {
        LetterKind::Reset => ("mail-reset-subject", "mail-reset-body", "mail-reset-open"),
        LetterKind::Invitation => ("mail-invitation-subject", "mail-invitation-body", "mail-reset-open"),
        LetterKind::ResetDone => ("mail-reset-done-subject", "mail-reset-done-body", "mail-reset-done-open"),
        LetterKind::EmailChanged => ("mail-moved-subject", "mail-moved-body", "mail-reset-done-open"),
        LetterKind::SecondFactorRemoved => ("mail-factor-subject", "mail-factor-body", "mail-reset-done-open"),
    };
    let subject = texts.text(lang, subject, &[("portal", house.name(lang).into())]);
    let item = Item {
        title: subject.clone(),
        body: texts.text(lang, body, &[("name", mail.user_name.as_str().into())]),
        at: texts.date_time(lang, mail.created_at, house.offset_minutes),
        open: texts.text(lang, open, &[]),
        href: match key {
            Some(key) => format!("{}/internal/sign-in/reset?key={key}", house.url),
            None => format!("{}/internal/sign-in", house.url),
        },
    };
    bind(house, id, mail, Sheet { subject, lead: None, items: vec![item], more: None }, None)
}

/// The letter to a reader without an account: what became of what they wrote, or what happened to data that they follow, and where to read it.
pub(super) fn write_answer(
    house: &House<'_>,
    id: &MailId,
    mail: Outgoing,
    answer: &ReaderLetter,
    reply: Reply,
) -> Result<Letter> {
    let (lang, texts) = (answer.lang(), house.texts);
    let args: Vec<(&str, Arg)> = answer.args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let part = |part: &str| texts.text(lang, &format!("mail-{}-{}-{part}", answer.about.code(), answer.code), &args);
    let subject = part("subject");
    let own = |path: &str| format!("{}{}{path}?code={}", house.url, lang.prefix(), reply.receipt);
    let (follow, at) = (own(answer.about.follow()), |at| texts.date_time(lang, at, house.offset_minutes));
    let subscription = matches!(answer.about, About::Subscription(_));
    let open = if subscription { "mail-subscription-open" } else { "mail-report-open" };
    let happened = |item: &LetterItem| {
        let args: Vec<(&str, Arg)> = item.args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let title = format!("mail-item-{}", item.code);
        let plain = || texts.text(lang, &format!("{title}-plain"), &[]);
        Item {
            title: texts.text(lang, &title, &args),
            body: item.words.as_ref().map_or_else(plain, |words| words.get(lang).0.to_owned()),
            at: at(item.at),
            open: texts.text(lang, "mail-item-open", &[]),
            href: format!("{}{}{}", house.url, lang.prefix(), item.path),
        }
    };
    let told = answer.args.iter().find_map(|(name, value)| match value {
        Arg::Int(count) if name == "count" => usize::try_from(*count).ok(),
        _ => None,
    });
    let rest = told.unwrap_or(0).saturating_sub(answer.items.len());
    let sheet = if answer.items.is_empty() {
        let item = Item {
            title: subject.clone(),
            body: part("body"),
            at: at(mail.created_at),
            open: texts.text(lang, open, &[]),
            href: follow.clone(),
        };
        Sheet { subject, lead: None, items: vec![item], more: None }
    } else {
        let more = (rest > 0).then(|| texts.text(lang, "mail-subscription-more", &[("count", rest.into())]));
        Sheet { subject, lead: Some(part("lead")), items: answer.items.iter().map(happened).collect(), more }
    };
    let end = subscription.then(|| (follow, texts.text(lang, "mail-subscription-end", &[])));
    let mail = Outgoing { lang, address: reply.to, ..mail };
    let unsubscribe = answer.about.end().map(own);
    Ok(Letter { unsubscribe, ..bind(house, id, &mail, sheet, end)? })
}

/// What stands in a letter between greeting and foot.
struct Sheet {
    subject: String,
    lead: Option<String>,
    items: Vec<Item>,
    more: Option<String>,
}

/// Puts a letter together; `end` is where whoever follows something ends that, and what the link says.
fn bind(
    house: &House<'_>,
    id: &MailId,
    mail: &Outgoing,
    sheet: Sheet,
    end: Option<(String, String)>,
) -> Result<Letter> {
    let (lang, texts, portal) = (mail.lang, house.texts, house.name(mail.lang));
    let Sheet { subject, lead, items, more } = sheet;
    let to_reader = mail.name.is_empty();
    let greeting = match to_reader {
        true => texts.text(lang, "mail-report-greeting", &[]),
        false => texts.text(lang, "mail-greeting", &[("name", mail.name.as_str().into())]),
    };
    let (foot, settings) = match (to_reader, end.is_some()) {
        (true, true) => ("mail-subscription-foot", "/"),
        (true, false) => ("mail-report-foot", "/"),
        (false, _) => ("mail-foot", "/internal/account"),
    };
    let (settings, settings_text) = end.unwrap_or_else(|| (format!("{}{settings}", house.url), portal.to_owned()));
    let words = Words {
        lang: lang.tag(),
        subject: subject.clone(),
        greeting,
        lead,
        more,
        items,
        foot: texts.text(lang, foot, &[("portal", portal.into())]),
        settings,
        settings_text,
    };
    Ok(Letter {
        id: id.to_string(),
        at: mail.created_at,
        to_name: mail.name.clone(),
        to: mail.address.clone(),
        subject,
        text: Plain { words: &words }.render().map_err(Error::internal)?,
        html: Some(Html { words: &words }.render().map_err(Error::internal)?),
        unsubscribe: None,
    })
}

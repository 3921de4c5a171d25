//! What is offered while somebody types: words to go on with, datasets, topics and agencies; cached like every public page.

use actix_web::{HttpRequest, web};
use bytes::Bytes;

use super::serve::{kept, kept_bytes};
use super::view::suggest::{Entry, Group, Offers};
use crate::agency;
use crate::discovery::{Offer, Title};
use crate::http::page::{PageCtx, Piece, Section};
use crate::http::{App, HTML, Outcome, address, query_pairs};
use crate::kernel::text::fold;
use crate::kernel::{Lang, Localized, Result};
use crate::platform::db::run_blocking;

/// Characters of what is typed that count.
const MOST_TYPED: usize = 100;
/// Most topics, and most agencies, that are offered.
const MOST_NAMES: usize = 3;
/// What browsers that search from their own address bar read.
const SUGGESTIONS: &str = "application/x-suggestions+json; charset=utf-8";

/// What was typed so far; a space at its end says that the last word is whole.
fn typed(req: &HttpRequest) -> String {
    let typed = query_pairs(req).into_iter().find(|(name, _)| name == "q").map(|(_, value)| value);
    typed.unwrap_or_default().chars().filter(|c| !c.is_control()).take(MOST_TYPED).collect()
}

/// What the index has; nothing while there is none.
fn offer(app: &App, typed: &str, lang: Lang) -> Offer {
    let index = &app.parts.index;
    if !index.ready() {
        return Offer::default();
    }
    index.suggest(typed, lang).unwrap_or_else(|error| {
        tracing::debug!(%error, "the index offers nothing");
        Offer::default()
    })
}

/// GET /goi-y?q=…
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let typed = typed(&req);
    kept(&req, &app, HTML, |lang, path| {
        let app = app.get_ref().clone();
        async move { run_blocking(move || draw(&app, lang, path, &typed)).await }
    })
    .await
}

/// GET /goi-y.json?q=…: as OpenSearch has it, the text and what it may become.
pub async fn for_browsers(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let typed = typed(&req);
    kept_bytes(&req, &app, SUGGESTIONS, |lang, _| {
        let app = app.get_ref().clone();
        async move {
            run_blocking(move || {
                let offer = offer(&app, &typed, lang);
                let title = |title: &Title| title.title.iter().map(|piece| piece.text.as_str()).collect::<String>();
                let mut texts = offer.words.clone();
                texts.extend(offer.titles.iter().map(title).filter(|title| !offer.words.contains(title)));
                Ok(Bytes::from(serde_json::to_vec(&serde_json::json!([typed, texts]))?))
            })
            .await
        }
    })
    .await
}

fn draw(app: &App, lang: Lang, path: String, typed: &str) -> Result<Offers> {
    let page = app.public_page(lang, path, Section::Datasets);
    let offer = offer(app, typed, lang);
    let words = offer.words.iter().map(|words| Entry {
        pieces: plain(words),
        lang: (lang != Lang::Vi).then_some(Lang::Vi),
        href: page.href(&address("/dataset", &[("q", words)])),
    });
    let titles = offer.titles.iter().map(|title| Entry {
        pieces: title.title.iter().map(|piece| Piece { text: piece.text.clone(), matched: piece.matched }).collect(),
        lang: (title.lang != lang).then_some(title.lang),
        href: page.href(&format!("/dataset/{}", title.slug)),
    });
    let topics = app.profile().topics.iter().map(|topic| (topic.code.clone(), topic.name.clone())).collect();
    let agencies = if offer.agencies.is_empty() {
        Vec::new()
    } else {
        let name = |agency: agency::Agency| (agency.slug.clone(), agency.names());
        app.db().read(|conn| Ok(agency::all(conn)?.into_iter().map(name).collect()))?
    };
    let groups: [(&'static str, Vec<Entry>); 4] = [
        ("words", words.collect()),
        ("datasets", titles.collect()),
        ("topics", named(&page, typed, &offer.topics, topics, "/topic")),
        ("agencies", named(&page, typed, &offer.agencies, agencies, "/organization")),
    ];
    let groups = groups
        .into_iter()
        .filter(|(_, entries)| !entries.is_empty())
        .map(|(code, entries)| Group { name: page.t(&format!("offers-{code}")), entries })
        .collect();
    Ok(Offers { groups, page })
}

fn plain(text: &str) -> Vec<Piece> {
    vec![Piece { text: text.to_owned(), matched: false }]
}

/// The names that hold what was typed, those that begin with it first, then those with most datasets.
fn named(
    page: &PageCtx,
    typed: &str,
    counts: &[(String, u64)],
    names: Vec<(String, Localized)>,
    base: &str,
) -> Vec<Entry> {
    let wanted = fold(typed);
    let wanted: Vec<&str> = wanted.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut found: Vec<(usize, u64, Entry)> = names
        .into_iter()
        .filter_map(|(code, name)| {
            let count = counts.iter().find(|(known, _)| *known == code)?.1;
            let (own, got) = name.get(page.lang);
            // Whoever reads English may type the Vietnamese name, and the other way round.
            let both = [name.vi.as_str(), name.en.as_deref().unwrap_or_default()];
            let place = both.into_iter().filter_map(|name| place(name, &wanted)).min()?;
            let entry = Entry {
                pieces: plain(own),
                lang: (got != page.lang).then_some(got),
                href: page.href(&format!("{base}/{code}")),
            };
            Some((place, count, entry))
        })
        .collect();
    found.sort_by_key(|(place, count, _)| (*place, std::cmp::Reverse(*count)));
    found.into_iter().take(MOST_NAMES).map(|(.., entry)| entry).collect()
}

/// At which word of a name the folded words stand one after the other, the last of which may be a beginning.
fn place(name: &str, wanted: &[&str]) -> Option<usize> {
    let (last, before) = wanted.split_last()?;
    let name = fold(name);
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words
        .windows(wanted.len())
        .position(|window| window.split_last().is_some_and(|(end, start)| start == before && end.starts_with(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_words_and_the_beginning_of_the_last() {
        let name = "Sở Y tế";
        for (typed, expected) in
            [("so y", Some(0)), ("y t", Some(1)), ("t", Some(2)), ("so t", None), ("ở", None), ("", None)]
        {
            let folded = fold(typed);
            let wanted: Vec<&str> = folded.split_whitespace().collect();
            assert_eq!(place(name, &wanted), expected, "{typed}");
        }
    }
}

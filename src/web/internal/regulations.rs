//! The rules that hold in the province: periods, authorities and duties with their legal basis, and what they mean for today.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use chrono::NaiveDate;

use super::serve::frame;
use super::view::regulations::{DateLine, RegulationsPage};
use crate::duty;
use crate::http::page::{PageCtx, Section, Text};
use crate::http::present::text;
use crate::http::{App, Outcome, SignedIn, html};
use crate::profile::Profile;
use crate::web::regulations::Sheet;

/// GET /internal/regulations
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let page = frame(&req, &app, &who, Section::Other)?;
    Ok(html(StatusCode::OK, &shown(page, app.profile(), app.today()))?)
}

/// The page under a profile, as of a day.
fn shown(page: PageCtx, profile: &Profile, today: NaiveDate) -> RegulationsPage {
    let sheet = Sheet { page: &page, profile, today };
    RegulationsPage {
        rules: text(&page, &profile.name),
        dates: duty::ahead(profile, today).into_iter().map(|ahead| date(&page, ahead)).collect(),
        groups: sheet.groups(),
        documents: sheet.register(),
        page,
    }
}

fn date(page: &PageCtx, ahead: duty::Ahead) -> DateLine {
    let what = match &ahead.report {
        Some(report) => text(page, report),
        None => Text::new(page.code("regulation-date", ahead.code)),
    };
    DateLine { what, from: ahead.from, days: ahead.days }
}

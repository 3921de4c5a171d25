//! The component gallery, on development machines only: every component in every state, and every page with sample values.
//! The tests of HTML and accessibility read it, so that a component is tested by standing here.
//!
//! The names and figures are invented; the words are sample content, as in `demo`, not texts of the portals.

mod board;
mod demand;
mod duties;
mod open_data;
mod quarters;
mod regulations;
mod release;
mod requests;
mod statistics;

use std::sync::Arc;

use askama::Template;
use chrono::{Days, NaiveDate};

use crate::chart;
use crate::http::page::*;
use crate::http::present;
use crate::i18n::Texts;
use crate::kernel::{Lang, Localized, Timestamp};
use crate::plan::yearly;
use crate::platform::totp;
use crate::voice::{ReportForm, State};
use crate::web::internal::view as inside;
use crate::web::public::view as outside;
use crate::web::report_form::{self, ReportFields};

/// Every component in every state.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/gallery.html")]
pub struct GalleryPage {
    /// The page.
    pub page: PageCtx,
    /// Every page with sample values: name and address.
    pub pages: Vec<(&'static str, String)>,
    /// The states of timeliness.
    pub badges: Vec<Freshness>,
    /// Rows of grains: few, many, none.
    pub rows: Vec<GrainRow>,
    /// The states of datasets and versions.
    pub states: Vec<&'static str>,
    /// Messages in every tone.
    pub tones: Vec<(Tone, String)>,
    /// A field as it is, with a hint, with an error; in every kind.
    pub plain: Field,
    /// A field with an error.
    pub wrong: Field,
    /// What is wrong with the form.
    pub wrongs: Vec<Wrong>,
    /// Choices of selects and radio buttons.
    pub choices: Vec<Choice>,
    /// Pagers: at the start, in the middle, at the end.
    pub pagers: Vec<Pager>,
    /// A facet.
    pub facet: Facet,
    /// A filter in force.
    pub chip: Chip,
    /// Columns in every shape.
    pub columns: Vec<ColumnView>,
    /// Files.
    pub files: Vec<Download>,
    /// The names of all icons.
    pub icons: Vec<&'static str>,
    /// The way here.
    pub steps: Vec<Link>,
    /// The page's own short name.
    pub here: Text,
}

/// The names of the sample pages: addresses of the gallery end with them.
pub const PAGES: &[&str] = &[
    "home",
    "home-empty",
    "search",
    "search-all",
    "search-none",
    "dataset",
    "dataset-structure",
    "dataset-versions",
    "dataset-older",
    "explore",
    "explore-groups",
    "explore-none",
    "explore-wrong",
    "map",
    "map-points",
    "map-none",
    "chart",
    "chart-line",
    "chart-pie",
    "chart-none",
    "chart-wrong",
    "agencies",
    "agency",
    "topics",
    "topic",
    "terms",
    "about",
    "api",
    "api-empty",
    "guides",
    "news",
    "news-empty",
    "article",
    "article-gone",
    "error-400",
    "error-404",
    "error-429",
    "error-500",
    "error-503",
    "gone",
    "too-long",
    "report",
    "report-wrong",
    "follow",
    "follow-unknown",
    "follow-closed",
    "subscribe",
    "subscribe-wrong",
    "subscribe-sent",
    "subscription-ask",
    "subscription",
    "subscription-ended",
    "subscription-unknown",
    "asks",
    "asks-empty",
    "ask",
    "ask-confirm",
    "ask-wrong",
    "asked",
    "asked-published",
    "asked-refused",
    "asked-planned",
    "ask-follow",
    "ask-followed",
    "open-catalogue",
    "open-catalogue-older",
    "open-catalogue-empty",
    "open-catalogue-compare",
    "open-plan",
    "open-plan-empty",
    "standing",
    "standing-empty",
    "documents",
    "documents-empty",
    "statistics",
    "statistics-empty",
    "releases",
    "releases-empty",
    "release",
    "release-unsigned",
    "release-keys",
    "release-keys-empty",
    "release-check",
    "release-check-unsigned",
    "sign-in",
    "sign-in-wrong",
    "in-home",
    "in-home-empty",
    "in-home-province",
    "in-datasets",
    "in-datasets-empty",
    "in-dataset",
    "in-contacts",
    "in-duties",
    "in-duties-empty",
    "in-update",
    "in-update-sign",
    "in-update-wrong",
    "in-update-waiting",
    "in-update-none",
    "in-new-dataset",
    "in-new-dataset-wrong",
    "in-lists",
    "in-list",
    "in-list-entered",
    "in-edit-about",
    "in-edit-sorting",
    "in-edit-coverage",
    "in-edit-tables",
    "in-edit-dictionary",
    "in-edit-check",
    "in-upload-receiving",
    "in-upload-reading",
    "in-upload-refused",
    "in-reading",
    "in-findings",
    "in-findings-empty",
    "in-review",
    "in-review-first",
    "in-review-none",
    "in-withdrawal",
    "in-withdrawal-confirm",
    "in-purge-new",
    "in-purge",
    "in-purge-done",
    "in-backups",
    "in-calendar",
    "in-calendar-changes",
    "in-audit",
    "in-audit-entry",
    "in-alerts",
    "in-alerts-empty",
    "in-reports",
    "in-reports-empty",
    "in-report",
    "in-report-closed",
    "in-report-new",
    "in-correction",
    "in-board",
    "in-board-empty",
    "in-board-quarter",
    "in-board-agency",
    "in-board-agency-empty",
    "in-quarters",
    "in-quarters-empty",
    "in-quarter",
    "in-quarter-open",
    "in-quarter-closed",
    "in-return",
    "in-return-signed",
    "in-return-preview",
    "in-return-preview-sign",
    "in-open-data",
    "in-catalogue",
    "in-catalogue-submitted",
    "in-catalogue-posted",
    "in-catalogue-entry",
    "in-plan",
    "in-plan-submitted",
    "in-plan-executing",
    "in-plan-item",
    "in-asks",
    "in-asks-empty",
    "in-demand",
    "in-demand-datasets",
    "in-demand-words",
    "in-demand-empty",
    "in-ask",
    "in-ask-closed",
    "in-pages",
    "in-page-new",
    "in-page",
    "in-page-preview",
    "in-page-revision",
    "in-notices",
    "in-account",
    "in-password",
    "in-second-factor",
    "in-second-factor-on",
    "in-recovery-codes",
    "in-code",
    "in-history",
    "in-history-empty",
    "in-tokens",
    "in-tokens-empty",
    "in-rules",
    "in-regulations",
    "in-forgotten",
    "in-forgotten-asked",
    "in-reset",
    "in-reset-over",
    "in-accounts",
    "in-accounts-empty",
    "in-account-selection",
    "in-account-selection-done",
    "in-account-new",
    "in-account-request",
    "in-account-issued",
    "in-account-admin",
    "in-account-reviews",
    "in-account-review",
    "in-account-review-ended",
    "in-agencies",
    "in-agencies-empty",
    "in-focal-lists",
    "in-focal-lists-empty",
    "in-focal-list",
    "in-focal-list-submitted",
    "in-focal-list-approved",
    "in-agency-new",
    "in-agency",
    "in-error",
];

/// The drawings of the sprite that stand beside words.
const ICONS: &[&str] = &[
    "search", "menu", "close", "down", "right", "left", "arrow", "sort", "asc", "desc", "download", "upload", "filter",
    "table", "chart", "map", "columns", "history", "api", "copy", "cite", "link", "calendar", "bell", "user", "out",
    "agency", "check", "alert", "info", "file", "edit", "eye", "lock", "shield", "globe", "feed", "voice", "clock",
    "scales", "t-edu", "t-health", "t-land", "t-rice", "t-money", "t-doc", "t-bus", "t-air", "t-shop", "t-people",
    "t-lotus", "t-work",
];

/// A site with invented names.
pub fn site(public_url: &str) -> Site {
    let both = |vi: &str, en: &str| Both { vi: vi.into(), en: en.into() };
    Site {
        province: both("tỉnh Lạc Điền", "Lạc Điền province"),
        public_name: both("Cổng dữ liệu mở tỉnh Lạc Điền", "Lạc Điền open data portal"),
        internal_name: both("Cổng dữ liệu nội bộ tỉnh Lạc Điền", "Lạc Điền internal data portal"),
        illustration: Some(both(
            "Tỉnh Lạc Điền, các cơ quan và con người của tỉnh là giả định.",
            "Lạc Điền Province, its agencies and its people are invented.",
        )),
        contact: vec![
            both(
                "Cơ quan đầu mối: Sở Khoa học và Công nghệ.",
                "Coordinating agency: Department of Science and Technology.",
            ),
            both(
                "Điện thoại 0200 000 000, giờ làm việc 7:30–17:00.",
                "Telephone 0200 000 000, office hours 7:30–17:00.",
            ),
        ],
        public_url: public_url.into(),
        profile: "current-2026".into(),
        asset_version: "gallery".into(),
        offset_minutes: 420,
        mails: true,
    }
}

/// A sample page as HTML; nothing for a name that is not in [`PAGES`].
///
/// # Errors
/// When the template cannot be written, which does not happen with memory at hand.
pub fn sample(
    name: &str,
    lang: Lang,
    texts: &Arc<Texts>,
    site: &Arc<Site>,
    now: Timestamp,
) -> Option<askama::Result<String>> {
    let samples = Samples { lang, texts: Arc::clone(texts), site: Arc::clone(site), now };
    let html = match name {
        "home" => samples.home(true).render(),
        "home-empty" => samples.home(false).render(),
        "search" => samples.search("truong hoc", 9).render(),
        "search-all" => samples.search("", 68).render(),
        "search-none" => samples.search("học phí trường quốc tế", 0).render(),
        "dataset" => samples.dataset(outside::dataset::Tab::Data, false).render(),
        "dataset-structure" => samples.dataset(outside::dataset::Tab::Structure, false).render(),
        "dataset-versions" => samples.dataset(outside::dataset::Tab::Versions, false).render(),
        "dataset-older" => samples.dataset(outside::dataset::Tab::Data, true).render(),
        "explore" => samples.explore(Some(486), false).render(),
        "explore-groups" => samples.explore(Some(5), true).render(),
        "explore-none" => samples.explore(Some(0), false).render(),
        "explore-wrong" => samples.explore(None, false).render(),
        "map" => samples.map(Some(false)).and_then(|page| page.render()),
        "map-points" => samples.map(Some(true)).and_then(|page| page.render()),
        "map-none" => samples.map(None).and_then(|page| page.render()),
        "chart" => samples.chart(Some(chart::Kind::Stacked), false).render(),
        "chart-line" => samples.chart(Some(chart::Kind::Line), false).render(),
        "chart-pie" => samples.chart(Some(chart::Kind::Pie), false).render(),
        "chart-none" => samples.chart(None, false).render(),
        "chart-wrong" => samples.chart(None, true).render(),
        "agencies" => samples.agencies().render(),
        "agency" => samples.agency().render(),
        "topics" => samples.topics_page().render(),
        "topic" => samples.topic().render(),
        "terms" => samples.terms().render(),
        "about" => samples.about().render(),
        "api" => samples.api(true).render(),
        "api-empty" => samples.api(false).render(),
        "guides" => samples.articles(false, true).render(),
        "news" => samples.articles(true, true).render(),
        "news-empty" => samples.articles(true, false).render(),
        "article" => samples.article().render(),
        "article-gone" => samples.article_gone().render(),
        "error-400" => samples.error(400).render(),
        "error-404" => samples.error(404).render(),
        "error-429" => samples.error(429).render(),
        "error-500" => samples.error(500).render(),
        "error-503" => samples.error(503).render(),
        "gone" => samples.gone().render(),
        "too-long" => samples.too_long().render(),
        "report" => samples.report(false).render(),
        "report-wrong" => samples.report(true).render(),
        "follow" => samples.follow(None, false).render(),
        "follow-unknown" => samples.follow(None, true).render(),
        "follow-closed" => samples.follow(Some(State::Closed), false).render(),
        "subscribe" => samples.subscribe(false, false).render(),
        "subscribe-wrong" => samples.subscribe(true, false).render(),
        "subscribe-sent" => samples.subscribe(false, true).render(),
        "subscription-ask" => samples.subscription(Some(None)).render(),
        "subscription" => samples.subscription(Some(Some(now))).render(),
        "subscription-ended" => {
            outside::subscriptions::SubscriptionPage { ended: true, ..samples.subscription(None) }.render()
        }
        "subscription-unknown" => samples.subscription(None).render(),
        "asks" => samples.asks(true).render(),
        "asks-empty" => samples.asks(false).render(),
        "ask" => samples.ask(false, false).render(),
        "ask-confirm" => samples.ask(true, false).render(),
        "ask-wrong" => samples.ask(false, true).render(),
        "asked" => samples.asked("ask-state-new", "warn").render(),
        "asked-published" => samples.asked("ask-outcome-published", "good").render(),
        "asked-refused" => samples.asked("ask-outcome-refused", "plain").render(),
        "asked-planned" => samples.asked("ask-state-planned", "info").render(),
        "ask-follow" => samples.ask_follow(false).render(),
        "ask-followed" => samples.ask_follow(true).render(),
        "open-catalogue" => samples.open_catalogue(Some(false)).render(),
        "open-catalogue-older" => samples.open_catalogue(Some(true)).render(),
        "open-catalogue-empty" => samples.open_catalogue(None).render(),
        "open-catalogue-compare" => samples.open_catalogue_compare().render(),
        "open-plan" => samples.open_plan(true).render(),
        "open-plan-empty" => samples.open_plan(false).render(),
        "in-plan" => samples.in_plan(yearly::State::Consulted).render(),
        "in-plan-submitted" => samples.in_plan(yearly::State::Submitted).render(),
        "in-plan-executing" => samples.in_plan(yearly::State::Executing).render(),
        "in-plan-item" => samples.in_plan_item().render(),
        "in-open-data" => samples.in_open_data().render(),
        "in-catalogue" => samples.in_catalogue(false).render(),
        "in-catalogue-submitted" => samples.in_catalogue(true).render(),
        "in-catalogue-posted" => samples.in_catalogue_posted().render(),
        "in-catalogue-entry" => samples.in_catalogue_entry().render(),
        "standing" => samples.standing(true).render(),
        "standing-empty" => samples.standing(false).render(),
        "documents" => samples.documents(true).render(),
        "documents-empty" => samples.documents(false).render(),
        "statistics" => samples.statistics(true).render(),
        "statistics-empty" => samples.statistics(false).render(),
        "in-board" => samples.in_board(true, false).render(),
        "in-board-empty" => samples.in_board(false, false).render(),
        "in-board-quarter" => samples.in_board(true, true).render(),
        "in-board-agency" => samples.in_board_agency(true).render(),
        "in-board-agency-empty" => samples.in_board_agency(false).render(),
        "in-quarters" => samples.in_quarters(true).render(),
        "in-quarters-empty" => samples.in_quarters(false).render(),
        "in-quarter" => samples.in_quarter("ended").render(),
        "in-quarter-open" => samples.in_quarter("open").render(),
        "in-quarter-closed" => samples.in_quarter("closed").render(),
        "in-return" => samples.in_return(false).render(),
        "in-return-signed" => samples.in_return(true).render(),
        "in-return-preview" => samples.in_return_preview(false).render(),
        "in-return-preview-sign" => samples.in_return_preview(true).render(),
        "releases" => samples.releases(true).render(),
        "releases-empty" => samples.releases(false).render(),
        "release" => samples.release(true).render(),
        "release-unsigned" => samples.release(false).render(),
        "release-keys" => samples.release_keys(true).render(),
        "release-keys-empty" => samples.release_keys(false).render(),
        "release-check" => samples.release_check(true).render(),
        "release-check-unsigned" => samples.release_check(false).render(),
        "in-asks" => samples.in_asks(true).render(),
        "in-asks-empty" => samples.in_asks(false).render(),
        "in-demand" => samples.demand("requests", true).render(),
        "in-demand-datasets" => samples.demand("datasets", true).render(),
        "in-demand-words" => samples.demand("words", true).render(),
        "in-demand-empty" => samples.demand("words", false).render(),
        "in-ask" => samples.in_ask(true).render(),
        "in-ask-closed" => samples.in_ask(false).render(),
        "sign-in" => samples.sign_in(false).render(),
        "sign-in-wrong" => samples.sign_in(true).render(),
        "in-datasets" => samples.in_datasets(true).render(),
        "in-datasets-empty" => samples.in_datasets(false).render(),
        "in-dataset" => samples.in_dataset().render(),
        "in-contacts" => samples.in_contacts().render(),
        "in-duties" => samples.in_duties(true).render(),
        "in-duties-empty" => samples.in_duties(false).render(),
        "in-update" => samples.in_update("").render(),
        "in-update-sign" => samples.in_update("sign").render(),
        "in-update-wrong" => samples.in_update("wrong").render(),
        "in-update-waiting" => samples.in_update("waiting").render(),
        "in-update-none" => samples.in_update("none").render(),
        "in-new-dataset" => samples.in_new_dataset(false).render(),
        "in-new-dataset-wrong" => samples.in_new_dataset(true).render(),
        "in-lists" => samples.in_lists().render(),
        "in-list" => samples.in_list(false).render(),
        "in-list-entered" => samples.in_list(true).render(),
        "in-edit-about" => samples.in_edit("about").render(),
        "in-edit-sorting" => samples.in_edit("sorting").render(),
        "in-edit-coverage" => samples.in_edit("coverage").render(),
        "in-edit-tables" => samples.in_edit("tables").render(),
        "in-edit-dictionary" => samples.in_edit("dictionary").render(),
        "in-edit-check" => samples.in_edit("check").render(),
        "in-upload-receiving" => samples.in_upload("receiving").render(),
        "in-upload-reading" => samples.in_upload("reading").render(),
        "in-upload-refused" => samples.in_upload("refused").render(),
        "in-reading" => samples.in_reading().render(),
        "in-review" => samples.in_review(false).render(),
        "in-review-first" => samples.in_review(true).render(),
        "in-review-none" => inside::review::ReviewPage { draft: None, ..samples.in_review(true) }.render(),
        "in-withdrawal" => samples.in_withdrawal(false).render(),
        "in-withdrawal-confirm" => samples.in_withdrawal(true).render(),
        "in-purge-new" => samples.in_purge_new().render(),
        "in-purge" => samples.in_purge(false).render(),
        "in-purge-done" => samples.in_purge(true).render(),
        "in-backups" => samples.in_backups().render(),
        "in-calendar" => samples.in_calendar(false).render(),
        "in-calendar-changes" => samples.in_calendar(true).render(),
        "in-audit" => samples.in_audit().render(),
        "in-audit-entry" => samples.in_audit_entry().render(),
        "in-alerts" => samples.in_alerts(true).render(),
        "in-alerts-empty" => samples.in_alerts(false).render(),
        "in-reports" => samples.in_reports(true).render(),
        "in-reports-empty" => samples.in_reports(false).render(),
        "in-report" => samples.in_report(State::New).render(),
        "in-report-closed" => samples.in_report(State::Closed).render(),
        "in-report-new" => samples.in_report_new().render(),
        "in-correction" => samples.in_correction().render(),
        "in-home" => samples.in_home(true, false).render(),
        "in-home-empty" => samples.in_home(false, false).render(),
        "in-home-province" => samples.in_home(true, true).render(),
        "in-pages" => samples.in_pages().render(),
        "in-page-new" => samples.in_page_new().render(),
        "in-page" => samples.in_page().render(),
        "in-page-preview" => samples.in_page_text(None).render(),
        "in-page-revision" => samples.in_page_text(Some(2)).render(),
        "in-notices" => samples.in_notices().render(),
        "in-account" => samples.in_account().render(),
        "in-password" => samples.in_password().render(),
        "in-second-factor" => samples.in_second_factor(false).render(),
        "in-second-factor-on" => samples.in_second_factor(true).render(),
        "in-recovery-codes" => samples.in_recovery_codes().render(),
        "in-code" => samples.in_code().render(),
        "in-history" => samples.in_history(true).render(),
        "in-history-empty" => samples.in_history(false).render(),
        "in-findings" => samples.in_findings(true).render(),
        "in-findings-empty" => samples.in_findings(false).render(),
        "in-tokens" => samples.in_tokens(true).render(),
        "in-tokens-empty" => samples.in_tokens(false).render(),
        "in-rules" => samples.in_rules().render(),
        "in-regulations" => samples.in_regulations().render(),
        "in-forgotten" => samples.in_forgotten(false).render(),
        "in-forgotten-asked" => samples.in_forgotten(true).render(),
        "in-reset" => samples.in_reset(true).render(),
        "in-reset-over" => samples.in_reset(false).render(),
        "in-accounts" => samples.in_accounts(true).render(),
        "in-accounts-empty" => samples.in_accounts(false).render(),
        "in-account-selection" => samples.in_selection(false).render(),
        "in-account-selection-done" => samples.in_selection(true).render(),
        "in-account-new" => samples.in_account_new().render(),
        "in-account-request" => samples.in_account_request().render(),
        "in-account-issued" => samples.in_account_issued().render(),
        "in-account-admin" => samples.in_account_admin().render(),
        "in-account-reviews" => samples.in_account_reviews().render(),
        "in-account-review" => samples.in_account_review(true).render(),
        "in-account-review-ended" => samples.in_account_review(false).render(),
        "in-agencies" => samples.in_agencies(true).render(),
        "in-agencies-empty" => samples.in_agencies(false).render(),
        "in-focal-lists" => samples.in_focal_lists(true).render(),
        "in-focal-lists-empty" => samples.in_focal_lists(false).render(),
        "in-focal-list" => samples.in_focal_list("compiled").render(),
        "in-focal-list-submitted" => samples.in_focal_list("submitted").render(),
        "in-focal-list-approved" => samples.in_focal_list("approved").render(),
        "in-agency-new" => samples.in_agency_new().render(),
        "in-agency" => samples.in_agency().render(),
        "in-error" => samples.in_error().render(),
        _ => return None,
    };
    Some(html)
}

/// The gallery; `base` is the address before the names of the sample pages.
pub fn gallery(lang: Lang, texts: &Arc<Texts>, site: &Arc<Site>, now: Timestamp, base: &str) -> GalleryPage {
    let samples = Samples { lang, texts: Arc::clone(texts), site: Arc::clone(site), now };
    let page = samples.page("/internal/gallery", Section::Other, Portal::Internal);
    let wrong = |text: &str| Wrong { field: Some("wrong".into()), text: text.into() };
    let wrongs =
        vec![wrong("Nhập ngày cuối của kỳ, ví dụ 31/08/2026"), Wrong { field: None, text: "Chọn một tệp".into() }];
    let mut columns = samples.columns();
    columns.push(ColumnView {
        name: "ghi_chu".into(),
        title: Text::new("Ghi chú"),
        kind: "text".into(),
        rows: 9,
        nulls: 9,
        ..ColumnView::default()
    });
    GalleryPage {
        pages: PAGES.iter().map(|name| (*name, format!("{base}/{name}"))).collect(),
        badges: [Timeliness::OnTime, Timeliness::Soon, Timeliness::Late, Timeliness::Unscheduled]
            .map(|state| samples.freshness(state))
            .to_vec(),
        rows: vec![
            GrainRow { on_time: 8, soon: 1, late: 1, unscheduled: 1 },
            GrainRow { on_time: 640, soon: 31, late: 12, unscheduled: 5 },
            GrainRow { on_time: 1, ..GrainRow::default() },
        ],
        states: vec![
            "draft",
            "submitted",
            "changes-asked",
            "approved",
            "published",
            "replaced",
            "refused",
            "withdrawn",
        ],
        tones: vec![
            (Tone::Info, "Bộ dữ liệu chưa có bản tiếng Anh.".into()),
            (Tone::Good, "Đã lưu nháp lúc 09:04.".into()),
            (Tone::Warn, "Chỉ mục tìm kiếm đang dựng lại.".into()),
            (Tone::Bad, "Không đọc được tệp: dòng 214, cột 3 có ký tự ngoài bảng mã.".into()),
        ],
        plain: Field::new("plain", "Bảng giá đất"),
        wrong: Field::new("wrong", "31/02/2026").checked(&wrongs),
        wrongs,
        choices: samples.choices(&["Ba tháng một lần", "Hằng năm", "Khi có thay đổi"]),
        pagers: vec![Pager::new(1, 2, "?"), Pager::new(20, 41, "?"), Pager::new(41, 41, "?")],
        facet: samples.facets().swap_remove(2),
        chip: samples.chip("Chủ đề", "Giáo dục"),
        columns,
        files: samples.files(),
        icons: ICONS.to_vec(),
        steps: vec![Link::new("Giáo dục", "?")],
        here: Text::new("Trường học và số học sinh"),
        page,
    }
}

impl GalleryPage {
    /// The search box carries nothing along.
    pub fn nothing_kept(&self) -> &'static [(String, String)] {
        &[]
    }
}

/// Makes sample values.
struct Samples {
    lang: Lang,
    texts: Arc<Texts>,
    site: Arc<Site>,
    now: Timestamp,
}

const HASH: &str = "9f2c41d80a6be71355d0c8e4b1f79a26c3e1d5480f9b27aa6610e2d94c7b3f85";

impl Samples {
    fn page(&self, path: &str, section: Section, portal: Portal) -> PageCtx {
        let (texts, site) = (Arc::clone(&self.texts), Arc::clone(&self.site));
        match portal {
            Portal::Public => PageCtx::public(self.lang, texts, site, path, section, self.now),
            Portal::Internal => PageCtx {
                user: Some(UserBadge {
                    name: "Trần Thị Minh Thư".into(),
                    agency: "Sở Giáo dục và Đào tạo".into(),
                    role: "Cán bộ đầu mối".into(),
                    unread: 3,
                    sections: vec!["reports", "requests", "accounts", "agencies", "pages"],
                    alerts: Some(1),
                }),
                csrf: Some("sample".into()),
                ..PageCtx::internal(self.lang, texts, site, path, section, self.now)
            },
        }
    }

    fn public(&self, path: &str, section: Section) -> PageCtx {
        self.page(path, section, Portal::Public)
    }

    fn internal(&self, path: &str, section: Section) -> PageCtx {
        self.page(path, section, Portal::Internal)
    }

    /// Content without an English text: Vietnamese, marked where the page is English.
    fn vi(&self, text: &str) -> Text {
        Text::of(text, Lang::Vi, self.lang)
    }

    fn html(&self, html: &str) -> Html {
        Html { html: html.into(), lang: (self.lang != Lang::Vi).then_some(Lang::Vi) }
    }

    fn link(&self, text: &str, href: &str) -> Link {
        Link { text: self.vi(text), href: href.into() }
    }

    /// A field for a dataset's address, with what it offers.
    fn dataset_field(&self) -> Select {
        let offers = [("truong-hoc", "Trường học và số học sinh"), ("dan-so-xa", "Dân số các xã")];
        let offer = |(slug, title): (&str, &str)| Choice { value: slug.into(), text: title.into(), chosen: false };
        Select { choices: offers.map(offer).into(), field: Field::new("dataset", "") }
    }

    fn today(&self) -> NaiveDate {
        self.now.date(self.site.offset_minutes)
    }

    fn ago(&self, days: u64) -> NaiveDate {
        self.today().checked_sub_days(Days::new(days)).unwrap_or_default()
    }

    fn freshness(&self, state: Timeliness) -> Freshness {
        let days = match state {
            Timeliness::Soon => Some(6),
            Timeliness::Late => Some(12),
            _ => None,
        };
        Freshness { state, due: Some(self.ago(0)), working_days: days }
    }

    fn choices(&self, texts: &[&str]) -> Vec<Choice> {
        let choice = |(index, text): (usize, &&str)| Choice {
            value: index.to_string(),
            text: (*text).into(),
            chosen: index == 0,
        };
        texts.iter().enumerate().map(choice).collect()
    }

    fn chip(&self, facet: &str, text: &str) -> Chip {
        Chip { facet: facet.into(), text: self.vi(text), href: "?".into() }
    }

    fn rows(&self) -> Vec<DatasetRow> {
        let row = |title: &str, agency: &str, state, version, rows, downloads, days| DatasetRow {
            title: self.vi(title),
            href: "?".into(),
            agency: self.vi(agency),
            freshness: self.freshness(state),
            published: self.ago(days),
            version,
            rows,
            downloads,
        };
        use Timeliness::{Late, OnTime, Soon, Unscheduled};
        vec![
            row("Giá lúa thường tại ruộng theo tuần", "Sở Nông nghiệp và Môi trường", OnTime, 36, 1_512, 4_812, 1),
            row("Trường học và số học sinh", "Sở Giáo dục và Đào tạo", OnTime, 7, 486, 3_107, 64),
            row("Chỉ tiêu tuyển sinh lớp 10 công lập", "Sở Giáo dục và Đào tạo", Soon, 4, 165, 1_244, 90),
            row("Tuyến xe buýt có điểm dừng gần trường học", "Sở Xây dựng", Late, 2, 733, 288, 120),
            row("Đơn vị hành chính cấp tỉnh trước và sau năm 2025", "Sở Nội vụ", Unscheduled, 1, 97, 1_702, 200),
        ]
    }

    fn grains(&self) -> GrainRow {
        GrainRow { on_time: 57, soon: 6, late: 3, unscheduled: 2 }
    }

    fn agency_rows(&self) -> Vec<outside::home::AgencyGrains> {
        let row = |name: &str, on_time, soon, late, unscheduled| outside::home::AgencyGrains {
            name: self.vi(name),
            href: "?".into(),
            grains: GrainRow { on_time, soon, late, unscheduled },
        };
        vec![
            row("Sở Nông nghiệp và Môi trường", 9, 1, 0, 0),
            row("Sở Giáo dục và Đào tạo", 8, 1, 0, 0),
            row("Sở Y tế", 6, 0, 1, 0),
            row("Sở Tài chính", 6, 0, 0, 0),
            row("Sở Nội vụ", 3, 1, 0, 1),
            row("UBND phường Kim Sơn", 0, 1, 1, 0),
        ]
    }

    fn topics(&self) -> Vec<outside::home::TopicLink> {
        let topics = [
            ("Giáo dục", "edu", 9),
            ("Y tế", "health", 7),
            ("Đất đai, xây dựng", "land", 7),
            ("Nông nghiệp", "rice", 8),
            ("Ngân sách", "money", 6),
            ("Thủ tục hành chính", "doc", 5),
            ("Giao thông", "bus", 5),
            ("Môi trường", "air", 6),
            ("Doanh nghiệp", "shop", 4),
            ("Dân số", "people", 4),
            ("Văn hóa, du lịch", "lotus", 4),
            ("Lao động, việc làm", "work", 0),
        ];
        let topic = |(name, icon, count): (&str, &str, u64)| outside::home::TopicLink {
            name: self.vi(name),
            href: "?".into(),
            icon: icon.into(),
            count,
        };
        topics.into_iter().map(topic).collect()
    }

    fn home(&self, filled: bool) -> outside::home::HomePage {
        let topics = self.topics().into_iter().filter(|topic| topic.count > 0).collect();
        let mut used = self.rows();
        used.sort_by_key(|row| std::cmp::Reverse(row.downloads));
        outside::home::HomePage {
            page: self.public("/", Section::Other),
            datasets: if filled { 68 } else { 0 },
            agencies: if filled { 15 } else { 0 },
            examples: if filled {
                ["gia dat", "truong hoc", "xe buyt", "gia lua"].map(|word| Link::new(word, "?")).to_vec()
            } else {
                Vec::new()
            },
            freshness: self.grains(),
            agency_rows: if filled { self.agency_rows() } else { Vec::new() },
            recent: if filled { self.rows() } else { Vec::new() },
            most_used: if filled { used } else { Vec::new() },
            topics: if filled { topics } else { Vec::new() },
            sample: filled.then(|| outside::home::SampleQuery {
                dataset: self.link("Trường học và số học sinh", "?"),
                parquet_url: format!("{}/dataset/truong-hoc/truong-hoc.parquet", self.site.public_url),
                group_by: Some("cap_hoc".into()),
            }),
            news: if filled { self.entries(true) } else { Vec::new() },
            release: filled.then(|| self.link("Quý III/2026", "?")),
            updated: filled.then(|| self.ago(1)),
        }
    }

    fn facets(&self) -> Vec<Facet> {
        let value = |text: &str, count, chosen, timeliness| FacetValue {
            text: self.vi(text),
            count,
            href: "?".into(),
            chosen,
            timeliness,
        };
        let page = self.public("/dataset", Section::Datasets);
        let facet = |name: &'static str, title: &str, open, values| Facet { name, title: page.t(title), open, values };
        let state = |state: Timeliness, count| FacetValue {
            text: Text::new(page.t(state.text_id())),
            count,
            href: "?".into(),
            chosen: false,
            timeliness: Some(state),
        };
        vec![
            facet(
                "topic",
                "facet-topic",
                true,
                vec![
                    value("Giáo dục", 9, true, None),
                    value("Y tế", 2, false, None),
                    value("Giao thông", 1, false, None),
                ],
            ),
            facet(
                "agency",
                "facet-agency",
                true,
                vec![
                    value("Sở Giáo dục và Đào tạo", 5, false, None),
                    value("Sở Y tế", 2, false, None),
                    value("Sở Nông nghiệp và Môi trường", 2, false, None),
                ],
            ),
            facet(
                "timeliness",
                "facet-timeliness",
                true,
                vec![state(Timeliness::OnTime, 7), state(Timeliness::Soon, 1), state(Timeliness::Late, 1)],
            ),
            facet("format", "facet-format", true, vec![value("CSV", 9, true, None), value("Parquet", 8, false, None)]),
            facet(
                "frequency",
                "facet-frequency",
                false,
                vec![value("Ba tháng một lần", 6, false, None), value("Hằng năm", 3, false, None)],
            ),
        ]
    }

    fn search(&self, query: &str, total: u64) -> outside::search::SearchPage {
        let pieces = |text: &str| {
            let piece = |(index, text): (usize, &str)| Piece { text: text.into(), matched: index % 2 == 1 };
            text.split('*').enumerate().filter(|(_, text)| !text.is_empty()).map(piece).collect::<Vec<_>>()
        };
        let lang = (self.lang != Lang::Vi).then_some(Lang::Vi);
        let row = |title: &str, snippet: &str, columns: &[&str], row: DatasetRow| outside::search::ResultRow {
            title: pieces(title),
            title_lang: lang,
            href: row.href,
            snippet: pieces(snippet),
            snippet_lang: lang,
            columns: columns.iter().map(|column| pieces(column)).collect(),
            agency: row.agency,
            freshness: row.freshness,
            published: row.published,
            rows: row.rows,
            downloads: row.downloads,
            formats: vec!["CSV".into(), "Parquet".into()],
        };
        let rows = self.rows();
        let results = vec![
            row(
                "*Trường học* và số học sinh",
                "Mọi cơ sở giáo dục mầm non và phổ thông đang hoạt động: tên, cấp học, địa chỉ, số lớp, số học sinh.",
                &[],
                rows[1].clone(),
            ),
            row(
                "Chỉ tiêu tuyển sinh lớp 10 công lập",
                "Chỉ tiêu, số đăng ký và điểm chuẩn của từng *trường* trung *học* phổ thông.",
                &["Tên *trường*", "Mã *trường*"],
                rows[2].clone(),
            ),
            row(
                "Tuyến xe buýt có điểm dừng gần *trường học*",
                "Điểm dừng trong vòng 500 m quanh cổng *trường*, kèm tuyến và giờ chạy.",
                &[],
                rows[3].clone(),
            ),
        ];
        let page = self.public("/dataset", Section::Datasets);
        let sort = |(index, id): (usize, &str)| Choice {
            value: id.into(),
            text: page.t(&format!("sort-{id}")),
            chosen: index == 0,
        };
        let sorts = ["relevance", "updated", "used", "title"].into_iter().enumerate().map(sort).collect();
        let found = total > 0;
        outside::search::SearchPage {
            ask_href: "?".into(),
            query: query.into(),
            total,
            facets: if found { self.facets() } else { Vec::new() },
            chips: if query.is_empty() {
                Vec::new()
            } else {
                vec![self.chip("Chủ đề", "Giáo dục"), self.chip("Định dạng", "CSV")]
            },
            clear_href: "?q=".into(),
            sorts,
            kept: vec![("topic".into(), "giao-duc".into())],
            results: if found { results } else { Vec::new() },
            pager: Pager::new(1, if found { 4 } else { 1 }, "/dataset?q=truong+hoc"),
            also: if query == "truong hoc" {
                vec!["cơ sở giáo dục".into(), "trường phổ thông".into()]
            } else {
                Vec::new()
            },
            exact_href: Some("?exact=1".into()),
            relaxed: query == "truong hoc",
            without_index: query.is_empty(),
            help: outside::search::SearchHelp {
                without: vec![(self.chip("Định dạng", "CSV"), 2)],
                similar: vec![Link::new("mức thu học phí", "?"), Link::new("trường ngoài công lập", "?")],
                topics: vec![(self.link("Giáo dục", "?"), 9)],
            },
            guides: match query {
                "truong hoc" => vec![outside::editorial::ArticleEntry {
                    title: self.vi("Cách dùng dữ liệu về trường học"),
                    href: "?".into(),
                    lead: self.vi("Tìm, lọc, tải về."),
                    at: None,
                }],
                _ => Vec::new(),
            },
            feed_href: "?feed".into(),
            page,
        }
    }

    fn columns(&self) -> Vec<ColumnView> {
        let column = |name: &str, title: &str, kind: &str, meaning: &str| ColumnView {
            name: name.into(),
            title: self.vi(title),
            kind: kind.into(),
            meaning: (!meaning.is_empty()).then(|| self.vi(meaning)),
            rows: 486,
            distinct_exact: true,
            ..ColumnView::default()
        };
        let most = |values: &[(&str, u64)]| {
            values.iter().map(|(value, count)| Frequent { value: (*value).into(), count: *count }).collect()
        };
        let hill = vec![3, 9, 16, 25, 28, 23, 18, 16, 12, 10, 8, 6, 5, 4, 3, 2, 2, 1, 0, 1];
        vec![
            ColumnView {
                distinct: 486,
                shape: Shape::Unique,
                ..column("ma_truong", "Mã trường", "text", "Mã do Bộ cấp, 5 ký tự, giữ số 0 ở đầu.")
            },
            ColumnView {
                distinct: 480,
                distinct_exact: false,
                min: Some("Mầm non An Lạc".into()),
                max: Some("Tiểu học Xuân Lộc".into()),
                shape: Shape::Unique,
                ..column("ten_truong", "Tên trường", "text", "Tên đầy đủ theo quyết định thành lập.")
            },
            ColumnView {
                distinct: 5,
                top: most(&[("Mầm non", 177), ("Tiểu học", 163), ("THCS", 91), ("THPT", 35), ("THCS và THPT", 20)]),
                shape: Shape::Categories { top: vec![177, 163, 91, 35], rest: 20 },
                rules: vec!["Bắt buộc có giá trị.".into(), "Một trong 5 giá trị của danh mục.".into()],
                codes: vec![("THCS".into(), Some(self.vi("Trung học cơ sở"))), ("THPT".into(), None)],
                ..column("cap_hoc", "Cấp học", "text", "Theo bảng mã cấp học.")
            },
            ColumnView {
                distinct: 42,
                top: most(&[("Phường Kim Sơn", 52), ("Xã Đồng Xuân", 39), ("Xã Trường Giang", 35)]),
                shape: Shape::Categories { top: vec![52, 39, 35], rest: 360 },
                ..column("xa_phuong", "Xã, phường", "text", "")
            },
            ColumnView {
                number: true,
                distinct: 31,
                min: Some("4".into()),
                max: Some("42".into()),
                shape: Shape::Histogram(hill.clone()),
                ..column("so_lop", "Số lớp", "integer", "Số lớp đầu học kỳ.")
            },
            ColumnView {
                number: true,
                distinct: 402,
                min: Some("61".into()),
                max: Some("1.690".into()),
                unit: Some(self.vi("học sinh")),
                shape: Shape::Histogram(hill.iter().map(|count| count * 40 + 7).collect()),
                ..column("so_hoc_sinh", "Số học sinh", "integer", "Số học sinh đang học, theo khai báo của trường.")
            },
            ColumnView {
                nulls: 20,
                distinct: 391,
                min: Some("12/08/1961".into()),
                max: Some("05/09/2024".into()),
                shape: Shape::Histogram(hill.into_iter().rev().collect()),
                ..column("ngay_thanh_lap", "Ngày thành lập", "date", "Ngày ký quyết định thành lập.")
            },
        ]
    }

    fn offers(&self) -> Offers {
        let unsized_file = |format: &str| Download { format: format.into(), href: "?".into(), ..Download::default() };
        Offers { people: vec![unsized_file("Excel (XLSX)"), unsized_file("CSV")], programs: self.files() }
    }

    fn files(&self) -> Vec<Download> {
        let page = self.public("/", Section::Datasets);
        let file = |format: &str, note: &str, bytes| Download {
            format: format.into(),
            note: page.t(note),
            href: "?".into(),
            bytes: Some(bytes),
        };
        vec![
            file("CSV", "note-csv", 61_204),
            file("Parquet", "note-parquet", 22_118),
            file("XLSX", "note-original", 48_031),
        ]
    }

    fn preview(&self) -> outside::dataset::Preview {
        let rows: [[&str; 7]; 6] = [
            ["01005", "THPT Nguyễn Trãi", "THPT", "Phường Kim Sơn", "31", "1.342", "12/08/1961"],
            ["01012", "THCS Lê Quý Đôn", "THCS", "Phường Kim Sơn", "24", "986", "03/09/1975"],
            ["01018", "Tiểu học Hoa Sen", "Tiểu học", "Phường Kim Sơn", "30", "1.104", "20/11/1982"],
            ["02014", "Tiểu học Đồng Xuân 1", "Tiểu học", "Xã Đồng Xuân", "20", "688", ""],
            [
                "03001",
                "Phổ thông dân tộc nội trú Trường Giang",
                "THCS và THPT",
                "Xã Trường Giang",
                "14",
                "462",
                "22/12/1990",
            ],
            ["03020", "Mầm non Hoa Ban", "Mầm non", "Xã Nậm Lúa", "8", "164", "15/08/2003"],
        ];
        let cell = |text: &&str| outside::dataset::Cell::new((!text.is_empty()).then(|| (*text).into()));
        let header = |index| outside::dataset::PreviewHeader {
            href: "?sort=x".into(),
            sorted: (index == 0).then_some(outside::dataset::Direction::Ascending),
        };
        outside::dataset::Preview {
            headers: (0..7).map(header).collect(),
            rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            first: 1,
            last: 20,
            total: 486,
            pager: Pager { anchor: "#table", ..Pager::new(1, 25, "?") },
            unsorted_href: Some("?".into()),
        }
    }

    fn dataset(&self, tab: outside::dataset::Tab, older: bool) -> outside::dataset::DatasetPage {
        use outside::dataset::{
            Citation, DatasetPage, OlderVersion, ResourceLink, ResourceView, Tab, TabHrefs, VersionEntry,
        };
        let entry = |number: u64, days: i64, reason: &str, change| VersionEntry {
            number,
            published: self.now.plus_seconds(-86_400 * days),
            href: "?".into(),
            reason: Some(self.vi(reason)),
            correction: number == 6,
            rows: 486,
            rows_change: change,
            hash: HASH.into(),
            files: self.files().into_iter().take(2).collect(),
            current: number == if older { 6 } else { 7 },
            latest: number == 7,
        };
        let title = "Trường học và số học sinh";
        let summary = "Mọi cơ sở giáo dục mầm non và phổ thông đang hoạt động trên địa bàn tỉnh.";
        DatasetPage {
            page: self.public("/dataset/truong-hoc", Section::Datasets),
            tab,
            tab_hrefs: TabHrefs { data: "?tab=data".into(), structure: "?tab=structure".into(), versions: "?tab=versions".into() },
            title: self.vi(title),
            summary: self.vi(summary),
            description: self.html(&format!("<p>{summary} Số liệu do nhà trường khai, Sở <strong>tổng hợp và đối chiếu</strong>.</p><ul><li>Mỗi dòng là một trường.</li><li>Điểm trường lẻ không tách riêng.</li></ul>")),
            agency: self.link("Sở Giáo dục và Đào tạo", "?"),
            topics: vec![self.link("Giáo dục", "?"), self.link("Dân số", "?")],
            keywords: vec![self.link("trường học", "?"), self.link("học sinh", "?")],
            freshness: self.freshness(Timeliness::OnTime),
            extended: None,
            unchanged: Some(self.ago(9)),
            frequency: "Ba tháng một lần".into(),
            terms: self.link("Điều khoản dữ liệu mở của tỉnh", "?"),
            coverage: Some(self.vi("Toàn tỉnh, năm học 2025–2026")),
            contact: Some(self.vi("Phòng Kế hoạch – Tài chính, 0200 000 111")),
            version: if older { 6 } else { 7 },
            published: self.ago(64),
            older: older.then(|| OlderVersion { latest: 7, latest_href: "?".into() }),
            views: 12_480,
            downloads: 3_107,
            use_by_month: self.trend(12),
            resources: vec![
                ResourceLink { title: self.vi("Danh sách trường"), href: "?".into(), current: true },
                ResourceLink { title: self.vi("Số học sinh theo lớp"), href: "?".into(), current: false },
            ],
            resource: Some(ResourceView {
                title: self.vi("Danh sách trường"),
                description: None,
                rows: 486,
                columns: self.columns(),
                preview: (tab == Tab::Data).then(|| self.preview()),
                offers: self.offers(),
                hash: HASH.into(),
                parquet_url: Some(format!("{}/dataset/truong-hoc/truong-hoc.parquet", self.site.public_url)),
                api_url: format!("{}/api/v1/datasets/truong-hoc/tables/truong-hoc/records", self.site.public_url),
                schema_href: Some("?".into()),
                explore_href: "?explore".into(),
                map_href: Some("?map".into()),
                chart_href: "?chart".into(),
            }),
            versions: vec![
                entry(7, 64, "Cập nhật đầu quý III: thêm 2 trường, bớt 1.", Some(1)),
                entry(6, 156, "Đính chính: mã của 3 trường mầm non bị mất số 0 ở đầu.", Some(0)),
                entry(5, 242, "Cập nhật đầu năm.", Some(-4)),
            ],
            version_count: 7,
            citation: Citation {
                author: "Sở Giáo dục và Đào tạo tỉnh Lạc Điền".into(),
                year: 2026,
                title: title.into(),
                version: 7,
                portal: self.site.public_name.get(self.lang).into(),
                url: format!("{}/dataset/truong-hoc/v/7", self.site.public_url),
                hash: HASH.into(),
            },
            related: vec![outside::dataset::RelatedRow {
                title: self.vi("Chỉ tiêu tuyển sinh lớp 10"),
                href: "?".into(),
                agency: self.vi("Sở Giáo dục và Đào tạo"),
                reasons: vec![self.public("/", Section::Datasets).t1("related-column", "column", "Mã trường")],
            }],
            short_url: Some(format!("{}/d/k7m2x9pq4h", self.site.public_url)),
            short_version_url: Some(format!("{}/d/k7m2x9pq4h/7", self.site.public_url)),
            embed_href: "?".into(),
            embed_code: format!(
                "<a href=\"{0}/dataset/truong-hoc\"><img src=\"{0}/dataset/truong-hoc/thong-bao.svg\" width=\"288\" height=\"108\" alt=\"{title}\"></a>",
                self.site.public_url
            ),
            report_href: "?".into(),
            catalogue: Some((false, "?".into())),
            feed_href: "?".into(),
            follow_href: "?".into(),
            json_ld: Some(JsonLd::new(&serde_json::json!({ "@context": "https://schema.org/", "@type": "Dataset", "name": title, "description": summary }))),
        }
    }

    /// A chart of a kind, of nothing, or of what is wrong.
    fn chart(&self, kind: Option<chart::Kind>, wrong: bool) -> outside::chart::ChartPage {
        use outside::chart::*;
        let page = self.public("/dataset/truong-hoc/truong-hoc/bieu-do", Section::Datasets);
        let wrongs = if wrong {
            vec![Wrong {
                field: Some("y".into()),
                text: "Cột “Tên trường” không phải là số nên không vẽ được ở đây.".into(),
            }]
        } else {
            Vec::new()
        };
        let series = |name: &str, values: [f64; 3], tone| chart::Series {
            name: name.into(),
            values: values.map(Some).to_vec(),
            told: values.iter().map(|value| value.to_string()).collect(),
            tone,
        };
        let names = ["Kim Sơn", "Đồng Xuân", "An Lạc"];
        let several =
            || vec![series("Tiểu học", [520.0, 410.0, 380.0], 0), series("Trung học cơ sở", [310.0, 290.0, 120.0], 1)];
        let grid = |series| chart::Grid { categories: names.map(str::to_owned).to_vec(), rest: None, series };
        let places = (0..3).map(|at| chart::Place {
            at: f64::from(at),
            label: format!("{:02}/2026", at + 1),
            number: i64::from(at),
        });
        let figures = kind.map(|kind| match kind {
            chart::Kind::Line => {
                chart::Figures::Lines(chart::Lines { places: places.collect(), every: &[1], series: several() })
            }
            chart::Kind::Pie => chart::Figures::Pie(grid(vec![series("", [520.0, 410.0, 380.0], 0)])),
            _ => chart::Figures::Stacked(grid(several())),
        });
        let picture = figures.map(|figures| {
            let number = |value: f64, decimals: usize| format!("{value:.decimals$}");
            let one = |value: f64| format!("{:.0}%", value * 100.0);
            let plot = chart::Plot {
                figures: &figures,
                x: "Xã, phường",
                y: "Tổng Số học sinh (người)",
                number: &number,
                x_number: &number,
                day: &one,
                share: &one,
            };
            Picture {
                title: "Tổng Số học sinh theo Xã, phường và Cấp".into(),
                lead: "486 dòng; đơn vị: người".into(),
                says: "Kim Sơn có tổng lớn nhất, bằng 41% của tất cả.".into(),
                notes: vec!["2 dòng để trống cột Xã, phường.".into()],
                wide: chart::draw(&plot, 820.0),
                narrow: chart::draw(&plot, 340.0),
                svg_href: "?svg".into(),
                png_href: "?png".into(),
                csv_href: "?csv".into(),
                heads: vec![("Xã, phường".into(), false), ("Tiểu học".into(), true), ("Trung học cơ sở".into(), true)],
                rows: names.iter().map(|name| vec![(*name).to_owned(), "520".into(), "310".into()]).collect(),
                cut: Some("Bảng trên trang có 3 trong 210 dòng. Tải CSV để có đủ.".into()),
            }
        });
        let explored = self.explore(Some(5), false);
        let select = |name: &'static str| {
            Some(Select { choices: explored.filter.columns.clone(), field: Field::new(name, "").checked(&wrongs) })
        };
        let kinds = chart::Kind::ALL
            .map(|kind| (self.link(&page.code("chart-kind", kind.code()), "?kind"), kind == chart::Kind::Stacked));
        ChartPage {
            dataset: explored.dataset,
            table: explored.table,
            tables: explored.tables,
            older: None,
            action: "/dataset/truong-hoc/truong-hoc/bieu-do".into(),
            kinds: kinds.to_vec(),
            x: select("x"),
            y: select("y"),
            series: select("series"),
            kept: vec![("kind".into(), "stacked".into())],
            chips: explored.chips,
            clear_href: Some("?clear".into()),
            filter: outside::explore::FilterForm { open: false, value: Field::new("add-value", ""), ..explored.filter },
            picture,
            explore_href: "?explore".into(),
            share_url: format!("{}/dataset/truong-hoc/truong-hoc/bieu-do?kind=stacked", self.site.public_url),
            citation: explored.citation,
            cited_url: format!("{}/dataset/truong-hoc/v/7/truong-hoc/bieu-do?kind=stacked", self.site.public_url),
            wrongs,
            page,
        }
    }

    fn explore(&self, total: Option<u64>, grouped: bool) -> outside::explore::ExplorePage {
        use outside::dataset::{Direction, PreviewHeader};
        use outside::explore::*;
        let page = self.public("/dataset/truong-hoc/truong-hoc/kham-pha", Section::Datasets);
        let wrongs = match total {
            Some(_) => Vec::new(),
            None => vec![Wrong {
                field: Some("add-value".into()),
                text: "“nhiều” không phải là số. Ghi như 1.234,5.".into(),
            }],
        };
        let choice = |text: &str, chosen| Choice { value: text.into(), text: text.into(), chosen };
        let titles = ["Mã trường", "Tên trường", "Cấp", "Xã, phường", "Số lớp", "Số học sinh", "Ngày thành lập"];
        let columns: Vec<Choice> = titles.iter().map(|title| choice(title, true)).collect();
        let shown: &[&str] = if grouped { &["Cấp", "Số dòng"] } else { &titles };
        let heading = |(index, title): (usize, &&str)| HeadingView {
            title: self.vi(title),
            name: (index < 2).then(|| "ma_truong".into()),
            number: index == 4 || index == 5,
            header: PreviewHeader {
                href: "?sort=x#table".into(),
                sorted: (index == 0).then_some(Direction::Descending),
            },
        };
        let long = "Điểm trường chính đặt tại trung tâm phường, hai điểm lẻ tại tổ dân phố 4 và tổ dân phố 9; nhà trường dự kiến gộp hai điểm lẻ vào năm học tới.";
        let rows = self.preview().rows.into_iter().enumerate().map(|(row, cells)| {
            let cells = cells.into_iter().enumerate().filter(|(at, _)| !grouped || *at == 2 || *at == 4);
            let view = |(at, cell): (usize, outside::dataset::Cell)| match (row, at) {
                (1, 1) => CellView::of(Some(long.into())),
                _ => CellView::of(cell.text),
            };
            cells.map(view).collect()
        });
        let csv_url = format!("{}/dataset/truong-hoc/truong-hoc/kham-pha.csv?sort=-ma_truong", self.site.public_url);
        ExplorePage {
            dataset: self.link("Trường học và số học sinh", "?"),
            table: self.vi("Danh sách trường"),
            tables: vec![(self.link("Danh sách trường", "?"), true), (self.link("Số học sinh theo lớp", "?"), false)],
            older: None,
            action: "/dataset/truong-hoc/truong-hoc/kham-pha".into(),
            chart_href: "?chart".into(),
            chips: vec![self.chip("Số học sinh", "từ 500 trở lên"), self.chip("Xã, phường", "có chứa kim son")],
            clear_href: Some("?clear".into()),
            filter: FilterForm {
                columns: columns.clone(),
                tests: self.choices(&["có chứa", "bằng", "từ … trở lên"]),
                value: Field::new("add-value", if total.is_none() { "nhiều" } else { "" }).checked(&wrongs),
                to: Field::new("add-to", ""),
                kept: vec![("sort".into(), "-ma_truong".into())],
                open: true,
            },
            group: GroupForm {
                columns: columns.clone(),
                operations: self.choices(&["Tổng", "Trung bình"]),
                of: columns.clone(),
                kept: Vec::new(),
                open: grouped,
            },
            columns: ColumnsForm { columns, shown: 7, kept: Vec::new(), all_href: Some("?all".into()) },
            rows: self.choices(&["25", "50"]),
            rows_kept: Vec::new(),
            result: total.map(|total| ResultView {
                headings: shown.iter().enumerate().map(heading).collect(),
                rows: if total == 0 { Vec::new() } else { rows.collect() },
                first: total.min(1),
                last: total.min(6),
                total,
                of: 486,
                pager: Pager { anchor: "#table", ..Pager::new(1, total.div_ceil(50).max(1), "?") },
                across: (!grouped).then(|| Pager { param: "across", ..Pager::new(1, 3, "?") }),
                grouped,
                unsorted_href: Some("?unsorted".into()),
            }),
            map_href: Some("?map".into()),
            share_url: format!("{}/dataset/truong-hoc/truong-hoc/kham-pha?sort=-ma_truong", self.site.public_url),
            citation: self.dataset(outside::dataset::Tab::Data, false).citation,
            cited_url: format!("{}/dataset/truong-hoc/v/7/truong-hoc/kham-pha?sort=-ma_truong", self.site.public_url),
            takes: self.offers(),
            offers: self.offers(),
            snippets: vec![
                Snippet { name: "curl", code: format!("curl --fail --output 'truong-hoc.csv' '{csv_url}'") },
                Snippet { name: "DuckDB", code: "SELECT *\nFROM 'truong-hoc.parquet';".into() },
            ],
            wrongs,
            page,
        }
    }

    /// A map of areas, of points, or none.
    fn map(&self, points: Option<bool>) -> askama::Result<outside::map::MapPage> {
        use outside::map::*;
        let page = self.public("/dataset/lua/lua/ban-do", Section::Datasets);
        let tile = |name: &str, column: u32, shade: u8, value: &str| TileView {
            x: column * 90 + 2,
            y: 2,
            width: 86,
            height: 54,
            middle: column * 90 + 45,
            size: 13,
            shade: Shade(shade),
            lines: vec![(name.to_owned(), 26), (value.to_owned(), 42)],
            narrow_size: 26,
            narrow: vec![(name.chars().take(2).collect(), 38)],
            title: format!("{name}: {value}"),
            archipelago: false,
        };
        let legend = |shade: u8, text: &str| LegendRow { shade: Shade(shade), text: text.into() };
        let mut picture = Picture {
            width: 720,
            height: 60,
            title: "Tổng diện tích theo tỉnh".into(),
            desc: "3 đơn vị có số liệu.".into(),
            ..Picture::default()
        };
        if points == Some(true) {
            picture.sea = true;
            picture.circles = vec![Circle {
                x: "360.0".into(),
                y: "30.0".into(),
                r: "20.0".into(),
                text: "12".into(),
                title: "12 điểm".into(),
            }];
        } else {
            picture.tiles = vec![tile("Hà Nội", 2, 1, "12,5"), tile("Đà Nẵng", 3, 5, "310"), tile("Cà Mau", 4, 0, "–")];
        }
        let row = |name: &str, value: Option<&str>, shade: u8| MapRow {
            name: self.vi(name),
            value: value.map(str::to_owned),
            shade: Shade(shade),
            href: value.map(|_| "?row".to_owned()),
        };
        let areas = points == Some(false);
        let view = MapView {
            picture: picture.render()?,
            heading: "Tổng diện tích theo tỉnh".into(),
            sentence: "3 đơn vị có số liệu. Cao nhất: Đà Nẵng: 310. Thấp nhất: Hà Nội: 12,5.".into(),
            legend: if areas {
                vec![legend(1, "12,5 (1 đơn vị)"), legend(5, "310 (1 đơn vị)")]
            } else {
                Vec::new()
            },
            notes: vec!["Mỗi ô là một tỉnh, thành phố.".into()],
            credit: Some("Ranh giới: mẫu.".into()),
            of_old: false,
            bounded: areas,
            files: vec![("SVG", "?svg".into())],
            heads: ("Tỉnh".into(), "Diện tích".into()),
            rows: if areas {
                vec![row("Đà Nẵng", Some("310"), 5), row("Hà Nội", Some("12,5"), 1), row("Cà Mau", None, 0)]
            } else {
                Vec::new()
            },
            unmatched: if areas { vec!["Không rõ".into()] } else { Vec::new() },
            unmatched_count: u64::from(areas),
            moves: if areas {
                Vec::new()
            } else {
                vec![Move { icon: "search", text: "Phóng to".into(), href: Some("?in".into()) }]
            },
            points: (!areas).then(|| PointRows {
                heads: vec![self.vi("Tên")],
                rows: vec![vec![Some("Bến xe Kim Sơn".into())], vec![None]],
                total: 12,
                framed: true,
                href: "?all".into(),
            }),
        };
        Ok(MapPage {
            dataset: self.link("Diện tích lúa", "?"),
            table: self.vi("Diện tích lúa"),
            older: None,
            wrongs: Vec::new(),
            chips: vec![self.chip("Năm", "bằng 2026")],
            kinds: vec![("Theo đơn vị".into(), "?a".into(), areas), ("Theo điểm".into(), "?b".into(), !areas)],
            action: "/dataset/lua/lua/ban-do".into(),
            form: areas.then(|| MapForm {
                units: self.choices(&["Tỉnh"]),
                measures: self.choices(&["Tổng diện tích", "Số dòng"]),
                classes: self.choices(&["Bằng số đơn vị", "Bằng khoảng"]),
                geographies: Vec::new(),
                drawings: self.choices(&["Ranh giới", "Ô vuông"]),
                kept: vec![("filter.nam.eq".into(), "2026".into())],
            }),
            map: points.map(|_| view),
            explore_href: "?explore".into(),
            page,
        })
    }

    fn agencies(&self) -> outside::agency::AgenciesPage {
        outside::agency::AgenciesPage {
            page: self.public("/organization", Section::Agencies),
            freshness: self.grains(),
            agencies: self.agency_rows(),
        }
    }

    fn agency(&self) -> outside::agency::AgencyPage {
        outside::agency::AgencyPage {
            page: self.public("/organization/so-giao-duc", Section::Agencies),
            name: self.vi("Sở Nông nghiệp và Môi trường"),
            description: Some(self.html("<p>Quản lý nhà nước về nông nghiệp, đất đai, nước và môi trường.</p>")),
            website: Some("https://sonnmt.lacdien.example".into()),
            mail: Some("sonnmt@lacdien.example".into()),
            telephone: Some("0200 000 222".into()),
            successor: None,
            ended: None,
            predecessors: ["Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường"]
                .into_iter()
                .map(|name| outside::agency::Former {
                    name: self.vi(name),
                    href: "?".into(),
                    until: NaiveDate::from_ymd_opt(2025, 2, 28),
                })
                .collect(),
            focal_points: vec![outside::agency::Focal {
                kind: "Cán bộ kỹ thuật".into(),
                name: "Lê Văn Bình".into(),
                position: "Chuyên viên Văn phòng".into(),
                telephone: "0200 000 223".into(),
                mail: "binhlv@sonnmt.lacdien.example".into(),
            }],
            freshness: GrainRow { on_time: 9, soon: 1, late: 0, unscheduled: 0 },
            total: 10,
            datasets: self.rows(),
            orders: vec![("Mới cập nhật trước".into(), "?".into(), true), ("Đến hạn trước".into(), "?".into(), false)],
            pager: Pager::new(1, 2, "?"),
            search_href: "?".into(),
            feed_href: "?".into(),
            follow_href: "?".into(),
        }
    }

    fn topics_page(&self) -> outside::topic::TopicsPage {
        let entry = |topic: outside::home::TopicLink| outside::topic::TopicEntry {
            description: Some(self.vi("Trường, lớp, học sinh, giáo viên, tuyển sinh và kết quả thi.")),
            topic,
        };
        outside::topic::TopicsPage {
            page: self.public("/topic", Section::Topics),
            topics: self.topics().into_iter().map(entry).collect(),
        }
    }

    fn topic(&self) -> outside::topic::TopicPage {
        outside::topic::TopicPage {
            page: self.public("/topic/giao-duc", Section::Topics),
            name: self.vi("Giáo dục"),
            icon: "edu".into(),
            description: Some(self.vi("Trường, lớp, học sinh, giáo viên, tuyển sinh và kết quả thi.")),
            freshness: GrainRow { on_time: 7, soon: 1, late: 1, unscheduled: 0 },
            total: 9,
            datasets: self.rows(),
            pager: Pager::new(1, 1, "?"),
            search_href: "?".into(),
            feed_href: "?".into(),
            follow_href: "?".into(),
        }
    }

    fn terms(&self) -> outside::terms::TermsPage {
        let page = self.public("/terms", Section::Other);
        outside::terms::TermsPage {
            title: outside::terms::TermsPage::default_title(&page),
            body: None,
            since: Some(self.ago(300)),
            basis: vec![self.vi("Luật Dữ liệu"), self.vi("Nghị định số 194/2025/NĐ-CP")],
            page,
        }
    }

    fn about(&self) -> outside::about::AboutPage {
        outside::about::AboutPage {
            page: self.public("/about", Section::About),
            own: None,
            datasets: 68,
            agencies: 15,
            freshness: self.grains(),
        }
    }

    fn api(&self, filled: bool) -> outside::api::ApiPage {
        let page = self.public("/api", Section::Other);
        let records = format!("{}/api/v1/datasets/truong-hoc/tables/truong-hoc/records", self.site.public_url);
        outside::api::ApiPage {
            base: format!("{}/api/v1", self.site.public_url),
            endpoints: vec![("/api/v1/datasets".into(), page.t("api-endpoint-datasets"))],
            search: vec![("q".into(), page.t("api-parameter-q"))],
            rows: vec![("filter".into(), page.t("api-parameter-filter"))],
            tests: vec!["contains", "eq", "ge"],
            formats: vec![("json", "application/json", false), ("csv", "text/csv", true)],
            page_rows: (100, 10_000),
            units: filled.then_some(600),
            costs: (4, 19),
            problems: vec![outside::api::ProblemView {
                anchor: "not-found",
                status: 404,
                title: page.t("api-problem-not-found"),
                text: page.t("api-problem-not-found-text"),
            }],
            example: filled.then(|| outside::api::Example {
                dataset: self.link("Trường học và số học sinh", "?"),
                first: format!("curl --fail-with-body '{records}?limit=5'"),
                snippets: vec![(
                    page.t("api-example-curl"),
                    outside::explore::Snippet { name: "curl", code: format!("curl '{records}?sort=-so_hoc_sinh'") },
                )],
                records,
            }),
            page,
        }
    }

    fn entries(&self, news: bool) -> Vec<outside::editorial::ArticleEntry> {
        let entry = |title: &str, lead: &str, days| outside::editorial::ArticleEntry {
            title: self.vi(title),
            href: "?".into(),
            lead: self.vi(lead),
            at: news.then(|| self.ago(days)),
        };
        vec![
            entry("Cổng tạm ngừng để bảo trì", "Cổng tạm ngừng từ 22 giờ đến 24 giờ.", 2),
            entry("Thêm mười bộ dữ liệu về giao thông", "", 30),
        ]
    }

    fn articles(&self, news: bool, filled: bool) -> outside::editorial::ArticlesPage {
        outside::editorial::ArticlesPage {
            page: self.public(if news { "/tin-tuc" } else { "/huong-dan" }, Section::Pages),
            news,
            entries: if filled { self.entries(news) } else { Vec::new() },
            pager: Pager::new(1, if news && filled { 3 } else { 1 }, "?"),
        }
    }

    /// Markdown with everything that a page can hold.
    fn written(&self) -> String {
        let text = "Câu đầu, với `mã` và [địa chỉ](/dataset).\n\n## Đề mục\n\n- Một\n- Hai\n\n> Lời dẫn\n\n\
                    | Địa chỉ | Nội dung |\n|---|---|\n| `/dataset/ten-bo-du-lieu/v/3/ten-bang.csv` | phiên bản 3 |\n\n    \
                    SELECT * FROM 'https://dulieu.lacdien.example/dataset/ten-bo-du-lieu/ten-bang.parquet';\n";
        crate::platform::markdown::to_html(text)
    }

    fn article(&self) -> outside::editorial::ArticlePage {
        outside::editorial::ArticlePage {
            page: self.public("/tin-tuc/bao-tri", Section::Pages),
            steps: vec![Link::new("Tin tức", "?")],
            title: self.vi("Cổng tạm ngừng để bảo trì"),
            lead: self.vi("Cổng tạm ngừng từ 22 giờ đến 24 giờ."),
            body: self.html(&self.written()),
            published: Some(self.ago(9)),
            revised: Some(self.ago(2)),
        }
    }

    fn article_gone(&self) -> outside::editorial::ArticleGonePage {
        outside::editorial::ArticleGonePage {
            page: PageCtx { canonical: None, ..self.public("/tin-tuc/cu", Section::Pages) },
            list: Link::new("Tin tức", "?"),
            title: self.vi("Mời góp ý dự thảo"),
            reason: self.vi("Đợt góp ý đã kết thúc."),
            withdrawn: self.ago(9),
        }
    }

    fn error(&self, status: u16) -> outside::error::ErrorPage {
        outside::error::ErrorPage {
            page: PageCtx { canonical: None, ..self.public("/nowhere", Section::Other) },
            status,
            wrongs: Vec::new(),
            request_id: (status >= 500).then(|| "01992c4f-6f1a-7c3e-9f6b-2b1f0d7f3a11".into()),
            retry_after: (status == 429).then_some(30),
        }
    }

    fn gone(&self) -> outside::gone::GonePage {
        outside::gone::GonePage {
            page: PageCtx { canonical: None, ..self.public("/dataset/cu", Section::Datasets) },
            title: self.vi("Danh sách hộ nhận hỗ trợ"),
            agency: self.link("Sở Nội vụ", "?"),
            reason: self.vi("Bảng còn cột tên chủ hộ; đã thay bằng bảng tổng hợp theo xã."),
            withdrawn: self.ago(115),
            replacement: Some(self.link("Hộ nhận hỗ trợ theo xã, phường", "?")),
            purged: false,
        }
    }

    fn too_long(&self) -> outside::too_long::TooLongPage {
        outside::too_long::TooLongPage {
            page: PageCtx { canonical: None, ..self.public("/dataset/gia-dat", Section::Datasets) },
            dataset: self.link("Bảng giá đất theo thửa", "?"),
            most: 1_048_575,
            files: self.files(),
            explore_href: "?".into(),
        }
    }

    fn report_fields(&self, wrongs: &[Wrong], with_email: bool) -> ReportFields {
        let form = ReportForm {
            kind: if wrongs.is_empty() { "value".into() } else { String::new() },
            place: "cột Dân số, dòng của xã Kim Sơn".into(),
            evidence: "trang của xã".into(),
            ..ReportForm::default()
        };
        ReportFields::of(&self.internal("/", Section::Other), &form, wrongs, with_email)
    }

    fn report(&self, wrong: bool) -> outside::voice::ReportPage {
        let said = [
            ("kind", "Chọn loại lỗi hoặc góp ý."),
            ("description", "Viết nội dung lỗi hoặc góp ý."),
            ("evidence", "Đường dẫn phải bắt đầu bằng http:// hoặc https://."),
            ("website", "Ô này phải để trống."),
        ];
        let wrongs: Vec<Wrong> =
            said.into_iter().filter(|_| wrong).map(|(field, text)| self.wrong(field, text)).collect();
        outside::voice::ReportPage {
            page: PageCtx {
                canonical: None,
                csrf: Some("x".into()),
                ..self.public("/dataset/x/bao-loi", Section::Datasets)
            },
            dataset: self.link("Dân số các xã", "?"),
            fields: self.report_fields(&wrongs, true),
            wrongs,
        }
    }

    fn follow(&self, state: Option<State>, wrong: bool) -> outside::voice::FollowPage {
        let wrongs: Vec<Wrong> =
            if wrong { vec![self.wrong("code", "Không có biên nhận nào mang số này.")] } else { Vec::new() };
        let page = PageCtx { canonical: None, ..self.public("/bao-loi", Section::Datasets) };
        let found = state.map(|state| outside::voice::FollowView {
            receipt: "K7MX-Q2TD-9FHA".into(),
            address: format!("{}/bao-loi?code=K7MX-Q2TD-9FHA", self.site.public_url),
            dataset: self.link("Dân số các xã", "?"),
            kind: page.t("report-kind-value"),
            state: state.code(),
            tone: report_form::tone(state),
            outcome: Some(page.t("report-outcome-corrected")),
            steps: self.report_steps(&page).into_iter().map(|(text, at, _)| (text, at)).collect(),
            answer: Some(self.vi("Cảm ơn bạn. Số liệu đã được sửa theo niên giám.")),
            correction: Some((self.link("Phiên bản 7", "?"), Some(self.vi("Sửa dân số xã Kim Sơn.")))),
            awaits_mail: true,
        });
        let code = Field::new("code", if wrong { "K7MX" } else { "" }).checked(&wrongs);
        outside::voice::FollowPage { code, wrongs, sent: state.is_some(), found, page }
    }

    fn subscribe(&self, wrong: bool, sent: bool) -> outside::subscriptions::SubscribePage {
        let wrongs: Vec<Wrong> =
            if wrong { vec![self.wrong("email", "Nhập địa chỉ thư điện tử.")] } else { Vec::new() };
        outside::subscriptions::SubscribePage {
            page: PageCtx { canonical: None, csrf: Some("x".into()), ..self.public("/theo-doi", Section::Datasets) },
            what: self.link("Dân số các xã", "?"),
            all: false,
            feed_href: "?feed".into(),
            kept: vec![("dataset", "dan-so".into())],
            email: Field::new("email", "").checked(&wrongs),
            trap: Field::new("website", ""),
            wrongs,
            sent,
        }
    }

    /// What the page of a letter shows: nothing; something asked for, or followed since a moment.
    fn subscription(&self, known: Option<Option<Timestamp>>) -> outside::subscriptions::SubscriptionPage {
        outside::subscriptions::SubscriptionPage {
            page: PageCtx {
                canonical: None,
                csrf: Some("x".into()),
                ..self.public("/theo-doi/thu", Section::Datasets)
            },
            confirmed: known.flatten().is_some(),
            ended: false,
            empty: false,
            wrongs: Vec::new(),
            known: known.map(|since| outside::subscriptions::Known {
                code: "x".into(),
                what: self.link("Dân số các xã", "?"),
                all: false,
                since,
            }),
        }
    }

    fn report_steps(&self, page: &PageCtx) -> Vec<(String, Timestamp, Option<String>)> {
        let step = |state: &str, days: i64, by: Option<&str>| {
            (page.t(&format!("report-state-{state}")), self.now.plus_seconds(-86_400 * days), by.map(str::to_owned))
        };
        let officer = Some("Trần Thị Minh Thư");
        vec![
            step("new", 9, None),
            step("received", 8, officer),
            step("corrected", 2, officer),
            step("closed", 1, officer),
        ]
    }

    fn in_reports(&self, filled: bool) -> inside::reports::ReportsPage {
        use inside::reports::{ReportRow, ReportsPage};
        let page = self.internal("/internal/reports", Section::Reports);
        let row = |kind: &str, state: State| ReportRow {
            title: "Dân số các xã".into(),
            href: "?".into(),
            owner: "Sở Nội vụ".into(),
            kind: page.t(&format!("report-kind-{kind}")),
            beginning: "Dân số xã Kim Sơn ghi 1.250, niên giám ghi 12.500.".into(),
            state: state.code(),
            tone: report_form::tone(state),
            outcome: (state == State::Closed).then(|| page.t("report-outcome-answered")),
            reporter: page.t("report-by-public"),
            made: self.now.plus_seconds(-200_000),
            changed: self.now.plus_seconds(-100_000),
        };
        let tab = |text: String, current| inside::datasets::StateTab { text, count: 3, href: "?".into(), current };
        let kinds =
            [("value", State::New), ("other", State::Verified), ("file", State::Correcting), ("value", State::Closed)];
        ReportsPage {
            states: vec![tab(page.t("reports-open"), true), tab(page.t("report-state-closed"), false)],
            state: String::new(),
            query: String::new(),
            kinds: self.choices(&["Mọi loại", "Số liệu sai"]),
            agencies: self.choices(&["Mọi cơ quan", "Sở Nội vụ", "Sở Y tế"]),
            orders: self.choices(&["Cũ nhất trước", "Mới nhất trước"]),
            dataset: filled.then(|| (self.vi("Dân số các xã"), "1".into())),
            filtered: filled,
            total: if filled { 4 } else { 0 },
            files: ("?".into(), "?".into()),
            rows: kinds.into_iter().filter(|_| filled).map(|(kind, state)| row(kind, state)).collect(),
            pager: Pager::new(1, if filled { 3 } else { 1 }, "?"),
            page,
        }
    }

    fn in_report(&self, state: State) -> inside::reports::ReportPage {
        let page = self.internal("/internal/reports/1", Section::Reports);
        let (open, closed) = (state == State::New, state == State::Closed);
        let wrongs: Vec<Wrong> =
            if open { vec![self.wrong("answer", "Viết câu trả lời cho người báo.")] } else { Vec::new() };
        inside::reports::ReportPage {
            href: "/internal/reports/1".into(),
            dataset: self.link("Dân số các xã", "?"),
            owner: "Sở Nội vụ".into(),
            kind: page.t("report-kind-value"),
            state: state.code(),
            tone: report_form::tone(state),
            outcome: closed.then(|| page.t("report-outcome-corrected")),
            reporter: page.t("report-by-public"),
            made: self.now.plus_seconds(-200_000),
            version: 6,
            place: Some("cột Dân số, dòng của xã Kim Sơn".into()),
            description: self.vi("Dân số xã Kim Sơn ghi 1.250, niên giám ghi 12.500."),
            evidence: Some("https://nien-giam.example/2026".into()),
            english: open,
            awaits_mail: open,
            answer: closed.then(|| self.vi("Cảm ơn bạn. Số liệu đã được sửa.")),
            corrected_in: closed.then(|| self.link("Phiên bản 7", "?")),
            steps: self.report_steps(&page),
            acts: inside::reports::Acts {
                take_up: open,
                verify: open,
                reject: open,
                correct: open,
                answer: open,
                in_draft: false,
            },
            answer_field: Field::new("answer", "").checked(&wrongs),
            note_field: Field::new("note", ""),
            wrongs,
            page,
        }
    }

    fn in_report_new(&self) -> inside::reports::NewReportPage {
        inside::reports::NewReportPage {
            page: self.internal("/internal/datasets/1/report", Section::Datasets),
            dataset: self.link("Dân số các xã", "?"),
            agency: "Sở Y tế".into(),
            wrongs: Vec::new(),
            once: "x".into(),
            fields: self.report_fields(&[], false),
        }
    }

    fn in_correction(&self) -> inside::reports::CorrectionPage {
        let page = self.internal("/internal/datasets/1/correction", Section::Datasets);
        let wrongs = vec![self.wrong("note", "Bản đính chính cần lời đính chính.")];
        let row = |id: &str, state: State| inside::reports::CorrectionRow {
            id: id.into(),
            href: "?".into(),
            kind: page.t("report-kind-value"),
            beginning: "Dân số xã Kim Sơn ghi 1.250, niên giám ghi 12.500.".into(),
            made: self.now.plus_seconds(-200_000),
            state: state.code(),
            tone: report_form::tone(state),
            chosen: state == State::Correcting,
        };
        inside::reports::CorrectionPage {
            title: self.vi("Dân số các xã"),
            dataset_href: "/internal/datasets/1".into(),
            seen: "x".into(),
            on: Field::new("on", "1"),
            note: Field::new("note", "").checked(&wrongs),
            note_en: Field::new("note_en", ""),
            reports: vec![row("1", State::Correcting), row("2", State::Verified)],
            wrongs,
            page,
        }
    }

    fn sign_in(&self, wrong: bool) -> inside::sign_in::SignInPage {
        let text = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra lại rồi thử lần nữa.";
        let wrongs = if wrong { vec![Wrong { field: Some("name".into()), text: text.into() }] } else { Vec::new() };
        inside::sign_in::SignInPage {
            page: PageCtx { user: None, ..self.internal("/internal/sign-in", Section::Other) },
            name: Field::new("name", if wrong { "minhthu" } else { "" }).checked(&wrongs),
            password: Field::new("password", ""),
            next: Some("/internal/audit".into()),
            wrongs,
            demo: true,
        }
    }

    fn in_datasets(&self, filled: bool) -> inside::datasets::DatasetsPage {
        let page = PageCtx {
            flash: Some(Flash { tone: Tone::Good, text: "Đã đăng nhập.".into() }),
            ..self.internal("/internal/datasets", Section::Datasets)
        };
        let states = ["published", "draft", "submitted", "changes-asked", "withdrawn"];
        let row = |(index, row): (usize, DatasetRow)| inside::datasets::InternalDatasetRow {
            title: row.title,
            href: "?".into(),
            agency: row.agency.text,
            state: states.get(index).copied().unwrap_or_default().into(),
            draft_state: (index == 0).then(|| "submitted".into()),
            published_version: (index != 1).then_some(row.version),
            draft_version: (index < 3).then_some(row.version + 1),
            freshness: (index != 1).then_some(row.freshness),
            rows: row.rows,
            changed: self.now.plus_seconds(-9_000),
            changed_by: "Trần Thị Minh Thư".into(),
        };
        let tab = |code: &&str| inside::datasets::StateTab {
            text: page.code("state", code),
            count: 1,
            href: "?".into(),
            current: false,
        };
        let mut tabs = vec![inside::datasets::DatasetsPage::every_state(&page, 5, "?".into(), true)];
        tabs.extend(states.iter().map(tab));
        let mut agencies = vec![inside::datasets::DatasetsPage::every_agency(&page, true)];
        agencies.extend(
            self.choices(&["Sở Y tế", "Sở Giáo dục và Đào tạo"])
                .into_iter()
                .map(|choice| Choice { chosen: false, ..choice }),
        );
        inside::datasets::DatasetsPage {
            writes: true,
            query: if filled { String::new() } else { "xyz".into() },
            states: tabs,
            agencies,
            state: String::new(),
            total: if filled { 5 } else { 0 },
            filtered: !filled,
            files: ("?".into(), "?".into()),
            rows: if filled { self.rows().into_iter().enumerate().map(row).collect() } else { Vec::new() },
            pager: Pager::new(1, 1, "?"),
            page,
        }
    }

    fn contacts(&self) -> Vec<inside::contacts::ContactLine> {
        let line = |name: &str, duty: &str| inside::contacts::ContactLine {
            id: "1".into(),
            name: name.into(),
            duty: duty.into(),
            phone: "0200 000 112".into(),
            mail: "lan@sogddt.lacdien.example".into(),
        };
        vec![line("Lê Thị Lan", "Cập nhật số liệu mỗi năm học"), line("Phạm Văn Khoa", "Trả lời câu hỏi về dữ liệu")]
    }

    fn in_contacts(&self) -> inside::contacts::ContactsPage {
        let wrongs = vec![self.wrong("contact_duty", "Nhập việc người này phụ trách.")];
        inside::contacts::ContactsPage {
            page: self.internal("/internal/datasets/x/contacts", Section::Datasets),
            id: "x".into(),
            title: "Chỉ tiêu tuyển sinh lớp 10 công lập".into(),
            rows: self.contacts(),
            writes: true,
            editing: "1".into(),
            people: self.choices(&["Người khác, không có tài khoản", "Lê Thị Lan"]),
            name: Field::new("contact_name", "Lê Thị Lan"),
            duty: Field::new("contact_duty", "").checked(&wrongs),
            phone: Field::new("contact_phone", "0200 000 112"),
            mail: Field::new("contact_email", "lan@sogddt.lacdien.example"),
            wrongs,
        }
    }

    fn in_dataset(&self) -> inside::dataset::DatasetPage {
        use inside::dataset::*;
        let version = |number, state: &str, published: bool| InternalVersion {
            number,
            state: state.into(),
            href: "?".into(),
            current: number == 7,
            made: self.now.plus_seconds(-20_000),
            made_by: "Trần Thị Minh Thư".into(),
            published: published.then(|| self.now.plus_seconds(-9_000)),
            rows: 162,
            hash: HASH.into(),
        };
        let fact = |name: &str, value: &str, reason: &str| ImportFact {
            name: name.into(),
            value: value.into(),
            reason: (!reason.is_empty()).then(|| reason.into()),
        };
        let column = |title: &str, name: &str, kind: &str, reason: &str, examples: &[&str]| ImportColumn {
            title: title.into(),
            name: name.into(),
            kind: kind.into(),
            reason: reason.into(),
            examples: examples.iter().map(|example| (*example).into()).collect(),
            nulls: 0,
        };
        let aside = |line, column: &str, value: &str, advice: &str| AsideRow {
            line,
            column: Some(column.into()),
            value: Some(value.into()),
            advice: advice.into(),
        };
        let decision = |text: &str, tone, person: &str, reason: &str| DecisionView {
            text: text.into(),
            tone,
            person: person.into(),
            position: Some("Sở Giáo dục và Đào tạo".into()),
            at: self.now.plus_seconds(-9_000),
            reason: Some(reason.into()),
            audit: Some(Link::new("Mục nhật ký 4.118", "?")),
            recalled: None,
            remarks: Vec::new(),
        };
        DatasetPage {
            page: self.internal("/internal/datasets/x", Section::Datasets),
            contacts_href: "?".into(),
            contacts: self.contacts(),
            title: self.vi("Chỉ tiêu tuyển sinh lớp 10 công lập"),
            state: "published".into(),
            agency: "Sở Giáo dục và Đào tạo".into(),
            topics: vec!["Giáo dục".into()],
            frequency: "Hằng năm".into(),
            update_href: Some("?".into()),
            freshness: Some(self.freshness(Timeliness::Soon)),
            public_href: Some("?".into()),
            report_href: Some("?".into()),
            open_reports: Some((3, "?".into())),
            findings_href: Some("/internal/datasets/1/findings".into()),
            purge_href: Some("/internal/datasets/1/purge".into()),
            withdrawn_reason: None,
            versions: vec![version(8, "draft", false), version(7, "published", true), version(6, "replaced", true)],
            version: Some(7),
            reports: vec![ImportReport {
                resource: self.vi("Chỉ tiêu"),
                file: "chi-tieu-lop-10-2026.xlsx".into(),
                original: self.files().pop(),
                original_hash: HASH.into(),
                declared: Some(("Nguyễn Thị Lan".into(), self.now.plus_seconds(-20_100))),
                read: self.now.plus_seconds(-20_000),
                facts: vec![
                    fact("Loại tệp", "XLSX", ""),
                    fact("Trang tính", "Chỉ tiêu", "trang đầu tiên có dữ liệu"),
                    fact("Dòng tiêu đề", "4", "ba dòng đầu là tên bảng"),
                    fact("Dấu thập phân", "phẩy", "27,50"),
                ],
                rows: 162,
                set_aside: 3,
                columns: vec![
                    column(
                        "Mã trường",
                        "ma_truong",
                        "text",
                        "giữ số 0 ở đầu (165 trên 165 ô có 5 ký tự)",
                        &["01005", "02003"],
                    ),
                    column("Chỉ tiêu", "chi_tieu", "integer", "162 trên 165 ô là số nguyên", &["480", "360"]),
                    column("Điểm chuẩn", "diem_chuan", "decimal", "số có dấu phẩy thập phân", &["38,25"]),
                    column(
                        "Ngày quyết định",
                        "ngay_qd",
                        "date",
                        "dd/mm/yyyy, 12 ô viết kiểu yyyy-mm-dd",
                        &["14/05/2026"],
                    ),
                ],
                aside_rows: vec![
                    aside(48, "Chỉ tiêu", "ba trăm", "Viết chỉ tiêu bằng số, ví dụ 300"),
                    aside(131, "Điểm chuẩn", "185,0", "Điểm chuẩn từ 0 đến 60"),
                ],
                aside_files: self.files(),
                changes: vec![ImportChange {
                    text: "Đưa ngày về một dạng".into(),
                    example: Some(("2026-05-14".into(), "14/05/2026".into())),
                }],
                warnings: vec!["Cột Ghi chú có 3 ô giống số điện thoại.".into()],
            }],
            decisions: vec![
                decision(
                    "Nộp để duyệt",
                    Tone::Info,
                    "Trần Thị Minh Thư",
                    "Số liệu kỳ tuyển sinh 2026, đã đối chiếu với các trường.",
                ),
                decision("Duyệt và công bố", Tone::Good, "Lê Quang Hưng", "Đã kiểm tra, không có thông tin cá nhân."),
            ],
            next: inside::review::NextView {
                edits: true,
                begins: false,
                href: "/internal/datasets/x".into(),
                standing: Some("Bản nháp chưa được nộp.".into()),
                review: true,
                decides: true,
                submits: true,
                recalls: true,
                withdraws: true,
                why_not: Some("Nội dung chưa thay đổi gì từ khi người duyệt trả lại.".into()),
                reason: Field::new("reason", "Đã đối chiếu với các trường."),
                breaks: self.breaks(false),
                accepts: Field::new("accepts", ""),
                wrongs: Vec::new(),
            },
        }
    }

    fn breaks(&self, accepted: bool) -> inside::contract::BreaksView {
        let line = |column: &str, what: &str, rows: &[u64], more| inside::contract::BreakLine {
            table: self.vi("Chỉ tiêu theo trường"),
            column: column.into(),
            what: what.into(),
            rows: rows.to_vec(),
            more,
        };
        inside::contract::BreaksView {
            pending: !accepted,
            lines: vec![
                line("Ghi chú", "Cột bị bỏ: ai đang dùng cột này sẽ hỏng.", &[], 0),
                line("Mã trường", "14 giá trị không theo mẫu.", &[3, 17, 120], 11),
                line("", "Bảng mà người dân đang dùng không còn.", &[], 0),
            ],
            accepted: accepted.then(|| {
                ("Trần Thị Minh Thư".into(), "Bộ bỏ cột này từ năm học 2026.".into(), self.now.plus_seconds(-9_000))
            }),
        }
    }

    fn in_review(&self, first: bool) -> inside::review::ReviewPage {
        use inside::review::*;
        let page = self.internal("/internal/datasets/x/review", Section::Datasets);
        let wrongs = if first {
            Vec::new()
        } else {
            vec![self.wrong("reason", "Nêu lý do."), self.wrong("text-1", "Viết nhận xét.")]
        };
        let field = |name: &str, old: &str, new: &str| {
            let (old, new) = crate::review::changes(old, new);
            FieldView { name: name.into(), old, new }
        };
        let step = |number, text: &str| StepView { text: text.into(), number, done: number == 1, current: number == 2 };
        let cell = |before: Option<&str>, after: Option<&str>, number| CellView {
            before: before.map(Into::into),
            after: after.map(Into::into),
            changed: before.is_some() && after.is_some() && before != after,
            number,
        };
        let list = |kind: &'static str, sign, class, cells: Vec<CellView>| RowList {
            kind,
            sign,
            class,
            total: 33,
            heads: vec![("Năm học".into(), false), ("Tên trường".into(), false), ("Chỉ tiêu".into(), true)],
            rows: vec![RowView { number: Some(12), cells }],
            pager: Pager { param: "added", ..Pager::new(1, 2, "?") },
        };
        let added = || {
            vec![
                cell(None, Some("2026–2027"), false),
                cell(None, Some("THPT Nguyễn Trãi"), false),
                cell(None, None, true),
            ]
        };
        let changed = vec![
            cell(Some("2025–2026"), Some("2025–2026"), false),
            cell(Some("THPT Đồng Xuan"), Some("THPT Đồng Xuân"), false),
            cell(Some("105"), Some("150"), true),
        ];
        let table = |at: usize, title: &str, change: &'static str, comparison: &'static str| TableView {
            at,
            title: self.vi(title),
            title_before: None,
            change,
            rows_old: (!first).then_some(131),
            rows_new: Some(162),
            columns: Vec::new(),
            columns_same: 6,
            notes: Vec::new(),
            quality: vec![QualityView {
                name: "Đầy đủ".into(),
                old: (!first).then(|| "99 %".into()),
                new: "97 %".into(),
                how: "971 ô có giá trị trong 1.000 ô.".into(),
                worse: !first,
            }],
            worse: if first {
                Vec::new()
            } else {
                vec!["Cột “Ghi chú” kém đầy đủ hơn: 99 % còn 97 %.".into()]
            },
            comparison,
            counts: None,
            key_notes: Vec::new(),
            key: Vec::new(),
            href: None,
            keys: Vec::new(),
            table: "chi-tieu".into(),
            lists: Vec::new(),
            preview: None,
        };
        let main = if first {
            TableView {
                preview: Some(RowList { kind: "new", ..list("new", "+", "add", added()) }),
                ..table(1, "Chỉ tiêu", "added", "none")
            }
        } else {
            TableView {
                title_before: Some(self.vi("Chỉ tiêu lớp 10")),
                columns: vec![
                    ColumnDiffView {
                        sign: "+",
                        sign_text: "thêm".into(),
                        class: "add",
                        name: "so_dang_ky".into(),
                        changes: vec!["Cột “Đăng ký” là cột mới.".into()],
                        breaking: false,
                    },
                    ColumnDiffView {
                        sign: "−",
                        sign_text: "bớt".into(),
                        class: "del",
                        name: "ghi_chu".into(),
                        changes: vec!["Cột “Ghi chú” không còn.".into()],
                        breaking: true,
                    },
                ],
                notes: vec![field("Chỉ tiêu: ý nghĩa", "Số học sinh", "Số học sinh được tuyển")],
                counts: Some(CountsView { added: 33, removed: 1, changed: 4, unchanged: 127 }),
                key_notes: vec!["Có 2 khóa xuất hiện nhiều lần.".into()],
                key: vec!["Mã trường".into()],
                keys: self.choices(&["Năm học", "Mã trường"]),
                lists: vec![
                    list("added", "+", "add", added()),
                    list("removed", "−", "del", added()),
                    list("changed", "~", "", changed),
                ],
                ..table(1, "Chỉ tiêu", "changed", "ready")
            }
        };
        let mut tables = vec![main];
        if !first {
            tables.push(TableView { href: Some("?".into()), ..table(2, "Điểm chuẩn", "changed", "waiting") });
            tables.push(TableView { href: Some("?".into()), ..table(3, "Nguyện vọng", "changed", "failed") });
        }
        let decision = |text: &str, tone, reason: &str| inside::dataset::DecisionView {
            text: text.into(),
            tone,
            person: "Phạm Văn Lực".into(),
            position: Some("Duyệt công bố".into()),
            at: self.now.plus_seconds(-90_000),
            reason: Some(reason.into()),
            audit: None,
            recalled: None,
            remarks: Vec::new(),
        };
        let remark = |field: &str, text: &str, since: &str, tone| inside::dataset::RemarkView {
            field: field.into(),
            text: text.into(),
            since: Some((since.into(), tone)),
        };
        let verdict = |value, text: &str, hint: &str| VerdictView {
            value,
            text: text.into(),
            hint: hint.into(),
            chosen: value == "changes-asked",
        };
        let row = |number: usize| RemarkRow {
            number,
            fields: self.choices(&["Chọn trường", "Tên"]),
            field_error: None,
            text: String::new(),
            text_error: (number == 1).then(|| "Viết nhận xét.".into()),
        };
        ReviewPage {
            title: self.vi("Chỉ tiêu tuyển sinh lớp 10 công lập"),
            dataset_href: "/internal/datasets/x".into(),
            agency: "Sở Giáo dục và Đào tạo".into(),
            draft: Some(Box::new(DraftView {
                number: if first { 1 } else { 4 },
                state: "submitted".into(),
                submitted: Some(("Trần Thị Minh Thư".into(), self.now.plus_seconds(-9_000))),
                submitter_note: Some("Đã đối chiếu với các trường.".into()),
                steps: vec![step(1, "Nộp để duyệt"), step(2, "Duyệt công bố"), step(3, "Công bố")],
                first,
                note: Some(self.vi("Thêm năm học 2026–2027.")),
                corrects: (!first).then_some(2),
                fields: vec![
                    field(
                        "Tên",
                        if first { "" } else { "Chỉ tiêu tuyển sinh lớp 10 THPT" },
                        "Chỉ tiêu tuyển sinh lớp 10 công lập",
                    ),
                    field("Từ khóa", "", "tuyển sinh, lớp 10"),
                ],
                unchanged: 12,
                tables_stay: false,
                columns_changed: if first { 0 } else { 2 },
                breaking: !first,
                rows: None,
                tables,
                breaks: self.breaks(!first),
                findings: Some(FindingsView { pending: usize::from(first), open: 1, all: 3, href: "?".into() }),
                open: !first,
                decisions: vec![
                    inside::dataset::DecisionView {
                        remarks: vec![
                            remark("Tên", "Ghi rõ loại trường.", "đã sửa", Tone::Good),
                            remark("Cột dang_ky của bảng chi-tieu", "Bổ sung nghĩa.", "chưa sửa", Tone::Warn),
                        ],
                        ..decision("Đề nghị sửa", Tone::Warn, "Xem nhận xét.")
                    },
                    inside::dataset::DecisionView {
                        recalled: Some(self.now.plus_seconds(-50_000)),
                        ..decision("Đã nộp", Tone::Info, "Đã sửa theo nhận xét.")
                    },
                ],
                form: (!first).then(|| DecisionFormView {
                    action: "?".into(),
                    seen: HASH.into(),
                    step: "Duyệt công bố".into(),
                    verdicts: vec![
                        verdict("approved", "Đồng ý", "Bản nháp được công bố."),
                        verdict("changes-asked", "Đề nghị sửa", "Trả lại kèm nhận xét."),
                        verdict("refused", "Từ chối", "Kết thúc lượt nộp này."),
                    ],
                    verdict_error: None,
                    reason: Field::new("reason", "").checked(&wrongs),
                    remarks: (1..=3).map(row).collect(),
                    remarks_open: true,
                }),
                why_not: if first {
                    vec!["Người nộp không được duyệt bài của mình.".into()]
                } else {
                    Vec::new()
                },
            })),
            wrongs,
            page,
        }
    }

    fn in_withdrawal(&self, confirming: bool) -> inside::review::WithdrawalPage {
        let wrongs = if confirming { Vec::new() } else { vec![self.wrong("reason", "Nêu lý do.")] };
        inside::review::WithdrawalPage {
            page: self.internal("/internal/datasets/x/withdrawal", Section::Datasets),
            title: self.vi("Chỉ tiêu tuyển sinh lớp 10 công lập"),
            dataset_href: "/internal/datasets/x".into(),
            agency: "Sở Giáo dục và Đào tạo".into(),
            why_not: Vec::new(),
            reason: Field::new("reason", if confirming { "Số liệu sai đơn vị." } else { "" }).checked(&wrongs),
            reason_en: Field::new("reason_en", if confirming { "Wrong unit." } else { "" }),
            wrongs,
            confirming,
            public_href: "https://dulieu.example/dataset/chi-tieu".into(),
        }
    }

    fn purge_plan(&self) -> inside::purge::PlanView {
        inside::purge::PlanView {
            tables: vec![("ho-tro-thang-8.xlsx".into(), self.now, 1204)],
            versions: vec![(2, "https://dulieu.example/dataset/ho-tro/v/2".into())],
            draft: true,
            objects: 5,
            bytes: 4_200_000,
            reports: 2,
            becomes: "Người xem lại thấy phiên bản 1.".into(),
            elsewhere: vec!["ho-tro-cu".into()],
        }
    }

    fn in_purge_new(&self) -> inside::purge::NewPurgePage {
        let wrongs = vec![self.wrong("reason", "Nêu lý do.")];
        inside::purge::NewPurgePage {
            page: self.internal("/internal/datasets/x/purge", Section::Datasets),
            title: self.vi("Hộ nhận hỗ trợ"),
            dataset_href: "/internal/datasets/x".into(),
            purges: vec![inside::purge::PurgeLine {
                href: "/internal/purges/x".into(),
                state: "refused",
                scope: "dataset",
                asked: self.now,
                by: "Nguyễn Thị Hòa".into(),
            }],
            scopes: self.choices(&["Mọi bảng của phiên bản 2", "Toàn bộ bộ dữ liệu"]),
            asking: Some(Box::new(inside::purge::AskingView {
                scope: "dataset".into(),
                plan: self.purge_plan(),
                reason: Field::new("reason", "").checked(&wrongs),
                reason_en: Field::new("reason_en", ""),
                basis: self.select("basis", &["Chọn văn bản", "Luật A"], Some("Chọn văn bản làm căn cứ.")),
            })),
            wrongs,
        }
    }

    fn backup_lines(&self) -> Vec<inside::purge::BackupLine> {
        let line = |id: &str, destroyed: Option<(String, Timestamp)>| inside::purge::BackupLine {
            id: id.into(),
            place: "Băng từ số 12, tủ B".into(),
            taken: Some(self.ago(20)),
            until: destroyed.is_none().then(|| self.ago(0)),
            by: "Trần Văn Vận".into(),
            destroyed,
        };
        vec![line("a", None), line("b", Some(("Trần Văn Vận".into(), self.now)))]
    }

    fn in_purge(&self, done: bool) -> inside::purge::PurgePage {
        let wrongs =
            if done { Vec::new() } else { vec![self.wrong("slug", "Nhập đúng ho-tro để xác nhận.")] };
        inside::purge::PurgePage {
            page: self.internal("/internal/purges/x", Section::Datasets),
            slug: "ho-tro".into(),
            dataset_href: "/internal/datasets/x".into(),
            id: "x".into(),
            state: if done { "done" } else { "asked" },
            scope: "version",
            reason: self.vi("Bảng còn dữ liệu cá nhân."),
            basis: "Luật A".into(),
            asked: ("Nguyễn Thị Hòa".into(), self.now),
            decided: done.then(|| ("Lê Văn Bình".into(), self.now)),
            done: done.then_some(self.now),
            taken: (5, 4_200_000),
            plan: (!done).then(|| self.purge_plan()),
            confirming: (!done).then(|| inside::purge::ConfirmingView {
                slug: Field::new("slug", "ho tro").checked(&wrongs),
                seen: "x".into(),
            }),
            why_not: Vec::new(),
            refuses: !done,
            left: done.then(Vec::new),
            tombstones: if done { vec![(2, "4f1c".repeat(16))] } else { Vec::new() },
            hashes: if done { vec!["9a0b".repeat(16)] } else { Vec::new() },
            backups: if done { self.backup_lines() } else { Vec::new() },
            keeps: true,
            wrongs,
        }
    }

    fn in_backups(&self) -> inside::purge::BackupsPage {
        let wrongs = vec![self.wrong("taken_on", "Nhập ngày theo dạng dd/mm/yyyy.")];
        inside::purge::BackupsPage {
            page: self.internal("/internal/backups", Section::Audit),
            backups: self.backup_lines(),
            keeps: true,
            place: Field::new("place", "Băng từ số 13"),
            taken_on: Field::new("taken_on", "x").checked(&wrongs),
            kept_until: Field::new("kept_until", ""),
            wrongs,
        }
    }

    fn in_calendar(&self, sent: bool) -> inside::calendar::CalendarPage {
        use inside::calendar::*;
        let said = |works: bool, assumed: bool| SaidView {
            name: self.vi(if works { "Làm bù Quốc khánh" } else { "Tết Nguyên đán" }),
            kind: if works { "làm bù".into() } else { "nghỉ lễ, tết".into() },
            works,
            status: if assumed { "tạm tính".into() } else { "theo thông báo".into() },
            assumed,
            basis: if works { String::new() } else { "Điều 112.1.b, Bộ luật 45/2019/QH14".into() },
        };
        let wrongs =
            if sent { vec![self.wrong("rows", "Dòng 4: ngày 2027-02-09 đã có ở dòng 3.")] } else { Vec::new() };
        let (from, to) = (self.today(), self.today() + Days::new(4));
        let line = |works, assumed| DayLine { from, to: if works { from } else { to }, said: said(works, assumed) };
        let change = |before| ChangeLine { from, to, before, after: Some(said(false, false)) };
        CalendarPage {
            page: self.internal("/internal/calendar", Section::Other),
            year: 2027,
            years: vec![(Link::new("2026", "?"), false), (Link::new("2027", "?"), true)],
            known: true,
            entered: Some(self.now),
            warnings: vec!["Lịch nghỉ năm 2027 còn 3 dòng tạm tính.".into()],
            days: vec![line(false, true), line(false, false), line(true, false)],
            keeps: true,
            file: Field::new("file", ""),
            rows: Field::new("rows", "day,to,kind,name_vi,name_en,status,basis").checked(&wrongs),
            most: 64 << 10,
            preview: sent.then(|| Preview {
                changes: vec![change(Some(said(false, true))), change(None)],
                past: true,
                correct: Field::new("correct", ""),
                seen: "1".into(),
                held: String::new(),
            }),
            wrongs,
        }
    }

    fn in_pages(&self) -> inside::pages::PagesPage {
        let line = |title: &str, state, built_in: bool| inside::pages::PageLine {
            title: title.into(),
            href: "?".into(),
            address: "/huong-dan/cach-dung".into(),
            state,
            english: built_in,
            position: 10,
            changed: (!built_in).then_some(self.now),
        };
        inside::pages::PagesPage {
            page: self.internal("/internal/pages", Section::Pages),
            guides: vec![line("Cách dùng cổng dữ liệu", "published", true)],
            fixed: vec![line("Giới thiệu", "published", true)],
            news: vec![
                line("Cổng tạm ngừng để bảo trì", "draft", false),
                line("Mời góp ý dự thảo", "withdrawn", false),
            ],
            pager: Pager::new(1, 2, "?"),
        }
    }

    fn words(&self, wrongs: &[Wrong]) -> inside::pages::WordFields {
        inside::pages::WordFields {
            title: Field::new("title", "Cổng tạm ngừng để bảo trì"),
            title_en: Field::new("title_en", "Maintenance"),
            body: Field::new("body", "Cổng tạm ngừng từ **22 giờ** đến 24 giờ."),
            body_en: Field::new("body_en", "").checked(wrongs),
        }
    }

    fn in_page_new(&self) -> inside::pages::NewPagePage {
        let wrongs = vec![self.wrong("body_en", "Bản tiếng Anh cần cả tên lẫn nội dung.")];
        inside::pages::NewPagePage {
            page: self.internal("/internal/pages/new", Section::Pages),
            kinds: self.choices(&["Hướng dẫn", "Tin tức"]),
            slug: Field::new("slug", "bao-tri"),
            words: self.words(&wrongs),
            wrongs,
        }
    }

    fn in_page(&self) -> inside::pages::EditPagePage {
        let wrongs = vec![self.wrong("reason", "Nhập lý do.")];
        inside::pages::EditPagePage {
            page: self.internal("/internal/pages/bao-tri", Section::Pages),
            slug: "bao-tri".into(),
            name: "Cổng tạm ngừng để bảo trì".into(),
            state: "published",
            built_in: false,
            public_href: "?".into(),
            unpublished: true,
            words: self.words(&[]),
            seen: "0".into(),
            position: Some(Field::new("position", "100")),
            withdraws: true,
            reason: Field::new("reason", "").checked(&wrongs),
            reason_en: Field::new("reason_en", ""),
            revisions: [(2, Some("Trần Thị Minh Thư".to_owned())), (1, None)]
                .map(|(number, by)| inside::pages::RevisionLine { number, by, at: self.now })
                .into(),
            wrongs,
        }
    }

    fn in_page_text(&self, revision: Option<u64>) -> inside::pages::PageTextPage {
        let rendered = |title: &str| inside::pages::Rendered {
            title: title.into(),
            body: Html { html: self.written(), lang: None },
        };
        inside::pages::PageTextPage {
            page: self.internal("/internal/pages/bao-tri/preview", Section::Pages),
            slug: "bao-tri".into(),
            name: "Cổng tạm ngừng để bảo trì".into(),
            revision,
            acts: true,
            replaces: revision.is_some(),
            seen: "0".into(),
            vi: rendered("Cổng tạm ngừng để bảo trì"),
            en: revision.is_none().then(|| rendered("Maintenance")),
            wrongs: Vec::new(),
        }
    }

    fn select(&self, name: &'static str, options: &[&str], error: Option<&str>) -> Select {
        let field = Field { error: error.map(Into::into), ..Field::new(name, "") };
        Select { choices: self.choices(options), field }
    }

    fn in_new_dataset(&self, wrong: bool) -> inside::editor::NewDatasetPage {
        let wrongs = if wrong {
            vec![Wrong { field: Some("title".into()), text: "Nhập tên bộ dữ liệu".into() }]
        } else {
            Vec::new()
        };
        inside::editor::NewDatasetPage {
            page: self.internal("/internal/datasets/new", Section::Datasets),
            title: Field::new("title", "").checked(&wrongs),
            slug: Field::new("slug", ""),
            agencies: self.choices(&["Sở Y tế", "Sở Giáo dục và Đào tạo"]),
            topics: self.select("topic", &["Chọn", "Giáo dục"], wrong.then_some("Chọn một chủ đề")),
            frequencies: self.select("frequency", &["Hằng quý", "Hằng năm"], None),
            copy: wrong.then(|| Link::new("Chỉ tiêu tuyển sinh lớp 10, năm 2025", "?")),
            copy_id: String::new(),
            wrongs,
        }
    }

    fn in_lists(&self) -> inside::lists::ListsPage {
        let wrongs = vec![Wrong {
            field: Some("file".into()), text: "Danh sách không có cột tên bộ dữ liệu.".into()
        }];
        inside::lists::ListsPage {
            page: self.internal("/internal/dataset-lists", Section::Datasets),
            agencies: self.choices(&["Sở Giáo dục và Đào tạo", "Sở Y tế"]),
            columns: ["Tên bộ dữ liệu", "Chủ đề", "Tần suất cập nhật"].map(str::to_owned).to_vec(),
            most_rows: 500,
            most: 5 << 20,
            declared: Field::new("declared", ""),
            declaration: "Tôi cam đoan tệp này không chứa bí mật nhà nước.".into(),
            declaration_basis: "Căn cứ: Luật Bảo vệ bí mật nhà nước 117/2025/QH15 (theo cấu hình).".into(),
            file: Field::new("file", "").checked(&wrongs),
            template: "?".into(),
            wrongs,
        }
    }

    fn in_list(&self, entered: bool) -> inside::lists::ListPage {
        let line = |row, title: &str, remarks: &[&str], open: bool| inside::lists::LineView {
            row,
            title: title.into(),
            topic: open.then(|| "Giáo dục".into()),
            frequency: None,
            licence: None,
            remarks: remarks.iter().map(|remark| (*remark).to_owned()).collect(),
            same: (row == 2).then(|| Link::new("mở bộ dữ liệu", "?")),
            open,
            chosen: row == 1,
        };
        inside::lists::ListPage {
            page: self.internal("/internal/dataset-lists/x", Section::Datasets),
            wrongs: Vec::new(),
            file: "danh-muc-2026.xlsx".into(),
            agency: "Sở Giáo dục và Đào tạo".into(),
            href: "?".into(),
            new: "?".into(),
            taken: vec!["“Tên dữ liệu” là Tên bộ dữ liệu".into()],
            left: vec!["Đầu mối".into()],
            entered: entered.then(|| vec![Link::new("Danh sách trường học", "?")]),
            topics: None,
            frequencies: Some(self.select("frequency", &["Hằng năm", "Hằng quý"], None)),
            lines: vec![
                line(1, "Danh sách trường học", &[], true),
                line(2, "Chỉ tiêu tuyển sinh", &["Chưa có Mô tả."], true),
                line(3, "", &["Nhập tên."], false),
            ],
        }
    }

    fn in_edit(&self, step: &str) -> inside::editor::EditDatasetPage {
        use inside::editor::*;
        let field = |name, value: &str| Field::new(name, value);
        let seen = "0011223344556677".to_owned();
        let wrongs =
            vec![Wrong { field: Some("to".into()), text: "Nhập ngày có thật, ví dụ 31/08/2026".into() }];
        let wrongs = if step == "coverage" { wrongs } else { Vec::new() };
        let body = match step {
            "about" => EditBody::About(Box::new(AboutStep {
                seen,
                title: field("title", "Chỉ tiêu tuyển sinh lớp 10 công lập"),
                title_en: field("title_en", ""),
                description: field("description", "Chỉ tiêu của các trường."),
                description_en: field("description_en", "Places at each school."),
                note: field("note", ""),
                note_en: field("note_en", ""),
            })),
            "sorting" => EditBody::Sorting(Box::new(SortingStep {
                seen,
                topics: self.select("topic", &["Giáo dục", "Y tế"], None),
                frequencies: self.select("frequency", &["Hằng năm", "Hằng quý"], None),
                licences: self.select("licence", &["Điều khoản chung của tỉnh", "CC BY 4.0"], None),
                keywords: field("keywords", "tuyển sinh, lớp 10"),
            })),
            "coverage" => EditBody::Coverage(Box::new(CoverageStep {
                seen,
                from: field("from", "01/06/2026"),
                to: field("to", "31/02/2026").checked(&wrongs),
                spatial: field("spatial", "Toàn tỉnh"),
                spatial_en: field("spatial_en", ""),
                source: field("source", ""),
                source_en: field("source_en", ""),
            })),
            "tables" => EditBody::Tables(Box::new(TablesStep {
                declared: field("declared", ""),
                declaration: "Tôi cam đoan tệp này không chứa bí mật nhà nước.".into(),
                declaration_basis: "Căn cứ: Luật Bảo vệ bí mật nhà nước 117/2025/QH15 (theo cấu hình).".into(),
                dataset: "x".into(),
                tables: vec![TableRow {
                    id: "x".into(),
                    title: "Chỉ tiêu theo trường".into(),
                    title_en: String::new(),
                    name: "chi-tieu".into(),
                    file: "chi-tieu-lop-10-2026.xlsx".into(),
                    reading: "?".into(),
                    dictionary: "?".into(),
                    rows: 162,
                    set_aside: 3,
                    columns: 7,
                }],
                targets: self.choices(&["Số liệu mới của bảng “Chỉ tiêu theo trường”", "Một bảng mới"]),
                most: 20 << 30,
                uploads: vec![UploadLine {
                    file: "diem-chuan.xls".into(),
                    state: "refused".into(),
                    href: "?".into(),
                    at: self.now.plus_seconds(-300),
                }],
            })),
            "dictionary" => EditBody::Dictionary(Box::new(DictionaryStep {
                dataset: "x".into(),
                resource: "x".into(),
                template: "?".into(),
                tables: Vec::new(),
                columns: ["Mã trường", "Chỉ tiêu"]
                    .into_iter()
                    .enumerate()
                    .map(|(index, heading)| ColumnFields {
                        index,
                        heading: heading.into(),
                        kind: if index == 0 { "text".into() } else { "integer".into() },
                        examples: vec!["01005".into(), "02003".into()],
                        title_en: if index == 0 { String::new() } else { "Places".into() },
                        meaning: "Mã do Bộ Giáo dục và Đào tạo cấp.".into(),
                        meaning_en: String::new(),
                        unit: String::new(),
                        unit_en: String::new(),
                        rules: RuleFields {
                            open: index == 1,
                            said: vec!["Bắt buộc có giá trị.".into(), "Từ 1 trở lên.".into()],
                            ranged: index == 1,
                            dated: false,
                            required: true,
                            unique: index == 0,
                            key: index == 0,
                            fields: ["minimum", "maximum", "pattern", "codes"].map(|part| ColumnField {
                                name: format!("c{index}-{part}"),
                                value: if part == "minimum" { "một".into() } else { String::new() },
                                error: (part == "minimum").then(|| "Viết một số, ví dụ 0,5.".into()),
                            }),
                        },
                    })
                    .collect(),
                pager: Pager::new(1, 2, "?"),
            })),
            _ => EditBody::Check(Box::new(self.breaks(false))),
        };
        let page = self.internal("/internal/datasets/x/edit/about", Section::Datasets);
        let codes = ["about", "sorting", "coverage", "tables", "dictionary", "check"];
        EditDatasetPage {
            title: self.vi("Chỉ tiêu tuyển sinh lớp 10 công lập"),
            correction: true,
            href: "?".into(),
            steps: codes
                .into_iter()
                .zip(1..)
                .map(|(code, number)| StepLink {
                    text: page.t(&format!("edit-step-{code}")),
                    href: format!("?{code}"),
                    current: code == step,
                    done: number < 3,
                    number,
                })
                .collect(),
            begun: self.now.plus_seconds(-20_000),
            published: true,
            wrongs,
            score: 72,
            points: [("title", true, true), ("description", false, false), ("tables", false, true)]
                .into_iter()
                .map(|(code, done, required)| PointLine {
                    text: page.t(&format!("completeness-{code}")),
                    done,
                    required,
                    adds: 16,
                    href: "?".into(),
                })
                .collect(),
            body,
            page,
        }
    }

    fn in_upload(&self, state: &str) -> inside::upload::UploadPage {
        inside::upload::UploadPage {
            page: self.internal("/internal/uploads/x", Section::Datasets),
            id: "x".into(),
            file: "chi-tieu-lop-10-2026.xlsx".into(),
            state: state.into(),
            received: 310 << 20,
            bytes: Some(412 << 20),
            problems: vec!["Tệp không có dòng dữ liệu nào.".into()],
            title: self.vi("Chỉ tiêu tuyển sinh lớp 10 công lập"),
            back: "?".into(),
            own: true,
        }
    }

    fn in_reading(&self) -> inside::upload::ReadingPage {
        let mut reports = self.in_dataset().reports;
        let report = reports.remove(0);
        inside::upload::ReadingPage {
            page: self.internal("/internal/tables/x/reading", Section::Datasets),
            id: "x".into(),
            title: self.vi("Chỉ tiêu tuyển sinh lớp 10 công lập"),
            back: "?".into(),
            dictionary: "?".into(),
            breaks: self.breaks(false),
            headings: report.columns.iter().map(|column| column.title.clone()).collect(),
            rows: vec![
                ["01005", "480", "38,25", "14/05/2026"].map(|cell| Some(cell.to_owned())).to_vec(),
                vec![Some("02003".into()), Some("360".into()), None, Some("14/05/2026".into())],
            ],
            report,
            wrongs: Vec::new(),
            sheets: self.choices(&["Chỉ tiêu", "Ghi chú"]),
            header: Field::new("header", "4"),
            decimals: self.choices(&["Để cổng tự nhận", "Dấu phẩy"]),
            orders: self.choices(&["Để cổng tự nhận", "Ngày trước"]),
            encodings: Vec::new(),
            zeros: vec![inside::upload::ZerosChoice {
                index: 0,
                heading: "Mã trường".into(),
                missed: Some("Có vẻ mất số 0: 12 ô ngắn hơn 5 chữ số.".into()),
                choices: self.choices(&["Giữ như trong tệp", "Thêm số 0 cho đủ 5 chữ số"]),
            }],
            kinds: vec![inside::upload::KindChoice {
                index: 0,
                heading: "Mã trường".into(),
                choices: self.choices(&["Tự nhận: chữ", "số nguyên"]),
            }],
            open: true,
        }
    }

    fn in_audit(&self) -> inside::audit::AuditPage {
        use inside::audit::*;
        let page = self.internal("/internal/audit", Section::Audit);
        let entry = |seq: u64, action: &str, tone, outcome: &str, changes| AuditEntry {
            seq,
            at: self.now.plus_seconds(-60 * (5_000 - i64::try_from(seq).unwrap_or(0))),
            actor: "Lê Quang Hưng".into(),
            client: Some("10.20.0.14".into()),
            action: action.into(),
            object: self.link("Chỉ tiêu tuyển sinh lớp 10 công lập", if seq.is_multiple_of(2) { "?" } else { "" }),
            outcome: outcome.into(),
            tone,
            changes,
            hash: HASH.into(),
        };
        let change = |field: &str, before: Option<&str>, after: Option<&str>| AuditChange {
            field: field.into(),
            before: before.map(Into::into),
            after: after.map(Into::into),
        };
        let mut actions = vec![AuditPage::every_action(&page, true)];
        actions.extend(
            self.choices(&["Công bố", "Đăng nhập"]).into_iter().map(|choice| Choice { chosen: false, ..choice }),
        );
        let wrongs =
            vec![Wrong { field: Some("to".into()), text: "Nhập ngày có thật, ví dụ 31/08/2026".into() }];
        AuditPage {
            actor: Field::new("actor", "hung"),
            actions,
            object: Field::new("object", ""),
            outcomes: vec![AuditPage::every_outcome(&page, true)],
            client: Field::new("client", ""),
            text: Field::new("text", ""),
            from: Field::new("from", "01/08/2026"),
            to: Field::new("to", "31/02/2026").checked(&wrongs),
            wrongs,
            total: 4_118,
            filtered: true,
            chain: Some(ChainCheck { whole: true, at: self.now }),
            xlsx: "?".into(),
            csv: "?".into(),
            entries: vec![
                entry(
                    4_118,
                    "Công bố phiên bản 7",
                    Tone::Good,
                    "thành công",
                    vec![
                        change("Trạng thái", Some("Đã duyệt"), Some("Đang công bố")),
                        change("Công bố lúc", None, Some("04/09/2026")),
                    ],
                ),
                entry(4_117, "Đăng nhập", Tone::Bad, "bị từ chối", Vec::new()),
                entry(
                    4_116,
                    "Nộp phiên bản 7",
                    Tone::Good,
                    "thành công",
                    vec![change("Trạng thái", Some("Bản nháp"), Some("Chờ duyệt"))],
                ),
            ],
            pager: Pager::new(1, 83, "?"),
            page,
        }
    }

    fn in_audit_entry(&self) -> inside::audit::AuditEntryPage {
        let audit = self.in_audit();
        let entry = audit.entries[0].clone();
        inside::audit::AuditEntryPage {
            page: audit.page,
            entry,
            action: "dataset.publish".into(),
            object: "dataset 0198f3c2-7d1a-7f00-9c1e-1b2c3d4e5f60".into(),
            request_id: "0198f3c2-7d1a-7f00-9c1e-1b2c3d4e5f61".into(),
            prev: HASH.into(),
            raw: "{\n  \"version\": 7\n}".into(),
            before: Some("?".into()),
            after: None,
            same_object: "?".into(),
        }
    }

    fn in_alerts(&self, filled: bool) -> inside::alerts::AlertsPage {
        let wrongs =
            vec![Wrong { field: Some("note".into()), text: "Ghi đã tìm hiểu và xử lý thế nào.".into() }];
        let alert = |id: &str, note: Field, own| inside::alerts::AlertRow {
            id: id.into(),
            title: "Xuất dữ liệu số lượng lớn: Lê Quang Hưng".into(),
            body: "Trong một giờ có 24 lần xuất danh sách, 31.200 dòng.".into(),
            at: self.now.plus_seconds(-3_600),
            href: "?".into(),
            own,
            note,
            handled: None,
        };
        let handled = inside::alerts::AlertRow {
            handled: Some(("Trần Thị Minh Thư".into(), self.now, "Đã gọi điện; xuất cho đoàn thanh tra.".into())),
            ..alert("4", Field::new("note", ""), false)
        };
        inside::alerts::AlertsPage {
            page: self.internal("/internal/alerts", Section::Alerts),
            total: if filled { 4 } else { 0 },
            open: if filled {
                vec![
                    alert("1", Field::new("note", "").checked(&wrongs), false),
                    alert("2", Field::new("note", ""), false),
                    alert("3", Field::new("note", ""), true),
                ]
            } else {
                Vec::new()
            },
            handled: if filled { vec![handled] } else { Vec::new() },
            wrongs: if filled {
                vec![Wrong { field: Some("note-1".into()), text: wrongs[0].text.clone() }]
            } else {
                Vec::new()
            },
            pager: Pager::new(1, 1, "?"),
        }
    }

    fn in_home(&self, filled: bool, province: bool) -> inside::home::HomePage {
        use inside::home::*;
        let wait = |title: &str, remark: Option<&str>| WaitRow {
            title: title.into(),
            href: "?".into(),
            agency: self.vi("Sở Giáo dục và Đào tạo"),
            by: "Lê Quang Hưng".into(),
            since: self.now.plus_seconds(-90_000),
            remark: remark.map(Into::into),
        };
        let due = |title: &str, state| DueRow {
            title: title.into(),
            href: "?".into(),
            update: "?".into(),
            freshness: self.freshness(state),
        };
        let some = |rows: Vec<WaitRow>| if filled { rows } else { Vec::new() };
        let score = |count, text: &str, href: &str| Score { count, text: text.into(), href: href.into() };
        HomePage {
            page: self.internal("/internal", Section::Home),
            today: self.today(),
            calendar: if filled {
                vec!["Lịch nghỉ năm 2027 còn 3 dòng tạm tính.".into()]
            } else {
                Vec::new()
            },
            scores: if filled {
                vec![
                    score(1, "quá hạn", "#late"),
                    score(1, "việc khác có hạn", "?"),
                    score(2, "chờ bạn duyệt", "#decide"),
                ]
            } else {
                Vec::new()
            },
            others: 0,
            decide: some(vec![
                wait("Mức thu học phí các cấp", Some("Đã soát.")),
                wait("Danh sách trung tâm ngoại ngữ", None),
            ]),
            returned: some(vec![wait("Chỉ tiêu tuyển sinh lớp 10 công lập", Some("Cột Ghi chú còn số điện thoại."))]),
            drafts: some((1..=12).map(|number| wait(&format!("Bản nháp {number}"), None)).collect()),
            elsewhere: some(vec![wait("Trường học và số học sinh", None)]),
            late: if filled { vec![due("Kết quả thi tốt nghiệp", Timeliness::Late)] } else { Vec::new() },
            late_list: "?".into(),
            soon_list: "?".into(),
            soon: if filled { vec![due("Số học sinh theo trường", Timeliness::Soon)] } else { Vec::new() },
            changed: if filled {
                vec![
                    ChangeRow { title: "Học bổng".into(), href: "?".into(), withdrawn: false, at: self.now },
                    ChangeRow { title: "Thi nghề".into(), href: "?".into(), withdrawn: true, at: self.now },
                ]
            } else {
                Vec::new()
            },
            province: province.then(|| self.board_lines()),
        }
    }

    fn in_notices(&self) -> inside::notices::NoticesPage {
        let notice = |id: &str, read| inside::notices::NoticeRow {
            id: id.into(),
            title: "Bộ dữ liệu “Giá lúa tại ruộng” chờ duyệt".into(),
            body: "Trần Thị Minh Thư đã nộp bản nháp. Xem nội dung rồi quyết định.".into(),
            href: "/internal/datasets/x".into(),
            at: self.now.plus_seconds(-7_000),
            read,
        };
        inside::notices::NoticesPage {
            page: self.internal("/internal/notices", Section::Notices),
            notices: vec![notice("1", false), notice("2", true)],
            total: 61,
            unread: 1,
            until: self.now.0,
            pager: Pager::new(1, 3, "/internal/notices"),
        }
    }

    fn in_account(&self) -> inside::account::AccountPage {
        let session = |current| inside::account::SessionRow {
            id: "01900000-0000-7000-8000-000000000001".into(),
            began: self.now.plus_seconds(-30_000),
            seen: self.now,
            client: Some("10.20.0.14".into()),
            current,
        };
        inside::account::AccountPage {
            page: self.internal("/internal/account", Section::Account),
            name: "Trần Thị Minh Thư".into(),
            sign_in_name: "minhthu".into(),
            mail: Some("minhthu@lacdien.example".into()),
            full_name: Field::new("full_name", "Trần Thị Minh Thư"),
            wrongs: Vec::new(),
            roles: vec!["Cán bộ đầu mối, Sở Giáo dục và Đào tạo".into()],
            last_sign_in: Some(self.now.plus_seconds(-90_000)),
            languages: self.choices(&["Tiếng Việt", "English"]),
            second_factor: true,
            frequencies: self.choices(&["Gửi ngay", "Mỗi ngày một thư", "Không gửi thư"]),
            sessions: vec![session(true), session(false)],
        }
    }

    fn wrong(&self, field: &str, text: &str) -> Wrong {
        Wrong { field: Some(field.to_owned()), text: text.into() }
    }

    fn in_password(&self) -> inside::credentials::PasswordPage {
        let wrongs = vec![self.wrong("fresh", "Mật khẩu mới cần ít nhất 12 ký tự.")];
        inside::credentials::PasswordPage {
            page: self.internal("/internal/account/password", Section::Account),
            forced: true,
            min: 12,
            kinds: Some(4),
            current: Field::new("current", "").checked(&wrongs),
            fresh: Field::new("fresh", "").checked(&wrongs),
            again: Field::new("again", "").checked(&wrongs),
            wrongs,
        }
    }

    fn in_second_factor(&self, on: bool) -> inside::credentials::SecondFactorPage {
        let picture = totp::setup(&[7; 20], "Khomo", "minhthu").unwrap_or(totp::Setup {
            typed: String::new(),
            path: String::new(),
            size: 0,
        });
        let wrongs = vec![self.wrong("code", "Mã không đúng hoặc đã được dùng. Hãy nhập mã đang hiện trong ứng dụng.")];
        inside::credentials::SecondFactorPage {
            page: self.internal("/internal/account/second-factor", Section::Account),
            on: on.then(|| (self.now.plus_seconds(-9_000_000), 7)),
            setup: (!on).then_some(inside::credentials::Setup {
                typed: picture.typed,
                path: picture.path,
                size: picture.size,
            }),
            required: false,
            forced: !on,
            code: Field::new("code", "").checked(&wrongs),
            codes: Vec::new(),
            wrongs,
        }
    }

    fn in_recovery_codes(&self) -> inside::credentials::SecondFactorPage {
        let code = |number: u32| format!("3f9c1-77a0e-{number:05x}-b2d40");
        inside::credentials::SecondFactorPage {
            on: None,
            setup: None,
            forced: false,
            code: Field::new("code", ""),
            codes: (0..10).map(code).collect(),
            wrongs: Vec::new(),
            ..self.in_second_factor(true)
        }
    }

    fn in_code(&self) -> inside::credentials::CodePage {
        inside::credentials::CodePage {
            page: self.internal("/internal/sign-in/code", Section::Other),
            code: Field::new("code", ""),
            next: Some("/internal/datasets".into()),
            wrongs: Vec::new(),
        }
    }

    fn in_history(&self, full: bool) -> inside::credentials::HistoryPage {
        let entry = |what: &str, done, outcome: &str| inside::credentials::HistoryRow {
            at: self.now.plus_seconds(-90_000),
            what: what.into(),
            done,
            outcome: outcome.into(),
            client: done.then(|| "10.20.0.14".to_owned()),
        };
        let entries = vec![entry("Đăng nhập", true, "Đã thực hiện"), entry("Đăng nhập", false, "Bị từ chối")];
        inside::credentials::HistoryPage {
            page: self.internal("/internal/account/history", Section::Account),
            entries: if full { entries } else { Vec::new() },
            pager: Pager::new(1, if full { 3 } else { 0 }, "/internal/account/history"),
        }
    }

    fn in_tokens(&self, full: bool) -> inside::credentials::TokensPage {
        let row = |state, used| inside::credentials::TokenRow {
            id: "01900000-0000-7000-8000-000000000001".into(),
            name: "Máy chủ một cửa".into(),
            scopes: "Đọc, gửi tệp và sửa bản nháp".into(),
            made: self.now.plus_seconds(-900_000),
            ends: self.now.plus_seconds(9_000_000),
            used,
            state,
        };
        inside::credentials::TokensPage {
            page: self.internal("/internal/account/tokens", Section::Account),
            rows: if full { vec![row("live", Some(self.now)), row("revoked", None)] } else { Vec::new() },
            scopes: self.choices(&["Chỉ đọc", "Đọc, gửi tệp và sửa bản nháp"]),
            name: Field::new("name", ""),
            days: Field::new("days", "90"),
            most_days: 365,
            fresh: full.then(|| "khomo_".to_owned() + &"3f9c177a".repeat(8)),
            wrongs: Vec::new(),
        }
    }

    fn in_findings(&self, full: bool) -> inside::findings::FindingsPage {
        use inside::findings::{FindingView, FindingsPage, GivenView, TableView, Typed, VerdictForm};
        let page = self.internal("/internal/datasets/1/findings", Section::Datasets);
        let typed =
            |id: String, error: Option<&str>| Typed { id, value: String::new(), error: error.map(str::to_owned) };
        let text = |text: &str| Text::of(text, Lang::Vi, page.lang);
        let finding = |at: u64, kind: &str, state: &str, tone, column: &str, sample: &str| FindingView {
            id: format!("01900000-0000-7000-8000-00000000000{at}"),
            kind: kind.to_owned(),
            severity: if state == "shown" { "look" } else { "block" }.to_owned(),
            state: state.to_owned(),
            tone,
            column: Some(column.to_owned()),
            table: Some(text("Cơ sở khám chữa bệnh")),
            count: 12 * at,
            samples: vec![sample.to_owned()],
            rows: vec![1, 7, 12],
            given: (state == "cleared").then(|| GivenView {
                verdict: "legal-basis".to_owned(),
                person: "Trần Thị Hoa".to_owned(),
                at: self.now,
                reason: "Danh sách người hành nghề được công khai theo luật.".to_owned(),
                basis: Some("Nghị định 47/2020/NĐ-CP".to_owned()),
            }),
            form: Some(VerdictForm {
                group: typed(format!("verdict-{at}"), None),
                verdicts: self.choices(&["Bỏ cột này", "Che giá trị", "Giữ nguyên vì nhận nhầm"]),
                reason: typed(
                    if at == 1 { "reason".to_owned() } else { format!("reason-{at}") },
                    (at == 1).then_some("Hãy ghi lý do."),
                ),
                basis: typed(format!("basis-{at}"), None),
                bases: self.choices(&["Chọn văn bản", "Nghị định 47/2020/NĐ-CP"]),
            }),
        };
        let findings = vec![
            finding(1, "citizen", "open", Tone::Bad, "Số CCCD", "079•••••••45"),
            finding(2, "person", "to-treat", Tone::Warn, "Họ và tên", "N••••• V•• A•"),
            finding(3, "phone", "cleared", Tone::Good, "Điện thoại", "09•• ••• ••8"),
            finding(4, "email", "shown", Tone::Info, "Hộp thư", "v•••••@lacdien.gov.vn"),
        ];
        FindingsPage {
            id: "01900000-0000-7000-8000-000000000001".to_owned(),
            title: text("Cơ sở khám chữa bệnh"),
            draft: true,
            pending: if full { 0 } else { 1 },
            read: full.then_some(self.now),
            blocking: 1,
            to_treat: u64::from(full),
            quarantined: full.then_some(self.now),
            judges: true,
            clears: true,
            findings: if full { findings } else { Vec::new() },
            tables: vec![TableView {
                id: "01900000-0000-7000-8000-000000000002".to_owned(),
                title: text("Cơ sở khám chữa bệnh"),
                columns: vec!["Số CCCD".to_owned(), "Họ và tên".to_owned()],
                titles: typed("titles-1".to_owned(), None),
                treated: true,
            }],
            lifting: typed("reason-lifting".to_owned(), None),
            wrongs: if full {
                vec![Wrong { field: Some("reason".to_owned()), text: "Hãy ghi lý do.".to_owned() }]
            } else {
                Vec::new()
            },
            page,
        }
    }

    fn in_rules(&self) -> inside::credentials::RulesPage {
        let page = self.internal("/internal/rules", Section::Other);
        let text = Localized {
            vi: "Giữ kín **mật khẩu**.\n\n## Bạn phải làm\n\n- Đăng xuất khi rời máy.".into(),
            en: None,
        };
        inside::credentials::RulesPage {
            title: Text::of("Quy định sử dụng cổng dữ liệu nội bộ", Lang::Vi, page.lang),
            body: present::html(&page, &text),
            version: "1.0".into(),
            due: true,
            next: "/internal/datasets".into(),
            page,
        }
    }

    fn in_forgotten(&self, asked: bool) -> inside::reset::ForgottenPage {
        inside::reset::ForgottenPage {
            page: PageCtx { user: None, ..self.internal("/internal/sign-in/forgotten", Section::Other) },
            name: Field::new("name", ""),
            asked,
            mail_on: !asked,
            wrongs: Vec::new(),
        }
    }

    fn in_reset(&self, opens: bool) -> inside::reset::ResetPage {
        let error = "Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại.".to_owned();
        inside::reset::ResetPage {
            page: PageCtx { user: None, ..self.internal("/internal/sign-in/reset", Section::Other) },
            opens,
            key: HASH.into(),
            min: 12,
            kinds: None,
            fresh: Field::new("fresh", ""),
            again: Field { error: Some(error.clone()), ..Field::new("again", "") },
            wrongs: vec![Wrong { field: Some("again".into()), text: error }],
        }
    }

    fn in_accounts(&self, full: bool) -> inside::accounts::AccountsPage {
        let line = |name: &str, user: &str, state: &str| inside::accounts::AccountLine {
            id: user.into(),
            pick: state != "closed",
            name: name.into(),
            user_name: user.into(),
            href: "?".into(),
            roles: if state == "closed" {
                Vec::new()
            } else {
                vec!["Cán bộ cập nhật dữ liệu, Sở Y tế".into()]
            },
            state: state.into(),
            last: (state == "active").then_some(self.now),
        };
        let rows = vec![
            line("Nguyễn Thị Hạnh", "hanhnt", "active"),
            line("Đỗ Văn Đức", "ducdv", "locked"),
            line("Lê Minh", "minhl", "closed"),
        ];
        inside::accounts::AccountsPage {
            page: self.internal("/internal/accounts", Section::Accounts),
            query: Field::new("q", if full { "" } else { "không có" }),
            states: self.choices(&["Mọi trạng thái", "Đang hoạt động"]),
            filtered: !full,
            total: if full { 3 } else { 0 },
            rows: if full { rows } else { Vec::new() },
            pager: Pager::new(1, if full { 2 } else { 1 }, "/internal/accounts"),
            requests: if full {
                vec![inside::accounts::RequestLine {
                    name: "Phạm Thu Trang".into(),
                    href: "?".into(),
                    agency: "Sở Y tế".into(),
                    role: "Người duyệt của cơ quan".into(),
                    at: self.now,
                }]
            } else {
                Vec::new()
            },
            waiting: u64::from(full),
            may_ask: true,
            picks: true,
            acts: self.choices(&["Khóa", "Mở khóa"]),
            back: "?".into(),
            files: ("?".into(), "?".into()),
        }
    }

    fn in_selection(&self, finished: bool) -> inside::accounts::SelectionPage {
        let line = |name: &str, user: &str, state: &str| inside::accounts::SelectionLine {
            id: user.into(),
            name: name.into(),
            user_name: user.into(),
            state: state.into(),
            refusal: (finished && state == "active").then(|| "Đây là người quản trị hệ thống cuối cùng.".to_owned()),
        };
        let wrongs = if finished {
            Vec::new()
        } else {
            vec![self.wrong("reason", "Nhập lý do, nhiều nhất 2.000 ký tự.")]
        };
        inside::accounts::SelectionPage {
            page: self.internal("/internal/accounts/selection", Section::Accounts),
            act: "lock".into(),
            finished,
            done: u64::from(finished),
            rows: vec![line("Nguyễn Thị Hạnh", "hanhnt", "active"), line("Đỗ Văn Đức", "ducdv", "locked")],
            reason: Field::new("reason", "").checked(&wrongs),
            back: "?".into(),
            wrongs,
        }
    }

    fn in_account_new(&self) -> inside::accounts::AccountNewPage {
        let error = "Nhập một địa chỉ thư điện tử, ví dụ lan@soyte.tinh.example.".to_owned();
        inside::accounts::AccountNewPage {
            page: self.internal("/internal/accounts/new", Section::Accounts),
            direct: true,
            full_name: Field::new("full_name", "Phạm Thu Trang"),
            user_name: Field::new("user_name", ""),
            email: Field { error: Some(error.clone()), ..Field::new("email", "trang") },
            agencies: self.choices(&["Sở Y tế", "Sở Nội vụ"]),
            roles: self.choices(&["Cán bộ cập nhật dữ liệu", "Người duyệt của cơ quan"]),
            valid_from: Field::new("valid_from", "04/09/2026"),
            valid_to: Field::new("valid_to", ""),
            reason: Field::new("reason", "Cập nhật dữ liệu trạm y tế."),
            deliveries: self.choices(&["Hiện mật khẩu lần đầu", "Gửi liên kết"]),
            wrongs: vec![Wrong { field: Some("email".into()), text: error }],
        }
    }

    fn in_account_request(&self) -> inside::accounts::AccountRequestPage {
        inside::accounts::AccountRequestPage {
            page: self.internal("/internal/accounts/requests/1", Section::Accounts),
            id: "1".into(),
            name: "Phạm Thu Trang".into(),
            user_name: "trangpt".into(),
            mail: "trangpt@soyte.lacdien.example".into(),
            agency: "Sở Y tế".into(),
            role: "Người duyệt của cơ quan".into(),
            from: Some(self.today()),
            to: None,
            why: "Duyệt dữ liệu của Sở.".into(),
            asked_by: "Trần Thị Minh Thư".into(),
            asked: self.now,
            state: "asked".into(),
            decided: None,
            note: None,
            may_decide: true,
            deliveries: self.choices(&["Hiện mật khẩu lần đầu", "Gửi liên kết"]),
            reason: Field::new("reason", ""),
            wrongs: Vec::new(),
        }
    }

    fn in_account_issued(&self) -> inside::accounts::AccountIssuedPage {
        inside::accounts::AccountIssuedPage {
            page: self.internal("/internal/accounts", Section::Accounts),
            name: "Phạm Thu Trang".into(),
            user_name: "trangpt".into(),
            mail: "trangpt@soyte.lacdien.example".into(),
            secret: Some("vgk4-tq7m-9hzn-c2xw".into()),
            href: "?".into(),
        }
    }

    fn in_account_admin(&self) -> inside::accounts::AccountAdminPage {
        let role = |name: &str, deputy: Option<&str>, counts| inside::accounts::RoleLine {
            role: name.into(),
            agency: "Sở Y tế".into(),
            from: Some(self.ago(90)),
            to: deputy.map(|_| self.ago(0)),
            deputy_for: deputy.map(str::to_owned),
            counts,
        };
        inside::accounts::AccountAdminPage {
            page: self.internal("/internal/accounts/1", Section::Accounts),
            id: "1".into(),
            name: "Nguyễn Thị Hạnh".into(),
            user_name: "hanhnt".into(),
            mail: "hanhnt@soyte.lacdien.example".into(),
            state: "active".into(),
            last: Some(self.now),
            roles: vec![
                role("Người duyệt của cơ quan", Some("Đỗ Văn Đức"), true),
                role("Cán bộ cập nhật dữ liệu", None, false),
            ],
            history: Some(self.in_history(true).entries),
            second_factor: Some(self.now.plus_seconds(-900_000)),
            full_name: Field::new("full_name", "Nguyễn Thị Hạnh"),
            new_user_name: Field::new("user_name", "hanhnt"),
            email: Field::new("email", "hanhnt@soyte.lacdien.example"),
            factor_reason: Field::new("factor_reason", ""),
            code: Some(Field::new("code", "")),
            own: false,
            may_lock: true,
            may_issue: true,
            agencies: self.choices(&["Sở Y tế", "Sở Nội vụ"]),
            role_choices: self.choices(&["Cán bộ cập nhật dữ liệu", "Người duyệt của cơ quan"]),
            valid_from: Field::new("valid_from", "04/09/2026"),
            valid_to: Field::new("valid_to", ""),
            deputy_for: Field::new("deputy_for", ""),
            endings: self.choices(&["Người duyệt của cơ quan, Sở Y tế"]),
            last_day: Field::new("last_day", "04/09/2026"),
            reason: Field::new("reason", ""),
            wrongs: Vec::new(),
        }
    }

    fn in_account_reviews(&self) -> inside::account_reviews::AccountReviewsPage {
        let line = |ended| inside::account_reviews::CampaignLine {
            href: "?".into(),
            opened: self.now,
            due: Some(self.today()),
            ended,
        };
        inside::account_reviews::AccountReviewsPage {
            page: self.internal("/internal/accounts/reviews", Section::Accounts),
            rows: vec![line(None), line(Some(self.now))],
            may_open: true,
            months: 6,
            due: Field::new("due", "04/10/2026"),
            wrongs: Vec::new(),
        }
    }

    fn in_account_review(&self, open: bool) -> inside::account_reviews::AccountReviewPage {
        let line = |id: &str, name: &str, standing: &str, own: bool| inside::account_reviews::ReviewLine {
            id: id.into(),
            name: name.into(),
            user_name: "hanhnt".into(),
            agency: (!own).then(|| "Sở Y tế".to_owned()),
            last: own.then_some(self.now),
            standing: standing.into(),
            mine: open && !own,
            own,
            verdicts: self.choices(&["Chưa trả lời", "Giữ", "Thay đổi", "Đóng"]),
            endings: self.choices(&["Cán bộ cập nhật dữ liệu, Sở Y tế"]),
            roles: if own { Vec::new() } else { vec!["Cán bộ cập nhật dữ liệu, Sở Y tế".into()] },
        };
        let (first, second) = if open { ("waiting", "keep") } else { ("locked", "kept") };
        inside::account_reviews::AccountReviewPage {
            page: self.internal("/internal/accounts/reviews/1", Section::Accounts),
            answers: "?".into(),
            files: ("?".into(), "?".into()),
            owner: (!open).then(|| "Sở Y tế".into()),
            id: "1".into(),
            opened: self.now,
            opened_by: Some("Trần Thị Minh Thư".into()),
            due: Some(self.today()),
            ended: (!open).then_some(self.now),
            counts: vec![(first.into(), 1), (second.into(), 1)],
            total: 2,
            rows: vec![
                line("a1", "Nguyễn Thị Hạnh", first, false),
                line("a2", "Đỗ Văn Đức", second, false),
                line("a3", "Trần Thị Minh Thư", first, true),
            ],
            answering: open,
            pager: Pager::new(1, 2, "/internal/accounts/reviews/1"),
            wrongs: Vec::new(),
        }
    }

    fn in_agencies(&self, full: bool) -> inside::agencies::AgenciesPage {
        let line = |name: &str, over: bool| inside::agencies::AgencyLine {
            name: name.into(),
            href: "?".into(),
            kind: "Sở, ban, ngành".into(),
            from: Some(self.ago(900)),
            to: over.then(|| self.ago(30)),
            over,
            voluntary: over,
            nominated: u64::from(!over),
        };
        inside::agencies::AgenciesPage {
            page: self.internal("/internal/agencies", Section::Agencies),
            query: Field::new("q", ""),
            states: self.choices(&["Mọi trạng thái", "Đang hoạt động"]),
            filtered: !full,
            total: if full { 2 } else { 0 },
            rows: if full { vec![line("Sở Y tế", false), line("Sở Xây dựng cũ", true)] } else { Vec::new() },
            pager: Pager::new(1, 1, "/internal/agencies"),
            may_manage: true,
            files: ("?".into(), "?".into()),
        }
    }

    fn in_focal_lists(&self, full: bool) -> inside::focal_lists::FocalListsPage {
        let line = |number, state: &str| inside::focal_lists::FocalListLine {
            href: "?".into(),
            number,
            state: state.into(),
            compiled: self.now,
            decision: (state == "approved").then(|| "123/QĐ-UBND, 04/09/2026".to_owned()),
        };
        inside::focal_lists::FocalListsPage {
            page: self.internal("/internal/agencies/focal-lists", Section::Agencies),
            rows: if full { vec![line(3, "compiled"), line(2, "submitted"), line(1, "approved")] } else { Vec::new() },
            may_compile: true,
            with_nominated: full,
            decider: "Ủy ban nhân dân tỉnh".into(),
            wrongs: if full {
                Vec::new()
            } else {
                vec![Wrong { field: None, text: "Chưa có đầu mối nào.".into() }]
            },
        }
    }

    fn in_focal_list(&self, state: &str) -> inside::focal_lists::FocalListPage {
        let row = |number, agency: &str, name: &str| inside::focal_lists::FocalListRowLine {
            number,
            level: "Cấp tỉnh".into(),
            agency: agency.into(),
            kind: "Cán bộ kỹ thuật".into(),
            name: name.into(),
            duty: if name.is_empty() { "" } else { "Chuyên viên Văn phòng" }.into(),
            phone: if name.is_empty() { "" } else { "0200 000 223" }.into(),
            mail: if name.is_empty() { "" } else { "binhlv@soyte.lacdien.example" }.into(),
        };
        let approved = state == "approved";
        inside::focal_lists::FocalListPage {
            page: self.internal("/internal/agencies/focal-lists/1", Section::Agencies),
            id: "1".into(),
            xlsx: "?".into(),
            csv: "?".into(),
            number: 1,
            state: state.into(),
            decider: "Ủy ban nhân dân tỉnh".into(),
            compiled: self.now,
            compiled_by: Some("Đỗ Văn Đức".into()),
            submitted: (state != "compiled").then(|| self.ago(3)),
            letter: (state != "compiled").then(|| "45/TTr-SKHCN".to_owned()),
            decision: approved.then(|| "123/QĐ-UBND, 04/09/2026".to_owned()),
            signer: approved.then(|| "Nguyễn Văn An".to_owned()),
            link: approved.then(|| "https://vanban.lacdien.example/123-qd-ubnd.pdf".to_owned()),
            rows: vec![row(1, "Sở Y tế", "Lê Văn Bình"), row(2, "Sở Nội vụ", "")],
            gaps: 1,
            may_submit: state == "compiled",
            older: approved,
            may_decide: state == "submitted",
            confirms: true,
            submitted_on: Field::new("submitted_on", "04/09/2026"),
            letter_number: Field::new("letter_number", ""),
            decision_number: Field::new("number", ""),
            decided_on: Field::new("decided_on", ""),
            signed_by: Field::new("signer", ""),
            decision_link: Field::new("link", ""),
            wrongs: Vec::new(),
        }
    }

    fn agency_fields(&self) -> inside::agencies::AgencyFields {
        inside::agencies::AgencyFields {
            slug: Field::new("slug", ""),
            name_vi: Field::new("name_vi", "Sở Y tế"),
            name_en: Field::new("name_en", "Department of Health"),
            kinds: self.choices(&["Sở, ban, ngành", "Đơn vị trực thuộc"]),
            parents: self.choices(&["Không có", "Sở Nội vụ"]),
            phone: Field::new("phone", "0200 000 111"),
            email: Field::new("email", "soyte@lacdien.example"),
            e_identifier: Field::new("e_identifier", "H00.01"),
            valid_from: Field::new("valid_from", "01/07/2025"),
            voluntary: Field::new("voluntary", "1"),
            encouraged: "Tổ chức chính trị - xã hội".into(),
        }
    }

    fn in_agency_new(&self) -> inside::agencies::AgencyNewPage {
        inside::agencies::AgencyNewPage {
            page: self.internal("/internal/agencies/new", Section::Agencies),
            fields: self.agency_fields(),
            wrongs: Vec::new(),
        }
    }

    fn in_agency(&self) -> inside::agencies::AgencyAdminPage {
        let focal = |name: &str, state: &str| inside::agencies::FocalLine {
            name: name.into(),
            position: "Chuyên viên Văn phòng".into(),
            kind: "Cán bộ kỹ thuật".into(),
            phone: "0200 000 223".into(),
            mail: "binhlv@soyte.lacdien.example".into(),
            state: state.into(),
            at: self.now,
            decision: (state == "active").then(|| "123/QĐ-UBND".to_owned()),
            note: (state == "refused").then(|| "Chưa đủ chuyên môn.".to_owned()),
        };
        inside::agencies::AgencyAdminPage {
            page: self.internal("/internal/agencies/1", Section::Agencies),
            id: "1".into(),
            name: "Sở Y tế".into(),
            kind: "Sở, ban, ngành".into(),
            public_href: "https://dulieu.lacdien.example/organization/so-y-te".into(),
            from: Some(self.ago(900)),
            to: None,
            over: false,
            voluntary: true,
            parent: Some(Link::new("Ủy ban nhân dân tỉnh", "?")),
            successor: None,
            predecessors: vec![Link::new("Sở Y tế Lạc An", "?"), Link::new("Ban Bảo vệ sức khỏe", "")],
            focal_points: vec![
                focal("Lê Văn Bình", "nominated"),
                focal("Phạm Thị Cúc", "active"),
                focal("Võ An", "refused"),
            ],
            may_manage: true,
            may_name: true,
            needs_decision: true,
            public_focal: true,
            focal_kinds: self.choices(&["Cán bộ kỹ thuật"]),
            person_name: Field::new("person_name", ""),
            position: Field::new("position", ""),
            focal_phone: Field::new("focal_phone", ""),
            focal_email: Field::new("focal_email", ""),
            waiting: self.choices(&["Lê Văn Bình, Cán bộ kỹ thuật"]),
            number: Field::new("number", ""),
            decision_date: Field::new("decided_on", ""),
            reason: Field::new("why_not", ""),
            fields: self.agency_fields(),
            successors: self.choices(&["Không có (giải thể)", "Sở Nội vụ"]),
            merge_date: Field::new("date", ""),
            role_fates: self.choices(&["Kết thúc", "Chuyển sang cơ quan tiếp nhận"]),
            merge_reason: Field::new("reason", ""),
            wrongs: Vec::new(),
        }
    }

    fn in_error(&self) -> inside::error::ErrorPage {
        inside::error::ErrorPage {
            page: self.internal("/internal/nowhere", Section::Other),
            status: 403,
            wrongs: vec![Wrong {
                field: None, text: "Chỉ người duyệt của cơ quan mới công bố được.".into()
            }],
            request_id: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use scraper::{Html as Document, Selector};

    use super::*;

    fn pages() -> Vec<(String, String)> {
        let texts = Texts::load(None, &[]).unwrap();
        let site = Arc::new(site("https://dulieu.lacdien.example"));
        let now = Timestamp(1_788_514_800_000);
        let mut pages = Vec::new();
        for lang in Lang::ALL {
            pages.push((
                format!("gallery-{}", lang.tag()),
                gallery(lang, &texts, &site, now, "/internal/gallery").render().unwrap(),
            ));
            for name in PAGES {
                pages
                    .push((format!("{name}-{}", lang.tag()), sample(name, lang, &texts, &site, now).unwrap().unwrap()));
            }
        }
        pages
    }

    fn all<'a>(document: &'a Document, css: &str) -> Vec<scraper::ElementRef<'a>> {
        let selector = Selector::parse(css).unwrap();
        document.select(&selector).collect()
    }

    #[test]
    fn every_page_has_one_heading_a_title_and_a_main_part() {
        for (name, html) in pages() {
            let document = Document::parse_document(&html);
            assert_eq!(all(&document, "h1").len(), 1, "{name}");
            assert_eq!(all(&document, "main#main").len(), 1, "{name}");
            let title = all(&document, "title")[0].text().collect::<String>();
            assert!(title.contains("Lạc Điền") && !title.starts_with(' ') && !title.contains('\n'), "{name}: {title}");
            let lang = all(&document, "html")[0].attr("lang").unwrap();
            assert!(name.ends_with(lang), "{name}");
        }
    }

    #[test]
    fn ids_are_unique_and_what_refers_to_one_finds_it() {
        for (name, html) in pages() {
            let document = Document::parse_document(&html);
            let mut ids = BTreeSet::new();
            for element in all(&document, "[id]") {
                let id = element.attr("id").unwrap();
                assert!(ids.insert(id.to_owned()), "{name}: #{id} stands twice");
            }
            for attribute in ["aria-labelledby", "aria-describedby", "for", "popovertarget"] {
                for element in all(&document, &format!("[{attribute}]")) {
                    for id in element.attr(attribute).unwrap().split_whitespace() {
                        assert!(ids.contains(id), "{name}: {attribute}={id} leads nowhere");
                    }
                }
            }
            for element in all(&document, "a[href^='#']") {
                let id = &element.attr("href").unwrap()[1..];
                assert!(ids.contains(id), "{name}: #{id} leads nowhere");
            }
        }
    }

    #[test]
    fn no_page_asks_another_host_or_carries_style_or_script_in_its_text() {
        for (name, html) in pages() {
            let document = Document::parse_document(&html);
            assert!(
                all(&document, "[style], style, script:not([src]):not([type='application/ld+json'])").is_empty(),
                "{name}"
            );
            for element in all(&document, "[src], link[rel=stylesheet], link[rel=icon], use") {
                let address = element.attr("src").or_else(|| element.attr("href")).unwrap();
                assert!(address.starts_with("/static/"), "{name}: {address}");
            }
            assert!(!html.contains(" onclick=") && !html.contains("javascript:"), "{name}");
        }
    }

    #[test]
    fn every_field_has_a_label_and_every_link_a_name() {
        for (name, html) in pages() {
            let document = Document::parse_document(&html);
            let labelled: BTreeSet<String> =
                all(&document, "label[for]").iter().map(|label| label.attr("for").unwrap().to_owned()).collect();
            for field in all(&document, "input:not([type=hidden]):not([type=radio]), select, textarea") {
                let id = field.attr("id").unwrap_or_default();
                let inside = field
                    .parent()
                    .and_then(scraper::ElementRef::wrap)
                    .is_some_and(|parent| parent.value().name() == "label");
                assert!(labelled.contains(id) || inside, "{name}: field {id} without a label");
            }
            for link in all(&document, "a, button, summary") {
                assert!(!link.text().collect::<String>().trim().is_empty(), "{name}: {} without a name", link.html());
                assert!(link.attr("href") != Some("") && link.attr("href") != Some("#"), "{name}: {}", link.html());
            }
        }
    }

    #[test]
    fn public_pages_carry_no_token_and_name_both_languages() {
        for (name, html) in
            pages().into_iter().filter(|(name, _)| name.starts_with("home") || name.starts_with("dataset"))
        {
            let document = Document::parse_document(&html);
            assert!(all(&document, "[name=csrf]").is_empty(), "{name}");
            assert_eq!(all(&document, "link[rel=canonical]").len(), 1, "{name}");
            assert_eq!(all(&document, "link[rel=alternate][hreflang]").len(), 3, "{name}");
        }
    }
}

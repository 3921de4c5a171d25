//! Who may open what: both route tables, walked as everybody.

use khomo::dataset::{draft, upload};
use khomo::http::{Access, Route};
use khomo::kernel::id::{DatasetId, TableVersionId};
use khomo::table::ingest::Choices;
use khomo::web::{internal, public};
use sha2::Digest;

use crate::support::kit::{AWAY, Answer, Browser, HOME, Khomo, PEOPLE, SMALL};

/// What stands behind the placeholders of both route tables.
struct Places {
    dataset: DatasetId,
    table: String,
    resource: String,
    upload: String,
    account: String,
    request: String,
    campaign: String,
    agency: String,
    list: String,
    focal_list: String,
    report: String,
    data_request: String,
    purge: String,
    quarter: String,
    /// An issue of the catalogue that is being written.
    catalogue: String,
    /// A plan that agencies are asked about.
    plan: String,
}

impl Places {
    async fn fill(khomo: &Khomo) -> Self {
        let dataset = khomo.dataset("so-lieu").publish().await;
        let gone = khomo.dataset("da-rut").publish().await;
        khomo.withdraw(&gone, "approver").unwrap();
        khomo.index();
        let table = table_of(khomo, &dataset);
        let resource = khomo.lines("SELECT id AS line FROM resource").remove(0);
        let profile = khomo.app.profile().clone();
        let upload = khomo.db().write(&khomo.ctx("editor"), |tx| {
            draft::begin(tx, &profile, &dataset)?;
            let original = TableVersionId::parse(&table).unwrap();
            upload::read_again(tx, &profile, &original, Choices::default())
        });
        let places = Self {
            dataset,
            table,
            resource,
            upload: upload.unwrap().id.to_string(),
            account: khomo.id("editor").to_string(),
            request: super::people::asked(khomo).to_string(),
            campaign: super::account_review::opened(khomo).to_string(),
            agency: khomo.agency(HOME).to_string(),
            list: super::editor::listed(khomo).to_string(),
            focal_list: super::agencies::listed(khomo).to_string(),
            report: super::voice::filed(khomo, "so-lieu").to_string(),
            data_request: super::requests::shown(khomo, HOME).to_string(),
            purge: super::purge::asked(khomo, &gone).to_string(),
            quarter: super::quarter::ended(khomo),
            catalogue: {
                super::plan::issued(khomo).await;
                super::plan::drafted(khomo).to_string()
            },
            plan: {
                super::plan::executed(khomo, 2026).await;
                super::plan::consulted(khomo, 2027).to_string()
            },
        };
        super::editorial::told(khomo, "tin-moi");
        super::maps::bounded(khomo);
        super::release::released(khomo, "2026-Q2").await;
        places
    }

    /// A path that a route answers with a page.
    fn path(&self, route: &Route) -> String {
        let slug = match route.path.split('/').nth(1) {
            Some("organization") => HOME,
            Some("topic") => "y-te",
            _ if route.path.starts_with("/internal/board") => HOME,
            Some("huong-dan") => "cach-dung",
            Some("tin-tuc") => "tin-moi",
            Some("internal") => "cach-dung",
            _ => "so-lieu",
        };
        let file = match route.path {
            path if path.starts_with("/internal") => "original",
            "/quy/khoa/{file}" => "khoa-1.pem",
            "/quy/{quarter}/{file}" => "manifest.json",
            "/quy/{quarter}/chu-de/{file}" => "y-te.zip",
            "/quy/{quarter}/co-quan/{file}" => "so-y-te.zip",
            _ => "bang.csv",
        };
        let id = match route.path {
            path if path.starts_with("/internal/tables") => self.table.as_str(),
            path if path.starts_with("/internal/uploads") => self.upload.as_str(),
            path if path.starts_with("/internal/accounts/requests") => self.request.as_str(),
            path if path.starts_with("/internal/accounts/reviews") => self.campaign.as_str(),
            path if path.starts_with("/internal/accounts") => self.account.as_str(),
            path if path.starts_with("/internal/agencies/focal-lists") => self.focal_list.as_str(),
            path if path.starts_with("/internal/agencies") => self.agency.as_str(),
            path if path.starts_with("/internal/dataset-lists") => self.list.as_str(),
            path if path.starts_with("/internal/reports") => self.report.as_str(),
            path if path.starts_with("/internal/data-requests") => self.data_request.as_str(),
            path if path.starts_with("/internal/purges") => self.purge.as_str(),
            path if path.starts_with("/internal/quarter") => self.agency.as_str(),
            path if path.starts_with("/internal/open-data/catalogue") => self.catalogue.as_str(),
            path if path.starts_with("/internal/open-data/plans") => self.plan.as_str(),
            _ => self.dataset.as_str(),
        };
        let path = route
            .path
            .replace("{file:.*}", "khomo.css")
            .replace("{number:[0-9]+}", "1")
            .replace("{short}", &khomo::kernel::short::short(self.dataset.as_str()).unwrap())
            .replace("{slug}", slug)
            .replace("{quarter}", "2026-Q2")
            .replace("{part:data|changes}", "data")
            .replace("{number}", "1")
            .replace("{file}", file)
            .replace("{step}", "about")
            .replace("{table}", "bang")
            .replace("{table:co-quan|quy}", "quy")
            .replace("{format}", "json")
            .replace("{format:svg|png}", "svg")
            .replace("{resource}", &self.resource)
            .replace("{form:xlsx|csv}", "xlsx")
            .replace("{seq}", "1")
            .replace("{code}", &self.quarter)
            .replace("{year}", "2026")
            .replace("{contact}", self.dataset.as_str())
            .replace("{verb:lock|unlocking|closure}", "lock")
            .replace("{id}", id);
        assert!(!path.contains('{'), "a placeholder that the walk does not know: {path}");
        path
    }
}

/// The one table of a dataset.
fn table_of(khomo: &Khomo, dataset: &DatasetId) -> String {
    khomo
        .lines(&format!(
            "SELECT r.table_version_id AS line FROM version_resource AS r JOIN version AS v ON v.id = r.version_id \
             WHERE v.dataset_id = '{dataset}'"
        ))
        .remove(0)
}

fn roles(person: &str) -> &'static [(&'static str, &'static str)] {
    PEOPLE.iter().find(|(name, _)| *name == person).unwrap().1
}

/// Whether somebody may read the originals of the agency that the datasets of this file belong to.
fn reads_originals(person: &str) -> bool {
    roles(person).iter().any(|(at, role)| *at == HOME || ["coordinator", "auditor"].contains(role))
}

/// Whether somebody may write drafts of the agency that the datasets of this file belong to.
fn edits(person: &str) -> bool {
    roles(person).iter().any(|(at, role)| (*at, *role) == (HOME, "editor") || *role == "coordinator")
}

/// Whether somebody may see what the scan found in data of the same agency.
fn reads_findings(person: &str) -> bool {
    roles(person).iter().any(|(at, role)| *at == HOME || *role == "coordinator")
}

fn internal_routes() -> impl Iterator<Item = &'static Route> {
    internal::ROUTES.iter().chain(internal::PLAIN_ROUTES)
}

/// What a person should get, by the route's access and the person's roles.
fn expected(route: &Route, person: Option<&str>) -> &'static [u16] {
    let roles: Vec<&str> = person
        .and_then(|person| PEOPLE.iter().find(|(name, _)| *name == person))
        .map(|(_, roles)| roles.iter().map(|(_, role)| *role).collect())
        .unwrap_or_default();
    let holds = |wanted: &[&str]| roles.iter().any(|role| wanted.contains(role));
    let speaks = ["focal-point", "agency-head", "coordinator"];
    let reads_audit = roles.iter().any(|role| ["auditor", "operator", "coordinator"].contains(role));
    match (route.access, person) {
        (Access::Anyone, _) if route.path == "/" => &[303],
        (Access::Anyone, _) => &[200],
        (Access::HalfSignedIn, _) => &[303],
        (_, None) => &[303],
        (_, Some(_)) if roles.is_empty() => &[403],
        (Access::SignedIn, _) => &[200],
        (Access::OriginalReaders, Some(person)) if reads_originals(person) => &[200],
        (Access::OriginalReaders, _) => &[403],
        (Access::Editors, _) if roles.contains(&"editor") || roles.contains(&"coordinator") => &[200],
        (Access::DatasetEditors | Access::ReportHandlers, Some(person)) if edits(person) => &[200],
        (Access::Editors | Access::DatasetEditors | Access::ReportHandlers, _) => &[403],
        (Access::Planners, _) if holds(&speaks) || holds(&["editor"]) => &[200],
        (Access::Planners, _) => &[403],
        (Access::FindingReaders, Some(person)) if reads_findings(person) => &[200],
        (Access::FindingReaders, _) => &[403],
        // The agency's people, and those who see all agencies.
        (Access::ReturnReaders, Some(person)) if reads_findings(person) => &[200],
        (Access::ReturnReaders, _) => &[403],
        (Access::AuditReaders | Access::PurgeReaders, _) if reads_audit => &[200],
        (Access::AuditReaders | Access::PurgeReaders, _) => &[403],
        (Access::AccountReaders, _) if holds(&speaks) || holds(&["operator"]) => &[200],
        (Access::AccountAskers | Access::AgencyReaders, _) if holds(&speaks) => &[200],
        (
            Access::AccountIssuers
            | Access::AgencyManagers
            | Access::PageEditors
            | Access::PlanEditors
            | Access::ExtensionGranters
            | Access::QuarterClosers,
            _,
        ) if holds(&["coordinator"]) => &[200],
        (Access::AccountLockers | Access::CalendarKeepers, _) if holds(&["coordinator", "operator"]) => &[200],
        (
            Access::AccountReaders
            | Access::AccountAskers
            | Access::AccountIssuers
            | Access::AccountLockers
            | Access::CalendarKeepers
            | Access::AgencyReaders
            | Access::AgencyManagers
            | Access::PageEditors
            | Access::PlanEditors
            | Access::ExtensionGranters
            | Access::QuarterClosers,
            _,
        ) => &[403],
    }
}

fn sent_to_sign_in(answer: &Answer) -> bool {
    answer.header("location").is_some_and(|to| to.starts_with("/internal/sign-in"))
}

#[actix_web::test]
async fn every_public_address_opens_for_everybody_in_both_languages() {
    let khomo = Khomo::start();
    let places = Places::fill(&khomo).await;
    let mut anyone = khomo.public().await;
    for route in public::ROUTES {
        assert_eq!(route.access, Access::Anyone, "{}", route.path);
        if route.method == "POST" {
            let taken = [
                "/dataset/{slug}/bao-loi",
                "/yeu-cau-du-lieu/moi",
                "/yeu-cau-du-lieu/{number}",
                "/theo-doi",
                "/theo-doi/thu",
                "/theo-doi/thu/dung",
            ];
            assert!(
                taken.contains(&route.path),
                "the public portal shows, and takes reports, requests and whom to write to: {}",
                route.path
            );
            continue;
        }
        let path = places.path(route);
        let english = if path == "/" { "/en".to_owned() } else { format!("/en{path}") };
        for path in [path, english] {
            let answer = anyone.get(&path).await;
            // Short links lead on to what opens for everybody.
            let wanted = if route.path.starts_with("/d/") { [302, 308] } else { [200, 200] };
            assert!(wanted.contains(&answer.status), "{path}: {}", answer.status);
            let head = anyone.send("HEAD", &path, &[], None).await;
            assert_eq!(head.status, answer.status, "HEAD {path}");
            // A sheet is not made for whoever asks only about it.
            let made = route.path.contains("{form:");
            assert_eq!(head.length, answer.length.filter(|_| !made), "HEAD {path}");
        }
    }
    for route in public::PLAIN_ROUTES {
        assert_eq!((route.method, route.access), ("GET", Access::Anyone));
        let answer = anyone.get(&places.path(route)).await;
        assert_eq!(answer.status, 200, "{}", answer.path);
    }
}

#[actix_web::test]
async fn every_internal_address_opens_for_exactly_those_who_may() {
    let khomo = Khomo::start();
    let places = Places::fill(&khomo).await;
    let everybody = std::iter::once(None).chain(PEOPLE.iter().map(|(name, _)| Some(*name)));
    for person in everybody {
        let mut browser = match person {
            Some(person) => khomo.signed_in(person).await,
            None => khomo.internal().await,
        };
        for route in internal_routes().filter(|route| route.method == "GET") {
            let answer = browser.get(&places.path(route)).await;
            let wanted = expected(route, person);
            assert!(
                wanted.contains(&answer.status),
                "{person:?} at {}: {} is not {wanted:?}",
                answer.path,
                answer.status
            );
            if route.access != Access::Anyone && person.is_none() {
                assert!(sent_to_sign_in(&answer), "{}", answer.path);
            }
        }
    }
}

#[actix_web::test]
async fn asking_changes_nothing() {
    let khomo = Khomo::start();
    let places = Places::fill(&khomo).await;
    let mut browsers: Vec<Browser> = vec![khomo.internal().await];
    for (person, _) in PEOPLE {
        browsers.push(khomo.signed_in(person).await);
    }
    let mut reader = khomo.public().await;
    let state = || {
        let rows = ["dataset", "version", "decision", "account", "account_role", "agency", "table_version", "duty"]
            .map(|table| khomo.count(table));
        (khomo.heads(), rows)
    };
    let before = state();
    for browser in &mut browsers {
        // A list that leaves as a file is written down; nothing else is changed by asking.
        for route in internal_routes().filter(|route| route.method == "GET" && !route.path.contains("{form")) {
            browser.get(&places.path(route)).await;
        }
    }
    for route in public::ROUTES.iter().chain(public::PLAIN_ROUTES) {
        reader.get(&places.path(route)).await;
    }
    assert_eq!(state(), before);
}

#[actix_web::test]
async fn a_form_without_its_own_token_is_refused_and_does_nothing() {
    let khomo = Khomo::start();
    let fields = [("name", "editor"), ("password", crate::support::kit::PASSWORD)];
    let mut other = khomo.internal().await;
    other.get("/internal/sign-in").await;
    let foreign = other.token().unwrap().to_owned();
    let mut editor = khomo.signed_in("editor").await;
    editor.visit("/internal/account").await;
    let own = editor.token().unwrap().to_owned();
    let before = khomo.heads();
    let posts: Vec<&Route> = internal_routes().filter(|route| route.method == "POST").collect();
    assert!(posts.len() >= 2);
    for route in posts {
        let path = route.path.replace("{verb:lock|unlocking|closure}", "lock");
        for token in ["", "x", foreign.as_str()] {
            let mut form = fields.to_vec();
            form.push(("csrf", token));
            let answer = editor.post_bare(&path, &form).await;
            assert_eq!(answer.status, 403, "{path} with {token:?}");
        }
        let answer = editor.post_bare(&path, &fields).await;
        assert_eq!(answer.status, 403, "{path} without");
        // The right token, sent by a page of another site.
        for site in ["cross-site", "same-site"] {
            let mut form = fields.to_vec();
            form.push(("csrf", &own));
            let answer = editor.send("POST", &path, &[("Sec-Fetch-Site", site)], Some(&form)).await;
            assert_eq!(answer.status, 403, "{path} from {site}");
        }
        let mut nobody = other.stranger();
        let answer = nobody.post_bare(&path, &fields).await;
        assert!(answer.status == 403 || sent_to_sign_in(&answer), "{path}: {}", answer.status);
    }
    assert_eq!(khomo.heads(), before);
    assert_eq!(editor.get("/internal/account").await.status, 200, "nobody was signed out");
}

#[actix_web::test]
async fn a_form_larger_than_any_of_ours_is_refused() {
    let khomo = Khomo::start();
    let mut browser = khomo.internal().await;
    browser.get("/internal/sign-in").await;
    let answer = browser.post("/internal/sign-in", &[("name", &"x".repeat(300 * 1024))]).await;
    assert_eq!(answer.status, 413);
}

#[actix_web::test]
async fn other_methods_are_refused_politely() {
    let khomo = Khomo::start();
    let places = Places::fill(&khomo).await;
    let mut reader = khomo.public().await;
    let mut editor = khomo.signed_in("editor").await;
    for method in ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"] {
        for route in public::ROUTES {
            let answer = reader.send(method, &places.path(route), &[], None).await;
            assert!((400..500).contains(&answer.status), "{method} {}: {}", answer.path, answer.status);
        }
    }
    for method in ["PUT", "PATCH", "DELETE"] {
        for route in internal_routes() {
            let answer = editor.send(method, &places.path(route), &[], None).await;
            assert!((400..500).contains(&answer.status), "{method} {}: {}", answer.path, answer.status);
        }
    }
}

#[actix_web::test]
async fn a_draft_is_nowhere_on_the_public_portal() {
    let khomo = Khomo::start();
    let published = khomo.dataset("cong-khai").title("Danh sách trạm y tế").publish().await;
    khomo.dataset("an").title("Bí-mật-chưa-duyệt").csv("bang", SMALL).await.import().unwrap();
    let second = khomo.dataset("cong-khai").title("Tên-mới-chưa-duyệt").csv("moi", SMALL).await;
    second.import().unwrap();
    khomo.submit(&published, "editor").unwrap();
    khomo.index();
    let mut reader = khomo.public().await;
    for prefix in ["", "/en"] {
        for path in [
            "/dataset/an",
            "/dataset/an/v/1",
            "/dataset/an/bang.csv",
            "/dataset/an/bang.parquet",
            "/dataset/an/bang.schema.json",
            "/dataset/an/v/1/bang.csv",
            "/dataset/an?tab=versions",
            "/dataset/cong-khai/v/2",
            "/dataset/cong-khai/v/0",
            "/dataset/cong-khai/v/-1",
            "/dataset/cong-khai/moi.csv",
            "/dataset/cong-khai/v/2/moi.csv",
            "/dataset/cong-khai/v/2/bang.csv",
        ] {
            assert_eq!(reader.get(&format!("{prefix}{path}")).await.status, 404, "{prefix}{path}");
        }
        let agency = format!("/organization/{HOME}");
        for path in [
            "/",
            "/dataset",
            "/dataset?q=bi-mat",
            "/dataset?q=chua+duyet",
            "/dataset?sort=updated",
            "/organization",
            &agency,
            "/topic",
            "/topic/y-te",
            "/dataset/cong-khai",
            "/dataset/cong-khai?tab=structure",
            "/dataset/cong-khai?tab=versions",
        ] {
            let path = if path == "/" && prefix == "/en" { "/en".to_owned() } else { format!("{prefix}{path}") };
            let text = reader.get(&path).await.text();
            assert!(!text.contains("chưa-duyệt") && !text.contains("/dataset/an"), "{path}");
        }
    }
    assert_eq!(khomo.app.parts.index.ids().unwrap(), [published.to_string()]);
}

#[actix_web::test]
async fn an_address_outside_the_internal_networks_opens_nothing_internal() {
    let khomo = Khomo::start();
    let places = Places::fill(&khomo).await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    for peer in ["203.0.113.9:40000", "[2001:db8::9]:40000"] {
        coordinator.peer = peer.parse().unwrap();
        for route in internal_routes() {
            let answer = coordinator.send(route.method, &places.path(route), &[], None).await;
            assert_eq!(answer.status, 403, "{peer} at {}", answer.path);
        }
        for path in ["/gallery", "/khong-co"] {
            assert_eq!(coordinator.get(path).await.status, 403, "{peer} at {path}");
        }
        // What anybody can write into a header counts only when a trusted proxy wrote it.
        for header in ["X-Forwarded-For", "X-Real-IP", "Forwarded"] {
            let answer = coordinator.get_with("/internal/account", &[(header, "127.0.0.1")]).await;
            assert_eq!(answer.status, 403, "{header}");
        }
    }
    coordinator.peer = "127.0.0.1:40000".parse().unwrap();
    assert_eq!(coordinator.get("/internal/account").await.status, 200);
}

#[actix_web::test]
async fn the_refusal_of_an_outside_address_is_an_answer_like_any_other() {
    let khomo = Khomo::start();
    let mut outside = khomo.internal().await;
    outside.peer = "203.0.113.9:40000".parse().unwrap();
    let answer = outside.get("/internal/sign-in").await;
    assert_eq!(answer.status, 403);
    for name in ["content-security-policy", "cache-control", "x-content-type-options", "x-request-id"] {
        assert!(answer.header(name).is_some(), "{name} is missing");
    }
    assert!(answer.is_html(), "it says in words what is wrong");
}

#[actix_web::test]
async fn behind_a_trusted_proxy_the_address_that_it_saw_counts() {
    let khomo =
        Khomo::start_with(&[("KHOMO_TRUSTED_PROXIES", "10.9.0.0/16"), ("KHOMO_INTERNAL_NETWORKS", "10.1.0.0/16")]);
    let mut browser = khomo.internal().await;
    browser.peer = "10.9.0.1:40000".parse().unwrap();
    for (forwarded, status) in [
        ("10.1.2.3", 200),
        ("203.0.113.9", 403),
        ("10.1.2.3, 203.0.113.9", 403),
        ("203.0.113.9, 10.1.2.3", 200),
        ("203.0.113.9, 10.1.2.3, 10.9.3.3", 200),
        ("nonsense", 403),
        ("", 403),
    ] {
        let answer = browser.get_with("/internal/sign-in", &[("X-Forwarded-For", forwarded)]).await;
        assert_eq!(answer.status, status, "{forwarded:?}");
    }
}

#[actix_web::test]
async fn internal_files_stay_out_of_every_cache_and_every_other_site() {
    let khomo = Khomo::start();
    let places = Places::fill(&khomo).await;
    let mut auditor = khomo.signed_in("auditor").await;
    for path in [format!("/internal/tables/{}/original", places.table), "/internal/datasets".to_owned()] {
        let answer = auditor.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cache-control"), Some("private, no-store"), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        assert_eq!(answer.header("x-robots-tag"), Some("noindex, nofollow"), "{path}");
    }
}

/// A table with a row that does not fit.
fn with_a_row_set_aside() -> String {
    let rows: String = (0..200).map(|i| format!("{i},{}\n", i * 3)).collect();
    format!("Mã,Số\n{rows}3,4,5\n")
}

#[actix_web::test]
async fn originals_and_rows_set_aside_open_for_the_agency_the_coordinator_and_the_auditor_only() {
    let khomo = Khomo::start();
    let csv = with_a_row_set_aside();
    let published = khomo.dataset("cong-khai").csv("bang", &csv).await.publish().await;
    let draft = khomo.dataset("nhap").csv("bang", &csv).await.import().unwrap().0;
    for (person, _) in PEOPLE.iter().filter(|(_, roles)| !roles.is_empty()) {
        let mut browser = khomo.signed_in(person).await;
        let status = if reads_originals(person) { 200 } else { 403 };
        for dataset in [&published, &draft] {
            let table = table_of(&khomo, dataset);
            let page = browser.get(&format!("/internal/datasets/{dataset}")).await;
            assert_eq!(page.status, 200, "{person}");
            for file in ["original", "set-aside.ndjson", "set-aside.xlsx", "set-aside.csv"] {
                let path = format!("/internal/tables/{table}/{file}");
                let answer = browser.get(&path).await;
                assert_eq!(answer.status, status, "{person} at {path}");
                let told = answer.text().contains("Tệp gốc chỉ mở cho người của cơ quan có dữ liệu");
                assert_eq!(told, status == 403, "{person} is told why");
                assert_eq!(browser.send("HEAD", &path, &[], None).await.status, status, "{person} at {path}");
                assert_eq!(page.text().contains(&path), status == 200, "{person} is shown a link to {path}");
            }
        }
    }
    let mut anybody = khomo.internal().await;
    let answer = anybody.get(&format!("/internal/tables/{}/original", table_of(&khomo, &draft))).await;
    assert!(sent_to_sign_in(&answer));
}

#[actix_web::test]
async fn a_table_that_left_its_draft_is_nobodys_original() {
    let khomo = Khomo::start();
    let draft = khomo.dataset("nhap").csv("bang", SMALL).await.import().unwrap().0;
    let before = table_of(&khomo, &draft);
    khomo.dataset("nhap").csv("bang", "Mã,Số\n1,2\n").await.import().unwrap();
    let mut editor = khomo.signed_in("editor").await;
    assert_eq!(editor.get(&format!("/internal/tables/{before}/original")).await.status, 404);
    assert_eq!(editor.get(&format!("/internal/tables/{}/original", table_of(&khomo, &draft))).await.status, 200);
}

#[actix_web::test]
async fn it_is_written_down_who_reads_originals_that_the_public_does_not_see() {
    let khomo = Khomo::start();
    let id = khomo.dataset("nhap").csv("bang", &with_a_row_set_aside()).await.import().unwrap().0;
    let table = table_of(&khomo, &id);
    let path = |file: &str| format!("/internal/tables/{table}/{file}");
    let (mut editor, mut stranger) = (khomo.signed_in("editor").await, khomo.signed_in("stranger").await);
    let readings = || khomo.count("audit_entry WHERE action = 'dataset.read-original'");
    let whole = editor.get(&path("original")).await;
    assert_eq!((whole.status, readings()), (200, 1));
    let entry = khomo
        .lines("SELECT detail || ' ' || object_id || ' ' || actor_id AS line FROM audit_entry WHERE action = 'dataset.read-original'")
        .remove(0);
    let sha256 = hex::encode(sha2::Sha256::digest(&whole.body));
    for wanted in [format!("tables/{table}/original"), sha256, id.to_string(), khomo.id("editor").to_string()] {
        assert!(entry.contains(&wanted), "{wanted} is not in {entry}");
    }
    // Where no bytes go, nothing was read.
    let etag = whole.header("etag").unwrap().to_owned();
    assert_eq!(editor.send("HEAD", &path("original"), &[], None).await.status, 200);
    for (header, value, status) in
        [("If-None-Match", etag.as_str(), 304), ("If-Match", "\"x\"", 412), ("Range", "bytes=99999999-", 416)]
    {
        assert_eq!(editor.get_with(&path("original"), &[(header, value)]).await.status, status, "{header}");
    }
    assert_eq!(stranger.get(&path("original")).await.status, 403);
    assert_eq!(readings(), 1);
    assert_eq!(editor.get_with(&path("original"), &[("Range", "bytes=0-3"), ("If-Range", &etag)]).await.status, 206);
    for file in ["set-aside.ndjson", "set-aside.xlsx", "set-aside.csv"] {
        assert_eq!(editor.get(&path(file)).await.status, 200);
        assert_eq!(editor.send("HEAD", &path(file), &[], None).await.status, 200);
        assert_eq!(stranger.get(&path(file)).await.status, 403);
    }
    assert_eq!(readings(), 5);
    // What everybody may see is no secret, until it is taken back.
    khomo.submit(&id, "editor").unwrap();
    khomo.approve(&id, "approver").unwrap();
    assert_eq!((editor.get(&path("original")).await.status, readings()), (200, 5));
    khomo.withdraw(&id, "approver").unwrap();
    assert_eq!((editor.get(&path("original")).await.status, readings()), (200, 6));
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn strange_internal_addresses_are_not_found() {
    let khomo = Khomo::start();
    let places = Places::fill(&khomo).await;
    let mut editor = khomo.signed_in("editor").await;
    for path in [
        "/internal/datasets/x".to_owned(),
        "/internal/datasets/00000000-0000-7000-8000-000000000000".to_owned(),
        "/internal/tables/00000000-0000-7000-8000-000000000000/original".to_owned(),
        format!("/internal/tables/{}/data.parquet", places.table),
        format!("/internal/tables/{}/..%2F..%2Fcookie.key", places.table),
        format!("/internal/tables/{}/set-aside.ndjson", places.table),
        format!("/internal/tables/{}/set-aside.xlsx", places.table),
        format!("/internal/tables/{}/set-aside.pdf", places.table),
        "/internal/x".to_owned(),
        "/internal/../healthz".to_owned(),
    ] {
        let answer = editor.get(&path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.is_html(), "{path}");
    }
    // One agency's person sees the other's datasets today; the page says whose they are.
    let other = khomo.dataset("nong-nghiep").agency(AWAY).by("stranger").publish().await;
    assert_eq!(editor.get(&format!("/internal/datasets/{other}")).await.status, 200);
}

#[actix_web::test]
async fn the_component_gallery_is_for_development_only() {
    for (setting, status) in [("true", 200), ("false", 404)] {
        let khomo = Khomo::start_with(&[("KHOMO_DEVELOPMENT", setting)]);
        assert_eq!(khomo.internal().await.get("/gallery").await.status, status);
        assert_eq!(khomo.public().await.get("/gallery").await.status, 404);
    }
}

#[actix_web::test]
async fn a_refusal_inside_is_told_in_the_reader_s_language_within_their_frame() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    khomo.raw("UPDATE account SET lang = 'en' WHERE user_name = 'editor'").unwrap();
    let mut editor = khomo.signed_in("editor").await;
    // Their own way out, with its token.
    let out = |page: &Answer| page.attribute("form[action='/internal/sign-out'] input[name=csrf]", "value");
    for (path, status) in [("/internal/khong-co", 404), ("/internal/datasets/khong-co", 404), ("/internal/audit", 403)]
    {
        let page = editor.get(path).await;
        assert_eq!((page.status, page.attribute("html", "lang").as_deref()), (status, Some("en")), "{path}");
        assert!(out(&page).is_some_and(|token| !token.is_empty()), "{path}: {}", page.text());
    }
    let wrong = editor.post("/internal/audit", &[]).await;
    assert_eq!((wrong.status, wrong.attribute("html", "lang").as_deref()), (405, Some("en")));
    assert!(out(&wrong).is_some_and(|token| !token.is_empty()));
    let mut stranger = khomo.internal().await;
    let page = stranger.get("/internal/khong-co").await;
    assert_eq!((page.status, page.attribute("html", "lang").as_deref()), (404, Some("vi")));
    assert_eq!(out(&page), None);
    // Where only forms go, as a browser's history offers it.
    for (form, page) in [
        (format!("/internal/datasets/{id}/confirmation"), format!("/internal/datasets/{id}")),
        ("/internal/sign-out".to_owned(), "/internal".to_owned()),
    ] {
        let answer = editor.get(&form).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some(page.as_str())), "{form}");
    }
}

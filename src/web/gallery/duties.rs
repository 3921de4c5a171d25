//! Sample values of the pages of duties.

use super::{Samples, inside};
use crate::http::page::*;

impl Samples {
    pub(super) fn in_duties(&self, filled: bool) -> inside::duties::DutiesPage {
        let page = self.internal("/internal/duties", Section::Duties);
        let row = |title: &str, stage: &str, tone: &'static str, href: bool| inside::duties::DutyRow {
            title: self.vi(title),
            href: href.then(|| "?".into()),
            kind: page.code("duty-kind", if href { "update" } else { "plan-item" }),
            agency: "Sở Nông nghiệp và Môi trường".into(),
            stage: page.code("duty-stage", stage),
            tone,
            due: self.ago(3),
            left: page.t1("duties-late", "days", 3_u64),
            basis: page.t1("basis-by-configuration", "basis", "Nghị định 47/2020/NĐ-CP, Điều 18"),
        };
        let tab = |text: String, count, current| inside::datasets::StateTab { text, count, href: "?".into(), current };
        inside::duties::DutiesPage {
            asked: if filled {
                vec![inside::duties::AskedRow {
                    title: self.vi("Giá lúa thường tại ruộng theo tuần"),
                    href: "?".into(),
                    agency: "Sở Nông nghiệp và Môi trường".into(),
                    due: Some(self.ago(3)),
                    to: Some(self.today()),
                    reason: "Hệ thống nguồn đang nâng cấp, số liệu có vào tuần sau.".into(),
                    at: self.now,
                }]
            } else {
                Vec::new()
            },
            asked_total: u64::from(filled),
            stages: vec![
                tab(page.t("duties-waiting"), 2, filled),
                tab(page.code("duty-stage", "overdue"), 1, false),
                tab(page.code("duty-stage", "done"), 0, !filled),
            ],
            stage: if filled { String::new() } else { "done".into() },
            quarter: filled.then(|| ("2026-Q3".into(), "Quý III/2026".into())),
            kinds: self.choices(&["Mọi loại việc", "Cập nhật bộ dữ liệu"]),
            agencies: self.choices(&["Mọi cơ quan", "Sở Y tế", "Sở Nông nghiệp và Môi trường"]),
            filtered: !filled,
            total: if filled { 41 } else { 0 },
            files: ("?".into(), "?".into()),
            rows: if filled {
                vec![
                    row("Giá lúa thường tại ruộng theo tuần", "overdue", "bad", true),
                    row("Hồ chứa và dung tích", "soon", "warn", false),
                ]
            } else {
                Vec::new()
            },
            pager: Pager::new(1, if filled { 2 } else { 1 }, "?"),
            page,
        }
    }

    /// The page of one dataset: plain, about to be signed, refused, with a request that waits, or with nothing to do.
    pub(super) fn in_update(&self, which: &str) -> inside::cycle::CyclePage {
        use inside::cycle::*;
        let page = self.internal("/internal/datasets/1/update", Section::Datasets);
        let said = [
            ("checked", "Viết đã đối chiếu thế nào, ít nhất 10 ký tự."),
            ("declared", "Hãy đọc lời xác nhận và đánh dấu vào ô."),
            ("to", "Chọn một ngày sau 02/10/2026 và không muộn hơn 30/10/2026."),
            ("reason", "Viết lý do cần thêm thời gian, ít nhất 10 ký tự."),
        ];
        let wrongs: Vec<Wrong> =
            said.into_iter().filter(|_| which == "wrong").map(|(field, text)| self.wrong(field, text)).collect();
        let field = |name: &'static str, value: &str| Field::new(name, value).checked(&wrongs);
        let (waiting, none) = (which == "waiting", which == "none");
        let person = || "Trần Thị Minh Thư".to_owned();
        let request = |state: &'static str, answer: Option<&str>| ExtensionView {
            due: Some(self.ago(3)),
            to: Some(self.today()),
            reason: "Hệ thống nguồn đang nâng cấp, số liệu có vào tuần sau.".into(),
            asked: (person(), self.now.plus_seconds(-90_000)),
            state,
            decided: (state != "asked").then(|| ("Lê Quang Hưng".into(), self.now)),
            answer: answer.map(Into::into),
        };
        let round = |stage: &str, tone: &'static str, how: Option<&str>| RoundView {
            from: self.ago(90),
            due: self.ago(0),
            stage: page.code("duty-stage", stage),
            tone,
            ended: how.map(|how| (page.t1("duties-done-in-time", "how", page.code("duty-how", how)), self.now)),
        };
        CyclePage {
            title: self.vi("Giá lúa thường tại ruộng theo tuần"),
            unsent: if none {
                vec![("Trả lời".into(), "Đồng ý, vì trạm đo bị bão làm hỏng.".into())]
            } else {
                Vec::new()
            },
            dataset_href: "?".into(),
            agency: "Sở Nông nghiệp và Môi trường".into(),
            standing: (!none).then(|| StandingView {
                freshness: self.freshness(Timeliness::Soon),
                from: self.now.plus_seconds(-9_000_000),
                confirmed: !waiting,
                listed: (which == "sign").then(|| self.ago(60)),
                extended: waiting.then(|| self.today()),
                basis: page.t1("duty-by-configuration", "basis", "Nghị định 47/2020/NĐ-CP, Điều 18"),
            }),
            why_not: if none {
                vec!["Lê Văn Bình không giữ vai trò Cán bộ cập nhật dữ liệu ở cơ quan này.".into()]
            } else {
                Vec::new()
            },
            draft: waiting,
            unchanged: UnchangedView {
                obstacle: waiting.then(|| page.t("problem-unchanged-draft")),
                words: "Tôi đã đối chiếu với nguồn dữ liệu và xác nhận trong kỳ không có thay đổi.".into(),
                basis: String::new(),
                checked: field("checked", if which == "sign" { "Đối chiếu với sổ giá ngày 04/09/2026." } else { "" }),
                declared: field("declared", ""),
                counted: "1".into(),
                signer: person(),
                confirming: which == "sign",
            },
            more: (!waiting && !none).then(|| MoreView {
                latest: self.today(),
                to: field("to", if which == "wrong" { "01/01/2030" } else { "" }),
                reason: field("reason", ""),
            }),
            waiting: waiting.then(|| WaitingView {
                id: "1".into(),
                asked: request("asked", None),
                decides: true,
                own: false,
                day_over: false,
                answer: field("answer", ""),
            }),
            rounds: if none {
                Vec::new()
            } else {
                vec![round("soon", "warn", None), round("done", "good", Some("unchanged"))]
            },
            confirmations: if none {
                Vec::new()
            } else {
                vec![ConfirmationView {
                    name: person(),
                    at: self.now.plus_seconds(-9_000_000),
                    declared: "Tôi đã đối chiếu với nguồn dữ liệu và xác nhận trong kỳ không có thay đổi.".into(),
                    checked: "Đối chiếu với sổ giá ngày 04/06/2026.".into(),
                }]
            },
            extensions: if none {
                Vec::new()
            } else {
                vec![
                    request("asked", None),
                    request("granted", None),
                    request("refused", Some("Hãy cập nhật phần đã có.")),
                ]
            },
            wrongs,
            page,
        }
    }
}

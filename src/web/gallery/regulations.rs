//! Sample values of the pages about the rules in force and the documents behind them.

use super::{Samples, inside, outside};
use crate::http::page::*;
use crate::plan::catalogue::State;
use crate::plan::yearly;
use crate::web::open_data;
use crate::web::regulations::{DocumentLine, RuleGroup, RuleLine};

impl Samples {
    fn rule(&self, name: &str, values: &[&str], basis: Option<&str>, verified: bool, note: Option<&str>) -> RuleLine {
        RuleLine {
            name: self.vi(name),
            values: values.iter().map(|value| self.vi(value)).collect(),
            basis: basis.map(|basis| self.link(basis, "#doc-nd47")),
            verified,
            note: note.map(|note| self.vi(note)),
        }
    }

    fn rules_of_open_data(&self) -> Vec<RuleLine> {
        let (replaced, chosen) = ("Nghị định 47 đã được thay thế; số theo cấu hình.", "Lựa chọn của cổng.");
        let update = ("Bộ dữ liệu trong danh mục được cập nhật", ["Trong 3 tháng kể từ mỗi lần công bố"]);
        vec![
            self.rule(update.0, &update.1, Some("khoản 3 Điều 20 Nghị định 47/2020/NĐ-CP"), false, Some(replaced)),
            self.rule("Tần suất do cơ quan khai là cam kết", &["Có"], None, true, Some(chosen)),
            self.rule("Hạn báo cáo", &["Ngày 31/12 hằng năm"], Some("Điều 16 Nghị định 47/2020/NĐ-CP"), true, None),
        ]
    }

    fn replaced_document(&self) -> DocumentLine {
        DocumentLine {
            id: "nd47".into(),
            name: self.vi("Nghị định 47/2020/NĐ-CP"),
            title: self.vi("Quản lý, kết nối và chia sẻ dữ liệu số của cơ quan nhà nước"),
            issuer: self.vi("Chính phủ"),
            signed: Some(self.ago(2050)),
            status: "replaced",
            from: Some(self.ago(2000)),
            to: Some(self.ago(300)),
            successor: Some(self.link("Nghị định 278/2025/NĐ-CP", "#doc-nd47")),
            note: Some(self.vi("Chưa đối chiếu được toàn văn.")),
        }
    }

    pub(super) fn in_regulations(&self) -> inside::regulations::RegulationsPage {
        use inside::regulations::{DateLine, RegulationsPage};
        let offices = vec![self.rule("Điều phối dữ liệu", &["Sở Khoa học và Công nghệ"], None, true, None)];
        let date = |what: &str, days: &[u64]| DateLine {
            what: self.vi(what),
            from: self.today(),
            days: days.iter().map(|days| self.ago(*days)).collect(),
        };
        RegulationsPage {
            rules: self.vi("Quy định hiện hành, tháng 11/2026"),
            dates: vec![date("Yêu cầu kết nối nhận hôm nay", &[0]), date("Đầu mối được nhắc", &[9, 6, 3, 0])],
            groups: vec![
                RuleGroup { code: "opendata", lines: self.rules_of_open_data() },
                RuleGroup { code: "reports", lines: Vec::new() },
                RuleGroup { code: "offices", lines: offices },
            ],
            documents: vec![self.replaced_document()],
            page: self.internal("/internal/regulations", Section::Other),
        }
    }

    pub(super) fn documents(&self, filled: bool) -> outside::documents::DocumentsPage {
        use outside::documents::{DecisionLine, DocumentEntry, DocumentsPage};
        let page = self.public("/van-ban", Section::Other);
        let draft = DocumentLine {
            id: "du-thao".into(),
            name: self.vi("Dự thảo Quyết định về kho dữ liệu dùng chung"),
            signed: None,
            status: "draft",
            from: None,
            to: None,
            successor: None,
            note: None,
            ..self.replaced_document()
        };
        let in_force = DocumentLine {
            id: "nd278".into(),
            name: self.vi("Nghị định 278/2025/NĐ-CP"),
            status: "in-force",
            ..draft.clone()
        };
        let entry = |document: DocumentLine, rules: Vec<RuleLine>| DocumentEntry { document, rules };
        let mut rules = self.rules_of_open_data();
        rules.retain(|rule| rule.basis.is_some());
        let catalogue = DecisionLine {
            what: Link::new(page.t1("documents-issue", "number", 2_i64), "?"),
            decision: self.decision_view(),
            standing: page.code("odc-state", State::Issued.code()),
            tone: open_data::tone(State::Issued),
        };
        let plan = DecisionLine {
            what: Link::new(page.t1("plan-of-year", "year", "2025"), "?"),
            decision: self.decision_view(),
            standing: page.code("plan-state", yearly::State::Closed.code()),
            tone: open_data::plan_tone(yearly::State::Closed),
        };
        DocumentsPage {
            rules: self.vi("Quy định hiện hành, tháng 11/2026"),
            documents: vec![
                entry(in_force, Vec::new()),
                entry(draft, Vec::new()),
                entry(self.replaced_document(), rules),
            ],
            decisions: if filled { vec![catalogue, plan] } else { Vec::new() },
            page,
        }
    }
}

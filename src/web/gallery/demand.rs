//! Sample values of the page about what is wanted most.

use super::{Samples, inside};
use crate::demand::{Level, VainWords};
use crate::http::page::*;
use crate::web::internal::view::demand::{DemandPage, DemandRows, WantedDataset, WantedRequest, WantedWords};

impl Samples {
    pub(super) fn demand(&self, list: &'static str, filled: bool) -> DemandPage {
        let page = self.internal("/internal/demand", Section::Demand);
        let request = |supporters, agency: Option<&str>| WantedRequest {
            title: self.vi("Điểm đen tai nạn giao thông kèm tọa độ"),
            href: "?".into(),
            agency: agency.map(str::to_owned),
            standing: page.t(if agency.is_some() { "ask-state-planned" } else { "ask-state-new" }),
            tone: if agency.is_some() { "info" } else { "warn" },
            supporters,
            due: Some((self.ago(2), agency.is_none())),
        };
        let dataset = |title: &str, state, level, supporters, downloads| WantedDataset {
            title: self.vi(title),
            href: "?".into(),
            agency: "Sở Nông nghiệp và Môi trường".into(),
            freshness: Freshness { state, due: Some(self.ago(2)), working_days: Some(2) },
            supporters,
            downloads,
            level,
        };
        let words = |words: &str, people, found| WantedWords {
            row: VainWords { words: words.into(), people, last: "2026-09".into(), found },
            last: "09/2026".into(),
            search: "?".into(),
            ask: "?".into(),
            draft: "?".into(),
        };
        let rows = match list {
            "datasets" => DemandRows::Datasets(vec![
                dataset("Giá lúa thường tại ruộng theo tuần", Timeliness::Late, Level::High, 12, 3_107),
                dataset("Độ mặn trên các sông", Timeliness::Soon, Level::Medium, 2, 140),
                dataset("Diện tích rừng", Timeliness::OnTime, Level::Low, 0, 9),
            ]),
            "words" if filled => DemandRows::Words(vec![
                words("duong sa bi ngap", 41, Some(0)),
                words("lich cup dien", 17, Some(2)),
                words("diem thi", 3, None),
            ]),
            "words" => DemandRows::Words(Vec::new()),
            _ => DemandRows::Requests(vec![request(37, Some("Sở Xây dựng")), request(1, None)]),
        };
        let tab = |name: &str, code: &str| inside::datasets::StateTab {
            text: page.t(name),
            count: if filled { 3 } else { 0 },
            href: "?".into(),
            current: code == list,
        };
        DemandPage {
            tabs: vec![
                tab("demand-requests", "requests"),
                tab("demand-datasets", "datasets"),
                tab("demand-words", "words"),
            ],
            list,
            agencies: self.choices(&["Mọi cơ quan", "Sở Nội vụ", "Sở Y tế"]),
            orders: self.choices(&["Quá hạn trước, rồi theo nhu cầu", "Theo nhu cầu"]),
            filtered: list == "datasets",
            clear: "?".into(),
            total: if filled { 3 } else { 0 },
            xlsx: "?".into(),
            csv: "?".into(),
            rows,
            writes: true,
            pager: Pager::new(1, if filled { 3 } else { 1 }, "?"),
            page,
        }
    }
}

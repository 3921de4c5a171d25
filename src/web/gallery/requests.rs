//! Sample values of the pages about requests for data.

use super::{Samples, inside, outside};
use crate::http::page::*;
use crate::kernel::Lang;
use crate::web::request_form::RequestView;

impl Samples {
    fn request_row(&self, standing: &str, tone: &'static str, answered: bool) -> outside::requests::RequestRow {
        outside::requests::RequestRow {
            title: self.vi("Điểm đen tai nạn giao thông kèm tọa độ"),
            href: "?".into(),
            standing: self.public("/", Section::Other).t(standing),
            tone,
            agency: answered.then(|| self.vi("Sở Xây dựng")),
            supporters: if answered { 37 } else { 1 },
            made: self.now.plus_seconds(-900_000),
            answer: answered.then(|| self.vi("Sở đang rà lại tọa độ các điểm đen năm nay.")),
        }
    }

    pub(super) fn asks(&self, filled: bool) -> outside::requests::RequestsPage {
        outside::requests::RequestsPage {
            page: self.public("/yeu-cau-du-lieu", Section::Other),
            query: if filled { String::new() } else { "không có".into() },
            standings: self.choices(&["Tất cả", "Đang chờ trả lời"]),
            orders: self.choices(&["Nhiều người cần nhất", "Mới nhất trước"]),
            filtered: !filled,
            total: if filled { 41 } else { 0 },
            rows: if filled {
                vec![
                    self.request_row("ask-outcome-published", "good", true),
                    self.request_row("ask-state-new", "warn", false),
                    self.request_row("ask-outcome-refused", "plain", true),
                ]
            } else {
                Vec::new()
            },
            ask_href: "?".into(),
            pager: Pager::new(1, if filled { 3 } else { 1 }, "?"),
        }
    }

    pub(super) fn ask(&self, confirm: bool, wrong: bool) -> outside::requests::AskPage {
        let said = [
            ("wanted", "Viết một dòng nêu dữ liệu cần."),
            ("purpose", "Lời này có số giống thông tin riêng của một người."),
            ("email", "Địa chỉ thư chưa đúng."),
            ("website", "Ô này phải để trống."),
        ];
        let wrongs: Vec<Wrong> =
            said.into_iter().filter(|_| wrong).map(|(field, text)| self.wrong(field, text)).collect();
        let field = |name: &'static str, value: &str| Field::new(name, value).checked(&wrongs);
        let mut page = self.public("/yeu-cau-du-lieu/moi", Section::Other);
        page.canonical = None;
        page.csrf = Some("x".into());
        outside::requests::AskPage {
            wanted: field("wanted", if confirm { "Điểm đen giao thông" } else { "" }),
            purpose: field("purpose", ""),
            agencies: self.choices(&["Tôi không biết", "Sở Xây dựng"]),
            email: field("email", ""),
            trap: field("website", ""),
            datasets: if confirm {
                vec![(self.link("Tai nạn giao thông theo tháng", "?"), self.vi("Sở Xây dựng"))]
            } else {
                Vec::new()
            },
            requests: if confirm { vec![self.request_row("ask-state-planned", "info", true)] } else { Vec::new() },
            confirm,
            answered_within: (15, "Căn cứ: Luật 104/2016/QH13, Điều 30.".into()),
            wrongs,
            page,
        }
    }

    fn request_view(&self, standing: &str, tone: &'static str) -> RequestView {
        let page = self.public("/", Section::Other);
        let (refused, planned) = (standing.ends_with("refused"), standing.ends_with("planned"));
        let open = tone == "warn";
        RequestView {
            title: self.vi("Điểm đen tai nạn giao thông kèm tọa độ"),
            words: Some(self.vi("Sinh viên ngành giao thông làm đề tài về an toàn đường xã.")),
            standing: page.t(standing),
            tone,
            agency: (!open).then(|| self.vi("Sở Xây dựng")),
            supporters: 37,
            made: self.now.plus_seconds(-900_000),
            due: open.then(|| (self.ago(3), "Căn cứ: Luật 104/2016/QH13, Điều 30.".into())),
            late: open,
            promised: planned.then(|| self.ago(0)),
            answer: (!open).then(|| self.vi("Sở đang rà lại tọa độ các điểm đen năm nay.")),
            refusal: refused.then(|| {
                (
                    self.vi("Không thuộc trách nhiệm cung cấp của các cơ quan trong tỉnh"),
                    "Căn cứ: Luật 104/2016/QH13.".into(),
                )
            }),
            dataset: (tone == "good").then(|| self.link("Tai nạn giao thông theo tháng", "?")),
            into: None,
            steps: vec![
                (page.t("ask-event-new"), self.now.plus_seconds(-900_000), None),
                (page.t("ask-event-shown"), self.now.plus_seconds(-800_000), None),
            ],
        }
    }

    pub(super) fn asked(&self, standing: &str, tone: &'static str) -> outside::requests::RequestPage {
        let mut page = self.public("/yeu-cau-du-lieu/12", Section::Other);
        page.csrf = Some("x".into());
        outside::requests::RequestPage {
            view: self.request_view(standing, tone),
            number: 12,
            open: tone == "warn",
            said: (tone == "warn").then_some("counted"),
            page,
        }
    }

    pub(super) fn ask_follow(&self, found: bool) -> outside::requests::RequestFollowPage {
        let mut page = self.public("/yeu-cau-du-lieu/theo-doi", Section::Other);
        page.canonical = None;
        let found = found.then(|| outside::requests::FollowedView {
            receipt: "K7MX-Q2TD-9FHA".into(),
            address: format!("{}/yeu-cau-du-lieu/theo-doi?code=K7MX-Q2TD-9FHA", self.site.public_url),
            view: self.request_view("ask-outcome-refused", "plain"),
            purpose: self.vi("Sinh viên ngành giao thông làm đề tài."),
            public: None,
            awaits_mail: true,
        });
        let code = Field::new("code", "");
        outside::requests::RequestFollowPage { code, wrongs: Vec::new(), sent: found.is_some(), found, page }
    }

    pub(super) fn in_asks(&self, filled: bool) -> inside::data_requests::DataRequestsPage {
        let page = self.internal("/internal/data-requests", Section::Requests);
        let row = |standing: &str, tone: &'static str, public: bool| inside::data_requests::DataRequestRow {
            title: Text::of("Salinity of the rivers", Lang::En, self.lang),
            href: "?".into(),
            agency: public.then(|| "Sở Nông nghiệp và Môi trường".into()),
            standing: page.t(standing),
            tone,
            public,
            supporters: 24,
            made: self.now.plus_seconds(-900_000),
            due: (tone != "good").then(|| (self.ago(2), public)),
        };
        let tab = |text: String, current| inside::datasets::StateTab { text, count: 3, href: "?".into(), current };
        inside::data_requests::DataRequestsPage {
            states: vec![tab(page.t("asks-open"), true), tab(page.t("asks-late"), false)],
            state: String::new(),
            query: String::new(),
            agencies: self.choices(&["Mọi cơ quan", "Sở Nội vụ", "Sở Y tế"]),
            orders: self.choices(&["Cũ nhất trước", "Mới nhất trước"]),
            filtered: filled,
            total: if filled { 3 } else { 0 },
            files: ("?".into(), "?".into()),
            rows: if filled {
                vec![
                    row("ask-state-new", "warn", false),
                    row("ask-state-assigned", "info", true),
                    row("ask-outcome-published", "good", true),
                ]
            } else {
                Vec::new()
            },
            pager: Pager::new(1, if filled { 3 } else { 1 }, "?"),
            page,
        }
    }

    pub(super) fn in_ask(&self, open: bool) -> inside::data_requests::DataRequestPage {
        let page = self.internal("/internal/data-requests/1", Section::Requests);
        let wrongs: Vec<Wrong> =
            if open { vec![self.wrong("promised", "Ngày hẹn ghi như 31/12/2026.")] } else { Vec::new() };
        let field = |name: &'static str, value: &str| Field::new(name, value).checked(&wrongs);
        let select =
            |name: &'static str, texts: &[&str]| Select { choices: self.choices(texts), field: Field::new(name, "") };
        inside::data_requests::DataRequestPage {
            href: "/internal/data-requests/1".into(),
            view: if open {
                self.request_view("ask-state-new", "warn")
            } else {
                self.request_view("ask-outcome-published", "good")
            },
            wanted: self.vi("Điểm đen giao thông"),
            purpose: self.vi("Sinh viên ngành giao thông làm đề tài."),
            public: (!open).then(|| "?".into()),
            english: open,
            awaits_mail: open,
            acts: inside::data_requests::Acts { show: true, set_aside: open, assign: open, answer: open },
            words: (field("title", "Điểm đen giao thông"), field("words", "")),
            agency: select("agency", &["Chọn cơ quan", "Sở Xây dựng"]),
            kinds: self.choices(&["Đã có dữ liệu trên cổng", "Sẽ công bố, có hẹn ngày"]),
            kind_error: None,
            dataset: self.dataset_field(),
            promised: field("promised", "31/02/2026"),
            refusal: select("refusal", &["Chọn lý do", "Bí mật nhà nước"]),
            into: field("into", ""),
            answer: field("answer", ""),
            wrongs,
            page,
        }
    }
}

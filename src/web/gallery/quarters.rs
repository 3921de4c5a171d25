//! Sample values of the pages about quarters and returns.

use super::{HASH, Samples, inside};
use crate::http::page::*;
use crate::web::internal::view::quarters::{
    DueLine, ItemLine, ProgressLine, QuarterLine, QuarterPage, QuartersPage, ReturnDoc, ReturnPage, ReturnPreviewPage,
    SignedView,
};

impl Samples {
    fn counts() -> Vec<(&'static str, u64)> {
        vec![("new", 6), ("updated", 41), ("unchanged", 9), ("late", 3), ("withdrawn", 1)]
    }

    pub(super) fn in_quarters(&self, filled: bool) -> QuartersPage {
        let line = |name: &str, state, closed: bool| QuarterLine {
            name: name.into(),
            href: "?".into(),
            state,
            days: (self.ago(90), self.ago(0)),
            close_on: self.today(),
            closed: closed.then_some(self.now),
            owes: true,
            returns: if state == "open" { Vec::new() } else { vec![("missing", 1), ("late", 1), ("signed", 12)] },
            counts: if closed { Self::counts() } else { Vec::new() },
        };
        QuartersPage {
            page: self.internal("/internal/quarter", Section::Quarters),
            owes: filled,
            rows: if filled {
                vec![
                    line("Quý IV/2026", "open", false),
                    line("Quý III/2026", "ended", false),
                    line("Quý II/2026", "closed", true),
                ]
            } else {
                Vec::new()
            },
        }
    }

    pub(super) fn in_quarter(&self, state: &'static str) -> QuarterPage {
        let line = |agency: &str, due, done, late, handed| ProgressLine {
            agency: agency.into(),
            due,
            done,
            unchanged: 1,
            late,
            handed,
        };
        let ended = state == "ended";
        let handed = |state, overdue| (ended || state != "open").then(|| (state, "?".to_owned(), overdue));
        let tab = |text: &str, count, current| inside::datasets::StateTab {
            text: text.into(),
            count,
            href: "?".into(),
            current,
        };
        let wrongs: Vec<Wrong> = ended.then(|| self.wrong("sure", "Đánh dấu để xác nhận.")).into_iter().collect();
        QuarterPage {
            page: self.internal("/internal/quarter/2026-Q3", Section::Quarters),
            name: "Quý III/2026".into(),
            href: "/internal/quarter/2026-Q3".into(),
            state,
            owes: true,
            days: (self.ago(90), self.ago(0)),
            return_due: self.today(),
            close_on: self.today(),
            closed: (state == "closed").then(|| (self.now, Some("Trần Thị Minh Thư".into()))),
            counts: if state == "closed" { Self::counts() } else { Vec::new() },
            release: (state == "closed").then(|| "?".into()),
            own: if ended { vec![("Sở Y tế".into(), "?".into())] } else { Vec::new() },
            tabs: vec![tab("Tất cả", 3, true), tab("Có việc chậm", 1, false), tab("Đã ký", 1, false)],
            chosen: String::new(),
            orders: self.choices(&["Tên cơ quan", "Chậm nhiều nhất lên đầu"]),
            filtered: ended,
            files: ("?".into(), "?".into()),
            rows: if state == "open" {
                Vec::new()
            } else {
                vec![
                    line("Sở Y tế", 8, 5, 2, handed("open", true)),
                    line("Sở Giáo dục và Đào tạo", 12, 11, 0, handed("signed", false)),
                    line("Sở Nội vụ", 0, 0, 0, handed("late", false)),
                ]
            },
            total: line("Cộng", 20, 16, 2, None),
            due: vec![
                self.due_line("Giá dịch vụ khám bệnh", "Quá hạn", "bad", false),
                self.due_line("Danh sách trạm y tế xã", "Chưa đến hạn", "info", false),
                self.due_line("Số ca sốt xuất huyết theo tuần", "Phiên bản mới", "warn", true),
            ],
            due_total: 5,
            may_close: state != "closed",
            awaited: (!ended).then(|| self.today()),
            open_returns: 1,
            sure: Field::new("sure", "").checked(&wrongs),
            wrongs,
        }
    }

    fn due_line(&self, title: &str, standing: &str, tone: &'static str, late: bool) -> DueLine {
        DueLine {
            title: title.into(),
            href: "?".into(),
            agency: "Sở Y tế".into(),
            due: self.ago(3),
            standing: standing.into(),
            tone,
            late,
        }
    }

    fn return_doc(&self, signed: bool, removals: bool) -> ReturnDoc {
        let dataset = |number, title: &str, timeliness| ItemLine {
            number,
            title: title.into(),
            href: "?".into(),
            kind: "Đã công bố".into(),
            place: String::new(),
            visibility: "Dữ liệu mở".into(),
            planned: None,
            rows: Some(12_840),
            updated: Some(self.now),
            timeliness: Some(timeliness),
            removal: String::new(),
        };
        ReturnDoc {
            quarter: "Quý III/2026".into(),
            agency: "Sở Y tế".into(),
            state: if signed { "late" } else { "open" },
            overdue: !signed,
            due: self.ago(3),
            basis: "Theo cấu hình.".into(),
            items: vec![
                dataset(1, "Danh sách trạm y tế xã", Timeliness::OnTime),
                dataset(2, "Giá dịch vụ khám bệnh", Timeliness::Late),
                ItemLine {
                    number: 3,
                    title: "Sổ theo dõi tiêm chủng".into(),
                    href: String::new(),
                    kind: "Sổ đăng ký".into(),
                    place: "Phần mềm tiêm chủng quốc gia".into(),
                    visibility: "Chia sẻ giữa các cơ quan".into(),
                    planned: Some(self.ago(0)),
                    rows: None,
                    updated: None,
                    timeliness: None,
                    removal: if removals { "?".into() } else { String::new() },
                },
            ],
            handled: vec![
                ("requests-published", 2),
                ("requests-refused", 1),
                ("requests-waiting", 0),
                ("reports-corrected", 1),
                ("reports-answered", 3),
                ("reports-waiting", 1),
            ],
            remarks: "Giá dịch vụ chậm vì chờ nghị quyết mới.".into(),
            handling: String::new(),
            needs: "Dân số theo xã của Sở Nội vụ\nBản đồ tuyến xe buýt của Sở Xây dựng".into(),
            signed: signed.then(|| SignedView {
                name: "Nguyễn Văn Bình".into(),
                role: "Lãnh đạo cơ quan".into(),
                at: self.now,
                hash: HASH.into(),
                intact: true,
            }),
            recalled: signed.then(|| ("Thiếu một bộ dữ liệu.".into(), self.now)),
        }
    }

    fn signers() -> String {
        "Lãnh đạo cơ quan, Người duyệt của cơ quan".into()
    }

    pub(super) fn in_return(&self, signed: bool) -> ReturnPage {
        let wrongs: Vec<Wrong> = if signed {
            Vec::new()
        } else {
            [("title", "Ghi tên dữ liệu."), ("visibility", "Chọn phạm vi."), ("needs", "Viết ngắn lại.")]
                .into_iter()
                .map(|(field, text)| self.wrong(field, text))
                .collect()
        };
        let field = |name, value: &str| Field::new(name, value).checked(&wrongs);
        ReturnPage {
            page: self.internal("/internal/quarter/2026-Q3/returns/1", Section::Quarters),
            href: "/internal/quarter/2026-Q3/returns/1".into(),
            quarter_href: "?".into(),
            doc: self.return_doc(signed, !signed),
            files: ("?".into(), "?".into()),
            writes: !signed,
            signs: false,
            signers: Self::signers(),
            recalls: signed,
            earlier: if signed {
                Vec::new()
            } else {
                vec!["Danh sách doanh nghiệp dược của Sở Tài chính".into()]
            },
            unsent: if signed {
                vec![("Giải trình".into(), "Chờ nghị quyết mới.".into())]
            } else {
                Vec::new()
            },
            stored: !signed,
            seen: "x".into(),
            carry: !signed,
            remarks: field("remarks", "Giá dịch vụ chậm vì chờ nghị quyết mới."),
            handling: field("handling", ""),
            needs: field("needs", "Dân số theo xã của Sở Nội vụ"),
            title: field("title", ""),
            kind: field("kind", "Sổ đăng ký"),
            kept_at: field("kept_at", "Kho lưu trữ"),
            visibility: Select {
                choices: self.choices(&["Dùng trong cơ quan", "Chia sẻ giữa các cơ quan", "Dữ liệu mở"]),
                field: field("visibility", ""),
            },
            planned_on: field("planned_on", "31/12/2026"),
            reason: field("reason", ""),
            wrongs,
        }
    }

    pub(super) fn in_return_preview(&self, signs: bool) -> ReturnPreviewPage {
        ReturnPreviewPage {
            page: self.internal("/internal/quarter/2026-Q3/returns/1/preview", Section::Quarters),
            href: "?".into(),
            quarter_href: "?".into(),
            doc: self.return_doc(false, false),
            signs,
            signers: Self::signers(),
            seen: "x".into(),
            wrongs: Vec::new(),
        }
    }
}

//! Sample values of the pages about the open-data catalogue and plans.

use super::{HASH, Samples, inside, outside};
use crate::http::page::*;
use crate::kernel::Timestamp;
use crate::plan::catalogue::State;
use crate::plan::yearly::{self, Comment, Progress, Standing};
use crate::web::open_data::{
    ChangedPart, ComparisonView, DecisionView, EntryRow, IssueLine, PlanFilter, PlanItemRow, PlanLine, PostingView,
    TakeUp,
};

impl Samples {
    pub(super) fn decision_view(&self) -> DecisionView {
        DecisionView {
            number: "1234/QĐ-UBND".into(),
            day: self.ago(40),
            signer: "Nguyễn Văn Minh".into(),
            authority: "Chủ tịch Ủy ban nhân dân tỉnh".into(),
            basis: "Căn cứ: Nghị định 47/2020/NĐ-CP, Điều 17.2 (theo cấu hình, chưa đối chiếu văn bản).".into(),
            href: "?".into(),
            bytes: 482_113,
            sha256: HASH.into(),
        }
    }

    fn issue_line(&self, number: i64, state: State) -> IssueLine {
        let page = self.public("/", Section::Other);
        IssueLine {
            link: Link::new(page.t1("odc-issue", "number", number), "?"),
            state,
            decision: (state != State::Draft).then(|| "1234/QĐ-UBND, 15/08/2026".into()),
        }
    }

    fn entry_rows(&self, edit: bool) -> Vec<EntryRow> {
        let row = |title: &str, published: bool| EntryRow {
            title: self.vi(title),
            href: published.then(|| "?".into()),
            agency: self.vi("Sở Giáo dục và Đào tạo"),
            topic: "Giáo dục".into(),
            frequency: "Hằng quý".into(),
            sharing: "Tệp dữ liệu".into(),
            terms: "Được dùng lại, có ghi nguồn".into(),
            intended: !published,
            closed: (published && edit).then(|| "Đang cách ly".into()),
            edit: edit.then(|| "?".into()),
        };
        vec![row("Danh sách trường học", true), row("Kết quả thi tốt nghiệp theo trường", false)]
    }

    fn comparison(&self) -> ComparisonView {
        let agency = || self.vi("Sở Y tế");
        let part =
            |name: &str, old: &str, new: &str| ChangedPart { name: name.into(), old: old.into(), new: new.into() };
        ComparisonView {
            added: vec![(self.vi("Danh sách nhà thuốc"), agency(), None)],
            removed: vec![(
                self.vi("Lịch tiêm chủng lưu động"),
                agency(),
                Some("Không còn tổ chức tiêm lưu động.".into()),
            )],
            changed: vec![(
                self.vi("Danh sách trạm y tế xã"),
                agency(),
                vec![part("Tần suất cập nhật", "Hằng năm", "Hằng quý"), part("Tên tiếng Anh", "", "Health stations")],
            )],
            same: 58,
        }
    }

    pub(super) fn open_catalogue(&self, older: Option<bool>) -> outside::open_catalogue::OpenCataloguePage {
        let page = self.public("/danh-muc-du-lieu-mo", Section::Datasets);
        outside::open_catalogue::OpenCataloguePage {
            issue: older.map(|older| outside::open_catalogue::IssueView {
                name: page.t1("odc-issue", "number", 2_i64),
                state: if older { State::Superseded } else { State::Issued },
                decision: self.decision_view(),
                postings: vec![PostingView {
                    day: self.ago(30),
                    address: "https://data.example/lac-dien/danh-muc-du-lieu-mo".into(),
                    note: None,
                    by: None,
                }],
                reviewed: older.then(|| self.ago(20)),
                review: (!older).then(|| (self.ago(0), "Căn cứ: Nghị định 47/2020/NĐ-CP, Điều 20.3.".into())),
                files: if older {
                    Vec::new()
                } else {
                    vec![Download {
                        format: "CSV".into(), note: "cho máy đọc".into(), href: "?".into(), bytes: None
                    }]
                },
                href: "?".into(),
                in_force: older.then(|| Link::new(page.t("odc-in-force"), "?")),
                query: String::new(),
                agencies: self.choices(&["Mọi cơ quan", "Sở Giáo dục và Đào tạo"]),
                topics: self.choices(&["Mọi chủ đề", "Giáo dục"]),
                filtered: older,
                total: 60,
                rows: self.entry_rows(false),
                pager: Pager::new(1, 2, "?"),
            }),
            issues: match older {
                Some(_) => vec![self.issue_line(2, State::Issued), self.issue_line(1, State::Superseded)],
                None => Vec::new(),
            },
            compare: older.map(|_| "?".into()),
            page,
        }
    }

    pub(super) fn open_catalogue_compare(&self) -> outside::open_catalogue::ComparePage {
        let page = self.public("/danh-muc-du-lieu-mo/so-sanh", Section::Datasets);
        outside::open_catalogue::ComparePage {
            olds: self.choices(&["Lần ban hành 1", "Lần ban hành 2"]),
            news: self.choices(&["Lần ban hành 2", "Lần ban hành 1"]),
            comparison: Some((
                self.issue_line(1, State::Superseded),
                self.issue_line(2, State::Issued),
                self.comparison(),
            )),
            page,
        }
    }

    pub(super) fn in_open_data(&self) -> inside::open_data::OpenDataPage {
        inside::open_data::OpenDataPage {
            page: self.internal("/internal/open-data", Section::Datasets),
            issues: vec![self.issue_line(2, State::Issued), self.issue_line(1, State::Superseded)],
            public: Some("?".into()),
            review: Some((self.ago(3), true)),
            review_basis: "Căn cứ: Nghị định 47/2020/NĐ-CP, Điều 20.3.".into(),
            reviews: vec![self.review_view()],
            sign: Some(inside::cycle::UnchangedView {
                obstacle: None,
                words: "Tôi đã rà soát danh mục dữ liệu mở đang có hiệu lực và xác nhận không có gì phải thay đổi."
                    .into(),
                basis: String::new(),
                checked: Field::new("checked", ""),
                declared: Field::new("declared", ""),
                counted: "2/2026-03-02".into(),
                signer: "Trần Thị Minh Thư".into(),
                confirming: false,
            }),
            unsent: Vec::new(),
            authority: "Chủ tịch Ủy ban nhân dân tỉnh".into(),
            authority_basis: "Căn cứ: Nghị định 47/2020/NĐ-CP, Điều 17.2.".into(),
            may_begin: true,
            beyond: Field::new("beyond", ""),
            plans: vec![self.plan_line(2027, yearly::State::Draft), self.plan_line(2026, yearly::State::Executing)],
            year: Some(Field::new("year", "")),
            wrongs: Vec::new(),
        }
    }

    fn review_view(&self) -> inside::open_data::ReviewView {
        inside::open_data::ReviewView {
            by: "Trần Thị Minh Thư".into(),
            at: self.now.plus_seconds(-9_000_000),
            checked: "Đối chiếu với sổ đăng ký dữ liệu của các cơ quan, ngày 02/03/2026.".into(),
        }
    }

    pub(super) fn in_catalogue(&self, submitted: bool) -> inside::open_data::CataloguePage {
        let wrongs: Vec<Wrong> =
            submitted.then(|| self.wrong("file", "Tệp này không phải là PDF.")).into_iter().collect();
        let page = self.internal("/internal/open-data/catalogue/x", Section::Datasets);
        inside::open_data::CataloguePage {
            href: "?".into(),
            title: page.t1("odc-issue", "number", 3_i64),
            state: if submitted { State::Submitted } else { State::Draft },
            made: (self.now.plus_seconds(-90_000), "Trần Thị Minh Thư".into()),
            submitted: submitted.then(|| (self.now.plus_seconds(-4_000), "Trần Thị Minh Thư".into())),
            decision: None,
            closed: if submitted {
                Vec::new()
            } else {
                vec![
                    self.closed_row("Danh sách trường học", "Đang cách ly"),
                    self.closed_row("Tên đã hủy theo quyết định", "Đã hủy"),
                ]
            },
            postings: Vec::new(),
            posting: None,
            reviews: Vec::new(),
            unsent: if submitted {
                vec![("Lý do".into(), "Trùng với bộ dữ liệu khác.".into())]
            } else {
                Vec::new()
            },
            authority: "Chủ tịch Ủy ban nhân dân tỉnh".into(),
            query: String::new(),
            total: 60,
            rows: self.entry_rows(!submitted),
            pager: Pager::new(1, 2, "?"),
            comparison: Some((page.t("odc-compare-in-force"), self.comparison())),
            files: ("?".into(), "?".into()),
            comparison_files: ("?".into(), "?".into()),
            beyond: if submitted {
                Vec::new()
            } else {
                vec![inside::open_data::Offered {
                    id: "x".into(),
                    title: "Danh sách nhà thuốc".into(),
                    agency: "Sở Y tế".into(),
                    chosen: true,
                }]
            },
            beyond_rest: if submitted { 0 } else { 12 },
            seen: "4".into(),
            sure: Field::new("sure", ""),
            may_edit: !submitted,
            may_recall: submitted,
            decide: submitted.then(|| inside::open_data::DecisionFields {
                number: Field::new("number", "1234/QĐ-UBND"),
                decided_on: Field::new("decided_on", ""),
                signer: Field::new("signer", ""),
                confirmed: Field::new("confirmed", ""),
                file: Field::new("file", "").checked(&wrongs),
                most: 20 << 20,
            }),
            waits_for_other: false,
            wrongs,
            page,
        }
    }

    fn closed_row(&self, title: &str, why: &str) -> inside::open_data::ClosedRow {
        inside::open_data::ClosedRow {
            title: self.vi(title),
            agency: self.vi("Sở Giáo dục và Đào tạo"),
            topic: "Giáo dục".into(),
            why: why.into(),
            edit: Some("?".into()),
        }
    }

    /// An issue that is in force and was posted once; what was typed of another posting is wrong.
    pub(super) fn in_catalogue_posted(&self) -> inside::open_data::CataloguePage {
        let wrongs = vec![self.wrong("address", "Nhập địa chỉ bắt đầu bằng https:// hoặc http://.")];
        inside::open_data::CataloguePage {
            state: State::Issued,
            decision: Some(self.decision_view()),
            rows: self.entry_rows(false),
            comparison: None,
            beyond: Vec::new(),
            beyond_rest: 0,
            closed: Vec::new(),
            postings: vec![PostingView {
                day: self.ago(30),
                address: "https://data.example/lac-dien/danh-muc-du-lieu-mo".into(),
                note: Some("Đăng đủ 60 mục.".into()),
                by: Some("Trần Thị Minh Thư".into()),
            }],
            posting: Some(inside::open_data::PostingFields {
                posted_on: Field::new("posted_on", "01/09/2026"),
                address: Field::new("address", "data.example").checked(&wrongs),
                note: Field::new("note", ""),
            }),
            reviews: vec![self.review_view()],
            unsent: Vec::new(),
            may_recall: false,
            may_edit: false,
            decide: None,
            wrongs,
            ..self.in_catalogue(true)
        }
    }

    pub(super) fn in_catalogue_entry(&self) -> inside::open_data::CatalogueEntryPage {
        inside::open_data::CatalogueEntryPage {
            page: self.internal("/internal/open-data/catalogue/x/entry", Section::Datasets),
            issue_href: "?".into(),
            issue: "Lần ban hành 3".into(),
            entry: "x".into(),
            seen: "4".into(),
            dataset: self.dataset_field(),
            title: Field::new("title", "Kết quả thi tốt nghiệp theo trường"),
            title_en: Field::new("title_en", ""),
            agencies: self.select("agency", &["Sở Y tế", "Sở Giáo dục và Đào tạo"], None),
            topics: self.select("topic", &["Chọn", "Giáo dục"], None),
            frequencies: self.select("frequency", &["Hằng quý", "Hằng năm"], None),
            sharing: self.choices(&["Tệp dữ liệu", "Dịch vụ dữ liệu"]),
            licences: self.select("licence", &["Điều khoản của tỉnh", "CC BY 4.0"], None),
            reason: Field::new("reason", ""),
            stored: vec![
                ("Tên".into(), "Kết quả thi tốt nghiệp".into()),
                ("Tên tiếng Anh".into(), String::new()),
                ("Cơ quan".into(), "Sở Giáo dục và Đào tạo".into()),
            ],
            wrongs: Vec::new(),
        }
    }

    fn plan_line(&self, year: i32, state: yearly::State) -> PlanLine {
        let page = self.public("/", Section::Other);
        PlanLine {
            link: Link::new(page.t1("plan-of-year", "year", year.to_string()), "?"),
            state,
            decision: state.is_public().then(|| "977/QĐ-UBND, 15/03/2026".into()),
        }
    }

    fn plan_rows(&self, written: bool) -> Vec<PlanItemRow> {
        let row = |title: &str, standing: Standing| PlanItemRow {
            title: self.vi(title),
            agency: self.vi("Sở Nông nghiệp và Môi trường"),
            person: Some("Chi cục Thủy lợi".into()),
            target: self.ago(20),
            level: "Mức 3: định dạng mở, có mô tả các cột".into(),
            standing,
            dataset: (standing == Standing::Done).then(|| "?".into()),
            request: matches!(standing, Standing::Late(_)).then(|| ("?".into(), 37)),
            reason: (standing == Standing::Dropped).then(|| "Chưa có kinh phí số hóa.".into()),
            edit: written.then(|| "?".into()),
            settle: None,
            take_up: (standing == Standing::Proposed).then(|| TakeUp {
                action: "?".into(),
                item: "x".into(),
                back: "?".into(),
            }),
        };
        let first = if written { Standing::Open } else { Standing::Late(14) };
        let mut rows = vec![row("Mực nước các hồ chứa theo ngày", first)];
        if written {
            rows.push(row("Độ mặn các cửa sông", Standing::Proposed));
        } else {
            rows.push(row("Vị trí trạm đo mưa", Standing::Done));
            rows.push(row("Ảnh chụp hiện vật bảo tàng", Standing::Dropped));
        }
        rows
    }

    fn plan_filter(&self) -> PlanFilter {
        PlanFilter {
            href: "?".into(),
            agencies: self.choices(&["Mọi cơ quan", "Sở Nông nghiệp và Môi trường"]),
            standings: self.choices(&["Mọi trạng thái", "Chưa công bố", "Quá hạn"]),
            filtered: true,
            of: 86,
            total: 60,
            pager: Pager { param: "items", anchor: "#items", ..Pager::new(1, 2, "?") },
        }
    }

    pub(super) fn open_plan(&self, filled: bool) -> outside::plans::PublicPlanPage {
        let page = self.public("/ke-hoach-du-lieu-mo", Section::Datasets);
        outside::plans::PublicPlanPage {
            plan: filled.then(|| outside::plans::PlanView {
                name: page.t1("plan-of-year", "year", "2026"),
                state: yearly::State::Executing,
                decision: Some(self.decision_view()),
                progress: Progress { done: 12, open: 7, late: 1, dropped: 1, undone: None },
                filter: self.plan_filter(),
                rows: self.plan_rows(false),
                files: vec![Download {
                    format: "CSV".into(),
                    note: "cho máy đọc".into(),
                    href: "?".into(),
                    bytes: None,
                }],
            }),
            plans: if filled {
                vec![self.plan_line(2026, yearly::State::Executing), self.plan_line(2025, yearly::State::Closed)]
            } else {
                Vec::new()
            },
            page,
        }
    }

    pub(super) fn in_plan(&self, state: yearly::State) -> inside::plans::PlanPage {
        let page = self.internal("/internal/open-data/plans/x", Section::Datasets);
        let (written, submitted) = (state.is_written(), state == yearly::State::Submitted);
        let executes = state == yearly::State::Executing;
        let mut open = self.select("item", &["Mực nước các hồ chứa theo ngày", "Độ mặn các cửa sông"], None);
        if submitted {
            open.choices.clear();
        }
        let mut rows = self.plan_rows(written);
        for row in rows.iter_mut().filter(|row| executes && matches!(row.standing, Standing::Late(_))) {
            row.settle = Some("?".into());
        }
        inside::plans::PlanPage {
            href: "?".into(),
            title: page.t1("plan-of-year", "year", "2026"),
            state,
            public: executes.then(|| "?".into()),
            decision: executes.then(|| self.decision_view()),
            authority: "Chủ tịch Ủy ban nhân dân tỉnh".into(),
            returned: None,
            progress: Progress { done: 12, open: 7, late: 1, dropped: 1, undone: None },
            filter: self.plan_filter(),
            rows,
            back: "?".into(),
            comments: vec![Comment {
                person: "Trần Thị Minh Thư".into(),
                agency: "Sở Giáo dục và Đào tạo".into(),
                text: "Xin lùi hạn một tháng.".into(),
                at: Timestamp(self.now.0 - 90_000_000),
            }],
            total: 31,
            comment_pager: Pager::new(1, 2, "?"),
            speaks: written.then(|| self.select("agency", &["Chọn", "Sở Y tế", "Sở Nội vụ"], None)),
            unsent: if executes {
                vec![("Nội dung".into(), "Xin thêm dữ liệu lũ.".into())]
            } else {
                Vec::new()
            },
            wanted: if written { vec![(self.link("Điểm đen tai nạn giao thông", "?"), 37)] } else { Vec::new() },
            used: if written { vec![(self.link("Danh sách trường học", "?"), 1240)] } else { Vec::new() },
            missed: if written { vec![(self.link("diem ngap ung", "?"), 64)] } else { Vec::new() },
            seen: "4".into(),
            acts: inside::plans::PlanActs {
                edit: written,
                propose: written,
                consult: false,
                submit: written,
                give_back: submitted,
                begin: false,
                settle: executes,
                drop: written || executes,
                close: executes,
                wait: false,
            },
            open,
            dataset: self.dataset_field(),
            comment: Field::new("comment-words", ""),
            drop_reason: Field::new("drop-reason", ""),
            return_reason: Field::new("return-reason", ""),
            sure: Field::new("sure", ""),
            decide: submitted.then(|| inside::open_data::DecisionFields {
                number: Field::new("number", ""),
                decided_on: Field::new("decided_on", ""),
                signer: Field::new("signer", ""),
                confirmed: Field::new("confirmed", ""),
                file: Field::new("file", ""),
                most: 20 << 20,
            }),
            wrongs: Vec::new(),
            page,
        }
    }

    pub(super) fn in_plan_item(&self) -> inside::plans::PlanItemPage {
        let wrongs = vec![self.wrong("target_on", "Hạn phải nằm trong năm 2026.")];
        inside::plans::PlanItemPage {
            page: self.internal("/internal/open-data/plans/x/item", Section::Datasets),
            plan_href: "?".into(),
            plan: "Kế hoạch dữ liệu mở năm 2026".into(),
            proposes: true,
            item: String::new(),
            seen: "4".into(),
            title: Field::new("title", "Độ mặn các cửa sông"),
            title_en: Field::new("title_en", ""),
            agencies: self.select("agency", &["Chọn", "Sở Nông nghiệp và Môi trường"], None),
            person: Field::new("person", ""),
            target_on: Field::new("target_on", "01/02/2027").checked(&wrongs),
            levels: self.select("level", &["Chọn", "Mức 2: có cấu trúc, máy đọc được"], None),
            levels_basis: "Căn cứ: Nghị định 47/2020/NĐ-CP, Điều 19.1.".into(),
            dataset: self.dataset_field(),
            request: Field::new("request", "12"),
            stored: Vec::new(),
            wrongs,
        }
    }
}

//! Sample values of the pages about how agencies stand, inside and for the public.

use super::{Samples, inside, outside};
use crate::account::Holder;
use crate::board::{Column, PastColumn};
use crate::http::page::*;
use crate::web::internal::view::board::{
    AgencyBoardPage, Badge, BoardPage, Cell, Contact, Line, Number, Part, QuarterView,
};

impl Samples {
    fn board_number(&self, code: &str, count: u64, bad: bool) -> Cell {
        let page = self.internal("/internal/board", Section::Duties);
        Cell::Number(Number { head: page.code("board-column", code), count, href: Some("?".into()), bad })
    }

    fn board_part(&self, code: &str, part: u64, whole: u64) -> Cell {
        let page = self.internal("/internal/board", Section::Duties);
        Cell::Part(page.code("board-column", code), (whole > 0).then_some(Part { part, whole }))
    }

    fn board_line(&self, name: &str, late: u64) -> Line {
        let page = self.internal("/internal/board", Section::Duties);
        let badge = |head: &str, text: String, note: Option<String>, tone| {
            let head = page.code("board-column", head);
            Cell::Badge((late != 1).then(|| Badge { head, text, note, tone, href: (late == 0).then(|| "?".into()) }))
        };
        Line {
            name: name.into(),
            href: Some("?".into()),
            cells: vec![
                self.board_number("on-time", if late == 1 { 0 } else { 9 }, false),
                self.board_number("soon", if late == 1 { 0 } else { 2 }, false),
                self.board_number("overdue", late, true),
                self.board_part("share", if late == 1 { 0 } else { 11 }, if late == 1 { 0 } else { 11 + late }),
                self.board_number("known", late, true),
                self.board_number("unanswered", 1, false),
                self.board_number("requests", 3, false),
                self.board_number("requests-late", late, true),
                badge("return", page.code("return-state", "open"), Some(page.t("return-overdue")), "bad"),
                badge("review", page.code("board-review", "answered"), None, "good"),
                self.board_number("late", late * 2, true),
            ],
        }
    }

    pub(super) fn board_lines(&self) -> Vec<Line> {
        vec![
            self.board_line("Sở Giáo dục và Đào tạo", 2),
            self.board_line("Ủy ban nhân dân phường Kim Sơn", 1),
            self.board_line("Sở Y tế", 0),
        ]
    }

    fn past_line(&self, name: &str, late: u64) -> Line {
        Line {
            name: name.into(),
            href: Some("?".into()),
            cells: vec![
                self.board_number("done-in-time", 8 * late, false),
                self.board_number("done-late", late, true),
                self.board_number("undone", late / 2, true),
                self.board_number("excused", 0, false),
                self.board_part("done-share", 8 * late, 9 * late + late / 2),
                if late == 0 {
                    Cell::Unknown(self.internal("/internal/board", Section::Duties).code("board-column", "known"))
                } else {
                    self.board_number("known", late, true)
                },
                self.board_number("unanswered", 2, false),
                self.board_number("requests", 5, false),
                self.board_number("requests-late", late / 2, true),
            ],
        }
    }

    fn board_trend(&self) -> Vec<Line> {
        ["Quý I/2026", "Quý II/2026", "Quý III/2026"]
            .into_iter()
            .zip([0, 3, 1])
            .map(|(name, late)| self.past_line(name, late))
            .collect()
    }

    pub(super) fn in_board(&self, filled: bool, quarter: bool) -> BoardPage {
        let page = self.internal("/internal/board", Section::Duties);
        let codes = if quarter {
            PastColumn::ALL.map(PastColumn::code).to_vec()
        } else {
            Column::ALL.map(Column::code).to_vec()
        };
        let heads = codes.into_iter().map(|code| Head {
            text: page.code("board-column", code),
            href: "?".into(),
            number: !matches!(code, "name" | "return" | "review"),
            bar: matches!(code, "share" | "done-share"),
            sorted: match code {
                "overdue" => Some("descending"),
                "done-share" => Some("ascending"),
                _ => None,
            },
        });
        let tab = |text: &str, count, current| inside::datasets::StateTab {
            text: page.t(text),
            count,
            href: "?".into(),
            current,
        };
        let rows = match (filled, quarter) {
            (false, _) => Vec::new(),
            (true, true) => vec![self.past_line("Sở Y tế", 1), self.past_line("Sở Nội vụ", 4)],
            (true, false) => self.board_lines(),
        };
        let total = rows.first().cloned().map(|line| Line { name: page.t("board-together"), href: None, ..line });
        BoardPage {
            today: self.today(),
            quarters: self.choices(&["Hiện nay", "Quý III/2026", "Quý II/2026"]),
            kinds: if quarter {
                self.choices(&["Mọi loại việc", "Cập nhật bộ dữ liệu"])
            } else {
                Vec::new()
            },
            quarter: quarter.then(|| QuarterView {
                name: "Quý III/2026".into(),
                href: Some("?".into()),
                closed: Some(self.now),
                waiting: true,
                counts: vec![("new", 6), ("updated", 41), ("unchanged", 9), ("late", 3), ("withdrawn", 1)],
            }),
            returns: (filled && !quarter).then(|| "Quý II/2026".into()),
            tabs: vec![
                tab("board-all", if filled { 3 } else { 0 }, filled),
                tab("board-behind", if filled { 2 } else { 0 }, !filled),
            ],
            heads: heads.collect(),
            total: total.unwrap_or_default(),
            rows,
            trend: if quarter { self.board_trend() } else { Vec::new() },
            files: ("?".into(), "?".into()),
            trend_files: ("?".into(), "?".into()),
            page,
        }
    }

    pub(super) fn in_board_agency(&self, filled: bool) -> AgencyBoardPage {
        AgencyBoardPage {
            page: self.internal("/internal/board/so-y-te", Section::Duties),
            name: "Sở Y tế".into(),
            today: self.today(),
            row: self.board_line("Sở Y tế", if filled { 2 } else { 0 }),
            trend: self.board_trend(),
            trend_files: ("?".into(), "?".into()),
            late: if filled { self.in_duties(true).rows } else { Vec::new() },
            late_total: if filled { 2 } else { 0 },
            late_hrefs: ("?".into(), "?".into(), "?".into()),
            requests: if filled { (2, Some("?".into())) } else { (0, None) },
            leader: "Lãnh đạo cơ quan".into(),
            leaders: if filled {
                let one = |name: &str, email: &str, deputy_for: Option<&str>| Holder {
                    name: name.into(),
                    email: email.into(),
                    deputy_for: deputy_for.map(Into::into),
                };
                vec![
                    one("Trần Quang Vinh", "vinhtq@soyte.lacdien.example", None),
                    one("Lê Thị Mai", "mailt@soyte.lacdien.example", Some("Trần Quang Vinh")),
                ]
            } else {
                Vec::new()
            },
            contacts: if filled {
                vec![Contact {
                    name: "Lê Văn Bình".into(),
                    position: "Chuyên viên Văn phòng".into(),
                    kind: "Cán bộ kỹ thuật".into(),
                    phone: "0200 000 223".into(),
                    mail: "binhlv@soyte.lacdien.example".into(),
                }]
            } else {
                Vec::new()
            },
        }
    }

    /// The public page.
    pub(super) fn standing(&self, filled: bool) -> outside::standing::StandingPage {
        use outside::standing::{AgencyHeads, AgencyStanding, QuarterStanding, StandingPage};
        let quarter = |name: &str, (in_time, late, undone), running, closed: bool| QuarterStanding {
            name: name.into(),
            release: closed.then(|| "?".into()),
            in_time,
            late,
            undone,
            running,
            closing: !running && !closed,
        };
        let agencies = self.agency_rows().into_iter().map(|row| AgencyStanding {
            name: row.name,
            href: row.href,
            grains: row.grains,
        });
        let page = self.public("/tinh-hinh-cap-nhat", Section::Agencies);
        let head = |text: &str, number, bar, sorted| Head { text: page.t(text), href: "?".into(), number, bar, sorted };
        StandingPage {
            today: self.today(),
            heads: AgencyHeads {
                name: head("agencies-name", false, false, None),
                late: head("timeliness-late", true, false, Some("descending")),
                share: head("standing-share", true, true, None),
            },
            freshness: self.grains(),
            agencies: if filled { agencies.collect() } else { Vec::new() },
            quarters: vec![
                quarter("Quý IV/2025", (0, 0, 0), false, true),
                quarter("Quý I/2026", (41, 5, 2), false, true),
                quarter("Quý II/2026", (38, 4, 3), false, false),
                quarter("Quý III/2026", (12, 1, 30), true, false),
            ],
            agency_files: self.files(),
            quarter_files: self.files(),
            terms: self.link("Điều khoản dữ liệu mở của tỉnh", "?"),
            page,
        }
    }
}

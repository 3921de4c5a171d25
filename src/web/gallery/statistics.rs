//! Sample values of the page of statistics.

use super::{Samples, outside};
use crate::demand::Missed;
use crate::http::page::*;
use crate::statistics::Totals;

impl Samples {
    pub(super) fn trend(&self, months: u64) -> outside::statistics::Trend {
        let point = |month: u64| {
            let totals = Totals { views: 900 + month * 317 % 800, downloads: 300 + month * 191 % 400 };
            (format!("{month:02}/2026"), format!("{month:02}/2026"), totals)
        };
        outside::statistics::Trend { points: (1..=months).map(point).collect() }
    }

    pub(super) fn statistics(&self, filled: bool) -> outside::statistics::StatisticsPage {
        let trend = self.trend(if filled { 12 } else { 0 });
        let row = |name: &str, downloads: u64, width: &str| outside::statistics::UseRow {
            name: self.vi(name),
            href: (width != "40%").then(|| "?".into()),
            agency: Some(self.vi("Sở Nông nghiệp và Môi trường")),
            totals: Totals { views: downloads * 3, downloads },
            width: width.into(),
        };
        outside::statistics::StatisticsPage {
            page: self.public("/thong-ke", Section::Other),
            ranges: vec![
                ("30 ngày".into(), "?".into(), false),
                ("12 tháng".into(), "?".into(), true),
                ("Từ trước đến nay".into(), "?".into(), false),
            ],
            totals: trend.totals(),
            datasets_used: 83,
            trend,
            datasets: vec![
                row("Giá lúa thường tại ruộng theo tuần", 12_107, "100%"),
                row("Điểm đen giao thông", 310, "3%"),
            ],
            agencies: vec![row("Sở Y tế", 700, "100%"), row("Sở Nội vụ", 280, "40%")],
            formats: vec![row("CSV", 9_000, "100%"), row("API", 3_600, "40%")],
            missed: Missed { since: "2025-10".into(), words: 41, people: 380 },
            files: self.files(),
            schema_href: "?".into(),
            terms: self.link("Điều khoản dữ liệu mở của tỉnh", "?"),
        }
    }
}

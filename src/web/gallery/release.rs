//! Sample values of the pages of quarterly releases.

use super::{Samples, outside};
use crate::http::page::*;
use crate::release::Totals;
use crate::web::public::release::bars_of;

impl Samples {
    fn release_totals(&self) -> Totals {
        Totals {
            datasets: [12, 30, 41, 2],
            late: 5,
            rows: 1_204_500,
            added: 20_310,
            removed: 402,
            changed: 3_120,
            cells: 7_044,
        }
    }

    pub(super) fn releases(&self, filled: bool) -> outside::release::ReleasesPage {
        let row = |name: &str, signed| outside::release::ReleaseRow {
            link: self.link(name, "?"),
            as_of: self.now,
            totals: self.release_totals(),
            signed,
        };
        outside::release::ReleasesPage {
            page: self.public("/quy", Section::Datasets),
            rows: if filled { vec![row("Quý III/2026", true), row("Quý II/2026", false)] } else { Vec::new() },
            keys_href: "?".into(),
        }
    }

    pub(super) fn release(&self, signed: bool) -> outside::release::ReleasePage {
        let page = self.public("/quy/2026-Q3", Section::Datasets);
        let row = |title: &str, change: &str, tone, late| outside::release::EntryRow {
            title: self.vi(title),
            href: "?".into(),
            agency: self.vi("Sở Nông nghiệp và Môi trường"),
            change: page.code("release-change", change),
            tone,
            late,
            version: 4,
            rows: 1_240,
            added: if change == "updated" { 310 } else { 0 },
            removed: 0,
            changed: if change == "updated" { 12 } else { 0 },
            cells: if change == "updated" { 15 } else { 0 },
            uncompared: change == "updated" && late,
            files: if change == "updated" {
                ["gia-lua.csv", "gia-lua.json", "gia-lua.parquet"].map(|name| Link::new(name, "?")).to_vec()
            } else {
                Vec::new()
            },
        };
        let archive = |name: &str| outside::release::Archive { name: self.vi(name), href: "?".into() };
        let bars = |title: &str, names: &[(&str, u64)]| {
            bars_of(&page, title, names.iter().map(|(id, count)| (page.t(id), *count)).collect())
        };
        outside::release::ReleasePage {
            name: "Quý III/2026".into(),
            since: self.now.plus_seconds(-7_900_000),
            as_of: self.now,
            totals: self.release_totals(),
            datasets: bars(
                "release-chart-datasets",
                &[("release-change-new", 12), ("release-change-updated", 30), ("release-change-unchanged", 41)],
            ),
            rows_chart: bars("release-chart-rows", &[("release-rows-added", 20_310), ("release-rows-removed", 402)]),
            changes: vec![
                (page.t("release-all"), "?".into(), true),
                (page.t("release-change-new"), "?".into(), false),
                (page.t("release-change-late"), "?".into(), false),
            ],
            action: "?".into(),
            change: if signed { "" } else { "late" },
            query: if signed { String::new() } else { "lúa".into() },
            owners: self.choices(&["Mọi cơ quan", "Sở Nông nghiệp và Môi trường", "Sở Y tế"]),
            clear_href: (!signed).then(|| "?".into()),
            total: 85,
            rows: if signed {
                vec![
                    row("Giá lúa thường tại ruộng theo tuần", "updated", "info", false),
                    row("Điểm đen giao thông", "updated", "info", true),
                    row("Trường học và số học sinh", "new", "good", false),
                    row("Danh sách trung tâm ngoại ngữ", "withdrawn", "bad", false),
                    row("Diện tích rừng theo xã", "unchanged", "plain", true),
                ]
            } else {
                Vec::new()
            },
            pager: Pager::new(1, 2, "?"),
            whole_href: "?".into(),
            topics: vec![archive("Nông nghiệp"), archive("Y tế")],
            agencies: vec![archive("Sở Y tế")],
            files: ["manifest.json", "changes.csv", "datapackage.json"].map(|name| Link::new(name, "?")).to_vec(),
            signature: signed.then(|| ("?".into(), "20260101-020304-ab12cd34".into(), "?".into())),
            manifest_sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            check_href: "?".into(),
            keys_href: "?".into(),
            gone: if signed { 3 } else { 0 },
            page,
        }
    }

    pub(super) fn release_keys(&self, filled: bool) -> outside::release::KeysPage {
        let row = |id: &str| outside::release::KeyRow {
            file: format!("{id}.pem"),
            href: "?".into(),
            public_key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c".into(),
            since: self.now,
        };
        outside::release::KeysPage {
            page: self.public("/quy/khoa", Section::Datasets),
            rows: if filled {
                vec![row("20260901-020304-ab12cd34"), row("20260101-020304-0099aacc")]
            } else {
                Vec::new()
            },
            list_href: "?".into(),
        }
    }

    pub(super) fn release_check(&self, signed: bool) -> outside::release::CheckPage {
        let url = format!("{}/quy/2026-Q3", self.site.public_url);
        outside::release::CheckPage {
            page: self.public("/quy/2026-Q3/kiem-tra", Section::Datasets),
            name: "Quý III/2026".into(),
            release_href: "?".into(),
            manifest_href: "?manifest".into(),
            signature_href: signed.then(|| "?signature".into()),
            key: signed.then(|| Link::new("20260101-020304-ab12cd34", "?key")),
            archive_href: "?".into(),
            key_url: signed.then(|| format!("{}/quy/khoa/20260101-020304-ab12cd34.pem", self.site.public_url)),
            url,
            folder: "2026-Q3".into(),
        }
    }
}

//! Each regulation's own numbers come out of its rules. The comments quote the clause, in our words.

use super::*;
use crate::kernel::Lang;

fn load(name: &str) -> Profile {
    Profile::load(name, None).unwrap()
}

fn from<T>(rule: &Rule<T>) -> String {
    rule.basis.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// Reports as code, months, author and basis.
fn reports(profile: &Profile) -> Vec<(&str, u32, &str, String)> {
    profile
        .reports
        .iter()
        .map(|report| {
            (
                report.code.as_str(),
                report.months,
                report.author.as_str(),
                report.basis.as_ref().map(ToString::to_string).unwrap_or_default(),
            )
        })
        .collect()
}

#[test]
fn every_rule_set_and_province_loads_by_its_name() {
    let names = Profile::names();
    for name in [
        "binh-dinh-2021",
        "dak-nong-2022",
        "dak-nong-kho-2022",
        "lac-dien",
        "soc-trang-2022",
        "tay-ninh-2024",
        "binh-dinh-60-2021",
        "current-2026",
        "dak-nong-1731-2022",
        "dak-nong-43-2022",
        "nd47",
        "nd47-194",
    ] {
        assert!(names.iter().any(|known| known == name), "{name}");
        load(name);
    }
    assert_eq!(load("tay-ninh-2024").province.name.vi, "tỉnh Tây Ninh");
    assert_eq!(load("current-2026").province.code, "00");
}

#[test]
fn dak_nong_43_2022_reviews_its_catalogue_every_six_months_and_asks_agencies_for_lists_every_quarter() {
    let profile = load("dak-nong-2022");
    // Điều 9.2: the catalogue is reviewed every 6 months. Điều 9.3: the People's Committee issues it.
    assert_eq!(
        (profile.catalogue.review_months.value, from(&profile.catalogue.review_months).as_str()),
        (6, "dak-nong-43-2022/9.2")
    );
    assert_eq!(profile.decision.catalogue.value, Decider::Ppc);
    // Điều 21.3: every quarter each unit issues the list of its data.
    assert_eq!(
        (profile.agency_list.return_months.value, from(&profile.agency_list.return_months).as_str()),
        (3, "dak-nong-43-2022/21.3")
    );
    // Điều 9.1: three classes, national databases among them.
    let classes: Vec<_> = profile.catalogue.classes.iter().map(|class| class.code.as_str()).collect();
    assert_eq!(classes, ["national", "sector", "internal"]);
    // Điều 10.2: use outside one's remit needs the People's Committee's consent.
    assert_eq!(profile.request.outside_remit.value, OutsideRemit::Ppc);
    // Điều 20.1 and 21.1: one leader as focal point, on each side.
    assert_eq!(profile.focal.kinds.value, [FocalKind::LeaderSupply, FocalKind::LeaderUse]);
    // Điều 23.3: agencies report every 6 months. Điều 16.5: the department every 6 months and every year.
    assert_eq!(
        reports(&profile),
        [
            ("agency-half-year", 6, "agency", "dak-nong-43-2022/23.3".to_owned()),
            ("coordinator-half-year", 6, "coordinator", "dak-nong-43-2022/16.5".to_owned()),
            ("coordinator-year", 12, "coordinator", "dak-nong-43-2022/16.5".to_owned()),
        ]
    );
    // Điều 12.4: security level 3. Điều 15.2.c: errors go to the supplier. Điều 11.2: open data as Decree 47 has it.
    assert!(profile.accounts.password.level3.value);
    assert_eq!(profile.error_report.first_receiver.value, Receiver::Provider);
    assert_eq!(
        (profile.opendata.update_months.value, from(&profile.opendata.update_months).as_str()),
        (3, "nd47/20.3")
    );
    let document = profile.document("dak-nong-43-2022").unwrap();
    assert_eq!(
        (document.number.as_deref(), document.date, document.from),
        (Some("43/2022/QĐ-UBND"), "2022-11-10".parse().ok(), "2022-11-20".parse().ok())
    );
}

#[test]
fn dak_nong_1731_2022_wants_a_report_every_three_months_and_the_private_network_only() {
    let profile = load("dak-nong-1731-2022");
    // Điều 17.3: units report every 3 months. (The same province's other regulation says 6.)
    assert_eq!(reports(&profile), [("agency-quarter", 3, "agency", "dak-nong-1731-2022/17.3".to_owned())]);
    // Điều 12.3: the catalogue changes when something changes. Điều 6.2: five items an entry, issued by the People's Committee.
    assert_eq!(profile.catalogue.review_months.value, 0);
    assert_eq!(profile.catalogue.entry_fields.value.len(), 5);
    assert_eq!(profile.decision.catalogue.value, Decider::Ppc);
    // Điều 10.2: only through the private data network. Điều 8.5: errors go to the manager of the warehouse.
    assert_eq!(
        (profile.network.internal_only.value, from(&profile.network.internal_only).as_str()),
        (true, "dak-nong-1731-2022/10.2")
    );
    assert_eq!(profile.error_report.first_receiver.value, Receiver::Warehouse);
    // Điều 4.1: six purposes, a to e with đ.
    let points: Vec<_> =
        profile.purposes.iter().filter_map(|purpose| purpose.basis.as_ref()?.point().map(str::to_owned)).collect();
    assert_eq!(points, ["a", "b", "c", "d", "đ", "e"]);
    assert_eq!(profile.labels["label-code-lists"].value.vi, "Dữ liệu danh mục dùng chung");
    // Điều 5.2 names the portal.
    assert_eq!(load("dak-nong-kho-2022").portals.public.vi, "Cổng thông tin dữ liệu tỉnh Đắk Nông");
}

#[test]
fn soc_trang_2022_updates_open_data_every_three_months_from_publication() {
    let profile = load("soc-trang-2022");
    // Điều 10.4: listed open data are updated or supplemented every 3 months from publication.
    assert_eq!(
        (profile.opendata.update_months.value, from(&profile.opendata.update_months).as_str()),
        (3, "soc-trang-2022/10.4")
    );
    // Điều 5.2: the catalogue every year or when needed. Điều 5.1: the Chair issues it. Điều 10.2: the Committee approves the open-data plan.
    assert_eq!(
        (profile.catalogue.review_months.value, from(&profile.catalogue.review_months).as_str()),
        (12, "soc-trang-2022/5.2")
    );
    assert_eq!(
        (profile.decision.catalogue.value, profile.decision.opendata_plan.value),
        (Decider::Chair, Decider::Ppc)
    );
    // Điều 17.3: outside the province the department and the owner agree, else the Chair decides.
    assert_eq!(profile.request.outside_province.value, OutsideProvince::CoordinatorAndOwnerElseChair);
    // Điều 20.2 to 20.4: a technical officer, approved, published.
    assert_eq!(profile.focal.kinds.value, [FocalKind::Technical]);
    assert!(profile.focal.needs_approval.value && profile.focal.public.value);
    // Điều 27.3: the police scan for state secrets. Điều 19.1: the department leads analyses. Điều 24.3: a yearly report.
    assert_eq!((profile.police.role.value, profile.analysis.lead.value), (PoliceRole::Reviewer, Lead::Coordinator));
    assert_eq!(reports(&profile), [("coordinator-year", 12, "coordinator", "soc-trang-2022/24.3".to_owned())]);
    // A draft: no number, no date.
    let document = profile.document("soc-trang-2022").unwrap();
    assert_eq!((document.status, document.number.is_none(), document.date), (LegalStatus::Draft, true, None));
}

#[test]
fn binh_dinh_60_2021_updates_its_catalogue_on_proposal_and_reports_on_request() {
    let profile = load("binh-dinh-2021");
    // Điều 4.3: by stage or on proposal. Điều 4.2: reasons for all, and six items to add (as Decree 47 Điều 12.2); the Committee decides.
    assert_eq!((profile.catalogue.review_months.value, profile.catalogue.add_fields.value.len()), (0, 7));
    assert_eq!((profile.catalogue.withdraw_fields.value.len(), profile.decision.catalogue.value), (1, Decider::Ppc));
    // Điều 16.4 and 13.2.e: on request.
    assert!(profile.reports.iter().all(|report| report.months == 0) && profile.reports.len() == 2);
    // Điều 11.3: people and enterprises use open and public data in the registry. Điều 11.5: the owner leads analyses.
    assert_eq!(
        (profile.registry.public_view.value, profile.analysis.lead.value),
        (PublicView::OpenServices, Lead::Owner)
    );
    // Điều 15.1 and 15.2: the supplier settles problems, the department the technical ones.
    assert_eq!(
        (profile.problem.first_receiver.value, profile.problem.technical_receiver.value),
        (Receiver::Provider, Receiver::Coordinator)
    );
    // Điều 8.1: checked before publication and every year. Điều 12.2: a technical officer.
    assert_eq!(
        (profile.quality.check_months.value, from(&profile.quality.check_months).as_str()),
        (12, "binh-dinh-60-2021/8.1")
    );
    assert_eq!(profile.focal.kinds.value, [FocalKind::Technical]);
}

#[test]
fn tay_ninh_2024_wants_quality_reports_before_the_end_of_the_year() {
    let profile = load("tay-ninh-2024");
    // Điều 22.5: before 31 December.
    assert_eq!(
        (profile.quality.report_due.value, from(&profile.quality.report_due).as_str()),
        (MonthDay { month: 12, day: 31 }, "tay-ninh-2024/22.5")
    );
    // Điều 5.4: on demand. Điều 5.2.b: reasons and six items for every proposal, the Chair decides. Điều 5.1: no national class.
    assert_eq!((profile.catalogue.review_months.value, profile.decision.catalogue.value), (0, Decider::Chair));
    assert_eq!((profile.catalogue.add_fields.value.len(), profile.catalogue.withdraw_fields.value.len()), (7, 7));
    assert!(
        profile.catalogue.classes.iter().all(|class| class.code != "national") && profile.catalogue.classes.len() == 3
    );
    // Điều 17.9.a: around the clock, on the Internet. Điều 17.9.c and 17.7: yearly reports.
    assert!(profile.network.always_on.value && !profile.network.internal_only.value);
    assert_eq!(
        reports(&profile),
        [
            ("coordinator-year", 12, "coordinator", "tay-ninh-2024/17.7".to_owned()),
            ("warehouse-year", 12, "warehouse", "tay-ninh-2024/17.9.c".to_owned())
        ]
    );
    // Điều 8.6, 17.6: problems to the platform's manager, technical ones to the department. Điều 11.2.đ: errors to the warehouse.
    assert_eq!(
        (profile.problem.first_receiver.value, profile.problem.technical_receiver.value),
        (Receiver::Lgsp, Receiver::Coordinator)
    );
    assert_eq!(
        (profile.error_report.first_receiver.value, profile.police.role.value),
        (Receiver::Warehouse, PoliceRole::Advisory)
    );
    // Điều 9.4: open data beyond the catalogue.
    assert_eq!(from(&profile.opendata.beyond_catalogue), "tay-ninh-2024/9.4");
    // Điều 3.1 names the portal.
    assert_eq!(profile.portals.public.get(Lang::Vi).0, "Cổng dữ liệu mở tỉnh Tây Ninh");
}

#[test]
fn decree_47_answers_in_five_working_days_and_in_two_after_decree_194() {
    // Decree 47 Điều 35.3, changed by Decree 194 Điều 40.3; refusals name the law by Decree 194 Điều 16.
    let before = load("nd47");
    assert_eq!((before.request.answer_working_days.value, before.request.refusal_cites_law.value), (5, false));
    let after = load("nd47-194");
    assert_eq!((after.request.answer_working_days.value, after.request.refusal_cites_law.value), (2, true));
    assert_eq!(from(&after.request.answer_working_days), "nd194/40.3");
    // Decree 47 Điều 25.1, 43, 49, 16.4: 1, 7 and 1, 7 and 7, 31 December.
    assert_eq!(before.registry.posting_working_days.value, 1);
    assert_eq!((before.sharing.suspension_notice_working_days.value, before.sharing.breach_notice_days.value), (7, 1));
    assert_eq!((before.problem.provider_working_days.value, before.problem.coordinator_working_days.value), (7, 7));
    assert_eq!(before.quality.report_due.value, MonthDay { month: 12, day: 31 });
    // The four provinces before 2025 stand on the five days.
    for name in ["dak-nong-2022", "dak-nong-kho-2022", "soc-trang-2022", "binh-dinh-2021", "tay-ninh-2024"] {
        assert_eq!(load(name).request.answer_working_days.value, 5, "{name}");
    }
}

#[test]
fn what_todays_law_was_not_read_for_is_marked_as_configuration() {
    let profile = load("lac-dien");
    assert_eq!(profile.rules, "current-2026");
    let months = &profile.opendata.update_months;
    assert_eq!((months.value, months.verified, months.note.is_some()), (3, false, true));
    // Decree 224/2026 Điều 13 was read: seven working days' notice.
    assert!(profile.sharing.suspension_notice_working_days.verified);
    let decree = profile.document("nd47").unwrap();
    assert_eq!((decree.status, decree.successor.as_deref()), (LegalStatus::Replaced, Some("nd278")));
    // Nothing in today's rules rests on a document that is no longer in force and yet counts as verified.
    for rule in [
        &profile.catalogue.review_months,
        &profile.opendata.review_months,
        &profile.request.answer_working_days,
        &profile.quality.check_months,
    ] {
        assert!(!rule.verified, "{rule:?}");
    }
    assert_eq!(profile.authorities.coordinator.value.vi, "Sở Khoa học và Công nghệ");
}

#[test]
fn words_of_the_sample_descriptors_mean_topics_and_licences() {
    let profile = load("lac-dien");
    for (word, topic) in [
        ("Hành chính", "thu-tuc-hanh-chinh"),
        ("Bưu chính", "giao-thong"),
        ("Kinh tế", "doanh-nghiep"),
        ("Khí tượng", "moi-truong"),
        ("Bản đồ", "dat-dai-xay-dung"),
        ("Văn hóa", "van-hoa-du-lich"),
        ("Dân số", "dan-so"),
        ("Lao động", "lao-dong-viec-lam"),
        ("Tài chính", "ngan-sach"),
        ("Ngân sách", "ngan-sach"),
        ("Giáo dục", "giao-duc"),
        ("Y tế", "y-te"),
        ("giao thong", "giao-thong"),
        ("Education", "giao-duc"),
    ] {
        assert_eq!(profile.topic_for(word).map(|topic| topic.code.as_str()), Some(topic), "{word}");
    }
    assert!(profile.topic_for("Thiên văn").is_none());
    for (name, licence) in [
        ("MIT", "mit"),
        ("CC0-1.0", "cc0-1.0"),
        ("CC-BY-4.0", "cc-by-4.0"),
        ("PDDL-1.0", "odc-pddl-1.0"),
        ("ODbL-1.0", "odbl-1.0"),
        ("Apache-2.0", "apache-2.0"),
        ("other-open", "facts-only"),
        ("odbl-1.0", "odbl-1.0"),
    ] {
        assert_eq!(profile.licence_for(name).map(|licence| licence.code.as_str()), Some(licence), "{name}");
    }
    let own = profile.default_licence().unwrap();
    assert_eq!((own.code.as_str(), &own.spdx), ("province-terms", &None));
    assert_eq!(profile.topics.len(), 12);
}

#[test]
fn the_terms_say_what_article_18_says_and_bear_the_provinces_names() {
    let profile = load("lac-dien");
    let text = &profile.terms.text;
    assert!(
        text.vi.contains("Cổng dữ liệu mở tỉnh Lạc Điền") && text.get(Lang::En).0.contains("Lạc Điền Open Data Portal")
    );
    for said in ["Ghi nguồn", "Không bán lại nguyên trạng", "không chịu trách nhiệm"] {
        assert!(text.vi.contains(said), "{said}");
    }
    for text in [&profile.terms.text, &profile.about.text] {
        for lang in Lang::ALL {
            assert!(!text.get(lang).0.contains('{'), "{}", text.get(lang).0);
        }
    }
    assert!(!text.vi.contains("CC BY"));
}

#[test]
fn a_citation_names_the_message_that_writes_it_and_its_arguments() {
    let profile = load("soc-trang-2022");
    let basis = profile.opendata.update_months.basis.clone().unwrap();
    let citation = profile.citation(&basis).unwrap();
    assert_eq!(citation.message(), "basis-clause");
    let title = "Quy chế khai thác, sử dụng và chia sẻ dữ liệu số của cơ quan nhà nước trên địa bàn tỉnh Sóc Trăng";
    let document = format!("Dự thảo {title}");
    assert_eq!(
        citation.args(Lang::Vi),
        [("document", document), ("article", "10".into()), ("clause", "4".into()), ("point", String::new())]
    );
    let decree = profile.document("nd47").unwrap();
    assert_eq!(decree.short(Lang::Vi), "Nghị định 47/2020/NĐ-CP");
    assert_eq!(decree.short(Lang::En), "Decree 47/2020/NĐ-CP");
}

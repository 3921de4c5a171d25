//! Facts about the index as a whole: filters, counts, paging, commits, rebuilds, damage.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::kernel::{Error, Lang, PageRequest};

const TODAY: i32 = 20_000;
const MEMORY: usize = 15_000_000;
static VOCABULARY: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| Arc::new(Vocabulary::load(None).unwrap()));

pub(super) fn open(folder: &Path) -> Index {
    Index::open(folder, Arc::clone(&VOCABULARY), MEMORY).unwrap()
}

pub(super) fn filled(documents: Vec<Document>) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let index = open(folder.path());
    index.rebuild(&mut documents.into_iter().map(Ok), 1, &mut |_| ()).unwrap();
    (folder, index)
}

pub(super) fn ask(text: &str) -> Query {
    Query::new(text, PageRequest { number: 1, size: 20 }, Lang::Vi, TODAY)
}

pub(super) fn ids(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn titled(id: &str, title: &str) -> Document {
    Document { id: id.to_owned(), slug: id.to_owned(), title_vi: title.to_owned(), ..Document::default() }
}

fn shown(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| if piece.matched { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
}

#[test]
fn a_new_folder_is_not_ready_until_it_is_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let index = open(folder.path());
    assert!(!index.ready());
    assert!(index.search(&ask("")).unwrap_err().has("search-index-missing"));
    assert!(index.apply(vec![titled("a", "x")], vec![], 1).unwrap_err().has("search-index-missing"));
    index.rebuild(&mut std::iter::empty(), 7, &mut |_| ()).unwrap();
    assert!(index.ready() && index.is_empty() && index.sequence() == 7);
    assert_eq!(index.search(&ask("")).unwrap().total, 0);
}

#[test]
fn words_with_their_marks_come_first() {
    let (_folder, index) = filled(vec![
        titled("bac", "Giá bạc trong nước"),
        titled("bậc", "Bậc lương công chức, bậc hàm"),
        titled("ma", "Người nghiện ma túy"),
        titled("mã", "Bảng mã bưu chính"),
        titled("đường", "Đường bộ tỉnh quản lý"),
        titled("dương", "Dương xỉ và thực vật"),
        Document { description_vi: "Giá bậc thang".into(), ..titled("tả", "Điện sinh hoạt") },
    ]);
    for (text, expected) in [
        ("bạc", "bac"),
        ("bậc", "bậc"),
        ("mã", "mã"),
        ("ma túy", "ma"),
        ("đường", "đường"),
        ("dương", "dương"),
        ("ma", "ma"),
    ] {
        assert_eq!(ids(&index.search(&ask(text)).unwrap()).first(), Some(&expected), "{text}");
    }
    assert_eq!(ids(&index.search(&ask("bậc")).unwrap()), ["bậc", "tả", "bac"]);
    let without: BTreeSet<String> = index.search(&ask("duong")).unwrap().hits.into_iter().map(|hit| hit.id).collect();
    assert_eq!(without, BTreeSet::from(["đường".to_owned(), "dương".to_owned()]));
    assert_eq!(index.search(&Query { exact: true, ..ask("bạc") }).unwrap().total, 1);
    assert_eq!(index.search(&Query { exact: true, ..ask("bac") }).unwrap().total, 3);
}

#[test]
fn when_nothing_holds_all_words_most_words_do_and_the_answer_says_so() {
    let (_folder, index) = filled(vec![
        titled("1", "Giá đất tuyến phố"),
        titled("2", "Giá điện sinh hoạt"),
        titled("3", "Dân số theo xã"),
    ]);
    let answer = index.search(&ask("giá đất hoàng hôn")).unwrap();
    assert!(answer.relaxed);
    assert_eq!(ids(&answer).first(), Some(&"1"));
    assert!(!index.search(&ask("giá đất")).unwrap().relaxed);
    assert_eq!(index.search(&Query { exact: true, ..ask("giá đất hoàng hôn") }).unwrap().total, 0);
}

#[test]
fn nothing_found_brings_help() {
    let documents = vec![
        Document { topic: "y-te".into(), agency: "syt".into(), ..titled("1", "Danh sách bệnh viện công lập") },
        Document { topic: "dat-dai".into(), agency: "stnmt".into(), ..titled("2", "Bảng giá đất") },
    ];
    let (_folder, index) = filled(documents);
    let answer = index.search(&Query { topics: vec!["dat-dai".into()], ..ask("bệnh viện") }).unwrap();
    assert_eq!((answer.total, answer.relaxed), (0, false));
    assert_eq!(
        answer.suggestions.without_filter,
        [WithoutFilter { filter: Facet::Topic, values: vec!["dat-dai".into()], count: 1 }]
    );
    assert_eq!(answer.suggestions.without_all, 1);
    assert_eq!(answer.facets.topics, [("y-te".to_owned(), 1), ("dat-dai".to_owned(), 0)]);
    assert_eq!(answer.suggestions.topics.len(), 2);
    for (typed, meant) in [("bennh vienn", "bệnh viện"), ("bệnh việnn", "bệnh viện"), ("bangr gia dat", "bảng giá đất")]
    {
        let answer = index.search(&ask(typed)).unwrap();
        assert!(
            answer.suggestions.did_you_mean.contains(&meant.to_owned()),
            "{typed}: {:?}",
            answer.suggestions.did_you_mean
        );
    }
    assert!(index.search(&ask("bệnh viện")).unwrap().suggestions.did_you_mean.is_empty());
}

#[test]
fn hits_show_what_matched() {
    let document = Document {
        title_en: "Public schools".into(),
        description_vi: "Bảng này liệt kê các trường học công lập.".into(),
        columns: vec!["Tên trường học: tên đầy đủ".into(), "Số lớp".into()],
        ..titled("1", "Danh sách trường học")
    };
    let (_folder, index) = filled(vec![document]);
    let hit = index.search(&ask("truong hoc")).unwrap().hits.remove(0);
    assert_eq!(shown(&hit.title), "Danh sách [trường học]");
    assert_eq!(shown(&hit.snippet), "Bảng này liệt kê các [trường học] công lập.");
    assert_eq!(hit.matched_columns, ["Tên trường học: tên đầy đủ"]);
    let hit = index.search(&Query { lang: Lang::En, ..ask("school") }).unwrap().hits.remove(0);
    assert_eq!((hit.title_lang, shown(&hit.title)), (Lang::En, "Public [schools]".to_owned()));
    assert_eq!(
        (hit.snippet_lang, shown(&hit.snippet)),
        (Lang::Vi, "Bảng này liệt kê các [trường học] công lập.".to_owned())
    );
}

#[test]
fn the_last_word_may_be_unfinished() {
    let (_folder, index) = filled(vec![titled("1", "Danh sách trường học"), titled("2", "Trường nghề")]);
    for typed in ["trường h", "truong ho", "danh sách trườ", "truo"] {
        assert!(ids(&index.search(&ask(typed)).unwrap()).contains(&"1"), "{typed}");
    }
    let offer = index.suggest("truong n", Lang::Vi).unwrap();
    assert_eq!(offer.titles.iter().map(|title| shown(&title.title)).collect::<Vec<_>>(), ["[Trường nghề]"]);
    assert_eq!(index.suggest("", Lang::Vi).unwrap(), Offer::default());
}

#[test]
fn what_is_typed_goes_on_to_keywords_and_to_words_of_titles() {
    let (_folder, index) = filled(vec![
        Document {
            keywords: vec!["Trạm  y tế".into(), "tiêm chủng".into()], ..titled("1", "Danh sách trạm y tế xã")
        },
        Document { keywords: vec!["trạm y tế".into()], ..titled("2", "Nhân lực trạm y tế") },
        Document { topic: "giao-duc".into(), ..titled("3", "Trường trung học phổ thông") },
    ]);
    let words = |typed: &str| index.suggest(typed, Lang::Vi).unwrap().words;
    for typed in ["tram", "trạm y", "tram y t", "y te", "Trạ"] {
        assert_eq!(words(typed).first().map(String::as_str), Some("trạm y tế"), "{typed}: {:?}", words(typed));
    }
    assert_eq!(words("trung ho"), ["trung học"]);
    assert_eq!(words("truong trung "), ["truong trung học"]);
    assert!(words("zz").is_empty() && words("trạm y tế").iter().all(|text| text != "trạm y tế"));
    assert_eq!(index.suggest("tram", Lang::Vi).unwrap().topics, [("giao-duc".to_owned(), 1)]);
    // What is withdrawn is offered no more, although the files of the index may still hold its words.
    index.apply(vec![], vec!["1".into(), "2".into()], 2).unwrap();
    assert_eq!(words("tram"), Vec::<String>::new());
    assert!(index.suggest("tram", Lang::Vi).unwrap().titles.is_empty());
}

#[test]
fn related_datasets_come_with_their_reasons() {
    let join = |title: &str, example: &str| join_code(title, Some(example), true).unwrap();
    let document = |id: &str, title: &str, topic: &str, agency: &str, joins: &[&str]| Document {
        topic: topic.into(),
        agency: agency.into(),
        joins: joins.iter().map(|title| join(title, "12345")).collect(),
        ..titled(id, title)
    };
    let (_folder, index) = filled(vec![
        document("own", "Danh sách trạm y tế xã", "y-te", "syt", &["Mã xã"]),
        document("both", "Nhân lực trạm y tế", "y-te", "syt", &["Mã xã"]),
        document("column", "Diện tích rừng", "nong-nghiep", "snn", &["Mã xã"]),
        document("topic", "Tiêm chủng mở rộng", "y-te", "cdc", &[]),
        document("agency", "Xe công", "tai-chinh", "syt", &[]),
        document("none", "Giá đất", "dat-dai", "stnmt", &["Mã thửa"]),
    ]);
    let about = About {
        id: "own".into(),
        title_vi: "Danh sách trạm y tế xã".into(),
        keywords: Vec::new(),
        topic: "y-te".into(),
        agency: "syt".into(),
        joins: vec![(join("Mã xã", "54321"), "Mã xã".into())],
    };
    let told = index.related(&about).unwrap();
    assert_eq!(told.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["both", "column", "topic"]);
    let column = Tie::Column("Mã xã".into());
    assert_eq!(told[0].ties, [column.clone(), Tie::Words("trạm y tế".into()), Tie::Topic, Tie::Agency]);
    assert_eq!((told[1].ties.as_slice(), told[2].ties.as_slice()), (&[column][..], &[Tie::Topic][..]));
}

#[test]
fn titles_sort_by_the_alphabet_and_other_orders_hold() {
    let documents = vec![
        Document { used: 5, published_at: 1, ..titled("1", "Đất đai") },
        Document { used: 9, published_at: 2, ..titled("2", "Dân số") },
        Document { used: 1, published_at: 3, ..titled("3", "Ấp văn hóa") },
        Document { used: 9, published_at: 4, ..titled("4", "An toàn") },
    ];
    let (_folder, index) = filled(documents);
    for (sort, expected) in [
        (Sort::Title, ["4", "3", "2", "1"]),
        (Sort::Newest, ["4", "3", "2", "1"]),
        (Sort::Used, ["4", "2", "1", "3"]),
        (Sort::Relevance, ["4", "3", "2", "1"]),
    ] {
        assert_eq!(ids(&index.search(&Query { sort, ..ask("") }).unwrap()), expected, "{sort:?}");
    }
}

#[test]
fn commits_replace_remove_and_repeat() {
    let (folder, index) = filled(vec![titled("1", "Dân số"), titled("2", "Giá đất")]);
    let change =
        || (vec![titled("1", "Dân số mới"), titled("3", "Lượng mưa")], vec!["2".to_owned(), "unknown".to_owned()], 9);
    for _ in 0..2 {
        let (upserts, deletes, sequence) = change();
        index.apply(upserts, deletes, sequence).unwrap();
        assert_eq!((index.len(), index.sequence()), (2, 9));
        assert_eq!(index.ids().unwrap(), ["1", "3"]);
        assert_eq!(index.search(&ask("giá đất")).unwrap().total, 0);
        assert_eq!(shown(&index.search(&ask("dân số")).unwrap().hits[0].title), "[Dân số] mới");
    }
    index.apply(vec![], vec![], 12).unwrap();
    drop(index);
    let again = open(folder.path());
    assert_eq!((again.len(), again.sequence()), (2, 12));
}

#[test]
fn a_second_opener_reads_and_may_not_write() {
    let (folder, index) = filled(vec![titled("1", "Dân số")]);
    let second = open(folder.path());
    assert_eq!(second.search(&ask("dan so")).unwrap().total, 1);
    assert!(second.apply(vec![], vec!["1".into()], 2).unwrap_err().has("search-index-in-use"));
    assert!(second.rebuild(&mut std::iter::empty(), 2, &mut |_| ()).unwrap_err().has("search-index-in-use"));
    drop(index);
    drop(second);
    open(folder.path()).apply(vec![], vec!["1".into()], 2).unwrap();
}

#[test]
fn searches_go_on_while_the_index_is_rebuilt() {
    let (folder, index) = filled((0..50).map(|at| titled(&at.to_string(), "Dân số cũ")).collect());
    let done = Arc::new(AtomicBool::new(false));
    let reader = {
        let (index, done) = (index.clone(), Arc::clone(&done));
        std::thread::spawn(move || {
            let mut seen = BTreeSet::new();
            while !done.load(Ordering::SeqCst) {
                seen.insert(index.search(&ask("dân số")).unwrap().total);
            }
            seen.insert(index.search(&ask("dân số")).unwrap().total);
            seen
        })
    };
    let mut heard = 0;
    index
        .rebuild(&mut (0..300).map(|at| Ok(titled(&at.to_string(), "Dân số mới"))), 5, &mut |count| heard = count)
        .unwrap();
    done.store(true, Ordering::SeqCst);
    assert!(reader.join().unwrap().is_subset(&BTreeSet::from([50, 300])));
    assert_eq!((heard, index.sequence(), index.len()), (300, 5, 300));
    let generations =
        std::fs::read_dir(folder.path()).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(generations, 1);
}

#[test]
fn a_rebuild_that_fails_leaves_the_old_index() {
    let (folder, index) = filled(vec![titled("1", "Dân số")]);
    let mut documents = vec![Ok(titled("2", "Giá đất")), Err(Error::not_found())].into_iter();
    assert!(index.rebuild(&mut documents, 9, &mut |_| ()).unwrap_err().has("not-found"));
    assert_eq!((index.ids().unwrap(), index.sequence()), (vec!["1".to_owned()], 1));
    drop(index);
    assert!(open(folder.path()).ready());
}

fn generation(folder: &Path) -> std::path::PathBuf {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap()
}

#[test]
fn a_half_built_generation_is_cleaned_away() {
    let (folder, index) = filled(vec![titled("1", "Dân số")]);
    drop(index);
    let half = folder.path().join("generation-half");
    std::fs::create_dir(&half).unwrap();
    std::fs::write(half.join("meta.json"), "{").unwrap();
    std::fs::write(folder.path().join("current.new"), "generation-half\n").unwrap();
    let index = open(folder.path());
    assert!(index.ready() && index.len() == 1);
    assert!(!half.exists() && !folder.path().join("current.new").exists());
}

#[test]
fn a_damaged_index_is_not_ready_and_can_be_rebuilt() {
    let damage: [fn(&Path); 6] = [
        |folder| std::fs::remove_dir_all(generation(folder)).unwrap(),
        |folder| std::fs::write(folder.join("current"), "../../etc\n").unwrap(),
        |folder| std::fs::write(folder.join("current"), "generat").unwrap(),
        |folder| std::fs::write(generation(folder).join("meta.json"), "{\"nonsense\":1}").unwrap(),
        |folder| {
            for entry in std::fs::read_dir(generation(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "idx" || extension == "fast") {
                    let bytes = std::fs::read(&path).unwrap();
                    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
                }
            }
        },
        |folder| {
            for entry in std::fs::read_dir(generation(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "term" || extension == "store") {
                    let mut bytes = std::fs::read(&path).unwrap();
                    let middle = bytes.len() / 3;
                    bytes[middle] ^= 0xFF;
                    std::fs::write(&path, &bytes).unwrap();
                }
            }
        },
    ];
    for (at, damage) in damage.into_iter().enumerate() {
        let (folder, index) = filled(vec![titled("1", "Dân số"), titled("2", "Giá đất")]);
        drop(index);
        damage(folder.path());
        let index = open(folder.path());
        assert!(!index.ready() && index.sequence() == 0, "damage {at}");
        assert!(index.search(&ask("dân số")).is_err());
        index.rebuild(&mut std::iter::once(Ok(titled("1", "Dân số"))), 3, &mut |_| ()).unwrap();
        assert_eq!(index.search(&ask("dân số")).unwrap().total, 1);
    }
}

#[test]
fn odd_queries_are_answered() {
    let (_folder, index) = filled(vec![titled("1", "Dân số")]);
    let long = "dân số ".repeat(5000);
    for text in [
        "(a+)+$",
        "\"",
        "*",
        "AND OR NOT",
        "title:x",
        "\0",
        "🙂",
        "a".repeat(100_000).as_str(),
        &long,
        "\u{301}",
        "đ",
        "-",
        "1.000.000.000.000.000.000",
    ] {
        index.search(&ask(text)).unwrap();
        index.suggest(text, Lang::Vi).unwrap();
    }
    assert_eq!(
        index.search(&Query { page: PageRequest { number: 1_000_000, size: 1000 }, ..ask("") }).unwrap().hits.len(),
        0
    );
}

/// Title, topic, agency, formats, frequency, due, published.
type Row<'a> = (&'a str, &'a str, &'a str, Vec<&'a str>, &'a str, Option<i32>, i64);

fn documents() -> impl Strategy<Value = Vec<Document>> {
    let word = prop::sample::select(vec!["dân số", "giá đất", "trường học", "lượng mưa", "bệnh viện"]);
    let one = (
        word,
        prop::sample::select(vec!["t1", "t2", "t3", ""]),
        prop::sample::select(vec!["a1", "a2"]),
        prop::collection::vec(prop::sample::select(vec!["csv", "parquet", "xlsx"]), 0..3),
        prop::sample::select(vec!["month", "year", ""]),
        prop::option::of(TODAY - 3..TODAY + 6),
        0..4_i64,
    );
    prop::collection::vec(one, 1..25).prop_map(|rows| {
        let document = |(at, (title, topic, agency, formats, frequency, due, published_at)): (usize, Row)| Document {
            topic: topic.into(),
            agency: agency.into(),
            formats: formats.into_iter().map(str::to_owned).collect(),
            frequency: frequency.into(),
            due,
            due_soon: due.map(|due| due - 2),
            published_at,
            ..titled(&format!("id{at}"), title)
        };
        rows.into_iter().enumerate().map(document).collect()
    })
}

fn filters() -> impl Strategy<Value = Query> {
    let some = |values: Vec<&'static str>| {
        prop::collection::vec(prop::sample::select(values), 0..3)
            .prop_map(|chosen| chosen.into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    (
        prop::sample::select(vec!["", "dân số", "gia dat", "truong hoc"]),
        some(vec!["t1", "t2", "t9"]),
        some(vec!["a1", "a2"]),
        some(vec!["csv", "xlsx"]),
        some(vec!["month", "year"]),
        prop::collection::vec(prop::sample::select(Timeliness::ALL.to_vec()), 0..3),
    )
        .prop_map(|(text, topics, agencies, formats, frequencies, timeliness)| Query {
            topics,
            agencies,
            formats,
            frequencies,
            timeliness,
            ..ask(text)
        })
}

/// Whether a document passes the filters, one answer per facet.
fn passes(document: &Document, query: &Query) -> [bool; 5] {
    let any = |wanted: &[String], has: &[String]| wanted.is_empty() || has.iter().any(|has| wanted.contains(has));
    let one = |code: &String| if code.is_empty() { vec![] } else { vec![code.clone()] };
    [
        any(&query.topics, &one(&document.topic)),
        any(&query.agencies, &one(&document.agency)),
        any(&query.formats, &document.formats),
        any(&query.frequencies, &one(&document.frequency)),
        query.timeliness.is_empty() || query.timeliness.contains(&when(document)),
    ]
}

fn when(document: &Document) -> Timeliness {
    match document.due {
        Some(due) if TODAY > due => Timeliness::Late,
        Some(due) if TODAY >= due - 2 => Timeliness::DueSoon,
        _ => Timeliness::OnTime,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn facet_counts_are_those_of_counting_one_by_one(documents in documents(), query in filters()) {
        let (_folder, index) = filled(documents.clone());
        let answer = index.search(&query).unwrap();
        let folded = crate::kernel::text::fold(&query.text);
        let texts: Vec<&Document> = documents.iter().filter(|document| crate::kernel::text::fold(&document.title_vi).contains(&folded)).collect();
        let without = |at: usize| -> Vec<&Document> {
            let kept = |document: &&Document| passes(document, &query).iter().enumerate().all(|(facet, passes)| facet == at || *passes);
            texts.iter().copied().filter(kept).collect()
        };
        if texts.is_empty() {
            // Then most words may match; counted elsewhere.
            return Ok(());
        }
        prop_assert_eq!(answer.total as usize, without(9).len());
        let count = |at: usize, has: &dyn Fn(&Document) -> bool| without(at).into_iter().filter(|document| has(document)).count() as u64;
        for (code, found) in &answer.facets.topics {
            prop_assert_eq!(*found, count(0, &|document| document.topic == *code));
        }
        for (code, found) in &answer.facets.agencies {
            prop_assert_eq!(*found, count(1, &|document| document.agency == *code));
        }
        for (code, found) in &answer.facets.formats {
            prop_assert_eq!(*found, count(2, &|document| document.formats.contains(code)));
        }
        for (code, found) in &answer.facets.frequencies {
            prop_assert_eq!(*found, count(3, &|document| document.frequency == *code));
        }
        for (code, found) in &answer.facets.timeliness {
            prop_assert_eq!(*found, count(4, &|document| when(document) == *code));
        }
        let listed: u64 = answer.facets.agencies.iter().map(|(_, found)| found).sum();
        prop_assert_eq!(listed, count(1, &|document| !document.agency.is_empty()));
    }

    #[test]
    fn pages_put_together_hold_every_hit_once_in_the_same_order(documents in documents(), size in 1..7_u64, sort in prop::sample::select(vec![Sort::Relevance, Sort::Newest, Sort::Used, Sort::Title])) {
        // Two segments, and one document replaced, so that rows are not in the order of ids.
        let (_folder, index) = filled(documents.clone());
        index.apply(documents.first().cloned().into_iter().collect(), vec![], 2).unwrap();
        for text in ["", "dân số", "gia"] {
            let all = index.search(&Query { sort, page: PageRequest { number: 1, size: 1000 }, ..ask(text) }).unwrap();
            let mut pieced = Vec::new();
            for number in 1..=all.total.div_ceil(size) + 1 {
                let page = index.search(&Query { sort, page: PageRequest { number, size }, ..ask(text) }).unwrap();
                prop_assert_eq!(page.total, all.total);
                pieced.extend(page.hits.into_iter().map(|hit| hit.id));
            }
            prop_assert_eq!(&pieced, &ids(&all));
            prop_assert_eq!(pieced.iter().collect::<BTreeSet<_>>().len() as u64, all.total);
        }
    }
}

//! Files that are no tables, or mean harm: each is refused with a sentence that says what to do, and leaves nothing behind.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use khomo::kernel::{Error, Kind, Result};
use khomo::table::ingest::child::{self, Job};
use khomo::table::ingest::{Choices, Ingested, Limits, ingest, read};

use crate::support::kit::{HOME, Khomo};

const KHOMO: &str = env!("CARGO_BIN_EXE_khomo");
/// Memory of an import as the settings have it by default, with what the program's own code takes.
const MEMORY: u64 = 1 << 30;

/// A file to be refused.
struct Bad {
    /// What the file is called.
    name: &'static str,
    /// The codes of which one is right.
    codes: &'static [&'static str],
    /// Arguments of the command line that decide something about the file.
    args: &'static [&'static str],
    /// The same for the library.
    choices: read::Choices,
    /// Writes the file.
    write: fn(&Path),
}

impl Bad {
    fn new(name: &'static str, codes: &'static [&'static str], write: fn(&Path)) -> Self {
        Self { name, codes, args: &[], choices: read::Choices::default(), write }
    }
}

fn put(path: &Path, bytes: impl AsRef<[u8]>) {
    std::fs::write(path, bytes).unwrap();
}

/// A ZIP archive of members that hold `size` equal bytes each.
fn archive(path: &Path, members: &[(&str, &[u8], usize)]) {
    let mut zip = zip::ZipWriter::new(File::create(path).unwrap());
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes, times) in members {
        zip.start_file(*name, options).unwrap();
        for _ in 0..*times {
            zip.write_all(bytes).unwrap();
        }
    }
    zip.finish().unwrap();
}

/// A sound Parquet file, made by the importer itself.
fn parquet() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("a.csv");
    put(&csv, "Mã,Tên,Số\n01,Kim Sơn,5\n02,An Lạc,7\n");
    let made = ingest(&csv, "a.csv", folder.path(), &Choices::default(), &Limits::default(), &mut |_| ()).unwrap();
    std::fs::read(made.parquet()).unwrap()
}

/// An OLE compound file whose directory names one stream.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0_u8; 2048];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[1024..1024 + name.len()].copy_from_slice(&name);
    bytes
}

fn all() -> Vec<Bad> {
    let mut all = vec![
        Bad::new("rong.csv", &["file-empty"], |path| put(path, "")),
        Bad::new("trang.csv", &["file-empty"], |path| put(path, "\n  \r\n\n")),
        Bad::new("tieu-de.csv", &["no-rows", "table-without-rows"], |path| put(path, "Mã,Tên,Số lượng\n")),
        Bad::new("rong-10000-cot.csv", &["too-many-columns"], |path| {
            let row = vec!["1"; 10_000].join(",");
            let head: Vec<String> = (0..10_000).map(|i| format!("c{i}")).collect();
            put(path, format!("{}\n{row}\n{row}\n", head.join(",")));
        }),
        Bad::new("lech-cot.csv", &["most-rows-set-aside"], |path| {
            // The beginning says two columns; most rows further down have five.
            put(path, format!("a,b\n{}{}", "1,2\n".repeat(300), "1,2,3,4,5\n".repeat(700)));
        }),
        Bad::new("mot-dong-64-mb.csv", &["cell-too-long", "row-too-long"], |path| {
            let mut file = File::create(path).unwrap();
            let block = vec![b'x'; 1 << 20];
            for _ in 0..64 {
                file.write_all(&block).unwrap();
            }
        }),
        Bad::new("thua-2-gb.csv", &["text-has-nul"], |path| {
            // A hole in the file: 2 GB that read as NUL bytes and take no room on the disk.
            let mut file = File::create(path).unwrap();
            file.write_all("Mã,Tên\n01,Kim Sơn\n".as_bytes()).unwrap();
            file.set_len(2 << 30).unwrap();
        }),
        Bad::new("nul.csv", &["text-has-nul"], |path| put(path, b"a,b\n1,2\n3,\0\0\n5,6\n")),
        Bad::new("bom.xlsx", &["workbook-too-large"], |path| {
            let zeros = vec![b' '; 1 << 20];
            archive(path, &[("xl/workbook.xml", b"<a/>", 1), ("xl/worksheets/sheet1.xml", &zeros, 64)]);
        }),
        Bad::new("thuc-the.xlsx", &["workbook-unsafe"], |path| {
            archive(path, &[("xl/workbook.xml", b"<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>", 1)]);
        }),
        Bad::new("nghin-phan.xlsx", &["workbook-too-large", "workbook-broken"], |path| {
            let names: Vec<String> = (0..2000).map(|i| format!("xl/worksheets/sheet{i}.xml")).collect();
            let members: Vec<(&str, &[u8], usize)> = std::iter::once("xl/workbook.xml")
                .chain(names.iter().map(String::as_str))
                .map(|name| (name, b"<a/>".as_slice(), 1))
                .collect();
            archive(path, &members);
        }),
        Bad::new("vo.xlsx", &["workbook-broken"], |path| archive(path, &[("xl/workbook.xml", b"<a", 1)])),
        Bad::new("van-ban.xlsx", &["file-not-a-table"], |path| archive(path, &[("word/document.xml", b"<a/>", 1)])),
        Bad::new("trang-web.xlsx", &["file-is-html"], |path| {
            put(path, "<html><head><meta charset=utf-8></head><body><table><tr><td>1</td></tr></table></body></html>");
        }),
        Bad::new("du-lieu.json", &["json-broken"], |path| put(path, "[{\"a\": 1}, {\"a\": 2}")),
        Bad::new("sau.json", &["json-too-deep"], |path| put(path, "[{\"a\":".repeat(1 << 20))),
        Bad::new("mot-doi-tuong.json", &["json-no-table"], |path| put(path, "{\"data\": [{\"a\": 1}]}")),
        Bad::new("vn2000.geojson", &["geojson-crs"], |path| {
            put(path, "{\"type\":\"FeatureCollection\",\"crs\":{\"name\":\"EPSG:3405\"},\"features\":[{\"a\":1}]}");
        }),
        Bad::new("du-lieu-xml.csv", &["file-is-xml"], |path| put(path, "<?xml version=\"1.0\"?><a><b>1</b></a>")),
        Bad::new("khong-ro.csv", &["encoding-unclear", "encoding-mismatch"], |path| {
            put(path, b"a,b\n1,\x81\x8d\xff\xfe\n2,\x90\x9d\x80\x81\n");
        }),
        Bad::new("cat.parquet", &["parquet-broken"], |path| {
            let bytes = parquet();
            put(path, &bytes[..bytes.len() - 20]);
        }),
        Bad::new("chan-gia.parquet", &["parquet-broken", "parquet-too-large"], |path| {
            let mut bytes = parquet();
            let end = bytes.len();
            bytes[end - 8..end - 4].copy_from_slice(&u32::MAX.to_le_bytes());
            put(path, bytes);
        }),
        Bad::new("chan-hong.parquet", &["parquet-broken", "parquet-too-large"], |path| {
            // Every byte of the footer but its length and mark is turned over.
            let mut bytes = parquet();
            let end = bytes.len();
            let length = u32::from_le_bytes(bytes[end - 8..end - 4].try_into().unwrap()) as usize;
            for byte in &mut bytes[end - 8 - length..end - 8] {
                *byte ^= 0xff;
            }
            put(path, bytes);
        }),
        Bad::new("chan-mot-gb.parquet", &["parquet-too-large", "parquet-broken"], |path| {
            // A footer of one gigabyte, in a hole of the file.
            let mut file = File::create(path).unwrap();
            file.write_all(b"PAR1").unwrap();
            file.seek(SeekFrom::Start((1 << 30) + 4)).unwrap();
            file.write_all(&(1_u32 << 30).to_le_bytes()).unwrap();
            file.write_all(b"PAR1").unwrap();
        }),
        Bad::new("anh.csv", &["file-not-a-table"], |path| put(path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
        Bad::new("van-ban.csv", &["file-not-a-table"], |path| put(path, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")),
        Bad::new("chuong-trinh.csv", &["file-not-a-table"], |path| put(path, b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0")),
        Bad::new("nen.csv", &["file-not-a-table"], |path| put(path, b"\x1f\x8b\x08\0\0\0\0\0\0\x03")),
        Bad::new("mat-khau.xlsx", &["workbook-encrypted"], |path| put(path, compound("EncryptedPackage"))),
        Bad::new("cu.doc", &["file-not-a-table"], |path| put(path, compound("WordDocument"))),
        Bad::new("vo.xls", &["workbook-broken"], |path| put(path, compound("Workbook"))),
    ];
    let provinces: fn(&Path) = |path| put(path, b"M\xe3,T\xean\n01,H\xe0 N\xb5i\n02,An L\xd5c\n");
    all.push(Bad {
        args: &["--encoding", "utf-8"],
        choices: read::Choices { encoding: Some("utf-8".into()), ..read::Choices::default() },
        ..Bad::new("sai-bang-ma.csv", &["encoding-mismatch"], provinces)
    });
    all.push(Bad {
        args: &["--encoding", "latin-9"],
        choices: read::Choices { encoding: Some("latin-9".into()), ..read::Choices::default() },
        ..Bad::new("bang-ma-la.csv", &["encoding-unknown"], provinces)
    });
    all
}

fn check(path: &Path, lang: &str, args: &[&str], work: &Path) -> Output {
    Command::new(KHOMO)
        .args(["--lang", lang, "import", "--check"])
        .args(args)
        .arg(path)
        .env("TMPDIR", work)
        .env_remove("LANG")
        .output()
        .unwrap()
}

fn in_child(path: &Path, choices: &read::Choices, out: &Path, memory: u64) -> Result<Ingested> {
    let job = Job {
        path: path.to_owned(),
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        out: out.to_owned(),
        choices: Choices { read: choices.clone(), ..Choices::default() },
        limits: Limits::default(),
        memory,
        seconds: 60,
    };
    child::run(Path::new(KHOMO), &job, &mut |_| ())
}

fn left_in(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// What is wrong with what a person is told about a refused file, in both languages.
fn complaints(path: &Path, args: &[&str]) -> Vec<String> {
    let work = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let mut told = Vec::new();
    for lang in ["vi", "en"] {
        let output = check(path, lang, args, work.path());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.code() != Some(2) {
            wrong.push(format!("{lang}: ends with {}: {text}", output.status));
        }
        if !output.stdout.is_empty() {
            wrong.push(format!("{lang}: says on standard output: {}", String::from_utf8_lossy(&output.stdout)));
        }
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() != 1 || !text.starts_with("khomo: ") {
            wrong.push(format!("{lang}: is not told in one line: {text}"));
        }
        // A code name, a place in the code, the folder of work in progress, a cause meant for the log.
        let inside = work.path().display().to_string();
        for odd in ["problem-", ".rs:", "src/", inside.as_str(), "panicked", "Error", "Invalid", "{", "os error"] {
            if text.contains(odd) {
                wrong.push(format!("{lang}: shows {odd:?}: {text}"));
            }
        }
        told.push(text);
    }
    let accented = |text: &str| text.chars().any(|c| "ếệảạộăđươọ".contains(c));
    if told[0] == told[1] || !accented(&told[0]) || accented(&told[1]) {
        wrong.push(format!("is not told in two languages: {told:?}"));
    }
    // What is wrong, and what to do: two sentences at least.
    if told.iter().any(|text| text.trim_end().matches(['.', ':']).count() < 2) {
        wrong.push(format!("does not say what to do: {told:?}"));
    }
    for path in left_in(work.path()) {
        wrong.push(format!("leaves {}", path.display()));
    }
    wrong
}

fn right_code(error: &Error, codes: &[&str]) -> bool {
    codes.iter().any(|code| error.has(code))
}

#[test]
fn every_bad_file_is_refused_with_a_sentence_and_leaves_nothing() {
    let mut wrong = Vec::new();
    for bad in all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(bad.name);
        (bad.write)(&path);
        wrong.extend(complaints(&path, bad.args).into_iter().map(|said| format!("{}: {said}", bad.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_bad_file_is_refused_in_the_child_by_its_code_and_leaves_nothing() {
    let mut wrong = Vec::new();
    for bad in all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(bad.name);
        (bad.write)(&path);
        let out = tempfile::tempdir().unwrap();
        match in_child(&path, &bad.choices, out.path(), MEMORY) {
            Ok(_) => wrong.push(format!("{} is accepted", bad.name)),
            Err(error) if !right_code(&error, bad.codes) => {
                wrong.push(format!("{}: {error}, expected {:?}", bad.name, bad.codes));
            }
            Err(error) if !matches!(error.kind(), Kind::Invalid | Kind::TooLarge) => {
                wrong.push(format!("{}: {error} is no refusal", bad.name));
            }
            Err(_) => {}
        }
        for path in left_in(out.path()) {
            wrong.push(format!("{} leaves {}", bad.name, path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn every_bad_file_sent_as_a_list_of_datasets_is_refused_beside_its_field_and_keeps_nothing() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    editor.get("/internal/dataset-lists").await;
    let fields = [("agency", HOME), ("declared", "1")];
    let mut wrong = Vec::new();
    // Nobody chooses how a list is read: what a wrong choice spoils is sound here.
    for bad in all().into_iter().filter(|bad| bad.args.is_empty()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(bad.name);
        (bad.write)(&path);
        // Holes of a file count as bytes on the way.
        if std::fs::metadata(&path).unwrap().len() > 64 << 20 {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let answer = editor.post_file("/internal/dataset-lists", &fields, bad.name, &bytes).await;
        if answer.status != 422 || answer.attributes("#errors a", "href").iter().any(|link| link != "#file") {
            wrong.push(format!("{}: {} {:?}", bad.name, answer.status, answer.texts("#errors li")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(khomo.count("inventory"), 0);
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    // The memory of a process is a file that opens and cannot be read.
    for path in [folder.path().join("khong-co.csv"), folder.path().to_owned(), PathBuf::from("/proc/self/mem")] {
        wrong.extend(complaints(&path, &[]).into_iter().map(|said| format!("{}: {said}", path.display())));
        let out = tempfile::tempdir().unwrap();
        if let Ok(ingested) = in_child(&path, &read::Choices::default(), out.path(), MEMORY) {
            wrong.push(format!("{}: became {:?}", path.display(), ingested.report.outcome.rows));
        }
        assert_eq!(left_in(out.path()), Vec::<PathBuf>::new());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_that_nobody_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kin.csv");
    put(&path, "a,b\n1,2\n");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator of the machine may read everything.
    if File::open(&path).is_ok() {
        let output = check(&path, "en", &[], folder.path());
        assert_eq!(output.status.code(), Some(0));
        return;
    }
    let wrong = complaints(&path, &[]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_child_without_memory_refuses_the_file_and_the_parent_lives() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    put(&path, "a,b\n1,2\n3,4\n");
    let out = tempfile::tempdir().unwrap();
    let error = in_child(&path, &read::Choices::default(), out.path(), 4 << 20).unwrap_err();
    assert!(error.has("file-too-hard"), "{error}");
    assert_eq!(error.kind(), Kind::Invalid);
    // With room, the same file is read.
    let out = tempfile::tempdir().unwrap();
    let made = in_child(&path, &read::Choices::default(), out.path(), MEMORY).unwrap();
    assert_eq!(made.report.outcome.rows, 2);
}

#[test]
fn a_program_that_is_no_khomo_makes_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    put(&path, "a,b\n1,2\n");
    let job = Job {
        path,
        name: "a.csv".into(),
        out: folder.path().to_owned(),
        choices: Choices::default(),
        limits: Limits::default(),
        memory: MEMORY,
        seconds: 5,
    };
    for program in ["/bin/true", "/bin/false"] {
        let error = child::run(Path::new(program), &job, &mut |_| ()).unwrap_err();
        assert!(error.has("file-too-hard") || error.kind() == Kind::Internal, "{error}");
    }
}

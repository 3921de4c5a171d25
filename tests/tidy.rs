//! The order of the house, read off the sources: what may import what, where SQL and prose may stand, what every file opens with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Modules that stand on one rung and may use each other: the top of the house.
const TOP: [&str; 2] = ["demo", "cli"];

/// Sources that hold Vietnamese words as data or as sample content, and no texts of the portals.
const VIETNAMESE: [&str; 7] = [
    "src/demo/",
    "src/web/gallery",
    "src/table/ingest/read/",
    "src/table/ingest/typing/word.rs",
    "src/table/ingest/typing/verdict.rs",
    // The stamps of state secrets, as they are shown.
    "src/scan/detect/secret.rs",
    // The help of the command line, whose examples import a Vietnamese table.
    "src/cli/args.rs",
];

/// A source file, with its comments and the content of its texts blanked out.
struct Source {
    /// From the root of the repository, with slashes.
    path: String,
    /// As it is.
    text: String,
    /// Of the same length: comments, the content of texts, and what only tests compile are spaces.
    code: String,
    /// The texts outside tests: line and content.
    literals: Vec<(usize, String)>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    fn walk(folder: &Path, endings: &[&str], into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, endings, into);
            } else if path.extension().is_some_and(|end| endings.iter().any(|wanted| end == *wanted)) {
                into.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), endings, &mut found);
    found.sort();
    found
}

fn name_of(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

/// The sources of the program, without files that only tests compile.
fn sources() -> Vec<Source> {
    let mut all: Vec<(Source, Vec<String>)> = files("src", &["rs"])
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let (mut code, texts) = blanked(&text);
            let (tests, modules) = test_parts(&code);
            let mut bytes = std::mem::take(&mut code).into_bytes();
            for range in &tests {
                for byte in &mut bytes[range.clone()] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
            }
            let literals = texts
                .into_iter()
                .filter(|(at, _)| !tests.iter().any(|range| range.contains(at)))
                .map(|(at, content)| (line_of(&text, at), content))
                .collect();
            let path = name_of(&path);
            let below = match path.strip_suffix("/mod.rs").or_else(|| path.strip_suffix("/lib.rs")) {
                Some(folder) => folder.to_owned(),
                None => path.trim_end_matches(".rs").to_owned(),
            };
            let only_tests = modules.iter().map(|module| format!("{below}/{module}")).collect();
            (Source { path, text, code: String::from_utf8(bytes).unwrap(), literals }, only_tests)
        })
        .collect();
    let only_tests: Vec<String> = all.iter().flat_map(|(_, modules)| modules.clone()).collect();
    all.retain(|(source, _)| {
        !only_tests
            .iter()
            .any(|module| source.path == format!("{module}.rs") || source.path.starts_with(&format!("{module}/")))
    });
    all.into_iter().map(|(source, _)| source).collect()
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Blanks comments and the content of texts; gives the texts with where they begin.
fn blanked(text: &str) -> (String, Vec<(usize, String)>) {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut texts = Vec::new();
    let mut at = 0;
    let blank = |out: &mut Vec<u8>, from: usize, to: usize| {
        for byte in &mut out[from..to] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    };
    let word = |at: usize| at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"//") {
            let end = rest.iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n);
            blank(&mut out, at, end);
            at = end;
        } else if rest.starts_with(b"/*") {
            let mut depth = 0;
            let start = at;
            loop {
                match &bytes[at..] {
                    [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
                    [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
                    [] => break,
                    _ => at += 1,
                }
                if depth == 0 {
                    break;
                }
            }
            blank(&mut out, start, at);
        } else if rest[0] == b'"' {
            let start = at;
            at += 1;
            while at < bytes.len() && bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            texts.push((start, text[start + 1..at].to_owned()));
            blank(&mut out, start + 1, at);
            at += 1;
        } else if rest[0] == b'r' && (!word(at) || bytes[at - 1] == b'b') && raw_start(rest).is_some() {
            let hashes = raw_start(rest).unwrap();
            let start = at + 2 + hashes;
            let close = format!("\"{}", "#".repeat(hashes));
            let end = text[start..].find(&close).map_or(bytes.len(), |n| start + n);
            texts.push((at, text[start..end].to_owned()));
            blank(&mut out, start, end);
            at = end + close.len();
        } else if rest[0] == b'\'' {
            // A character, or a lifetime: a character closes after one (escaped) character.
            let inside = text[at + 1..].chars().next();
            match inside {
                Some('\\') => {
                    let close = text[at + 3..].find('\'').map_or(at + 3, |n| at + 3 + n);
                    blank(&mut out, at + 1, close);
                    at = close + 1;
                }
                Some(c) if text[at + 1 + c.len_utf8()..].starts_with('\'') => {
                    blank(&mut out, at + 1, at + 1 + c.len_utf8());
                    at += 2 + c.len_utf8();
                }
                _ => at += 1,
            }
        } else {
            at += 1;
        }
    }
    (String::from_utf8(out).unwrap(), texts)
}

/// How many `#` a raw text begins with.
fn raw_start(rest: &[u8]) -> Option<usize> {
    let hashes = rest[1..].iter().take_while(|b| **b == b'#').count();
    (rest.get(1 + hashes) == Some(&b'"')).then_some(hashes)
}

/// What `#[cfg(test)]` stands before: ranges of the code, and the names of modules in files of their own.
fn test_parts(code: &str) -> (Vec<std::ops::Range<usize>>, Vec<String>) {
    const MARK: &str = "#[cfg(test)]";
    let (mut ranges, mut modules) = (Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(start) = code[from..].find(MARK).map(|n| from + n) {
        let item = start + MARK.len();
        let stop = code[item..].find(['{', ';']).map_or(code.len(), |n| item + n);
        let end = if code[stop..].starts_with('{') {
            let mut depth = 0;
            code[stop..]
                .bytes()
                .position(|byte| {
                    depth += i32::from(byte == b'{') - i32::from(byte == b'}');
                    depth == 0
                })
                .map_or(code.len(), |n| stop + n + 1)
        } else {
            if let Some((_, name)) = code[item..stop].rsplit_once("mod ") {
                modules.push(name.trim().to_owned());
            }
            (stop + 1).min(code.len())
        };
        ranges.push(start..end);
        from = end;
    }
    (ranges, modules)
}

/// The paths that a source names from the root of the crate, groups spread out, each with where it stands.
fn crate_paths(source: &Source) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for (at, _) in source.code.match_indices("crate::") {
        let before = source.code[..at].bytes().next_back();
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            continue;
        }
        for path in spread(&source.code[at + "crate::".len()..]) {
            found.push((at, path));
        }
    }
    // `super` that reaches the root.
    let mut depth = source.path.trim_start_matches("src/").trim_end_matches(".rs").split('/').count();
    if source.path.ends_with("/mod.rs") || source.path == "src/lib.rs" {
        depth -= 1;
    }
    let climb = "super::".repeat(depth);
    for (at, _) in source.code.match_indices(&climb) {
        let before = &source.code[..at];
        if !before.ends_with("::") && depth > 0 {
            for path in spread(&source.code[at + climb.len()..]) {
                found.push((at, path));
            }
        }
    }
    found
}

/// The paths of a `use` tree or a path in an expression, up to two names deep.
fn spread(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim_start();
    if let Some(inside) = tree.strip_prefix('{') {
        let (mut depth, mut start, mut paths) = (0, 0, Vec::new());
        for (at, byte) in inside.bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 0 => {
                    paths.extend(spread(&inside[start..at]));
                    break;
                }
                b'}' => depth -= 1,
                b',' if depth == 0 => {
                    paths.extend(spread(&inside[start..at]));
                    start = at + 1;
                }
                _ => {}
            }
        }
        return paths;
    }
    let name: String = tree.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if name.is_empty() {
        return Vec::new();
    }
    match tree[name.len()..].trim_start().strip_prefix("::") {
        Some(rest) => {
            let below = spread(rest);
            if below.is_empty() {
                return vec![vec![name]];
            }
            below.into_iter().map(|path| [vec![name.clone()], path].concat()).collect()
        }
        None => vec![vec![name]],
    }
}

/// The modules of the house in the order of `src/lib.rs`.
fn order() -> Vec<String> {
    let (code, _) = blanked(&std::fs::read_to_string(root().join("src/lib.rs")).unwrap());
    code.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned)).collect()
}

fn fail_on(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}

#[test]
fn the_order_of_the_house_is_the_design_s() {
    let order = order();
    let place = |name: &str| order.iter().position(|module| module == name).unwrap_or_else(|| panic!("no {name}"));
    let ladder = [
        "kernel",
        "schema",
        "platform",
        "config",
        "audit",
        "standards",
        "i18n",
        "notify",
        "http",
        "api",
        "web",
        "worker",
        "demo",
        "cli",
    ];
    for pair in ladder.windows(2) {
        assert!(place(pair[0]) < place(pair[1]), "{} comes after {}", pair[0], pair[1]);
    }
    let rooms = [
        "audit",
        "vocabulary",
        "profile",
        "agency",
        "account",
        "access",
        "duty",
        "people",
        "alert",
        "calendar",
        "table",
        "dataset",
        "scan",
        "voice",
        "cycle",
        "review",
        "quarter",
        "plan",
        "purge",
        "board",
        "worklist",
        "statistics",
        "quality",
        "discovery",
        "demand",
        "editorial",
        "map",
        "chart",
        "standards",
        "release",
    ];
    assert_eq!(order[place("audit")..=place("release")], rooms);
    for folder in std::fs::read_dir(root().join("src")).unwrap() {
        let name = folder.unwrap().file_name().to_string_lossy().trim_end_matches(".rs").to_owned();
        assert!(order.contains(&name) || ["lib", "main"].contains(&name.as_str()), "src/{name} is not in src/lib.rs");
    }
}

#[test]
fn nothing_imports_upward() {
    let order = order();
    let place: BTreeMap<&str, usize> = order.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
    let mut broken = Vec::new();
    let mut seen = 0;
    for source in sources() {
        let Some(own) = source.path.trim_start_matches("src/").split(['/', '.']).next() else { continue };
        if own == "lib" || own == "main" {
            continue;
        }
        for (at, path) in crate_paths(&source) {
            seen += 1;
            let (other, line) = (path[0].as_str(), line_of(&source.text, at));
            let Some(there) = place.get(other) else {
                broken.push(format!("{}:{line} names crate::{other}, which is no module", source.path));
                continue;
            };
            let together = TOP.contains(&own) && TOP.contains(&other);
            // The pages and the background work stand beside each other.
            let beside = (own, other) == ("worker", "web");
            if (*there > place[own] && !together) || beside {
                broken.push(format!("{}:{line} imports {}", source.path, path.join("::")));
            }
            let portal = |name: &str| name == "public" || name == "internal";
            let inside = source.path.strip_prefix("src/web/").and_then(|rest| rest.split(['/', '.']).next());
            if let (Some(mine), "web", Some(yours)) = (inside, other, path.get(1))
                && portal(mine)
                && portal(yours)
                && mine != yours
            {
                broken.push(format!("{}:{line} imports the other portal, {}", source.path, path.join("::")));
            }
        }
        // `super::super::` between the portals.
        for (portal, other) in [("public", "internal"), ("internal", "public")] {
            if source.path.starts_with(&format!("src/web/{portal}/"))
                && source.code.contains(&format!("super::{other}"))
            {
                broken.push(format!("{} imports the other portal", source.path));
            }
        }
    }
    assert!(seen > 500, "only {seen} imports were read: the reader is broken");
    fail_on(&broken, "a lower rung imports a higher one");
}

#[test]
fn sql_stands_in_stores_only() {
    const ACTS: [&str; 8] =
        [".load(", ".load::<", ".execute(", ".get_result", ".get_results", "sql_query", "insert_into", "batch_execute"];
    let mut broken = Vec::new();
    for source in sources() {
        let path = source.path.as_str();
        let own = path.ends_with("/store.rs") || path.starts_with("src/platform/db/") || path == "src/schema.rs";
        if own {
            continue;
        }
        let shapes = path.ends_with("/model.rs") || path == "src/kernel/id.rs";
        let names_tables = crate_paths(&source).iter().any(|(_, path)| path[0] == "schema");
        if shapes {
            for act in ACTS.iter().filter(|act| source.code.contains(**act)) {
                broken.push(format!("{path} asks the database: {act}"));
            }
        } else {
            for (at, _) in source.code.match_indices("diesel").chain(source.code.match_indices("sql_query")) {
                broken.push(format!("{path}:{} uses diesel", line_of(&source.text, at)));
            }
            if names_tables {
                broken.push(format!("{path} names tables"));
            }
        }
    }
    fail_on(&broken, "SQL outside store.rs, platform/db and schema.rs");
}

/// Whether a text holds a letter that only Vietnamese has (or a tone mark of its own).
fn vietnamese(text: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    text.contains(['đ', 'Đ'])
        || text.nfd().any(|c| matches!(c, '\u{300}'..='\u{303}' | '\u{306}' | '\u{309}' | '\u{31b}' | '\u{323}'))
}

#[test]
fn no_vietnamese_prose_stands_in_the_sources() {
    let mut broken = Vec::new();
    for source in sources() {
        if VIETNAMESE.iter().any(|allowed| source.path.starts_with(allowed)) {
            continue;
        }
        for (line, text) in &source.literals {
            // A lone word or a list of letters is data that code matches.
            if vietnamese(text) && text.split_whitespace().count() > 1 {
                broken.push(format!("{}:{line} {text:?}", source.path));
            }
        }
    }
    fail_on(&broken, "texts for people belong in locales/, profiles/ and demo/");
}

#[test]
fn no_prose_stands_in_the_templates() {
    /// Removes everything between two marks, the marks too.
    fn without(text: &str, open: &str, close: &str) -> String {
        let (mut kept, mut rest) = (String::new(), text);
        while let Some(start) = rest.find(open) {
            kept.push_str(&rest[..start]);
            // Lines are counted by what is left.
            let end = rest[start..].find(close).map_or(rest.len(), |n| start + n + close.len());
            kept.extend(rest[start..end].chars().filter(|c| *c == '\n'));
            kept.push(' ');
            rest = &rest[end..];
        }
        kept + rest
    }
    let mut broken = Vec::new();
    // Names of formats, of programs and of what a person types; words in capitals are their like.
    const NAMES: [&str; 12] =
        ["Khomo", "khomo", "import", "Parquet", "nbsp", "rarr", "quot", "amp", "ndash", "mdash", "middot", "hellip"];
    for path in files("templates", &["html", "txt", "xml"]) {
        // The gallery shows sample words.
        if path.ends_with("pages/gallery.html") {
            continue;
        }
        let mut text = std::fs::read_to_string(&path).unwrap();
        for (open, close) in [
            ("{#", "#}"),
            ("{{", "}}"),
            ("{%", "%}"),
            ("<!--", "-->"),
            ("<script", "</script>"),
            ("<style", "</style>"),
            ("<", ">"),
        ] {
            text = without(&text, open, close);
        }
        // A macro may write attributes into a tag of its caller.
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.contains(" aria-")) {
            let words = line.split(|c: char| !c.is_alphabetic()).filter(|word| {
                word.chars().count() > 2 && !NAMES.contains(word) && !word.chars().all(char::is_uppercase)
            });
            for word in words {
                broken.push(format!("{}:{} {word:?}", name_of(&path), number + 1));
            }
        }
    }
    fail_on(&broken, "words in a template that are no message");
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |database: &str| -> BTreeSet<String> {
        std::fs::read_dir(root().join("migrations").join(database))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    };
    let (sqlite, postgresql) = (names("sqlite"), names("postgresql"));
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, postgresql);
    for database in ["sqlite", "postgresql"] {
        for name in &sqlite {
            for file in ["up.sql", "down.sql"] {
                let path = root().join("migrations").join(database).join(name).join(file);
                let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                assert!(!text.trim().is_empty(), "{} is empty", path.display());
            }
        }
    }
}

#[test]
fn every_file_opens_with_a_sentence_about_itself() {
    let mut broken = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for path in files(folder, &["rs"]) {
            let text = std::fs::read_to_string(&path).unwrap();
            let first = text.lines().next().unwrap_or_default();
            let head: String = text.lines().take_while(|line| line.starts_with("//!")).collect();
            let sentence = first.starts_with("//! ") && (head.contains('.') || head.ends_with(':')) && first.len() > 12;
            if !sentence {
                broken.push(format!("{}: {first:?}", name_of(&path)));
            }
        }
    }
    fail_on(&broken, "a file begins with `//!` and a sentence");
}

#[test]
fn nothing_gives_up_outside_tests() {
    const GIVING_UP: [&str; 8] =
        [".unwrap()", ".expect(", "todo!", "panic!", "unimplemented!", "unreachable!", ".unwrap_err()", "dbg!"];
    let mut broken = Vec::new();
    for source in sources() {
        for act in GIVING_UP {
            for (at, _) in source.code.match_indices(act) {
                broken.push(format!("{}:{} {act}", source.path, line_of(&source.text, at)));
            }
        }
        if source.code.contains("unsafe") {
            broken.push(format!("{} unsafe", source.path));
        }
    }
    fail_on(&broken, "errors are values outside tests");
}

/// Every line that the log may hold above `debug`: its message, and the names of its fields.
fn log_lines(source: &Source) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for level in ["info", "warn", "error"] {
        let mark = format!("tracing::{level}!(");
        for (at, _) in source.code.match_indices(&mark) {
            let start = at + mark.len();
            let mut depth = 1;
            let length = source.code[start..].bytes().position(|byte| {
                depth += i32::from(byte == b'(') - i32::from(byte == b')');
                depth == 0
            });
            let text = &source.text[start..start + length.unwrap()];
            let message = text.rsplit('"').nth(1).unwrap().to_owned();
            let fields = text[..text.rfind(&format!("\"{message}")).unwrap()].split(',');
            let name = |field: &str| -> String {
                let name = field.split('=').next().unwrap_or_default().trim().trim_start_matches(['%', '?']);
                name.to_owned()
            };
            // What stands inside an expression is no field.
            let fields = fields.map(name).filter(|name| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.' || byte == b'_')
            });
            found.push((message, fields.collect()));
        }
    }
    found
}

#[test]
fn the_reference_of_the_log_lists_every_message_and_every_field() {
    let reference = std::fs::read_to_string(root().join("deploy/REFERENCE.md")).unwrap();
    let (fields_told, messages_told) = reference.split_once("| level | message |").unwrap();
    let mut broken = Vec::new();
    let mut seen = BTreeSet::new();
    for source in sources() {
        for (message, fields) in log_lines(&source) {
            if !messages_told.contains(&format!("| {message} |")) {
                broken.push(format!("{}: {message:?}", source.path));
            }
            for field in fields.iter().filter(|field| !fields_told.contains(&format!("`{field}`"))) {
                broken.push(format!("{}: the field {field:?} of {message:?}", source.path));
            }
            seen.insert(message);
        }
    }
    for line in messages_told.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---")) {
        let message = line.split('|').nth(2).unwrap_or_default().trim();
        if !seen.contains(message) {
            broken.push(format!("deploy/REFERENCE.md tells of {message:?}, which nothing says"));
        }
    }
    assert!(seen.len() > 30, "only {} messages were read: the reader is broken", seen.len());
    fail_on(&broken, "messages of the log and its reference");
}

/// A file that no module names is never compiled: its tests would look as if they passed.
#[test]
fn every_source_is_named_by_its_module() {
    let mut broken = Vec::new();
    for path in files("src", &["rs"]).into_iter().chain(files("tests", &["rs"])) {
        let (Some(folder), Some(stem)) = (path.parent(), path.file_stem().and_then(|stem| stem.to_str())) else {
            continue;
        };
        // A folder's file is named one folder further up.
        let (folder, stem) = match (stem, folder.file_name().and_then(|name| name.to_str()), folder.parent()) {
            ("lib" | "main", ..) => continue,
            ("mod", Some(name), Some(parent)) => (parent, name),
            _ => (folder, stem),
        };
        let beside = folder.with_extension("rs");
        let named =
            ["mod.rs", "lib.rs", "main.rs"].iter().map(|name| folder.join(name)).chain([beside]).any(|module| {
                std::fs::read_to_string(module).is_ok_and(|text| blanked(&text).0.contains(&format!("mod {stem};")))
            });
        if !named {
            broken.push(name_of(&path));
        }
    }
    fail_on(&broken, "a file that no module names is never compiled");
}

/// `test.sh` leaves modules out of the suite on PostgreSQL whose facts have nothing to do with it.
#[test]
fn what_the_suite_on_postgresql_leaves_out_never_asks_for_its_database() {
    let script = std::fs::read_to_string(root().join("tests/support/scripts/test.sh")).unwrap();
    let skipped: Vec<&str> = script.split("--skip ").skip(1).map(|rest| rest.split("::").next().unwrap()).collect();
    assert!(skipped.len() > 3, "{skipped:?}");
    let mut broken = Vec::new();
    for name in skipped {
        let (code, _) = blanked(&std::fs::read_to_string(root().join(format!("tests/{name}.rs"))).unwrap());
        let asks = ["kit::", "postgres::", "on_the_suite_s_database"].iter().find(|word| code.contains(*word));
        broken.extend(asks.map(|word| format!("tests/{name}.rs: {word}")));
        let matched = files("tests", &["rs"]).into_iter().map(|path| name_of(&path));
        broken.extend(matched.filter(|path| path.ends_with(&format!("_{name}.rs"))));
    }
    fail_on(&broken, "it would not run on PostgreSQL");
}

#[test]
fn nothing_sleeps_and_nothing_is_ignored_in_tests() {
    let mut broken = Vec::new();
    for path in files("tests", &["rs"]) {
        let (code, _) = blanked(&std::fs::read_to_string(&path).unwrap());
        let name = name_of(&path);
        if code.contains("#[ignore") {
            broken.push(format!("{name}: an ignored test"));
        }
        if code.contains("thread::sleep") {
            broken.push(format!("{name}: a sleep"));
        }
    }
    fail_on(&broken, "tests wait for facts, not for time");
}

mod reading {
    use super::*;

    #[test]
    fn texts_and_comments_are_no_code() {
        let text = "a(\"x // \\\" {\"); // crate::b\nlet c = '\"'; r#\"y \" z\"#; 'l: loop {} /* /* */ d */ e";
        let (code, texts) = blanked(text);
        assert_eq!(code.len(), text.len());
        assert_eq!(texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["x // \\\" {", "y \" z"]);
        assert!(!code.contains("crate::b") && !code.contains('d') && code.ends_with('e') && code.contains("'l: loop"));
    }

    #[test]
    fn groups_of_imports_are_spread_out() {
        let paths = spread("{a, b::{c, d::e}, f::g};");
        let paths: Vec<String> = paths.into_iter().map(|path| path.join("::")).collect();
        assert_eq!(paths, ["a", "b::c", "b::d::e", "f::g"]);
    }

    #[test]
    fn what_only_tests_compile_is_left_out() {
        let (ranges, modules) = test_parts("a #[cfg(test)] mod t { x { } } b #[cfg(test)]\nmod u; c");
        assert_eq!((ranges.len(), modules), (2, vec!["u".to_owned()]));
        assert_eq!(ranges[0], 2..30);
    }
}

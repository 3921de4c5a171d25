//! What is understood of a list.

use std::collections::HashMap;

use super::super::Metadata;
use super::super::draft::{MetadataForm, Part};
use super::super::store as datasets;
use super::{Column, Content, Headings, Line, List, MOST_ROWS, Same, Understood};
use crate::kernel::id::DatasetId;
use crate::kernel::text::{fold, nfc};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::Conn;
use crate::profile::Profile;
use crate::vocabulary::Licence;

/// Rows among which the headings are looked for: titles and remarks stand over them.
const HEAD: usize = 30;

/// Finds the row of headings: the one with most that are known, the title among them. What stands over it is left out.
///
/// # Errors
/// Refusals on `file`: `list-no-title`; `list-empty`; `list-too-many-rows` (`max`).
pub fn content_of(rows: Vec<Vec<String>>, names: &Headings) -> Result<Content> {
    let refused = |problem: Problem| Error::invalid(problem.on("file"));
    let known = |row: &Vec<String>| row.iter().filter_map(|cell| names.column(cell)).collect::<Vec<_>>();
    let titled = rows.iter().take(HEAD).enumerate().filter(|(_, row)| known(row).contains(&Column::Title));
    // The first of those with most.
    let best = titled.max_by_key(|(place, row)| (known(row).len(), usize::MAX - place)).map(|(place, _)| place);
    let Some(place) = best else { return Err(refused(Problem::new("list-no-title"))) };
    let mut rows = rows.into_iter().skip(place);
    let headings = rows.next().unwrap_or_default();
    let rows: Vec<Vec<String>> = rows.filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
    if rows.is_empty() {
        return Err(refused(Problem::new("list-empty")));
    }
    if rows.len() > MOST_ROWS {
        return Err(refused(Problem::new("list-too-many-rows").with("max", MOST_ROWS)));
    }
    Ok(Content { headings, rows })
}

/// What is understood of a list, beside the titles that its agency has already.
///
/// # Errors
/// When the database does not answer.
pub fn understood(conn: &mut Conn, profile: &Profile, list: &List, names: &Headings) -> Result<Understood> {
    Ok(understand(&list.content, names, profile, &datasets::titles_of(conn, &list.agency)?))
}

/// What is understood of the rows; `taken` are datasets of the agency with their titles.
pub fn understand(content: &Content, names: &Headings, profile: &Profile, taken: &[(DatasetId, String)]) -> Understood {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for heading in &content.headings {
        // The first of two columns of the same name counts.
        let column = names.column(heading).filter(|column| !columns.contains(&Some(*column)));
        columns.push(column);
    }
    let taken: HashMap<String, &DatasetId> = taken.iter().map(|(id, title)| (fold(title.trim()), id)).collect();
    let mut earlier: HashMap<String, usize> = HashMap::new();
    let mut lines = Vec::new();
    for (cells, row) in content.rows.iter().zip(1..) {
        let mut line = read(cells, row, &columns, profile);
        let title = fold(&line.form.title);
        if !title.is_empty() {
            line.same = taken
                .get(&title)
                .map(|id| Same::Dataset((*id).clone()))
                .or_else(|| earlier.get(&title).map(|row| Same::Row(*row)));
            earlier.entry(title).or_insert(row);
        }
        lines.push(line);
    }
    Understood { columns, lines }
}

fn read(cells: &[String], row: usize, columns: &[Option<Column>], profile: &Profile) -> Line {
    let mut form = MetadataForm::default();
    let mut unknown = Vec::new();
    for (cell, column) in cells.iter().zip(columns) {
        let Some(column) = column else { continue };
        let text = nfc(cell.trim());
        // A stroke in a list says that there is nothing to say.
        if !text.chars().any(char::is_alphanumeric) {
            continue;
        }
        let found = match column {
            Column::Title => {
                form.title = text.split_whitespace().collect::<Vec<_>>().join(" ");
                continue;
            }
            Column::TitleEn => {
                form.title_en = text.split_whitespace().collect::<Vec<_>>().join(" ");
                continue;
            }
            Column::Description => {
                form.description = text;
                continue;
            }
            Column::Keywords => {
                form.keywords = text;
                continue;
            }
            Column::Spatial => {
                form.spatial = text;
                continue;
            }
            Column::Source => {
                form.source = text;
                continue;
            }
            Column::Topic => {
                let topic = profile.topic(&text).or_else(|| profile.topic_for(&text));
                topic.map(|topic| form.topic.clone_from(&topic.code))
            }
            Column::Frequency => {
                let frequency = profile.frequency_for(&text);
                frequency.map(|frequency| form.frequency.clone_from(&frequency.code))
            }
            Column::Licence => licence(profile, &text).map(|licence| {
                // The province's own terms are what a dataset has that says nothing.
                form.licence = if licence.default { String::new() } else { licence.code.clone() };
            }),
        };
        if found.is_none() {
            unknown.push((*column, text));
        }
    }
    let (mut metadata, mut note) = (Metadata::default(), None);
    let mut problems = Vec::new();
    for part in [Part::About, Part::Sorting, Part::Coverage] {
        if let Err(error) = form.apply(part, profile, &mut metadata, &mut note) {
            problems.extend(error.problems().iter().cloned());
        }
    }
    // Whoever enters the list says these for all rows that do not.
    problems.retain(|problem| !["topic-missing", "frequency-missing"].contains(&problem.code));
    Line { row, form, unknown, problems, same: None }
}

fn licence<'a>(profile: &'a Profile, name: &str) -> Option<&'a Licence> {
    let called = |text: &str| fold(text) == fold(name);
    profile.licence_for(name).or_else(|| {
        profile
            .licences
            .iter()
            .find(|licence| called(&licence.name.vi) || licence.name.en.as_deref().is_some_and(called))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Headings {
        let mut names = Headings::default();
        names.add(Column::Title, "Tên bộ dữ liệu; Tên");
        names.add(Column::Topic, "Lĩnh vực; Chủ đề");
        names.add(Column::Frequency, "Tần suất cập nhật");
        names.add(Column::Licence, "Giấy phép");
        names.add(Column::Description, "Mô tả");
        names
    }

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn headings_are_found_below_titles_and_in_any_spelling() {
        let list = rows(&[
            &["DANH MỤC DỮ LIỆU", "", ""],
            &["Tên", "", ""],
            &["STT", "TÊN BỘ DỮ LIỆU (*)", "linh vuc:"],
            &["1", "Trạm y tế", "Y tế"],
            &["", "", ""],
        ]);
        let content = content_of(list, &names()).unwrap();
        assert_eq!((content.headings[1].as_str(), content.rows.len()), ("TÊN BỘ DỮ LIỆU (*)", 1));
        assert!(content_of(rows(&[&["a", "b"], &["1", "2"]]), &names()).unwrap_err().has("list-no-title"));
        assert!(content_of(rows(&[&["Tên"], &[" "]]), &names()).unwrap_err().has("list-empty"));
        let long = vec![vec!["Tên".to_owned()]; MOST_ROWS + 2];
        assert!(content_of(long, &names()).unwrap_err().has("list-too-many-rows"));
    }

    #[test]
    fn each_row_says_what_is_known_unknown_wrong_and_there_already() {
        let profile = Profile::load("lac-dien", None).unwrap();
        let long = "x".repeat(201);
        let content = Content {
            headings: rows(&[&["Tên", "Lĩnh vực", "Tần suất cập nhật", "Giấy phép", "Đầu mối", "Tên bộ dữ liệu"]])
                .remove(0),
            rows: rows(&[
                &["Trạm  y tế", "y te", "Hàng tháng", "CC-BY-4.0", "Lan", "khác"],
                &["Trường học", "Thiên văn", "đôi khi", "–", "", ""],
                &["trạm y tế", "", "", "", "", ""],
                &["TRƯỜNG HỌC", "", "", "", "", ""],
                &["", "Y tế", "", "", "", ""],
                &[&long, "", "", "", "", ""],
            ]),
        };
        let id = DatasetId::fresh();
        let taken = [(id.clone(), "Trường Học".to_owned())];
        let Understood { columns, lines } = understand(&content, &names(), &profile, &taken);
        assert_eq!(columns[4..], [None, None], "no place for a contact, and the first title counts");
        let first = &lines[0].form;
        assert_eq!(
            (first.title.as_str(), first.topic.as_str(), first.frequency.as_str()),
            ("Trạm y tế", "y-te", "monthly")
        );
        assert!(lines[0].is_sound() && lines[0].unknown.is_empty() && lines[0].same.is_none());
        assert_eq!(lines[1].unknown.len(), 2, "{:?}", lines[1].unknown);
        assert_eq!(lines[1].same, Some(Same::Dataset(id)));
        assert_eq!(lines[2].same, Some(Same::Row(1)));
        assert!(lines[1].is_sound() && lines[3].is_sound(), "a topic can be said for all");
        assert_eq!(lines[4].problems[0].code, "title-missing");
        assert_eq!(lines[5].problems[0].code, "text-too-long");
    }
}

//! Markdown: rendered, then sanitised; raw HTML in it is text, and only links to http, https and mailto survive.

use std::collections::HashSet;

use comrak::Options;

/// HTML that may be put into a page below its title: the headings of the text, whatever their levels, become 2, 3, … without a
/// gap.
pub fn to_html(text: &str) -> String {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.escape = true;
    let html = comrak::markdown_to_html(text, &options);
    let html = shift_headings(&html);
    let tags: HashSet<&str> = [
        "p",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "del",
        "a",
        "code",
        "pre",
        "blockquote",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "hr",
    ]
    .into();
    ammonia::Builder::empty()
        .tags(tags)
        .add_tag_attributes("a", ["href"])
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(Some("noopener nofollow ugc"))
        .clean(&html)
        .to_string()
}

/// The words alone, for lists, indexes and descriptions.
pub fn to_text(text: &str) -> String {
    let html = to_html(text).replace("</", " </");
    let bare = ammonia::Builder::empty().clean(&html).to_string();
    let bare = bare
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let mut text = String::with_capacity(bare.len());
    for word in bare.split_whitespace() {
        let stop = matches!(word, "." | "," | ";" | ":" | "!" | "?");
        if !text.is_empty() && !stop {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// The outermost heading becomes `h2`, and none skips a level in the order of the text, whatever levels were written.
fn shift_headings(html: &str) -> String {
    let mut shifted = String::with_capacity(html.len());
    let (mut above, mut rest): (Vec<u8>, &str) = (Vec::new(), html);
    while let Some(at) = rest.find("<h") {
        let (before, heading) = rest.split_at(at);
        shifted.push_str(before);
        let [b'<', b'h', written @ b'1'..=b'6', b'>', ..] = heading.as_bytes() else {
            shifted.push_str("<h");
            rest = &heading[2..];
            continue;
        };
        above.retain(|level| level < written);
        above.push(*written);
        let level = (above.len() + 1).min(6);
        let (inside, after) = heading[4..].split_once("</h").unwrap_or((&heading[4..], ""));
        shifted.push_str(&format!("<h{level}>{inside}</h{level}>"));
        // What is left of the closing tag: the level and the bracket.
        rest = after.get(2..).unwrap_or_default();
    }
    shifted + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_runs_survives() {
        let hostile = [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "<img src=x onerror=alert(1)>",
            "![x](http://elsewhere.example/x.png)",
            "<a href='x' onclick='alert(1)'>x</a>",
            "<svg onload=alert(1)>",
        ];
        for text in hostile {
            let html = to_html(text);
            assert!(!html.contains("<script") && !html.contains("javascript:") && !html.contains("data:"), "{html}");
            assert!(!html.contains("<img") && !html.contains("<svg") && !html.contains("onclick=\""), "{html}");
        }
    }

    #[test]
    fn headings_start_below_the_pages_title_and_leave_no_gap() {
        assert!(to_html("# Nguồn").contains("<h2>Nguồn</h2>"));
        let html = to_html("## Một\n\n#### Hai\n\n## Ba");
        assert!(
            html.contains("<h2>Một</h2>") && html.contains("<h3>Hai</h3>") && html.contains("<h2>Ba</h2>"),
            "{html}"
        );
        let html = to_html("### Một\n\n# Hai");
        assert!(html.contains("<h2>Một</h2>") && html.contains("<h2>Hai</h2>"), "{html}");
        assert_eq!(to_text("# Nguồn\n\nTừ **Sở**."), "Nguồn Từ Sở.");
    }
}

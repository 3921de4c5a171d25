//! Markdown: rendered, then sanitised; raw HTML in it is text, and only links to http, https and mailto survive.

use std::collections::HashSet;

use comrak::Options;

/// HTML that may be put into a page. Headings start at level 3, below the page's own.
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

fn shift_headings(html: &str) -> String {
    let mut html = html.to_owned();
    for (level, to) in [(6, 6), (5, 6), (4, 6), (3, 5), (2, 4), (1, 3)] {
        html = html
            .replace(&format!("<h{level}>"), &format!("<h{to}>"))
            .replace(&format!("</h{level}>"), &format!("</h{to}>"));
    }
    html
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
    fn headings_start_below_the_pages_own() {
        assert!(to_html("# Nguồn").contains("<h3>Nguồn</h3>"));
        assert_eq!(to_text("# Nguồn\n\nTừ **Sở**."), "Nguồn Từ Sở.");
    }
}

//! What a page's HTML must satisfy, whatever the page: it parses without errors, its references resolve, its inputs are
//! labelled, and it neither carries inline code nor reaches for another host.

use std::collections::{BTreeMap, BTreeSet};

use html5ever::ParseOpts;
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::{ElementRef, Html, HtmlTreeSink, Selector};
use url::Url;

/// Everything that is wrong with the page `html`, in plain words; empty when all is well. `own` are the origins that the
/// page may name (`http://127.0.0.1:8080`, and the portal's public URL for canonical links and the like).
///
/// A plain link to another site is deliberate when its `rel` says so (`external`, `license`, `nofollow` or `noopener`).
pub fn findings(html: &str, own: &[&str]) -> Vec<String> {
    let page = parse(html);
    let mut found: Vec<String> = page.errors.iter().map(|error| format!("parse error: {error}")).collect();
    if page.quirks_mode != html5ever::tree_builder::QuirksMode::NoQuirks {
        found.push("no <!doctype html> at the start".to_owned());
    }
    check_outline(&page, &mut found);
    check_references(&page, &mut found);
    check_inline_code(&page, &mut found);
    check_names(&page, &mut found);
    check_nesting(&page, &mut found);
    check_hosts(&page, own, &mut found);
    found
}

/// Fails the test with every finding, one per line, under the name of the page.
pub fn assert_clean(name: &str, html: &str, own: &[&str]) {
    let found = findings(html, own);
    assert!(found.is_empty(), "{name}:\n  {}\n", found.join("\n  "));
}

/// Like `Html::parse_document`, but its errors say what was found where.
fn parse(html: &str) -> Html {
    let options = ParseOpts {
        tokenizer: TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() },
        tree_builder: TreeBuilderOpts { exact_errors: true, ..TreeBuilderOpts::default() },
    };
    html5ever::parse_document(HtmlTreeSink::new(Html::new_document()), options).one(html)
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The start tag of an element, as a person would look for it in the source.
fn tag(element: ElementRef<'_>) -> String {
    let mut tag = format!("<{}", element.value().name());
    for (name, value) in element.value().attrs() {
        tag.push_str(&format!(" {name}=\"{value}\""));
    }
    tag.push('>');
    tag
}

/// The words of an element that a screen reader would find, those of images included.
fn words(element: ElementRef<'_>) -> String {
    let mut words: String = element.text().collect();
    for image in element.select(&Selector::parse("img[alt]").unwrap()) {
        words.push_str(image.attr("alt").unwrap_or_default());
    }
    for title in element.select(&Selector::parse("svg[aria-label]").unwrap()) {
        words.push_str(title.attr("aria-label").unwrap_or_default());
    }
    words.trim().to_owned()
}

fn check_outline(page: &Html, found: &mut Vec<String>) {
    if all(page, "html[lang]").iter().all(|html| html.attr("lang").is_none_or(str::is_empty)) {
        found.push("<html> has no lang".to_owned());
    }
    for (selector, what) in [("head > title", "<title>"), ("h1", "<h1>"), ("main", "<main>")] {
        let count = all(page, selector).len();
        if count != 1 {
            found.push(format!("{count} {what}, not exactly one"));
        }
    }
    for element in all(page, "head > title, h1, h2, h3, h4, h5, h6") {
        if words(element).is_empty() {
            found.push(format!("{} is empty", tag(element)));
        }
    }
    if all(page, "meta[charset]").len() != 1 {
        found.push("not exactly one <meta charset>".to_owned());
    }
    if all(page, "meta[name=viewport]").len() != 1 {
        found.push("not exactly one <meta name=\"viewport\">".to_owned());
    }
}

fn check_references(page: &Html, found: &mut Vec<String>) {
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for element in all(page, "[id]") {
        let id = element.attr("id").unwrap_or_default();
        if id.is_empty() || id.contains(char::is_whitespace) {
            found.push(format!("{} has an impossible id", tag(element)));
        }
        *ids.entry(id).or_default() += 1;
    }
    for (id, count) in ids.iter().filter(|(_, count)| **count > 1) {
        found.push(format!("the id \"{id}\" stands {count} times"));
    }

    let lists = [
        "aria-activedescendant",
        "aria-controls",
        "aria-describedby",
        "aria-details",
        "aria-errormessage",
        "aria-flowto",
        "aria-labelledby",
        "aria-owns",
        "for",
        "form",
        "headers",
        "list",
    ];
    for name in lists {
        for element in all(page, &format!("[{name}]")) {
            let value = element.attr(name).unwrap_or_default();
            if value.trim().is_empty() {
                found.push(format!("{name} is empty: {}", tag(element)));
            }
            for id in value.split_whitespace().filter(|id| !ids.contains_key(id)) {
                found.push(format!("{name} names the id \"{id}\", which is not there: {}", tag(element)));
            }
        }
    }
    for link in all(page, "a[href^='#']") {
        let id = link.attr("href").unwrap_or_default().trim_start_matches('#');
        if !id.is_empty() && id != "top" && !ids.contains_key(id) {
            found.push(format!("{} leads to an id that is not there", tag(link)));
        }
    }
}

/// What a Content-Security-Policy without `unsafe-inline` would block.
fn check_inline_code(page: &Html, found: &mut Vec<String>) {
    for element in all(page, "*") {
        for (name, value) in element.value().attrs() {
            let address = value.trim_start().to_ascii_lowercase();
            if name == "style" || name.starts_with("on") {
                found.push(format!("inline {name}: {}", tag(element)));
            } else if ["href", "src", "action", "formaction"].contains(&name) && address.starts_with("javascript:") {
                found.push(format!("a javascript: address: {}", tag(element)));
            }
        }
    }
    for style in all(page, "style") {
        found.push(format!("inline style sheet: {}", tag(style)));
    }
    for script in all(page, "script:not([src])") {
        // A data block is no script to the policy: HTML Standard, "prepare the script element".
        if !script.attr("type").is_some_and(|kind| kind == "application/ld+json" || kind == "application/json") {
            found.push(format!("inline script: {}", tag(script)));
        }
    }
}

/// Whatever a person acts on or looks at has a name.
fn check_names(page: &Html, found: &mut Vec<String>) {
    for image in all(page, "img:not([alt]), input[type=image]:not([alt]), area[href]:not([alt])") {
        found.push(format!("no alt: {}", tag(image)));
    }
    for graphic in all(page, "svg") {
        let hidden = graphic.attr("aria-hidden") == Some("true")
            || graphic.ancestors().filter_map(ElementRef::wrap).any(|up| up.attr("aria-hidden") == Some("true"));
        let named = graphic.attr("aria-label").is_some_and(|label| !label.trim().is_empty())
            || graphic.attr("aria-labelledby").is_some()
            || graphic.children().filter_map(ElementRef::wrap).any(|child| child.value().name() == "title");
        let is_image = named && graphic.attr("role") == Some("img");
        if !hidden && !is_image {
            found.push(format!("neither aria-hidden nor a named role=\"img\": {}", tag(graphic)));
        }
    }

    let labelled: BTreeSet<&str> = all(page, "label[for]")
        .into_iter()
        .filter(|label| !words(*label).is_empty())
        .filter_map(|label| label.attr("for"))
        .collect();
    let nameless = ["hidden", "submit", "reset", "button", "image"];
    for input in all(page, "input, select, textarea, meter, progress, output") {
        let kind = input.attr("type").unwrap_or_default();
        let is_output = input.value().name() == "output";
        if (input.value().name() == "input" && nameless.contains(&kind)) || is_output {
            continue;
        }
        let inside_label = input.ancestors().filter_map(ElementRef::wrap).any(|up| up.value().name() == "label");
        if !inside_label && !has_aria_name(input) && !input.attr("id").is_some_and(|id| labelled.contains(id)) {
            found.push(format!("no label: {}", tag(input)));
        }
    }
    for element in all(page, "button, a[href], summary, label, legend, th, caption, option") {
        let empty_is_fine = ["th", "option"].contains(&element.value().name());
        if !empty_is_fine && words(element).is_empty() && !has_aria_name(element) {
            found.push(format!("nothing to read: {}", tag(element)));
        }
    }
    for button in all(page, "button:not([type])") {
        found.push(format!("a button without type submits by accident: {}", tag(button)));
    }
}

fn has_aria_name(element: ElementRef<'_>) -> bool {
    element.attr("aria-labelledby").is_some_and(|ids| !ids.trim().is_empty())
        || element.attr("aria-label").is_some_and(|label| !label.trim().is_empty())
}

/// The rules of nesting that people break and no parser reports: HTML Standard, "content model".
fn check_nesting(page: &Html, found: &mut Vec<String>) {
    let children = [
        ("ul", &["li", "script", "template"][..]),
        ("ol", &["li", "script", "template"]),
        ("menu", &["li", "script", "template"]),
        ("dl", &["dt", "dd", "div", "script", "template"]),
        ("select", &["option", "optgroup", "hr", "button", "script", "template"]),
    ];
    for (parent, allowed) in children {
        for element in all(page, parent) {
            for child in element.children().filter_map(ElementRef::wrap) {
                if !allowed.contains(&child.value().name()) {
                    found.push(format!("{} may not stand in <{parent}>", tag(child)));
                }
            }
            let text = element.children().filter_map(|node| node.value().as_text()).any(|text| !text.trim().is_empty());
            if text {
                found.push(format!("bare text in {}", tag(element)));
            }
        }
    }
    for item in all(page, "li") {
        let parent = item.parent().and_then(ElementRef::wrap).map(|parent| parent.value().name());
        if !matches!(parent, Some("ul" | "ol" | "menu")) {
            found.push(format!("{} outside a list", tag(item)));
        }
    }
    let interactive = "a, button, input, select, textarea, details, label, iframe";
    for (outer, inner) in [("a[href]", interactive), ("button", interactive), ("label", "label")] {
        for element in all(page, outer) {
            for inside in element.select(&Selector::parse(inner).unwrap()) {
                found.push(format!("{} may not stand in {}", tag(inside), tag(element)));
            }
        }
    }
    let flow = "div, p, ul, ol, dl, table, section, article, form, h1, h2, h3, h4, h5, h6, header, footer, nav";
    for outer in [
        "span", "strong", "em", "small", "b", "i", "abbr", "time", "code", "mark", "label", "button", "h1", "h2", "h3",
        "h4",
    ] {
        for element in all(page, outer) {
            for inside in element.select(&Selector::parse(flow).unwrap()) {
                found.push(format!("{} may not stand in <{outer}>", tag(inside)));
            }
        }
    }
    for element in all(page, "center, font, big, strike, tt, marquee, frame, frameset, acronym, dir") {
        found.push(format!("{} is obsolete", tag(element)));
    }
    for element in all(
        page,
        "[align], [bgcolor], [border], [cellpadding], [cellspacing], [valign], table[width], td[width], th[width]",
    ) {
        found.push(format!("{} has a presentational attribute", tag(element)));
    }
    for element in all(page, "[tabindex]") {
        if element.attr("tabindex").and_then(|index| index.parse::<i32>().ok()).is_none_or(|index| index > 0) {
            found.push(format!("{} changes the order of the keyboard", tag(element)));
        }
    }
}

fn check_hosts(page: &Html, own: &[&str], found: &mut Vec<String>) {
    let mine = |address: &str| {
        // A base that cannot be anyone's: what stays on it is a relative address.
        let base = Url::parse("http://this-page.invalid/a/b").unwrap();
        match base.join(address.trim()) {
            Err(_) => false,
            Ok(url) if ["data", "blob", "mailto", "tel"].contains(&url.scheme()) => true,
            Ok(url) if url.origin() == base.origin() => true,
            Ok(url) => own.iter().any(|own| Url::parse(own).is_ok_and(|own| own.origin() == url.origin())),
        }
    };
    let attributes = [
        "href",
        "src",
        "action",
        "formaction",
        "poster",
        "data",
        "background",
        "cite",
        "manifest",
        "xlink:href",
        "ping",
    ];
    for element in all(page, "*") {
        let name = element.value().name();
        for (attribute, value) in element.value().attrs() {
            if attribute == "srcset" || attribute == "imagesrcset" {
                for candidate in value.split(',').filter_map(|candidate| candidate.split_whitespace().next()) {
                    if !mine(candidate) {
                        found.push(format!("another host: {}", tag(element)));
                    }
                }
                continue;
            }
            let relevant = attributes.contains(&attribute) && !(attribute == "data" && name != "object");
            if !relevant || mine(value) {
                continue;
            }
            let rel = element.attr("rel").unwrap_or_default();
            let deliberate = ["external", "license", "nofollow", "noopener"];
            if name == "a" && rel.split_whitespace().any(|word| deliberate.contains(&word)) {
                continue;
            }
            found.push(format!("another host: {}", tag(element)));
        }
    }
    for refresh in all(page, "meta[http-equiv=refresh i]") {
        found.push(format!("a page that reloads by itself: {}", tag(refresh)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://dulieu.example.gov.vn";

    fn page(body: &str) -> String {
        format!(
            "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Kho mở</title>\
             <meta name=\"viewport\" content=\"width=device-width\"></head>\
             <body><main><h1>Kho mở</h1>{body}</main></body></html>"
        )
    }

    fn of(body: &str) -> Vec<String> {
        findings(&page(body), &[OWN])
    }

    #[test]
    fn a_sound_page_has_no_findings() {
        let body = "<p id=\"hint\">Gợi ý</p><form action=\"/dataset\"><label for=\"q\">Tìm</label>\
            <input id=\"q\" name=\"q\" aria-describedby=\"hint\"><label>Loại <select><option>CSV</option></select></label>\
            <input type=\"hidden\" name=\"t\"><button type=\"submit\">Tìm</button></form>\
            <img src=\"/static/logo.svg\" alt=\"\" srcset=\"/a.png 1x, /b.png 2x\">\
            <svg aria-hidden=\"true\"><path d=\"M0 0\"/></svg><a href=\"#hint\">Gợi ý</a>\
            <a href=\"https://dulieu.example.gov.vn/en\">English</a>\
            <a href=\"https://khac.example/\" rel=\"external\">Nơi khác</a>\
            <script type=\"application/ld+json\">{\"@context\":\"https://schema.org\"}</script>\
            <script src=\"/static/app.js\" defer></script>\
            <table><caption>Bảng</caption><thead><tr><th scope=\"col\">A</th></tr></thead>\
            <tbody><tr><td>1</td></tr></tbody></table><dl><div><dt>A</dt><dd>B</dd></div></dl>";
        assert_eq!(of(body), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_found() {
        let faults = [
            ("<p>a</div>", "parse error"),
            ("<p><div>a</div></p>", "parse error"),
            ("<span/>a", "parse error"),
            ("<img src=\"/a\" src=\"/b\" alt=\"\">", "parse error"),
            ("<p>&bogus;</p>", "parse error"),
            ("<h1>Hai</h1>", "2 <h1>"),
            ("<h2> </h2>", "is empty"),
            ("<p id=\"a\"></p><p id=\"a\"></p>", "\"a\" stands 2 times"),
            ("<label for=\"x\">X</label>", "for names the id \"x\""),
            ("<p aria-describedby=\"x\"></p>", "aria-describedby names"),
            ("<a href=\"#x\">X</a>", "leads to an id"),
            ("<p style=\"color:red\"></p>", "inline style"),
            ("<p onclick=\"x()\"></p>", "inline onclick"),
            ("<script>1</script>", "inline script"),
            ("<style>p{}</style>", "inline style sheet"),
            ("<a href=\"javascript:x\">X</a>", "javascript: address"),
            ("<img src=\"/a\">", "no alt"),
            ("<svg></svg>", "neither aria-hidden"),
            ("<input name=\"q\">", "no label"),
            ("<label for=\"q\"> </label><input id=\"q\">", "no label"),
            ("<button type=\"button\"></button>", "nothing to read"),
            ("<button>Gửi</button>", "without type"),
            ("<ul><div>a</div></ul>", "may not stand in <ul>"),
            ("<div><li>a</li></div>", "outside a list"),
            ("<a href=\"/\"><button type=\"button\">x</button></a>", "may not stand in <a"),
            ("<span><div>x</div></span>", "may not stand in <span>"),
            ("<center>x</center>", "obsolete"),
            ("<p tabindex=\"2\">x</p>", "order of the keyboard"),
            ("<script src=\"https://cdn.example/x.js\"></script>", "another host"),
            ("<script src=\"//cdn.example/x.js\"></script>", "another host"),
            ("<a href=\"https://khac.example/\">X</a>", "another host"),
            ("<form action=\"http://khac.example/\"></form>", "another host"),
            ("<img alt=\"\" src=\"/a\" srcset=\"/a 1x, https://khac.example/b 2x\">", "another host"),
        ];
        for (body, expected) in faults {
            let found = of(body);
            assert!(found.iter().any(|finding| finding.contains(expected)), "{body}: {found:?}");
        }
    }

    #[test]
    fn a_page_without_its_frame_is_not_sound() {
        let found = findings("<html><head></head><body><p>x</p></body></html>", &[]);
        for expected in ["no <!doctype html>", "no lang", "0 <title>", "0 <h1>", "0 <main>", "charset", "viewport"] {
            assert!(found.iter().any(|finding| finding.contains(expected)), "{expected}: {found:?}");
        }
    }
}

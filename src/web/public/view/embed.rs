//! The notice of a dataset that pages elsewhere show.

use askama::Template;

/// How wide the picture is, in pixels: a page of 320 shows it with its margins.
pub const WIDTH: u32 = 288;
/// How high it is.
pub const HEIGHT: u32 = 108;

/// `/dataset/{slug}/thong-bao.svg`.
#[derive(Clone, Debug, Template)]
#[template(path = "pictures/embed.svg")]
pub struct EmbedPicture {
    /// The tag of its language.
    pub lang: &'static str,
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
    /// The dataset's whole title, for those who hear it.
    pub title: String,
    /// The tag of the title's own language.
    pub title_lang: &'static str,
    /// The rest in a sentence, for those who hear it.
    pub says: String,
    /// The portal's name.
    pub portal: String,
    /// As much of the title as a line holds.
    pub shown: String,
    /// The colour of the state; never its only sign.
    pub colour: &'static str,
    /// The state in words.
    pub state: String,
    /// Since when: the day of the last update, or of the withdrawal.
    pub when: String,
}

/// The HTML that embeds the picture.
#[derive(Clone, Debug, Template)]
#[template(path = "pictures/embed.html")]
pub struct EmbedCode {
    /// The dataset's page, with host.
    pub href: String,
    /// The picture, with host.
    pub src: String,
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
    /// What it is, in words that stay true.
    pub alt: String,
}

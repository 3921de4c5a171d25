//! A drawing (SVG) as a picture (PNG), in the portal's own typeface, without reading anything from outside.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree, fontdb};

use crate::kernel::{Error, Result};

/// Bytes of a drawing that is still turned into a picture.
pub const MAX_DRAWING: usize = 4 << 20;
/// Pixels of a picture, about 64 MiB while it is made.
pub const MAX_PIXELS: u64 = 16 << 20;

/// Regular and semi-bold, with all Vietnamese letters (SIL Open Font License, `OFL.txt` beside them).
const FACES: [&[u8]; 2] = [include_bytes!("be-vietnam-pro-400.ttf"), include_bytes!("be-vietnam-pro-600.ttf")];
/// The name both faces bear.
const FAMILY: &str = "Be Vietnam Pro";

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for face in FACES {
        fonts.load_font_data(face.to_vec());
    }
    fonts.set_sans_serif_family(FAMILY);
    fonts.set_serif_family(FAMILY);
    fonts.set_monospace_family(FAMILY);
    Arc::new(fonts)
});

/// A PNG of the drawing, `width` pixels wide; its height follows from the drawing's own proportions. The ground is what the drawing
/// paints; where it paints nothing, the picture is transparent. Words in a family that is not ours are set in ours, and pictures
/// inside the drawing are left out: nothing is read from a disk or a network.
///
/// It takes the processor for milliseconds to a second: call it where blocking work runs.
///
/// # Errors
/// Internal, when the drawing is no SVG, has more than [`MAX_DRAWING`] bytes or would have more than [`MAX_PIXELS`] pixels: drawings
/// are made by this program.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>> {
    if svg.len() > MAX_DRAWING {
        return Err(Error::internal(anyhow::anyhow!("a drawing of {} bytes is too large for a picture", svg.len())));
    }
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: FONTS.clone(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(Error::internal)?;
    let size = tree.size().to_int_size().scale_to_width(width);
    let size = size.filter(|size| u64::from(size.width()) * u64::from(size.height()) <= MAX_PIXELS);
    let (Some(size), Some(mut pixels)) = (size, size.and_then(|size| Pixmap::new(size.width(), size.height()))) else {
        return Err(Error::internal(anyhow::anyhow!("a drawing cannot be a picture {width} pixels wide")));
    };
    let scale =
        Transform::from_scale(size.width() as f32 / tree.size().width(), size.height() as f32 / tree.size().height());
    resvg::render(&tree, scale, &mut pixels.as_mut());
    pixels.encode_png().map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> String {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">{inside}</svg>"#
        )
    }

    fn pixels(png: &[u8]) -> Pixmap {
        Pixmap::decode_png(png).unwrap()
    }

    /// How many pixels are not transparent.
    fn painted(png: &[u8]) -> usize {
        pixels(png).pixels().iter().filter(|pixel| pixel.alpha() > 0).count()
    }

    #[test]
    fn a_picture_is_as_wide_as_was_asked_and_keeps_its_proportions() {
        let picture = pixels(&png(&drawing(r##"<rect width="200" height="100" fill="#0a0"/>"##), 600).unwrap());
        assert_eq!((picture.width(), picture.height()), (600, 300));
        assert!(picture.pixels().iter().all(|pixel| pixel.alpha() == 255 && pixel.green() == 0xaa));
    }

    #[test]
    fn vietnamese_letters_are_drawn_each_in_its_own_shape() {
        let shape =
            |word: &str| png(&drawing(&format!(r#"<text x="10" y="60" font-size="40">{word}</text>"#)), 200).unwrap();
        let shapes: Vec<_> = ["ổ", "ộ", "ỗ", "o", "Đ", "D"].into_iter().map(shape).collect();
        for (at, one) in shapes.iter().enumerate() {
            assert!(painted(one) > 20, "nothing is drawn");
            assert!(shapes[..at].iter().all(|other| other != one), "two letters look alike");
        }
    }

    #[test]
    fn a_family_that_is_not_ours_is_set_in_ours_and_bold_is_bolder() {
        let word = |face: &str| {
            png(&drawing(&format!(r#"<text x="10" y="60" font-size="40" {face}>Mở</text>"#)), 200).unwrap()
        };
        assert_eq!(word(r#"font-family="Nowhere, sans-serif""#), word(""));
        assert!(painted(&word(r#"font-weight="600""#)) > painted(&word("")));
    }

    #[test]
    fn nothing_from_outside_is_read() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/static/favicon.svg");
        for address in [
            file,
            "file:///etc/hostname",
            "http://127.0.0.1:9/x.png",
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
        ] {
            let inside = format!(r#"<image href="{address}" width="200" height="100"/>"#);
            assert_eq!(painted(&png(&drawing(&inside), 200).unwrap()), 0, "{address}");
        }
    }

    #[test]
    fn what_is_too_large_or_no_drawing_is_refused() {
        assert!(png("no drawing", 100).is_err());
        assert!(png(&drawing(""), 100_000).is_err());
        assert!(png(&drawing(""), 0).is_err());
        assert!(png(&drawing(&" ".repeat(MAX_DRAWING)), 100).is_err());
    }
}

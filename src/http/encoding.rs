//! Content encodings: which one a browser takes, and compressing for it.

use std::io::Write;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// How a body is encoded on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// `br`.
    Brotli,
    /// `gzip`.
    Gzip,
    /// As it is.
    Identity,
}

/// How much time compressing may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// A few milliseconds: for what is sent once.
    Quick,
    /// As long as it takes: for what is sent many times.
    Best,
}

/// The window of brotli as a power of two: larger than any page of ours, small for a phone.
const BROTLI_WINDOW: i32 = 18;

impl Encoding {
    /// All encodings, the best first.
    pub const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// The best encoding that an `Accept-Encoding` header takes. Weights count only as zero or not.
    pub fn accepted(header: &str) -> Self {
        let takes = |name: &str| {
            header.split(',').any(|item| {
                let mut parts = item.split(';').map(str::trim);
                let named = parts.next().is_some_and(|token| token.eq_ignore_ascii_case(name));
                let refused = parts.any(|parameter| {
                    parameter
                        .strip_prefix("q=")
                        .and_then(|weight| weight.parse::<f32>().ok())
                        .is_some_and(|weight| weight <= 0.0)
                });
                named && !refused
            })
        };
        [Self::Brotli, Self::Gzip]
            .into_iter()
            .find(|encoding| encoding.token().is_some_and(takes))
            .unwrap_or(Self::Identity)
    }

    /// The token in `Content-Encoding`; none for [`Encoding::Identity`].
    pub fn token(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// `bytes` in this encoding.
    pub fn compress(self, bytes: &[u8], effort: Effort) -> Vec<u8> {
        match self {
            Self::Brotli => smallest(effort, |mut writer| {
                written(writer.write_all(bytes));
                writer.into_inner()
            }),
            Self::Gzip => {
                let level = if effort == Effort::Best { Compression::best() } else { Compression::new(5) };
                let mut writer = GzEncoder::new(Vec::new(), level);
                written(writer.write_all(bytes));
                written(writer.finish())
            }
            Self::Identity => bytes.to_vec(),
        }
    }
}

/// A writer of brotli into memory.
pub type BrotliWriter = brotli::CompressorWriter<Vec<u8>>;

/// What `compress` makes of a brotli writer: of the block sizes that are tried, the smallest outcome. Which one that is
/// turns with a few words of the text; a survey differs by up to 90 bytes.
pub fn smallest(effort: Effort, compress: impl Fn(BrotliWriter) -> Vec<u8>) -> Vec<u8> {
    // Blocks of 64 and of 256 kB, as powers of two.
    let (quality, blocks): (_, &[i32]) = if effort == Effort::Best { (11, &[16, 18]) } else { (5, &[16]) };
    let outcomes = blocks.iter().map(|&lgblock| {
        let parameters =
            BrotliEncoderParams { quality, lgwin: BROTLI_WINDOW, lgblock, ..BrotliEncoderParams::default() };
        compress(BrotliWriter::with_params(Vec::new(), 4096, &parameters))
    });
    outcomes.min_by_key(Vec::len).unwrap_or_default()
}

/// What a write into memory gave: it cannot fail.
#[expect(clippy::expect_used, reason = "a Vec takes every write")]
pub fn written<T>(result: std::io::Result<T>) -> T {
    result.expect("writing into memory does not fail")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_best_encoding_that_the_browser_takes() {
        assert_eq!(Encoding::accepted("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(Encoding::accepted("GZIP;q=0.5"), Encoding::Gzip);
        assert_eq!(Encoding::accepted("br;q=0, gzip"), Encoding::Gzip);
        assert_eq!(Encoding::accepted("deflate, brotli"), Encoding::Identity);
        assert_eq!(Encoding::accepted(""), Encoding::Identity);
    }

    #[test]
    fn what_is_compressed_can_be_read_back() {
        let page = "Otrygg, trygg, ganska trygg. ".repeat(200).into_bytes();
        for effort in [Effort::Quick, Effort::Best] {
            let mut read = Vec::new();
            let packed = Encoding::Brotli.compress(&page, effort);
            assert!(packed.len() < page.len() / 10);
            brotli::Decompressor::new(packed.as_slice(), 4096).read_to_end(&mut read).unwrap();
            assert_eq!(read, page);
            let packed = Encoding::Gzip.compress(&page, effort);
            read.clear();
            flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut read).unwrap();
            assert_eq!(read, page);
        }
    }
}

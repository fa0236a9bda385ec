//! Style sheets and scripts: part of the binary, under addresses that hold a hash of their content.
//!
//! An address never changes its content, so browsers may keep it for ever, and a new version of the
//! service never meets an old style sheet. Files are minified and compressed once, when registered.

use sha2::{Digest, Sha256};

use crate::http::encoding::{Effort, Encoding};
use crate::http::minify;

/// Where assets are served.
pub const PREFIX: &str = "/static/";

/// The base style sheet's source, which other sheets build on.
pub const BASE_STYLE: &str = include_str!("../../static/base.css");

/// The style sheet's source of staff's pages, appended to the base.
pub const STAFF_STYLE: &str = include_str!("../../static/staff.css");

/// The quick exit's script, which every page has, alone or before its own.
pub const EXIT_SCRIPT: &str = include_str!("../../static/exit.js");

/// The kinds of asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A style sheet.
    Style,
    /// A script.
    Script,
}

impl Kind {
    /// The media type, as in `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Style => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Style => "css",
            Self::Script => "js",
        }
    }

    fn minify(self, source: &str) -> String {
        match self {
            Self::Style => minify::style(source),
            Self::Script => minify::script(source),
        }
    }
}

/// A registered file.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its address: `/static/enkat-<hash>.css`.
    pub address: String,
    /// What it is.
    pub kind: Kind,
    identity: Vec<u8>,
    gzip: Vec<u8>,
    brotli: Vec<u8>,
}

impl Asset {
    /// The file's bytes in `encoding`.
    pub fn bytes(&self, encoding: Encoding) -> &[u8] {
        match encoding {
            Encoding::Brotli => &self.brotli,
            Encoding::Gzip => &self.gzip,
            Encoding::Identity => &self.identity,
        }
    }
}

/// All files that the service offers.
#[derive(Debug, Clone, Default)]
pub struct Assets(Vec<Asset>);

impl Assets {
    /// Registers a file, and gives its address.
    pub fn add(&mut self, name: &str, kind: Kind, source: &str) -> String {
        let content = kind.minify(source);
        let hash: String =
            Sha256::digest(content.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let address = format!("{PREFIX}{name}-{hash}.{}", kind.extension());
        if self.get(&address).is_none() {
            self.0.push(Asset {
                address: address.clone(),
                kind,
                gzip: Encoding::Gzip.compress(content.as_bytes(), Effort::Best),
                brotli: Encoding::Brotli.compress(content.as_bytes(), Effort::Best),
                identity: content.into_bytes(),
            });
        }
        address
    }

    /// The file at an address.
    pub fn get(&self, address: &str) -> Option<&Asset> {
        self.0.iter().find(|asset| asset.address == address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_for_one_content() {
        let mut assets = Assets::default();
        let first = assets.add("stil", Kind::Style, "a { color: red }");
        let same = assets.add("stil", Kind::Style, "a{color:red}");
        let other = assets.add("stil", Kind::Style, "a { color: blue }");
        assert_eq!(first, same);
        assert_ne!(first, other);
        assert!(first.starts_with("/static/stil-") && first.ends_with(".css"));
        assert_eq!(assets.get(&other).unwrap().bytes(Encoding::Identity), b"a{color:blue}");
        assert!(assets.get("/static/stil.css").is_none());
    }
}

//! Joins a document that is compressed once and a receipt that is fresh each time.
//!
//! The receipt stands among the last bytes of the document. Everything before it is compressed up to a byte boundary;
//! the receipt and what follows are appended uncompressed, as both formats allow:
//! - gzip (RFC 1952): raw deflate after a sync flush, then one final *stored* block, the CRC carried on over it, the size;
//! - brotli (RFC 7932): the stream after a flush, then one *uncompressed* meta-block, then an empty last one.
//!
//! So serving is sending bytes that lie ready, and no byte of a receipt depends on anything else in the page.

use std::convert::Infallible;
use std::io::Write;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::web::Bytes;
use flate2::{Compress, Compression, FlushCompress, Status};

use crate::http::encoding::{Effort, Encoding, smallest, written};

/// The part of a document before the receipt, in every encoding.
#[derive(Debug)]
pub struct Head {
    identity: Bytes,
    packed: Packed,
}

/// The head, compressed.
#[derive(Debug)]
pub struct Packed {
    brotli: Bytes,
    gzip: Bytes,
    checksum: crc32fast::Hasher,
}

/// Gzip's header: deflate, no name, no time, no system.
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

impl Head {
    /// Compresses the head quickly.
    pub fn new(identity: Vec<u8>) -> Self {
        let packed = Packed::new(&identity, Effort::Quick);
        Self { identity: identity.into(), packed }
    }

    /// What [`Head::join`] can use instead of the quickly compressed bytes: as small as it gets.
    pub fn pack_well(&self) -> Packed {
        Packed::new(&self.identity, Effort::Best)
    }

    /// The document that ends with `tail`, in `encoding`. The tail is at most 65,535 bytes long and not empty.
    pub fn join(&self, better: Option<&Packed>, tail: &[u8], encoding: Encoding) -> Joined {
        let packed = better.unwrap_or(&self.packed);
        let (head, end) = match encoding {
            Encoding::Identity => (&self.identity, tail.to_vec()),
            Encoding::Brotli => {
                (&packed.brotli, [&uncompressed_meta_block(tail.len()), tail, &[LAST_AND_EMPTY]].concat())
            }
            Encoding::Gzip => {
                let mut checksum = packed.checksum.clone();
                checksum.update(tail);
                let checksum = checksum.finalize().to_le_bytes();
                let size = ((self.identity.len() + tail.len()) as u32).to_le_bytes();
                (&packed.gzip, [&stored_block(tail.len()), tail, &checksum, &size].concat())
            }
        };
        Joined { head: head.clone(), end: end.into() }
    }
}

/// A document on its way: a head that all share, and an end of its own. They are written one after the other, so
/// that the head is not copied once more for each page.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    head: Bytes,
    end: Bytes,
}

impl MessageBody for Joined {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized((self.head.len() + self.end.len()) as u64)
    }

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let Self { head, end } = self.get_mut();
        Poll::Ready([head, end].into_iter().map(mem::take).find(|piece| !piece.is_empty()).map(Ok))
    }
}

impl Packed {
    fn new(identity: &[u8], effort: Effort) -> Self {
        let mut checksum = crc32fast::Hasher::new();
        checksum.update(identity);
        Self { brotli: brotli_head(identity, effort).into(), gzip: gzip_head(identity, effort).into(), checksum }
    }
}

/// Brotli's last meta-block: `ISLAST` and `ISLASTEMPTY`.
const LAST_AND_EMPTY: u8 = 0b11;

/// The head of an uncompressed meta-block: `ISLAST` 0, `MNIBBLES` 0 (four nibbles), `MLEN - 1`, `ISUNCOMPRESSED` 1.
fn uncompressed_meta_block(length: usize) -> [u8; 3] {
    let bits = (length as u32).saturating_sub(1) << 3 | 1 << 19;
    let [first, second, third, _] = bits.to_le_bytes();
    [first, second, third]
}

/// The head of a final stored block of deflate: `BFINAL` 1, `BTYPE` 00, the length and its complement.
fn stored_block(length: usize) -> [u8; 5] {
    let [low, high] = (length as u16).to_le_bytes();
    [1, low, high, !low, !high]
}

fn brotli_head(identity: &[u8], effort: Effort) -> Vec<u8> {
    smallest(effort, |mut writer| {
        written(writer.write_all(identity));
        written(writer.flush());
        // What comes after the flush is the writer's own end of the stream, which ours replaces.
        let flushed = writer.get_ref().len();
        let mut bytes = writer.into_inner();
        bytes.truncate(flushed);
        bytes
    })
}

fn gzip_head(identity: &[u8], effort: Effort) -> Vec<u8> {
    let level = if effort == Effort::Best { Compression::best() } else { Compression::new(5) };
    let mut deflate = Compress::new(level, false);
    let mut bytes = GZIP_HEADER.to_vec();
    loop {
        bytes.reserve(identity.len() / 4 + 64);
        let read = deflate.total_in() as usize;
        let status = deflate.compress_vec(&identity[read..], &mut bytes, FlushCompress::Sync);
        // Room left in the buffer says that the flush is complete.
        if !matches!(status, Ok(Status::Ok)) || bytes.len() < bytes.capacity() {
            return bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::body::to_bytes;
    use futures_util::FutureExt;

    use super::*;

    /// The bytes as they are sent, which are as many as announced.
    fn sent(joined: Joined) -> Bytes {
        let size = joined.size();
        let bytes = to_bytes(joined).now_or_never().unwrap().unwrap();
        assert_eq!(size, BodySize::Sized(bytes.len() as u64));
        bytes
    }

    fn unpacked(bytes: &[u8], encoding: Encoding) -> Vec<u8> {
        let mut read = Vec::new();
        match encoding {
            Encoding::Brotli => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut read).unwrap(),
            Encoding::Gzip => flate2::read::GzDecoder::new(bytes).read_to_end(&mut read).unwrap(),
            Encoding::Identity => {
                read.extend_from_slice(bytes);
                read.len()
            }
        };
        read
    }

    #[test]
    fn every_encoding_gives_the_document_with_its_receipt() {
        let pages = ["", "Kort", &"<label>Ganska trygg</label>".repeat(4000), &pseudo_random(200_000)];
        for page in pages {
            let head = Head::new(page.as_bytes().to_vec());
            let best = head.pack_well();
            for tail in ["x", "aGVqIGhlaiBoZWogaGVqIGg\"></body></html>", &"y".repeat(65_535)] {
                for encoding in Encoding::ALL {
                    for better in [None, Some(&best)] {
                        let joined = sent(head.join(better, tail.as_bytes(), encoding));
                        assert!(unpacked(&joined, encoding) == [page.as_bytes(), tail.as_bytes()].concat());
                    }
                }
            }
        }
    }

    #[test]
    fn only_the_tail_and_the_checksum_differ_between_two_receipts() {
        let head = Head::new("sida ".repeat(5000).into_bytes());
        let [one, other] =
            ["A".repeat(22), "B".repeat(22)].map(|tail| sent(head.join(None, tail.as_bytes(), Encoding::Brotli)));
        let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
        assert_eq!(one.len() - same, 23, "the receipt and the last byte");
    }

    /// Text that does not compress.
    fn pseudo_random(length: usize) -> String {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b' ' + (state >> 24) as u8 % 90)
        };
        (0..length).map(|_| next()).collect()
    }
}

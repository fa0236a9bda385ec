//! Sittings: someone of staff keys in what residents wrote on paper.
//!
//! The letter that was keyed last can be taken back, until the next one is saved, the sitting ends, or its batch is
//! closed: until then it is *held*, durable and sealed as all letters are, but apart from them (`letterbox`). What a
//! sitting leaves behind is nothing of this: no count, no moment, no tie between who keyed and what. That there was one,
//! and whose, is for the log of staff to say, once.
//!
//! A sitting lasts as long as the session of the browser that it belongs to. Whoever signs out, or is away for too long,
//! has her latest letter handed in and her sitting ended by the service.

mod entry;
mod store;

use crate::id::RandomId;

pub use entry::{Entered, EntryFault, EntryFaultKind, read};
pub use store::{all, begin, can_take_back, end, of_session, take_back};

/// Someone keys in for a dialogue, at one browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitting {
    /// Its id.
    pub id: RandomId,
    /// For which dialogue.
    pub dialogue: RandomId,
    /// Whose.
    pub account: RandomId,
    /// The session of her browser.
    pub session: RandomId,
}

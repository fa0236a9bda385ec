//! The audit log: what staff did (who, what, when, on what), never what an answer or a comment says.
//!
//! Entries are only ever added, and chained: each one's hash covers the entry and the hash before it, in the canonical
//! form of [`entry`]. The database refuses to change or delete one (triggers), and whoever gets around that is found:
//! - a changed, inserted, reordered or missing entry breaks the chain ([`verify`]);
//! - a tail cut off, or a chain made anew from some entry on, no longer holds the head that was **remembered** outside
//!   the database: in `audit.head` in the key directory, which a running service keeps up to date ([`memory`]).
//!   What was added and cut off between two looks (20 seconds) is not found; nor is one who holds both places.
//!
//! How to log: open the transaction with [`write`], change what is to be changed, and [`log`] it in there. Both happen
//! or neither. People are named by the id of their account, so that a name can be forgotten and the chain still holds.
//! Respondents appear nowhere: nothing that a resident does is logged.

pub mod action;
pub mod entry;
pub mod memory;
mod search;
mod store;
mod verify;

pub use action::Action;
pub use entry::{Actor, Entry, Object};
pub use memory::{Memory, MemoryError};
pub use search::{Found, PAGE, Search, search};
pub use store::{Act, head, log, write};
pub use verify::{Break, Report, verify};

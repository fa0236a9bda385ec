//! Staff: who may sign in, how, what each may do, and the log of what was done.
//!
//! ```text
//! link (invitation) ─▶ account + password + second factor + recovery codes
//! sign-in: attempts ─▶ password ─▶ second_factor ─▶ session ─▶ guard: role ─▶ page ─▶ audit
//! ```
//! - [`role`] and [`guard`] say who may what: a route that states no access can't be built.
//! - [`account`], [`link`], [`password`], [`second_factor`], [`session`], [`device`] and [`attempts`] are the parts of
//!   getting in; [`sign_in`] and [`enrol`] are the two ways that put them together.
//! - [`provider`] is the other first step: the municipality's OpenID Connect provider; [`identity`] remembers who is who
//!   there.
//! - [`audit`] is the log: every act of staff is written with it, in the act's own transaction.
//! - [`office`] is what all pages share; [`pages`] are the pages.
//!
//! Nothing here knows residents, and nothing of residents passes here.

pub mod account;
pub mod attempts;
pub mod audit;
pub mod colleagues;
pub mod device;
pub mod enrol;
pub mod failure;
pub mod guard;
pub mod identity;
pub mod letters;
pub mod link;
pub mod office;
pub mod own_account;
pub mod pages;
pub mod password;
pub mod provider;
pub mod role;
pub mod second_factor;
pub mod secrets;
pub mod session;
pub mod sign_in;
pub mod token;

/// The language of staff's pages and mails.
pub const LANGUAGE: &str = "sv";

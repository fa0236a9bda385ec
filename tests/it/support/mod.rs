//! What the integration tests share: how to get a database, a running service, a browser check.
//!
//! A test takes what it needs and cleans up by dropping it:
//!
//! - [`database`]: a fresh pair of databases, on the backend that `TRYGGHET_TEST_DATABASE` names.
//! - [`service`]: the real binary in a sandbox of its own; killed, restarted and stopped at will.
//! - [`postgres`]: the throw-away PostgreSQL cluster behind the databases, for tests that look at its
//!   files or take it away.
//! - [`browser`]: a headless Chromium of the test's own.
//! - [`axe`]: accessibility rules, run in a page.
//! - [`storage`]: the survey's storage on fresh databases, with time and chance in our hands.
//! - [`colleague`]: someone of staff, with her browser's cookies, her mails and her app.
//! - [`crowd`]: residents who keep handing in while the service is killed, and remember what they were told.
//! - [`source`]: the project's own text, for rules that the compiler does not know.
//! - [`traces`]: what must not be there, looked for in files.
//! - [`disk`]: a file system that can be really full.
//! - [`provider`]: a real OpenID Connect provider, which answers wrongly when asked to.
//! - [`require`]: what to do where the machine lacks what a test needs.
//!
//! Not every test uses every helper, and some are for tests of one backend only.
#![allow(dead_code, reason = "a shared toolbox: each part is used by some tests and on some backends")]

pub mod axe;
pub mod browser;
pub mod colleague;
pub mod crowd;
pub mod database;
pub mod disk;
pub mod postgres;
pub mod provider;
pub mod require;
pub mod resident;
pub mod service;
pub mod source;
pub mod storage;
pub mod traces;

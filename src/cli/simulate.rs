//! `simulate`
use crate::cli::Failure;
pub fn run(_: &crate::config::Settings, _: u64, _: Option<&str>, _: Option<u64>) -> Result<(), Failure> {
    unreachable!()
}

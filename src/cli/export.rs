//! `export`
use crate::cli::Failure;
pub const FOLDER: &str = "export";
pub fn run(_: &crate::config::Settings, _: Option<std::path::PathBuf>, _: Option<&str>) -> Result<(), Failure> {
    unreachable!()
}

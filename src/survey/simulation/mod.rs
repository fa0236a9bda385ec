//! Simulated residents: to try a dialogue, its tables and its speed before anyone has answered.
//!
//! [`Residents`] gives form answers without end, as browsers would send them; the caller takes them
//! through the same checks and storing as real ones. Some are screened out. They work on any checked
//! questionnaire; for one that we have [habits](habits) for, age, area and the NTU indicators follow
//! the published figures in `figures.json`, the rest is invented and hangs together through where a
//! resident lives, her age, and how afraid she is. Nothing in it comes from anyone's answers.

mod answer;
mod figures;
mod habit_files;
mod habits;
mod normal;
mod residents;

pub use residents::Residents;

//! Synthetic residents, for demonstrations, tests and benchmarks.

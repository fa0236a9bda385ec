//! Receipts against double submits.

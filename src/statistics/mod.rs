//! Pure statistics: counts and disclosure control. No I/O, no clock, no database.

//! Mixing: letters of a week become responses and comments that nobody can tie to their arrival.

//! Every route on one screen, in the order of a resident's journey.

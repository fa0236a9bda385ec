//! The survey as one document: HTML and CSS compiled from the questionnaire, compressed once.

//! A QR code as dark squares. It holds an address and nothing else: no number of a card, no channel.

use fast_qr::{ECL, QRBuilder};

use super::PaperError;

/// The light border that readers need, in modules.
pub const QUIET: usize = 4;

/// The modules of a code, its quiet border not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Modules along a side.
    pub size: usize,
    dark: Vec<bool>,
}

impl Matrix {
    /// The code of a text; a quarter of it may be worn off.
    ///
    /// # Errors
    /// [`PaperError::Qr`] where the text is too long for any code.
    pub fn of(text: &str) -> Result<Self, PaperError> {
        let code = QRBuilder::new(text).ecl(ECL::Q).build().map_err(|_| PaperError::Qr)?;
        let mut dark = Vec::with_capacity(code.size * code.size);
        for y in 0..code.size {
            dark.extend(code[y].iter().map(|module| module.value()));
        }
        Ok(Self { size: code.size, dark })
    }

    /// Whether the module in column `x` of row `y` is dark.
    pub fn dark(&self, x: usize, y: usize) -> bool {
        x < self.size && self.dark.get(y * self.size + x).copied().unwrap_or(false)
    }

    /// Runs of dark modules as row, first column and length: fewer shapes, and no hairlines between them.
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let length = (x..self.size).take_while(|column| self.dark(*column, y)).count();
                if length > 0 {
                    runs.push((y, x, length));
                }
                x += length.max(1);
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_finds_the_address() {
        let address = "https://dialog.example.se/sv/enkat";
        let matrix = Matrix::of(address).unwrap();
        let side = matrix.size + 2 * QUIET;
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, |x, y| {
            let inside = |at: usize| (at / 4).checked_sub(QUIET);
            let dark = inside(x).zip(inside(y)).is_some_and(|(x, y)| matrix.dark(x, y));
            if dark { 0 } else { 255 }
        });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().unwrap().1, address);
    }

    #[test]
    fn runs_are_the_dark_modules() {
        let matrix = Matrix::of("https://example.se").unwrap();
        let mut drawn = vec![false; matrix.size * matrix.size];
        for (y, x, length) in matrix.runs() {
            drawn[y * matrix.size + x..][..length].fill(true);
        }
        assert_eq!(drawn, matrix.dark);
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert!(matches!(Matrix::of(&"x".repeat(4000)), Err(PaperError::Qr)));
    }
}

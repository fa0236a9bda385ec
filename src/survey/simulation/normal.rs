//! The standard normal distribution.

use rand::{Rng, RngExt};

/// P(Z ≤ x), by Abramowitz and Stegun 7.1.26; the error is under 10⁻⁶.
pub(super) fn cumulative(x: f64) -> f64 {
    let argument = x.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * argument);
    let polynomial =
        t * (0.254_829_592 + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    let tail = polynomial * (-argument * argument).exp() / 2.0;
    if x < 0.0 { tail } else { 1.0 - tail }
}

/// A draw, by Box and Muller.
pub(super) fn draw(random: &mut impl Rng) -> f64 {
    let radius = (-2.0 * (1.0 - random.random::<f64>()).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.random::<f64>()).cos()
}

/// The threshold that a share of a mixture of unit normals lies above: `components` are weights and
/// means; `share` is between 0 and 1.
pub(super) fn threshold(components: &[(f64, f64)], share: f64) -> f64 {
    let total: f64 = components.iter().map(|(weight, _)| weight).sum();
    let above = |x: f64| components.iter().map(|(weight, mean)| weight * cumulative(mean - x)).sum::<f64>() / total;
    let (mut low, mut high) = (-20.0, 20.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if above(middle) > share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_of_the_distribution() {
        for (x, share) in [(0.0, 0.5), (1.0, 0.841_344_7), (-1.959_964, 0.025), (3.0, 0.998_650_1)] {
            assert!((cumulative(x) - share).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn a_threshold_leaves_its_share_above() {
        let components = [(2.0, -0.3), (1.0, 0.5), (3.0, 0.0)];
        let at = threshold(&components, 0.27);
        let above: f64 = components.iter().map(|(weight, mean)| weight * cumulative(mean - at)).sum::<f64>() / 6.0;
        assert!((above - 0.27).abs() < 1e-6);
    }
}

//! Axes: from amounts to positions, and round amounts to write beside them.

use crate::svg::{Anchor, Area, Drawing};
use crate::typeface::fit;

/// An amount to write beside an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// The amount.
    pub at: i64,
    /// The amount, written.
    pub label: String,
}

/// One axis: its name and what to write beside it. The axis reaches from the least to the largest of its ticks and of
/// what is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Axis {
    /// Name, with the unit.
    pub title: String,
    /// What to write; [`tick_positions`] proposes round amounts.
    pub ticks: Vec<Tick>,
}

/// About `count` round amounts from at or below `low` to at or above `high`: steps of 1, 2 or 5 times a power of ten.
pub fn tick_positions(low: i64, high: i64, count: usize) -> Vec<i64> {
    let (low, high) = (i128::from(low.min(high)), i128::from(high.max(low)));
    let wished = (high - low) / i128::try_from(count.clamp(1, 50)).unwrap_or(5);
    let mut power = 1_i128;
    let mut step = 1_i128;
    for factor in [1, 2, 5].into_iter().cycle().skip(1) {
        if step >= wished {
            break;
        }
        if factor == 1 {
            power *= 10;
        }
        step = power * factor;
    }
    let first = low.div_euclid(step);
    let last = -((-high).div_euclid(step));
    (first..=last).filter_map(|multiple| i64::try_from(multiple * step).ok()).collect()
}

/// From amounts to positions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    low: i64,
    high: i64,
    start: f64,
    end: f64,
}

impl Scale {
    /// A scale over all the amounts and ticks, from the position `start` to `end`.
    pub(crate) fn over(axis: &Axis, amounts: impl Iterator<Item = i64>, start: f64, end: f64) -> Self {
        let all = || axis.ticks.iter().map(|tick| tick.at);
        let (low, high) = all()
            .chain(amounts)
            .fold(None, |range: Option<(i64, i64)>, amount| {
                Some(range.map_or((amount, amount), |(low, high)| (low.min(amount), high.max(amount))))
            })
            .unwrap_or((0, 1));
        Self { low, high, start, end }
    }

    #[expect(clippy::cast_precision_loss, reason = "a position on a screen")]
    pub(crate) fn position(&self, amount: i64) -> f64 {
        let span = self.high as f64 - self.low as f64;
        let share = if span > 0.0 { (amount as f64 - self.low as f64) / span } else { 0.5 };
        self.start + share.clamp(0.0, 1.0) * (self.end - self.start)
    }
}

const TICK: f64 = 11.5;

/// Draws both axes with their lines around `area`.
pub(crate) fn draw_axes(drawing: &mut Drawing, area: Area, across: (&Axis, Scale), upward: (&Axis, Scale)) {
    let bottom = area.y + area.height;
    for tick in &upward.0.ticks {
        let y = upward.1.position(tick.at);
        let attributes = " class=\"grid\" stroke=\"#d8e0e6\" stroke-width=\"1\"";
        drawing.line((area.x, y), (area.x + area.width, y), attributes);
        drawing.label(area.x - 8.0, y + 4.0, Anchor::End, "axis", &fit(&tick.label, TICK, area.x - 12.0));
    }
    let room = area.width / f64::from(u16::try_from(across.0.ticks.len().max(1)).unwrap_or(u16::MAX));
    for tick in &across.0.ticks {
        let x = across.1.position(tick.at);
        let attributes = " class=\"tick\" stroke=\"#51606d\" stroke-width=\"1\"";
        drawing.line((x, bottom), (x, bottom + 5.0), attributes);
        drawing.label(x, bottom + 19.0, Anchor::Middle, "axis", &fit(&tick.label, TICK, room.max(40.0)));
    }
    let attributes = " class=\"axis-line\" stroke=\"#51606d\" stroke-width=\"1\"";
    drawing.line((area.x, bottom), (area.x + area.width, bottom), attributes);
    drawing.label(area.x, area.y - 14.0, Anchor::Start, "heading", &fit(&upward.0.title, 12.0, area.width));
    let title = fit(&across.0.title, 12.0, area.width);
    drawing.label(area.x + area.width, bottom + 37.0, Anchor::End, "heading", &title);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(tick_positions(0, 100, 5), [0, 20, 40, 60, 80, 100]);
        assert_eq!(tick_positions(3, 97, 4), [0, 50, 100]);
        assert_eq!(tick_positions(-7, 12, 4), [-10, -5, 0, 5, 10, 15]);
        assert_eq!(tick_positions(5, 5, 4), [5]);
        assert_eq!(tick_positions(0, 12_500_000, 5), [0, 5_000_000, 10_000_000, 15_000_000]);
    }

    proptest! {
        #[test]
        fn ticks_are_few_and_enclose_the_range(low in -1_000_000_000_000_i64..1_000_000_000_000, span in 0_i64..1_000_000_000_000, count in 1_usize..12) {
            let ticks = tick_positions(low, low + span, count);
            prop_assert!(!ticks.is_empty() && ticks.len() <= count + 2 + 10);
            prop_assert!(ticks[0] <= low && *ticks.last().unwrap() >= low + span);
            prop_assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn any_range_has_ticks_and_positions(low: i64, high: i64, amount: i64) {
            tick_positions(low, high, 5);
            let axis = Axis { title: String::new(), ticks: vec![Tick { at: low, label: String::new() }, Tick { at: high, label: String::new() }] };
            let position = Scale::over(&axis, std::iter::once(amount), 10.0, 20.0).position(amount);
            prop_assert!((10.0..=20.0).contains(&position));
        }
    }
}

//! One bound from one set of multipliers, exactly.

use needmatch_domain::certificate::Leaf;
use needmatch_domain::row::Multiplier;

use crate::model::{Model, Objective};

/// Scale tried first; halved in reach while products do not fit.
const SCALE: u32 = 40;

/// Largest scaled multiplier, in bits.
const MULTIPLIER_BITS: u32 = 58;

/// Lower and upper ends of every column.
#[derive(Debug, Clone)]
pub struct Boxes {
    /// Lower ends.
    pub low: Vec<i64>,
    /// Upper ends.
    pub high: Vec<i64>,
}

impl Boxes {
    /// The box of the model itself.
    pub fn of(model: &Model<'_>) -> Self {
        Self { low: vec![0; model.columns.len()], high: model.columns.iter().map(|column| column.upper).collect() }
    }

    /// The ends of a column once it must lie between the given ones: a column with a step goes to its next multiple.
    /// Empty boxes come back with the lower end above the upper.
    pub fn narrowed(model: &Model<'_>, column: usize, low: i64, high: i64) -> (i64, i64) {
        let step = model.columns[column].step;
        ((low + step - 1) / step * step, high / step * step)
    }
}

/// Multipliers by position in the model's rows.
#[derive(Debug, Clone, Default)]
pub struct LeafRows {
    /// Multipliers are in units of 2^−scale.
    pub scale: u32,
    /// Row and multiplier, not 0.
    pub multipliers: Vec<(usize, i64)>,
}

impl LeafRows {
    /// The leaf as written in certificates.
    pub fn named(&self, model: &Model<'_>) -> Leaf {
        let mut multipliers: Vec<_> =
            self.multipliers.iter().map(|&(row, value)| Multiplier { key: model.rows[row].key, value }).collect();
        multipliers.sort_unstable();
        Leaf { scale: self.scale, multipliers }
    }
}

/// Rounds multipliers to whole numbers of 2^−scale, clamped at 0 for inequalities.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "hints, bounded by MULTIPLIER_BITS")]
pub fn scaled_leaf(model: &Model<'_>, multipliers: &[f64]) -> LeafRows {
    let largest = multipliers.iter().map(|value| value.abs()).filter(|value| value.is_finite()).fold(1.0, f64::max);
    let bits = largest.log2().ceil() as u32;
    let scale = SCALE.min(MULTIPLIER_BITS.saturating_sub(bits));
    let factor = f64::from(scale).exp2();
    let rounded = |(row, value): (usize, &f64)| {
        let whole = if value.is_finite() { (value * factor).round() as i64 } else { 0 };
        let whole = if model.rows[row].equality { whole } else { whole.max(0) };
        (whole != 0).then_some((row, whole))
    };
    LeafRows { scale, multipliers: multipliers.iter().enumerate().filter_map(rounded).collect() }
}

fn gcd(left: i64, right: i64) -> i64 {
    let (mut left, mut right) = (left.unsigned_abs(), right.unsigned_abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    i64::try_from(left).unwrap_or(1)
}

/// What no plan inside the box passes, lifted to a multiple of the coefficients' common divisor. With an empty
/// objective: below zero proves that the box holds no plan.
///
/// Returns `None` when a product passes 128 bits: such multipliers prove nothing here.
///
/// Cost: the non-zeros of the rows named and one pass over the columns.
pub fn bound_of(model: &Model<'_>, objective: &Objective, leaf: &LeafRows, boxes: &Boxes) -> Option<i128> {
    let mut reduced = vec![0_i128; model.columns.len()];
    let mut divisor = 0;
    for &(column, value) in &objective.terms {
        reduced[column] += i128::from(value) << leaf.scale;
        if model.columns[column].upper > 0 {
            divisor = gcd(divisor, value);
        }
    }
    let mut total = 0_i128;
    for &(row, multiplier) in &leaf.multipliers {
        let details = &model.rows[row];
        let multiplier = i128::from(multiplier);
        total = total.checked_add(multiplier.checked_mul(i128::from(details.right))?)?;
        for &(column, coefficient) in &details.terms {
            let product = multiplier.checked_mul(i128::from(coefficient))?;
            reduced[column] = reduced[column].checked_sub(product)?;
        }
    }
    for (column, &reduced) in reduced.iter().enumerate() {
        let end = if reduced > 0 { boxes.high[column] } else { boxes.low[column] };
        total = total.checked_add(reduced.checked_mul(i128::from(end))?)?;
    }
    let divisor = i128::from(divisor.max(1)) << leaf.scale;
    if objective.terms.is_empty() {
        return Some(total);
    }
    Some(total.div_euclid(divisor) * (divisor >> leaf.scale))
}

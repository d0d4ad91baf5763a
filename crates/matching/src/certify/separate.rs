//! Where a relaxation can be cut: rows, and sums of a few of them, that rounding turns against its solution.
//!
//! The search is guided by floats and promises nothing: what it proposes is computed anew in whole numbers.

use std::collections::BTreeMap;

use super::cut::{Recipe, Rounding};
use crate::model::Model;

/// Rows added to one another at most.
const SUMMED: usize = 5;

/// Divisors tried for a sum.
const DIVISORS: usize = 12;

/// Least violation, in the length of the cut, worth a row.
const VIOLATION: f64 = 1e-4;

/// Nearer than this to the end of its box a value is there.
const TOLERANCE: f64 = 1e-6;

/// Longer rows are left alone.
const LONGEST: usize = 3_000;

/// What the search looks up again and again.
pub(super) struct Separator {
    /// Rows `column ≤ most · switch`, by column.
    links: Vec<Vec<(usize, usize, i64)>>,
    rows_of: Vec<Vec<usize>>,
    scale: Vec<f64>,
    rows: usize,
}

/// A sum of rows on its way to a cut.
#[derive(Clone)]
struct Sum {
    terms: BTreeMap<usize, i128>,
    right: i128,
    rows: BTreeMap<usize, i128>,
}

/// The solution to be cut off.
struct Point<'p> {
    values: &'p [f64],
    slacks: Vec<f64>,
}

#[expect(clippy::cast_precision_loss, reason = "a search among candidates, never a claim")]
impl Separator {
    /// Looks the model over; cuts are made of the rows it has now.
    pub(super) fn of(model: &Model<'_>) -> Self {
        let mut links = vec![Vec::new(); model.columns.len()];
        let mut rows_of = vec![Vec::new(); model.columns.len()];
        for (position, row) in model.rows.iter().enumerate() {
            for &(column, _) in &row.terms {
                rows_of[column].push(position);
            }
            if let [(column, 1), (switch, most)] = row.terms[..]
                && row.right == 0
                && !row.equality
                && most < 0
                && model.columns[switch].upper == 1
                && model.columns[column].upper > 1
            {
                links[column].push((position, switch, -most));
            }
        }
        let scale = model.columns.iter().map(|column| (column.upper as f64 / 1024.0).max(1.0)).collect();
        Self { links, rows_of, scale, rows: model.rows.len() }
    }

    /// Cuts that the solution breaks, worst broken first.
    pub(super) fn separate(&self, model: &Model<'_>, values: &[f64]) -> Vec<(f64, Recipe)> {
        let values: Vec<f64> =
            values.iter().zip(&model.columns).map(|(value, column)| value.clamp(0.0, column.upper as f64)).collect();
        let slack = |row: &crate::model::ModelRow| {
            let sum: f64 = row.terms.iter().map(|&(column, value)| value as f64 * values[column]).sum();
            (row.right as f64 - sum).max(0.0)
        };
        let slacks = model.rows[..self.rows].iter().map(slack).collect();
        let point = Point { values: &values, slacks };
        let mut found = Vec::new();
        for row in 0..self.rows {
            let length = model.rows[row].terms.len();
            if length > 2 && length <= LONGEST {
                found.extend(self.cut_from(model, &point, row, 1));
                found.extend(self.cut_from(model, &point, row, -1));
            }
        }
        found.sort_by(|left, right| right.0.total_cmp(&left.0));
        found
    }

    /// Starts from a row, adds others that take out what keeps it from rounding well, until a cut is found.
    fn cut_from(&self, model: &Model<'_>, point: &Point<'_>, row: usize, sign: i128) -> Option<(f64, Recipe)> {
        let mut sum = Sum { terms: BTreeMap::new(), right: 0, rows: BTreeMap::new() };
        sum.add(model, row, sign)?;
        for _ in 0..SUMMED {
            let switched = self.with_switches(model, point, &sum)?;
            if let Some(found) = self.rounded(model, point, &switched) {
                return Some(found);
            }
            let (column, other) = self.next(model, point, &sum)?;
            let (here, there) = (sum.terms[&column], coefficient(model, other, column));
            let divisor = gcd(here, there);
            sum.scale(there.abs() / divisor)?;
            sum.add(model, other, -here * there.signum() / divisor)?;
        }
        None
    }

    /// Replaces each quantity by its tightest link to a switch: most · switch less what the link leaves.
    fn with_switches(&self, model: &Model<'_>, point: &Point<'_>, sum: &Sum) -> Option<Sum> {
        let mut switched = sum.clone();
        for (&column, &factor) in &sum.terms {
            if factor <= 0 || model.columns[column].upper <= 1 {
                continue;
            }
            let tightest = self.links[column].iter().min_by(|left, right| {
                point.slacks[left.0].total_cmp(&point.slacks[right.0]).then(left.0.cmp(&right.0))
            });
            if let Some(&(link, _, _)) = tightest {
                switched.add(model, link, -factor)?;
            }
        }
        Some(switched)
    }

    /// A column between its ends that no tight link explains, and a tight row to take it out with.
    fn next(&self, model: &Model<'_>, point: &Point<'_>, sum: &Sum) -> Option<(usize, usize)> {
        let open = |column: usize| {
            let upper = model.columns[column].upper;
            let distance = point.values[column].min(upper as f64 - point.values[column]);
            let linked = self.links[column].iter().any(|link| point.slacks[link.0] < TOLERANCE);
            (upper > 1 && distance > TOLERANCE && !linked).then_some(distance / self.scale[column])
        };
        let farthest = sum
            .terms
            .keys()
            .filter_map(|&column| open(column).map(|distance| (distance, column)))
            .max_by(|left, right| left.0.total_cmp(&right.0).then(right.1.cmp(&left.1)))?;
        let column = farthest.1;
        let other = self.rows_of[column]
            .iter()
            .copied()
            .filter(|row| {
                let details = &model.rows[*row];
                !sum.rows.contains_key(row)
                    && (3..=LONGEST).contains(&details.terms.len())
                    && (details.equality || point.slacks[*row] < TOLERANCE)
            })
            .min_by_key(|row| (model.rows[*row].terms.len(), *row))?;
        Some((column, other))
    }

    /// The best rounding of a sum, where one cuts the solution off.
    fn rounded(&self, model: &Model<'_>, point: &Point<'_>, sum: &Sum) -> Option<(f64, Recipe)> {
        let mut terms = sum.terms.clone();
        let mut right = sum.right;
        let mut from_above = Vec::new();
        for (&column, factor) in &mut terms {
            let upper = model.columns[column].upper;
            if point.values[column] > upper as f64 / 2.0 {
                right = right.checked_sub(factor.checked_mul(upper.into())?)?;
                *factor = -*factor;
                from_above.push(column);
            }
        }
        let at = |column: usize| {
            let (value, upper) = (point.values[column], model.columns[column].upper as f64);
            if value > upper / 2.0 { upper - value } else { value }
        };
        let half_on = |column: usize| {
            let value = point.values[column];
            model.columns[column].upper == 1 && value > 1e-5 && value < 1.0 - 1e-5
        };
        let mut divisors: Vec<i128> =
            terms.iter().filter(|(column, _)| half_on(**column)).map(|(_, factor)| factor.abs()).collect();
        divisors.sort_unstable_by(|left, right| right.cmp(left));
        divisors.dedup();
        divisors.truncate(DIVISORS);
        let slacks: Vec<(i128, f64)> = sum
            .rows
            .iter()
            .filter(|(row, _)| !model.rows[**row].equality)
            .map(|(row, factor)| (*factor, point.slacks[*row]))
            .collect();
        let violation = |divisor: i128| {
            if divisor < 2 {
                return None;
            }
            let rounding = Rounding::of(right, divisor);
            let unit = rounding.unit() as f64;
            if !rounding.is_proper() || !(1e-4..=1.0 - 1e-4).contains(&(unit / divisor as f64)) {
                return None;
            }
            let (mut over, mut length) = (-(rounding.apply(right)? as f64), 0.0);
            for (&column, &factor) in &terms {
                let factor = rounding.apply(factor)? as f64;
                over += factor * at(column);
                length += (factor / unit * self.scale[column]).powi(2);
            }
            for &(factor, slack) in &slacks {
                over += rounding.apply(factor)? as f64 * slack;
            }
            Some(over / unit / length.sqrt().max(1.0)).filter(|violation| *violation > VIOLATION)
        };
        let best = |divisors: &mut dyn Iterator<Item = i128>| {
            divisors
                .filter_map(|divisor| violation(divisor).map(|violation| (violation, divisor)))
                .max_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)))
        };
        let first = best(&mut divisors.into_iter())?;
        let finer = best(&mut [1, 2, 4, 8].into_iter().map(|part| first.1 / part))?;
        let rows = sum.rows.iter().filter(|(_, factor)| **factor != 0);
        let rows = rows.map(|(row, factor)| Some((*row, i64::try_from(*factor).ok()?))).collect::<Option<_>>()?;
        Some((finer.0, Recipe { rows, from_above, divisor: i64::try_from(finer.1).ok()? }))
    }
}

impl Sum {
    fn add(&mut self, model: &Model<'_>, row: usize, factor: i128) -> Option<()> {
        let details = &model.rows[row];
        self.right = self.right.checked_add(factor.checked_mul(details.right.into())?)?;
        *self.rows.entry(row).or_insert(0) += factor;
        for &(column, coefficient) in &details.terms {
            let sum = self.terms.entry(column).or_insert(0);
            *sum = sum.checked_add(factor.checked_mul(coefficient.into())?)?;
            if *sum == 0 {
                self.terms.remove(&column);
            }
        }
        Some(())
    }

    fn scale(&mut self, factor: i128) -> Option<()> {
        self.right = self.right.checked_mul(factor)?;
        for value in self.terms.values_mut().chain(self.rows.values_mut()) {
            *value = value.checked_mul(factor)?;
        }
        Some(())
    }
}

fn coefficient(model: &Model<'_>, row: usize, column: usize) -> i128 {
    model.rows[row].terms.iter().filter(|term| term.0 == column).map(|term| i128::from(term.1)).sum()
}

fn gcd(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.abs(), right.abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

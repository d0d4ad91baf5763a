//! A cut from its recipe, exactly: mixed-integer rounding of a sum of rows (`docs/rules.md`, Proof; Marchand & Wolsey,
//! Operations Research 49, 2001).

use std::collections::BTreeMap;

use needmatch_domain::certificate::Cut;
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::ids::{OfferIndex, RequestIndex};
use needmatch_domain::row::{Multiplier, Row, RowKey};

use crate::model::{Model, ModelRow};

/// Larger coefficients are not worth their digits.
const LARGEST: i128 = 1 << 60;

/// How a cut is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// Rows with whole multipliers of any sign, in order.
    pub rows: Vec<(usize, i64)>,
    /// Columns counted from above, in order.
    pub from_above: Vec<usize>,
    /// What the sum is divided by before it is rounded.
    pub divisor: i64,
}

/// F(v) = ⌊v/D⌋·(D − r) + max(0, v mod D − r), r = right side mod D.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounding {
    divisor: i128,
    rest: i128,
}

impl Rounding {
    /// For a right side.
    pub(super) fn of(right: i128, divisor: i128) -> Self {
        Self { divisor, rest: right.rem_euclid(divisor) }
    }

    /// Whether it changes anything: a right side that divides evenly rounds nothing.
    pub(super) fn is_proper(self) -> bool {
        self.rest != 0
    }

    /// What one unit of a rounded row is worth.
    pub(super) fn unit(self) -> i128 {
        self.divisor - self.rest
    }

    /// The rounded value; `None` where it does not fit.
    pub(super) fn apply(self, value: i128) -> Option<i128> {
        let whole = value.div_euclid(self.divisor).checked_mul(self.unit())?;
        whole.checked_add((value.rem_euclid(self.divisor) - self.rest).max(0))
    }
}

impl Recipe {
    /// The row; `None` where a number grows beyond use. The model is counted in steps, its own rows stand first.
    pub(super) fn row(&self, model: &Model<'_>, position: u32) -> Option<ModelRow> {
        let mut sums: BTreeMap<usize, i128> = BTreeMap::new();
        let mut right = 0_i128;
        for &(row, multiplier) in &self.rows {
            let multiplier = i128::from(multiplier);
            right = right.checked_add(multiplier.checked_mul(model.rows[row].right.into())?)?;
            add(&mut sums, &model.rows[row], multiplier)?;
        }
        self.turn(model, &mut sums, &mut right)?;
        let rounding = Rounding::of(right, self.divisor.into());
        right = rounding.apply(right)?;
        for factor in sums.values_mut() {
            *factor = rounding.apply(*factor)?;
        }
        self.turn(model, &mut sums, &mut right)?;
        for &(row, multiplier) in self.rows.iter().filter(|(row, _)| !model.rows[*row].equality) {
            let factor = rounding.apply(multiplier.into())?;
            right = right.checked_sub(factor.checked_mul(model.rows[row].right.into())?)?;
            add(&mut sums, &model.rows[row], -factor)?;
        }
        let fits = |value: i128| i64::try_from(value).ok().filter(|_| value.abs() < LARGEST);
        let terms = sums.into_iter().filter(|(_, factor)| *factor != 0);
        let terms = terms.map(|(column, factor)| Some((column, fits(factor)?))).collect::<Option<Vec<_>>>()?;
        Some(ModelRow { key: RowKey::of(Row::Cut, &[position]), terms, right: fits(right)?, equality: false })
    }

    /// Counts the columns concerned from their other end.
    fn turn(&self, model: &Model<'_>, sums: &mut BTreeMap<usize, i128>, right: &mut i128) -> Option<()> {
        for column in &self.from_above {
            let factor = sums.entry(*column).or_insert(0);
            *right = right.checked_sub(factor.checked_mul(model.columns[*column].upper.into())?)?;
            *factor = -*factor;
        }
        Some(())
    }

    /// The recipe as written in certificates.
    pub(super) fn named(&self, model: &Model<'_>) -> Cut {
        let mut rows: Vec<_> =
            self.rows.iter().map(|&(row, value)| Multiplier { key: model.rows[row].key, value }).collect();
        rows.sort_unstable();
        let mut from_above: Vec<_> = self.from_above.iter().map(|&column| model.columns[column].key).collect();
        // A `takes_part` that the model leaves out counts as 1 there. Counted from above it does so in the proof as
        // well: F(K·y) ≥ K·F(y), so that its best end stays 1.
        from_above.extend(rows.iter().map(|multiplier| multiplier.key).filter_map(|key| left_out(model, key)));
        from_above.sort_unstable();
        Cut { rows, from_above, divisor: self.divisor }
    }
}

/// The `takes_part` of a ticket's row where the model has none.
fn left_out(model: &Model<'_>, key: RowKey) -> Option<ColumnKey> {
    let [offer, request] = *key.entities() else { return None };
    let is_there = model.layout.takes_part.contains_key(&(OfferIndex(offer), RequestIndex(request)));
    (key.row == Row::TicketMost && !is_there).then(|| ColumnKey::of(Column::TakesPart, &[offer, request]))
}

fn add(sums: &mut BTreeMap<usize, i128>, row: &ModelRow, factor: i128) -> Option<()> {
    for &(column, coefficient) in &row.terms {
        let sum = sums.entry(column).or_insert(0);
        *sum = sum.checked_add(factor.checked_mul(coefficient.into())?)?;
    }
    Some(())
}

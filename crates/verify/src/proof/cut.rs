//! Cuts: rows derived from rows by mixed-integer rounding, recomputed here from their recipe.
//!
//! With a whole slack tᵢ = bᵢ − Aᵢx ≥ 0 for every inequality, Σ yᵢ(Aᵢx + tᵢ) = Σ yᵢbᵢ for any yᵢ. Let α be the
//! coefficients of the columns, some of them counted from above, β the right side, r = β mod D and
//! F(v) = ⌊v/D⌋·(D − r) + max(0, v mod D − r). F is superadditive and grows, so that whole numbers x, t ≥ 0 satisfy
//! Σ F(αⱼ)xⱼ + Σ F(yᵢ)tᵢ ≤ F(β).

use std::collections::BTreeMap;

use needmatch_domain::certificate::Cut;
use needmatch_domain::row::Row;

use crate::code::Code;
use crate::finding::Finding;
use crate::proof::leaf::checked;
use crate::recount::Recount;
use crate::row::{self, DerivedRow};

/// `Σ coefficient · column ≤ right`, columns counted in steps, each named once.
pub(super) struct CutRow {
    pub(super) terms: Vec<(usize, i128)>,
    pub(super) right: i128,
    /// What deriving it cost.
    pub(super) work: usize,
}

/// Units in a step of each column: all of what cannot be divided, else 1.
pub(super) fn steps(recount: &Recount<'_>) -> Vec<i64> {
    let model = recount.model();
    let mut steps = vec![1; model.upper.len()];
    for (column, step) in steps.iter_mut().enumerate().take(model.columns.x_len()) {
        let component = model.columns.component_of(model.columns.pair_of_x(column));
        if !recount.problem.components[component].divisible {
            *step = model.upper[column].max(1);
        }
    }
    steps
}

/// Recomputes a cut.
pub(super) fn derive(
    recount: &Recount<'_>,
    held: &[i64],
    steps: &[i64],
    position: usize,
    cut: &Cut,
) -> Result<CutRow, Finding> {
    let refused = |why: &str| Finding::about(Code::ProofCut, &[&position, &why], &[]);
    if cut.divisor < 2 {
        return Err(refused("its divisor is below 2"));
    }
    if !cut.rows.is_sorted_by(|left, right| left.key < right.key) {
        return Err(refused("its rows are out of order or given twice"));
    }
    if !cut.from_above.is_sorted_by(|left, right| left < right) {
        return Err(refused("its columns are out of order or given twice"));
    }
    let mut sums: BTreeMap<usize, i128> = BTreeMap::new();
    let mut right = 0_i128;
    let mut slacks: Vec<(i128, DerivedRow)> = Vec::new();
    let mut work = 0;
    for multiplier in &cut.rows {
        let found = (multiplier.key.row != Row::Cut).then(|| row::derive(recount, held, &multiplier.key)).flatten();
        let row = found.ok_or_else(|| Finding::about(Code::ProofRow, &[&multiplier.key], &[]))?;
        let value = i128::from(multiplier.value);
        right = checked(row.right.checked_mul(value).and_then(|product| right.checked_add(product)))?;
        add(&mut sums, &row, value, steps)?;
        work += row.terms.len() * 2 + row.visited;
        if !row.equality {
            slacks.push((value, row));
        }
    }
    let above = columns_from_above(recount, cut, &refused)?;
    for &column in &above {
        let factor = sums.entry(column).or_insert(0);
        right =
            checked(whole_range(recount, steps, column).checked_mul(*factor).and_then(|all| right.checked_sub(all)))?;
        *factor = -*factor;
    }
    let divisor = i128::from(cut.divisor);
    let rest = right.rem_euclid(divisor);
    let rounded = |value: i128| {
        let whole = value.div_euclid(divisor).checked_mul(divisor - rest);
        checked(whole.and_then(|whole| whole.checked_add((value.rem_euclid(divisor) - rest).max(0))))
    };
    let mut right = rounded(right)?;
    for factor in sums.values_mut() {
        *factor = rounded(*factor)?;
    }
    for column in above {
        let factor = sums.entry(column).or_insert(0);
        right =
            checked(whole_range(recount, steps, column).checked_mul(*factor).and_then(|all| right.checked_sub(all)))?;
        *factor = -*factor;
    }
    for (value, row) in slacks {
        let factor = rounded(value)?;
        right = checked(row.right.checked_mul(factor).and_then(|product| right.checked_sub(product)))?;
        add(&mut sums, &row, -factor, steps)?;
    }
    Ok(CutRow { terms: sums.into_iter().filter(|(_, factor)| *factor != 0).collect(), right, work })
}

fn columns_from_above(
    recount: &Recount<'_>,
    cut: &Cut,
    refused: &impl Fn(&str) -> Finding,
) -> Result<Vec<usize>, Finding> {
    let position = |key| recount.column(key).ok_or_else(|| refused("it counts a column from above that is not there"));
    let mut columns = cut.from_above.iter().map(position).collect::<Result<Vec<_>, _>>()?;
    columns.sort_unstable();
    columns.dedup();
    Ok(columns)
}

/// Steps from the lower to the upper end of a column.
fn whole_range(recount: &Recount<'_>, steps: &[i64], column: usize) -> i128 {
    i128::from(recount.model().upper[column] / steps[column])
}

/// Adds a multiple of a row to sums over columns counted in steps.
fn add(sums: &mut BTreeMap<usize, i128>, row: &DerivedRow, factor: i128, steps: &[i64]) -> Result<(), Finding> {
    for &(column, coefficient) in &row.terms {
        let product = factor.checked_mul(coefficient.into()).and_then(|some| some.checked_mul(steps[column].into()));
        let sum = sums.entry(column).or_insert(0);
        *sum = checked(product.and_then(|product| sum.checked_add(product)))?;
    }
    Ok(())
}

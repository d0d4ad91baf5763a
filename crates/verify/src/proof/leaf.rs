//! One leaf after the other: 2ˢU = b·Y + Σ max(rl, ru) with r = 2ˢc − A·Y, in whole numbers that are checked at every
//! step. Columns are counted in steps here: what cannot be divided is 0 or 1, all of it, so that cuts stay whole. Only columns that a leaf's rows or the branches above it touch are looked at again; all others give what they
//! give without multipliers, which is summed once.

use needmatch_domain::certificate::{Cut, Leaf};
use needmatch_domain::row::{Row, RowKey};

use crate::code::Code;
use crate::finding::Finding;
use crate::proof::cut::{self, CutRow};
use crate::recount::Recount;
use crate::row;

/// Largest scale read.
const MAX_SCALE: u32 = 40;

/// Terms and pairs that the rows of one proof may look at together: a matter of seconds.
const MAX_WORK: u64 = 5_000_000_000;

/// What the leaves of one proof share: goal, box, and memory for sums.
pub(super) struct Leaves<'r> {
    pub(super) recount: &'r Recount<'r>,
    held: &'r [i64],
    goal: Vec<i64>,
    /// Units in a step of each column: 1, or all of what cannot be divided.
    step: Vec<i64>,
    cuts: Option<Vec<CutRow>>,
    /// Greatest common divisor of the goal's coefficients.
    divisor: i128,
    /// Σ max(cl, cu) over the box before any branch.
    base: i128,
    low: Vec<i64>,
    high: Vec<i64>,
    /// Columns that the branches above narrow; one may stand there several times.
    narrowed: Vec<usize>,
    /// A·Y of the leaf at hand.
    sums: Vec<i128>,
    touched: Vec<usize>,
    is_touched: Vec<bool>,
    work: u64,
}

impl<'r> Leaves<'r> {
    pub(super) fn of(recount: &'r Recount<'_>, held: &'r [i64], objective: &[(usize, i64)]) -> Result<Self, Finding> {
        let high = recount.model().upper.clone();
        let mut goal = vec![0; high.len()];
        let step = cut::steps(recount);
        let (mut divisor, mut base) = (0_i128, 0_i128);
        for (column, factor) in objective {
            goal[*column] = *factor;
            if high[*column] > 0 {
                divisor = greatest_common_divisor(divisor, i128::from(*factor) * i128::from(step[*column]));
                base = checked(base.checked_add(i128::from((*factor).max(0)) * i128::from(high[*column])))?;
            }
        }
        Ok(Self {
            recount,
            held,
            goal,
            step,
            cuts: None,
            divisor: divisor.max(1),
            base,
            low: vec![0; high.len()],
            sums: vec![0; high.len()],
            is_touched: vec![false; high.len()],
            high,
            narrowed: Vec::new(),
            touched: Vec::new(),
            work: 0,
        })
    }

    pub(super) fn has_cuts(&self) -> bool {
        self.cuts.is_some()
    }

    /// Derives the cuts that every leaf from now on may name.
    pub(super) fn add_cuts(&mut self, cuts: &[Cut]) -> Result<(), Finding> {
        let mut derived = Vec::new();
        for (position, cut) in cuts.iter().enumerate() {
            let row = cut::derive(self.recount, self.held, &self.step, position, cut)?;
            self.charge(row.work)?;
            derived.push(row);
        }
        self.cuts = Some(derived);
        Ok(())
    }

    fn charge(&mut self, work: usize) -> Result<(), Finding> {
        self.work += work as u64 + 1;
        if self.work > MAX_WORK {
            return Err(Finding::about(Code::ProofWork, &[], &[self.work.into(), MAX_WORK.into()]));
        }
        Ok(())
    }

    /// Least and most of a column in the branch at hand.
    pub(super) fn range(&self, column: usize) -> (i64, i64) {
        (self.low[column], self.high[column])
    }

    /// Does something in the branch where the column lies in the range.
    pub(super) fn within<T>(
        &mut self,
        column: usize,
        (low, high): (i64, i64),
        inside: impl FnOnce(&mut Self) -> Result<T, Finding>,
    ) -> Result<T, Finding> {
        let before = self.range(column);
        (self.low[column], self.high[column]) = (low, high);
        self.narrowed.push(column);
        let result = inside(self);
        self.narrowed.pop();
        (self.low[column], self.high[column]) = before;
        result
    }

    /// The bound of a leaf, lifted to the next multiple below that the goal can take.
    pub(super) fn bound(&mut self, leaf: &Leaf) -> Result<i128, Finding> {
        let scaled = self.scaled(leaf, true)?;
        let divisor = checked(self.divisor.checked_mul(1 << leaf.scale))?;
        checked(scaled.div_euclid(divisor).checked_mul(self.divisor))
    }

    /// Whether a leaf shows that its branch holds no plan.
    pub(super) fn shows_nothing_left(&mut self, leaf: &Leaf) -> Result<(), Finding> {
        match self.scaled(leaf, false)? {
            scaled if scaled < 0 => Ok(()),
            scaled => Err(Finding::about(Code::ProofOpen, &[], &[scaled])),
        }
    }

    /// 2ˢU, the goal counting or not.
    fn scaled(&mut self, leaf: &Leaf, with_goal: bool) -> Result<i128, Finding> {
        if leaf.scale > MAX_SCALE {
            return Err(Finding::about(Code::ProofScale, &[], &[leaf.scale.into(), MAX_SCALE.into()]));
        }
        let result = self.sum_up(leaf, with_goal);
        for column in self.touched.drain(..) {
            self.sums[column] = 0;
            self.is_touched[column] = false;
        }
        result
    }

    fn sum_up(&mut self, leaf: &Leaf, with_goal: bool) -> Result<i128, Finding> {
        let mut total = self.add_rows(leaf)?;
        for place in 0..self.narrowed.len() {
            self.touch(self.narrowed[place]);
        }
        let unit = 1_i128 << leaf.scale;
        if with_goal {
            total = checked(self.base.checked_mul(unit).and_then(|base| total.checked_add(base)))?;
        }
        let root = &self.recount.model().upper;
        for column in &self.touched {
            let column = *column;
            let step = self.step[column];
            let factor = if with_goal { i128::from(self.goal[column]) * unit } else { 0 };
            let factor = checked(factor.checked_mul(step.into()))?;
            let rest = checked(factor.checked_sub(self.sums[column]))?;
            // The ends of a box are whole steps: branches of what cannot be divided leave all of it or nothing.
            let gives = checked(rest.checked_mul((self.low[column] / step).into()))?
                .max(checked(rest.checked_mul((self.high[column] / step).into()))?);
            let gave = checked(factor.max(0).checked_mul((root[column] / step).into()))?;
            total = checked(gives.checked_sub(gave).and_then(|change| total.checked_add(change)))?;
        }
        Ok(total)
    }

    /// Adds Y times each row to the sums; gives b·Y.
    fn add_rows(&mut self, leaf: &Leaf) -> Result<i128, Finding> {
        let mut total = 0_i128;
        for (place, multiplier) in leaf.multipliers.iter().enumerate() {
            let key = &multiplier.key;
            if place > 0 && leaf.multipliers[place - 1].key >= *key {
                return Err(Finding::about(Code::ProofOrder, &[key], &[]));
            }
            if multiplier.key.row == Row::Cut {
                total = self.add_cut(key, multiplier.value, total)?;
                continue;
            }
            let unknown = || Finding::about(Code::ProofRow, &[key], &[]);
            let row = row::derive(self.recount, self.held, key).ok_or_else(unknown)?;
            if multiplier.value < 0 && !row.equality {
                return Err(Finding::about(Code::ProofSign, &[key], &[multiplier.value.into()]));
            }
            self.charge(row.terms.len() + row.visited)?;
            let value = i128::from(multiplier.value);
            total = checked(row.right.checked_mul(value).and_then(|right| total.checked_add(right)))?;
            for (column, factor) in row.terms {
                self.touch(column);
                // Both factors fit 64 bits, so their product fits 127.
                let product = checked((i128::from(factor) * value).checked_mul(self.step[column].into()))?;
                self.sums[column] = checked(self.sums[column].checked_add(product))?;
            }
        }
        Ok(total)
    }

    /// Adds Y times a cut, whose columns are counted in steps already; gives the new b·Y.
    fn add_cut(&mut self, key: &RowKey, value: i64, total: i128) -> Result<i128, Finding> {
        // Taken out and put back, for the sums are borrowed as well.
        let cuts = self.cuts.take().unwrap_or_default();
        let result = match cuts.get(key.entities()[0] as usize) {
            None => Err(Finding::about(Code::ProofRow, &[key], &[])),
            Some(_) if value < 0 => Err(Finding::about(Code::ProofSign, &[key], &[value.into()])),
            Some(cut) => self.add_cut_row(cut, value.into(), total),
        };
        self.cuts = Some(cuts);
        result
    }

    fn add_cut_row(&mut self, cut: &CutRow, value: i128, total: i128) -> Result<i128, Finding> {
        self.charge(cut.terms.len())?;
        for &(column, factor) in &cut.terms {
            self.touch(column);
            let sum = factor.checked_mul(value).and_then(|product| self.sums[column].checked_add(product));
            self.sums[column] = checked(sum)?;
        }
        checked(cut.right.checked_mul(value).and_then(|right| total.checked_add(right)))
    }

    fn touch(&mut self, column: usize) {
        if !std::mem::replace(&mut self.is_touched[column], true) {
            self.touched.push(column);
        }
    }
}

pub(super) fn checked(sum: Option<i128>) -> Result<i128, Finding> {
    sum.ok_or_else(|| Finding::about(Code::ProofOverflow, &[], &[]))
}

fn greatest_common_divisor(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.abs(), right.abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

//! One leaf after the other: 2ˢU = b·Y + Σ max(rl, ru) with r = 2ˢc − A·Y, in whole numbers that are checked at every
//! step. Only columns that a leaf's rows or the branches above it touch are looked at again; all others give what they
//! give without multipliers, which is summed once.

use needmatch_domain::certificate::Leaf;

use crate::code::Code;
use crate::finding::Finding;
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
        let (mut divisor, mut base) = (0_i128, 0_i128);
        for (column, factor) in objective {
            goal[*column] = *factor;
            if high[*column] > 0 {
                divisor = greatest_common_divisor(divisor, (*factor).into());
                base = checked(base.checked_add(i128::from((*factor).max(0)) * i128::from(high[*column])))?;
            }
        }
        Ok(Self {
            recount,
            held,
            goal,
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
            let factor = if with_goal { i128::from(self.goal[column]) * unit } else { 0 };
            let rest = checked(factor.checked_sub(self.sums[column]))?;
            let gives = checked(rest.checked_mul(self.low[column].into()))?
                .max(checked(rest.checked_mul(self.high[column].into()))?);
            let gave = checked(factor.max(0).checked_mul(root[column].into()))?;
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
            let unknown = || Finding::about(Code::ProofRow, &[key], &[]);
            let row = row::derive(self.recount, self.held, key).ok_or_else(unknown)?;
            if multiplier.value < 0 && !row.equality {
                return Err(Finding::about(Code::ProofSign, &[key], &[multiplier.value.into()]));
            }
            self.work += (row.terms.len() + row.visited) as u64 + 1;
            if self.work > MAX_WORK {
                return Err(Finding::about(Code::ProofWork, &[], &[self.work.into(), MAX_WORK.into()]));
            }
            let value = i128::from(multiplier.value);
            total = checked(row.right.checked_mul(value).and_then(|right| total.checked_add(right)))?;
            for (column, factor) in row.terms {
                self.touch(column);
                // Both factors fit 64 bits, so their product fits 127.
                self.sums[column] = checked(self.sums[column].checked_add(i128::from(factor) * value))?;
            }
        }
        Ok(total)
    }

    fn touch(&mut self, column: usize) {
        if !std::mem::replace(&mut self.is_touched[column], true) {
            self.touched.push(column);
        }
    }
}

fn checked(sum: Option<i128>) -> Result<i128, Finding> {
    sum.ok_or_else(|| Finding::about(Code::ProofOverflow, &[], &[]))
}

fn greatest_common_divisor(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.abs(), right.abs());
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

//! Numbers that depend on the case alone, so that a failing case can be run again by its number.

/// `SplitMix64` (Steele, Lea & Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn of(case: u64) -> Self {
        Self(case.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x6e65_6564)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low + 1).expect("low is at most high");
        low + i64::try_from(self.next() % width).expect("small")
    }

    /// True once in `of` times.
    pub(crate) fn once_in(&mut self, of: i64) -> bool {
        self.between(1, of) == 1
    }

    /// A value once in `of` times, else nothing.
    pub(crate) fn sometimes(&mut self, of: i64, low: i64, high: i64) -> Option<i64> {
        self.once_in(of).then(|| self.between(low, high))
    }
}

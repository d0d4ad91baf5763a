//! A plan as `plan.csv`: what people open in a spreadsheet, and what a later scenario takes as `baseline.csv`.

use std::io;
use std::path::Path;

use needmatch_domain::plan::PlanRow;

use crate::folder::text::guard;
use crate::json_file::replace;

/// Columns of `plan.csv`.
pub(crate) const COLUMNS: [&str; 7] = ["component", "offer", "period", "quantity", "draw", "cost", "score"];

/// Writes the rows of a plan (see [`needmatch_domain::plan::rows`]). Ids that a spreadsheet would take for a formula
/// get an apostrophe in front, which reading removes. The file appears whole or not at all.
///
/// # Errors
/// When the system refuses; the file is then as it was before.
pub fn write_plan_csv(rows: &[PlanRow], path: &Path) -> io::Result<()> {
    replace(path, |output| {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(COLUMNS)?;
        for row in rows {
            let numbers = [row.quantity, row.draw, row.cost, row.score].map(|number| number.to_string());
            let texts = [&row.component, &row.offer, &row.period].map(|text| guard(text).into_owned());
            writer.write_record(texts.iter().chain(&numbers))?;
        }
        writer.flush()
    })
}

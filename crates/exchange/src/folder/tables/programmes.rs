//! `programmes.csv`: help that is under way already (¶94).

use needmatch_domain::ids::PeriodLabel;
use needmatch_domain::scenario::Programme;
use needmatch_domain::scenario::register::OBSTACLES;

use super::{Table, window_cells};
use crate::error::ErrorCode;
use crate::folder::cells::{Cells, join, show};
use crate::folder::table::{TableSpec, optional, required};

pub(crate) struct Programmes;

impl Table for Programmes {
    type Item = Programme;

    const SPEC: TableSpec = TableSpec {
        file: "programmes.csv",
        columns: &[
            required("id"),
            required("state"),
            required("area"),
            optional("type"),
            optional("from"),
            optional("to"),
            optional("amount"),
            optional("mitigates"),
            optional("sdg_targets"),
            optional("source"),
        ],
        key: &["id"],
        required: false,
    };

    fn read(cells: &mut Cells<'_>) -> Option<Programme> {
        let id = cells.id("id");
        let state = cells.state("state");
        let area = cells.area("area");
        let kind = cells.optional_word("type");
        let window = cells.window();
        let amount = cells.optional_amount("amount");
        let codes = cells.parts("mitigates");
        let mitigates = codes.iter().filter_map(|code| read_obstacle_code(cells, "mitigates", code)).collect();
        let sdg_targets = cells.ids("sdg_targets");
        let source = cells.text("source");
        Some(Programme {
            id: id?,
            state: state?,
            area: area?,
            r#type: kind,
            window,
            amount,
            mitigates,
            sdg_targets,
            source,
        })
    }

    fn write(programme: &Programme, periods: &[PeriodLabel]) -> Vec<String> {
        let [from, to] = window_cells(programme.window, periods);
        vec![
            programme.id.to_string(),
            programme.state.to_string(),
            programme.area.to_string(),
            show(programme.r#type),
            from,
            to,
            show(programme.amount),
            join(&programme.mitigates),
            join(&programme.sdg_targets),
            programme.source.clone(),
        ]
    }
}

/// An obstacle's code: one of a few words, or `other:` with a text.
pub(super) fn read_obstacle_code(cells: &mut Cells<'_>, column: &str, code: &str) -> Option<String> {
    let free = code.strip_prefix("other:").map(str::trim);
    if OBSTACLES.contains(&code) {
        return Some(code.to_owned());
    }
    match free {
        Some(text) if !text.is_empty() => Some(format!("other:{text}")),
        _ => {
            let near = cells.known.candidates.nearest(code, OBSTACLES);
            cells.refuse(column, Some(code), ErrorCode::UnknownObstacle { allowed: OBSTACLES.join(", "), near });
            None
        }
    }
}

//! Rows that belong to a row, as a column of it: read in one statement, they are of the same moment.

use crate::engine::EngineKind;

/// Name of the column.
pub(crate) const COMPONENTS: &str = "components";

/// The components of a request `t` that are not retired, in order, as a JSON list. Bodies are texts in it, so that their
/// numbers come back as they were written.
pub(crate) fn components(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Sqlite => {
            "(SELECT json_group_array(json_object('id', lower(hex(c.id)), 'reference', c.reference, 'type', c.type, \
             'unit', c.unit, 'quantity', c.quantity, 'committed', c.committed, 'body', c.body) ORDER BY c.position) \
             FROM components c WHERE c.request = t.id AND c.retired_at IS NULL) AS components"
        }
        EngineKind::Postgres => {
            "(SELECT COALESCE(CAST(json_agg(json_build_object('id', c.id, 'reference', c.reference, 'type', c.type, \
             'unit', c.unit, 'quantity', c.quantity, 'committed', c.committed, 'body', c.body) ORDER BY c.position) \
             AS TEXT), '[]') FROM components c WHERE c.request = t.id AND c.retired_at IS NULL) AS components"
        }
    }
}

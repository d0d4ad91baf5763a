//! Who helps whom: providers on one side, recipients on the other, a ribbon for each flow between them.

mod draw;
mod gather;
mod layout;

pub use gather::{GatherWords, gather};

use crate::table::Table;
use crate::{Chart, Frame};

/// A provider or a recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Name.
    pub label: String,
    /// Second line: the amount and its share, already written.
    pub note: String,
    /// Palette class of a provider's ribbons; by rank where there is none.
    pub palette: Option<u8>,
    /// Whether this is what was gathered: it stands last.
    pub gathered: bool,
}

/// A flow between a provider and a recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ribbon {
    /// Position in [`Flow::left`].
    pub left: usize,
    /// Position in [`Flow::right`].
    pub right: usize,
    /// Its size; all in one unit.
    pub value: u64,
    /// The size, already written.
    pub amount: String,
    /// What the ribbon means, as a sentence.
    pub title: String,
}

/// A flow chart from providers to recipients.
///
/// The larger stand higher, equals by name; recipients change places where that makes fewer ribbons cross. Nodes
/// without a flow and flows of nothing, or between nodes that are not there, are not drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// Providers.
    pub left: Vec<Node>,
    /// Recipients.
    pub right: Vec<Node>,
    /// Flows. Several between the same two nodes are drawn as they are; [`gather`] makes one of them.
    pub ribbons: Vec<Ribbon>,
    /// Names of the table's three columns: provider, recipient, amount.
    pub headers: [String; 3],
}

impl Flow {
    /// Flows that can be drawn.
    pub(crate) fn drawable(&self) -> impl Iterator<Item = &Ribbon> {
        self.ribbons
            .iter()
            .filter(|ribbon| ribbon.value > 0 && ribbon.left < self.left.len() && ribbon.right < self.right.len())
    }
}

impl Chart for Flow {
    fn svg(&self, frame: &Frame) -> String {
        draw::draw(self, frame)
    }

    fn table(&self) -> Table {
        let mut ribbons: Vec<_> = self.drawable().collect();
        ribbons.sort_by(|a, b| {
            let names = |ribbon: &Ribbon| (&self.left[ribbon.left].label, &self.right[ribbon.right].label);
            b.value.cmp(&a.value).then_with(|| names(a).cmp(&names(b)))
        });
        let row = |ribbon: &Ribbon| {
            vec![self.left[ribbon.left].label.clone(), self.right[ribbon.right].label.clone(), ribbon.amount.clone()]
        };
        Table { headers: self.headers.to_vec(), rows: ribbons.into_iter().map(row).collect() }
    }
}

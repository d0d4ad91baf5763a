//! One small chart of each kind, with texts and figures to choose.

use needmatch_charts::{
    Axis, Bar, Bars, Cell, Chart, Flow, Heat, HeatRow, Level, Line, LinePoint, LineSeries, Measure, Node, Ribbon,
    Scatter, ScatterPoint, Segment, Series, Tick, Tile, TileGroup, Tiles,
};

/// What the charts are made of. Lists shorter than a chart needs are repeated.
#[derive(Debug)]
pub(crate) struct Material {
    pub(crate) names: Vec<String>,
    pub(crate) amounts: Vec<u64>,
}

impl Material {
    pub(crate) fn plain() -> Self {
        let names = ["Provider A", "Regional trust fund for peace and disarmament", "Western Africa", "Caribbean"];
        Self { names: names.map(str::to_owned).to_vec(), amounts: vec![2000, 120, 0, 7] }
    }

    fn name(&self, index: usize) -> String {
        self.names[index % self.names.len()].clone()
    }

    fn amount(&self, index: usize) -> u64 {
        self.amounts[index % self.amounts.len()]
    }

    fn signed(&self, index: usize) -> i64 {
        self.amount(index).cast_signed()
    }

    fn level(&self, index: usize) -> Option<Level> {
        Some(Level::of_permille(u32::try_from(self.amount(index) % 1001).unwrap_or(0))).filter(|_| index % 3 != 2)
    }

    /// One chart of each kind, by its name.
    pub(crate) fn charts(&self) -> Vec<(&'static str, Box<dyn Chart>)> {
        vec![
            ("flow", Box::new(self.flow())),
            ("heat", Box::new(self.heat())),
            ("bars", Box::new(self.bars())),
            ("line", Box::new(self.line())),
            ("scatter", Box::new(self.scatter())),
            ("tiles", Box::new(self.tiles())),
        ]
    }

    pub(crate) fn flow(&self) -> Flow {
        let node = |index| Node { label: self.name(index), note: self.name(index + 1), ..Node::default() };
        let ribbon = |index: usize| Ribbon {
            left: index % 3,
            right: index / 3,
            value: self.amount(index),
            amount: self.amount(index).to_string(),
            title: self.name(index),
        };
        Flow {
            left: (0..3).map(node).collect(),
            right: (2..5).map(node).collect(),
            ribbons: (0..9).map(ribbon).collect(),
            headers: [self.name(0), self.name(1), self.name(2)],
        }
    }

    fn heat(&self) -> Heat {
        let cell =
            |index| Cell { text: self.amount(index).to_string(), level: self.level(index), title: self.name(index) };
        let row = |index| HeatRow { label: self.name(index), cells: (index..index + 3).map(cell).collect() };
        Heat {
            corner: self.name(0),
            columns: (0..3).map(|index| self.name(index)).collect(),
            rows: (0..3).map(row).collect(),
            legend: (0..5).map(|index| self.name(index)).collect(),
        }
    }

    fn bars(&self) -> Bars {
        let segment = |index| Segment { value: self.amount(index), label: self.amount(index).to_string() };
        let bar = |index| Bar {
            label: self.name(index),
            note: self.name(index + 1),
            title: self.name(index + 2),
            segments: (index..index + 2).map(segment).collect(),
        };
        Bars {
            corner: self.name(0),
            series: vec![Series { label: self.name(0), hollow: false }, Series { label: self.name(1), hollow: true }],
            bars: (0..4).map(bar).collect(),
            measure: if self.names.len().is_multiple_of(2) { Measure::Share } else { Measure::Amount },
        }
    }

    fn axis(&self, index: usize) -> Axis {
        let tick = |index| Tick { at: self.signed(index), label: self.name(index) };
        Axis { title: self.name(index), ticks: (index..index + 3).map(tick).collect() }
    }

    fn line(&self) -> Line {
        let point = |index| LinePoint {
            x: self.signed(index),
            y: self.signed(index + 1),
            x_label: self.amount(index).to_string(),
            y_label: self.name(index),
        };
        let series = |index: usize| LineSeries {
            label: self.name(index),
            points: (index..index + 4).map(point).collect(),
            steps: index.is_multiple_of(2),
        };
        Line { across: self.axis(0), upward: self.axis(1), series: (0..2).map(series).collect(), shaded: true }
    }

    pub(crate) fn scatter(&self) -> Scatter {
        let point = |index| ScatterPoint {
            label: self.name(index),
            x: self.signed(index),
            y: self.signed(index + 1),
            x_label: self.amount(index).to_string(),
            y_label: self.amount(index + 1).to_string(),
            title: self.name(index + 2),
            chosen: index == 1,
        };
        let points = (0..self.amounts.len()).map(point).collect();
        Scatter { corner: self.name(0), across: self.axis(0), upward: self.axis(1), points }
    }

    fn tiles(&self) -> Tiles {
        let tile = |index| Tile {
            code: self.name(index),
            name: self.name(index),
            text: self.amount(index).to_string(),
            level: self.level(index),
            title: self.name(index),
        };
        let group = |index: u8| TileGroup {
            label: self.name(usize::from(index)),
            column: index % 2,
            tiles: (0..usize::from(index) * 3).map(tile).collect(),
        };
        Tiles {
            headers: [self.name(0), self.name(1), self.name(2)],
            groups: (0..4).map(group).collect(),
            legend: (0..5).map(|index| self.name(index)).collect(),
        }
    }
}

//! Every chart in one page, in English and in Arabic, to be looked at: `cargo run -p needmatch-charts --example gallery`
//! prints it. Figures are invented.

use needmatch_charts::{
    Axis, Bar, Bars, Cell, Chart, Flow, Frame, GatherWords, Heat, HeatRow, Level, Line, LinePoint, LineSeries, Measure,
    Node, Ribbon, STYLESHEET, Scatter, ScatterPoint, Segment, Series, Tick, Tile, TileGroup, Tiles, gather,
    tick_positions,
};

/// Words of the gallery in one language.
struct Words {
    language: &'static str,
    right_to_left: bool,
    titles: [&'static str; 6],
    providers: [&'static str; 7],
    regions: [&'static str; 9],
    areas: [&'static str; 6],
    of_asked: &'static str,
    used: &'static str,
    left: &'static str,
    others: &'static str,
    best: &'static str,
    bound: &'static str,
    seconds: &'static str,
    coverage: &'static str,
    equity: &'static str,
    run: &'static str,
}

const ENGLISH: Words = Words {
    language: "en",
    right_to_left: false,
    titles: [
        "Flow of help",
        "Coverage by region and area, %",
        "Use of each offer",
        "Best plan and bound over time",
        "What equity costs",
        "Coverage by State and subregion",
    ],
    providers: [
        "Provider A · money",
        "Provider B · training",
        "Provider C · equipment",
        "Provider D · expertise",
        "Regional trust fund for peace and disarmament",
        "Provider E",
        "Provider F",
    ],
    regions: [
        "Western Africa",
        "Eastern Africa",
        "Caribbean",
        "Central Asia",
        "Melanesia",
        "Central America",
        "Southern Asia",
        "Northern Africa",
        "Polynesia",
    ],
    areas: [
        "Marking",
        "Record-keeping",
        "Tracing",
        "Stockpile: infrastructure",
        "Stockpile: training",
        "Border controls",
    ],
    of_asked: "of asked",
    used: "used",
    left: "left",
    others: "Others",
    best: "Best plan",
    bound: "Bound",
    seconds: "Time, s",
    coverage: "Coverage",
    equity: "Equity",
    run: "Run",
};

const ARABIC: Words = Words {
    language: "ar",
    right_to_left: true,
    titles: [
        "تدفق المساعدة",
        "التغطية حسب المنطقة والمجال، %",
        "استخدام كل عرض",
        "أفضل خطة والحد الأعلى عبر الزمن",
        "ثمن الإنصاف",
        "التغطية حسب الدولة والمنطقة الفرعية",
    ],
    providers: [
        "الجهة ألف · أموال",
        "الجهة باء · تدريب",
        "الجهة جيم · معدات",
        "الجهة دال · خبرة فنية",
        "الصندوق الاستئماني الإقليمي للسلام ونزع السلاح",
        "الجهة هاء",
        "الجهة واو",
    ],
    regions: [
        "غرب أفريقيا",
        "شرق أفريقيا",
        "منطقة البحر الكاريبي",
        "آسيا الوسطى",
        "ميلانيزيا",
        "أمريكا الوسطى",
        "جنوب آسيا",
        "شمال أفريقيا",
        "بولينيزيا",
    ],
    areas: ["الوسم", "حفظ السجلات", "التعقّب", "المخزونات: البنية التحتية", "المخزونات: التدريب", "مراقبة الحدود"],
    of_asked: "من المطلوب",
    used: "المستخدم",
    left: "المتبقي",
    others: "أخرى",
    best: "أفضل خطة",
    bound: "الحد الأعلى",
    seconds: "الزمن، ث",
    coverage: "التغطية",
    equity: "الإنصاف",
    run: "التشغيل",
};

/// Amounts in thousands, by provider and region.
const AMOUNTS: [[u64; 9]; 7] = [
    [2000, 1200, 1000, 0, 0, 300, 0, 0, 0],
    [800, 600, 0, 400, 0, 0, 210, 0, 0],
    [1200, 600, 0, 500, 0, 0, 0, 150, 0],
    [0, 0, 600, 0, 500, 0, 0, 0, 40],
    [800, 300, 600, 700, 700, 0, 0, 0, 0],
    [0, 120, 0, 0, 0, 90, 0, 0, 0],
    [60, 0, 0, 0, 0, 0, 80, 0, 0],
];

const SHARES: [[Option<u32>; 9]; 6] = [
    [Some(720), Some(400), Some(1000), Some(0), Some(300), Some(510), None, Some(660), Some(820)],
    [Some(650), Some(520), Some(800), Some(200), Some(550), Some(410), Some(90), None, Some(0)],
    [Some(400), Some(350), Some(600), Some(450), Some(0), Some(700), Some(330), Some(120), None],
    [Some(580), Some(610), Some(450), Some(700), Some(660), None, Some(240), Some(500), Some(980)],
    [Some(900), Some(750), Some(850), Some(640), Some(720), Some(380), Some(550), Some(610), Some(700)],
    [Some(200), Some(300), Some(550), Some(100), Some(250), Some(0), Some(430), Some(770), None],
];

fn frame(words: &Words, index: usize) -> Frame {
    let prefix = format!("{}{index}", words.language);
    Frame::new(&prefix, words.language, words.titles[index], "").right_to_left(words.right_to_left)
}

fn flow(words: &Words) -> Flow {
    let node = |label: &&str, amount: u64, share: u64, of: &str| Node {
        label: (*label).to_owned(),
        note: format!("\u{2066}{amount} k\u{2069} · {share}% {of}"),
        ..Node::default()
    };
    let given = |row: usize| AMOUNTS[row].iter().sum::<u64>();
    let received = |column: usize| AMOUNTS.iter().map(|row| row[column]).sum::<u64>();
    let mut ribbons = Vec::new();
    for (left, row) in AMOUNTS.iter().enumerate() {
        for (right, value) in row.iter().enumerate() {
            let (from, to) = (words.providers[left], words.regions[right]);
            let amount = format!("{value} k USD");
            ribbons.push(Ribbon { left, right, value: *value, title: format!("{from} → {to}: {amount}"), amount });
        }
    }
    let full = Flow {
        left: words.providers.iter().enumerate().map(|(row, label)| node(label, given(row), 96, words.used)).collect(),
        right: words
            .regions
            .iter()
            .enumerate()
            .map(|(at, label)| node(label, received(at), 61, words.of_asked))
            .collect(),
        ribbons,
        headers: ["provider".into(), "region".into(), "amount".into()],
    };
    let gathered = GatherWords {
        others: &|number| format!("{} ({number})", words.others),
        note: &|sum| format!("\u{2066}{sum} k\u{2069}"),
        amount: &|sum| format!("{sum} k USD"),
        title: &|from, to, sum| format!("{from} → {to}: {sum} k USD"),
    };
    gather(&full, 7, &gathered)
}

fn legend() -> Vec<String> {
    // A range reads from the left in every language.
    ["0–19", "20–39", "40–59", "60–79", "80–100"].map(|range| format!("\u{2066}{range}\u{2069}")).to_vec()
}

fn heat(words: &Words) -> Heat {
    let cell = |share: &Option<u32>| {
        share.map_or_else(Cell::default, |share| Cell {
            text: (share / 10).to_string(),
            level: Some(Level::of_permille(share)),
            title: format!("{}%", share / 10),
        })
    };
    let row = |(label, shares): (&&str, &[Option<u32>; 9])| HeatRow {
        label: (*label).to_owned(),
        cells: shares.iter().map(cell).collect(),
    };
    Heat {
        corner: "area".into(),
        columns: words.regions.map(str::to_owned).to_vec(),
        rows: words.areas.iter().zip(&SHARES).map(row).collect(),
        legend: legend(),
    }
}

fn bars(words: &Words) -> Bars {
    let bar = |(index, label): (usize, &&str)| {
        let used = [960_u64, 700, 1000, 330, 0, 520, 875][index];
        let segment = |value: u64| Segment { value, label: value.to_string() };
        Bar {
            label: (*label).to_owned(),
            note: format!("{}% {}", used / 10, words.used),
            title: format!("{label}: {}%", used / 10),
            segments: vec![segment(used), segment(1000 - used)],
        }
    };
    let series = |label: &str, hollow| Series { label: label.to_owned(), hollow };
    Bars {
        corner: "offer".into(),
        series: vec![series(words.used, false), series(words.left, true)],
        bars: words.providers.iter().enumerate().map(bar).collect(),
        measure: Measure::Share,
    }
}

fn axis(title: &str, low: i64, high: i64) -> Axis {
    let tick = |at: i64| Tick { at, label: at.to_string() };
    Axis { title: title.to_owned(), ticks: tick_positions(low, high, 5).into_iter().map(tick).collect() }
}

fn line(words: &Words) -> Line {
    let series = |label: &str, points: &[(i64, i64)]| LineSeries {
        label: label.to_owned(),
        points: points
            .iter()
            .map(|(x, y)| LinePoint { x: *x, y: *y, x_label: x.to_string(), y_label: y.to_string() })
            .collect(),
        steps: true,
    };
    Line {
        across: axis(words.seconds, 0, 60),
        upward: axis(words.coverage, 40_000, 90_000),
        series: vec![
            series(words.best, &[(0, 45_200), (2, 58_000), (5, 61_900), (11, 66_100), (24, 68_000), (41, 68_400)]),
            series(words.bound, &[(0, 88_000), (1, 79_500), (4, 73_300), (9, 70_900), (20, 69_500), (38, 68_900)]),
        ],
        shaded: true,
    }
}

fn scatter(words: &Words) -> Scatter {
    let values = [
        (640, 412),
        (655, 409),
        (668, 401),
        (684, 405),
        (689, 371),
        (693, 322),
        (695, 240),
        (660, 380),
        (672, 350),
        (648, 330),
    ];
    let point = |(index, (x, y)): (usize, &(i64, i64))| {
        let label = format!("{} {}", words.run, index + 1);
        ScatterPoint {
            title: format!("{label}: {x}, {y}"),
            label,
            x: *x,
            y: *y,
            x_label: x.to_string(),
            y_label: y.to_string(),
            chosen: index == 3,
        }
    };
    Scatter {
        corner: words.run.to_owned(),
        across: axis(words.coverage, 630, 700),
        upward: axis(words.equity, 200, 420),
        points: values.iter().enumerate().map(point).collect(),
    }
}

fn tiles(words: &Words) -> Tiles {
    let codes = [
        "BEN", "BFA", "CPV", "CIV", "GMB", "GHA", "GIN", "GNB", "LBR", "MLI", "MRT", "NER", "NGA", "SEN", "SLE", "TGO",
    ];
    let places: [(usize, u8, usize); 9] =
        [(5, 0, 8), (2, 0, 13), (7, 1, 6), (0, 1, 16), (1, 2, 14), (3, 3, 5), (6, 3, 9), (4, 4, 4), (8, 4, 4)];
    let group = |(region, column, number): &(usize, u8, usize)| TileGroup {
        label: words.regions[*region].to_owned(),
        column: *column,
        tiles: (0..*number)
            .map(|index| {
                let share = u32::try_from((index * 7 + region * 3) % 11).unwrap_or(0) * 100;
                let asked = (index + region) % 5 != 4;
                Tile {
                    code: codes[index].to_owned(),
                    name: codes[index].to_owned(),
                    text: if asked { (share / 10).to_string() } else { String::new() },
                    level: asked.then(|| Level::of_permille(share)),
                    title: codes[index].to_owned(),
                }
            })
            .collect(),
    };
    Tiles {
        headers: ["region".into(), "state".into(), "coverage".into()],
        groups: places.iter().map(group).collect(),
        legend: legend(),
    }
}

fn main() {
    println!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Gallery of charts</title><style>{STYLESHEET}"
    );
    println!(
        ":root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui;margin:24px auto;max-width:1640px;background:light-dark(#f6f8fa,#10171d);color:light-dark(#14202b,#e8eef3)}}"
    );
    println!(
        "div{{display:grid;grid-template-columns:1fr 1fr;gap:24px}}section{{background:light-dark(#fff,#18222a);border:1px solid light-dark(#d8e0e6,#2d3a45);border-radius:6px;padding:16px 20px}}h1{{font-size:1.6rem}}h2{{font-size:1.06rem;margin:0 0 10px}}</style><main><h1>Gallery of charts</h1><div>"
    );
    for index in 0..6 {
        for words in [&ENGLISH, &ARABIC] {
            let frame = frame(words, index);
            let drawn = match index {
                0 => flow(words).svg(&frame),
                1 => heat(words).svg(&frame),
                2 => bars(words).svg(&frame),
                3 => line(words).svg(&frame),
                4 => scatter(words).svg(&frame),
                _ => tiles(words).svg(&frame),
            };
            let direction = if words.right_to_left { "rtl" } else { "ltr" };
            println!(
                "<section lang=\"{}\" dir=\"{direction}\"><h2>{}</h2>{drawn}</section>",
                words.language, words.titles[index]
            );
        }
    }
    println!("</div></main></html>");
}

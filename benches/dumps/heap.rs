//! Labelled heaps: which documents are in them, and what is true of these. A heap is made of
//! families, each out of dice of its own, so that they can be made at the same time and a heap
//! does not depend on how.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rayon::prelude::*;

use super::dice::Dice;
use super::document::{Block, Document, Kind, Language, Point, Text};
use super::encoding::Encoding;
use super::grammar::Author;
use super::page::{Comments, Markup, Style};
use super::truth::{self, Row};
use super::variants::cuts::{self, Falls};
use super::variants::{Base, Copy, OF_A_SITE, OF_A_TEMPLATE, SHORTEST, VARIANTS, Variant};

/// The kinds of heaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Preset {
    /// All variants in all languages: for the truth.
    Mixed,
    /// Chinese lessons in Markdown, full/ and cut/.
    Lessons,
    /// English articles in HTML, full/ and cut/.
    Html,
    /// Pages of a 5 KB template with 200 bytes of their own.
    Pages,
    /// One text, again and again.
    OneText,
    /// A large text and its first half; --bytes is the size of the large one.
    HugePair,
}

impl Preset {
    /// How many documents, and how many bytes of each on average, unless told otherwise.
    pub fn usual(self) -> (usize, usize) {
        match self {
            Self::Mixed => (20_000, 8_000),
            Self::Lessons | Self::Html => (20_000, 12_500),
            Self::Pages => (100_000, 5_600),
            Self::OneText => (100_000, 5_000),
            Self::HugePair => (2, 375_000_000),
        }
    }
}

/// What to make.
pub struct Plan {
    pub preset: Preset,
    pub seed: u64,
    /// How many documents, about.
    pub documents: usize,
    /// Of a document, on average, about.
    pub bytes: usize,
    /// Documents that were found somewhere; if there are any, families are made of these.
    pub found: Vec<Document>,
}

/// A base and its copies.
#[derive(Default)]
struct Family {
    files: Vec<(String, Vec<u8>)>,
    rows: Vec<Row>,
}

/// How many families are in memory at a time.
const AT_A_TIME: usize = 2048;

/// Makes the heap in `folder` and gives its truth to `table`. Tells how many documents there are.
pub fn write(plan: &Plan, folder: &Path, table: impl Write) -> io::Result<usize> {
    let mut table = BufWriter::new(table);
    writeln!(table, "{}", truth::HEADER)?;
    let mut documents = 0;
    let families = plan.families();
    let site = Site::new(plan, 1, 1_500);
    let template = Site::new(plan, 2, 5_000);
    for first in (0..families).step_by(AT_A_TIME) {
        let numbers = first..families.min(first + AT_A_TIME);
        let made: Vec<(usize, Vec<Row>)> = numbers
            .into_par_iter()
            .map(|number| {
                let mut dice = Dice::new(plan.seed, number as u64 + 16);
                let family = plan.family(number, &site, &template, &mut dice);
                for (path, bytes) in &family.files {
                    put(&folder.join(path), bytes)?;
                }
                Ok((family.files.len(), family.rows))
            })
            .collect::<io::Result<_>>()?;
        for (files, rows) in made {
            documents += files;
            for row in rows {
                writeln!(table, "{row}")?;
            }
        }
    }
    table.flush()?;
    Ok(documents)
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let written = fs::write(path, bytes);
    match (&written, path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            fs::write(path, bytes)
        }
        _ => written,
    }
}

/// What all pages of a site have before and after their own text.
struct Site {
    before: Vec<Block>,
    after: Vec<Block>,
}

impl Site {
    fn new(plan: &Plan, part: u64, size: usize) -> Self {
        let mut dice = Dice::new(plan.seed, part);
        let language = if part == 1 && plan.preset == Preset::Mixed {
            Language::Chinese
        } else {
            Language::English
        };
        let author = Author { language };
        let mut before = vec![Block {
            kind: Kind::Paragraph,
            text: author.paragraph(size / 4, &mut dice),
        }];
        for _ in 0..size / 200 {
            let text = Text::new(format!(
                "{} {}",
                author.word(&mut dice),
                author.word(&mut dice)
            ));
            before.push(Block {
                kind: Kind::Item,
                text,
            });
        }
        let mut after = Vec::new();
        for _ in 0..size.div_ceil(2_000) {
            after.push(Block {
                kind: Kind::Paragraph,
                text: author.paragraph(size.min(1_800) / 2, &mut dice),
            });
        }
        Self { before, after }
    }

    /// A page of it that says what `document` says.
    fn page(&self, document: Document, style: Style) -> Option<Base> {
        let own = self.before.len()..self.before.len() + document.blocks.len();
        let blocks = [self.before.as_slice(), &document.blocks, &self.after].concat();
        let mut base = Base::new(Document { blocks, ..document }, style, Encoding::Utf8)?;
        base.own = own;
        Some(base)
    }
}

impl Plan {
    fn families(&self) -> usize {
        match self.preset {
            // Several have more than one copy, some none.
            Preset::Mixed if self.found.is_empty() => self.documents * 4 / 9,
            Preset::Mixed => self.found.len(),
            Preset::Lessons | Preset::Html => self.documents.div_ceil(2),
            Preset::Pages => self.documents,
            Preset::OneText | Preset::HugePair => 1,
        }
    }

    fn family(&self, number: usize, site: &Site, template: &Site, dice: &mut Dice) -> Family {
        match self.preset {
            Preset::Mixed if !self.found.is_empty() => self.found_family(number, dice),
            Preset::Mixed => self.mixed(number, site, template, dice),
            Preset::Lessons => self.lesson(number, None, dice),
            Preset::Html => self.lesson(number, Some(site), dice),
            Preset::Pages => self.page(number, template, dice),
            Preset::OneText => self.one_text(number, self.documents, dice),
            Preset::HugePair => self.huge_pair(dice),
        }
    }

    /// Of eight families two are of a site, two of a template, and one has several copies; every
    /// two hundredth is one text many times.
    fn mixed(&self, number: usize, site: &Site, template: &Site, dice: &mut Dice) -> Family {
        let round = number / 8;
        if number % 200 == 199 {
            return self.one_text(number, 40, dice);
        }
        match number % 8 {
            0 | 1 => {
                let document = Author {
                    language: Language::Chinese,
                }
                .document(self.size(dice), dice);
                let base = site.page(document, Style::new(Markup::Html));
                self.with_one(
                    number,
                    base,
                    OF_A_SITE,
                    round * 2 / 3,
                    !round.is_multiple_of(3),
                    dice,
                )
            }
            2 | 3 => {
                let document = Author {
                    language: Language::English,
                }
                .document(200, dice);
                let base = template.page(document, Style::new(Markup::Html));
                self.with_one(
                    number,
                    base,
                    OF_A_TEMPLATE,
                    round,
                    round.is_multiple_of(8),
                    dice,
                )
            }
            4 => {
                let base = self.base(dice);
                let parts: Vec<&Variant> =
                    VARIANTS.iter().filter(|variant| variant.is_part).collect();
                let copies = (0..dice.within(2..7))
                    .map(|_| **dice.pick(&parts))
                    .collect();
                family(&name(number), base, copies, dice)
            }
            _ => {
                // Where one cannot be made of a base, another base may do.
                let wanted = 3 * round + number % 8 - 5;
                let variant = VARIANTS[wanted % VARIANTS.len()];
                let tries = (0..12).map(|_| {
                    let base = self.base(dice);
                    family(&name(number), base, vec![variant], dice)
                });
                let mut last = Family::default();
                for one in tries {
                    last = one;
                    if !last.rows.is_empty() {
                        break;
                    }
                }
                last
            }
        }
    }

    fn with_one(
        &self,
        number: usize,
        base: Option<Base>,
        variants: &[Variant],
        which: usize,
        copied: bool,
        dice: &mut Dice,
    ) -> Family {
        let copies = if copied {
            vec![variants[which % variants.len()]]
        } else {
            Vec::new()
        };
        base.map_or_else(Family::default, |base| {
            family(&name(number), base, copies, dice)
        })
    }

    fn found_family(&self, number: usize, dice: &mut Dice) -> Family {
        let Some(document) = self.found.get(number) else {
            return Family::default();
        };
        let style = Style::new(Markup::Markdown);
        let Some(base) = Base::new(document.clone(), style, Encoding::Utf8) else {
            return Family::default();
        };
        let copies = (0..dice.within(1..4))
            .map(|_| *dice.pick(VARIANTS))
            .collect::<Vec<Variant>>();
        let copies = copies
            .into_iter()
            .filter(|variant| variant.is_part)
            .collect();
        family(&name(number), base, copies, dice)
    }

    /// From a twenty-fifth of the usual size to five times as much; as many of each magnitude.
    fn size(&self, dice: &mut Dice) -> usize {
        (self.bytes as f64 / 25.0 * 125_f64.powf(dice.share())) as usize
    }

    fn base(&self, dice: &mut Dice) -> Base {
        loop {
            let language = *dice.pick(&[
                Language::Chinese,
                Language::Chinese,
                Language::Mixed,
                Language::English,
                Language::English,
                Language::Traditional,
            ]);
            let markup = *dice.pick(&[
                Markup::Markdown,
                Markup::Markdown,
                Markup::Html,
                Markup::Html,
                Markup::Plain,
            ]);
            let author = Author { language };
            let mut document = author.document(self.size(dice), dice);
            if markup != Markup::Plain && dice.percent(60) {
                for _ in 0..dice.within(1..13) {
                    document.comments.push(author.comment(dice));
                }
            }
            let comments = *dice.pick(&[Comments::Island, Comments::Avatars, Comments::Native]);
            let encoding = match dice.below(12) {
                0 => Encoding::Utf16Le,
                1 => Encoding::Utf8Bom,
                _ => Encoding::Utf8,
            };
            let style = Style {
                comments,
                crlf: dice.once_in(8),
                ..Style::new(markup)
            };
            if let Some(base) = Base::new(document, style, encoding) {
                return base;
            }
        }
    }

    /// A lesson, and a dump of it that is cut off: 5 to 90 % are left, of most less than half.
    fn lesson(&self, number: usize, site: Option<&Site>, dice: &mut Dice) -> Family {
        let language = if site.is_some() {
            Language::English
        } else {
            Language::Chinese
        };
        let author = Author { language };
        let comments = dice.within(4..16);
        let frame = if site.is_some() { 1_700 } else { 200 };
        let pair = (2 * self.bytes).saturating_sub(2 * (comments * 260 + frame)) as f64;
        let size = pair / 1.34 * (0.5 + dice.share());
        let mut document = author.document(size as usize, dice);
        document
            .comments
            .extend((0..comments).map(|_| author.comment(dice)));
        let (course, lesson) = (number / 40, number % 40);
        let title: String = document
            .title
            .chars()
            .filter(|c| c.is_alphanumeric() || *c == ' ')
            .collect();
        let stem = format!("course-{course:04}/{lesson:02} {title}").replace(' ', "-");
        let style = match site {
            Some(_) => Style::new(Markup::Html),
            None => Style {
                comments: Comments::Island,
                ..Style::new(Markup::Markdown)
            },
        };
        let base = match site {
            // Without its footer, for that would follow the cut.
            Some(site) => Site {
                before: site.before.clone(),
                after: Vec::new(),
            }
            .page(document, style),
            None => Base::new(document, style, Encoding::Utf8),
        };
        let Some(base) = base else {
            return Family::default();
        };
        let mut family = Family::default();
        let path = |dump: &str| format!("{dump}/{stem}.{}", style.extension());
        family.files.push((path("full"), base.bytes()));
        // A page cut off within its header is no copy of one lesson.
        let tries = (0..8).find_map(|_| {
            let share = dice.share();
            let copy = cut_lesson(&base, 0.05 + 0.85 * share * share, dice);
            copy.filter(|copy| copy.passage >= SHORTEST)
        });
        if let Some(copy) = tries {
            family
                .rows
                .push(row(&base, path("full"), &copy, path("cut"), "cut dump"));
            family.files.push((path("cut"), copy.bytes));
        }
        family
    }

    fn page(&self, number: usize, template: &Site, dice: &mut Dice) -> Family {
        let document = Author {
            language: Language::English,
        }
        .document(200, dice);
        let base = template.page(document, Style::new(Markup::Html));
        let path = format!("{:04}/{number:06}.html", number / 1000);
        let files = base.map(|base| (path, base.bytes()));
        Family {
            files: files.into_iter().collect(),
            rows: Vec::new(),
        }
    }

    fn one_text(&self, number: usize, copies: usize, dice: &mut Dice) -> Family {
        let size = if self.preset == Preset::OneText {
            self.bytes
        } else {
            self.size(dice)
        };
        let document = Author {
            language: Language::Chinese,
        }
        .document(size, dice);
        let Some(base) = Base::new(document, Style::new(Markup::Markdown), Encoding::Utf8) else {
            return Family::default();
        };
        let variants = VARIANTS
            .iter()
            .filter(|variant| variant.name == "exact copy");
        let Some(copy) = variants
            .copied()
            .next()
            .and_then(|exact| (exact.make)(&base, dice))
        else {
            return Family::default();
        };
        let path = |copy: usize| format!("one-{number:06}/{:03}/{copy:06}.md", copy / 1000);
        Family {
            files: (0..copies)
                .map(|at| (path(at), copy.bytes.clone()))
                .collect(),
            rows: (1..copies)
                .map(|at| row(&base, path(0), &copy, path(at), "one text"))
                .collect(),
        }
    }

    /// Parts of a lesson, one after another, and the first half of them.
    fn huge_pair(&self, dice: &mut Dice) -> Family {
        let author = Author {
            language: Language::Chinese,
        };
        let size = 4 * self.bytes / 3;
        let mut document = author.document(0, dice);
        let mut whole = String::with_capacity(size + (1 << 17));
        let mut half = None;
        let mut amounts = [0; 2];
        while whole.len() < size {
            document.blocks = author.document(1 << 16, dice).blocks;
            if half.is_none() && 2 * whole.len() >= size {
                half = Some(whole.len());
            }
            amounts[usize::from(half.is_some())] += document.amount().sketch;
            whole.push_str(&super::page::Page::write(&document, Style::new(Markup::Markdown)).text);
        }
        let half = half.unwrap_or(whole.len());
        let kept = whole[..half].trim_end().len();
        let lines = whole[..half].bytes().filter(|byte| *byte == b'\n').count();
        let gap = whole[kept..half].len();
        let row = Row {
            base: "whole.md".to_owned(),
            copy: "half.md".to_owned(),
            verdict: "truncated".to_owned(),
            share: amounts[0] as f64 / (amounts[0] + amounts[1]) as f64,
            language: Language::Chinese.name().to_owned(),
            kind: "huge".to_owned(),
            bytes: whole.len(),
            passage: amounts[0],
            cut: Some(truth::Cut {
                byte: kept,
                line: lines + 1 - gap,
                base_byte: half + 2,
                base_line: lines + 1,
            }),
        };
        let files = vec![
            ("half.md".to_owned(), whole.as_bytes()[..half].to_vec()),
            ("whole.md".to_owned(), whole.into_bytes()),
        ];
        Family {
            files,
            rows: vec![row],
        }
    }
}

/// The dump with the cut: in other comment markup half of the time, at a block's end mostly.
fn cut_lesson(base: &Base, share: f64, dice: &mut Dice) -> Option<Copy> {
    let falls = *dice.pick(&[
        Falls::BlockEnd,
        Falls::BlockEnd,
        Falls::SentenceEnd,
        Falls::InSentence,
    ]);
    let point: Point = cuts::point(&base.document, share, falls, dice)?;
    let mut document = base.document.until(point);
    if dice.once_in(6) {
        document.comments.clear();
    }
    let comments = if dice.percent(50) {
        Comments::Avatars
    } else {
        base.style.comments
    };
    cuts::written(
        base,
        &document,
        point,
        Style {
            comments,
            ..base.style
        },
        base.encoding,
    )
}

fn name(number: usize) -> String {
    format!("{:03}/{number:06}", number / 500)
}

fn family(stem: &str, base: Base, variants: Vec<Variant>, dice: &mut Dice) -> Family {
    let mut family = Family::default();
    // The base is not always the first by name.
    let place = dice.below(variants.len() + 1);
    let path = |at: usize, extension: &str| {
        let at = if at == 0 {
            place
        } else if at <= place {
            at - 1
        } else {
            at
        };
        format!("{stem}-{at}.{extension}")
    };
    let base_path = path(0, base.style.extension());
    family.files.push((base_path.clone(), base.bytes()));
    for (at, variant) in variants.iter().enumerate() {
        let tries = (0..8).find_map(|_| (variant.make)(&base, dice));
        if let Some(copy) = tries {
            let path = path(at + 1, copy.extension);
            family.rows.push(row(
                &base,
                base_path.clone(),
                &copy,
                path.clone(),
                variant.name,
            ));
            family.files.push((path, copy.bytes));
        }
    }
    family
}

fn row(base: &Base, base_path: String, copy: &Copy, copy_path: String, kind: &str) -> Row {
    Row {
        base: base_path,
        copy: copy_path,
        verdict: copy.verdict.to_owned(),
        share: copy.share,
        language: base.document.language.name().to_owned(),
        kind: kind.to_owned(),
        bytes: base.page.text.len(),
        passage: copy.passage,
        cut: copy.cut,
    }
}

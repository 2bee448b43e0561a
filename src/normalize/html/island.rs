//! Where an island of HTML in Markdown ends.

use memchr::{memchr, memchr_iter, memmem};

use super::elements::{Class, Element};

/// Finds the ends of the islands of one text. Remembers what is never closed, so that many broken
/// islands cost no more than a few.
pub(crate) struct Islands<'d> {
    source: &'d [u8],
    /// For each element that was looked for in vain: its start tags that are never closed,
    /// ascending.
    unclosed: Vec<(Element, Vec<u32>)>,
    /// How many bytes were searched in vain.
    in_vain: usize,
    /// The last start tag of a block that was looked for and is never closed.
    left_open: Option<(Element, usize)>,
}

/// How many times the text may be searched in vain. To look for each element once is enough,
/// unless what is a tag to one search is in a comment to another.
const PATIENCE: usize = 16;

impl<'d> Islands<'d> {
    /// For the islands of `decoded`.
    pub fn new(decoded: &'d str) -> Self {
        Self {
            source: decoded.as_bytes(),
            unclosed: Vec::new(),
            in_vain: 0,
            left_open: None,
        }
    }

    /// The end of the island that begins at `start`: past the line break of the line on which all
    /// elements that were opened on its lines are closed again. Blank lines do not end it. `None`
    /// if an element is never closed.
    pub fn end(&mut self, start: usize) -> Option<usize> {
        let mut position = start;
        let mut line_end = past_line(self.source, position)?;
        while let Some(at) = memchr(b'<', self.source.get(position..line_end)?) {
            position = self.past_markup(position + at)?;
            if position > line_end {
                line_end = past_line(self.source, position)?;
            }
        }
        Some(line_end)
    }

    /// The last element asked for that must be closed and never is, and where it begins.
    pub fn left_open(&self) -> Option<(&'static str, usize)> {
        self.left_open
            .map(|(element, start)| (element.name(), start))
    }

    /// The end of the comment, the lone tag or the element that begins at `start`.
    fn past_markup(&mut self, start: usize) -> Option<usize> {
        match read_markup(&self.source[start..]) {
            Markup::Start(element) if element.class() != Class::Void => {
                self.past_element(element, start)
            }
            Markup::Start(_) | Markup::End(_) => self.search(start, past_tag),
            Markup::Comment => self.search(start, past_comment),
            Markup::None => Some(start + 1),
        }
    }

    fn search(&mut self, start: usize, past: fn(&[u8], usize) -> Option<usize>) -> Option<usize> {
        if !self.is_patient() {
            return None;
        }
        let end = past(self.source, start);
        if end.is_none() {
            self.in_vain += self.source.len() - start;
        }
        end
    }

    /// The end of the end tag of the `element` that begins at `start`.
    fn past_element(&mut self, element: Element, start: usize) -> Option<usize> {
        if !self.is_patient() {
            return None;
        }
        let end = self.find_element(element, start);
        if end.is_none() && element.must_be_closed() {
            self.left_open = Some((element, start));
        }
        end
    }

    fn find_element(&mut self, element: Element, start: usize) -> Option<usize> {
        let known = self.unclosed.iter().position(|(of, _)| *of == element);
        if let Some(known) = known
            && self.unclosed[known]
                .1
                .binary_search(&(start as u32))
                .is_ok()
        {
            return None;
        }
        match find_end(self.source, element, start) {
            Ok(end) => Some(end),
            Err(search) => {
                self.in_vain += search.end - start;
                match known {
                    Some(known) => self.unclosed[known].1 = search.unclosed,
                    None => self.unclosed.push((element, search.unclosed)),
                }
                None
            }
        }
    }

    fn is_patient(&self) -> bool {
        self.in_vain <= PATIENCE.saturating_mul(self.source.len())
    }
}

/// A search in vain.
struct Search {
    /// Start tags that are never closed, ascending.
    unclosed: Vec<u32>,
    /// Where the search was given up.
    end: usize,
}

/// The end of the end tag that belongs to the start tag of `element` at `start`.
fn find_end(source: &[u8], element: Element, start: usize) -> Result<usize, Search> {
    let mut unclosed = Vec::new();
    let mut position = start;
    while let Some(at) = memchr(b'<', &source[position..]) {
        let here = position + at;
        position = here + 1;
        if !may_matter(element, &source[position..]) {
            continue;
        }
        let skipped = match read_markup(&source[here..]) {
            Markup::Start(other) if other == element => {
                if element == Element::P && !unclosed.is_empty() {
                    // No paragraph holds another: the end tag was left out.
                    unclosed.truncate(1);
                    return Err(Search {
                        unclosed,
                        end: here,
                    });
                }
                unclosed.push(here as u32);
                if is_raw(element) {
                    past_raw(source, element, here)
                } else {
                    past_tag(source, here)
                }
            }
            Markup::Start(other) if is_raw(other) => past_raw(source, other, here),
            Markup::Comment => past_comment(source, here),
            Markup::End(other) if other == element => {
                unclosed.pop();
                let end = past_tag(source, here);
                if let (Some(end), true) = (end, unclosed.is_empty()) {
                    return Ok(end);
                }
                end
            }
            _ => Some(position),
        };
        match skipped {
            Some(end) => position = end,
            // The rest is in a comment or a script.
            None => break,
        }
        if is_raw(element) {
            return Ok(position);
        }
    }
    Err(Search {
        unclosed,
        end: source.len(),
    })
}

/// A quick no to whether what follows a `<` matters to the end of `element`: most tags in it are
/// of other elements, whose content is markup.
fn may_matter(element: Element, rest: &[u8]) -> bool {
    let name = rest.strip_prefix(b"/").unwrap_or(rest);
    let lower = |at: usize| name.get(at).map_or(0, u8::to_ascii_lowercase);
    let first = lower(0);
    // The elements of `is_raw`, and comments.
    matches!(
        (first, lower(1)),
        (b's', b'c' | b't') | (b't', b'e' | b'i') | (b'x', b'm') | (b'!', _)
    ) || element.name().as_bytes().first() == Some(&first)
}

enum Markup {
    Start(Element),
    End(Element),
    Comment,
    /// None that HTML knows.
    None,
}

/// The markup that `rest`, which begins with `<`, begins with.
fn read_markup(rest: &[u8]) -> Markup {
    if rest.starts_with(b"<!--") {
        return Markup::Comment;
    }
    let is_end = rest.get(1) == Some(&b'/');
    let name = rest.get(1 + usize::from(is_end)..).unwrap_or_default();
    let length = name
        .iter()
        .take(NAME_LIMIT)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    match Element::named(&name[..length]) {
        Element::Unknown => Markup::None,
        element if is_end => Markup::End(element),
        element => Markup::Start(element),
    }
}

/// Longer than the name of any element, in bytes.
const NAME_LIMIT: usize = 16;

/// Past the tag at `start`, which ends at the first `>`; `None` if it never ends.
fn past_tag(source: &[u8], start: usize) -> Option<usize> {
    memchr(b'>', &source[start..]).map(|at| start + at + 1)
}

/// Past the comment at `start`; `None` if it is never closed.
fn past_comment(source: &[u8], start: usize) -> Option<usize> {
    let content = start + "<!--".len();
    let length = memmem::find(source.get(content..)?, b"-->")?;
    Some(content + length + "-->".len())
}

/// Whether the content of the element is not markup.
fn is_raw(element: Element) -> bool {
    matches!(
        element,
        Element::Script | Element::Style | Element::Title | Element::Textarea | Element::Xmp
    )
}

/// Past the end tag of the raw element at `start`; `None` if it is never closed.
fn past_raw(source: &[u8], element: Element, start: usize) -> Option<usize> {
    memchr_iter(b'<', &source[start..])
        .map(|at| start + at)
        .find(|at| matches!(read_markup(&source[*at..]), Markup::End(other) if other == element))
        .and_then(|at| past_tag(source, at))
}

/// Past the line break of the line that `position` is on.
fn past_line(source: &[u8], position: usize) -> Option<usize> {
    let rest = source.get(position..)?;
    Some(memchr(b'\n', rest).map_or(source.len(), |at| position + at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_island_ends_where_its_tags_balance() {
        #[track_caller]
        fn check(text: &str, island: Option<&str>) {
            let end = Islands::new(text).end(0);
            assert_eq!(end.map(|end| &text[..end]), island, "{text:?}");
        }
        check(
            "<div>\n\na\n\n</div> b\nc",
            Some("<div>\n\na\n\n</div> b\n"),
        );
        check(
            "<div><div>\n</div>\n\n</div>",
            Some("<div><div>\n</div>\n\n</div>"),
        );
        check("<DIV a='1'>\n</div >\nx", Some("<DIV a='1'>\n</div >\n"));
        check(
            "<ul>\n<li>a\n\n<li>b\n</ul>\nx",
            Some("<ul>\n<li>a\n\n<li>b\n</ul>\n"),
        );
        check(
            "<b>x</b> <div>\n\n</div>\ny",
            Some("<b>x</b> <div>\n\n</div>\n"),
        );
        check(
            "<div>\n\n</div><p>\n</p>\ny",
            Some("<div>\n\n</div><p>\n</p>\n"),
        );
        check("<img src=a>\n<div>", Some("<img src=a>\n"));
        check("</div>\nx", Some("</div>\n"));
        check("<!-- a\n\n<div> -->\nx", Some("<!-- a\n\n<div> -->\n"));
        check(
            "<div><!-- </div> -->\n\n</div>\nx",
            Some("<div><!-- </div> -->\n\n</div>\n"),
        );
        check(
            "<script>\n\nif (a<b) '<div>'\n</script>\nx",
            Some("<script>\n\nif (a<b) '<div>'\n</script>\n"),
        );
        check(
            "<div>\n<style>\n</div>\n</style>\n</div>\nx",
            Some("<div>\n<style>\n</div>\n</style>\n</div>\n"),
        );
        check("<p>a\n\n</p>\nb", Some("<p>a\n\n</p>\n"));
        check("<p>a\n\n<p>b</p>", None);
        check("<div>\n\na", None);
        check("<div><div></div>", None);
        check("<div", None);
        check("<!-- a", None);
        check("<script>", None);
        check("a < b", Some("a < b"));
        check("", Some(""));
        assert_eq!(Islands::new("a").end(2), None);
    }

    #[test]
    fn what_holds_no_markup_matters_in_every_element() {
        for raw in Element::all().filter(|element| is_raw(*element)) {
            let name = raw.name().to_uppercase();
            assert!(may_matter(Element::Div, name.as_bytes()), "{name}");
            assert!(
                may_matter(Element::Div, format!("/{name}").as_bytes()),
                "{name}"
            );
        }
        assert!(may_matter(Element::Div, b"!--") && may_matter(Element::Div, b"div"));
    }

    #[test]
    fn a_paragraph_left_open_does_not_spoil_the_next() {
        let text = "<p>a\n\n<p>b</p>";
        let mut islands = Islands::new(text);
        assert_eq!(islands.end(0), None);
        assert_eq!(islands.end(6), Some(text.len()));
    }

    #[test]
    fn broken_islands_cost_linear_time() {
        let count = 50_000;
        for broken in [
            "<div>\n\n",
            "<!-- \n\n",
            "<script>\n\n",
            "<p>\n\n",
            "<b <i\n\n",
            "<div\n\n",
            "<img\n\n",
        ] {
            let text = broken.repeat(count);
            let mut islands = Islands::new(&text);
            for line in 0..count {
                let end = islands.end(line * broken.len());
                assert!(end.is_none(), "{broken:?}");
            }
        }
    }
}

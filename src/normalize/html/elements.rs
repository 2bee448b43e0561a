//! The elements of HTML: what each is called, and what it does to the text around it.

/// How an element takes part in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Continues the block around it, and is nothing more.
    Inline,
    /// Continues the block around it, but what it shows or holds is not only text.
    Replaced,
    /// Has no content and no end tag, and continues the block around it.
    Void,
    /// Ends the block before it and the one in it.
    Block,
    /// Holds no text for readers.
    Silent,
}

macro_rules! elements {
    ($($variant:ident $name:literal $class:ident,)*) => {
        /// An element by its name; `Unknown` if it is none that HTML has or had.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Element { Unknown, $($variant,)* }

        const ALL: &[Element] = &[Element::Unknown, $(Element::$variant,)*];
        const NAMES: [&str; COUNT] = ["", $($name,)*];
        const CLASSES: [Class; COUNT] = [Class::Inline, $(Class::$class,)*];

        /// How many elements there are, `Unknown` among them.
        pub(super) const COUNT: usize = ALL.len();
    };
}

elements! {
    A "a" Inline,
    Abbr "abbr" Inline,
    Acronym "acronym" Inline,
    Address "address" Block,
    Applet "applet" Inline,
    Area "area" Void,
    Article "article" Block,
    Aside "aside" Block,
    Audio "audio" Replaced,
    B "b" Inline,
    Base "base" Void,
    Basefont "basefont" Void,
    Bdi "bdi" Inline,
    Bdo "bdo" Inline,
    Bgsound "bgsound" Void,
    Big "big" Inline,
    Blink "blink" Inline,
    Blockquote "blockquote" Block,
    Body "body" Block,
    Br "br" Void,
    Button "button" Inline,
    Canvas "canvas" Inline,
    Caption "caption" Block,
    Center "center" Block,
    Cite "cite" Inline,
    Code "code" Inline,
    Col "col" Void,
    Colgroup "colgroup" Inline,
    Data "data" Inline,
    Datalist "datalist" Block,
    Dd "dd" Block,
    Del "del" Inline,
    Details "details" Block,
    Dfn "dfn" Inline,
    Dialog "dialog" Block,
    Dir "dir" Block,
    Div "div" Block,
    Dl "dl" Block,
    Dt "dt" Block,
    Em "em" Inline,
    Embed "embed" Void,
    Fieldset "fieldset" Block,
    Figcaption "figcaption" Block,
    Figure "figure" Block,
    Font "font" Inline,
    Footer "footer" Block,
    Form "form" Block,
    Frame "frame" Void,
    Frameset "frameset" Block,
    H1 "h1" Block,
    H2 "h2" Block,
    H3 "h3" Block,
    H4 "h4" Block,
    H5 "h5" Block,
    H6 "h6" Block,
    Head "head" Block,
    Header "header" Block,
    Hgroup "hgroup" Block,
    Hr "hr" Void,
    Html "html" Block,
    I "i" Inline,
    Iframe "iframe" Replaced,
    Image "image" Void,
    Img "img" Void,
    Input "input" Void,
    Ins "ins" Inline,
    Isindex "isindex" Void,
    Kbd "kbd" Inline,
    Keygen "keygen" Void,
    Label "label" Inline,
    Legend "legend" Block,
    Li "li" Block,
    Link "link" Void,
    Listing "listing" Block,
    Main "main" Block,
    Map "map" Inline,
    Mark "mark" Inline,
    Marquee "marquee" Block,
    Math "math" Inline,
    Menu "menu" Block,
    Menuitem "menuitem" Inline,
    Meta "meta" Void,
    Meter "meter" Inline,
    Nav "nav" Block,
    Nobr "nobr" Inline,
    Noembed "noembed" Inline,
    Noframes "noframes" Block,
    Noscript "noscript" Inline,
    Object "object" Replaced,
    Ol "ol" Block,
    Optgroup "optgroup" Block,
    Option "option" Block,
    Output "output" Inline,
    P "p" Block,
    Param "param" Void,
    Picture "picture" Inline,
    Plaintext "plaintext" Block,
    Pre "pre" Block,
    Progress "progress" Inline,
    Q "q" Inline,
    Rb "rb" Inline,
    Rp "rp" Inline,
    Rt "rt" Inline,
    Rtc "rtc" Inline,
    Ruby "ruby" Inline,
    S "s" Inline,
    Samp "samp" Inline,
    Script "script" Silent,
    Search "search" Block,
    Section "section" Block,
    Select "select" Block,
    Slot "slot" Inline,
    Small "small" Inline,
    Source "source" Void,
    Spacer "spacer" Void,
    Span "span" Inline,
    Strike "strike" Inline,
    Strong "strong" Inline,
    Style "style" Silent,
    Sub "sub" Inline,
    Summary "summary" Block,
    Sup "sup" Inline,
    Svg "svg" Inline,
    Table "table" Block,
    Tbody "tbody" Block,
    Td "td" Block,
    Template "template" Block,
    Textarea "textarea" Replaced,
    Tfoot "tfoot" Block,
    Th "th" Block,
    Thead "thead" Block,
    Time "time" Inline,
    Title "title" Block,
    Tr "tr" Block,
    Track "track" Void,
    Tt "tt" Inline,
    U "u" Inline,
    Ul "ul" Block,
    Var "var" Inline,
    Video "video" Replaced,
    Wbr "wbr" Void,
    Xmp "xmp" Block,
}

impl Element {
    /// The element with this name, in whatever case.
    pub fn named(name: &[u8]) -> Self {
        let mut word = [0; WORD];
        let length = name.len().min(WORD);
        word[..length].copy_from_slice(&name[..length]);
        Self::find(u64::from_le_bytes(word), name)
    }

    /// The element with the name `source[start..end]`, in whatever case.
    #[inline]
    pub fn named_in(source: &[u8], start: usize, end: usize) -> Self {
        let Some(name) = source.get(start..end) else {
            return Self::Unknown;
        };
        match source.get(start..).and_then(|rest| rest.first_chunk()) {
            Some(word) if name.len() < WORD => {
                let mask = (1 << (8 * name.len())) - 1;
                Self::find(u64::from_le_bytes(*word) & mask, name)
            }
            _ => Self::named(name),
        }
    }

    /// The element whose name begins with the bytes of `word`.
    #[inline]
    fn find(word: u64, name: &[u8]) -> Self {
        let lower = lower(word);
        let mut slot = slot_of(lower);
        loop {
            let (key, element) = SLOTS[slot];
            // The word of a short name in lower case is the name.
            if key == lower
                && ((word == lower && name.len() < WORD)
                    || element.name().as_bytes().eq_ignore_ascii_case(name))
            {
                return element;
            }
            if element == Self::Unknown {
                return element;
            }
            slot = (slot + 1) % SLOT_COUNT;
        }
    }

    /// Whether the name of an element begins so.
    pub fn any_begins(prefix: &[u8]) -> bool {
        NAMES.iter().any(|name| {
            name.as_bytes()
                .get(..prefix.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
        })
    }

    /// Its name in lower case; empty for `Unknown`.
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// How it takes part in the text.
    #[inline]
    pub fn class(self) -> Class {
        CLASSES[self as usize]
    }

    /// Whether it ends blocks and has an end tag that may not be left out.
    pub fn must_be_closed(self) -> bool {
        self.class() == Class::Block
            && !matches!(
                self,
                Self::Html
                    | Self::Head
                    | Self::Body
                    | Self::P
                    | Self::Li
                    | Self::Dt
                    | Self::Dd
                    | Self::Optgroup
                    | Self::Option
                    | Self::Caption
                    | Self::Thead
                    | Self::Tbody
                    | Self::Tfoot
                    | Self::Tr
                    | Self::Td
                    | Self::Th
                    | Self::Plaintext
            )
    }

    /// All elements, `Unknown` among them.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().copied()
    }

    /// All elements that end the block before them.
    pub fn blocks() -> impl Iterator<Item = Self> {
        Self::all().filter(|element| element.class() == Class::Block)
    }
}

/// How many bytes of a name are looked at together.
const WORD: usize = 8;

const fn word_of(name: &[u8]) -> u64 {
    let mut word = [0; WORD];
    let mut at = 0;
    while at < name.len() && at < WORD {
        word[at] = name[at];
        at += 1;
    }
    lower(u64::from_le_bytes(word))
}

/// Letters in lower case; it changes other bytes too, so what is found must be compared.
const fn lower(word: u64) -> u64 {
    let letters = word & 0x4040_4040_4040_4040;
    word | letters >> 1
}

/// A power of two, and so many times [`COUNT`] that few names share a slot.
const SLOT_COUNT: usize = 512;

/// An open-addressed table from the first bytes of names to elements; `Unknown` is an empty slot.
static SLOTS: [(u64, Element); SLOT_COUNT] = {
    let mut slots = [(0, Element::Unknown); SLOT_COUNT];
    let mut index = 1;
    while index < COUNT {
        let word = word_of(NAMES[index].as_bytes());
        let mut slot = slot_of(word);
        while slots[slot].0 != 0 {
            slot = (slot + 1) % SLOT_COUNT;
        }
        slots[slot] = (word, ALL[index]);
        index += 1;
    }
    slots
};

/// Where to look for a name first.
#[inline]
const fn slot_of(word: u64) -> usize {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55) as usize % SLOT_COUNT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_in_any_case() {
        for (element, name) in ALL.iter().zip(NAMES).skip(1) {
            assert_eq!(Element::named(name.as_bytes()), *element);
            assert_eq!(Element::named(name.to_uppercase().as_bytes()), *element);
            assert_eq!(element.name(), name);
        }
    }

    #[test]
    fn other_names_are_unknown() {
        let others = [
            "",
            "string",
            "t",
            "h7",
            "my-card",
            "aa",
            "中",
            "h\x11",
            "blockquo",
            "noscriptt",
        ];
        for name in others {
            assert_eq!(Element::named(name.as_bytes()), Element::Unknown, "{name}");
        }
    }

    #[test]
    fn a_name_is_found_wherever_it_stands() {
        for (element, name) in ALL.iter().zip(NAMES).skip(1) {
            for after in ["", ">", " class='a b c'>"] {
                let source = format!("<{name}{after}");
                let found = Element::named_in(source.as_bytes(), 1, 1 + name.len());
                assert_eq!(found, *element, "{source}");
            }
        }
    }

    #[test]
    fn names_are_looked_up_in_few_steps() {
        let steps = |name: &str| {
            let mut slot = slot_of(word_of(name.as_bytes()));
            let mut steps = 1;
            while SLOTS[slot].1.name() != name {
                slot = (slot + 1) % SLOT_COUNT;
                steps += 1;
            }
            steps
        };
        let worst = NAMES.iter().skip(1).map(|name| steps(name)).max();
        assert!(worst <= Some(4), "{worst:?}");
    }
}

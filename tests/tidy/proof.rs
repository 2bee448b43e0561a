//! What would be lost if a copy went.

use lacuna::dedupe::{Allow, Side, losses};
use lacuna::normalize::{Options, normalize};

fn check(keeper: (&str, &str), copy: (&str, &str), expected: &str) {
    check_allowing(keeper, copy, Allow::default(), expected);
}

/// Losses as `kind count line`, of two documents with their extensions.
fn check_allowing(keeper: (&str, &str), copy: (&str, &str), allow: Allow, expected: &str) {
    let read = |(extension, text): (&str, &str)| {
        normalize(text.as_bytes(), Some(extension), &Options::default()).unwrap()
    };
    let (one, two) = (read(keeper), read(copy));
    let keeper_side = Side {
        bytes: keeper.1.as_bytes(),
        witness: &one,
    };
    let copy_side = Side {
        bytes: copy.1.as_bytes(),
        witness: &two,
    };
    let found = losses(keeper_side, copy_side, allow);
    let found: Vec<String> = found
        .iter()
        .map(|loss| format!("{} {} line {}", loss.kind.name(), loss.count, loss.line))
        .collect();
    assert_eq!(found.join("; "), expected, "{keeper:?} {copy:?}");
}

#[test]
fn all_text_must_be_there_in_its_order() {
    let whole = (
        "md",
        "# Tea\n\nWarm the pot.\n\nWait three minutes.\n\nDrink it.\n",
    );
    check(whole, whole, "");
    check(
        whole,
        ("html", "<h1>Tea</h1><p>Warm the <b>pot</b>.</p>"),
        "",
    );
    check(whole, ("md", "# Tea\n\nWarm the pot.\n\nDrink it.\n"), "");
    check(
        whole,
        ("md", "# Tea\n\nWarm the pot.\n\nAdd milk.\n"),
        "text 8 line 5",
    );
    check(whole, ("md", "# Tea\n\nWarm the cup.\n"), "text 4 line 3");
    let other_order = (
        "md",
        "Drink it.\n\n# Tea\n\nWarm the pot.\n\nWait three minutes.\n",
    );
    check(whole, other_order, "text 8 line 1");
}

#[test]
fn front_matter_must_be_there_as_such() {
    let whole = (
        "md",
        "---\ntitle: Tea\nauthor: Li\n---\n\n# Tea\n\nWarm the pot.\n",
    );
    check(
        whole,
        ("md", "---\ntitle: Tea\n---\n\n# Tea\n\nWarm the pot.\n"),
        "",
    );
    check(
        whole,
        (
            "md",
            "---\ntitle: Tea\ntags: pot\n---\n\n# Tea\n\nWarm the pot.\n",
        ),
        "front matter 1 line 3",
    );
    // The words are there, but not that they are the title.
    check(
        ("md", "# Tea\n\nWarm the pot.\n"),
        ("md", "---\ntitle: Tea\n---\n\nWarm the pot.\n"),
        "front matter 1 line 2",
    );
}

#[test]
fn assets_and_links_must_be_there() {
    let whole = (
        "md",
        "See ![a pot](pot.png) at [home](https://a.org/x?a=1&b=2).\n",
    );
    check(whole, ("html", "<p>See <img src=pot.png> at home."), "");
    check(
        whole,
        (
            "html",
            "<p>See at <a href='https://a.org/x?a=1&amp;b=2'>home</a>.",
        ),
        "",
    );
    check(
        whole,
        ("md", "See ![](cup.png) at home.\n"),
        "assets 1 line 1",
    );
    check(
        whole,
        ("md", "See ![a cup](pot.png) at home.\n"),
        "assets 1 line 1",
    );
    let other = ("md", "See at [home](https://b.org).\n");
    check(whole, other, "links 1 line 0");
    let allow = Allow {
        links: true,
        ..Allow::default()
    };
    check_allowing(whole, other, allow, "");
}

#[test]
fn comments_with_what_belongs_to_them() {
    let page =
        |comments: &str| format!("<p>Warm the pot.</p><ol class=commentlist>{comments}</ol>");
    let item = |author: &str, text: &str, likes: u32, avatar: &str| {
        format!(
            "<li class=comment><img class=avatar src={avatar}><cite class=fn>{author}</cite> \
             <time>2024-05-01</time><p>{text}</p><span class=likes>{likes} likes</span></li>"
        )
    };
    let whole = page(&(item("Li", "Good.", 5, "li.png") + &item("Bo", "Thanks.", 1, "bo.png")));
    let against =
        |comments: String, expected| check(("html", &whole), ("html", &page(&comments)), expected);
    against(item("Bo", "Thanks.", 1, "bo.png"), "");
    against(item("Li", "Good.", 3, "li.png"), "");
    against(item("Li", "Good.", 9, "li.png"), "counters 1 line 1");
    against(item("Li", "Good.", 5, "face.png"), "avatars 1 line 1");
    against(item("Li", "Good!!", 5, "li.png"), "comments 1 line 1");
    against(item("Wu", "Good.", 5, "li.png"), "comments 1 line 1");
    let allow = Allow {
        counters: true,
        avatars: true,
        links: false,
    };
    let other = page(&item("Li", "Good.", 9, "face.png"));
    check_allowing(("html", &whole), ("html", &other), allow, "");
}

#[test]
fn damage_is_told() {
    let whole = ("md", "Warm the pot.\n\nWait.\n");
    check(
        whole,
        ("html", "<p>Warm the pot.\n<p>Wait.\n<!-- it goes on"),
        "damage 1 line 3",
    );
}

use super::*;

#[test]
fn the_built_in_profiles_are_read() {
    let names: Vec<_> = BUILT_IN
        .profiles
        .iter()
        .map(|profile| &profile.name[..])
        .collect();
    assert_eq!(
        names,
        [
            "geekbang",
            "wordpress",
            "disqus",
            "forum",
            "discuz",
            "xenforo",
            "classes"
        ]
    );
}

#[test]
fn classes_and_ids_are_signs() {
    let profiles = Profiles::default();
    for (class, id) in [
        ("comments", ""),
        ("x Comment-List y", ""),
        ("", "comments"),
        ("post", ""),
        ("", "comment-12"),
        ("", "post_77"),
        ("comment even thread-even depth-1", ""),
        ("post-list", ""),
        ("replies", ""),
    ] {
        assert!(profiles.hint(class, id), "{class} {id}");
    }
    for (class, id) in [
        ("", ""),
        ("hljs-comment", ""),
        ("c-comment", ""),
        ("c1 c", ""),
        ("highlight", ""),
        ("reference internal", ""),
        ("post-title", ""),
        ("document", "intro"),
        ("comment-dots-icon", ""),
        ("no-comments-yet", ""),
        ("section", "commenting"),
    ] {
        assert!(!profiles.hint(class, id), "{class} {id}");
    }
}

#[test]
fn users_add_profiles() {
    let text = "[audit]\nphrases = []\n[[comments.profile]]\nname = 'wall'\nheading = ['Wall of Fame']\ncontainer = ['.wall']\nitem = ['.brick']\n";
    let profiles = Profiles::from_toml(text).unwrap();
    assert_eq!(profiles.compiled.profiles[0].name, "wall");
    assert_eq!(
        profiles.compiled.profiles.len(),
        BUILT_IN.profiles.len() + 1
    );
    assert!(
        profiles.hint("brick", "") && profiles.hint("wall", "") && profiles.hint("comment", "")
    );
    assert!(profiles.is_heading("Wall of fame (3)"));
    assert!(Profiles::from_toml("").is_ok());
    assert!(Profiles::from_toml("[comments]\n").is_ok());
}

#[test]
fn errors_say_where_and_what() {
    let check = |text: &str, expected: &str| {
        let error = Profiles::from_toml(text).unwrap_err();
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::Config, expected)
        );
    };
    check(
        "[[comments.profile]]\nname = 'x'\nitem = ['.y']\nautor = ['.z']\n",
        "line 4: unknown field `autor`; did you mean `author`?",
    );
    check(
        "[comments]\nprofiles = []\n",
        "line 2: unknown field `profiles`; did you mean `profile`?",
    );
    check(
        "[[comments.profile]]\nname = 'x'\n",
        "line 1: missing field `item`",
    );
    check(
        "[[comments.profile]]\nname = 'x'\nitem = ['ul > li']\n",
        "comment profile `x`: `ul > li` is no selector this program knows; it takes a name, .class, #id and [attribute], without spaces",
    );
    check(
        "[[comments.profile]]\nname = 'x'\nitem = []\n",
        "comment profile `x`: `item` names no element",
    );
    check(
        "[[comments.profile]]\nname = 'x'\nitem = ['li']\n",
        "comment profile `x`: `item` names elements without class or id, so `heading` or `container` must say where they are comments",
    );
    assert!(
        Profiles::from_toml("a = ")
            .unwrap_err()
            .message()
            .starts_with("line 1: ")
    );
}

#[test]
fn attributes_that_nobody_asks_for_do_not_matter() {
    let compiled = &BUILT_IN;
    for (name, tag) in [
        ("img", "<img>"),
        ("img", "<img src=\"a.jpg\" width='30px'/>"),
        ("span", "<span style=x>"),
        ("span", "<span title=x>"),
        ("em", "<em Title=x>"),
        ("a", "<a href=x rel=author>"),
        ("li", "<li id=comment-3>"),
        ("li", "<li CLASS=comment>"),
        ("time", "<time datetime=2024>"),
        ("div", "<div class='comment-list' data-x>"),
        ("div", "<div data-class='comment-list'>"),
    ] {
        let (mut quick, mut whole) = (Vec::new(), Vec::new());
        let mut scratch = Scratch::default();
        compiled.look_up((7, name, tag), &mut scratch, &mut quick);
        compiled.look_up_tag((7, name, tag), &mut scratch, &mut whole);
        assert_eq!(quick, whole, "{tag}");
    }
}

//! What swallows the rest of the source is damage, and says from where to where.

use super::segmented;
use crate::text::{DamageKind, Format};

/// Checks what is said to be unclosed: the kind and the source that it is said of, and the text
/// that is left.
#[track_caller]
fn check(html: &str, text: &str, unclosed: &[(&str, &str)]) {
    let draft = segmented(html);
    let found: Vec<_> = (draft.damage.iter())
        .map(|damage| (damage.kind.name(), &html[damage.span.range()]))
        .collect();
    assert_eq!(found, unclosed, "{html:?}");
    assert_eq!(draft.text, text, "{html:?}");
}

#[test]
fn what_swallows_the_rest_is_damage() {
    for (kind, rest) in [
        ("comment", "<!-- two <p>three</p>"),
        ("comment", "<!--"),
        ("comment", "<!-- two --"),
        ("comment", "<!-- two -> <b> >"),
        ("comment", "<!DOCTYPE html two"),
        ("comment", "<!ELEMENT two"),
        ("comment", "<?php echo 1"),
        ("comment", "</ two"),
        ("element", "<script>if (a < b) two</p>"),
        ("element", "<script><!-- <script> </script> two"),
        ("element", "<style>two</p>"),
        ("element", "<style>two</styl"),
        ("tag", "<a href=x two"),
        ("tag", "<a href=\"x two"),
        ("tag", "<a"),
        ("tag", "</a"),
    ] {
        check(
            &format!("<p>one {rest}"),
            "one",
            &[(&format!("unclosed {kind}"), rest)],
        );
    }
}

#[test]
fn what_is_read_all_the_same_is_damage_too() {
    for (html, text, kind, markup) in [
        (
            "<title>one <p>two</p>",
            "title: one <p>two</p>",
            "element",
            "<title>one <p>two</p>",
        ),
        (
            "<textarea>one <p>two</p>",
            "one <p>two</p>",
            "element",
            "<textarea>one <p>two</p>",
        ),
        ("<xmp>one", "one", "element", "<xmp>one"),
        (
            "one <a href=\"x>two</a> three",
            "one two three",
            "tag",
            "<a href=\"x>",
        ),
    ] {
        check(html, text, &[(&format!("unclosed {kind}"), markup)]);
    }
}

#[test]
fn what_is_closed_is_none() {
    for (html, text) in [
        ("one<!-- two -->", "one"),
        ("one<!-- two --!>", "one"),
        ("one<!-->", "one"),
        ("one<!--->", "one"),
        ("one<!DOCTYPE html>", "one"),
        ("one<?php x ?>", "one"),
        ("one</ two>", "one"),
        ("one<script>two</script>", "one"),
        ("one<style>two</style >", "one"),
        ("one<a href=\"x\">two", "onetwo"),
        ("one<plaintext>two", "one\ntwo"),
        ("one<![CDATA[two", "onetwo"),
        ("one <", "one <"),
        ("a List<String", "a List<String"),
        ("a <!-- b --> c", "a c"),
    ] {
        check(html, text, &[]);
    }
}

#[test]
fn an_island_swallows_no_more_than_itself() {
    let options = crate::normalize::Options {
        format: Some(Format::Markdown),
        ..Default::default()
    };
    for (markdown, text, swallowed) in [
        (
            "<div>\n<!-- two\n\nthree\n</div>\n\nfour",
            "three\nfour",
            "<!-- two\n",
        ),
        ("one\n\n<div\n\nthree", "one\nthree", "<div\n"),
        ("one\n\n> <!-- two\n\nthree", "one\nthree", "<!-- two\n"),
    ] {
        let witness = crate::normalize::normalize(markdown.as_bytes(), None, &options).unwrap();
        assert_eq!(witness.text, text, "{markdown:?}");
        let [damage] = witness.damage.as_slice() else {
            panic!("{markdown:?}: {:?}", witness.damage);
        };
        assert_ne!(damage.kind, DamageKind::UnclosedElement);
        assert_eq!(&markdown[damage.span.range()], swallowed, "{markdown:?}");
    }
}

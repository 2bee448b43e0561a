//! Documents that have another name now.

use lacuna::audit::entry::Entry;
use lacuna::audit::loss::renamed;
use lacuna::normalize::{Options, normalize};

fn entry(text: &str) -> Entry {
    Entry::of(&normalize(text.as_bytes(), Some("md"), &Options::default()).unwrap())
}

fn names(gone: &[Entry], new: &[Entry]) -> Vec<Option<usize>> {
    let [gone, new] = [gone, new].map(|all| all.iter().collect::<Vec<_>>());
    renamed(&gone, &new)
}

/// Pages that have most of their text in common.
fn page(number: usize, edited: &str) -> Entry {
    let footer = "All of these pages end in the same words, of which there are many. ".repeat(5);
    entry(&format!(
        "# Page {number}\n\nIts own words: {number}{edited}.\n\n{footer}"
    ))
}

#[test]
fn a_page_of_a_template_is_found_by_its_own_words() {
    let gone: Vec<Entry> = (0..60).map(|number| page(number, "")).collect();
    let new: Vec<Entry> = (0..60).map(|number| page(59 - number, "")).collect();
    assert_eq!(
        names(&gone, &new),
        (0..60).rev().map(Some).collect::<Vec<_>>()
    );
    let edited: Vec<Entry> = (0..60)
        .map(|number| page(59 - number, ", and more"))
        .collect();
    assert_eq!(
        names(&gone, &edited),
        (0..60).rev().map(Some).collect::<Vec<_>>()
    );
}

#[test]
fn equal_documents_are_paired_in_order() {
    let all: Vec<Entry> = (0..40).map(|_| page(1, "")).collect();
    assert_eq!(names(&all, &all), (0..40).map(Some).collect::<Vec<_>>());
    assert_eq!(names(&all[..2], &all[..1]), [Some(0), None]);
}

#[test]
fn less_than_half_is_another_document() {
    let [one, two] = ["one", "two"].map(|own| {
        entry(&format!(
            "{}\n\nThe same words.",
            format!("The {own} has words. ").repeat(3)
        ))
    });
    assert_eq!(names(std::slice::from_ref(&one), &[two]), [None]);
    assert_eq!(names(std::slice::from_ref(&one), &[]), [None]);
}

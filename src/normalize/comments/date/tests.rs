use proptest::prelude::*;

use super::*;

#[test]
fn dates_as_sites_write_them() {
    let check = |text: &str, iso: &str, rest: &str| {
        let date = at_head(text).unwrap_or_else(|| panic!("no date in {text}"));
        assert_eq!(date.iso.as_deref().unwrap_or("-"), iso, "{text}");
        assert_eq!(&text[date.len..], rest, "{text}");
    };
    check("2024-12-10", "2024-12-10", "");
    check("2024-12-10 x", "2024-12-10", " x");
    check("2024/12/10 09:30", "2024-12-10T09:30", "");
    check("2024/1/2 9:30:05", "2024-01-02T09:30:05", "");
    check("2024.12.10.", "2024-12-10", "");
    check("２０２４-１２-１０", "2024-12-10", "");
    check("2024年12月10日", "2024-12-10", "");
    check("2024年12月10日 星期二 09:30", "2024-12-10T09:30", "");
    check("2024年12月10日 下午3:04", "2024-12-10T15:04", "");
    check("2024年12月10日(火) 15時04分", "2024-12-10T15:04", "");
    check("2024년 12월 10일 오후 3:04", "2024-12-10T15:04", "");
    check("December 10, 2024 at 3:04 pm", "2024-12-10T15:04", "");
    check("Dec 10th, 2024: text", "2024-12-10", ": text");
    check("10 Dec 2024, 12:00 AM", "2024-12-10T00:00", "");
    check("Mon Jan 02, 2006 3:04 pm", "2006-01-02T15:04", "");
    check("Tuesday, 2 January 2024", "2024-01-02", "");
    check("10.12.2024", "2024-12-10", "");
    check("10. Dezember 2024 um 15:04 Uhr", "2024-12-10T15:04", " Uhr");
    check("10 décembre 2024 à 15h04", "2024-12-10T15:04", "");
    check("10 de diciembre de 2024", "2024-12-10", "");
    check("10 декабря 2024 в 15:04", "2024-12-10T15:04", "");
    check("13/12/2024", "2024-12-13", "");
    check("12/13/2024", "2024-12-13", "");
    check("01/02/2024 x", "-", " x");
    check("2024-01-02T15:04:05Z", "2024-01-02T15:04:05Z", "");
    check("2024-01-02T15:04:05.123+00:00", "2024-01-02T15:04:05Z", "");
    check("2024-01-02T15:04+08:00", "2024-01-02T15:04+08:00", "");
    check("3 days ago", "-", "");
    check("an hour ago.", "-", ".");
    check("3天前", "-", "");
    check("2 小时前", "-", "");
    check("昨天 12:30", "-", "");
    check("just now", "-", "");
}

#[test]
fn what_is_no_date() {
    for text in [
        "",
        "x",
        "2024",
        "2024-13-01",
        "2024-00-10",
        "10.13.2024",
        "1.2.3",
        "127.0.0.1",
        "May be",
        "3 days",
        "march on",
        "marching 10, 2024",
        "99999-01-02",
        "2024-1",
        "a b",
        "10:30",
    ] {
        assert_eq!(at_head(text), None, "{text}");
    }
}

#[test]
fn the_first_date_is_found() {
    let check = |text: &str, start: usize| {
        assert_eq!(find(text).map(|(at, _)| at), Some(start), "{text}");
    };
    check("Bob, 2024-01-02: text", 5);
    check("发表于2024-01-02", 9);
    check("v2024 on 10 Dec 2024", 9);
    assert_eq!(find("x2024-01-02"), None);
    assert_eq!(find(&"a ".repeat(1000)), None);
}

proptest! {
    #[test]
    fn what_a_number_goes_on_with(text in "[0-9０-９]{0,5}[ \t\u{a0}\u{3000}]{0,2}[-/.－º:年a-z_👍]?[0-9]?") {
        let rest = text.trim_start_matches(|c| digit(c).is_some()).trim_start();
        let goes_on = rest.starts_with(|c| is_letter(c) || matches!(c, '-' | '/' | '.' | '－' | 'º'));
        prop_assert_eq!(super::goes_on(&text), goes_on);
    }
}

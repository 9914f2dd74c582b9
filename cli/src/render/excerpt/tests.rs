use ovf::{Source, Span};

use super::{Excerpt, Mark, Secrets, excerpts};

const WIDTH: usize = 100;

/// The excerpts for the first `[…]` as the finding and every `(…)` as a label. Brackets belong to the places.
fn show(text: &str) -> Vec<Excerpt> {
    show_without(text, "nothing secret")
}

fn show_without(text: &str, secret: &str) -> Vec<Excerpt> {
    let source = Source::decode(text.as_bytes()).unwrap();
    let span = |open: char, close: char, from: usize| {
        let start = from + text[from..].find(open)?;
        let end = start + text[start..].find(close)? + 1;
        Some(Span::new(u32::try_from(start).unwrap(), u32::try_from(end).unwrap()))
    };
    let mut marks = vec![Mark { span: span('[', ']', 0).unwrap(), primary: true, label: "" }];
    let mut from = 0;
    while let Some(span) = span('(', ')', from) {
        marks.push(Mark { span, primary: false, label: "label" });
        from = span.range().end;
    }
    let secrets = text.match_indices(secret).map(|(at, secret)| {
        Span::new(u32::try_from(at).unwrap(), u32::try_from(at + secret.len()).unwrap())
    });
    excerpts(&source, &marks, &Secrets::new(secrets.collect()), WIDTH)
}

/// What the marks of an excerpt point at.
fn pointed(excerpt: &Excerpt) -> Vec<&str> {
    excerpt.marks.iter().map(|(range, _)| &excerpt.text[range.clone()]).collect()
}

#[test]
fn a_short_line_is_shown_whole() {
    let shown = show("<a>\n  <b [c]/>\n</a>");
    assert_eq!(
        (shown.len(), shown[0].first_line, shown[0].last_line, shown[0].long),
        (1, 2, 2, false)
    );
    assert_eq!(shown[0].text, "  <b [c]/>");
    assert_eq!(pointed(&shown[0]), ["[c]"]);
}

#[test]
fn a_carriage_return_is_no_part_of_the_line() {
    assert_eq!(show("<a>\r\n<b [c]/>\r\n</a>\r\n")[0].text, "<b [c]/>");
}

#[test]
fn tabs_wide_and_unsafe_characters_move_the_mark_with_them() {
    let shown = show("<a>\t虚拟机\u{1b}[c\u{202E}]</a>");
    assert_eq!(shown[0].text, "<a>    虚拟机␛[c\\u{202e}]</a>");
    assert_eq!(pointed(&shown[0]), ["[c\\u{202e}]"]);
}

#[test]
fn a_long_line_is_cut_around_the_places() {
    let many = "<x y='zzzzzzzzz'/>".repeat(50_000);
    let shown = show(&format!("<a>{many}<b (one)/>{many}<c [two]/>{many}</a>"));
    let tag = "<x y='zzzzzzzzz'/>";
    assert_eq!(shown[0].text, format!("…<b (one)/>{tag}{tag} … <c [two]/>{tag}{tag}…"));
    assert_eq!(pointed(&shown[0]), ["(one)", "[two]"]);
    assert!(shown[0].long);
}

#[test]
fn a_line_that_is_a_little_too_long_loses_whole_tags() {
    let shown = show(&format!("<a><b [c]/>{}</a>", "<x y='z'/>".repeat(10)));
    assert_eq!(shown[0].text, format!("<a><b [c]/>{}…", "<x y='z'/>".repeat(9)));
}

#[test]
fn the_indentation_of_a_cut_line_stays() {
    let shown = show(&format!("    <b [c]/>{}", "<x y='z'/>".repeat(20)));
    assert!(shown[0].text.starts_with("    <b [c]/><x"), "{}", shown[0].text);
    assert!(!shown[0].long);
}

#[test]
fn a_long_line_without_tags_is_cut_between_characters() {
    let many = "虚é".repeat(100_000);
    let shown = show(&format!("<{many}[two]{many}"));
    assert!(shown[0].text.len() < 3 * WIDTH, "{}", shown[0].text);
    assert!(shown[0].text.starts_with('…') && shown[0].text.ends_with('…'));
    assert_eq!(pointed(&shown[0]), ["[two]"]);
}

#[test]
fn a_long_place_keeps_its_ends() {
    let shown = show(&format!("<a>[begin{}end]</a>", "-".repeat(100_000)));
    assert!(shown[0].text.len() < 3 * WIDTH);
    let place = pointed(&shown[0])[0];
    assert!(
        place.starts_with("[begin-") && place.contains(" … ") && place.ends_with("-end]"),
        "{place}"
    );
}

#[test]
fn lines_between_near_places_are_left_empty() {
    let shown = show("<a>\n(one)\nx\ny\nz\n[two]\n</a>");
    assert_eq!(shown[0].text, "(one)\n\n\n\n[two]");
    assert_eq!(pointed(&shown[0]), ["(one)", "[two]"]);
}

#[test]
fn a_single_line_between_places_is_shown() {
    assert_eq!(show("<a>\n(one)\nx\n[two]\n</a>")[0].text, "(one)\nx\n[two]");
}

#[test]
fn far_places_have_excerpts_of_their_own_the_finding_first() {
    let shown = show(&format!("<(one)>{}[two]", "\n".repeat(100_000)));
    let lines: Vec<_> =
        shown.iter().map(|excerpt| (excerpt.first_line, excerpt.text.as_str())).collect();
    assert_eq!(lines, [(100_001, "[two]"), (1, "<(one)>")]);
    assert_eq!((pointed(&shown[0]), pointed(&shown[1])), (vec!["[two]"], vec!["(one)"]));
}

#[test]
fn of_a_place_over_many_lines_only_the_ends_are_shown() {
    let shown = show("<a>\n[1\n2\n3\n4\n5\n6\n7\n8\n9]\n</a>");
    assert_eq!(shown[0].text, "[1\n2\n3\n4\n5\n\n\n8\n9]");
    assert_eq!(pointed(&shown[0]), ["[1\n2\n3\n4\n5\n\n\n8\n9]"]);
}

#[test]
fn a_place_over_thousands_of_lines_is_shown_by_its_first() {
    let shown = show(&format!("<a>\n[1{}9]", "\n".repeat(100_000)));
    assert_eq!((shown[0].text.as_str(), shown[0].first_line), ("[1", 2));
}

#[test]
fn secrets_are_masked_wherever_they_show() {
    let shown = show_without("<a [b]='Größe42' c='Größe42'/>", "Größe42");
    assert_eq!(shown[0].text, "<a [b]='*******' c='*******'/>");
    let shown = show_without("<a>\n[Größe42]\n</a>", "Größe42");
    assert_eq!(shown[0].text, "[*******]");
}

#[test]
fn secrets_are_masked_where_a_long_line_is_cut() {
    let secret = "geheim".repeat(1_000);
    let shown = show_without(&format!("<{secret} [b] {secret}/>"), &secret);
    assert!(!shown[0].text.contains("geheim") && shown[0].text.contains("**"), "{}", shown[0].text);
}

#[test]
fn overlapping_secrets_in_any_order_are_masked() {
    let secrets =
        Secrets::new(vec![Span::new(20, 30), Span::new(0, 10), Span::new(2, 4), Span::new(8, 12)]);
    let masked: Vec<usize> = (0..40).filter(|&at| secrets.covers(at)).collect();
    assert_eq!(masked, (0..12).chain(20..30).collect::<Vec<_>>());
}

#[test]
fn places_outside_the_text_or_inside_characters_do_no_harm() {
    let text = "<é/>\n";
    let source = Source::decode(text.as_bytes()).unwrap();
    for span in
        [Span::at(6), Span::new(2, 2), Span::new(2, 1), Span::new(3, u32::MAX), Span::at(u32::MAX)]
    {
        let marks = [Mark { span, primary: true, label: "" }];
        let shown = excerpts(&source, &marks, &Secrets::default(), WIDTH);
        assert_eq!((shown.len(), shown[0].marks.len()), (1, 1), "{span:?}");
        pointed(&shown[0]);
    }
}

/// What a renderer is handed for a finding does not grow with the source.
#[test]
fn a_thousand_findings_in_one_giant_line_copy_little() {
    let text = format!("<a>{}</a>", "<b c='d'/>".repeat(1_000_000));
    let source = Source::decode(text.as_bytes()).unwrap();
    let mut copied = 0;
    for at in 0..1_000 {
        let start = 3 + at * 10_000;
        let marks = [
            Mark { span: Span::new(start, start + 10), primary: true, label: "" },
            Mark { span: Span::new(0, u32::MAX), primary: false, label: "all" },
        ];
        let shown = excerpts(&source, &marks, &Secrets::default(), WIDTH);
        copied += shown.iter().map(|excerpt| excerpt.text.len()).sum::<usize>();
    }
    assert!(copied < 1_000 * 5 * WIDTH, "{copied} bytes");
}

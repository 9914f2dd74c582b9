//! Sizes of files, and files to add.

use ovf::edit::{EditError, FileEntry, Named, add_file, set_file_sizes};
use ovf::{Code, Source};

use crate::{edited, envelope, replaced, validator, with_valid};

const VM: &str = "  <VirtualSystem ovf:id=\"vm\"><Info>One</Info></VirtualSystem>";

fn with_references(references: &str) -> String {
    replaced(&envelope(VM), "  <References/>\n", references, 1)
}

#[test]
fn sizes_are_set_or_added() {
    let text = with_references(
        "  <References>
    <File ovf:id='a' ovf:href=\"a.vmdk\" ovf:size='007'/>
    <File ovf:id=\"b\" ovf:href=\"b.vmdk\"
          ovf:compression=\"gzip\"/>
  </References>\n",
    );
    let want = replaced(&text, "'007'", "'8'", 1);
    let want = replaced(&want, "href=\"b.vmdk\"", "href=\"b.vmdk\" ovf:size=\"9\"", 1);
    assert_eq!(edited(&text, |valid| set_file_sizes(valid, [("a", 8), ("b", 9)])).unwrap(), want);
    assert_eq!(edited(&text, |valid| set_file_sizes(valid, [("a", 7)])).unwrap(), text);
    let twice = |size| with_valid(&text, |valid| set_file_sizes(valid, [("a", 8), ("a", size)]));
    assert_eq!(twice(8).unwrap().changes().as_slice().len(), 1);
    assert_eq!(twice(9), Err(EditError::Twice { what: Named::File, name: "a".into() }));
    let none = EditError::Unknown { what: Named::File, name: "c".into() };
    assert_eq!(with_valid(&text, |valid| set_file_sizes(valid, [("c", 1)])), Err(none));
}

#[test]
fn a_file_comes_behind_the_last() {
    let mut file = FileEntry::new("c", "c%20d.vmdk");
    let add = |text: &str, file: &FileEntry| edited(text, |valid| add_file(valid, file));
    let text = with_references(
        "  <References>\r\n\t<File ovf:id='a' ovf:href='a'/> <!-- the first -->\r\n  </References>\n",
    );
    // CR LF is the line end of the first line; mixed ones are taken as they come.
    let text = text.replacen("?>\n", "?>\r\n", 1);
    let line = "<!-- the first -->\r\n";
    let more = "<!-- the first -->\r\n\t<File ovf:id=\"c\" ovf:href=\"c%20d.vmdk\"/>\r\n";
    assert_eq!(add(&text, &file).unwrap(), replaced(&text, line, more, 1));

    file.size = Some(5);
    file.compression = Some("gzip".into());
    file.chunk_size = Some(1 << 20);
    let element = "<File ovf:id=\"c\" ovf:href=\"c%20d.vmdk\" ovf:size=\"5\" ovf:compression=\"gzip\" ovf:chunkSize=\"1048576\"/>";
    let opened = format!("  <References>\n    {element}\n  </References>\n");
    for empty in ["  <References/>\n", "  <References />\n", "  <References></References>\n"] {
        let text = with_references(empty);
        assert_eq!(add(&text, &file).unwrap(), replaced(&text, empty, &opened, 1));
    }
    // In one line everything stays in one line.
    let text = envelope(VM).replace("\n", " ");
    let want = format!("<References>{element}</References>");
    assert_eq!(add(&text, &file).unwrap(), replaced(&text, "<References/>", &want, 1));
    // So it does where the first line is so long that nobody reads it.
    let long = format!("?><!-- {} -->\n", "x".repeat(17_000));
    let text = replaced(&envelope(VM), "?>\n", &long, 1);
    assert_eq!(add(&text, &file).unwrap(), replaced(&text, "<References/>", &want, 1));
}

/// DSP0243 10.2: messages are read before the disks come.
#[test]
fn a_file_of_messages_comes_before_the_others() {
    let strings = "  <Strings xml:lang=\"de\" ovf:fileRef=\"de\"/>\n  <Strings xml:lang=\"fr\" ovf:fileRef=\"fr\"/>\n";
    let (de, fr) = (
        "\n    <File ovf:id=\"de\" ovf:href=\"de\"/>",
        "\n    <File ovf:id=\"fr\" ovf:href=\"fr\"/>",
    );
    let disk = "\n    <File ovf:id=\"disk\" ovf:href=\"disk\"/>";
    let with = |files: &[&str]| {
        let text = with_references(&format!("  <References>{}\n  </References>\n", files.concat()));
        replaced(&text, "</Envelope>", &format!("{strings}</Envelope>"), 1)
    };
    let add = |files: &[&str], id: &str| {
        edited(&with(files), |valid| add_file(valid, &FileEntry::new(id, id)))
    };
    assert_eq!(add(&[disk], "de").unwrap(), with(&[de, disk]));
    assert_eq!(add(&[de, disk], "fr").unwrap(), with(&[de, fr, disk]));
    assert_eq!(add(&[de], "fr").unwrap(), with(&[de, fr]));
    assert_eq!(add(&[de, fr], "disk").unwrap(), with(&[de, fr, disk]));
}

/// Whoever lets a descriptor without References pass gets them, indented as what comes next.
#[test]
fn references_are_added_where_there_are_none() {
    let text = with_references("");
    let source = Source::from_text(&*text).unwrap();
    let lenient = validator().level(Code::MISSING_REFERENCES, None);
    let valid = lenient.check(&source).into_valid().unwrap();
    let edit = add_file(&valid, &FileEntry::new("c", "c")).unwrap();
    let first = "\n  <VirtualSystem ";
    let file = "<File ovf:id=\"c\" ovf:href=\"c\"/>";
    let more = format!("\n  <References>{file}</References>{first}");
    assert_eq!(edit.changes().apply(&text).unwrap(), replaced(&text, first, &more, 1));
}

/// A comment that closes the line of an element belongs to it; any other to what comes next.
#[test]
fn what_comments_belong_to() {
    let add = |text: &str| edited(text, |valid| add_file(valid, &FileEntry::new("c", "c")));
    let (file, new) =
        ("    <File ovf:id='a' ovf:href='a'/>", "\n    <File ovf:id=\"c\" ovf:href=\"c\"/>");
    for (own, others) in [
        ("", "\n  </References>\n"),
        (" <!-- a -->", "\n  </References>\n"),
        ("\t<!-- a -->", " \t\n  </References>\n"),
        ("", " <!-- all\n of them -->\n  </References>\n"),
        ("", " <!-- the end --></References>\n"),
        ("", " <!-- one --> <!-- two -->\n  </References>\n"),
        ("", "\n    <!-- the end -->\n  </References>\n"),
    ] {
        let text = with_references(&format!("  <References>\n{file}{own}{others}"));
        let want = with_references(&format!("  <References>\n{file}{own}{new}{others}"));
        assert_eq!(add(&text).unwrap(), want);
    }
}

#[test]
fn ids_are_taken_once() {
    let text = with_references("  <References><File ovf:id='a' ovf:href='a'/></References>\n");
    with_valid(&text, |valid| {
        let taken = EditError::Taken { what: Named::File, name: "a".into(), line: 6 };
        assert_eq!(add_file(valid, &FileEntry::new("a", "b")), Err(taken));
        assert!(add_file(valid, &FileEntry::new("a", "a")).unwrap().is_empty());
        assert!(matches!(add_file(valid, &FileEntry::new("", "b")), Err(EditError::Unfit { .. })));
        assert!(matches!(add_file(valid, &FileEntry::new(" ", "b")), Err(EditError::Unfit { .. })));
    });
}

#[test]
fn a_file_that_would_be_an_error_is_refused() {
    let text = with_references("  <References><File ovf:id='a' ovf:href='a%20b'/></References>\n");
    with_valid(&text, |valid| {
        for href in [".", "./", "#a", "?a"] {
            let unfit = EditError::Unfit { what: Named::File, name: href.into() };
            assert_eq!(add_file(valid, &FileEntry::new("b", href)), Err(unfit));
        }
        for href in ["a b", "./a%20b", "x/../a%20b"] {
            let taken = EditError::Taken { what: Named::File, name: href.into(), line: 6 };
            assert_eq!(add_file(valid, &FileEntry::new("b", href)), Err(taken));
        }
        for size in [0, 1 << 63] {
            let mut file = FileEntry::new("b", "b");
            file.chunk_size = Some(size);
            assert_eq!(add_file(valid, &file), Err(EditError::ChunkSize { size }));
        }
    });
}

#[test]
fn attributes_get_a_prefix_that_is_bound_there() {
    // Another prefix, one that is bound nowhere, and no namespace for attributes at all.
    let other = r#"<o:Envelope xmlns:o="http://schemas.dmtf.org/ovf/envelope/1"><o:References/>
      <o:VirtualSystem o:id="vm"><o:Info>.</o:Info></o:VirtualSystem></o:Envelope>"#;
    let added = edited(other, |valid| add_file(valid, &FileEntry::new("a", "b"))).unwrap();
    assert_eq!(
        added,
        replaced(
            other,
            "<o:References/>",
            "<o:References><o:File o:id=\"a\" o:href=\"b\"/></o:References>",
            1
        )
    );
    let bare = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"><References/>
      <VirtualSystem xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" ovf:id="vm"><Info>.</Info></VirtualSystem></Envelope>"#;
    let added = edited(bare, |valid| add_file(valid, &FileEntry::new("a", "b"))).unwrap();
    let taken = bare.replacen("><References", " xmlns:ovf=\"urn:example\"><References", 1);
    let also_declared = "<References><File xmlns:ovf1=\"http://schemas.dmtf.org/ovf/envelope/1\" ovf1:id=\"a\" ovf1:href=\"b\"/></References>";
    let also = edited(&taken, |valid| add_file(valid, &FileEntry::new("a", "b"))).unwrap();
    assert_eq!(also, replaced(&taken, "<References/>", also_declared, 1));
    let declared = "<References><File xmlns:ovf=\"http://schemas.dmtf.org/ovf/envelope/1\" ovf:id=\"a\" ovf:href=\"b\"/></References>";
    assert_eq!(added, replaced(bare, "<References/>", declared, 1));
}

#[test]
fn utf_16_becomes_utf_8_and_the_mark_of_utf_8_stays() {
    let text = envelope(VM).replace("?>", " encoding='UTF-16'?>");
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let marked = ["\u{feff}", &envelope(VM)].concat().into_bytes();
    for (bytes, want) in
        [(bytes, text.replace("UTF-16", "UTF-8").into_bytes()), (marked.clone(), marked)]
    {
        let source = Source::decode(&bytes).unwrap();
        let validator = validator();
        let valid = validator.check(&source).into_valid().unwrap();
        let edited = ovf::edit::Edit::new().apply(&valid, &validator).unwrap();
        assert!(edited.is_valid());
        assert_eq!(edited.to_bytes(), want);
    }
}

#[test]
fn attributes_are_named_as_those_beside_them() {
    // `o` is shorter, but the file says `ovf`, behind an attribute of somebody else.
    let text = envelope(VM)
        .replace(" xmlns:ovf=", " xmlns:o=\"http://schemas.dmtf.org/ovf/envelope/1\" xmlns:ovf=");
    let file = "<File xmlns:x=\"urn:x\" x:mark=\"1\" ovf:id=\"a\" ovf:href=\"a\"";
    let text = replaced(&text, "<References/>", &format!("<References>{file}/></References>"), 1);
    let sized = edited(&text, |valid| set_file_sizes(valid, [("a", 9)])).unwrap();
    assert_eq!(sized, replaced(&text, file, &format!("{file} ovf:size=\"9\""), 1));
}

#[test]
fn edits_are_put_together_and_judged() {
    let text = with_references("  <References><File ovf:id='a' ovf:href='a'/></References>\n");
    with_valid(&text, |valid| {
        let mut edit = set_file_sizes(valid, [("a", 9)]).unwrap();
        edit.append(add_file(valid, &FileEntry::new("b", "b")).unwrap());
        let steps: Vec<_> = edit.steps().iter().map(|step| step.line).collect();
        assert_eq!(steps, [6, 6]);
        // What is written may be secret: how long it is, is shown.
        let shown = format!("{:?}", edit.changes().as_slice());
        assert!(shown.starts_with("[13 bytes for ") && !shown.contains("size"), "{shown}");
        let edited = edit.apply(valid, &validator()).unwrap();
        assert!(edited.is_valid() && edited.diagnostics().is_empty());
        let both =
            "<File ovf:id='a' ovf:href='a' ovf:size=\"9\"/><File ovf:id=\"b\" ovf:href=\"b\"/>";
        assert!(edited.text().contains(both), "{}", edited.text());
        // A validator that wants more than the one the descriptor was valid for.
        let strict = edit.apply(valid, &ovf::Validator::new()).unwrap();
        let codes: Vec<_> = strict.diagnostics().iter().map(|found| found.code).collect();
        assert_eq!(codes, [Code::MISSING_VIRTUAL_HARDWARE]);
        assert!(!strict.is_valid());
    });
}

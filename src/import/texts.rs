//! Texts in the language that is wanted (DSP0243 10).

use std::borrow::Cow;
use std::collections::HashMap;

use crate::limits::Limits;
use crate::model::{Element, Envelope};
use crate::namespace::Namespace;
use crate::source::Source;
use crate::xml;

/// The language of texts that do not say theirs (DSP0243 10.1).
const DEFAULT_LANGUAGE: &str = "en-US";

/// A message bundle that is not in the descriptor: texts of one language by message id (DSP0243 10.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bundle {
    /// `xml:lang`; that of whatever is wanted, when absent.
    pub language: Option<String>,
    /// The texts, by `msgid`.
    pub messages: HashMap<String, String>,
}

impl Bundle {
    /// Reads a bundle: a document whose root is `Strings`, in a namespace of OVF or in none. What is no
    /// message is passed over; of two messages with one id the first counts. `None` when the root is
    /// something else.
    ///
    /// ```
    /// use ovf::Source;
    /// use ovf::import::Bundle;
    ///
    /// let source = Source::decode(br#"<Strings xmlns="http://schemas.dmtf.org/ovf/envelope/1"
    ///     xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xml:lang="de">
    ///   <Msg ovf:msgid="port">Anschluss</Msg>
    /// </Strings>"#)?;
    /// let bundle = Bundle::read(&source).unwrap();
    /// assert_eq!(bundle.messages["port"], "Anschluss");
    /// # Ok::<(), ovf::DecodeError>(())
    /// ```
    #[must_use]
    pub fn read(source: &Source<'_>) -> Option<Self> {
        let parsed = xml::parse(source.text(), &Limits::default());
        let root = parsed.tree.root()?;
        if root.local() != "Strings" {
            return None;
        }
        let language = root
            .attributes()
            .find(|attribute| attribute.local() == "lang")
            .map(|language| language.value().into_owned());
        let mut messages = HashMap::new();
        for message in root.children().filter(|child| child.local() == "Msg") {
            if let Some(id) = message.attributes().find(|attribute| attribute.local() == "msgid") {
                messages
                    .entry(id.value().into_owned())
                    .or_insert_with(|| message.text().into_owned());
            }
        }
        Some(Self { language, messages })
    }
}

/// The texts of a descriptor in the language that is wanted.
#[derive(Clone, Debug)]
pub struct Texts {
    messages: HashMap<String, String>,
}

impl Texts {
    /// The texts of a descriptor, with bundles beside it, in a language.
    ///
    /// For each message the first of these counts that has it: the language wanted, its shorter forms
    /// (`de` for `de-DE`), another region of it, the language of the envelope. Of two in one language a
    /// bundle from outside comes first. An element whose message is nowhere keeps the text it has.
    #[must_use]
    pub fn new(envelope: &Envelope<'_>, locale: Option<&str>, bundles: &[Bundle]) -> Self {
        let own = envelope
            .root()
            .attribute_in(Namespace::Xml, "lang")
            .map_or(Cow::Borrowed(DEFAULT_LANGUAGE), |language| language.value());
        let wanted = locale.unwrap_or(&own);
        // Each message with how well its language fits; the smaller the better.
        let mut best: HashMap<String, (u8, String)> = HashMap::new();
        let mut offer = |fit: u8, id: &str, text: &str| {
            let known = best.get(id).is_some_and(|(known, _)| *known <= fit);
            if !known {
                best.insert(id.to_owned(), (fit, text.to_owned()));
            }
        };
        for bundle in bundles {
            let language = bundle.language.as_deref().unwrap_or(wanted);
            if let Some(fit) = fit(language, wanted, &own) {
                // In any order: of two messages with one id one at most is in this map.
                #[allow(clippy::iter_over_hash_type, reason = "each id is there once")]
                for (id, text) in &bundle.messages {
                    offer(fit, id, text);
                }
            }
        }
        for bundle in envelope.message_bundles() {
            let language = bundle.language().map_or(own.clone(), |language| language.value());
            if let Some(fit) = fit(&language, wanted, &own) {
                for message in bundle.messages() {
                    if let Some(id) = message.msgid() {
                        offer(fit, &id.value(), &message.element().text());
                    }
                }
            }
        }
        #[allow(clippy::iter_over_hash_type, reason = "from one map into another")]
        let messages = best.into_iter().map(|(id, (_, text))| (id, text)).collect();
        Self { messages }
    }

    /// The text of an element: that of the message its `msgid` names, else its own; without white space
    /// around it.
    #[must_use]
    pub fn of(&self, element: Element<'_, '_>) -> String {
        let message = element
            .attribute("msgid")
            .and_then(|id| self.messages.get(&*id.value()))
            .map(String::as_str);
        match message {
            Some(text) => text.trim().to_owned(),
            None => element.text().trim().to_owned(),
        }
    }

    /// The text of an element that may be missing.
    #[must_use]
    pub fn of_some(&self, element: Option<Element<'_, '_>>) -> Option<String> {
        element.map(|element| self.of(element))
    }
}

/// How well a language fits the one wanted, the smaller the better; `None` when nobody asked for it.
fn fit(language: &str, wanted: &str, own: &str) -> Option<u8> {
    let main = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let same = |one: &str, other: &str| {
        one.len() == other.len()
            && one.bytes().zip(other.bytes()).all(|pair| match pair {
                (b'-' | b'_', b'-' | b'_') => true,
                (one, other) => one.eq_ignore_ascii_case(&other),
            })
    };
    // A form is shorter when the wanted one goes on after it with a new subtag.
    let shorter = wanted
        .get(language.len()..)
        .zip(wanted.get(..language.len()))
        .is_some_and(|(rest, begin)| rest.starts_with(['-', '_']) && same(begin, language));
    if same(language, wanted) {
        Some(0)
    } else if shorter {
        Some(1)
    } else if main(language) == main(wanted) {
        Some(2)
    } else if same(language, own) {
        Some(3)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESCRIPTOR: &str = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xml:lang="en-US">
      <References/>
      <VirtualSystem ovf:id="a"><Info ovf:msgid="what">own</Info><Name ovf:msgid="none"> kept </Name></VirtualSystem>
      <Strings xml:lang="en-US"><Msg ovf:msgid="what">English</Msg></Strings>
      <Strings xml:lang="de"><Msg ovf:msgid="what">Deutsch</Msg></Strings>
      <Strings xml:lang="de-CH"><Msg ovf:msgid="what">Schweiz</Msg></Strings>
    </Envelope>"#;

    fn text_in(locale: Option<&str>, bundles: &[Bundle]) -> String {
        let source = Source::decode(DESCRIPTOR.as_bytes()).unwrap();
        let parsed = xml::parse(source.text(), &Limits::default());
        let envelope = Envelope::read(&source, parsed.tree).unwrap();
        let texts = Texts::new(&envelope, locale, bundles);
        let system = envelope.ost().children().next().unwrap();
        assert_eq!(texts.of_some(system.name()).as_deref(), Some("kept"));
        texts.of(system.element().child("Info").unwrap())
    }

    #[test]
    fn the_language_that_fits_best_counts() {
        for (locale, want) in [
            (None, "English"),
            (Some("de"), "Deutsch"),
            (Some("de-DE"), "Deutsch"),
            (Some("DE_ch"), "Schweiz"),
            (Some("en-GB"), "English"),
            (Some("fr"), "English"),
        ] {
            assert_eq!(text_in(locale, &[]), want, "{locale:?}");
        }
    }

    #[test]
    fn a_bundle_says_its_language_or_none() {
        for (attributes, language) in [
            (r#"xml:lang="de""#, Some("de")),
            (r#"version="2" xml:lang="de""#, Some("de")),
            (r#"version="2""#, None),
        ] {
            let text = format!(
                r#"<Strings {attributes}><Msg msgid="a">b</Msg><Other msgid="c"/></Strings>"#
            );
            let source = Source::decode(text.as_bytes()).unwrap();
            let bundle = Bundle::read(&source).unwrap();
            assert_eq!(bundle.language.as_deref(), language, "{attributes}");
            assert_eq!(bundle.messages, HashMap::from([("a".to_owned(), "b".to_owned())]));
        }
        let source = Source::decode(b"<Messages/>").unwrap();
        assert_eq!(Bundle::read(&source), None);
    }

    #[test]
    fn bundles_from_outside_come_first() {
        let messages = HashMap::from([("what".to_owned(), "outside".to_owned())]);
        let bundle = |language: Option<&str>| Bundle {
            language: language.map(str::to_owned),
            messages: messages.clone(),
        };
        assert_eq!(text_in(Some("de"), &[bundle(Some("de"))]), "outside");
        assert_eq!(text_in(Some("de"), &[bundle(Some("fr"))]), "Deutsch");
        assert_eq!(text_in(Some("fr"), &[bundle(None)]), "outside");
    }
}

//! `${name}`: references to properties inside other values (DSP0243 9.1, 9.5.1).

use super::property::network::Function;

/// A piece of a text that may hold macros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that stands for itself. Never empty.
    Text(&'a str),
    /// `${name}`.
    Macro(Macro<'a>),
    /// `${` that nothing closes, up to the next `${` or the end.
    Unclosed {
        /// The piece as written.
        text: &'a str,
        /// Where it begins, in bytes.
        offset: usize,
    },
}

/// A macro in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Macro<'a> {
    /// What stands between the braces; may be empty.
    pub name: &'a str,
    /// Where its `$` stands, in bytes.
    pub offset: usize,
}

/// The text cut into pieces, in order. Joined again they are the text.
///
/// There is no way to escape a `$`. Of `${a${b}`, the first is unclosed and the second is a macro.
///
/// ```
/// use ovf::value::macros::{Macro, Piece, pieces};
///
/// let all: Vec<_> = pieces("http://${ip}/").collect();
/// assert_eq!(all, [Piece::Text("http://"), Piece::Macro(Macro { name: "ip", offset: 7 }), Piece::Text("/")]);
/// ```
#[must_use]
pub const fn pieces(text: &str) -> Pieces<'_> {
    Pieces { rest: text, offset: 0 }
}

/// The macros of a text, in order.
pub fn macros(text: &str) -> impl Iterator<Item = Macro<'_>> {
    pieces(text)
        .filter_map(|piece| if let Piece::Macro(found) = piece { Some(found) } else { None })
}

/// The name, when the text is exactly one macro, as a disk's capacity may be.
#[must_use]
pub fn single(text: &str) -> Option<&str> {
    let mut pieces = pieces(text);
    match (pieces.next(), pieces.next()) {
        (Some(Piece::Macro(found)), None) => Some(found.name),
        _ => None,
    }
}

/// Whether vSphere itself fills a macro in, when a machine is powered on: a function of a network, as
/// `netmask:VM Network`, or a fact of the machine, as `vm.name` (`VAppPropertyInfo.type` of vim25,
/// `expression`).
#[must_use]
pub fn is_vsphere_function(name: &str) -> bool {
    let function = name.split_once(':').map(|(function, _)| function);
    function.is_some_and(|function| Function::of_command(function).is_some())
        || name == "vimIp"
        || name.starts_with("vm.")
}

/// See [`pieces`].
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    rest: &'a str,
    offset: usize,
}

impl<'a> Pieces<'a> {
    fn cut(&mut self, at: usize) -> &'a str {
        let (piece, rest) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.offset = self.offset.saturating_add(piece.len());
        piece
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let offset = self.offset;
        let Some(inside) = self.rest.strip_prefix("${") else {
            let end = opening(self.rest).unwrap_or(self.rest.len());
            return Some(Piece::Text(self.cut(end)));
        };
        // One scan ends at whichever comes first, so a run of `${` costs no more than its length.
        let mut end = inside.len();
        let mut dollar = None;
        for (at, byte) in inside.bytes().enumerate() {
            match byte {
                b'}' => {
                    let name = inside.get(..at).unwrap_or_default();
                    self.cut(at.saturating_add("${}".len()));
                    return Some(Piece::Macro(Macro { name, offset }));
                }
                b'{' if dollar.is_some_and(|dollar: usize| dollar.saturating_add(1) == at) => {
                    end = at.saturating_sub(1);
                    break;
                }
                b'$' => dollar = Some(at),
                _ => {}
            }
        }
        let text = self.cut(end.saturating_add("${".len()));
        Some(Piece::Unclosed { text, offset })
    }
}

/// Where the first `${` of a text stands.
fn opening(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'$', bytes).find(|at| bytes.get(at.saturating_add(1)) == Some(&b'{'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms() {
        use Piece::Text;
        let named = |name, offset| Piece::Macro(Macro { name, offset });
        let unclosed = |text, offset| Piece::Unclosed { text, offset };
        for (text, want) in [
            ("", &[][..]),
            ("plain $ {x}", &[Text("plain $ {x}")]),
            ("${size}", &[named("size", 0)]),
            ("${}", &[named("", 0)]),
            ("${a}${b}", &[named("a", 0), named("b", 4)]),
            ("é ${a} z", &[Text("é "), named("a", 3), Text(" z")]),
            ("${a", &[unclosed("${a", 0)]),
            ("${", &[unclosed("${", 0)]),
            ("x${a${b}", &[Text("x"), unclosed("${a", 1), named("b", 4)]),
            ("$${a}", &[Text("$"), named("a", 1)]),
            ("${a$}", &[named("a$", 0)]),
            ("${a{b}", &[named("a{b", 0)]),
            ("${$a{b}", &[named("$a{b", 0)]),
            ("${a$${b}", &[unclosed("${a$", 0), named("b", 4)]),
        ] {
            assert_eq!(pieces(text).collect::<Vec<_>>(), want, "{text:?}");
        }
        assert_eq!(single("${disk.size}"), Some("disk.size"));
        for text in ["", "${a}${b}", " ${a}", "${a", "1${a}"] {
            assert_eq!(single(text), None, "{text:?}");
        }
        assert_eq!(macros("${a} ${b} ${c").count(), 2);
    }

    #[test]
    fn a_million_openings_are_a_million_pieces() {
        assert_eq!(pieces(&"${".repeat(1_000_000)).count(), 1_000_000);
    }

    proptest! {
        #[test]
        fn pieces_make_the_whole(text in "[ab${}é]{0,40}") {
            let whole: String = pieces(&text).map(|piece| match piece {
                Piece::Text(text) | Piece::Unclosed { text, .. } => text.to_owned(),
                Piece::Macro(found) => format!("${{{}}}", found.name),
            }).collect();
            prop_assert_eq!(whole, text);
        }
    }
}

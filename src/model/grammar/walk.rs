//! Holds a descriptor against the table, in one pass.

use super::{Child, Class, Content, Form, Rest, Shape};
use super::{cim, table};
use crate::model::element::Element;
use crate::model::envelope::{Dialect, Envelope};
use crate::model::names::AttributeName;
use crate::namespace::{Namespace, Version};
use crate::value::number;
use crate::xml::NodeId;

/// A place where a descriptor does not keep to the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Departure {
    pub(crate) kind: Kind,
    /// The shape that is departed from: of the parent when it is about a child.
    pub(crate) shape: &'static Shape,
    /// The child of the shape that it is about; empty when it is none of the shape's.
    pub(crate) name: &'static str,
    /// The element it is told at.
    pub(crate) element: NodeId,
    /// An element that explains it: the first of its name, or what it should stand before.
    pub(crate) other: Option<NodeId>,
    /// The form a value should have.
    pub(crate) form: Form,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    MissingChild,
    RepeatedChild,
    UnexpectedChild,
    /// Behind a child that comes later in the order.
    LateChild,
    /// Behind an element of another namespace, all of which come last.
    AfterForeign,
    MalformedText,
    UnexpectedText,
}

pub(super) fn departures(envelope: &Envelope<'_>) -> Vec<Departure> {
    let is_of_schema = matches!(envelope.dialect(), Dialect::Standard | Dialect::Unqualified)
        && envelope.version() != Version::V0_9;
    if !is_of_schema {
        return Vec::new();
    }
    let mut walk = Walk {
        is_version_2: envelope.version() == Version::V2,
        open: Vec::new(),
        firsts: Vec::new(),
        found: Vec::new(),
    };
    walk.enter(envelope.root(), table::ENVELOPE);
    while let Some(frame) = walk.open.last_mut() {
        if let Some(element) = frame.next.take() {
            frame.next = element.next_sibling();
            match walk.child(element) {
                // Nothing can be wrong with a text that holds nothing but text.
                Some(Shape { content: Content::Text(Form::Text), .. })
                    if element.node().is_plain() => {}
                Some(shape) => walk.enter(element, shape),
                None => {}
            }
        } else {
            walk.leave();
        }
    }
    walk.found
}

/// A walk over all elements. The one being looked into is the last that is open.
struct Walk<'e, 's> {
    is_version_2: bool,
    open: Vec<Frame<'e, 's>>,
    /// The first child of each slot, those of the innermost element at the end.
    firsts: Vec<(u8, NodeId)>,
    found: Vec<Departure>,
}

/// An element whose children are being looked at.
struct Frame<'e, 's> {
    element: Element<'e, 's>,
    shape: &'static Shape,
    /// The child to look at next.
    next: Option<Element<'e, 's>>,
    /// Which children there were: a bit for each slot, which is a number the child has in its shape.
    seen: u64,
    /// Where its own firsts begin.
    firsts: usize,
    /// The child that is last in the order so far.
    last: Option<(u8, NodeId)>,
    /// The first element of another namespace.
    foreign: Option<NodeId>,
    /// The name that was told last to be out of order: its siblings are not told again.
    late: &'static str,
}

impl<'e, 's> Walk<'e, 's> {
    /// Judges an element but for its children, which come next if there are any to be judged.
    fn enter(&mut self, element: Element<'e, 's>, shape: &'static Shape) {
        let next = element.first_child();
        let is_judged = match shape.content {
            Content::Anything => false,
            Content::Text(form) => {
                if !has_form(element, form) {
                    let departure = departure(Kind::MalformedText, shape, "", element);
                    self.found.push(Departure { form, ..departure });
                }
                next.is_some()
            }
            Content::Elements(..) | Content::Cim(_) | Content::Time => {
                if element.node().may_hold_text() && !element.text_span().is_empty() {
                    self.found.push(departure(Kind::UnexpectedText, shape, "", element));
                }
                true
            }
        };
        if is_judged {
            self.open.push(Frame {
                element,
                shape,
                next,
                seen: 0,
                firsts: self.firsts.len(),
                last: None,
                foreign: None,
                late: "",
            });
        }
    }

    /// Judges a child of the innermost element as such, and gives the shape it should have.
    fn child(&mut self, child: Element<'e, 's>) -> Option<&'static Shape> {
        match self.open.last()?.shape.content {
            Content::Elements(children, rest) => self.element_child(child, children, rest),
            Content::Cim(class) => self.cim_child(child, class),
            Content::Time if cim::is_time(child.name()) => {
                if let Some(first) = self.first(0, child) {
                    self.repeated("time", child, first);
                }
                None
            }
            Content::Text(_) | Content::Time => {
                self.tell(Kind::UnexpectedChild, "", child);
                None
            }
            Content::Anything => None,
        }
    }

    fn element_child(
        &mut self,
        child: Element<'e, 's>,
        children: &'static [Child],
        rest: Rest,
    ) -> Option<&'static Shape> {
        if !child.is_ovf() && child.namespace() != Namespace::BootConfig {
            match rest {
                Rest::Closed => self.tell(Kind::UnexpectedChild, "", child),
                Rest::Foreign => self.foreign(child),
                Rest::Sections(place) => self.order("", place, child),
            }
            return None;
        }
        let name = child.name();
        let is_new = self.is_version_2;
        let known = (0..)
            .zip(children)
            .find(|(_, known)| known.element == name && (!known.is_new || is_new));
        if let Some((slot, known)) = known {
            let first = self.first(slot, child);
            if known.times.is_single()
                && let Some(first) = first
            {
                self.repeated(known.name, child, first);
            } else {
                self.order(known.name, known.place, child);
            }
            return Some(known.shape);
        }
        if let Some((shape, place)) = table::member(self.open.last()?.shape, name) {
            self.order(shape.name, place, child);
            return Some(shape);
        }
        if let Rest::Sections(place) = rest {
            let section = table::section(name);
            if section.is_none() {
                self.tell(Kind::UnexpectedChild, "", child);
            }
            self.order(section.map_or("", |section| section.name), place, child);
            return section;
        }
        self.tell(Kind::UnexpectedChild, "", child);
        None
    }

    fn cim_child(&mut self, child: Element<'e, 's>, class: Class) -> Option<&'static Shape> {
        let namespace = child.namespace();
        if namespace != class.namespace() {
            // A property in the wrong namespace is meant to stand where it stands.
            if !namespace.is_cim() && !namespace.is_ovf() && namespace != Namespace::None {
                self.foreign(child);
            }
            return None;
        }
        let Some((name, property)) = class.property(child.name()) else {
            self.tell(Kind::UnexpectedChild, "", child);
            return None;
        };
        let first = if property.is_single { self.first(property.place, child) } else { None };
        match first {
            Some(first) => self.repeated(name, child, first),
            None => self.order(name, property.place, child),
        }
        Some(property.value)
    }

    /// The first child of a slot, unless it is this one.
    fn first(&mut self, slot: u8, child: Element<'e, 's>) -> Option<NodeId> {
        let frame = self.open.last_mut()?;
        let bit = 1_u64.checked_shl(slot.into()).unwrap_or(0);
        if frame.seen & bit == 0 {
            frame.seen |= bit;
            self.firsts.push((slot, child.node().id()));
            return None;
        }
        let own = self.firsts.get(frame.firsts..).unwrap_or_default();
        own.iter().find(|(known, _)| *known == slot).map(|&(_, first)| first)
    }

    fn foreign(&mut self, child: Element<'e, 's>) {
        if let Some(frame) = self.open.last_mut() {
            frame.foreign.get_or_insert(child.node().id());
        }
    }

    fn order(&mut self, name: &'static str, place: u8, child: Element<'e, 's>) {
        let Some(frame) = self.open.last_mut() else { return };
        let late = match (frame.last, frame.foreign) {
            (Some((last, other)), _) if place < last => Some((Kind::LateChild, other)),
            (_, Some(other)) => Some((Kind::AfterForeign, other)),
            _ => None,
        };
        if frame.last.is_none_or(|(last, _)| last < place) {
            frame.last = Some((place, child.node().id()));
        }
        if let Some((kind, other)) = late
            && frame.late != child.local()
        {
            frame.late = name;
            let departure = departure(kind, frame.shape, name, child);
            self.found.push(Departure { other: Some(other), ..departure });
        }
    }

    /// Judges what is not there, and ends the innermost element.
    fn leave(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        self.firsts.truncate(frame.firsts);
        let mut require = |slot: u8, name| {
            if frame.seen & 1_u64.checked_shl(slot.into()).unwrap_or(0) == 0 {
                let departure = departure(Kind::MissingChild, frame.shape, name, frame.element);
                self.found.push(departure);
            }
        };
        match frame.shape.content {
            Content::Elements(children, _) => {
                for (slot, child) in (0..).zip(children) {
                    if child.times.is_required() {
                        require(slot, child.name);
                    }
                }
            }
            Content::Cim(class) => {
                for (name, property) in
                    Class::REQUIRED.into_iter().filter_map(|name| class.property(name))
                {
                    require(property.place, name);
                }
            }
            Content::Time => require(0, "time"),
            Content::Text(_) | Content::Anything => {}
        }
    }

    fn repeated(&mut self, name: &'static str, child: Element<'e, 's>, first: NodeId) {
        let Some(frame) = self.open.last() else { return };
        let departure = departure(Kind::RepeatedChild, frame.shape, name, child);
        self.found.push(Departure { other: Some(first), ..departure });
    }

    fn tell(&mut self, kind: Kind, name: &'static str, child: Element<'e, 's>) {
        let Some(frame) = self.open.last() else { return };
        self.found.push(departure(kind, frame.shape, name, child));
    }
}

fn departure(
    kind: Kind,
    shape: &'static Shape,
    name: &'static str,
    at: Element<'_, '_>,
) -> Departure {
    Departure { kind, shape, name, element: at.node().id(), other: None, form: Form::Text }
}

fn has_form(element: Element<'_, '_>, form: Form) -> bool {
    form == Form::Text || form.check(&element.text()).is_ok() || is_nil(element)
}

/// Whether an element says `xsi:nil="true"`: it stands for nothing (XML Schema Part 1, 2.6.2).
fn is_nil(element: Element<'_, '_>) -> bool {
    element
        .attribute_named_in(Namespace::Xsi, AttributeName::Nil)
        .is_some_and(|nil| number::boolean(&nil.value()) == Ok(true))
}

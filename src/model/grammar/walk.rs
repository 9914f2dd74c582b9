//! Holds a descriptor against the table, in one pass.

use super::{Child, Class, Content, Form, Rest, Shape};
use super::{cim, table};
use crate::model::element::Element;
use crate::model::envelope::{Dialect, Envelope};
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
    let mut found = Vec::new();
    let mut open = Vec::new();
    open.extend(Frame::enter(envelope.root(), table::ENVELOPE, &mut found));
    while let Some(frame) = open.last_mut() {
        if let Some(element) = frame.next.take() {
            frame.next = element.next_sibling();
            if let Some(shape) = frame.child(element, &mut found) {
                open.extend(Frame::enter(element, shape, &mut found));
            }
        } else {
            frame.leave(&mut found);
            open.pop();
        }
    }
    found
}

/// An element whose children are being looked at.
struct Frame<'e, 's> {
    element: Element<'e, 's>,
    shape: &'static Shape,
    /// The child to look at next.
    next: Option<Element<'e, 's>>,
    /// The first of each name that is required or may stand there once.
    firsts: Vec<(&'static str, NodeId)>,
    /// The child that is last in the order so far.
    last: Option<(u8, NodeId)>,
    /// The first element of another namespace.
    foreign: Option<NodeId>,
    /// The name that was told last to be out of order: its siblings are not told again.
    late: &'static str,
}

impl<'e, 's> Frame<'e, 's> {
    /// Judges an element but for its children. `None` when there are none to be judged.
    fn enter(
        element: Element<'e, 's>,
        shape: &'static Shape,
        found: &mut Vec<Departure>,
    ) -> Option<Self> {
        let frame = Self {
            element,
            shape,
            next: element.first_child(),
            firsts: Vec::new(),
            last: None,
            foreign: None,
            late: "",
        };
        let holds_text = match shape.content {
            Content::Anything => return None,
            Content::Text(form) => {
                frame.text(form, found);
                return frame.next.is_some().then_some(frame);
            }
            Content::Elements(..) | Content::Cim(_) | Content::Time => {
                !element.text_span().is_empty()
            }
        };
        if holds_text {
            found.push(frame.departure(Kind::UnexpectedText, "", element));
        }
        Some(frame)
    }

    fn text(&self, form: Form, found: &mut Vec<Departure>) {
        if form != Form::Text && !is_nil(self.element) && form.check(&self.element.text()).is_err()
        {
            let departure = self.departure(Kind::MalformedText, "", self.element);
            found.push(Departure { form, ..departure });
        }
    }

    /// Judges a child as such, and gives the shape it should have.
    fn child(
        &mut self,
        child: Element<'e, 's>,
        found: &mut Vec<Departure>,
    ) -> Option<&'static Shape> {
        match self.shape.content {
            Content::Elements(children, rest) => self.element_child(child, children, rest, found),
            Content::Cim(class) => self.cim_child(child, class, found),
            Content::Time if cim::TIMES.contains(&child.local()) => {
                match self.first("time", child) {
                    None => {}
                    Some(first) => {
                        let departure = self.departure(Kind::RepeatedChild, "time", child);
                        found.push(Departure { other: Some(first), ..departure });
                    }
                }
                None
            }
            Content::Text(_) | Content::Time => {
                found.push(self.departure(Kind::UnexpectedChild, "", child));
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
        found: &mut Vec<Departure>,
    ) -> Option<&'static Shape> {
        let local = child.local();
        if !child.is_ovf() && child.namespace() != Namespace::BootConfig {
            match rest {
                Rest::Closed => found.push(self.departure(Kind::UnexpectedChild, "", child)),
                Rest::Foreign => {
                    self.foreign.get_or_insert(child.node().id());
                }
                Rest::Sections(place) => self.order("", place, child, found),
            }
            return None;
        }
        let known = children
            .iter()
            .find(|known| known.name == local && (!known.is_new || self.is_version_2()));
        if let Some(known) = known {
            let first = self.first(known.name, child);
            if known.times.is_single()
                && let Some(first) = first
            {
                let departure = self.departure(Kind::RepeatedChild, known.name, child);
                found.push(Departure { other: Some(first), ..departure });
            } else {
                self.order(known.name, known.place, child, found);
            }
            return Some(known.shape);
        }
        if let Some((shape, place)) = table::member(self.shape, local) {
            self.order(shape.name, place, child, found);
            return Some(shape);
        }
        if let Rest::Sections(place) = rest {
            let section = table::section(local);
            if section.is_none() {
                found.push(self.departure(Kind::UnexpectedChild, "", child));
            }
            self.order(section.map_or("", |section| section.name), place, child, found);
            return section;
        }
        found.push(self.departure(Kind::UnexpectedChild, "", child));
        None
    }

    fn cim_child(
        &mut self,
        child: Element<'e, 's>,
        class: Class,
        found: &mut Vec<Departure>,
    ) -> Option<&'static Shape> {
        let namespace = child.namespace();
        if namespace != class.namespace() {
            // A property in the wrong namespace is meant to stand where it stands.
            if !namespace.is_cim() && !namespace.is_ovf() && namespace != Namespace::None {
                self.foreign.get_or_insert(child.node().id());
            }
            return None;
        }
        let Some((name, property)) = class.property(child.local()) else {
            found.push(self.departure(Kind::UnexpectedChild, "", child));
            return None;
        };
        let first = if property.is_single { self.first(name, child) } else { None };
        if let Some(first) = first {
            let departure = self.departure(Kind::RepeatedChild, name, child);
            found.push(Departure { other: Some(first), ..departure });
        } else {
            self.order(name, property.place, child, found);
        }
        Some(property.value)
    }

    /// The first child of a name, unless it is this one.
    fn first(&mut self, name: &'static str, child: Element<'e, 's>) -> Option<NodeId> {
        let first = self.firsts.iter().find(|(known, _)| *known == name).map(|&(_, first)| first);
        if first.is_none() {
            self.firsts.push((name, child.node().id()));
        }
        first
    }

    fn order(
        &mut self,
        name: &'static str,
        place: u8,
        child: Element<'e, 's>,
        found: &mut Vec<Departure>,
    ) {
        let late = match (self.last, self.foreign) {
            (Some((last, other)), _) if place < last => Some((Kind::LateChild, other)),
            (_, Some(other)) => Some((Kind::AfterForeign, other)),
            _ => None,
        };
        if self.last.is_none_or(|(last, _)| last < place) {
            self.last = Some((place, child.node().id()));
        }
        if let Some((kind, other)) = late
            && self.late != child.local()
        {
            self.late = name;
            found.push(Departure { other: Some(other), ..self.departure(kind, name, child) });
        }
    }

    /// Judges what is not there.
    fn leave(&self, found: &mut Vec<Departure>) {
        match self.shape.content {
            Content::Elements(children, _) => {
                for child in children.iter().filter(|child| child.times.is_required()) {
                    self.require(child.name, found);
                }
            }
            Content::Cim(_) => {
                for name in Class::REQUIRED {
                    self.require(name, found);
                }
            }
            Content::Time => self.require("time", found),
            Content::Text(_) | Content::Anything => {}
        }
    }

    fn require(&self, name: &'static str, found: &mut Vec<Departure>) {
        if !self.firsts.iter().any(|(known, _)| *known == name) {
            found.push(self.departure(Kind::MissingChild, name, self.element));
        }
    }

    fn is_version_2(&self) -> bool {
        self.element.envelope().version() == Version::V2
    }

    fn departure(&self, kind: Kind, name: &'static str, at: Element<'e, 's>) -> Departure {
        Departure {
            kind,
            shape: self.shape,
            name,
            element: at.node().id(),
            other: None,
            form: Form::Text,
        }
    }
}

/// Whether an element says `xsi:nil="true"`: it stands for nothing (XML Schema Part 1, 2.6.2).
fn is_nil(element: Element<'_, '_>) -> bool {
    element
        .attribute_in(Namespace::Xsi, "nil")
        .is_some_and(|nil| number::boolean(&nil.value()) == Ok(true))
}

//! Holds a descriptor against the table, in one pass.

use super::{Child, Class, Content, Form, Rest, Shape};
use super::{cim, table};
use crate::model::element::Element;
use crate::model::envelope::{Dialect, Envelope};
use crate::model::names::{AttributeName, ElementName};
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

/// A pass over all elements in document order that goes on piece by piece, so that what it looks at is still at
/// hand for those who look at the same piece next.
pub(crate) struct Walk {
    judge: Judge,
    /// The elements around the next one.
    open: Vec<Frame>,
    /// The number of the next element.
    at: usize,
}

impl Walk {
    pub(crate) fn new(envelope: &Envelope<'_>) -> Self {
        let is_of_schema = matches!(envelope.dialect(), Dialect::Standard | Dialect::Unqualified)
            && envelope.version() != Version::V0_9;
        let mut judge = Judge {
            is_version_2: envelope.version() == Version::V2,
            may_be_nil: !envelope.has_no(AttributeName::Nil),
            firsts: Vec::new(),
            departures: Vec::new(),
            doubted: if is_of_schema { 0 } else { usize::MAX },
        };
        let mut open = Vec::new();
        if is_of_schema {
            open.extend(judge.enter(envelope.root(), table::ENVELOPE));
        }
        Self { judge, open, at: 0 }
    }

    /// Goes on up to the element of a number. Whether all elements on the way are of the schema and as it wants
    /// them; what vendors that are known put beside them counts as wanted.
    pub(in crate::model) fn keeps_to_schema_until(
        &mut self,
        envelope: &Envelope<'_>,
        end: usize,
    ) -> bool {
        while let Some(frame) = self.open.last_mut() {
            let Some(element) = frame.next.and_then(|next| envelope.element(next)) else {
                self.judge.leave(frame);
                self.open.pop();
                continue;
            };
            if element.node().id().index() >= end {
                break;
            }
            frame.next = element.next_sibling().map(|next| next.node().id());
            match self.judge.child(frame, element) {
                // Nothing can be wrong with a text that holds nothing but text.
                Some(Shape { content: Content::Text(Form::Text), .. })
                    if element.node().is_plain() => {}
                Some(Shape { content: Content::Cim(class), .. })
                    if !self.judge.may_be_nil && is_regular(element, *class) => {}
                Some(shape) => self.open.extend(self.judge.enter(element, shape)),
                None => {}
            }
        }
        let start = std::mem::replace(&mut self.at, end);
        self.judge.doubted <= start
    }

    /// Goes on to the end. What was found on the whole way.
    pub(in crate::model) fn finish(mut self, envelope: &Envelope<'_>) -> Vec<Departure> {
        self.keeps_to_schema_until(envelope, usize::MAX);
        self.judge.departures
    }
}

/// Whether an element is as nearly all are, so that nothing is to be told of it: properties in order, each a
/// plain text of its form, and then elements of vendors that are known.
fn is_regular(element: Element<'_, '_>, class: Class) -> bool {
    if element.node().may_hold_text() {
        return false;
    }
    let (mut seen, mut has_extension) = (0_u64, false);
    for child in element.children() {
        let namespace = child.namespace();
        if namespace != class.namespace() {
            if !namespace.is_known_vendor() {
                return false;
            }
            has_extension = true;
            continue;
        }
        let Some(property) = class.property(child.name()) else { return false };
        let Content::Text(form) = property.value.content else { return false };
        let bit = 1_u64.checked_shl(property.place.into()).unwrap_or(0);
        // No bit as high as this one may have been there before.
        if has_extension || seen >= bit || !child.node().is_plain() {
            return false;
        }
        if form != Form::Text && form.check(&child.text()).is_err() {
            return false;
        }
        seen |= bit;
    }
    Class::REQUIRED
        .into_iter()
        .filter_map(|name| class.property(name))
        .all(|property| seen & 1_u64.checked_shl(property.place.into()).unwrap_or(0) != 0)
}

/// What was found on the walk over all elements so far.
struct Judge {
    is_version_2: bool,
    may_be_nil: bool,
    /// The first child of each slot that takes one, those of the innermost element at the end.
    firsts: Vec<(u8, NodeId)>,
    departures: Vec<Departure>,
    /// The number behind the last element where the descriptor departs from the schema or of which the schema
    /// says nothing.
    doubted: usize,
}

/// An element whose children are being looked at.
struct Frame {
    element: NodeId,
    shape: &'static Shape,
    /// The child to look at next.
    next: Option<NodeId>,
    /// Which children there were: a bit for each slot, which is a number the child has in its shape.
    seen: u64,
    /// Where its own firsts begin.
    firsts: usize,
    /// The child that is last in the order so far.
    last: Option<(u8, NodeId)>,
    /// The first element of another namespace.
    foreign: Option<NodeId>,
    /// The name that was told last to be out of order: its siblings are not told again.
    late: ElementName,
}

impl Judge {
    /// Judges an element but for its children, which come next if there are any to be judged.
    fn enter(&mut self, element: Element<'_, '_>, shape: &'static Shape) -> Option<Frame> {
        let next = element.first_child().map(|next| next.node().id());
        let is_judged = match shape.content {
            Content::Anything => false,
            Content::Text(form) => {
                if !has_form(element, form) {
                    let departure = departure(Kind::MalformedText, shape, "", element.node().id());
                    self.add(Departure { form, ..departure });
                }
                next.is_some()
            }
            Content::Elements(..) | Content::Cim(_) | Content::Time => {
                if element.node().may_hold_text() && !element.text_span().is_empty() {
                    self.add(departure(Kind::UnexpectedText, shape, "", element.node().id()));
                }
                true
            }
        };
        is_judged.then_some(Frame {
            element: element.node().id(),
            shape,
            next,
            seen: 0,
            firsts: self.firsts.len(),
            last: None,
            foreign: None,
            late: ElementName::Other,
        })
    }

    /// Judges a child as such, and gives the shape it should have.
    fn child(&mut self, frame: &mut Frame, child: Element<'_, '_>) -> Option<&'static Shape> {
        if self.may_be_nil && !child.has_no(AttributeName::Nil) {
            self.doubt(child);
        }
        match &frame.shape.content {
            Content::Elements(children, rest) => self.element_child(frame, child, children, *rest),
            Content::Cim(class) => self.cim_child(frame, child, *class),
            Content::Time if cim::is_time(child.name()) => {
                if let Some(first) = self.meet(frame, 0, true, child) {
                    self.repeated(frame, "time", child, first);
                }
                None
            }
            Content::Text(_) | Content::Time => {
                self.unexpected(frame, child);
                None
            }
            Content::Anything => None,
        }
    }

    fn element_child(
        &mut self,
        frame: &mut Frame,
        child: Element<'_, '_>,
        children: &'static [Child],
        rest: Rest,
    ) -> Option<&'static Shape> {
        if !child.is_ovf() && child.namespace() != Namespace::BootConfig {
            match rest {
                Rest::Closed => self.unexpected(frame, child),
                Rest::Foreign => self.foreign(frame, child),
                Rest::Sections(place) => {
                    self.doubt(child);
                    self.order(frame, ElementName::Other, place, child);
                }
            }
            return None;
        }
        let name = child.name();
        let slot = frame.shape.slot(name);
        let known = slot.and_then(|slot| Some((slot, children.get(usize::from(slot))?)));
        if let Some((slot, known)) = known.filter(|(_, known)| !known.is_new || self.is_version_2) {
            match self.meet(frame, slot, known.times.is_single(), child) {
                Some(first) => self.repeated(frame, known.name, child, first),
                None => self.order(frame, name, known.place, child),
            }
            return Some(known.shape);
        }
        if let Some((shape, place)) = table::member(frame.shape, name) {
            self.order(frame, name, place, child);
            return Some(shape);
        }
        if let Rest::Sections(place) = rest {
            let section = table::section(name);
            if section.is_none() {
                self.unexpected(frame, child);
            }
            let name = section.map_or(ElementName::Other, |_| name);
            self.order(frame, name, place, child);
            return section;
        }
        self.unexpected(frame, child);
        None
    }

    fn cim_child(
        &mut self,
        frame: &mut Frame,
        child: Element<'_, '_>,
        class: Class,
    ) -> Option<&'static Shape> {
        let namespace = child.namespace();
        if namespace != class.namespace() {
            // A property in the wrong namespace is meant to stand where it stands.
            if !namespace.is_cim() && !namespace.is_ovf() && namespace != Namespace::None {
                self.foreign(frame, child);
            } else {
                self.doubt(child);
            }
            return None;
        }
        let name = child.name();
        let Some(property) = class.property(name) else {
            self.unexpected(frame, child);
            return None;
        };
        match self.meet(frame, property.place, property.is_single, child) {
            Some(first) => self.repeated(frame, name.as_str(), child, first),
            None => self.order(frame, name, property.place, child),
        }
        Some(property.value)
    }

    /// Notes a child of a slot. The first child of the slot, if it takes one alone and this is another.
    fn meet(
        &mut self,
        frame: &mut Frame,
        slot: u8,
        is_single: bool,
        child: Element<'_, '_>,
    ) -> Option<NodeId> {
        let bit = 1_u64.checked_shl(slot.into()).unwrap_or(0);
        let is_first = frame.seen & bit == 0;
        frame.seen |= bit;
        if !is_single {
            return None;
        }
        if is_first {
            self.firsts.push((slot, child.node().id()));
            return None;
        }
        let own = self.firsts.get(frame.firsts..).unwrap_or_default();
        own.iter().find(|(known, _)| *known == slot).map(|&(_, first)| first)
    }

    fn foreign(&mut self, frame: &mut Frame, child: Element<'_, '_>) {
        frame.foreign.get_or_insert(child.node().id());
        if !child.namespace().is_known_vendor() {
            self.doubt(child);
        }
    }

    fn order(&mut self, frame: &mut Frame, name: ElementName, place: u8, child: Element<'_, '_>) {
        let last = frame.last;
        if last.is_none_or(|(last, _)| last < place) {
            frame.last = Some((place, child.node().id()));
        }
        let (kind, other) = match (last, frame.foreign) {
            (Some((last, other)), _) if place < last => (Kind::LateChild, other),
            (_, Some(other)) => (Kind::AfterForeign, other),
            _ => return,
        };
        if frame.late == ElementName::Other || frame.late != child.name() {
            frame.late = name;
            let departure = departure(kind, frame.shape, name.as_str(), child.node().id());
            self.add(Departure { other: Some(other), ..departure });
        }
    }

    /// Judges what is not there when an element ends.
    fn leave(&mut self, frame: &Frame) {
        self.firsts.truncate(frame.firsts);
        let mut require = |slot: u8, name| {
            if frame.seen & 1_u64.checked_shl(slot.into()).unwrap_or(0) == 0 {
                let departure = departure(Kind::MissingChild, frame.shape, name, frame.element);
                self.add(departure);
            }
        };
        match &frame.shape.content {
            Content::Elements(children, _) => {
                for (slot, child) in (0..).zip(*children) {
                    if child.times.is_required() {
                        require(slot, child.name);
                    }
                }
            }
            Content::Cim(class) => {
                for name in Class::REQUIRED {
                    if let Some(property) = class.property(name) {
                        require(property.place, name.as_str());
                    }
                }
            }
            Content::Time => require(0, "time"),
            Content::Text(_) | Content::Anything => {}
        }
    }

    fn repeated(
        &mut self,
        frame: &Frame,
        name: &'static str,
        child: Element<'_, '_>,
        first: NodeId,
    ) {
        let departure = departure(Kind::RepeatedChild, frame.shape, name, child.node().id());
        self.add(Departure { other: Some(first), ..departure });
    }

    fn unexpected(&mut self, frame: &Frame, child: Element<'_, '_>) {
        self.doubt(child);
        self.departures.push(departure(Kind::UnexpectedChild, frame.shape, "", child.node().id()));
    }

    fn add(&mut self, departure: Departure) {
        self.doubted = self.doubted.max(departure.element.index().saturating_add(1));
        self.departures.push(departure);
    }

    /// Notes that nothing is said of an element and all in it.
    fn doubt(&mut self, element: Element<'_, '_>) {
        self.doubted = self.doubted.max(element.node().end_number());
    }
}

fn departure(kind: Kind, shape: &'static Shape, name: &'static str, element: NodeId) -> Departure {
    Departure { kind, shape, name, element, other: None, form: Form::Text }
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

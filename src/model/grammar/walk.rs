//! Holds a descriptor against the table, in one pass.

use std::ops::Range;

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

/// How a descriptor stands to the schema.
#[derive(Debug, Default)]
pub(in crate::model) struct Judgement {
    pub(super) departures: Vec<Departure>,
    /// The elements, by number, where it departs from the schema and those the schema says nothing of; sorted,
    /// and no two of them touch.
    doubts: Vec<Range<usize>>,
}

impl Judgement {
    /// Whether some elements, by number, are all of the schema and as it wants them.
    pub(super) fn is_kept_in(&self, elements: &Range<usize>) -> bool {
        let at = self.doubts.partition_point(|doubt| doubt.end <= elements.start);
        self.doubts.get(at).is_none_or(|doubt| doubt.start >= elements.end)
    }
}

pub(super) fn judge(envelope: &Envelope<'_>) -> Judgement {
    let is_of_schema = matches!(envelope.dialect(), Dialect::Standard | Dialect::Unqualified)
        && envelope.version() != Version::V0_9;
    if !is_of_schema {
        let all = Range { start: 0, end: usize::MAX };
        return Judgement { departures: Vec::new(), doubts: Vec::from([all]) };
    }
    let mut judge = Judge {
        is_version_2: envelope.version() == Version::V2,
        may_be_nil: !envelope.has_no(AttributeName::Nil),
        firsts: Vec::new(),
        departures: Vec::new(),
        doubts: Vec::new(),
    };
    let mut open = Vec::new();
    open.extend(judge.enter(envelope.root(), table::ENVELOPE));
    while let Some(frame) = open.last_mut() {
        let Some(element) = frame.next else {
            judge.leave(frame);
            open.pop();
            continue;
        };
        frame.next = element.next_sibling();
        match judge.child(frame, element) {
            // Nothing can be wrong with a text that holds nothing but text.
            Some(Shape { content: Content::Text(Form::Text), .. }) if element.node().is_plain() => {
            }
            Some(Shape { content: Content::Cim(class), .. })
                if !judge.may_be_nil && is_regular(element, *class) => {}
            Some(shape) => open.extend(judge.enter(element, shape)),
            None => {}
        }
    }
    Judgement { departures: judge.departures, doubts: joined(judge.doubts) }
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

/// The same elements in ranges that are sorted and do not touch.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    ranges.dedup_by(|next, range| {
        let is_joined = next.start <= range.end;
        if is_joined {
            range.end = range.end.max(next.end);
        }
        is_joined
    });
    ranges
}

/// What was found on the walk over all elements so far.
struct Judge {
    is_version_2: bool,
    may_be_nil: bool,
    /// The first child of each slot that takes one, those of the innermost element at the end.
    firsts: Vec<(u8, NodeId)>,
    departures: Vec<Departure>,
    doubts: Vec<Range<usize>>,
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
    late: ElementName,
}

impl Judge {
    /// Judges an element but for its children, which come next if there are any to be judged.
    fn enter<'e, 's>(
        &mut self,
        element: Element<'e, 's>,
        shape: &'static Shape,
    ) -> Option<Frame<'e, 's>> {
        let next = element.first_child();
        let is_judged = match shape.content {
            Content::Anything => false,
            Content::Text(form) => {
                if !has_form(element, form) {
                    let departure = departure(Kind::MalformedText, shape, "", element);
                    self.add(element, Departure { form, ..departure });
                }
                next.is_some()
            }
            Content::Elements(..) | Content::Cim(_) | Content::Time => {
                if element.node().may_hold_text() && !element.text_span().is_empty() {
                    self.add(element, departure(Kind::UnexpectedText, shape, "", element));
                }
                true
            }
        };
        is_judged.then_some(Frame {
            element,
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
    fn child<'e, 's>(
        &mut self,
        frame: &mut Frame<'e, 's>,
        child: Element<'e, 's>,
    ) -> Option<&'static Shape> {
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

    fn element_child<'e, 's>(
        &mut self,
        frame: &mut Frame<'e, 's>,
        child: Element<'e, 's>,
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

    fn cim_child<'e, 's>(
        &mut self,
        frame: &mut Frame<'e, 's>,
        child: Element<'e, 's>,
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
        frame: &mut Frame<'_, '_>,
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

    fn foreign(&mut self, frame: &mut Frame<'_, '_>, child: Element<'_, '_>) {
        frame.foreign.get_or_insert(child.node().id());
        if !child.namespace().is_known_vendor() {
            self.doubt(child);
        }
    }

    fn order(
        &mut self,
        frame: &mut Frame<'_, '_>,
        name: ElementName,
        place: u8,
        child: Element<'_, '_>,
    ) {
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
            let departure = departure(kind, frame.shape, name.as_str(), child);
            self.add(child, Departure { other: Some(other), ..departure });
        }
    }

    /// Judges what is not there when an element ends.
    fn leave(&mut self, frame: &Frame<'_, '_>) {
        self.firsts.truncate(frame.firsts);
        let mut require = |slot: u8, name| {
            if frame.seen & 1_u64.checked_shl(slot.into()).unwrap_or(0) == 0 {
                let departure = departure(Kind::MissingChild, frame.shape, name, frame.element);
                self.add(frame.element, departure);
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
        frame: &Frame<'_, '_>,
        name: &'static str,
        child: Element<'_, '_>,
        first: NodeId,
    ) {
        let departure = departure(Kind::RepeatedChild, frame.shape, name, child);
        self.add(child, Departure { other: Some(first), ..departure });
    }

    fn unexpected(&mut self, frame: &Frame<'_, '_>, child: Element<'_, '_>) {
        self.doubt(child);
        self.departures.push(departure(Kind::UnexpectedChild, frame.shape, "", child));
    }

    fn add(&mut self, at: Element<'_, '_>, departure: Departure) {
        let number = at.node().id().index();
        self.doubts.push(number..number.saturating_add(1));
        self.departures.push(departure);
    }

    /// Notes that nothing is said of an element and all in it.
    fn doubt(&mut self, element: Element<'_, '_>) {
        self.doubts.push(element.node().id().index()..element.node().end_number());
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

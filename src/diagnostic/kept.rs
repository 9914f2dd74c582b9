//! Which findings are kept when there are more than there is room for.

use super::code::Severity;
use super::findings::Counts;

/// Something with a severity.
pub(crate) trait Judged {
    fn severity(&self) -> Severity;
}

/// As many findings as there is room for, in the order they came.
///
/// When the room is used up, one that matters more takes the place of the last of those that matter
/// least: a thousand warnings do not hide the error.
#[derive(Clone, Debug)]
pub(crate) struct Kept<T> {
    list: Vec<T>,
    room: usize,
    /// How many of them there are of each severity, as looking through them for each that comes would be
    /// far more work.
    counts: Counts,
}

impl<T: Judged> Kept<T> {
    pub(crate) const fn new(room: usize) -> Self {
        Self { list: Vec::new(), room, counts: Counts::none() }
    }

    /// Whether something has to go before another can come.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= self.room
    }

    /// Makes room for one more of a severity. `false` if there is none for it, so that no text need be
    /// made for it.
    pub(crate) fn make_room(&mut self, severity: Severity) -> bool {
        if !self.is_full() {
            return true;
        }
        let least = match self.counts {
            Counts { info: 1.., .. } => Severity::Info,
            Counts { warning: 1.., .. } => Severity::Warning,
            Counts { .. } => Severity::Error,
        };
        if least >= severity {
            return false;
        }
        let Some(at) = self.list.iter().rposition(|kept| kept.severity() == least) else {
            return false;
        };
        self.list.remove(at);
        self.counts.remove(least);
        true
    }

    /// Keeps one for which there is room.
    pub(crate) fn push(&mut self, one: T) -> Option<&mut T> {
        self.counts.add(one.severity());
        self.list.push(one);
        self.list.last_mut()
    }

    /// Those that are kept, in the order they came.
    pub(crate) fn as_slice(&self) -> &[T] {
        &self.list
    }

    /// Those that are kept, in the order they came.
    pub(crate) fn into_vec(self) -> Vec<T> {
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::{Judged, Kept};
    use crate::diagnostic::Severity::{self, Error, Info, Warning};

    impl Judged for (Severity, u32) {
        fn severity(&self) -> Severity {
            self.0
        }
    }

    fn kept(room: usize, come: &[Severity]) -> Vec<u32> {
        let mut kept = Kept::new(room);
        for (number, &severity) in (0..).zip(come) {
            if kept.make_room(severity) {
                kept.push((severity, number));
            }
        }
        kept.into_vec().into_iter().map(|(_, number)| number).collect()
    }

    #[test]
    fn what_matters_more_takes_the_place_of_what_matters_least() {
        assert_eq!(kept(3, &[Info, Warning, Error]), [0, 1, 2]);
        assert_eq!(kept(3, &[Warning, Info, Info, Warning, Error]), [0, 3, 4]);
        assert_eq!(kept(3, &[Warning, Warning, Warning, Error]), [0, 1, 3]);
        assert_eq!(kept(2, &[Warning, Info, Warning, Info, Error, Error, Error]), [4, 5]);
    }

    #[test]
    fn of_equals_the_first_stay() {
        assert_eq!(kept(2, &[Error, Error, Error]), [0, 1]);
        assert_eq!(kept(2, &[Info, Info, Info]), [0, 1]);
        assert_eq!(kept(0, &[Error]), [0_u32; 0]);
    }
}

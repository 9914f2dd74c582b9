//! How far the reading is: bytes, rate and time left, on standard error when that is a terminal.

use std::io::{self, IsTerminal as _, Read};

use indicatif::{ProgressBar, ProgressBarIter, ProgressStyle};
use ovf::package::ReadAt;

/// A bar that is not there when nobody would see it.
#[derive(Clone)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for an input. `bytes` is how many there will be, where that is known.
    pub fn new(name: &str, bytes: Option<u64>) -> Self {
        if !io::stderr().is_terminal() {
            return Self::hidden();
        }
        let (bar, template) = match bytes {
            Some(bytes) => (
                ProgressBar::new(bytes),
                "{msg} [{wide_bar}] {bytes}/{total_bytes} {bytes_per_sec} {eta}",
            ),
            None => (ProgressBar::new_spinner(), "{msg} {spinner} {bytes} {bytes_per_sec}"),
        };
        let style = ProgressStyle::with_template(template);
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        Self(bar.with_style(style).with_message(name.to_owned()))
    }

    /// None.
    pub fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// More bytes will be read than were told.
    pub fn expect(&self, bytes: u64) {
        self.0.inc_length(bytes);
    }

    /// A reader that moves the bar.
    pub fn reading<R: Read>(&self, input: R) -> ProgressBarIter<R> {
        self.0.wrap_read(input)
    }

    /// The same for input that is read anywhere.
    pub fn reading_at<R: ReadAt>(&self, input: R) -> impl ReadAt {
        ReadingAt { input, bar: self.0.clone() }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// Moves a bar.
struct ReadingAt<R> {
    input: R,
    bar: ProgressBar,
}

impl<R: ReadAt> ReadAt for ReadingAt<R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let count = self.input.read_at(buffer, offset)?;
        self.bar.inc(count as u64);
        Ok(count)
    }
}

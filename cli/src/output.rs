//! Standard output and standard error: buffered, coloured only when wanted, deaf to a closed pipe.

use std::io::{self, BufWriter, Write};

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, Style};
use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};

/// Widest text, whatever the terminal: longer lines are hard to read.
const MAX_WIDTH: usize = 140;
/// Narrowest; below it the terminal may wrap as it likes.
const MIN_WIDTH: usize = 60;

/// A way out: standard output or standard error.
pub struct Output {
    writer: BufWriter<Box<dyn Write>>,
    color: bool,
    width: usize,
}

impl Output {
    /// Locks standard output.
    pub fn stdout(choice: ColorChoice) -> Self {
        Self::to(io::stdout().lock(), choice)
    }

    /// Locks standard error.
    pub fn stderr(choice: ColorChoice) -> Self {
        Self::to(io::stderr().lock(), choice)
    }

    fn to(raw: impl RawStream + AsLockedWrite + 'static, choice: ColorChoice) -> Self {
        let width = width(raw.is_terminal());
        let stream = AutoStream::new(raw, choice);
        let color = stream.current_choice() != ColorChoice::Never;
        let quiet: Box<dyn Write> = Box::new(UntilClosed { inner: stream, closed: false });
        Self { writer: BufWriter::new(quiet), color, width }
    }

    /// Whether escape sequences for colours are wanted.
    pub const fn color(&self) -> bool {
        self.color
    }

    /// Columns a line of text may take.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// The text in a style, or plain.
    pub fn paint(&self, style: Style, text: &str) -> String {
        paint(self.color, style, text)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The text in a style if colours are wanted.
pub fn paint(color: bool, style: Style, text: &str) -> String {
    if color { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// Writes a block to standard error: `error: …`, then what may help.
///
/// That standard error cannot be written to is nothing this program could tell anybody.
pub fn complain(choice: ColorChoice, message: &str, help: Option<&str>) {
    let mut err = Output::stderr(choice);
    let _ = writeln!(err, "{}: {message}", err.paint(DEFAULT_ERROR_STYLE, "error"));
    if let Some(help) = help {
        let _ = writeln!(err, "{}: {help}", err.paint(DEFAULT_HELP_STYLE, " help"));
    }
    let _ = err.flush();
}

/// Columns to use: the terminal's as `COLUMNS` tells, else a width that fits logs.
fn width(terminal: bool) -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let columns = match (terminal, told) {
        (true, None) => {
            terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
        }
        (true, Some(columns)) => columns,
        (false, _) => MAX_WIDTH,
    };
    columns.clamp(MIN_WIDTH, MAX_WIDTH)
}

/// Swallows what comes after the reader has gone, so that `ovf rules | head -1` ends quietly and
/// `ovf validate … | head` still exits with the status of what was found.
struct UntilClosed<W> {
    inner: W,
    closed: bool,
}

impl<W: Write> UntilClosed<W> {
    fn unless_closed<T>(
        &mut self,
        fallback: T,
        act: impl FnOnce(&mut W) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.closed {
            return Ok(fallback);
        }
        match act(&mut self.inner) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(fallback)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_closed(bytes.len(), |inner| inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), Write::flush)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};

    use super::UntilClosed;

    struct Fails(io::ErrorKind);

    impl Write for Fails {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
        let mut closed = UntilClosed { inner: Fails(io::ErrorKind::BrokenPipe), closed: false };
        assert!(closed.write_all(b"text").is_ok());
        assert!(closed.closed);
        assert!(closed.flush().is_ok());
        let mut full = UntilClosed { inner: Fails(io::ErrorKind::StorageFull), closed: false };
        assert!(full.write_all(b"text").is_err());
    }
}

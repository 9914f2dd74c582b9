//! The files of a package's folder.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ovf::package::Files;

use crate::progress::Progress;

/// A folder that nothing is opened outside of.
pub struct Folder {
    /// Without any link in it.
    root: PathBuf,
    progress: Progress,
}

impl Folder {
    /// The folder at a path.
    pub fn new(path: &Path, progress: Progress) -> io::Result<Self> {
        Ok(Self { root: fs::canonicalize(path)?, progress })
    }
}

impl Files for Folder {
    fn list(&mut self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let entry = entry?;
            // A link counts, whatever it leads to: opening decides.
            if !entry.file_type()?.is_dir() {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        Ok(names)
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Read + Send>>> {
        let path = match fs::canonicalize(self.root.join(name)) {
            Ok(path) => path,
            // A part that is no folder, and a link to nothing that is followed to its end.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(plain(error)),
        };
        if !path.starts_with(&self.root) {
            return Err(io::Error::other("it is a link that leads out of the folder"));
        }
        // Asked before opening: a pipe would keep the program waiting.
        let metadata = fs::metadata(&path).map_err(plain)?;
        if !metadata.is_file() {
            return Err(io::Error::other("it is no regular file"));
        }
        let file = File::open(&path).map_err(plain)?;
        self.progress.expect(metadata.len());
        Ok(Some(Box::new(self.progress.reading(file))))
    }
}

/// The error without its number, as people are told it.
fn plain(error: io::Error) -> io::Error {
    let text = error.to_string();
    io::Error::new(error.kind(), text.split(" (os error").next().unwrap_or(&text).to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::io::Read as _;
    use std::os::unix::fs::symlink;

    use ovf::package::Files as _;

    use super::{Folder, Progress};

    #[test]
    fn nothing_outside_is_opened() {
        let base = std::env::temp_dir().join(format!("ovf-folder-{}", std::process::id()));
        let folder = base.join("package");
        fs::create_dir_all(folder.join("disks")).unwrap();
        fs::write(base.join("secret"), "secret").unwrap();
        fs::write(folder.join("disks/a"), "inside").unwrap();
        symlink("../secret", folder.join("out")).unwrap();
        symlink("..", folder.join("up")).unwrap();
        symlink("disks/a", folder.join("in")).unwrap();
        symlink("nowhere", folder.join("dangling")).unwrap();

        let mut files = Folder::new(&folder, Progress::hidden()).unwrap();
        let mut listed = files.list().unwrap();
        listed.sort();
        assert_eq!(listed, ["dangling", "in", "out", "up"]);
        for name in ["out", "up/secret"] {
            let error = files.open(name).err().unwrap();
            assert!(error.to_string().contains("leads out of the folder"), "{name}: {error}");
        }
        let error = files.open("disks").err().unwrap();
        assert!(error.to_string().contains("no regular file"), "{error}");
        for name in ["dangling", "none", "in/a"] {
            assert!(files.open(name).unwrap().is_none(), "{name}");
        }
        for name in ["in", "disks/a"] {
            let mut text = String::new();
            files.open(name).unwrap().unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "inside");
        }
        fs::remove_dir_all(base).unwrap();
    }
}

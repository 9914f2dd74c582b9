//! The OVF environment: the document in which a guest finds its settings (DSP0243 11, DSP8027).
//!
//! [`Environment::of`] makes it for one machine of a descriptor.
//! [`Validator::check_environment`](crate::Validator::check_environment) checks one that somebody made.

mod build;
mod issue;

use std::fmt;

pub use self::issue::{Issue, Problem};
use crate::namespace::ENVIRONMENT;
use crate::xml::Writer;

/// The OVF environment of one machine.
///
/// ```
/// use ovf::import::Choices;
/// use ovf::import::environment::{Environment, Platform};
/// use ovf::{Source, Validator};
///
/// # let descriptor = include_bytes!("../../../testdata/deploy/three-tier.ovf");
/// let source = Source::decode(descriptor)?;
/// let envelope = Validator::new().check(&source).into_valid().unwrap();
/// let system = envelope.ost_nodes().find(|node| node.id() == "web").unwrap();
///
/// let mut choices = Choices::new();
/// choices.properties.insert("org.example.web.port".to_owned(), "8080".to_owned());
/// let mut platform = Platform::default();
/// platform.kind = Some("Example Hypervisor".to_owned());
///
/// let environment = Environment::of(&envelope, &choices, system, &platform).unwrap();
/// assert!(environment.to_xml().contains(r#"oe:key="org.example.web.port" oe:value="8080""#));
/// # Ok::<(), ovf::DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Environment {
    /// The id of the machine. Whoever makes several machines of it, as a `ScaleOutSection` asks for (DSP0243
    /// 2.1 9.14), gives each an id of its own here.
    pub id: String,
    /// Where it runs.
    pub platform: Platform,
    /// What it sees: its own properties, then those of the collection it is in that it has none of its own
    /// for.
    pub settings: Vec<Setting>,
    /// The other members of its collection, in document order.
    pub entities: Vec<Entity>,
    /// What is doubtful in it, sorted by line.
    pub issues: Vec<Issue>,
}

/// What a platform tells about itself. The standard calls all of it experimental (DSP8027).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Platform {
    /// What it is.
    pub kind: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Who makes it.
    pub vendor: Option<String>,
    /// The language it speaks.
    pub locale: Option<String>,
    /// How many minutes its time is ahead of UTC; negative west of Greenwich.
    pub timezone: Option<i32>,
}

/// A property with its value.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setting {
    /// The full key, `[class.]key[.instance]` (DSP0243 9.5.1).
    pub key: String,
    /// The value, references in it replaced; empty when there is none.
    pub value: String,
    /// Whether it is a password, or has one in it. The guest needs it, so it is in the document; nothing
    /// else may show it.
    pub is_secret: bool,
}

impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.is_secret { "(secret)" } else { &self.value };
        f.debug_struct("Setting")
            .field("key", &self.key)
            .field("value", &value)
            .field("is_secret", &self.is_secret)
            .finish()
    }
}

/// A sibling, with what it sees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// What stands in its own environment.
    pub settings: Vec<Setting>,
}

impl Environment {
    /// Whether everything is in it as it should be: no issue is an error.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.issues.iter().all(|issue| issue.severity() != crate::diagnostic::Severity::Error)
    }

    /// The document: what platform and machine have, then the siblings. Sections without content are left
    /// out. The same environment gives the same text, byte for byte.
    ///
    /// Passwords stand in it in the clear.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let mut xml = Writer::new();
        xml.open("Environment")
            .attribute("xmlns", ENVIRONMENT)
            .attribute("xmlns:oe", ENVIRONMENT)
            .attribute("oe:id", &self.id);
        self.platform.write(&mut xml);
        write_settings(&self.settings, &mut xml);
        for entity in &self.entities {
            xml.open("Entity").attribute("oe:id", &entity.id);
            write_settings(&entity.settings, &mut xml);
            xml.close();
        }
        xml.finish()
    }
}

impl Platform {
    /// DSP8027 has them in this order.
    fn write(&self, xml: &mut Writer) {
        if *self == Self::default() {
            return;
        }
        let timezone = self.timezone.map(|minutes| minutes.to_string());
        let facts = [
            ("Kind", &self.kind),
            ("Version", &self.version),
            ("Vendor", &self.vendor),
            ("Locale", &self.locale),
            ("Timezone", &timezone),
        ];
        xml.open("PlatformSection");
        for (name, fact) in facts {
            if let Some(fact) = fact {
                xml.leaf(name, fact);
            }
        }
        xml.close();
    }
}

fn write_settings(settings: &[Setting], xml: &mut Writer) {
    if settings.is_empty() {
        return;
    }
    xml.open("PropertySection");
    for setting in settings {
        xml.open("Property")
            .attribute("oe:key", &setting.key)
            .attribute("oe:value", &setting.value)
            .close();
    }
    xml.close();
}

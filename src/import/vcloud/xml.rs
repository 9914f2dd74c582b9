//! The representation of a vAppTemplate.

use std::fmt::Write as _;

use super::template::{TemplateStatus, Upload};
use crate::namespace::{VCLOUD_1_0, VCLOUD_1_5};
use crate::xml::Writer;

const TEMPLATE_TYPE: &str = "application/vnd.vmware.vcloud.vAppTemplate+xml";
const VDC_TYPE: &str = "application/vnd.vmware.vcloud.vdc+xml";

/// A version of the vCloud API, as far as it shows in a template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiVersion {
    /// 1.0.
    V1_0,
    /// 1.5 and later, to 5.5.
    #[default]
    V1_5,
}

impl ApiVersion {
    /// The namespace of its elements.
    #[must_use]
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::V1_0 => VCLOUD_1_0,
            Self::V1_5 => VCLOUD_1_5,
        }
    }
}

/// Where things are on the server.
#[derive(Clone, Copy, Debug)]
pub struct Addresses<'a> {
    /// The URL of the template.
    pub template: &'a str,
    /// The URL that the names of files are appended to for uploading, with or without `/` at its end.
    pub transfer: &'a str,
    /// The URL of the virtual data centre the template belongs to.
    pub vdc: Option<&'a str>,
}

impl Upload {
    /// The template as XML: the answer to creating it, and to asking for it.
    ///
    /// Upload links are there while the template is unresolved. Before the descriptor has come it is the
    /// only file. Once every byte is there a task runs until the template is ready; one that failed has a
    /// task with the error; one that is ready has its machines, under their names.
    #[must_use]
    pub fn xml(&self, addresses: &Addresses<'_>, version: ApiVersion) -> String {
        let mut xml = Writer::new();
        xml.open("VAppTemplate")
            .attribute("xmlns", version.namespace())
            .attribute("name", &self.name)
            .attribute("href", addresses.template)
            .attribute("type", TEMPLATE_TYPE)
            .attribute("status", &self.status().number().to_string())
            .attribute("ovfDescriptorUploaded", if self.is_described() { "true" } else { "false" });
        if let Some(vdc) = addresses.vdc {
            xml.open("Link")
                .attribute("rel", "up")
                .attribute("type", VDC_TYPE)
                .attribute("href", vdc)
                .close();
        }
        if let Some(description) = &self.description {
            xml.leaf("Description", description);
        }
        self.write_task(&mut xml);
        self.write_files(&mut xml, addresses.transfer);
        if self.status() == TemplateStatus::PoweredOff && !self.machines().is_empty() {
            xml.open("Children");
            for machine in self.machines() {
                xml.open("Vm").attribute("name", &machine.name).close();
            }
            xml.close();
        }
        xml.finish()
    }

    fn write_task(&self, xml: &mut Writer) {
        let failure = self.failure();
        let status = match self.status() {
            TemplateStatus::FailedCreation => "error",
            TemplateStatus::Unresolved if self.is_transferred() => "running",
            TemplateStatus::Unresolved | TemplateStatus::PoweredOff => return,
        };
        let operation = format!("Importing Virtual Application Template {}", self.name);
        xml.open("Tasks").open("Task").attribute("status", status);
        xml.attribute("operation", &operation);
        if let Some(failure) = failure {
            xml.open("Error")
                .attribute("message", &failure.to_string())
                .attribute("majorErrorCode", "400")
                .attribute("minorErrorCode", "BAD_REQUEST")
                .close();
        }
        xml.close().close();
    }

    fn write_files(&self, xml: &mut Writer, transfer: &str) {
        if self.status() == TemplateStatus::PoweredOff {
            return;
        }
        xml.open("Files");
        for file in self.files() {
            xml.open("File").attribute("name", file.name());
            if let Some(size) = file.size() {
                xml.attribute("size", &size.to_string());
            }
            xml.attribute("bytesTransferred", &file.bytes_transferred().to_string());
            if self.status() == TemplateStatus::Unresolved {
                let base = transfer.trim_end_matches('/');
                let href = format!("{base}/{}", in_url(file.name()));
                xml.open("Link")
                    .attribute("rel", "upload:default")
                    .attribute("href", &href)
                    .close();
            }
            xml.close();
        }
        xml.close();
    }
}

/// A name as part of a URL: it is a reference already, but real ones have blanks and letters in it that no
/// URL has (RFC 3986 2). Query and fragment would lead elsewhere.
fn in_url(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

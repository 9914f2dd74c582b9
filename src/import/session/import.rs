//! The life of an import: `com.vmware.vcenter.ovf.ImportSession`.

mod documents;
mod files;
mod payload;
mod request;

use std::collections::BTreeMap;
use std::time::Duration;

pub use self::files::SessionFile;
pub use self::request::{ImportRequest, ImportSource, SignatureFiles};

use self::payload::Payload;
use super::contents::needed;
use super::document::Document;
use super::error::SessionError;
use super::issue::Issue;
use super::lease::{Lease, Progress, Timing};
use super::store::Session;
use super::transfer::TransferStatus;
use crate::diagnostic::quoted;
use crate::import::choices::Choices;
use crate::import::deployment::Deployment;
use crate::import::parameters::{Parameters, check_choices, try_instantiate};
use crate::model::Envelope;
use crate::report::{Valid, Validator};
use crate::source::Source;

/// How far an import is: `ImportSession.State`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ImportState {
    /// The descriptor has not come yet.
    OvfTransfer,
    /// Message bundles the descriptor refers to have not come yet.
    MsgBundlesTransfer,
    /// Parameters can be asked for and chosen. Files may come.
    SelectingOvfParams,
    /// Everything is chosen; files that are needed have not come yet.
    FileTransfer,
    /// Every file is there; the machine or vApp is being made.
    Instantiating,
    /// It is made. This is final.
    Completed,
    /// The import has failed. This is final.
    Error,
}

impl ImportState {
    /// The name in the API: `IMPORT_OVF_TRANSFER` and so on.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OvfTransfer => "IMPORT_OVF_TRANSFER",
            Self::MsgBundlesTransfer => "IMPORT_MSG_BUNDLES_TRANSFER",
            Self::SelectingOvfParams => "IMPORT_SELECTING_OVF_PARAMS",
            Self::FileTransfer => "IMPORT_FILE_TRANSFER",
            Self::Instantiating => "IMPORT_INSTANTIATING",
            Self::Completed => "IMPORT_COMPLETED",
            Self::Error => "IMPORT_ERROR",
        }
    }

    /// Whether it never changes any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Error)
    }
}

/// What an import has made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Entity {
    /// A machine, by its identifier.
    VirtualMachine(String),
    /// A vApp, by its identifier.
    VirtualApp(String),
}

/// An import.
///
/// | call | allowed in the states |
/// |---|---|
/// | [`document`](Self::document) with a descriptor | `IMPORT_OVF_TRANSFER` |
/// | … with a message bundle | `IMPORT_MSG_BUNDLES_TRANSFER` |
/// | … with an announced manifest or certificate, [`absent`](Self::absent) | all up to `IMPORT_FILE_TRANSFER` |
/// | [`receive`](Self::receive), [`replay`](Self::replay), [`declare_size`](Self::declare_size), [`forget`](Self::forget), [`fail_file`](Self::fail_file) | from `IMPORT_MSG_BUNDLES_TRANSFER` to `IMPORT_FILE_TRANSFER` |
/// | [`try_instantiate`](Self::try_instantiate), [`instantiate`](Self::instantiate) | `IMPORT_SELECTING_OVF_PARAMS` |
/// | [`instantiated`](Self::instantiated) | `IMPORT_INSTANTIATING` |
/// | [`report_progress`](Self::report_progress), [`keep_alive`](Self::keep_alive), [`fail`](Self::fail) | all that are not final |
///
/// Any other time a call returns [`SessionError::NotAllowedInCurrentState`] and changes nothing. Every
/// call that succeeds is activity, after which the session lives on for [`Timing::idle`].
///
/// ```
/// use std::time::Duration;
/// use ovf::import::Choices;
/// use ovf::import::session::{Entity, ImportRequest, ImportSession, ImportState, Timing};
///
/// let now = Duration::from_secs(1_000);
/// let mut import = ImportSession::new(ImportRequest::push(), Timing::default(), now)?;
/// let descriptor = br#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
///     xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
///     xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
///   <References><File ovf:id="disk" ovf:href="disk.vmdk" ovf:size="5"/></References>
///   <DiskSection><Info>Disks</Info><Disk ovf:diskId="d" ovf:fileRef="disk" ovf:capacity="512"
///     ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/></DiskSection>
///   <VirtualSystem ovf:id="vm"><Info>A machine</Info>
///     <VirtualHardwareSection><Info>Hardware</Info><Item><rasd:ElementName>Disk</rasd:ElementName>
///       <rasd:HostResource>ovf:/disk/d</rasd:HostResource><rasd:InstanceID>1</rasd:InstanceID>
///       <rasd:ResourceType>17</rasd:ResourceType></Item></VirtualHardwareSection></VirtualSystem>
/// </Envelope>"#;
/// import.document("vm.ovf", descriptor, now)?;
/// import.instantiate(Choices::new(), now)?;
/// assert_eq!(import.state(), ImportState::FileTransfer);
/// import.receive("disk.vmdk", 2, b"sk!", now)?;
/// let owed = import.receive("disk.vmdk", 0, b"di", now)?.owed;
/// assert_eq!(owed, None); // there is no manifest, so nothing is hashed
/// assert_eq!(import.state(), ImportState::Instantiating);
/// import.instantiated(Entity::VirtualMachine("vm-7".to_owned()), now)?;
/// assert_eq!(import.state(), ImportState::Completed);
/// # Ok::<(), ovf::import::session::SessionError>(())
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ImportSession {
    request: ImportRequest,
    state: ImportState,
    lease: Lease,
    progress: Progress,
    descriptor: Option<Document>,
    manifest: Option<Document>,
    certificate: Option<Document>,
    /// Which of the announced signature files will not come after all.
    is_manifest_absent: bool,
    is_certificate_absent: bool,
    bundles: Vec<documents::BundleFile>,
    payload: Vec<Payload>,
    /// Places in `payload`, by name.
    places: BTreeMap<String, usize>,
    is_collection: bool,
    choices: Option<Choices>,
    issues: Vec<Issue>,
    error: Option<String>,
    entity: Option<Entity>,
}

impl Session for ImportSession {
    fn expires_at(&self) -> Duration {
        self.expires_at()
    }
}

impl ImportSession {
    /// Begins an import.
    ///
    /// # Errors
    ///
    /// [`InvalidArgument`](SessionError::InvalidArgument) when the request makes no sense.
    pub fn new(
        request: ImportRequest,
        timing: Timing,
        now: Duration,
    ) -> Result<Self, SessionError> {
        request.check()?;
        Ok(Self {
            request,
            state: ImportState::OvfTransfer,
            lease: Lease::new(timing, now),
            progress: Progress::default(),
            descriptor: None,
            manifest: None,
            certificate: None,
            is_manifest_absent: false,
            is_certificate_absent: false,
            bundles: Vec::new(),
            payload: Vec::new(),
            places: BTreeMap::new(),
            is_collection: false,
            choices: None,
            issues: Vec::new(),
            error: None,
            entity: None,
        })
    }

    /// What was asked for.
    #[must_use]
    pub const fn request(&self) -> &ImportRequest {
        &self.request
    }

    /// How far it is.
    #[must_use]
    pub const fn state(&self) -> ImportState {
        self.state
    }

    /// What the client last said of its progress, 0 to 100; 100 when the import is completed.
    #[must_use]
    pub const fn progress(&self) -> u8 {
        match self.state {
            ImportState::Completed => 100,
            _ => self.progress.percent(),
        }
    }

    /// The session does not expire before this time.
    #[must_use]
    pub const fn expires_at(&self) -> Duration {
        self.lease.expires_at()
    }

    /// What was found in the documents of the package, errors and warnings.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// Why the import failed.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// What was made, once the import is completed.
    #[must_use]
    pub const fn entity(&self) -> Option<&Entity> {
        self.entity.as_ref()
    }

    /// Whether it makes a vApp, and no single machine. Known once the descriptor has come.
    #[must_use]
    pub const fn is_collection(&self) -> bool {
        self.is_collection
    }

    /// The text of the descriptor, once it has come. It may hold passwords.
    #[must_use]
    pub fn descriptor(&self) -> Option<&str> {
        self.descriptor.as_ref().map(Document::text)
    }

    /// What was chosen, once the client has called [`instantiate`](Self::instantiate).
    #[must_use]
    pub const fn choices(&self) -> Option<&Choices> {
        self.choices.as_ref()
    }

    /// What can be chosen, given these choices, and what is wrong with them. It changes no state and
    /// remembers nothing, so it can be called any number of times. Message bundles that have come are
    /// taken into account.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn try_instantiate(
        &mut self,
        choices: &Choices,
        now: Duration,
    ) -> Result<Parameters, SessionError> {
        self.allowed_in(&[ImportState::SelectingOvfParams])?;
        let choices = self.with_bundles(choices.clone());
        let parameters = self.with_descriptor(|descriptor| try_instantiate(descriptor, &choices));
        self.lease.renew(now);
        Ok(parameters.unwrap_or_default())
    }

    /// Makes the machine or vApp, with these choices, once every file is there. Which files are needed
    /// follows from them, and does not change any more.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState), also when it was called
    /// before; [`InvalidArgument`](SessionError::InvalidArgument) when the choices will not do, or not
    /// all is chosen that has to be, with the first fault.
    pub fn instantiate(&mut self, choices: Choices, now: Duration) -> Result<(), SessionError> {
        self.allowed_in(&[ImportState::SelectingOvfParams])?;
        let choices = self.with_bundles(choices);
        let found = self.with_descriptor(|descriptor| {
            let errors = check_choices(descriptor, &choices).errors;
            (errors, needed(&Deployment::new(descriptor, &choices)))
        });
        let (errors, needed) = found.unwrap_or_default();
        if let Some(error) = errors.first() {
            let why = format!("has a fault: {}", error.message);
            return Err(SessionError::argument("instantiation_parameters", why));
        }
        for file in &mut self.payload {
            file.is_optional = !needed.contains(&file.name);
        }
        self.choices = Some(choices);
        self.state = ImportState::FileTransfer;
        self.lease.renew(now);
        self.advance(now);
        Ok(())
    }

    /// The machine or vApp is made.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState).
    pub fn instantiated(&mut self, entity: Entity, now: Duration) -> Result<(), SessionError> {
        self.allowed_in(&[ImportState::Instantiating])?;
        self.entity = Some(entity);
        self.state = ImportState::Completed;
        self.lease.retain(now);
        Ok(())
    }

    /// The import cannot go on, and this is why.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState) when it has ended.
    pub fn fail(&mut self, why: &str, now: Duration) -> Result<(), SessionError> {
        self.living()?;
        self.end_in_error(why.to_owned(), now);
        Ok(())
    }

    /// The client says how far it is with what it pushes, 0 to 100. A figure below the last one counts
    /// as activity and changes nothing else.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState) when the import has ended;
    /// [`InvalidArgument`](SessionError::InvalidArgument) over 100, or when the server fetches the files
    /// itself.
    pub fn report_progress(&mut self, percent: u8, now: Duration) -> Result<(), SessionError> {
        self.living()?;
        if self.request.source != ImportSource::Push {
            return Err(SessionError::argument("id", "is of an import that is not pushed"));
        }
        self.progress.advance(percent)?;
        self.lease.renew(now);
        Ok(())
    }

    /// The server is at work for the session.
    ///
    /// # Errors
    ///
    /// [`NotAllowedInCurrentState`](SessionError::NotAllowedInCurrentState) when the import has ended.
    pub fn keep_alive(&mut self, now: Duration) -> Result<(), SessionError> {
        self.living()?;
        self.lease.renew(now);
        Ok(())
    }

    fn allowed_in(&self, states: &[ImportState]) -> Result<(), SessionError> {
        if states.contains(&self.state) {
            return Ok(());
        }
        Err(SessionError::NotAllowedInCurrentState { state: self.state.as_str() })
    }

    fn living(&self) -> Result<(), SessionError> {
        if self.state.is_final() {
            return Err(SessionError::NotAllowedInCurrentState { state: self.state.as_str() });
        }
        Ok(())
    }

    fn end_in_error(&mut self, why: String, now: Duration) {
        self.error = Some(why);
        self.state = ImportState::Error;
        // Nobody needs them any more, and they may hold passwords.
        self.choices = None;
        self.lease.retain(now);
    }

    /// Goes on to the next state, if everything for it is there.
    fn advance(&mut self, now: Duration) {
        if self.state.is_final() {
            return;
        }
        let failed = self.payload.iter().find_map(|file| Some((file, file.transfer.fault()?)));
        if let Some((file, fault)) = failed {
            let why = format!("file {}: {fault}", quoted(&file.name));
            self.end_in_error(why, now);
            return;
        }
        if self.state == ImportState::MsgBundlesTransfer
            && self.bundles.iter().all(|bundle| bundle.document.is_some())
        {
            self.state = ImportState::SelectingOvfParams;
        }
        if self.state == ImportState::FileTransfer
            && !self.awaits_signature_files()
            && self.payload.iter().all(Payload::is_settled)
        {
            self.warn_of_unlisted();
            self.state = ImportState::Instantiating;
        }
    }

    /// The descriptor again, for those who read it. It was valid when it came, and is now.
    fn with_descriptor<T>(&self, read: impl FnOnce(&Valid<Envelope<'_>>) -> T) -> Option<T> {
        let source = Source::decode(self.descriptor()?.as_bytes()).ok()?;
        let valid = Validator::new().check(&source).into_valid().ok()?;
        Some(read(&valid))
    }

    fn with_bundles(&self, mut choices: Choices) -> Choices {
        choices.bundles.extend(self.message_bundles());
        choices
    }

    fn warn_of_unlisted(&mut self) {
        if self.manifest.is_none() {
            return;
        }
        let is_unlisted = |file: &&Payload| {
            file.transfer.status() == TransferStatus::Ready
                && file.transfer.proof() == Some(super::transfer::Proof::NothingDeclared)
        };
        let told = self.payload.iter().filter(is_unlisted).map(|file| {
            Issue::warning(&file.name, "unlisted-file", "the manifest does not list the file")
        });
        self.issues.extend(told.collect::<Vec<_>>());
    }
}

//! What is known of a signature, as findings.

use super::report::{Obstacle, Signature, SignatureReport};
use crate::diagnostic::{Code, Diagnostic, Findings, Levels, quoted};
use crate::limits::Limits;
use crate::policy::Policy;

impl SignatureReport {
    /// Findings on the signature and whoever made it, sorted by place. Places are in the text of the
    /// certificate file. What reading the file told is not told again.
    #[must_use]
    pub fn diagnostics(&self, policy: Policy, limits: &Limits) -> Vec<Diagnostic> {
        let mut levels = Levels::default();
        levels.set_strictness(policy.strictness);
        let mut out = Findings::new(levels, limits.diagnostics);
        self.tell(&mut out);
        out.finish().0
    }

    /// Adds the same to findings that others go on with.
    pub(crate) fn tell(&self, out: &mut Findings) {
        self.tell_signature(out);
        for &span in &self.unsigned {
            out.add(
                Code::CERTIFICATE_SIGNATURE_MISMATCH,
                span,
                format_args!("the certificate is not signed by its issuer, which is in the file"),
            )
            .help(format_args!("put the certificate there as it was issued"))
            .done();
        }
        self.tell_signer(out);
    }

    fn tell_signature(&self, out: &mut Findings) {
        let places = self.places;
        if self.algorithm.is_some() && !self.names_manifest {
            out.add(
                Code::SIGNATURE_OF_ANOTHER_MANIFEST,
                places.name,
                format_args!("the signature is for another manifest"),
            )
            .help(format_args!("name the manifest of this package, and sign that"))
            .done();
        }
        match self.signature {
            Signature::Valid => {}
            Signature::Invalid { by } => {
                let draft = out.add(
                    Code::SIGNATURE_MISMATCH,
                    places.line,
                    format_args!("the signature is not by this certificate over this manifest"),
                );
                match by {
                    Some(number) => draft.help(format_args!(
                        "put the certificate that is number {number} first: its key made the signature"
                    )),
                    None => draft.help(format_args!(
                        "fetch the package again; if you changed the manifest, sign it anew"
                    )),
                }
                .done();
            }
            Signature::NotChecked(why) => {
                let draft = out.add(
                    Code::SIGNATURE_NOT_CHECKED,
                    places.line,
                    format_args!("the signature could not be checked: {why}"),
                );
                match why {
                    Obstacle::UnsupportedKey
                    | Obstacle::UnreadableKey
                    | Obstacle::KeySize { .. }
                    | Obstacle::KeyExponent => draft.help(format_args!(
                        "sign with RSA of 2048 to 8192 bits, or on P-256 or P-384"
                    )),
                    _ => draft.help(format_args!("mend the certificate file, or sign anew")),
                }
                .done();
            }
        }
    }

    fn tell_signer(&self, out: &mut Findings) {
        let Some(signer) = &self.signer else { return };
        let (place, subject) = (self.places.certificate, quoted(signer.subject()));
        let key = signer.key();
        // What is unusable was told of the signature.
        if self.signature == Signature::Valid && !key.is_strong() {
            out.add(
                Code::WEAK_SIGNING_KEY,
                place,
                format_args!("the key of {subject} is too weak: {key}"),
            )
            .help(format_args!("sign with RSA of 2048 bits or more, or on P-256 or P-384"))
            .done();
        }
        if self.self_signed {
            out.add(
                Code::SELF_SIGNED_CERTIFICATE,
                place,
                format_args!("the certificate of {subject} is self-signed"),
            )
            .help(format_args!("compare it with one that you had from its owner another way"))
            .done();
        }
        match (self.expired, self.not_yet_valid) {
            (Some(true), _) => {
                let end = signer.valid_until();
                out.add(
                    Code::CERTIFICATE_EXPIRED,
                    place,
                    format_args!("the certificate of {subject} expired at {end}"),
                )
                .help(format_args!("sign with a certificate that is valid"))
                .done();
            }
            (_, Some(true)) => {
                let begin = signer.valid_from();
                out.add(
                    Code::CERTIFICATE_NOT_YET_VALID,
                    place,
                    format_args!("the certificate of {subject} is not valid before {begin}"),
                )
                .help(format_args!("check the clock, or wait"))
                .done();
            }
            (None, _) | (_, None) => {
                out.add(
                    Code::CERTIFICATE_TIME_NOT_CHECKED,
                    place,
                    format_args!("no time was given, so validity was not checked"),
                )
                .help(format_args!("say for what time to answer"))
                .done();
            }
            (Some(false), Some(false)) => {}
        }
        match (self.trusted, self.distrust) {
            (Some(true), _) => {}
            (None, _) => {
                out.add(
                    Code::CERTIFICATE_TRUST_NOT_CHECKED,
                    place,
                    format_args!("no trust anchors were given: nobody vouches for {subject}"),
                )
                .help(format_args!("say whom you trust"))
                .done();
            }
            (Some(false), why) => {
                let why = why.map(|why| why.to_string()).unwrap_or_default();
                out.add(
                    Code::UNTRUSTED_CERTIFICATE,
                    place,
                    format_args!("the certificate of {subject} is not trusted: {why}"),
                )
                .help(format_args!("add its root to the trust anchors if you trust its owner"))
                .done();
            }
        }
    }
}

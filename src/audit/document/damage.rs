use super::{Seen, encodings};
use crate::audit::Remark;
use crate::text::{Code, DamageKind};

/// What is wrong with bytes and characters: one remark for each kind, at the first place.
pub(super) fn remarks(seen: &Seen<'_>, remarks: &mut Vec<Remark>) {
    let mixed = encodings::mixed(seen);
    for damage in seen.witness.damage_counts() {
        let Some((code, what)) = code(damage.kind) else {
            continue;
        };
        if mixed
            .as_ref()
            .is_some_and(|mixed| mixed.explains(damage.kind))
        {
            continue;
        }
        let message = match damage.count {
            1 => format!("{what} in one place"),
            count => format!(
                "{what} in {count} places, first on line {}",
                damage.first.first
            ),
        };
        remarks.push(Remark {
            code,
            lines: Some(damage.first),
            message,
            about: String::new(),
        });
    }
    remarks.extend(mixed.map(|mixed| mixed.remark()));
}

/// The code for damage of this kind, and what to call it. Markup that is never closed is an ending.
fn code(kind: DamageKind) -> Option<(Code, &'static str)> {
    Some(match kind {
        DamageKind::Undecodable => (Code::Undecodable, "bytes that cannot be decoded"),
        DamageKind::Replacement => (Code::Replacement, "replacement characters (U+FFFD)"),
        DamageKind::Mojibake => (Code::Mojibake, "text once decoded in the wrong encoding"),
        DamageKind::Nul => (Code::Nul, "NUL characters"),
        DamageKind::Control => (Code::Control, "control characters"),
        DamageKind::UnclosedComment | DamageKind::UnclosedElement | DamageKind::UnclosedTag => {
            return None;
        }
    })
}

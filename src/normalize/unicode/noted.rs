//! What canonical text does not show of its source.

use std::ops::Range;

use super::class::Class;
use crate::text::{Damage, DamageKind, Span, Tally};

/// Characters that went or that are no text, noted as they are met.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    /// What was taken away without a loss.
    pub tally: Tally,
    /// NULs, control characters, replacement characters and broken markup, in the order they were
    /// given. Spans of the decoded text, no lines.
    pub damage: Vec<Damage>,
}

impl Noted {
    /// Notes a character of `class` that came from `origin`.
    pub(super) fn note(&mut self, class: Class, origin: Range<usize>) {
        let damage = match class {
            Class::Invisible => {
                self.tally.invisible = self.tally.invisible.saturating_add(1);
                return;
            }
            Class::Bidi => {
                self.tally.bidi = self.tally.bidi.saturating_add(1);
                return;
            }
            Class::Nul => DamageKind::Nul,
            Class::Control => DamageKind::Control,
            Class::Replacement => DamageKind::Replacement,
            Class::Text | Class::Space | Class::Break => return,
        };
        self.damage(damage, origin.into());
    }

    /// Adds what was noted elsewhere.
    pub fn append(&mut self, other: Self) {
        let Tally { invisible, bidi } = other.tally;
        self.tally.invisible = self.tally.invisible.saturating_add(invisible);
        self.tally.bidi = self.tally.bidi.saturating_add(bidi);
        self.damage.extend(other.damage);
    }

    /// Damage is one entry with that of its kind next to it.
    pub fn damage(&mut self, kind: DamageKind, span: Span) {
        if let Some(last) = self.damage.last_mut()
            && last.kind == kind
            && last.span.start() <= span.start()
            && span.start() <= last.span.end()
        {
            last.span = last.span.union(span);
            return;
        }
        self.damage.push(Damage {
            kind,
            span,
            line: 0,
            repair: String::new(),
        });
    }
}

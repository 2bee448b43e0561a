//! What a merge did or will do, and what a check of it found.

/// Something to be reported of a merge.
#[derive(Clone, Copy, Debug)]
pub enum MergeEvent<'a> {
    /// A file of the output that several inputs go into.
    Output(&'a MergedOutput),
    /// A file that goes into the output under another name, since another one has its own.
    Renamed {
        /// Where it is.
        from: &'a Origin,
        /// What it is called in the output.
        to: &'a str,
    },
    /// An input that is in no output.
    LeftOut {
        /// Where it is.
        origin: &'a Origin,
        /// The rule that leaves it out, or why it cannot be read.
        why: &'a str,
    },
    /// How many outputs are not shown.
    NotShown(usize),
    /// The numbers of a merge. The last event of one.
    Summary(&'a MergeSummary),
    /// Something that is not as the ledger says.
    Fault {
        /// The file.
        path: &'a str,
        /// The line of the ledger; 0 if none is meant.
        line: usize,
        /// What is wrong.
        what: &'a str,
    },
    /// A file that was not merged.
    Uncovered(&'a str),
    /// The numbers of a check. The last event of one.
    Verified(&'a VerifySummary),
}

/// A file of a dump.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The siglum of the dump.
    pub siglum: String,
    /// Its path there.
    pub path: String,
}

/// A file of the output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergedOutput {
    /// Its name.
    pub path: String,
    /// The input that supplies the bytes.
    pub base: Origin,
    /// The others, each with how it stands to the base.
    pub copies: Vec<(Origin, String)>,
    /// Bytes that are not the base's.
    pub grafted: u64,
    /// Places where copies say something different.
    pub conflicts: u64,
    /// Passages, comments and assets that are in the ledger only.
    pub left_out: u64,
}

/// The numbers of a merge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergeSummary {
    /// Whether anything was written.
    pub written: bool,
    /// Files of the dumps.
    pub inputs: u64,
    /// Files of the output.
    pub outputs: u64,
    /// Outputs that have bytes of several inputs.
    pub grafted: u64,
    /// The bytes that were grafted.
    pub grafted_bytes: u64,
    /// Inputs that were merged into another one.
    pub merged: u64,
    /// Inputs that have the bytes of an output besides its base.
    pub same: u64,
    /// Outputs under a name that is not their base's.
    pub renamed: u64,
    /// Places where copies say something different.
    pub conflicts: u64,
    /// Passages, comments and assets that are in the ledger only.
    pub left_out: u64,
    /// Files of earlier merges, which are carried over and counted nowhere else.
    pub earlier: u64,
    /// Inputs that a rule leaves out.
    pub excluded: u64,
    /// Inputs that could not be read.
    pub unreadable: u64,
    /// Whether both readings of a conflict are in the text.
    pub both: bool,
}

/// The numbers of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerifySummary {
    /// Files of the output.
    pub documents: u64,
    /// Inputs whose text was made again.
    pub witnesses: u64,
    /// What is damaged.
    pub faults: u64,
    /// Files of dumps that were looked up.
    pub against: u64,
    /// Those that were not merged.
    pub uncovered: u64,
}

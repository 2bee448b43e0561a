/// A rule by which an input is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExclusionRule {
    /// Dense in NUL bytes, or begins like a known binary format.
    Binary,
    /// Has no text at all once it is read.
    Empty,
    /// Has fewer bytes than the user asks for.
    Small,
    /// Has no text either, but damage: all of it may be in a comment that is never closed.
    Damaged,
    /// Neither a file nor a folder: a pipe, a socket, a device. Not opened unless the user named
    /// it.
    Special,
    /// The same file was named before.
    Repeated,
    /// Its name begins with a dot, inside a folder that was named.
    Hidden,
    /// A `.gitignore`, `.ignore` or the like says so.
    Ignored,
    /// Left out by a glob of the user's.
    Glob,
    /// Not of a type that the user asked for.
    Type,
    /// A folder deeper than the user wants to go.
    Depth,
    /// A folder on another file system, where the user wants to stay on one.
    FileSystem,
    /// A symbolic link inside a folder, where links are not followed.
    Symlink,
    /// A symbolic link to a folder that it lies in, so that all it leads to is reached without it.
    Loop,
}

impl ExclusionRule {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Binary => "binary",
            Self::Empty => "empty",
            Self::Small => "too small",
            Self::Damaged => "nothing but damage",
            Self::Special => "not a regular file",
            Self::Repeated => "named twice",
            Self::Hidden => "hidden",
            Self::Ignored => "ignored",
            Self::Glob => "glob",
            Self::Type => "type",
            Self::Depth => "too deep",
            Self::FileSystem => "other file system",
            Self::Symlink => "symbolic link",
            Self::Loop => "symbolic link loop",
        }
    }
}

//! A small file system, to be filled or made read-only.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A file system of 256 KiB.
pub struct Small(pub PathBuf);

impl Small {
    /// `None` if this user may not mount anything.
    pub fn mount(place: PathBuf) -> Option<Self> {
        fs::create_dir_all(&place).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=256k", "lacuna-test"])
            .arg(&place)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(place))
    }

    /// Makes room in it: 64 MiB.
    pub fn grow(&self) {
        self.remount("size=64m");
    }

    /// Lets nobody write to it, or lets all.
    pub fn writable(&self, is: bool) {
        self.remount(if is { "rw" } else { "ro" });
    }

    fn remount(&self, how: &str) {
        let options = format!("remount,{how}");
        let status = Command::new("mount")
            .args(["-o", &options])
            .arg(&self.0)
            .status();
        assert!(status.unwrap().success());
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

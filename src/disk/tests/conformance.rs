//! What every disk does.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::Scratch;
use crate::disk::by_path::ByPath;
use crate::disk::{Beneath, Disk, Kind, Onto, read_all, write_all};

/// Runs `test` on each disk, each with a folder of its own that it may change.
fn on_each(test: impl Fn(&dyn Disk, &Path)) {
    let open: [fn(PathBuf) -> Box<dyn Disk>; 2] = [
        |root| Box::new(Beneath::new([root]).unwrap()),
        |root| Box::new(ByPath::new([root]).unwrap()),
    ];
    for open in open {
        let scratch = Scratch::new();
        let root = scratch.join("root");
        fs::create_dir(&root).unwrap();
        test(&*open(root.clone()), &root);
    }
}

fn put(disk: &dyn Disk, path: &Path, bytes: &[u8]) {
    let mut file = disk.create(path).unwrap();
    write_all(disk, &mut file, bytes).unwrap();
    disk.sync(&file).unwrap();
}

fn kind<T>(result: io::Result<T>) -> io::ErrorKind {
    result.err().expect("it fails").kind()
}

#[test]
fn files_are_made_read_and_removed() {
    on_each(|disk, root| {
        let path = root.join("课.md");
        assert_eq!(disk.look(&path).unwrap(), None);
        put(disk, &path, b"one");
        assert_eq!(read_all(disk, &path).unwrap(), b"one");
        let look = disk.look(&path).unwrap().unwrap();
        assert_eq!((look.kind, look.len), (Kind::File, 3));
        assert_eq!(kind(disk.create(&path)), io::ErrorKind::AlreadyExists);
        let mut file = disk.extend(&path).unwrap();
        write_all(disk, &mut file, b" two").unwrap();
        assert_eq!(read_all(disk, &path).unwrap(), b"one two");
        disk.cut(&file, 3).unwrap();
        write_all(disk, &mut file, b"!").unwrap();
        assert_eq!(read_all(disk, &path).unwrap(), b"one!");
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400);
        disk.dress(&file, None, then).unwrap();
        assert_eq!(disk.look(&path).unwrap().unwrap().modified, then);
        disk.remove(&path).unwrap();
        assert_eq!(disk.look(&path).unwrap(), None);
        assert_eq!(kind(disk.open(&path)), io::ErrorKind::NotFound);
    });
}

#[test]
fn folders_are_made_listed_and_removed() {
    on_each(|disk, root| {
        let folder = root.join("b");
        disk.make_folder(&folder).unwrap();
        assert_eq!(
            kind(disk.make_folder(&folder)),
            io::ErrorKind::AlreadyExists
        );
        put(disk, &root.join("a"), b"");
        put(disk, &folder.join("c"), b"");
        assert_eq!(disk.list(root).unwrap(), ["a", "b"]);
        disk.sync_folder(&folder).unwrap();
        assert_eq!(disk.look(root).unwrap().unwrap().kind, Kind::Folder);
        assert!(disk.remove_folder(&folder).is_err());
        disk.remove(&folder.join("c")).unwrap();
        disk.remove_folder(&folder).unwrap();
        assert_eq!(disk.list(root).unwrap(), ["a"]);
    });
}

#[test]
fn renaming_replaces_nothing_unless_told() {
    on_each(|disk, root| {
        let (a, b) = (root.join("a"), root.join("b"));
        put(disk, &a, b"a");
        put(disk, &b, b"b");
        let onto_nothing = disk.rename(&a, &b, Onto::Nothing);
        assert_eq!(kind(onto_nothing), io::ErrorKind::AlreadyExists);
        assert_eq!(read_all(disk, &b).unwrap(), b"b");
        disk.rename(&a, &b, Onto::File).unwrap();
        assert_eq!(disk.look(&a).unwrap(), None);
        disk.rename(&b, &a, Onto::Nothing).unwrap();
        assert_eq!(read_all(disk, &a).unwrap(), b"a");
    });
}

#[test]
fn links_and_shared_blocks_are_new_files() {
    on_each(|disk, root| {
        let (a, b, c) = (root.join("a"), root.join("b"), root.join("c"));
        put(disk, &a, b"a");
        disk.link(&a, &b).unwrap();
        assert_eq!(read_all(disk, &b).unwrap(), b"a");
        let (one, two) = (
            disk.look(&a).unwrap().unwrap(),
            disk.look(&b).unwrap().unwrap(),
        );
        assert_eq!(one.id, two.id);
        assert_eq!(kind(disk.link(&a, &b)), io::ErrorKind::AlreadyExists);
        // Few file systems can; where this one cannot, nothing is left behind.
        match disk.reflink(&a, &c) {
            Ok(()) => assert_eq!(read_all(disk, &c).unwrap(), b"a"),
            Err(_) => assert_eq!(disk.look(&c).unwrap(), None),
        }
    });
}

/// Nothing outside the root is read, made or removed, by whatever way.
#[test]
fn nothing_leads_out() {
    on_each(|disk, root| {
        let outside = root.with_file_name("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("secret"), "secret").unwrap();
        let mut ways = vec![
            outside.join("secret"),
            root.join("../outside/secret"),
            PathBuf::from("/etc/hostname"),
            PathBuf::from("relative"),
        ];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&outside, root.join("link")).unwrap();
            std::os::unix::fs::symlink(outside.join("secret"), root.join("file")).unwrap();
            std::os::unix::fs::symlink(outside.join("new"), root.join("dangling")).unwrap();
            ways.extend([
                root.join("link/secret"),
                root.join("file"),
                root.join("dangling"),
            ]);
            let look = disk.look(&root.join("link")).unwrap().unwrap();
            assert_eq!(look.kind, Kind::Link);
            assert!(disk.list(&root.join("link")).is_err());
            assert!(disk.sync_folder(&root.join("link")).is_err());
        }
        put(disk, &root.join("here"), b"here");
        for way in ways {
            let name = way.display();
            assert!(disk.open(&way).is_err(), "{name}");
            assert!(disk.extend(&way).is_err(), "{name}");
            assert!(disk.create(&way).is_err(), "{name}");
            assert!(disk.make_folder(&way).is_err(), "{name}");
            assert!(disk.link(&root.join("here"), &way).is_err(), "{name}");
            assert!(
                disk.rename(&root.join("here"), &way, Onto::Nothing)
                    .is_err(),
                "{name}"
            );
        }
        assert!(disk.remove(&root.join("../outside/secret")).is_err());
        assert!(disk.create(&root.join("link/new")).is_err());
        assert_eq!(
            super::files(&outside),
            [(PathBuf::from("secret"), b"secret".to_vec())]
        );
        assert_eq!(read_all(disk, &root.join("here")).unwrap(), b"here");
    });
}

/// Opening a pipe for reading would wait for somebody to write.
#[cfg(unix)]
#[test]
fn a_pipe_is_no_file() {
    on_each(|disk, root| {
        let pipe = root.join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|status| status.success()));
        assert_eq!(disk.look(&pipe).unwrap().unwrap().kind, Kind::Other);
        assert!(disk.open(&pipe).is_err());
    });
}

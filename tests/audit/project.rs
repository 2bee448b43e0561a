//! A project that is audited: a folder with documents, and the program run in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::program::Run;
use crate::shell::{Tree, call};

/// A folder with documents.
pub struct Project(Tree);

/// Four lessons that have nothing in common.
pub const TEA: &str = "# Tea\n\nWarm the pot with boiling water and pour it away, or else the first \
    infusion will be too cold to open the leaves.\n\nThree minutes are enough for most leaves; green \
    ones want less, and water that has stood for a while.\n\n![pot](img/pot.png)\n\nDrink it in good \
    company, and never from a paper cup, for paper tastes of paper.\n";
pub const BREAD: &str = "# Bread\n\nFlour, water, salt and time: nothing else goes into a good loaf, \
    and time is what most people leave out.\n\nLet the dough rest overnight in a cool place.\n\nBake it \
    hot, on a stone, with a bowl of water below.\n";
pub const STARS: &str = "# 看星星\n\n夏天的夜里，从北斗七星的勺口往外数五倍的距离，就能找到北极星。\n\n\
    它并不是最亮的一颗，但是它几乎不动，所以水手们都用它来认路。\n\n## 评论（2）\n\n**小林** 2024-05-01\n\n\
    昨天晚上真的找到了，谢谢老师。\n\n**阿梅** 2024-05-02\n\n我们这里灯光太亮，什么也看不见。\n";

impl Project {
    /// The three lessons, in a git repository of their own.
    pub fn new(name: &str) -> Self {
        let project = Self(Tree::new(&format!("audit-{name}")));
        project.git(&["init", "-q", "-b", "main"]);
        project.write("tea.md", TEA);
        project.write("bread.md", BREAD);
        project.write("zh/stars.md", STARS);
        project
    }

    /// The same with a lock, committed.
    pub fn locked(name: &str) -> Self {
        let project = Self::new(name);
        project.audit(&["--init"]).expect(0);
        project.commit("begin");
        project
    }

    pub fn root(&self) -> &Path {
        &self.0.root
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path(path)).unwrap()
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.0.path(path)).unwrap();
    }

    /// Replaces `old`, which must be there, in a document.
    pub fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} does not say {old}");
        self.write(path, text.replacen(old, new, 1));
    }

    pub fn audit(&self, arguments: &[&str]) -> Run {
        self.audit_in("", arguments, &[])
    }

    /// Audits in a folder of the project, with an environment.
    pub fn audit_in(&self, folder: &str, arguments: &[&str], env: &[(&str, &str)]) -> Run {
        let arguments = [&["audit", "--no-cache"], arguments].concat();
        let mut call = call::lacuna(&self.0.path(folder), &arguments);
        if let Ok(path) = std::env::var("PATH") {
            call = call.env("PATH", &path);
        }
        for (name, value) in env {
            call = call.env(name, value);
        }
        call.run()
    }

    /// What an audit finds that counts: `LAC103 tea.md`, each with its message.
    pub fn findings(&self, arguments: &[&str]) -> Vec<(String, String)> {
        let run = self.audit(&[arguments, &["--format", "json"]].concat());
        assert!(run.code < 2, "{}", run.stderr);
        let json: Value = serde_json::from_slice(&run.stdout).unwrap();
        let findings = json["findings"].as_array().unwrap().iter();
        let new = findings.filter(|finding| finding["standing"] == "new");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        new.map(|finding| {
            let about = format!("{} {}", text(&finding["code"]), text(&finding["path"]));
            (about, text(&finding["message"]))
        })
        .collect()
    }

    /// The codes and paths of what an audit finds, but for the lock being behind.
    #[track_caller]
    pub fn check(&self, arguments: &[&str], expected: &[&str]) {
        let found = self.findings(arguments);
        let mut about: Vec<&str> = found.iter().map(|(about, _)| about.as_str()).collect();
        about.retain(|about| *about != "LAC109 lacuna.lock");
        assert_eq!(about, expected, "{found:?}");
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        let run = Command::new("git")
            .args(["-c", "user.name=T", "-c", "user.email=t@example.org"])
            .args(arguments)
            .current_dir(self.root())
            .output()
            .expect("git runs");
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "git {arguments:?}: {stderr}");
        String::from_utf8(run.stdout).unwrap()
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }
}

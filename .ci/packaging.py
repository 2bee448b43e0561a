"""Tests what makes lacuna part of other programs: the hooks of pre-commit, the GitHub Action, the
GitLab job, and the formats for them. Without their services, but with pre-commit itself, with a
shell in the Action's place, and with the schemas that they publish.

Run as `python .ci/packaging.py LACUNA`, in an environment that has .ci/requirements.txt. With
`--build-hook` it also lets pre-commit build the hook that is written in Rust, which takes as long
as a release build.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema
import yaml
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent

TEA = """# Tea

Warm the pot with boiling water and pour it away, or else the first infusion will be too cold.

Three minutes are enough for most leaves; green ones want less, and water that has stood a while.

Drink it in good company, and never from a paper cup, for paper tastes of paper.
"""
CUT = TEA.split("Three")[0] + "Three minutes are enough for\n"
BREAD = """# 面包

面粉、水、盐和时间：一个好面包里没有别的东西，而大多数人省掉的恰恰是时间。

让面团在阴凉的地方过一夜，第二天放在石板上，用大火烤。
"""


def run(command, cwd, expect=0, **environment):
    """Runs a command, which must end with `expect` (or anything if that is None); what it wrote."""
    # Nothing of the user's or the machine's: no configuration of git, no CI.
    kept = {name: os.environ[name] for name in ("PATH", "CARGO_HOME", "RUSTUP_HOME") if name in os.environ}
    kept["PATH"] = f"{TOOLS}{os.pathsep}{kept['PATH']}"
    defaults = {"HOME": os.environ.get("HOME", "/"), "GIT_CONFIG_GLOBAL": os.devnull}
    defaults |= {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                 for what, value in (("NAME", "T"), ("EMAIL", "t@example.org"))}
    done = subprocess.run([str(part) for part in command], cwd=cwd, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=kept | defaults | environment, check=False)
    if expect is not None and done.returncode != expect:
        sys.exit(f"{command} ended with {done.returncode}, not {expect}:\n{done.stdout}")
    return done.stdout


def need(condition, what):
    if not condition:
        sys.exit(f"does not hold: {what}")


def project(folder, lacuna):
    """A git repository with two lessons and their lock."""
    folder.mkdir(parents=True)
    (folder / "tea.md").write_text(TEA, encoding="utf-8")
    (folder / "面 包.md").write_text(BREAD, encoding="utf-8")
    run(["git", "init", "-q", "-b", "main"], folder)
    run([lacuna, "audit", "--init", "--quiet"], folder)
    run(["git", "add", "-A"], folder)
    run(["git", "commit", "-q", "-m", "begin"], folder)
    return folder


def files_are_what_their_readers_expect():
    for schema, path in [("vendor.github-actions", "action.yml"),
                         ("vendor.gitlab-ci", "templates/gitlab-ci.yml")]:
        run([TOOLS / "check-jsonschema", "--builtin-schema", schema, path], ROOT)
    run([TOOLS / "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"], ROOT)
    scripts = [path for path in (ROOT / ".ci").iterdir() if path.read_bytes().startswith(b"#!/usr/bin/env bash")]
    run([TOOLS / "shellcheck", *scripts], ROOT)


def hooks_hold_commits(work, lacuna, hook):
    """pre-commit, installed in a repository, lets through what is whole and nothing else."""
    hooks = work / f"hooks-{hook}"
    if hook == "lacuna-audit":
        # What is checked out, and not only what is committed.
        listed = run(["git", "ls-files", "-z", "-co", "--exclude-standard"], ROOT).split("\0")
        for name in filter(None, listed):
            if (ROOT / name).is_file():
                (hooks / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, hooks / name)
    else:
        hooks.mkdir()
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    run(["git", "init", "-q"], hooks)
    run(["git", "add", "-A"], hooks)
    run(["git", "commit", "-q", "-m", "hooks"], hooks)
    revision = run(["git", "rev-parse", "HEAD"], hooks).strip()

    there = project(work / f"project-{hook}", lacuna)
    config = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": [{"id": hook}]}]}
    (there / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    environment = {"PRE_COMMIT_HOME": str(work / "pre-commit")}
    if hook == "lacuna-audit-system":
        environment["PATH"] = os.pathsep.join([str(TOOLS), str(lacuna.parent), os.environ["PATH"]])
    run([TOOLS / "pre-commit", "install"], there, **environment)

    def commit(message, expect):
        run(["git", "add", "-A"], there)
        return run(["git", "commit", "-m", message], there, expect, **environment)

    commit("hooks", 0)
    # A paragraph in another place, and wrapped: nothing is lost.
    first, second, third, fourth = TEA.strip().split("\n\n")
    moved = "\n\n".join([first, third.replace("; ", ";\n"), second, fourth]) + "\n"
    (there / "tea.md").write_text(moved, encoding="utf-8")
    commit("moved", 0)
    (there / "tea.md").write_text(CUT, encoding="utf-8")
    said = commit("cut", 1)
    need("LAC103" in said and "tea.md" in said, f"{hook} names what shrank:\n{said}")
    run(["git", "checkout", "-q", "HEAD", "--", "."], there)
    # Nothing but a deletion: no file is left that a list of files could name.
    (there / "面 包.md").unlink()
    said = commit("deleted", 1)
    need("LAC101" in said, f"{hook} names what is gone:\n{said}")
    run([lacuna, "audit", "--update", "--accept", "LAC101", "--quiet"], there)
    commit("deleted on purpose", 0)


def steps():
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return action["inputs"], action["runs"]["steps"]


def action_is_safe_to_read(work):
    """No input is pasted into a script, and shellcheck has nothing to say."""
    inputs, all_steps = steps()
    for step in all_steps:
        need("${{" not in step["run"], f"{step['name']} has an expression in its script")
        script = work / f"{step['id']}.sh"
        names = "".join(f"export {name}\n" for name in step["env"])
        script.write_text(f"#!/usr/bin/env bash\n{names}{step['run']}", encoding="utf-8")
        run([TOOLS / "shellcheck", script], work)
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name in inputs:
        need(f"inputs.{name} }}}}" in text, f"the input {name} is used")


class Workflow:
    """Runs the steps of the Action as a runner would, with these inputs."""

    def __init__(self, work, workspace, **given):
        self.temp = Path(tempfile.mkdtemp(dir=work))
        self.output, self.summary = self.temp / "output", self.temp / "summary"
        inputs, all_steps = steps()
        values = {f"inputs.{name}": given.get(name.replace("-", "_"), one["default"])
                  for name, one in inputs.items()}
        for step in all_steps:
            self.output.write_text("", encoding="utf-8")
            self.summary.write_text("", encoding="utf-8")
            env = {name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values[found[1]], value)
                   for name, value in step["env"].items()}
            script = self.temp / "script.sh"
            script.write_text(step["run"], encoding="utf-8")
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", script]
            env |= {"CI": "true", "GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(self.temp),
                    "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(self.output),
                    "GITHUB_STEP_SUMMARY": str(self.summary)}
            self.log = run(command, workspace, None, **env)
            self.outputs = self.read_outputs()
            values |= {f"steps.{step['id']}.outputs.{name}": value
                       for name, value in self.outputs.items()}

    def read_outputs(self):
        outputs, lines = {}, iter(self.output.read_text(encoding="utf-8").splitlines())
        for line in lines:
            if "<<" in line:
                name, end = line.split("<<", 1)
                outputs[name] = "\n".join(iter(lambda: next(lines), end))
            else:
                name, outputs[name] = line.split("=", 1)
        return outputs

    def commands(self):
        """The commands that the runner would obey, as it finds them in the log."""
        obeyed, token = [], None
        for line in self.log.splitlines():
            line = line.strip()
            if token:
                token = None if line == f"::{token}::" else token
            elif line.startswith("::stop-commands::"):
                token = line.removeprefix("::stop-commands::")
            elif line.startswith("::") or "##[" in line:
                obeyed.append(line)
        need(token is None, f"commands are obeyed again:\n{self.log}")
        return obeyed


def action_audits(work, lacuna):
    there = project(work / "workspace", lacuna)
    clean = Workflow(work, there, binary=str(lacuna))
    need(clean.outputs["exit-code"] == "0" and not clean.commands(), f"a clean audit passes:\n{clean.log}")
    need("lacuna audit: no findings" in clean.summary.read_text(encoding="utf-8"), "and has a summary")

    (there / "tea.md").write_text(CUT, encoding="utf-8")
    hostile = there / "::error file=x::y.md"
    hostile.write_text("##[error]z\n\n::warning::z and then the\n", encoding="utf-8")
    cut = Workflow(work, there, binary=str(lacuna))
    need(cut.outputs["exit-code"] == "1", f"a shrink fails:\n{cut.log}")
    commands = cut.commands()
    need(any(line.startswith("::error file=tea.md,") and "title=LAC103" in line for line in commands),
         f"the shrink is annotated: {commands}")
    need(not any(line.startswith(("::error file=x", "::warning::")) for line in commands),
         f"no document gives commands: {commands}")
    need("| 🔴 error **LAC103** shrunk | `tea.md`" in cut.summary.read_text(encoding="utf-8"),
         "the summary has the shrink")
    sarif = json.loads(Path(cut.outputs["sarif"]).read_text(encoding="utf-8"))
    need(any(one["ruleId"] == "LAC103" for one in sarif["runs"][0]["results"]), "SARIF has it")
    schema = json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text(encoding="utf-8"))
    wrong = next(jsonschema.Draft7Validator(schema).iter_errors(sarif), None)
    need(wrong is None, f"SARIF keeps to its schema: {wrong}")
    hostile.unlink()
    against = Workflow(work, there, binary=str(lacuna), against="HEAD")
    need(against.outputs["exit-code"] == "1" and "HEAD" in against.log, f"against a revision:\n{against.log}")

    for inputs in [{"path": "$(touch pwned)`touch pwned`; touch pwned"}, {"path": "--help"},
                   {"against": "$(touch pwned)"}, {"against": "--output=text=pwned"},
                   {"fail_on": "error; touch pwned"}, {"fail_on": "\n::error::x"}]:
        bad = Workflow(work, there, binary=str(lacuna), **inputs)
        need(bad.outputs["exit-code"] == "2", f"{inputs} is refused:\n{bad.log}")
        need(bad.commands() == ["::error title=lacuna audit::did not complete: the log says why"],
             f"{inputs} gives no commands:\n{bad.log}")
    need(not (there / "pwned").exists(), "no input is run")


def gitlab_job_audits(work, lacuna):
    job = yaml.safe_load((ROOT / "templates/gitlab-ci.yml").read_text(encoding="utf-8"))["lacuna-audit"]
    there = project(work / "gitlab", lacuna)
    (there / "tea.md").write_text(CUT, encoding="utf-8")
    script = "\n".join(["set -eo pipefail", *job["before_script"], *job["script"]])
    variables = {name: str(value) for name, value in job["variables"].items()}
    path = os.pathsep.join([str(lacuna.parent), os.environ["PATH"]])
    run(["bash", "-c", script], there, 1, PATH=path, CI="true", CI_PROJECT_DIR=str(there), **variables)
    reports = job["artifacts"]["reports"]
    issues = json.loads((there / reports["codequality"]).read_text(encoding="utf-8"))
    need(any(one["check_name"] == "shrunk" and one["location"]["path"] == "tea.md" for one in issues),
         f"the report has the shrink: {issues}")
    schema = etree.XMLSchema(etree.parse(ROOT / "tests/schemas/junit-10.xsd"))
    tests = etree.parse(there / reports["junit"])
    schema.assertValid(tests)
    need(tests.findall(".//testcase[@name='tea.md']/failure"), "the test of the document fails")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lacuna", type=Path)
    parser.add_argument("--build-hook", action="store_true")
    options = parser.parse_args()
    lacuna = options.lacuna.resolve()
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        files_are_what_their_readers_expect()
        action_is_safe_to_read(work)
        action_audits(work, lacuna)
        gitlab_job_audits(work, lacuna)
        hooks_hold_commits(work, lacuna, "lacuna-audit-system")
        if options.build_hook:
            hooks_hold_commits(work, lacuna, "lacuna-audit")


main()

"""The command line, thin: options in, calls out.  What a command needs is imported when it runs."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import pipeline
from pipeline.errors import GongwenError, UsageError

if TYPE_CHECKING:
    from pipeline.batch import Job, Result
    from pipeline.config import Config
    from pipeline.document import Document
    from pipeline.rule import Rule

CONFIG = Path("gongwen.toml")
INPUT = Path("input")
EXIT_CODES = (
    "Exit codes: 0 done, 1 proof --check found something, 2 wrong usage or configuration, 3 some input could not be processed, 4 a bug in the program, "
    "130 interrupted, 143 terminated."
)
_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
_OUTPUT = click.option(
    "-o", "--output", default="output", show_default=True, type=click.Path(path_type=Path), help="Folder to write to."
)
_CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="Policy file.  [default: gongwen.toml, where there is one]"
)
_PROFILE = click.option(
    "--profile",
    type=click.Choice(["archive", "draft"]),
    help="What the rules may do: archive transcribes what was printed, draft corrects a text before printing.  "
    "[default: archive; proof: draft]",
)
_SCRIPT = click.option(
    "--script",
    type=click.Choice(["keep", "simplified", "traditional"]),
    help="Convert a text in the other script to this one.  [default: keep]",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=False, epilog=EXIT_CODES)
@click.version_option(pipeline.__version__, prog_name="gongwen", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, expose_value=False, help="Show where in the program an error came from.")
def cli() -> None:
    """Turn Chinese official circulars (公文) from PDF into proofread TEI."""


@cli.command(epilog=EXIT_CODES)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=click.Path(path_type=Path))
@_OUTPUT
@_CONFIG
@click.option(
    "--engine",
    type=click.Choice(["pdfium", "pdfplumber"]),
    help="What reads PDF files.  [default: pdfium, or what the policy file says]",
)
@_PROFILE
@_SCRIPT
@click.option("--verify", is_flag=True, help="Read each page with both engines and report characters that differ.")
@click.option("--no-facsimile", is_flag=True, help="Leave the pictures of the pages out of the report.")
@click.option("--force", is_flag=True, help="Process documents again that are up to date.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of documents that went well.")
def run(
    inputs: tuple[Path, ...],
    output: Path,
    config: Path | None,
    engine: str | None,
    profile: str | None,
    script: str | None,
    verify: bool,
    no_facsimile: bool,
    force: bool,
    quiet: bool,
) -> None:
    """Process circulars: PDF or UTF-8 text files, or folders of them (default: input).

    For each NAME.pdf this writes NAME.xml (TEI), NAME.txt (the reading text), NAME.html (the review report) and
    NAME.findings.json.  Documents whose outputs are up to date are left alone.
    """
    from pipeline import batch

    policy = load_config(
        config, engine=engine, profile=profile, script=script, verify=verify, facsimile=not no_facsimile
    )
    jobs = batch.find_jobs(
        inputs or ((INPUT,) if INPUT.is_dir() else ()),
        output,
        lambda path: click.echo(f"{batch.show(path)}: skipped, neither .pdf nor .txt", err=True),
    )
    if not jobs:
        raise UsageError("no .pdf or .txt file to process; put circulars into input/ or name them")
    raise SystemExit(report_results(batch.run(jobs, policy, force=force), jobs, quiet=quiet))


def load_config(
    path: Path | None,
    *,
    engine: str | None = None,
    profile: str | None = None,
    script: str | None = None,
    verify: bool = False,
    facsimile: bool = True,
) -> Config:
    """The policy of a run: the file named, gongwen.toml where there is one, or the defaults; then the options."""
    from dataclasses import replace

    from pipeline.config import load

    config = load(path if path is not None or not CONFIG.is_file() else CONFIG)
    extract, report = config.extract, config.report
    return replace(
        config,
        extract=replace(extract, engine=engine or extract.engine, verify=verify or extract.verify),
        report=replace(report, facsimile=facsimile and report.facsimile),
        rules=replace(config.rules, profile=profile or config.rules.profile),
        text=replace(config.text, script=script or config.text.script),
    )


def report_results(results: Iterator[Result], jobs: Sequence[Job], *, quiet: bool) -> int:
    """Say one line for each document as it is done; the exit code is that of the gravest failure."""
    from pipeline.batch import show

    code = unchanged = 0
    with _progress(len(jobs)) as step:
        for result in results:
            step(result.job)
            name = show(result.job.source)
            if result.error is not None:
                code = max(code, _say(f"{name}: {result.error}", result.error.exit_code, result.error))
            elif result.status == "unchanged":
                unchanged += 1
            elif not quiet:
                click.echo(
                    f"{name}: {_count(result.pages, 'page')}, {_count(result.changes, 'change')}, "
                    f"{_count(result.queries, 'query', 'queries')} -> {show(result.job.output('.xml'))}"
                )
    if unchanged and not quiet:
        click.echo(f"{_count(unchanged, 'document')} up to date")
    return code


def _count(n: int, word: str, plural: str = "") -> str:
    return f"{n} {word if n == 1 else plural or word + 's'}"


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A progress bar for several documents on a terminal; nothing on a pipe."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from pipeline.batch import show

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda job: bar.update(task, advance=1, description=show(job.source).replace("[", r"\["))


@cli.command(epilog=EXIT_CODES)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@_CONFIG
@_PROFILE
@_SCRIPT
@click.option("--jsonl", is_flag=True, help='One JSON object a line: {"id", "text", "role"?, "script"?}.')
@click.option(
    "--check", is_flag=True, help="Print what would be changed or asked, not the text; exit 1 when anything is."
)
def proof(
    files: tuple[Path, ...],
    config: Path | None,
    profile: str | None,
    script: str | None,
    jsonl: bool,
    check: bool,
) -> None:
    """Correct UTF-8 text: standard input, or files, to standard output.

    A line is a paragraph.  With --jsonl each object comes back as {"id", "text", "edits", "findings"}; spans count code
    points of the text that was given.
    """
    from pipeline.proof.reader import proofreader
    from pipeline.proof.streams import proofread

    reader = proofreader(load_config(config, script=script), profile or "draft")
    raise SystemExit(proofread(files, reader, jsonl=jsonl, check=check, complain=lambda message: _say(message, 3)))


@cli.command()
@click.argument("rule_id", required=False, metavar="[ID]")
def rules(rule_id: str | None) -> None:
    """List all rules, or explain the one called ID (P01, DATE-007) with its examples."""
    from pipeline.rule import table

    every = table()
    if rule_id is None:
        for rule in every.values():
            click.echo(f"{rule.id:<9} {rule.certainty.value:<8} {rule.title}")
        return
    wanted = rule_id.upper()
    found = every.get(wanted) or next((rule for rule in every.values() if rule.alias and rule.alias == wanted), None)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(wanted, [*every], 1, 0.0)[0]
        raise UsageError(f"there is no rule {rule_id}; did you mean {near}?")
    click.echo(explain(found))


def explain(rule: Rule) -> str:
    """What a rule means, as text for a terminal."""
    also = f" ({rule.alias})" if rule.alias else ""
    lines = [f"{rule.id}{also} {rule.name}", rule.title, f"依据：{rule.clause}", f"把握：{rule.certainty.value}"]
    if rule.kinds:
        lines.append(f"范围：{'、'.join(sorted(rule.kinds))}")
    for subject, outcome in rule.examples:
        before = plain(subject)
        if outcome == subject:
            lines.append(f"  不动  {before}")
        elif outcome is None:
            lines.append(f"  提问  {before}")
        else:
            lines.append(f"  {'建议' if rule.asks(subject) else '改为'}  {before}  →  {plain(outcome)}")
    return "\n".join(lines)


def plain(example: str | tuple[tuple[str, str], ...]) -> str:
    """A message, or one half of an example, in one line: control and bidirectional characters are escaped."""
    text = example if isinstance(example, str) else " / ".join(f"{kind}: {text}" for kind, text in example)
    return "".join(c if c.isprintable() or c == "\u3000" else repr(c)[1:-1] for c in text)


def main() -> None:
    """Run the command line; errors are one line and an exit code, never a traceback without --debug."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        with cli.make_context("gongwen", sys.argv[1:]) as context:  # its own main makes exit code 1 of a closed pipe
            cli.invoke(context)
        code = 0
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.ClickException as error:
        code = _say(error.format_message().rstrip(".") + "; see gongwen --help", 2)
    except GongwenError as error:
        code = _say(str(error), error.exit_code, error)
    except (KeyboardInterrupt, click.Abort):
        code = _say("interrupted", 130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    except Exception as error:
        code = _say(f"a bug in the program: {type(error).__name__}: {error}; please report it", 4, error)
    sys.exit(code)


def _terminated(*_: object) -> None:
    _say("terminated", 143)
    sys.exit(143)


def _say(message: str, code: int, error: Exception | None = None) -> int:
    if error is not None and "--debug" in sys.argv:
        import traceback

        traceback.print_exception(error)
    click.echo("gongwen: " + plain(" ".join(message.splitlines())), err=True)
    return code


# -- looking at what the program saw --------------------------------------------------------------------------------------


@cli.command("draw", epilog=EXIT_CODES)
@_FILE
@click.option(
    "--page", "pages", type=int, multiple=True, metavar="N", help="Draw this page; may be repeated.  [default: all]"
)
@_OUTPUT
@_CONFIG
def draw_file(file: Path, pages: tuple[int, ...], output: Path, config: Path | None) -> None:
    """Draw what was recognised in a PDF on pictures of its pages.

    For each page this writes NAME.page-N.png: lines, blocks with their kinds, joins, furniture, table cells, seals and
    rules, with a legend.  For debugging and for bug reports.
    """
    from pipeline import batch
    from pipeline.draw import draw, write

    policy = load_config(config, facsimile=False)
    with _naming(file):
        document, data = _processed(file, policy)
        job = batch.find_jobs((file,), output, lambda _: None)[0]
        for path in write(job, draw(document, data, pages)):
            click.echo(batch.show(path))


@cli.command("explain", epilog=EXIT_CODES)
@_FILE
@_CONFIG
def explain_file(file: Path, config: Path | None) -> None:
    """Say what each block of a circular was taken for, and why.

    A line a block: page:line, kind, part, level, the beginning of its reading and the evidence; then the tables, the seals
    and the type area.
    """
    from pipeline.explain import explain

    policy = load_config(config, facsimile=False)
    with _naming(file):
        click.echo(explain(_processed(file, policy)[0]))


def _processed(file: Path, config: Config) -> tuple[Document, bytes]:
    """The finished document in a file, and the file's bytes."""
    from pipeline.extract.read import load
    from pipeline.stages import process

    data = load(file, config.limits)
    return process(file, data, config), data


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Errors of a command on one file begin with its name."""
    from pipeline.batch import show

    try:
        yield
    except GongwenError as error:
        error.args = (f"{show(file)}: {error}",)
        raise

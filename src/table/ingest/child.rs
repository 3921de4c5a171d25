//! Ingest in a child process: hostile files meet limits of memory and time, and a crash there is a refused file here.
//!
//! The parent starts this program again under a hidden sub-command; the child first limits itself (address space, CPU, no core
//! dump), reads a [`Job`] as JSON from its standard input and writes `Word`s as JSON lines to its standard output. The parent
//! counts the seconds.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::rows::Row;
use super::{Choices, Ingested, Limits, Report, read, typing};
use crate::kernel::error::Plain;
use crate::kernel::{Error, Kind, Problem, Result};

/// CPU seconds that one file may take: an hour.
const SECONDS: u64 = 3600;
/// The code and libraries of the child take address space too, in bytes; memory maps that are never touched count.
const OVERHEAD: u64 = 512 << 20;

/// The hidden sub-command.
pub const COMMAND: &str = "ingest-worker";

/// What the child is asked to do.
#[derive(Debug, Serialize, Deserialize)]
pub struct Job {
    /// The file.
    pub path: PathBuf,
    /// Its name as it came.
    pub name: String,
    /// An existing empty folder.
    pub out: PathBuf,
    /// What a person decided.
    pub choices: Choices,
    /// Bounds of reading and typing.
    pub limits: Limits,
    /// Bytes of address space the child may take.
    pub memory: u64,
    /// CPU seconds it may take.
    pub seconds: u64,
}

/// What the child says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    /// Rows walked so far.
    Rows(u64),
    /// Done.
    Done(Box<Report>),
    /// Refused, with the problems: code, field, arguments.
    Refused(Vec<Plain>),
    /// A fault of ours; the text is for the log.
    Failed(String),
}

/// Reads a file into the empty folder `out` under the usual limits; `memory_mb` MiB are for the rows.
///
/// # Errors
/// As [`run`].
pub fn read(
    program: &Path,
    (path, name): (&Path, &str),
    out: &Path,
    choices: &Choices,
    memory_mb: u64,
    progress: &mut dyn FnMut(u64),
) -> Result<Ingested> {
    let job = Job {
        path: path.to_owned(),
        name: name.to_owned(),
        out: out.to_owned(),
        choices: choices.clone(),
        limits: Limits::default(),
        memory: (memory_mb << 20) + OVERHEAD,
        seconds: SECONDS,
    };
    run(program, &job, progress)
}

/// Reads the rows of a list that people wrote, such as a list of datasets, into the empty folder `out`: every row from the first,
/// every cell as text, within small bounds.
///
/// # Errors
/// As [`run`].
pub fn read_list(program: &Path, (path, name): (&Path, &str), out: &Path, memory_mb: u64) -> Result<Vec<Vec<String>>> {
    let bounds = read::Limits {
        columns: 200,
        cell_bytes: 128 << 10,
        unpacked_bytes: 128 << 20,
        rows: 2_000,
        sheet_cells: 100_000,
        shared_bytes: 16 << 20,
        ..read::Limits::default()
    };
    let job = Job {
        path: path.to_owned(),
        name: name.to_owned(),
        out: out.to_owned(),
        choices: Choices {
            read: read::Choices { header_row: Some(0), ..read::Choices::default() },
            typing: typing::Choices { text: true, ..typing::Choices::default() },
        },
        limits: Limits { read: bounds.clone(), ..Limits::default() },
        memory: (memory_mb << 20) + OVERHEAD,
        seconds: 60,
    };
    let done = run(program, &job, &mut |_| {})?;
    // These bytes are this program's own: they need no child that may die of them.
    let own = read::Choices {
        header_row: Some(1),
        encoding: Some("utf-8".to_owned()),
        delimiter: Some(b','),
        quote: Some(b'"'),
        ..read::Choices::default()
    };
    let (_, source) = read::open(&done.csv(), "list.csv", out, &own, &bounds)?;
    let (mut rows, mut row, mut found) = (source.rows()?, Row::default(), Vec::new());
    while rows.next(&mut row)? {
        found.push(row.cells().map(str::to_owned).collect());
    }
    Ok(found)
}

/// Runs a job in a child process of `program` (this program's own file).
///
/// # Errors
/// The child's refusal; `file-too-hard` when it ran out of memory or time or crashed on the file; `Unavailable` (`disk-full`,
/// `storage-failing`).
pub fn run(program: &Path, job: &Job, progress: &mut dyn FnMut(u64)) -> Result<Ingested> {
    let mut child = Command::new(program)
        .arg(COMMAND)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Error::internal("a child without pipes"));
    };
    stdin.write_all(&serde_json::to_vec(job)?)?;
    drop(stdin);
    // The child is waited for no longer than its time allows: CPU limits do not count sleep.
    let deadline = Instant::now() + Duration::from_secs(job.seconds.saturating_mul(4).max(60));
    let (speak, hear) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        // A report is bounded; a child that says more is broken.
        for line in BufReader::new(stdout.take(256 << 20)).lines() {
            let Some(word) = line.ok().and_then(|line| serde_json::from_str(&line).ok()) else { break };
            if speak.send(word).is_err() {
                break;
            }
        }
    });
    let mut word = None;
    let late = loop {
        match hear.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Word::Rows(rows)) => progress(rows),
            Ok(last) => word = Some(last),
            Err(mpsc::RecvTimeoutError::Disconnected) => break false,
            Err(mpsc::RecvTimeoutError::Timeout) => break true,
        }
    };
    if late {
        // A child that ended in this moment cannot be killed any more, which is as good.
        let _ = child.kill();
    }
    let status = child.wait()?;
    if reader.join().is_err() {
        return Err(Error::internal("the reader of the child panicked"));
    }
    match word {
        Some(Word::Done(report)) if status.success() => Ok(Ingested { folder: job.out.clone(), report: *report }),
        Some(Word::Refused(problems)) => {
            let problems: Vec<Problem> = problems.into_iter().map(Problem::from).collect();
            // These are not the file's fault.
            match problems.iter().find(|problem| ["disk-full", "storage-failing"].contains(&problem.code)) {
                Some(problem) => Err(Error::refused(Kind::Unavailable, problem.clone())),
                None => Err(Error::invalid_all(problems)),
            }
        }
        Some(Word::Failed(text)) => Err(too_hard().because(text)),
        _ if late => Err(too_hard().because("time")),
        _ => Err(too_hard().because(format!("the child ended with {status}"))),
    }
}

/// The child's side: limits itself, does the job, speaks. Returns the exit code.
pub fn serve() -> u8 {
    let mut text = Vec::new();
    let job: Option<Job> = std::io::stdin()
        .lock()
        .take(1 << 20)
        .read_to_end(&mut text)
        .ok()
        .and_then(|_| serde_json::from_slice(&text).ok());
    let Some(job) = job else { return 2 };
    for (resource, limit) in
        [(rlimit::Resource::AS, job.memory), (rlimit::Resource::CPU, job.seconds), (rlimit::Resource::CORE, 0)]
    {
        if rlimit::setrlimit(resource, limit, limit).is_err() {
            return 2;
        }
    }
    let mut out = std::io::stdout().lock();
    let mut say = |word: &Word| {
        // Nobody listens any more: then nobody misses the word.
        let _ = serde_json::to_writer(&mut out, word);
        let _ = out.write_all(b"\n").and_then(|()| out.flush());
    };
    let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        super::ingest(&job.path, &job.name, &job.out, &job.choices, &job.limits, &mut |rows| say(&Word::Rows(rows)))
    }));
    let word = match worked {
        Ok(Ok(ingested)) => Word::Done(Box::new(ingested.report)),
        Ok(Err(error)) if error.kind() != Kind::Internal => {
            Word::Refused(error.problems().iter().map(Plain::from).collect())
        }
        Ok(Err(error)) => Word::Failed(error.to_string()),
        Err(_) => Word::Failed("panicked".into()),
    };
    let code = u8::from(!matches!(word, Word::Done(_)));
    say(&word);
    code
}

fn too_hard() -> Error {
    Error::invalid(Problem::new("file-too-hard"))
}

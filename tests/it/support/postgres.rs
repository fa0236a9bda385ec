//! A throw-away PostgreSQL cluster for the tests, on a free port of 127.0.0.1.
//!
//! The test harness has no hook for "all tests are over", and a panic or SIGKILL must not leave a
//! server behind. So a small shell script (`postgres_keeper.sh`) holds the cluster and reads its
//! orders from a pipe; when the test process ends, however it ends, the pipe closes, and the script
//! stops the cluster and removes its directory.
//!
//! PostgreSQL refuses to run as root: then it runs as `postgres`, else as `nobody`.
//!
//! `fsync` stays on, so that tests of lost power mean something. `TRYGGHET_TEST_FSYNC=off` turns it
//! off where only speed matters. `TRYGGHET_TEST_POSTGRES_URL` names a running server to use instead
//! (an administrator's address of a server that holds nothing of value).

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use super::require::Missing;

const KEEPER: &str = include_str!("postgres_keeper.sh");

/// A running PostgreSQL server of our own.
pub struct Cluster {
    directory: PathBuf,
    port: u16,
    keeper: Mutex<Keeper>,
}

struct Keeper {
    process: Child,
    // `None` only while dropping: closing it is what tells the keeper to end.
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// An administrator's address of the cluster that all tests of this process share, started at first use.
///
/// # Errors
/// [`Missing`] where PostgreSQL's programs are not installed or the cluster does not start.
pub fn shared_url() -> Result<String, Missing> {
    match std::env::var("TRYGGHET_TEST_POSTGRES_URL") {
        Ok(url) => Ok(url),
        Err(_) => shared().map(Cluster::url),
    }
}

/// The cluster that all tests of this process share, started at first use.
///
/// # Errors
/// [`Missing`] where PostgreSQL's programs are not installed or the cluster does not start.
pub fn shared() -> Result<&'static Cluster, Missing> {
    static SHARED: OnceLock<Result<Cluster, Missing>> = OnceLock::new();
    SHARED.get_or_init(Cluster::start).as_ref().map_err(Clone::clone)
}

impl Cluster {
    /// Makes and starts a cluster; for a test that stops it or reads its files. Others take [`shared`].
    ///
    /// # Errors
    /// [`Missing`] where PostgreSQL's programs are not installed or the cluster does not start.
    pub fn start() -> Result<Self, Missing> {
        Self::start_in(&std::env::temp_dir())
    }

    /// The same in a directory of its own below `parent`, which everyone may enter.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn start_in(parent: &Path) -> Result<Self, Missing> {
        let programs = programs().ok_or_else(|| {
            Missing(
                "PostgreSQL's initdb and postgres (in PATH or /usr/lib/postgresql/*/bin; Debian: postgresql)".into(),
            )
        })?;
        let user = unprivileged_user()?;
        let directory =
            tempfile::Builder::new().prefix("trygghet-postgres-").tempdir_in(parent).map_err(failed)?.keep();
        Self::make(&programs, user, &directory).inspect_err(|_| {
            // The keeper, which would remove it, may not have come to life.
            let _ = std::fs::remove_dir_all(&directory);
        })
    }

    fn make(programs: &Path, user: Option<(u32, u32)>, directory: &Path) -> Result<Self, Missing> {
        std::fs::set_permissions(directory, PermissionsExt::from_mode(0o700)).map_err(failed)?;
        let mut keeper = Command::new("/bin/sh");
        keeper.args(["-c", KEEPER, "keeper"]).args([programs, directory]);
        // A group of its own: what a terminal sends to the tests is not for it.
        keeper.current_dir(directory).process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
        if let Some((user, group)) = user {
            chown(directory, Some(user), Some(group)).map_err(failed)?;
            keeper.uid(user).gid(group);
        }
        let mut process = keeper.spawn().map_err(failed)?;
        let (orders, answers) = (process.stdin.take(), process.stdout.take().map(BufReader::new));
        let answers = answers.ok_or_else(|| failed("the keeper has no output"))?;
        let keeper = Mutex::new(Keeper { process, orders, answers });
        let mut cluster = Self { directory: directory.to_owned(), port: 0, keeper };
        let log = |name: &str| failed(std::fs::read_to_string(directory.join(name)).unwrap_or_default());
        if !cluster.order("make") {
            return Err(log("keeper.log"));
        }
        // Between our asking for a free port and PostgreSQL's taking it, another process may take it.
        for _ in 0..5 {
            cluster.port = free_port()?;
            std::fs::write(directory.join("data/postgresql.auto.conf"), settings(cluster.port)).map_err(failed)?;
            if cluster.order("start") {
                return Ok(cluster);
            }
        }
        Err(log("server.log"))
    }

    /// The administrator's address.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// The directory of all that the server writes: `data/` and `server.log`.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Takes the server away, as a power cut would: no clean shutdown.
    pub fn cut_power(&self) {
        assert!(self.order("stop"), "PostgreSQL stops");
    }

    /// Brings the server back at the same address; it recovers from its log.
    pub fn restore_power(&self) {
        assert!(self.order("start"), "PostgreSQL starts again");
    }

    /// Gives the keeper an order; true if it was carried out.
    fn order(&self, order: &str) -> bool {
        let mut keeper = self.keeper.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let given = keeper.orders.as_mut().is_some_and(|orders| writeln!(orders, "{order}").is_ok());
        let mut answer = String::new();
        given && keeper.answers.read_line(&mut answer).is_ok() && answer.trim() == "done"
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let keeper = self.keeper.get_mut().unwrap_or_else(|poisoned| poisoned.into_inner());
        keeper.orders = None;
        let _ = keeper.process.wait();
    }
}

/// The server's settings: only loopback, room for many pools, and (unless told otherwise) durable.
fn settings(port: u16) -> String {
    let fsync = std::env::var("TRYGGHET_TEST_FSYNC").map_or("on", |value| if value == "off" { "off" } else { "on" });
    format!(
        "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\nmax_connections = 400\n\
         shared_buffers = 64MB\nfsync = {fsync}\n"
    )
}

/// The directory that holds both `initdb` and `postgres`: from PATH, else the newest that Debian installed.
fn programs() -> Option<PathBuf> {
    let in_path = std::env::var_os("PATH");
    let in_path = in_path.iter().flat_map(std::env::split_paths);
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    debian.sort_by_key(|bin| bin.parent().and_then(|version| version.file_name()?.to_str()?.parse::<u32>().ok()));
    in_path.chain(debian.into_iter().rev()).find_map(|directory| {
        // A link in PATH leads to the directory where the other programs lie.
        let home = directory.join("initdb").canonicalize().ok()?.parent()?.to_owned();
        ["initdb", "postgres", "pg_ctl"].iter().all(|name| home.join(name).is_file()).then_some(home)
    })
}

/// Whom PostgreSQL runs as, where we are root: `postgres`, else `nobody` (user and group id).
fn unprivileged_user() -> Result<Option<(u32, u32)>, Missing> {
    if !rustix::process::getuid().is_root() {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd").map_err(failed)?;
    let user = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut numbers = line.split(':').skip(2).map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    };
    user("postgres")
        .or_else(|| user("nobody"))
        .map(Some)
        .ok_or_else(|| Missing("a user other than root to run PostgreSQL as (`postgres` or `nobody`)".into()))
}

fn free_port() -> Result<u16, Missing> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    listener.local_addr().map(|address| address.port()).map_err(failed)
}

fn failed(reason: impl std::fmt::Display) -> Missing {
    Missing(format!("a PostgreSQL cluster that starts: {reason}"))
}

/// The keeper's promise: nothing of a cluster is left, and power can come back.
#[test]
fn a_cluster_survives_a_power_cut_and_leaves_nothing() {
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, PgConnection};

    let Some(cluster) = super::require::or_skip(Cluster::start()) else { return };
    let mut connection = PgConnection::establish(&cluster.url()).unwrap();
    connection.batch_execute("CREATE TABLE kept (n integer); INSERT INTO kept VALUES (1)").unwrap();
    cluster.cut_power();
    assert!(connection.batch_execute("SELECT 1").is_err());
    assert!(PgConnection::establish(&cluster.url()).is_err());
    cluster.restore_power();
    let mut connection = PgConnection::establish(&cluster.url()).unwrap();
    connection.batch_execute("DO $$ BEGIN ASSERT (SELECT count(*) FROM kept) = 1; END $$").unwrap();
    let (directory, url) = (cluster.directory().to_owned(), cluster.url());
    drop(cluster);
    assert!(!directory.exists());
    assert!(PgConnection::establish(&url).is_err());
}

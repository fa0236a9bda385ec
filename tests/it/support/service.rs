//! The real binary, in a sandbox of its own.
//!
//! A [`Sandbox`] is a fresh data directory, key directory and pair of databases; a [`Service`] is a
//! process that serves them on a free port. Dropping either leaves nothing behind.
//!
//! ```ignore
//! let sandbox = Sandbox::new();
//! let mut service = sandbox.serve();
//! let page = reqwest::get(service.url("/sv/enkat")).await?;
//! service.kill();                          // SIGKILL: no chance to tidy up
//! let service = sandbox.serve();           // the same data, another port
//! assert!(sandbox.run(&["mix"]).status.success());
//! ```

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use super::database::Databases;

/// How long a debug build on a busy machine may take to say that it serves.
const PATIENCE: Duration = Duration::from_secs(120);

/// Data, keys and databases of a test's own, and the settings that point the binary at them.
pub struct Sandbox {
    directory: tempfile::TempDir,
    databases: Databases,
    settings: Vec<(String, String)>,
}

impl Sandbox {
    /// A fresh sandbox on the backend of this run.
    pub fn new() -> Self {
        Self::with(Databases::fresh())
    }

    /// A sandbox around `databases`.
    pub fn with(databases: Databases) -> Self {
        let directory = tempfile::Builder::new().prefix("trygghet-service-").tempdir().expect("a directory");
        let text = |path: PathBuf| path.into_os_string().into_string().expect("a path in UTF-8");
        let settings = [
            ("TRYGGHET_LISTEN", "127.0.0.1:0".to_owned()),
            ("TRYGGHET_DATA_DIR", text(directory.path().join("var"))),
            ("TRYGGHET_KEY_DIR", text(directory.path().join("keys"))),
            ("TRYGGHET_DATABASE_URL", databases.dialogue.clone()),
            ("TRYGGHET_REGISTER_URL", databases.register.clone()),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value)).into();
        Self { directory, databases, settings }
    }

    /// The same sandbox with the setting `name` (an environment variable) changed.
    pub fn setting(mut self, name: &str, value: &str) -> Self {
        self.settings.retain(|(set, _)| set != name);
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Where the service writes its data.
    pub fn data_directory(&self) -> PathBuf {
        self.directory.path().join("var")
    }

    /// Where the keys lie.
    pub fn key_directory(&self) -> PathBuf {
        self.directory.path().join("keys")
    }

    /// The working directory of every process of this sandbox; a `trygghetsdialog.toml` put here is read.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The two databases.
    pub fn databases(&self) -> &Databases {
        &self.databases
    }

    /// The binary with `arguments` and this sandbox's settings, ready to be changed or run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trygghetsdialog"));
        command.args(arguments).current_dir(self.directory.path()).stdin(Stdio::null());
        // A developer's own settings must not steer the tests.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TRYGGHET_")) {
            command.env_remove(name);
        }
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs one command of the binary to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    /// Starts the service and waits until it has printed its address.
    ///
    /// # Panics
    /// Where it ends before that, with all that it said.
    pub fn serve(&self) -> Service {
        Service::start(self.command(&["serve"]))
    }
}

/// A running service, killed when dropped.
pub struct Service {
    process: Child,
    address: String,
    output: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
}

impl Service {
    /// Starts `command` and waits until it has printed its address.
    ///
    /// # Panics
    /// Where it ends, or stays silent for two minutes, before that.
    pub fn start(mut command: Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let output = Arc::new(Mutex::new(String::new()));
        let (tell, told) = channel();
        let stdout = process.stdout.take().expect("piped");
        let stderr = process.stderr.take().expect("piped");
        let readers = vec![collect(stdout, &output, Some(tell)), collect(stderr, &output, None)];
        let address = told.recv_timeout(PATIENCE).unwrap_or_default();
        let service = Self { process, address, output, readers };
        assert!(!service.address.is_empty(), "the service gives no address; it says:\n{}", service.output());
        service
    }

    /// The absolute address of `path` (which begins with `/`).
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// All that it wrote so far, on both channels.
    pub fn output(&self) -> String {
        self.output.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    /// All that it says at its start, waited for.
    ///
    /// # Panics
    /// Where it does not come to the end of it.
    pub fn greeting(&self) -> String {
        for _ in 0..600 {
            let output = self.output();
            if output.contains("Stop with Ctrl-C") {
                return output;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the service does not finish its greeting: {}", self.output());
    }

    /// Ends it with no chance to tidy up (SIGKILL).
    pub fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        self.finish_reading();
    }

    /// Asks it to end (SIGTERM), as an operator's `systemctl stop` does, and waits until it has.
    pub fn terminate(&mut self) -> ExitStatus {
        let id = rustix::process::Pid::from_child(&self.process);
        // It may have ended by itself: then `wait` tells how.
        let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
        let status = self.process.wait().expect("the service ends");
        self.finish_reading();
        status
    }

    /// Waits until all that the ended process wrote has been read.
    fn finish_reading(&mut self) {
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Keeps all that comes from `source`; the first line with an address on it is told.
fn collect(
    source: impl Read + Send + 'static,
    output: &Arc<Mutex<String>>,
    tell: Option<Sender<String>>,
) -> JoinHandle<()> {
    let output = Arc::clone(output);
    std::thread::spawn(move || {
        for line in BufReader::new(source).lines().map_while(Result::ok) {
            if let (Some(tell), Some(address)) = (&tell, address_in(&line)) {
                let _ = tell.send(address.to_owned());
            }
            let mut output = output.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            output.push_str(&line);
            output.push('\n');
        }
    })
}

/// `http://127.0.0.1:PORT` in a line such as "Enkäten: http://127.0.0.1:41234/sv/enkat".
fn address_in(line: &str) -> Option<&str> {
    const HOST: &str = "http://127.0.0.1:";
    let start = line.find(HOST)?;
    let digits = line[start + HOST.len()..].bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| &line[start..start + HOST.len() + digits])
}

/// A port of 127.0.0.1 that some process holds as long as the value lives: for "the port is taken".
pub fn taken_port() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").expect("a port")
}

#[test]
fn an_address_is_found_in_a_line() {
    assert_eq!(address_in("open http://127.0.0.1:80/sv/enkat now"), Some("http://127.0.0.1:80"));
    assert_eq!(address_in("http://127.0.0.1:41234"), Some("http://127.0.0.1:41234"));
    assert_eq!(address_in("http://127.0.0.1:/"), None);
    assert_eq!(address_in("listening"), None);
}

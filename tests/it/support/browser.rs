//! A browser of a test's own: headless Chromium behind a chromedriver of its own, both gone when dropped.
//!
//! ```ignore
//! let Some(browser) = require::or_skip(Browser::open(Scripts::On).await) else { return };
//! browser.resize(320, 640).await;
//! browser.driver.goto(url).await?;
//! ```

use std::io::{BufRead, BufReader};
use std::mem::ManuallyDrop;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};

use super::require::Missing;

/// Arguments without which Chromium phones home, asks questions, or does not start as root.
const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    // Visiting every screen of hundreds of states counts as flooding otherwise, and is left undone.
    "--disable-ipc-flooding-protection",
];

/// Whether pages may run scripts. The tests' own scripts run either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// As most people have it.
    On,
    /// As some have it, and as it is where a script fails to load.
    Off,
}

/// A browser window.
pub struct Browser {
    /// The window's session. It ends with the process: ending it politely, on drop, would block for minutes.
    pub driver: ManuallyDrop<WebDriver>,
    _process: DriverProcess,
    _profile: tempfile::TempDir,
}

/// chromedriver and all that it started.
struct DriverProcess(Child);

impl DriverProcess {
    /// Starts it on a free port, and tells which; nothing where it ended instead.
    fn start(chromedriver: &Path) -> std::io::Result<Option<(Self, u16)>> {
        let process = Command::new(chromedriver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn();
        let mut process = Self(process?);
        let output = process.0.stdout.take().expect("chromedriver's output is a pipe");
        let port = BufReader::new(output).lines().map_while(Result::ok).find_map(|line| {
            line.strip_prefix("ChromeDriver was started successfully on port ")?.trim_end_matches('.').parse().ok()
        });
        Ok(port.map(|port| (process, port)))
    }
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        // Chromium lives in chromedriver's process group: none of it may outlive the test.
        if let Some(group) = rustix::process::Pid::from_raw(self.0.id().cast_signed()) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.0.wait();
    }
}

impl Browser {
    /// Opens a window.
    ///
    /// # Errors
    /// [`Missing`] where Chromium or chromedriver is not installed.
    pub async fn open(scripts: Scripts) -> Result<Self, Missing> {
        Self::open_with_text(scripts, 16).await
    }

    /// Opens a window of someone who has set the size of text in her browser's settings: 16 px is what most have.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub async fn open_with_text(scripts: Scripts, pixels: u32) -> Result<Self, Missing> {
        let chromium = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path);
        let chromium = chromium.ok_or_else(|| Missing("Chromium".to_owned()))?;
        let chromedriver = on_path("chromedriver").ok_or_else(|| Missing("chromedriver".to_owned()))?;
        // The free port that it finds may be taken before it has it.
        let (process, port) = (0..5)
            .find_map(|_| DriverProcess::start(&chromedriver).transpose())
            .ok_or_else(|| Missing("a chromedriver that starts".to_owned()))?
            .map_err(|error| Missing(format!("chromedriver ({error})")))?;
        let profile = tempfile::Builder::new().prefix("trygghet-browser-").tempdir().expect("a directory");
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(|argument| (*argument).to_owned()).collect();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let mut capabilities = Capabilities::new();
        capabilities.set("browserName", json!("chrome")).expect("a capability");
        let settings = json!({ "webkit.webprefs.default_font_size": pixels });
        let options = json!({ "binary": chromium, "args": arguments, "prefs": settings });
        capabilities.set("goog:chromeOptions", options).expect("a capability");
        // What the console says, breaches of the content security policy included, can be asked for.
        capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL" })).expect("a capability");
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await.expect("Chromium starts");
        let browser = Self { driver: ManuallyDrop::new(driver), _process: process, _profile: profile };
        if scripts == Scripts::Off {
            browser.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        }
        Ok(browser)
    }

    /// Runs a script in the page and reads what it returns.
    pub async fn run<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        let value = self.driver.execute(script, arguments).await.expect("the script runs");
        value.convert().expect("the script returns what the test reads")
    }

    /// Makes the viewport as large as that of a phone or a desktop, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        self.show(width, height, 1).await;
    }

    /// The same, on a screen with `scale` pixels to a CSS pixel: 2 is a window of twice the size, enlarged to 200 %.
    pub async fn show(&self, width: u32, height: u32, scale: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// A command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.driver.cdp().send_raw(command, parameters).await.expect("the browser takes the command")
    }
}

/// Where a program is.
fn on_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|directory| directory.join(name)).find(|path| path.is_file())
}

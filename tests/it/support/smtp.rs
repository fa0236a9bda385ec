//! A mail server with TLS, implicit or by STARTTLS, and a certificate of a test's own.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::ssl::{SslAcceptor, SslMethod};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::{X509, X509NameBuilder};

/// How the server encrypts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encrypts {
    /// From the first byte.
    AtOnce,
    /// When asked to by STARTTLS.
    WhenAsked,
    /// It can't.
    Never,
}

/// A server on a free port of `localhost`, which serves as long as the process lives.
pub struct MailServer {
    /// Its port.
    pub port: u16,
    /// What clients said, line by line, before and after encryption.
    pub said: Receiver<Line>,
    /// Its certificate, for who trusts it.
    pub certificate: PathBuf,
}

/// What a client said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether nobody on the way could read it.
    pub encrypted: bool,
    /// The line.
    pub text: String,
}

impl MailServer {
    /// Starts one whose certificate names `host`; it is written into `folder`. It lets in whoever gives `password`.
    pub fn start(encrypts: Encrypts, host: &str, password: &str, folder: &Path) -> Self {
        let (certificate, key) = certificate_of(host);
        let path = folder.join(format!("{host}.pem"));
        std::fs::write(&path, certificate.to_pem().expect("PEM")).expect("a file");
        let mut acceptor = SslAcceptor::mozilla_intermediate(SslMethod::tls()).expect("TLS");
        acceptor.set_private_key(&key).expect("a key");
        acceptor.set_certificate(&certificate).expect("a certificate");
        let acceptor = acceptor.build();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (tell, said) = channel();
        let password = password.to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, encrypts, &acceptor, &password, &tell);
            }
        });
        Self { port, said, certificate: path }
    }

    /// What was said until now.
    pub fn lines(&self) -> Vec<Line> {
        self.said.try_iter().collect()
    }
}

fn certificate_of(host: &str) -> (X509, PKey<Private>) {
    let key = PKey::from_rsa(Rsa::generate(2048).expect("a key")).expect("a key");
    let mut name = X509NameBuilder::new().expect("a name");
    name.append_entry_by_text("CN", host).expect("a name");
    let name = name.build();
    let mut certificate = X509::builder().expect("a certificate");
    certificate.set_version(2).expect("a version");
    let serial = BigNum::from_u32(1).and_then(|number| number.to_asn1_integer()).expect("a number");
    certificate.set_serial_number(&serial).expect("a number");
    certificate.set_subject_name(&name).expect("a name");
    certificate.set_issuer_name(&name).expect("a name");
    certificate.set_pubkey(&key).expect("a key");
    certificate.set_not_before(&Asn1Time::days_from_now(0).expect("a day")).expect("a day");
    certificate.set_not_after(&Asn1Time::days_from_now(1).expect("a day")).expect("a day");
    let hosts = SubjectAlternativeName::new().dns(host).build(&certificate.x509v3_context(None, None));
    certificate.append_extension(hosts.expect("a host")).expect("a host");
    certificate.append_extension(BasicConstraints::new().ca().build().expect("constraints")).expect("constraints");
    certificate.sign(&key, MessageDigest::sha256()).expect("a signature");
    (certificate.build(), key)
}

fn serve(stream: TcpStream, encrypts: Encrypts, acceptor: &SslAcceptor, password: &str, tell: &Sender<Line>) {
    if encrypts == Encrypts::AtOnce {
        if let Ok(mut stream) = acceptor.accept(stream) {
            let _ = stream.write_all(b"220 localhost\r\n");
            speak(&mut stream, true, false, password, tell);
        }
        return;
    }
    let mut stream = stream;
    let _ = stream.write_all(b"220 localhost\r\n");
    if speak(&mut stream, false, encrypts == Encrypts::WhenAsked, password, tell)
        && let Ok(mut stream) = acceptor.accept(stream)
    {
        speak(&mut stream, true, false, password, tell);
    }
}

fn line(stream: &mut impl Read) -> Option<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while stream.read(&mut byte).ok()? == 1 {
        match byte[0] {
            b'\n' => return String::from_utf8(bytes).ok(),
            b'\r' => {}
            other => bytes.push(other),
        }
    }
    None
}

/// Speaks until the client has had enough; whether it asked for encryption.
fn speak(stream: &mut (impl Read + Write), encrypted: bool, offers: bool, password: &str, tell: &Sender<Line>) -> bool {
    let mut in_mail = false;
    while let Some(text) = line(stream) {
        let _ = tell.send(Line { encrypted, text: text.clone() });
        let right = format!("\0{password}");
        let answer = match text.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            _ if in_mail && text != "." => continue,
            "EHLO" if offers => "250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN",
            "EHLO" => "250-localhost\r\n250 AUTH PLAIN",
            "STARTTLS" if offers => {
                let _ = stream.write_all(b"220 go on\r\n");
                return true;
            }
            "AUTH" => {
                let given = text.rsplit(' ').next().unwrap_or_default();
                let given = openssl::base64::decode_block(given).unwrap_or_default();
                if String::from_utf8_lossy(&given).ends_with(&right) { "235 welcome" } else { "535 5.7.8 no" }
            }
            "DATA" => {
                in_mail = true;
                "354 go on"
            }
            "." => {
                in_mail = false;
                "250 taken"
            }
            "QUIT" => {
                let _ = stream.write_all(b"221 bye\r\n");
                return false;
            }
            _ => "250 fine",
        };
        if stream.write_all(format!("{answer}\r\n").as_bytes()).is_err() {
            return false;
        }
    }
    false
}

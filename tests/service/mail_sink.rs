//! A server of mail that listens on a port of this machine, takes what comes or answers what the test wants, and has each
//! mail read by another implementation than the service's.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail as it was handed over.
#[derive(Debug, Clone)]
pub(crate) struct Handed {
    /// The envelope's addressee.
    pub(crate) to: String,
    /// What it was answered.
    pub(crate) answer: u16,
    raw: String,
}

/// Reads a mail on standard input; prints what matters of it as JSON.
const READ: &str = "import email, email.policy, json, sys\n\
    mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\n\
    names = ['subject', 'from', 'to', 'message-id', 'content-language', 'auto-submitted']\n\
    print(json.dumps({**{name: str(mail[name]) for name in names}, 'text': mail.get_content()}))";

impl Handed {
    /// Subject, text and headers.
    pub(crate) fn read(&self) -> Value {
        tokio::task::block_in_place(|| {
            let mut python = Command::new("python3");
            let python = python.args(["-c", READ]).stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut python = python.spawn().expect("Python");
            python.stdin.take().expect("a pipe").write_all(self.raw.as_bytes()).expect("a mail is taken");
            let output = python.wait_with_output().expect("Python ends");
            serde_json::from_slice(&output.stdout).expect("JSON")
        })
    }
}

/// A server of mail.
#[derive(Clone)]
pub(crate) struct MailSink {
    pub(crate) address: String,
    handed: Arc<Mutex<Vec<Handed>>>,
    /// What the next are answered, the first first; then 250.
    answers: Arc<Mutex<Vec<u16>>>,
}

impl MailSink {
    pub(crate) async fn listen(answers: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("smtp://{}?tls=none", listener.local_addr().expect("an address"));
        let sink = Self { address, handed: Arc::default(), answers: Arc::new(Mutex::new(answers.to_vec())) };
        let own = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let own = own.clone();
                tokio::spawn(async move { own.talk(stream).await });
            }
        });
        sink
    }

    async fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 sink\r\n").await?;
        let (mut line, mut to) = (String::new(), String::new());
        while {
            line.clear();
            stream.read_line(&mut line).await?
        } > 0
        {
            let answer = match line.get(..4).unwrap_or_default() {
                "EHLO" => "250-sink\r\n250 8BITMIME".to_owned(),
                "QUIT" => "221 bye".to_owned(),
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    "250 so".to_owned()
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    let mut raw = String::new();
                    while !raw.ends_with("\r\n.\r\n") && stream.read_line(&mut raw).await? > 0 {}
                    self.take(&to, raw.trim_end_matches(".\r\n")).to_string() + " so"
                }
                _ => "250 so".to_owned(),
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    fn take(&self, to: &str, raw: &str) -> u16 {
        let mut answers = self.answers.lock().expect("nobody panicked");
        let answer = if answers.is_empty() { 250 } else { answers.remove(0) };
        let handed = Handed { to: to.to_owned(), answer, raw: raw.to_owned() };
        self.handed.lock().expect("nobody panicked").push(handed);
        answer
    }

    /// What was handed over so far.
    pub(crate) fn handed(&self) -> Vec<Handed> {
        self.handed.lock().expect("nobody panicked").clone()
    }

    /// What was handed over once there are so many, and a while later: nothing more may come.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Handed> {
        let until = Instant::now() + Duration::from_secs(20);
        while self.handed().len() < count {
            assert!(Instant::now() < until, "of {count} came: {:?}", self.handed());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_millis(1200)).await;
        let handed = self.handed();
        assert_eq!(handed.len(), count, "{handed:?}");
        handed
    }
}

//! A small valid scenario, whose files a test replaces one at a time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use needmatch_domain::scenario::Scenario;
use needmatch_exchange::{FileError, read_folder};
use tempfile::TempDir;

/// Files of a folder by name.
pub(crate) struct Files(BTreeMap<String, Vec<u8>>);

pub(crate) const SETTINGS: &str = "name = \"Small\"\ncurrency = \"USD\"\nas_of = \"2026-01-01\"\n";
pub(crate) const PERIODS: &str = "period\n2027\n2028\n";
pub(crate) const REQUESTS: &str = "id,state,area,priority\nR1,KEN,marking,1\nR2,GHA,record_keeping,\n";
pub(crate) const COMPONENTS: &str = "id,request,type,unit,quantity,unit_cost,requires\n\
    C1,R1,equipment,machine,10,5000,C2\nC2,R1,training,place,20,800,\nC3,R2,funds,currency,100000,,\n";
pub(crate) const OFFERS: &str =
    "id,provider,form,unit,quantity\nO1,Norway,money,currency,200000\nO2,Japan,in_kind,machine,5\n";

impl Files {
    pub(crate) fn small() -> Self {
        let files = [
            ("scenario.toml", SETTINGS),
            ("requests.csv", REQUESTS),
            ("components.csv", COMPONENTS),
            ("offers.csv", OFFERS),
        ];
        Self(files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect())
    }

    pub(crate) fn with(mut self, name: &str, text: impl AsRef<[u8]>) -> Self {
        self.0.insert(name.to_owned(), text.as_ref().to_vec());
        self
    }

    pub(crate) fn settings(self, more: &str) -> Self {
        self.with("scenario.toml", format!("{SETTINGS}{more}"))
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.remove(name);
        self
    }

    pub(crate) fn write_to(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        for (name, bytes) in &self.0 {
            fs::write(folder.join(name), bytes).unwrap();
        }
    }

    pub(crate) fn read(&self) -> Result<Scenario, Vec<FileError>> {
        let (_root, folder) = self.place();
        read_folder(&folder)
    }

    /// The folder on disk, inside a directory that is removed when dropped.
    pub(crate) fn place(&self) -> (TempDir, PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("small");
        self.write_to(&folder);
        (root, folder)
    }

    #[track_caller]
    pub(crate) fn scenario(&self) -> Scenario {
        self.read().unwrap_or_else(|errors| panic!("{}", sentences(&errors).join("\n")))
    }

    /// The sentences of all errors.
    #[track_caller]
    pub(crate) fn errors(&self) -> Vec<String> {
        sentences(&self.read().expect_err("the folder should be refused"))
    }
}

pub(crate) fn sentences(errors: &[FileError]) -> Vec<String> {
    errors.iter().map(ToString::to_string).collect()
}

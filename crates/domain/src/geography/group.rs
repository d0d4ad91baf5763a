//! Country groups that earmarks, thresholds and goals may name (¶102, ¶105).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A group of developing countries. A state may be in several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Group {
    /// Least developed country, as listed with the UN's M49 standard.
    Ldc,
    /// Landlocked developing country, as listed with the UN's M49 standard.
    Lldc,
    /// Small island developing state, as listed with the UN's M49 standard. The list holds non-UN members too.
    Sids,
    /// Eligible for official development assistance: on the OECD DAC list of recipients.
    Oda,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Self; 4] = [Self::Ldc, Self::Lldc, Self::Sids, Self::Oda];

    /// The group's code in files and interfaces: `LDC`, `LLDC`, `SIDS` or `ODA`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ldc => "LDC",
            Self::Lldc => "LLDC",
            Self::Sids => "SIDS",
            Self::Oda => "ODA",
        }
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Ldc => 1,
            Self::Lldc => 2,
            Self::Sids => 4,
            Self::Oda => 8,
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

/// A text that names no [`Group`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no country group; write LDC, LLDC, SIDS or ODA")]
pub struct UnknownGroup(
    /// The text as given.
    pub String,
);

impl FromStr for Group {
    type Err = UnknownGroup;

    fn from_str(text: &str) -> Result<Self, UnknownGroup> {
        Self::ALL.into_iter().find(|group| group.code() == text).ok_or_else(|| UnknownGroup(text.to_owned()))
    }
}

/// A set of groups. In files and interfaces it is the list of its members in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Group>", into = "Vec<Group>")]
pub struct GroupSet(u8);

impl GroupSet {
    /// The set without members.
    pub const EMPTY: Self = Self(0);

    /// This set with one more member.
    #[must_use]
    pub const fn with(self, group: Group) -> Self {
        Self(self.0 | group.bit())
    }

    /// Whether the group is a member.
    pub const fn contains(self, group: Group) -> bool {
        self.0 & group.bit() != 0
    }

    /// Whether the two sets share a member.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members, in order.
    pub fn iter(self) -> impl Iterator<Item = Group> {
        Group::ALL.into_iter().filter(move |group| self.contains(*group))
    }
}

impl FromIterator<Group> for GroupSet {
    fn from_iter<I: IntoIterator<Item = Group>>(groups: I) -> Self {
        groups.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl From<Vec<Group>> for GroupSet {
    fn from(groups: Vec<Group>) -> Self {
        groups.into_iter().collect()
    }
}

impl From<GroupSet> for Vec<Group> {
    fn from(set: GroupSet) -> Self {
        set.iter().collect()
    }
}

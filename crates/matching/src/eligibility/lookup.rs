//! A scenario's tables, indexed for the rules of eligibility.

use std::collections::{BTreeSet, HashMap};

use needmatch_domain::area::ComponentType;
use needmatch_domain::ids::{AreaCode, ChannelId, ComponentId, OfferId, PeriodIndex, RegionName, RequestId, StateCode};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{
    Component, LockKind, Programme, Request, Scenario, StateProfile, Suitability, Window,
};

/// Everything the rules look up, indexed. Building it costs one pass over the scenario.
pub struct Lookup<'a> {
    /// The scenario itself.
    pub scenario: &'a Scenario,
    /// By position of the rule in [`Rule::ALL`]; asked for every pair.
    modes: Vec<Mode>,
    profiles: HashMap<&'a StateCode, StateProfile>,
    requests: HashMap<&'a RequestId, &'a Request>,
    components: HashMap<&'a ComponentId, &'a Component>,
    channel_regions: HashMap<&'a ChannelId, Option<BTreeSet<&'a RegionName>>>,
    programmes: HashMap<(&'a StateCode, &'a AreaCode), Vec<&'a Programme>>,
    suitability: HashMap<&'a ComponentId, HashMap<&'a OfferId, &'a Suitability>>,
    forbids: HashMap<&'a ComponentId, HashMap<&'a OfferId, Vec<Option<PeriodIndex>>>>,
}

/// What the rules ask about one component, gathered once for all its offers.
pub struct Subject<'a> {
    /// The indexed scenario.
    pub lookup: &'a Lookup<'a>,
    /// The component.
    pub component: &'a Component,
    /// The request it belongs to.
    pub request: &'a Request,
    /// The requesting state.
    pub profile: &'a StateProfile,
    /// Whether it is equipment or technology that nobody is to maintain or to train for (¶85).
    pub(super) bare: bool,
    /// Least national contribution that the scenario asks of the state, percent.
    pub(super) contribution_threshold: u32,
    /// When programmes without an amount cover all of it (¶94).
    pub(super) covered: Vec<Window>,
    suitability: Option<&'a HashMap<&'a OfferId, &'a Suitability>>,
    forbids: Option<&'a HashMap<&'a OfferId, Vec<Option<PeriodIndex>>>>,
}

impl<'a> Lookup<'a> {
    /// Indexes a scenario. Rows that refer to nothing are kept out of the way; freezing reports them.
    pub fn of(scenario: &'a Scenario) -> Self {
        let states = scenario.requests.iter().map(|request| &request.state).collect::<BTreeSet<_>>();
        Self {
            scenario,
            modes: Rule::ALL.iter().map(|rule| scenario.settings.rules.mode(*rule)).collect(),
            profiles: states.into_iter().filter_map(|code| Some((code, scenario.state(code)?))).collect(),
            requests: scenario.requests.iter().map(|request| (&request.id, request)).collect(),
            components: scenario.components.iter().map(|component| (&component.id, component)).collect(),
            channel_regions: channel_regions(scenario),
            programmes: programmes(scenario),
            suitability: suitability(scenario),
            forbids: forbids(scenario),
        }
    }

    /// The mode of a rule.
    pub(crate) fn mode(&self, rule: Rule) -> Mode {
        self.modes[rule as usize]
    }

    /// A component by id.
    pub fn component(&self, id: &ComponentId) -> Option<&'a Component> {
        self.components.get(id).copied()
    }

    /// A request by id.
    pub fn request(&self, id: &RequestId) -> Option<&'a Request> {
        self.requests.get(id).copied()
    }

    /// The profile of a requesting state.
    pub fn profile(&self, code: &StateCode) -> Option<&StateProfile> {
        self.profiles.get(code)
    }

    /// Regions a channel reaches; `None` = everywhere. A channel without rows has no limits.
    pub(super) fn channel_regions(&self, channel: &ChannelId) -> Option<&BTreeSet<&'a RegionName>> {
        self.channel_regions.get(channel)?.as_ref()
    }

    /// What the rules ask about a component; `None` when the scenario does not hold it, its request or its state.
    pub fn subject(&'a self, id: &ComponentId) -> Option<Subject<'a>> {
        let component = self.component(id)?;
        let request = self.request(&component.request)?;
        let profile = self.profile(&request.state)?;
        Some(self.subject_of(component, request, profile, &[]))
    }

    /// The same for rows that need not be in the scenario, such as a draft's; `siblings` are its other components.
    pub(crate) fn subject_of<'s>(
        &'s self,
        component: &'s Component,
        request: &'s Request,
        profile: &'s StateProfile,
        siblings: &[Component],
    ) -> Subject<'s> {
        let covering = self.covering(&request.state, &request.area, component.r#type);
        Subject {
            lookup: self,
            component,
            request,
            profile,
            bare: self.lacks_upkeep(component, siblings),
            contribution_threshold: self.scenario.settings.rules.contribution.of(&profile.groups),
            covered: covering.filter(|found| found.amount.is_none()).map(|found| found.window).collect(),
            suitability: self.suitability.get(&component.id),
            forbids: self.forbids.get(&component.id),
        }
    }

    /// Programmes in a state that are for an area and a type.
    pub(crate) fn covering<'s>(
        &'s self,
        state: &'s StateCode,
        area: &'s AreaCode,
        kind: ComponentType,
    ) -> impl Iterator<Item = &'s Programme> {
        let programmes = self.programmes.get(&(state, area)).map_or(&[][..], Vec::as_slice);
        programmes.iter().copied().filter(move |programme| covers_type(programme, kind))
    }

    fn lacks_upkeep(&self, component: &Component, siblings: &[Component]) -> bool {
        let find = |id: &ComponentId| siblings.iter().find(|other| other.id == *id).or_else(|| self.component(id));
        let requires = |wanted: ComponentType| {
            component.requires.iter().any(|id| find(id).is_some_and(|required| required.r#type == wanted))
        };
        matches!(component.r#type, ComponentType::Equipment | ComponentType::Technology)
            && component.covered_by.is_none()
            && !(requires(ComponentType::Training) && requires(ComponentType::Maintenance))
    }
}

impl Subject<'_> {
    /// Whether it is equipment or technology that nobody is to maintain or to train for.
    pub(crate) fn is_bare(&self) -> bool {
        self.bare
    }

    /// The expert judgement on the pair.
    pub(crate) fn suitability(&self, offer: &OfferId) -> Option<&Suitability> {
        self.suitability?.get(offer).copied()
    }

    /// Whether a forbid takes the pair in the period.
    pub(crate) fn is_forbidden(&self, offer: &OfferId, period: PeriodIndex) -> bool {
        let forbids = self.forbids(offer);
        forbids.contains(&None) || forbids.contains(&Some(period))
    }

    /// Periods of the forbids of the pair; `None` in the list = all.
    pub(super) fn forbids(&self, offer: &OfferId) -> &[Option<PeriodIndex>] {
        self.forbids.and_then(|offers| offers.get(offer)).map_or(&[], Vec::as_slice)
    }
}

/// Whether a programme's type is the component's, or any.
pub(crate) fn covers_type(programme: &Programme, kind: ComponentType) -> bool {
    programme.r#type.is_none_or(|covered| covered == kind)
}

fn channel_regions(scenario: &Scenario) -> HashMap<&ChannelId, Option<BTreeSet<&RegionName>>> {
    let mut regions: HashMap<_, Option<BTreeSet<_>>> = HashMap::new();
    for row in &scenario.channels {
        let reached = regions.entry(&row.id).or_insert_with(|| Some(BTreeSet::new()));
        if row.regions.is_empty() {
            *reached = None;
        } else if let Some(reached) = reached {
            reached.extend(&row.regions);
        }
    }
    regions
}

fn programmes(scenario: &Scenario) -> HashMap<(&StateCode, &AreaCode), Vec<&Programme>> {
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for programme in &scenario.programmes {
        lists.entry((&programme.state, &programme.area)).or_default().push(programme);
    }
    lists
}

fn suitability(scenario: &Scenario) -> HashMap<&ComponentId, HashMap<&OfferId, &Suitability>> {
    let mut judgements: HashMap<_, HashMap<_, _>> = HashMap::new();
    for row in &scenario.suitability {
        judgements.entry(&row.component).or_default().insert(&row.offer, row);
    }
    judgements
}

fn forbids(scenario: &Scenario) -> HashMap<&ComponentId, HashMap<&OfferId, Vec<Option<PeriodIndex>>>> {
    let mut periods: HashMap<_, HashMap<_, Vec<_>>> = HashMap::new();
    for row in scenario.locks.iter().filter(|row| row.kind == LockKind::Forbid) {
        periods.entry(&row.component).or_default().entry(&row.offer).or_default().push(row.period);
    }
    periods
}

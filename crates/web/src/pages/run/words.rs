//! Names of what a run is about, in the reader's language where there is one: the frozen problem knows identifiers and
//! positions only, the scenario it was made from knows titles.

use needmatch_domain::geography::{self, Language};
use needmatch_domain::ids::{ComponentIndex, OfferIndex, ProviderIndex, RequestIndex, StateIndex};
use needmatch_domain::problem::Problem;
use needmatch_domain::scenario::{self, Scenario};
use needmatch_i18n::{Locale, Value, number, text, vocabulary};

/// Names of a problem's entities.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) locale: Locale,
    pub(crate) problem: &'a Problem,
    pub(crate) scenario: &'a Scenario,
}

impl Words<'_> {
    /// A message without values.
    pub(crate) fn say(&self, key: &str) -> String {
        text(self.locale, key, &[])
    }

    /// A message with values.
    pub(crate) fn say_with(&self, key: &str, values: &[(&str, Value)]) -> String {
        text(self.locale, key, values)
    }

    /// A state's name.
    pub(crate) fn state(&self, index: StateIndex) -> String {
        let code = &self.problem.states[index.at()].code;
        if let Some(profile) = self.scenario.states.get(code) {
            return profile.name.clone();
        }
        let language = Language::from_code(self.locale.code()).unwrap_or(Language::English);
        geography::country(code.as_str()).map_or_else(|| code.to_string(), |country| country.name(language).to_owned())
    }

    /// The finest region of a state.
    pub(crate) fn region(&self, index: StateIndex) -> String {
        let regions = &self.problem.states[index.at()].regions;
        regions.first().map_or_else(|| self.state(index), |region| region_name(self.locale, region.as_str()))
    }

    /// An area's name.
    pub(crate) fn area(&self, code: &str) -> String {
        let declared = self.scenario.settings.areas.iter().find(|area| area.code.as_str() == code);
        declared.map_or_else(|| vocabulary::area(self.locale, code), |area| area.name.clone())
    }

    /// A provider's name: its identifier, which is made to be read.
    pub(crate) fn provider(&self, index: ProviderIndex) -> String {
        self.problem.providers[index.at()].to_string()
    }

    /// An offer's title.
    pub(crate) fn offer(&self, index: OfferIndex) -> String {
        let id = self.problem.offers[index.at()].id.as_str();
        self.scenario_offer(index).map_or_else(|| id.to_owned(), |offer| title(&offer.title, id))
    }

    /// A request's title.
    pub(crate) fn request(&self, index: RequestIndex) -> String {
        let id = self.problem.requests[index.at()].id.as_str();
        let requests = &self.scenario.requests;
        let found = requests.binary_search_by(|request| request.id.as_str().cmp(id)).ok().map(|at| &requests[at]);
        found.map_or_else(|| id.to_owned(), |request| title(&request.title, id))
    }

    /// What a component is: its item, else its type.
    pub(crate) fn component(&self, index: ComponentIndex) -> String {
        let id = self.problem.components[index.at()].id.as_str();
        let Some(component) = self.scenario_component(index) else { return id.to_owned() };
        let kind = vocabulary::component_type(self.locale, component.r#type.name());
        match &component.item {
            Some(item) => format!("{kind}: {}", spaced(item.as_str())),
            None => kind,
        }
    }

    /// A component with its request and state, for a sentence.
    pub(crate) fn component_in_full(&self, index: ComponentIndex) -> String {
        let request = self.problem.components[index.at()].request;
        format!("{} ({})", self.component(index), self.request(request))
    }

    /// A quantity of a component with its unit.
    pub(crate) fn quantity(&self, index: ComponentIndex, quantity: i64) -> String {
        let unit = self.scenario_component(index).map_or("", |component| component.unit.as_str());
        self.measured(quantity, unit)
    }

    /// A component's unit; the currency, for money.
    pub(crate) fn unit(&self, index: ComponentIndex) -> String {
        match self.scenario_component(index).map(|component| component.unit.as_str()) {
            Some("currency") => self.problem.currency.clone(),
            unit => spaced(unit.unwrap_or_default()),
        }
    }

    /// A quantity of an offer with its unit.
    pub(crate) fn offered(&self, index: OfferIndex, quantity: i64) -> String {
        let unit = match self.scenario_offer(index) {
            Some(offer) if offer.form == scenario::Form::InKind => offer.unit.as_str(),
            _ => "currency",
        };
        self.measured(quantity, unit)
    }

    fn measured(&self, quantity: i64, unit: &str) -> String {
        match unit {
            "" => number::grouped(self.locale, quantity),
            "currency" => number::money(self.locale, quantity, &self.problem.currency),
            unit => format!("{}\u{a0}×\u{a0}{}", number::grouped(self.locale, quantity), spaced(unit)),
        }
    }

    /// An amount of money, short.
    pub(crate) fn short_money(&self, amount: i64) -> String {
        number::short_money(self.locale, amount, &self.problem.currency)
    }

    /// An amount of money.
    pub(crate) fn money(&self, amount: i64) -> String {
        number::money(self.locale, amount, &self.problem.currency)
    }

    /// A share of a whole in whole percent, rounded down; nothing of nothing is nothing.
    pub(crate) fn share(&self, part: i64, whole: i64) -> String {
        number::percent(self.locale, permille(part, whole) / 10 * 10)
    }

    fn scenario_component(&self, index: ComponentIndex) -> Option<&scenario::Component> {
        let id = self.problem.components[index.at()].id.as_str();
        let components = &self.scenario.components;
        components.binary_search_by(|component| component.id.as_str().cmp(id)).ok().map(|at| &components[at])
    }

    fn scenario_offer(&self, index: OfferIndex) -> Option<&scenario::Offer> {
        let id = self.problem.offers[index.at()].id.as_str();
        let offers = &self.scenario.offers;
        offers.binary_search_by(|offer| offer.id.as_str().cmp(id)).ok().map(|at| &offers[at])
    }
}

/// A part of a whole in permille, rounded down, so that 1000 means all of it.
pub(crate) fn permille(part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    i64::try_from(i128::from(part) * 1000 / i128::from(whole)).unwrap_or(0)
}

/// Codes are written with underscores; people read words.
fn spaced(code: &str) -> String {
    code.replace('_', " ")
}

fn title(title: &str, id: &str) -> String {
    if title.is_empty() { id.to_owned() } else { title.to_owned() }
}

/// A region's name in the language, for those of the United Nations; a scenario's own keep theirs.
fn region_name(locale: Locale, name: &str) -> String {
    geography::region(name)
        .map_or_else(|| name.to_owned(), |region| vocabulary::region(locale, &region.code.to_string()))
}

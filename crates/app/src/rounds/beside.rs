//! What stands beside requests and offers in the register: programmes, and what channels can carry.

use needmatch_domain::ids::ChannelId;
use needmatch_domain::scenario::{ChannelLimit, Programme};
use needmatch_store::register::{self, ProgrammeFilter};
use needmatch_store::{Cursor, MAX_PAGE, Session, Viewer};

use super::document::RoundDocument;
use super::gather::{Gathered, everything};
use super::rows::{reference, window};
use crate::error::AppError;
use crate::{channels, programmes};

pub(super) async fn gather_programmes(
    session: &mut Session,
    round: &RoundDocument,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let mut page = everything();
    loop {
        let found = session.programmes(&Viewer::system(), &ProgrammeFilter::default(), &page).await?;
        page.after = found.last().map(|programme| Cursor { key: programme.key.uuid(), rank: None });
        let is_last = found.len() < MAX_PAGE as usize;
        for row in found {
            add_programme(round, &row, gathered)?;
        }
        if is_last {
            return Ok(());
        }
    }
}

/// Takes a programme in, once the state it is for or a coordinator stands by it: nobody else's word is enough to leave a
/// state without what it asks for.
pub(super) fn add_programme(
    round: &RoundDocument,
    row: &register::Programme,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    if row.confirmed_at.is_none() {
        return Ok(());
    }
    let details = programmes::details(row)?;
    let window = window(round, details.from.as_ref(), details.to.as_ref());
    let Some(window) = window.filter(|_| details.collection == round.collection) else { return Ok(()) };
    gathered.scenario.programmes.push(Programme {
        id: reference(&row.content.reference)?,
        state: reference(&row.content.state)?,
        area: reference(&row.content.area)?,
        r#type: details.r#type,
        window,
        amount: details.amount,
        mitigates: details.mitigates,
        sdg_targets: details.sdg_targets,
        source: details.source,
    });
    Ok(())
}

/// What registered channels can carry, unless the round lists the channel itself. Rounds of a collection bring all their
/// channels with them.
pub(super) async fn gather_channels(
    session: &mut Session,
    round: &RoundDocument,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    if round.collection.is_some() {
        return Ok(());
    }
    let mut page = everything();
    loop {
        let found = session.channels(false, &page).await?;
        page.after = found.last().map(|channel| Cursor { key: channel.key.uuid(), rank: None });
        let is_last = found.len() < MAX_PAGE as usize;
        for row in found.iter().filter(|row| !round.channels.iter().any(|own| own.id.as_str() == row.code)) {
            let id: ChannelId = reference(&row.code)?;
            for limit in channels::details(row)?.limits {
                let period = limit.period.as_ref().map(|label| round.period(label));
                // A period of another horizon limits nothing here.
                if period == Some(None) {
                    continue;
                }
                let (regions, period) = (limit.regions.into_iter().collect(), period.flatten());
                gathered.scenario.channels.push(ChannelLimit { id: id.clone(), regions, period, amount: limit.amount });
            }
        }
        if is_last {
            return Ok(());
        }
    }
}

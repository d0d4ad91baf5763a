//! The clusters of the appeal, as areas of the scenario.

use crate::convert::ConvertError;

use super::activity::SOURCE;

/// Name in the source, area code, name for people.
const CLUSTERS: [(&str, &str, &str); 13] = [
    ("AGRICULTURE", "cluster_agriculture", "Agriculture"),
    ("CAMP COORDINATION AND CAMP MANAGEMENT(CCCM)", "cluster_camps", "Camp coordination and camp management"),
    ("COORDINATION AND SUPPORT SERVICES", "cluster_coordination", "Coordination and support services"),
    ("EARLY RECOVERY", "cluster_early_recovery", "Early recovery"),
    ("EDUCATION", "cluster_education", "Education"),
    ("EMERGENCY SHELTER AND NON-FOOD ITEMS", "cluster_shelter", "Emergency shelter and non-food items"),
    ("EMERGENCY TELECOMMUNICATIONS", "cluster_telecommunications", "Emergency telecommunications"),
    ("FOOD AID", "cluster_food", "Food aid"),
    ("HEALTH", "cluster_health", "Health"),
    ("LOGISTICS", "cluster_logistics", "Logistics"),
    ("NUTRITION", "cluster_nutrition", "Nutrition"),
    ("PROTECTION", "cluster_protection", "Protection"),
    ("WATER, SANITATION AND HYGIENE", "cluster_water", "Water, sanitation and hygiene"),
];

/// Area codes and names, by code.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    CLUSTERS.into_iter().map(|(_, code, name)| (code, name))
}

/// The area code of a cluster.
pub(super) fn code(cluster: &str) -> Result<&'static str, ConvertError> {
    find(cluster).map(|(_, code, _)| code)
}

/// The name of a cluster for people.
pub(super) fn name(cluster: &str) -> Result<&'static str, ConvertError> {
    find(cluster).map(|(_, _, name)| name)
}

fn find(cluster: &str) -> Result<(&'static str, &'static str, &'static str), ConvertError> {
    CLUSTERS.into_iter().find(|(source, _, _)| *source == cluster).ok_or_else(|| ConvertError::Malformed {
        source_name: SOURCE,
        place: format!("cluster {cluster:?}"),
        problem: "the appeal has no such cluster".to_owned(),
    })
}

//! The conformance suite: every test runs on both engines, in every test run.
//!
//! It stands inside the crate because what it must show (a row edited behind the program's back, a lease that has run
//! out, the query plan of a list) cannot be reached through the public face.

mod agreements;
mod audit;
mod concurrency;
mod endings;
mod engines;
mod forgetting;
mod holding;
mod idempotency;
mod lists;
mod messages;
mod packages;
mod parties;
mod plans;
mod records;
mod register;
mod rounds;
mod runs;
mod sandboxes;
mod solved;
mod sweeps;
mod visibility;
mod world;

use crate::Store;

/// A migrated, empty database that goes when this does.
struct Fixture {
    store: Store,
    _database: Database,
}

enum Database {
    Sqlite { _folder: tempfile::TempDir },
    Postgres { _database: needmatch_test_postgres::Database },
}

impl Fixture {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("needmatch.db").display());
        Self::migrated(&url, Database::Sqlite { _folder: folder }).await
    }

    async fn postgres() -> Self {
        let database = needmatch_test_postgres::database().unwrap();
        let url = database.url.clone();
        Self::migrated(&url, Database::Postgres { _database: database }).await
    }

    async fn migrated(url: &str, database: Database) -> Self {
        let store = Store::open(url).await.unwrap();
        store.migrate().await.unwrap();
        Self { store, _database: database }
    }
}

/// One test for each engine from each function `async fn(&Store)`.
macro_rules! on_both_engines {
    ($($subject:ident: $($test:ident),+;)+) => {
        on_both_engines!(@ sqlite $($subject: $($test),+;)+);
        on_both_engines!(@ postgres $($subject: $($test),+;)+);
    };
    (@ $engine:ident $($subject:ident: $($test:ident),+;)+) => {
        mod $engine {$(
            mod $subject {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    let fixture = crate::tests::Fixture::$engine().await;
                    crate::tests::$subject::$test(&fixture.store).await;
                    fixture.store.close().await;
                }
            )+}
        )+}
    };
}

on_both_engines! {
    engines:
        migrations_may_run_twice,
        bad_values_are_refused_by_the_database,
        connections_that_died_in_the_pool_are_replaced,
        a_statement_that_takes_too_long_may_be_tried_again,
        what_one_engine_cannot_keep_is_refused_by_both;
    parties:
        a_code_is_unique_within_its_kind,
        addresses_are_one_in_any_case,
        a_membership_is_made_and_changed,
        a_token_is_found_by_its_secret_until_revoked,
        who_shows_a_secret_is_told_with_their_parties,
        a_link_works_once,
        links_end_by_who_was_shown_them,
        every_session_of_a_person_can_be_ended,
        an_account_names_one_person_and_a_journey_ends_once;
    register:
        a_request_reads_back_as_it_was_written,
        a_request_is_read_as_it_stood_at_one_moment,
        a_stale_version_is_refused,
        an_external_id_names_one_row_of_its_owner,
        why_a_request_was_sent_back_stands_while_it_is,
        components_keep_key_and_commitment,
        lines_are_kept_until_they_are_components,
        a_reference_of_another_request_is_refused,
        an_offer_reads_back_and_changes_its_areas,
        programmes_and_channels_read_back,
        nothing_lasts_without_commit,
        sizes_are_bounded;
    records:
        items_come_with_the_program_and_are_kept,
        a_report_is_seen_by_its_state_alone,
        a_document_is_seen_with_what_it_belongs_to,
        rows_are_found_by_the_beginnings_of_their_words,
        only_observers_are_admitted_and_only_to_their_round;
    visibility:
        requests_are_seen_as_far_as_the_state_let_them,
        offers_are_seen_as_far_as_the_provider_let_them,
        what_was_never_confirmed_stays_hidden_when_it_ends,
        earlier_offers_are_taken_for_confirmed_as_far_as_is_known,
        what_is_promised_is_told_to_owners_alone,
        what_one_party_hides_changes_nothing_for_another,
        matches_are_seen_by_their_sides;
    packages:
        states_that_joined_see_each_others_requests_and_nobody_else_does,
        a_package_shows_what_is_asked_for_and_no_more,
        a_package_is_known_to_its_states_and_each_step_is_in_the_logs_of_both;
    lists:
        pages_neither_repeat_nor_skip_while_rows_come_in,
        priority_comes_first_where_asked,
        offers_come_by_quantity_while_rows_come_in,
        a_page_of_another_order_is_refused,
        filters_narrow;
    plans: every_filter_and_order_is_served_by_an_index, lists_by_time_and_chains_are_served_by_an_index;
    rounds:
        a_round_is_frozen_once_and_keeps_its_content,
        a_scenario_that_was_run_stays_as_it_is,
        one_finished_run_is_published,
        whom_a_round_leaves_out_is_kept;
    sweeps:
        a_sweep_reads_back_as_it_was_started,
        single_runs_are_taken_before_those_of_sweeps,
        what_is_measured_stands_with_the_result,
        a_sweep_is_cancelled_as_far_as_it_has_not_ended,
        what_was_prepared_and_not_started_is_forgotten,
        a_start_and_forgetting_at_once_leave_a_sweep_whole_or_refused,
        a_sweep_goes_through_a_backup_into_either_engine;
    runs:
        a_run_goes_from_queue_to_result,
        a_late_write_changes_nothing,
        a_run_that_loses_three_workers_is_given_up,
        a_run_handed_back_loses_nothing,
        a_waiting_run_is_cancelled_at_once_and_a_running_one_by_its_worker,
        a_wish_to_cancel_outlives_the_worker,
        events_are_numbered_without_gaps,
        a_plan_of_another_problem_is_refused;
    audit:
        every_change_leaves_a_row_in_its_chain,
        a_long_transaction_is_linked_row_by_row,
        every_step_says_where_it_led,
        a_row_without_a_step_hashes_as_before_there_were_any,
        an_edited_row_is_found,
        an_edited_step_is_found,
        rows_are_found_by_subject_action_and_time,
        a_reason_is_bounded,
        a_missing_row_is_found,
        a_chain_cut_together_with_its_head_is_found_by_a_checkpoint,
        rows_cannot_be_changed_through_the_program;
    agreements:
        both_sides_accept_and_the_ledger_follows,
        changed_terms_are_accepted_anew,
        no_offer_is_promised_twice,
        a_proposal_is_answered_once_and_in_time,
        a_proposal_may_end_before_its_deadline_declined_by_nobody,
        only_the_two_sides_and_coordinators_see_it,
        a_commitment_is_followed_to_its_end,
        what_did_not_arrive_is_given_back;
    endings:
        what_was_agreed_is_called_off_until_it_is_written_down,
        a_proposal_is_either_called_off_or_written_down,
        what_is_past_its_day_is_found_by_it;
    forgetting:
        sessions_and_links_are_forgotten_and_tokens_are_not,
        unfinished_journeys_are_forgotten,
        events_of_old_runs_are_forgotten_and_what_came_of_them_is_not,
        what_is_old_and_what_is_overdue_is_found_by_an_index;
    sandboxes:
        what_a_sandbox_held_goes_some_rows_at_a_time_and_what_is_new_stays,
        others_write_while_a_sandbox_is_wiped;
    holding:
        a_scenario_is_either_rewritten_or_run,
        terms_of_a_run_are_compared_with_what_stands,
        a_plan_is_held_in_the_order_of_keys,
        a_limit_holds_when_two_count_at_once,
        a_package_is_not_left_while_a_request_names_it,
        what_a_round_has_not_decided_on_is_not_released,
        rounds_frozen_before_are_found_in_their_snapshots,
        only_what_stands_is_proposed;
    messages:
        what_became_of_them_is_forgotten_and_what_waits_is_not,
        nobody_takes_more_than_asked_and_no_message_is_taken_twice;
    idempotency:
        an_answer_is_repeated_and_another_body_refused,
        a_key_that_was_answered_meanwhile_is_no_lasting_failure,
        keys_are_apart_by_principal_and_route,
        an_answer_that_another_kept_is_asked_for_again;
    concurrency:
        no_run_is_claimed_twice,
        chains_stay_whole_under_concurrent_changes,
        one_key_has_one_effect,
        one_of_two_changes_of_a_version_wins,
        a_begin_that_is_dropped_leaves_no_transaction_behind;
}
